//! Telling comments, tags and text apart in raw HTML.
//!
//! Rules: a comment runs from `<!--` to `-->` (`<!-->` and `<!--->` are whole
//! comments), as in `CommonMark` 0.31.2, "Raw HTML". It counts wherever it
//! stands outside a tag, inside `<script>` and `<textarea>` too: rather a
//! comment too many dropped than one published.

use memchr::{memchr, memmem};
use std::borrow::Cow;

/// What a stretch of raw HTML is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// Words between tags.
    Text,
    /// A tag, declaration or processing instruction, from `<` to `>`.
    Tag,
    /// A comment.
    Comment {
        /// Whether its `-->` is there; if not, it runs to the end.
        closed: bool,
    },
}

/// The stretches of raw HTML in order; together they are the whole of it.
pub(super) struct Segments<'h> {
    html: &'h str,
    at: usize,
    quotes: bool,
    tags: bool,
}

/// Takes raw HTML apart.
pub(super) fn segments(html: &str) -> Segments<'_> {
    Segments { html, at: 0, quotes: true, tags: true }
}

/// Raw HTML without its comments.
pub(super) fn without_comments(html: &str) -> Cow<'_, str> {
    if memmem::find(html.as_bytes(), b"<!--").is_none() {
        return Cow::Borrowed(html);
    }
    let mut kept = String::with_capacity(html.len());
    for (segment, text) in segments(html) {
        match segment {
            Segment::Comment { .. } => defuse(&mut kept),
            _ => kept.push_str(text),
        }
    }
    Cow::Owned(kept)
}

/// What stands inside a comment, trimmed: `more` for `<!-- more -->`.
pub(super) fn inside(comment: &str) -> &str {
    let inner = comment.strip_prefix("<!--").unwrap_or(comment);
    inner.strip_suffix("-->").unwrap_or(inner).trim()
}

impl<'h> Iterator for Segments<'h> {
    type Item = (Segment, &'h str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.html[self.at..];
        if rest.is_empty() {
            return None;
        }
        let (segment, length) = self.measure(rest);
        self.at += length;
        Some((segment, &rest[..length]))
    }
}

impl Segments<'_> {
    fn measure(&mut self, rest: &str) -> (Segment, usize) {
        let bytes = rest.as_bytes();
        if let Some(found) = comment(bytes) {
            return found;
        }
        if self.tags
            && bytes[0] == b'<'
            && let Some(length) = self.tag(bytes)
        {
            return (Segment::Tag, length);
        }
        let text = memchr(b'<', &bytes[1..]).map_or(bytes.len(), |i| i + 1);
        (Segment::Text, text)
    }

    /// The length of the tag the bytes begin with. A tag whose quotes never
    /// close ends at its first `>`, and quotes are not heeded after it; where
    /// there is no `>` no more tags are looked for. So the whole takes one
    /// pass.
    fn tag(&mut self, bytes: &[u8]) -> Option<usize> {
        match bytes.get(1..3) {
            Some([b'!', b]) if !(b.is_ascii_alphabetic() || *b == b'[') => return None,
            Some([b, _]) if !(b.is_ascii_alphabetic() || b"/!?".contains(b)) => return None,
            None => return None,
            _ => {}
        }
        if self.quotes {
            let whole = quoted_tag(bytes);
            if whole.is_some() {
                return whole;
            }
            self.quotes = false;
        }
        let length = memchr(b'>', bytes).map(|i| i + 1);
        self.tags = length.is_some();
        length
    }
}

/// Keeps what stands before a dropped comment from making a new one together
/// with what stands behind it.
fn defuse(kept: &mut String) {
    let stem = kept.trim_end_matches(['!', '-']).len();
    if kept[..stem].ends_with('<') {
        kept.replace_range(stem - 1..stem, "&lt;");
    }
}

fn comment(bytes: &[u8]) -> Option<(Segment, usize)> {
    if !bytes.starts_with(b"<!--") {
        return None;
    }
    let short = [&b"<!-->"[..], b"<!--->"].into_iter().find(|s| bytes.starts_with(s));
    if let Some(short) = short {
        return Some((Segment::Comment { closed: true }, short.len()));
    }
    Some(match memmem::find(&bytes[4..], b"-->") {
        Some(i) => (Segment::Comment { closed: true }, i + 7),
        None => (Segment::Comment { closed: false }, bytes.len()),
    })
}

/// The length of a tag, a `>` inside a quoted attribute value not ending it.
fn quoted_tag(bytes: &[u8]) -> Option<usize> {
    let mut last = 0;
    let mut i = 1;
    while i < bytes.len() {
        let byte = bytes[i];
        match byte {
            b'>' => return Some(i + 1),
            b'"' | b'\'' if last == b'=' => i += 1 + memchr(byte, &bytes[i + 1..])?,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
        i += 1;
    }
    None
}
