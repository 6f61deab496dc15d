//! Where the site is delivered to, and how: the `publish` mapping.

use std::path::{Path, PathBuf};

use super::plans::Fault;
use crate::yaml::shape;

shape! {
    /// Where `briefpress publish` delivers the site to.
    pub struct PublishFile {
        /// `git:REMOTE#BRANCH`, `folder:PATH` or `s3://BUCKET/PREFIX`.
        to: Option<String>,
        /// The edition: `public` (if not given), `sealed`, or `full`, which goes to a folder only.
        edition: Option<String>,
        /// Who serves the files: `github-pages`, `cloudflare-pages`, `netlify` or `other`; guessed if not given.
        host: Option<String>,
        /// What becomes of earlier states of a git branch: `keep` (if not given) or `replace`.
        history: Option<String>,
        /// The domain for GitHub Pages' file `CNAME`; that of `url` if not given and not GitHub's own.
        domain: Option<String>,
    }
}

/// Where a site is delivered to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A branch of a git repository.
    Git {
        /// A remote's name, an address or a path.
        remote: String,
        /// The branch.
        branch: String,
    },
    /// A folder, relative to the site's folder if it is not absolute.
    Folder(PathBuf),
    /// A bucket of S3 or of something that speaks like it.
    Bucket {
        /// The bucket's name.
        bucket: String,
        /// The folder in it, without slashes around; empty for all of it.
        prefix: String,
    },
}

/// The branch that GitHub Pages serves if nothing else is said.
const BRANCH: &str = "gh-pages";

impl Target {
    /// Reads `git:origin#gh-pages`, `folder:/srv/site` or `s3://bucket/prefix`.
    pub fn parse(text: &str) -> Result<Target, String> {
        let target = if let Some(rest) = text.strip_prefix("git:") {
            let (remote, branch) = rest.rsplit_once('#').unwrap_or((rest, BRANCH));
            let remote = if remote.is_empty() { "origin" } else { remote };
            let good = is_branch(branch) && !remote.starts_with('-');
            good.then(|| Target::Git { remote: remote.to_owned(), branch: branch.to_owned() })
        } else if let Some(path) = text.strip_prefix("folder:") {
            // Without a slash at its end, which would follow a link.
            (!path.is_empty()).then(|| Target::Folder(Path::new(path).components().collect()))
        } else if let Some(rest) = text.strip_prefix("s3://") {
            let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
            let prefix = prefix.trim_matches('/').to_owned();
            (!bucket.is_empty() && is_path(&prefix)).then(|| Target::Bucket { bucket: bucket.to_owned(), prefix })
        } else {
            None
        };
        target.ok_or_else(|| format!("`{text}` is no place to publish to"))
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Target::Git { remote, branch } => write!(f, "git:{remote}#{branch}"),
            Target::Folder(path) => write!(f, "folder:{}", path.display()),
            Target::Bucket { bucket, prefix } if prefix.is_empty() => write!(f, "s3://{bucket}"),
            Target::Bucket { bucket, prefix } => write!(f, "s3://{bucket}/{prefix}"),
        }
    }
}

/// Whether git takes a name for a branch; what it would refuse as well is enough.
fn is_branch(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(['-', '/', '.'])
        && !name.ends_with(['/', '.'])
        && !name.contains("..")
        && !name.contains(|c: char| {
            c.is_whitespace() || c.is_control() || ['~', '^', ':', '?', '*', '[', '\\'].contains(&c)
        })
}

fn is_path(prefix: &str) -> bool {
    prefix.is_empty() || prefix.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

/// An enumeration of words.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$about:meta])* $case:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$about])* $case),* }

        impl $name {
            /// The words for it.
            pub const NAMES: &[&str] = &[$($word),*];

            /// Reads one of the words.
            pub fn parse(word: &str) -> Result<$name, String> {
                match word {
                    $($word => Ok($name::$case),)*
                    _ => {
                        let (fact, known) = (format!("{} `{word}`", $what), Self::NAMES.join(", "));
                        let known = format!("one of: {known}");
                        Err(format!("{fact}; {known}"))
                    }
                }
            }

            /// The word for it.
            pub fn name(self) -> &'static str {
                match self { $($name::$case => $word),* }
            }
        }
    };
}

