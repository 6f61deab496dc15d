//! Search: what readers find, who may find it, and that files change no more than they must.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use briefpress::archive::{Archive, Edition, Gate, ReportId};
use briefpress::build;
use briefpress::diagnostic::Findings;
use briefpress::output::Output;
use briefpress::search::{Site as Searched, is_mine, rank, reader::Index};
use briefpress::source::Sources;

use crate::support::{Built, Site};

#[path = "../../benches/build/generator.rs"]
mod generator;

/// An archive that everything is asked of, in the full edition.
fn looked(root: &Path) -> (Sources, Archive) {
    let as_of = "2025-12-01T00:00:00Z".parse().expect("a moment");
    build::look(root, as_of, false, &mut Findings::default()).expect("a site")
}

fn outputs(sources: &Sources, archive: &Archive, edition: Edition) -> Vec<Output> {
    let row = |id: ReportId| format!("<article><h3>{}</h3></article>", archive[id].public.title);
    let (outputs, problems) = Searched::new(sources, archive, edition, &row, &[]).outputs();
    assert!(problems.is_empty(), "{problems:?}");
    outputs
}

/// The ids of the reports that are found, in order.
fn found<'a>(archive: &'a Archive, index: &Index, query: &str) -> Vec<&'a str> {
    let answer = rank::search(index, query, rank::Order::Relevance);
    let report = |number: &u32| &archive.reports[archive.reports.len() - 1 - *number as usize];
    answer.reports.iter().map(|number| report(number).public.id.as_deref().unwrap_or("-")).collect()
}

/// Queries of a file with the ids of which one must be among the first three.
fn queries(text: &str) -> Vec<(&str, Vec<&str>)> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.filter_map(|line| line.split_once('\t')).map(|(query, ids)| (query, ids.split('\t').collect())).collect()
}

#[test]
fn readers_find_what_they_look_for() {
    let (sources, archive) = looked(Path::new("."));
    let index = Index::read(&outputs(&sources, &archive, Edition::FULL)).expect("an index");
    let text = fs::read_to_string("tests/quality/sample.tsv").expect("queries");
    let queries = queries(&text);
    assert!(queries.len() >= 80);
    let missed: Vec<String> = queries
        .iter()
        .filter_map(|(query, ids)| {
            let found = found(&archive, &index, query);
            let hit = found.iter().take(3).any(|id| ids.contains(id));
            (!hit).then(|| format!("{query}: {ids:?}, but {:?}", &found[..found.len().min(3)]))
        })
        .collect();
    let most = queries.len() / 20;
    assert!(missed.len() <= most, "{} of {} are missed:\n{}", missed.len(), queries.len(), missed.join("\n"));
}

/// Some words of headlines find their reports in an archive of made-up words.
#[test]
fn headlines_lead_to_their_reports() {
    let folder = tempfile::tempdir().expect("a folder");
    generator::generate(folder.path(), 300).expect("an archive");
    let (sources, archive) = looked(folder.path());
    let index = Index::read(&outputs(&sources, &archive, Edition::FULL)).expect("an index");
    let queries = archive.reports.iter().step_by(3).map(|report| {
        let words: Vec<&str> = report.public.title.split(' ').collect();
        (words[1..5].join(" "), report.public.id.as_deref().expect("an id"))
    });
    let (all, hits) = queries.fold((0, 0), |(all, hits), (query, id)| {
        (all + 1, hits + usize::from(found(&archive, &index, &query).iter().take(3).any(|found| *found == id)))
    });
    assert!(hits * 100 >= all * 95, "{hits} of {all}");
}

const ARCHIVE: &str = "\
-- content/reports/one.md --
---
id: A-1
title: A public headline on tariffs
summary: Duties rise in spring.
date: 2025-01-05
countries: [Mexico]
---
Ministers will raise the duty on imported steel, and cement follows in autumn.
-- content/reports/two.md --
---
id: A-2
title: Gated headline about harbours
summary: A summary that everybody reads.
date: 2025-02-05
countries: [Brazil]
access: subscribers
judgments:
- {text: The dredging contract goes to an unknown bidder from abroad within months, likelihood: likely}
---
A teaser on quays.

<!-- more -->

## Clandestine heading of wharves

