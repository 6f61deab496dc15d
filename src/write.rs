//! Outputs reach the output folder whole or not at all.
//!
//! A build adds its outputs to a [`Stage`]: what differs from the last build is written to a staging folder on the
//! same disk, and [`Stage::commit`] moves it into place. The moves are written down in a journal first, so that a
//! commit that fails is turned back, and one that is killed is finished by the next [`Stage::open`]. A manifest in
//! the cache folder holds hash, length and time of every output: what has not changed is not written, nor even read.

mod error;
mod intact;
mod journal;
mod layout;
mod manifest;
mod names;
mod plan;
mod replay;
mod steps;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fs::File;
use std::hash::BuildHasherDefault;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use xxhash_rust::xxh3::xxh3_128;

pub use error::Error;
pub use intact::{outputs_intact, recorded_inputs};

use crate::fs;
use layout::Layout;
use manifest::{Manifest, Record};
use names::{Names, PathHasher};
use plan::{Fate, Output, Plan};
use steps::Steps;

/// The outputs of one build on their way to the output folder. Dropped without a commit, it leaves that folder alone.
pub struct Stage {
    layout: Layout,
    /// What the last build wrote; `None` if no build is known to have written here.
    old: Option<Manifest>,
    /// Whether all outputs will be put in place by one move, the output folder being empty.
    at_once: bool,
    names: Mutex<Names>,
    outputs: Mutex<Vec<Output>>,
    /// Folders made for staged outputs, relative to theirs.
    folders: RwLock<HashSet<Box<str>, BuildHasherDefault<PathHasher>>>,
    /// Set once an output could not be staged: such a stage must not be committed.
    broken: AtomicBool,
    /// Set when the staging folder is needed by the next build.
    keep: bool,
    repaired: Option<String>,
    steps: Steps,
    _lock: File,
}

/// What a commit did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Outputs that are new or changed.
    pub written: usize,
    /// Outputs left as they were.
    pub unchanged: usize,
    /// Outputs of the last build that are gone.
    pub removed: usize,
    /// Bytes of the outputs written.
    pub bytes_written: u64,
    /// Bytes of all outputs.
    pub bytes_total: u64,
    /// What a stopped build had left and how it was mended.
    pub repaired: Option<String>,
}

impl Stage {
    /// Prepares to write to the folder `output`, keeping the manifest and the lock in the folder `cache`; creates
    /// what is missing of the folders around them. Mends what a killed build left.
    /// Fails when another build holds the lock, when `output` is not a folder, or when the disk refuses.
    pub fn open(output: &Path, cache: &Path) -> Result<Stage, Error> {
        Stage::open_with(output, cache, Steps::default())
    }

    /// As [`Stage::open`], changing the disk through `steps`.
    fn open_with(output: &Path, cache: &Path, steps: Steps) -> Result<Stage, Error> {
        let mut layout = Layout::create(output, cache)?;
        let lock = match fs::lock(&layout.lock, &std::process::id().to_string())? {
            fs::Lock::Held(file) => file,
            fs::Lock::Taken(owner) => return Err(Error::Locked { output: output.to_owned(), pid: owner.parse().ok() }),
        };
        let repaired = replay::recover(&layout, &steps)?;
        let old = Manifest::read(&layout.manifest);
        layout.make_staging(&steps)?;
        let at_once = layout.is_beside() && !layout.is_occupied()?;
        Ok(Stage {
            layout,
            old,
            at_once,
            names: Mutex::default(),
            outputs: Mutex::default(),
            folders: RwLock::new(HashSet::from_iter(["".into()])),
            broken: AtomicBool::new(false),
            keep: false,
            repaired,
            steps,
            _lock: lock,
        })
    }

