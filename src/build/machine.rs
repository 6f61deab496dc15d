//! What machines read of a site: feeds, sitemaps, calendars, the catalogue.

use super::site::Site;
use crate::archive::CountryId;
use crate::feeds::{self, Feeds};
use crate::output::Output;
use crate::plan::{self, Scope};

/// A file, or files, that machines read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Machine {
    /// The two feeds of the site, or of a record.
    Feeds(Option<Scope>),
    /// The sitemap; that of a large site has parts.
    Sitemap,
    /// All calendars of events to come.
    Calendars,
    /// The catalogue for programs.
    Catalogue,
    /// The catalogue for spreadsheets.
    Table,
    /// The news sitemap.
    News,
    /// `robots.txt`.
    Robots,
    /// The description of the search.
    OpenSearch,
}

impl Machine {
    /// Those of a site. The large ones come last.
    pub fn all(site: &Site) -> Vec<Machine> {
        let config = &site.sources.config;
        let own_robots = site.sources.statics.iter().any(|path| path == "robots.txt");
        let mut all = vec![Machine::Feeds(None)];
        all.extend(site.plan.feeds.iter().copied().map(|scope| Machine::Feeds(Some(scope))));
        all.extend((!own_robots).then_some(Machine::Robots));
        all.extend(site.plan.has_search().then_some(Machine::OpenSearch));
        all.extend(config.news_sitemap.then_some(Machine::News));
        all.extend([Machine::Calendars, Machine::Sitemap, Machine::Catalogue, Machine::Table]);
        all
    }

    /// Whether it takes so much memory in a large archive that it is better made while no other is.
    pub fn is_large(self) -> bool {
        matches!(self, Machine::Calendars | Machine::Sitemap | Machine::Catalogue | Machine::Table)
    }

    /// Where it stands: the addresses that pages may link to.
    pub fn addresses(self, site: &Site) -> Vec<String> {
        let one = |address: &str| vec![address.to_owned()];
        match self {
            Machine::Feeds(scope) => {
                let folder = scope.map_or_else(|| "/".to_owned(), |scope| scope.address(&site.archive));
                vec![format!("{folder}feed.xml"), format!("{folder}feed.json")]
            }
            Machine::Sitemap => one("/sitemap.xml"),
            Machine::Calendars => {
                let address = |scope: &Option<CountryId>| plan::calendar_address(&site.archive, *scope);
                site.plan.calendars.iter().map(address).collect()
            }
            Machine::Catalogue => one("/archive/reports.json"),
            Machine::Table => one("/archive/reports.csv"),
            Machine::News => one("/sitemap-news.xml"),
            Machine::Robots => one("/robots.txt"),
            Machine::OpenSearch => one("/search/opensearch.xml"),
        }
    }

    /// Makes it.
    pub fn make(self, site: &Site) -> Vec<Output> {
        let (config, archive, edition) = (&site.sources.config, &site.archive, site.edition);
        let withdrawn = site.renderer.locale().word("withdrawn_report");
        let all = Feeds { config, archive, withdrawn, sealed: site.sealing.is_some() };
        match self {
            Machine::Feeds(scope) => all.of(scope).into(),
            Machine::Sitemap => feeds::sitemap(config, archive, &site.plan, edition),
            Machine::Calendars => feeds::calendars(config, archive, &site.plan, edition),
            Machine::Catalogue => vec![feeds::catalogue_json(&all)],
            Machine::Table => vec![feeds::catalogue_csv(&all)],
            Machine::News => vec![feeds::news(config, archive, edition)],
            Machine::Robots => vec![feeds::robots(config, edition)],
            Machine::OpenSearch => vec![feeds::opensearch(config, site.renderer.locale().word("search_reports"))],
        }
    }
}
