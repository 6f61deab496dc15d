//! `briefpress lock`: writes down the addresses that readers know.

use std::path::Path;

use clap::Args;

use super::{Failed, Format, counted, fail, print, tell_findings, tell_github};
use crate::build;
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::fs;
use crate::plan::Lock;
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
    let lock = Lock::parse(&text, &mut findings);
    lock.check(&plan, &archive, &mut findings);
    tell_findings(root, &findings.sorted(), true)?;
    let renewed = lock.renewed(&plan, &archive);
    let count = Lock::parse(&renewed, &mut Findings::default()).len();
    let new = count - lock.len();
    if arguments.check {
        return if renewed == text { Ok(()) } else { lacks(root, new) };
    }
    if renewed != text {
        fs::write(&root.join(LOCK_FILE), renewed.as_bytes()).or_else(fail)?;
    }
    print(&format!("{LOCK_FILE}: {}, {new} new.\n", counted(count, "address")));
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
