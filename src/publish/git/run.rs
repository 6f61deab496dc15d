//! git, as a program.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use super::super::Error;
use crate::fs;
use crate::git::command;

/// How long is waited before a remote is asked again.
const PAUSES: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(4), Duration::from_secs(15)];

/// Settings of the site's repository that reach the remote: who may, and by which way.
const SETTINGS: [&str; 9] =
    ["http.", "https.", "credential.", "url.", "user.", "ssh.", "protocol.", "core.sshcommand", "core.askpass"];

/// Our repository and the remote.
#[derive(Debug)]
pub(super) struct Git {
    repository: PathBuf,
    index: PathBuf,
    url: String,
    settings: Vec<(String, String)>,
}

impl Git {
    /// Opens our repository, making it first if need be, for a remote as the site's repository knows it.
    pub(super) fn open(root: &Path, scratch: &Path, remote: &str) -> Result<Git, Error> {
        let scratch = std::path::absolute(scratch).unwrap_or_else(|_| scratch.to_owned());
        let repository = scratch.join("git");
        let url = address(root, remote)?;
        let git = Git { index: scratch.join("git-index"), settings: settings(root), repository, url };
        if fs::look(&git.repository.join("HEAD"))?.is_none() {
            git.run(&["init", "--quiet", "--bare"])?;
            git.run(&["config", "gc.autoDetach", "false"])?;
        }
        // Nobody else works here: what is locked was left by one that was stopped.
        for stale in ["shallow.lock", "config.lock", "packed-refs.lock", "refs/briefpress/there.lock"] {
            if fs::look(&git.repository.join(stale))?.is_some() {
                fs::remove_file(&git.repository.join(stale))?;
            }
        }
        Ok(git)
    }

    /// Whether our repository has a commit and its tree.
    pub(super) fn has(&self, commit: &str) -> bool {
        self.run(&["cat-file", "-e", &format!("{commit}^{{tree}}")]).is_ok()
    }

