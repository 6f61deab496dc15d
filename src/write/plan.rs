//! Which moves turn the output folder into what a build wants.

use std::collections::HashSet;

use super::error::Error;
use super::journal::Move;
use super::layout::{self, Layout};
use super::manifest::{Manifest, Record};
use super::names::{Names, parents};
use super::{Summary, fs};

/// One output of a build.
pub(super) struct Output {
    pub(super) path: Box<str>,
    pub(super) record: Record,
    pub(super) fate: Fate,
}

/// What becomes of an output.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// The output folder holds it.
    Unchanged,
    /// It is staged and has no predecessor.
    Added,
    /// It is staged and takes another file's place.
    Replaced,
}

/// The moves of a commit and what they amount to.
pub(super) struct Plan {
    pub(super) moves: Vec<Move>,
    pub(super) summary: Summary,
}

impl Plan {
    /// Plans the commit of `outputs`, sorted by path and known to `names`, onto what `old` says the last build wrote.
    /// With `at_once`, all are staged and the output folder is empty.
    /// Refuses an output folder with files of others, and to go through symbolic links.
    pub(super) fn new(
        layout: &Layout,
        outputs: &[Output],
        names: &Names,
        old: Option<&Manifest>,
        at_once: bool,
    ) -> Result<Plan, Error> {
        if old.is_none() && !at_once {
            refuse_foreign(layout, names)?;
        }
        let gone = gone(layout, outputs, names, old)?;
        let mut summary = Summary { removed: gone.len(), ..Summary::default() };
        for Output { record, fate, .. } in outputs {
            summary.bytes_total += record.len;
            match fate {
                Fate::Unchanged => summary.unchanged += 1,
                Fate::Added | Fate::Replaced => {
                    (summary.written, summary.bytes_written) =
                        (summary.written + 1, summary.bytes_written + record.len);
                }
            }
        }
        if at_once && !outputs.is_empty() {
            let existed = fs::look(&layout.output)?.is_some();
            return Ok(Plan { moves: vec![Move::Whole { existed }], summary });
        }
        let moves = in_order(outputs, names, gone);
        refuse_links(layout, &moves)?;
        Ok(Plan { moves, summary })
    }
}

/// The moves in the order in which they are made: what stands in the way goes first, then assets come, then the
/// pages that use them, and what is not needed any more goes last.
fn in_order(outputs: &[Output], names: &Names, gone: Vec<Box<str>>) -> Vec<Move> {
    let (first, last): (Vec<_>, Vec<_>) = gone.into_iter().partition(|path| names.is_obstructed_by(path));
    let (pages, assets): (Vec<_>, Vec<_>) = outputs.iter().partition(|output| output.path.ends_with(".html"));
    let comes = assets.into_iter().chain(pages).filter_map(|output| match output.fate {
        Fate::Unchanged => None,
        Fate::Added => Some(Move::Add(output.path.clone())),
        Fate::Replaced => Some(Move::Replace(output.path.clone())),
    });
    first.into_iter().map(Move::Remove).chain(comes).chain(last.into_iter().map(Move::Remove)).collect()
}

/// The files of the last build that this one has not, as far as they still exist.
fn gone(
    layout: &Layout,
    outputs: &[Output],
    names: &Names,
    old: Option<&Manifest>,
) -> Result<Vec<Box<str>>, fs::Error> {
    let mut gone = Vec::new();
    for (path, _) in old.into_iter().flat_map(|old| &old.records).filter(|(path, _)| !names.has(path)) {
        let file = layout::under(&layout.output, path);
        if fs::look(&file)?.is_none_or(|data| data.is_dir()) {
            continue;
        }
        // On disks that take the two for one, a file that only changed its spelling is not gone.
        let twin = names.twin(path).and_then(|twin| outputs.binary_search_by(|output| (*output.path).cmp(twin)).ok());
        let twin = twin.map(|at| &outputs[at]).filter(|twin| twin.fate == Fate::Unchanged);
        let same = |twin: &Output| {
            let twin = fs::canonicalize(&layout::under(&layout.output, &twin.path));
            twin.is_ok_and(|twin| fs::canonicalize(&file).is_ok_and(|file| file == twin))
        };
        if !twin.is_some_and(same) {
            gone.push(path.clone());
        }
    }
    Ok(gone)
}

/// Refuses an output folder with files that the build would not write.
fn refuse_foreign(layout: &Layout, names: &Names) -> Result<(), Error> {
    let rules = fs::Rules { hidden: true, skip: &|path, _| Layout::is_tolerated(path) };
    let (entries, findings) = fs::walk(&layout.output, &rules)?;
    let odd = findings.iter().map(|finding| finding.path.to_string_lossy().into_owned());
    let mut foreign: Vec<_> = entries.into_iter().map(|entry| entry.path).chain(odd).collect();
    foreign.retain(|path| !names.has(path));
    match foreign.iter().min() {
        None => Ok(()),
        Some(example) => {
            let (output, example) = (layout.shown.clone(), example.clone());
            Err(Error::Foreign { output, count: foreign.len(), example })
        }
    }
}

/// Refuses moves through symbolic links, which would change files elsewhere.
fn refuse_links(layout: &Layout, moves: &[Move]) -> Result<(), Error> {
    let mut seen = HashSet::new();
    for step in moves {
        let (Move::Add(path) | Move::Replace(path) | Move::Remove(path)) = step else { continue };
        for folder in parents(path) {
            if !seen.insert(folder) {
                break;
            }
            if fs::look(&layout::under(&layout.output, folder))?.is_some_and(|data| data.is_symlink()) {
                return Err(Error::Link { folder: layout::under(&layout.shown, folder) });
            }
        }
    }
    Ok(())
}
