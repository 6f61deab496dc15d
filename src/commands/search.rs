//! `briefpress search`: asks the archive as readers ask it, full text.

use std::path::Path;

use clap::Args;
use serde_json::json;

use super::{Failed, Form, moment, print, tell, tell_findings};
use crate::archive::{Archive, Edition, Report, ReportId};
use crate::build;
use crate::diagnostic::Findings;
use crate::render::names::iso_date;
use crate::search::{self, Site, rank};

const EXAMPLES: &str = "\
Examples:
  briefpress search peso crisis
  briefpress search 'country:mexico \"exchange rate\" after:1994-12'
  briefpress search --sort date topic:debt -- -oil
  briefpress search --format json - < queries.txt

Operators: country: region: topic: author: kind: series: year: access: after: before:, \"words in a row\", -word";

/// Options of `briefpress search`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// What is looked for; `-` reads queries from standard input, one a line
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// The best first, or the newest
    #[arg(long, value_enum, default_value = "relevance")]
    sort: Sort,
    /// How many are shown
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    limit: usize,
    /// How results are told; JSON has a line for each query
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
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
    let (outputs, problems) = Site::new(&sources, &archive, Edition::FULL, &row, &[]).outputs();
    tell_findings(root, &problems, false)?;
    let index = search::reader::Index::read(&outputs)
        .or_else(|damaged| super::fail(format!("the index cannot be read: {}", damaged.0)))?;
    let order = match arguments.sort {
        Sort::Relevance => rank::Order::Relevance,
        Sort::Date => rank::Order::Date,
    };
    for query in queries(arguments).or_else(super::fail)? {
        let answer = rank::search(&index, &query, order);
        for (facet, value) in &answer.unknown {
            tell(&format!("warning: {facet}:{value} names nothing in this archive\n"));
        }
        print(&match arguments.format {
            Form::Text => results(&archive, &answer, arguments.limit),
            Form::Json => json_line(&archive, &query, &answer, arguments.limit),
        });
    }
    told
}

fn queries(arguments: &Arguments) -> Result<Vec<String>, String> {
    if arguments.words != ["-"] {
        return Ok(vec![arguments.words.join(" ")]);
    }
    let text = std::io::read_to_string(std::io::stdin()).map_err(|error| format!("standard input: {error}"))?;
    Ok(text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect())
}

fn shown<'a>(archive: &'a Archive, answer: &rank::Answer, limit: usize) -> impl Iterator<Item = &'a Report> {
    let numbers: Vec<u32> = answer.reports.iter().take(limit).copied().collect();
    numbers.into_iter().map(|number| &archive.reports[archive.reports.len() - 1 - number as usize])
}

fn json_line(archive: &Archive, query: &str, answer: &rank::Answer, limit: usize) -> String {
    let report = |report: &Report| {
        let public = &report.public;
        json!({
            "id": public.id,
            "date": iso_date(public.date.day),
            "title": public.title,
            "address": public.address,
            "file": &*report.file,
        })
    };
    let reports: Vec<_> = shown(archive, answer, limit).map(report).collect();
    let (asked, held) = answer.words;
    format!(
        "{}\n",
        json!({"query": query, "found": answer.reports.len(), "asked": asked, "held": held, "reports": reports})
    )
}

fn results(archive: &Archive, answer: &rank::Answer, limit: usize) -> String {
    let mut text = String::new();
    for report in shown(archive, answer, limit) {
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
