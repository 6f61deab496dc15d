//! Delivery of a built site: to a branch, a folder or a bucket.
//!
//! Whatever is done, and wherever it stops, readers meet the old site or the new one, and never a page without its parts. A
//! branch moves by one push and a link by one rename; elsewhere files arrive in an order in which every page finds what it
//! needs, and go last.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::config::{History, Host, Target};
use crate::fs;

mod bucket;
mod delivery;
mod discreet;
mod files;
mod folder;
mod git;
pub mod host;
mod media;
mod releases;

use bucket::Bucket;
use delivery::{Place, deliver, survey};
pub use files::{Cargo, Changes};
use folder::Folder;
use git::Branch;
use releases::Releases;

/// What stopped a publication, and what to do. It never holds a secret.
#[derive(Debug)]
pub struct Error {
    fact: String,
    cure: Option<String>,
}

impl Error {
    fn new(fact: impl Into<String>) -> Error {
        Error { fact: discreet::discreet(&fact.into()), cure: None }
    }

    fn cure(self, cure: impl Into<String>) -> Error {
        Error { cure: Some(cure.into()), ..self }
    }

    fn at(self, place: &Target) -> Error {
        Error { fact: discreet::discreet(&format!("{place}: {}", self.fact)), ..self }
    }
}

impl From<fs::Error> for Error {
    fn from(error: fs::Error) -> Error {
        Error::new(error.to_string())
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.fact)?;
        self.cure.as_ref().map_or(Ok(()), |cure| write!(f, "\n = help: {cure}"))
    }
}

impl std::error::Error for Error {}

/// Told how far a delivery has come.
pub trait Progress: Sync {
    /// So many of so many files are sent.
    fn sent(&self, done: usize, all: usize);
}

/// Nobody is told.
impl Progress for () {
    fn sent(&self, _: usize, _: usize) {}
}

/// What is delivered, and where to.
#[derive(Debug)]
pub struct Order<'o> {
    /// The site's folder.
    pub root: &'o Path,
    /// The place.
    pub target: &'o Target,
    /// What becomes of earlier states of a branch.
    pub history: History,
    /// What a commit says.
    pub message: String,
    /// Whether nothing is to be sent.
    pub dry_run: bool,
    /// Whether a place with files of others may be written to.
    pub take_over: bool,
    /// Whether a bucket's lock is taken from whoever holds it.
    pub break_lock: bool,
}

/// What was done, or would be.
#[derive(Debug, Default)]
pub struct Report {
    /// Files by what became of them.
    pub changes: Changes,
    /// Whether anything was sent.
    pub sent: bool,
    /// What the place calls it.
    pub note: Option<String>,
}

impl Report {
    /// Addresses that lead nowhere any more.
    pub fn vanishing(&self) -> Vec<String> {
        self.changes.vanishing()
    }
}

/// A place as it may be told: without the password of its address.
pub fn shown(target: &Target) -> String {
    discreet::discreet(&target.to_string())
}

/// Where the repository of a branch is, if the place is one.
pub fn repository(root: &Path, target: &Target) -> Option<String> {
    match target {
        Target::Git { remote, .. } => git::address(root, remote).ok(),
        Target::Folder(_) | Target::Bucket { .. } => None,
    }
}

/// The folder for what publications remember.
pub fn scratch(root: &Path) -> PathBuf {
    root.join(".briefpress").join("publish")
}

/// Excludes every other publisher of a site's folder until the file is dropped.
pub fn only_one(root: &Path) -> Result<File, Error> {
    fs::create_dir_all(&scratch(root))?;
    taken(&scratch(root).join("lock"))
}

/// Takes the lock that a file stands for, or says who has it.
fn taken(path: &Path) -> Result<File, Error> {
    match fs::lock(path, &std::process::id().to_string())? {
        fs::Lock::Held(file) => Ok(file),
        fs::Lock::Taken(owner) => {
            let owner = if owner.is_empty() { String::new() } else { format!(" (process {owner})") };
            Err(Error::new(format!("another publisher is at work{owner}")).cure("wait until it is done"))
        }
    }
}

/// The branch's rule: a sealed edition leaves no earlier state behind, since that could be opened with older keys.
pub fn history(asked: Option<History>, sealed: bool) -> History {
    if sealed { History::Replace } else { asked.unwrap_or(History::Keep) }
}

/// The files that a host wants beside those of the site, and the site with them.
pub fn cargo(
    folder: &Path,
    host: Host,
    target: &Target,
    domain: Option<&str>,
    site: &host::Site<'_>,
) -> Result<Cargo, Error> {
    let own = host::own_files(host, target, domain, site);
    Cargo::read(folder, own)
}

/// Delivers a site.
pub fn publish(order: &Order<'_>, cargo: &Cargo, progress: &dyn Progress) -> Result<Report, Error> {
    let done = match order.target {
        Target::Git { remote, branch } => {
            let branch =
                Branch { remote, name: branch, replace: order.history == History::Replace, message: &order.message };
            git::publish(order.root, &scratch(order.root), &branch, cargo, order.dry_run, progress)
        }
        Target::Folder(path) => to_folder(&order.root.join(path), order, cargo, progress),
        Target::Bucket { bucket, prefix } => to_bucket(bucket, prefix, order, cargo, progress),
    };
    done.map_err(|error| error.at(order.target))
}

fn to_folder(path: &Path, order: &Order<'_>, cargo: &Cargo, progress: &dyn Progress) -> Result<Report, Error> {
    if let Some(releases) = Releases::at(path)? {
        if order.dry_run {
            return Ok(Report { changes: releases.plan(cargo)?.changes, ..Report::default() });
        }
        let _lock = releases.lock()?;
        let changes = releases.publish(cargo, releases.plan(cargo)?, progress)?;
        return Ok(Report { sent: !changes.is_nothing(), changes, note: None });
    }
    if fs::look(path)?.is_none() {
        fs::create_dir_all(path)?;
    }
    one_by_one(&Folder::open(path, order.dry_run)?, order, cargo, progress)
}

fn to_bucket(
    bucket: &str,
    prefix: &str,
    order: &Order<'_>,
    cargo: &Cargo,
    progress: &dyn Progress,
) -> Result<Report, Error> {
    let bucket = Bucket::open(bucket, prefix, &scratch(order.root))?;
    if !order.dry_run {
        bucket.lock(order.break_lock)?;
    }
    one_by_one(&bucket, order, cargo, progress)
}

fn one_by_one(place: &dyn Place, order: &Order<'_>, cargo: &Cargo, progress: &dyn Progress) -> Result<Report, Error> {
    let survey = survey(place, cargo, order.take_over)?;
    if order.dry_run {
        return Ok(Report { changes: survey.changes, ..Report::default() });
    }
    let changes = deliver(place, cargo, survey, progress)?;
    Ok(Report { sent: !changes.is_nothing(), changes, note: None })
}
