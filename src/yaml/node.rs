//! A YAML document as a tree with positions: the slow way, taken only to say where something stands.

use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

use super::{Problem, options};

/// Where a problem stands in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Position {
    /// The value at a key path.
    Value(String),
    /// The key at a key path.
    Key(String),
    /// Bytes of the document.
    Bytes(Range<usize>),
}

/// A node and the bytes that it stands at.
#[derive(Debug, Clone)]
pub struct Node {
    /// Bytes of the document.
    pub at: Range<usize>,
    /// What it is.
    pub kind: NodeKind,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// Nothing: `~`, `null` or no value.
    Null,
    /// A text, number or flag.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order of the document.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// The text of a scalar.
    pub fn scalar(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a key, or the item of a number.
    pub fn step(&self, step: &str) -> Option<&Node> {
        match &self.kind {
            NodeKind::Map(entries) => {
                entries.iter().find(|(key, _)| key.scalar() == Some(step)).map(|(_, value)| value)
            }
            NodeKind::List(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// Whether it has keys.
    pub fn is_map(&self) -> bool {
        matches!(self.kind, NodeKind::Map(_))
    }

    /// What it is, in words.
    pub fn kind_name(&self) -> String {
        match &self.kind {
            NodeKind::Null => "nothing".to_owned(),
            NodeKind::Scalar(text) => format!("`{text}`"),
            NodeKind::List(_) => "a list".to_owned(),
            NodeKind::Map(_) => "a mapping".to_owned(),
        }
    }

    /// The bytes of a position; of the nearest node above it if the path leads nowhere.
    pub fn locate(&self, position: &Position) -> Range<usize> {
        match position {
            Position::Bytes(range) => range.clone(),
            Position::Value(path) => self.descend(path).1.at.clone(),
            Position::Key(path) => {
                let (key, value) = self.descend(path);
                key.unwrap_or(value).at.clone()
            }
        }
    }

    /// Follows a key path as far as it leads: the last key passed and the node reached.
    fn descend(&self, path: &str) -> (Option<&Node>, &Node) {
        let mut reached = (None, self);
        for step in path.split('/').filter(|step| !step.is_empty()) {
            let next = match &reached.1.kind {
                NodeKind::Map(entries) => {
                    entries.iter().find(|(key, _)| key.scalar() == Some(step)).map(|(k, v)| (Some(k), v))
                }
                NodeKind::List(items) => {
                    step.parse().ok().and_then(|index: usize| items.get(index)).map(|item| (None, item))
                }
                _ => None,
            };
            match next {
                Some(next) => reached = next,
                None => break,
            }
        }
        reached
    }
}

/// Reads a document into a tree with positions.
pub fn parse(text: &str) -> Result<Node, Problem> {
    serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options())
        .map(|root| finish(root, text))
        .map_err(|error| syntax_problem(text, &error))
}

/// The parser's own complaint, with the bytes that it points at and cures for the usual causes.
pub(super) fn syntax_problem(text: &str, error: &serde_yaml::Error) -> Problem {
    let error = error.without_snippet();
    let start = error
        .location()
        .map_or(0, |location| line_start(text, location.line() as usize) + column_bytes(text, &location));
    let start = floor(text, start);
    let full = error.to_string();
    let message = full.lines().next().unwrap_or_default().trim_start_matches("error: ");
    // The place is told beside it, counted from the beginning of the file.
    let message = message.split(" at line ").next().unwrap_or(message);
    let (start, fact, cure) = usual_cause(text, start, message);
    let end = text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
    Problem { at: Position::Bytes(start..end), message: format!("this is not valid YAML: {fact}"), hint: cure }
}

fn line_start(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum()
}

fn column_bytes(text: &str, location: &serde_yaml::Location) -> usize {
    let line = &text[line_start(text, location.line() as usize)..];
    line.chars().take((location.column() as usize).saturating_sub(1)).map(char::len_utf8).sum()
}

const COLON: (&str, &str) =
    ("a value holds a colon", "a value with a colon needs quotation marks: title: \"Politics: a headline\"");

/// What the parser complains of, the fact in an editor's words, and the cure.
const CAUSES: [(&str, &str, &str); 8] = [
    (
        "Depth",
        "it nests too deeply",
        "front matter may nest 32 levels, and have 100,000 values and 10,000 aliases: keep data in a file beside the text",
    ),
    (
        "budget",
        "it holds too much",
        "front matter may nest 32 levels, and have 100,000 values and 10,000 aliases: keep data in a file beside the text",
    ),
    (
        "unclosed bracket",
        "a bracket is not closed",
        "put its counterpart at the end of the value, or the whole value in quotation marks",
    ),
    ("unclosed quote", "a quotation mark is not closed", "close it at the end of the value"),
    (
        "unknown anchor",
        "`*` refers to an anchor that is not there",
        "a value that begins with `*` needs quotation marks",
    ),
    ("unexpected character", "a value cannot begin with this sign", "put the whole value in quotation marks"),
    ("simple key expected", "this line has no colon", "a key is followed by a colon, a space and its value"),
    ("a tab", "a tab stands before the value", "indent with spaces: YAML does not allow tabs there"),
];

/// What an editor did, as far as the parser's complaint and the line show it: where, the fact and the cure.
fn usual_cause(text: &str, at: usize, complaint: &str) -> (usize, String, Option<String>) {
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let told = |(fact, cure): (&str, &str)| (at, fact.to_owned(), Some(cure.to_owned()));
    let complaint = if line.trim_start_matches(' ').starts_with('\t') { "a tab" } else { complaint };
    if let Some((_, fact, cure)) = CAUSES.iter().find(|(words, ..)| complaint.contains(words)) {
        return told((fact, cure));
    }
    if let Some(rest) = complaint.strip_prefix("duplicate mapping key: ") {
        let key = rest.split(", set ").next().unwrap_or(rest);
        return told((&format!("the key `{key}` stands twice"), "a key may stand only once: remove one of them"));
    }
    if let Some((open, bracket)) = unclosed(&text[..at]) {
        let close = if bracket == '[' { ']' } else { '}' };
        let cure = format!("put `{close}` at the end of the value, or the whole value in quotation marks");
        return (open, format!("`{bracket}` is not closed"), Some(cure));
    }
    let colons = line.matches(": ").count();
    match complaint.contains("mapping values") {
        true if colons <= 1 && line.starts_with(' ') => {
            told(("this line is indented otherwise than the one above", "keys of one mapping begin in the same column"))
        }
        true => told(COLON),
        false if colons > 1 => told(COLON),
        false => told((complaint, "compare it with the line above: indentation, colons, brackets and quotation marks")),
    }
}

/// The last bracket of a list or mapping that is still open at the end of a text.
fn unclosed(text: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quote: Option<char> = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(mark), c) if mark == c => quote = None,
            (None, '"') => quote = Some('"'),
            (None, '[' | '{') => open.push((at, c)),
            (None, ']' | '}') => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

enum Raw {
    Null,
    Scalar(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

fn finish(raw: Spanned<Raw>, text: &str) -> Node {
    let span = raw.referenced.span();
    let start = span.byte_offset().unwrap_or(0) as usize;
    let end = start + span.byte_len().unwrap_or(0) as usize;
    let start = floor(text, start);
    let end = floor(text, end.max(start));
    let kind = match raw.value {
        Raw::Null => NodeKind::Null,
        Raw::Scalar(value) => NodeKind::Scalar(value),
        Raw::List(items) => NodeKind::List(items.into_iter().map(|item| finish(item, text)).collect()),
        Raw::Map(entries) => {
            NodeKind::Map(entries.into_iter().map(|(key, value)| (finish(key, text), finish(value, text))).collect())
        }
    };
    Node { at: start..end, kind }
}

fn floor(text: &str, index: usize) -> usize {
    (0..=index.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a YAML value")
    }
    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_bool<E>(self, flag: bool) -> Result<Raw, E> {
        Ok(Raw::Scalar(flag.to_string()))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Raw, E> {
        Ok(Raw::Scalar(number.to_string()))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Raw, E> {
        Ok(Raw::Scalar(number.to_string()))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Raw, E> {
        Ok(Raw::Scalar(number.to_string()))
    }
    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Scalar(text.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}
