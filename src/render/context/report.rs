//! What the page of a report and its row in lists see.

use serde::Serialize;
use tera::Value;

use super::{DateView, Shared, Term};

/// `report` on its own page.
#[derive(Debug, Serialize)]
pub struct ReportView {
    /// Unique id.
    pub id: Option<String>,
    /// The headline.
    pub title: String,
    /// The words before it.
    pub kicker: Option<String>,
    /// One or two sentences; empty if none were given, so that its text does not begin twice.
    pub summary: String,
    /// Its address.
    pub url: String,
    /// Its kind: [`Named`]; missing if it has none.
    pub kind: Shared,
    /// Its series: [`Named`]; missing if it has none.
    pub series: Shared,
    /// Its number in the series.
    pub number: Option<u32>,
    /// `public`, `sample` or `subscribers`.
    pub access: &'static str,
    /// Words such as `Subscribers`, `Sample`, `Corrected`, `Withdrawn`.
    pub badges: Vec<Term>,
    /// BCP 47 tag if it is not the site's.
    pub lang: Option<String>,
    /// The same report in other languages.
    pub translations: Vec<ReportLink>,
    /// The byline: a list of [`Named`].
    pub authors: Vec<Shared>,
    /// Who else worked on it: a list of [`Named`].
    pub contributors: Vec<Shared>,
    /// Who edited it: [`Named`]; missing if that is not told.
    pub editor: Shared,
    /// Countries, the first is primary: a list of [`Named`].
    pub countries: Vec<Shared>,
    /// The nearest region of the primary country: [`Named`]; missing without a country.
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
    pub kind: Term,
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
    /// The term: `very-likely`.
    pub likelihood: Option<Term>,
    /// Its range: `80–95 %`.
    pub range: Option<String>,
    /// `low`, `moderate` or `high`.
    pub confidence: Option<Term>,
    /// By when.
    pub horizon: Option<String>,
    /// How it came out.
    pub outcome: Option<OutcomeView>,
}

/// How a judgment came out.
#[derive(Debug, Serialize)]
pub struct OutcomeView {
    /// `open`, `borne-out`, `partly` or `not-borne-out`.
    pub result: Term,
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
    /// CSL-JSON as HTML, ready to stand in the text of a page: its quotation marks are kept, which no attribute would bear.
    pub csl: Value,
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
    pub word_count: usize,
    /// Minutes that the whole report takes.
    pub minutes: usize,
    /// Citations.
    pub cite: CiteView,
    /// A `mailto:` address that sends headline and address of the report.
    pub share: String,
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
    /// Its kind: [`Named`]; missing if it has none.
    pub kind: Shared,
    /// Words such as `Subscribers`.
    pub badges: Vec<Term>,
    /// The same report in other languages.
    pub translations: Vec<ReportLink>,
    /// BCP 47 tag if it is not the site's.
    pub lang: Option<String>,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Who can open it, in sealed editions; missing if everybody may read it.
    pub sealed: Option<SealedRow>,
}

/// Who can open a sealed report.
#[derive(Debug, Serialize)]
pub struct SealedRow {
    /// The day of its release, in days since 1 January 1970.
    pub day: u16,
    /// The words of the plans that cover it.
    pub plans: Vec<String>,
}
