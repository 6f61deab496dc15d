//! What a preview has read: files, the theme, and the archives that were made of them. Only what changed is read again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rustc_hash::FxHashSet;

use super::preview::View;
use crate::archive::{self, Archive, Memory, Options};
use crate::build::Request;
use crate::build::site::Site;
use crate::config;
use crate::diagnostic::{Diagnostic, Findings};
use crate::render::{Choice, Theme};
use crate::source::{self, Earlier, LOCK_FILE, Listing, Sources};

/// What happened on the disk.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Files and folders that changed, came or went, relative to the site.
    pub paths: FxHashSet<String>,
    /// Whether more may have changed than is told.
    pub all: bool,
    /// Whether a moment has come at which the archive changes by itself.
    pub time: bool,
}

impl Changes {
    /// Some files changed.
    pub fn files(files: impl IntoIterator<Item = String>) -> Changes {
        Changes { paths: files.into_iter().collect(), ..Changes::default() }
    }
}

/// What was read of a site.
pub struct Inputs {
    /// The site's folder.
    pub root: PathBuf,
    base_url: Option<String>,
    number: u64,
    listing: Option<Listing>,
    listed: Vec<Diagnostic>,
    sources: Option<Arc<Sources>>,
    /// Whether the sources are what the newest configuration makes of the newest files.
    is_current: bool,
    /// Files that changed since the sources were read.
    unread: FxHashSet<String>,
    loaded: Vec<Diagnostic>,
    theme: Option<Arc<Theme>>,
    themed: Vec<Diagnostic>,
    /// How often settings, templates or addresses that are kept were read.
    looks: u64,
    archives: Vec<Assembled>,
    planned: Vec<Planned>,
}

/// A site in a view as it was planned, and what was told of the plan.
struct Planned {
    view: View,
    shape: (u64, u64),
    site: Arc<Site>,
    findings: Vec<Diagnostic>,
}

/// An archive as of a moment, with what its assembly left for the next one.
struct Assembled {
    as_of: Option<Timestamp>,
    drafts: bool,
    plan: Option<u8>,
    number: u64,
    memory: Memory,
    archive: Arc<Archive>,
    findings: Vec<Diagnostic>,
}

/// The folders that a look is made of.
const LOOKS: [&str; 2] = ["templates/", "themes/"];
/// How many archives are remembered.
const MOST_ARCHIVES: usize = 2;

impl Inputs {
    /// Nothing is read yet.
    pub fn new(root: &Path, base_url: Option<String>) -> Inputs {
        Inputs {
            root: root.to_owned(),
            base_url,
            number: 0,
            listing: None,
            listed: Vec::new(),
            sources: None,
            is_current: false,
            unread: FxHashSet::default(),
            loaded: Vec::new(),
            theme: None,
            themed: Vec::new(),
            archives: Vec::new(),
            looks: 0,
            planned: Vec::new(),
        }
    }

    /// Takes in what changed. The files of the site that are meant; none if there is no need to look again.
    pub fn take(&mut self, changes: &Changes) -> Option<Vec<String>> {
        let Some(listing) = self.listing.as_ref().filter(|_| !changes.all) else {
            self.read(None);
            return Some(changes.paths.iter().cloned().collect());
        };
        let known = |path: &str| listing.files.binary_search_by(|file| file.as_str().cmp(path)).is_ok();
        let told: Vec<&String> = changes.paths.iter().filter(|path| is_read(path)).collect();
        // What is not there, and was no file or folder of the site, came and went: an editor's file beside the one it saves.
        let told: Vec<&String> = told
            .into_iter()
            .filter(|path| known(path) || self.root.join(path).exists() || is_folder(&listing.files, path))
            .collect();
        if told.is_empty() {
            self.number += u64::from(changes.time);
            return changes.time.then(Vec::new);
        }
        if !told.iter().all(|path| known(path) && self.root.join(path).is_file()) {
            self.list();
        }
        let mut files: Vec<String> = told.iter().map(|path| (*path).clone()).collect();
        // A folder that took another's place has files of the same names.
        let folders = told.iter().filter(|path| self.root.join(path).is_dir());
        let below: Vec<String> = folders.flat_map(|folder| self.files_below(folder)).collect();
        files.extend(below);
        files.sort_unstable();
        files.dedup();
        self.read(Some(&files));
        Some(files)
    }

    fn files_below(&self, folder: &str) -> Vec<String> {
        let prefix = format!("{folder}/");
        let all = self.listing.iter().flat_map(|listing| &listing.files);
        all.filter(|file| file.starts_with(&prefix)).cloned().collect()
    }

    fn list(&mut self) {
        let mut findings = Findings::default();
        self.listing = Some(source::list(&self.root, &mut findings));
        self.listed = findings.sorted();
    }

