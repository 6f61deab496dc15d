//! What templates see: one struct for each page kind, and nothing else.
//!
//! Every template also sees [`SiteView`] as `site` and [`PageView`] as `page`. Addresses begin with `/` and are made
//! relative when a page is finished, so that they work under any base path.

use serde::Serialize;
use tera::Value;

use crate::config::Link;

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
    /// How a reader asks for access.
    pub register: RegisterView,
    /// The theme's files by name: `assets["site.css"]` is its fingerprinted address.
    pub assets: Value,
    /// How many reports, countries, authors and topics there are.
    pub counts: Counts,
    /// Where the register form may be sent to, for the Content-Security-Policy: an origin or `'self'`.
    pub form_origin: String,
    /// Name and version of the generator.
    pub generator: &'static str,
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
    /// Structured data (JSON-LD), ready to stand in a script element; empty if there is none.
    pub structured: Value,
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
    /// The house form: `08 Sep 2025`.
    pub text: String,
    /// The year.
    pub year: i16,
}

/// A country, region, author, topic, series or kind where it is named.
#[derive(Debug, Clone, Serialize)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// The name in capitals, for the dateline.
    pub upper: String,
    /// Its page.
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

/// `report` on its own page.
#[derive(Debug, Serialize)]
pub struct ReportView {
    /// Unique id.
    pub id: Option<String>,
    /// The headline.
    pub title: String,
    /// The words before it.
    pub kicker: Option<String>,
    /// One or two sentences.
    pub summary: String,
    /// Its address.
    pub url: String,
    /// Its kind: [`Named`].
    pub kind: Shared,
    /// Its series: [`Named`].
    pub series: Shared,
    /// Its number in the series.
    pub number: Option<u32>,
    /// `public`, `sample` or `subscribers`.
    pub access: &'static str,
    /// Words such as `Subscribers`, `Sample`, `Corrected`, `Withdrawn`.
    pub badges: Vec<&'static str>,
    /// BCP 47 tag if it is not the site's.
    pub lang: Option<String>,
    /// The same report in other languages.
    pub translations: Vec<ReportLink>,
    /// The byline: a list of [`Named`].
    pub authors: Vec<Shared>,
    /// Who else worked on it: a list of [`Named`].
    pub contributors: Vec<Shared>,
    /// Who edited it: [`Named`].
    pub editor: Shared,
    /// Countries, the first is primary: a list of [`Named`].
    pub countries: Vec<Shared>,
    /// The nearest region of the primary country: [`Named`].
    pub region: Shared,
    /// Topics: a list of [`Named`].
    pub topics: Vec<Shared>,
    /// The date of the byline.
    pub date: DateView,
    /// The day of the last change, if there was one.
    pub updated: Option<DateView>,
    /// The place it was written from.
    pub dateline: Option<String>,
    /// `published`, `withdrawn` or `superseded`; in a build with drafts also `draft` and `review`.
    pub status: &'static str,
    /// Changes after publication; a gated note is missing.
    pub updates: Vec<UpdateView>,
    /// The reports that it replaces.
    pub supersedes: Vec<ReportLink>,
    /// The report that replaces it.
    pub superseded_by: Option<ReportLink>,
    /// The picture at its head, if the reader may see it.
    pub image: Option<ImageView>,
    /// Interests that the reader is told.
    pub disclosures: Vec<String>,
}

/// A report where it is only named.
#[derive(Debug, Clone, Serialize)]
pub struct ReportLink {
    /// The headline.
    pub title: String,
    /// The words before it.
    pub kicker: Option<String>,
    /// Its address.
    pub url: String,
    /// Its date.
    pub date: DateView,
    /// BCP 47 tag.
    pub lang: String,
    /// The language in its own words: `Español`.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
}

/// A change after publication.
#[derive(Debug, Serialize)]
pub struct UpdateView {
    /// When.
    pub date: DateView,
    /// `minor`, `update`, `correction`, `clarification` or `retraction`.
    pub kind: &'static str,
    /// What was changed, if the reader may know.
    pub note: Option<String>,
}

