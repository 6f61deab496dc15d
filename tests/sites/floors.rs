//! A module imports only from lower floors: the floors are listed in ARCHITECTURE.md.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

fn floors() -> HashMap<String, usize> {
    let text = fs::read_to_string("ARCHITECTURE.md").expect("ARCHITECTURE.md");
    let block =
        text.split("```floors\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the block of floors");
    let named =
        |(floor, line): (usize, &str)| line.split_whitespace().map(|name| (name.to_owned(), floor)).collect::<Vec<_>>();
    block.lines().rev().enumerate().flat_map(named).collect()
}

pub fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|end| end == "rs") {
            into.push(path);
        }
    }
}

/// The modules of the crate that a file names: `crate::config::…` and `use crate::{fs, url}`.
fn imports(text: &str) -> Vec<String> {
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect();
    let mut found = Vec::new();
    for (index, _) in code.match_indices("crate::") {
        if code[..index].ends_with('$') {
            continue;
        }
        let rest = &code[index + 7..];
        match rest.strip_prefix('{') {
            Some(group) => {
                let mut depth = 0;
                let mut word = String::new();
                for c in group.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' => found.push(std::mem::take(&mut word)),
                        c if depth == 0 => word.push(c),
                        _ => {}
                    }
                }
                found.push(word);
            }
            None => found.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()),
        }
    }
    found
        .into_iter()
        .map(|word| word.trim().split("::").next().unwrap_or_default().to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn modules_import_only_from_lower_floors() {
    let floors = floors();
    let mut files = Vec::new();
    rust_files(Path::new("src"), &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let inner = file.strip_prefix("src").expect("below src").with_extension("");
        let module = inner.iter().next().and_then(|name| name.to_str()).expect("a module").to_owned();
        if ["lib", "main"].contains(&module.as_str()) {
            continue;
        }
        let own = *floors.get(&module).unwrap_or_else(|| panic!("{module} stands on no floor of ARCHITECTURE.md"));
        let text = fs::read_to_string(&file).expect("a source file");
        // What only tests use is no part of the structure.
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for import in imports(text).into_iter().filter(|import| *import != module) {
            match floors.get(&import) {
                Some(floor) if *floor < own => {}
                Some(_) => wrong.push(format!("{} imports {import}, which is not below {module}", file.display())),
                None if import.chars().next().is_some_and(char::is_uppercase) => {}
                None => wrong.push(format!("{} imports {import}, which stands on no floor", file.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every error of the disk names the path and what was being done, because there is one door to it.
#[test]
fn there_is_one_door_to_the_disk() {
    let mut files = Vec::new();
    rust_files(Path::new("src"), &mut files);
    for file in files
        .iter()
        .filter(|file| !file.ends_with("src/fs.rs") && !file.components().any(|part| part.as_os_str() == "tests"))
    {
        let text = fs::read_to_string(file).expect("a source file");
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for door in [
            "std::fs::read",
            "std::fs::write",
            "std::fs::remove",
            "std::fs::rename",
            "std::fs::create_dir",
            "File::create",
        ] {
            assert!(!code.contains(door), "{} uses {door}: crate::fs is the door to the disk", file.display());
        }
    }
}

#[test]
fn files_stay_short() {
    let mut files = Vec::new();
    rust_files(Path::new("src"), &mut files);
    let long: Vec<String> = files
        .iter()
        .filter_map(|file| {
            let lines = fs::read_to_string(file).expect("a source file").lines().count();
            (lines > 600).then(|| format!("{}: {lines} lines", file.display()))
        })
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}
