//! What is for subscribers is in no public output.

use briefpress::access::reader::{Index, Reader};
use briefpress::archive::{Edition, Gate};
use briefpress::sealed::MasterKey;

use crate::support::{Site, files_of};

/// Canaries in every gated field and place, each a run of words of its own.
const CANARIES: &str = "\
-- content/reports/gated.md --
---
id: G-1
title: A gated report
summary: What everybody may know of it.
date: 2025-01-01
countries: MX
topics: Politics
series: A Series
access: subscribers
data_as_of: 1999-12-31
judgments:
- text: canaryjudgment flies over the quiet northern hills
  likelihood: likely
  horizon: canaryhorizon within the coming seven long months
  outcome: {result: open, note: canaryoutcome was seen by nobody at all}
outlook: canaryoutlook clouded with a chance of rain
watch: [{date: 2025-05-05, event: canarywatch of the old harbour clock}]
sources: [canarysource an archive behind the seven mountains, {title: canarytitle of a paper nobody has read, url: 'https://canaryurl.example/one/two/three'}]
method: canarymethod we asked those who would rather not say
disclosures: [{text: canarydisclosure the author owns a small boat, gated: true}]
updates: [{date: 2025-02-02, type: correction, note: canarynote the figure for May was wrong}]
image: {src: canarypicture-of-the-long-bridge.png, alt: canaryalt a long bridge at dusk, credit: Nobody}
extra: {note: canaryextra a field of the site itself}
---
The teaser, for everybody.

<!-- more -->

## Canaryheading between two quiet waters

The canarybody sings in the morning when the mines are still and nobody listens to it.[^1]

![canaryimage the bridge seen from the river side](canaryfile-of-the-river-side-view.png \"canarycaption below the picture in small letters\")

A [link](https://canarytarget.example/four/five/six) and `canarycode runs in a terminal of its own making`.

[^1]: The canaryfootnote says where all of this was found and by whom.
-- content/reports/open.md --
---
id: O-1
title: An open report
date: 2025-01-02
countries: MX
topics: Politics
---
Open text that links to [the gated one](@G-1).
-- content/countries/mx.md --
---
code: MX
access: subscribers
view: {text: canaryview the country stands where it stood before, date: 2025-01-01}
outlook: {text: canarycountry stable with some wind, date: 2025-01-01, direction: stable}
facts: [{label: Something, value: canaryfact one hundred and seven lighthouses, as_of: '2024', source: A source}]
---
-- content/series/a-series.md --
---
name: A Series
access: subscribers
---
The canaryseries explains at length why these texts belong to each other.
";

/// Where the canaries are.
const PLACES: [&str; 25] = [
    "judgment",
    "horizon",
    "outcome",
    "outlook",
    "watch",
    "source",
    "title",
    "url",
    "method",
    "disclosure",
    "note",
    "picture",
    "alt",
    "heading",
    "body",
    "image",
    "file",
    "caption",
    "target",
    "code",
    "footnote",
    "view",
    "country",
    "fact",
    "series",
];

fn site() -> Site {
    let site = Site::new(CANARIES);
    // The pictures need only look like pictures: a GIF header.
    for name in ["canarypicture-of-the-long-bridge.png", "canaryfile-of-the-river-side-view.png"] {
        site.write(&format!("content/reports/{name}"), b"GIF89a\x01\0\x01\0\0\0\0;");
    }
    site
}

#[test]
fn no_canary_is_in_any_public_output() {
    let site = site();
    let built = site.build();
    the_cache_holds_none(&site);
    for (path, bytes) in &built.files {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!path.contains("canary"), "{path}");
        assert!(
            !text.contains("canary"),
            "{path}: {:?}",
            text.find("canary").map(|at| &text[at..(at + 60).min(text.len())])
        );
    }
    let page = built.page("/reports/2025/gated/");
    assert!(page.contains("\"isAccessibleForFree\":false"), "search engines are told");
    assert!(!page.contains("1999"), "the date of the data is for subscribers");
}

#[test]
fn every_canary_is_in_the_full_edition() {
    let built = site().full().build();
    let all: String = built
        .files
        .iter()
        .map(|(path, bytes)| format!("{path}\n{}\n", String::from_utf8_lossy(bytes).to_lowercase()))
        .collect();
    for word in PLACES {
        assert!(all.contains(&format!("canary{word}")), "canary{word}");
    }
}

/// The same site, sealed for one subscriber.
fn sealed() -> Site {
    let site = site().sealed(7);
    let terms = std::fs::read_to_string(site.root().join("briefpress.yaml")).expect("the configuration");
    site.write(
        "briefpress.yaml",
        format!("{terms}default_access: public\nplans: {{all: {{covers: all}}}}\nsealed: {{site: canaries}}\n"),
    );
    site.write("subscribers.yaml", "- {id: S-0001, plans: [all]}\n");
    site
}

#[test]
fn the_sealed_edition_holds_no_canary_in_the_open_and_every_one_for_its_subscriber() {
    let site = sealed();
    let built = site.build();
    for (path, bytes) in &built.files {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!path.contains("canary") && !text.contains("canary"), "{path}");
    }
    the_cache_holds_none(&site);
    let index: Index = serde_json::from_str(built.page("keys/index.json")).expect("an index");
    let code = MasterKey::from_bytes([7; 32]).codes_root("canaries", 1).code("S-0001", 1);
    let reader = Reader::new(&code.text(), &index, |path| built.files.get(path).cloned()).expect("a reader");
    let mut all = String::new();
    for page in ["/reports/2025/gated/", "/countries/mexico/", "/series/a-series/"] {
        let opened = reader.open(built.page(page)).expect(page);
        all += &opened.html.to_lowercase();
        for (address, (name, _)) in &opened.files {
            let sealed = &built.files[&format!("{}{name}", page.trim_start_matches('/'))];
            all +=
                &String::from_utf8_lossy(&reader.file(built.page(page), address, sealed).expect(name)).to_lowercase();
        }
    }
    for word in PLACES {
        assert!(all.contains(&format!("canary{word}")), "canary{word}");
    }
}

