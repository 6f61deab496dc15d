//! What an editor is told: place, excerpt, fact and cure, all of it in one run.
//!
//! Each file in `messages/` holds cases: `=== what is wrong`, a small site, and behind `-- told --` all that is told of it.
//! `UPDATE_MESSAGES=1` writes the last part anew: read what changed as an editor would.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::Site;

const TOLD: &str = "-- told --\n";

fn files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir("tests/sites/messages").expect("the cases").flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

/// The cases of a file with what is told now.
fn tell_anew(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("cases");
    let cases = text.split("=== ").skip(1).map(|case| {
        let (name, rest) = case.split_once('\n').expect("a name");
        let site = rest.split(TOLD).next().unwrap_or_default();
        format!("=== {name}\n{site}{TOLD}{}", Site::new(site).told())
    });
    cases.collect()
}

#[test]
fn every_message_is_as_it_is_written_down() {
    let mut changed = Vec::new();
    for file in files() {
        let told = tell_anew(&file);
        if std::env::var_os("UPDATE_MESSAGES").is_some() {
            fs::write(&file, told).expect("written");
        } else if told != fs::read_to_string(&file).expect("cases") {
            changed.push(file.display().to_string());
        }
    }
    assert!(changed.is_empty(), "messages changed: run with UPDATE_MESSAGES=1 and read {}", changed.join(", "));
}

/// Folders and files whose texts are no findings about a site, and why.
const NO_FINDINGS: [&str; 15] = [
    "src/import", // Word files, told by a command of their own and tested there
    "src/commands",
    "src/cli.rs",
    "src/geo",
    "src/cite.rs",  // citations
    "src/feeds.rs", // what stands in feeds
    "src/fs.rs",    // errors of the disk: tested in src/write/tests and by bad input
    "src/write",
    "src/check/leak",
    "src/render/head.rs", // words of pages
    "src/render/indexes.rs",
    "src/render/names.rs",
    "src/render/records.rs",
    "src/markdown/blocks.rs",
    "src/markdown/tables.rs",
];

/// Texts that are parts of pages, and findings that no small site can bring about.
const NOT_SHOWN: [&str; 0] = [];

/// A message that nobody has read as an editor would is not ready.
#[test]
fn every_message_of_the_source_is_shown() {
    let shown: String = files().iter().map(|file| fs::read_to_string(file).expect("cases")).collect();
    let shown = folded(&shown);
    let mut sources = Vec::new();
    crate::floors::rust_files(Path::new("src"), &mut sources);
    let mut missing = Vec::new();
    for file in sources {
        let path = file.display().to_string().replace('\\', "/");
        if NO_FINDINGS.iter().any(|prefix| path.starts_with(prefix)) || path.contains("/tests/") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source file");
        for literal in texts(&text) {
            let part = longest_part(&literal);
            if !shown.contains(&part) && !NOT_SHOWN.contains(&part.as_str()) {
                missing.push(format!("{path}: {literal}"));
            }
        }
    }
    assert!(missing.is_empty(), "no case in tests/sites/messages shows\n{}", missing.join("\n"));
}

/// The texts of three words and more in a source file, but for its tests, comments and what is HTML.
fn texts(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//") && !line.contains("reason = "));
    let code = lines.collect::<Vec<_>>().join("\n").replace("'\"'", "''").replace("\\\"", "\u{1}");
    let texts = code.split('"').skip(1).step_by(2).map(|text| text.replace('\u{1}', "\"").replace("\\\\", "\\"));
    texts.filter(|text| text.matches(' ').count() >= 2 && !text.contains("=\"{") && !text.contains("</")).collect()
}

/// The longest part of a text between the values that are put into it.
fn longest_part(text: &str) -> String {
    let marked = text.replace("{{", "\u{2}").replace("}}", "\u{3}").replace("\\n", "{}").replace("KEY", "{}");
    let parts = marked.split(['{', '}']).map(|part| part.replace('\u{2}', "{").replace('\u{3}', "}"));
    folded(&parts.max_by_key(String::len).unwrap_or_default()).trim().to_owned()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
