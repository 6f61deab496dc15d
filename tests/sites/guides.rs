//! The guides in docs/: a site that builds, and examples that do what they say.

use std::fs;
use std::process::Command;

use briefpress::access::SubscriberFile;
use briefpress::config::{
    ConfigFile, CoversFile, FeedsFile, KindFile, LinkFile, MarkdownFile, PlanFile, PublishFile, RegisterFile,
    SealedFile,
};
use briefpress::source::front::{
    AuthorFront, CountryFront, DisclosureFront, FactFront, ImageFront, JudgmentFront, OutcomeFront, OutlookFront,
    PageFront, RegionFront, ReportFront, SeriesFront, SourceFront, TopicFront, UpdateFront, ViewFront, WatchFront,
};
use briefpress::yaml;

use crate::support::examples::{self, Step};
use crate::support::{Built, Site, files_of};

/// A picture that the guide to content names and cannot show.
const PICTURE: &str = "content/reports/2025/mx-judicial-reform/court.png";

/// A picture of one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82";

/// The whole files of a guide as a site; with a theme if the guide has one.
fn site_of(guide: &str) -> Site {
    let site = Site::new("");
    if guide == "themes" {
        site.write("briefpress.yaml", "title: The Briefing\nurl: https://example.org/\ntheme: mine\n");
        site.write("content/reports/a.md", "---\nid: MX-1\ntitle: A\ndate: 2025-01-01\n---\nText.\n");
    }
    let files = examples::files(guide);
    for (path, text) in &files {
        site.write(path, text);
    }
    if files.iter().any(|(path, _)| path.contains("mx-judicial-reform/index")) {
        site.write(PICTURE, PIXEL);
    }
    site
}

#[test]
fn the_guides_are_a_site_that_builds_without_a_finding() {
    let site = Site::new("");
    for (path, bytes) in files_of(std::path::Path::new("docs")) {
        if !path.starts_with("public/") && !path.starts_with(".briefpress/") {
            site.write(&path, bytes);
        }
    }
    let built = site.build();
    assert_eq!(built.told, "");
    let home = built.words("/");
    for guide in examples::guides() {
        let text = examples::text(&guide);
        let field = |key: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(&format!("{key}: ")));
            line.unwrap_or_else(|| panic!("{guide} has no {key}")).to_owned()
        };
        let entry = format!("{} {}", field("title"), field("summary"));
        assert!(home.contains(&entry), "docs/templates/home.html does not say: {entry}");
        let own = format!("href=\"{guide}/\"");
        assert!(built.page("/").matches(&own).count() == 2, "{guide} is not in the navigation and on the home page");
    }
    let theme: usize = files_of(std::path::Path::new("docs/themes/guide"))
        .values()
        .map(|file| file.split(|b| *b == b'\n').count())
        .sum();
    assert!(theme < 30, "the theme of the guides is small");
}

#[test]
fn whole_files_in_the_guides_build_without_a_finding() {
    let mut seen = 0;
    for guide in examples::guides() {
        let files = examples::files(&guide);
        let mut paths: Vec<&String> = files.iter().map(|(path, _)| path).collect();
        seen += paths.len();
        paths.sort();
        assert!(paths.windows(2).all(|pair| pair[0] != pair[1]), "{guide} has one file twice: {paths:?}");
        let told = site_of(&guide).build().told;
        assert_eq!(told, "", "the examples of {guide}");
    }
    assert!(seen > 20, "{seen} whole files");
}

/// A file that ends in the middle of a guide (fields without text, a few settings) must at least be readable as one.
#[test]
fn fragments_of_yaml_in_the_guides_have_keys_that_are_known() {
    for guide in examples::guides() {
        for block in examples::blocks(&guide).iter().filter(|block| block.info == "yaml" && block.path().is_none()) {
            let text = &block.text;
            let good = yaml::read::<ReportFront>(text).is_ok()
                || yaml::read::<ConfigFile>(text).is_ok()
                || yaml::read::<Vec<SubscriberFile>>(text).is_ok()
                || yaml::read::<CountryFront>(text).is_ok()
                || yaml::read::<PageFront>(text).is_ok();
            assert!(good, "in {guide}:\n{text}");
        }
    }
}

