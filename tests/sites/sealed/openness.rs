//! What is in the open of a sealed edition, and what an edit changes.

use super::*;

const TWO: &str = "- {id: S-0001, plans: [all]}\n- {id: S-0002, plans: [mexico], until: 2026-01-31}\n";

#[test]
fn no_output_holds_what_is_for_subscribers_nor_who_they_are() {
    let site = site(TWO, "2025-09-01");
    let built = site.build();
    assert_eq!(built.told, "");
    for (path, bytes) in &built.files {
        let text = String::from_utf8_lossy(bytes);
        for secret in
            ["seven grey houses", "eight blue rivers", "nine green deserts", "S-0001", "S-0002", &code("S-0001", 1)]
        {
            assert!(!text.contains(secret), "{secret} in {path}");
        }
    }
    assert!(!built.files.contains_key("subscribers.yaml"));
    assert!(built.page("/reports/2025/b/").contains("Now read on"));
}

#[test]
fn a_subscriber_reads_what_the_full_edition_shows() {
    let sealed = site(TWO, "2025-09-01").build();
    let full = Site::new(&format!("{ARCHIVE}{TWO}")).full().seen_on("2025-09-01T12:00:00Z").build();
    let text = opened(&sealed, &code("S-0001", 1), "/reports/2025/b/").expect("opened");
    assert!(text.html.starts_with("<article class=\"report\" data-sealed>") && text.html.ends_with("</article>"));
    let shown = full.page("/reports/2025/b/");
    let (_, body) = shown.split_once("<div class=\"body\">").expect("a body");
    let (body, _) = body.split_once("</div>").expect("its end");
    assert!(body.contains("eight blue rivers") && text.html.contains(body), "{}", text.html);
}

#[test]
fn codes_and_ids_that_get_into_a_page_stop_the_build() {
    let site = site(TWO, "2025-09-01");
    for (text, what) in [
        (code("S-0002", 1), "code"),
        ("S-0002".to_owned(), "id"),
        (MasterKey::from_bytes([KEY; 32]).to_text().to_string(), "key"),
    ] {
        site.write("static/notes.txt", format!("For the desk: {text}\n"));
        let told = site.fail();
        assert!(told.contains("notes.txt") && !told.contains(&text), "{what}: {told}");
    }
}

#[test]
fn a_second_build_writes_nothing_and_the_same_key_gives_the_same_bytes() {
    let site = site(TWO, "2025-09-01");
    let first = site.build();
    assert_eq!(site.build().summary.written.written, 0);
    std::fs::remove_dir_all(site.root().join(".briefpress")).expect("removed");
    std::fs::remove_dir_all(site.root().join("public")).expect("removed");
    assert!(site.build().files == first.files);
}

/// The paths that differ between two builds; of the index of the search, only what is no ciphertext nor the table of contents that
/// names it.
fn changed(before: &Built, after: &Built) -> Vec<String> {
    let all: std::collections::BTreeSet<&String> = before.files.keys().chain(after.files.keys()).collect();
    let differs = |path: &&String| before.files.get(*path) != after.files.get(*path);
    let sealed = |path: &&String| path.starts_with("search/x/") || *path == "search/index.json";
    all.into_iter().filter(differs).filter(|path| !sealed(path)).cloned().collect()
}

#[test]
fn one_edited_report_changes_its_page_alone() {
    let site = site(TWO, "2025-09-01");
    let before = site.build();
    let text = std::fs::read_to_string(site.root().join("content/reports/b.md")).expect("a report");
    site.write("content/reports/b.md", text.replace("eight blue", "eight black"));
    assert_eq!(changed(&before, &site.build()), ["reports/2025/b/index.html"]);
}

#[test]
fn one_revoked_subscriber_changes_one_file_of_keyrings() {
    let many: String = (0..400).map(|n| format!("- {{id: S-{n:04}, plans: [all]}}\n")).collect();
    let site = site(&many, "2025-09-01");
    let before = site.build();
    site.write(
        "subscribers.yaml",
        many.replace("- {id: S-0123, plans: [all]}", "- {id: S-0123, plans: [all], revoked: 2025-08-15}"),
    );
    let changed = changed(&before, &site.build());
    assert!(changed.len() == 1 && changed[0].starts_with("keys/"), "{changed:?}");
}

#[test]
fn the_next_day_changes_nothing_and_the_next_week_keyrings_alone() {
    let mut site = site(TWO, "2025-09-02");
    let before = site.build();
    site.set_clock("2025-09-03T12:00:00Z");
    let next = site.build();
    assert_eq!(changed(&before, &next), Vec::<String>::new());
    site.set_clock("2025-09-12T12:00:00Z");
    let paths = changed(&before, &site.build());
    assert!(!paths.is_empty() && paths.iter().all(|path| path.starts_with("keys/")), "{paths:?}");
}

/// Gated texts replaced by noise of as many words: what differs is ciphertext, and its length.
#[test]
fn pages_tell_nothing_of_a_gated_text_but_how_long_it_is() {
    let site = site(TWO, "2025-09-01");
    let before = site.build();
    let text = std::fs::read_to_string(site.root().join("content/reports/b.md")).expect("a report");
    site.write(
        "content/reports/b.md",
        text.replace(
            "The canary of the second report sings about eight blue rivers",
            "Mno pqrstu vw xyz abcdef ghijkl mnopq rstuv wxyza bcde fghijk",
        ),
    );
    let after = site.build();
    assert_eq!(changed(&before, &after), ["reports/2025/b/index.html"]);
    let around = |built: &Built| {
        let page = built.page("/reports/2025/b/").to_owned();
        let at = page.find("\"body\":\"").expect("a body") + 8;
        let end = at + page[at..].find('"').expect("its end");
        (page[..at].to_owned() + &page[end..], end - at)
    };
    assert_eq!(around(&before), around(&after));
}

