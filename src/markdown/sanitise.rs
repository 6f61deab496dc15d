//! Taking out of HTML whatever could run or restyle the page.
//!
//! The allow-list is that of ammonia, widened by what the renderer itself
//! writes and by elements that only mean something. Classes and ids stay;
//! `style`, `data-*` and event handlers go.

use ammonia::Builder;
use std::collections::HashSet;

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

/// HTML with only what the allow-list names.
pub(super) fn clean(html: &str) -> String {
    let mut builder = Builder::default();
    builder.add_tags(TAGS).add_generic_attributes(ANYWHERE).link_rel(None);
    for (tag, attributes) in ATTRIBUTES {
        builder.add_tag_attributes(tag, attributes);
    }
    // An input can be nothing but a box that shows its state.
    builder.add_tag_attribute_values("input", "type", ["checkbox"]);
    builder.set_tag_attribute_value("input", "type", "checkbox");
    builder.set_tag_attribute_value("input", "disabled", "");
    builder.url_schemes(HashSet::from(["http", "https", "mailto", "tel", "ftp", "geo"]));
    builder.clean(html).to_string()
}
