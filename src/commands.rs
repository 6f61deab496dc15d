//! One file for each command: its arguments and what it does.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use jiff::Timestamp;

use crate::diagnostic::{Diagnostic, Severity};
use crate::message;
use crate::source;

pub mod build;
pub mod completions;
pub mod doctor;
pub mod gift;
pub mod init;
pub mod keys;
pub mod list;
pub mod lock;
pub mod mail;
pub mod new;
pub mod open;
pub mod plans;
pub mod publish;
pub mod rename;
pub mod search;
pub mod serve;
pub mod subscriber;
pub mod theme;
pub mod verify;

/// How findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For readers.
    Text,
    /// For programs.
    Json,
    /// As annotations beside the lines, by GitHub Actions.
    Github,
}

/// How figures and lists are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// For readers.
    Text,
    /// For programs.
    Json,
}

impl Format {
    /// The format that was asked for, or the one that suits the place.
    pub fn or_usual(asked: Option<Format>) -> Format {
        let in_actions = std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
        asked.unwrap_or(if in_actions { Format::Github } else { Format::Text })
    }
}

/// The command failed and has said why.
#[derive(Debug)]
pub struct Failed;

/// Writes to standard output. A reader that went away, say `head`, is no failure.
pub fn print(text: &str) {
    let _ = std::io::stdout().lock().write_all(without_key(text).as_bytes());
}

/// As [`print`], of a text that is a secret and was asked for.
pub fn print_secret(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Writes to standard error.
pub fn tell(text: &str) {
    let _ = std::io::stderr().lock().write_all(without_key(text).as_bytes());
}

/// The text without the rest of a master key, which may stand in a line that a finding quotes: what is told ends up in logs.
fn without_key(text: &str) -> Cow<'_, str> {
    const PREFIX: &str = "bpk1_";
    const FEWEST: usize = 16;
    let mut safe = Cow::Borrowed(text);
    let mut from = 0;
    while let Some(at) = safe[from..].find(PREFIX) {
        from += at + PREFIX.len();
        let key = safe[from..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        if key >= FEWEST {
            safe.to_mut().replace_range(from..from + key, "…");
        }
    }
    safe
}

/// Tells findings on standard error; an error among them fails the command.
pub fn tell_findings(root: &Path, findings: &[Diagnostic], quiet: bool) -> Result<(), Failed> {
    let worst = findings.iter().any(|finding| finding.severity == Severity::Error);
    let shown: Vec<Diagnostic> =
        findings.iter().filter(|finding| !quiet || finding.severity == Severity::Error).cloned().collect();
    for message in message::all(root, &shown) {
        tell(&message.text());
    }
    tell(&stopped(findings));
    if worst { Err(Failed) } else { Ok(()) }
}

/// GitHub reads its commands from standard output, and names files from the root of the repository.
pub fn tell_github(root: &Path, findings: &[Diagnostic]) -> Result<(), Failed> {
    let whole = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let repository = std::env::var_os("GITHUB_WORKSPACE").unwrap_or_default();
    let folder = whole.strip_prefix(&repository).ok().filter(|_| !repository.is_empty());
    let folder = folder.unwrap_or_else(|| root.strip_prefix(".").unwrap_or(root));
    for message in message::all(root, findings) {
        print(&message.github(folder));
    }
    let stopped = stopped(findings);
    print(&stopped);
    if stopped.is_empty() { Ok(()) } else { Err(Failed) }
}

/// How many findings stopped a build; nothing if none did.
fn stopped(findings: &[Diagnostic]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    match (count(Severity::Error), count(Severity::Warning)) {
        (0, _) => String::new(),
        (errors, warnings) => {
            format!("{}, {}: nothing was written\n", counted(errors, "error"), counted(warnings, "warning"))
        }
    }
}

/// `1 report`, `2 reports`, `2 addresses`.
pub fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ if noun.ends_with('s') => format!("{count} {noun}es"),
        _ => format!("{count} {noun}s"),
    }
}

/// Tells one fact with its cure and fails.
pub fn fail<T>(fact: impl std::fmt::Display) -> Result<T, Failed> {
    tell(&format!("error: {fact}\n"));
    Err(Failed)
}

/// Reads the moment of `--as-of`: as dates in reports are written, the end of the day if there is no time. `now` if not
/// given.
pub fn moment(text: Option<&str>) -> Result<Timestamp, String> {
    text.map_or_else(|| Ok(Timestamp::now()), source::moment)
}
