//! Small changes to a YAML document that leave everything else in it as it stands: comments, order, quotation marks.

use super::node::{Node, NodeKind, parse};

/// A scalar: plain if it needs no quotation marks.
pub fn quoted(text: &str) -> String {
    let plain = text.chars().enumerate().all(|(i, c)| c.is_alphanumeric() || (i > 0 && " .-_’".contains(c)))
        && !text.ends_with(' ');
    let word = ["true", "false", "null", "yes", "no", "on", "off"].contains(&text.to_lowercase().as_str());
    let number = text.starts_with(|c: char| c.is_ascii_digit());
    if plain && !word && !number && !text.is_empty() {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

/// The document with a key of its top level set to a text. `None` if it is no mapping that can be read.
pub fn set(yaml: &str, key: &str, text: &str) -> Option<String> {
    put(yaml, key, |value| match value {
        Some(node) => Change::Replace(node.at.clone(), quoted(text)),
        None => Change::Value(quoted(text)),
    })
}

/// The document with one more item in the list at a key of its top level; an item that is there already is not added
/// again. `None` if it is no mapping that can be read, or if the key holds a mapping.
pub fn add(yaml: &str, key: &str, item: &str) -> Option<String> {
    let node = parse_or_empty(yaml)?;
    let has = |node: &Node| node.scalar() == Some(item);
    if let Some(value) = value_of(&node, key)
        && (has(value) || matches!(&value.kind, NodeKind::List(items) if items.iter().any(has)))
    {
        return Some(yaml.to_owned());
    }
    put(yaml, key, |value| match value.map(|node| (&node.at, &node.kind)) {
        None => Change::Value(format!("[{}]", quoted(item))),
        Some((at, NodeKind::Scalar(first))) => {
            Change::Replace(at.clone(), format!("[{}, {}]", quoted(first), quoted(item)))
        }
        Some((at, NodeKind::List(items))) => match items.last() {
            None => match yaml[at.start..].find(']') {
                Some(end) => Change::Replace(at.start..at.start + end + 1, format!("[{}]", quoted(item))),
                None => Change::None,
            },
            Some(last) if yaml[at.start..].starts_with('[') => {
                Change::Insert(last.at.end, format!(", {}", quoted(item)))
            }
            Some(last) => {
                let line = yaml[..last.at.start].rfind('\n').map_or(0, |at| at + 1);
                let lead = &yaml[line..last.at.start];
                Change::Line(last.at.end, format!("{lead}{}\n", quoted(item)))
            }
        },
        Some(_) => Change::None,
    })
}

enum Change {
    /// The bytes of a value are replaced.
    Replace(std::ops::Range<usize>, String),
    /// A text comes in at a byte.
    Insert(usize, String),
    /// A line comes in behind the line of a byte.
    Line(usize, String),
    /// The key has no value yet.
    Value(String),
    /// It cannot be done.
    None,
}

fn put(yaml: &str, key: &str, change: impl FnOnce(Option<&Node>) -> Change) -> Option<String> {
    let root = parse_or_empty(yaml)?;
    let NodeKind::Map(entries) = &root.kind else { return None };
    let entry = entries.iter().find(|(name, _)| name.scalar() == Some(key));
    let value = entry.map(|(_, value)| value).filter(|value| !matches!(value.kind, NodeKind::Null));
    let mut out = yaml.to_owned();
    match (change(value), entry) {
        (Change::Replace(at, text), _) => out.replace_range(at, &text),
        (Change::Insert(at, text), _) => out.insert_str(at, &text),
        (Change::Line(at, text), _) => out.insert_str(line_end(&out, at), &text),
        (Change::Value(text), Some((name, _))) => {
            let colon = name.at.end + yaml[name.at.end..].find(':')? + 1;
            out.insert_str(colon, &format!(" {text}"));
        }
        (Change::Value(text), None) => {
            if !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
            out.push_str(&format!("{key}: {text}\n"));
        }
        (Change::None, _) => return None,
    }
    Some(out)
}

/// The byte behind the line in which a byte stands; a line without an end gets one before it is asked.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

fn parse_or_empty(yaml: &str) -> Option<Node> {
    let node = parse(yaml).ok()?;
    let empty = matches!(node.kind, NodeKind::Null);
    Some(if empty { Node { at: node.at, kind: NodeKind::Map(Vec::new()) } } else { node })
}

fn value_of<'n>(root: &'n Node, key: &str) -> Option<&'n Node> {
    let NodeKind::Map(entries) = &root.kind else { return None };
    entries.iter().find(|(name, _)| name.scalar() == Some(key)).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scalar_is_quoted_where_yaml_would_read_something_else() {
        for (text, expect) in [
            ("First Author", "First Author"),
            ("Politics: Reform", "\"Politics: Reform\""),
            ("no", "\"no\""),
            ("1984", "\"1984\""),
            ("", "\"\""),
            ("- a", "\"- a\""),
        ] {
            assert_eq!(quoted(text), expect);
        }
    }

    #[test]
    fn a_value_is_set_and_all_else_stays() {
        for (yaml, expect) in [
            ("a: 1 # one\nslug: old # why\nb: 2\n", "a: 1 # one\nslug: new # why\nb: 2\n"),
            ("slug: 'old'\n", "slug: new\n"),
            ("slug:\nb: 2\n", "slug: new\nb: 2\n"),
            ("a: 1\n", "a: 1\nslug: new\n"),
            ("a: 1", "a: 1\nslug: new\n"),
            ("", "slug: new\n"),
        ] {
            assert_eq!(set(yaml, "slug", "new").as_deref(), Some(expect), "{yaml:?}");
        }
        assert_eq!(set("- a\n", "slug", "new"), None);
    }

    #[test]
    fn an_item_is_added_in_the_way_the_list_is_written() {
        for (yaml, expect) in [
            ("b: 2\n", "b: 2\naliases: [\"/x/\"]\n"),
            ("aliases: [/a/] # old\n", "aliases: [/a/, \"/x/\"] # old\n"),
            ("aliases: []\n", "aliases: [\"/x/\"]\n"),
            ("aliases: /a/\n", "aliases: [\"/a/\", \"/x/\"]\n"),
            ("aliases:\n  - /a/ # old\nb: 2\n", "aliases:\n  - /a/ # old\n  - \"/x/\"\nb: 2\n"),
            ("aliases:\n- /a/\n", "aliases:\n- /a/\n- \"/x/\"\n"),
            ("aliases:\nb: 2\n", "aliases: [\"/x/\"]\nb: 2\n"),
            ("aliases: [/x/]\n", "aliases: [/x/]\n"),
        ] {
            assert_eq!(add(yaml, "aliases", "/x/").as_deref(), Some(expect), "{yaml:?}");
        }
        assert_eq!(add("aliases: {a: 1}\n", "aliases", "/x/"), None);
    }
}