#[test]
fn pictures_and_attachments_of_a_gated_text_are_sealed_beside_it() {
    let site = site(TWO, "2025-09-01");
    let report = "---\n{id: MX-9, title: T, date: 2025-02-11, countries: [MX], summary: S}\n---\nTeaser.\n\n<!-- more -->\n\n![Seven houses in a row](houses.svg)\n\nThe [figures](figures.csv).\n";
    site.write("content/reports/p/index.md", report);
    site.write(
        "content/reports/p/houses.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text>canary</text></svg>",
    );
    site.write("content/reports/p/figures.csv", "canary,1\n");
    let built = site.build();
    let reader = reader(&built, &code("S-0001", 1)).expect("a reader");
    let page = built.page("/reports/2025/p/");
    let opened = reader.open(page).expect("opened");
    assert_eq!(opened.files.keys().collect::<Vec<_>>(), ["figures.csv", "houses.svg"]);
    for (address, (name, mime)) in &opened.files {
        assert!(opened.html.contains(&format!("\"{address}\"")), "{}", opened.html);
        let sealed = &built.files[&format!("reports/2025/p/{name}")];
        let bytes = reader.file(page, address, sealed).expect("opened");
        assert!(String::from_utf8_lossy(&bytes).contains("canary") && (mime == "text/csv" || mime == "image/svg+xml"));
        assert!(!built.files.contains_key(&format!("reports/2025/p/{address}")));
        assert!(matches!(reader.file(page, "other.csv", sealed), Err(Shut::Damaged(_))));
    }
}

#[test]
fn what_is_held_of_a_country_opens_to_those_who_may_read_now() {
    let site = site(TWO, "2025-09-01");
    site.write("content/countries/mexico.md", "---\n{access: subscribers, view: {text: The canary of the country has a view of its own and holds it firmly.}}\n---\nOn Mexico.\n");
    let built = site.build();
    assert_eq!(built.told, "");
    let page = "/countries/mexico/";
    assert!(!built.page(page).contains("a view of its own"));
    assert!(opened(&built, &code("S-0002", 1), page).expect("opened").html.contains("a view of its own"));
    let text = opened(&built, &code("S-0001", 1), page).expect("opened");
    assert!(text.html.contains("a view of its own") && !text.html.contains("class=\"rows\""));
}

#[test]
fn every_flip_truncation_and_swap_is_refused() {
    let built = site(TWO, "2025-09-01").build();
    let reader = reader(&built, &code("S-0001", 1)).expect("a reader");
    let (b, c) = (built.page("/reports/2025/b/"), built.page("/reports/2025/c/"));
    let body = |page: &str| {
        page.split_once("\"body\":\"")
            .map(|(_, rest)| rest.split('"').next().unwrap_or_default().to_owned())
            .expect("a body")
    };
    assert!(reader.open(&b.replace(&body(b), &body(c))).is_err(), "the text of another report");
    assert!(reader.open(&b.replace(&body(b), &body(b)[..200])).is_err(), "cut off");
    assert!(reader.open(&b.replace("\"seal\":1", "\"seal\":2")).is_err(), "another seal");
    assert!(reader.open(&b.replace("\"report\":\"MX-2\"", "\"report\":\"MX-1\"")).is_err(), "another report");
    let mut other = index(&built);
    other.site = "other".to_owned();
    assert!(matches!(Reader::new(&code("S-0001", 1), &other, |_| None), Err(Shut::Code(_))), "another site");
}

#[test]
fn what_is_wrong_with_subscribers_and_gifts_is_told_with_its_place() {
    let site = site("", "2025-09-01");
    site.write(
        "subscribers.yaml",
        "- {plans: [all]}\n- {id: a, plans: [everything], from: 2025-02-30}\n- {id: a@b.org, plans: []}\n- {id: a, plans: [all], back_catalogue: some}\n\
         - {id: c, plans: [all], back_catalogue: since-join}\n- {id: d, plans: [all], from: 2025-02-01, until: 2025-01-01, seats: 2, seat_generations: {3: 1}}\n",
    );
    site.write("gifts.yaml", "- {report: XX-1, until: 2026-01-01}\n- {report: MX-1}\n");
    let told = site.fail();
    for part in [
        "a subscriber has no `id`",
        "unknown plan `everything`",
        "2025-02-30",
        "looks like a mail address",
        "has no `plans`",
        "two subscribers have the id `a`",
        "unknown back catalogue `some`",
        "it is not said when `c` joined",
        "ends before it begins",
        "`d` has no seat 3",
        "no released report has the id `XX-1`",
        "--> gifts.yaml:2",
        "--> subscribers.yaml:2",
    ] {
        assert!(told.contains(part), "{part} in:\n{told}");
    }
}

#[test]
fn a_report_that_no_plan_covers_is_told() {
    let site = site(TWO, "2025-09-01");
    let terms = ARCHIVE.split("-- content").next().expect("terms").replace("covers: all", "covers: {countries: [MX]}");
    site.write("briefpress.yaml", terms.trim_start_matches("-- briefpress.yaml --\n").replace("[CL]", "[PE]"));
    let told = site.build().told;
    assert_eq!(told.matches("no plan covers this report").count(), 1, "{told}");
    assert!(told.contains("content/reports/c.md"), "{told}");
}

#[test]
fn a_theme_without_a_place_for_sealed_text_stops_the_build() {
    let site = site(TWO, "2025-09-01");
    site.write(
        "templates/report.html",
        "{% extends \"base.html\" %}{% block main %}<h1>{{ report.title }}</h1>{{ body }}{% endblock main %}",
    );
    let told = site.fail();
    assert!(told.contains("this template has no place for sealed text"), "{told}");
}
