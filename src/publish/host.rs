//! What hosts allow, and what they can do beyond serving files.

use std::collections::BTreeMap;

use super::Error;
use super::files::Cargo;
use crate::config::{Host, Target};
use crate::url::{BaseUrl, encode_path};

/// What a host allows, as its documentation says.
struct Limits {
    name: &'static str,
    /// Files of a site.
    files: Option<usize>,
    /// Files of one folder.
    folder: Option<usize>,
    /// Bytes of a file.
    file: Option<u64>,
    /// Bytes of a site.
    site: Option<u64>,
    /// Lines of `_redirects`; none are understood if there is no number.
    redirects: Option<usize>,
    /// Where this is said.
    source: &'static str,
}

const MIB: u64 = 1024 * 1024;

const fn limits(host: Host) -> Option<Limits> {
    Some(match host {
        Host::GithubPages => Limits {
            name: "GitHub Pages",
            files: None,
            folder: None,
            file: Some(100 * MIB),
            site: Some(1024 * MIB),
            redirects: None,
            source: "https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits",
        },
        Host::CloudflarePages => Limits {
            name: "Cloudflare Pages",
            files: Some(20_000),
            folder: None,
            file: Some(25 * MIB),
            site: None,
            redirects: Some(2000),
            source: "https://developers.cloudflare.com/pages/platform/limits/",
        },
        Host::Netlify => Limits {
            name: "Netlify",
            files: None,
            folder: Some(54_000),
            file: None,
            site: None,
            redirects: Some(10_000),
            source: "https://docs.netlify.com/site-deploys/overview/",
        },
        Host::Other => return None,
    })
}

/// Who serves a site, as far as its address and its place tell.
pub fn guess(base: &BaseUrl, target: &Target) -> Host {
    let host = base.host();
    match target {
        _ if host.ends_with(".github.io") => Host::GithubPages,
        _ if host.ends_with(".pages.dev") => Host::CloudflarePages,
        _ if host.ends_with(".netlify.app") => Host::Netlify,
        Target::Git { branch, .. } if branch == "gh-pages" => Host::GithubPages,
        _ => Host::Other,
    }
}

/// What a host needs to know of a site.
#[derive(Debug)]
pub struct Site<'s> {
    /// Where readers find it.
    pub base: &'s BaseUrl,
    /// Whether it is the sealed edition.
    pub sealed: bool,
    /// Addresses that lead to others, and where.
    pub redirects: &'s [(String, String)],
}

/// The files that a host understands beyond those of the site.
pub fn own_files(host: Host, target: &Target, domain: Option<&str>, site: &Site<'_>) -> BTreeMap<String, Vec<u8>> {
    let mut own = BTreeMap::new();
    if host == Host::GithubPages || matches!(target, Target::Git { .. }) {
        own.insert(".nojekyll".to_owned(), Vec::new());
    }
    if host == Host::GithubPages {
        let name = domain.or_else(|| Some(site.base.host()).filter(|name| !name.ends_with(".github.io")));
        // An address with a port or of this machine is no domain.
        own.extend(
            name.filter(|name| !name.contains(':') && name.contains('.'))
                .map(|name| ("CNAME".to_owned(), format!("{name}\n").into_bytes())),
        );
    }
    let Some(most) = limits(host).and_then(|limits| limits.redirects) else { return own };
    let lasting = "  Cache-Control: public, max-age=31536000, immutable\n";
    let headers = format!("/*\n  X-Content-Type-Options: nosniff\n/assets/*\n{lasting}");
    own.insert("_headers".to_owned(), headers.into_bytes());
    // Netlify serves a file of that name instead, unless it is told not to.
    let code = if host == Host::Netlify { "301!" } else { "301" };
    let lines = site.redirects.iter().map(|(from, to)| format!("{} {} {code}\n", encode_path(from), encode_path(to)));
    let text: String = lines.take(most).collect();
    if !text.is_empty() {
        own.insert("_redirects".to_owned(), text.into_bytes());
    }
    own
}

