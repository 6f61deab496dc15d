//! Makes the moves of a journal, turns them back, and finishes what a killed build began.
//!
//! Each move leaves a trace in the staging folder: a file put in place is missing there, and what it replaced is kept
//! there under the number of the move. So both directions can be begun again at any point.

use std::io::ErrorKind;
use std::path::Path;

use super::journal::{self, Move};
use super::layout::{self, Layout};
use super::manifest::{self, Manifest};
use super::steps::Steps;
use crate::fs::{self, Error};

/// Makes all moves in their order. With `again`, some may have been made before.
/// Fails at the first move that the disk refuses.
pub(super) fn forward(layout: &Layout, moves: &[Move], steps: &Steps, again: bool) -> Result<(), Error> {
    let files = layout.files();
    for (number, step) in moves.iter().enumerate() {
        let old = layout.old(number);
        match step {
            Move::Whole { .. } if again && !exists(&files)? => {}
            Move::Whole { existed } => {
                if cfg!(windows) && *existed && exists(&layout.output)? {
                    steps.remove_dir(&layout.output)?;
                }
                steps.rename(&files, &layout.output)?;
            }
            Move::Remove(path) => take_out(layout, path, &old, steps)?,
            Move::Add(path) | Move::Replace(path) => {
                let (from, to) = (layout.staged(path), layout::under(&layout.output, path));
                if again && !exists(&from)? {
                    continue;
                }
                if matches!(step, Move::Replace(_)) {
                    keep(&to, &old, steps)?;
                }
                bring_in(&from, &to, steps)?;
            }
        }
    }
    Ok(())
}

/// Moves a file from the output folder to `old`, unless that was done, and deletes the folders it leaves empty.
fn take_out(layout: &Layout, path: &str, old: &Path, steps: &Steps) -> Result<(), Error> {
    let file = layout::under(&layout.output, path);
    if !exists(old)? && is_file(&file)? {
        steps.rename(&file, old)?;
    }
    prune(layout, &file, steps);
    Ok(())
}

/// Keeps the file at `path` also at `old`, unless it is there or gone.
fn keep(path: &Path, old: &Path, steps: &Steps) -> Result<(), Error> {
    match steps.link_or_copy(path, old) {
        Err(e) if !matches!(e.kind(), ErrorKind::AlreadyExists | ErrorKind::NotFound) => Err(e),
        _ => Ok(()),
    }
}

/// Moves a file into place. Creates its folder if need be, and deletes empty folders in its way.
fn bring_in(from: &Path, to: &Path, steps: &Steps) -> Result<(), Error> {
    match steps.rename(from, to) {
        Err(e) if e.kind() == ErrorKind::NotFound => {
            steps.create_dir_all(to.parent().unwrap_or(to))?;
            steps.rename(from, to)
        }
        Err(_) if fs::look(to)?.is_some_and(|data| data.is_dir()) => {
            remove_empty(to, steps)?;
            steps.rename(from, to)
        }
        done => done,
    }
}

/// Deletes a folder that holds nothing but empty folders; fails if it holds more.
fn remove_empty(folder: &Path, steps: &Steps) -> Result<(), Error> {
    for name in fs::names(folder)? {
        let inner = folder.join(name);
        if !is_file(&inner)? {
            remove_empty(&inner, steps)?;
        }
    }
    steps.remove_dir(folder)
}

/// Deletes the folders of a file, from the nearest up to the output folder, as far as they are empty.
fn prune(layout: &Layout, file: &Path, steps: &Steps) {
    let folders = file.ancestors().skip(1).take_while(|folder| *folder != layout.output);
    for folder in folders {
        match steps.remove_dir(folder) {
            Err(e) if e.kind() != ErrorKind::NotFound => break,
            _ => {}
        }
    }
}

/// Turns back the moves of a commit that failed and ends it. Fails when the disk refuses; the next build will resume.
pub(super) fn turn_back(layout: &Layout, moves: &[Move], steps: &Steps) -> Result<(), Error> {
    steps.rename(&layout.journal(), &layout.undo())?;
    undo(layout, moves, steps)?;
    steps.remove_file(&layout.undo())
}

/// Undoes, last first, those of the moves that were made and not undone yet.
fn undo(layout: &Layout, moves: &[Move], steps: &Steps) -> Result<(), Error> {
    let files = layout.files();
    for (number, step) in moves.iter().enumerate().rev() {
        let old = layout.old(number);
        match step {
            Move::Whole { existed } => {
                if !exists(&files)? {
                    steps.rename(&layout.output, &files)?;
                }
                if *existed && !exists(&layout.output)? {
                    steps.create_dir(&layout.output)?;
                }
            }
            Move::Add(path) => {
                let file = layout::under(&layout.output, path);
                if !exists(&layout.staged(path))? && is_file(&file)? {
                    steps.remove_file(&file)?;
                }
                prune(layout, &file, steps);
            }
            Move::Replace(path) | Move::Remove(path) if exists(&old)? => {
                bring_in(&old, &layout::under(&layout.output, path), steps)?;
            }
            Move::Replace(_) | Move::Remove(_) => {}
        }
    }
    Ok(())
}

/// Finishes or turns back the commit that a killed build began, if it did, and clears the staging folder.
/// Returns what was done, for the user. Fails when the disk refuses; the next build will resume.
pub(super) fn recover(layout: &Layout, steps: &Steps) -> Result<Option<String>, Error> {
    if !exists(&layout.staging)? {
        return Ok(None);
    }
    let said = if let Some(moves) = recorded(&layout.undo())? {
        undo(layout, &moves, steps)?;
        steps.remove_file(&layout.undo())?;
        Some("an earlier build failed and was stopped while it restored the outputs; they are restored now".to_owned())
    } else if let Some(moves) = recorded(&layout.journal())? {
        forward(layout, &moves, steps, true)?;
        if let Some(manifest) = Manifest::read(&layout.next_manifest()) {
            manifest::install(&layout.manifest, &manifest.doubted(), steps)?;
        }
        steps.remove_file(&layout.journal())?;
        Some("an earlier build was stopped while it put its outputs in place; they are in place now".to_owned())
    } else {
        None
    };
    steps.remove_dir_all(&layout.staging)?;
    Ok(said)
}

/// The moves in a journal; `None` if there is none or it is damaged, and so was never acted on.
fn recorded(path: &Path) -> Result<Option<Vec<Move>>, Error> {
    if !exists(path)? {
        return Ok(None);
    }
    Ok(journal::parse(&fs::read_to_string(path)?))
}

/// Whether anything is at a path, a symbolic link included.
fn exists(path: &Path) -> Result<bool, Error> {
    Ok(fs::look(path)?.is_some())
}

/// Whether something other than a folder is at a path.
fn is_file(path: &Path) -> Result<bool, Error> {
    Ok(fs::look(path)?.is_some_and(|data| !data.is_dir()))
}
