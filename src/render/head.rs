//! The head of a page: titles, canonical address, feeds, structured data.

use serde::Serialize;
use tera::Value;

use super::Renderer;
use super::context::{Alternate, FeedLink, PageView};
use super::names::{direction, iso_date};
use crate::archive::{AuthorId, CountryId, Edition, Report, ReportId};
use crate::config::Link;
use crate::plan::{Page, Scope};
use crate::url::encode_path;

impl Renderer<'_> {
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
            citation: Vec::new(),
            og_type: "website",
        }
    }

    /// The two feeds of the site or of a record.
    pub(super) fn feeds(&self, scope: Option<Scope>) -> Vec<FeedLink> {
        let (address, title) = match scope {
            Some(scope) if scope.reports(self.archive).is_empty() => return Vec::new(),
            Some(scope) => {
                (scope.address(self.archive), format!("{} · {}", scope.name(self.archive), self.config.title))
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
        head.structured = Value::safe_string(&self.structured(report, &head.title, &head.canonical, &lang));
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
        let scope = |scope: Scope| Link { text: scope.name(self.archive).to_owned(), url: scope.address(self.archive) };
        let region = self.region_of(*country);
        region.map(Scope::Region).into_iter().chain([Scope::Country(*country)]).map(scope).collect()
    }

    /// Structured data after schema.org: `Report`, or `NewsArticle` would claim more than a briefing is. Gated text is
    /// marked as search engines ask (`isAccessibleForFree`, `hasPart`).
    fn structured(&self, report: &Report, headline: &str, canonical: &str, lang: &str) -> String {
        let public = &report.public;
        let person = |id: &AuthorId| Thing {
            kind: "Person",
            name: &self.archive[*id].name,
            url: Some(self.config.base.absolute(&Scope::Author(*id).address(self.archive))),
        };
        let country = |id: &CountryId| Thing { kind: "Country", name: &self.archive[*id].name, url: None };
        let data = ReportData {
            context: "https://schema.org",
            kind: "Report",
            headline,
            description: &public.summary,
            url: canonical,
            in_language: lang,
            date_published: public.date.at.to_string(),
            date_modified: public.updates.last().map_or(public.date.at, |update| update.date.at).to_string(),
            publisher: Thing {
                kind: "Organization",
                name: &self.config.publisher,
                url: Some(self.config.base.absolute("/")),
            },
            is_accessible_for_free: !report.is_gated(),
            author: public.authors.iter().map(person).collect(),
            about: public.countries.iter().map(country).collect(),
            report_number: public.id.as_deref(),
            has_part: report.is_gated().then_some(GatedPart {
                kind: "WebPageElement",
                is_accessible_for_free: false,
                css_selector: ".gate",
            }),
        };
        script_safe(serde_json::to_string(&data).unwrap_or_default())
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

/// JSON that may stand in a script element: nothing in it ends the element. The line separators are allowed in JSON
/// alone (ECMA-262 before 2019).
fn script_safe(json: String) -> String {
    if !json.contains(['<', '\u{2028}', '\u{2029}']) {
        return json;
    }
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// A report as structured data.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportData<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    headline: &'a str,
    description: &'a str,
    url: &'a str,
    in_language: &'a str,
    date_published: String,
    date_modified: String,
    publisher: Thing<'a>,
    is_accessible_for_free: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_part: Option<GatedPart>,
}

#[derive(Serialize)]
struct Thing<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GatedPart {
    #[serde(rename = "@type")]
    kind: &'static str,
    is_accessible_for_free: bool,
    css_selector: &'static str,
}

#[cfg(test)]
mod tests {
    #[test]
    fn structured_data_cannot_end_its_script() {
        assert_eq!(super::script_safe("{\"a\":\"</script><!--\"}".into()), "{\"a\":\"\\u003c/script>\\u003c!--\"}");
    }
}
