//! A published site, held against the folder that was published: what is missing, what differs, what should not be there.
//!
//! Everything is fetched as a browser would, and nothing is sent but addresses.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::fs;
use crate::url::{BaseUrl, encode_path};

mod client;
mod judge;
mod sample;

use client::Client;

/// An address that no site has.
const NOWHERE: &str = "/briefpress-looks-whether-this-is-missing/";
/// The page that stands for all missing ones.
const MISSING_PAGE: &str = "404.html";
/// What must not be served: sources, who the subscribers are, and the history with all of it.
const PRIVATE: [&str; 7] =
    ["briefpress.yaml", "subscribers.yaml", "gifts.yaml", "addresses.lock", ".git/config", ".git/HEAD", ".env"];

/// What is to be compared.
#[derive(Debug)]
pub struct Request {
    /// The folder that was published.
    pub folder: PathBuf,
    /// Where it can be read.
    pub base: BaseUrl,
    /// How many files are fetched; all of them if not given.
    pub sample: Option<usize>,
    /// Files of the source, relative to the site's folder, that must not be served either.
    pub sources: Vec<String>,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The whole address.
    pub address: String,
    /// The fact.
    pub fact: String,
    /// What to do about it.
    pub cure: &'static str,
    /// Whether the site works all the same.
    pub harmless: bool,
}

/// What was found.
#[derive(Debug)]
pub struct Report {
    /// How many files were fetched.
    pub fetched: usize,
    /// How many there are.
    pub of: usize,
    /// What is not as it should be, in the order of addresses.
    pub differences: Vec<Difference>,
}

/// Fetches the site and compares.
///
/// # Errors
/// The folder cannot be read.
pub fn verify(request: &Request) -> Result<Report, fs::Error> {
    let (entries, _) = fs::walk(&request.folder, &fs::Rules { hidden: true, skip: &|_, _| false })?;
    let paths: Vec<String> = entries.into_iter().map(|entry| entry.path).filter(|path| path != MISSING_PAGE).collect();
    let chosen = sample::choose(&paths, request.sample);
    let client = Client::new();
    let mut differences: Vec<Difference> = chosen
        .par_iter()
        .map(|path| compare(request, &client, path))
        .collect::<Result<Vec<_>, fs::Error>>()?
        .into_iter()
        .flatten()
        .collect();
    differences.extend(missing(request, &client)?);
    differences.extend(private(request, &client, &paths));
    Ok(Report { fetched: chosen.len(), of: paths.len(), differences })
}

/// The address of a file of the folder.
fn address(base: &BaseUrl, path: &str) -> String {
    let path = path.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/')).unwrap_or(path);
    base.absolute(&encode_path(&format!("/{path}")))
}

fn compare(request: &Request, client: &Client, path: &str) -> Result<Vec<Difference>, fs::Error> {
    let expected = fs::read(&request.folder.join(path))?;
    let address = address(&request.base, path);
    Ok(match client.get(&address, expected.len()) {
        Ok(answer) => judge::judge(path, &address, &expected, &answer, &|target| leads(&request.folder, path, target)),
        Err(fact) => vec![Difference { address, fact, cure: judge::UNREACHABLE, harmless: false }],
    })
}

/// Whether a page of the folder leads to a file that is there.
fn leads(folder: &Path, from: &str, target: &str) -> bool {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let path = folder.join(from).parent().unwrap_or(folder).join(target);
    path.is_file() || path.join("index.html").is_file()
}

/// An address that leads nowhere is answered as one.
fn missing(request: &Request, client: &Client) -> Result<Option<Difference>, fs::Error> {
    let page = request.folder.join(MISSING_PAGE);
    let expected = fs::look(&page)?.map(|_| fs::read(&page)).transpose()?;
    let address = request.base.absolute(NOWHERE);
    let fact = match client.get(&address, expected.as_ref().map_or(0, Vec::len)) {
        Ok(answer) if answer.status != 404 => {
            format!("an address that leads nowhere is answered with status {}, not 404", answer.status)
        }
        Ok(answer) if expected.is_some_and(|expected| expected != answer.bytes) => {
            format!("an address that leads nowhere does not show {MISSING_PAGE} as it was built")
        }
        Ok(_) => return Ok(None),
        Err(fact) => fact,
    };
    Ok(Some(Difference { address, fact, cure: "let the host answer with 404.html and status 404", harmless: false }))
}

/// What must not be there. A host that answers every address with a page of the site is told of elsewhere.
fn private(request: &Request, client: &Client, published: &[String]) -> Vec<Difference> {
    let all = PRIVATE.iter().map(|path| (*path).to_owned()).chain(request.sources.iter().cloned());
    let all: Vec<String> = all.filter(|path| !published.contains(path)).collect();
    all.par_iter()
        .filter_map(|path| {
            let address = address(&request.base, path);
            let served = client.get(&address, 0).is_ok_and(|answer| answer.status == 200 && !answer.is_page());
            served.then(|| Difference {
                address,
                fact: "is served, and nobody should see it".to_owned(),
                cure: "publish the folder that was built and nothing else; change what became known",
                harmless: false,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_the_addresses_by_which_they_are_read() {
        let base = BaseUrl::parse("https://org.example/repo/").expect("an address");
        assert_eq!(address(&base, "index.html"), "https://org.example/repo/");
        assert_eq!(address(&base, "a b/index.html"), "https://org.example/repo/a%20b/");
        assert_eq!(address(&base, "feed.xml"), "https://org.example/repo/feed.xml");
        assert_eq!(address(&base, "reindex.html"), "https://org.example/repo/reindex.html");
    }
}
