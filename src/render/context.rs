//! What templates see: one struct for each page kind, and nothing else.
//!
//! Every template also sees [`SiteView`] as `site` and [`PageView`] as `page`. Addresses begin with `/` and are made
//! relative when a page is finished, so that they work under any base path.

use serde::Serialize;
use tera::Value;

use crate::config::Link;

mod lists;
mod overview;
mod report;

pub use lists::*;
pub use overview::*;
pub use report::*;

/// A value that many pages share; it is built once. The comment on each field says which view it holds.
pub type Shared = Value;

/// `site`: what all pages know.
#[derive(Debug, Serialize)]
pub struct SiteView {
    /// The publication's name.
    pub title: String,
    /// A line under the name.
    pub tagline: Option<String>,
    /// What the publication is.
    pub description: Option<String>,
    /// BCP 47 tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Who publishes.
    pub publisher: String,
    /// A line for the foot.
    pub copyright: Option<String>,
    /// The site's address with its base path.
    pub url: String,
    /// `public` or `full`.
    pub edition: &'static str,
    /// Links at the head.
    pub navigation: Vec<Link>,
    /// Links at the foot.
    pub footer: Vec<Link>,
    /// How a reader asks for access; missing where there is nothing to ask for.
    pub register: Option<RegisterView>,
    /// The theme's files by name: `assets["site.css"]` is its fingerprinted address.
    pub assets: Value,
    /// The theme's `scheme.js`, which must run before anything is painted, and its hash for the Content-Security-Policy.
    pub inline: Option<InlineScript>,
    /// Whether there is a page that searches the archive.
    pub search: bool,
    /// What the reader's script has to know, in sealed editions.
    pub sealed: Option<SealedView>,
    /// How many reports, countries, authors and topics there are.
    pub counts: Counts,
    /// Where the register form may be sent to, for the Content-Security-Policy: an origin or `'self'`.
    pub form_origin: String,
    /// Name and version of the generator.
    pub generator: &'static str,
}

/// A script that stands in the page itself.
#[derive(Debug, Serialize)]
pub struct InlineScript {
    /// Its code, HTML as it stands in the element.
    pub code: Value,
    /// `sha256-…` (Content Security Policy Level 3, section 2.3.1).
    pub hash: String,
}

/// `site.sealed`.
#[derive(Debug, Serialize)]
pub struct SealedView {
    /// The settings of the reader's script: JSON, as HTML of the element that holds them.
    pub json: Value,
}

/// How many there are.
#[derive(Debug, Serialize, Default)]
pub struct Counts {
    /// Released reports.
    pub reports: usize,
    /// Countries with a page.
    pub countries: usize,
    /// Authors with a page.
    pub authors: usize,
    /// Topics with a page.
    pub topics: usize,
}

/// `site.register`.
#[derive(Debug, Serialize)]
pub struct RegisterView {
    /// The line above the button.
    pub text: String,
    /// The word on the button.
    pub button: String,
    /// `link`, `form` or `mail`.
    pub way: &'static str,
    /// Where it leads: an address, the form's endpoint, or a `mailto:`.
    pub url: String,
}

/// `page`: what the head of every page needs.
#[derive(Debug, Serialize)]
pub struct PageView {
    /// Which kind of page: `report`, `country`, `home` …
    pub kind: &'static str,
    /// The title for the window and search engines, without the site's name.
    pub title: String,
    /// A sentence for search engines.
    pub description: String,
    /// The page's address.
    pub address: String,
    /// The whole address.
    pub canonical: String,
    /// BCP 47 tag of the page.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Whether search engines are asked to pass it by.
    pub noindex: bool,
    /// Whether the title is all there is (the home page), so that the site's name is not repeated.
    pub title_only: bool,
    /// Feeds that belong to the page.
    pub feeds: Vec<FeedLink>,
    /// The same page in other languages, itself included; empty if there is none.
    pub alternates: Vec<Alternate>,
    /// The way here, the page itself left out.
    pub breadcrumb: Vec<Link>,
    /// Structured data (JSON-LD) as HTML, ready to stand in a script element; empty if there is none.
    pub structured: Value,
    /// The things in it, as JSON, to which the way here is added when the page is finished.
    #[serde(skip)]
    pub things: Vec<String>,
    /// Metadata for reference managers (Highwire tags): name and content.
    pub citation: Vec<(&'static str, String)>,
    /// `article` or `website`, for Open Graph.
    pub og_type: &'static str,
}

/// A feed of a page.
#[derive(Debug, Serialize)]
pub struct FeedLink {
    /// What it is called.
    pub title: String,
    /// `application/atom+xml` or `application/feed+json`.
    pub mime: &'static str,
    /// Where it is.
    pub url: String,
}

/// The same page in another language.
#[derive(Debug, Serialize)]
pub struct Alternate {
    /// BCP 47 tag.
    pub lang: String,
    /// The whole address.
    pub url: String,
}

/// A date.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// For `<time datetime>`: `2025-09-08`.
    pub iso: String,
    /// The house form, for bylines and rows: `08 Sep 2025`.
    pub text: String,
    /// The language's long form: `8 September 2025`.
    pub long: String,
    /// The year.
    pub year: i16,
}

/// One of a fixed set of words: a badge, a likelihood, a kind of change.
#[derive(Debug, Clone, Serialize)]
pub struct Term {
    /// What it is called in every language, for classes and conditions: `very-likely`.
    pub name: String,
    /// The word: `Very likely`.
    pub text: String,
}

/// A country, region, author, topic, series or kind where it is named.
#[derive(Debug, Clone, Serialize)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// The name in capitals, for the dateline.
    pub upper: String,
    /// Its page; empty if it has none.
    pub url: String,
    /// How many reports there are.
    pub count: usize,
    /// The date of the newest of them.
    pub latest: Option<DateView>,
    /// A country's ISO 3166-1 alpha-2 code.
    pub code: Option<&'static str>,
    /// An author's role.
    pub role: Option<String>,
    /// A country's outlook in words, if the edition may show it.
    pub outlook: Option<String>,
}