words! {
    /// Which edition is published.
    PublishedEdition, "unknown edition" {
        /// Gated text is absent.
        Public = "public",
        /// Gated text is ciphertext.
        Sealed = "sealed",
        /// Everything in clear.
        Full = "full",
    }
}

words! {
    /// Who serves the files.
    Host, "unknown host" {
        /// GitHub Pages.
        GithubPages = "github-pages",
        /// Cloudflare Pages.
        CloudflarePages = "cloudflare-pages",
        /// Netlify.
        Netlify = "netlify",
        /// Any other server.
        Other = "other",
    }
}

words! {
    /// What becomes of earlier states of a branch.
    History, "unknown rule for the history" {
        /// They stay behind the new one.
        Keep = "keep",
        /// The new state is the only one.
        Replace = "replace",
    }
}

/// Where the site is delivered to, and how.
#[derive(Debug, Clone, Default)]
pub struct PublishTerms {
    /// The place.
    pub to: Option<Target>,
    /// The edition; public if not given.
    pub edition: Option<PublishedEdition>,
    /// Who serves it.
    pub host: Option<Host>,
    /// What becomes of earlier states.
    pub history: Option<History>,
    /// The domain for the file `CNAME`.
    pub domain: Option<String>,
}

/// Reads the `publish` mapping.
pub(super) fn publish(file: PublishFile, faults: &mut Vec<Fault>) -> PublishTerms {
    let mut fault = |key: &str, fact: String, hint: &str| {
        faults.push((format!("publish/{key}"), fact, hint.to_owned()));
    };
    let to = file.to.as_deref().map(Target::parse).and_then(|target| {
        let hint = "write `git:origin#gh-pages`, `folder:/srv/site` or `s3://bucket/folder`";
        target.map_err(|fact| fault("to", fact, hint)).ok()
    });
    let domain = file.domain.filter(|domain| {
        let good = !domain.is_empty() && domain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
        if !good {
            fault(
                "domain",
                format!("`{domain}` is no domain"),
                "the name alone, as in `domain: briefings.example.org`",
            );
        }
        good
    });
    let mut word = |key: &str, wrong: String| {
        let (fact, known) = wrong.split_once("; ").unwrap_or((&wrong, ""));
        fault(key, fact.to_owned(), known);
    };
    PublishTerms {
        to,
        edition: file
            .edition
            .as_deref()
            .and_then(|text| PublishedEdition::parse(text).map_err(|wrong| word("edition", wrong)).ok()),
        host: file.host.as_deref().and_then(|text| Host::parse(text).map_err(|wrong| word("host", wrong)).ok()),
        history: file
            .history
            .as_deref()
            .and_then(|text| History::parse(text).map_err(|wrong| word("history", wrong)).ok()),
        domain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read() {
        let git = |remote: &str, branch: &str| Target::Git { remote: remote.to_owned(), branch: branch.to_owned() };
        assert_eq!(Target::parse("git:"), Ok(git("origin", "gh-pages")));
        assert_eq!(Target::parse("git:../site.git#live"), Ok(git("../site.git", "live")));
        assert_eq!(Target::parse("git:https://h.org/a#b/c"), Ok(git("https://h.org/a", "b/c")));
        assert_eq!(Target::parse("folder:out"), Ok(Target::Folder("out".into())));
        let bucket = Target::Bucket { bucket: "b".to_owned(), prefix: "c/d".to_owned() };
        assert_eq!(Target::parse("s3://b/c/d/"), Ok(bucket));
        for wrong in [
            "",
            "git:a#",
            "git:--upload-pack=x",
            "git:a#-f",
            "git:a#b..c",
            "folder:",
            "s3://",
            "s3://b/../c",
            "ftp://x",
        ] {
            assert!(Target::parse(wrong).is_err(), "{wrong}");
        }
    }
}
