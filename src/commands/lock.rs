//! `briefpress lock`: writes down the addresses that readers know.

use std::path::Path;

use clap::Args;

use super::{Failed, Format, counted, fail, print, tell_findings, tell_github};
use crate::archive::Archive;
use crate::build;
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::fs;
use crate::plan::{Lock, Plan};
use crate::source::LOCK_FILE;

const EXAMPLES: &str = "\
Examples:
  briefpress lock            after publishing: adds what is new to addresses.lock
  briefpress lock --check    in a workflow: fails if addresses.lock lacks an address

From then on a build is stopped if one of these addresses would lead nowhere.";

/// Options of `briefpress lock`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Write nothing; fail if the file is not up to date
    #[arg(long)]
    check: bool,
}

/// Holds the site against the file and adds what is new.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let mut findings = Findings::default();
    let looked = build::look_at_plan(root, jiff::Timestamp::now(), &mut findings);
    let Some((sources, archive, plan)) = looked else { return tell_findings(root, &findings.sorted(), true) };
    let text = sources.lock.clone().unwrap_or_default();
    Lock::parse(&text, &mut findings).check(&plan, &archive, &mut findings);
    tell_findings(root, &findings.sorted(), true)?;
    let renewed = Renewed::of(text, &archive, &plan);
    if arguments.check {
        return if renewed.is_same() { Ok(()) } else { lacks(root, renewed.new) };
    }
    renewed.write(root)?;
    print(&renewed.sentence());
    Ok(())
}

/// What the file lacks: beside the file where GitHub shows it, and as a sentence elsewhere.
fn lacks(root: &Path, new: usize) -> Result<(), Failed> {
    let fact = format!("{LOCK_FILE} lacks {}", counted(new, "address"));
    let cure = "run `briefpress lock` and commit it";
    if Format::or_usual(None) == Format::Github {
        return tell_github(root, &[Diagnostic::error(Place::file(LOCK_FILE), fact).hint(cure)]);
    }
    fail(format!("{fact}; {cure}"))
}

/// The file with what is new.
pub(super) struct Renewed {
    before: String,
    text: String,
    count: usize,
    /// Addresses that the file lacked.
    pub(super) new: usize,
}

impl Renewed {
    /// The file of a site that is known to keep its addresses.
    pub(super) fn of(before: String, archive: &Archive, plan: &Plan) -> Renewed {
        let mut ignored = Findings::default();
        let lock = Lock::parse(&before, &mut ignored);
        let text = lock.renewed(plan, archive);
        let count = Lock::parse(&text, &mut ignored).len();
        let new = count - lock.len();
        Renewed { before, text, count, new }
    }

    fn is_same(&self) -> bool {
        self.text == self.before
    }

    /// Writes it, if anything is new.
    pub(super) fn write(&self, root: &Path) -> Result<(), Failed> {
        if self.is_same() { Ok(()) } else { fs::write(&root.join(LOCK_FILE), self.text.as_bytes()).or_else(fail) }
    }

    /// What the file holds now.
    pub(super) fn sentence(&self) -> String {
        format!("{LOCK_FILE}: {}, {} new.\n", counted(self.count, "address"), self.new)
    }
}
