//! A report's file: split, read, and every problem located. Changes to front matter keep it readable.

#![no_main]

use briefpress::source::front::ReportFront;
use briefpress::source::split;
use briefpress::yaml::{edit, parse_node, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(parts) = split("content/reports/a.md", text, true) else { return };
    assert!(parts.yaml.end <= parts.body && parts.body <= text.len());
    let yaml = &text[parts.yaml];
    match read::<ReportFront>(yaml) {
        Ok(_) => {}
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            if let Ok(node) = parse_node(yaml) {
                for problem in &problems {
                    let at = node.locate(&problem.at);
                    assert!(at.start <= at.end && at.end <= yaml.len(), "{problem:?} stands outside of the document");
                }
            }
        }
    }
    if let Some(changed) = edit::set(yaml, "slug", "new").and_then(|yaml| edit::add(&yaml, "aliases", "/old/")) {
        let read_again = parse_node(&changed).ok().map(|node| format!("{node:?}"));
        assert!(read_again.is_some_and(|node| node.contains("/old/")), "{yaml:?} became {changed:?}");
    }
});
