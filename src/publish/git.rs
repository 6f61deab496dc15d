//! A branch of a git repository: one commit, one push.
//!
//! The commit is made in a bare repository of our own with an index of its own, from plumbing commands only: the repository of
//! the site, its work tree and its index are never written to.

use std::collections::BTreeMap;
use std::path::Path;

use super::files::{Cargo, Changes};
use super::{Error, Progress, Report};
use crate::config::FILE;
use crate::fs;

mod run;
use run::Git;
pub(super) use run::address;

/// The name under which the published state is kept in our repository.
const THERE: &str = "refs/briefpress/there";

/// A branch and what is to become of it.
#[derive(Debug)]
pub(super) struct Branch<'b> {
    /// A remote's name, an address or a path.
    pub(super) remote: &'b str,
    /// Its name.
    pub(super) name: &'b str,
    /// Whether the new state is to be the only one.
    pub(super) replace: bool,
    /// What the commit says.
    pub(super) message: &'b str,
}

/// What the branch holds now.
#[derive(Debug, Default)]
struct There {
    /// The commit; none if there is no such branch.
    commit: Option<String>,
    tree: String,
    /// Whether other states stand behind it.
    has_parents: bool,
    /// What git calls each file.
    files: BTreeMap<String, String>,
}

/// Delivers a site to a branch, or tells what that would change.
pub(super) fn publish(
    root: &Path,
    scratch: &Path,
    branch: &Branch<'_>,
    cargo: &Cargo,
    dry_run: bool,
    progress: &dyn Progress,
) -> Result<Report, Error> {
    let git = Git::open(root, scratch, branch.remote)?;
    let made = write(&git, cargo, progress)?;
    let tree = tree_of(&git, &made)?;
    let once = || attempt(&git, branch, &made, &tree, dry_run);
    match once() {
        // A push of a publisher that was stopped here went on by itself, and has ended meanwhile.
        Err(Attempt::Overtaken(commit, _)) if git.has(&commit) => once(),
        done => done,
    }
    .map_err(Attempt::into_error)
}

/// Why a branch was not moved.
enum Attempt {
    /// It moved meanwhile, to this commit.
    Overtaken(String, Error),
    /// Anything else.
    Failed(Error),
}

impl Attempt {
    fn into_error(self) -> Error {
        match self {
            Attempt::Overtaken(_, error) | Attempt::Failed(error) => error,
        }
    }
}

impl From<Error> for Attempt {
    fn from(error: Error) -> Attempt {
        Attempt::Failed(error)
    }
}

/// Compares with what is there, and moves the branch.
fn attempt(
    git: &Git,
    branch: &Branch<'_>,
    made: &BTreeMap<String, String>,
    tree: &str,
    dry_run: bool,
) -> Result<Report, Attempt> {
    let there = look(git, branch.name)?;
    if let Some(path) = there.files.keys().find(|path| path.rsplit('/').next() == Some(FILE)) {
        return Err(Error::new(format!(
            "the branch {} holds the sources of a site ({path}), and publishing would replace them",
            branch.name
        ))
        .cure("publish to a branch that holds nothing else: `git:origin#gh-pages`")
        .into());
    }
    let changes = compare(&there.files, made);
    let same = there.commit.is_some() && tree == there.tree && !(branch.replace && there.has_parents);
    if same || dry_run {
        return Ok(Report { changes, sent: false, ..Report::default() });
    }
    let parent = there.commit.as_deref().filter(|_| !branch.replace);
    let commit = commit(git, tree, parent, branch.message)?;
    if let Err(error) = push(git, &commit, branch.name, there.commit.as_deref()) {
        return Err(match listed(git, branch.name)?.filter(|now| Some(now) != there.commit.as_ref()) {
            Some(now) => Attempt::Overtaken(now, error),
            None => Attempt::Failed(error),
        });
    }
    Ok(Report { changes, sent: true, note: Some(format!("commit {}", &commit[..commit.len().min(12)])) })
}

/// The commit that the branch leads to.
fn listed(git: &Git, branch: &str) -> Result<Option<String>, Error> {
    let name = format!("refs/heads/{branch}");
    let listed = git.remote(&["ls-remote", git.url(), &name])?;
    let line = listed.lines().find(|line| line.ends_with(&format!("\t{name}")));
    Ok(line.and_then(|line| line.split('\t').next()).map(str::to_owned))
}

