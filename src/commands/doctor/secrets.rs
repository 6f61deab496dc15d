//! What nobody else may get: the master key, and who the subscribers are. No line repeats any of it.

use std::path::Path;

use super::Checks;
use super::site::all;
use crate::access::{self, FILE, FILE_VARIABLE, VARIABLE};
use crate::config::Config;
use crate::{fs, git};

/// What a master key begins with, and how many characters follow at least before it is taken for one.
const PREFIX: &[u8] = b"bpk1_";
const FEWEST: usize = 40;
const PATTERN: &str = "bpk1_[0-9A-Za-z]{40}";
/// A file that holds a key is not larger.
const LARGEST: u64 = 1 << 20;

pub fn look(root: &Path, config: Option<&Config>, checks: &mut Checks) {
    let before = checks.list.len();
    in_files(root, checks);
    in_history(root, checks);
    if checks.list.len() == before {
        checks.ok("no master key lies in the site's folder");
    }
    environment(config, checks);
    subscribers(root, checks);
}

fn in_files(root: &Path, checks: &mut Checks) {
    let entries = all(root).map(|(entries, _)| entries).unwrap_or_default();
    for entry in entries {
        let path = root.join(&entry.path);
        let holds = entry.len <= LARGEST && fs::read(&path).is_ok_and(|bytes| holds_key(&bytes));
        let named = entry.path.rsplit('/').next().is_some_and(|name| name.ends_with(".key") || name == ".env");
        let tracked = (holds || named) && git::ask(root, &["ls-files", "--error-unmatch", "--", &entry.path]).is_some();
        if holds && tracked {
            checks.error(
                format!("a master key stands in {}, and git has it", entry.path),
                "take it out, make another with `briefpress keys new`, and send new codes: whoever has the history has the key",
            );
        } else if holds {
            checks.error(
                format!("a master key lies in the site's folder, in {}", entry.path),
                "move it where secrets are kept",
            );
        } else if named && tracked {
            checks.warning(
                format!("git has {}, which looks like a secret by its name", entry.path),
                "`git rm --cached` takes it out",
            );
        }
    }
}

/// What was committed once is there for everybody who has the repository.
fn in_history(root: &Path, checks: &mut Checks) {
    let found = git::ask(root, &["log", "--all", "-1", "--format=%h", "--extended-regexp", "-G", PATTERN, "--", "."]);
    if let Some(commit) = found.filter(|commit| !commit.is_empty()) {
        checks.error(
            format!("a master key stood in a file of the commit {commit}"),
            "make another with `briefpress keys new` and send new codes: whoever has the history has the key",
        );
    }
}

fn holds_key(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, PREFIX).any(|at| {
        let behind = &bytes[at + PREFIX.len()..];
        behind.iter().take(FEWEST).filter(|byte| byte.is_ascii_alphanumeric()).count() == FEWEST
    })
}

fn environment(config: Option<&Config>, checks: &mut Checks) {
    let sells = config.is_some_and(|config| !config.plans.is_empty());
    let given =
        [VARIABLE, FILE_VARIABLE].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    match (given, sells) {
        (false, false) => {}
        (false, true) => checks.warning(
            format!("there are plans, and no master key in {VARIABLE} or {FILE_VARIABLE}"),
            "nothing can be sealed on this machine; `briefpress keys new` makes a key, once for a publication",
        ),
        (true, _) => match access::master_key() {
            Ok(key) => checks.ok(format!("the master key of the environment is whole: {}", key.fingerprint())),
            Err(problem) => checks.error(problem.message, problem.hint.unwrap_or_default()),
        },
    }
}

fn subscribers(root: &Path, checks: &mut Checks) {
    let Ok(text) = fs::read_to_string(&root.join(FILE)) else { return };
    let lines: Vec<String> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with('#') && is_mail_in(line))
        .map(|(index, _)| (index + 1).to_string())
        .collect();
    if lines.is_empty() {
        checks.ok(format!("{FILE} names nobody by a mail address"));
    } else {
        checks.warning(
            format!("{FILE} holds what looks like mail addresses, in line {}", lines.join(", ")),
            "keep contact details in the mail program, and a word of your own here",
        );
    }
}

fn is_mail_in(line: &str) -> bool {
    line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '"' | '\'' | '<' | '>' | '{' | '}')).any(|word| {
        word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.trim_end_matches('.').contains('.'))
    })
}
