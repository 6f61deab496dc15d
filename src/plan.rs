//! Which pages exist, and where.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::archive::{Alias, Archive, CountryId, Edition, PageId, ReportId, TopicId};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Findings, Place};

mod lock;
mod scope;

pub use lock::Lock;
pub use scope::{Scope, Sort, scopes};

/// A page of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it stands: `/countries/mexico/page/2/`.
    pub address: String,
    /// What it is.
    pub kind: PageKind,
}

/// What a page is. The numbers of pages of a list begin at 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageKind {
    /// The home page, and the pages of all reports behind it.
    Home(usize),
    /// A report.
    Report(ReportId),
    /// The reports of a record.
    List(Scope, usize),
    /// The reports on a topic in a country.
    Cross(CountryId, TopicId, usize),
    /// The index of a sort of record.
    Index(Sort),
    /// The archive by date: its years, a year's months, a month's reports.
    Period(Period, usize),
    /// What is kept of all reports together, under the words of a plain page if there is one at its address.
    Log(Log, Option<PageId>),
    /// A plain page.
    Plain(PageId),
    /// The page that searches the archive.
    Search,
    /// The page for addresses that lead nowhere.
    NotFound,
    /// An earlier address, and where it leads now.
    Redirect(String),
}

/// A span of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// All of it.
    Whole,
    /// A year.
    Year(i16),
    /// A month of a year, from 1.
    Month(i16, i8),
}

impl Period {
    /// The address of its page.
    pub fn address(self) -> String {
        match self {
            Period::Whole => "/archive/".to_owned(),
            Period::Year(year) => format!("/archive/{year:04}/"),
            Period::Month(year, month) => format!("/archive/{year:04}/{month:02}/"),
        }
    }
}

/// What is kept of all reports together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    /// Corrections, clarifications and retractions.
    Corrections,
    /// Dated events to come.
    Watch,
}

impl Log {
    /// The address of its page.
    pub fn address(self) -> &'static str {
        match self {
            Log::Corrections => "/corrections/",
            Log::Watch => "/watch/",
        }
    }
}

/// The address of the page that searches the archive.
pub const SEARCH: &str = "/search/";

/// The address of the page on a topic in a country: `/countries/mexico/politics/`.
pub fn cross_address(archive: &Archive, country: CountryId, topic: TopicId) -> String {
    format!("{}{}/", Scope::Country(country).address(archive), Scope::Topic(topic).slug(archive))
}

/// The address of the calendar of all events, or of a country's.
pub fn calendar_address(archive: &Archive, country: Option<CountryId>) -> String {
    let folder = country.map_or_else(|| Log::Watch.address().to_owned(), |id| Scope::Country(id).address(archive));
    format!("{folder}calendar.ics")
}

/// How many reports the home page shows, the one that leads included: what is new at a glance. Later pages hold as many as
/// those of other lists.
pub fn front_rows(per_page: usize) -> usize {
    per_page.min(9)
}

/// All pages of a site.
#[derive(Debug, Default)]
pub struct Plan {
    /// The pages.
    pub pages: Vec<Page>,
    /// Records with reports: each has an Atom feed and a JSON Feed.
    pub feeds: Vec<Scope>,
    /// Calendars of events: of the site, and of each country that has any.
    pub calendars: Vec<Option<CountryId>>,
    /// Where among the pages an address stands; made when it is first asked for.
    positions: OnceLock<FxHashMap<String, u32>>,
}

