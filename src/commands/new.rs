//! `briefpress new`: a file with its front matter, ready to be written in.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Failed, fail, print};
use crate::diagnostic::Findings;
use crate::render::names::iso_date;
use crate::text::slug;
use crate::yaml::edit::quoted;
use crate::{build, config, fs, geo, import};

const EXAMPLES: &str = "\
Examples:
  briefpress new report \"Politics: Judicial reform\" --country Mexico --author \"First Author\"
  briefpress new report --from briefing.docx --country Mexico
  briefpress new author \"Second Author\"
  briefpress new country BR
  briefpress new topic Elections --parent Politics";

/// Options of `briefpress new`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A report
    Report(ReportArguments),
    /// An author's record
    Author {
        /// The name in the byline
        name: String,
    },
    /// A country's record
    Country {
        /// A name or ISO 3166 code
        name: String,
    },
    /// A topic's record
    Topic {
        /// The topic
        name: String,
        /// The topic above it
        #[arg(long)]
        parent: Option<String>,
    },
}

#[derive(Debug, Args)]
struct ReportArguments {
    /// The headline; not needed with --from
    #[arg(required_unless_present = "from")]
    title: Option<String>,
    /// A Word file (.docx) that becomes the report
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// A country, the primary one first; may be given several times
    #[arg(long, value_name = "NAME")]
    country: Vec<String>,
    /// An author, in the order of the byline; may be given several times
    #[arg(long, value_name = "NAME")]
    author: Vec<String>,
    /// A topic; may be given several times
    #[arg(long, value_name = "NAME")]
    topic: Vec<String>,
    /// The kind
    #[arg(long, value_name = "NAME")]
    kind: Option<String>,
    /// The date; today if not given
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// public, sample or subscribers
    #[arg(long, value_name = "WORD")]
    access: Option<String>,
}

/// Files to write: the report or record first.
type Files = Vec<(String, Vec<u8>)>;

/// Writes the files; one that is there already is left alone.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    if !root.join(config::FILE).is_file() {
        let fact = format!("there is no {} in {}", config::FILE, root.display());
        return fail(format!("{fact}; `briefpress init` makes a site, `--root DIR` names another folder"));
    }
    let files = match &arguments.what {
        What::Report(report) => self::report(root, report)?,
        What::Author { name } => {
            let front =
                format!("name: {}\nrole:\nexpertise: []\nlanguages: []\nbased:\ndisclosures: []\n", quoted(name));
            record("authors", name, &front)
        }
        What::Country { name } => country(name)?,
        What::Topic { name, parent } => {
            let parent = parent.as_ref().map_or_else(String::new, |parent| format!("parent: {}\n", quoted(parent)));
            record("topics", name, &format!("name: {}\n{parent}aliases: []\n", quoted(name)))
        }
    };
    if let Some((file, _)) = files.iter().find(|(file, _)| root.join(file).exists()) {
        return fail(format!("{file} is there already; edit it, or choose another name"));
    }
    for (file, bytes) in &files {
        let path = root.join(file);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, bytes));
        made.or_else(fail)?;
    }
    print(&format!("{}\n", files.first().map_or("", |(file, _)| file)));
    Ok(())
}

/// What is known of a new report: from the command line first, then from the Word file.
#[derive(Default)]
struct Draft {
    title: String,
    authors: Vec<String>,
    date: Option<String>,
    body: String,
    images: Files,
}

fn draft(arguments: &ReportArguments) -> Result<Draft, Failed> {
    let mut draft = Draft::default();
    if let Some(file) = &arguments.from {
        let bytes = fs::read(file).or_else(fail)?;
        let imported = import::docx(&bytes).or_else(|fact| fail(format!("{}: {fact}", file.display())))?;
        imported.notes.iter().for_each(|note| super::tell(&format!("note: {note}\n")));
        draft = Draft {
            title: imported.title.unwrap_or_default(),
            authors: imported.authors,
            date: imported.date,
            body: imported.body,
            images: imported.images,
        };
    }
    if let Some(title) = &arguments.title {
        draft.title.clone_from(title);
    }
    if !arguments.author.is_empty() {
        draft.authors.clone_from(&arguments.author);
    }
    draft.date = arguments.date.clone().or(draft.date);
    if draft.title.trim().is_empty() {
        return fail(
            "the Word file has no headline that can be told from its text; give one: briefpress new report \"A headline\" --from FILE",
        );
    }
    Ok(draft)
}

