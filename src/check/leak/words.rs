//! Words as 64-bit numbers, and the rolling fingerprint of the last eight of them.

use super::fold;

/// Words in a shingle.
pub const SHINGLE: usize = 8;
/// Words in the part of a shingle that is asked for first.
pub const ANCHOR: usize = 5;
/// How far a word's number turns for every word that follows it.
const TURN: u32 = 11;
const KEY_LOW: u64 = 0x9e37_79b9_7f4a_7c15;
const KEY_HIGH: u64 = 0xd6e8_feb8_6659_fd93;

/// A word's kind, for what is too short to make a shingle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    Short,
    /// Sixteen bytes or more: worth a look on its own.
    Long,
    /// A Han or Kana character, or a step in a text without spaces.
    Character,
}

/// Mixes up to sixteen lower-case bytes into the number of the word so far.
#[inline]
pub fn mix(state: u64, low: u64, high: u64) -> u64 {
    let product = u128::from(low ^ KEY_LOW ^ state) * u128::from(high ^ KEY_HIGH ^ state.rotate_left(32));
    (product as u64) ^ ((product >> 64) as u64)
}

/// The number of a string of bytes that is compared exactly.
pub fn exact(bytes: &[u8]) -> u64 {
    let mut speller = Speller::default();
    for &byte in bytes {
        speller.push(byte);
    }
    mix(speller.finish(), bytes.len() as u64, 0)
}

/// The number of a character that is a word.
pub fn character(code: u64) -> u64 {
    mix(0, code, 1)
}

/// Builds a word's number from its letters, one at a time.
#[derive(Default)]
pub struct Speller {
    state: u64,
    chunk: [u8; 16],
    length: usize,
}

impl Speller {
    /// Adds a letter, folded.
    pub fn letter(&mut self, letter: char) {
        fold::spell(letter, |byte| self.push(byte));
    }

    /// May sixteen bytes be added at once?
    pub fn is_aligned(&self) -> bool {
        self.length.is_multiple_of(16)
    }

    /// Adds sixteen lower-case bytes.
    pub fn sixteen(&mut self, low: u64, high: u64) {
        self.state = mix(self.state, low, high);
        self.length += 16;
    }

    fn push(&mut self, byte: u8) {
        self.chunk[self.length % 16] = byte;
        self.length += 1;
        if self.is_aligned() {
            self.mix();
        }
    }

    fn mix(&mut self) {
        let whole = u128::from_le_bytes(self.chunk);
        self.state = mix(self.state, whole as u64, (whole >> 64) as u64);
        self.chunk = [0; 16];
    }

    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    pub fn kind(&self) -> WordKind {
        if self.length < 16 { WordKind::Short } else { WordKind::Long }
    }

    /// The word's number.
    pub fn finish(mut self) -> u64 {
        if !self.is_aligned() {
            self.mix();
        }
        self.state
    }
}

/// The last eight words of a stream. Two windows of different words have the same fingerprint
/// with a probability of at most 2⁻⁵⁷ (2⁻⁶⁴ unless words repeat inside them).
#[derive(Clone, Default)]
pub struct Window {
    ring: [u64; SHINGLE],
    at: usize,
    sum: u64,
}

impl Window {
    /// Takes a word in and hands back the fingerprint of the last eight.
    #[inline]
    pub fn push(&mut self, word: u64) -> u64 {
        let slot = self.at % SHINGLE;
        let oldest = self.ring[slot].rotate_left(TURN * SHINGLE as u32 % 64);
        self.sum = self.sum.rotate_left(TURN) ^ word ^ oldest;
        self.ring[slot] = word;
        self.at = self.at.wrapping_add(1);
        self.sum
    }

    /// The fingerprint of the last `count` words, fewer than eight.
    pub fn whole(&self, count: usize) -> u64 {
        let last = (0..count).rev().map(|back| self.ring[self.at.wrapping_sub(1 + back) % SHINGLE]);
        whole(last)
    }
}

/// The fingerprint of some words in a row.
#[inline]
pub fn sum(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(0, |sum: u64, word| sum.rotate_left(TURN) ^ word)
}

/// The fingerprints of every `count` words in a row.
pub fn every(words: &[u64], count: usize) -> impl Iterator<Item = u64> {
    words.windows(count).map(|words| sum(words.iter().copied()))
}

/// The fingerprint of a text of fewer than eight words.
pub fn whole(words: impl ExactSizeIterator<Item = u64>) -> u64 {
    let count = words.len();
    salted(sum(words), count)
}

/// The number of the last two words of a text; of the word, if there is one only.
pub fn ending(words: &[u64]) -> u64 {
    match words {
        [.., before, last] => pair(*before, *last),
        [last] => *last,
        [] => 0,
    }
}

/// The number of two words, which says whether a short text may end there.
#[inline]
pub fn pair(before: u64, last: u64) -> u64 {
    before.rotate_left(TURN) ^ last
}

/// Keeps texts of different lengths apart.
fn salted(sum: u64, count: usize) -> u64 {
    mix(count as u64, sum, KEY_LOW)
}
