//! Records as places of lists: their names, addresses and reports.

use crate::archive::{Archive, AuthorId, CountryId, KindId, RegionId, ReportId, SeriesId, TopicId};

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

    /// The last part of its address.
    pub fn slug(self, archive: &Archive) -> &str {
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
    pub fn file(self, archive: &Archive) -> Option<&str> {
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
