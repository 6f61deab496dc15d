//! Structured data for search engines (schema.org), as JSON-LD.

use serde::Serialize;
use tera::Value;

use super::Renderer;
use super::context::PageView;
use crate::archive::{Author, AuthorId, Country, CountryId, Report};
use crate::config::SCHEMAS;
use crate::plan::Scope;

impl Renderer {
    /// Structured data after schema.org: `Report`, or `NewsArticle` would claim more than a briefing is. Gated text is
    /// marked as search engines ask (`isAccessibleForFree`, `hasPart`).
    pub(super) fn report_thing(&self, report: &Report, headline: &str, canonical: &str, lang: &str) -> String {
        let public = &report.public;
        let person = |id: &AuthorId| Thing {
            kind: "Person",
            name: &self.archive[*id].name,
            url: Some(self.config.base.absolute(&Scope::Author(*id).address(&self.archive))),
        };
        let country = |id: &CountryId| Thing { kind: "Country", name: &self.archive[*id].name, url: None };
        let data = ReportData {
            kind: public.kind.map_or(SCHEMAS[0], |kind| self.archive[kind].schema),
            headline,
            description: &public.summary,
            url: canonical,
            in_language: lang,
            date_published: public.date.at.to_string(),
            date_modified: public.updates.last().map_or(public.date.at, |update| update.date.at).to_string(),
            publisher: self.publisher(),
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
        json(&data)
    }

    /// The page of an author.
    pub(super) fn author_thing(&self, author: &Author, canonical: &str) -> String {
        json(&ProfilePage {
            kind: "ProfilePage",
            main_entity: Person {
                kind: "Person",
                name: &author.name,
                url: canonical,
                job_title: author.role.as_deref(),
                knows_about: &author.expertise,
                knows_language: &author.languages,
                works_for: self.publisher(),
            },
        })
    }

    /// The page of a country.
    pub(super) fn country_thing(&self, country: &Country, canonical: &str) -> String {
        json(&CollectionPage {
            kind: "CollectionPage",
            name: &country.name,
            url: canonical,
            about: Place { kind: "Country", name: &country.name, identifier: country.geo.alpha2() },
            publisher: self.publisher(),
        })
    }

    /// The home page.
    pub(super) fn site_thing(&self) -> String {
        json(&WebSite {
            kind: "WebSite",
            name: &self.config.title,
            url: self.config.base.absolute("/"),
            in_language: &self.config.language,
            publisher: self.publisher(),
        })
    }

    fn publisher(&self) -> Thing<'_> {
        Thing { kind: "Organization", name: &self.config.publisher, url: Some(self.config.base.absolute("/")) }
    }

    /// What a page says of itself, with the way to it.
    pub(super) fn graph(&self, head: &PageView) -> Value {
        let mut things = head.things.clone();
        if !head.breadcrumb.is_empty() {
            things.push(self.way(head));
        }
        if things.is_empty() {
            return Value::from("");
        }
        let graph = format!("{{\"@context\":\"https://schema.org\",\"@graph\":[{}]}}", things.join(","));
        Value::safe_string(&script_safe(graph))
    }

    fn way(&self, head: &PageView) -> String {
        let above = head.breadcrumb.iter().map(|link| (link.text.as_str(), Some(self.config.base.absolute(&link.url))));
        let all = above.chain([(head.title.as_str(), None)]).enumerate();
        let step = |(index, (name, item))| Step { kind: "ListItem", position: index + 1, name, item };
        json(&BreadcrumbList { kind: "BreadcrumbList", item_list_element: all.map(step).collect() })
    }
}

fn json(thing: &impl Serialize) -> String {
    serde_json::to_string(thing).unwrap_or_default()
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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProfilePage<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    main_entity: Person<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Person<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    job_title: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    knows_about: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    knows_language: &'a [String],
    works_for: Thing<'a>,
}

#[derive(Serialize)]
struct CollectionPage<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: &'a str,
    about: Place<'a>,
    publisher: Thing<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    identifier: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WebSite<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: String,
    in_language: &'a str,
    publisher: Thing<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BreadcrumbList<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    item_list_element: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
}

#[cfg(test)]
mod tests {
    #[test]
    fn structured_data_cannot_end_its_script() {
        assert_eq!(super::script_safe("{\"a\":\"</script><!--\"}".into()), "{\"a\":\"\\u003c/script>\\u003c!--\"}");
    }
}
