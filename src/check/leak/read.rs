//! Reads a text or a page and hands on its words, each with the stream that it stands in.

use super::decode;
use super::fold::{Glyph, glyph};
use super::map::Map;
use super::tag::{inline_tag, is_hidden};
use super::words::{Speller, WordKind, character, mix};

/// Streams of words that are followed apart from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// What a reader sees.
    Text,
    /// What stands inside tags.
    Attribute,
    /// Comments, scripts and styles.
    Hidden,
}

/// Letters from which on a word is spelt.
const LONG: u32 = 16;

/// Takes the words of a text, in order.
pub trait Sink {
    /// `at` is the offset of the byte where the word begins.
    fn word(&mut self, word: u64, kind: WordKind, stream: Stream, at: usize);
}

/// How to look at a text.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// `<` begins a tag and `&` an entity.
    pub markup: bool,
    /// A quoted attribute value ends at its quote only.
    pub quotes: bool,
    /// An inline tag between two letters does not end the word.
    pub join: bool,
}

impl View {
    pub const PLAIN: Self = Self { markup: false, quotes: false, join: false };
    pub const PAGE: Self = Self { markup: true, quotes: true, join: false };
    pub const LOOSE: Self = Self { markup: true, quotes: false, join: false };
}

/// What a reading met that another view would read differently.
#[derive(Clone, Copy, Debug, Default)]
pub struct Notes {
    /// An inline tag between two letters.
    pub junction: bool,
    /// Markup inside a quoted attribute value.
    pub nested: bool,
}

/// Hands all words of a text to `sink`.
pub fn read(map: &Map<'_>, view: View, sink: &mut impl Sink) -> Notes {
    let mut reader = Reader {
        map,
        bytes: map.text.as_bytes(),
        at: 0,
        stream: Stream::Text,
        outside: Stream::Text,
        tail: 0,
        quote: None,
        view,
        notes: Notes::default(),
        sink,
    };
    reader.run();
    reader.notes
}

struct Reader<'t, 's, S> {
    map: &'t Map<'t>,
    bytes: &'t [u8],
    at: usize,
    stream: Stream,
    /// The stream that goes on after a tag.
    outside: Stream,
    /// The last five characters of a text without spaces, twelve bits each.
    tail: u64,
    /// The quote around the attribute value that is read, and its place.
    quote: Option<(u8, usize)>,
    view: View,
    notes: Notes,
    sink: &'s mut S,
}

impl<S: Sink> Reader<'_, '_, S> {
    fn run(&mut self) {
        loop {
            while let Some(window) = self.map.window(self.at) {
                self.window(window);
            }
            let Some((_, opened)) = self.quote.take() else { return };
            // The quote was no quote: what stands behind it is read again.
            self.view.quotes = false;
            self.at = opened + 1;
        }
    }

    /// Reads on to the end of a window, or until it meets something that is not a simple word.
    #[inline]
    fn window(&mut self, (mut words, mut marks): (u64, u64)) {
        let mut left = 64;
        loop {
            let gap = (words | marks).trailing_zeros();
            if gap + LONG > left {
                self.at += left.min(gap) as usize;
                return;
            }
            (words, marks, left) = (words >> gap, marks >> gap, left - gap);
            self.at += gap as usize;
            let length = words.trailing_ones();
            if length == 0 {
                return self.mark();
            }
            let end = self.at + length as usize;
            if length >= LONG || marks >> length & 1 != 0 && !self.ends_word(end) {
                return self.spell();
            }
            let (low, high) = self.map.lower_case(self.at, length as usize);
            self.emit(mix(0, low, high), WordKind::Short, self.at);
            (words, marks, left) = (words >> length, marks >> length, left - length);
            self.at = end;
        }
    }

    #[inline(never)]
    fn ends_word(&mut self, end: usize) -> bool {
        match self.bytes[end] {
            0x80.. => self.is_punctuation(end),
            b'&' => !self.view.markup,
            b'<' => !self.is_joint(end),
            _ => true,
        }
    }

    /// A typographic quote, dash or ellipsis, the most common bytes beyond ASCII.
    fn is_punctuation(&self, at: usize) -> bool {
        matches!(self.bytes[at..], [0xe2, 0x80, 0x90..=0xa7, ..])
    }

    /// Is this an inline tag with letters on both sides, to be read over?
    fn is_joint(&mut self, at: usize) -> bool {
        let is_markup = self.view.markup && self.stream != Stream::Attribute;
        let joins = is_markup && inline_tag(&self.bytes[at..]).is_some();
        self.notes.junction |= joins;
        joins && self.view.join
    }

    #[inline]
    fn emit(&mut self, word: u64, kind: WordKind, at: usize) {
        self.tail = 0;
        self.sink.word(word, kind, self.stream, at);
    }

