//! Tests of the door to the disk.

use std::fs as disk;
use std::path::Path;

use crate::fs::{self, Lock, Rules};

const ALL: Rules<'_> = Rules { hidden: false, skip: &|_, _| false };

fn plant(root: &Path, path: &str) {
    let file = root.join(path);
    disk::create_dir_all(file.parent().unwrap()).unwrap();
    disk::write(file, path).unwrap();
}

fn paths(root: &Path, rules: &Rules<'_>) -> Vec<String> {
    fs::walk(root, rules).unwrap().0.into_iter().map(|entry| entry.path).collect()
}

#[test]
fn errors_say_place_fact_and_cure() {
    let root = tempfile::tempdir().unwrap();
    let (file, missing) = (root.path().join("a"), root.path().join("b"));
    disk::write(&file, b"abc\xffdef").unwrap();
    let said = |e: fs::Error| e.to_string().replace(root.path().to_str().unwrap(), "site");
    assert_eq!(said(fs::read(&missing).unwrap_err()), "cannot read site/b: no such file or folder");
    let wrong = "it is not UTF-8 text: the byte at offset 3 is wrong; save the file as UTF-8";
    assert_eq!(said(fs::read_to_string(&file).unwrap_err()), format!("cannot read site/a: {wrong}"));
    let wrong = "part of the path is a file, not a folder; move or rename that file";
    assert_eq!(said(fs::write(&file.join("x"), b"").unwrap_err()), format!("cannot write site/a/x: {wrong}"));
    let wrong = "the folder is not empty; move or delete what it holds";
    assert_eq!(said(fs::remove_dir(root.path()).unwrap_err()), format!("cannot delete the folder site: {wrong}"));
    let wrong = "it is a folder, not a file; move or rename it";
    assert_eq!(said(fs::write(root.path(), b"").unwrap_err()), format!("cannot write site: {wrong}"));
}

#[test]
fn system_words_are_made_human() {
    let source = std::io::Error::from_raw_os_error(5);
    let e = fs::Error { doing: "read", path: "x".into(), source };
    assert!(!e.to_string().contains("os error"), "{e}");
}

#[test]
fn a_walk_is_sorted_and_skips() {
    let root = tempfile::tempdir().unwrap();
    for path in ["b/z.md", "b.md", "a/é.md", "a/.hidden", ".git/config", "drafts/x.md", "b/a/c", "B.md"] {
        plant(root.path(), path);
    }
    assert_eq!(paths(root.path(), &ALL), ["B.md", "a/é.md", "b.md", "b/a/c", "b/z.md", "drafts/x.md"]);
    let rules = Rules { hidden: true, skip: &|path, is_dir| path == "drafts" && is_dir || path == "b.md" };
    assert_eq!(paths(root.path(), &rules), [".git/config", "B.md", "a/.hidden", "a/é.md", "b/a/c", "b/z.md"]);
    let (entries, findings) = fs::walk(root.path(), &ALL).unwrap();
    assert_eq!((entries[0].len, findings.len()), (4, 0));
    assert!(fs::walk(&root.path().join("none"), &ALL).is_err());
}

#[cfg(unix)]
#[test]
fn a_walk_follows_links_that_stay_inside_and_reports_the_others() {
    use std::os::unix::fs::symlink;
    let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    plant(root.path(), "real/x.md");
    plant(other.path(), "secret.md");
    let link = |target: &Path, name: &str| symlink(target, root.path().join(name)).unwrap();
    link(Path::new("real"), "inside");
    link(Path::new("real/x.md"), "file.md");
    link(other.path(), "outside");
    link(&other.path().join("secret.md"), "outside.md");
    link(Path::new(".."), "real/up");
    link(root.path().parent().unwrap(), "above");
    link(Path::new("nowhere"), "broken");
    link(Path::new("self"), "self");
    link(Path::new("nowhere"), ".#lock");
    let (entries, findings) = fs::walk(root.path(), &ALL).unwrap();
    let entries: Vec<_> = entries.iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(entries, ["file.md", "inside/x.md", "real/x.md"]);
    let said = |name: &str| findings.iter().find(|f| f.path == Path::new(name)).map_or("", |f| f.fact);
    for name in ["outside", "outside.md", "above"] {
        assert!(said(name).contains("leaves its folder"), "{name}");
    }
    for name in ["broken", "self"] {
        assert!(said(name).contains("leads nowhere"), "{name}");
    }
    for name in ["real/up", "inside/up"] {
        assert!(said(name).contains("it lies in"), "{name}");
    }
    assert_eq!(findings.len(), 7);
}

#[cfg(target_os = "linux")]
#[test]
fn a_walk_reports_names_that_are_not_utf8_and_things_that_are_no_files() {
    use std::os::unix::ffi::OsStrExt;
    let root = tempfile::tempdir().unwrap();
    disk::write(root.path().join(std::ffi::OsStr::from_bytes(b"a\xff.md")), "").unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(root.path().join("socket")).unwrap();
    let (entries, findings) = fs::walk(root.path(), &ALL).unwrap();
    assert!(entries.is_empty());
    assert!(findings[0].fact.contains("not UTF-8") && findings[1].fact.contains("neither a file nor a folder"));
}

#[test]
fn a_lock_excludes_and_names_its_owner() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("lock");
    let held = fs::lock(&path, "me").unwrap();
    assert!(matches!(fs::lock(&path, "you").unwrap(), Lock::Taken(owner) if owner == "me"));
    drop(held);
    assert!(matches!(fs::lock(&path, "you").unwrap(), Lock::Held(_)));
}