/// A headline's kicker, if it has one that a build would not tell from the headline by itself, and the rest.
fn headline<'t>(title: &'t str, topics: &[String]) -> (Option<&'t str>, &'t str) {
    let Some((kicker, rest)) = title.split_once(": ") else { return (None, title) };
    let is_topic = topics.iter().any(|topic| topic.eq_ignore_ascii_case(kicker));
    // Without a topic there is no other kicker that it could be doubled by.
    let is_kicker = !topics.is_empty() && !is_topic && kicker.split_whitespace().count() <= 3;
    if is_kicker { (Some(kicker), rest.trim_start()) } else { (None, title) }
}

fn report(root: &Path, arguments: &ReportArguments) -> Result<Files, Failed> {
    let draft = draft(arguments)?;
    let day = match super::moment(draft.date.as_deref()) {
        Ok(at) => at.to_zoned(jiff::tz::TimeZone::UTC).date(),
        Err(fact) => return fail(format!("--date: {fact}")),
    };
    let countries = countries(&arguments.country)?;
    let (kicker, title) = headline(&draft.title, &arguments.topic);
    let mut text = format!("---\ntitle: {}\n", quoted(title));
    text += &kicker.map_or_else(String::new, |kicker| format!("kicker: {}\n", quoted(kicker)));
    if let Some(country) = countries.first() {
        text += &format!("id: {}\n", next_id(root, *country, day.year()));
    }
    text += &format!("summary:\ndate: {}\n", iso_date(day));
    for (key, value) in [("kind", &arguments.kind), ("access", &arguments.access)] {
        if let Some(value) = value {
            text += &format!("{key}: {}\n", quoted(value));
        }
    }
    text += &list("authors", &draft.authors);
    text += &list("countries", &countries.iter().map(|country| country.name("en").to_owned()).collect::<Vec<_>>());
    text += &list("topics", &arguments.topic);
    text += "status: draft\n---\n\n";
    text += &draft.body;
    if draft.body.is_empty() && arguments.access.as_deref() == Some("subscribers") {
        text += "Paragraphs that everybody may read.\n\n<!-- more -->\n\nThe rest, for subscribers.\n";
    }
    let title = draft.title.split_once(": ").map_or(draft.title.as_str(), |(_, rest)| rest);
    let prefix = countries.first().map_or_else(String::new, |country| format!("{}-", country.alpha2().to_lowercase()));
    let stem = format!("content/reports/{}/{prefix}{}", day.year(), slug(title, "report"));
    if draft.images.is_empty() {
        return Ok(vec![(format!("{stem}.md"), text.into_bytes())]);
    }
    let mut files = vec![(format!("{stem}/index.md"), text.into_bytes())];
    files.extend(draft.images.into_iter().map(|(name, bytes)| (format!("{stem}/{name}"), bytes)));
    Ok(files)
}

fn countries(names: &[String]) -> Result<Vec<geo::Country>, Failed> {
    names
        .iter()
        .map(|name| {
            geo::find(name).ok_or(()).or_else(|()| {
                let near = geo::suggest(name, 2)
                    .iter()
                    .map(|(country, name)| format!("{name} ({})", country.alpha2()))
                    .collect::<Vec<_>>()
                    .join(" or ");
                fail(format!(
                    "unknown country `{name}`{}",
                    if near.is_empty() { String::new() } else { format!("; did you mean {near}?") }
                ))
            })
        })
        .collect()
}

/// The next id of a country and year: one more than the highest that the archive has, drafts included.
fn next_id(root: &Path, country: geo::Country, year: i16) -> String {
    let prefix = format!("{}-{year}-", country.alpha2());
    let looked = build::look(root, jiff::Timestamp::MAX, true, &mut Findings::default());
    let ids =
        looked.iter().flat_map(|(sources, _)| sources.reports.iter()).filter_map(|source| source.front.id.as_deref());
    let highest = ids.filter_map(|id| id.strip_prefix(&prefix)?.parse::<u32>().ok()).max().unwrap_or(0);
    format!("{prefix}{:03}", highest + 1)
}

fn country(name: &str) -> Result<Files, Failed> {
    let Some(country) = geo::find(name) else {
        return fail(format!("unknown country `{name}`; give an ISO 3166 code or an English name"));
    };
    let front = format!("code: {}\ncapital:\nfacts: []\nkey_reports: []\n", country.alpha2());
    Ok(record("countries", country.name("en"), &front))
}

fn record(folder: &str, name: &str, front: &str) -> Files {
    vec![(format!("content/{folder}/{}.md", slug(name, "record")), format!("---\n{front}---\n").into_bytes())]
}

fn list(key: &str, values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    format!("{key}: [{}]\n", values.join(", "))
}
