//! Keyrings in files: by the first bits of their lookup ids, so that a reader asks for one small file, and nobody sees from it
//! how many subscribers there are.
//!
//! ```text
//! "BPS" | version | "d" | checksum (8) | length of an entry (2) | entries: lookup id (16) | sealed keyring
//! ```
//!
//! All entries of an edition have one length, all shards one number of entries; what is not a subscriber's is a decoy, which only
//! the holder of the master key can tell from the others. How long and how many follow from numbers that are rounded up, so that
//! one subscriber more changes one shard, as a rule.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::code::{Code, Lookup};
use super::info::{FORMAT, info};
use super::keyring::{Grant, Keyring};
use super::master::CodesRoot;
use super::object::{AROUND, HEADER, Kind, MAGIC, Refused, header, padded};
use super::tree::Day;

/// The kind byte of a shard: a directory of keyrings.
const SHARD: u8 = b'd';
const CHECKSUM: usize = 8;
const LOOKUP: usize = 16;
/// Bytes of subscribers' entries in a shard, on average: at most so many. Decoys come on top.
const NEAR: usize = 8 << 10;
/// Lengths of entries are multiples of this.
const STEP: usize = 128;

/// A subscriber, for [`shards`].
pub struct Member<'a> {
    /// Their code.
    pub code: &'a Code,
    /// The last day of their access.
    pub ends: Day,
    /// What they hold of each plan.
    pub grants: Vec<Grant>,
}

/// All keyrings of an edition.
pub struct Shards {
    /// How many leading bits of a lookup id name a shard: readers have to know it.
    pub bits: u8,
    /// Names and contents, in the order of the names.
    pub files: Vec<(String, Vec<u8>)>,
}

/// The keyrings of all subscribers as files. `generation` is that of content keys, `horizon` the last day that any keyring
/// reaches: as long as both stay, a subscriber who does not change leaves the bytes of their shard as they are.
///
/// # Errors
/// [`Refused::TooLarge`] if a keyring is; see [`Keyring::to_bytes`]. An entry has at most 65,535 bytes.
pub fn shards(root: &CodesRoot, generation: u32, horizon: Day, members: Vec<Member<'_>>) -> Result<Shards, Refused> {
    let mut pressed = Vec::with_capacity(members.len());
    for Member { code, ends, grants } in members {
        let keyring = Keyring { generation, horizon, ends, grants };
        pressed.push((code, code.lookup(), keyring.pressed()?));
    }
    let longest = pressed.iter().map(|(_, _, text)| text.len() + 4).max().unwrap_or(0);
    let layout = Layout::new(pressed.iter().map(|(_, lookup, _)| lookup), longest);
    let entry = u16::try_from(layout.entry).map_err(|_| Refused::TooLarge)?;
    let mut shards: BTreeMap<u32, BTreeMap<Lookup, Vec<u8>>> =
        (0..1 << layout.bits).map(|n| (n, BTreeMap::new())).collect();
    for (code, lookup, text) in &pressed {
        let sealed = code.keyring_key().lock(&[&hex(lookup)], text, layout.text())?;
        shards.entry(leading(lookup, layout.bits)).or_default().insert(*lookup, sealed);
    }
    let files = shards.into_iter().map(|(number, mut entries)| {
        let name = name(number, layout.bits);
        fill(root, &format!("{generation} {horizon} {} {name}", layout.entry), number, &layout, &mut entries);
        (name, file(entry, &entries))
    });
    Ok(Shards { bits: layout.bits, files: files.collect() })
}

/// The name of the shard that a lookup id is in.
pub fn name_of(lookup: &Lookup, bits: u8) -> String {
    name(leading(lookup, bits), bits)
}

/// The sealed keyring of a lookup id in its shard; `None` if there is none, which is to say that the code is not known.
///
/// # Errors
/// The file is no shard, of a later version, or damaged.
pub fn find<'f>(shard: &'f [u8], lookup: &Lookup) -> Result<Option<&'f [u8]>, Refused> {
    let (kind, rest) = header(shard)?;
    if kind != SHARD {
        return Err(Refused::OtherKind);
    }
    let (sum, rest) = rest.split_at_checked(CHECKSUM).ok_or(Refused::Damaged)?;
    if rest.len() < 2 || sum != checksum(rest) {
        return Err(Refused::Damaged);
    }
    let length = usize::from(u16::from_be_bytes([rest[0], rest[1]]));
    let entries = &rest[2..];
    if length <= LOOKUP || entries.len() % length != 0 {
        return Err(Refused::Damaged);
    }
    let found = entries.chunks_exact(length).find(|entry| entry.starts_with(lookup));
    Ok(found.map(|entry| &entry[LOOKUP..]))
}

