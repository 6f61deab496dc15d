//! The examples of the `CommonMark` specification.

use super::{AsWritten, Options, render};

const EXAMPLES: &str = include_str!("../../../tests/commonmark/spec-0.31.2.json");

/// What may differ. Of the normalisation that the specification's own test
/// runner makes (`test/normalize.py`) only this is needed: entities stand for
/// their characters, and an element without content may be written with or
/// without a slash. Comments, which this renderer drops, are dropped.
fn normal(html: &str) -> String {
    let mut html = without_comments(html).replace("&quot;", "\"").replace("&#39;", "'");
    for tag in ["<br", "<hr"] {
        html = html.replace(&format!("{tag} />"), &format!("{tag}>"));
    }
    let mut parts = html.split("<img ");
    let mut normal = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        normal.push_str("<img ");
        normal.push_str(&part.replacen(" />", ">", 1));
    }
    normal
}

/// A comment that has its lines to itself goes with the spaces before it and
/// the line end behind it.
fn without_comments(html: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<!--") {
        kept.push_str(&rest[..start]);
        rest = &rest[start..];
        let short = ["<!-->", "<!--->"].iter().find(|short| rest.starts_with(**short));
        let length = short.map_or_else(|| rest.find("-->").map_or(rest.len(), |end| end + 3), |short| short.len());
        rest = &rest[length..];
        let before = kept.trim_end_matches(' ');
        if (before.is_empty() || before.ends_with('\n')) && rest.starts_with('\n') {
            kept.truncate(before.len());
            rest = &rest[1..];
        }
    }
    kept + rest
}

#[test]
fn every_example_is_rendered_as_the_specification_says() {
    let examples: Vec<serde_json::Value> = serde_json::from_str(EXAMPLES).expect("a list of examples");
    assert_eq!(examples.len(), 652);
    let mut wrong = Vec::new();
    for example in &examples {
        let [markdown, expected] = ["markdown", "html"].map(|key| example[key].as_str().unwrap_or_default());
        let html = render(markdown, &Options::commonmark(), &AsWritten).html;
        if normal(&html) != normal(expected) {
            wrong.push(format!("{}: {markdown:?}\n  is {html:?}\n  not {expected:?}", example["example"]));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
