//! The deeds by which a stage changes the disk.
//!
//! All of them pass one gate, at which tests let a build fail or die.

#![allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "the gate is there in tests only")]
#![allow(clippy::used_underscore_binding, reason = "the gate is there in tests only")]

use std::fs::Metadata;
use std::path::Path;

use crate::fs::{self, Error};

/// Does what its methods say; each fails as its namesake in [`crate::fs`].
#[derive(Default)]
pub(super) struct Steps {
    #[cfg(test)]
    pub(super) gate: super::tests::gate::Gate,
}

impl Steps {
    /// Lets a deed on `path` happen; fails only in tests.
    #[inline]
    fn pass(&self, _path: &Path) -> Result<(), Error> {
        #[cfg(test)]
        self.gate.pass(_path)?;
        Ok(())
    }

    pub(super) fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        #[cfg(test)]
        self.gate.pass_or_tear(path, bytes)?;
        fs::write(path, bytes)
    }

    pub(super) fn write_synced(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        #[cfg(test)]
        return self.write(path, bytes); // Tests cut no power.
        #[cfg(not(test))]
        fs::write_synced(path, bytes)
    }

    pub(super) fn write_and_look(&self, path: &Path, bytes: &[u8]) -> Result<Metadata, Error> {
        #[cfg(test)]
        self.gate.pass_or_tear(path, bytes)?;
        fs::write_and_look(path, bytes)
    }

    pub(super) fn create_dir(&self, path: &Path) -> Result<(), Error> {
        self.pass(path).and_then(|()| fs::create_dir(path))
    }

    pub(super) fn create_dir_all(&self, path: &Path) -> Result<(), Error> {
        self.pass(path).and_then(|()| fs::create_dir_all(path))
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<(), Error> {
        self.pass(to).and_then(|()| fs::rename(from, to))
    }

    pub(super) fn link_or_copy(&self, from: &Path, to: &Path) -> Result<(), Error> {
        self.pass(from).and_then(|()| fs::link_or_copy(from, to))
    }

    pub(super) fn remove_file(&self, path: &Path) -> Result<(), Error> {
        self.pass(path).and_then(|()| fs::remove_file(path))
    }

    pub(super) fn remove_dir(&self, path: &Path) -> Result<(), Error> {
        self.pass(path).and_then(|()| fs::remove_dir(path))
    }

    pub(super) fn remove_dir_all(&self, path: &Path) -> Result<(), Error> {
        self.pass(path).and_then(|()| fs::remove_dir_all(path))
    }
}
