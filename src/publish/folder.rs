//! A folder as it is: every file is replaced by itself.
//!
//! A folder that exists may be a mount of a container or the root of a running server; exchanging it for another would leave
//! these with the old one. So files are put in place one by one, in an order in which every page has its parts.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::delivery::{MANIFEST, Place};
use super::files::Cargo;
use super::{Error, taken};
use crate::fs;

/// How the names of what is under way begin.
const PART: &str = ".briefpress-part-";
/// The file that stands for the lock.
const LOCK: &str = ".briefpress-lock";

/// A folder, locked.
pub(super) struct Folder {
    root: PathBuf,
    parts: AtomicUsize,
    /// Held as long as the folder is open.
    _lock: Option<std::fs::File>,
}

impl Folder {
    /// Opens a folder that exists; locks it and clears what a stopped publisher left, unless it is only looked at.
    pub(super) fn open(root: &Path, only_look: bool) -> Result<Folder, Error> {
        let lock = if only_look { None } else { Some(taken(&root.join(LOCK))?) };
        if !only_look {
            for name in fs::names(root)? {
                if name.to_str().is_some_and(|name| name.starts_with(PART)) {
                    fs::remove_file(&root.join(name))?;
                }
            }
        }
        Ok(Folder { root: root.to_owned(), parts: AtomicUsize::new(0), _lock: lock })
    }

    /// Puts bytes in place by one rename.
    fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let part = self.root.join(format!("{PART}{}", self.parts.fetch_add(1, Ordering::Relaxed)));
        let target = self.root.join(path);
        fs::write_synced(&part, bytes)?;
        let folder = target.parent().unwrap_or(&self.root);
        if fs::look(folder)?.is_none_or(|data| !data.is_dir()) {
            self.make_way(path)?;
            fs::create_dir_all(folder)?;
        }
        match fs::rename(&part, &target) {
            Err(e) if fs::look(&target)?.is_some_and(|data| data.is_dir()) => {
                // The address `/a/` became the file `a`: pages below it are gone from the site.
                fs::remove_dir_all(&target)?;
                fs::rename(&part, &target).map_err(|_| e)?;
            }
            done => done?,
        }
        Ok(())
    }

    /// Removes a file that stands where a folder of `path` must be.
    fn make_way(&self, path: &str) -> Result<(), Error> {
        for (at, _) in path.match_indices('/') {
            let above = self.root.join(&path[..at]);
            if fs::look(&above)?.is_some_and(|data| !data.is_dir() && !data.is_symlink()) {
                fs::remove_file(&above)?;
            }
        }
        Ok(())
    }
}

impl Place for Folder {
    fn found(&self) -> Result<BTreeMap<String, u64>, Error> {
        let skip = |path: &str, is_dir: bool| !is_dir && path.starts_with(".briefpress-");
        let (entries, _) = fs::walk(&self.root, &fs::Rules { hidden: true, skip: &skip })?;
        Ok(entries.into_iter().map(|entry| (entry.path, entry.len)).collect())
    }

    fn manifest(&self) -> Result<Option<Vec<u8>>, Error> {
        let path = self.root.join(MANIFEST);
        Ok(fs::look(&path)?.map(|_| fs::read(&path)).transpose()?)
    }

    fn keep_manifest(&self, bytes: &[u8]) -> Result<(), Error> {
        self.replace(MANIFEST, bytes)
    }

    fn put(&self, cargo: &Cargo, paths: &[&str], sent: &(dyn Fn() + Sync)) -> Result<(), Error> {
        // A batch is of one class: its files need not wait for each other.
        paths.par_iter().try_for_each(|path| {
            self.replace(path, &cargo.bytes(path)?)?;
            sent();
            Ok(())
        })
    }

    fn remove(&self, paths: &[String]) -> Result<(), Error> {
        for path in paths {
            let file = self.root.join(path);
            match fs::remove_file(&file) {
                Err(e)
                    if !matches!(
                        e.kind(),
                        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory
                    ) =>
                {
                    return Err(e.into());
                }
                _ => {}
            }
            for folder in file.ancestors().skip(1).take_while(|folder| *folder != self.root) {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
        Ok(())
    }
}
