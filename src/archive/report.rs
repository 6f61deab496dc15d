//! A report, in the half that everybody may see and the half that only subscribers may.

use std::sync::Arc;

use super::field::{Texts, audiences};
use super::judgment::Judgment;
use super::{AuthorId, CountryId, KindId, RegionId, ReportId, SeriesId, TopicId};
use crate::config::Access;
use crate::source::{Body, Moment};

audiences! {
    /// What everybody may see of a report, gated or not.
    public PublicReport {
        /// Unique and never reused.
        id: Option<String>,
        /// The last part of its address.
        slug: String,
        /// Where it stands on the site.
        address: String,
        /// The headline without its kicker.
        title: String,
        /// The words before the headline.
        kicker: Option<String>,
        /// One or two sentences.
        summary: String,
        /// Whether the summary is the beginning of its text, because none was given.
        summary_from_text: bool,
        /// Its kind.
        kind: Option<KindId>,
        /// The series it belongs to, and its number there.
        series: Option<(SeriesId, Option<u32>)>,
        /// Who may read it.
        access: Access,
        /// Which of its keys its text is sealed under, from 1.
        seal: u32,
        /// Its language, if not the site's.
        lang: Option<String>,
        /// The same report in other languages.
        translations: Vec<ReportId>,
        /// In the order of the byline.
        authors: Vec<AuthorId>,
        /// Who else worked on it.
        contributors: Vec<AuthorId>,
        /// Who edited it.
        editor: Option<AuthorId>,
        /// The first is primary.
        countries: Vec<CountryId>,
        /// Regions beyond those of its countries.
        regions: Vec<RegionId>,
        /// Topics.
        topics: Vec<TopicId>,
        /// The date of the byline.
        date: Moment,
        /// When it was released: the later of date and embargo.
        released: Moment,
        /// The place it was written from.
        dateline: Option<String>,
        /// Where it stands in its life.
        status: Status,
        /// Dates and types of changes after publication.
        updates: Vec<Update>,
        /// The reports that it replaces.
        supersedes: Vec<ReportId>,
        /// The report that replaces it.
        superseded_by: Option<ReportId>,
        /// What to read next, by the editor's choice.
        related: Vec<ReportId>,
        /// A picture that everybody may see.
        public_image: Option<Image>,
        /// Interests that everybody is told.
        public_disclosures: Vec<String>,
        /// Whether the home page leads with it.
        featured: bool,
        /// Whether search engines are asked to pass it by.
        noindex: bool,
    }
    /// What only subscribers may see of a gated report.
    gated GatedReport {
        /// The day up to which its data reach.
        data_as_of: Option<Moment>,
        /// The day on which it is to be looked at again.
        review_by: Option<Moment>,
        /// What is judged, and how sure.
        judgments: Vec<Judgment>,
        /// The outlook in a phrase.
        outlook: Option<String>,
        /// Dated events to watch.
        watch: Vec<Watch>,
        /// Where it comes from.
        sources: Vec<Source>,
        /// How it was made.
        method: Option<String>,
        /// Interests that subscribers are told.
        disclosures: Vec<String>,
        /// What was changed, in the order of the public updates.
        update_notes: Vec<String>,
        /// A picture for subscribers.
        image: Option<Image>,
        /// The site's own fields.
        extra: Option<serde_json::Value>,
    }
}

/// What keeps one sort of gated text from a page. Everything gated passes exactly one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// The gated fields of reports.
    Fields,
    /// What stands behind the teaser.
    Bodies,
    /// Headings behind the teaser, of kinds that do not show them.
    Headings,
    /// View, outlook and facts of countries.
    Standing,
    /// Texts about series.
    Series,
}

impl Gate {
    /// All of them.
    pub const ALL: [Gate; 5] = [Gate::Fields, Gate::Bodies, Gate::Headings, Gate::Standing, Gate::Series];
}

/// Which edition of the site is made: which gates are open in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Edition(u8);

impl Edition {
    /// Gated text is absent.
    pub const PUBLIC: Edition = Edition(0);
    /// Everything in clear, for a host with a login of its own.
    pub const FULL: Edition = Edition((1 << Gate::ALL.len()) - 1);

    /// An edition that is public but for one gate. None is published: with it, tests see that the leak check holds
    /// where a gate does not.
    pub fn opening(gate: Gate) -> Edition {
        Edition(1 << gate as u8)
    }

    /// Whether a gate is open.
    pub fn opens(self, gate: Gate) -> bool {
        self.0 & (1 << gate as u8) != 0
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        if self == Edition::FULL { "full" } else { "public" }
    }
}

/// A report with its place on disk. The gated half is reached through [`Report::full`] alone.
#[derive(Debug, Clone)]
pub struct Report {
    /// What everybody may see.
    pub public: Arc<PublicReport>,
    gated: Arc<GatedReport>,
    open: bool,
    /// The file that it comes from.
    pub file: Arc<str>,
    /// Where its text stands in that file.
    pub body: Body,
}

