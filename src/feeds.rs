//! Feeds and what else machines read of a site: Atom (RFC 4287), JSON Feed 1.1, calendars, the catalogue, sitemaps,
//! the description of the search.

use serde::Serialize;

use crate::access;
use crate::archive::report::Status;
use crate::archive::{Archive, PublicReport, ReportId};
use crate::config::Config;
use crate::output::Output;
use crate::plan::Scope;
use crate::url::{encode_path, output_path};

mod calendar;
mod catalogue;
mod opensearch;
mod sitemap;
mod xml;

pub use calendar::calendars;
pub use catalogue::{catalogue_csv, catalogue_json};
pub use opensearch::opensearch;
pub use sitemap::{news, robots, sitemap};
use xml::Xml;

/// What feeds are made of. They see public fields only, whatever the edition.
pub struct Feeds<'a> {
    /// The site.
    pub config: &'a Config,
    /// Its reports.
    pub archive: &'a Archive,
    /// What stands in the place of a withdrawn report.
    pub withdrawn: &'a str,
    /// Whether entries tell who can open them: in the sealed edition.
    pub sealed: bool,
}

impl Feeds<'_> {
    /// The two feeds of the site (no scope) or of a record.
    pub fn of(&self, scope: Option<Scope>) -> [Output; 2] {
        let (address, title) = match scope {
            Some(scope) => {
                (scope.address(self.archive), format!("{} · {}", scope.name(self.archive), self.config.title))
            }
            None => ("/".to_owned(), self.config.title.clone()),
        };
        let reports = scope.map_or(&self.archive.lists.all[..], |scope| scope.reports(self.archive));
        let reports = &reports[..reports.len().min(self.config.feed_limit)];
        [
            Output::text(output_path(&format!("{address}feed.xml")), self.atom(&address, &title, reports), "feed"),
            Output::text(output_path(&format!("{address}feed.json")), self.json(&address, &title, reports), "feed"),
        ]
    }

    fn absolute(&self, address: &str) -> String {
        self.config.base.absolute(&encode_path(address))
    }

    fn atom(&self, address: &str, title: &str, reports: &[ReportId]) -> String {
        let mut xml = Xml::new();
        let home = self.absolute(address);
        xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &self.config.language)]);
        xml.text("title", title);
        if let Some(tagline) = &self.config.tagline {
            xml.text("subtitle", tagline);
        }
        xml.text("id", &home);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &home)]);
        xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &format!("{home}feed.xml"))]);
        let newest = reports.iter().map(|id| updated(&self.archive[*id].public)).max();
        xml.text("updated", &newest.unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string());
        xml.open("author", &[]);
        xml.text("name", &self.config.publisher);
        xml.close("author");
        xml.element("generator", &[("version", env!("CARGO_PKG_VERSION"))], "briefpress");
        for id in reports {
            self.entry(&mut xml, &self.archive[*id].public);
        }
        xml.close("feed");
        xml.finish()
    }

    fn entry(&self, xml: &mut Xml, report: &PublicReport) {
        let url = self.absolute(&report.address);
        let lang: &[(&str, &str)] = match &report.lang {
            Some(lang) => &[("xml:lang", lang)],
            None => &[],
        };
        xml.open("entry", lang);
        xml.text("title", &title(report));
        xml.text("id", &self.entry_id(report, &url));
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &url)]);
        xml.text("published", &report.released.at.to_string());
        xml.text("updated", &updated(report).to_string());
        for author in &report.authors {
            xml.open("author", &[]);
            xml.text("name", &self.archive[*author].name);
            xml.text("uri", &self.absolute(&Scope::Author(*author).address(self.archive)));
            xml.close("author");
        }
        for name in self.tags(report) {
            xml.empty("category", &[("term", name)]);
        }
        if !summary(report, self.withdrawn).is_empty() {
            xml.text("summary", summary(report, self.withdrawn));
        }
        xml.close("entry");
    }

    /// A name for ever (RFC 4287, section 4.2.6): made of the id if there is one, so that it outlives the address.
    fn entry_id(&self, report: &PublicReport, url: &str) -> String {
        match &report.id {
            Some(id) => self.config.base.absolute(&format!("/id/{id}/")),
            None => url.to_owned(),
        }
    }

    fn tags<'s>(&'s self, report: &'s PublicReport) -> impl Iterator<Item = &'s str> {
        let countries = report.countries.iter().map(|id| self.archive[*id].name.as_str());
        countries.chain(report.topics.iter().map(|id| self.archive[*id].name.as_str()))
    }

    fn json(&self, address: &str, title: &str, reports: &[ReportId]) -> String {
        let home = self.absolute(address);
        let feed = JsonFeed {
            version: "https://jsonfeed.org/version/1.1",
            title,
            feed_url: format!("{home}feed.json"),
            home_page_url: home,
            description: self.config.description.as_deref(),
            language: &self.config.language,
            authors: [JsonAuthor { name: &self.config.publisher, url: None }],
            items: reports.iter().map(|id| self.item(*id)).collect(),
        };
        serde_json::to_string(&feed).unwrap_or_default()
    }

    fn item(&self, id: ReportId) -> JsonItem<'_> {
        let report = &*self.archive[id].public;
        let url = self.absolute(&report.address);
        let author = |id: &crate::archive::AuthorId| JsonAuthor {
            name: &self.archive[*id].name,
            url: Some(self.absolute(&Scope::Author(*id).address(self.archive))),
        };
        JsonItem {
            id: self.entry_id(report, &url),
            url,
            title: title(report),
            content_text: if summary(report, self.withdrawn).is_empty() {
                &report.title
            } else {
                summary(report, self.withdrawn)
            },
            date_published: report.released.at.to_string(),
            date_modified: updated(report).to_string(),
            tags: self.tags(report).collect(),
            authors: report.authors.iter().map(author).collect(),
            language: report.lang.as_deref(),
            own: self.opens(id),
        }
    }

    fn opens(&self, id: ReportId) -> Option<JsonOpens<'_>> {
        (self.sealed && self.archive[id].is_gated()).then(|| JsonOpens {
            day: access::day(self.archive[id].public.released.day),
            plans: self.archive.plans_of(id).map(|plan| plan.key.as_str()).collect(),
        })
    }
}