/// Every key stands in a table of its section, and nothing else does.
#[test]
fn every_field_and_setting_has_a_row_of_its_own() {
    const REPORT: &[&str] = &[
        "Name and address",
        "Subject and people",
        "Time and status",
        "Access",
        "Judgments and grounds",
        "Picture and the rest",
    ];
    const SETTINGS: &[&str] =
        &["The publication", "Language and time", "The house style", "Who may read", "How it is built"];
    let text = examples::text("content-model");
    let sections: [(&[&str], &[&str]); 27] = [
        (REPORT, ReportFront::KEYS),
        (&["An update"], UpdateFront::KEYS),
        (&["A judgment"], JudgmentFront::KEYS),
        (&["An outcome"], OutcomeFront::KEYS),
        (&["An event to watch"], WatchFront::KEYS),
        (&["A source"], SourceFront::KEYS),
        (&["A disclosure"], DisclosureFront::KEYS),
        (&["A picture"], ImageFront::KEYS),
        (&["Countries"], CountryFront::KEYS),
        (&["A standing view"], ViewFront::KEYS),
        (&["The outlook of a country"], OutlookFront::KEYS),
        (&["A fact"], FactFront::KEYS),
        (&["Authors"], AuthorFront::KEYS),
        (&["Topics"], TopicFront::KEYS),
        (&["Regions"], RegionFront::KEYS),
        (&["Series"], SeriesFront::KEYS),
        (&["Pages"], PageFront::KEYS),
        (SETTINGS, ConfigFile::KEYS),
        (&["A kind"], KindFile::KEYS),
        (&["A plan"], PlanFile::KEYS),
        (&["What a plan covers"], CoversFile::KEYS),
        (&["The sealed edition"], SealedFile::KEYS),
        (&["Where it is published"], PublishFile::KEYS),
        (&["The call to register"], RegisterFile::KEYS),
        (&["What Markdown may hold"], MarkdownFile::KEYS),
        (&["Feeds"], FeedsFile::KEYS),
        (&["A link"], LinkFile::KEYS),
    ];
    for (headings, keys) in sections {
        let cells: Vec<String> = headings.iter().flat_map(|heading| examples::first_cells(&text, heading)).collect();
        let mut told: Vec<&str> = cells.iter().filter_map(|cell| examples::key(cell)).collect();
        let mut keys = keys.to_vec();
        told.sort_unstable();
        keys.sort_unstable();
        assert_eq!(told, keys, "the tables under {headings:?}");
    }
}

/// The published style sheet.
fn sheet(built: &Built) -> &str {
    let path = built.files.keys().find(|path| path.starts_with("assets/site.") && path.ends_with(".css"));
    built.page(path.expect("a style sheet"))
}

#[test]
fn a_theme_in_ten_lines_is_what_stands_in_the_guide() {
    let site = Site::new("-- briefpress.yaml --\ntitle: The Briefing\nurl: https://example.org/\ntheme: mine\n");
    site.write("content/reports/a.md", "---\ntitle: A\ndate: 2025-01-01\n---\nText.\n");
    let files: Vec<(String, String)> =
        examples::files("themes").into_iter().filter(|(path, _)| path.starts_with("themes/mine/")).collect();
    let lines: usize = files.iter().map(|(_, text)| text.lines().count()).sum();
    assert_eq!(files.len(), 3);
    assert!((8..=11).contains(&lines), "{lines} lines");
    for (path, text) in &files {
        site.write(path, text);
    }
    let built = site.build();
    assert_eq!(built.told, "");
    let page = built.page("/reports/2025/a/");
    assert!(page.contains("Nothing but the facts") && page.contains("class=\"nameplate\""), "{page}");
    assert!(sheet(&built).contains(".masthead") && sheet(&built).contains("--accent: #7a1f1f"));
    let output = Command::new(env!("CARGO_BIN_EXE_briefpress"))
        .args(["theme", "check"])
        .current_dir(site.root())
        .output()
        .expect("run");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("Nothing is wrong."), "{told}");
}

