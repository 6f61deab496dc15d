//! Random edits, one or several at once, seen by the watcher: after each, every page is that of a fresh build.

use std::collections::BTreeMap;
use std::time::Duration;

use briefpress::archive::Edition;
use briefpress::build::{Request, build};
use briefpress::diagnostic::{Diagnostic, Severity};
use briefpress::serve::editor::Editor;
use briefpress::serve::hub::{Hub, Reply};
use briefpress::serve::preview::{Preview, View};
use briefpress::serve::request::Hosts;
use briefpress::serve::watch_folder::Watch;

use crate::support::{Site, files_of};

/// What a file of the site may be; nothing stands for no file.
const FILES: &[(&str, &[&str])] = &[
    (
        "briefpress.yaml",
        &[
            "title: The Briefing\nurl: https://example.org/briefings/\nregister: {email: desk@example.org}\n",
            "title: Another Name\nurl: https://example.org/briefings/\npagination: 2\nregister: {email: desk@example.org}\n",
            "title: The Briefing\nurl: https://example.org/briefings/\ntheme: mine\nregister: {email: desk@example.org}\n",
            "title: The Briefing\nurl: https://example.org/\nreport_address: /{year}/{month}/{slug}/\nregister: {email: desk@example.org}\n",
            "title: [broken\n",
            "titel: The Briefing\n",
        ],
    ),
    (
        "content/reports/2025/first.md",
        &[
            "---\nid: MX-1\ntitle: \"Politics: First\"\ndate: 2025-09-08\ncountries: [Mexico]\nauthors: [First Author]\ntopics: [Politics]\n---\nText of the first.\n",
            "---\nid: MX-1\ntitle: \"Politics: First\"\ndate: 2025-09-08\ncountries: [Mexico]\nauthors: [First Author]\ntopics: [Politics]\n---\nAnother text, with a [link](@MX-2).\n\n## A heading\n\nMore.\n",
            "---\nid: MX-1\ntitle: \"Debt: Another headline\"\nsummary: A summary.\ndate: 2025-09-08\ncountries: [Mexico]\nauthors: [First Author]\ntopics: [Politics]\njudgments: [{text: It holds, likelihood: likely}]\n---\nText of the first.\n",
            "---\nid: MX-1\ntitle: \"Politics: First\"\ndate: 2025-09-08\ncountries: [Mexico]\nauthors: [First Author]\ntopics: [Politics]\njudgments: [{text: It holds, likelihood: perhaps}]\n---\nText of the first.\n",
            "---\nid: MX-1\ntitle: Renamed\ndate: 2024-01-08\ncountries: [Brazil, Mexico]\nauthors: [Second Author, New Author]\ntopics: [Debt]\nfeatured: true\n---\nText of the first.\n",
            "---\nid: MX-1\ntitle: Gated\ndate: 2025-09-09\ncountries: [Mexico]\naccess: subscribers\noutlook: Cloudy with spells\n---\nTeaser words.\n\n<!-- more -->\n\nBehind the gate there are seventeen words that nobody but a subscriber may ever come to read here.\n",
            "---\ntitle: Broken\ndate: 2025-13-08\ncountries: [Mexcio]\n---\nText.\n",
            "---\ntitle: [never closed\n",
            "",
        ],
    ),
    (
        "content/reports/2025/second.md",
        &[
            "---\nid: MX-2\ntitle: Second\ndate: 2025-09-07\ncountries: [MX]\nauthors: [First Author]\nsupersedes: [MX-1]\n---\nSee [the first](first.md).\n",
            "---\nid: MX-2\ntitle: Second\ndate: 2025-09-07\ncountries: [MX]\n---\nSee [the first](first.md#a-heading).\n",
            "---\nid: MX-2\ntitle: Second\ndate: 2025-09-07\ncountries: [MX]\nstatus: draft\n---\nNot yet.\n",
            "---\nid: MX-2\ntitle: Second\ndate: 2025-09-07\ncountries: [MX]\n---\nA picture: ![A dot](dot.gif)\n",
            "---\nid: MX-1\ntitle: The same id\ndate: 2025-09-07\n---\nText.\n",
            "---\nid: MX-2\ntitle: Second\ndate: 2025-09-07\n---\nA [dead link](/nowhere/).\n",
            "",
        ],
    ),
    (
        "content/reports/third/index.md",
        &[
            "---\nid: BR-3\ntitle: Terceiro\ndate: 2025-08-01\ncountries: [Mexico]\nlang: pt\ntranslation_of: MX-2\nwatch: [{date: 2026-02-01, event: Carnaval}]\n---\nTexto.\n",
            "---\nid: BR-3\ntitle: Third\ndate: 2025-12-24\nembargo: 2030-01-01\ncountries: [Brazil]\n---\nEmbargoed.\n",
            "---\nid: BR-3\ntitle: Third\ndate: 2025-08-01\ncountries: [Brazil]\naliases: [/old/third/]\nupdates: [{date: 2025-08-02, type: correction, note: It was the fourth}]\n---\nText.\n",
            "",
        ],
    ),
    ("content/reports/2025/dot.gif", &[PIXEL, ""]),
    (
        "content/countries/mexico.md",
        &[
            "---\noutlook: {text: Cloudy, date: 2025-09-01}\n---\nA record.\n",
            "---\nname: Estados Unidos Mexicanos\n---\n",
            "",
        ],
    ),
    (
        "content/authors/first-author.md",
        &[
            "---\nname: First Author\nrole: Editor\n---\nA life.\n",
            "---\nname: First A. Author\naliases: [First Author]\n---\n",
            "",
        ],
    ),
    ("content/topics/debt.md", &["---\nname: Debt\nparent: Politics\n---\n", "---\nname: Debt\n---\n", ""]),
    ("content/topics/politics.md", &["---\nname: Politics\naliases: [Debts]\n---\n", ""]),
    (
        "content/pages/about.md",
        &["---\ntitle: About\n---\nWho we are.\n", "---\ntitle: About us\ntemplate: own.html\n---\nWords.\n", ""],
    ),
    (
        "templates/row.html",
        &[
            "<p class=\"row\"><a href=\"{{ report.url }}\">{{ report.title }}</a></p>\n",
            "{{ report.nothing.at.all }}\n",
            "{% if %}\n",
            "",
        ],
    ),
    (
        "templates/own.html",
        &["{% extends \"base.html\" %}{% block main %}<h1>{{ title }}</h1>{% endblock main %}\n", ""],
    ),
    ("templates/partials/footer.html", &["<footer>{{ site.counts.reports }} reports</footer>\n", ""]),
    ("templates/locales/en.ftl", &["latest = The newest\n", ""]),
    ("themes/mine/theme.yaml", &["name: mine\nparent: broadsheet\n", ""]),
    ("themes/mine/static/theme.css", &[":root { --accent: #123456; }\n", ":root { --accent: #654321; }\n", ""]),
    ("static/robots.txt", &["User-agent: *\nDisallow:\n", ""]),
    ("static/a folder/note.txt", &["A note.\n", "Another note.\n", ""]),
];

