//! A gate at which the changes a build makes to the disk can be made to fail.

use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::fs::Error;
use crate::write::steps::Steps;

/// Counts the deeds that come by and refuses some. One that refuses all from some number on is as good as a kill.
#[derive(Default)]
pub(in crate::write) struct Gate {
    passed: Arc<AtomicUsize>,
    faults: Vec<Range<usize>>,
}

impl Gate {
    /// Fails if the deed that comes by now is to fail.
    pub(in crate::write) fn pass(&self, path: &Path) -> Result<(), Error> {
        let number = self.passed.fetch_add(1, Ordering::Relaxed);
        if self.faults.iter().any(|fault| fault.contains(&number)) {
            let source = ErrorKind::StorageFull.into();
            return Err(Error { doing: "write", path: path.to_owned(), source });
        }
        Ok(())
    }

    /// As [`Gate::pass`], leaving half of the bytes in the file when it fails.
    pub(in crate::write) fn pass_or_tear(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        self.pass(path).inspect_err(|_| {
            let _ = std::fs::write(path, &bytes[..bytes.len() / 2]);
        })
    }
}

/// Which deeds of a build are to fail.
pub(super) struct Faults {
    ranges: Vec<Range<usize>>,
    passed: Arc<AtomicUsize>,
}

impl Faults {
    fn new(ranges: impl IntoIterator<Item = Range<usize>>) -> Faults {
        Faults { ranges: ranges.into_iter().collect(), passed: Arc::default() }
    }

    /// One deed fails.
    pub(super) fn fail_at(step: usize) -> Faults {
        Faults::new(std::iter::once(step..step + 1))
    }

    /// The build dies.
    pub(super) fn die_at(step: usize) -> Faults {
        Faults::new(std::iter::once(step..usize::MAX))
    }

    /// One deed fails, and some time after the build dies.
    pub(super) fn fail_and_die_at(step: usize, later: usize) -> Faults {
        Faults::new([step..step + 1, later..usize::MAX])
    }

    /// Steps with these faults.
    pub(super) fn steps(&self) -> Steps {
        Steps { gate: Gate { passed: self.passed.clone(), faults: self.ranges.clone() } }
    }

    /// Whether the build went on until the last fault.
    pub(super) fn struck(&self) -> bool {
        self.ranges.last().is_some_and(|last| last.start < self.passed.load(Ordering::Relaxed))
    }
}
