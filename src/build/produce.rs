//! Producing: every output is made, checked and staged on its own, by all threads.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Request, broken, fixed_outputs, leaks};
use crate::archive::{Archive, Edition, ReportId};
use crate::check::leak::{Hit, Secrets};
use crate::check::links::{self, Fragment, Style};
use crate::diagnostic::{Diagnostic, Findings, Place, nearest};
use crate::feeds::{self, Feeds};
use crate::fs;
use crate::output::Output;
use crate::plan::{Page, PageKind, Plan};
use crate::render::theme::while_made;
use crate::render::{self, Renderer};
use crate::search::{self, reader::Index};
use crate::source::{Sources, locate};
use crate::url::encode_path;
use crate::write::{self, Stage};

/// Told how far a build has come.
pub trait Progress: Sync {
    /// So many of so many outputs are made.
    fn made(&self, done: usize, all: usize);
}

/// Nobody is told.
impl Progress for () {
    fn made(&self, _: usize, _: usize) {}
}

/// What is wrong in the pages of an archive that will not be published: nothing is staged.
pub fn look_through(renderer: &Renderer<'_>, plan: &Plan) -> Vec<Diagnostic> {
    let bodies = plan.pages.par_iter().filter(|page| matches!(page.kind, PageKind::Report(_) | PageKind::Plain(_)));
    bodies
        .flat_map_iter(|page| {
            let made = renderer.page(page);
            made.problems.into_iter().chain(made.fault.map(|(fault, _)| fault))
        })
        .collect()
}

/// Everything that producing needs.
pub struct Work<'a> {
    /// What is built.
    pub request: &'a Request,
    /// What was read.
    pub sources: &'a Sources,
    /// The reports and records.
    pub archive: &'a Archive,
    /// The pages.
    pub plan: &'a Plan,
    /// Makes pages.
    pub renderer: &'a Renderer<'a>,
    /// Where outputs go.
    pub stage: &'a Stage,
}

/// What is gathered from all threads.
#[derive(Default)]
struct Gathered {
    problems: Vec<Diagnostic>,
    /// What is wrong in templates, and the page that was being made.
    faults: Vec<(Diagnostic, String)>,
    /// Whether an output could not be written.
    disk_failed: bool,
    hits: Vec<(Hit, &'static str)>,
    /// Links that no plan knows: from, to.
    open_links: Vec<(String, String)>,
    /// Addresses of files that pages brought along.
    files: FxHashSet<String>,
    /// Links to ids of other pages.
    fragments: Vec<(String, String, Place)>,
    /// Ids of pages.
    anchors: FxHashMap<String, Vec<String>>,
}

struct Desk<'w> {
    work: &'w Work<'w>,
    secrets: Secrets,
    known: FxHashSet<String>,
    rows: Vec<Fragment>,
    gathered: Mutex<Gathered>,
    done: AtomicUsize,
}

impl Work<'_> {
    /// Makes, checks and stages every output.
    pub fn produce(&self, progress: &dyn Progress, findings: &mut Findings) {
        let assets: Vec<Output> = self.renderer.assets().collect();
        let mut known: FxHashSet<String> = self.plan.pages.iter().map(|page| encode_path(&page.address)).collect();
        known.extend(fixed_outputs(&assets, self.plan, self.archive));
        known.extend(self.sources.statics.iter().map(|path| encode_path(&format!("/{path}"))));
        let secrets = if self.request.edition == Edition::FULL {
            Secrets::with_capacity(0)
        } else {
            leaks::gather(self.sources, self.archive, findings)
        };
        let mut desk = Desk {
            work: self,
            secrets,
            known,
            rows: Vec::new(),
            gathered: Mutex::default(),
            done: AtomicUsize::new(0),
        };
        desk.rows = self.renderer.row_html.par_iter().map(|html| desk.row(html)).collect();
        assets.into_iter().for_each(|output| desk.take(output));
        desk.machine_files();
        desk.statics();
        if self.plan.has_search() {
            desk.search();
        }
        let all = self.plan.pages.len();
        self.plan.pages.par_iter().for_each(|page| {
            desk.page(page);
            progress.made(desk.done.fetch_add(1, Ordering::Relaxed) + 1, all);
        });
        desk.close(findings);
    }
}

