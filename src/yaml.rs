//! YAML into types, with every problem of a document told at once and at its own place.
//!
//! The fast way is serde's derive, straight into the type. Only when that refuses a document is it read again as a
//! tree with positions, and held against the type's [`Shape`], which lists all that does not fit.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Place, nearest};

pub mod edit;
mod given;
mod node;
pub use given::Given;
pub use node::{Node, NodeKind, Position, parse as parse_node};

/// What does not fit in a document, and where: a key path (steps joined by `/`), or bytes when it is not even YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub at: Position,
    /// The fact.
    pub message: String,
    /// The cure.
    pub hint: Option<String>,
}

impl Problem {
    /// The problem as a finding in a file in which the document begins at byte `offset`.
    pub fn into_diagnostic(self, file: &str, offset: usize) -> Diagnostic {
        let place = match self.at {
            Position::Value(path) => Place::value(file, path),
            Position::Key(path) => Place::key(file, path),
            Position::Bytes(range) => Place::bytes(file, range.start + offset..range.end + offset),
        };
        Diagnostic::error(place, self.message).maybe_hint(self.hint)
    }
}

/// Nodes, bytes and nesting that a document may have; what is beyond is refused by the parser.
fn options() -> serde_yaml::options::Options {
    serde_yaml::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
        budget: serde_yaml::budget! {
            max_depth: 32,
            max_nodes: 100_000,
            max_anchors: 1_000,
            max_aliases: 10_000,
        },
    }
}

/// Reads a document into a type.
///
/// Takes the text of one YAML document; gives the value, or all problems found in it.
pub fn read<T: DeserializeOwned + Default + Shape>(text: &str) -> Result<T, Vec<Problem>> {
    if text.trim().is_empty() {
        return Ok(T::default());
    }
    serde_yaml::from_str_with_options::<Option<T>>(text, options())
        .map(Option::unwrap_or_default)
        .map_err(|error| explain::<T>(text, &error))
}

/// Reads what is left of a document without the entries that have problems, so that more can be found in it.
pub fn read_around<T: DeserializeOwned>(text: &str, problems: &[Problem]) -> Option<T> {
    let tree = parse_node(text).ok()?;
    let NodeKind::Map(entries) = &tree.kind else { return None };
    let mut rest = text.to_owned();
    for problem in problems {
        let (Position::Key(path) | Position::Value(path)) = &problem.at else { return None };
        let key = path.split('/').next();
        let index = entries.iter().position(|(name, _)| name.scalar() == key)?;
        let start = entries[index].0.at.start;
        let end = entries.get(index + 1).map_or(text.len(), |(next, _)| next.at.start);
        // As many bytes as before: what is found in the rest keeps its place.
        let blank: String = text[start..end].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
        rest.replace_range(start..end, &blank);
    }
    serde_yaml::from_str_with_options::<Option<T>>(&rest, options()).ok().flatten()
}

fn explain<T: Shape>(text: &str, error: &serde_yaml::Error) -> Vec<Problem> {
    let mut problems = Vec::new();
    match parse_node(text) {
        Ok(node) => T::check(&node, "", &mut problems),
        Err(problem) => problems.push(problem),
    }
    if problems.is_empty() {
        problems.push(node::syntax_problem(text, error));
    }
    problems
}

/// What a type accepts, so that all that does not fit can be told at once.
pub trait Shape {
    /// Holds a node against the type and adds what does not fit.
    fn check(node: &Node, path: &str, problems: &mut Vec<Problem>);

    /// The keys that it knows, if it is a mapping.
    fn keys() -> &'static [&'static str] {
        &[]
    }
}

/// A key path with one more step.
pub fn join(path: &str, step: impl std::fmt::Display) -> String {
    if path.is_empty() { step.to_string() } else { format!("{path}/{step}") }
}

fn wrong(path: &str, expected: &str, cure: &str, node: &Node, problems: &mut Vec<Problem>) {
    problems.push(Problem {
        at: Position::Value(path.to_owned()),
        message: format!("{} must be {expected}, not {}", last_step(path), node.kind_name()),
        hint: Some(cure.replace("KEY", path.rsplit('/').find(|step| !is_index(step)).unwrap_or("title"))),
    });
}

fn is_index(step: &str) -> bool {
    !step.is_empty() && step.bytes().all(|b| b.is_ascii_digit())
}

fn last_step(path: &str) -> String {
    let mut steps = path.rsplit('/');
    match (steps.next(), steps.next()) {
        (Some(step), Some(list)) if is_index(step) => format!("an entry of `{list}`"),
        (Some("") | None, _) => "the whole".to_owned(),
        (Some(step), _) => format!("`{step}`"),
    }
}