The consortium secretly pledged eleven floating cranes to the port authority before Easter.
";

fn index_files(built: &Built) -> BTreeSet<&str> {
    built.files.keys().map(String::as_str).filter(|path| is_mine(path)).collect()
}

fn index_of(built: &Built) -> Index {
    let output = |(path, bytes): (&String, &Vec<u8>)| Output { path: path.clone(), bytes: bytes.clone(), producer: "" };
    Index::read(&built.files.iter().map(output).collect::<Vec<_>>()).expect("an index")
}

#[test]
fn the_public_finds_teasers_and_subscribers_find_the_rest() {
    let public = index_of(&Site::new(ARCHIVE).build());
    let full = index_of(&Site::new(ARCHIVE).full().build());
    let count = |index: &Index, query: &str| rank::search(index, query, rank::Order::Relevance).reports.len();
    for query in ["harbours", "quays", "summary", "steel", "country:brazil", "A-2"] {
        assert_eq!((count(&public, query), count(&full, query)), (1, 1), "{query}");
    }
    for query in ["cranes", "consortium", "dredging", "wharves", "\"eleven floating cranes\""] {
        assert_eq!((count(&public, query), count(&full, query)), (0, 1), "{query}");
    }
    assert_eq!(public.parts.len(), 1);
    let names: Vec<&str> = full.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["public", "gated"], "what is gated is an index of its own");
    assert!(full.parts[0].number("cranes").is_none());
}

#[test]
fn a_gate_that_is_open_is_seen_in_the_index() {
    for gate in [Gate::Bodies, Gate::Fields] {
        let told = Site::new(ARCHIVE).edition(Edition::opening(gate)).fail();
        assert!(told.contains("public output search/index.json (search index"), "{gate:?}: {told}");
    }
}

#[test]
fn gated_words_of_other_scripts_are_seen_in_the_index() {
    let text = "الاتفاق السري بين الوزارة والشركة ينص على دفع العمولة قبل نهاية العام المقبل 合同规定在年底之前向该公司支付全部佣金并且保密";
    let report = ARCHIVE.replace("The consortium secretly", &format!("{text}\n\nThe consortium secretly"));
    let site = Site::new(&report).edition(Edition::opening(Gate::Bodies));
    let (sources, archive) = looked(site.root());
    let index = Index::read(&outputs(&sources, &archive, Edition::opening(Gate::Bodies))).expect("an index");
    let told = index.told_texts().concat();
    assert!(told.contains("合同规定在年底之前向该公司支付全部佣金并且保密"), "{told}");
    assert!(told.contains(briefpress::search::told(text).expect("respelt").trim()), "{told}");
}

#[test]
fn an_edit_changes_few_files_and_a_removed_report_leaves_none() {
    let site = Site::new(ARCHIVE);
    let before = site.build();
    let (files, again) = (index_files(&before), site.build());
    assert_eq!(files, index_files(&again));
    site.remove("content/reports/one.md");
    let after = site.build();
    assert!(!after.files.iter().any(|(path, _)| is_mine(path)
        && files.contains(path.as_str())
        && path.ends_with(".json")
        && before.files[path] == after.files[path]));
    assert_eq!(rank::search(&index_of(&after), "steel", rank::Order::Relevance).reports.len(), 0);
    assert!(index_of(&after).parts[0].number("steel").is_none(), "no word of it is left");
}

#[test]
fn a_site_can_do_without() {
    let site = Site::new(&format!(
        "-- briefpress.yaml --\ntitle: A\nurl: https://a.example/\nsearch: false\nregister: {{email: a@a.example}}\n{ARCHIVE}"
    ));
    let built = site.build();
    assert!(index_files(&built).is_empty() && !built.has("/search/"));
    assert!(!built.page("/").contains("search"), "no box, no description");
}

#[test]
fn the_index_is_the_same_whoever_makes_it() {
    let (sources, archive) = looked(Path::new("."));
    let bytes =
        |outputs: Vec<Output>| outputs.into_iter().map(|output| (output.path, output.bytes)).collect::<Vec<_>>();
    let alone = rayon_alone(|| bytes(outputs(&sources, &archive, Edition::FULL)));
    assert!(alone == bytes(outputs(&sources, &archive, Edition::FULL)));
}

fn rayon_alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread").install(work)
}
