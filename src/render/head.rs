//! The head of a page: titles, canonical address, feeds, structured data.

use tera::Value;

use super::Renderer;
use super::context::{Alternate, FeedLink, PageView};
use super::names::{iso_date, name_in};
use crate::archive::{Edition, Report, ReportId};
use crate::config::Link;
use crate::locale::direction;
use crate::plan::{Page, Scope};
use crate::url::encode_path;

impl Renderer {
    /// The head of a page that is no report.
    pub(super) fn head(&self, page: &Page, kind: &'static str, title: String, description: String) -> PageView {
        PageView {
            kind,
            title,
            description,
            canonical: self.config.base.absolute(&encode_path(&page.address)),
            address: page.address.clone(),
            lang: self.config.language.clone(),
            dir: direction(&self.config.language),
            noindex: self.edition == Edition::FULL,
            title_only: false,
            feeds: Vec::new(),
            alternates: Vec::new(),
            breadcrumb: Vec::new(),
            structured: Value::from(""),
            things: Vec::new(),
            citation: Vec::new(),
            og_type: "website",
        }
    }

    /// The two feeds of the site or of a record.
    pub(super) fn feeds(&self, scope: Option<Scope>) -> Vec<FeedLink> {
        let (address, title) = match scope {
            Some(scope) if scope.reports(&self.archive).is_empty() => return Vec::new(),
            Some(scope) => {
                (scope.address(&self.archive), format!("{} · {}", scope.name(&self.archive), self.config.title))
            }
            None => ("/".to_owned(), self.config.title.clone()),
        };
        vec![
            FeedLink { title: title.clone(), mime: "application/atom+xml", url: format!("{address}feed.xml") },
            FeedLink { title, mime: "application/feed+json", url: format!("{address}feed.json") },
        ]
    }

    /// The head of a report.
    pub(super) fn report_head(&self, page: &Page, id: ReportId) -> PageView {
        let report = &self.archive[id];
        let public = &report.public;
        let lang = public.lang.clone().unwrap_or_else(|| self.config.language.clone());
        let mut head = self.head(page, "report", full_title(report), public.summary.clone());
        head.dir = direction(&lang);
        head.noindex |= public.noindex;
        head.og_type = "article";
        head.feeds = self.feeds(public.countries.first().map(|country| Scope::Country(*country)));
        head.alternates = self.alternates(id);
        head.breadcrumb = self.breadcrumb(report);
        head.things = vec![self.report_thing(report, &head.title, &head.canonical, &lang)];
        head.citation = self.highwire(report, &head.title, &head.canonical, &lang);
        head.lang = lang;
        head
    }

    fn alternates(&self, id: ReportId) -> Vec<Alternate> {
        let public = &self.archive[id].public;
        if public.translations.is_empty() {
            return Vec::new();
        }
        let mut all: Vec<ReportId> = public.translations.clone();
        all.push(id);
        all.sort_unstable();
        all.into_iter()
            .map(|id| {
                let public = &self.archive[id].public;
                let lang = public.lang.clone().unwrap_or_else(|| self.config.language.clone());
                Alternate { lang, url: self.config.base.absolute(&encode_path(&public.address)) }
            })
            .collect()
    }

    fn breadcrumb(&self, report: &Report) -> Vec<Link> {
        let Some(country) = report.public.countries.first() else { return Vec::new() };
        let voice = self.voice(report.public.lang.as_deref().unwrap_or(&self.config.language));
        let name = |scope| name_in(&self.archive, scope, &voice.locale, self.locale());
        let scope = |scope: Scope| Link { text: name(scope), url: scope.address(&self.archive) };
        let region = self.region_of(*country);
        let above = region.map(Scope::Region).into_iter().chain([Scope::Country(*country)]);
        // A country that only a translation names has no page.
        above.filter(|scope| scope.has_page(&self.archive)).map(scope).collect()
    }

    /// Metadata that reference managers read. `citation_technical_report_institution` makes Zotero take the page for a
    /// report (Zotero's translator "Embedded Metadata").
    fn highwire(&self, report: &Report, title: &str, canonical: &str, lang: &str) -> Vec<(&'static str, String)> {
        let public = &report.public;
        let mut tags = vec![("citation_title", title.to_owned())];
        tags.extend(public.authors.iter().map(|id| ("citation_author", self.archive[*id].name.clone())));
        tags.push(("citation_publication_date", iso_date(public.date.day).replace('-', "/")));
        tags.push(("citation_technical_report_institution", self.config.publisher.clone()));
        tags.extend(public.id.iter().map(|id| ("citation_technical_report_number", id.clone())));
        tags.push(("citation_language", lang.to_owned()));
        tags.push(("citation_public_url", canonical.to_owned()));
        tags
    }
}

/// Kicker and headline in one line: `Politics: …`.
pub fn full_title(report: &Report) -> String {
    match &report.public.kicker {
        Some(kicker) => format!("{kicker}: {}", report.public.title),
        None => report.public.title.clone(),
    }
}
