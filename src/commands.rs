//! One file for each command: its arguments and what it does.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Clock;

pub mod build;
pub mod completions;
pub mod init;
pub mod list;
pub mod lock;
pub mod message;
pub mod new;
pub mod rename;
pub mod theme;

/// How findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For readers.
    Text,
    /// For programs.
    Json,
}

/// The command failed and has said why.
#[derive(Debug)]
pub struct Failed;

/// Writes to standard output. A reader that went away, say `head`, is no failure.
pub fn print(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Writes to standard error.
pub fn tell(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Tells findings on standard error; an error among them fails the command.
pub fn tell_findings(root: &Path, findings: &[Diagnostic], quiet: bool) -> Result<(), Failed> {
    let worst = findings.iter().any(|finding| finding.severity == Severity::Error);
    let shown = findings.iter().filter(|finding| !quiet || finding.severity == Severity::Error);
    for finding in shown {
        tell(&message::text(root, finding));
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors > 0 {
        tell(&format!("{}, {}: nothing was written\n", counted(errors, "error"), counted(warnings, "warning")));
    }
    if worst { Err(Failed) } else { Ok(()) }
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

/// Reads the moment of `--as-of`: as dates in reports are written, midnight if there is no time. `now` if not given.
pub fn moment(text: Option<&str>) -> Result<Timestamp, String> {
    let clock = Clock { zone: TimeZone::UTC, hour: jiff::civil::Time::constant(23, 59, 59, 0) };
    match text {
        None => Ok(Timestamp::now()),
        Some(text) => clock.read(text).map(|moment| moment.at).map_err(|(fact, cure)| format!("{fact}; {cure}")),
    }
}
