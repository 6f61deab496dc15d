//! The moves of a commit, written down before they are made.

use super::layout::Layout;
use super::manifest::{sealed, unsealed};
use super::steps::Steps;
use crate::fs;

const HEAD: &str = "briefpress journal 1\n";

/// One move of a commit; paths are relative to the output folder, with forward slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Move {
    /// The staged files become the output folder, which is empty or, unless `existed`, missing.
    Whole { existed: bool },
    /// A staged file goes where there is none.
    Add(Box<str>),
    /// A staged file takes the place of another.
    Replace(Box<str>),
    /// A file goes, and the folders it leaves empty.
    Remove(Box<str>),
}

/// Writes the journal, whole or not at all, so that it would survive a power cut.
pub(super) fn write(layout: &Layout, moves: &[Move], steps: &Steps) -> Result<(), fs::Error> {
    let mut text = HEAD.to_owned();
    for step in moves {
        let (sign, path) = match step {
            Move::Whole { existed: true } => ("whole", "existed"),
            Move::Whole { existed: false } => ("whole", "missing"),
            Move::Add(path) => ("+", &**path),
            Move::Replace(path) => ("=", &**path),
            Move::Remove(path) => ("-", &**path),
        };
        text.extend([sign, " ", path, "\n"]);
    }
    let next = layout.staging.join("journal.new");
    steps.write_synced(&next, sealed(text).as_bytes())?;
    steps.rename(&next, &layout.journal())
}

/// The moves written down in a journal; `None` if it is damaged.
pub(super) fn parse(text: &str) -> Option<Vec<Move>> {
    let parse_line = |line: &str| {
        let (sign, path) = line.split_once(' ')?;
        Some(match sign {
            "whole" => Move::Whole { existed: path == "existed" },
            "+" => Move::Add(path.into()),
            "=" => Move::Replace(path.into()),
            "-" => Move::Remove(path.into()),
            _ => return None,
        })
    };
    unsealed(text)?.0.strip_prefix(HEAD)?.lines().map(parse_line).collect()
}
