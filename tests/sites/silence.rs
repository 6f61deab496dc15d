//! What other generators pass in silence, measured on Hugo 0.168 and Eleventy 3.1, is told here or cannot happen.
//!
//! The rest of that list has its tests elsewhere: outputs that did not change and reports that were deleted in `builds`,
//! the canonical address of later pages in `archive`, `--quiet` in `commands`.

use crate::support::Site;

const FINE: &str = "-- content/reports/2025/fine.md --\n---\ntitle: Fine\ndate: 2025-01-01\n---\n## A heading\n";

/// A site with a good report and another file; the build fails and says each of the parts.
fn told(file: &str, text: &str, parts: &[&str]) {
    let told = Site::new(&format!("{FINE}-- {file} --\n{text}")).fail();
    for part in parts {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
}

#[test]
fn a_report_without_title_or_date_is_told() {
    told("content/reports/a.md", "---\nid: A\n---\n", &["the report has no `title`", "the report has no `date`"]);
}

#[test]
fn a_mistyped_country_or_key_makes_no_page() {
    told(
        "content/reports/a.md",
        "---\ntitle: A\ndate: 2025-01-01\ncountries: Keyna\n---\n",
        &["unknown country `Keyna`", "did you mean Kenya (KE)?"],
    );
    told(
        "content/reports/a.md",
        "---\ntitle: A\ndate: 2025-01-01\ncuontries: Kenya\n---\n",
        &["unknown key `cuontries`", "did you mean `countries`?"],
    );
}

#[test]
fn two_reports_with_one_slug_are_told() {
    let text = "---\ntitle: A\ndate: 2025-01-01\nslug: fine\n---\n";
    told(
        "content/reports/a.md",
        text,
        &["two reports have the address /reports/2025/fine/", "content/reports/2025/fine.md"],
    );
}

#[test]
fn broken_links_and_fragments_are_told() {
    let text = "---\ntitle: A\ndate: 2025-01-01\n---\n[x](/nowhere/) [y](2025/fine.md#no-heading) [z](2025/gone.md)\n";
    told(
        "content/reports/a.md",
        text,
        &["links to /nowhere/", "has no heading `#no-heading`", "there is no content/reports/2025/gone.md"],
    );
}

#[test]
fn every_broken_file_is_named() {
    let broken =
        (0..5).map(|n| format!("-- content/reports/broken-{n}.md --\n---\ntitle: [A\n---\n")).collect::<String>();
    let told = Site::new(&broken).fail();
    assert!((0..5).all(|n| told.contains(&format!("content/reports/broken-{n}.md:2:8"))), "{told}");
}

#[test]
fn a_date_in_words_is_read_and_one_that_is_none_is_shown() {
    let site = Site::new("-- content/reports/a.md --\n---\ntitle: A\ndate: 3 May 2024\n---\n");
    assert!(site.build().has("/reports/2024/a/"));
    told(
        "content/reports/a.md",
        "---\ntitle: A\ndate: 2024-13-45\n---\n",
        &["`2024-13-45` is not a date: there is no month 13", "a.md:3:7"],
    );
    told(
        "content/reports/a.md",
        "---\ntitle: A\ndate: 3 Mai-ish 2024\n---\n",
        &["`3 Mai-ish 2024` is not a date", "a.md:3:7"],
    );
}

#[test]
fn a_topic_with_a_slash_has_one_plain_address() {
    let site = Site::new("-- content/reports/a.md --\n---\ntitle: A\ndate: 2025-01-01\ntopics: [A/B & C]\n---\n");
    let built = site.build();
    let topics: Vec<_> =
        built.files.keys().filter(|path| path.starts_with("topics/") && path.ends_with(".html")).collect();
    assert_eq!(topics, ["topics/a-b-c/index.html", "topics/index.html"]);
}
