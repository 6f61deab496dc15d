//! Pages and files that tell of all reports together.

use crate::support::Site;

const ARCHIVE: &str = "\
-- briefpress.yaml --
title: The Briefing
url: https://example.org/briefings/
time_zone: UTC
register: {email: desk@example.org}
kinds: {note: {name: Note, schema: NewsArticle}}
permalinks: true
news_sitemap: true
pagination: 2
-- content/topics/politics.md --
---
name: Politics
---
-- content/topics/elections.md --
---
name: Elections
parent: Politics
---
-- content/countries/mexico.md --
---
watch: [{date: 2026-07-04, event: The trade pact is reviewed}]
facts:
- {label: Population, value: 126 million, as_of: 2020-03-15, source: A census}
- {label: Seats, value: '500', as_of: since 1986}
---
-- content/authors/ada-first.md --
---
name: Ada First
role: Analyst
expertise: [Courts]
---
Ada read law.[^a]

[^a]: In Puebla.
-- content/reports/2025/one.md --
---
id: MX-1
title: The court reform
summary: Judges are elected.
date: 2025-09-08
kind: note
authors: [Ada First]
countries: [Mexico]
topics: [Elections]
watch:
- {date: 2025-12-01, event: 'A vote; and another, perhaps'}
- {date: 2025-11-30, event: A vote that has passed}
updates:
- {date: 2025-09-10, type: correction, note: The number of judges was wrong.}
- {date: 2025-09-11, type: minor, note: A comma.}
---
A text.[^a]

[^a]: A note.
-- content/reports/2025/two.md --
---
id: MX-2
title: A gated report
date: 2025-11-30 07:00
countries: [Mexico, Brazil]
topics: [Debt]
access: subscribers
watch: [{date: 2026-01-05, event: Only subscribers know of this auction}]
updates: [{date: 2025-11-30, type: clarification, note: Only subscribers know of this either way}]
---
A teaser.

<!-- more -->

The rest.
-- content/reports/2024/three.md --
---
title: An older report
date: 2024-03-01
countries: [Brazil]
topics: [Debt]
---
A text.
-- content/reports/2024/four.md --
---
title: A second in March
date: 2024-03-02
countries: [Brazil]
topics: [Debt]
---
A text.
-- content/reports/2024/five.md --
---
title: A third in March
date: 2024-03-03
countries: [Brazil]
topics: [Debt]
---
A text.
";

#[test]
fn the_day_of_a_fact_is_written_as_a_day_and_other_words_as_they_are() {
    let country = Site::new(ARCHIVE).build();
    let country = country.page("/countries/mexico/");
    assert!(country.contains("<small>15 March 2020, A census</small>"), "{country}");
    assert!(country.contains("<small>since 1986</small>"), "{country}");
}

