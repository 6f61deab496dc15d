//! Pages of countries, regions, authors, topics, series and kinds.

use rustc_hash::FxHashMap;
use tera::Value;

use super::context::{
    AuthorPage, CollectionPage, CountedName, CountryPage, CountryStanding, CountryView, FactView, ListView, PageView,
    RegionPage, Shared, TopicPage,
};
use super::listing::rows_of;
use super::report::watch_views;
use super::{Composed, Rendered, Renderer};
use crate::archive::{AuthorId, CountryId, Gate, KindId, RegionId, ReportId, SeriesId, TopicId};
use crate::config::Link;
use crate::plan::{Page, Scope, Sort, cross_address};

impl Renderer {
    /// A page of a record. The first tells what is known of it; later ones hold the list only.
    pub(super) fn list_page(&self, page: &Page, scope: Scope, number: usize) -> Composed {
        let reports = scope.reports(&self.archive);
        let listed =
            if scope.sort() == Sort::Regions { &reports[..reports.len().min(self.config.pagination)] } else { reports };
        let mut list = self.list(listed, number, &scope.address(&self.archive));
        list.total = reports.len();
        let head = self.record_head(page, scope, number);
        match scope {
            Scope::Country(id) => self.country(id, list, head),
            Scope::Region(id) => self.region(id, list, head),
            Scope::Author(id) => self.author(id, list, head),
            Scope::Topic(id) => self.topic(id, list, head),
            Scope::Series(id) => self.series(id, list, head),
            Scope::Kind(id) => self.kind(id, list, head),
        }
    }

    fn record_head(&self, page: &Page, scope: Scope, number: usize) -> PageView {
        let name = scope.name(&self.archive);
        let kind = match scope {
            Scope::Country(_) => "country",
            Scope::Region(_) => "region",
            Scope::Author(_) => "author",
            Scope::Topic(_) => "topic",
            Scope::Series(_) => "series",
            Scope::Kind(_) => "kind",
        };
        let title = self.paged(name, number);
        let description = match scope {
            Scope::Author(_) => "description_reports_by",
            _ => "description_reports_of",
        };
        let description = self.locale().told(description, &[("name", name), ("site", &self.config.title)]);
        let mut head = self.head(page, kind, title, description);
        head.feeds = self.feeds(Some(scope));
        if let Scope::Country(id) = scope {
            head.feeds.extend(self.common.calendars.contains(&Some(id)).then(|| self.calendar(Some(id))));
        }
        head.things = match scope {
            Scope::Country(id) if number == 1 => vec![self.country_thing(&self.archive[id], &head.canonical)],
            Scope::Author(id) if number == 1 => vec![self.author_thing(&self.archive[id], &head.canonical)],
            _ => Vec::new(),
        };
        head.breadcrumb =
            vec![Link { text: self.sort_name(scope.sort()).to_owned(), url: format!("/{}/", scope.sort().folder()) }];
        if number > 1 {
            head.breadcrumb.push(Link { text: name.to_owned(), url: scope.address(&self.archive) });
        }
        head
    }

    fn country(&self, id: CountryId, list: ListView, head: PageView) -> Composed {
        let country = &self.archive[id];
        let mut rendered = Rendered::default();
        let front = list.page == 1;
        let standing = country.standing(self.edition).filter(|_| front);
        let view = standing.and_then(|standing| standing.view.as_ref()).map(|view| CountryStanding {
            text: view.text.clone(),
            date: view.date.map(|moment| self.house().date(moment.day)),
            authors: view.authors.iter().map(|id| self.house().names.of(Scope::Author(*id))).collect(),
        });
        let outlook = standing.and_then(|standing| standing.outlook.as_ref());
        let facts = standing.map_or(&[][..], |standing| &standing.facts).iter().map(|fact| FactView {
            label: fact.label.clone(),
            value: fact.value.clone(),
            as_of: fact.as_of.as_deref().map(|when| self.when(when)),
            source: fact.source.clone(),
        });
        let reports = if front { &self.archive.lists.countries[id.index()][..] } else { &[] };
        let topics = (0..self.archive.topics.len() as u32).map(TopicId).filter(|_| front);
        let view = CountryPage {
            country: CountryView {
                name: country.name.clone(),
                code: country.geo.alpha2(),
                capital: country.capital.clone(),
                regions: self.regions_of(id),
                text: self.text(
                    country.text.as_ref().filter(|_| front),
                    &Scope::Country(id).address(&self.archive),
                    &mut rendered,
                ),
                view,
                outlook: outlook.map(|outlook| outlook.text.clone()),
                direction: outlook
                    .and_then(|outlook| outlook.direction)
                    .map(|direction| self.house().term("direction", direction.name())),
                outlook_date: outlook.and_then(|outlook| outlook.date).map(|moment| self.house().date(moment.day)),
                facts: facts.collect(),
                gated: front && standing.is_none(),
                key_reports: if front { rows_of(&country.key_reports) } else { Vec::new() },
                watch: if front { watch_views(&country.watch, self.house()) } else { Vec::new() },
                topics: self.crossed(topics.map(|topic| (Scope::Topic(topic), (id, topic)))),
                authors: self.counted(reports, |report| report.authors.iter().map(|id| Scope::Author(*id)).collect()),
                coverage: self.coverage(reports),
                extra: Value::from_serializable(&country.extra),
            },
            list,
        };
        self.composed("country.html", &view, head, rendered)
    }

