//! Addresses stay: what readers know leads somewhere for ever, or the build says what is to be done.

use std::process::Command;

use crate::support::Site;

const ARCHIVE: &str = "\
-- content/authors/ada-first.md --
---
name: Ada First # the founder
aliases:
- A. First
---
-- content/reports/2025/one.md --
---
id: MX-1
title: One
date: 2025-01-01
authors: [Ada First, Ben Other]
---
Text.
-- content/reports/2025/two.md --
---
title: Two
date: 2025-01-02
---
See [one](@MX-1).
-- content/reports/2025/draft.md --
---
title: A draft
date: 2025-01-02
status: draft
---
Text.
";

fn run(site: &Site, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(env!("CARGO_BIN_EXE_briefpress"))
        .arg("--root")
        .arg(site.root())
        .args(arguments)
        .output()
        .expect("run");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

fn read(site: &Site, path: &str) -> String {
    std::fs::read_to_string(site.root().join(path)).expect("read")
}

/// A site whose addresses are written down.
fn locked() -> Site {
    let site = Site::new(ARCHIVE);
    assert_eq!(run(&site, &["lock"]).as_deref(), Ok("addresses.lock: 4 addresses, 4 new.\n"));
    site
}

#[test]
fn what_is_released_is_written_down() {
    let site = locked();
    let lock = read(&site, "addresses.lock");
    let lines: Vec<&str> = lock.lines().filter(|line| !line.starts_with('#')).collect();
    let expected = [
        "/authors/ada-first/ content/authors/ada-first.md",
        "/authors/ben-other/ Ben Other",
        "/reports/2025/one/ MX-1",
        "/reports/2025/two/ content/reports/2025/two.md",
    ];
    assert_eq!(lines, expected);
    assert!(!lock.contains("draft"), "{lock}");
    assert_eq!(run(&site, &["lock", "--check"]).as_deref(), Ok(""));
    site.write("content/reports/2025/three.md", "---\ntitle: Three\ndate: 2025-01-03\n---\nText.\n");
    let told = run(&site, &["lock", "--check"]).expect_err("a new address");
    assert!(told.contains("addresses.lock lacks 1 address; run `briefpress lock`"), "{told}");
}

#[test]
fn an_address_that_would_be_lost_stops_the_build() {
    let site = locked();
    site.build();
    let two = read(&site, "content/reports/2025/two.md");
    site.write("content/reports/2025/two.md", two.replace("title:", "slug: deux\ntitle:"));
    let one = read(&site, "content/reports/2025/one.md");
    site.write("content/reports/2025/one.md", one.replace("title:", "status: draft\ntitle:"));
    site.remove("content/authors/ada-first.md");
    let told = site.fail();
    assert!(
        told.contains(
            "readers know content/reports/2025/two.md at /reports/2025/two/; now it is at /reports/2025/deux/"
        ) && told.contains("add `aliases: [/reports/2025/two/]`")
            && told.contains("addresses.lock:"),
        "{told}"
    );
    assert!(told.contains("MX-1 was published at /reports/2025/one/ and is not released any more"), "{told}");
    assert!(told.contains("`status: withdrawn` keeps the address"), "{told}");
    assert!(
        told.contains("readers know Ben Other at /authors/ben-other/, and nothing stands there any more"),
        "{told}"
    );
    site.write(
        "content/reports/2025/two.md",
        two.replace("title:", "slug: deux\naliases: [/reports/2025/two/]\ntitle:"),
    );
    site.write("content/reports/2025/one.md", one.replace("title:", "status: withdrawn\ntitle:"));
    site.build();
    let earlier = site.seen_on("2024-12-31T00:00:00Z");
    assert!(earlier.fail().contains("/reports/2025/one/"), "only --as-of does without the addresses");
    assert!(run(&earlier, &["build", "--as-of", "2024-12-31"]).is_ok());
}

#[test]
fn a_renamed_report_keeps_its_old_address() {
    let site = locked();
    run(&site, &["rename", "report", "MX-1", "A New Start"]).expect("renamed");
    let text = read(&site, "content/reports/2025/one.md");
    assert!(text.ends_with("slug: a-new-start\naliases: [\"/reports/2025/one/\"]\n---\nText.\n"), "{text}");
    let built = site.build();
    assert!(built.page("/reports/2025/one/").contains("url=../a-new-start/"));
    assert!(built.page("/reports/2025/two/").contains(r#"<a href="../a-new-start/">one</a>"#));
}

#[test]
fn a_renamed_record_keeps_its_old_name_and_address() {
    let site = locked();
    run(&site, &["rename", "author", "Ada First", "Ada Second"]).expect("renamed");
    let text = read(&site, "content/authors/ada-first.md");
    assert_eq!(text, "---\nname: Ada Second # the founder\naliases:\n- A. First\n- Ada First\nslug: ada-second\n---\n");
    run(&site, &["rename", "author", "Ben Other", "Ben Same"]).expect("renamed, without a record before");
    let built = site.build();
    assert!(built.words("/reports/2025/one/").contains("by Ada Second and Ben Same"));
    assert!(built.page("/authors/ada-first/").contains("url=../ada-second/"));
    assert!(built.page("/authors/a-first/").contains("url=../ada-second/"), "other names lead to the page as well");
    assert!(built.page("/authors/ben-other/").contains("url=../ben-same/"));
}

#[test]
fn series_and_the_worlds_regions_are_renamed_as_well() {
    let site = Site::new(
        "-- content/reports/2025/one.md --\n---\ntitle: One\ndate: 2025-09-08\ncountries: Brazil\nseries: Old Series\n---\nText.\n",
    );
    run(&site, &["rename", "series", "Old Series", "New Series"]).expect("renamed");
    run(&site, &["rename", "region", "South America", "The South"]).expect("renamed");
    let built = site.build();
    assert!(built.page("/series/old-series/").contains("url=../new-series/"));
    assert!(built.words("/series/new-series/").contains("New Series"));
    assert!(built.page("/regions/south-america/").contains("url=../the-south/"));
    assert!(built.words("/regions/the-south/").contains("The South"));
}

#[test]
fn what_cannot_be_renamed_is_left_alone() {
    let site = locked();
    let told = run(&site, &["rename", "report", "MX-2", "x"]).expect_err("unknown");
    assert!(told.contains("there is no report with the id or file `MX-2`"), "{told}");
    let before = read(&site, "content/reports/2025/one.md");
    let told = run(&site, &["rename", "report", "MX-1", "two"]).expect_err("taken");
    assert!(told.contains("two reports have the address /reports/2025/two/"), "{told}");
    assert_eq!(read(&site, "content/reports/2025/one.md"), before, "the file is as it was");
}

#[test]
fn a_line_that_is_no_address_is_told() {
    let site = Site::new(ARCHIVE);
    site.write("addresses.lock", "# Kept.\n\n<<<<<<< HEAD\n/reports/2025/one/ MX-1\n");
    let told = site.fail();
    assert!(told.contains("addresses.lock:3:1") && told.contains("`<<<<<<<` is no address of this site"), "{told}");
}
