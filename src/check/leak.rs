//! The leak check: does an output hold text that is not for its readers?
//!
//! [`Secrets`] takes the gated texts of an archive in, as fingerprints, and looks for them in the
//! bytes of an output. [`dismiss_public`] takes away what is public elsewhere, [`attribute`] says
//! whose text a [`Hit`] is.
//!
//! A word is a run of letters and digits; case, accents, soft hyphens and the kind of apostrophe or
//! dash do not count (an apostrophe ends a word: `don't` is two). A Han or Kana character is a word;
//! so is each step of a Thai, Lao, Burmese or Khmer text, where eight words are twelve characters.
//!
//! Out of reach: pixels, sound, text that was reworded or cut below eight words, a word broken by a
//! comment or by two tags, a text of other than Latin letters in a transliterated file name (add the
//! slug as a secret of its own), raw deflate behind a header, encodings not named in [`Form`].

mod base64;
mod clean;
mod decode;
mod exact;
mod fold;
mod map;
mod probe;
mod read;
mod scan;
mod table;
mod tag;
#[cfg(test)]
mod tests;
mod unpack;
mod words;

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::{FxHashMap, FxHashSet};

use clean::Clean;
use exact::ExactSet;
use map::Map;
use read::{Sink, Stream, View, read};
use table::{Filter, Table};
use words::{ANCHOR, SHINGLE, Window, WordKind};

/// How a secret is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// Running text: any eight words in a row. A text of fewer words is not looked for.
    Body,
    /// A heading, a judgment, an alt text: whole if it has fewer than eight words, else as a body. As a whole it is
    /// looked for in one piece of a page, not across the border of two paragraphs or cells.
    /// Too short to be looked for: fewer than three words (six Han or Kana characters, ten Thai
    /// ones) and also fewer than sixteen characters.
    Field,
    /// A code, a key, a subscriber's id: these bytes, wherever they begin. From six bytes.
    Exact,
}

/// Where and how a secret was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// In what a reader sees.
    Text,
    /// Inside a tag.
    Attribute,
    /// In a comment, a script or a style.
    Hidden,
    /// In JSON or JavaScript escapes, or in markup written as entities.
    Escaped,
    /// In base 64, standard or url-safe.
    Base64,
    /// In percent signs, as in addresses.
    Percent,
    /// In UTF-16, of either byte order.
    Utf16,
    /// In a compressed part: gzip, zlib, deflate, zip.
    Gzip,
    /// In the output's own path.
    FileName,
}

/// A secret in an output. It holds no word of the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The output.
    pub path: Arc<str>,
    /// The number of the words, or of the bytes of an exact secret.
    pub fingerprint: u64,
    /// How many words: eight, fewer for a short field, none for an exact secret.
    pub words: u8,
    /// Where or how.
    pub form: Form,
    /// The offset in the output where the last word begins; for an encoded secret, where the encoded
    /// part begins.
    pub at: usize,
    /// Whose secret it is. Known at once for an exact secret, else after [`attribute`].
    pub owner: Option<u32>,
}

/// Why a part of an output stayed unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opaque {
    /// A format that is not opened, by its name.
    Format(&'static str),
    /// More than 64 MiB in one compressed part, or than 128 MiB and eight times the size in all.
    TooLarge,
    /// More than four encodings around each other.
    TooDeep,
}

impl fmt::Display for Opaque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Opaque::Format(name) => write!(f, "it is {name}"),
            Opaque::TooLarge => f.write_str("it holds too much that is compressed"),
            Opaque::TooDeep => f.write_str("it is encoded too many times over"),
        }
    }
}

/// Everything that must not appear in an output, as fingerprints only.
///
/// Costs 7½ to 9⅔ bytes for each word that it was made for, and half a megabyte for exact secrets.
/// It may be filled and asked by many threads at once; who asks finds what was added before.
pub struct Secrets {
    table: Table,
    /// Every five words in a row, and the short fields.
    filter: Filter,
    /// The last two words of short fields.
    endings: Filter,
    /// The lengths of short fields, one bit each.
    lengths: AtomicU8,
    exact: RwLock<ExactSet>,
    /// How many texts were added.
    added: AtomicUsize,
    clean: Clean,
}

impl Secrets {
    /// Room for `words` gated words. More can be added, at forty bytes each and slower.
    pub fn with_capacity(words: usize) -> Self {
        Self {
            table: Table::new(words),
            filter: Filter::new(words),
            endings: Filter::new(words / 16),
            lengths: AtomicU8::new(0),
            exact: RwLock::default(),
            added: AtomicUsize::new(0),
            clean: Clean::default(),
        }
    }

    /// Adds a text as its reader sees it, without markup; `owner` is what a hit will be told by.
    pub fn add(&self, owner: u32, kind: SecretKind, text: &str) {
        self.put(owner, kind, text);
        self.added.fetch_add(1, Relaxed);
    }

