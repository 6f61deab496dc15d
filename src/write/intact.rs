//! Whether a build can be skipped.

use std::path::Path;

use super::layout::{self, Layout};
use super::manifest::{Manifest, Record};
use crate::fs;

/// Whether the output folder holds all that the last build wrote, with the lengths and times recorded then.
/// False when there was no such build, or when one was stopped halfway. Contents are not read.
pub fn outputs_intact(output: &Path, cache: &Path) -> bool {
    let Ok(layout) = Layout::existing(output, cache) else { return false };
    let under_way = [layout.journal(), layout.undo()].iter().any(|path| !matches!(fs::look(path), Ok(None)));
    let Some(manifest) = Manifest::read(&layout.manifest).filter(|_| !under_way) else { return false };
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(8));
    let share = manifest.records.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let shares = manifest.records.chunks(share);
        let checks: Vec<_> = shares.map(|share| scope.spawn(|| are_intact(&layout, share))).collect();
        checks.into_iter().all(|check| check.join().unwrap_or(false))
    })
}

/// The `inputs` given to the last commit to this output folder; `None` if there was none.
pub fn recorded_inputs(output: &Path, cache: &Path) -> Option<String> {
    Manifest::read_inputs(&Layout::existing(output, cache).ok()?.manifest)
}

/// Whether these outputs are as recorded.
fn are_intact(layout: &Layout, records: &[(Box<str>, Record)]) -> bool {
    records.iter().all(|(path, record)| {
        let found = fs::look(&layout::under(&layout.output, path));
        found.is_ok_and(|data| data.is_some_and(|data| data.is_file() && record.fits(&Record::of(0, &data))))
    })
}
