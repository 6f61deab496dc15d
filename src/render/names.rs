//! Names and addresses of records, and rows of reports: built once, shared by all pages.

use jiff::civil::Date;
use tera::Value;

use super::context::{DateView, Named};
use crate::archive::{Archive, Edition, ReportId, record::Direction};
use crate::plan::Scope;

/// The [`Named`] value of every record.
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
    /// Builds them.
    pub fn new(archive: &Archive, edition: Edition) -> Names {
        let all = |count: usize, scope: &dyn Fn(u32) -> Scope| {
            (0..count as u32).map(|id| named(archive, scope(id), edition)).collect()
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

fn named(archive: &Archive, scope: Scope, edition: Edition) -> Value {
    let reports = scope.reports(archive);
    let name = match scope {
        Scope::Kind(id) => archive[id].name.clone(),
        _ => scope.name(archive).to_owned(),
    };
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
        latest: reports.first().map(|id| date(archive[*id].public.date.day)),
        code,
        role,
        outlook,
    })
}

/// A date for templates.
pub fn date(day: Date) -> DateView {
    DateView { iso: iso_date(day), text: house_date(day), year: day.year() }
}

/// `2025-09-08`.
pub fn iso_date(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// The house form: `08 Sep 2025`.
pub fn house_date(day: Date) -> String {
    format!("{:02} {} {}", day.day(), &month_name(day.month())[..3], day.year())
}

/// A month's name, from 1.
pub fn month_name(month: i8) -> &'static str {
    crate::text::MONTHS[(month.clamp(1, 12) - 1) as usize]
}

/// The writing direction of a language, by its BCP 47 tag.
pub fn direction(lang: &str) -> &'static str {
    let primary = lang.split('-').next().unwrap_or_default();
    if ["ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "ku"].contains(&primary) { "rtl" } else { "ltr" }
}

/// A language in its own words, for links to translations; its tag if it is not one of the known ones.
pub fn language_name(lang: &str) -> String {
    let primary = lang.split('-').next().unwrap_or_default();
    let name = match primary {
        "en" => "English",
        "es" => "Español",
        "pt" => "Português",
        "fr" => "Français",
        "ar" => "العربية",
        "de" => "Deutsch",
        "it" => "Italiano",
        "nl" => "Nederlands",
        "pl" => "Polski",
        "ru" => "Русский",
        "uk" => "Українська",
        "tr" => "Türkçe",
        "fa" => "فارسی",
        "he" => "עברית",
        "zh" => "中文",
        "ja" => "日本語",
        "ko" => "한국어",
        _ => lang,
    };
    name.to_owned()
}

/// The word of a direction of an outlook.
pub fn direction_name(direction: Option<Direction>) -> Option<&'static str> {
    direction.map(Direction::name)
}

/// Words that tell what is special about a report.
pub fn badges(archive: &Archive, id: ReportId) -> Vec<&'static str> {
    use crate::archive::report::{Status, UpdateKind};
    use crate::config::Access;
    let report = &archive[id];
    let public = &report.public;
    let mut badges = Vec::new();
    match public.access {
        Access::Subscribers if report.is_gated() => badges.push("Subscribers"),
        Access::Subscribers => badges.push("Free"),
        Access::Sample => badges.push("Sample"),
        Access::Public => {}
    }
    match public.status {
        Status::Withdrawn => badges.push("Withdrawn"),
        Status::Superseded => badges.push("Superseded"),
        Status::Draft => badges.push("Draft"),
        Status::Review => badges.push("In review"),
        Status::Published => {}
    }
    let has = |kinds: &[UpdateKind]| public.updates.iter().any(|update| kinds.contains(&update.kind));
    if has(&[UpdateKind::Correction, UpdateKind::Clarification]) {
        badges.push("Corrected");
    } else if has(&[UpdateKind::Update]) {
        badges.push("Updated");
    }
    badges
}