    /// A word letter by letter: entities, accents, soft hyphens, other scripts.
    #[cold]
    #[inline(never)]
    fn spell(&mut self) {
        let start = self.at;
        let mut speller = Speller::default();
        while let Some((letter, length)) = self.letter(&mut speller) {
            match glyph(letter) {
                Glyph::Letter => speller.letter(letter),
                Glyph::Skip => {}
                kind @ (Glyph::Single | Glyph::Unspaced) if speller.is_empty() => {
                    self.at += length;
                    return self.unspaced(letter, kind, start);
                }
                _ => {
                    self.at += if self.at == start { length } else { 0 };
                    break;
                }
            }
            self.at += length;
        }
        if !speller.is_empty() {
            let kind = speller.kind();
            self.emit(speller.finish(), kind, start);
        }
    }

    /// The next character and the bytes that it takes. Long runs of ASCII are spelt on the way.
    fn letter(&mut self, speller: &mut Speller) -> Option<(char, usize)> {
        while self.map.run(self.at) >= 16 && speller.is_aligned() {
            let (low, high) = self.map.lower_case(self.at, 16);
            speller.sixteen(low, high);
            self.at += 16;
        }
        let rest = self.bytes.get(self.at..)?;
        match *rest.first()? {
            b'&' if self.view.markup => Some(decode::entity(rest).unwrap_or(('&', 1))),
            b'<' if !speller.is_empty() && self.is_joint(self.at) => inline_tag(rest).map(|length| ('\u{ad}', length)),
            byte @ ..0x80 => Some((char::from(byte), 1)),
            _ => self.map.text.get(self.at..)?.chars().next().map(|c| (c, c.len_utf8())),
        }
    }

    /// Without spaces, a word is a Han or Kana character, or five letters of the other scripts.
    fn unspaced(&mut self, letter: char, kind: Glyph, at: usize) {
        if kind == Glyph::Single {
            return self.emit(character(letter.into()), WordKind::Character, at);
        }
        let code = u64::from(letter).saturating_sub(0xdff) & 0xfff;
        let tail = ((self.tail << 12) | code) & 0x0fff_ffff_ffff_ffff;
        if tail >> 48 != 0 {
            self.emit(character(tail), WordKind::Character, at);
        }
        self.tail = tail;
    }

    /// What stands between words and is more than a gap.
    fn mark(&mut self) {
        let byte = self.bytes[self.at];
        match byte {
            0x80.. if self.is_punctuation(self.at) => self.at += 3,
            0x80.. => self.spell(),
            _ if !self.view.markup => self.at += 1,
            b'&' => self.ampersand(),
            _ if self.stream == Stream::Attribute => self.mark_in_tag(byte),
            b'<' => self.tag(),
            b'>' if self.bytes[..self.at].ends_with(b"--") => {
                self.outside = Stream::Text;
                self.stream = Stream::Text;
                self.at += 1;
            }
            _ => self.at += 1,
        }
    }

    /// A tag ends at `>` or at the next tag, a quoted value at its quote.
    fn mark_in_tag(&mut self, byte: u8) {
        match (byte, self.quote) {
            (b'<', None) => {
                self.stream = self.outside;
                return;
            }
            (b'>', None) => self.stream = self.outside,
            (b'<', _) => self.notes.nested = true,
            (b'>', _) => {}
            (_, Some((quote, _))) if quote == byte => self.quote = None,
            (_, None) if self.view.quotes && self.bytes[..self.at].ends_with(b"=") => {
                self.quote = Some((byte, self.at));
            }
            _ => {}
        }
        self.at += 1;
    }

    fn ampersand(&mut self) {
        match decode::entity(&self.bytes[self.at..]) {
            Some((letter, length)) if glyph(letter) == Glyph::Break => self.at += length,
            Some(_) => self.spell(),
            None => self.at += 1,
        }
    }

    fn tag(&mut self) {
        let rest = &self.bytes[self.at + 1..];
        match rest.first() {
            Some(b'!') if rest.starts_with(b"!--") => {
                self.outside = Stream::Hidden;
                self.stream = Stream::Hidden;
                self.at += 4;
            }
            Some(b'!') if rest.starts_with(b"![CDATA[") => self.at += 9,
            Some(b'/' | b'!' | b'?') => self.named_tag(&rest[1..], 2),
            Some(byte) if byte.is_ascii_alphabetic() => self.named_tag(rest, 1),
            _ => self.at += 1,
        }
    }

    fn named_tag(&mut self, name: &[u8], before: usize) {
        let length = self.map.run(self.at + before);
        if is_hidden(&name[..length]) {
            self.outside = if before == 1 { Stream::Hidden } else { Stream::Text };
        }
        self.at += before + length;
        self.stream = Stream::Attribute;
    }
}
