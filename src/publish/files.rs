//! What a site consists of, and how two states of one differ.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::Error;
use crate::fs;

/// What a file holds, as a number: SHA-256 in hexadecimal digits.
pub(super) type Hash = String;

/// A file as a site knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// Bytes.
    pub(super) size: u64,
    /// What it holds.
    pub(super) hash: Hash,
}

/// A site that is to be delivered: a folder, and what its host wants beside it.
#[derive(Debug)]
pub struct Cargo {
    folder: PathBuf,
    own: BTreeMap<String, Vec<u8>>,
    pub(super) files: BTreeMap<String, Known>,
}

impl Cargo {
    /// Reads every file of a built site. `own` are files beside these.
    pub fn read(folder: &Path, own: BTreeMap<String, Vec<u8>>) -> Result<Cargo, Error> {
        let (entries, findings) = fs::walk(folder, &fs::Rules { hidden: true, skip: &|_, _| false })?;
        if let Some(finding) = findings.first() {
            return Err(Error::new(format!("{} {}", folder.join(&finding.path).display(), finding.fact)));
        }
        let known = entries.into_par_iter().map(|entry| {
            let bytes = fs::read(&folder.join(&entry.path))?;
            Ok((entry.path, Known::of(&bytes)))
        });
        let mut files: BTreeMap<String, Known> = known.collect::<Result<_, fs::Error>>()?;
        files.extend(own.iter().map(|(path, bytes)| (path.clone(), Known::of(bytes))));
        Ok(Cargo { folder: folder.to_owned(), own, files })
    }

    /// The bytes of what is sent.
    pub fn size(&self, changes: &Changes) -> u64 {
        let sent = changes.added.iter().chain(&changes.changed);
        sent.filter_map(|path| self.files.get(path)).map(|known| known.size).sum()
    }

    /// The bytes of one of its files.
    pub(super) fn bytes(&self, path: &str) -> Result<Vec<u8>, Error> {
        match self.own.get(path) {
            Some(bytes) => Ok(bytes.clone()),
            None => Ok(fs::read(&self.folder.join(path))?),
        }
    }

    /// The files that no build made.
    pub(super) fn own(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.own
    }

    /// Where a file lies that a build made.
    pub(super) fn place(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// A number for all of it.
    pub(super) fn digest(&self) -> String {
        let mut all = Sha256::new();
        for (path, known) in &self.files {
            all.update(format!("{path}\n{}\n", known.hash));
        }
        hexadecimal(&all.finalize())
    }
}

impl Known {
    /// The file that holds these bytes.
    pub(super) fn of(bytes: &[u8]) -> Known {
        Known { size: bytes.len() as u64, hash: hexadecimal(&Sha256::digest(bytes)) }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// In which order files arrive: what pages need, pages, what tells of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Named after its content: it never changes, and is there before any page asks for it.
    Lasting,
    /// Pictures, attachments, keyrings.
    Part,
    /// A page.
    Page,
    /// Feeds, sitemaps, the catalogue and the head of an index: they name pages and parts.
    Index,
}

impl Class {
    /// The class of a path.
    pub(super) fn of(path: &str) -> Class {
        let (_, name) = path.rsplit_once('/').unwrap_or(("", path));
        let end = name.rsplit_once('.').map_or("", |(_, end)| end);
        if (path.starts_with("assets/") || path.starts_with("search/")) && is_fingerprinted(name) {
            return Class::Lasting;
        }
        match end {
            "html" => Class::Page,
            "xml" | "json" | "csv" | "ics" | "txt" => Class::Index,
            _ if name.starts_with('_') || name == "CNAME" => Class::Index,
            _ => Class::Part,
        }
    }

    /// How long browsers and caches may keep such a file without asking.
    pub(super) fn cache_control(self) -> &'static str {
        match self {
            Class::Lasting => "public, max-age=31536000, immutable",
            _ => "public, max-age=0, must-revalidate",
        }
    }
}

/// Whether a name carries a hash of what it names: `site.d0b40ecafa16.css`, `7e5bca8f.bin`.
fn is_fingerprinted(name: &str) -> bool {
    let Some((stem, _)) = name.rsplit_once('.') else { return false };
    let hash = stem.rsplit_once('.').map_or(stem, |(_, hash)| hash);
    hash.len() >= 8 && hash.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase())
}

/// How the site that is to be there differs from the one that is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are new.
    pub added: Vec<String>,
    /// Files with another content.
    pub changed: Vec<String>,
    /// Files that go.
    pub removed: Vec<String>,
    /// Files that stay as they are.
    pub unchanged: usize,
    /// Files that no page needs any more and that stay for readers who have still an older page open.
    pub kept: Vec<String>,
}

impl Changes {
    /// Whether nothing is to be sent or removed.
    pub fn is_nothing(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// What is sent, in the order in which it is safe.
    pub(super) fn sent(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = self.added.iter().chain(&self.changed).map(String::as_str).collect();
        // Deep pages before the lists that name them, the home page last.
        paths.sort_by_key(|path| {
            let class = Class::of(path);
            let depth = path.matches('/').count();
            (class, if class == Class::Page { usize::MAX - depth } else { 0 }, *path)
        });
        paths
    }

    /// Addresses of pages that go.
    pub fn vanishing(&self) -> Vec<String> {
        let pages = self.removed.iter().filter(|path| Class::of(path) == Class::Page);
        pages.map(|path| format!("/{}", path.strip_suffix("index.html").unwrap_or(path))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_arrive_before_what_names_them() {
        let paths = [
            "index.html",
            "feed.xml",
            "reports/2025/a/index.html",
            "assets/site.d0b40ecafa16.css",
            "a/map.png",
            "a/index.html",
            "search/index.json",
            "search/t/7e5bca8f.bin",
        ];
        let changes = Changes { added: paths.iter().map(|path| (*path).to_owned()).collect(), ..Changes::default() };
        assert_eq!(
            changes.sent(),
            [
                "assets/site.d0b40ecafa16.css",
                "search/t/7e5bca8f.bin",
                "a/map.png",
                "reports/2025/a/index.html",
                "a/index.html",
                "index.html",
                "feed.xml",
                "search/index.json",
            ]
        );
    }

    #[test]
    fn only_what_is_named_after_its_content_lasts() {
        for (path, class) in [
            ("assets/site.d0b40ecafa16.css", Class::Lasting),
            ("assets/logo.png", Class::Part),
            ("reports/2025/a/20250101.pdf", Class::Part),
            ("search/opensearch.xml", Class::Index),
            ("_headers", Class::Index),
            ("404.html", Class::Page),
        ] {
            assert_eq!(Class::of(path), class, "{path}");
        }
    }
}