    /// Where the remote is.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// A folder for what is under way, empty.
    pub(super) fn folder(&self, name: &str) -> Result<PathBuf, Error> {
        let folder = self.repository.join(name);
        if fs::look(&folder)?.is_some() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Removes the index, and the lock on it that a stopped publisher left.
    pub(super) fn forget_index(&self) -> Result<(), Error> {
        for path in [self.index.clone(), self.index.with_extension("lock")] {
            if fs::look(&path)?.is_some() {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }

    /// Runs a command; gives what it says.
    pub(super) fn run(&self, arguments: &[&str]) -> Result<String, Error> {
        self.feed(arguments, "")
    }

    /// Runs a command that asks the remote: more than once if the way there fails.
    pub(super) fn remote(&self, arguments: &[&str]) -> Result<String, Error> {
        let mut pauses = PAUSES.iter().filter(|_| self.url.contains("://") && !self.url.starts_with("file:"));
        loop {
            let error = match self.run(arguments) {
                Ok(text) => return Ok(text),
                Err(error) => error,
            };
            let fact = error.to_string();
            if ["stale info", "rejected", "fetch first"].iter().any(|word| fact.contains(word)) {
                return Err(Error::new("the branch was changed by somebody else meanwhile, and is left as it is")
                    .cure("look what is there now with `briefpress publish --dry-run`, and publish again"));
            }
            let is_hopeless = [
                "Could not connect",
                "Failed to connect",
                "uthentication failed",
                "ermission denied",
                "not found",
                "could not read Username",
            ];
            let Some(pause) = pauses.next().filter(|_| !is_hopeless.iter().any(|word| fact.contains(word))) else {
                return Err(error);
            };
            std::thread::sleep(*pause);
        }
    }

    /// Runs a command with a text on its standard input.
    pub(super) fn feed(&self, arguments: &[&str], text: &str) -> Result<String, Error> {
        let mut git = command(&self.repository);
        git.env("GIT_DIR", &self.repository)
            .env("GIT_INDEX_FILE", &self.index)
            .envs(identity(&self.settings))
            .env("GIT_CONFIG_COUNT", self.settings.len().to_string())
            .args(arguments);
        for (number, (key, value)) in self.settings.iter().enumerate() {
            git.env(format!("GIT_CONFIG_KEY_{number}"), key).env(format!("GIT_CONFIG_VALUE_{number}"), value);
        }
        fs::create_dir_all(&self.repository)?;
        let output = outcome(&mut git, text)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let told = String::from_utf8_lossy(&output.stderr);
        let told: Vec<&str> = told.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let name = arguments.first().copied().unwrap_or_default();
        Err(Error::new(format!("`git {name}` failed: {}", told.join("; ")))
            .cure("check the remote's address and whether you may write to it; nothing was changed there"))
    }
}

/// Runs a program to its end with a text on its standard input.
fn outcome(command: &mut Command, text: &str) -> Result<Output, Error> {
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.map_err(|error| {
        Error::new(format!("git cannot be started: {error}"))
            .cure("install git, from https://git-scm.com/ or your system's packages")
    })?;
    let input = child.stdin.take();
    let output = std::thread::scope(|scope| {
        scope.spawn(|| {
            // A program that ended early says why by itself.
            let _ = input.map(|mut input| input.write_all(text.as_bytes()));
        });
        child.wait_with_output()
    });
    output.map_err(|error| Error::new(format!("git cannot be waited for: {error}")))
}

/// What git says in the site's own repository; nothing if there is none.
fn ask(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = outcome(command(root).args(arguments), "").ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// Where a remote is: an address or a path as it is, a name as the site's repository knows it.
pub(in crate::publish) fn address(root: &Path, remote: &str) -> Result<String, Error> {
    let is_address = remote.contains("://") || (remote.contains(':') && !Path::new(remote).is_absolute());
    if is_address {
        return Ok(remote.to_owned());
    }
    if let Some(url) = ask(root, &["remote", "get-url", "--push", remote]) {
        let url = url.trim();
        let top = ask(root, &["rev-parse", "--show-toplevel"]).map_or_else(|| root.to_owned(), |top| top.trim().into());
        return Ok(if url.contains(':') { url.to_owned() } else { path_text(&top.join(url)) });
    }
    let path = root.join(remote);
    if fs::look(&path)?.is_some() {
        return Ok(path_text(&path));
    }
    Err(Error::new(format!("`{remote}` is neither a remote of this repository nor a path")).cure(
        "`git remote -v` lists the remotes; an address works too: `git:https://github.com/OWNER/REPOSITORY.git#gh-pages`",
    ))
}

fn path_text(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}

/// The settings of the site's repository by which git reaches its remotes.
fn settings(root: &Path) -> Vec<(String, String)> {
    let listed = ask(root, &["config", "--local", "--includes", "--null", "--list"]).unwrap_or_default();
    let pairs = listed.split('\0').filter_map(|pair| pair.split_once('\n'));
    let wanted = pairs.filter(|(key, _)| SETTINGS.iter().any(|start| key.to_ascii_lowercase().starts_with(start)));
    wanted.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

/// Who commits if git does not know.
fn identity(settings: &[(String, String)]) -> Vec<(&'static str, &'static str)> {
    let is_known = settings.iter().any(|(key, _)| key == "user.email")
        || std::env::var_os("GIT_COMMITTER_EMAIL").is_some()
        || ask(Path::new("."), &["config", "--global", "user.email"]).is_some();
    if is_known {
        return Vec::new();
    }
    let (name, email) = ("briefpress", "noreply@briefpress.invalid");
    vec![
        ("GIT_AUTHOR_NAME", name),
        ("GIT_AUTHOR_EMAIL", email),
        ("GIT_COMMITTER_NAME", name),
        ("GIT_COMMITTER_EMAIL", email),
    ]
}
