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