    /// As of when a fact is told: a day as the language writes days, other words as they are.
    fn when(&self, written: &str) -> String {
        written.parse().map_or_else(|_| written.to_owned(), |day| self.house().date(day).long)
    }

    fn author(&self, id: AuthorId, list: ListView, head: PageView) -> Composed {
        let mut rendered = Rendered::default();
        let view = AuthorPage {
            author: Value::from_serializable(&self.author_view(id, self.house(), &mut rendered)),
            countries: self.counted(self.on_first_page(Scope::Author(id), &list), |report| {
                report.countries.iter().map(|id| Scope::Country(*id)).collect()
            }),
            list,
        };
        self.composed("author.html", &view, head, rendered)
    }

    fn topic(&self, id: TopicId, list: ListView, mut head: PageView) -> Composed {
        let topic = &self.archive[id];
        let mut rendered = Rendered::default();
        let countries = (0..self.archive.countries.len() as u32).map(CountryId).filter(|_| list.page == 1);
        let mut parents = Vec::new();
        let mut above = topic.parent;
        while let Some(parent) = above {
            parents.insert(0, self.house().names.of(Scope::Topic(parent)));
            let link =
                Link { text: self.archive[parent].name.clone(), url: Scope::Topic(parent).address(&self.archive) };
            head.breadcrumb.insert(1, link);
            above = self.archive[parent].parent;
        }
        let view = TopicPage {
            topic: self.house().names.of(Scope::Topic(id)),
            text: self.text(
                topic.text.as_ref().filter(|_| list.page == 1),
                &Scope::Topic(id).address(&self.archive),
                &mut rendered,
            ),
            parents,
            children: self.by_name(topic.children.iter().map(|id| Scope::Topic(*id))),
            countries: self.crossed(countries.map(|country| (Scope::Country(country), (country, id)))),
            matrix: if list.page == 1 { self.matrix(id) } else { None },
            list,
            extra: Value::from_serializable(&topic.extra),
        };
        self.composed("topic.html", &view, head, rendered)
    }

    fn region(&self, id: RegionId, list: ListView, head: PageView) -> Composed {
        let region = &self.archive[id];
        let mut rendered = Rendered::default();
        let parent = region.parent.map(Scope::Region).filter(|parent| parent.has_page(&self.archive));
        let view = RegionPage {
            region: self.house().names.of(Scope::Region(id)),
            text: self.text(
                region.text.as_ref().filter(|_| list.page == 1),
                &Scope::Region(id).address(&self.archive),
                &mut rendered,
            ),
            parent: self.named(parent),
            countries: self.outlooks(&region.countries),
            list,
            extra: Value::from_serializable(&region.extra),
        };
        self.composed("region.html", &view, head, rendered)
    }

    fn series(&self, id: SeriesId, list: ListView, head: PageView) -> Composed {
        let series = &self.archive[id];
        let mut rendered = Rendered::default();
        let open = !series.gated || self.edition.opens(Gate::Series);
        let view = CollectionPage {
            sort: self.locale().word("series").to_owned(),
            collection: self.house().names.of(Scope::Series(id)),
            text: self.text(
                series.text.as_ref().filter(|_| open && list.page == 1),
                &Scope::Series(id).address(&self.archive),
                &mut rendered,
            ),
            list,
            extra: Value::from_serializable(&series.extra),
        };
        self.composed("collection.html", &view, head, rendered)
    }