#[test]
fn a_topic_in_a_country_has_a_page() {
    let built = Site::new(ARCHIVE).build();
    let page = built.words("/countries/mexico/elections/");
    assert!(page.contains("Mexico : Elections 1 report") && page.contains("The court reform"), "{page}");
    assert!(!page.contains("A gated report"), "{page}");
    let above = built.words("/countries/mexico/politics/");
    assert!(above.contains("The court reform"), "reports on topics below count: {above}");
    assert!(built.has("/countries/brazil/debt/page/2/"));
    assert!(!built.has("/countries/brazil/elections/"), "no page without a report");
    let country = built.page("/countries/mexico/");
    assert!(country.contains(r#"href="elections/"><bdi>Elections"#), "{country}");
    let topic = built.page("/topics/debt/");
    assert!(topic.contains(r#"href="../../countries/brazil/debt/"><bdi>Brazil"#), "{topic}");
}

#[test]
fn the_archive_is_there_by_year_and_month() {
    let built = Site::new(ARCHIVE).build();
    let whole = built.words("/archive/");
    assert!(
        whole.contains("2025 2 2 reports November 1 1 report September 1 1 report 2024 3 3 reports March 3 3 reports"),
        "{whole}"
    );
    assert!(built.words("/archive/2024/").contains("March 3 3 reports"));
    let month = built.page("/archive/2024/03/");
    assert!(month.contains("A third in March") && month.contains("A second in March"), "{month}");
    assert!(built.page("/archive/2024/03/page/2/").contains("An older report"));
    assert!(built.page("/archive/2025/09/").contains(r#"<a rel="prev" href="../../2024/03/">March 2024</a>"#));
    assert!(!built.has("/archive/2024/04/"));
}

#[test]
fn the_catalogue_holds_what_is_public() {
    let built = Site::new(ARCHIVE).build();
    let json: serde_json::Value = serde_json::from_slice(&built.files["archive/reports.json"]).expect("JSON");
    let entries = json.as_array().expect("a list");
    assert_eq!(entries.len(), 5);
    let one = entries.iter().find(|entry| entry["id"] == "MX-1").expect("the report");
    assert_eq!(
        (&one["country_codes"][0], &one["kind"], &one["access"]),
        (&"MX".into(), &"Note".into(), &"public".into())
    );
    let csv = String::from_utf8(built.files["archive/reports.csv"].clone()).expect("UTF-8");
    let mut lines = csv.split("\r\n");
    assert!(lines.next().expect("a header").starts_with("id,title,summary,url,date"));
    assert!(
        csv.contains(
            "\r\nMX-2,Debt: A gated report,A teaser.,https://example.org/briefings/reports/2025/two/,2025-11-30,"
        ),
        "{csv}"
    );
    assert!(csv.contains(",Mexico; Brazil,MX; BR,Debt,subscribers,published\r\n"), "{csv}");
}

#[test]
fn corrections_are_logged_and_gated_notes_are_not_told() {
    let built = Site::new(ARCHIVE).build();
    let log = built.words("/corrections/");
    assert!(log.contains("30 November 2025 Clarification Debt: A gated report 10 September 2025 Correction Elections: The court reform The number of judges was wrong."), "{log}");
    assert!(!log.contains("either way") && !log.contains("comma"), "{log}");
    assert!(Site::new(ARCHIVE).full().build().words("/corrections/").contains("either way"));
    let words = format!("{ARCHIVE}-- content/pages/corrections.md --\n---\ntitle: How we correct\n---\nWe say so.\n");
    let log = Site::new(&words).build().words("/corrections/");
    assert!(
        log.contains("How we correct We say so. The log 30 November 2025"),
        "the page's words stand above the log: {log}"
    );
    let none = Site::new("-- content/reports/a.md --\n---\ntitle: A\ndate: 2025-01-01\n---\nText.\n").build();
    assert!(none.words("/corrections/").contains("Nothing has been corrected so far."));
}

#[test]
fn events_to_come_have_a_page_and_calendars() {
    let site = Site::new(ARCHIVE);
    let built = site.build();
    let page = built.words("/watch/");
    assert!(page.contains("December 2025 1 December 2025 Mexico A vote; and another, perhaps From Elections: The court reform , 8 September 2025 July 2026 4 July 2026 Mexico The trade pact is reviewed"), "{page}");
    assert!(!page.contains("has passed") && !page.contains("auction"), "{page}");
    let calendar = String::from_utf8(built.files["watch/calendar.ics"].clone()).expect("UTF-8");
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20251201\r\nSUMMARY:A vote\\; and another\\, perhaps\r\n"),
        "{calendar}"
    );
    assert!(calendar.contains("A vote that has passed") && !calendar.contains("auction"), "{calendar}");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), calendar.matches("\r\nUID:").count());
    assert!(built.has("countries/mexico/calendar.ics") && !built.has("countries/brazil/calendar.ics"));
    assert!(Site::new(ARCHIVE).full().build().words("/watch/").contains("auction"));
    let later = site.seen_on("2025-12-02T00:00:00Z").build();
    assert!(!later.summary.untouched, "an event has passed");
    assert!(!later.words("/watch/").contains("A vote"), "{}", later.words("/watch/"));
}

#[test]
fn a_report_has_an_address_by_its_id() {
    let built = Site::new(ARCHIVE).build();
    assert!(built.page("/id/MX-1/").contains("url=../../reports/2025/one/"));
    let without = Site::new(&ARCHIVE.replace("permalinks: true\n", "")).build();
    assert!(!without.has("/id/MX-1/"));
}

#[test]
fn news_are_of_the_last_two_days() {
    let built = Site::new(ARCHIVE).build();
    let news = String::from_utf8(built.files["sitemap-news.xml"].clone()).expect("UTF-8");
    assert!(news.contains("<news:title>Debt: A gated report</news:title>") && !news.contains("court reform"), "{news}");
    assert!(String::from_utf8_lossy(&built.files["robots.txt"]).contains("/sitemap-news.xml"));
    let later = Site::new(ARCHIVE).seen_on("2025-12-03T00:00:00Z").build();
    assert!(!String::from_utf8_lossy(&later.files["sitemap-news.xml"]).contains("<url>"));
}

#[test]
fn search_engines_are_told_what_a_page_is() {
    let built = Site::new(ARCHIVE).build();
    let graph = |address: &str| -> Vec<String> {
        let page = built.page(address);
        let start = page.find("ld+json\">").map_or_else(|| panic!("no data on {address}"), |at| at + 9);
        let end = page[start..].find("</script>").expect("an end") + start;
        let data: serde_json::Value = serde_json::from_str(&page[start..end]).expect("JSON");
        data["@graph"]
            .as_array()
            .expect("things")
            .iter()
            .map(|thing| thing["@type"].as_str().expect("a type").to_owned())
            .collect()
    };
    assert_eq!(graph("/reports/2025/one/"), ["NewsArticle", "BreadcrumbList"]);
    assert_eq!(graph("/reports/2024/three/"), ["Report", "BreadcrumbList"]);
    assert_eq!(graph("/countries/mexico/"), ["CollectionPage", "BreadcrumbList"]);
    assert_eq!(graph("/authors/ada-first/"), ["ProfilePage", "BreadcrumbList"]);
    assert_eq!(graph("/archive/2024/03/"), ["BreadcrumbList"]);
    assert_eq!(graph("/"), ["WebSite"]);
}

#[test]
fn ids_of_texts_that_share_a_page_differ() {
    let built = Site::new(ARCHIVE).build();
    let page = built.page("/reports/2025/one/");
    assert!(page.contains(r#"id="fn-1""#) && page.contains(r#"id="ada-first-fn-1""#), "{page}");
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}
