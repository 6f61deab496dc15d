//! What is known of the secrets: two sets of fingerprints that many threads fill and read.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering::Relaxed};

use rustc_hash::FxHashSet;

/// Members that a filter is asked for together.
pub const LANES: usize = 64;

/// A set that may say yes by mistake, never no: four bits of one 64-bit block for each member.
pub struct Filter {
    blocks: Vec<AtomicU64>,
    shift: u32,
}

impl Filter {
    /// Room for `members` at sixteen to thirty-two bits each.
    pub fn new(members: usize) -> Self {
        let blocks = (members / 4).next_power_of_two().max(64);
        Self { blocks: zeroed(blocks), shift: 64 - blocks.trailing_zeros() }
    }

    pub fn insert(&self, print: u64) {
        self.blocks[self.block(print)].fetch_or(bits(print), Relaxed);
    }

    #[inline]
    pub fn may_have(&self, print: u64) -> bool {
        let bits = bits(print);
        self.blocks[self.block(print)].load(Relaxed) & bits == bits
    }

    /// The same for up to 64 at once, a bit for each. First all blocks are fetched, then looked at:
    /// the filter does not fit into the nearest caches, and many answers can be under way together.
    pub fn may_have_each(&self, prints: &[u64]) -> u64 {
        let mut blocks = [0; LANES];
        for (block, &print) in blocks.iter_mut().zip(prints) {
            *block = self.blocks[self.block(print)].load(Relaxed);
        }
        let pairs = prints.iter().zip(&blocks).enumerate();
        pairs.fold(0, |answers, (lane, (&print, block))| {
            let bits = bits(print);
            answers | (u64::from(block & bits == bits) << (lane % LANES))
        })
    }

    #[inline]
    fn block(&self, print: u64) -> usize {
        (print >> self.shift) as usize
    }
}

#[inline]
fn bits(print: u64) -> u64 {
    let bit = |shift: u32| 1_u64 << ((print >> shift) & 63);
    bit(0) | bit(6) | bit(12) | bit(18)
}

/// A set of fingerprints, 5⅓ bytes for each that it was made for: 32 bits are kept and the place
/// where they lie says the rest. What comes beyond that lies in a slower set; nothing is lost.
pub struct Table {
    tags: Vec<AtomicU32>,
    reserved: AtomicUsize,
    room: usize,
    beyond: Mutex<FxHashSet<u64>>,
}

impl Table {
    pub fn new(members: usize) -> Self {
        let room = members.max(1024);
        Self { tags: zeroed(room + room / 3), reserved: AtomicUsize::new(0), room, beyond: Mutex::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.reserved.load(Relaxed) == 0
    }

    /// Adds all; `count` is how many there are at most.
    pub fn insert(&self, count: usize, prints: impl Iterator<Item = u64>) {
        let before = self.reserved.fetch_add(count, Relaxed);
        let fits = before.saturating_add(count) <= self.room;
        for print in prints {
            if fits {
                self.put(print);
            } else {
                self.beyond.lock().unwrap_or_else(PoisonError::into_inner).insert(print);
            }
        }
    }

    /// Is this a member? Wrong about twice in 10⁹ times.
    pub fn has(&self, print: u64) -> bool {
        let tag = tag(print);
        let found = self.places(print).map(|place| self.tags[place].load(Relaxed));
        found.take_while(|&kept| kept != 0).any(|kept| kept == tag) || self.has_beyond(print)
    }

    fn has_beyond(&self, print: u64) -> bool {
        self.reserved.load(Relaxed) > self.room
            && self.beyond.lock().unwrap_or_else(PoisonError::into_inner).contains(&print)
    }

    /// There is always a free place: a quarter of them is never asked for.
    fn put(&self, print: u64) {
        let tag = tag(print);
        for place in self.places(print) {
            let slot = &self.tags[place];
            match slot.compare_exchange(0, tag, Relaxed, Relaxed) {
                Ok(_) => return,
                Err(kept) if kept == tag => return,
                Err(_) => {}
            }
        }
    }

    fn places(&self, print: u64) -> impl Iterator<Item = usize> {
        let size = self.tags.len();
        let first = (((print & 0xffff_ffff) * size as u64) >> 32) as usize;
        (first..size).chain(0..first)
    }
}

fn tag(print: u64) -> u32 {
    ((print >> 32) as u32).max(1)
}

fn zeroed<T: Default>(count: usize) -> Vec<T> {
    std::iter::repeat_with(T::default).take(count).collect()
}
