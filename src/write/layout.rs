//! Where the things of one output folder lie.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::error::Error;
use super::steps::Steps;
use crate::fs;

/// The staging folder where it cannot lie beside the output folder: within it.
const INNER: &str = ".briefpress-staging";

/// Where the things of one output folder lie; all paths but `shown` are resolved.
pub(super) struct Layout {
    /// The output folder as the caller named it.
    pub(super) shown: PathBuf,
    /// The output folder.
    pub(super) output: PathBuf,
    /// What a build makes before it commits.
    pub(super) staging: PathBuf,
    /// What the last build wrote.
    pub(super) manifest: PathBuf,
    /// The file that stands for the lock.
    pub(super) lock: PathBuf,
}

impl Layout {
    /// The layout of an output folder, which need not exist; creates its parent and the cache folder.
    /// Fails when the disk does and when `output` is a file.
    pub(super) fn create(output: &Path, cache: &Path) -> Result<Layout, Error> {
        fs::create_dir_all(cache)?;
        let real = match fs::canonicalize(output) {
            Err(e) if e.kind() == ErrorKind::NotFound => resolve_missing(output)?,
            found => found?,
        };
        if fs::look(&real)?.is_some_and(|data| !data.is_dir()) {
            return Err(Error::NotAFolder { output: output.to_owned() });
        }
        Ok(Layout::new(output, real, &fs::canonicalize(cache)?)?)
    }

    /// The layout of an output folder; fails when it or the cache folder is missing.
    pub(super) fn existing(output: &Path, cache: &Path) -> Result<Layout, fs::Error> {
        Layout::new(output, fs::canonicalize(output)?, &fs::canonicalize(cache)?)
    }

    fn new(shown: &Path, output: PathBuf, cache: &Path) -> Result<Layout, fs::Error> {
        let project = cache.parent().unwrap_or(cache);
        let key = xxh3_64(output.strip_prefix(project).unwrap_or(&output).as_os_str().as_encoded_bytes());
        let (inner, beside) = (output.join(INNER), beside(&output));
        let staging = match beside {
            Some(beside) if fs::look(&inner)?.is_none() && same_disk(&output)? => beside,
            _ => inner,
        };
        let (manifest, lock) = (format!("outputs-{key:016x}.txt"), format!("outputs-{key:016x}.lock"));
        Ok(Layout { shown: shown.to_owned(), output, staging, manifest: cache.join(manifest), lock: cache.join(lock) })
    }

    /// Creates the staging folder: beside the output folder, or within it where that is not allowed.
    pub(super) fn make_staging(&mut self, steps: &Steps) -> Result<(), fs::Error> {
        let made = steps.create_dir(&self.staging);
        let barred = |e: &fs::Error| matches!(e.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem);
        if made.as_ref().is_err_and(barred) && fs::look(&self.output)?.is_some() {
            self.staging = self.output.join(INNER);
            steps.create_dir(&self.staging)?;
        } else {
            made?;
        }
        let filled = steps.create_dir(&self.files()).and_then(|()| steps.create_dir(&self.kept()));
        filled.inspect_err(|_| {
            let _ = steps.remove_dir_all(&self.staging);
        })
    }

    /// Whether the output folder exists and holds anything.
    pub(super) fn is_occupied(&self) -> Result<bool, fs::Error> {
        if fs::look(&self.output)?.is_none() {
            return Ok(false);
        }
        Ok(fs::names(&self.output)?.iter().any(|name| name != INNER))
    }

    /// Whether a file in the output folder is none of a build's business.
    pub(super) fn is_tolerated(path: &str) -> bool {
        [INNER, ".git", "CNAME", ".nojekyll"].contains(&path)
    }

    /// Whether the staging folder lies beside the output folder rather than within it.
    pub(super) fn is_beside(&self) -> bool {
        !self.staging.starts_with(&self.output)
    }

    /// The staged outputs: at their paths if they will be put in place all at once, see [`Layout::staged`] if not.
    pub(super) fn files(&self) -> PathBuf {
        self.staging.join("files")
    }

    /// A staged output that will be put in place alone; these lie in one folder, named by their paths' hashes.
    pub(super) fn staged(&self, path: &str) -> PathBuf {
        self.files().join(format!("{:032x}", xxh3_128(path.as_bytes())))
    }

    /// What a commit takes out of the output folder.
    fn kept(&self) -> PathBuf {
        self.staging.join("old")
    }

    /// What the move with this number takes out of the output folder.
    pub(super) fn old(&self, number: usize) -> PathBuf {
        self.kept().join(number.to_string())
    }

    /// The manifest to be installed by a commit.
    pub(super) fn next_manifest(&self) -> PathBuf {
        self.staging.join("manifest")
    }

    /// The moves of a commit that is under way.
    pub(super) fn journal(&self) -> PathBuf {
        self.staging.join("journal")
    }

    /// The moves of a commit that is being turned back.
    pub(super) fn undo(&self) -> PathBuf {
        self.staging.join("undo")
    }
}

/// A path below `root`, given with forward slashes.
pub(super) fn under(root: &Path, path: &str) -> PathBuf {
    // Windows wants its own separators in resolved paths.
    if cfg!(windows) { path.split('/').fold(root.to_owned(), |at, name| at.join(name)) } else { root.join(path) }
}

/// The staging folder of an output folder, beside it; `None` for the root of a disk.
fn beside(output: &Path) -> Option<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(output.file_name()?);
    name.push(".briefpress-staging");
    Some(output.with_file_name(name))
}

/// The absolute path of a folder that does not exist, or of what a symbolic link to nothing means; creates its parent.
fn resolve_missing(output: &Path) -> Result<PathBuf, fs::Error> {
    let target = match fs::read_link(output) {
        Ok(target) => output.parent().unwrap_or(output).join(target),
        Err(_) => output.to_owned(),
    };
    let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
        return fs::canonicalize(&target);
    };
    let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    fs::create_dir_all(parent)?;
    Ok(fs::canonicalize(parent)?.join(name))
}

/// Whether files can be moved into the output folder from beside it.
#[cfg(unix)]
fn same_disk(output: &Path) -> Result<bool, fs::Error> {
    use std::os::unix::fs::MetadataExt;
    let Some(data) = fs::look(output)? else { return Ok(true) };
    Ok(data.dev() == fs::metadata(output.parent().unwrap_or(output))?.dev())
}

#[cfg(not(unix))]
fn same_disk(_output: &Path) -> Result<bool, fs::Error> {
    Ok(true)
}
