//! The repository: where it is published from, and what must not be in it.

use std::path::Path;

use super::Checks;
use crate::commands::init::WORKFLOW;
use crate::config::Config;
use crate::git::{self, GitHub};
use crate::source::LOCK_FILE;
use crate::{config, fs};

pub fn look(root: &Path, config: Option<&Config>, checks: &mut Checks) {
    let Some(prefix) = git::ask(root, &["rev-parse", "--show-prefix"]) else {
        checks.warning(
            "the site is in no repository",
            "`git init` makes one: it keeps the history, and can be published from",
        );
        return;
    };
    if !prefix.is_empty() {
        checks.warning(
            format!("the site lies in {prefix} of its repository"),
            "a workflow is only seen at the top, in .github/workflows: move it there, and give its commands `--root`",
        );
    }
    let branch = git::ask(root, &["symbolic-ref", "--short", "HEAD"]);
    if let Some(branch) = &branch {
        checks.ok(format!("the branch is {branch}"));
    }
    origin(root, config, checks);
    ignored(root, checks);
    if prefix.is_empty() {
        workflow(root, branch.as_deref(), checks);
    }
    addresses(root, checks);
}

/// Where it is pushed to, and whether the site can be read where its settings say.
fn origin(root: &Path, config: Option<&Config>, checks: &mut Checks) {
    let Some(remote) = git::ask(root, &["remote", "get-url", "origin"]) else {
        checks.warning(
            "the repository is on this machine only",
            "make one on GitHub, and `git remote add origin` its address",
        );
        return;
    };
    let Some(repository) = GitHub::of(&remote) else {
        checks.ok("the remote `origin` is not on GitHub");
        return;
    };
    checks.ok(format!("the remote `origin` is {}/{} on GitHub", repository.owner, repository.name));
    let Some(config) = config else { return };
    let own = config.base.absolute("/");
    if config.base.host() == "example.org" {
        checks.warning(
            format!("`url` in {} is {own}, which is an example", config::FILE),
            format!("write the address of the site; GitHub Pages shows it at {}", repository.pages()),
        );
    } else if repository.fits(&config.base) {
        checks.ok(format!("`url` fits the repository: {own}"));
    } else {
        checks.warning(
            format!("`url` in {} is {own}, and GitHub Pages shows the site at {}", config::FILE, repository.pages()),
            "write that address, or set a domain of your own under Settings > Pages",
        );
    }
}

/// What is made has no place in a history.
fn ignored(root: &Path, checks: &mut Checks) {
    let mut good = true;
    for folder in ["public", ".briefpress"] {
        let inside = format!("{folder}/x");
        if git::ask(root, &["ls-files", "--", folder]).is_some_and(|files| !files.is_empty()) {
            good = false;
            checks.warning(
                format!("git has files of {folder}/"),
                format!("`git rm -r --cached {folder}` takes them out; a build makes them anew"),
            );
        } else if git::ask(root, &["check-ignore", "--quiet", &inside]).is_none() {
            good = false;
            checks.warning(format!(".gitignore does not name {folder}/"), format!("add the line `/{folder}/`"));
        }
    }
    if good {
        checks.ok("what a build makes is not in the repository");
    }
}

fn workflow(root: &Path, branch: Option<&str>, checks: &mut Checks) {
    let Ok(text) = fs::read_to_string(&root.join(WORKFLOW)) else {
        checks.warning(
            format!("there is no {WORKFLOW}"),
            "`briefpress init` in an empty folder writes one to copy; on another host, pay no heed",
        );
        return;
    };
    match branch {
        Some(branch) if !text.contains(branch) => checks.warning(
            format!("{WORKFLOW} does not name the branch {branch}"),
            "publish from the branch that it names, or name this one in it",
        ),
        _ => checks.ok(format!("{WORKFLOW} checks and publishes the site")),
    }
}

/// Once something was published, its addresses are to be kept.
fn addresses(root: &Path, checks: &mut Checks) {
    let any = |arguments: &[&str]| git::ask(root, arguments).is_some_and(|answer| !answer.is_empty());
    let published = any(&["tag", "--list", "v*"]) || any(&["branch", "--all", "--list", "gh-pages", "*/gh-pages"]);
    if root.join(LOCK_FILE).is_file() {
        checks.ok(format!("{LOCK_FILE} keeps the addresses that readers know"));
    } else if published {
        checks.warning(
            format!("something was published from here, and there is no {LOCK_FILE}"),
            "`briefpress lock` writes down the addresses that readers know, so that none is lost",
        );
    }
}