impl Code {
    /// Opens the keyring that [`find`] found.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn keyring(&self, sealed: &[u8]) -> Result<Keyring, Refused> {
        Keyring::from_bytes(&self.keyring_key().open(&[&hex(&self.lookup())], sealed)?)
    }
}

/// How keyrings are laid out.
struct Layout {
    bits: u8,
    /// Entries in a shard.
    slots: usize,
    /// Bytes of an entry.
    entry: usize,
}

impl Layout {
    /// The number of subscribers counts as Padmé rounds it, the longest keyring to the next step: between two of these values
    /// nothing moves, and the layout tells no more than them.
    fn new<'l>(lookups: impl ExactSizeIterator<Item = &'l Lookup>, longest: usize) -> Layout {
        let entry = LOOKUP + AROUND + longest.next_multiple_of(STEP).max(3 * STEP);
        let many = padded(lookups.len().max(8));
        let bits = (many * entry).div_ceil(NEAR).next_power_of_two().ilog2().min(16) as u8;
        let mut loads = vec![0_usize; 1 << bits];
        lookups.for_each(|lookup| loads[leading(lookup, bits) as usize] += 1);
        // Lookup ids are spread by chance; four standard deviations above the mean nearly always hold.
        let mean = many.div_ceil(1 << bits);
        let slots = (mean + 4 * mean.isqrt()).max(loads.into_iter().max().unwrap_or(0));
        Layout { bits, slots, entry }
    }

    /// Bytes of a padded keyring.
    fn text(&self) -> usize {
        self.entry - LOOKUP - AROUND
    }
}

/// Fills a shard with decoys. Their lookup ids stay; their contents change whenever all subscribers' do.
fn fill(root: &CodesRoot, edition: &str, number: u32, layout: &Layout, entries: &mut BTreeMap<Lookup, Vec<u8>>) {
    for index in 0_u32.. {
        if entries.len() >= layout.slots {
            break;
        }
        let index = index.to_string();
        let mut lookup: Lookup =
            *root.key.derive(&info("decoy lookup", &root.site, &[&name(number, layout.bits), &index])).bytes();
        // The first bits are those of the shard.
        let place = u32::from_be_bytes([lookup[0], lookup[1], lookup[2], lookup[3]]);
        let place = (u64::from(place) >> layout.bits | u64::from(number) << (32 - layout.bits)) as u32;
        lookup[..4].copy_from_slice(&place.to_be_bytes());
        entries.entry(lookup).or_insert_with(|| decoy(root, edition, &index, layout.entry - LOOKUP));
    }
}

/// The header of a keyring, and bytes that look like any sealed ones.
fn decoy(root: &CodesRoot, edition: &str, index: &str, length: usize) -> Vec<u8> {
    let mut decoy = vec![0; length];
    decoy[..HEADER].copy_from_slice(&[MAGIC[0], MAGIC[1], MAGIC[2], FORMAT, Kind::Keyring.byte()]);
    // HKDF gives 8,160 bytes at a time.
    for (part, bytes) in decoy[HEADER..].chunks_mut(8160).enumerate() {
        root.key.expand(&info("decoy", &root.site, &[edition, index, &part.to_string()]), bytes);
    }
    decoy
}

fn file(entry: u16, entries: &BTreeMap<Lookup, Vec<u8>>) -> Vec<u8> {
    let mut rest = entry.to_be_bytes().to_vec();
    for (lookup, sealed) in entries {
        rest.extend_from_slice(lookup);
        rest.extend_from_slice(sealed);
    }
    [&MAGIC[..], &[FORMAT, SHARD], &checksum(&rest), &rest].concat()
}

/// Tells a damaged shard from one that a code is not in.
fn checksum(rest: &[u8]) -> [u8; CHECKSUM] {
    let hash = Sha256::digest(rest);
    std::array::from_fn(|index| hash[index])
}

fn leading(lookup: &Lookup, bits: u8) -> u32 {
    (u64::from(u32::from_be_bytes([lookup[0], lookup[1], lookup[2], lookup[3]])) >> (32 - bits)) as u32
}

/// Four hexadecimal digits, whatever the number of shards.
fn name(number: u32, bits: u8) -> String {
    format!("{:04x}", u64::from(number) << (16 - bits))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}