impl Desk<'_> {
    fn gathered(&self) -> std::sync::MutexGuard<'_, Gathered> {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Checks a row once for all lists that hold it.
    fn row(&self, html: &str) -> Fragment {
        self.look_into("a row of a list", html.as_bytes(), "row");
        Fragment::new(html, &mut |link| self.look_at_link("", link))
    }

    /// Looks for gated text.
    fn look_into(&self, path: &str, bytes: &[u8], producer: &'static str) {
        let mut hits = Vec::new();
        if let Some(opaque) = self.secrets.scan(path, bytes, &mut hits) {
            let fact = format!("{path} cannot be looked into for gated text: {opaque}");
            self.gathered().problems.push(leaks::opaque(path, producer, fact));
        }
        if !hits.is_empty() {
            self.gathered().hits.extend(hits.into_iter().map(|hit| (hit, producer)));
        }
    }

    /// Remembers a link that no plan knows. A row of a list is no page: `from` is empty then.
    fn look_at_link(&self, from: &str, link: &str) {
        let path = &link[..link.find(['#', '?']).unwrap_or(link.len())];
        if !self.known.contains(path) {
            self.gathered().open_links.push((from.to_owned(), path.to_owned()));
        }
    }

    /// Checks an output for gated text and stages it.
    fn take(&self, output: Output) {
        self.look_into(&output.path, &output.bytes, output.producer);
        self.put(output);
    }

    fn put(&self, output: Output) {
        let Err(error) = self.work.stage.put(&output.path, &output.bytes) else { return };
        let mut gathered = self.gathered();
        // A disk that is full is full for every output: it is told once.
        let told = matches!(error, write::Error::Disk(_)) && std::mem::replace(&mut gathered.disk_failed, true);
        if !told {
            gathered.problems.push(Diagnostic::general(error.to_string()));
        }
    }

    fn machine_files(&self) {
        let work = self.work;
        let withdrawn = work.renderer.locale().word("withdrawn_report");
        let feeds = Feeds { config: &work.sources.config, archive: work.archive, withdrawn };
        let scopes: Vec<_> = std::iter::once(None).chain(work.plan.feeds.iter().copied().map(Some)).collect();
        scopes.into_par_iter().for_each(|scope| feeds.of(scope).into_iter().for_each(|output| self.take(output)));
        let (config, archive, edition) = (&work.sources.config, work.archive, work.request.edition);
        // One after the other: those of a large archive are large.
        feeds::sitemap(config, archive, work.plan, edition).into_iter().for_each(|output| self.take(output));
        feeds::calendars(config, archive, work.plan, edition).into_iter().for_each(|output| self.take(output));
        self.take(feeds::catalogue_json(&feeds));
        self.take(feeds::catalogue_csv(&feeds));
        if config.news_sitemap {
            self.take(feeds::news(config, archive, edition));
        }
        if !work.sources.statics.iter().any(|path| path == "robots.txt") {
            self.take(feeds::robots(config, edition));
        }
    }

    /// The index of the search. Its text lies in it word by word: what it tells to somebody who puts them together again is
    /// looked at as well.
    fn search(&self) {
        let work = self.work;
        let words = work.renderer.locale().word("search_reports");
        self.take(feeds::opensearch(&work.sources.config, words));
        let row = |id: ReportId| work.renderer.row_html.get(id.index()).cloned().unwrap_or_default();
        let edition = work.request.edition;
        let (outputs, problems) =
            search::Site::new(work.sources, work.archive, edition, &row, &search::in_clear).outputs();
        self.gathered().problems.extend(problems);
        if !self.secrets.is_empty() {
            match Index::read(&outputs) {
                Ok(index) => index.told_texts().par_iter().for_each(|text| {
                    self.look_into(search::CONTENTS, text.as_bytes(), "search index");
                }),
                Err(damaged) => self.gathered().problems.push(Diagnostic::general(format!(
                    "the index of the search cannot be looked into for gated text: {} cannot be read",
                    damaged.0
                ))),
            }
        }
        outputs.into_par_iter().for_each(|output| self.take(output));
    }

    fn statics(&self) {
        self.work.sources.statics.par_iter().for_each(|path| {
            let file = format!("static/{path}");
            match fs::read(&self.work.sources.root.join(&file)) {
                Ok(bytes) => self.take(Output { path: path.clone(), bytes, producer: "static file" }),
                Err(error) => self.gathered().problems.push(Diagnostic::error(Place::file(file), error.to_string())),
            }
        });
    }

    fn page(&self, page: &Page) {
        let rendered = self.work.renderer.page(page);
        let style = match page.kind {
            PageKind::NotFound => Style::Below(&self.work.renderer.base_path),
            _ => Style::RelativeTo(&page.address),
        };
        let html = links::rewrite(&rendered.html, style, &mut |link| self.look_at_link(&page.address, link));
        let text = links::rewrite(&rendered.text, style, &mut |link| self.look_at_link(&page.address, link));
        let (html, beside_rows) = links::fill(html, style, &self.rows, &text);
        let mut brought: Vec<Output> = Vec::new();
        for file in rendered.files {
            // A picture may stand at the head of a report and in its text.
            if !brought.iter().any(|other| other.path == file.path && other.bytes == file.bytes) {
                brought.push(file);
            }
        }
        let files: Vec<String> = brought.iter().map(|file| encode_path(&format!("/{}", file.path))).collect();
        brought.into_iter().for_each(|file| self.take(file));
        if !html.is_empty() {
            let output = render::output(&page.address, html);
            let looked_at = beside_rows.as_ref().map_or(&output.bytes[..], String::as_bytes);
            self.look_into(&output.path, looked_at, output.producer);
            self.put(output);
        }
        let plain = files.is_empty() && rendered.problems.is_empty() && rendered.fragments.is_empty();
        if plain && rendered.fault.is_none() && rendered.anchors.is_empty() {
            return;
        }
        let mut gathered = self.gathered();
        gathered.files.extend(files);
        gathered.problems.extend(rendered.problems);
        gathered.faults.extend(rendered.fault);
        gathered.fragments.extend(rendered.fragments);
        gathered.anchors.insert(page.address.clone(), rendered.anchors);
    }

    /// Tells what only all outputs together show.
    fn close(self, findings: &mut Findings) {
        let gathered = self.gathered.into_inner().unwrap_or_else(PoisonError::into_inner);
        findings.extend(gathered.problems);
        findings.extend(each_fault_once(gathered.faults));
        let known = &self.known;
        let mut broken: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (from, to) in gathered.open_links.into_iter().filter(|(_, to)| !gathered.files.contains(to)) {
            broken.entry(to).or_default().push(from);
        }
        for (to, mut from) in broken {
            from.retain(|from| !from.is_empty());
            from.sort_unstable();
            from.dedup();
            findings.push(broken::link(self.work, known, &from, &to));
        }
        for (address, id, place) in gathered.fragments {
            let ids = gathered.anchors.get(&address);
            if !ids.is_some_and(|ids| ids.contains(&id)) {
                let hint = nearest(&id, ids.into_iter().flatten().map(String::as_str))
                    .map(|near| format!("did you mean #{near}?"));
                let hint = hint.unwrap_or_else(|| "link to the page alone, or to one of its headings".to_owned());
                let fact = format!("the page {address} has no heading `#{id}`");
                let place = locate::find(&self.work.sources.root, &place.file, &format!("#{id}"));
                findings.push(Diagnostic::error(place, fact).hint(hint));
            }
        }
        leaks::tell(gathered.hits, self.work.sources, self.work.archive, findings);
    }
}

/// One finding for each fault of a template, with the first page that shows it.
fn each_fault_once(mut faults: Vec<(Diagnostic, String)>) -> Vec<Diagnostic> {
    faults.sort_by(|(a, on), (b, also_on)| (&a.place, &a.message, on).cmp(&(&b.place, &b.message, also_on)));
    let same = faults.chunk_by(|(a, _), (b, _)| a == b);
    same.map(|same| {
        let pages: Vec<&str> = same.iter().map(|(_, page)| page.as_str()).collect();
        while_made(same[0].0.clone(), &pages)
    })
    .collect()
}
