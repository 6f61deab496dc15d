//! The binary, used as a stranger would.

use std::path::Path;
use std::process::{Command, Output};

fn briefpress(root: &Path, arguments: &[&str]) -> Output {
    command(root, arguments).output().expect("run")
}

/// As on a machine of one's own, whatever runs the tests.
fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_briefpress"));
    command.current_dir(root).args(arguments).env_remove("GITHUB_ACTIONS").env_remove("GITHUB_WORKSPACE");
    command
}

fn good(root: &Path, arguments: &[&str]) -> String {
    let output = briefpress(root, arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("text")
}

fn bad(root: &Path, arguments: &[&str]) -> (i32, String) {
    let output = briefpress(root, arguments);
    assert!(!output.status.success(), "{arguments:?}");
    (output.status.code().expect("a code"), String::from_utf8(output.stderr).expect("text"))
}

#[test]
fn a_new_site_builds_at_once_and_grows() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    good(root, &["init", "site", "--title", "My \"own\" Briefings: one", "--url", "https://me.example/x/"]);
    let site = root.join("site");
    let told = good(&site, &["build"]);
    assert!(told.contains("1 report") && site.join("public/index.html").is_file(), "{told}");
    let path = good(
        &site,
        &["new", "report", "Politics: A test", "--country", "mexico", "--author", "Ann Other", "--date", "2025-09-08"],
    );
    assert_eq!(path.trim(), "content/reports/2025/mx-a-test.md");
    let text = std::fs::read_to_string(site.join(path.trim())).expect("written");
    assert!(
        text.contains("id: MX-2025-001")
            && text.contains("title: \"Politics: A test\"")
            && text.contains("status: draft"),
        "{text}"
    );
    good(&site, &["build", "--drafts", "--output", "preview"]);
    assert!(site.join("preview/reports/2025/mx-a-test/index.html").is_file());
    assert!(
        bad(&site, &["new", "report", "Politics: A test", "--country", "mexico", "--date", "2025-09-08"])
            .1
            .contains("is there already")
    );
    for (what, file) in [
        (vec!["new", "author", "Bo Li"], "content/authors/bo-li.md"),
        (vec!["new", "country", "BR"], "content/countries/brazil.md"),
        (vec!["new", "topic", "Trade"], "content/topics/trade.md"),
    ] {
        assert_eq!(good(&site, &what).trim(), file);
    }
    good(&site, &["build"]);
    assert!(bad(&site, &["init"]).1.contains("holds a site already"));
}

