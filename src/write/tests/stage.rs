//! What a stage writes, leaves alone and removes.

use std::fs;

use super::site::{Project, Site, inputs, site};
use crate::write::{Stage, Summary, outputs_intact, recorded_inputs};

fn small() -> Site {
    site([("index.html", "home"), ("a/index.html", "a"), ("a/b/c.css", "c"), ("feed.xml", "feed")])
}

#[test]
fn a_first_build_writes_all() {
    let project = Project::new();
    let summary = project.build(&small()).unwrap();
    assert_eq!(summary, Summary { written: 4, bytes_written: 10, bytes_total: 10, ..Summary::default() });
    assert_eq!(project.site(), small());
    assert!(!project.staging().exists());
    assert!(outputs_intact(&project.output(), &project.cache()));
    assert_eq!(recorded_inputs(&project.output(), &project.cache()), Some(inputs(&small())));
}

#[test]
fn a_first_build_may_find_an_empty_folder_and_folders_missing() {
    let project = Project::new();
    fs::create_dir(project.output()).unwrap();
    project.build(&small()).unwrap();
    assert_eq!(project.site(), small());
    let (output, cache) = (project.root.path().join("x/y/z"), project.root.path().join("k/l"));
    let stage = Stage::open(&output, &cache).unwrap();
    stage.put("a", b"a").unwrap();
    stage.commit("").unwrap();
    assert!(output.join("a").exists());
}

#[test]
fn a_second_build_writes_nothing() {
    let project = Project::new();
    project.build(&small()).unwrap();
    let times: Vec<_> = small().keys().map(|path| project.modified(path)).collect();
    let manifest = |project: &Project| {
        let files = fs::read_dir(project.cache()).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|file| file.extension().unwrap() == "txt").map(|file| fs::read(file).unwrap()).next().unwrap()
    };
    let before = manifest(&project);
    let summary = project.build(&small()).unwrap();
    assert_eq!(summary, Summary { unchanged: 4, bytes_total: 10, ..Summary::default() });
    assert_eq!(times, small().keys().map(|path| project.modified(path)).collect::<Vec<_>>());
    assert_eq!(before, manifest(&project));
}

#[test]
fn only_what_changed_is_written_and_what_is_gone_is_pruned() {
    let project = Project::new();
    project.build(&small()).unwrap();
    let kept = project.modified("feed.xml");
    let next = site([("index.html", "HOME"), ("feed.xml", "feed"), ("new/x.html", "x")]);
    let summary = project.build(&next).unwrap();
    let expected =
        Summary { written: 2, unchanged: 1, removed: 2, bytes_written: 5, bytes_total: 9, ..Summary::default() };
    assert_eq!(summary, expected);
    assert_eq!(project.site(), next);
    assert_eq!(project.modified("feed.xml"), kept);
    assert!(!project.output().join("a").exists(), "emptied folders are gone");
    assert!(!project.staging().exists());
}

#[test]
fn a_folder_that_still_holds_something_is_kept() {
    let project = Project::new();
    project.build(&site([("a/x", "x"), ("a/y", "y"), ("b/x", "x")])).unwrap();
    project.plant("b/mine.txt", "mine");
    project.build(&site([("a/y", "y")])).unwrap();
    assert_eq!(project.site(), site([("a/y", "y"), ("b/mine.txt", "mine")]));
}

#[test]
fn files_become_folders_and_folders_files() {
    let project = Project::new();
    project.build(&site([("a", "file"), ("b/c/d.html", "deep"), ("b/e", "e")])).unwrap();
    let next = site([("a/b/index.html", "in"), ("b", "file")]);
    project.build(&next).unwrap();
    assert_eq!(project.site(), next);
}

#[test]
fn an_output_changed_by_hand_is_restored_and_one_touched_is_compared() {
    let project = Project::new();
    project.build(&small()).unwrap();
    project.plant("feed.xml", "feet");
    fs::remove_file(project.output().join("a/index.html")).unwrap();
    let file = fs::File::options().write(true).open(project.output().join("index.html")).unwrap();
    file.set_modified(std::time::UNIX_EPOCH).unwrap();
    assert!(!outputs_intact(&project.output(), &project.cache()));
    let summary = project.build(&small()).unwrap();
    assert_eq!((summary.written, summary.unchanged), (2, 2));
    assert_eq!(project.site(), small());
}

#[test]
fn a_lost_or_damaged_manifest_costs_nothing_but_time() {
    let project = Project::new();
    project.build(&small()).unwrap();
    fs::remove_dir_all(project.cache()).unwrap();
    assert!(!outputs_intact(&project.output(), &project.cache()));
    assert_eq!(project.build(&small()).unwrap().unchanged, 4);
    for entry in fs::read_dir(project.cache()).unwrap() {
        fs::write(entry.unwrap().path(), "briefpress outputs 1\ninputs 0\n\n1 1 1 x\n").unwrap();
    }
    assert_eq!(recorded_inputs(&project.output(), &project.cache()), None);
    assert_eq!(project.build(&small()).unwrap().unchanged, 4);
    assert!(outputs_intact(&project.output(), &project.cache()));
}

#[test]
fn a_stage_dropped_leaves_nothing() {
    let project = Project::new();
    project.build(&small()).unwrap();
    let stage = project.open().unwrap();
    stage.put("index.html", b"changed").unwrap();
    drop(stage);
    assert_eq!(project.site(), small());
    assert!(!project.staging().exists());
}

#[test]
fn two_output_folders_share_a_cache() {
    let project = Project::new();
    project.build(&small()).unwrap();
    let other = project.root.path().join("other");
    let stage = Stage::open(&other, &project.cache()).unwrap();
    stage.put("x", b"x").unwrap();
    stage.commit("other").unwrap();
    assert_eq!(recorded_inputs(&other, &project.cache()), Some("other".to_owned()));
    assert_eq!(project.build(&small()).unwrap().unchanged, 4);
}

#[test]
fn many_threads_may_put() {
    let project = Project::new();
    let stage = project.open().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let stage = &stage;
            scope.spawn(move || (0..50).for_each(|n| stage.put(&format!("{n}/{thread}/x.html"), b"x").unwrap()));
        }
    });
    assert_eq!(stage.commit("").unwrap().written, 400);
    assert_eq!(project.site().len(), 400);
}

#[cfg(unix)]
#[test]
fn an_output_folder_may_be_a_symbolic_link() {
    let project = Project::new();
    let real = project.root.path().join("real");
    std::os::unix::fs::symlink("real", project.output()).unwrap();
    project.build(&small()).unwrap();
    assert!(project.output().is_symlink() && real.join("index.html").exists());
    project.build(&site([("x", "x")])).unwrap();
    assert!(project.output().is_symlink());
    assert_eq!(project.site(), site([("x", "x")]));
}
