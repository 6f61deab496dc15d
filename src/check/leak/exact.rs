//! Secrets that are compared byte by byte, wherever they begin: codes, keys, subscribers' ids.

use rustc_hash::FxHashMap;

use super::words::exact;

/// The shortest secret of this kind.
pub const SHORTEST: usize = 6;
/// The longest step from one look at four bytes to the next.
const LONGEST_STEP: usize = 6;
const BITS: u32 = 22;

/// The fingerprints of exact secrets.
pub struct ExactSet {
    /// Four bytes in a row, from each of the places in a secret where a look may fall.
    fours: Vec<u64>,
    by_start: FxHashMap<u64, Vec<Exact>>,
    /// Wherever a secret lies, one look in so many bytes falls on four of its first ones.
    step: usize,
}

impl Default for ExactSet {
    fn default() -> Self {
        Self { fours: Vec::new(), by_start: FxHashMap::default(), step: LONGEST_STEP }
    }
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
        self.step = self.step.min(secret.len() - 3);
        for four in secret.array_windows().take(LONGEST_STEP) {
            let (block, bit) = place(*four);
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
        for (look, four) in bytes.windows(4).step_by(self.step).enumerate() {
            let known = four.first_chunk().copied().map(place);
            if known.is_some_and(|(block, bit)| self.fours[block] & bit != 0) {
                let at = look * self.step;
                let starts = at.saturating_sub(self.step - 1)..=at;
                starts.for_each(|start| self.compare(bytes, start, &mut found));
            }
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
fn place(four: [u8; 4]) -> (usize, u64) {
    let mixed = u32::from_le_bytes(four).wrapping_mul(0x9e37_79b1) >> (32 - BITS);
    ((mixed >> 6) as usize, 1 << (mixed & 63))
}
