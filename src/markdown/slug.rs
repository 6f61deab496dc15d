//! Ids made from words.

use memchr::{memchr, memmem};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// Longer ids are not looked for before their heading is reached.
const LONGEST: usize = 200;

/// The ids of a text, each given once.
#[derive(Default)]
pub(super) struct Ids {
    /// Ids written out with `{#id}`, which no other heading may be given.
    written: FxHashSet<String>,
    taken: FxHashSet<String>,
    /// For each word-made id, the last number put behind it.
    numbers: FxHashMap<String, usize>,
}

impl Ids {
    /// No ids yet, but those that the text writes out are spoken for.
    pub(super) fn for_text(source: &str) -> Self {
        let mut ids = Self::default();
        if memchr(b'{', source.as_bytes()).is_none() {
            return ids;
        }
        for start in memmem::find_iter(source.as_bytes(), b"#") {
            let before = &source.as_bytes()[..start];
            if !matches!(before.last(), Some(b'{' | b' ')) {
                continue;
            }
            let ends = |b: &u8| *b == b'}' || b.is_ascii_whitespace();
            let mut near = source.as_bytes()[start + 1..].iter().take(LONGEST);
            if let Some(length) = near.position(ends).filter(|&length| length > 0) {
                ids.written.insert(source[start + 1..][..length].to_owned());
            }
        }
        ids
    }

    /// Takes an id written out; whether it was free.
    pub(super) fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    /// An id for the heading with these words, which is the `ordinal`th.
    pub(super) fn make(&mut self, words: &str, ordinal: usize) -> String {
        let mut base = slug(words);
        if base.is_empty() {
            base = format!("section-{ordinal}");
        } else if base.starts_with("fn-") || base.starts_with("fnref-") {
            // Notes and the references to them have these ids.
            base.insert_str(0, "section-");
        }
        let mut id = base.clone();
        while self.taken.contains(&id) || self.written.contains(&id) {
            let number = self.numbers.entry(base.clone()).or_insert(1);
            *number += 1;
            id = format!("{base}-{number}");
        }
        self.taken.insert(id.clone());
        id
    }
}

/// Words as an id: Latin letters and digits in lower case, hyphens between
/// them. Empty if nothing can be put into Latin letters.
fn slug(words: &str) -> String {
    let latin = if words.is_ascii() { Cow::Borrowed(words) } else { deunicode::deunicode_with_tofu_cow(words, "") };
    let mut slug = String::with_capacity(latin.len());
    for c in latin.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if c != '\'' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}
