//! Counting words while a text is written.

/// A count of words that goes on over the seams of inline markup.
///
/// A word is a run of letters and digits, which may have a `'`, `-`, `.` or
/// the like between two of them. In scripts written without spaces between
/// words, each ideograph and each kana counts as one.
#[derive(Default)]
pub(super) struct Counter {
    words: usize,
    /// Whether the last character was a letter or a digit.
    letter: bool,
    /// Whether a letter now would go on with the word.
    inside: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Letter,
    Joint,
    Gap,
}

/// Shorter stretches are not worth the setting up of the fast way.
const SHORT: usize = 16;
/// How many bytes are looked at together.
const BLOCK: usize = 32;

impl Counter {
    /// Counts the words of a stretch of text that follows directly on the
    /// stretch before.
    pub(super) fn add(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let ascii = match rest.is_ascii() {
                true => rest.len(),
                false => rest.bytes().position(|b| b >= 128).unwrap_or(rest.len()),
            };
            self.ascii(&rest.as_bytes()[..ascii]);
            rest = &rest[ascii..];
            if let Some(c) = rest.chars().next() {
                self.character(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }

    /// Ends the word that is under way, as a line end or a block does.
    pub(super) fn gap(&mut self) {
        (self.letter, self.inside) = (false, false);
    }

    /// The words so far.
    pub(super) fn total(&self) -> usize {
        self.words
    }

    fn ascii(&mut self, bytes: &[u8]) {
        let one_by_one = if bytes.len() < SHORT { bytes.len() } else { 2 };
        for &byte in &bytes[..one_by_one] {
            self.step(class(byte));
        }
        if let [.., before, last] = bytes
            && bytes.len() >= SHORT
        {
            self.words += starts_in(bytes);
            self.letter = is_letter(*last);
            self.inside = self.letter || (is_joint(*last) && is_letter(*before));
        }
    }

    fn step(&mut self, class: Class) {
        self.words += usize::from(class == Class::Letter && !self.inside);
        self.inside = class == Class::Letter || (class == Class::Joint && self.letter);
        self.letter = class == Class::Letter;
    }

    fn character(&mut self, c: char) {
        match c {
            '’' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{300}'..='\u{36f}' => self.step(Class::Joint),
            '\u{2000}'..='\u{206f}' => self.step(Class::Gap),
            '\u{c0}'..='\u{24f}' if !matches!(c, '×' | '÷') => self.step(Class::Letter),
            '\u{3041}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => {
                self.words += 1;
                self.gap();
            }
            c if c.is_alphanumeric() => self.step(Class::Letter),
            // Vowel signs and the like belong to the letter before.
            '\u{590}'..='\u{6ff}' | '\u{900}'..='\u{1aff}' => self.step(Class::Joint),
            _ => self.step(Class::Gap),
        }
    }
}

/// How many words start in the bytes, the first two aside. Goes by blocks of
/// one size, without branches or state within, so that the compiler can take
/// many bytes at once.
fn starts_in(bytes: &[u8]) -> usize {
    let mut words = 0;
    let mut rest = bytes;
    while let Some(block) = rest.first_chunk() {
        words += usize::from(starts_in_block(block));
        rest = &rest[BLOCK..];
    }
    let mut block = [b' '; BLOCK + 2];
    block[..rest.len()].copy_from_slice(rest);
    words + usize::from(starts_in_block(&block))
}

/// A word starts with a letter that follows neither on a letter nor on a
/// joint after a letter.
fn starts_in_block(block: &[u8; BLOCK + 2]) -> u8 {
    let letter = block.map(is_letter);
    let joint = block.map(is_joint);
    (0..BLOCK).map(|i| u8::from(letter[i + 2] & !(letter[i + 1] | (joint[i + 1] & letter[i])))).sum()
}

fn is_letter(byte: u8) -> bool {
    ((byte | 32).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10)
}

fn is_joint(byte: u8) -> bool {
    (byte.wrapping_sub(b',') < 3) | (byte == b'\'') | (byte == b'_') | (byte == b'@') | (byte == b':')
}

fn class(byte: u8) -> Class {
    match byte {
        _ if is_letter(byte) => Class::Letter,
        _ if is_joint(byte) => Class::Joint,
        _ => Class::Gap,
    }
}
