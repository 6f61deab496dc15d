//! Looks inside compressed bytes, with bounds.

use memchr::memmem;
use miniz_oxide::inflate::{
    DecompressError, TINFLStatus, decompress_to_vec_with_limit, decompress_to_vec_zlib_with_limit,
};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A decompressed part of a file.
pub struct Part {
    /// Where it begins in the file.
    pub at: usize,
    pub bytes: Vec<u8>,
    pub end: End,
}

/// How far a part could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Whole,
    /// Longer than the limit.
    Cut,
    /// Damaged from here on, or never compressed at all.
    Broken,
}

/// The compressed parts of a file that is not text: gzip anywhere, zip entries, zlib or raw deflate
/// at its start. Each ends at `limit` bytes. Raw deflate has no mark of its own and is tried for a `file` only: what was
/// decoded from base 64 by guess would be tried in vain on every page.
pub fn parts(bytes: &[u8], limit: usize, file: bool) -> impl Iterator<Item = Part> {
    let gzip = memmem::find_iter(bytes, b"\x1f\x8b\x08").filter_map(move |at| {
        let start = at + gzip_header(&bytes[at..])?;
        Some(part(at, decompress_to_vec_with_limit(&bytes[start..], limit)))
    });
    let zip = memmem::find_iter(bytes, b"PK\x03\x04")
        .filter_map(move |at| Some(part(at, decompress_to_vec_with_limit(zip_data(&bytes[at..])?, limit))));
    start_of(bytes, limit, file).into_iter().chain(gzip).chain(zip)
}

fn start_of(bytes: &[u8], limit: usize, file: bool) -> Option<Part> {
    let is_zlib = matches!(bytes, [0x78, flags, ..] if (0x7800 + u32::from(*flags)).is_multiple_of(31));
    let is_block = file && bytes.first().is_some_and(|first| matches!(first & 0b110, 0b010 | 0b100));
    let opened = if is_zlib {
        decompress_to_vec_zlib_with_limit(bytes, limit)
    } else if is_block {
        decompress_to_vec_with_limit(bytes, limit)
    } else {
        return None;
    };
    Some(part(0, opened))
}

fn part(at: usize, opened: Result<Vec<u8>, DecompressError>) -> Part {
    match opened {
        Ok(bytes) => Part { at, bytes, end: End::Whole },
        Err(DecompressError { status: TINFLStatus::HasMoreOutput, output }) => {
            Part { at, bytes: output, end: End::Cut }
        }
        Err(error) => Part { at, bytes: error.output, end: End::Broken },
    }
}

fn gzip_header(bytes: &[u8]) -> Option<usize> {
    let flags = *bytes.get(3)?;
    let mut at = 10;
    if flags & 4 != 0 {
        at += 2 + usize::from(u16_at(bytes, at)?);
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += memchr::memchr(0, bytes.get(at..)?)? + 1;
        }
    }
    at += if flags & 2 != 0 { 2 } else { 0 };
    (at < bytes.len()).then_some(at)
}

/// The data of a deflated zip entry; up to the end of the file if its size is not said.
fn zip_data(entry: &[u8]) -> Option<&[u8]> {
    if u16_at(entry, 8)? != 8 || is_locked(entry) {
        return None;
    }
    let start = 30 + usize::from(u16_at(entry, 26)?) + usize::from(u16_at(entry, 28)?);
    let data = entry.get(start..)?;
    let size = u32::from_le_bytes(*entry.get(18..)?.first_chunk()?) as usize;
    Some(if size == 0 { data } else { data.get(..size).unwrap_or(data) })
}

fn is_locked(zip: &[u8]) -> bool {
    zip.get(6).is_some_and(|flags| flags & 1 != 0)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|pair| u16::from_le_bytes(*pair))
}

/// The chunks of a PNG file but its pixels, with their places; `None` for other files.
pub fn png_chunks(bytes: &[u8]) -> Option<Vec<(usize, &[u8])>> {
    let mut at = bytes.starts_with(PNG).then_some(PNG.len())?;
    let mut chunks = Vec::new();
    while let Some(length) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let length = u32::from_be_bytes(*length) as usize;
        let Some(chunk) = bytes.get(at + 4..at + 8 + length) else { break };
        if !chunk.starts_with(b"IDAT") && !chunk.starts_with(b"PLTE") {
            chunks.push((at, chunk));
        }
        at += 12 + length;
        if chunk.starts_with(b"IEND") {
            break;
        }
    }
    chunks.push((at, bytes.get(at..).unwrap_or_default()));
    Some(chunks)
}

/// What a compressed text chunk of a PNG file holds.
pub fn png_text(chunk: &[u8], limit: usize) -> Option<Part> {
    let (kind, data) = chunk.split_at_checked(4)?;
    let keyword = memchr::memchr(0, data)?;
    let start = match kind {
        b"zTXt" | b"iCCP" => keyword + 2,
        b"iTXt" => {
            let language = keyword + 3;
            let translated = language + memchr::memchr(0, data.get(language..)?)? + 1;
            translated + memchr::memchr(0, data.get(translated..)?)? + 1
        }
        _ => return None,
    };
    Some(part(0, decompress_to_vec_zlib_with_limit(data.get(start..)?, limit)))
}

/// Why a file cannot be looked into, if it cannot.
pub fn opaque(path: &str, bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 7] = [
        (b"%PDF-", "PDF"),
        (b"\x28\xb5\x2f\xfd", "Zstandard"),
        (b"\xfd7zXZ\0", "xz"),
        (b"BZh", "bzip2"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"\xd0\xcf\x11\xe0", "an old Office file"),
    ];
    let by_magic = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic));
    let is_zip = bytes.starts_with(b"PK\x03\x04");
    match by_magic {
        Some((_, name)) => Some(name),
        None if is_zip && is_locked(bytes) => Some("an encrypted archive"),
        None if path.rsplit('.').next() == Some("br") => Some("Brotli"),
        None => None,
    }
}