    /// Reads some files again, or all.
    fn read(&mut self, changed: Option<&[String]>) {
        self.number += 1;
        match changed {
            Some(files) => self.unread.extend(files.iter().cloned()),
            None => {
                self.list();
                self.sources = None;
                self.theme = None;
            }
        }
        let Some(listing) = &self.listing else { return };
        let mut findings = Findings::default();
        let earlier = self.sources.as_deref().map(|sources| Earlier { sources, changed: &self.unread });
        let base_url = self.base_url.as_deref();
        let sources = source::load_again(&self.root, listing, base_url, earlier, &mut findings);
        self.loaded = findings.sorted();
        self.is_current = sources.is_some();
        let Some(sources) = sources else { return };
        let looks = |file: &String| LOOKS.iter().any(|folder| file.starts_with(folder)) || file == config::FILE;
        // What a plan is held against beside the archive.
        let counts = |file: &String| looks(file) || file == LOCK_FILE;
        self.looks += u64::from(self.sources.is_none() || self.unread.iter().any(counts));
        if self.theme.is_none() || self.unread.iter().any(looks) {
            let mut findings = Findings::default();
            self.theme = Theme::load(&self.root, &Choice::of(&sources.config), &mut findings).map(Arc::new);
            self.themed = findings.sorted();
        }
        self.unread.clear();
        self.sources = Some(Arc::new(sources));
    }

    /// The site in a view, with what is wrong with it; no site if a build would stop.
    pub fn site(&mut self, view: View) -> (Option<Arc<Site>>, Vec<Diagnostic>) {
        if self.listing.is_none() {
            self.read(None);
        }
        let mut findings = Findings::default();
        findings.extend(self.listed.iter().chain(&self.loaded).cloned());
        let Some(sources) = self.sources.clone().filter(|_| self.is_current) else {
            return (None, findings.sorted());
        };
        let (archive, shape) = self.archive(&sources, view, &mut findings);
        findings.extend(self.themed.iter().cloned());
        let site = self.planned(view, (shape, self.looks), &sources, &archive, &mut findings);
        let good = !findings.has_errors();
        (site.filter(|_| good), findings.sorted())
    }

    /// A site in a view. Its plan is that of the last one if the archive has the same shape and nothing else changed.
    fn planned(
        &mut self,
        view: View,
        shape: (u64, u64),
        sources: &Arc<Sources>,
        archive: &Arc<Archive>,
        findings: &mut Findings,
    ) -> Option<Arc<Site>> {
        if let Some(last) = self.planned.iter_mut().find(|last| last.view == view && last.shape == shape) {
            findings.extend(last.findings.iter().cloned());
            last.site = Arc::new(last.site.renewed(sources, archive));
            return Some(Arc::clone(&last.site));
        }
        let request = Request {
            edition: view.edition,
            as_of: view.as_of.unwrap_or_else(Timestamp::now),
            drafts: view.drafts,
            keep_addresses: view.as_of.is_none(),
            base_url: self.base_url.clone(),
            ..Request::new(&self.root)
        };
        let mut told = Findings::default();
        let site = Site::plan(&request, sources, archive, self.theme.clone(), &mut told);
        let told = told.sorted();
        findings.extend(told.iter().cloned());
        let site = Arc::new(site?);
        self.planned.retain(|last| last.view != view);
        self.planned.insert(0, Planned { view, shape, site: Arc::clone(&site), findings: told });
        self.planned.truncate(MOST_ARCHIVES + 1);
        Some(site)
    }

    fn archive(&mut self, sources: &Sources, view: View, findings: &mut Findings) -> (Arc<Archive>, u64) {
        let same = |one: &Assembled| (one.as_of, one.drafts, one.plan) == (view.as_of, view.drafts, view.plan);
        let known = self.archives.iter().position(same).map(|index| self.archives.remove(index));
        let assembled = match known {
            Some(known) if known.number == self.number => known,
            known => {
                if known.is_none() {
                    // Shapes are counted by each memory for itself.
                    let same = |old: View| (old.as_of, old.drafts, old.plan) == (view.as_of, view.drafts, view.plan);
                    self.planned.retain(|old| !same(old.view));
                }
                let mut memory = known.map(|known| known.memory).unwrap_or_default();
                let as_of = view.as_of.unwrap_or_else(Timestamp::now);
                let mut findings = Findings::default();
                let options = Options { as_of, drafts: view.drafts, reader: view.plan };
                let archive = archive::assemble_again(sources, options, &mut memory, &mut findings);
                Assembled {
                    as_of: view.as_of,
                    drafts: view.drafts,
                    plan: view.plan,
                    number: self.number,
                    memory,
                    archive,
                    findings: findings.sorted(),
                }
            }
        };
        findings.extend(assembled.findings.iter().cloned());
        let made = (Arc::clone(&assembled.archive), assembled.memory.shape());
        self.archives.insert(0, assembled);
        self.archives.truncate(MOST_ARCHIVES);
        made
    }
}

/// Whether some of the files, which are in order, lie below a path.
fn is_folder(files: &[String], path: &str) -> bool {
    let prefix = format!("{path}/");
    let next = files.partition_point(|file| file.as_str() < prefix.as_str());
    files.get(next).is_some_and(|file| file.starts_with(&prefix))
}

/// Whether a path is one of a file or folder that a site is made of.
fn is_read(path: &str) -> bool {
    let top = path.split('/').next().unwrap_or_default();
    source::READ.contains(&top) || path == config::FILE || path == LOCK_FILE
}
