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
const NO_FINDINGS: [&str; 28] = [
    "src/access",        // subscribers, gifts and codes: tested in tests/sites/sealed
    "src/build/seal.rs", // the same
    "src/import",        // Word files, told by a command of their own and tested there
    "src/commands",
    "src/serve",   // what the preview says of itself: tested in tests/sites/preview
    "src/publish", // what delivery tells: tested in tests/sites/publish
    "src/cli.rs",
    "src/geo",
    "src/sealed", // what is wrong with a key, a code or a sealed file: tested there
    "src/locale",
    "src/build.rs", // what is remembered of a build
    "src/cite.rs",  // citations
    "src/feeds",    // what stands in feeds
    "src/fs.rs",    // errors of the disk: tested in src/write/tests and by bad input
    "src/write",
    "src/check/leak",
    "src/verify",             // tested in tests/sites/verify.rs
    "src/render/inspect",     // `theme check`: tested in tests/sites/themes.rs
    "src/render/overview.rs", // words of pages
    "src/render/head.rs",
    "src/render/contract.rs", // declarations of contexts
    "src/render/indexes.rs",
    "src/render/names.rs",
    "src/render/records.rs",
    "src/markdown/blocks.rs",
    "src/markdown/notes.rs",
    "src/markdown/options.rs",
    "src/markdown/tables.rs",
];

/// Texts that are no findings, and findings that no site can bring about in a test.
const NOT_SHOWN: [&str; 22] = [
    // The build reads what it has just made.
    "the index of the search cannot be looked into for gated text:",
    // Linked folders and chains of many themes are tested in themes.rs.
    "the folder is a symbolic link that leaves the site's folder",
    "copy what it points to instead",
    "build upon an earlier theme of the chain",
    // What the engine of templates says.
    "Tried to render a variable that is undefined",
    ". Available",
    // The head of a file that is written.
    "# Addresses that readers know, and what stands there. Written by `briefpress lock`; commit this file.",
    // Parts of pages.
    "loading=\"lazy\" decoding=\"async\"",
    "`body` is not defined",
    // What the parser of YAML says, and what it is told to expect.
    "at line",
    "duplicate mapping key:",
    "simple key expected",
    ", set",
    "a YAML value",
    // A word for a likelihood that editors may write as well.
    "roughly even odds",
    // The forms of gated text in the open are tested in src/check/leak.
    ", as UTF-16",
    // Rows hold public fields only.
    "a row of a list",
    // A file would have to change in the midst of a build.
    "the file changed while the site was built",
    // Pages that come from no file have addresses of their own by how these are made.
    "rename one of the files that they are made of",
    // 61,440 shortcodes in one text: tested in src/markdown/tests.
    "too many shortcodes in one text",
    "divide the text",
    // Encoders fail on pictures that were measured before only if memory runs out.
    "is damaged:",
];

/// A message that nobody has read as an editor would is not ready.
#[test]
fn every_message_of_the_source_is_shown() {
    let shown: String = files().iter().map(|file| fs::read_to_string(file).expect("cases")).collect();
    let heavy = fs::read_to_string("tests/sites/bad_input.rs").expect("the tests of bad input");
    let themes = fs::read_to_string("tests/sites/themes.rs").expect("the tests of themes");
    let shown = folded(&(shown + &heavy + &themes));
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
            let is_shown = shown.contains(&part) || shown.contains(&folded(&literal));
            if !is_shown && !NOT_SHOWN.contains(&part.as_str()) {
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
