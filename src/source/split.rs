//! Front matter and body: a file that begins with a line `---` has YAML up to the next line `---`.

use std::ops::Range;

use super::foreign;
use crate::diagnostic::{Diagnostic, Place};

/// Where the parts of a file stand, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The YAML, without the lines around it.
    pub yaml: Range<usize>,
    /// The beginning of the body.
    pub body: usize,
}

/// Finds front matter and body. `demand` says that a file without front matter is an error.
pub fn split(file: &str, text: &str, demand: bool) -> Result<Parts, Diagnostic> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let first = line_end(text, start);
    if text[start..first].trim_end() != "---" {
        return without_front_matter(file, text, start, demand);
    }
    let mut at = first;
    while at < text.len() {
        let end = line_end(text, at);
        if matches!(text[at..end].trim_end(), "---" | "...") {
            return Ok(Parts { yaml: first..at, body: end });
        }
        at = end;
    }
    Err(Diagnostic::error(Place::bytes(file, start..start + 3), "the front matter that begins here does not end")
        .hint("put a line with only `---` between the front matter and the text"))
}

fn without_front_matter(file: &str, text: &str, start: usize, demand: bool) -> Result<Parts, Diagnostic> {
    if let Some((fact, cure)) = foreign::front_matter(&text[start..]) {
        let line = start..start + text[start..].lines().next().unwrap_or_default().len();
        return Err(Diagnostic::error(Place::bytes(file, line), fact).hint(cure));
    }
    if !demand {
        return Ok(Parts { yaml: start..start, body: start });
    }
    let head = text[start..].trim_start();
    let place = Place::bytes(file, start..line_end(text, start).min(start + 40).max(start));
    let hint = if head.is_empty() {
        "begin it with:\n---\ntitle: The headline\ndate: 2025-09-08\n---"
    } else if head.starts_with("---") {
        "`---` must stand on the first line, alone and without a space before it"
    } else {
        "a report begins with a line `---`, then its title and date, then another `---`"
    };
    let fact = if head.is_empty() { "the file is empty" } else { "the report has no front matter" };
    Err(Diagnostic::error(place, fact).hint(hint))
}

/// The byte after the line that begins at `start`.
fn line_end(text: &str, start: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |index| start + index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Result<(&str, &str), String> {
        split("a.md", text, true)
            .map(|parts| (&text[parts.yaml], &text[parts.body..]))
            .map_err(|problem| problem.message)
    }

    #[test]
    fn front_matter_ends_at_a_line_of_its_own() {
        assert_eq!(parts("---\na: 1\n---\nText\n"), Ok(("a: 1\n", "Text\n")));
        assert_eq!(parts("\u{feff}---\r\na: 1\r\n---\r\nText"), Ok(("a: 1\r\n", "Text")));
        assert_eq!(
            parts("---\na: |\n  ---\n...\n"),
            Ok(("a: |\n  ---\n", "")),
            "an indented line belongs to the value"
        );
        assert_eq!(parts("---\n---"), Ok(("", "")));
    }

    #[test]
    fn what_is_missing_is_told() {
        assert_eq!(parts(""), Err("the file is empty".into()));
        assert_eq!(parts("Text"), Err("the report has no front matter".into()));
        assert_eq!(parts("---\na: 1\nText"), Err("the front matter that begins here does not end".into()));
    }
}
