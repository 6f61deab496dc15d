//! `gifts.yaml`: single reports that are given away for a time. It is never published.

use std::path::Path;

use jiff::civil::Date;

use crate::archive::{Archive, ReportId};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::fs;
use crate::source::Clock;
use crate::yaml::{self, shape};

/// The name of the file in a site's folder.
pub const FILE: &str = "gifts.yaml";

shape! {
    /// An entry of `gifts.yaml`.
    pub struct GiftFile {
        /// The id of the report.
        report: Option<String>,
        /// The last day on which the gift opens it.
        until: Option<String>,
        /// What tells gifts of one report apart: to whom, say.
        note: Option<String>,
    }
}

/// A report that is given away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gift {
    /// The report.
    pub report: ReportId,
    /// The last day.
    pub until: Date,
    /// What tells it apart.
    pub note: String,
}

/// Reads the gifts of a site; none if there is no file. Those whose day has passed are left out.
pub fn read(root: &Path, config: &Config, archive: &Archive, findings: &mut Findings) -> Vec<Gift> {
    let path = root.join(FILE);
    if !path.exists() {
        return Vec::new();
    }
    let entries = fs::read_to_string(&path)
        .map_err(|error| vec![Diagnostic::error(Place::file(FILE), error.to_string())])
        .and_then(|text| {
            yaml::read::<Vec<GiftFile>>(text.trim_start_matches('\u{feff}'))
                .map_err(|problems| problems.into_iter().map(|problem| problem.into_diagnostic(FILE, 0)).collect())
        });
    let clock = Clock { zone: config.time_zone.clone(), hour: config.publishing_hour };
    match entries {
        Ok(entries) => {
            let each = entries.iter().enumerate();
            let gifts = each.filter_map(|(index, entry)| gift(index, entry, &clock, archive, findings));
            gifts.filter(|gift| gift.until >= archive.as_of.day).collect()
        }
        Err(problems) => {
            findings.extend(problems);
            Vec::new()
        }
    }
}

fn gift(index: usize, entry: &GiftFile, clock: &Clock, archive: &Archive, findings: &mut Findings) -> Option<Gift> {
    let mut error = |key: &str, fact: String, hint: String| {
        findings.push(Diagnostic::error(Place::value(FILE, format!("{index}/{key}")), fact).hint(hint));
    };
    let id = entry.report.as_deref().unwrap_or_default();
    let report = archive.report_ids().find(|report| archive[*report].public.id.as_deref() == Some(id));
    if report.is_none() {
        error("report", format!("no released report has the id `{id}`"), "write the id of a report".to_owned());
    }
    let until = match clock.read(entry.until.as_deref().unwrap_or_default()) {
        Ok(moment) => Some(moment.day),
        Err((fact, hint)) => {
            error("until", fact, hint);
            None
        }
    };
    Some(Gift { report: report?, until: until?, note: entry.note.clone().unwrap_or_default() })
}
