//! Dates and names in bylines and datelines.

use crate::text::month_number;

/// What a dateline says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// As `2025-09-08`.
    pub(super) date: String,
    /// Who wrote the report, if it says so.
    pub(super) authors: Vec<String>,
}

/// A line such as `MEXICO - Report 08 Sep 2025 by First Author and Second Author`: a date, before it at most words
/// with capitals and signs between them, behind it at most a byline.
pub(super) fn dateline(text: &str) -> Option<Dateline> {
    if text.len() > 160 {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let (at, length, date) = (0..words.len())
        .find_map(|at| [1, 3].into_iter().find_map(|length| Some((at, length, date(words.get(at..at + length)?)?))))?;
    let (before, after) = (&words[..at], &words[at + length..]);
    let behind = if after.is_empty() { Vec::new() } else { byline(&after.join(" "))? };
    let lead = before.join(" ");
    let lead = lead.trim_end_matches([' ', ',', '|', '·', '-', '–', '—']);
    let authors = match byline(lead) {
        Some(authors) if behind.is_empty() => authors,
        _ if is_lead(before) => behind,
        _ => return None,
    };
    Some(Dateline { date, authors })
}

/// Whether the words before a date are no sentence: each has a capital, and a sign stands between or behind them.
fn is_lead(words: &[&str]) -> bool {
    let sign = |word: &&str| word.ends_with([',', ':', '-', '–', '—', '|', '·', '/', '•']);
    let capital = |word: &&str| {
        word.starts_with(|c: char| c.is_uppercase())
            || matches!(*word, "-" | "–" | "—" | "|" | "·" | "/" | "•" | "&" | "of" | "and")
    };
    words.is_empty() || words.len() <= 8 && words.iter().all(capital) && words.iter().any(sign)
}

/// One or three words as a date: `2025-09-08`, `08 Sep 2025`, `8th September 2025`, `September 8, 2025`.
fn date(words: &[&str]) -> Option<String> {
    let trimmed: Vec<&str> = words.iter().map(|word| word.trim_matches([',', '.', '(', ')'])).collect();
    let (day, month, year) = match trimmed[..] {
        [word] => {
            let iso: jiff::civil::Date = word.parse().ok().filter(|_| word.len() == 10)?;
            return Some(iso.to_string());
        }
        [a, b, year] if a.starts_with(|c: char| c.is_ascii_digit()) => (a, b, year),
        [b, a, year] => (a, b, year),
        _ => return None,
    };
    let day: i8 = day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    let year: i16 = year.parse().ok().filter(|year| (1000..3000).contains(year))?;
    let date = jiff::civil::Date::new(year, month_number(month)?, day).ok()?;
    Some(date.to_string())
}

/// The day of a W3C date and time such as `2025-09-08T07:00:00Z`.
pub(super) fn day(stamp: &str) -> Option<String> {
    date(&[stamp.trim().get(..10)?])
}

/// The names in `By First Author and Second Author`, None if it is no such line.
pub(super) fn byline(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    let (by, rest) = text.split_once(char::is_whitespace)?;
    let rest = rest.trim().trim_end_matches(',');
    if !by.eq_ignore_ascii_case("by") || rest.len() > 200 {
        return None;
    }
    let names = rest.replace(" and ", ",").replace(" & ", ",").replace(';', ",");
    let names: Vec<String> =
        names.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    (!names.is_empty() && names.iter().all(|name| is_name(name))).then_some(names)
}

/// Whether a text looks like a person's name: two to six words with capitals, and particles between them.
fn is_name(text: &str) -> bool {
    const PARTICLES: [&str; 20] = [
        "al", "bin", "bint", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "ibn", "la",
        "le", "van", "von", "y",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let letters = |word: &str| {
        word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\u{2010}' | '\u{2011}' | '\'' | '’'))
    };
    let capital =
        |word: &str| word.contains(char::is_uppercase) || word.chars().all(|c| c.is_alphabetic() && !c.is_lowercase());
    let fits = |word: &&str| letters(word) && (capital(word) || PARTICLES.contains(word));
    let is_date = words.iter().any(|word| month_number(word).is_some() && words.len() < 3);
    (2..=6).contains(&words.len()) && words.iter().all(fits) && !is_date
}
