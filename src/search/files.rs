//! The files of the index: named after what they hold, so that an unchanged one keeps its name and a changed one is never
//! taken for the old one that a browser remembers.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::xxh3_64;

use super::bytes;
use crate::output::{Output, SEALED};
use crate::sealed::ObjectKey;

/// The folder of the index in the output.
pub const FOLDER: &str = "search/";
/// The table of contents.
pub const CONTENTS: &str = "search/index.json";

/// Gathers files.
#[derive(Default)]
pub struct Files {
    made: BTreeMap<String, Vec<u8>>,
}

impl Files {
    /// Adds a file: sealed if there is a key, and in clear if not. Gives its name.
    pub fn add(&mut self, key: Option<&ObjectKey>, kind: u8, content: &[u8]) -> String {
        match key {
            Some(key) => self.add_sealed(key, &bytes::wrap_whole(kind, content)),
            None => self.add_in_clear(kind, bytes::wrap(kind, content)),
        }
    }

    /// The name is made of what everybody sees, and so tells nothing more. Sixteen hexadecimal digits of SHA-256: a reader sees if
    /// another file stands in its place.
    fn add_sealed(&mut self, key: &ObjectKey, wrapped: &[u8]) -> String {
        // A file of the index is far smaller than what is refused.
        let sealed = key.seal(&[], wrapped).unwrap_or_default();
        let name: String = Sha256::digest(&sealed).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        self.made.insert(format!("{FOLDER}x/{name}.bps"), sealed);
        name
    }

    /// The name has eight hexadecimal digits.
    fn add_in_clear(&mut self, kind: u8, wrapped: Vec<u8>) -> String {
        let mut print = xxh3_64(&wrapped);
        loop {
            let name = format!("{:08x}", print >> 32);
            let path = path(kind, &name);
            match self.made.get(&path) {
                // Two files of one name: as good as never.
                Some(other) if *other != wrapped => print = print.wrapping_add(1 << 32),
                _ => {
                    self.made.insert(path, wrapped);
                    return name;
                }
            }
        }
    }

    /// The files as outputs, by path.
    pub fn into_outputs(self) -> Vec<Output> {
        let output = |(path, bytes): (String, Vec<u8>)| {
            let producer = if path.ends_with(".bps") { SEALED } else { "search index" };
            Output { path, bytes, producer }
        };
        self.made.into_iter().map(output).collect()
    }
}

/// Where a file stands: `search/p/01234567.bin`.
pub fn path(kind: u8, name: &str) -> String {
    format!("{FOLDER}{}/{name}.bin", char::from(kind))
}

/// Whether a path of the output belongs to the index.
pub fn is_mine(path: &str) -> bool {
    path == CONTENTS || path.starts_with(FOLDER) && (path.ends_with(".bin") || path.ends_with(".bps"))
}