/// A picture of one dot, as text: a GIF is ASCII enough to stand here (the specification of GIF 87a).
const PIXEL: &str = "GIF87a\u{1}\0\u{1}\0\0\0\0,\0\0\0\0\u{1}\0\u{1}\0\0\u{2}\u{2}D\u{1}\0;";

const AS_OF: &str = "2025-12-01T00:00:00Z";

/// A file that the site does not read.
const LAST: &str = "settled";

/// Numbers that look random, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

struct Bench {
    site: Site,
    hub: Hub,
    watch: Watch,
    view: View,
    /// The pages of the last build that had no error, by address.
    last: BTreeMap<String, Vec<u8>>,
}

impl Bench {
    fn new(edition: Edition) -> Bench {
        let site = Site::new("");
        for (path, variants) in FILES {
            site.write(path, variants[0]);
        }
        let view = View { edition, as_of: Some(AS_OF.parse().expect("a moment")), drafts: false, plan: None };
        let hosts = Hosts { at: "127.0.0.1:1".parse().expect("an address"), name: "localhost".to_owned() };
        let preview = Preview::new(site.root(), None, view);
        let hub = Hub::new(preview, hosts, Editor::read("none").expect("known"), false);
        let watch = Watch::new(site.root(), None).expect("watched");
        Bench { site, hub, watch, view, last: BTreeMap::new() }
    }

