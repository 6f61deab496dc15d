//! A folder that is a symbolic link: every publication is a folder of its own, and one rename shows it.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::delivery::Manifest;
use super::files::{Cargo, Changes};
use super::{Error, Progress, taken};
use crate::fs;

/// Publications that are kept, the one that is shown among them.
const KEPT: usize = 3;

/// A link and the folder of its releases.
pub(super) struct Releases {
    link: PathBuf,
    folder: PathBuf,
}

/// What is to be done.
pub(super) struct Plan {
    current: Option<String>,
    known: Manifest,
    pub(super) changes: Changes,
    now: jiff::Timestamp,
}

impl Releases {
    /// Whether a path is for releases: nothing is there, or a link to one of them.
    pub(super) fn at(link: &Path) -> Result<Option<Releases>, Error> {
        let Some(name) = link.file_name().and_then(|name| name.to_str()) else { return Ok(None) };
        let releases = Releases { link: link.to_owned(), folder: link.with_file_name(format!("{name}.releases")) };
        let suits = match fs::look(link)? {
            None => cfg!(unix),
            Some(data) if data.is_symlink() => releases.current()?.is_some(),
            Some(_) => false,
        };
        Ok(suits.then_some(releases))
    }

    /// The release that is shown.
    fn current(&self) -> Result<Option<String>, Error> {
        if fs::look(&self.link)?.is_none() {
            return Ok(None);
        }
        let to = fs::read_link(&self.link)?;
        let to = self.link.parent().unwrap_or(Path::new("")).join(to);
        let name = to.file_name().and_then(|name| name.to_str()).map(str::to_owned);
        Ok(name.filter(|_| to.parent() == Some(&self.folder)))
    }

    fn record(&self, release: &str) -> PathBuf {
        self.folder.join(format!("{release}.json"))
    }

    /// What publishing would change.
    pub(super) fn plan(&self, cargo: &Cargo) -> Result<Plan, Error> {
        let current = self.current()?;
        let record = current.as_ref().map(|release| self.record(release));
        let bytes = match record {
            Some(path) if fs::look(&path)?.is_some() => Some(fs::read(&path)?),
            _ => None,
        };
        let known = bytes.and_then(|bytes| Manifest::read(&bytes)).unwrap_or_default();
        let now = jiff::Timestamp::now();
        let changes = known.compare(cargo, now.as_second());
        Ok(Plan { current, known, changes, now })
    }

    /// Takes the lock of the place; it is held until the file is dropped.
    pub(super) fn lock(&self) -> Result<std::fs::File, Error> {
        fs::create_dir_all(&self.folder)?;
        taken(&self.folder.join("lock"))
    }

    /// Makes a release and shows it.
    pub(super) fn publish(&self, cargo: &Cargo, plan: Plan, progress: &dyn Progress) -> Result<Changes, Error> {
        if plan.changes.is_nothing() && plan.current.is_some() {
            return Ok(plan.changes);
        }
        self.clear(plan.current.as_deref())?;
        let time = plan.now.strftime("%Y%m%dT%H%M%S%3fZ").to_string();
        let release = format!("{time}-{}", &cargo.digest()[..8]);
        let release = if plan.current.as_ref() == Some(&release) { format!("{release}-2") } else { release };
        self.fill(&release, cargo, &plan, progress)?;
        let after = plan.known.after(cargo, &plan.changes, plan.now.as_second());
        fs::write_synced(&self.record(&release), &after.bytes())?;
        self.show(&release)?;
        self.prune(&release)?;
        Ok(plan.changes)
    }

    /// Writes the files of a release: what the current one has already is not written again.
    fn fill(&self, release: &str, cargo: &Cargo, plan: &Plan, progress: &dyn Progress) -> Result<(), Error> {
        let root = self.folder.join(release);
        let before = plan.current.as_ref().map(|current| self.folder.join(current));
        let written = plan.changes.sent();
        let stays = cargo.files.keys().filter(|path| !written.contains(&path.as_str())).chain(&plan.changes.kept);
        let stays: Vec<&str> = stays.map(String::as_str).collect();
        let folders = make_folders(&root, written.iter().chain(&stays))?;
        let done = std::sync::atomic::AtomicUsize::new(0);
        written.par_iter().try_for_each(|path| {
            fs::write_synced(&root.join(path), &cargo.bytes(path)?)?;
            progress.sent(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, written.len());
            Ok::<_, Error>(())
        })?;
        if let Some(before) = before {
            stays.par_iter().try_for_each(|path| fs::link_or_copy(&before.join(path), &root.join(path)))?;
        }
        folders.par_iter().try_for_each(|folder| fs::sync_dir(folder))?;
        Ok(())
    }

    /// Lets the link lead to a release, in one step.
    fn show(&self, release: &str) -> Result<(), Error> {
        let next = self.folder.join("next");
        if fs::look(&next)?.is_some() {
            fs::remove_file(&next)?;
        }
        let name = self.folder.file_name().unwrap_or_default();
        fs::symlink(&Path::new(name).join(release), &next)?;
        fs::sync_dir(&self.folder)?;
        fs::rename(&next, &self.link)?;
        let above = self.link.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(fs::sync_dir(above)?)
    }

    /// The names of releases, oldest first, and whether each was finished.
    fn all(&self) -> Result<Vec<(String, bool)>, Error> {
        let names = fs::names(&self.folder)?;
        let mut names: Vec<String> = names.into_iter().filter_map(|name| name.into_string().ok()).collect();
        names.sort();
        let releases = names.iter().filter(|name| is_release(name));
        Ok(releases.map(|name| (name.clone(), names.contains(&format!("{name}.json")))).collect())
    }

    /// Removes what a stopped publisher left.
    fn clear(&self, current: Option<&str>) -> Result<(), Error> {
        for (release, _) in self.all()?.into_iter().filter(|(release, done)| !done && Some(release.as_str()) != current)
        {
            fs::remove_dir_all(&self.folder.join(release))?;
        }
        Ok(())
    }

    /// Removes all but the last releases.
    fn prune(&self, current: &str) -> Result<(), Error> {
        let all = self.all()?;
        let many = all.len().saturating_sub(KEPT);
        for (release, _) in all.into_iter().take(many).filter(|(release, _)| release != current) {
            // Without its record first: what is left of a release that is half removed is cleared next time.
            fs::remove_file(&self.record(&release))?;
            fs::remove_dir_all(&self.folder.join(release))?;
        }
        Ok(())
    }
}

/// Whether a name is one that this file gives: a time and eight digits of a hash.
fn is_release(name: &str) -> bool {
    let Some((time, hash)) = name.split_once('-') else { return false };
    time.len() == 19 && time.ends_with('Z') && hash.len() >= 8 && !hash.contains('.')
}

/// Makes the folders of files, and gives all of them.
fn make_folders<'p>(root: &Path, paths: impl Iterator<Item = &'p &'p str>) -> Result<Vec<PathBuf>, Error> {
    let mut folders: Vec<PathBuf> = paths
        .filter_map(|path| path.rsplit_once('/'))
        .map(|(folder, _)| root.join(folder))
        .chain([root.to_owned()])
        .collect();
    folders.sort();
    folders.dedup();
    if fs::look(root)?.is_some() {
        fs::remove_dir_all(root)?;
    }
    folders.iter().try_for_each(|folder| fs::create_dir_all(folder))?;
    Ok(folders)
}
