//! The catalogue: what everybody may know of every report, for researchers, as JSON and as CSV (RFC 4180).

use serde::Serialize;

use super::{Feeds, summary, title, updated};
use crate::archive::PublicReport;
use crate::config::Access;
use crate::output::Output;
use crate::url::encode_path;

/// A report in the catalogue.
#[derive(Serialize)]
struct Entry<'a> {
    id: Option<&'a str>,
    title: String,
    summary: &'a str,
    url: String,
    date: String,
    updated: String,
    language: &'a str,
    kind: Option<&'a str>,
    series: Option<&'a str>,
    number: Option<u32>,
    authors: Vec<&'a str>,
    countries: Vec<&'a str>,
    country_codes: Vec<&'static str>,
    topics: Vec<&'a str>,
    access: &'static str,
    status: &'static str,
}

/// The catalogue as a JSON array of objects.
pub fn catalogue_json(feeds: &Feeds<'_>) -> Output {
    let mut json = String::from("[");
    for entry in entries(feeds) {
        json.push_str(if json.len() > 1 { ",\n" } else { "" });
        json.push_str(&serde_json::to_string(&entry).unwrap_or_default());
    }
    json.push_str("]\n");
    Output::text("archive/reports.json", json, "catalogue")
}

/// The catalogue as CSV. Several names in one field are parted by semicolons.
pub fn catalogue_csv(feeds: &Feeds<'_>) -> Output {
    let mut csv = String::from(HEADER);
    entries(feeds).for_each(|entry| put_line(&entry, &mut csv));
    Output::text("archive/reports.csv", csv, "catalogue")
}

fn entries<'a>(feeds: &'a Feeds<'a>) -> impl Iterator<Item = Entry<'a>> {
    feeds.archive.reports.iter().map(|report| entry(feeds, &report.public))
}

fn entry<'a>(feeds: &'a Feeds<'a>, report: &'a PublicReport) -> Entry<'a> {
    let Feeds { config, archive, withdrawn, .. } = feeds;
    Entry {
        id: report.id.as_deref(),
        title: title(report),
        summary: summary(report, withdrawn),
        url: config.base.absolute(&encode_path(&report.address)),
        date: report.date.day.to_string(),
        updated: updated(report).to_string(),
        language: report.lang.as_ref().unwrap_or(&config.language),
        kind: report.kind.map(|id| archive[id].name.as_str()),
        series: report.series.map(|(id, _)| archive[id].name.as_str()),
        number: report.series.and_then(|(_, number)| number),
        authors: report.authors.iter().map(|id| archive[*id].name.as_str()).collect(),
        countries: report.countries.iter().map(|id| archive[*id].name.as_str()).collect(),
        country_codes: report.countries.iter().map(|id| archive[*id].geo.alpha2()).collect(),
        topics: report.topics.iter().map(|id| archive[*id].name.as_str()).collect(),
        access: match report.access {
            Access::Public => "public",
            Access::Sample => "sample",
            Access::Subscribers => "subscribers",
        },
        status: report.status.name(),
    }
}

const HEADER: &str = "id,title,summary,url,date,updated,language,kind,series,number,authors,countries,country_codes,topics,access,status\r\n";

fn put_line(entry: &Entry<'_>, out: &mut String) {
    let number = entry.number.map(|number| number.to_string()).unwrap_or_default();
    let fields = [
        entry.id.unwrap_or_default(),
        &entry.title,
        entry.summary,
        &entry.url,
        &entry.date,
        &entry.updated,
        entry.language,
        entry.kind.unwrap_or_default(),
        entry.series.unwrap_or_default(),
        &number,
        &entry.authors.join("; "),
        &entry.countries.join("; "),
        &entry.country_codes.join("; "),
        &entry.topics.join("; "),
        entry.access,
        entry.status,
    ];
    for (index, field) in fields.into_iter().enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        put_field(field, out);
    }
    out.push_str("\r\n");
}

fn put_field(field: &str, out: &mut String) {
    if field.contains(['"', ',', '\r', '\n']) {
        out.push('"');
        out.push_str(&field.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(field);
    }
}
