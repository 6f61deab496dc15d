//! Asks for every word of an output whether a secret ends there.
//!
//! Words are gathered and asked for in batches.

use super::Secrets;
use super::read::{Sink, Stream};
use super::table::LANES;
use super::words::{self, SHINGLE, WordKind};

/// Words in a batch.
const BATCH: usize = 512;

/// A sink that looks for secrets.
pub struct Probe<'a> {
    secrets: &'a Secrets,
    /// The lengths of short secrets, one bit each.
    lengths: u8,
    batches: [Batch; 3],
    found: Vec<Found>,
}

/// A secret and where its last word begins.
pub struct Found {
    pub fingerprint: u64,
    pub words: u8,
    pub stream: Stream,
    pub at: usize,
}

/// Words of one stream that are still to be asked for, behind the eight before them, each with its
/// place.
#[derive(Default)]
struct Batch {
    words: Vec<(u64, usize)>,
    /// The fingerprint of the eight words before.
    sum: u64,
}

impl<'a> Probe<'a> {
    pub fn new(secrets: &'a Secrets) -> Self {
        let batches = Default::default();
        Self { secrets, lengths: secrets.lengths(), batches, found: Vec::new() }
    }

    /// What was found in all the words.
    pub fn finish(mut self) -> Vec<Found> {
        [Stream::Text, Stream::Attribute, Stream::Hidden].into_iter().for_each(|stream| self.flush(stream));
        self.found
    }

    #[inline(never)]
    fn flush(&mut self, stream: Stream) {
        let mut batch = std::mem::take(&mut self.batches[stream as usize]);
        let words = batch.words.len();
        for start in (SHINGLE..words).step_by(LANES) {
            let end = words.min(start + LANES);
            self.ask(&batch.words[start - SHINGLE..end], &mut batch.sum, stream);
        }
        batch.words.drain(..words.saturating_sub(SHINGLE));
        self.batches[stream as usize] = batch;
    }

    /// Asks for up to 64 words, behind the eight before them.
    fn ask(&mut self, words: &[(u64, usize)], sum: &mut u64, stream: Stream) {
        let mut sums = [0; LANES];
        for (slot, nine) in sums.iter_mut().zip(words.array_windows::<9>()) {
            *sum = words::roll(*sum, nine[SHINGLE].0, nine[0].0);
            *slot = *sum;
        }
        let count = words.len() - SHINGLE;
        let mut suspects = self.secrets.table.may_have_each(&sums[..count]);
        if self.lengths != 0 {
            let mut pairs = [0; LANES];
            for (slot, pair) in pairs.iter_mut().zip(words[SHINGLE - 1..].array_windows::<2>()) {
                *slot = words::pair(pair[0].0, pair[1].0);
            }
            suspects |= self.secrets.endings.may_have_each(&pairs[..count]);
        }
        while suspects != 0 {
            let lane = suspects.trailing_zeros() as usize;
            suspects &= suspects - 1;
            self.look_at(&words[lane..=lane + SHINGLE], sums[lane], stream);
        }
    }

    /// Looks closer at the last of some words, before which at least eight others stand.
    #[cold]
    fn look_at(&mut self, words: &[(u64, usize)], sum: u64, stream: Stream) {
        let at = words[words.len() - 1].1;
        self.look(sum, SHINGLE, stream, at);
        let lengths = self.lengths;
        for count in (1..SHINGLE).filter(|count| lengths >> count & 1 != 0) {
            let last = &words[words.len() - count..];
            self.look(words::whole(last.iter().map(|word| word.0)), count, stream, at);
        }
    }

    fn look(&mut self, fingerprint: u64, words: usize, stream: Stream, at: usize) {
        if self.secrets.table.has(fingerprint) {
            self.found.push(Found { fingerprint, words: words as u8, stream, at });
        }
    }
}

impl Sink for Probe<'_> {
    #[inline]
    fn word(&mut self, word: u64, kind: WordKind, stream: Stream, at: usize) {
        let batch = &mut self.batches[stream as usize];
        if batch.words.is_empty() {
            batch.begin();
        }
        batch.words.push((word, at));
        if batch.words.len() == SHINGLE + BATCH {
            self.flush(stream);
        }
        if kind == WordKind::Long && self.lengths & 2 != 0 && self.secrets.endings.may_have(word) {
            self.look(words::whole([word].into_iter()), 1, stream, at);
        }
    }
}

impl Batch {
    #[cold]
    fn begin(&mut self) {
        self.words.reserve(SHINGLE + BATCH);
        self.words.resize(SHINGLE, (0, 0));
    }
}
