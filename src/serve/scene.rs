//! A site in one view, of which every page is made when it is asked for.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use percent_encoding::percent_decode_str;
use rustc_hash::FxHashMap;

use crate::archive::ReportId;
use crate::build::broken;
use crate::build::machine::Machine;
use crate::build::site::Site;
use crate::check::links::Fragment;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fs;
use crate::output::Output;
use crate::plan::{Page, SEARCH, scopes};
use crate::search;
use crate::url::{encode_path, output_path};

/// A site in one view.
pub struct Scene {
    /// The site.
    pub site: Arc<Site>,
    rows: Vec<OnceLock<Fragment>>,
    /// Faults of the template of rows: every list has them.
    row_faults: Mutex<Vec<Diagnostic>>,
    /// Which file for machines stands at an address.
    machines: OnceLock<FxHashMap<String, Machine>>,
    /// The index of the search, made when it is first asked for.
    search: OnceLock<FxHashMap<String, Vec<u8>>>,
}

/// A page as it is served.
#[derive(Debug, Default)]
pub struct Made {
    /// The page; empty if its template has a fault.
    pub html: String,
    /// Pictures and attachments that it brings along.
    pub files: Vec<Output>,
    /// Words of its text.
    pub words: usize,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
}

impl Made {
    /// Whether a build would stop at it.
    pub fn is_broken(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }
}