    /// Adds the output at `path`, relative to the output folder and with forward slashes; many threads may.
    /// Refuses a path that is unsafe or that clashes with another output's. When the disk fails, so will the commit.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        names::check(path)?;
        locked(&self.names).claim(path)?;
        let placed = self.place(path, bytes);
        let (record, fate) = placed.inspect_err(|_| self.broken.store(true, Ordering::Release))?;
        locked(&self.outputs).push(Output { path: path.into(), record, fate });
        Ok(())
    }

    /// Stages one output unless the output folder has it already; its record and what is to become of it.
    fn place(&self, path: &str, bytes: &[u8]) -> Result<(Record, Fate), Error> {
        let hash = xxh3_128(bytes);
        let target = layout::under(&self.layout.output, path);
        let found = if self.at_once { None } else { fs::look(&target)?.filter(|data| !data.is_dir()) };
        let Some(data) = found else {
            return Ok((self.stage(path, bytes, hash)?, Fate::Added));
        };
        let there = Record::of(hash, &data);
        let same = data.is_file() && there.len == bytes.len() as u64 && {
            match self.old.as_ref().and_then(|old| old.get(path)).filter(|known| known.fits(&there)) {
                Some(known) => known.hash == hash,
                None => fs::read(&target).is_ok_and(|content| content == bytes),
            }
        };
        match same {
            true => Ok((there, Fate::Unchanged)),
            false => Ok((self.stage(path, bytes, hash)?, Fate::Replaced)),
        }
    }

    /// Writes one output to the staging folder. An error names the place the output was meant for.
    fn stage(&self, path: &str, bytes: &[u8], hash: u128) -> Result<Record, fs::Error> {
        let written = if self.at_once {
            let files = self.layout.files();
            let made = self.ensure_folder(&files, path.rfind('/').map_or("", |at| &path[..at]));
            made.and_then(|()| self.steps.write_and_look(&layout::under(&files, path), bytes))
        } else {
            self.steps.write_and_look(&self.layout.staged(path), bytes)
        };
        let data = written.map_err(|e| fs::Error { path: layout::under(&self.layout.shown, path), ..e })?;
        Ok(Record::of(hash, &data))
    }

    /// Makes a folder below the staging folder and those above it, each once.
    fn ensure_folder(&self, files: &Path, folder: &str) -> Result<(), fs::Error> {
        if self.folders.read().unwrap_or_else(PoisonError::into_inner).contains(folder) {
            return Ok(());
        }
        self.ensure_folder(files, folder.rfind('/').map_or("", |at| &folder[..at]))?;
        match self.steps.create_dir(&layout::under(files, folder)) {
            Err(e) if e.kind() != ErrorKind::AlreadyExists => return Err(e),
            _ => {}
        }
        self.folders.write().unwrap_or_else(PoisonError::into_inner).insert(folder.into());
        Ok(())
    }

    /// Makes the output folder hold what was put and no more, and records it along with `inputs`, a digest of what
    /// it was built from. After an error the output folder is as it was, or the error says that it is not.
    /// Refuses a folder with files that no build wrote.
    pub fn commit(mut self, inputs: &str) -> Result<Summary, Error> {
        if self.broken.load(Ordering::Acquire) {
            return Err(Error::Incomplete { output: self.layout.shown.clone() });
        }
        let mut outputs = std::mem::take(&mut *locked(&self.outputs));
        outputs.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let names = std::mem::take(&mut *locked(&self.names));
        let plan = Plan::new(&self.layout, &outputs, &names, self.old.as_ref(), self.at_once)?;
        let text = manifest::text(inputs, outputs.iter().map(|output| (&*output.path, &output.record)));
        if !plan.moves.is_empty() {
            self.carry_out(&plan, &text)?;
        } else if !self.old.as_ref().is_some_and(|old| old.is(&text)) {
            manifest::install(&self.layout.manifest, &text, &self.steps)?;
        }
        Ok(Summary { repaired: self.repaired.take(), ..plan.summary })
    }

    /// Makes the moves of a plan and installs the manifest, or turns all of it back.
    fn carry_out(&mut self, plan: &Plan, text: &str) -> Result<(), Error> {
        self.steps.write(&self.layout.next_manifest(), text.as_bytes())?;
        journal::write(&self.layout, &plan.moves, &self.steps)?;
        let done = replay::forward(&self.layout, &plan.moves, &self.steps, false)
            .and_then(|()| manifest::install(&self.layout.manifest, text, &self.steps));
        let Err(cause) = done else {
            // A journal that stays is played again by the next build, to no effect.
            let _ = self.steps.remove_file(&self.layout.journal());
            return Ok(());
        };
        match replay::turn_back(&self.layout, &plan.moves, &self.steps) {
            Ok(()) => Err(cause.into()),
            Err(second) => {
                self.keep = true;
                Err(Error::HalfDone { cause, second })
            }
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !self.keep {
            let _ = self.steps.remove_dir_all(&self.layout.staging);
        }
    }
}

/// The value in a mutex, also after a thread that held it panicked.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