/// What is remembered of a build on the disk.
fn the_cache_holds_none(site: &Site) {
    let cache = files_of(&site.root().join(".briefpress"));
    assert!(!cache.is_empty(), "a build remembers something");
    for (path, bytes) in cache {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!path.contains("canary") && !text.contains("canary"), "{path}");
    }
}

#[test]
fn the_leak_check_holds_where_a_gate_does_not() {
    for make in [site, sealed] {
        let mut all = String::new();
        for gate in Gate::ALL {
            let told = make().edition(Edition::opening(gate)).fail();
            assert!(told.contains("gated text of this file is in the public output"), "{gate:?}: {told}");
            all += &told;
        }
        let producers = [
            "reports/2025/gated/index.html (page)",
            "reports/2025/gated/index.html (page, in an attribute)",
            "countries/mexico/index.html (page)",
            "countries/index.html (page)",
            "corrections/index.html (page)",
            "watch/calendar.ics (calendar)",
            "search/index.json (search index)",
            "canaryfile-of-the-river-side-view.png (picture, in its name)",
        ];
        producers.iter().for_each(|producer| assert!(all.contains(producer), "{producer} is not told of:\n{all}"));
    }
}

#[test]
fn a_leak_through_a_file_of_the_site_stops_the_build_and_writes_nothing() {
    let secret = "the canarybody sings in the morning when the mines are still";
    for (path, text) in [
        ("static/notes.txt", format!("Notes: {secret}.")),
        ("static/data.json", format!("{{\"a\":\"{secret}\"}}")),
        ("static/page.html", format!("<p title=\"{secret}\">x</p>")),
        ("static/comment.html", format!("<p>x</p><!-- {secret} -->")),
        ("static/marked.html", format!("<p>{}</p>", secret.replace("in the", "<em>in</em> the"))),
        ("static/percent.txt", secret.replace(' ', "%20")),
        ("static/the-canarybody-sings-in-the-morning-when-the-mines.txt", "x".to_owned()),
    ] {
        let site = site();
        site.write(path, text);
        let told = site.fail();
        assert!(told.contains("content/reports/gated.md") && told.contains("static file"), "{path}: {told}");
        assert!(!site.root().join("public").exists(), "nothing is written");
    }
}

#[test]
fn what_is_public_elsewhere_is_no_leak() {
    let site = site();
    site.write("content/reports/quote.md", "---\ntitle: A quotation\ndate: 2025-01-03\n---\nAs we said: the canarybody sings in the morning when the mines are still and nobody listens to it.\n");
    assert!(site.build().has("/reports/2025/quote/"));
}

#[test]
fn a_gated_report_becomes_public_on_its_day() {
    let text =
        CANARIES.replace("access: subscribers\ndata_as_of", "access: subscribers\nfree_after: 2025-06-01\ndata_as_of");
    let with_pictures = |site: Site| {
        for name in ["canarypicture-of-the-long-bridge.png", "canaryfile-of-the-river-side-view.png"] {
            site.write(&format!("content/reports/{name}"), b"GIF89a\x01\0\x01\0\0\0\0;");
        }
        site
    };
    let before = with_pictures(Site::new(&text).seen_on("2025-05-31T00:00:00Z")).build();
    let after = with_pictures(Site::new(&text).seen_on("2025-06-02T00:00:00Z")).build();
    assert!(before.words("/reports/2025/gated/").contains("Now read on"));
    assert!(after.words("/reports/2025/gated/").contains("canarybody sings"));
}

#[test]
fn a_gated_report_needs_a_teaser_that_stands_on_its_own() {
    let no_teaser = Site::new(&CANARIES.replace("<!-- more -->\n", "")).fail();
    assert!(no_teaser.contains("a gated report has no teaser"), "{no_teaser}");
    let site = site();
    site.write("content/reports/gated.md", "---\ntitle: A\ndate: 2025-01-01\naccess: subscribers\n---\nA note.[^1]\n\n<!-- more -->\n\nThe rest.\n\n[^1]: Behind.\n");
    let told = site.fail();
    assert!(told.contains("content/reports/gated.md:6"), "{told}");
}

#[test]
fn the_cache_holds_nothing_gated() {
    let site = site();
    site.build();
    let mut folders = vec![site.root().join(".briefpress")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the cache").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let text = String::from_utf8_lossy(&std::fs::read(entry.path()).expect("read")).to_lowercase();
                assert!(!text.contains("canary"), "{}", entry.path().display());
            }
        }
    }
}
