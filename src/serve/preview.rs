//! What a preview holds: what was read of the site, and how it stands in each view that somebody looks at.
//!
//! Nothing here knows of a network or a clock that ticks: files change, and pages are asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::inputs::{Changes, Inputs};
use super::scene::{Made, Scene};
use crate::archive::{Edition, Target};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{self, Page};
use crate::source::CHANGED_MEANWHILE;

/// What somebody looks at: which readers' edition, as of when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Which gates are open.
    pub edition: Edition,
    /// The moment as of which the archive is seen; now if none is given.
    pub as_of: Option<Timestamp>,
    /// Whether drafts and reports in review are in.
    pub drafts: bool,
    /// The plan of a subscriber who looks at the public edition, by its position in the configuration.
    pub plan: Option<u8>,
}

/// How many views are kept. Each holds an archive.
const MOST_VIEWS: usize = 3;
/// How many pages are kept as they were when they were last in order.
const MOST_KEPT: usize = 64;
/// How many pages that had faults are looked at again when something changes.
const MOST_TROUBLED: usize = 24;

/// How the site stands in a view.
pub struct Stand {
    /// The number of the change that it is made of.
    pub number: u64,
    /// The site, made of the newest files or, while these have errors, of the last ones that had none.
    pub scene: Option<Arc<Scene>>,
    /// Whether the scene is made of the newest files.
    pub is_fresh: bool,
    /// What is wrong with the site as a whole.
    pub findings: Vec<Diagnostic>,
    /// Pages that were made of this stand and had faults.
    troubled: Mutex<BTreeMap<String, Vec<Diagnostic>>>,
}

impl Stand {
    /// All that is known to be wrong: with the site, and with the pages that were looked at.
    pub fn all_findings(&self) -> Vec<Diagnostic> {
        let mut all = self.findings.clone();
        for problem in held(&self.troubled).values().flatten() {
            if !all.contains(problem) {
                all.push(problem.clone());
            }
        }
        all
    }

    /// What is known to be wrong with a page, or with the file that it comes from.
    pub fn findings_of(&self, page: &Page) -> Vec<Diagnostic> {
        let mut here = held(&self.troubled).get(&page.address).cloned().unwrap_or_default();
        let archive = self.scene.as_ref().map(|scene| &scene.site.archive);
        let file = archive.and_then(|archive| plan::owner(archive, &page.kind));
        let stands_in = |finding: &&Diagnostic| finding.place.as_ref().map(|place| place.file.as_str()) == file;
        here.extend(self.findings.iter().filter(|finding| finding.place.is_some()).filter(stands_in).cloned());
        here
    }

    /// Whether a build would stop.
    pub fn is_broken(&self) -> bool {
        self.all_findings().iter().any(|finding| finding.severity == Severity::Error)
    }

    /// The page of the report or record in a file.
    pub fn page_of(&self, file: &str) -> Option<&Page> {
        let scene = self.scene.as_ref()?;
        let Some(Target::Address(address)) = scene.site.archive.targets.get(file) else {
            return scene.page_of_record(file);
        };
        scene.page_at(address)
    }

    fn note(&self, address: &str, problems: &[Diagnostic]) {
        let mut troubled = held(&self.troubled);
        if problems.is_empty() {
            troubled.remove(address);
        } else if troubled.len() < MOST_TROUBLED {
            troubled.insert(address.to_owned(), problems.to_vec());
        }
    }
}

/// A page as it is shown.
#[derive(Debug, Clone)]
pub enum Shown {
    /// As a build would make it.
    Page(Arc<str>),
    /// It cannot be made now; this is how it was last.
    Last(Arc<str>),
    /// It cannot be made, and never was.
    Nothing,
}

/// A preview of a site.
pub struct Preview {
    /// What everybody sees who has not chosen otherwise.
    pub usual: View,
    inputs: Mutex<Inputs>,
    number: AtomicU64,
    /// The view used last stands first.
    stands: Mutex<Vec<(View, Arc<Stand>)>>,
    /// Pages in order, as they were last made; the newest last.
    kept: Mutex<Vec<(View, String, Arc<str>)>>,
}

/// What came of a change.
#[derive(Debug)]
pub struct Changed {
    /// Files that changed, relative to the site.
    pub files: Vec<String>,
    /// How long it took until the site stood again.
    pub took: Duration,
}

impl Preview {
    /// A preview of the site in a folder. Nothing is read before it is asked for.
    pub fn new(root: &Path, base_url: Option<String>, usual: View) -> Preview {
        Preview {
            usual,
            inputs: Mutex::new(Inputs::new(root, base_url)),
            number: AtomicU64::new(0),
            stands: Mutex::default(),
            kept: Mutex::default(),
        }
    }

    /// The site's folder.
    pub fn root(&self) -> PathBuf {
        held(&self.inputs).root.clone()
    }

    /// The number of the newest change.
    pub fn number(&self) -> u64 {
        self.number.load(Ordering::Acquire)
    }