    fn put(&self, owner: u32, kind: SecretKind, text: &str) {
        if kind == SecretKind::Exact {
            let mut exact = self.exact.write().unwrap_or_else(PoisonError::into_inner);
            return exact.add(owner, text.as_bytes());
        }
        let words = Words::of(text);
        if words.list.len() >= SHINGLE {
            words::every(&words.list, ANCHOR).for_each(|print| self.filter.insert(print));
            self.table.insert(words.list.len(), words::every(&words.list, SHINGLE));
        } else if kind == SecretKind::Field && words.make_a_field(text) {
            let print = words::whole(words.list.iter().copied());
            self.endings.insert(words::ending(&words.list));
            self.filter.insert(print);
            self.table.insert(1, std::iter::once(print));
            self.lengths.fetch_or(1 << words.list.len(), Relaxed);
        }
    }

    /// Is there nothing to look for?
    pub fn is_empty(&self) -> bool {
        self.table.is_empty() && self.exact.read().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Looks for every secret in an output and in its path, in every form that [`Form`] names. Each
    /// secret is told once for each form. Says if a part of the output could not be looked into.
    ///
    /// A word is taken for a secret by mistake about once in 10¹⁰; such a hit has no owner in the end.
    pub fn scan(&self, path: &str, bytes: &[u8], into: &mut Vec<Hit>) -> Option<Opaque> {
        if self.is_empty() {
            return None;
        }
        let exact = self.exact.read().unwrap_or_else(PoisonError::into_inner);
        scan::Scanner::new(self, &exact, path, into).output(bytes)
    }

    fn lengths(&self) -> u8 {
        self.lengths.load(Relaxed)
    }
}

/// Removes the hits whose words stand in a public text, as its reader sees it. Exact secrets stay.
/// `public` is not asked for anything if there are no hits.
pub fn dismiss_public<'a>(hits: Vec<Hit>, public: impl Iterator<Item = Cow<'a, str>>) -> Vec<Hit> {
    let mut open = Wanted::new(&hits);
    let mut dismissed = FxHashSet::default();
    if !open.is_empty() {
        public.for_each(|text| open.find(&text, |print| _ = dismissed.insert(print)));
    }
    let is_secret = |hit: &Hit| hit.words == 0 || !dismissed.contains(&hit.fingerprint);
    hits.into_iter().filter(is_secret).collect()
}

/// Writes into every hit the first owner whose text holds its words. `texts` are what was added to
/// [`Secrets`]. A hit that none of them claims is a collision of fingerprints.
pub fn attribute<'a>(hits: &mut [Hit], texts: impl Iterator<Item = (u32, Cow<'a, str>)>) {
    let mut open = Wanted::new(hits);
    let mut owners = FxHashMap::default();
    if !open.is_empty() {
        for (owner, text) in texts {
            open.find(&text, |print| _ = owners.entry(print).or_insert(owner));
        }
    }
    for hit in hits.iter_mut().filter(|hit| hit.words != 0) {
        hit.owner = owners.get(&hit.fingerprint).copied();
    }
}

/// The fingerprints of hits, to be found again in texts.
struct Wanted {
    prints: FxHashSet<u64>,
    short: Vec<usize>,
}

impl Wanted {
    fn new(hits: &[Hit]) -> Self {
        let worded = || hits.iter().filter(|hit| hit.words != 0);
        let lengths = worded().fold(0_u32, |lengths, hit| lengths | 1 << hit.words);
        Self {
            prints: worded().map(|hit| hit.fingerprint).collect(),
            short: (1..SHINGLE).filter(|words| lengths >> words & 1 != 0).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.prints.is_empty()
    }

    fn find(&mut self, text: &str, mut found: impl FnMut(u64)) {
        let mut window = Window::default();
        for word in Words::of(text).list {
            let shingle = window.push(word);
            let prints = self.short.iter().map(|&words| window.whole(words));
            prints.chain([shingle]).filter(|print| self.prints.contains(print)).for_each(&mut found);
        }
    }
}

/// The words of a text without markup.
#[derive(Default)]
struct Words {
    list: Vec<u64>,
    /// Words count twice, characters that are words once.
    weight: usize,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self::default();
        read(&Map::of(text), View::PLAIN, &mut words);
        words
    }

    /// Is this enough to be looked for as a whole?
    fn make_a_field(&self, text: &str) -> bool {
        !self.list.is_empty() && (self.weight >= 6 || text.trim().chars().count() >= 16)
    }
}

impl Sink for Words {
    fn word(&mut self, word: u64, kind: WordKind, _: Stream, _: usize) {
        self.list.push(word);
        self.weight += if kind == WordKind::Character { 1 } else { 2 };
    }
}

impl From<Stream> for Form {
    fn from(stream: Stream) -> Self {
        match stream {
            Stream::Text => Self::Text,
            Stream::Attribute => Self::Attribute,
            Stream::Hidden => Self::Hidden,
        }
    }
}