    /// Writes a file in one of the ways in which programs do, or removes it.
    fn put(&self, path: &str, text: &str, dice: &mut Dice) {
        let file = self.site.root().join(path);
        if text.is_empty() {
            let _ = std::fs::remove_file(&file);
        } else if dice.below(2) == 0 {
            self.site.write(path, text);
        } else {
            let beside = format!("{path}.tmp{}", dice.below(9));
            self.site.write(&beside, text);
            std::fs::rename(self.site.root().join(beside), file).expect("saved");
        }
    }

    /// Something that people do to a folder.
    fn edit(&self, dice: &mut Dice) -> String {
        if dice.below(9) == 0 {
            return self.move_folder();
        }
        let (path, variants) = FILES[dice.below(FILES.len())];
        let number = dice.below(variants.len());
        self.put(path, variants[number], dice);
        format!("{path} #{number}")
    }

    /// A folder with all in it takes another name, or its old one again.
    fn move_folder(&self) -> String {
        let (here, there) =
            (self.site.root().join("content/reports/2025"), self.site.root().join("content/reports/moved"));
        let (from, to) = if here.exists() { (here, there) } else { (there, here) };
        if to.exists() {
            std::fs::remove_dir_all(&to).expect("removed");
        }
        if from.exists() {
            std::fs::rename(&from, &to).expect("moved");
        }
        "a folder moved".to_owned()
    }

    /// Waits until the watcher has told everything: it tells in order, so that a file written last is told last.
    fn settle(&mut self) {
        self.site.write(LAST, "");
        loop {
            let changes = self.watch.next(Duration::from_secs(20)).expect("the watcher tells");
            let is_last = changes.all || changes.paths.contains(LAST);
            self.hub.preview.update(&changes);
            if is_last {
                return;
            }
        }
    }

    fn build(&self) -> (bool, Vec<Diagnostic>, BTreeMap<String, Vec<u8>>) {
        // A build that has nothing to do tells nothing: each is into a folder of its own.
        let output = tempfile::tempdir().expect("a folder");
        let request = Request {
            edition: self.view.edition,
            as_of: self.view.as_of.expect("a moment"),
            keep_addresses: false,
            output: output.path().to_owned(),
            ..Request::new(self.site.root())
        };
        let outcome = build(&request, &());
        let files = if outcome.summary.is_some() { files_of(output.path()) } else { BTreeMap::new() };
        (outcome.summary.is_some(), outcome.findings, files)
    }

    /// Holds everything that is served against a build.
    fn compare(&mut self, what: &str) {
        let (good, findings, files) = self.build();
        let base = self.base();
        for (path, bytes) in &files {
            let address = format!("{base}{}", path.strip_suffix("index.html").unwrap_or(path));
            let served = match self.hub.reply(self.view, &address) {
                Reply::Page(_, html) => html.as_bytes().to_vec(),
                Reply::File(_, bytes) => bytes,
                Reply::Moved(_, to) => panic!("{what}: {address} is said to be at {to}"),
            };
            assert!(served == *bytes, "{what}: {address} is not what a build writes");
        }
        let stand = self.hub.preview.stand(self.view);
        if good {
            let pages = stand.scene.as_ref().expect("a site").site.plan.pages.len();
            let built = files.keys().filter(|path| path.ends_with(".html")).count();
            assert_eq!(pages, built, "{what}: no page more, and none less");
            assert_eq!(told(&stand.all_findings()), told(&findings), "{what}: findings");
            self.last = files;
        } else {
            self.look_at_all();
            let stand = self.hub.preview.stand(self.view);
            assert!(stand.is_broken(), "{what}: a build fails, and the preview says nothing: {:#?}", told(&findings));
            let known = told(&stand.all_findings());
            let missing: Vec<String> = told(&stand.findings).into_iter().filter(|one| !known.contains(one)).collect();
            assert!(missing.is_empty(), "{what}: {missing:#?}");
        }
    }

    fn base(&self) -> String {
        let stand = self.hub.preview.stand(self.view);
        stand.scene.as_ref().map_or("/".to_owned(), |scene| scene.site.renderer.base_path.clone())
    }

