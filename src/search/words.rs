//! Words as the index knows them: folded forms, and the stems that tie forms together.
//!
//! The reader's module folds and cuts texts in the same way (`search.js`); one test set holds both together.

use snowball_stemmers_rs::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Bytes of the longest form that is kept: what is longer is no word.
const LONGEST: usize = 64;

/// Calls `f` with each word of a text: its folded form, and the word as it is written. A run of Chinese, Japanese or Korean
/// letters gives its pairs of letters; `U.S.` is one word, `l’eau` two.
pub fn each_word(text: &str, mut f: impl FnMut(&str, &str)) {
    let mut folded = String::new();
    let mut give = |word: &str| {
        folded.clear();
        if word.is_ascii() {
            folded.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
            if folded.len() <= LONGEST {
                f(&folded, word);
            }
        } else {
            fold(word, &mut folded);
            each_part(&folded, &mut |part| f(part, word));
        }
    };
    let mut rest = text;
    while let Some(start) = rest.find(in_word) {
        let tail = &rest[start..];
        if let Some((initials, length)) = initials(tail) {
            give(&initials);
            rest = &tail[length..];
            continue;
        }
        let end = tail.find(|c| !in_word(c)).unwrap_or(tail.len());
        give(&tail[..end]);
        rest = &tail[end..];
    }
}

/// The folded forms of a text, in order.
pub fn forms(text: &str) -> Vec<String> {
    let mut forms = Vec::new();
    each_word(text, |form, _| forms.push(form.to_owned()));
    forms
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c))
}

/// Letters with stops between them at the start of a text, `U.S.` or `U.S.A`, as one word, and the bytes that they take.
fn initials(text: &str) -> Option<(String, usize)> {
    let mut word = String::new();
    let mut at = 0;
    let mut letters = text.chars();
    while let (Some(letter), Some('.')) = (letters.next().filter(|c| c.is_alphabetic()), letters.next()) {
        word.push(letter);
        at += letter.len_utf8() + 1;
    }
    word.chars().nth(1)?;
    let end = text[at..].find(|c| !in_word(c)).unwrap_or(text.len() - at);
    word.push_str(&text[at..at + end]);
    Some((word, at + end))
}

/// A word in lower case, without marks and forms that only print differently (Unicode NFKD).
fn fold(word: &str, into: &mut String) {
    let decomposed = word
        .nfkd()
        .flat_map(char::to_lowercase)
        .flat_map(UnicodeNormalization::nfkd)
        .filter(|c| !is_combining_mark(*c));
    let mut plain = String::with_capacity(word.len());
    for c in decomposed {
        match c {
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'ς' => plain.push('σ'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ٱ' => plain.push('ا'),
            'ى' => plain.push('ي'),
            'ة' => plain.push('ه'),
            '٠'..='٩' => plain.push(char::from(b'0' + (c as u32 - 0x660) as u8)),
            '۰'..='۹' => plain.push(char::from(b'0' + (c as u32 - 0x6f0) as u8)),
            'ـ' => {}
            c if c.is_alphanumeric() => plain.push(c),
            _ => {}
        }
    }
    into.extend(plain.nfc());
}

/// A folded word as forms: runs of letters without spaces between words go by pairs.
fn each_part(folded: &str, f: &mut impl FnMut(&str)) {
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let kind = is_unspaced(first);
        let end = rest.find(|c| is_unspaced(c) != kind).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        rest = tail;
        if kind {
            pairs(run, f);
        } else if run.len() <= LONGEST {
            f(run);
        }
    }
}

fn pairs(run: &str, f: &mut impl FnMut(&str)) {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    match starts.len() {
        2 => f(run),
        _ => starts.windows(3).for_each(|pair| f(&run[pair[0]..pair[2]])),
    }
}

/// Han, Kana and Hangul.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The article of Arabic, alone or behind a particle of one letter, if at least three letters are left.
pub fn without_article(word: &str) -> &str {
    let article = ["ال", "وال", "بال", "كال", "فال", "لل"].into_iter().find(|article| word.starts_with(article));
    let rest = article.map_or(word, |article| &word[article.len()..]);
    if rest.chars().count() >= 3 { rest } else { word }
}

/// Whether the forms of a text are written with other letters than the leak check reads in it.
pub fn is_respelt(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|c| is_unspaced(c) || matches!(c, '\u{600}'..='\u{6ff}'))
}

/// The stemmer of a language, if Snowball has one.
pub fn stemmer(lang: &str) -> Option<Stemmer> {
    let primary = lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let algorithm = match primary.as_str() {
        "ar" => Algorithm::Arabic,
        "ca" => Algorithm::Catalan,
        "cs" => Algorithm::Czech,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "et" => Algorithm::Estonian,
        "eu" => Algorithm::Basque,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "ga" => Algorithm::Irish,
        "hi" => Algorithm::Hindi,
        "hu" => Algorithm::Hungarian,
        "hy" => Algorithm::Armenian,
        "id" => Algorithm::Indonesian,
        "it" => Algorithm::Italian,
        "lt" => Algorithm::Lithuanian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "ne" => Algorithm::Nepali,
        "nl" => Algorithm::Dutch,
        "pl" => Algorithm::Polish,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sr" => Algorithm::Serbian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        "uk" => Algorithm::Ukrainian,
        _ => return None,
    };
    Some(Stemmer::create(algorithm))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        assert_eq!(forms(text).join(" "), expect, "{text}");
    }

    #[test]
    fn words_are_folded() {
        check("The Peso’s FLOAT, 1994-12-20: 3.5%", "the peso s float 1994 12 20 3 5");
        check(
            "Política económica, État d’urgence, Øresund, Straße, Łódź",
            "politica economica etat d urgence oresund strasse lodz",
        );
        check("the U.S. and the U.K.; U.S.A. a. b", "the us and the uk usa a b");
        check("ﬁnance ½ İstanbul", "finance 12 istanbul");
    }

    #[test]
    fn arabic_loses_marks() {
        check("الأزمةُ والاقتصاد إلى ١٩٩٤", "الازمه والاقتصاد الي 1994");
        assert_eq!(without_article("الازمه"), "ازمه");
        assert_eq!(without_article("الي"), "الي", "no article");
        check("كتـــاب", "كتاب");
    }

    #[test]
    fn unspaced_scripts_go_by_pairs() {
        check("国际货币基金", "国际 际货 货币 币基 基金");
        check("GDP增长率 は", "gdp 增长 长率 は");
        check("정부는", "정부 부는");
    }
}