#[test]
fn what_else_the_theme_guide_shows_works() {
    let site = site_of("themes");
    let built = site.build();
    assert!(built.words("/reports/2025/a/").contains("Write to the editors and name MX-1."));
    assert!(built.words("/contact/").contains("86 to 41 . Desk: +44 20 7946 0000"), "{}", built.words("/contact/"));
    let output = Command::new(env!("CARGO_BIN_EXE_briefpress"))
        .args(["theme", "check"])
        .current_dir(site.root())
        .output()
        .expect("run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// A message that is quoted so that readers find it must be one.
#[test]
fn messages_in_the_guide_to_troubles_are_told_somewhere() {
    let mut told = String::new();
    for folder in ["tests/sites/messages", "src"] {
        for (_, bytes) in files_of(std::path::Path::new(folder)) {
            told += &String::from_utf8_lossy(&bytes);
        }
    }
    let text = examples::text("troubleshooting");
    let rows = text.lines().skip_while(|line| !line.starts_with("| message")).filter(|line| line.starts_with("| `"));
    let end = text.find("## Moving here").expect("the end of the messages");
    let before = &text[..end];
    let mut seen = 0;
    for row in rows.filter(|row| before.contains(row)) {
        let cell = row[2..].split(" | ").next().expect("a cell");
        for message in cell.split('`').skip(1).step_by(2) {
            assert!(told.contains(message), "no message says: {message}");
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen} messages");
}

/// What a line of output says, whatever the numbers in it.
fn pattern(line: &str) -> String {
    let mut pattern = String::new();
    for c in line.trim().chars() {
        match c {
            '0'..='9' if pattern.ends_with('#') => {}
            '0'..='9' => pattern.push('#'),
            c => pattern.push(c),
        }
    }
    pattern.replace(" KB", "").replace(" bytes", "")
}

/// The ten minutes, as a stranger spends them: every command is run, and says what the guide says that it does.
#[cfg(unix)]
#[test]
fn ten_minutes_to_a_first_site_are_true() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy("src/import/fixtures/libreoffice.docx", folder.path().join("libreoffice.docx")).expect("copied");
    let mut script = String::from("exec 2>&1\nbriefpress() { \"$BRIEFPRESS\" \"$@\"; }\n");
    let mut expected: Vec<(String, Vec<String>)> = Vec::new();
    for step in examples::steps("first-site") {
        match step {
            Step::Run(command) => script += &format!("{command}\n"),
            Step::Block(block) if block.info == "console" => {
                for line in block.text.lines() {
                    if let Some(command) = line.strip_prefix("$ ") {
                        let run = command.starts_with("briefpress ") || command.starts_with("cd ");
                        script += &format!("echo '@@@'\n{}\n", if run { command } else { ":" });
                        expected.push((if run { command } else { "" }.to_owned(), Vec::new()));
                    } else if let Some((_, lines)) = expected.last_mut() {
                        lines.push(line.to_owned());
                    }
                }
            }
            Step::Block(block) => {
                if let Some(path) = block.path() {
                    script += &format!("cat > {path} <<'END'\n{}END\n", block.text);
                }
            }
        }
    }
    let output = Command::new("sh")
        .arg("-c")
        .arg(&script)
        .env("BRIEFPRESS", env!("CARGO_BIN_EXE_briefpress"))
        .env_remove("GITHUB_ACTIONS")
        .current_dir(folder.path())
        .output()
        .expect("a shell");
    let told = String::from_utf8(output.stdout).expect("text");
    let answers: Vec<&str> = told.split("@@@\n").skip(1).collect();
    assert_eq!(answers.len(), expected.len(), "{told}");
    for ((command, lines), answer) in expected.iter().zip(answers).filter(|((command, _), _)| !command.is_empty()) {
        let answered: Vec<String> = answer.lines().map(pattern).collect();
        for line in lines.iter().filter(|line| *line != "…") {
            assert!(answered.contains(&pattern(line)), "`{command}` does not say `{line}` but:\n{answer}");
        }
    }
}
