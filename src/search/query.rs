//! What a reader asks: words, phrases, what is to be left out, and operators.
//!
//! `peso "exchange rate" -oil country:mexico topic:debt after:1994-12 before:1996`

use super::tables::FACETS;
use super::words::forms;

/// Words beyond these are not looked for.
const MOST_WORDS: usize = 24;

/// A query, taken apart.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Query {
    /// The words, in order.
    pub words: Vec<Word>,
    /// Words in quotation marks; the second says that they must not stand there.
    pub phrases: Vec<(Vec<String>, bool)>,
    /// Words that must not stand in a report.
    pub without: Vec<String>,
    /// Operators: facet, value, whether it is turned round.
    pub filters: Vec<(String, String, bool)>,
    /// From this day on; days are counted from 1 January 1970.
    pub after: Option<i32>,
    /// Before this day.
    pub before: Option<i32>,
    /// Operators whose value says nothing: `after:soon`.
    pub odd: Vec<(String, String)>,
}

/// A word of a query.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its folded form.
    pub form: String,
    /// What it was typed as, with the words that it is joined to: `MX`, `MX-1994-003`.
    pub typed: String,
    /// All of that as one word, if it might be an id; the forms of one id follow each other.
    pub joined: Option<String>,
    /// Whether it may go on: it is the last one, and nothing stands behind it.
    pub open: bool,
}

/// Takes a query apart. Any text is a query.
pub fn parse(text: &str) -> Query {
    let mut query = Query::default();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let not = rest.len() > 1 && rest.starts_with('-');
        let tail = &rest[usize::from(not)..];
        rest = match operator(tail) {
            Some((name, value, left)) => {
                query.operator(name, &value, not);
                left
            }
            None if tail.starts_with(QUOTES) => {
                let (phrase, left) = quoted(tail);
                let words = forms(phrase);
                if !words.is_empty() {
                    query.phrases.push((words, not));
                }
                left
            }
            None => {
                let end = tail.find(|c: char| c.is_whitespace() || QUOTES.contains(&c)).unwrap_or(tail.len());
                query.chunk(&tail[..end], not, end == tail.len());
                &tail[end..]
            }
        }
        .trim_start();
    }
    query.words.truncate(MOST_WORDS);
    query
}

const QUOTES: [char; 5] = ['"', '“', '”', '«', '»'];

/// What stands between quotation marks, and what is behind them.
fn quoted(text: &str) -> (&str, &str) {
    let mut inner = text.chars();
    inner.next();
    let inner = inner.as_str();
    match inner.find(QUOTES) {
        Some(end) => (&inner[..end], inner[end..].trim_start_matches(QUOTES)),
        None => (inner, ""),
    }
}

/// An operator at the start of a text, its value, and what is behind it.
fn operator(text: &str) -> Option<(&'static str, String, &str)> {
    let others = ["year", "access", "after", "before"];
    let name = FACETS.iter().map(|(name, _)| *name).chain(others).find(|name| {
        let head = text.get(..name.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(name)) && text[name.len()..].starts_with(':')
    })?;
    let rest = &text[name.len() + 1..];
    if rest.starts_with(QUOTES) {
        let (value, left) = quoted(rest);
        return Some((name, value.trim().to_owned(), left));
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    (end > 0).then(|| (name, rest[..end].to_owned(), &rest[end..]))
}

impl Query {
    fn operator(&mut self, name: &str, value: &str, not: bool) {
        let day = match name {
            "after" => &mut self.after,
            "before" => &mut self.before,
            _ => return self.filters.push((name.to_owned(), value.to_owned(), not)),
        };
        match self::day(value) {
            Some(found) => *day = Some(found),
            None => self.odd.push((name.to_owned(), value.to_owned())),
        }
    }

    fn chunk(&mut self, typed: &str, not: bool, last: bool) {
        let forms = forms(typed);
        if not {
            return self.without.extend(forms);
        }
        let is_id = forms.len() > 1 && typed.bytes().any(|byte| byte.is_ascii_digit());
        let joined = is_id.then(|| forms.concat());
        let count = forms.len();
        self.words.extend(forms.into_iter().enumerate().map(|(index, form)| Word {
            form,
            typed: typed.to_owned(),
            joined: joined.clone(),
            open: last && index + 1 == count,
        }));
    }
}

/// The first day of `1994`, `1994-12` or `1994-12-20`, counted from 1 January 1970.
fn day(text: &str) -> Option<i32> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let mut number = || parts.next().map_or(Some(1), |part| part.parse().ok());
    let date = jiff::civil::Date::new(year, number()?, number()?).ok()?;
    (parts.next().is_none() && year >= 0).then(|| (date - jiff::civil::date(1970, 1, 1)).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_taken_apart() {
        let query = parse(
            r#"Peso "exchange rate" -oil country:mexico -kind:note author:"Inés Arrieta" after:1994-12 before:1996 MX-1994-003"#,
        );
        let words: Vec<&str> = query.words.iter().map(|word| word.form.as_str()).collect();
        assert_eq!(words, ["peso", "mx", "1994", "003"]);
        assert_eq!(query.words[1].joined.as_deref(), Some("mx1994003"));
        assert!(query.words[3].open && !query.words[0].open);
        assert_eq!(query.phrases, [(vec!["exchange".to_owned(), "rate".to_owned()], false)]);
        assert_eq!(query.without, ["oil"]);
        let filters: Vec<String> = query.filters.iter().map(|(a, b, c)| format!("{a}={b} {c}")).collect();
        assert_eq!(filters, ["country=mexico false", "kind=note true", "author=Inés Arrieta false"]);
        assert_eq!((query.after, query.before), (Some(9100), Some(9496)));
    }

    #[test]
    fn any_text_is_a_query() {
        for text in ["", " ", "-", "\"", "\"\"", "country:", "after:soon", "-\"", "a:b:c", "«", "\u{0}", "year:\""] {
            parse(text);
        }
        assert_eq!(parse("after:soon").odd, [("after".to_owned(), "soon".to_owned())]);
        assert!(!parse("peso ").words[0].open);
        assert_eq!(parse("tel:55").words.len(), 2, "not an operator");
    }
}