/// A picture.
#[derive(Debug, Serialize)]
pub struct ImageView {
    /// Its address.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// Who made it.
    pub credit: String,
    /// A line under it.
    pub caption: Option<String>,
    /// Pixels, if known.
    pub width: Option<u32>,
    /// Pixels, if known.
    pub height: Option<u32>,
}

/// `full`: what only readers with access see; missing on a gated page.
#[derive(Debug, Serialize)]
pub struct FullView {
    /// The day up to which the data reach.
    pub data_as_of: Option<DateView>,
    /// The day on which the report is to be looked at again.
    pub review_by: Option<DateView>,
    /// What is judged.
    pub judgments: Vec<JudgmentView>,
    /// The outlook in a phrase.
    pub outlook: Option<String>,
    /// Dated events to watch.
    pub watch: Vec<WatchView>,
    /// Where it comes from.
    pub sources: Vec<SourceView>,
    /// How it was made.
    pub method: Option<String>,
    /// The site's own fields.
    pub extra: Value,
}

/// A judgment.
#[derive(Debug, Serialize)]
pub struct JudgmentView {
    /// What is judged.
    pub text: String,
    /// The term: `very likely`.
    pub likelihood: Option<&'static str>,
    /// Its range: `80–95 %`.
    pub range: Option<String>,
    /// `low`, `moderate` or `high`.
    pub confidence: Option<&'static str>,
    /// By when.
    pub horizon: Option<String>,
    /// How it came out.
    pub outcome: Option<OutcomeView>,
}

/// How a judgment came out.
#[derive(Debug, Serialize)]
pub struct OutcomeView {
    /// `open`, `borne out`, `partly` or `not borne out`.
    pub result: &'static str,
    /// When it was known.
    pub date: Option<DateView>,
    /// What happened.
    pub note: Option<String>,
}

/// A dated event.
#[derive(Debug, Serialize)]
pub struct WatchView {
    /// When.
    pub date: DateView,
    /// What.
    pub event: String,
}

/// A source.
#[derive(Debug, Serialize)]
pub struct SourceView {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub date: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
}

/// `gate`: what a gated page tells of the rest; missing when the reader sees all.
#[derive(Debug, Serialize)]
pub struct GateView {
    /// Words behind the gate, rounded up to the next fifty.
    pub words: usize,
    /// Figures behind the gate.
    pub figures: usize,
    /// Headings behind the gate, if the kind shows them.
    pub headings: Vec<String>,
}

/// An entry of the contents.
#[derive(Debug, Serialize)]
pub struct ContentsEntry {
    /// The heading's id.
    pub id: String,
    /// Its words.
    pub text: String,
    /// 2, 3 …
    pub level: u8,
}

/// `cite`: citations, each ready to be shown and copied.
#[derive(Debug, Serialize)]
pub struct CiteView {
    /// For readers.
    pub plain: String,
    /// `BibTeX`.
    pub bibtex: String,
    /// RIS.
    pub ris: String,
    /// CSL-JSON.
    pub csl: String,
}

/// The page of a report: template `report.html`.
#[derive(Debug, Serialize)]
pub struct ReportPage {
    /// The report.
    pub report: ReportView,
    /// The teaser or the whole text, HTML.
    pub body: Value,
    /// What the rest holds, on a gated page.
    pub gate: Option<GateView>,
    /// What only readers with access see.
    pub full: Option<FullView>,
    /// Headings, if there are three or more.
    pub contents: Vec<ContentsEntry>,
    /// Words that the reader can read here.
    pub words: usize,
    /// Minutes that the whole report takes.
    pub minutes: usize,
    /// Citations.
    pub cite: CiteView,
    /// About the authors: [`AuthorView`].
    pub about: Vec<Shared>,
    /// The report before this one in the primary country.
    pub previous: Option<ReportLink>,
    /// The report after this one in the primary country.
    pub next: Option<ReportLink>,
    /// Related reports: rows, HTML.
    pub related: Vec<Shared>,
}

