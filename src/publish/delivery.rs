//! Delivery file by file, in an order in which no reader meets a page without its parts.
//!
//! A manifest lies beside the files and says what was published and what each file holds. Before a batch of files is sent, the
//! manifest says of them that their content is unknown; afterwards it says what they hold. So whoever goes on after a stop
//! sends what was under way again and nothing else, and removes nothing that was not published from here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::files::{Cargo, Changes, Class, Known};
use super::{Error, Progress};

/// The manifest's name.
pub(super) const MANIFEST: &str = ".briefpress-manifest.json";
/// How long a file that is named after its content stays once no page needs it: readers have older pages open. Seconds.
const GRACE: i64 = 24 * 3600;

/// Where files are delivered to one by one.
pub(super) trait Place {
    /// Every file that is there, by its length; without the manifest and the lock.
    fn found(&self) -> Result<BTreeMap<String, u64>, Error>;
    /// The manifest, if there is one.
    fn manifest(&self) -> Result<Option<Vec<u8>>, Error>;
    /// Replaces the manifest.
    fn keep_manifest(&self, bytes: &[u8]) -> Result<(), Error>;
    /// Puts files in place, each whole or not at all.
    fn put(&self, cargo: &Cargo, paths: &[&str], sent: &(dyn Fn() + Sync)) -> Result<(), Error>;
    /// Removes files; one that is gone is no failure.
    fn remove(&self, paths: &[String]) -> Result<(), Error>;
}

/// What was published.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<String, Entry>,
}

/// A file that was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    size: u64,
    /// What it holds; none while it is under way.
    sha256: Option<String>,
    /// Since when no page needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unneeded: Option<i64>,
}

impl Entry {
    fn of(known: &Known) -> Entry {
        Entry { size: known.size, sha256: Some(known.hash.clone()), unneeded: None }
    }
}

impl Manifest {
    /// Reads a manifest; one that is damaged says nothing.
    pub(super) fn read(bytes: &[u8]) -> Option<Manifest> {
        serde_json::from_slice(bytes).ok()
    }

    /// Its bytes.
    pub(super) fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// What is to be done so that the cargo is there.
    pub(super) fn compare(&self, cargo: &Cargo, now: i64) -> Changes {
        let mut changes = Changes::default();
        for (path, known) in &cargo.files {
            match self.files.get(path) {
                None => changes.added.push(path.clone()),
                Some(entry) if entry.size == known.size && entry.sha256.as_ref() == Some(&known.hash) => {
                    changes.unchanged += 1;
                }
                Some(_) => changes.changed.push(path.clone()),
            }
        }
        for (path, entry) in self.files.iter().filter(|(path, _)| !cargo.files.contains_key(*path)) {
            let stays = Class::of(path) == Class::Lasting && entry.unneeded.is_none_or(|since| now - since < GRACE);
            if stays { &mut changes.kept } else { &mut changes.removed }.push(path.clone());
        }
        changes
    }

    /// What will be known once the changes are made.
    pub(super) fn after(&self, cargo: &Cargo, changes: &Changes, now: i64) -> Manifest {
        let mut files: BTreeMap<String, Entry> =
            cargo.files.iter().map(|(path, known)| (path.clone(), Entry::of(known))).collect();
        for path in &changes.kept {
            if let Some(entry) = self.files.get(path) {
                let unneeded = Some(entry.unneeded.unwrap_or(now));
                files.insert(path.clone(), Entry { unneeded, ..entry.clone() });
            }
        }
        Manifest { files }
    }
}

/// What is there, as far as it was published from here, and the changes.
pub(super) struct Survey {
    there: Manifest,
    pub(super) changes: Changes,
    now: i64,
}

/// Looks at a place. Refuses one that holds files of others, unless it may be taken over.
pub(super) fn survey(place: &dyn Place, cargo: &Cargo, take_over: bool) -> Result<Survey, Error> {
    let found = place.found()?;
    let manifest = place.manifest()?.and_then(|bytes| Manifest::read(&bytes));
    if let (None, Some(other), false) = (&manifest, found.keys().next(), take_over) {
        return Err(Error::new(format!("it holds files that were not published from here, {other} among them")).cure(
            "empty it, name another place, or give --take-over: files of the same name are overwritten, and others are left alone",
        ));
    }
    let mut there = manifest.unwrap_or_default();
    there.files.retain(|path, entry| match found.get(path) {
        None => false,
        Some(size) => {
            if *size != entry.size {
                entry.sha256 = None;
            }
            true
        }
    });
    let now = jiff::Timestamp::now().as_second();
    let mut changes = there.compare(cargo, now);
    let (over, new) = std::mem::take(&mut changes.added).into_iter().partition(|path| found.contains_key(path));
    changes.added = new;
    changes.changed.extend::<Vec<String>>(over);
    changes.changed.sort();
    Ok(Survey { there, changes, now })
}

/// Makes the changes.
pub(super) fn deliver(
    place: &dyn Place,
    cargo: &Cargo,
    survey: Survey,
    progress: &dyn Progress,
) -> Result<Changes, Error> {
    let Survey { there: mut known, changes, now } = survey;
    let after = known.after(cargo, &changes, now);
    let paths = changes.sent();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let all = paths.len();
    let sent = || progress.sent(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, all);
    for batch in batches(&paths) {
        for path in batch {
            let size = cargo.files.get(*path).map_or(0, |known| known.size);
            known.files.insert((*path).to_owned(), Entry { size, sha256: None, unneeded: None });
        }
        place.keep_manifest(&known.bytes())?;
        place.put(cargo, batch, &sent)?;
        for path in batch {
            known.files.extend(after.files.get(*path).map(|entry| ((*path).to_owned(), entry.clone())));
        }
    }
    if !changes.removed.is_empty() {
        place.keep_manifest(&known.bytes())?;
        place.remove(&changes.removed)?;
    }
    if !changes.is_nothing() || after.files != known.files {
        place.keep_manifest(&after.bytes())?;
    }
    Ok(changes)
}

/// Files that are sent together: all of one class, a tenth of them all at most but a hundred at least.
fn batches<'p>(paths: &'p [&'p str]) -> Vec<&'p [&'p str]> {
    let most = (paths.len() / 10).max(100);
    paths.chunk_by(|a, b| Class::of(a) == Class::of(b)).flat_map(|class| class.chunks(most)).collect()
}
