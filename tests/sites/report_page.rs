//! The page that the whole tool is for, right in every detail.

use crate::support::Site;

const BRIEFING: &str = "\
-- briefpress.yaml --
title: The Briefing
url: https://example.org/briefings/
kinds: {report: {name: Report}}
default_kind: report
-- content/pages/register.md --
---
title: Register
---
-- content/reports/2025/judicial-reform.md --
---
id: MX-2025-031
title: \"Politics: The court reform & its price\"
summary: Judges are elected. Investors are not amused.
date: 08 Sep 2025
authors: [First Author, Second Author]
countries: [mexico]
topics: [Politics]
access: subscribers
judgments:
- {text: The reform stays in force, likelihood: very likely, confidence: high, horizon: twelve months}
sources: [Diario Oficial de la Federación, {title: A study, publisher: A university, url: 'https://study.example/x'}]
updates:
- {date: 2025-09-10, type: correction, note: An earlier version misstated the number of judges.}
---
A few paragraphs that everybody may read.

Another of them.

<!-- more -->

## What it means

The rest is for subscribers and holds the argument in full.
";

#[test]
fn a_gated_report_reads_as_the_publisher_wants_it() {
    let built = Site::new(BRIEFING).build();
    let words = built.words("/reports/2025/judicial-reform/");
    assert!(words.contains("Politics: The court reform & its price"), "{words}");
    assert!(words.contains("MEXICO - Report 08 Sep 2025 by First Author and Second Author"), "{words}");
    assert!(words.contains("Judges are elected. Investors are not amused."), "{words}");
    assert!(words.contains("Another of them. Now read on…"), "{words}");
    assert!(words.contains("Register to sample a report"), "{words}");
    let page = built.page("/reports/2025/judicial-reform/");
    assert!(page.contains(">Register</a>"));
    assert!(
        page.contains(r#"<a href="../../../countries/mexico/"><bdi>MEXICO</bdi></a>"#),
        "the country is linked, relative to the page"
    );
    assert!(page.contains("<title>Politics: The court reform &amp; its price"), "the kicker belongs to the title");
    assert!(page.contains(r#"<time datetime="2025-09-08">08 Sep 2025</time>"#));
    for gated in
        ["What it means", "holds the argument", "stays in force", "Diario Oficial", "misstated", "study.example"]
    {
        assert!(!page.contains(gated), "{gated} is for subscribers");
    }
    assert!(words.contains("Subscribers"), "a badge says who may read it");
    assert!(words.contains("Corrected"), "that it was corrected is public");
}

#[test]
fn the_full_edition_shows_everything_and_asks_search_engines_to_stay_away() {
    let built = Site::new(BRIEFING).full().build();
    let words = built.words("/reports/2025/judicial-reform/");
    for shown in [
        "What it means",
        "The reform stays in force",
        "Very likely (80–95 %)",
        "Diario Oficial",
        "misstated the number of judges",
    ] {
        assert!(words.to_lowercase().contains(&shown.to_lowercase()), "{shown}: {words}");
    }
    assert!(!words.contains("Now read on"), "{words}");
    assert!(built.page("/reports/2025/judicial-reform/").contains(r#"<meta name="robots" content="noindex"#));
    assert!(built.page("/robots.txt").contains("Disallow: /"));
}

#[test]
fn several_countries_and_authors_stand_in_their_order() {
    let site =
        BRIEFING.replace("[mexico]", "[MX, bra]").replace("[First Author, Second Author]", "[A One, B Two, C Three]");
    let words = Site::new(&site).build().words("/reports/2025/judicial-reform/");
    assert!(words.contains("MEXICO , BRAZIL - Report 08 Sep 2025 by A One , B Two and C Three"), "{words}");
}

#[test]
fn citations_are_on_the_page() {
    let page = Site::new(BRIEFING).build().page("/reports/2025/judicial-reform/").to_owned();
    for part in
        ["@techreport{MX-2025-031,", "TY  - RPRT", r#"[{"type":"report""#, "citation_technical_report_institution"]
    {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn a_headline_cannot_end_the_data_that_holds_it() {
    let site =
        BRIEFING.replace("\"Politics: The court reform & its price\"", "'Politics: </pre></script><i>x & \"y\"'");
    let page = Site::new(&site).build().page("/reports/2025/judicial-reform/").to_owned();
    assert!(page.contains(r#""title":"Politics: &lt;/pre&gt;&lt;/script&gt;&lt;i&gt;x &amp; \"y\"""#), "{page}");
    assert!(page.contains(r#""headline":"Politics: \u003c/pre>"#), "{page}");
    assert!(!page.contains("</pre></script>"), "{page}");
}

#[test]
fn the_register_button_leads_where_the_configuration_says() {
    let with = |register: &str| {
        let site = BRIEFING.replace("default_kind: report\n", &format!("default_kind: report\nregister: {register}\n"));
        Site::new(&site).build().page("/reports/2025/judicial-reform/").to_owned()
    };
    assert!(
        with("{url: 'https://sign.example/up', button: Join}").contains(r#"href="https://sign.example/up">Join</a>"#)
    );
    let form = with("{form: 'https://forms.example/f/1'}");
    assert!(
        form.contains(r#"action="https://forms.example/f/1""#)
            && form.contains("form-action 'self' https://forms.example;"),
        "the policy allows the form"
    );
    assert!(with("{email: desk@example.org}").contains("mailto:desk@example.org"));
}

#[test]
fn a_withdrawn_report_keeps_its_address_with_a_notice() {
    let site = BRIEFING.replace("access: subscribers", "status: withdrawn");
    let built = Site::new(&site).build();
    let words = built.words("/reports/2025/judicial-reform/");
    assert!(words.to_lowercase().contains("withdrawn"), "{words}");
    assert!(!words.contains("Another of them"), "its text is gone: {words}");
    assert!(!built.page("/feed.xml").contains("not amused"));
}

#[test]
fn a_superseded_report_points_to_the_new_one() {
    let newer = "-- content/reports/2025/newer.md --\n---\nid: MX-2025-040\ntitle: Newer\ndate: 2025-10-01\nsupersedes: MX-2025-031\n---\nText.\n";
    let built = Site::new(&format!("{BRIEFING}{newer}")).build();
    assert!(built.words("/reports/2025/judicial-reform/").contains("Newer"));
    assert!(built.page("/reports/2025/judicial-reform/").contains("../newer/"));
}

#[test]
fn a_translation_is_linked_both_ways_in_its_language() {
    let spanish = "-- content/reports/2025/reforma.md --\n---\nid: MX-2025-032\ntitle: La reforma\ndate: 2025-09-08\nlang: es\ntranslation_of: MX-2025-031\n---\nTexto.\n";
    let built = Site::new(&format!("{BRIEFING}{spanish}")).build();
    assert!(built.page("/reports/2025/reforma/").contains(r#"<html lang="es""#));
    for page in ["/reports/2025/reforma/", "/reports/2025/judicial-reform/"] {
        let page = built.page(page);
        assert!(page.contains(r#"hreflang="es" href="https://example.org/briefings/reports/2025/reforma/""#), "{page}");
        assert!(page.contains(r#"hreflang="en" href="https://example.org/briefings/reports/2025/judicial-reform/""#));
    }
}
