//! The archive: all reports and records, resolved, sorted once and never changed after.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::config::Kind;
use crate::diagnostic::Place;
use crate::source::Moment;

mod assemble;
mod events;
pub mod field;
pub mod judgment;
mod lists;
mod naming;
mod plans;
pub mod record;
mod related;
pub mod report;
mod resolve;
mod vocabulary;

pub use assemble::{Memory, Options, assemble, assemble_again};
pub use events::{Correction, Event, Teller};
pub use plans::Plan;
pub use record::{Author, Country, Page, Region, Series, Text, Topic};
pub use related::related;
pub use report::{Edition, Gate, GatedReport, PublicReport, Report, Status};

/// How long a report is news: search engines take articles of the last two days (Google's guidelines for news sitemaps).
pub const NEWS_LAST: jiff::SignedDuration = jiff::SignedDuration::from_hours(48);

/// Declares an index into one of the archive's lists.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident => $list:ident : $item:ty;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in the archive's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl std::ops::Index<$name> for Archive {
            type Output = $item;
            fn index(&self, id: $name) -> &$item {
                &self.$list[id.index()]
            }
        }
    )*};
}

ids! {
    /// A report; lower numbers are newer.
    ReportId => reports: Report;
    /// A country that the archive covers.
    CountryId => countries: Country;
    /// A region.
    RegionId => regions: Region;
    /// An author.
    AuthorId => authors: Author;
    /// A topic.
    TopicId => topics: Topic;
    /// A series.
    SeriesId => series: Series;
    /// A kind.
    KindId => kinds: Kind;
    /// A plain page.
    PageId => pages: Page;
}

/// Where a link to another text of the site leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a page.
    Address(String),
    /// To a report that is not released: the words of the link stay, the link goes.
    Unreleased,
}

/// An earlier address of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The earlier address.
    pub from: String,
    /// The page's address.
    pub to: String,
    /// Where it is written.
    pub place: Place,
}

impl Alias {
    /// The earlier addresses that a file names.
    fn all(names: &[String], to: &str, file: &str) -> Vec<Alias> {
        let place = |index| Place::value(file, format!("aliases/{index}"));
        let alias =
            |(index, from): (usize, &String)| Alias { from: from.clone(), to: to.to_owned(), place: place(index) };
        names.iter().enumerate().map(alias).collect()
    }
}

/// All reports and records.
#[derive(Debug, Clone, Default)]
pub struct Archive {
    /// Released reports, newest first.
    pub reports: Vec<Report>,
    /// Countries, in the order in which they were first named.
    pub countries: Vec<Country>,
    /// Regions.
    pub regions: Vec<Region>,
    /// Authors, records first.
    pub authors: Vec<Author>,
    /// Topics, records first.
    pub topics: Vec<Topic>,
    /// Series, records first.
    pub series: Vec<Series>,
    /// Kinds by key.
    pub kinds: Vec<Kind>,
    /// Plain pages by address.
    pub pages: Vec<Page>,
    /// What subscribers can buy, by key.
    pub plans: Vec<Plan>,
    /// Reports of each record, newest first.
    pub lists: Arc<Lists>,
    /// Where links by id or by file lead: `@MX-2025-031`, `content/reports/2025/a.md`.
    pub targets: Arc<FxHashMap<String, Target>>,
    /// Earlier addresses and where they lead now.
    pub aliases: Vec<Alias>,
    /// Addresses that other names of records would have, and where they lead.
    pub former: Vec<(String, String)>,
    /// The moment as of which the archive is seen.
    pub as_of: Moment,
    /// The next moment at which something is released or opened, if one is known.
    pub next_change: Option<jiff::Timestamp>,
    /// Files that the build leaves out: drafts, reports in review, embargoed ones.
    pub unreleased: usize,
}

/// The reports of each record, newest first.
#[derive(Debug, Default)]
pub struct Lists {
    /// All of them.
    pub all: Vec<ReportId>,
    /// By country.
    pub countries: Vec<Vec<ReportId>>,
    /// By region, those of its countries included.
    pub regions: Vec<Vec<ReportId>>,
    /// By author.
    pub authors: Vec<Vec<ReportId>>,
    /// By topic, those of the topics below it included.
    pub topics: Vec<Vec<ReportId>>,
    /// By series.
    pub series: Vec<Vec<ReportId>>,
    /// By kind.
    pub kinds: Vec<Vec<ReportId>>,
    /// By country and topic, those of the topics below it included.
    pub crosses: BTreeMap<(CountryId, TopicId), Vec<ReportId>>,
    /// By year and month of the byline.
    pub months: BTreeMap<(i16, i8), Vec<ReportId>>,
}

impl Archive {
    /// The ids of all reports, newest first.
    pub fn report_ids(&self) -> impl Iterator<Item = ReportId> + use<> {
        (0..self.reports.len() as u32).map(ReportId)
    }

    /// The report that stands for this one in lists: a translation of a report in the site's language is found by way of
    /// that one, so that no list tells the same thing twice.
    pub fn listed_as(&self, id: ReportId) -> ReportId {
        let report = &self[id].public;
        let house = |other: &&ReportId| self[**other].public.lang.is_none();
        if report.lang.is_none() { id } else { report.translations.iter().find(house).copied().unwrap_or(id) }
    }

    /// Whether a report stands in lists itself.
    pub fn is_listed(&self, id: ReportId) -> bool {
        self.listed_as(id) == id
    }

    /// A report in a language, if it has been translated into it; the report itself otherwise.
    pub fn translated(&self, id: ReportId, lang: Option<&String>) -> ReportId {
        let speaks = |other: &&ReportId| self[**other].public.lang.as_ref() == lang;
        self[id].public.translations.iter().find(speaks).copied().unwrap_or(id)
    }

    /// The reports that are news as of the archive's moment.
    pub fn news(&self) -> impl Iterator<Item = ReportId> + '_ {
        let since = self.as_of.at - NEWS_LAST;
        self.report_ids().filter(move |id| self[*id].public.released.at > since)
    }

    /// Whether something must be kept from the public.
    pub fn gates_anything(&self) -> bool {
        let mut found = self.reports.iter().any(Report::is_gated) || self.series.iter().any(|series| series.gated);
        for country in &self.countries {
            country.secrets(&mut |_| found = true);
        }
        found
    }
}
