//! Asks for every word of an output whether a secret ends there.
//!
//! Words are gathered and asked for in batches.

use super::Secrets;
use super::read::{Sink, Stream};
use super::table::LANES;
use super::words::{self, ANCHOR, SHINGLE, WordKind};

/// Words in a batch.
const BATCH: usize = 512;
/// Words for which one question is asked.
const GROUP: usize = SHINGLE - ANCHOR + 1;
/// Groups that are asked for together.
const GROUPS: usize = LANES;

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
    /// Where the first word begins.
    pub from: usize,
    /// Where the last word begins.
    pub at: usize,
}

/// Words of one stream that are still to be asked for, behind the eight before them.
#[derive(Default)]
struct Batch {
    words: Vec<Place>,
}

/// A word and where it begins.
#[derive(Clone, Copy, Default)]
struct Place {
    word: u64,
    at: usize,
}

impl<'a> Probe<'a> {
    pub fn new(secrets: &'a Secrets) -> Self {
        let batches = std::array::from_fn(|_| Batch::new());
        Self { secrets, lengths: secrets.lengths(), batches, found: Vec::new() }
    }

    /// Ends a text: what was found in all its words. The next words are another text.
    pub fn finish(&mut self) -> Vec<Found> {
        for stream in [Stream::Text, Stream::Attribute, Stream::Hidden] {
            self.batches[stream as usize].fill_up();
            self.flush(stream);
            self.batches[stream as usize].forget();
        }
        std::mem::take(&mut self.found)
    }

    #[inline(never)]
    fn flush(&mut self, stream: Stream) {
        let batch = std::mem::take(&mut self.batches[stream as usize]);
        for start in (SHINGLE..batch.words.len()).step_by(GROUPS * GROUP) {
            let end = batch.words.len().min(start + GROUPS * GROUP);
            self.ask(&batch.words[start - SHINGLE..end], stream);
            if self.lengths != 0 {
                (start..end).step_by(LANES).for_each(|start| {
                    let end = end.min(start + LANES);
                    self.ask_short(&batch.words[start - SHINGLE..end], stream);
                });
            }
        }
        self.batches[stream as usize] = batch.without_asked();
    }

    /// Asks for groups of four words, behind the eight before them. Whichever eight words in a row
    /// are taken, the first word of some group ends five of them: these five are asked for, and only
    /// if they are known the eights that end in the group.
    fn ask(&mut self, words: &[Place], stream: Stream) {
        let mut prints = [0; LANES];
        let fives = words[GROUP..].windows(ANCHOR).step_by(GROUP);
        let slots = prints.iter_mut().zip(fives);
        slots.for_each(|(slot, five)| *slot = words::sum(five.iter().map(|place| place.word)));
        let count = (words.len() - SHINGLE) / GROUP;
        let known = self.secrets.filter.may_have_each(&prints[..count]);
        for group in lanes(known) {
            let first = group * GROUP + 1;
            for eight in words[first..first + GROUP + SHINGLE - 1].windows(SHINGLE) {
                let print = words::sum(eight.iter().map(|place| place.word));
                self.look(print, eight, stream);
            }
        }
    }

    /// Asks whether a short secret ends at one of the words behind the first eight.
    fn ask_short(&mut self, words: &[Place], stream: Stream) {
        let mut prints = [0; LANES];
        let pairs = words[SHINGLE - 1..].array_windows::<2>();
        let slots = prints.iter_mut().zip(pairs);
        slots.for_each(|(slot, [before, last])| *slot = words::pair(before.word, last.word));
        let known = self.secrets.endings.may_have_each(&prints[..words.len() - SHINGLE]);
        for lane in lanes(known) {
            self.look_short(&words[lane + 1..=lane + SHINGLE], stream);
        }
    }

    #[cold]
    fn look_short(&mut self, words: &[Place], stream: Stream) {
        let lengths = self.lengths;
        for count in (1..SHINGLE).filter(|count| lengths >> count & 1 != 0) {
            let last = &words[words.len() - count..];
            let print = words::whole(last.iter().map(|place| place.word));
            if self.secrets.filter.may_have(print) {
                self.look(print, last, stream);
            }
        }
    }

    fn look(&mut self, fingerprint: u64, words: &[Place], stream: Stream) {
        if self.secrets.table.has(fingerprint)
            && let [first, .., last] | [first @ last] = words
        {
            self.found.push(Found { fingerprint, words: words.len() as u8, stream, from: first.at, at: last.at });
        }
    }
}

impl Sink for Probe<'_> {
    #[inline]
    fn word(&mut self, word: u64, kind: WordKind, stream: Stream, at: usize) {
        let batch = &mut self.batches[stream as usize];
        batch.words.push(Place { word, at });
        if batch.words.len() == SHINGLE + BATCH {
            self.flush(stream);
        }
        if kind == WordKind::Long && self.lengths & 2 != 0 && self.secrets.endings.may_have(word) {
            self.look(words::whole([word].into_iter()), &[Place { word, at }], stream);
        }
    }
}

impl Batch {
    fn new() -> Self {
        let mut words = Vec::with_capacity(SHINGLE + BATCH);
        words.resize(SHINGLE, Place::default());
        Self { words }
    }

    /// Fills the last group up, with words that are none.
    fn fill_up(&mut self) {
        self.words.resize(self.words.len().next_multiple_of(GROUP), Place::default());
    }

    /// Leaves the eight words that the next ones follow.
    fn without_asked(mut self) -> Self {
        self.words.drain(..self.words.len() - SHINGLE);
        self
    }

    fn forget(&mut self) {
        self.words.fill(Place::default());
    }
}

/// The numbers of the bits that are set.
fn lanes(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lane = bits.trailing_zeros() as usize;
        bits &= bits.checked_sub(1)?;
        Some(lane)
    })
}
