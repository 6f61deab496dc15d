//! What a stage refuses.

use std::fs;

use super::gate::Faults;
use super::site::{Project, site};
use crate::write::{Error, Stage};

#[test]
fn unsafe_paths() {
    let project = Project::new();
    let stage = project.open().unwrap();
    let long =
        ["", "/", "/etc/x", "C:/x", "c:x", "../x", "a/../b", "a/..", "./x", "a\\b", "a\0b", "a\nb", "a//b", "a/"];
    let devices = ["con", "NUL.html", "a/aux/index.html", "Com1", "lpt9.x.y", "COM\u{b9}", "prn .txt", "conin$"];
    for path in long.into_iter().chain(devices) {
        assert!(matches!(stage.put(path, b"x"), Err(Error::Path { .. })), "{path:?}");
    }
    for path in ["..a", "a..b/c", "console", "com10", "com0", "nul-island/x", "é", "a b/c", ".nojekyll", "auxé"] {
        stage.put(path, b"x").unwrap();
    }
    assert_eq!(stage.commit("").unwrap().written, 10);
}

#[test]
fn clashing_paths() {
    let project = Project::new();
    let stage = project.open().unwrap();
    for path in ["a/b", "Tag/x", "caf\u{e9}", "deep/er/x"] {
        stage.put(path, b"x").unwrap();
    }
    for path in ["a/b", "A/B", "tag/X", "cafe\u{301}", "CAF\u{c9}", "a", "a/b/c", "DEEP/er"] {
        assert!(matches!(stage.put(path, b"x"), Err(Error::Clash { .. })), "{path:?}");
    }
    let said = |path| stage.put(path, b"x").unwrap_err().to_string();
    assert_eq!(said("a/b"), "two outputs have the path a/b; give one of them another");
    assert!(said("tag/x").starts_with("Tag/x and tag/x: on many disks these outputs are one file"));
    assert_eq!(
        said("a/b/c"),
        "a/b and a/b/c: one output would be the folder of the other; give one of them another path"
    );
    assert!(said("deep").starts_with("deep and deep/er/x: one output would be the folder"));
    assert_eq!(stage.commit("").unwrap().written, 4);
}

#[test]
fn a_second_build_at_once() {
    let project = Project::new();
    let first = project.open().unwrap();
    let refused = project.open().err().unwrap();
    assert!(matches!(refused, Error::Locked { pid: Some(pid), .. } if pid == std::process::id()), "{refused}");
    assert!(refused.to_string().ends_with("is writing here; wait for it to end, or stop it"));
    Stage::open(&project.root.path().join("elsewhere"), &project.cache()).unwrap();
    drop(first);
    project.open().unwrap();
}

#[test]
fn files_of_others() {
    let project = Project::new();
    for path in ["notes.txt", "x/photo.jpg", "x/.hidden"] {
        project.plant(path, "mine");
    }
    let before = project.site();
    let refused = project.build(&site([("index.html", "x")])).unwrap_err().to_string();
    let output = project.output();
    let output = output.display();
    let expected =
        "holds 3 files that briefpress did not write, such as notes.txt; choose another --output or empty it";
    assert_eq!(refused, format!("{output} {expected}"));
    assert_eq!(project.site(), before);
}

#[test]
fn but_not_what_publishing_needs() {
    let project = Project::new();
    for path in [".git/config", ".nojekyll", "CNAME"] {
        project.plant(path, "mine");
    }
    let kept = project.site();
    for pages in [site([("index.html", "x")]), site([("a/b", "y")])] {
        project.build(&pages).unwrap();
        let expected = kept.clone().into_iter().chain(pages).collect();
        assert_eq!(project.site(), expected);
    }
}

#[test]
fn a_file_as_output_folder() {
    let project = Project::new();
    fs::write(project.output(), "x").unwrap();
    assert!(matches!(project.open(), Err(Error::NotAFolder { .. })));
    let below = project.output().join("public");
    let refused = Stage::open(&below, &project.cache()).err().unwrap().to_string();
    assert!(refused.contains("part of the path is a file, not a folder"), "{refused}");
}

#[test]
fn a_file_of_another_in_the_way() {
    let project = Project::new();
    project.build(&site([("x", "x")])).unwrap();
    project.plant("a/mine", "mine");
    project.plant("b", "mine");
    let before = project.site();
    project.build(&site([("a", "x")])).unwrap_err();
    assert_eq!(project.site(), before);
    project.build(&site([("b/x", "x"), ("c", "x")])).unwrap_err();
    assert_eq!(project.site(), before);
    assert!(!project.staging().exists());
}

#[cfg(unix)]
#[test]
fn to_write_through_links() {
    let project = Project::new();
    project.build(&site([("a/x", "x"), ("index.html", "x")])).unwrap();
    let elsewhere = project.root.path().join("elsewhere");
    fs::rename(project.output().join("a"), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, project.output().join("a")).unwrap();
    let refused = project.build(&site([("a/x", "changed")])).unwrap_err();
    assert!(matches!(refused, Error::Link { .. }), "{refused}");
    project.build(&site([("index.html", "x")])).unwrap_err();
    assert_eq!(fs::read(elsewhere.join("x")).unwrap(), b"x");
}

#[test]
fn to_commit_what_could_not_be_staged() {
    let project = Project::new();
    let old = site([("index.html", "x")]);
    project.build(&old).unwrap();
    let stage = Stage::open_with(&project.output(), &project.cache(), Faults::fail_at(4).steps()).unwrap();
    stage.put("a", b"a").unwrap();
    let refused = stage.put("b", b"b").unwrap_err().to_string();
    let file = project.output().join("b");
    assert_eq!(refused, format!("cannot write {}: the disk is full; free some space and build again", file.display()));
    assert!(matches!(stage.commit(""), Err(Error::Incomplete { .. })));
    assert_eq!(project.site(), old);
    assert!(!project.staging().exists());
}

#[cfg(unix)]
#[test]
fn an_unwritable_place_unless_the_output_folder_itself_can_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::new();
    let allow = |mode| fs::set_permissions(project.root.path(), fs::Permissions::from_mode(mode)).unwrap();
    let cache = tempfile::tempdir().unwrap();
    allow(0o555);
    // The rules do not bind every user.
    if fs::write(project.root.path().join("probe"), "").is_err() {
        let refused = Stage::open(&project.output(), cache.path()).err().unwrap().to_string();
        assert!(refused.contains("permission denied; check who owns it"), "{refused}");
        allow(0o755);
        fs::create_dir(project.output()).unwrap();
        allow(0o555);
        for pages in [site([("a/b", "x"), ("c", "x")]), site([("c/d", "y")])] {
            let stage = Stage::open(&project.output(), cache.path()).unwrap();
            pages.iter().for_each(|(path, bytes)| stage.put(path, bytes).unwrap());
            stage.commit("").unwrap();
            assert_eq!(project.site(), pages);
        }
    }
    allow(0o755);
}