/// JSON Feed 1.1, top level.
#[derive(Serialize)]
struct JsonFeed<'s> {
    version: &'static str,
    title: &'s str,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'s str>,
    language: &'s str,
    authors: [JsonAuthor<'s>; 1],
    items: Vec<JsonItem<'s>>,
}

/// JSON Feed 1.1, authors.
#[derive(Serialize)]
struct JsonAuthor<'s> {
    name: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// JSON Feed 1.1, items.
#[derive(Serialize)]
struct JsonItem<'s> {
    id: String,
    url: String,
    title: String,
    content_text: &'s str,
    date_published: String,
    date_modified: String,
    tags: Vec<&'s str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<JsonAuthor<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'s str>,
    #[serde(rename = "_briefpress", skip_serializing_if = "Option::is_none")]
    own: Option<JsonOpens<'s>>,
}

/// An extension of ours (JSON Feed 1.1, extensions): who can open a sealed report.
#[derive(Serialize)]
struct JsonOpens<'s> {
    /// The day of its release, in days since 1 January 1970.
    day: u16,
    /// The words of the plans that cover it.
    plans: Vec<&'s str>,
}

fn title(report: &PublicReport) -> String {
    match &report.kicker {
        Some(kicker) => format!("{kicker}: {}", report.title),
        None => report.title.clone(),
    }
}

fn summary<'r>(report: &'r PublicReport, withdrawn: &'r str) -> &'r str {
    if report.status == Status::Withdrawn { withdrawn } else { &report.summary }
}

/// When a reader should look again: the last change that was more than a slip of the pen.
fn updated(report: &PublicReport) -> jiff::Timestamp {
    let changes = report.updates.iter().filter(|update| update.kind != crate::archive::report::UpdateKind::Minor);
    changes.map(|update| update.date.at).max().unwrap_or(report.released.at).max(report.released.at)
}
