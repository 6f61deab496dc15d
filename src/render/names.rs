//! Names and addresses of records, and rows of reports: built once, shared by all pages.

use jiff::civil::Date;
use tera::Value;

use super::context::{DateView, Named};
use crate::archive::{Archive, Edition};
use crate::locale::Locale;
use crate::plan::Scope;

/// The [`Named`] value of every record, in a language.
#[derive(Debug)]
pub struct Names {
    countries: Vec<Value>,
    regions: Vec<Value>,
    authors: Vec<Value>,
    topics: Vec<Value>,
    series: Vec<Value>,
    kinds: Vec<Value>,
}

impl Names {
    /// Builds them. `house` is the language of the site, in which the archive's own names are.
    pub fn new(archive: &Archive, edition: Edition, locale: &Locale, house: &Locale) -> Names {
        let all = |count: usize, scope: &dyn Fn(u32) -> Scope| {
            (0..count as u32).map(|id| named(archive, scope(id), edition, locale, house)).collect()
        };
        use crate::archive::{AuthorId, CountryId, KindId, RegionId, SeriesId, TopicId};
        Names {
            countries: all(archive.countries.len(), &|id| Scope::Country(CountryId(id))),
            regions: all(archive.regions.len(), &|id| Scope::Region(RegionId(id))),
            authors: all(archive.authors.len(), &|id| Scope::Author(AuthorId(id))),
            topics: all(archive.topics.len(), &|id| Scope::Topic(TopicId(id))),
            series: all(archive.series.len(), &|id| Scope::Series(SeriesId(id))),
            kinds: all(archive.kinds.len(), &|id| Scope::Kind(KindId(id))),
        }
    }

    /// The value of a record.
    pub fn of(&self, scope: Scope) -> Value {
        match scope {
            Scope::Country(id) => &self.countries[id.index()],
            Scope::Region(id) => &self.regions[id.index()],
            Scope::Author(id) => &self.authors[id.index()],
            Scope::Topic(id) => &self.topics[id.index()],
            Scope::Series(id) => &self.series[id.index()],
            Scope::Kind(id) => &self.kinds[id.index()],
        }
        .clone()
    }
}

fn named(archive: &Archive, scope: Scope, edition: Edition, locale: &Locale, house: &Locale) -> Value {
    let reports = scope.reports(archive);
    let name = name_in(archive, scope, locale, house);
    let (code, role, outlook) = match scope {
        Scope::Country(id) => {
            let country = &archive[id];
            let outlook = country.standing(edition).and_then(|standing| standing.outlook.as_ref());
            (Some(country.geo.alpha2()), None, outlook.map(|outlook| outlook.text.clone()))
        }
        Scope::Author(id) => (None, archive[id].role.clone(), None),
        _ => (None, None, None),
    };
    Value::from_serializable(&Named {
        upper: name.to_uppercase(),
        name,
        url: if scope.has_page(archive) { scope.address(archive) } else { String::new() },
        count: reports.len(),
        latest: reports.first().map(|id| date(locale, archive[*id].public.date.day)),
        code,
        role,
        outlook,
    })
}

/// The name of a record in a language: countries and regions that the site calls by their usual names have one in each,
/// and so has the kind that is called as the interface calls a report.
pub fn name_in(archive: &Archive, scope: Scope, locale: &Locale, house: &Locale) -> String {
    let name = match scope {
        Scope::Kind(id) => &archive[id].name,
        _ => scope.name(archive),
    };
    let usual = match scope {
        _ if locale.tag == house.tag => None,
        Scope::Country(id) => Some((archive[id].geo.name(&house.tag), archive[id].geo.name(&locale.tag))),
        Scope::Region(id) if !archive[id].own => {
            let region = crate::geo::Region::all().nth(id.index());
            region.map(|region| (region.name(&house.tag), region.name(&locale.tag)))
        }
        Scope::Kind(_) => Some((house.word("report"), locale.word("report"))),
        _ => None,
    };
    usual.filter(|(here, _)| *here == name).map_or(name, |(_, there)| there).to_owned()
}

/// A date for templates.
pub fn date(locale: &Locale, day: Date) -> DateView {
    DateView { iso: iso_date(day), text: locale.house_date(day), long: locale.long_date(day), year: day.year() }
}

/// `2025-09-08`.
pub fn iso_date(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}
