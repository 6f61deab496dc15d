//! Which paths outputs may have.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::error::Error;

/// A map by paths or their hashes, quicker than the standard one. It need not withstand chosen keys: they are the
/// site's own.
pub(super) type PathMap<K, V> = HashMap<K, V, BuildHasherDefault<PathHasher>>;

/// The hasher of a [`PathMap`].
#[derive(Default)]
pub(super) struct PathHasher(u64);

impl Hasher for PathHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write_u8(&mut self, _end: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The paths taken by the outputs of one build, by their folded form.
#[derive(Default)]
pub(super) struct Names {
    taken: PathMap<Box<str>, Taken>,
}

/// What takes a path.
enum Taken {
    /// An output; its path where that differs from the folded form.
    File(Option<Box<str>>),
    /// A folder that holds outputs.
    Folder,
}

impl Names {
    /// Takes a path for an output. Refuses one that is taken, that is another's folder, or that lies below another.
    pub(super) fn claim(&mut self, path: &str) -> Result<(), Error> {
        let key = fold(path);
        if let Some(other) = self.taken.get(&*key).map(|taken| self.spelled(&key, taken)) {
            return Err(clash(path, other));
        }
        for folder in parents(&key) {
            match self.taken.get(folder) {
                Some(Taken::Folder) => break,
                Some(file) => return Err(clash(path, self.spelled(folder, file))),
                None => {}
            }
        }
        for folder in parents(&key) {
            match self.taken.entry(folder.into()) {
                Entry::Occupied(_) => break,
                Entry::Vacant(slot) => slot.insert(Taken::Folder),
            };
        }
        let spelling = (*key != *path).then(|| path.into());
        self.taken.insert(key.into(), Taken::File(spelling));
        Ok(())
    }

    /// The path of the output that takes `key`, or of one below it.
    fn spelled<'a>(&'a self, key: &'a str, taken: &'a Taken) -> &'a str {
        match taken {
            Taken::File(spelling) => spelling.as_deref().unwrap_or(key),
            Taken::Folder => {
                let below = |other: &str| other.strip_prefix(key).is_some_and(|rest| rest.starts_with('/'));
                let files = self.taken.iter().filter(|(other, kind)| below(other) && matches!(kind, Taken::File(_)));
                files.min_by_key(|(other, _)| *other).map_or(key, |(other, kind)| self.spelled(other, kind))
            }
        }
    }

    /// Whether an output has exactly this path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.twin(path) == Some(path)
    }

    /// The output whose path is this one but for case and normalisation.
    pub(super) fn twin<'a>(&'a self, path: &'a str) -> Option<&'a str> {
        let key = fold(path);
        match self.taken.get_key_value(&*key)? {
            (key, Taken::File(spelling)) => Some(spelling.as_deref().unwrap_or(key)),
            (_, Taken::Folder) => None,
        }
    }

    /// Whether a file at this path would be in the way of an output.
    pub(super) fn is_obstructed_by(&self, path: &str) -> bool {
        let key = fold(path);
        self.taken.contains_key(&*key) || parents(&key).any(|p| matches!(self.taken.get(p), Some(Taken::File(_))))
    }
}

/// The clash of two paths, told the same way whichever came first.
fn clash(one: &str, other: &str) -> Error {
    Error::Clash { first: one.min(other).into(), second: one.max(other).into() }
}

/// The folders of a path, the nearest first.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

/// The form in which paths that some disk takes for one are equal.
fn fold(path: &str) -> Cow<'_, str> {
    if !path.is_ascii() {
        Cow::Owned(path.nfd().flat_map(char::to_lowercase).collect())
    } else if path.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(path.to_ascii_lowercase())
    } else {
        Cow::Borrowed(path)
    }
}

/// Refuses a path that leaves the output folder or that some disk cannot hold.
pub(super) fn check(path: &str) -> Result<(), Error> {
    let refuse = |fact| Err(Error::Path { path: path.to_owned(), fact });
    if path.starts_with('/') || path.as_bytes().get(1) == Some(&b':') {
        return refuse("it is absolute; outputs have paths below the output folder");
    }
    if path.contains('\\') {
        return refuse("it holds a backslash; separate folders with forward slashes");
    }
    if path.bytes().any(|b| b.is_ascii_control()) {
        return refuse("it holds a control character; remove that");
    }
    for segment in path.split('/') {
        match segment {
            "" => return refuse("a part of it is empty; remove the doubled, leading or trailing slash"),
            "." | ".." => return refuse("it holds `.` or `..`; write the path without them"),
            _ if is_device(segment) => return refuse("a part of it is a device's name on Windows; choose another"),
            _ => {}
        }
    }
    Ok(())
}

/// Whether Windows takes this name, with or without an extension, for a device's.
fn is_device(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default().trim_end();
    let is = |name: &str| stem.eq_ignore_ascii_case(name);
    if stem.len() < 3 || stem.len() > 7 || !stem.is_char_boundary(3) {
        return false;
    }
    if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].into_iter().any(is) {
        return true;
    }
    let (name, number) = stem.split_at(3);
    let numbered = ["COM", "LPT"].into_iter().any(|device| name.eq_ignore_ascii_case(device));
    numbered && matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
}
