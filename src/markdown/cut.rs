//! Taking the shortcode calls out of a text before it is parsed.
//!
//! Each call is replaced by a stand-in of the same length in bytes, so that a
//! place in the cut text is the same place in the text as written. The
//! stand-in of a call in running text is one private-use character, which
//! carries the number of the call, followed by as many `x` as are needed;
//! Markdown takes it for a word. A call that opens or closes a body is put
//! between `<?` and `?>` besides; Markdown takes it for raw HTML, which on a
//! line of its own is a block, even right after a paragraph.

use super::call::{self, Call};
use super::host::Complaint;
use memchr::{memchr, memmem};
use std::borrow::Cow;
use std::ops::Range;

/// The first of the characters that carry a call's number.
const FIRST: u32 = 0x10_0000;
/// More calls than this in one text are left as they are.
const MOST: usize = 0xF000;

/// A text without its calls, and the calls.
pub(super) struct Cut<'t> {
    source: &'t str,
    text: Cow<'t, str>,
    calls: Vec<Found>,
}

/// A call and its place.
pub(super) struct Found {
    pub(super) call: Call,
    pub(super) at: Range<usize>,
}

impl<'t> Cut<'t> {
    /// Takes the calls out of a text.
    pub(super) fn new(source: &'t str) -> Self {
        let calls = find_calls(source);
        let text = if calls.is_empty() { Cow::Borrowed(source) } else { Cow::Owned(fill(source, &calls)) };
        Self { source, text, calls }
    }

    /// The text to parse.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text as written.
    pub(super) fn source(&self) -> &'t str {
        self.source
    }

    /// Whether the text has any calls.
    pub(super) fn any(&self) -> bool {
        !self.calls.is_empty()
    }

    /// The call with this number.
    pub(super) fn call(&self, number: usize) -> &Found {
        &self.calls[number]
    }

    /// The first stand-in in a piece of the cut text: where in the piece it
    /// is, and the number of the call.
    pub(super) fn find(&self, piece: &str) -> Option<(Range<usize>, usize)> {
        if self.calls.is_empty() {
            return None;
        }
        let bytes = piece.as_bytes();
        let mut from = 0;
        while let Some(i) = memchr(0xF4, &bytes[from..]) {
            let at = from + i;
            if let Some(found) = self.stand_in(piece, at) {
                return Some(found);
            }
            from = at + 1;
        }
        None
    }

    /// A piece of the cut text with the calls back in it as written.
    pub(super) fn restore<'p>(&self, piece: &'p str) -> Cow<'p, str> {
        let mut restored = String::new();
        let mut rest = piece;
        while let Some((at, number)) = self.find(rest) {
            restored.push_str(&rest[..at.start]);
            restored.push_str(&self.source[self.calls[number].at.clone()]);
            rest = &rest[at.end..];
        }
        if restored.is_empty() && rest.len() == piece.len() {
            return Cow::Borrowed(piece);
        }
        restored.push_str(rest);
        Cow::Owned(restored)
    }

    /// The number of the call that opens or closes a body and that a piece of
    /// raw HTML stands for as a whole.
    pub(super) fn sole_marker(&self, html: &str) -> Option<usize> {
        let trimmed = html.trim();
        let (at, number) = self.find(trimmed)?;
        (at == (0..trimmed.len()) && is_marker(&self.calls[number].call)).then_some(number)
    }

    /// Whether a stretch of the cut text is well-formed calls in running text
    /// and white space only.
    pub(super) fn only_calls(&self, at: Range<usize>) -> bool {
        if self.calls.is_empty() {
            return false;
        }
        let mut rest = self.text[at].trim_start();
        let mut any = false;
        while let Some((at, number)) = self.find_first(rest)
            && matches!(self.calls[number].call, Call::Whole { .. })
        {
            rest = rest[at.end..].trim_start();
            any = true;
        }
        any && rest.is_empty()
    }

    fn find_first(&self, piece: &str) -> Option<(Range<usize>, usize)> {
        piece.starts_with(|c| c as u32 >= FIRST).then(|| self.stand_in(piece, 0)).flatten()
    }

    /// The stand-in whose private-use character is at `at` in the piece.
    fn stand_in(&self, piece: &str, at: usize) -> Option<(Range<usize>, usize)> {
        let character = piece.get(at..)?.chars().next()?;
        let number = (character as u32).checked_sub(FIRST)? as usize;
        let found = self.calls.get(number)?;
        let lead = if is_marker(&found.call) { 2 } else { 0 };
        let start = at.checked_sub(lead)?;
        let range = start..start + found.at.len();
        let same = piece.get(range.clone())? == &self.text[found.at.clone()];
        same.then_some((range, number))
    }
}

fn is_marker(call: &Call) -> bool {
    matches!(call, Call::Open { .. } | Call::Close { .. })
}

fn find_calls(source: &str) -> Vec<Found> {
    let mut calls = Vec::new();
    let bytes = source.as_bytes();
    if memmem::find(bytes, b"{{").is_none() && memmem::find(bytes, b"{%").is_none() {
        return calls;
    }
    let mut from = 0;
    while let Some(i) = memchr(b'{', &bytes[from..])
        && calls.len() < MOST
    {
        let start = from + i;
        from = start + 1;
        if escaped(bytes, start) {
            continue;
        }
        if let Some((call, length)) = call::read(&source[start..]) {
            from = start + length;
            calls.push(Found { call, at: start..from });
        }
    }
    if calls.len() == MOST
        && let Some(last) = calls.last_mut()
    {
        let complaint = Complaint::error("too many shortcodes in one text");
        last.call = Call::Malformed(complaint.hint("divide the text"));
    }
    calls
}

/// Whether an odd number of backslashes stands before the byte at `at`.
fn escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|&&b| b == b'\\').count() % 2 == 1
}

fn fill(source: &str, calls: &[Found]) -> String {
    let mut text = String::with_capacity(source.len());
    let mut done = 0;
    for (number, Found { call, at }) in calls.iter().enumerate() {
        text.push_str(&source[done..at.start]);
        let marker = is_marker(call);
        text.push_str(if marker { "<?" } else { "" });
        text.extend(char::from_u32(FIRST + number as u32));
        let rest = at.end - text.len() - if marker { 2 } else { 0 };
        text.extend(std::iter::repeat_n('x', rest));
        text.push_str(if marker { "?>" } else { "" });
        done = at.end;
    }
    text.push_str(&source[done..]);
    text
}
