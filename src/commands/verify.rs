//! `briefpress verify`: whether the published site is the one that was built.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::{Failed, Form, counted, fail, print, tell};
use crate::fs;
use crate::url::BaseUrl;
use crate::verify::{self, Difference, Report, Request};

const EXAMPLES: &str = "\
Examples:
  briefpress verify https://org.github.io/briefings/            fifty files, spread over all kinds
  briefpress verify https://org.github.io/briefings/ --all
  briefpress verify https://briefings.example/ --folder elsewhere --format json

Build what was published first, from the same commit, with the same --edition and --base-url. Exit code 1 if anything is missing,
differs, or is served that nobody should see.";

/// So many differences are told one by one.
const MOST: usize = 40;
/// So many files of the source are asked for, to see that none is served.
const SOURCES: usize = 5;

/// Options of `briefpress verify`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The address of the published site
    url: String,
    /// The folder that was published; public/ in the site's folder if not given
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// How many files are fetched
    #[arg(long, value_name = "N", default_value_t = 50, conflicts_with = "all")]
    sample: usize,
    /// Fetch every file
    #[arg(long)]
    all: bool,
    /// How it is told
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

/// Fetches, compares and tells.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let base = BaseUrl::parse(&arguments.url).or_else(|fact| fail(format!("{}: {fact}", arguments.url)))?;
    let folder = arguments.folder.clone().unwrap_or_else(|| root.join("public"));
    if !folder.is_dir() {
        return fail(format!(
            "there is no folder {}\n = help: build what was published first, or name it with --folder",
            folder.display()
        ));
    }
    let sample = (!arguments.all).then_some(arguments.sample);
    let request = Request { folder, base, sample, sources: sources(root) };
    let report = verify::verify(&request).or_else(fail)?;
    match arguments.format {
        Form::Text => tell_text(&report, &request.base),
        Form::Json => print(&as_json(&report)),
    }
    if report.differences.iter().all(|difference| difference.harmless) { Ok(()) } else { Err(Failed) }
}

/// Some of the texts that the site is made of.
fn sources(root: &Path) -> Vec<String> {
    let listed = fs::walk(&root.join("content"), &fs::Rules { hidden: false, skip: &|_, _| false });
    let texts =
        listed.map(|(entries, _)| entries).unwrap_or_default().into_iter().filter(|entry| entry.path.ends_with(".md"));
    let mut texts: Vec<String> = texts.map(|entry| format!("content/{}", entry.path)).collect();
    let step = texts.len().div_ceil(SOURCES).max(1);
    texts.drain(..).step_by(step).collect()
}

fn tell_text(report: &Report, base: &BaseUrl) {
    let alike = alike(&report.differences);
    for same in alike.iter().take(MOST) {
        let Difference { address, fact, cure, harmless } = same[0];
        let word = if *harmless { "warning" } else { "error" };
        let others = match same.len() - 1 {
            0 => String::new(),
            others => format!("\n  = and so for {}", counted(others, "other file")),
        };
        tell(&format!("{word}: {address} {fact}{others}\n  = help: {cure}\n\n"));
    }
    let rest = alike.len().saturating_sub(MOST);
    if rest > 0 {
        tell(&format!("and {rest} more; --format json tells all\n\n"));
    }
    let looked = format!("{} of {} fetched from {}", report.fetched, counted(report.of, "file"), base.absolute("/"));
    let errors = report.differences.iter().filter(|difference| !difference.harmless).count();
    let warnings = report.differences.len() - errors;
    print(&match (errors, warnings) {
        (0, 0) => format!("{looked}: all as published, and nothing else.\n"),
        _ => format!("{looked}: {}, {}.\n", counted(errors, "error"), counted(warnings, "warning")),
    });
}

/// Those of one fact together, in the order of the first of each: a host that compresses nothing is one thing to mend.
fn alike(differences: &[Difference]) -> Vec<Vec<&Difference>> {
    let mut alike: Vec<Vec<&Difference>> = Vec::new();
    for difference in differences {
        let same = |others: &&mut Vec<&Difference>| {
            (&others[0].fact, others[0].cure, others[0].harmless)
                == (&difference.fact, difference.cure, difference.harmless)
        };
        match alike.iter_mut().find(same) {
            Some(others) => others.push(difference),
            None => alike.push(vec![difference]),
        }
    }
    alike
}

fn as_json(report: &Report) -> String {
    let differences: Vec<_> = report
        .differences
        .iter()
        .map(|it| json!({ "severity": if it.harmless { "warning" } else { "error" }, "address": it.address, "fact": it.fact, "cure": it.cure }))
        .collect();
    format!("{:#}\n", json!({ "fetched": report.fetched, "files": report.of, "differences": differences }))
}