/// `report` in a row of a list: template `row.html`.
#[derive(Debug, Serialize)]
pub struct RowView {
    /// The headline.
    pub title: String,
    /// The words before it.
    pub kicker: Option<String>,
    /// One or two sentences.
    pub summary: String,
    /// Its address.
    pub url: String,
    /// Its date.
    pub date: DateView,
    /// A list of [`Named`].
    pub countries: Vec<Shared>,
    /// A list of [`Named`].
    pub authors: Vec<Shared>,
    /// Its kind: [`Named`].
    pub kind: Shared,
    /// Words such as `Subscribers`.
    pub badges: Vec<&'static str>,
    /// BCP 47 tag if it is not the site's.
    pub lang: Option<String>,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
}

/// `list`: a page of rows.
#[derive(Debug, Serialize)]
pub struct ListView {
    /// Rows by year, the newest first.
    pub years: Vec<YearView>,
    /// Reports in all.
    pub total: usize,
    /// The number of this page.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The page before.
    pub newer: Option<String>,
    /// The page after.
    pub older: Option<String>,
    /// All pages, the far ones left out: their number and address; no address where some are left out.
    pub numbers: Vec<PageNumber>,
}

/// A link to a page of a list.
#[derive(Debug, Serialize)]
pub struct PageNumber {
    /// Its number.
    pub number: usize,
    /// Where it is; missing for a gap.
    pub url: Option<String>,
    /// Whether it is this one.
    pub current: bool,
}

/// The rows of a year.
#[derive(Debug, Serialize)]
pub struct YearView {
    /// The year.
    pub year: i16,
    /// Rows, HTML.
    pub rows: Vec<Shared>,
}

/// The home page: template `home.html`.
#[derive(Debug, Serialize)]
pub struct HomePage {
    /// The report that leads: [`RowView`], with `lead` of its first paragraph as summary.
    pub lead: Shared,
    /// The rows of the first page, or of page 2 and on.
    pub list: ListView,
    /// Countries by region.
    pub regions: Vec<RegionGroup>,
    /// The tree of topics.
    pub topics: Vec<TopicNode>,
}

/// A region with its countries.
#[derive(Debug, Serialize)]
pub struct RegionGroup {
    /// The region: [`Named`].
    pub region: Shared,
    /// Its countries by name: a list of [`Named`].
    pub countries: Vec<Shared>,
}

/// A topic with those below it.
#[derive(Debug, Serialize)]
pub struct TopicNode {
    /// The topic: [`Named`].
    pub topic: Shared,
    /// The topics below it.
    pub children: Vec<TopicNode>,
}

/// Names under a letter.
#[derive(Debug, Serialize)]
pub struct LetterGroup {
    /// The letter.
    pub letter: String,
    /// A list of [`Named`].
    pub names: Vec<Shared>,
}

/// The index of countries: template `countries.html`.
#[derive(Debug, Serialize)]
pub struct CountriesPage {
    /// By region.
    pub regions: Vec<RegionGroup>,
    /// A to Z.
    pub letters: Vec<LetterGroup>,
}

/// The index of authors: template `authors.html`.
#[derive(Debug, Serialize)]
pub struct AuthorsPage {
    /// A to Z.
    pub letters: Vec<LetterGroup>,
}

/// The index of topics: template `topics.html`.
#[derive(Debug, Serialize)]
pub struct TopicsPage {
    /// The tree.
    pub topics: Vec<TopicNode>,
}

/// A plain list of names, for regions, series and kinds: template `names.html`.
#[derive(Debug, Serialize)]
pub struct NamesPage {
    /// What they are: `Regions`.
    pub heading: String,
    /// A list of [`Named`].
    pub names: Vec<Shared>,
}

/// The page of a country: template `country.html`.
#[derive(Debug, Serialize)]
pub struct CountryPage {
    /// The country.
    pub country: CountryView,
    /// Its reports.
    pub list: ListView,
}

/// `country` on its own page.
#[derive(Debug, Serialize)]
pub struct CountryView {
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub code: &'static str,
    /// The capital.
    pub capital: Option<String>,
    /// The regions around it, the nearest first: a list of [`Named`].
    pub regions: Vec<Shared>,
    /// The record's text, HTML.
    pub text: Value,
    /// The standing view.
    pub view: Option<CountryStanding>,
    /// The outlook in words.
    pub outlook: Option<String>,
    /// `improving`, `stable` or `worsening`.
    pub direction: Option<&'static str>,
    /// The date of the outlook.
    pub outlook_date: Option<DateView>,
    /// Facts.
    pub facts: Vec<FactView>,
    /// Whether view, outlook and facts are for subscribers and left out here.
    pub gated: bool,
    /// Reports to begin with: rows, HTML.
    pub key_reports: Vec<Shared>,
    /// Dated events to watch.
    pub watch: Vec<WatchView>,
    /// Topics with their number of reports on this country.
    pub topics: Vec<CountedName>,
    /// Analysts with their number of reports on this country.
    pub authors: Vec<CountedName>,
    /// The site's own fields.
    pub extra: Value,
}

