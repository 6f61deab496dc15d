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

/// The document with a value set at a path of keys and numbers of items: `["3", "until"]`. `value` is written as it stands; see
/// [`quoted`]. A last key that is not there is added behind the first one of its mapping, a first one at the end of the document.
/// `None` if there is no such place.
pub fn set_at(yaml: &str, path: &[&str], value: &str) -> Option<String> {
    let root = parse_or_empty(yaml)?;
    let (last, way) = path.split_last()?;
    let Some(holder) = way.iter().try_fold(&root, |node, step| node.step(step)).filter(|node| node.is_map()) else {
        let [first] = way else { return None };
        if !root.is_map() {
            return None;
        }
        // A mapping without anything in it yet.
        let ended = if yaml.is_empty() || yaml.ends_with('\n') { "" } else { "\n" };
        return value_of(&root, first).is_none().then(|| format!("{yaml}{ended}{first}:\n  {last}: {value}\n"));
    };
    let mut out = yaml.to_owned();
    let NodeKind::Map(entries) = &holder.kind else { return None };
    if let Some((key, old)) = entries.iter().find(|(key, _)| key.scalar() == Some(last)) {
        if matches!(old.kind, NodeKind::Null) && !["~", "null"].contains(&yaml[old.at.clone()].trim()) {
            let colon = key.at.end + yaml[key.at.end..].find(':')? + 1;
            out.insert_str(colon, &format!(" {value}"));
        } else {
            out.replace_range(old.at.start..end_of(yaml, old)?, value);
        }
        return Some(out);
    }
    let (key, first) = entries.first()?;
    let behind = end_of(yaml, first)?;
    if yaml[holder.at.start..].starts_with('{') {
        out.insert_str(behind, &format!(", {last}: {value}"));
    } else {
        let line = yaml[..key.at.start].rfind('\n').map_or(0, |at| at + 1);
        let indent = " ".repeat(yaml[line..key.at.start].chars().count());
        let end = line_end(yaml, behind);
        let ended = if yaml[..end].ends_with('\n') { "" } else { "\n" };
        out.insert_str(end, &format!("{ended}{indent}{last}: {value}\n"));
    }
    Some(out)
}

/// Where a value ends. The place of a collection in brackets is that of the first one; one in lines has no end that could be told.
fn end_of(yaml: &str, node: &Node) -> Option<usize> {
    let (close, last) = match &node.kind {
        NodeKind::Scalar(_) | NodeKind::Null => return Some(node.at.end),
        NodeKind::List(items) => (']', items.last()),
        NodeKind::Map(entries) => ('}', entries.last().map(|(_, value)| value)),
    };
    let open = node.at.start;
    yaml[open..].starts_with(['[', '{']).then_some(())?;
    let inner = last.map_or(Some(open + 1), |last| end_of(yaml, last))?;
    Some(inner + yaml[inner..].find(close)? + 1)
}

/// The document with one more mapping at the end of the list that it is. `None` if it is something else, or a list in brackets.
pub fn append(yaml: &str, entries: &[(&str, String)]) -> Option<String> {
    let node = parse(yaml).ok()?;
    let indent = match &node.kind {
        NodeKind::Null => 0,
        NodeKind::List(_) if !yaml[node.at.start..].starts_with('[') => {
            let line = yaml[..node.at.start].rfind('\n').map_or(0, |at| at + 1);
            yaml[line..].find('-')?
        }
        _ => return None,
    };
    let mut out = yaml.to_owned();
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    for (index, (key, value)) in entries.iter().enumerate() {
        let lead = if index == 0 { "- " } else { "  " };
        out.push_str(&format!("{}{lead}{key}: {value}\n", " ".repeat(indent)));
    }
    Some(out)
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
    fn a_value_is_set_anywhere_and_all_else_stays() {
        for (yaml, path, expect) in [
            (
                "- id: a # one\n  until: 2025 # paid\n- id: b\n",
                &["0", "until"][..],
                "- id: a # one\n  until: X # paid\n- id: b\n",
            ),
            ("- id: a # one\n- id: b", &["0", "until"], "- id: a # one\n  until: X\n- id: b"),
            ("- id: a\n- id: b", &["1", "until"], "- id: a\n- id: b\n  until: X\n"),
            ("- {id: a, plans: [x]}\n", &["0", "until"], "- {id: a, until: X, plans: [x]}\n"),
            ("- {id: a, until: {1: 1, 2: [b, c]}, plans: [x]}\n", &["0", "until"], "- {id: a, until: X, plans: [x]}\n"),
            ("- {plans: [x, y], id: a}\n", &["0", "until"], "- {plans: [x, y], until: X, id: a}\n"),
            ("- plans: [x,\n    y]\n  id: a\n", &["0", "until"], "- plans: [x,\n    y]\n  until: X\n  id: a\n"),
            ("- id: a\n  until: {} # none\n", &["0", "until"], "- id: a\n  until: X # none\n"),
            ("- id: a\n  until: # none\n  b: 1\n", &["0", "until"], "- id: a\n  until: X # none\n  b: 1\n"),
            ("- id: a\n  until: ~\n", &["0", "until"], "- id: a\n  until: X\n"),
            ("sealed:\n  keys: 1 # old\n", &["sealed", "keys"], "sealed:\n  keys: X # old\n"),
            ("a: 1", &["sealed", "keys"], "a: 1\nsealed:\n  keys: X\n"),
        ] {
            assert_eq!(set_at(yaml, path, "X").as_deref(), Some(expect), "{yaml:?}");
        }
        assert_eq!(set_at("- id: a\n", &["4", "until"], "X"), None);
        assert_eq!(set_at("- id: a\n  until:\n    b: 1\n", &["0", "until"], "X"), None, "in lines");
    }

    #[test]
    fn an_entry_is_added_at_the_end() {
        let entry = [("id", "b".to_owned()), ("plans", "[x]".to_owned())];
        for (yaml, expect) in [
            ("", "- id: b\n  plans: [x]\n"),
            ("# none yet\n", "# none yet\n- id: b\n  plans: [x]\n"),
            ("- id: a # one", "- id: a # one\n- id: b\n  plans: [x]\n"),
            ("  - id: a\n", "  - id: a\n  - id: b\n    plans: [x]\n"),
        ] {
            assert_eq!(append(yaml, &entry).as_deref(), Some(expect), "{yaml:?}");
        }
        assert_eq!(append("[{id: a}]\n", &entry), None);
        assert_eq!(append("a: 1\n", &entry), None);
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
