//! Watching the site's folder: what changed, once it has become quiet.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::inputs::Changes;
use super::poll::Poll;
use crate::source::READ;

/// A change is told when nothing more has happened for this long: a program that saves a file does several things to it.
const QUIET: Duration = Duration::from_millis(8);
/// And at the latest after this long, however busy the folder is.
const PATIENCE: Duration = Duration::from_millis(200);

/// Tells of changes as long as it lives.
pub struct Watch {
    root: PathBuf,
    means: Means,
    events: Receiver<notify::Result<Event>>,
}

enum Means {
    /// The system tells. With the folders of the site that are watched with all below them.
    Told(RecommendedWatcher, Vec<&'static str>),
    /// We look.
    Looked(#[expect(dead_code, reason = "it looks as long as it is kept")] Poll),
}

impl Watch {
    /// Watches a site's folder: by the system's own means, or by looking again and again. The error says what failed.
    pub fn new(root: &Path, poll: Option<Duration>) -> notify::Result<Watch> {
        let (sender, events) = channel();
        let root = root.canonicalize().map_err(notify::Error::io)?;
        let means = match poll {
            Some(often) => Means::Looked(Poll::start(root.clone(), &READ, often, sender)),
            None => {
                let mut watcher = RecommendedWatcher::new(sender, Config::default())?;
                watcher.watch(&root, RecursiveMode::NonRecursive)?;
                Means::Told(watcher, Vec::new())
            }
        };
        let mut watch = Watch { root, means, events };
        watch.folders()?;
        Ok(watch)
    }

    /// Watches the folders of the site that there are; one that came is watched from now on, one that went is not.
    fn folders(&mut self) -> notify::Result<()> {
        let Means::Told(watcher, known) = &mut self.means else { return Ok(()) };
        for folder in READ {
            let path = self.root.join(folder);
            let is_watched = known.contains(&folder);
            if path.is_dir() && !is_watched {
                watcher.watch(&path, RecursiveMode::Recursive)?;
                known.push(folder);
            } else if !path.is_dir() && is_watched {
                // It is gone already.
                let _ = watcher.unwatch(&path);
                known.retain(|one| *one != folder);
            }
        }
        Ok(())
    }

    /// Waits for a change. None if none will come any more, or none came within `at_most`.
    pub fn next(&mut self, at_most: Duration) -> Option<Changes> {
        let mut changes = Changes::default();
        let until = Instant::now() + at_most;
        while !is_any(&changes) {
            let left = until.checked_duration_since(Instant::now())?;
            self.note(self.events.recv_timeout(left).ok()?, &mut changes);
        }
        let latest = Instant::now() + PATIENCE;
        while Instant::now() < latest {
            match self.events.recv_timeout(QUIET) {
                Ok(event) => self.note(event, &mut changes),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        let top_changed = changes.paths.iter().any(|path| READ.contains(&path.as_str()));
        if top_changed || changes.all {
            changes.all |= self.folders().is_err();
        }
        Some(changes)
    }

    fn note(&self, event: notify::Result<Event>, changes: &mut Changes) {
        let Ok(event) = event else {
            changes.all = true;
            return;
        };
        changes.all |= event.need_rescan();
        let is_change = match event.kind {
            EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
            _ => true,
        };
        if is_change {
            let inside = event.paths.iter().filter_map(|path| path.strip_prefix(&self.root).ok());
            let named = inside.filter_map(Path::to_str).map(|path| path.replace(std::path::MAIN_SEPARATOR, "/"));
            changes.paths.extend(named.filter(|path| !path.is_empty()));
        }
    }
}

fn is_any(changes: &Changes) -> bool {
    changes.all || !changes.paths.is_empty()
}
