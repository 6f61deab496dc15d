//! `briefpress search`: asks the archive as readers ask it, full text.

use std::path::Path;

use clap::Args;

use super::{Failed, moment, print, tell, tell_findings};
use crate::archive::{Archive, Edition, ReportId};
use crate::build;
use crate::diagnostic::Findings;
use crate::render::names::iso_date;
use crate::search::{self, Site, rank};

const EXAMPLES: &str = "\
Examples:
  briefpress search peso crisis
  briefpress search 'country:mexico \"exchange rate\" after:1994-12'
  briefpress search --sort date topic:debt -- -oil

Operators: country: region: topic: author: kind: series: year: access: after: before:, \"words in a row\", -word";

/// Options of `briefpress search`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// What is looked for
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// The best first, or the newest
    #[arg(long, value_enum, default_value = "relevance")]
    sort: Sort,
    /// How many are shown
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    limit: usize,
    /// See the archive as of a moment
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Sort {
    Relevance,
    Date,
}

/// Shows the reports that hold what is looked for.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let as_of = moment(arguments.as_of.as_deref()).or_else(|fact| super::fail(format!("--as-of: {fact}")))?;
    let mut findings = Findings::default();
    let looked = build::look(root, as_of, false, &mut findings);
    let told = tell_findings(root, &findings.sorted(), true);
    let Some((sources, archive)) = looked else { return told };
    let row = |_: ReportId| String::new();
    let (outputs, problems) = Site::new(&sources, &archive, Edition::FULL, &row, &search::in_clear).outputs();
    tell_findings(root, &problems, false)?;
    let index = search::reader::Index::read(&outputs)
        .or_else(|damaged| super::fail(format!("the index cannot be read: {}", damaged.0)))?;
    let order = match arguments.sort {
        Sort::Relevance => rank::Order::Relevance,
        Sort::Date => rank::Order::Date,
    };
    let answer = rank::search(&index, &arguments.words.join(" "), order);
    for (facet, value) in &answer.unknown {
        tell(&format!("warning: {facet}:{value} names nothing in this archive\n"));
    }
    print(&results(&archive, &answer, arguments.limit));
    told
}

fn results(archive: &Archive, answer: &rank::Answer, limit: usize) -> String {
    let mut text = String::new();
    for number in answer.reports.iter().take(limit) {
        let report = &archive.reports[archive.reports.len() - 1 - *number as usize];
        let public = &report.public;
        let title =
            public.kicker.as_ref().map_or_else(|| public.title.clone(), |kicker| format!("{kicker}: {}", public.title));
        let id = public.id.as_deref().unwrap_or("-");
        text += &format!("{}  {id}  {title}\n    {}\n", iso_date(public.date.day), report.file);
    }
    let (asked, held) = answer.words;
    let some = if held < asked && held > 0 { format!(" with {held} of {asked} words") } else { String::new() };
    text + &format!("{}{some}\n", super::counted(answer.reports.len(), "report"))
}
