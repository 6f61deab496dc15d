//! What an editor is told: place, fact and cure, all of it in one run.

use crate::support::Site;

/// Builds a report with some front matter and text and expects each of the parts in what is told.
fn check(front: &str, text: &str, parts: &[&str]) {
    let told = Site::new(&format!("-- content/reports/a.md --\n---\n{front}\n---\n{text}\n")).fail();
    for part in parts {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
}

#[test]
fn a_wrong_value_is_shown_where_it_stands() {
    check(
        "title: A\ndate: 2025-01-01\ncountries: [Mexico, Mexcio]",
        "",
        &["unknown country `Mexcio`", "content/reports/a.md:4:21", "did you mean Mexico (MX)?"],
    );
    check("title: A\ndate: 2025-02-30", "", &["February 2025 has 28 days", "a.md:3:7"]);
    check(
        "title: A\ndate: 2025-01-01\nauhtors: B",
        "",
        &["unknown key `auhtors`", "a.md:4:1", "did you mean `authors`?"],
    );
    check("title: A\ndate: 2025-01-01\nstatus: drfat", "", &["unknown status `drfat`", "did you mean `draft`?"]);
    check(
        "title: A\ndate: 2025-01-01\njudgments: [{text: B, likelihood: perhaps}]",
        "",
        &["unknown likelihood `perhaps`", "a.md:4:35", "roughly even chance"],
    );
    check("date: 2025-01-01", "", &["the report has no `title`"]);
    check("title: A", "", &["the report has no `date`"]);
    check("title: A\n\tdate: 2025-01-01", "", &["not valid YAML", "spaces"]);
    check("title: Politics: A\ndate: 2025-01-01", "", &["not valid YAML", "quotation marks"]);
    check("title: A\ntitle: B\ndate: 2025-01-01", "", &["title", "a.md:3"]);
}

#[test]
fn a_wrong_link_is_shown_where_it_stands() {
    check(
        "title: A\ndate: 2025-01-01\nid: A-1",
        "See [this](@A-2).",
        &["there is no report with the id `A-2`", "a.md:6:5", "did you mean `@A-1`?"],
    );
    check("title: A\ndate: 2025-01-01", "See [this](b.md).", &["`b.md` leads nowhere", "a.md:5:5"]);
    check("title: A\ndate: 2025-01-01", "See [this](/nowhere/).", &["links to /nowhere/", "a.md"]);
    check("title: A\ndate: 2025-01-01", "See [this](/countries).", &["did you mean /countries/?"]);
    check("title: A\ndate: 2025-01-01", "![A](missing.png)", &["there is no picture `missing.png`"]);
    check("title: A\ndate: 2025-01-01", "[a](#nowhere)", &["nowhere", "a.md:5:1"]);
    check("title: A\ndate: 2025-01-01", "[a](javascript:alert(1))", &["javascript", "a.md:5:1"]);
}

#[test]
fn two_reports_with_one_id_are_both_shown() {
    let told = Site::new("-- content/reports/a.md --\n---\nid: X-1\ntitle: A\ndate: 2025-01-01\n---\n-- content/reports/b.md --\n---\ntitle: B\nid: X-1\ndate: 2025-01-01\n---\n").fail();
    assert!(
        told.contains("two reports have the id `X-1`") && told.contains("a.md:2:5") && told.contains("b.md:3:5"),
        "{told}"
    );
}

#[test]
fn two_pages_with_one_address_are_told() {
    let told = Site::new("-- content/reports/x/a.md --\n---\ntitle: A\ndate: 2025-01-01\n---\n-- content/reports/y/a.md --\n---\ntitle: B\ndate: 2025-01-01\n---\n").fail();
    assert!(told.contains("two reports have the address /reports/2025/a/"), "{told}");
    let told = Site::new("-- content/pages/countries.md --\n---\ntitle: A\n---\n").fail();
    assert!(told.contains("two pages have the address /countries/"), "{told}");
}

#[test]
fn one_broken_report_does_not_hide_another() {
    let told = Site::new("-- content/reports/a.md --\n---\ntitle: [A\n---\n-- content/reports/b.md --\nNo front matter\n-- content/reports/c.md --\n---\ntitle: C\ndate: soon\nkind: memo\n---\n[x](@NONE)\n").fail();
    for part in
        ["a.md:", "b.md:", "`soon` is not a date", "unknown kind `memo`", "there is no report with the id `NONE`"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn a_name_that_is_nearly_anothers_is_warned_of() {
    let built = Site::new("-- content/authors/ana.md --\n---\nname: Ana Pereira\n---\n-- content/reports/a.md --\n---\ntitle: A\ndate: 2025-01-01\nauthors: Ana Perreira\n---\n").build();
    assert!(built.told.contains("is nearly `Ana Pereira`"), "{}", built.told);
    let closed = "-- briefpress.yaml --\ntitle: B\nurl: https://example.org/\nvocabulary: closed\n-- content/authors/ana.md --\n---\nname: Ana Pereira\n---\n-- content/reports/a.md --\n---\ntitle: A\ndate: 2025-01-01\nauthors: Ana Perreira\n---\n";
    assert!(Site::new(closed).fail().contains("did you mean `Ana Pereira`?"));
}

#[test]
fn a_template_error_names_the_template_and_the_page() {
    let told = Site::new("-- content/reports/a.md --\n---\ntitle: A\ndate: 2025-01-01\n---\n-- templates/report.html --\n<h1>{{ report.titel }}</h1>\n").fail();
    assert!(told.contains("report.html") && told.contains("titel") && told.contains("/reports/2025/a/"), "{told}");
    let told = Site::new("-- templates/report.html --\n{% if %}\n").fail();
    assert!(told.contains("report.html:1"), "{told}");
}

#[test]
fn the_house_style_is_kept() {
    let told = Site::new("-- briefpress.yaml --\ntitle: B\nurl: https://example.org/\nrequire: id\nkinds: {outlook: {require: [summary, countries]}}\n-- content/reports/a.md --\n---\ntitle: A\ndate: 2025-01-01\nkind: outlook\n---\nText.\n").fail();
    for field in ["`id`", "`summary`", "`countries`"] {
        assert!(told.contains(&format!("the report has no {field}")), "{told}");
    }
}

#[test]
fn yaml_is_read_as_it_is_written() {
    let built = Site::new(
        "-- content/reports/a.md --\n---\ntitle: 1984\ndate: 2025-01-01\ncountries: NO\nsummary: no\n---\nText.\n",
    )
    .build();
    assert!(built.words("/reports/2025/a/").contains("NORWAY - Report"), "NO is Norway");
    assert!(built.page("/reports/2025/a/").contains(">1984</h1>"));
}
