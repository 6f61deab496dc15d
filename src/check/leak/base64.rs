//! Base 64 inside other text, standard and url-safe.

use std::ops::Range;

use memchr::memchr;

/// The shortest run of characters that is decoded.
const SHORTEST: usize = 32;
/// Up to this length a run is decoded from each of its first four characters.
const FOUR_WAYS: usize = 4096;
const OTHER: u8 = 0xff;
const LINE_END: u8 = 0xfe;

/// Where runs of base 64 stand, line ends inside them included.
///
/// A line without a capital letter is a slug or a digest in hexadecimal: eight words of text have
/// some, except with a probability below 10⁻⁶.
pub fn runs(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut done = 0;
    std::iter::from_fn(move || {
        loop {
            let (blocks, _) = bytes.get(done..)?.as_chunks::<16>();
            let block = blocks.iter().position(is_dense)?;
            let dense = done + block * 16;
            let start = dense - back(&bytes[done..dense]);
            let end = dense + ahead(&bytes[dense..]);
            let line = memchr(b'\n', &bytes[start..end]).map_or(end, |length| start + length);
            if !bytes[start..line].iter().any(u8::is_ascii_uppercase) {
                done = line;
                continue;
            }
            done = end;
            if end - start >= SHORTEST {
                return Some(start..end);
            }
        }
    })
}

/// The bytes of a run for each place where the encoding may begin.
pub fn readings(run: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let ways = if run.len() <= FOUR_WAYS { 4 } else { 1 };
    (0..ways).map(|skip| decoded(&run[skip..]))
}

#[expect(clippy::needless_bitwise_bool, reason = "without branches it becomes vector instructions")]
fn is_dense(block: &[u8; 16]) -> bool {
    let mut others = false;
    for &byte in block {
        let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let is_digit = byte.wrapping_sub(b'/') < 11;
        let is_sign = (byte == b'+') | (byte == b'-') | (byte == b'_');
        others |= !(is_letter | is_digit | is_sign);
    }
    !others
}

/// How far a run goes on behind `dense`: over line ends too, if there is more of it behind them.
fn ahead(bytes: &[u8]) -> usize {
    let outside = bytes.iter().position(|&byte| SIXTH[usize::from(byte)] == OTHER);
    let run = &bytes[..outside.unwrap_or(bytes.len())];
    run.trim_ascii_end().len()
}

/// How far a run goes back on its line.
fn back(bytes: &[u8]) -> usize {
    let letters = bytes.iter().rev().take_while(|&&byte| SIXTH[usize::from(byte)] < 64);
    letters.count()
}

fn decoded(run: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(run.len() / 4 * 3 + 3);
    let (mut bits, mut held) = (0_u32, 0);
    for &byte in run {
        let sixth = SIXTH[usize::from(byte)];
        if sixth >= 64 {
            continue;
        }
        bits = (bits << 6) | u32::from(sixth);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}

static SIXTH: [u8; 256] = {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut values = [OTHER; 256];
    let mut at = 0;
    while at < 64 {
        values[alphabet[at] as usize] = at as u8;
        at += 1;
    }
    values[b'-' as usize] = 62;
    values[b'_' as usize] = 63;
    values[b'\n' as usize] = LINE_END;
    values[b'\r' as usize] = LINE_END;
    values
};