/// Looks at the branch, and fetches its last state.
fn look(git: &Git, branch: &str) -> Result<There, Error> {
    let name = format!("refs/heads/{branch}");
    let Some(commit) = listed(git, branch)? else { return Ok(There::default()) };
    if !git.has(&commit) {
        let spec = format!("+{name}:{THERE}");
        git.remote(&["fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", git.url(), &spec])?;
    }
    let text = git.run(&["cat-file", "commit", &commit])?;
    let head: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
    let tree = head.iter().find_map(|line| line.strip_prefix("tree ")).unwrap_or_default().to_owned();
    let files = git.run(&["ls-tree", "-r", "-z", &commit])?;
    let files = files.split('\0').filter_map(|line| {
        let (about, path) = line.split_once('\t')?;
        Some((path.to_owned(), about.split(' ').nth(2)?.to_owned()))
    });
    let has_parents = head.iter().any(|line| line.starts_with("parent "));
    Ok(There { commit: Some(commit), tree, has_parents, files: files.collect() })
}

/// Writes every file into our repository, and gives what git calls it.
fn write(git: &Git, cargo: &Cargo, progress: &dyn Progress) -> Result<BTreeMap<String, String>, Error> {
    let own = git.folder("own")?;
    let paths: Vec<&String> = cargo.files.keys().collect();
    let mut list = String::new();
    for (number, path) in paths.iter().enumerate() {
        let place = match cargo.own().get(*path) {
            Some(bytes) => {
                let place = own.join(number.to_string());
                fs::write(&place, bytes)?;
                place
            }
            None => std::path::absolute(cargo.place(path)).unwrap_or_else(|_| cargo.place(path)),
        };
        list += &format!("{}\n", place.display());
    }
    progress.sent(0, paths.len());
    let names = git.feed(&["hash-object", "-w", "--no-filters", "--stdin-paths"], &list)?;
    let names: Vec<&str> = names.lines().collect();
    if names.len() != paths.len() {
        return Err(Error::new(format!("git took {} of {} files", names.len(), paths.len())));
    }
    Ok(paths.into_iter().cloned().zip(names.into_iter().map(str::to_owned)).collect())
}

/// The tree of files, made with an index that nobody else uses.
fn tree_of(git: &Git, files: &BTreeMap<String, String>) -> Result<String, Error> {
    let lines: String = files.iter().map(|(path, name)| format!("100644 {name} 0\t{path}\0")).collect();
    git.forget_index()?;
    git.feed(&["update-index", "-z", "--index-info"], &lines)?;
    Ok(git.run(&["write-tree"])?.trim().to_owned())
}

fn compare(there: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Changes {
    let mut changes = Changes::default();
    for (path, name) in new {
        match there.get(path) {
            None => changes.added.push(path.clone()),
            Some(other) if other == name => changes.unchanged += 1,
            Some(_) => changes.changed.push(path.clone()),
        }
    }
    changes.removed = there.keys().filter(|path| !new.contains_key(*path)).cloned().collect();
    changes
}

fn commit(git: &Git, tree: &str, parent: Option<&str>, message: &str) -> Result<String, Error> {
    let mut arguments = vec!["commit-tree", tree, "-m", message];
    arguments.extend(parent.iter().flat_map(|parent| ["-p", *parent]));
    Ok(git.run(&arguments)?.trim().to_owned())
}

/// Moves the branch, if it is still where it was seen: nobody else has published meanwhile.
fn push(git: &Git, commit: &str, branch: &str, seen: Option<&str>) -> Result<(), Error> {
    let name = format!("refs/heads/{branch}");
    let lease = format!("--force-with-lease={name}:{}", seen.unwrap_or_default());
    git.remote(&["push", "--quiet", "--no-verify", &lease, git.url(), &format!("{commit}:{name}")])?;
    // What was pushed stays, so that the next publication need not fetch it.
    git.run(&["update-ref", THERE, commit])?;
    // What no publication needs any more goes after two weeks; if that fails, it goes another time.
    _ = git.run(&["gc", "--auto", "--quiet"]);
    Ok(())
}
