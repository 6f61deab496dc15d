//! Watching a folder that does not tell of its changes: looking through it again and again.
//!
//! The notify crate's own poller compares times in whole seconds, so that the second of two saves within one is lost.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, SystemTime};

use notify::{Event, EventKind};
use rustc_hash::FxHashMap;
use walkdir::{DirEntry, WalkDir};

/// Looks through a folder as long as it lives.
pub struct Poll {
    /// Never used: the thread ends when this goes.
    _alive: Sender<()>,
}

/// What tells that a file was written: time, and length in bytes. None for a folder, which is there or is not.
type Mark = Option<(Option<SystemTime>, u64)>;
type Seen = FxHashMap<PathBuf, Mark>;

impl Poll {
    /// Looks now, then again each time `often` has passed, and sends one event of all files that differ. Of the folders
    /// right in `root` only those named in `folders` are looked through.
    pub fn start(
        root: PathBuf,
        folders: &'static [&'static str],
        often: Duration,
        events: Sender<notify::Result<Event>>,
    ) -> Poll {
        let (alive, ended) = channel();
        let seen = look(&root, folders);
        thread::spawn(move || look_again(&root, folders, often, seen, &events, &ended));
        Poll { _alive: alive }
    }
}

fn look_again(
    root: &Path,
    folders: &[&str],
    often: Duration,
    mut seen: Seen,
    events: &Sender<notify::Result<Event>>,
    ended: &Receiver<()>,
) {
    while ended.recv_timeout(often) == Err(RecvTimeoutError::Timeout) {
        let now = look(root, folders);
        let changed = now.iter().filter(|(path, mark)| seen.get(*path) != Some(mark)).map(|(path, _)| path);
        let gone = seen.keys().filter(|path| !now.contains_key(*path));
        let paths: Vec<PathBuf> = changed.chain(gone).cloned().collect();
        if !paths.is_empty() && events.send(Ok(Event { paths, ..Event::new(EventKind::Any) })).is_err() {
            return;
        }
        seen = now;
    }
}

/// All files and folders below a folder. What can't be read is as if it were not there, until it can.
fn look(root: &Path, folders: &[&str]) -> Seen {
    let is_read = |entry: &DirEntry| {
        let at_top = entry.depth() == 1 && entry.file_type().is_dir();
        !at_top || entry.file_name().to_str().is_some_and(|name| folders.contains(&name))
    };
    let entries = WalkDir::new(root).min_depth(1).follow_links(true).into_iter().filter_entry(is_read).flatten();
    entries.filter_map(|entry| Some((mark(&entry)?, entry))).map(|(mark, entry)| (entry.into_path(), mark)).collect()
}

/// None if the file went in the meantime.
fn mark(entry: &DirEntry) -> Option<Mark> {
    let about = entry.metadata().ok()?;
    Some((!about.is_dir()).then(|| (about.modified().ok(), about.len())))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn two_saves_within_a_second_are_both_seen() {
        let site = tempfile::tempdir().expect("made");
        for folder in ["content/reports", "public"] {
            fs::create_dir_all(site.path().join(folder)).expect("made");
        }
        let (sender, events) = channel();
        let poll = Poll::start(site.path().to_path_buf(), &["content"], Duration::from_millis(5), sender);
        let next = || {
            let event = events.recv_timeout(Duration::from_secs(30)).expect("an event").expect("no error");
            event
                .paths
                .iter()
                .map(|path| path.strip_prefix(site.path()).expect("inside").to_owned())
                .collect::<Vec<_>>()
        };
        let file = site.path().join("content/reports/a.md");
        for text in ["first", "other", "third one"] {
            // What is not read is not told of, or it would come before the file.
            fs::write(site.path().join("public/a.html"), text).expect("written");
            let earlier = fs::metadata(&file).and_then(|about| about.modified()).ok();
            while fs::metadata(&file).and_then(|about| about.modified()).ok() == earlier {
                fs::write(&file, text).expect("written");
            }
            assert_eq!(next(), [Path::new("content/reports/a.md")]);
        }
        fs::remove_file(&file).expect("removed");
        assert_eq!(next(), [Path::new("content/reports/a.md")]);
        drop(poll);
        assert!(events.recv_timeout(Duration::from_secs(30)).is_err(), "the thread has ended");
    }
}
