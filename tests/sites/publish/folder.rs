//! A folder: a link to releases, or a plain one.

use super::*;

/// A folder to publish to, and the option that names it.
fn place(plain: bool) -> (tempfile::TempDir, std::path::PathBuf, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("site");
    if plain || cfg!(windows) {
        std::fs::create_dir(&path).expect("created");
    }
    let to = format!("--to=folder:{}", path.display());
    (folder, path, to)
}

fn files(path: &Path) -> Files {
    without_own(files_of(path))
}

#[cfg(unix)]
#[test]
fn a_link_is_switched_and_three_releases_stay() {
    let (folder, path, to) = place(false);
    let site = site();
    let releases = || {
        let names = std::fs::read_dir(folder.path().join("site.releases")).expect("releases").flatten();
        names.filter(|entry| entry.path().is_dir()).count()
    };
    run(&mut command(&site, &[&to]));
    assert!(path.is_symlink());
    assert_eq!(files(&path), built(&site, "public"));
    assert!(run(&mut command(&site, &[&to])).contains("Nothing has changed"));
    assert_eq!(releases(), 1);
    let first = path.canonicalize().expect("a release");
    for version in 1..5 {
        word(&site, version);
        let said = run(&mut command(&site, &[&to]));
        assert!(said.contains("kept for a day"), "{said}");
        let (there, new) = (files(&path), built(&site, "public"));
        assert_whole(&there);
        assert!(new.iter().all(|(path, bytes)| there.get(path) == Some(bytes)));
        let more: Vec<&String> = there.keys().filter(|path| !new.contains_key(*path)).collect();
        let is_part = |path: &&String| path.starts_with("assets/") || path.starts_with("search/");
        assert!(!more.is_empty() && more.iter().all(is_part), "{more:?}");
    }
    assert_eq!(releases(), 3);
    assert!(!first.exists());
}

#[test]
fn a_plain_folder_is_changed_in_place_and_files_of_others_stay() {
    let (_folder, path, to) = place(true);
    let site = site();
    std::fs::write(path.join("notes.txt"), "Ours.").expect("written");
    assert!(fail(&mut command(&site, &[&to])).contains("were not published from here"));
    assert_eq!(files(&path).len(), 1);
    run(&mut command(&site, &[&to, "--take-over"]));
    word(&site, 1);
    let dry = run(&mut command(&site, &[&to, "--dry-run"]));
    assert!(
        dry.contains("remove reports/2025/report-3/index.html") && dry.contains("gone   /reports/2025/report-3/"),
        "{dry}"
    );
    assert!(path.join("reports/2025/report-3").exists());
    run(&mut command(&site, &[&to]));
    assert!(!path.join("reports/2025/report-3").exists());
    let (mut there, new) = (files(&path), built(&site, "public"));
    assert_eq!(there.remove("notes.txt"), Some(b"Ours.".to_vec()));
    assert_whole(&there);
    assert!(new.iter().all(|(path, bytes)| there.get(path) == Some(bytes)));
    assert!(run(&mut command(&site, &[&to])).contains("Nothing has changed"));
    // What was lost or cut off by others is sent again.
    std::fs::write(path.join("index.html"), "Cut").expect("written");
    std::fs::remove_file(path.join("404.html")).expect("removed");
    assert!(run(&mut command(&site, &[&to])).contains("2 files sent"));
}

#[test]
fn one_publisher_at_a_time() {
    for plain in [true, false] {
        let (folder, path, to) = place(plain);
        let site = site();
        run(&mut command(&site, &[&to]));
        let locks = [
            site.root().join(".briefpress/publish/lock"),
            if path.is_symlink() { folder.path().join("site.releases/lock") } else { path.join(".briefpress-lock") },
        ];
        for lock in locks {
            let file = std::fs::File::options().write(true).open(lock).expect("the lock");
            file.lock().expect("locked");
            assert!(fail(&mut command(&site, &[&to])).contains("another publisher is at work"));
        }
    }
}

#[test]
fn addresses_are_written_down_when_readers_know_them() {
    let (_folder, _path, to) = place(false);
    let site = site();
    run(&mut command(&site, &[&to]));
    let file = site.root().join("addresses.lock");
    assert!(!file.exists());
    let said = run(&mut command(&site, &[&to, "--lock"]));
    assert!(said.contains("addresses.lock: "), "{said}");
    site.write("content/reports/new.md", "---\ntitle: New\ndate: 2025-05-01\n---\nText.\n");
    run(&mut command(&site, &[&to, "--no-lock-file"]));
    assert!(!std::fs::read_to_string(&file).expect("there").contains("/reports/2025/new/"));
    run(&mut command(&site, &[&to]));
    assert!(std::fs::read_to_string(&file).expect("there").contains("/reports/2025/new/"));
}

#[test]
fn a_publisher_of_a_link_is_killed() {
    let (_folder, path, to) = place(false);
    let site = site();
    kill(&site, &|| command(&site, &[&to]), &|| files(&path), cfg!(unix));
}

#[test]
fn a_publisher_of_a_plain_folder_is_killed() {
    let (_folder, path, to) = place(true);
    let site = site();
    kill(&site, &|| command(&site, &[&to]), &|| files(&path), false);
}
