//! A build: load, assemble, plan, produce, check, write.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use xxhash_rust::xxh3::xxh3_64;

use crate::access;
use crate::archive::{self, Archive, Edition};
use crate::diagnostic::{Diagnostic, Findings};
use crate::fs;
use crate::plan::{self, Plan};
use crate::render::{Choice, Theme, embedded_digest};
use crate::sealed::MasterKey;
use crate::source::{self, Listing, Sources};
use crate::write::{self, Stage};

pub mod broken;
mod leaks;
pub mod machine;
mod produce;
mod seal;
pub mod site;

pub use produce::Progress;
use site::Site;

/// What is to be built.
#[derive(Debug, Clone)]
pub struct Request {
    /// The site's folder.
    pub root: PathBuf,
    /// Where the site is written.
    pub output: PathBuf,
    /// Public or full.
    pub edition: Edition,
    /// The moment as of which the archive is seen.
    pub as_of: jiff::Timestamp,
    /// Whether drafts and reports in review are in.
    pub drafts: bool,
    /// Whether the addresses of `addresses.lock` must lead somewhere: not if the site is seen as of another day.
    pub keep_addresses: bool,
    /// The address that takes the place of the configuration's.
    pub base_url: Option<String>,
    /// The key of the sealed edition: the public one, with what is gated as ciphertext. None for the other editions.
    pub sealed: Option<Arc<MasterKey>>,
}

impl Request {
    /// A public build of a folder, as of now, to `public/` in it.
    pub fn new(root: impl Into<PathBuf>) -> Request {
        let root = root.into();
        let output = root.join("public");
        Request {
            output,
            root,
            edition: Edition::PUBLIC,
            as_of: jiff::Timestamp::now(),
            drafts: false,
            keep_addresses: true,
            base_url: None,
            sealed: None,
        }
    }

    /// The folder for what is known of earlier builds. Nothing gated is in that; what is published is built below it, in clear if the
    /// full edition is.
    fn cache(&self) -> PathBuf {
        self.root.join(".briefpress")
    }

    /// What an output depends on beside the files of the site.
    fn key(&self, digest: u64) -> String {
        let base = self.base_url.as_deref().unwrap_or("-");
        let version = env!("CARGO_PKG_VERSION");
        let sealed = self.sealed.as_ref().map_or_else(|| "-".to_owned(), |master| self.sealed_key(master));
        format!(
            "{version} {:016x} {digest:016x} {:?} {} {} {base} {sealed}",
            embedded_digest(),
            self.edition,
            self.drafts,
            self.keep_addresses
        )
    }

    /// What a sealed edition depends on beside that: the key, by its fingerprint, who may read, and the time. Keyrings change when
    /// a day begins or an access ends, in the zone of the site: every hour is soon enough.
    fn sealed_key(&self, master: &MasterKey) -> String {
        let hash = |file: &str| fs::read(&self.root.join(file)).map_or(0, |bytes| xxh3_64(&bytes));
        let (subscribers, gifts) = (hash(access::FILE), hash(access::GIFTS_FILE));
        format!("{} {subscribers:016x} {gifts:016x} {}", master.fingerprint(), self.as_of.as_second() / 3600)
    }
}

/// What came of a build.
#[derive(Debug)]
pub struct Outcome {
    /// Everything that was found, by place.
    pub findings: Vec<Diagnostic>,
    /// What was written; none if an error stopped the build.
    pub summary: Option<Summary>,
}

