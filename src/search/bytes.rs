//! Numbers as bytes, and the envelope of every file of the index.

use std::io::Read;

use flate2::bufread::GzDecoder;
use flate2::{Compression, GzBuilder};

/// What a file of the index begins with, before the letter of its kind and the version.
pub const MAGIC: &[u8; 2] = b"bp";
/// The version of the format; documented in the guide on search.
pub const FORMAT: u8 = 1;

/// Writes a number, seven bits to a byte, the lowest first (LEB128).
pub fn put(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Writes a number that may be negative: 0, -1, 1, -2 … as 0, 1, 2, 3 …
pub fn put_signed(number: i32, out: &mut Vec<u8>) {
    put(((number << 1) ^ (number >> 31)) as u32, out);
}

/// Writes a text behind its length.
pub fn put_text(text: &[u8], out: &mut Vec<u8>) {
    put(text.len() as u32, out);
    out.extend_from_slice(text);
}

/// Reads what [`put`] wrote. Behind the end there are zeros.
#[derive(Debug, Clone, Copy)]
pub struct Bytes<'b> {
    /// What is left.
    pub rest: &'b [u8],
}

impl<'b> Bytes<'b> {
    /// A number.
    pub fn number(&mut self) -> u32 {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte();
            number |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            if byte < 0x80 {
                break;
            }
        }
        number
    }

    /// A number that may be negative.
    pub fn signed(&mut self) -> i32 {
        let number = self.number();
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }

    /// A byte.
    pub fn byte(&mut self) -> u8 {
        let (first, rest) = self.rest.split_first().unwrap_or((&0, &[]));
        self.rest = rest;
        *first
    }

    /// So many bytes, fewer at the end.
    pub fn take(&mut self, count: usize) -> &'b [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }
}

/// A file of the index: its kind, the version and what it holds, as gzip (RFC 1952). The checksum of gzip tells damage; no
/// time stands in it, so that the same content gives the same bytes.
pub fn wrap(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(content.len() / 2 + 64);
    let content = [&[MAGIC[0], MAGIC[1], kind, FORMAT], content].concat();
    let mut packed = GzBuilder::new().read(content.as_slice(), Compression::new(6));
    // Reading from memory does not fail.
    _ = packed.read_to_end(&mut file);
    file
}

/// The same, not pressed: what is sealed is pressed when it is.
pub fn wrap_whole(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(content.len() + 64);
    let content = [&[MAGIC[0], MAGIC[1], kind, FORMAT], content].concat();
    let mut packed = GzBuilder::new().read(content.as_slice(), Compression::none());
    // Reading from memory does not fail.
    _ = packed.read_to_end(&mut file);
    file
}

/// What a file of the index holds, if it is whole, of this kind and of this version.
pub fn unwrap(kind: u8, file: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    GzDecoder::new(file).read_to_end(&mut content).ok()?;
    content.starts_with(&[MAGIC[0], MAGIC[1], kind, FORMAT]).then(|| content.split_off(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let mut out = Vec::new();
        let numbers = [0, 1, 127, 128, 16_383, 16_384, u32::MAX];
        numbers.iter().for_each(|number| put(*number, &mut out));
        [-1, 0, 1, i32::MIN, i32::MAX].iter().for_each(|number| put_signed(*number, &mut out));
        let mut bytes = Bytes { rest: &out };
        assert_eq!(numbers.map(|_| bytes.number()), numbers);
        assert_eq!([0; 5].map(|_| bytes.signed()), [-1, 0, 1, i32::MIN, i32::MAX]);
        assert_eq!(bytes.number(), 0, "behind the end");
    }

    #[test]
    fn a_damaged_file_is_seen() {
        let file = wrap(b'p', b"some content of a file");
        assert_eq!(unwrap(b'p', &file).as_deref(), Some(&b"some content of a file"[..]));
        assert_eq!(unwrap(b'v', &file), None, "of another kind");
        let mut damaged = file.clone();
        let middle = damaged.len() - 6;
        damaged[middle] ^= 1;
        assert_eq!(unwrap(b'p', &damaged), None);
        assert_eq!(unwrap(b'p', &file[..file.len() - 9]), None);
        assert_eq!(wrap(b'p', b"some content of a file"), file, "the same bytes each time");
    }
}
