//! The one door to the disk.
//!
//! Whatever fails here fails with an [`Error`] that names the path and what was being done to it,
//! in words that can be shown as they are.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{error, fmt};

use walkdir::WalkDir;

/// What failed, where and why.
#[derive(Debug)]
pub struct Error {
    /// The deed, as it follows "cannot": `read`, `write`.
    pub doing: &'static str,
    /// The file or folder it was done to.
    pub path: PathBuf,
    /// What the system answered.
    pub source: io::Error,
}

/// The result of a deed on `path`, with both named if it failed.
fn tell<T>(doing: &'static str, path: &Path, result: io::Result<T>) -> Result<T, Error> {
    result.map_err(|source| Error { doing, path: path.to_owned(), source })
}

impl Error {
    /// The kind of failure.
    pub fn kind(&self) -> ErrorKind {
        self.source.kind()
    }

    /// The fact in plain words, with a cure where one is known; `None` where the system's words must do.
    fn plain(&self) -> Option<&'static str> {
        Some(match self.kind() {
            ErrorKind::NotFound => "no such file or folder",
            ErrorKind::PermissionDenied => "permission denied; check who owns it and what its permissions are",
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full; free some space and build again",
            ErrorKind::ReadOnlyFilesystem => "the disk is read-only; choose a place that can be written",
            ErrorKind::IsADirectory => "it is a folder, not a file; move or rename it",
            ErrorKind::NotADirectory => "part of the path is a file, not a folder; move or rename that file",
            ErrorKind::DirectoryNotEmpty => "the folder is not empty; move or delete what it holds",
            ErrorKind::InvalidFilename => "the name is too long or not allowed; choose a shorter one",
            _ if cfg!(unix) && self.source.raw_os_error() == Some(24) => {
                "too many files are open; raise the limit with `ulimit -n`"
            }
            _ => return None,
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: ", self.doing, self.path.display())?;
        if let (Some(fact), None) = (self.plain(), self.source.get_ref()) {
            return f.write_str(fact);
        }
        let text = self.source.to_string();
        let text = text.split(" (os error").next().unwrap_or(&text);
        let mut letters = text.chars();
        let first = letters.next().map(|c| c.to_ascii_lowercase());
        first.into_iter().chain(letters).try_for_each(|c| fmt::Write::write_char(f, c))
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(&self.source)
    }
}

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    tell("read", path, fs::read(path))
}

/// The text of a file. Fails also when it is not UTF-8, naming the offset of the first wrong byte.
pub fn read_to_string(path: &Path) -> Result<String, Error> {
    String::from_utf8(read(path)?).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        let fact = format!("it is not UTF-8 text: the byte at offset {at} is wrong; save the file as UTF-8");
        Error { doing: "read", path: path.to_owned(), source: io::Error::new(ErrorKind::InvalidData, fact) }
    })
}

/// Writes a file whole, over what it held. The folder must exist.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    tell("write", path, fs::write(path, bytes))
}

/// As [`write`]; returns what the disk then says of the file.
pub fn write_and_look(path: &Path, bytes: &[u8]) -> Result<Metadata, Error> {
    let written = File::create(path).and_then(|mut file| file.write_all(bytes).and_then(|()| file.metadata()));
    tell("write", path, written)
}

/// As [`write`]; returns once the bytes would survive a power cut.
pub fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    tell("write", path, File::create(path).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all())))
}

/// Creates one folder; its parent must exist and it must not.
pub fn create_dir(path: &Path) -> Result<(), Error> {
    tell("create the folder", path, fs::create_dir(path))
}

/// Creates a folder and those above it, unless they exist.
pub fn create_dir_all(path: &Path) -> Result<(), Error> {
    tell("create the folder", path, fs::create_dir_all(path))
}

/// Moves a file or folder in one step, over a file of that name. An error names the destination.
pub fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    tell("put in place", to, fs::rename(from, to))
}