/// A standing view.
#[derive(Debug, Serialize)]
pub struct CountryStanding {
    /// The view.
    pub text: String,
    /// As of when.
    pub date: Option<DateView>,
    /// Who holds it: a list of [`Named`].
    pub authors: Vec<Shared>,
}

/// A fact.
#[derive(Debug, Serialize)]
pub struct FactView {
    /// What is told.
    pub label: String,
    /// The figure or words.
    pub value: String,
    /// As of when.
    pub as_of: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
}

/// A name with a count of its own: [`Named`] and how many reports are meant here.
#[derive(Debug, Serialize)]
pub struct CountedName {
    /// [`Named`].
    pub named: Shared,
    /// How many.
    pub count: usize,
}

/// The page of an author: template `author.html`.
#[derive(Debug, Serialize)]
pub struct AuthorPage {
    /// The author: [`AuthorView`].
    pub author: Shared,
    /// Countries with their number of reports by this author.
    pub countries: Vec<CountedName>,
    /// Their reports.
    pub list: ListView,
}

/// `author`, on their own page and in "about the authors".
#[derive(Debug, Serialize)]
pub struct AuthorView {
    /// The name.
    pub name: String,
    /// One or two letters, for where there is no picture.
    pub monogram: String,
    /// Their page.
    pub url: String,
    /// What they do here.
    pub role: Option<String>,
    /// What they know.
    pub expertise: Vec<String>,
    /// What they speak.
    pub languages: Vec<String>,
    /// Where they are.
    pub based: Option<String>,
    /// Interests to be told.
    pub disclosures: Vec<String>,
    /// A mail address.
    pub email: Option<String>,
    /// An address elsewhere.
    pub website: Option<String>,
    /// The record's text, HTML.
    pub text: Value,
    /// The site's own fields.
    pub extra: Value,
}

/// The page of a topic: template `topic.html`.
#[derive(Debug, Serialize)]
pub struct TopicPage {
    /// The topic: [`Named`].
    pub topic: Shared,
    /// The definition, HTML.
    pub text: Value,
    /// The topics above it, the nearest last: a list of [`Named`].
    pub parents: Vec<Shared>,
    /// The topics below it: a list of [`Named`].
    pub children: Vec<Shared>,
    /// Countries with their number of reports on this topic.
    pub countries: Vec<CountedName>,
    /// Its reports.
    pub list: ListView,
}

/// The page of a region: template `region.html`.
#[derive(Debug, Serialize)]
pub struct RegionPage {
    /// The region: [`Named`].
    pub region: Shared,
    /// The record's text, HTML.
    pub text: Value,
    /// The region around it: [`Named`].
    pub parent: Shared,
    /// Its countries: a list of [`Named`].
    pub countries: Vec<Shared>,
    /// Its reports.
    pub list: ListView,
}

/// The page of a series or kind: template `collection.html`.
#[derive(Debug, Serialize)]
pub struct CollectionPage {
    /// `Series` or `Kind`.
    pub sort: &'static str,
    /// The series or kind: [`Named`].
    pub collection: Shared,
    /// The record's text or description, HTML.
    pub text: Value,
    /// Its reports.
    pub list: ListView,
}

/// A plain page: template `page.html`, and `404.html`.
#[derive(Debug, Serialize)]
pub struct PlainPage {
    /// The headline.
    pub title: String,
    /// The text, HTML.
    pub body: Value,
    /// Open samples, on the register page: rows, HTML.
    pub samples: Vec<Shared>,
    /// Whether it is the page that the register button leads to.
    pub is_register: bool,
    /// The site's own fields.
    pub extra: Value,
}