/// Plans the site of an archive. Two pages with one address are told.
pub fn plan(archive: &Archive, config: &Config, edition: Edition, findings: &mut Findings) -> Plan {
    let mut plan = Plan::default();
    let per_page = config.pagination;
    let first = front_rows(per_page);
    plan.listing("/", archive.lists.all.len().saturating_sub(first) + per_page, per_page, PageKind::Home);
    for id in archive.report_ids() {
        plan.add(archive[id].public.address.clone(), PageKind::Report(id));
    }
    for scope in scopes(archive).filter(|scope| scope.has_page(archive)) {
        let reports = scope.reports(archive).len();
        // A region's page is an overview: its newest reports. The countries that it links to hold the rest.
        let listed = if scope.sort() == Sort::Regions { reports.min(per_page) } else { reports };
        plan.listing(&scope.address(archive), listed, per_page, |number| PageKind::List(scope, number));
        if reports > 0 {
            plan.feeds.push(scope);
        }
    }
    for sort in [Sort::Countries, Sort::Regions, Sort::Authors, Sort::Topics, Sort::Series, Sort::Kinds] {
        let needed = matches!(sort, Sort::Countries | Sort::Authors | Sort::Topics);
        if needed || scopes(archive).any(|scope| scope.sort() == sort && scope.has_page(archive)) {
            plan.add(format!("/{}/", sort.folder()), PageKind::Index(sort));
        }
    }
    for (&(country, topic), reports) in &archive.lists.crosses {
        let address = cross_address(archive, country, topic);
        plan.listing(&address, reports.len(), per_page, |number| PageKind::Cross(country, topic, number));
    }
    plan.periods(archive, per_page);
    plan.add_logs(archive, edition);
    let logs: Vec<&str> = plan.logs().into_iter().map(Log::address).collect();
    for (index, page) in archive.pages.iter().enumerate() {
        if !logs.contains(&page.address.as_str()) {
            plan.add(page.address.clone(), PageKind::Plain(PageId(index as u32)));
        }
    }
    if config.search && !archive.reports.is_empty() {
        plan.add(SEARCH.to_owned(), PageKind::Search);
    }
    plan.add("/404.html".to_owned(), PageKind::NotFound);
    plan.check(archive, findings);
    plan.redirects(archive, findings);
    if config.permalinks {
        plan.permalinks(archive);
    }
    plan
}

impl Plan {
    /// The page at an address.
    pub fn page_at(&self, address: &str) -> Option<&Page> {
        let all = || self.pages.iter().zip(0..).map(|(page, position)| (page.address.clone(), position)).collect();
        let position = *self.positions.get_or_init(all).get(address)?;
        Some(&self.pages[position as usize])
    }

    /// The logs that have a page.
    pub fn logs(&self) -> Vec<Log> {
        let log = |page: &Page| match page.kind {
            PageKind::Log(log, _) => Some(log),
            _ => None,
        };
        self.pages.iter().filter_map(log).collect()
    }

    /// Whether the site can be searched.
    pub fn has_search(&self) -> bool {
        self.pages.iter().any(|page| page.kind == PageKind::Search)
    }

    fn add(&mut self, address: String, kind: PageKind) {
        self.pages.push(Page { address, kind });
    }

    fn listing(&mut self, address: &str, reports: usize, per_page: usize, kind: impl Fn(usize) -> PageKind) {
        self.add(address.to_owned(), kind(1));
        for number in 2..=reports.div_ceil(per_page) {
            self.add(page_address(address, number), kind(number));
        }
    }

    fn periods(&mut self, archive: &Archive, per_page: usize) {
        self.add(Period::Whole.address(), PageKind::Period(Period::Whole, 1));
        let mut last = None;
        for (&(year, month), reports) in archive.lists.months.iter().rev() {
            if last.replace(year) != Some(year) {
                self.add(Period::Year(year).address(), PageKind::Period(Period::Year(year), 1));
            }
            let period = Period::Month(year, month);
            self.listing(&period.address(), reports.len(), per_page, |number| PageKind::Period(period, number));
        }
    }

    /// A publication tells its corrections, even that there are none; events only if it has any.
    fn add_logs(&mut self, archive: &Archive, edition: Edition) {
        let events = archive.events(edition);
        let countries: BTreeSet<CountryId> = events.iter().flat_map(|event| event.teller.countries(archive)).collect();
        self.calendars = events.first().map(|_| None).into_iter().chain(countries.into_iter().map(Some)).collect();
        for log in [Log::Corrections, Log::Watch] {
            let words = archive.pages.iter().position(|page| page.address == log.address());
            if log == Log::Corrections || !events.is_empty() {
                let words = words.map(|index| PageId(index as u32));
                self.add(log.address().to_owned(), PageKind::Log(log, words));
            }
        }
    }

