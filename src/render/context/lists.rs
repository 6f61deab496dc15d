//! What indexes and pages of records see.

use serde::Serialize;
use tera::Value;

use super::{DateView, JudgmentView, ReportLink, Shared, Term, WatchView};

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
    /// The report that leads: [`RowView`]; missing on later pages, and while there are no reports.
    pub lead: Shared,
    /// The first key judgment of that report, if the reader may see it.
    pub judgment: Option<JudgmentView>,
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
    pub direction: Option<Term>,
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
    /// How many reports there are in each month.
    pub coverage: Option<Coverage>,
    /// The site's own fields.
    pub extra: Value,
}

/// Reports by year and month.
#[derive(Debug, Serialize)]
pub struct Coverage {
    /// The months of a year.
    pub months: Vec<MonthName>,
    /// The years that have reports, the newest first.
    pub years: Vec<CoverageYear>,
}

/// A month of any year.
#[derive(Debug, Serialize)]
pub struct MonthName {
    /// `January`.
    pub name: String,
    /// `Jan`.
    pub short: String,
}

/// The reports of a year.
#[derive(Debug, Serialize)]
pub struct CoverageYear {
    /// The year.
    pub year: i16,
    /// How many reports there are.
    pub count: usize,
    /// How many in each of its twelve months.
    pub months: Vec<CoverageMonth>,
}

/// The reports of a month.
#[derive(Debug, Serialize)]
pub struct CoverageMonth {
    /// How many there are.
    pub count: usize,
    /// From 0 to 4: how that compares with the month that has most.
    pub level: usize,
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
    /// The page of just these reports, if there is one.
    pub url: Option<String>,
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
    /// Countries by the topics below it; missing if there are none.
    pub matrix: Option<Matrix>,
    /// Its reports.
    pub list: ListView,
    /// The site's own fields.
    pub extra: Value,
}

/// Countries by topics.
#[derive(Debug, Serialize)]
pub struct Matrix {
    /// The topics, one for each column: a list of [`Named`].
    pub topics: Vec<Shared>,
    /// The countries, those with most reports first.
    pub rows: Vec<MatrixRow>,
}

/// A country in a matrix.
#[derive(Debug, Serialize)]
pub struct MatrixRow {
    /// The country, with its number of reports on the topic above.
    pub country: CountedName,
    /// One for each topic.
    pub cells: Vec<MatrixCell>,
}

/// The reports on a topic in a country.
#[derive(Debug, Serialize)]
pub struct MatrixCell {
    /// How many there are; 0 has no page.
    pub count: usize,
    /// Their page.
    pub url: Option<String>,
}

/// The page of a region: template `region.html`.
#[derive(Debug, Serialize)]
pub struct RegionPage {
    /// The region: [`Named`].
    pub region: Shared,
    /// The record's text, HTML.
    pub text: Value,
    /// The region around it: [`Named`]; missing at the top.
    pub parent: Shared,
    /// Its countries.
    pub countries: Vec<RegionCountry>,
    /// Its reports.
    pub list: ListView,
    /// The site's own fields.
    pub extra: Value,
}

/// A country in the table of its region.
#[derive(Debug, Serialize)]
pub struct RegionCountry {
    /// The country: [`Named`].
    pub named: Shared,
    /// The first key judgment of the newest report on it that has one, if the reader may see it.
    pub judgment: Option<JudgmentView>,
    /// That report, or the newest.
    pub report: Option<ReportLink>,
}

/// The page of a series or kind: template `collection.html`.
#[derive(Debug, Serialize)]
pub struct CollectionPage {
    /// `Series` or `Kind`.
    pub sort: String,
    /// The series or kind: [`Named`].
    pub collection: Shared,
    /// The record's text or description, HTML.
    pub text: Value,
    /// Its reports.
    pub list: ListView,
    /// The site's own fields; a kind has none.
    pub extra: Value,
}

/// The page that searches the archive: template `search.html`.
#[derive(Debug, Serialize)]
pub struct SearchPage {
    /// By what results can be narrowed down: the word of the operator and the word for readers.
    pub facets: Vec<Term>,
    /// The words for who may read a report, in the order of the index.
    pub access: Vec<Term>,
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

/// A page at an earlier address: template `redirect.html`.
#[derive(Debug, Serialize)]
pub struct RedirectPage {
    /// The present address.
    pub to: String,
}