    fn look_at_all(&self) {
        let stand = self.hub.preview.stand(self.view);
        for page in stand.scene.iter().filter(|_| stand.is_fresh).flat_map(|scene| &scene.site.plan.pages) {
            self.hub.preview.page(self.view, &page.address);
        }
    }
}

fn told(findings: &[Diagnostic]) -> Vec<String> {
    let mut all: Vec<String> =
        findings.iter().map(|one| format!("{:?} {:?} {}", one.severity, one.place, one.message)).collect();
    all.sort();
    all.dedup();
    all
}

/// `EDITS=500 cargo test --test sites preview::edits` tries more.
fn random_edits(edition: Edition, seed: u64) {
    let edits: usize = std::env::var("EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(24);
    let mut bench = Bench::new(edition);
    bench.settle();
    bench.compare("the beginning");
    let findings = bench.hub.preview.stand(bench.view).all_findings();
    assert!(findings.iter().all(|one| one.severity != Severity::Error), "the beginning is in order: {findings:#?}");
    let mut dice = Dice(seed);
    let (mut good, mut done) = (0, Vec::new());
    for number in 0..edits {
        // A checkout of another branch changes many files at once.
        let at_once = if dice.below(6) == 0 { 2 + dice.below(8) } else { 1 };
        let what: Vec<String> = (0..at_once).map(|_| bench.edit(&mut dice)).collect();
        done.push(what.join(", "));
        bench.settle();
        bench.compare(&format!("seed {seed}, edit {number}: {done:#?}"));
        good += usize::from(!bench.hub.preview.stand(bench.view).is_broken());
        // What is broken is mended before long, as people do, so that most of the way is a site that can be built.
        if bench.hub.preview.stand(bench.view).is_broken() && dice.below(3) > 0 {
            FILES.iter().for_each(|(path, variants)| bench.put(path, variants[0], &mut Dice(0)));
            bench.settle();
            bench.compare(&format!("seed {seed}, mended after edit {number}: {done:#?}"));
        }
    }
    assert!(good > edits / 4, "only {good} of {edits} edits left a site that could be built");
}

#[test]
fn served_pages_are_those_of_a_build_in_public() {
    random_edits(Edition::PUBLIC, 11);
}

#[test]
fn served_pages_are_those_of_a_build_in_full() {
    random_edits(Edition::FULL, 7);
}

#[test]
fn what_was_in_order_stays_while_a_file_is_broken() {
    let mut bench = Bench::new(Edition::PUBLIC);
    bench.settle();
    let address = "/briefings/reports/2025/first/";
    let page = |bench: &Bench| match bench.hub.reply(bench.view, address) {
        Reply::Page(status, html) => (status.as_u16(), html.to_string()),
        _ => panic!("a page"),
    };
    let before = page(&bench);
    assert!(before.1.contains("Text of the first."));
    bench.site.write("content/reports/2025/first.md", "---\ntitle: [never closed\n");
    bench.settle();
    assert_eq!(page(&bench), before, "the last good page stays");
    let errors = |bench: &Bench| {
        let findings = bench.hub.preview.stand(bench.view).all_findings();
        findings.into_iter().filter(|one| one.severity == Severity::Error).count()
    };
    assert!(errors(&bench) > 0);
    bench.site.write("content/reports/2025/first.md", FILES[1].1[1]);
    bench.settle();
    assert_eq!(errors(&bench), 0, "mended");
    assert!(page(&bench).1.contains("Another text"));
}

/// A request may come before the watcher has told of a change.
#[test]
fn a_page_is_never_made_of_half_a_change() {
    let bench = Bench::new(Edition::FULL);
    let page = |path: &str| match bench.hub.reply(bench.view, path) {
        Reply::Page(status, html) => (status.as_u16(), html.to_string()),
        _ => panic!("a page"),
    };
    assert!(page("/briefings/reports/2025/first/").1.contains("Text of the first."));
    bench.site.write("content/reports/2025/first.md", FILES[1].1[1]);
    let (status, now) = page("/briefings/reports/2025/first/");
    assert!(status == 200 && now.contains("Another text"), "{now}");
    let findings = bench.hub.preview.stand(bench.view).all_findings();
    assert!(findings.iter().all(|one| one.severity != Severity::Error), "{findings:#?}");
}
