//! Reading zip archives: as much of APPNOTE.TXT (ISO/IEC 21320-1) as office files use, with bounds on everything.

use std::cell::Cell;
use std::collections::BTreeMap;

/// The most entries an archive may have.
const MOST_ENTRIES: usize = 10_000;
/// The most bytes that are unpacked from one archive, all entries together.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// The length of an end record without its comment (4.3.16).
const END_LENGTH: usize = 22;
/// The length of a central header without names and extras (4.3.12).
const CENTRAL_LENGTH: usize = 46;
/// The length of a local header without names and extras (4.3.7).
const LOCAL_LENGTH: usize = 30;

/// What is said of a file whose bytes contradict each other.
pub(super) fn damaged(what: &str) -> String {
    format!("the file is damaged ({what}): open it in Word, save it again and take the new file")
}

fn too_large() -> String {
    "the file unpacks to more than 64 MB: make its pictures smaller, or take them out, and save it again".to_owned()
}

fn protected() -> String {
    "the file is protected with a password: open it in Word, remove the password and save it again".to_owned()
}

/// An archive in memory.
pub(super) struct Zip<'b> {
    bytes: &'b [u8],
    entries: BTreeMap<String, Entry>,
    /// How many bytes may still be unpacked.
    left: Cell<usize>,
}

#[derive(Clone, Copy)]
struct Entry {
    method: usize,
    sum: usize,
    packed: usize,
    size: usize,
    header: usize,
}

impl<'b> Zip<'b> {
    /// Reads the central directory. The error is the fact and the cure.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, String> {
        let cut_off = || damaged("its end is missing");
        let end = end_record(bytes).ok_or_else(cut_off)?;
        let count = u16_at(bytes, end + 10).ok_or_else(cut_off)?;
        let mut at = u32_at(bytes, end + 16).ok_or_else(cut_off)?;
        if count > MOST_ENTRIES {
            return Err(format!("the file has more than {MOST_ENTRIES} parts: open it in Word and save it again"));
        }
        let mut entries = BTreeMap::new();
        for _ in 0..count {
            let (name, entry, next) = central(bytes, at)?;
            entries.entry(name).or_insert(entry);
            at = next;
        }
        Ok(Self { bytes, entries, left: Cell::new(MOST_BYTES) })
    }

    /// The bytes of an entry, none if there is no such entry. Names are told apart without regard to capitals
    /// (ECMA-376 part 2, 6.2.2.3). The error is the fact and the cure.
    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(entry) = self.entries.get(&key(name)) else { return Ok(None) };
        let left = self.left.get().checked_sub(entry.size).ok_or_else(too_large)?;
        self.left.set(left);
        let wrong = || damaged(&format!("`{name}` cannot be unpacked"));
        let packed = self.packed(*entry).ok_or_else(wrong)?;
        let data = match entry.method {
            0 => packed.to_vec(),
            8 => miniz_oxide::inflate::decompress_to_vec_with_limit(packed, entry.size).map_err(|_| wrong())?,
            _ => {
                return Err(format!(
                    "`{name}` is packed in a way that Word does not use: open the file in Word and save it again"
                ));
            }
        };
        let sound = data.len() == entry.size && checksum(&data) as usize == entry.sum;
        if sound { Ok(Some(data)) } else { Err(wrong()) }
    }

    fn packed(&self, entry: Entry) -> Option<&'b [u8]> {
        let header = self.bytes.get(entry.header..)?;
        if !header.starts_with(b"PK\x03\x04") {
            return None;
        }
        let start = LOCAL_LENGTH + u16_at(header, 26)? + u16_at(header, 28)?;
        header.get(start..start.checked_add(entry.packed)?)
    }
}

/// Where the end record begins: the last one whose comment runs to the end of the file.
fn end_record(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_LENGTH)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    (first..=last).rev().find(|at| {
        bytes[*at..].starts_with(b"PK\x05\x06")
            && u16_at(bytes, at + 20).is_some_and(|comment| at + END_LENGTH + comment <= bytes.len())
    })
}

/// The central header at a place: the entry's key, the entry, and where the next header begins.
fn central(bytes: &[u8], at: usize) -> Result<(String, Entry, usize), String> {
    let read = || {
        let header = bytes.get(at..at.checked_add(CENTRAL_LENGTH)?)?;
        let lengths = [u16_at(header, 28)?, u16_at(header, 30)?, u16_at(header, 32)?];
        let name = bytes.get(at + CENTRAL_LENGTH..at + CENTRAL_LENGTH + lengths[0])?;
        let entry = Entry {
            method: u16_at(header, 10)?,
            sum: u32_at(header, 16)?,
            packed: u32_at(header, 20)?,
            size: u32_at(header, 24)?,
            header: u32_at(header, 42)?,
        };
        let next = at + CENTRAL_LENGTH + lengths.iter().sum::<usize>();
        let locked = u16_at(header, 8)? & 1 == 1;
        header.starts_with(b"PK\x01\x02").then(|| (key(&String::from_utf8_lossy(name)), entry, next, locked))
    };
    match read() {
        None => Err(damaged("its list of parts cannot be read")),
        Some((.., true)) => Err(protected()),
        Some((name, entry, next, false)) => Ok((name, entry, next)),
    }
}

fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes([pair[0], pair[1]])))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u16_at(bytes, at)? | u16_at(bytes, at.checked_add(2)?)? << 16)
}

/// CRC-32 as zip uses it (APPNOTE 4.4.7), for eight bits at a time.
pub(super) fn checksum(data: &[u8]) -> u32 {
    const TABLE: [u32; 256] = table();
    !data.iter().fold(!0, |sum: u32, byte| TABLE[usize::from(sum as u8 ^ byte)] ^ (sum >> 8))
}

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let mut value = i as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { 0xEDB8_8320 ^ (value >> 1) } else { value >> 1 };
            bit += 1;
        }
        table[i] = value;
        i += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_standard() {
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
    }
}