/// What stands at an address.
#[derive(Debug, Clone, Copy)]
pub enum Found<'s> {
    /// A page.
    Page(&'s Page),
    /// A file of the theme.
    Asset(&'s [u8]),
    /// A file below `static/`, relative to it.
    Static(&'s str),
    /// Something for machines.
    Machine(Machine),
    /// A file of the search's index.
    Search(&'s [u8]),
    /// A picture or attachment that this page may bring along.
    Beside(&'s Page),
}

impl Scene {
    /// Nothing of it is made yet.
    pub fn new(site: Arc<Site>) -> Scene {
        let rows = site.archive.reports.iter().map(|_| OnceLock::new()).collect();
        Scene { site, rows, row_faults: Mutex::default(), machines: OnceLock::new(), search: OnceLock::new() }
    }

    /// The page at an address.
    pub fn page_at(&self, address: &str) -> Option<&Page> {
        self.site.plan.page_at(address)
    }

    /// The page of a record or plain page, by its file.
    pub fn page_of_record(&self, file: &str) -> Option<&Page> {
        let archive = &self.site.archive;
        let scope = scopes(archive).find(|scope| scope.file(archive) == Some(file))?;
        self.page_at(&scope.address(archive))
    }

    /// What stands at a path; it begins with `/` and is not encoded.
    pub fn find(&self, path: &str) -> Option<Found<'_>> {
        let page = self.page_at(path).or_else(|| self.page_at(path.strip_suffix("index.html")?));
        if let Some(page) = page {
            return Some(Found::Page(page));
        }
        if let Some(bytes) = self.site.renderer.asset(path) {
            return Some(Found::Asset(bytes));
        }
        let statics = &self.site.sources.statics;
        if let Ok(index) = statics.binary_search_by(|file| file.as_str().cmp(&path[1..])) {
            return Some(Found::Static(&statics[index]));
        }
        if let Some(machine) = self.machine_at(path) {
            return Some(Found::Machine(machine));
        }
        if self.site.plan.has_search() && search::is_mine(&path[1..]) {
            let files = self.search.get_or_init(|| self.search_index());
            return files.get(&path[1..]).map(|bytes| Found::Search(bytes));
        }
        self.page_around(path).map(Found::Beside)
    }

    fn search_index(&self) -> FxHashMap<String, Vec<u8>> {
        let row = |id: ReportId| self.row(id, &self.rows[id.index()]).seen_from(SEARCH);
        // What is wrong in bodies is told on their pages.
        let (outputs, _) = self.site.search_index(&row);
        outputs.into_iter().map(|output| (output.path, output.bytes)).collect()
    }

    /// The page in whose folder a path lies, the nearest first.
    fn page_around(&self, path: &str) -> Option<&Page> {
        path.rmatch_indices('/').skip(usize::from(path.ends_with('/'))).find_map(|(at, _)| self.page_at(&path[..=at]))
    }

    fn machine_at(&self, path: &str) -> Option<Machine> {
        let all = || {
            let machines = Machine::all(&self.site).into_iter();
            machines.flat_map(|one| one.addresses(&self.site).into_iter().map(move |at| (at, one))).collect()
        };
        let known = self.machines.get_or_init(all).get(path).copied();
        // A large sitemap has parts.
        known.or_else(|| path.starts_with("/sitemap-").then_some(Machine::Sitemap))
    }

    /// The bytes at a path that is no page. None if there is no such file after all.
    pub fn file(&self, path: &str, found: Found<'_>) -> Option<Vec<u8>> {
        let wanted = output_path(path);
        let among = |outputs: Vec<Output>| outputs.into_iter().find(|output| output.path == wanted);
        match found {
            Found::Asset(bytes) | Found::Search(bytes) => Some(bytes.to_vec()),
            Found::Static(file) => fs::read(&self.site.sources.root.join("static").join(file)).ok(),
            Found::Machine(machine) => among(machine.make(&self.site)).map(|output| output.bytes),
            Found::Beside(page) => among(self.make(page).files).map(|output| output.bytes),
            Found::Page(_) => None,
        }
    }

    /// Makes a page, as a build does, with all that is wrong with it.
    pub fn make(&self, page: &Page) -> Made {
        let mut links = BTreeSet::new();
        let row = |index: usize| Some(self.row(ReportId(u32::try_from(index).ok()?), self.rows.get(index)?));
        let made = self.site.finished(page, &row, &mut |link| {
            let path = &link[..link.find(['#', '?']).unwrap_or(link.len())];
            if !links.contains(path) {
                links.insert(path.to_owned());
            }
        });
        let mut problems = made.problems;
        problems.extend(made.fault.map(|(fault, _)| fault));
        problems.extend(self.row_faults.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned());
        let brought: Vec<String> = made.files.iter().map(|file| encode_path(&format!("/{}", file.path))).collect();
        let lost = links.iter().filter(|link| !brought.contains(link) && !self.leads_somewhere(link));
        let from = [page.address.clone()];
        problems.extend(lost.map(|link| broken::link(&self.site, &|to| self.leads_somewhere(to), &from, link)));
        problems.extend(made.fragments.iter().filter_map(|(address, id, place)| {
            let there = self.page_at(address)?;
            let ids = if there.address == page.address { made.anchors.clone() } else { self.anchors(there) };
            broken::fragment(&self.site, address, id, place, &ids)
        }));
        Made { html: made.html, files: made.files, words: made.words, problems }
    }

    fn anchors(&self, page: &Page) -> Vec<String> {
        self.site.renderer.page(page).anchors
    }

    fn row<'s>(&'s self, id: ReportId, slot: &'s OnceLock<Fragment>) -> &'s Fragment {
        slot.get_or_init(|| match self.site.renderer.row(id) {
            Ok(html) => Fragment::new(&html, &mut |_| {}),
            Err(fault) => {
                let mut faults = self.row_faults.lock().unwrap_or_else(PoisonError::into_inner);
                if !faults.contains(&fault) {
                    faults.push(fault);
                }
                Fragment::default()
            }
        })
    }

    /// Whether an encoded address of the site is one of a page or file, to the letter.
    fn leads_somewhere(&self, link: &str) -> bool {
        let path = percent_decode_str(link).decode_utf8_lossy();
        match self.find(&path) {
            Some(Found::Page(page)) => page.address == path,
            Some(found @ Found::Beside(_)) => !path.ends_with('/') && self.file(&path, found).is_some(),
            found => found.is_some(),
        }
    }
}