    /// An address for ever for each report that has an id: `/id/MX-2025-031/`.
    fn permalinks(&mut self, archive: &Archive) {
        for report in &archive.reports {
            if let Some(id) = &report.public.id {
                let to = report.public.address.clone();
                self.add(format!("/id/{id}/"), PageKind::Redirect(to));
            }
        }
    }

    /// Two reports with one address were told when the archive was assembled; here the rest of the pages.
    fn check(&self, archive: &Archive, findings: &mut Findings) {
        let mut seen: FxHashMap<&str, &PageKind> = FxHashMap::default();
        for page in &self.pages {
            let Some(first) = seen.insert(&page.address, &page.kind) else { continue };
            if matches!((first, &page.kind), (PageKind::Report(_), PageKind::Report(_))) {
                continue;
            }
            let fact = format!("two pages have the address {}", page.address);
            let place = |kind| owner(archive, kind).map(|file| Place::value(file, "slug"));
            findings.push(match (place(&page.kind), place(first)) {
                (Some(this), Some(other)) => {
                    Diagnostic::error(this, fact).also(other, "the other page").hint("give one of them another `slug`")
                }
                (Some(this), None) | (None, Some(this)) => Diagnostic::error(this, fact)
                    .hint("the other is made by the site itself: give this one another `slug`, or rename the file"),
                (None, None) => Diagnostic::general(fact).hint("rename one of the files that they are made of"),
            });
        }
    }

    fn redirects(&mut self, archive: &Archive, findings: &mut Findings) {
        let taken: FxHashSet<&str> = self.pages.iter().map(|page| page.address.as_str()).collect();
        let mut seen: FxHashMap<&str, &Alias> = FxHashMap::default();
        let mut redirects = Vec::new();
        for alias in &archive.aliases {
            let from = alias.from.as_str();
            let error = |fact: String| Diagnostic::error(alias.place.clone(), fact);
            let odd = from.split('/').any(|part| part == "..") || from.contains(['\\', '\0', '?', '#']);
            if odd || !from.starts_with('/') {
                let cure = "an alias is an earlier address on this site, as in /2024/old-name/";
                findings.push(error(format!("`{from}` cannot be an alias")).hint(cure));
            } else if taken.contains(from) {
                let fact = format!("the alias {from} is the address of a page");
                findings.push(error(fact).hint("remove the alias, or move the page"));
            } else if let Some(first) = seen.insert(from, alias) {
                let fact = format!("the alias {from} is given twice");
                let other = first.place.clone();
                findings.push(error(fact).also(other, "the other alias").hint("remove one of them"));
            } else {
                redirects.push(Page { address: alias.from.clone(), kind: PageKind::Redirect(alias.to.clone()) });
            }
        }
        // Names of records that lead somewhere else already, or twice, are not told: they are names first.
        let mut given: FxHashSet<&str> = seen.keys().copied().collect();
        for (address, to) in archive.former.iter().filter(|(address, _)| !taken.contains(address.as_str())) {
            if given.insert(address) {
                redirects.push(Page { address: address.clone(), kind: PageKind::Redirect(to.clone()) });
            }
        }
        self.pages.extend(redirects);
    }
}

/// The address of a page of a list: `/countries/mexico/page/2/`.
pub fn page_address(first: &str, number: usize) -> String {
    if number <= 1 { first.to_owned() } else { format!("{first}page/{number}/") }
}

/// The file that a page comes from, if it comes from one.
pub fn owner<'a>(archive: &'a Archive, kind: &PageKind) -> Option<&'a str> {
    match kind {
        PageKind::Report(id) => Some(&archive[*id].file),
        PageKind::List(scope, _) => scope.file(archive),
        PageKind::Plain(id) | PageKind::Log(_, Some(id)) => Some(&archive[*id].text.file),
        PageKind::Cross(_, topic, _) => Scope::Topic(*topic).file(archive),
        _ => None,
    }
}
