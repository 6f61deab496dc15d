//! Encoded runs in which nothing was found: the same ones, such as the digest of a script, stand on every page.

use std::sync::{PoisonError, RwLock};

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Longer runs, such as pictures, seldom stand on a second page.
const LONGEST: usize = 512;
/// Runs that are kept.
const MOST: usize = 1 << 16;

/// The runs that are known to hold no secret.
#[derive(Default)]
pub struct Clean {
    seen: RwLock<FxHashSet<u64>>,
}

impl Clean {
    /// The number of a run for as long as no secret is added; `None` if it is too long to be kept.
    pub fn key(run: &[u8], secrets: usize) -> Option<u64> {
        (run.len() <= LONGEST).then(|| xxh3_64_with_seed(run, secrets as u64))
    }

    pub fn has(&self, key: u64) -> bool {
        self.seen.read().unwrap_or_else(PoisonError::into_inner).contains(&key)
    }

    pub fn insert(&self, key: u64) {
        let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
        if seen.len() < MOST {
            seen.insert(key);
        }
    }
}