/// The problem of a key that is not known, with the nearest that is.
pub fn unknown_key(path: &str, key: &str, known: &[&str]) -> Problem {
    let hint = match nearest(key, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.contains(&"extra") => {
            format!("fields of your own stand below `extra:`; known here: {}", known.join(", "))
        }
        None => format!("known here: {}", known.join(", ")),
    };
    Problem { at: Position::Key(join(path, key)), message: format!("unknown key `{key}`"), hint: Some(hint) }
}

impl Shape for String {
    fn check(node: &Node, path: &str, problems: &mut Vec<Problem>) {
        if !matches!(node.kind, NodeKind::Scalar(_)) {
            wrong(
                path,
                "text",
                "text with brackets, braces or colons stands in quotation marks: KEY: \"…\"",
                node,
                problems,
            );
        }
    }
}

impl Shape for bool {
    fn check(node: &Node, path: &str, problems: &mut Vec<Problem>) {
        if !matches!(node.scalar(), Some("true" | "false" | "True" | "False" | "TRUE" | "FALSE")) {
            wrong(path, "true or false", "write KEY: true, or remove the line", node, problems);
        }
    }
}

impl Shape for u32 {
    fn check(node: &Node, path: &str, problems: &mut Vec<Problem>) {
        if node.scalar().and_then(|text| text.parse::<u32>().ok()).is_none() {
            wrong(path, "a whole number", "digits only: KEY: 12", node, problems);
        }
    }
}

