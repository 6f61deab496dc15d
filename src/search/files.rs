//! The files of the index: named after what they hold, so that an unchanged one keeps its name and a changed one is never
//! taken for the old one that a browser remembers.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use super::bytes;
use crate::output::Output;

/// The folder of the index in the output.
pub const FOLDER: &str = "search/";
/// The table of contents.
pub const CONTENTS: &str = "search/index.json";

/// What is done with a file of a part before it is published: nothing where it stands in clear. Takes the name of the part,
/// the path and the bytes of the file. The same bytes must give the same result, or unchanged files would change.
pub type Seal<'s> = &'s (dyn Fn(&str, &str, Vec<u8>) -> Vec<u8> + Sync);

/// A file stands in clear.
pub fn in_clear(_part: &str, _path: &str, bytes: Vec<u8>) -> Vec<u8> {
    bytes
}

/// Gathers files.
pub struct Files<'s> {
    seal: Seal<'s>,
    made: BTreeMap<String, Vec<u8>>,
}

impl<'s> Files<'s> {
    /// None yet.
    pub fn new(seal: Seal<'s>) -> Files<'s> {
        Files { seal, made: BTreeMap::new() }
    }

    /// Adds a file of a part; gives its name: eight hexadecimal digits.
    pub fn add(&mut self, part: &str, kind: u8, content: &[u8]) -> String {
        let wrapped = bytes::wrap(kind, content);
        let mut print = xxh3_64(&wrapped);
        loop {
            let name = format!("{:08x}", print >> 32);
            let path = path(kind, &name);
            let sealed = (self.seal)(part, &path, wrapped.clone());
            match self.made.get(&path) {
                // Two files of one name: as good as never.
                Some(other) if *other != sealed => print = print.wrapping_add(1 << 32),
                _ => {
                    self.made.insert(path, sealed);
                    return name;
                }
            }
        }
    }

    /// The files as outputs, by path.
    pub fn into_outputs(self) -> Vec<Output> {
        let output = |(path, bytes)| Output { path, bytes, producer: "search index" };
        self.made.into_iter().map(output).collect()
    }
}

/// Where a file stands: `search/p/01234567.bin`.
pub fn path(kind: u8, name: &str) -> String {
    format!("{FOLDER}{}/{name}.bin", char::from(kind))
}

/// Whether a path of the output belongs to the index.
pub fn is_mine(path: &str) -> bool {
    path == CONTENTS || path.starts_with(FOLDER) && path.ends_with(".bin")
}
