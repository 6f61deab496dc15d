//! The site: its settings, its files, its size.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;

use super::Checks;
use crate::commands::counted;
use crate::config::{Config, FILE};
use crate::diagnostic::{Findings, Severity};
use crate::{build, fs, source};

/// GitHub takes no larger file, and Pages no larger site.
const LARGEST_FILE: u64 = 100 << 20;
const LARGEST_SITE: u64 = 1 << 30;
/// What the build makes, and what is no part of the site.
const MADE: [&str; 6] = ["public", "preview", ".briefpress", ".git", "node_modules", "target"];

pub fn look(root: &Path, now: Timestamp, checks: &mut Checks) -> Option<Config> {
    if !root.join(FILE).exists() {
        checks.error(
            format!("there is no {FILE} in {}", root.display()),
            "`briefpress init` makes a site here; `--root DIR` names another folder",
        );
        return None;
    }
    let mut findings = Findings::default();
    let config = source::configuration(root, &mut findings);
    if config.is_some() {
        findings = Findings::default();
        let _ = build::look(root, now, false, &mut findings);
    }
    told(findings, checks);
    if let Some(config) = &config {
        let zone = config.time_zone.iana_name().unwrap_or("UTC");
        checks.ok(format!(
            "days and hours of the site are those of {zone}, on every machine: it is {} there",
            now.to_zoned(config.time_zone.clone()).strftime("%Y-%m-%d %H:%M")
        ));
    }
    files(root, checks);
    size(root, checks);
    config
}

fn told(findings: Findings, checks: &mut Checks) {
    let all = findings.sorted();
    let errors = all.iter().filter(|finding| finding.severity == Severity::Error).count();
    let cure = "`briefpress build` tells each with its place and its cure";
    if errors > 0 {
        checks.error(format!("the site has {}", counted(errors, "error")), cure);
    } else if all.is_empty() {
        checks.ok("settings and front matter are in order");
    } else {
        checks.warning(format!("the site has {}", counted(all.len(), "warning")), cure);
    }
}

/// All files of the site's folder but what is made; paths are relative to it, with forward slashes.
pub fn all(root: &Path) -> Result<(Vec<fs::Entry>, Vec<fs::Finding>), fs::Error> {
    let skip = |path: &str, _: bool| MADE.contains(&path) || path.ends_with("/node_modules");
    fs::walk(root, &fs::Rules { hidden: true, skip: &skip })
}

fn files(root: &Path, checks: &mut Checks) {
    let (entries, odd) = match all(root) {
        Ok(listed) => listed,
        Err(error) => return checks.error(error.to_string(), "see who owns the folder, and what its permissions are"),
    };
    for finding in &odd {
        checks.warning(
            format!("{} {}", finding.path.display(), finding.fact),
            "nothing outside of the folder is ever read",
        );
    }
    for entry in entries.iter().filter(|entry| entry.len > LARGEST_FILE) {
        checks.error(
            format!("{} is larger than 100 MB", entry.path),
            "GitHub takes no such file: make it smaller, or put it elsewhere and link to it",
        );
    }
    let mut spelt: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    entries.iter().for_each(|entry| spelt.entry(entry.path.to_lowercase()).or_default().push(&entry.path));
    let twins: Vec<_> = spelt.values().filter(|paths| paths.len() > 1).collect();
    for paths in &twins {
        checks.error(
            format!("{} differ in nothing but small and capital letters", paths.join(" and ")),
            "rename one: on Windows and macOS they are one file",
        );
    }
    if odd.is_empty() && twins.is_empty() {
        checks.ok(format!("{}, each with a name of its own on every system", counted(entries.len(), "file")));
    }
}

/// What the host has to hold: the last build, or as much as there is to publish.
fn size(root: &Path, checks: &mut Checks) {
    let sum = |folder: &str| {
        let listed = fs::walk(&root.join(folder), &fs::Rules { hidden: true, skip: &|_, _| false });
        listed.map_or(0, |(entries, _)| entries.iter().map(|entry| entry.len).sum::<u64>())
    };
    let (what, bytes) = match sum("public") {
        0 => ("content and static files are", sum("content") + sum("static")),
        bytes => ("the last build is", bytes),
    };
    let size = format!("{what} {:.1} MB", bytes as f64 / 1e6);
    if bytes > LARGEST_SITE {
        checks.error(
            format!("{size}; GitHub Pages takes no more than 1 GB"),
            "make pictures and attachments smaller, or choose another host",
        );
    } else if bytes > LARGEST_SITE / 4 * 3 {
        checks.warning(
            format!("{size}; GitHub Pages takes no more than 1 GB"),
            "think of another host, or of smaller pictures",
        );
    } else {
        checks.ok(size);
    }
}
