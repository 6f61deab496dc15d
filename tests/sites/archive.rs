//! What is in the archive, and what is not yet.

use crate::support::Site;

fn report(name: &str, front: &str) -> String {
    format!("-- content/reports/{name}.md --\n---\ntitle: {name}\n{front}\n---\nText of {name}.\n")
}

#[test]
fn drafts_reviews_and_embargoes_are_absent_from_every_output() {
    let site = [
        report("out", "id: A-1\ndate: 2025-01-01"),
        report("draft", "id: A-2\ndate: 2025-01-02\nstatus: draft\nauthors: Secret Author"),
        report("review", "id: A-3\ndate: 2025-01-03\nstatus: review\ncountries: Fiji"),
        report("embargoed", "id: A-4\ndate: 2025-01-04\nembargo: 2026-05-05 12:00\ntopics: Secret Topic"),
        report("tomorrow", "id: A-5\ndate: 2025-12-02"),
    ]
    .concat();
    let built = Site::new(&site).build();
    assert_eq!((built.summary.reports, built.summary.unreleased), (1, 4));
    for (path, bytes) in &built.files {
        let text = String::from_utf8_lossy(bytes);
        for word in ["draft", "embargoed", "tomorrow", "Secret Author", "Secret Topic", "Fiji"] {
            let theme = path.starts_with("assets/");
            assert!(
                theme || !text.contains(&format!("{word}/")) && !text.contains(&format!(">{word}<")),
                "{word} is in {path}"
            );
        }
    }
    let later = Site::new(&site).seen_on("2026-05-05T12:00:00Z").build();
    assert!(later.has("/reports/2025/embargoed/") && later.has("/reports/2025/tomorrow/"));
    assert!(Site::new(&site).drafts().build().has("/reports/2025/draft/"));
}

#[test]
fn a_link_to_an_unreleased_report_becomes_plain_text() {
    let site = report("a", "id: A-1\ndate: 2025-01-01")
        .replace("Text of a.", "See [the draft](@A-2) and [the file](b.md).")
        + &report("b", "id: A-2\ndate: 2025-01-01\nstatus: draft");
    let built = Site::new(&site).build();
    let page = built.page("/reports/2025/a/");
    assert!(page.contains("See the draft and the file."), "{page}");
}

#[test]
fn countries_are_found_by_every_name() {
    let site: String = [
        ("a", "Burma"),
        ("b", "swaziland"),
        ("c", "MEX"),
        ("d", "México"),
        ("e", "the Netherlands"),
        ("f", "Holandia"),
    ]
    .iter()
    .map(|(name, country)| report(name, &format!("date: 2025-01-01\ncountries: {country}")))
    .collect();
    let record = "-- content/countries/nl.md --\n---\ncode: NL\naliases: [Holandia]\n---\n";
    let built = Site::new(&(site + record)).build();
    for address in ["/countries/myanmar/", "/countries/eswatini/", "/countries/mexico/", "/countries/netherlands/"] {
        assert!(built.has(address), "{address}");
    }
    assert_eq!(built.page("/countries/netherlands/").matches("<article").count(), 2);
}