impl Report {
    /// Puts the halves together. `open` says that the gated half is public: by its access, or because its day has come.
    pub(super) fn new(
        public: Arc<PublicReport>,
        gated: Arc<GatedReport>,
        open: bool,
        file: Arc<str>,
        body: Body,
    ) -> Report {
        Report { public, gated, open, file, body }
    }

    /// Shows the gated half to everybody.
    pub(super) fn open(&mut self) {
        self.open = true;
    }

    /// The gated half, if the readers of an edition may see it.
    pub fn full(&self, edition: Edition) -> Option<&GatedReport> {
        (self.open || edition.opens(Gate::Fields)).then_some(&self.gated)
    }

    /// Whether the readers of an edition see all of the text, and not only the teaser.
    pub fn is_readable(&self, edition: Edition) -> bool {
        self.open || edition.opens(Gate::Bodies)
    }

    /// Whether readers of the public edition see only the teaser.
    pub fn is_gated(&self) -> bool {
        !self.open
    }

    /// What must not appear in the public edition: the texts of the gated half of a gated report.
    pub fn secrets(&self, f: &mut dyn FnMut(&str)) {
        if self.is_gated() {
            self.gated.each(f);
        }
    }

    /// The texts that everybody may see, for telling a leak from a quotation.
    pub fn public_texts(&self, f: &mut dyn FnMut(&str)) {
        f(&self.public.title);
        f(&self.public.summary);
        self.public.kicker.each(f);
        self.public.public_disclosures.each(f);
        self.public.public_image.each(f);
        if self.open {
            self.gated.each(f);
        }
    }
}

/// Where a released report stands in its life. Drafts and reports in review are not released.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It stands.
    Published,
    /// It was taken back; its address says so.
    Withdrawn,
    /// A newer one takes its place.
    Superseded,
    /// Not yet to be seen; only in a build that asks for drafts.
    Draft,
    /// With the editor; only in a build that asks for drafts.
    Review,
}

impl Status {
    /// The words, in order.
    pub const NAMES: [&'static str; 5] = ["published", "withdrawn", "superseded", "draft", "review"];

    /// Reads one of the words.
    pub fn from_name(name: &str) -> Option<Status> {
        let all = [Status::Published, Status::Withdrawn, Status::Superseded, Status::Draft, Status::Review];
        Self::NAMES.iter().position(|known| *known == name).map(|index| all[index])
    }

    /// The word.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// A change after publication: what everybody may know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Update {
    /// When.
    pub date: Moment,
    /// What sort of change.
    pub kind: UpdateKind,
}

/// A sort of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateKind {
    /// A slip of the pen.
    Minor,
    /// New facts.
    Update,
    /// Something was wrong.
    Correction,
    /// Something was not clear.
    Clarification,
    /// It no longer stands.
    Retraction,
}

impl UpdateKind {
    /// The words, in order.
    pub const NAMES: [&'static str; 5] = ["minor", "update", "correction", "clarification", "retraction"];

    /// Reads one of the words.
    pub fn from_name(name: &str) -> Option<UpdateKind> {
        let all = [
            UpdateKind::Minor,
            UpdateKind::Update,
            UpdateKind::Correction,
            UpdateKind::Clarification,
            UpdateKind::Retraction,
        ];
        Self::NAMES.iter().position(|known| *known == name).map(|index| all[index])
    }

    /// The word.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// Whether something was put right, so that readers are told at the head of the report and in the log.
    pub fn is_correction(self) -> bool {
        matches!(self, UpdateKind::Correction | UpdateKind::Clarification | UpdateKind::Retraction)
    }
}

/// A dated event to watch.
#[derive(Debug, Clone)]
pub struct Watch {
    /// When.
    pub date: Moment,
    /// What.
    pub event: String,
}

/// A source of a report.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When, as its publisher writes it.
    pub date: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
}

/// A picture at the head of a report.
#[derive(Debug, Clone)]
pub struct Image {
    /// The file, relative to the report's.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// Who made it.
    pub credit: String,
    /// A line under it.
    pub caption: Option<String>,
}

impl Texts for Moment {
    fn each(&self, _: &mut dyn FnMut(&str)) {}
}

impl Texts for Watch {
    fn each(&self, f: &mut dyn FnMut(&str)) {
        f(&self.event);
    }
}

impl Texts for Source {
    fn each(&self, f: &mut dyn FnMut(&str)) {
        f(&self.title);
        self.url.each(f);
    }
}

impl Texts for Image {
    fn each(&self, f: &mut dyn FnMut(&str)) {
        f(&self.alt);
        self.caption.each(f);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::field::Audience;

    #[test]
    fn what_is_not_listed_as_public_is_gated() {
        let gated: Vec<_> =
            FIELDS.iter().filter(|field| field.audience == Audience::Gated).map(|field| field.name).collect();
        for name in
            ["judgments", "outlook", "watch", "sources", "method", "update_notes", "data_as_of", "review_by", "extra"]
        {
            assert!(gated.contains(&name), "{name} must be gated");
        }
        assert!(FIELDS.iter().all(|field| !field.about.trim().is_empty()));
    }
}
