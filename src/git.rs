//! Git, asked in a process of its own that is told no secret.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::url::BaseUrl;

/// What git does not get to see: the master key, and what a hook that runs this has set for its own repository.
const KEPT_BACK: [&str; 7] = [
    "BRIEFPRESS_KEY",
    "BRIEFPRESS_KEY_FILE",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
];

/// git in a folder, in English.
pub fn command(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.current_dir(folder).env("LC_ALL", "C");
    KEPT_BACK.iter().for_each(|name| _ = git.env_remove(name));
    git
}

/// What git answers when it is asked in a folder, without the white space around it; `None` if it is not there or refuses.
pub fn ask(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut git = command(folder);
    git.args(arguments).stdin(Stdio::null()).stderr(Stdio::null());
    let answer = git.env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0").output().ok()?;
    let text = answer.status.success().then_some(answer.stdout)?;
    Some(String::from_utf8_lossy(&text).trim().to_owned())
}

/// A repository on GitHub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitHub {
    /// Whose it is.
    pub owner: String,
    /// What it is called.
    pub name: String,
}

impl GitHub {
    /// The repository that an address of a remote names, if it lies on GitHub.
    pub fn of(remote: &str) -> Option<GitHub> {
        let rest = ["https://github.com/", "git@github.com:", "ssh://git@github.com/", "https://www.github.com/"]
            .iter()
            .find_map(|start| remote.strip_prefix(start))?;
        let rest = rest.trim_end_matches('/');
        let (owner, name) = rest.strip_suffix(".git").unwrap_or(rest).split_once('/')?;
        let is_name = |text: &str| {
            !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        };
        (is_name(owner) && is_name(name)).then(|| GitHub { owner: owner.to_owned(), name: name.to_owned() })
    }

    /// The repository of the remote `origin`, if the folder is the top of a working tree.
    pub fn of_origin(folder: &Path) -> Option<GitHub> {
        let prefix = ask(folder, &["rev-parse", "--show-prefix"])?;
        if prefix.is_empty() { GitHub::of(&ask(folder, &["remote", "get-url", "origin"])?) } else { None }
    }

    /// Where GitHub Pages shows its site, unless a domain of its own is set: `https://owner.github.io/name/`.
    pub fn pages(&self) -> String {
        let host = format!("{}.github.io", self.owner.to_lowercase());
        if self.name.to_lowercase() == host {
            format!("https://{host}/")
        } else {
            format!("https://{host}/{}/", self.name)
        }
    }

    /// Whether a site with this address can be shown by GitHub Pages for this repository: there, or below a domain of its own.
    pub fn fits(&self, site: &BaseUrl) -> bool {
        let on_pages = site.host().to_lowercase().ends_with(".github.io");
        let own = BaseUrl::parse(&self.pages()).is_ok_and(|pages| {
            pages.host() == site.host().to_lowercase() && pages.base_path().eq_ignore_ascii_case(&site.base_path())
        });
        own || !on_pages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remotes_name_repositories() {
        let own = Some(GitHub { owner: "Org".to_owned(), name: "briefings".to_owned() });
        for remote in [
            "https://github.com/Org/briefings",
            "https://github.com/Org/briefings.git",
            "git@github.com:Org/briefings.git",
            "ssh://git@github.com/Org/briefings.git",
        ] {
            assert_eq!(GitHub::of(remote), own, "{remote}");
        }
        for other in
            ["https://example.org/Org/briefings", "https://github.com/Org", "https://github.com/Org/a/b", "/srv/a"]
        {
            assert_eq!(GitHub::of(other), None, "{other}");
        }
    }

    #[test]
    fn pages_have_the_address_of_their_repository() {
        let of = |remote| GitHub::of(remote).expect("on GitHub");
        let project = of("https://github.com/Org/Briefings");
        assert_eq!(project.pages(), "https://org.github.io/Briefings/");
        assert_eq!(of("https://github.com/Org/org.github.io").pages(), "https://org.github.io/");
        let fits = |url| project.fits(&BaseUrl::parse(url).expect("an address"));
        assert!(fits("https://org.github.io/Briefings/") && fits("https://briefings.example/"));
        assert!(!fits("https://org.github.io/") && !fits("https://other.github.io/Briefings/"));
    }
}
