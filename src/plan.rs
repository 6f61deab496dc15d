//! Which pages exist, and where.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::archive::{Alias, Archive, AuthorId, CountryId, KindId, PageId, RegionId, ReportId, SeriesId, TopicId};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Findings, Place};

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
    /// The index of a sort of record.
    Index(Sort),
    /// A plain page.
    Plain(PageId),
    /// The page for addresses that lead nowhere.
    NotFound,
    /// An earlier address, and where it leads now.
    Redirect(String),
}

/// A sort of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// Countries.
    Countries,
    /// Regions.
    Regions,
    /// Authors.
    Authors,
    /// Topics.
    Topics,
    /// Series.
    Series,
    /// Kinds.
    Kinds,
}

impl Sort {
    /// The first part of its addresses.
    pub fn folder(self) -> &'static str {
        match self {
            Sort::Countries => "countries",
            Sort::Regions => "regions",
            Sort::Authors => "authors",
            Sort::Topics => "topics",
            Sort::Series => "series",
            Sort::Kinds => "kinds",
        }
    }
}

/// A record that has a list of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// A country.
    Country(CountryId),
    /// A region.
    Region(RegionId),
    /// An author.
    Author(AuthorId),
    /// A topic.
    Topic(TopicId),
    /// A series.
    Series(SeriesId),
    /// A kind.
    Kind(KindId),
}

impl Scope {
    /// Its reports, newest first.
    pub fn reports(self, archive: &Archive) -> &[ReportId] {
        let lists = &archive.lists;
        match self {
            Scope::Country(id) => &lists.countries[id.index()],
            Scope::Region(id) => &lists.regions[id.index()],
            Scope::Author(id) => &lists.authors[id.index()],
            Scope::Topic(id) => &lists.topics[id.index()],
            Scope::Series(id) => &lists.series[id.index()],
            Scope::Kind(id) => &lists.kinds[id.index()],
        }
    }

    /// Its name.
    pub fn name(self, archive: &Archive) -> &str {
        match self {
            Scope::Country(id) => &archive[id].name,
            Scope::Region(id) => &archive[id].name,
            Scope::Author(id) => &archive[id].name,
            Scope::Topic(id) => &archive[id].name,
            Scope::Series(id) => &archive[id].name,
            Scope::Kind(id) => &archive[id].plural,
        }
    }

    /// Its sort.
    pub fn sort(self) -> Sort {
        match self {
            Scope::Country(_) => Sort::Countries,
            Scope::Region(_) => Sort::Regions,
            Scope::Author(_) => Sort::Authors,
            Scope::Topic(_) => Sort::Topics,
            Scope::Series(_) => Sort::Series,
            Scope::Kind(_) => Sort::Kinds,
        }
    }

    fn slug(self, archive: &Archive) -> &str {
        match self {
            Scope::Country(id) => &archive[id].slug,
            Scope::Region(id) => &archive[id].slug,
            Scope::Author(id) => &archive[id].slug,
            Scope::Topic(id) => &archive[id].slug,
            Scope::Series(id) => &archive[id].slug,
            Scope::Kind(id) => &archive[id].key,
        }
    }

    /// The address of its page.
    pub fn address(self, archive: &Archive) -> String {
        format!("/{}/{}/", self.sort().folder(), self.slug(archive))
    }

    /// The file of its record.
    fn file(self, archive: &Archive) -> Option<&str> {
        let text = match self {
            Scope::Country(id) => &archive[id].text,
            Scope::Region(id) => &archive[id].text,
            Scope::Author(id) => &archive[id].text,
            Scope::Topic(id) => &archive[id].text,
            Scope::Series(id) => &archive[id].text,
            Scope::Kind(_) => &None,
        };
        text.as_ref().map(|text| text.file.as_str())
    }

    /// Whether it has a page: it has reports, or a record that says something of it.
    pub fn has_page(self, archive: &Archive) -> bool {
        !self.reports(archive).is_empty() || self.file(archive).is_some()
    }
}

/// All records of an archive, sort by sort.
pub fn scopes(archive: &Archive) -> impl Iterator<Item = Scope> + '_ {
    let ids = |count: usize| 0..count as u32;
    ids(archive.countries.len())
        .map(|id| Scope::Country(CountryId(id)))
        .chain(ids(archive.regions.len()).map(|id| Scope::Region(RegionId(id))))
        .chain(ids(archive.authors.len()).map(|id| Scope::Author(AuthorId(id))))
        .chain(ids(archive.topics.len()).map(|id| Scope::Topic(TopicId(id))))
        .chain(ids(archive.series.len()).map(|id| Scope::Series(SeriesId(id))))
        .chain(ids(archive.kinds.len()).map(|id| Scope::Kind(KindId(id))))
}

/// All pages of a site.
#[derive(Debug, Default)]
pub struct Plan {
    /// The pages.
    pub pages: Vec<Page>,
    /// Records with reports: each has an Atom feed and a JSON Feed.
    pub feeds: Vec<Scope>,
}

/// Plans the site of an archive. Two pages with one address are told.
pub fn plan(archive: &Archive, config: &Config, findings: &mut Findings) -> Plan {
    let mut plan = Plan::default();
    let per_page = config.pagination;
    plan.listing("/", archive.reports.len(), per_page, PageKind::Home);
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
    for (index, page) in archive.pages.iter().enumerate() {
        plan.add(page.address.clone(), PageKind::Plain(PageId(index as u32)));
    }
    plan.add("/404.html".to_owned(), PageKind::NotFound);
    plan.check(archive, findings);
    plan.redirects(archive, findings);
    plan
}

impl Plan {
    fn add(&mut self, address: String, kind: PageKind) {
        self.pages.push(Page { address, kind });
    }

    fn listing(&mut self, address: &str, reports: usize, per_page: usize, kind: impl Fn(usize) -> PageKind) {
        self.add(address.to_owned(), kind(1));
        for number in 2..=reports.div_ceil(per_page) {
            self.add(page_address(address, number), kind(number));
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
        PageKind::Plain(id) => Some(&archive[*id].text.file),
        _ => None,
    }
}