/// What a build did.
#[derive(Debug, Default)]
pub struct Summary {
    /// Released reports.
    pub reports: usize,
    /// Pages of the site.
    pub pages: usize,
    /// Reports that are not out: drafts, in review, embargoed.
    pub unreleased: usize,
    /// What was written.
    pub written: write::Summary,
    /// Whether nothing had changed, so that nothing was made.
    pub untouched: bool,
    /// Wall time by phase.
    pub phases: Vec<(&'static str, Duration)>,
}

/// Builds a site. After an error the output folder is as it was.
pub fn build(request: &Request, progress: &dyn Progress) -> Outcome {
    let mut findings = Findings::default();
    let mut clock = Clock::default();
    let summary = run(request, progress, &mut findings, &mut clock).map(|mut summary| {
        summary.phases = clock.phases;
        summary
    });
    Outcome { findings: findings.sorted(), summary }
}

fn run(request: &Request, progress: &dyn Progress, findings: &mut Findings, clock: &mut Clock) -> Option<Summary> {
    let listing = source::list(&request.root, findings);
    let recorded = write::recorded_inputs(&request.output, &request.cache());
    let known = recorded.as_ref().and_then(|_| source::digest(&request.root, &listing, None).ok());
    if let Some(summary) = known.and_then(|digest| untouched(request, recorded.as_deref()?, digest)) {
        clock.phase("compare");
        return Some(summary);
    }
    clock.phase("compare");
    let sources = source::load(&request.root, &listing, request.base_url.as_deref(), findings)?;
    // Before anything else is read, so that what changes meanwhile is seen by the next build.
    let digest = known.or_else(|| source::digest(&request.root, &listing, Some(&sources)).ok()).unwrap_or_default();
    clock.phase("load");
    let options = archive::Options { as_of: request.as_of, drafts: request.drafts, reader: None };
    let sources = Arc::new(sources);
    let archive = Arc::new(archive::assemble(&sources, options, findings));
    clock.phase("assemble");
    let theme = Theme::load(&request.root, &Choice::of(&sources.config), findings).map(Arc::new);
    let site = Site::plan(request, &sources, &archive, theme, findings)?;
    if findings.has_errors() {
        findings.extend(produce::look_through(&site));
        return None;
    }
    clock.phase("plan");
    let stage = Stage::open(&request.output, &request.cache()).map_err(|error| findings.push(failure(&error))).ok()?;
    produce::Work { site: &site, stage: &stage }.produce(progress, findings);
    clock.phase("produce");
    if findings.has_errors() {
        return None;
    }
    let written =
        stage.commit(&record(request, digest, &archive)).map_err(|error| findings.push(failure(&error))).ok()?;
    clock.phase("write");
    Some(Summary {
        reports: archive.reports.len(),
        pages: site.plan.pages.len(),
        unreleased: archive.unreleased,
        written,
        untouched: false,
        phases: Vec::new(),
    })
}

fn failure(error: &write::Error) -> Diagnostic {
    Diagnostic::general(error.to_string())
}

/// What is remembered of a build's inputs: their key, and from when until when they give the same site.
fn record(request: &Request, digest: u64, archive: &Archive) -> String {
    let until = archive.next_change.map_or(i64::MAX, jiff::Timestamp::as_second);
    let counts = format!("{} {}", archive.reports.len(), archive.unreleased);
    format!("{} {until} {counts} {}", request.as_of.as_second(), request.key(digest))
}

/// Whether the output folder holds already what this build would make.
fn untouched(request: &Request, recorded: &str, digest: u64) -> Option<Summary> {
    let mut words = recorded.splitn(5, ' ');
    let mut number = || words.next().and_then(|word| word.parse::<i64>().ok());
    let (from, until, reports, unreleased) = (number()?, number()?, number()?, number()?);
    let now = request.as_of.as_second();
    let same = words.next() == Some(&request.key(digest)) && (from..until).contains(&now);
    if !same || !write::outputs_intact(&request.output, &request.cache()) {
        return None;
    }
    let written = write::Summary::default();
    Some(Summary {
        reports: reports as usize,
        unreleased: unreleased as usize,
        written,
        untouched: true,
        ..Summary::default()
    })
}

/// Measures the phases of a build.
struct Clock {
    since: Instant,
    phases: Vec<(&'static str, Duration)>,
}

impl Default for Clock {
    fn default() -> Clock {
        Clock { since: Instant::now(), phases: Vec::new() }
    }
}

impl Clock {
    fn phase(&mut self, name: &'static str) {
        self.phases.push((name, self.since.elapsed()));
        self.since = Instant::now();
    }
}

/// The site of a folder without writing it: for commands that only look.
pub fn look(root: &Path, as_of: jiff::Timestamp, drafts: bool, findings: &mut Findings) -> Option<(Sources, Archive)> {
    let listing: Listing = source::list(root, findings);
    let mut sources = source::load(root, &listing, None, findings)?;
    sources.keep_whole_reports();
    let archive = archive::assemble(&sources, archive::Options { as_of, drafts, reader: None }, findings);
    Some((sources, archive))
}

/// The same with the plan of its public edition; drafts are left out.
pub fn look_at_plan(root: &Path, as_of: jiff::Timestamp, findings: &mut Findings) -> Option<(Sources, Archive, Plan)> {
    let (sources, archive) = look(root, as_of, false, findings)?;
    let plan = plan::plan(&archive, &sources.config, Edition::PUBLIC, findings);
    Some((sources, archive, plan))
}
