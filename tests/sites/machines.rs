//! Feeds and other files that programs read.

use crate::support::Site;

const TWO: &str = "-- content/reports/a.md --\n---\nid: A-1\ntitle: \"A & <B>\"\nsummary: \"One \\u0007 two\"\ndate: 2025-01-01 09:00\nauthors: [A One]\ncountries: MX\n---\nText.\n\
    -- content/reports/b.md --\n---\ntitle: B\ndate: 2025-01-02\naccess: subscribers\nupdates: [{date: 2025-03-01, type: update, note: hidden words of it}]\n---\nTeaser.\n\n<!-- more -->\n\nGated.\n";

#[test]
fn atom_is_valid_and_holds_absolute_addresses() {
    let built = Site::new(TWO).build();
    let atom = built.page("/feed.xml");
    let feed = feed_rs::parser::parse(atom.as_bytes()).expect("Atom");
    assert_eq!(feed.id, "https://example.org/briefings/");
    assert_eq!(feed.entries.len(), 2);
    assert_eq!(feed.updated.expect("updated").to_rfc3339(), "2025-03-01T07:00:00+00:00", "the newest change");
    let entry = &feed.entries[1];
    assert_eq!(entry.id, "https://example.org/briefings/id/A-1/");
    assert_eq!(entry.title.as_ref().expect("a title").content.as_str(), "A & <B>");
    assert_eq!(entry.links[0].href.as_str(), "https://example.org/briefings/reports/2025/a/");
    assert_eq!(entry.authors[0].name.as_deref(), Some("A One"));
    assert!(!atom.contains('\u{7}') && !atom.contains("hidden words"));
}

#[test]
fn json_feeds_are_valid_everywhere() {
    let built = Site::new(TWO).build();
    for path in built.files.keys().filter(|path| path.ends_with("feed.json")) {
        let feed: serde_json::Value = serde_json::from_str(built.page(path)).expect("JSON");
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["feed_url"], format!("https://example.org/briefings/{path}"));
        for item in feed["items"].as_array().expect("items") {
            assert!(item["id"].is_string() && item["url"].is_string() && item["content_text"].is_string(), "{item}");
        }
    }
    assert!(built.has("/countries/mexico/feed.json") && built.has("/authors/a-one/feed.xml"));
}

#[test]
fn the_sitemap_lists_what_search_engines_may_show() {
    let built = Site::new(TWO).build();
    let map = built.page("/sitemap.xml");
    assert!(map.contains("<loc>https://example.org/briefings/reports/2025/a/</loc>"));
    assert!(!map.contains("404"));
    assert!(built.page("/robots.txt").contains("Sitemap: https://example.org/briefings/sitemap.xml"));
}

#[test]
fn feeds_have_no_more_than_their_limit() {
    let site: String =
        (0..30).map(|n| format!("-- content/reports/r{n}.md --\n---\ntitle: R{n}\ndate: 2025-01-01\n---\n")).collect();
    let built = Site::new(&site).build();
    assert_eq!(feed_rs::parser::parse(built.page("/feed.xml").as_bytes()).expect("Atom").entries.len(), 20);
}