    fn kind(&self, id: KindId, list: ListView, head: PageView) -> Composed {
        let description = self.archive[id].description.as_deref().unwrap_or_default();
        let mut text = String::new();
        if !description.is_empty() {
            text.push_str("<p>");
            crate::text::escape_html(description, &mut text);
            text.push_str("</p>");
        }
        let view = CollectionPage {
            sort: self.locale().word("kind").to_owned(),
            collection: self.house().names.of(Scope::Kind(id)),
            text: Value::safe_string(&text),
            list,
            extra: Value::none(),
        };
        self.composed("collection.html", &view, head, Rendered::default())
    }

    /// The regions around a country: the site's own, then those of M49 from the nearest on.
    fn regions_of(&self, id: CountryId) -> Vec<Shared> {
        let regions = &self.archive.regions;
        let own = (0..regions.len()).filter(|index| regions[*index].own && regions[*index].countries.contains(&id));
        let mut around: Vec<RegionId> = own.map(|index| RegionId(index as u32)).collect();
        let mut above = crate::geo::Region::all()
            .position(|region| region == self.archive[id].geo.region())
            .map(|index| RegionId(index as u32));
        while let Some(region) = above {
            around.push(region);
            above = self.archive[region].parent;
        }
        let with_page = around.into_iter().map(Scope::Region).filter(|scope| scope.has_page(&self.archive));
        with_page.map(|scope| self.house().names.of(scope)).collect()
    }

    /// What a record's first page tells of all its reports; later pages hold the list only.
    fn on_first_page(&self, scope: Scope, list: &ListView) -> &[ReportId] {
        if list.page == 1 { scope.reports(&self.archive) } else { &[] }
    }

    /// Records that reports name, with how many of them do: the most named first.
    fn counted(
        &self,
        reports: &[ReportId],
        of: impl Fn(&crate::archive::PublicReport) -> Vec<Scope>,
    ) -> Vec<CountedName> {
        let mut counts: FxHashMap<Scope, usize> = FxHashMap::default();
        for id in reports {
            of(&self.archive[*id].public).into_iter().for_each(|scope| *counts.entry(scope).or_default() += 1);
        }
        self.most_first(counts.into_iter().map(|(scope, count)| (scope, count, None)).collect())
    }

    /// The topics of a country, or the countries of a topic, each with the page of both.
    pub(super) fn crossed(&self, pairs: impl Iterator<Item = (Scope, (CountryId, TopicId))>) -> Vec<CountedName> {
        let crosses = &self.archive.lists.crosses;
        let counted = pairs.filter_map(|(scope, pair)| {
            let count = crosses.get(&pair)?.len();
            Some((scope, count, Some(cross_address(&self.archive, pair.0, pair.1))))
        });
        self.most_first(counted.collect())
    }

    fn most_first(&self, mut counted: Vec<(Scope, usize, Option<String>)>) -> Vec<CountedName> {
        counted.sort_by(|(a, x, _), (b, y, _)| y.cmp(x).then_with(|| self.sort_key(*a).cmp(&self.sort_key(*b))));
        let named = |(scope, count, url)| CountedName { named: self.house().names.of(scope), count, url };
        counted.into_iter().map(named).collect()
    }

    /// Records by name.
    pub(super) fn by_name(&self, scopes: impl Iterator<Item = Scope>) -> Vec<Shared> {
        self.sorted(scopes).into_iter().map(|scope| self.house().names.of(scope)).collect()
    }

    /// Records in the order of their names.
    pub(super) fn sorted(&self, scopes: impl Iterator<Item = Scope>) -> Vec<Scope> {
        let mut scopes: Vec<Scope> = scopes.collect();
        scopes.sort_by_cached_key(|scope| self.sort_key(*scope));
        scopes
    }

    pub(super) fn sort_key(&self, scope: Scope) -> u32 {
        self.common.ranks.get(&scope).copied().unwrap_or_default()
    }

    /// The heading of an index.
    pub(super) fn sort_name(&self, sort: Sort) -> &str {
        self.locale().word(sort.folder())
    }
}
