//! Producing: every output is made, checked and staged on its own, by all threads.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::machine::Machine;
use super::seal::{self, Sealing};
use super::site::Site;
use super::{broken, leaks};
use crate::archive::{Edition, ReportId};
use crate::check::leak::{Hit, Secrets};
use crate::check::links::Fragment;
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::fs;
use crate::output::{Output, SEALED};
use crate::plan::{Page, PageKind, SEARCH};
use crate::render;
use crate::render::theme::while_made;
use crate::search::{self, reader::Index};
use crate::url::{encode_path, output_path};
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
pub fn look_through(site: &Site) -> Vec<Diagnostic> {
    let bodies =
        site.plan.pages.par_iter().filter(|page| matches!(page.kind, PageKind::Report(_) | PageKind::Plain(_)));
    bodies
        .flat_map_iter(|page| {
            let made = site.renderer.page(page);
            made.problems.into_iter().chain(made.fault.map(|(fault, _)| fault))
        })
        .collect()
}

/// Everything that producing needs.
pub struct Work<'a> {
    /// What is made.
    pub site: &'a Site,
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
        let site = self.site;
        let secrets = if site.edition == Edition::FULL {
            Secrets::with_capacity(0)
        } else {
            leaks::gather(&site.sources, &site.archive, findings)
        };
        if let Some(sealing) = &site.sealing {
            sealing.add_secrets(&secrets);
        }
        let mut desk = Desk {
            work: self,
            secrets,
            known: site.known_addresses(),
            rows: Vec::new(),
            gathered: Mutex::default(),
            done: AtomicUsize::new(0),
        };
        let rows: Result<Vec<Fragment>, Diagnostic> =
            (0..site.archive.reports.len() as u32).into_par_iter().map(|id| desk.row(ReportId(id))).collect();
        match rows {
            Ok(rows) => desk.rows = rows,
            Err(fault) => return findings.push(fault),
        }
        site.renderer.assets().for_each(|output| desk.take(output));
        desk.machine_files();
        desk.statics();
        desk.keyrings();
        if site.plan.has_search() {
            desk.search();
        }
        let all = site.plan.pages.len();
        site.plan.pages.par_iter().for_each(|page| {
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
    fn row(&self, id: ReportId) -> Result<Fragment, Diagnostic> {
        let html = self.work.site.renderer.row(id)?;
        self.look_into("a row of a list", html.as_bytes(), "row");
        Ok(Fragment::new(&html, &mut |link| self.look_at_link("", link)))
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
        if output.producer != SEALED {
            self.look_into(&output.path, &output.bytes, output.producer);
        }
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
        let site = self.work.site;
        let (large, small): (Vec<Machine>, Vec<Machine>) =
            Machine::all(site).into_iter().partition(|machine| machine.is_large());
        let make = |machine: Machine| machine.make(site).into_iter().for_each(|output| self.take(output));
        small.into_par_iter().for_each(make);
        large.into_iter().for_each(make);
    }

    /// The index of the search. Its text lies in it word by word: what it tells to somebody who puts them together again is
    /// looked at as well.
    fn search(&self) {
        let row = |id: ReportId| self.rows[id.index()].seen_from(SEARCH);
        let (outputs, problems) = self.work.site.search_index(&row);
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
        self.work.site.sources.statics.par_iter().for_each(|path| {
            let file = format!("static/{path}");
            match fs::read(&self.work.site.sources.root.join(&file)) {
                Ok(bytes) => self.take(Output { path: path.clone(), bytes, producer: "static file" }),
                Err(error) => self.gathered().problems.push(Diagnostic::error(Place::file(file), error.to_string())),
            }
        });
    }

    fn keyrings(&self) {
        match self.work.site.sealing.as_ref().map(Sealing::keyrings) {
            Some(Ok(outputs)) => outputs.into_iter().for_each(|output| self.take(output)),
            Some(Err(problem)) => self.gathered().problems.push(problem),
            None => {}
        }
    }

    /// Puts into a page what it holds for subscribers.
    fn seal(&self, page: &Page, html: &mut String, public: &[Output]) {
        let Some(sealing) = &self.work.site.sealing else { return };
        match sealing.page(page, public, &mut |link| self.look_at_link(&page.address, link)) {
            Ok(None) => {}
            Ok(Some(sealed)) => {
                self.look_into(&page.address, sealed.told.as_bytes(), "sealed text");
                seal::put_in(html, &sealed.script);
                sealed.files.into_iter().for_each(|file| self.take(file));
            }
            Err(problem) => self.gathered().problems.push(problem),
        }
    }

    fn page(&self, page: &Page) {
        let row = |index: usize| self.rows.get(index);
        let mut made = self.work.site.finished(page, &row, &mut |link| self.look_at_link(&page.address, link));
        if !made.html.is_empty() {
            let looked_at = made.beside_rows.as_ref().unwrap_or(&made.html);
            self.look_into(&output_path(&page.address), looked_at.as_bytes(), "page");
            self.seal(page, &mut made.html, &made.files);
        }
        let files: Vec<String> = made.files.iter().map(|file| encode_path(&format!("/{}", file.path))).collect();
        made.files.into_iter().for_each(|file| self.take(file));
        if !made.html.is_empty() {
            self.put(render::output(&page.address, made.html));
        }
        let plain = files.is_empty() && made.problems.is_empty() && made.fragments.is_empty();
        if plain && made.fault.is_none() && made.anchors.is_empty() {
            return;
        }
        let mut gathered = self.gathered();
        gathered.files.extend(files);
        gathered.problems.extend(made.problems);
        gathered.faults.extend(made.fault);
        gathered.fragments.extend(made.fragments);
        gathered.anchors.insert(page.address.clone(), made.anchors);
    }

    /// Tells what only all outputs together show.
    fn close(self, findings: &mut Findings) {
        let gathered = self.gathered.into_inner().unwrap_or_else(PoisonError::into_inner);
        findings.extend(gathered.problems);
        findings.extend(each_fault_once(gathered.faults));
        let mut broken: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (from, to) in gathered.open_links.into_iter().filter(|(_, to)| !gathered.files.contains(to)) {
            broken.entry(to).or_default().push(from);
        }
        for (to, mut from) in broken {
            from.retain(|from| !from.is_empty());
            from.sort_unstable();
            from.dedup();
            findings.push(broken::link(self.work.site, &|to| self.known.contains(to), &from, &to));
        }
        for (address, id, place) in gathered.fragments {
            let ids = gathered.anchors.get(&address).map_or(&[][..], Vec::as_slice);
            findings.extend(broken::fragment(self.work.site, &address, &id, &place, ids));
        }
        leaks::tell(gathered.hits, &self.work.site.sources, &self.work.site.archive, findings);
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