/// Gives a file a second name, or copies it where the disk has no such thing. An error names the file.
pub fn link_or_copy(from: &Path, to: &Path) -> Result<(), Error> {
    match fs::hard_link(from, to) {
        Err(e) if !matches!(e.kind(), ErrorKind::NotFound | ErrorKind::AlreadyExists) => {
            let part = to.with_extension("part");
            tell("keep a copy of", from, fs::copy(from, &part).and_then(|_| fs::rename(&part, to)))
        }
        linked => tell("keep a copy of", from, linked),
    }
}

/// Returns once the names in a folder would survive a power cut, where the system can say that.
pub fn sync_dir(path: &Path) -> Result<(), Error> {
    if cfg!(unix) { tell("write", path, File::open(path).and_then(|folder| folder.sync_all())) } else { Ok(()) }
}

/// Makes a symbolic link at `path` that leads to `to`.
#[cfg(unix)]
pub fn symlink(to: &Path, path: &Path) -> Result<(), Error> {
    tell("make the link", path, std::os::unix::fs::symlink(to, path))
}

/// Makes a symbolic link at `path` that leads to the folder `to`.
#[cfg(windows)]
pub fn symlink(to: &Path, path: &Path) -> Result<(), Error> {
    tell("make the link", path, std::os::windows::fs::symlink_dir(to, path))
}

/// Deletes a file.
pub fn remove_file(path: &Path) -> Result<(), Error> {
    tell("delete", path, fs::remove_file(path))
}

/// Deletes an empty folder.
pub fn remove_dir(path: &Path) -> Result<(), Error> {
    tell("delete the folder", path, fs::remove_dir(path))
}

/// Deletes a folder with all it holds.
pub fn remove_dir_all(path: &Path) -> Result<(), Error> {
    tell("delete the folder", path, fs::remove_dir_all(path))
}

/// What the disk says of a file or folder; symbolic links are followed.
pub fn metadata(path: &Path) -> Result<Metadata, Error> {
    tell("look at", path, fs::metadata(path))
}

/// What the disk says of a path itself, links not followed; `None` if nothing is there.
pub fn look(path: &Path) -> Result<Option<Metadata>, Error> {
    match fs::symlink_metadata(path) {
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        found => tell("look at", path, found.map(Some)),
    }
}

/// Where a symbolic link leads.
pub fn read_link(path: &Path) -> Result<PathBuf, Error> {
    tell("follow", path, fs::read_link(path))
}

/// The absolute path with all symbolic links resolved.
pub fn canonicalize(path: &Path) -> Result<PathBuf, Error> {
    tell("find", path, fs::canonicalize(path))
}

/// The names in a folder, in the disk's order.
pub fn names(path: &Path) -> Result<Vec<OsString>, Error> {
    let listed = fs::read_dir(path).and_then(|items| items.map(|item| item.map(|item| item.file_name())).collect());
    tell("list", path, listed)
}

/// What [`lock`] found.
#[derive(Debug)]
pub enum Lock {
    /// The lock is ours until the file is dropped.
    Held(File),
    /// Another holds it; the text is what it wrote there.
    Taken(String),
}

/// Takes the lock that a file stands for without waiting, and writes `owner` in it.
pub fn lock(path: &Path, owner: &str) -> Result<Lock, Error> {
    let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    let mut file = tell("open", path, open)?;
    match file.try_lock() {
        Ok(()) => {
            tell("write", path, file.set_len(0).and_then(|()| file.write_all(owner.as_bytes())))?;
            Ok(Lock::Held(file))
        }
        Err(TryLockError::WouldBlock) => {
            let mut text = String::new();
            let _ = file.read_to_string(&mut text);
            Ok(Lock::Taken(text))
        }
        Err(TryLockError::Error(e)) => tell("lock", path, Err(e)),
    }
}

/// What [`walk`] leaves out.
pub struct Rules<'a> {
    /// Whether names that start with a dot are listed too.
    pub hidden: bool,
    /// Told a path relative to the root and whether it is a folder: whether to leave it out, with all below it.
    pub skip: &'a dyn Fn(&str, bool) -> bool,
}

