//! Addresses that readers know: `addresses.lock`, one to a line with what stands there, in order.
//!
//! The file is written by `briefpress lock`, holds what is released, and is committed. A build in which one of its
//! addresses would lead nowhere is stopped.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::{PageKind, Plan};
use crate::archive::{Archive, Target};
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::source::LOCK_FILE;
use crate::url::encode_path;

const HEADER: &str =
    "# Addresses that readers know, and what stands there. Written by `briefpress lock`; commit this file.\n";

/// The addresses of a lock file.
#[derive(Debug, Default)]
pub struct Lock<'t> {
    lines: Vec<Line<'t>>,
}

#[derive(Debug)]
struct Line<'t> {
    address: &'t str,
    /// A report's id, or the file of a report, record or page; else a name.
    what: &'t str,
    at: Range<usize>,
}

impl<'t> Lock<'t> {
    /// Reads the text of a lock file. Lines that are no addresses are told.
    pub fn parse(text: &'t str, findings: &mut Findings) -> Lock<'t> {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let words = line.trim();
            let at = start..start + line.trim_end().len();
            start += line.len();
            if words.is_empty() || words.starts_with('#') {
                continue;
            }
            let (address, what) = words.split_once(' ').unwrap_or((words, ""));
            if address.starts_with('/') {
                lines.push(Line { address, what: what.trim(), at });
            } else {
                let fact = format!("`{address}` is no address of this site");
                findings.push(
                    Diagnostic::error(Place::bytes(LOCK_FILE, at), fact)
                        .hint("a line is an address and what stands there: /reports/2025/reform/ MX-2025-031"),
                );
            }
        }
        Lock { lines }
    }

    /// Tells of every address that would lead nowhere.
    pub fn check(&self, plan: &Plan, archive: &Archive, findings: &mut Findings) {
        let present: FxHashSet<String> = plan.pages.iter().map(|page| encode_path(&page.address)).collect();
        for line in self.lines.iter().filter(|line| !present.contains(line.address)) {
            findings.push(line.lost(archive));
        }
    }

    /// The text of the file with what is new: a site's addresses, and those of the file that still lead somewhere.
    pub fn renewed(&self, plan: &Plan, archive: &Archive) -> String {
        let mut lines: BTreeMap<String, String> = BTreeMap::new();
        lines.extend(self.lines.iter().map(|line| (line.address.to_owned(), line.what.to_owned())));
        lines.extend(plan.pages.iter().filter_map(|page| {
            let what = match &page.kind {
                PageKind::Report(id) => archive[*id].public.id.clone().unwrap_or_else(|| archive[*id].file.to_string()),
                PageKind::List(scope, 1) => scope.file(archive).unwrap_or(scope.name(archive)).to_owned(),
                PageKind::Plain(id) => archive[*id].text.file.clone(),
                _ => return None,
            };
            Some((encode_path(&page.address), what))
        }));
        lines.iter().fold(HEADER.to_owned(), |text, (address, what)| text + address + " " + what + "\n")
    }

    /// How many addresses there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

impl Line<'_> {
    fn lost(&self, archive: &Archive) -> Diagnostic {
        let Line { address, what, .. } = self;
        let here = Place::bytes(LOCK_FILE, self.at.clone());
        let target = archive.targets.get(&format!("@{what}")).or_else(|| archive.targets.get(*what));
        match target {
            Some(Target::Address(now)) => {
                let file = archive.reports.iter().find(|report| report.public.address == *now).map(|r| &*r.file);
                Diagnostic::error(
                    Place::file(file.unwrap_or(what)),
                    format!("readers know {what} at {address}; now it is at {now}, and the old address leads nowhere"),
                )
                .also(here, "the address that readers know")
                .hint(format!("add `aliases: [{address}]`, or let `briefpress rename` do such things"))
            }
            Some(Target::Unreleased) => {
                Diagnostic::error(here, format!("{what} was published at {address} and is not released any more"))
                    .hint("`status: withdrawn` keeps the address with a notice; or remove this line if it may go")
            }
            None => Diagnostic::error(
                here,
                format!("readers know {what} at {address}, and nothing stands there any more"),
            )
            .hint(format!(
                "bring it back, give `aliases: [{address}]` to what takes its place, or remove this line if it may go"
            )),
        }
    }
}
