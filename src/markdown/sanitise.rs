//! Taking out of HTML whatever could run or restyle the page.
//!
//! The allow-list is that of ammonia, widened by what the renderer itself
//! writes and by elements that only mean something. Classes and ids stay;
//! `style`, `data-*` and event handlers go.

use super::comments::{Segment, segments};
use ammonia::Builder;

const TAGS: [&str; 6] = ["aside", "input", "main", "section", "tfoot", "figure"];

/// Attributes any element may have.
const ANYWHERE: [&str; 9] =
    ["aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "class", "dir", "id", "role", "tabindex"];

/// Attributes some elements may have.
const ATTRIBUTES: [(&str, &[&str]); 10] = [
    ("img", &["loading", "decoding"]),
    ("input", &["checked", "disabled"]),
    ("details", &["open", "name"]),
    ("time", &["datetime"]),
    ("data", &["value"]),
    ("ol", &["start", "reversed", "type"]),
    ("li", &["value"]),
    ("th", &["abbr"]),
    ("a", &["download"]),
    ("area", &["alt", "coords", "href", "shape"]),
];

/// Deeper HTML is not taken on: browsers end at about this depth too, and the
/// time it takes grows with the depth.
const DEEPEST: usize = 500;

/// Elements that are never open, or that the next of their kind closes.
const FLAT: [&str; 22] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "rp",
    "rt", "source", "td", "th", "tr", "wbr",
];

/// HTML with only what the allow-list names; None if it nests too deeply.
pub(super) fn clean(html: &str) -> Option<String> {
    if deeper_than(html, DEEPEST) {
        return None;
    }
    let mut builder = Builder::default();
    builder.add_tags(TAGS).add_generic_attributes(ANYWHERE).link_rel(None);
    for (tag, attributes) in ATTRIBUTES {
        builder.add_tag_attributes(tag, attributes);
    }
    // An input can be nothing but a box to tick. Only one value is set for an
    // element: of two, the order would differ from run to run.
    builder.add_tag_attribute_values("input", "type", ["checkbox"]);
    builder.set_tag_attribute_value("input", "type", "checkbox");
    Some(builder.clean(html).to_string())
}

fn deeper_than(html: &str, deepest: usize) -> bool {
    let mut depth = 0usize;
    segments(html).filter(|(segment, _)| *segment == Segment::Tag).any(|(_, tag)| {
        let closing = tag.starts_with("</");
        let name = tag.trim_start_matches(['<', '/']);
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if !FLAT.iter().any(|flat| name.eq_ignore_ascii_case(flat)) {
            depth = if closing { depth.saturating_sub(1) } else { depth + 1 };
        }
        depth > deepest
    })
}
