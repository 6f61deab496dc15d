//! Tables beside the words: dates, names with their spellings, and which records each report belongs to.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::Site;
use super::bytes::{put, put_signed};
use super::words::forms;
use crate::archive::{PublicReport, ReportId};
use crate::plan::{Scope, Sort, scopes};

/// A country, region, topic, author, kind or series that has reports.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Record {
    /// Its name.
    #[serde(rename = "n")]
    pub name: String,
    /// The last part of its address, by which operators name it.
    #[serde(rename = "s")]
    pub slug: String,
    /// Codes that count only in capitals.
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// Other spellings, folded, words parted by spaces.
    #[serde(rename = "a", default, skip_serializing_if = "Vec::is_empty")]
    pub spellings: Vec<String>,
    /// The records that hold it: a country's regions, a topic's parent.
    #[serde(rename = "u", default, skip_serializing_if = "Vec::is_empty")]
    pub under: Vec<u32>,
}

/// The records of each facet.
pub type Names = BTreeMap<String, Vec<Record>>;

/// The facets that records make, with the word of their operator.
pub const FACETS: [(&str, Sort); 6] = [
    ("country", Sort::Countries),
    ("region", Sort::Regions),
    ("topic", Sort::Topics),
    ("author", Sort::Authors),
    ("kind", Sort::Kinds),
    ("series", Sort::Series),
];

/// The records that reports are looked up under, facet by facet, in the order of their slugs: a new record moves few others.
pub struct Records {
    lists: BTreeMap<&'static str, Vec<Scope>>,
}

impl Records {
    /// Those of an archive that have reports.
    pub fn of(site: &Site<'_>) -> Records {
        let archive = site.archive;
        let list = |(facet, sort): (&'static str, Sort)| {
            let mut list: Vec<Scope> =
                scopes(archive).filter(|scope| scope.sort() == sort && !scope.reports(archive).is_empty()).collect();
            list.sort_by_key(|scope| scope.slug(archive).to_owned());
            (facet, list)
        };
        Records { lists: FACETS.map(list).into() }
    }

    fn number(&self, facet: &str, scope: Scope) -> Option<u32> {
        self.lists[facet].iter().position(|known| *known == scope).map(|index| index as u32)
    }

    /// The table of names.
    pub fn names(&self, site: &Site<'_>) -> Names {
        let facet = |(facet, list): (&&'static str, &Vec<Scope>)| {
            ((*facet).to_owned(), list.iter().map(|scope| self.record(site, *scope)).collect())
        };
        self.lists.iter().map(facet).collect()
    }

    fn record(&self, site: &Site<'_>, scope: Scope) -> Record {
        let archive = site.archive;
        let mut spellings: Vec<String> = site.aliases.get(&scope).cloned().unwrap_or_default();
        let (mut codes, mut under) = (Vec::new(), Vec::new());
        match scope {
            Scope::Country(id) => {
                let geo = archive[id].geo;
                codes = vec![geo.alpha2().to_owned(), geo.alpha3().to_owned()];
                spellings.extend(geo.spellings().chain(geo.demonyms()).map(str::to_owned));
                let regions = archive.regions.iter().enumerate().filter(|(_, region)| region.countries.contains(&id));
                let regions = regions.map(|(index, _)| Scope::Region(crate::archive::RegionId(index as u32)));
                under = regions.filter_map(|region| self.number("region", region)).collect();
            }
            Scope::Region(id) => {
                let known = crate::geo::Region::all().nth(id.index()).filter(|_| !archive[id].own);
                let languages = ["en", "es", "pt", "fr", "ar"];
                spellings.extend(known.iter().flat_map(|region| languages.map(|lang| region.name(lang).to_owned())));
            }
            Scope::Topic(id) => {
                let parent = archive[id].parent.map(Scope::Topic);
                under = parent.into_iter().filter_map(|parent| self.number("topic", parent)).collect();
            }
            Scope::Kind(id) => spellings.push(archive[id].name.clone()),
            Scope::Author(_) | Scope::Series(_) => {}
        }
        let name = scope.name(archive).to_owned();
        let own = forms(&name).join(" ");
        let spellings: BTreeSet<String> = spellings.iter().map(|spelling| forms(spelling).join(" ")).collect();
        let spellings = spellings.into_iter().filter(|folded| !folded.is_empty() && *folded != own).collect();
        Record { name, slug: scope.slug(archive).to_owned(), codes, spellings, under }
    }

    /// Which records of a facet the reports name themselves: how many each, then their numbers. What is above those, a
    /// country's regions and a topic's parents, is told by the table of names.
    pub fn column(&self, facet: &str, reports: &[&PublicReport]) -> Vec<u8> {
        let mut counts = Vec::new();
        let mut numbers = Vec::new();
        for report in reports {
            let named = named(facet, report);
            let found: Vec<u32> = named.into_iter().filter_map(|scope| self.number(facet, scope)).collect();
            put(found.len() as u32, &mut counts);
            found.iter().for_each(|number| put(*number, &mut numbers));
        }
        counts.extend(numbers);
        counts
    }
}

fn named(facet: &str, report: &PublicReport) -> Vec<Scope> {
    match facet {
        "country" => report.countries.iter().map(|id| Scope::Country(*id)).collect(),
        "region" => report.regions.iter().map(|id| Scope::Region(*id)).collect(),
        "topic" => report.topics.iter().map(|id| Scope::Topic(*id)).collect(),
        "author" => report.authors.iter().map(|id| Scope::Author(*id)).collect(),
        "kind" => report.kind.map(Scope::Kind).into_iter().collect(),
        _ => report.series.map(|(id, _)| Scope::Series(id)).into_iter().collect(),
    }
}

/// Days, access and translations: for each report the days since the one before (the first: since 1 January 1970), then for
/// each its access, then pairs of a report and the one that it is a translation of.
pub fn reports_table(site: &Site<'_>, order: &[ReportId]) -> Vec<u8> {
    let mut out = Vec::new();
    put(order.len() as u32, &mut out);
    let mut before = jiff::civil::date(1970, 1, 1);
    for id in order {
        let day = site.archive[*id].public.date.day;
        put_signed((day - before).get_days(), &mut out);
        before = day;
    }
    order.iter().for_each(|id| out.push(site.archive[*id].public.access as u8));
    let number = |id: ReportId| (order.len() - 1 - id.index()) as u32;
    for id in order.iter().copied().filter(|id| !site.archive.is_listed(*id)) {
        put(number(id), &mut out);
        put(number(site.archive.listed_as(id)), &mut out);
    }
    out
}