    /// How the site stands in a view.
    pub fn stand(&self, view: View) -> Arc<Stand> {
        if let Some(stand) = self.known(view).filter(|stand| stand.number == self.number()) {
            return stand;
        }
        let mut inputs = held(&self.inputs);
        // It may have been made while another was waited for.
        let before = self.known(view);
        match before {
            Some(stand) if stand.number == self.number() => stand,
            before => self.made(view, before.as_deref(), &mut inputs, &[]),
        }
    }

    /// Takes in what changed on the disk. None if it is nothing that the site is made of.
    pub fn update(&self, changes: &Changes) -> Option<Changed> {
        let since = std::time::Instant::now();
        let mut inputs = held(&self.inputs);
        let files = inputs.take(changes)?;
        self.number.fetch_add(1, Ordering::AcqRel);
        let before = self.known(self.usual);
        self.made(self.usual, before.as_deref(), &mut inputs, &files);
        // An archive takes milliseconds to be let go, and nobody has to wait for that.
        rayon::spawn(move || drop(before));
        Some(Changed { files, took: since.elapsed() })
    }

    /// When the archive changes by itself, if its day is now.
    pub fn next_change(&self) -> Option<Timestamp> {
        let stand = self.known(self.usual).filter(|_| self.usual.as_of.is_none())?;
        stand.scene.as_ref()?.site.archive.next_change
    }

    /// A page, whole. While it cannot be made, it is shown as it was last.
    pub fn page(&self, view: View, address: &str) -> Option<Shown> {
        let stand = self.stand(view);
        let Some(scene) = &stand.scene else { return Some(self.last(view, address)) };
        let made = scene.make(scene.page_at(address)?);
        if made.problems.iter().any(|problem| problem.message == CHANGED_MEANWHILE) {
            return self.page_meanwhile(view, address, &made);
        }
        stand.note(address, &made.problems);
        Some(self.shown(view, address, made))
    }

    /// A page whose file is not what it was when it was read: the change has not been told yet, or cannot be taken in.
    fn page_meanwhile(&self, view: View, address: &str, made: &Made) -> Option<Shown> {
        let changed = made.problems.iter().filter(|problem| problem.message == CHANGED_MEANWHILE);
        let files = changed.filter_map(|problem| Some(problem.place.as_ref()?.file.clone()));
        self.update(&Changes::files(files));
        let stand = self.stand(view);
        let Some(scene) = stand.scene.as_ref().filter(|_| stand.is_fresh) else {
            return Some(self.last(view, address));
        };
        let made = scene.make(scene.page_at(address)?);
        stand.note(address, &made.problems);
        Some(self.shown(view, address, made))
    }

    fn shown(&self, view: View, address: &str, made: Made) -> Shown {
        if made.html.is_empty() {
            return self.last(view, address);
        }
        let html: Arc<str> = made.html.into();
        let mut kept = held(&self.kept);
        kept.retain(|(of, at, _)| *of != view || at != address);
        if kept.len() == MOST_KEPT {
            kept.remove(0);
        }
        kept.push((view, address.to_owned(), Arc::clone(&html)));
        Shown::Page(html)
    }

    fn last(&self, view: View, address: &str) -> Shown {
        let kept = held(&self.kept);
        let last = kept.iter().find(|(of, at, _)| *of == view && at == address);
        last.map_or(Shown::Nothing, |(_, _, html)| Shown::Last(Arc::clone(html)))
    }

    fn known(&self, view: View) -> Option<Arc<Stand>> {
        let mut stands = held(&self.stands);
        let index = stands.iter().position(|(of, _)| *of == view)?;
        stands[..=index].rotate_right(1);
        Some(Arc::clone(&stands[0].1))
    }

    /// Makes the stand of a view from the newest files. Pages that had faults, and those of files that changed, are looked
    /// at again, so that nothing is told that has been mended and nothing new is passed over.
    fn made(&self, view: View, before: Option<&Stand>, inputs: &mut Inputs, files: &[String]) -> Arc<Stand> {
        let (site, findings) = inputs.site(view);
        let is_fresh = site.is_some();
        let scene = site.map(|site| Arc::new(Scene::new(site)));
        let stand = Arc::new(Stand {
            number: self.number(),
            scene: scene.or_else(|| before?.scene.clone()),
            is_fresh,
            findings,
            troubled: Mutex::default(),
        });
        if is_fresh && let Some(scene) = &stand.scene {
            let mut again: BTreeSet<String> =
                before.map(|before| held(&before.troubled).keys().cloned().collect()).unwrap_or_default();
            let changed = files.iter().take(MOST_TROUBLED).filter_map(|file| stand.page_of(file));
            again.extend(changed.map(|page| page.address.clone()));
            for page in again.iter().filter_map(|address| scene.page_at(address)) {
                stand.note(&page.address, &scene.make(page).problems);
            }
        }
        let mut stands = held(&self.stands);
        stands.retain(|(of, _)| *of != view);
        stands.insert(0, (view, Arc::clone(&stand)));
        while stands.len() > MOST_VIEWS {
            let last = stands.iter().rposition(|(of, _)| *of != self.usual);
            last.map(|last| stands.remove(last));
        }
        stand
    }
}

/// A lock is a value behind a door; who failed while holding it left it as it was.
pub(super) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
