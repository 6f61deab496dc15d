//! The forms of a name that look-ups compare.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// A text as look-ups compare it: lower-case letters and digits with single spaces between words.
///
/// Takes any text. Compatibility forms and diacritics go (Unicode NFKD, so Hangul
/// comes out as separate letters), letters such as `ø` and `ß` take their plain
/// spelling, and punctuation becomes a space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        text.chars().for_each(|c| push_folded(c.to_ascii_lowercase(), &mut folded));
    } else {
        text.nfkd().flat_map(char::to_lowercase).for_each(|c| push_folded(c, &mut folded));
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Adds what a decomposed, lower-case character leaves in a folded text.
fn push_folded(c: char, folded: &mut String) {
    let modifier = matches!(c, '\u{2b0}'..='\u{2ff}');
    match c {
        _ if c.is_ascii_alphanumeric() => folded.push(c),
        'ø' => folded.push('o'),
        'ł' => folded.push('l'),
        'đ' | 'ð' => folded.push('d'),
        'ı' => folded.push('i'),
        'ς' => folded.push('σ'),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'þ' => folded.push_str("th"),
        _ if canonical_combining_class(c) != 0 => {}
        _ if c.is_alphanumeric() && !modifier => folded.push(c),
        _ if is_combining_mark(c) => {}
        _ if folded.is_empty() || folded.ends_with(' ') => {}
        _ => folded.push(' '),
    }
}

/// The folded text without a leading "the", and with initials joined: "U.S.A." is "usa".
pub(super) fn key(text: &str) -> String {
    let folded = fold(text);
    let words = folded.strip_prefix("the ").unwrap_or(&folded);
    let mut joined = String::with_capacity(words.len());
    let mut after_initial = false;
    for word in words.split(' ') {
        let initial = word.len() == 1;
        let same_word = joined.is_empty() || (initial && after_initial);
        if !same_word {
            joined.push(' ');
        }
        joined.push_str(word);
        after_initial = initial;
    }
    joined
}