impl<T: Shape> Shape for Option<T> {
    fn check(node: &Node, path: &str, problems: &mut Vec<Problem>) {
        if !matches!(node.kind, NodeKind::Null) {
            T::check(node, path, problems);
        }
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn check(node: &Node, path: &str, problems: &mut Vec<Problem>) {
        let NodeKind::List(items) = &node.kind else {
            return wrong(
                path,
                "a list",
                "each entry is a line of its own below KEY: and begins with `- `",
                node,
                problems,
            );
        };
        for (index, item) in items.iter().enumerate() {
            T::check(item, &join(path, index), problems);
        }
    }
}

impl<T: Shape> Shape for BTreeMap<String, T> {
    fn check(node: &Node, path: &str, problems: &mut Vec<Problem>) {
        let NodeKind::Map(entries) = &node.kind else {
            return wrong(
                path,
                "a mapping of names to values",
                "each entry is an indented line of its own below KEY: `name: value`",
                node,
                problems,
            );
        };
        for (key, value) in entries {
            T::check(value, &join(path, key.scalar().unwrap_or_default()), problems);
        }
    }
}

/// Any value at all: what a site keeps under `extra`.
impl Shape for serde_json::Value {
    fn check(_: &Node, _: &str, _: &mut Vec<Problem>) {}
}

/// One text or a list of texts: `countries: Mexico` and `countries: [Mexico, Brazil]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Texts(pub Vec<String>);

impl Shape for Texts {
    fn check(node: &Node, path: &str, problems: &mut Vec<Problem>) {
        match &node.kind {
            NodeKind::Scalar(_) | NodeKind::Null => {}
            NodeKind::List(_) => Vec::<String>::check(node, path, problems),
            NodeKind::Map(_) => {
                wrong(path, "a text or a list of texts", "write KEY: One, or KEY: [One, Two]", node, problems);
            }
        }
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;
        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Texts;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text or a list of texts")
            }
            fn visit_str<E>(self, text: &str) -> Result<Texts, E> {
                Ok(Texts(vec![text.to_owned()]))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Texts, E> {
                Ok(Texts(vec![number.to_string()]))
            }
            fn visit_bool<E>(self, flag: bool) -> Result<Texts, E> {
                Ok(Texts(vec![flag.to_string()]))
            }
            fn visit_unit<E>(self) -> Result<Texts, E> {
                Ok(Texts::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Texts, A::Error> {
                let mut texts = Vec::with_capacity(list.size_hint().unwrap_or(2).min(64));
                while let Some(text) = list.next_element()? {
                    texts.push(text);
                }
                Ok(Texts(texts))
            }
        }
        deserializer.deserialize_any(OneOrMany)
    }
}

/// A plain text, or a mapping that says more: a source, a disclosure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextOr<T> {
    /// The short form.
    Text(String),
    /// The long form.
    Map(T),
}

impl<T: Shape> Shape for TextOr<T> {
    fn check(node: &Node, path: &str, problems: &mut Vec<Problem>) {
        match node.kind {
            NodeKind::Scalar(_) => {}
            NodeKind::Map(_) => T::check(node, path, problems),
            _ => {
                wrong(
                    path,
                    "a text or a mapping",
                    "write the text alone, or its parts as `key: value`",
                    node,
                    problems,
                );
            }
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for TextOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = TextOr<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text or a mapping")
            }
            fn visit_str<E>(self, text: &str) -> Result<TextOr<T>, E> {
                Ok(TextOr::Text(text.to_owned()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<TextOr<T>, E> {
                Ok(TextOr::Text(number.to_string()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TextOr<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(TextOr::Map)
            }
        }
        deserializer.deserialize_any(Either(std::marker::PhantomData))
    }
}

/// Declares a struct that mirrors a YAML mapping: serde's derive for the fast way, [`Shape`] for telling all problems.
macro_rules! shape {
    ($(#[$about:meta])* pub struct $name:ident { $( $(#[$doc:meta])* $field:ident : $kind:ty ),* $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $( $(#[$doc])* pub $field: $kind ),* }

        impl $name {
            /// The keys that are known here, in the order of the declaration.
            pub const KEYS: &'static [&'static str] = &[$( $crate::yaml::key_name(stringify!($field)) ),*];

            /// Whether a key is there and says something.
            #[allow(dead_code, reason = "some shapes are never asked")]
            pub fn given(&self, key: &str) -> bool {
                $( if key == $crate::yaml::key_name(stringify!($field)) {
                    return $crate::yaml::Given::given(&self.$field);
                } )*
                false
            }
        }

        impl $crate::yaml::Given for $name {
            fn given(&self) -> bool {
                true
            }
        }

        impl $crate::yaml::Shape for $name {
            fn keys() -> &'static [&'static str] {
                Self::KEYS
            }

            fn check(node: &$crate::yaml::Node, path: &str, problems: &mut Vec<$crate::yaml::Problem>) {
                let Some(entries) = $crate::yaml::entries(node, path, problems) else { return };
                for (key, value) in entries {
                    let key = key.scalar().unwrap_or_default();
                    let here = $crate::yaml::join(path, key);
                    $( if key == $crate::yaml::key_name(stringify!($field)) {
                        <$kind as $crate::yaml::Shape>::check(value, &here, problems);
                        continue;
                    } )*
                    problems.push($crate::yaml::unknown_key(path, key, Self::KEYS));
                }
            }
        }
    };
}
pub(crate) use shape;

/// The YAML key of a Rust field: without the `r#` that a reserved word needs.
pub const fn key_name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

/// The entries of a mapping, or the problem that it is none.
pub fn entries<'n>(node: &'n Node, path: &str, problems: &mut Vec<Problem>) -> Option<&'n [(Node, Node)]> {
    match &node.kind {
        NodeKind::Map(entries) => Some(entries),
        NodeKind::Null => None,
        _ => {
            wrong(
                path,
                "a mapping of keys to values",
                "each line holds a key, a colon, a space and a value: `title: The headline`",
                node,
                problems,
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    shape! {
        /// A small mapping.
        pub struct Small {
            /// A text.
            title: Option<String>,
            /// One or many.
            authors: Texts,
            /// A flag.
            featured: Option<bool>,
            /// Deeper.
            parts: Vec<Part>,
        }
    }
    shape! {
        /// A part.
        pub struct Part {
            /// A reserved word as a key.
            r#type: Option<String>,
        }
    }

    fn told(text: &str) -> Vec<String> {
        match read::<Small>(text) {
            Ok(small) => panic!("expected problems, got {small:?}"),
            Err(problems) => problems
                .into_iter()
                .map(|p| format!("{:?}: {} {}", p.at, p.message, p.hint.unwrap_or_default()))
                .collect(),
        }
    }

    #[test]
    fn words_keep_their_spelling() {
        let small: Small = read("title: 1.10\nauthors: NO\nparts:\n- type: yes\n").expect("fits");
        assert_eq!(small.title.as_deref(), Some("1.10"));
        assert_eq!(small.authors.0, ["NO"]);
        assert_eq!(small.parts[0].r#type.as_deref(), Some("yes"));
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let told = told("titel: A\nauthors: {a: b}\nfeatured: maybe\nparts: [{kind: x}, 3]\n");
        assert_eq!(told.len(), 5, "{told:#?}");
        assert_eq!(told[0], r#"Key("titel"): unknown key `titel` did you mean `title`?"#);
        assert_eq!(
            told[1],
            r#"Value("authors"): `authors` must be a text or a list of texts, not a mapping write authors: One, or authors: [One, Two]"#
        );
    }

    #[test]
    fn an_empty_document_is_an_empty_mapping() {
        assert!(read::<Small>("").expect("empty").title.is_none());
        assert!(read::<Small>("# only a comment\n").expect("comment").title.is_none());
    }

    #[test]
    fn what_is_not_yaml_is_told_with_its_place() {
        assert!(told("title: [a\n")[0].starts_with("Bytes("));
        assert!(told("title: a\ntitle: b\n")[0].contains("title"));
    }
}