#[test]
fn a_site_in_another_language_says_which_of_its_texts_are_english() {
    let folder = tempfile::tempdir().expect("a folder");
    good(folder.path(), &["init", "--language", "ar"]);
    good(folder.path(), &["build"]);
    let page = |path: &str| std::fs::read_to_string(folder.path().join("public").join(path)).expect(path);
    assert!(page("index.html").contains(r#"<html lang="ar" dir="rtl">"#));
    assert!(page("about/index.html").contains(r#"<html lang="en" dir="ltr">"#));
}

#[test]
fn the_archive_is_listed_and_filtered() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = good(root, &["list"]);
    assert!(all.contains("MX-1982-001") && all.lines().last().is_some_and(|line| line.ends_with("reports")), "{all}");
    let list = good(root, &["list", "--country", "mx", "--until", "1990-01-01", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    assert!(
        list.as_array().is_some_and(
            |list| !list.is_empty() && list.iter().all(|report| report["countries"].to_string().contains("MX"))
        ),
        "{list}"
    );
    assert!(bad(root, &["list", "--topic", "weather"]).1.contains("knows no topic `weather`"));
}

#[test]
fn wrong_use_is_told_with_its_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let (code, told) = bad(root, &["build"]);
    assert!(
        code == 1
            && told.contains("there is no briefpress.yaml in .")
            && told.contains("`briefpress init` makes a site here"),
        "{told}"
    );
    assert_eq!(bad(root, &["build", "--editoin", "full"]).0, 2);
    assert!(bad(root, &["build", "--as-of", "someday"]).1.contains("`someday` is not a date"));
    good(root, &["init"]);
    let told = bad(root, &["build", "--base-url", "nowhere"]).1;
    assert!(told.contains("`nowhere` is not an address for a site"), "{told}");
}

#[test]
fn findings_can_be_read_by_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    good(root, &["init"]);
    std::fs::write(root.join("content/reports/bad.md"), "---\ntitle: Bad\ndate: 2025-01-01\ncountries: Mexcio\n---\n")
        .expect("written");
    let output = briefpress(root, &["build", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = told["findings"].as_array().expect("a list");
    let mexcio = |finding: &&serde_json::Value| finding["message"].as_str().is_some_and(|text| text.contains("Mexcio"));
    let finding = findings.iter().find(mexcio).expect("told");
    assert_eq!(
        (finding["place"]["file"].as_str(), finding["place"]["line"].as_u64(), finding["place"]["column"].as_u64()),
        (Some("content/reports/bad.md"), Some(4), Some(12))
    );
    assert!(told["summary"].is_null());
}

#[test]
fn github_is_told_in_its_own_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    good(root, &["init", "site"]);
    let bad = "---\ntitle: Bad\ndate: 2025-01-01\ncountries: Mexcio\nsummary: S\n---\n";
    std::fs::write(root.join("site/content/reports/bad.md"), bad).expect("written");
    let expect = "::error file=site/content/reports/bad.md,line=4,col=12,title=unknown country `Mexcio`::did you mean Mexico (MX)?\n1 error, 0 warnings: nothing was written\n";
    let told = |command: &mut Command| {
        let output = command.output().expect("run");
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stdout).expect("text")
    };
    assert_eq!(told(&mut command(root, &["--root", "site", "build", "--format", "github"])), expect);
    // In Actions without being asked, with names from the repository's root, wherever the build runs.
    let site = root.join("site");
    let mut in_actions = command(&site, &["build"]);
    assert_eq!(told(in_actions.env("GITHUB_ACTIONS", "true").env("GITHUB_WORKSPACE", root)), expect);
    std::fs::remove_file(site.join("content/reports/bad.md")).expect("removed");
    let good = command(&site, &["build", "--format", "github"]).output().expect("run");
    let summary = String::from_utf8(good.stdout).expect("text");
    assert!(good.status.success() && summary.starts_with("1 report and ") && !summary.contains("::"), "{summary}");
}

#[test]
fn a_report_that_cannot_be_read_is_told_and_not_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    good(root, &["init"]);
    std::fs::write(root.join("content/reports/bad.md"), "---\ntitle: Half read\ndat: 2025-01-01\n---\n")
        .expect("written");
    let output = briefpress(root, &["list"]);
    let (list, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!list.contains("Half read") && told.contains("did you mean `date`?"), "{list}{told}");
    assert_eq!(output.status.code(), Some(1));
}

/// A disk that takes no more, as far as it can be had without one: files may have 4 KB.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_refuses_is_told_once_and_leaves_the_output_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    good(root, &["init"]);
    good(root, &["build"]);
    std::fs::remove_file(root.join("public/index.html")).expect("removed");
    let before = std::fs::read_dir(root.join("public")).expect("the output").count();
    std::fs::write(root.join("content/pages/new.md"), format!("---\ntitle: New\n---\n{}", "word ".repeat(2000)))
        .expect("written");
    let script = format!("trap '' XFSZ; ulimit -f 8; exec {} build", env!("CARGO_BIN_EXE_briefpress"));
    let output =
        Command::new("sh").current_dir(root).args(["-c", &script]).env_remove("GITHUB_ACTIONS").output().expect("run");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("cannot write") && told.contains("1 error, 0 warnings: nothing was written"), "{told}");
    assert_eq!(std::fs::read_dir(root.join("public")).expect("the output").count(), before);
    good(root, &["build"]);
    assert!(root.join("public/new/index.html").is_file());
}

#[test]
fn quiet_hides_no_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    good(root, &["init"]);
    assert_eq!(good(root, &["build", "--quiet"]), "");
    std::fs::write(root.join("content/reports/bad.md"), "---\ntitle: Bad\n---\n").expect("written");
    assert!(bad(root, &["build", "--quiet"]).1.contains("the report has no `date`"));
}

#[test]
fn a_foreign_folder_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    good(root, &["init"]);
    std::fs::create_dir(root.join("mine")).expect("created");
    std::fs::write(root.join("mine/notes.txt"), "mine").expect("written");
    let told = bad(root, &["build", "--output", "mine"]).1;
    assert!(told.contains("notes.txt"), "{told}");
    assert_eq!(std::fs::read_to_string(root.join("mine/notes.txt")).expect("there"), "mine");
}

#[test]
fn every_command_has_help_with_examples() {
    let root = Path::new(".");
    for command in ["build", "init", "new", "list", "theme"] {
        assert!(good(root, &[command, "--help"]).contains("Examples:"), "{command}");
    }
    assert!(good(root, &["completions", "bash"]).contains("briefpress"));
}

#[test]
fn a_new_report_has_one_kicker() {
    let folder = tempfile::tempdir().expect("a folder");
    good(folder.path(), &["init"]);
    let fields = |headline: &str| {
        let file = good(folder.path(), &["new", "report", headline, "--topic", "Economy"]);
        std::fs::read_to_string(folder.path().join(file.trim())).expect("the report")
    };
    assert!(fields("Copper: Peru sells more").contains("title: Peru sells more\nkicker: Copper\n"));
    assert!(fields("Economy: Peru buys more").contains("title: \"Economy: Peru buys more\"\n"));
}