/// Holds a site against what its host allows, before anything is sent. Gives what is worth knowing.
pub fn check(host: Host, repository: Option<&str>, site: &Site<'_>, cargo: &Cargo) -> Result<Vec<String>, Error> {
    let Some(limits) = limits(host) else { return Ok(Vec::new()) };
    measure(&limits, cargo)?;
    let mut notes = Vec::new();
    let (name, path) = (site.base.host(), site.base.base_path());
    if host == Host::GithubPages {
        repository_path(repository.unwrap_or_default(), site.base)?;
        if site.sealed {
            if name.ends_with(".github.io") && path != "/" {
                notes.push(format!(
                    "{name} is shared by all sites of the account: a script of any of them can read what this one keeps in the \
                     browser\n = help: give the sealed edition a domain of its own"
                ));
            }
            notes.push(
                "GitHub Pages is not meant for selling: read its terms before subscribers pay for this site\n = help: \
                 https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits"
                    .to_owned(),
            );
        }
    } else if path != "/" {
        notes.push(format!(
            "{} serves a site at the root of its domain, and `url` says {path}\n = help: let `url` end with the domain, or serve {path} from \
             another place",
            limits.name
        ));
    }
    Ok(notes)
}

fn measure(limits: &Limits, cargo: &Cargo) -> Result<(), Error> {
    let Limits { name, source, .. } = limits;
    let refuse = |place: &str, fact: String, cure: &str| {
        Err(Error::new(format!("{place}: {fact}")).cure(format!("{cure}; {source}")))
    };
    let count = cargo.files.len();
    if let Some(most) = limits.files.filter(|most| count > *most) {
        return refuse(
            "the site",
            format!("{count} files, and {name} takes {most}"),
            "raise `pagination`, or choose another host",
        );
    }
    for (path, known) in &cargo.files {
        if let Some(most) = limits.file.filter(|most| known.size > *most) {
            let fact = format!("{}, and {name} takes files of {}", megabytes(known.size), megabytes(most));
            return refuse(path, fact, "make it smaller, or link to it elsewhere");
        }
    }
    let all: u64 = cargo.files.values().map(|known| known.size).sum();
    if let Some(most) = limits.site.filter(|most| all > *most) {
        let fact = format!("{} in all, and {name} takes {}", megabytes(all), megabytes(most));
        return refuse("the site", fact, "make pictures and attachments smaller, or choose another host");
    }
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for path in cargo.files.keys() {
        *folders.entry(path.rsplit_once('/').map_or("", |(folder, _)| folder)).or_default() += 1;
    }
    let full =
        limits.folder.and_then(|most| folders.into_iter().find(|(_, count)| *count > most).map(|found| (found, most)));
    if let Some(((folder, count), most)) = full {
        return refuse(
            &format!("{folder}/"),
            format!("{count} files, and {name} takes {most} in a folder"),
            "choose another host",
        );
    }
    Ok(())
}

/// A project's site stands under the name of its repository.
fn repository_path(remote: &str, base: &BaseUrl) -> Result<(), Error> {
    let Some(owner) = base.host().strip_suffix(".github.io") else { return Ok(()) };
    let Some((_, rest)) = remote.split_once("github.com") else { return Ok(()) };
    let rest = rest.trim_start_matches(['/', ':']).trim_end_matches('/').trim_end_matches(".git");
    let Some((_, repository)) = rest.split_once('/') else { return Ok(()) };
    let own = format!("{owner}.github.io");
    let expected = if repository.eq_ignore_ascii_case(&own) { "/".to_owned() } else { format!("/{repository}/") };
    if base.base_path().eq_ignore_ascii_case(&expected) {
        return Ok(());
    }
    let fact = format!("GitHub serves {rest} at https://{own}{expected}, and `url` says {}", base.absolute("/"));
    Err(Error::new(fact).cure(format!("write `url: https://{own}{expected}`, or give `publish` a `domain`")))
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / MIB as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(url: &str) -> BaseUrl {
        BaseUrl::parse(url).expect("an address")
    }

    #[test]
    fn hosts_are_guessed_by_address_and_branch() {
        let folder = Target::Folder("a".into());
        assert_eq!(guess(&base("https://o.github.io/r/"), &folder), Host::GithubPages);
        assert_eq!(guess(&base("https://a.pages.dev/"), &folder), Host::CloudflarePages);
        assert_eq!(guess(&base("https://a.org/"), &folder), Host::Other);
        assert_eq!(guess(&base("https://a.org/"), &Target::parse("git:").expect("a place")), Host::GithubPages);
    }

    #[test]
    fn the_path_of_a_project_is_the_name_of_its_repository() {
        let remote = "git@github.com:desk/archive.git";
        assert!(repository_path(remote, &base("https://desk.github.io/archive/")).is_ok());
        assert!(repository_path(remote, &base("https://desk.github.io/")).is_err());
        assert!(repository_path(remote, &base("https://briefings.org/")).is_ok());
        assert!(repository_path("https://github.com/desk/desk.github.io", &base("https://desk.github.io/")).is_ok());
    }
}