#[test]
fn a_kicker_that_names_a_topic_is_split_off() {
    let site = report("a", "date: 2025-01-01\ntopics: [Energy]")
        .replace("title: a", "title: \"Energy: Gas runs short\"")
        + &report("b", "date: 2025-01-01").replace("title: b", "title: \"Lessons: a history\"");
    let built = Site::new(&site).build();
    assert!(built.page("/reports/2025/a/").contains(r#"<span class="kicker">Energy: </span>Gas runs short"#));
    assert!(built.page("/reports/2025/b/").contains("<h1>Lessons: a history</h1>"), "a colon alone makes no kicker");
}

#[test]
fn lists_are_cut_into_pages() {
    let site: String = (0..45)
        .map(|n| report(&format!("r{n:02}"), &format!("date: 2025-01-{:02}\ncountries: MX", n % 28 + 1)))
        .collect();
    let built = Site::new(&site).build();
    for address in ["/page/2/", "/page/3/", "/countries/mexico/page/2/", "/countries/mexico/page/3/"] {
        assert!(built.has(address), "{address}");
    }
    assert!(!built.has("/countries/mexico/page/4/"));
    assert!(
        built
            .page("/countries/mexico/page/2/")
            .contains(r#"<link rel="canonical" href="https://example.org/briefings/countries/mexico/page/2/">"#)
    );
}

#[test]
fn topics_are_a_tree() {
    let records = "-- content/topics/economy.md --\n---\nname: Economy\n---\n-- content/topics/debt.md --\n---\nname: Debt\nparent: economy\n---\nWhat is owed.\n";
    let built = Site::new(&(report("a", "date: 2025-01-01\ntopics: debt") + records)).build();
    assert!(built.words("/topics/economy/").contains("Debt"));
    assert!(built.page("/topics/economy/").contains("../../reports/2025/a/"), "a topic lists what is below it");
    assert!(built.words("/topics/debt/").contains("What is owed."));
}

#[test]
fn an_alias_leads_on() {
    let built = Site::new(&report("a", "date: 2025-01-01\naliases: [/old/a/]")).build();
    assert!(built.page("/old/a/").contains(r#"content="0; url=../../reports/2025/a/""#));
}

#[test]
fn pictures_beside_a_report_become_figures_without_exif() {
    let site = Site::new(
        "-- content/reports/a/index.md --\n---\ntitle: A\ndate: 2025-01-01\n---\n![A chart](img/chart.png \"What it shows\")\n\n[The data](data.csv)\n",
    );
    // A PNG of one pixel with an eXIf chunk that says MARKER.
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in [
        (b"IHDR", &b"\0\0\0\x01\0\0\0\x01\x08\x00\0\0\0"[..]),
        (b"eXIf", b"MM\0\x2a\0\0\0\x08\0\0\0\0\0\0MARKER"),
        (b"IDAT", b"\x78\x9c\x63\x60\0\0\0\x02\0\x01"),
        (b"IEND", b""),
    ] {
        png.extend((data.len() as u32).to_be_bytes());
        png.extend(name.as_slice());
        png.extend(data);
        png.extend(crc32(&[name.as_slice(), data].concat()).to_be_bytes());
    }
    site.write("content/reports/a/img/chart.png", &png);
    site.write("content/reports/a/data.csv", "a,b\n");
    let built = site.build();
    let page = built.page("/reports/2025/a/");
    assert!(page.contains(r#"src="img/chart.png" alt="A chart" width="1" height="1""#), "{page}");
    assert!(page.contains("<figcaption>What it shows</figcaption>"));
    assert!(page.contains(r#"<a href="data.csv">"#));
    let published = &built.files["reports/2025/a/img/chart.png"];
    assert!(!published.windows(6).any(|window| window == b"MARKER"), "EXIF is removed");
    assert_eq!(built.files["reports/2025/a/data.csv"], b"a,b\n");
}

#[test]
fn a_shortcode_is_a_component_of_the_theme() {
    let site = report("a", "date: 2025-01-01").replace("Text of a.", "{{ <mark word=\"debt\" /> }}")
        + "-- templates/mine.html --\n{% component mark(word: string) %}<b>{{ word }}</b>{% endcomponent mark %}\n";
    assert!(Site::new(&site).build().page("/reports/2025/a/").contains("<b>debt</b>"));
    let wrong = Site::new(&site.replace("word=\"debt\"", "wrod=\"debt\"")).fail();
    assert!(wrong.contains("wrod") && wrong.contains("content/reports/a.md:5"), "{wrong}");
    let unknown = Site::new(&site.replace("<mark word", "<mrak word")).fail();
    assert!(unknown.contains("did you mean `mark`?"), "{unknown}");
}

#[test]
fn a_template_can_be_overridden_alone() {
    let site = report("a", "date: 2025-01-01")
        + "-- templates/404.html --\n{% extends \"parent/404.html\" %}{% block main %}<h1>Gone fishing</h1>{% endblock main %}\n";
    let built = Site::new(&site).build();
    assert!(built.page("/404.html").contains("Gone fishing"));
    assert!(
        built.page("/404.html").contains(r#"href="/briefings/""#),
        "it is served from anywhere: its links hold the base path"
    );
}

/// The checksum of a PNG chunk (PNG specification, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}

#[test]
fn the_sites_own_fields_reach_the_templates_of_records() {
    let page =
        "{% extends \"base.html\" %}{% block main %}Desk: {% if extra %}{{ extra.desk }}{% endif %}{% endblock main %}";
    let record =
        |folder: &str| format!("-- content/{folder}/law.md --\n---\nname: Law\nextra: {{desk: Madrid}}\n---\n");
    let site = report("a", "date: 2025-01-01\ntopics: [Law]\nseries: Law\nregions: [Law]\ncountries: MX")
        + &["topics", "series", "regions"].map(record).concat()
        + &["topic", "collection", "region"].map(|name| format!("-- templates/{name}.html --\n{page}\n")).concat();
    let built = Site::new(&site).build();
    for address in ["/topics/law/", "/series/law/", "/regions/law/"] {
        assert!(built.words(address).contains("Desk: Madrid"), "{address}");
    }
}
