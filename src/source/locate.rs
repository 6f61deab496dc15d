//! From a place to a line and column with an excerpt: the slow way, taken only for findings that are shown.

use std::path::Path;

use crate::diagnostic::{Place, Spot};
use crate::yaml::{Position, parse_node};
use crate::{config, fs};

/// A place as a reader of messages needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// Relative path of the file.
    pub file: String,
    /// Line, from 1; none if the finding is about the file as a whole.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: usize,
    /// The line's text, cut to a bearable length, and the characters in it that are meant.
    pub excerpt: Option<Excerpt>,
}

/// A line of a file with the part that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The line.
    pub line: String,
    /// Bytes of it.
    pub mark: std::ops::Range<usize>,
}

/// Finds a place in the files of a site; a file that cannot be read gives no line.
pub fn locate(root: &Path, place: &Place) -> Located {
    let bare = Located { file: place.file.clone(), line: None, column: 1, excerpt: None };
    match &place.spot {
        Spot::File => return bare,
        Spot::Quote { line, column, width, text } => return quoted(place, *line, *column, *width, text),
        _ => {}
    }
    let Ok(bytes) = fs::read(&root.join(&place.file)) else { return bare };
    let text = String::from_utf8_lossy(&bytes);
    let range = range_of(&place.file, &text, &place.spot);
    excerpt(place, &text, range)
}

/// The place of an address that a file names; the file as a whole if it is not found there.
pub fn find(root: &Path, file: &str, address: &str) -> Place {
    let text = fs::read(&root.join(file)).unwrap_or_default();
    within(file, &String::from_utf8_lossy(&text), address).unwrap_or_else(|| Place::file(file))
}

/// The place of an address in a text: not of one that only begins like it.
pub fn within(file: &str, text: &str, address: &str) -> Option<Place> {
    let ends = |at: usize| !text[at..].starts_with(|c: char| c.is_alphanumeric() || "/-_.".contains(c));
    let mut found = text.match_indices(address).map(|(at, _)| at..at + address.len());
    found.find(|range| ends(range.end)).map(|range| Place::bytes(file, range))
}

fn range_of(file: &str, text: &str, spot: &Spot) -> std::ops::Range<usize> {
    let position = match spot {
        Spot::File | Spot::Quote { .. } => return 0..0,
        Spot::Bytes(start, end) => return *start as usize..*end as usize,
        Spot::Value(path) => Position::Value(path.clone()),
        Spot::Key(path) => Position::Key(path.clone()),
    };
    let yaml = if file == config::FILE || file.ends_with(".yaml") {
        0..text.len()
    } else {
        match super::split(file, text, false) {
            Ok(parts) => parts.yaml,
            Err(_) => return 0..0,
        }
    };
    match parse_node(&text[yaml.clone()]) {
        Ok(node) => {
            let found = node.locate(&position);
            let whole = found == node.at;
            if whole { 0..text.find('\n').unwrap_or(0) } else { found.start + yaml.start..found.end + yaml.start }
        }
        Err(_) => 0..0,
    }
}

fn quoted(place: &Place, line: u32, column: u32, width: u32, text: &str) -> Located {
    let byte = |characters: u32| text.char_indices().nth(characters as usize).map_or(text.len(), |(at, _)| at);
    let within = excerpt(place, text, byte(column - 1)..byte(column - 1 + width));
    Located { line: Some(line as usize), ..within }
}

fn excerpt(place: &Place, text: &str, range: std::ops::Range<usize>) -> Located {
    let start = floor(text, range.start);
    let line_start = text[..start].rfind('\n').map_or(0, |index| index + 1);
    let line_text = text[line_start..].lines().next().unwrap_or_default();
    let line = text[..line_start].matches('\n').count() + 1;
    let in_line = start - line_start;
    let from = floor(line_text, in_line.saturating_sub(60).min(line_text.len()));
    let until = floor(line_text, (in_line + 100).min(line_text.len())).max(from);
    let mark_end =
        floor(line_text, (range.end.max(start) - line_start).clamp(in_line, until.max(in_line)).min(line_text.len()));
    Located {
        file: place.file.clone(),
        line: Some(line),
        column: text[line_start..start].chars().count() + 1,
        excerpt: Some(Excerpt {
            line: line_text[from..until].to_owned(),
            mark: in_line.min(until) - from..mark_end.max(in_line.min(until)) - from,
        }),
    }
}

fn floor(text: &str, index: usize) -> usize {
    (0..=index.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, spot: Spot) -> (Option<usize>, usize, String) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(&folder.path().join("a.md"), text.as_bytes()).expect("written");
        let located = locate(folder.path(), &Place { file: "a.md".into(), spot });
        let marked = located.excerpt.map(|excerpt| excerpt.line[excerpt.mark].to_owned()).unwrap_or_default();
        (located.line, located.column, marked)
    }

    #[test]
    fn a_value_and_a_key_are_found() {
        let text = "---\ntitle: A\ncountries: [Mexico, Mexcio]\nauhtors: B\n---\nText\n";
        assert_eq!(at(text, Spot::Value("countries/1".into())), (Some(3), 21, "Mexcio".into()));
        assert_eq!(at(text, Spot::Key("auhtors".into())), (Some(4), 1, "auhtors".into()));
        assert_eq!(at(text, Spot::Bytes(text.len() as u32 - 5, text.len() as u32 - 1)), (Some(6), 1, "Text".into()));
    }
}
