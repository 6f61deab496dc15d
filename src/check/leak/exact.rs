//! Secrets that are compared byte by byte, wherever they begin: codes, keys, subscribers' ids.

use rustc_hash::FxHashMap;

use super::words::exact;

/// The shortest secret of this kind.
pub const SHORTEST: usize = 6;
/// Every third place is looked at: six bytes hold four in a row from each of them.
const STEP: usize = 3;
const BITS: u32 = 20;

/// The fingerprints of exact secrets.
#[derive(Default)]
pub struct ExactSet {
    fours: Vec<u64>,
    by_start: FxHashMap<u64, Vec<Exact>>,
}

/// One exact secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    pub fingerprint: u64,
    pub length: usize,
    pub owner: u32,
}

impl ExactSet {
    pub fn is_empty(&self) -> bool {
        self.by_start.is_empty()
    }

    /// Adds a secret; one under six bytes is not added.
    pub fn add(&mut self, owner: u32, secret: &[u8]) {
        let Some(start) = secret.first_chunk::<SHORTEST>() else { return };
        self.fours.resize(1 << (BITS - 6), 0);
        for four in start.windows(4).filter_map(<[u8]>::first_chunk) {
            let (block, bit) = place(four);
            self.fours[block] |= bit;
        }
        let known = self.by_start.entry(exact(start)).or_default();
        let secret = Exact { fingerprint: exact(secret), length: secret.len(), owner };
        if !known.contains(&secret) {
            known.push(secret);
        }
    }

    /// Tells of every secret in `bytes`, with the place where it begins.
    pub fn scan(&self, bytes: &[u8], mut found: impl FnMut(usize, Exact)) {
        if self.is_empty() {
            return;
        }
        let mut at = 0;
        while let Some(four) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
            let (block, bit) = place(four);
            if self.fours[block] & bit != 0 {
                (at.saturating_sub(STEP - 1)..=at).for_each(|start| self.compare(bytes, start, &mut found));
            }
            at += STEP;
        }
    }

    fn compare(&self, bytes: &[u8], start: usize, found: &mut impl FnMut(usize, Exact)) {
        let Some(first) = bytes[start..].first_chunk::<SHORTEST>() else { return };
        let candidates = self.by_start.get(&exact(first)).into_iter().flatten();
        for secret in candidates {
            let part = bytes.get(start..start + secret.length);
            if part.is_some_and(|part| exact(part) == secret.fingerprint) {
                found(start, *secret);
            }
        }
    }
}

#[inline]
fn place(four: &[u8; 4]) -> (usize, u64) {
    let mixed = u32::from_le_bytes(*four).wrapping_mul(0x9e37_79b1) >> (32 - BITS);
    ((mixed >> 6) as usize, 1 << (mixed & 63))
}