/// A file found by [`walk`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the root, with forward slashes.
    pub path: String,
    /// Bytes.
    pub len: u64,
    /// When it was last written.
    pub modified: SystemTime,
}

/// Something [`walk`] could not list, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Relative to the root.
    pub path: PathBuf,
    /// The fact and its cure, as they follow the path.
    pub fact: &'static str,
}

const LEAVES: &str = "is a symbolic link that leaves its folder; copy what it points to instead";
const LOOPS: &str = "is a symbolic link to a folder it lies in; remove it";
const BROKEN: &str = "is a symbolic link that leads nowhere; remove it or mend it";
const NOT_UTF8: &str = "has a name that is not UTF-8; rename it";
const SPECIAL: &str = "is neither a file nor a folder; move it elsewhere";

/// Lists the files below `root`, sorted by the bytes of their paths, with what could not be listed.
/// Symbolic links are followed while they stay inside. Fails when a folder cannot be read.
pub fn walk(root: &Path, rules: &Rules<'_>) -> Result<(Vec<Entry>, Vec<Finding>), Error> {
    let real = canonicalize(root)?;
    let (mut entries, mut findings) = (Vec::new(), Vec::new());
    let mut disk = WalkDir::new(root).follow_links(true).min_depth(1).into_iter();
    while let Some(item) = disk.next() {
        let is_dir = item.as_ref().is_ok_and(|entry| entry.file_type().is_dir());
        let path = item.as_ref().map_or_else(|e| e.path().unwrap_or(root), |entry| entry.path()).to_owned();
        let relative = path.strip_prefix(root).unwrap_or(&path);
        let judged = match relative.to_str().map(|text| text.replace(std::path::MAIN_SEPARATOR, "/")) {
            _ if !rules.hidden && is_hidden(relative) => Ok(None),
            Some(text) if (rules.skip)(&text, is_dir) => Ok(None),
            Some(text) => judge(item, &real, text)?,
            None => Err(NOT_UTF8),
        };
        if is_dir && !matches!(judged, Ok(Some(_))) {
            disk.skip_current_dir();
        }
        match judged {
            Ok(Some(entry)) if !is_dir => entries.push(entry),
            Ok(_) => {}
            Err(fact) => findings.push(Finding { path: relative.to_owned(), fact }),
        }
    }
    entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    findings.sort_unstable_by(|a, b| a.path.as_os_str().cmp(b.path.as_os_str()));
    Ok((entries, findings))
}

/// Whether the last name of a path starts with a dot.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// What to do with one item of a walk: list it, pass over it, or say why it cannot be listed.
fn judge(item: walkdir::Result<walkdir::DirEntry>, real: &Path, path: String) -> Result<Judged, Error> {
    let entry = match item {
        Ok(entry) => entry,
        Err(e) => return unlisted(e),
    };
    if entry.path_is_symlink() && !canonicalize(entry.path())?.starts_with(real) {
        return Ok(Err(LEAVES));
    }
    if !entry.file_type().is_file() && !entry.file_type().is_dir() {
        return Ok(Err(SPECIAL));
    }
    match entry.metadata() {
        Ok(data) => {
            let modified = tell("look at", entry.path(), data.modified())?;
            Ok(Ok(Some(Entry { path, len: data.len(), modified })))
        }
        Err(e) => unlisted(e),
    }
}

type Judged = Result<Option<Entry>, &'static str>;

/// What an error of a walk means: a bad link is a finding, a file that vanished meanwhile is nothing.
fn unlisted(e: walkdir::Error) -> Result<Judged, Error> {
    let path = e.path().unwrap_or(Path::new("")).to_owned();
    if e.loop_ancestor().is_some() {
        return Ok(Err(LOOPS));
    }
    match look(&path)? {
        None => Ok(Ok(None)),
        Some(data) if data.is_symlink() => Ok(Err(BROKEN)),
        Some(_) => tell("list", &path, Err(e.into_io_error().unwrap_or(ErrorKind::Other.into()))),
    }
}
