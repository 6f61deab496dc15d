//! From sources to the archive.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::record::{Author, Direction, Fact, Outlook, Page, Region, Series, Standing, Text, Topic, View};
use super::related::related;
use super::report::{Edition, Report, Status};
use super::resolve::{Draft, Resolver, slug_of_file};
use super::vocabulary::Vocabulary;
use super::{Alias, Archive, CountryId, NEWS_LAST, RegionId, ReportId, Target, TopicId};
use crate::config::{Access, Config};
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::geo;
use crate::source::front::{CountryFront, ReportFront};
use crate::source::{Clock, Moment, Source, Sources};
use crate::text::slug;

/// What an assembly depends on beside the sources.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The moment as of which the archive is seen.
    pub as_of: jiff::Timestamp,
    /// Whether drafts and reports in review are in.
    pub drafts: bool,
}

/// Resolves all references and sorts the reports. What is wrong is added to `findings`; the archive given then is good
/// enough to find more in it, and must not be published.
pub fn assemble(sources: &Sources, options: Options, findings: &mut Findings) -> Archive {
    let config = &sources.config;
    let clock = Clock { zone: config.time_zone.clone(), hour: config.publishing_hour };
    let mut assembly = Assembly {
        config,
        clock,
        options,
        known: Vocabulary::new(&config.language, config.closed_vocabulary),
        archive: Archive {
            kinds: config.kinds.clone(),
            as_of: Moment { at: options.as_of, day: options.as_of.to_zoned(config.time_zone.clone()).date() },
            ..Archive::default()
        },
        key_reports: Vec::new(),
        findings,
    };
    for (file, id) in &sources.unreadable {
        assembly.archive.targets.insert(file.clone(), Target::Unreleased);
        assembly.archive.targets.extend(id.iter().map(|id| (format!("@{id}"), Target::Unreleased)));
    }
    assembly.records(sources);
    assembly.reports(&sources.reports);
    assembly.pages(sources);
    assembly.finish()
}

struct Assembly<'a> {
    config: &'a Config,
    clock: Clock,
    options: Options,
    known: Vocabulary,
    archive: Archive,
    key_reports: Vec<(CountryId, String, Vec<String>)>,
    findings: &'a mut Findings,
}

fn text_of<T>(source: &Source<T>) -> Text {
    Text { file: source.file.clone(), body: source.body }
}

impl Assembly<'_> {
    fn resolver<'r>(&'r mut self, file: &'r str) -> Resolver<'r> {
        Resolver { file, config: self.config, clock: &self.clock, known: &mut self.known, findings: self.findings }
    }

    fn records(&mut self, sources: &Sources) {
        for source in &sources.authors {
            let front = source.front.clone();
            let name = front.name.unwrap_or_else(|| words_of(&source.file));
            if let Some(url) = &front.url {
                self.resolver(&source.file).web_address("url", url);
            }
            let author = Author {
                slug: front.slug.map_or_else(|| slug_of_file(&source.file), |text| slug(&text, "author")),
                name,
                role: front.role,
                expertise: front.expertise.0,
                languages: front.languages.0,
                based: front.based,
                disclosures: front.disclosures.0,
                email: front.email,
                url: front.url,
                text: Some(text_of(source)),
                extra: front.extra,
            };
            self.former("authors", &front.aliases.0, &author.slug);
            self.known.add_author(author, &front.aliases.0, &source.file, self.findings);
        }
        for source in &sources.topics {
            let front = source.front.clone();
            let topic = Topic {
                name: front.name.unwrap_or_else(|| words_of(&source.file)),
                slug: front.slug.map_or_else(|| slug_of_file(&source.file), |text| slug(&text, "topic")),
                text: Some(text_of(source)),
                extra: front.extra,
                ..Topic::default()
            };
            self.former("topics", &front.aliases.0, &topic.slug);
            self.known.add_topic(topic, &front.aliases.0, &source.file, self.findings);
        }
        self.topic_tree(sources);
        for source in &sources.series {
            let front = source.front.clone();
            let gated =
                self.resolver(&source.file).word("access", front.access.as_deref(), Access::from_name, Access::NAMES);
            let series = Series {
                name: front.name.unwrap_or_else(|| words_of(&source.file)),
                slug: front.slug.map_or_else(|| slug_of_file(&source.file), |text| slug(&text, "series")),
                text: Some(text_of(source)),
                gated: gated == Some(Access::Subscribers),
                extra: front.extra,
            };
            self.former("series", &front.aliases.0, &series.slug);
            self.known.add_series(series, &front.aliases.0, &source.file, self.findings);
        }
        for source in &sources.countries {
            self.country(source);
        }
        self.regions(sources);
    }

    /// The addresses that other names of a record would have lead to it.
    fn former(&mut self, folder: &str, names: &[String], now: &str) {
        let old = names.iter().map(|name| slug(name, "")).filter(|old| !old.is_empty() && old != now);
        self.archive.former.extend(old.map(|old| (format!("/{folder}/{old}/"), format!("/{folder}/{now}/"))));
    }

    fn topic_tree(&mut self, sources: &Sources) {
        for (index, source) in sources.topics.iter().enumerate() {
            let Some(parent) = &source.front.parent else { continue };
            let Some(found) = self.known.known_topic(parent) else {
                let hint = self.known.nearest_topic(parent).map_or_else(
                    || "a topic that has a file in content/topics".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                self.resolver(&source.file).error("parent", format!("unknown topic `{parent}`"), Some(hint));
                continue;
            };
            let (mut above, mut steps) = (Some(found), 0);
            while let Some(topic) = above.filter(|topic| topic.index() != index && steps <= sources.topics.len()) {
                above = self.known.topics[topic.index()].parent;
                steps += 1;
            }
            if above.is_some() {
                self.resolver(&source.file).error(
                    "parent",
                    format!("`{parent}` stands below this topic itself"),
                    Some("a tree of topics has no circles: name another parent".to_owned()),
                );
                continue;
            }
            self.known.topics[index].parent = Some(found);
            self.known.topics[found.index()].children.push(TopicId(index as u32));
        }
    }

    fn country(&mut self, source: &Source<CountryFront>) {
        let front = source.front.clone();
        let word = front.code.clone().unwrap_or_else(|| slug_of_file(&source.file).replace('-', " "));
        let Ok(id) = self.known.country(&word) else {
            let fact = format!("the record is of no known country: `{word}`");
            self.resolver(&source.file).error("code", fact, Some("say which it is: code: MX".to_owned()));
            return;
        };
        let geo = self.known.countries[id.index()].geo;
        let aliases = front.aliases.0.iter().enumerate().map(|(index, alias)| (alias, format!("aliases/{index}")));
        for (alias, path) in aliases.chain(front.name.iter().map(|name| (name, "name".to_owned()))) {
            if let Some(other) = geo::find(alias).filter(|other| *other != geo) {
                let fact = format!("`{alias}` is a name of another country, {} ({})", other.name("en"), other.alpha2());
                self.resolver(&source.file).error(
                    path,
                    fact,
                    Some("a name may stand for one country only: remove it here".to_owned()),
                );
            } else {
                self.known.add_country_alias(alias, geo);
            }
        }
        let mut resolver = self.resolver(&source.file);
        let access = resolver.word("access", front.access.as_deref(), Access::from_name, Access::NAMES);
        let standing = standing(&mut resolver, &front);
        let watch = resolver.watch(&front.watch);
        let country = &mut self.known.countries[id.index()];
        if let Some(earlier) = &country.text {
            let fact = format!("{} has a record already", country.name);
            self.findings.push(
                Diagnostic::error(Place::file(&source.file), fact)
                    .also(Place::file(&earlier.file), "the other record")
                    .hint("merge the two files"),
            );
            return;
        }
        country.set_standing(standing, access == Some(Access::Subscribers));
        country.name = front.name.unwrap_or_else(|| country.name.clone());
        country.slug = front.slug.map_or_else(|| country.slug.clone(), |text| slug(&text, "country"));
        country.capital = front.capital;
        country.watch = watch;
        country.text = Some(text_of(source));
        country.extra = front.extra;
        let slug = country.slug.clone();
        self.former("countries", &front.aliases.0, &slug);
        self.key_reports.push((id, source.file.clone(), front.key_reports.0));
    }

    /// The regions of M49 and the site's own.
    fn regions(&mut self, sources: &Sources) {
        let language = self.config.language.clone();
        let mut ids: FxHashMap<geo::Region, RegionId> = FxHashMap::default();
        for region in geo::Region::all() {
            let entry = Region {
                name: region.name(&language).to_owned(),
                slug: slug(region.name("en"), "region"),
                ..Region::default()
            };
            let id = self.known.add_region(entry, &[region.code().to_owned()], "", self.findings);
            ids.insert(region, id);
        }
        for region in geo::Region::all() {
            if let Some(parent) = region.parent() {
                self.known.regions[ids[&region].index()].parent = Some(ids[&parent]);
            }
        }
        for source in &sources.regions {
            let front = source.front.clone();
            let countries = self.resolver(&source.file).countries("countries", &front.countries);
            let name = front.name.unwrap_or_else(|| words_of(&source.file));
            let word = front.code.as_deref().unwrap_or(&name);
            if let Some(known) = geo::Region::find(word) {
                if !front.countries.0.is_empty() {
                    let fact = format!("{} is a region of UN M49, which says what its countries are", known.name("en"));
                    let hint =
                        "take `countries` out, or define a region of your own under another name, without `code`";
                    self.resolver(&source.file).error("countries", fact, Some(hint.to_owned()));
                }
                let id = ids[&known];
                let region = &mut self.known.regions[id.index()];
                region.name = name;
                region.text = Some(text_of(source));
                region.extra = front.extra;
                if let Some(own) = front.slug {
                    region.slug = slug(&own, "region");
                }
                let now = region.slug.clone();
                self.former("regions", &front.aliases.0, &now);
                self.known.add_region_aliases(id, &front.aliases.0, &source.file, self.findings);
                continue;
            }
            let region = Region {
                slug: front.slug.map_or_else(|| slug_of_file(&source.file), |text| slug(&text, "region")),
                name,
                countries,
                own: true,
                text: Some(text_of(source)),
                extra: front.extra,
                parent: None,
            };
            self.former("regions", &front.aliases.0, &region.slug);
            self.known.add_region(region, &front.aliases.0, &source.file, self.findings);
        }
    }

    fn reports(&mut self, sources: &[Source<ReportFront>]) {
        // Topics first, so that a kicker may name one that only a later report uses.
        for source in sources {
            for (index, name) in source.front.topics.0.iter().enumerate() {
                let place = || Place::value(&source.file, format!("topics/{index}"));
                self.known.topic(name, place, self.findings);
            }
        }
        let mut drafts: Vec<(&Source<ReportFront>, Draft)> = Vec::with_capacity(sources.len());
        for source in sources {
            // Topics were told above: a second finding of the same is dropped when findings are sorted.
            drafts.push((source, self.resolver(&source.file).report(source)));
        }
        self.unique_ids(&drafts);
        drafts.retain(|(source, draft)| self.is_released(source, draft));
        drafts.sort_by(|(a, x), (b, y)| (y.public.date.at, &a.file).cmp(&(x.public.date.at, &b.file)));
        self.address(&mut drafts);
        let ids: FxHashMap<String, ReportId> = drafts
            .iter()
            .enumerate()
            .filter_map(|(index, (_, draft))| draft.public.id.clone().map(|id| (id, ReportId(index as u32))))
            .collect();
        self.cross_references(&mut drafts, &ids);
        for (source, draft) in drafts {
            self.push(source, draft);
        }
        self.key_reports(&ids);
    }

    fn unique_ids(&mut self, drafts: &[(&Source<ReportFront>, Draft)]) {
        let mut seen: FxHashMap<&str, &str> = FxHashMap::default();
        for (source, draft) in drafts {
            let Some(id) = draft.public.id.as_deref() else { continue };
            if let Some(first) = seen.insert(id, &source.file) {
                self.findings.push(
                    Diagnostic::error(Place::value(&source.file, "id"), format!("two reports have the id `{id}`"))
                        .also(Place::value(first, "id"), "the other report")
                        .hint("ids are unique and never reused: give one of them another"),
                );
            }
        }
    }

    /// Whether a report is out as of the build's moment; one that is not is remembered, so that links to it are known.
    fn is_released(&mut self, source: &Source<ReportFront>, draft: &Draft) -> bool {
        let written = !matches!(draft.public.status, Status::Draft | Status::Review);
        let due = draft.public.released.at <= self.options.as_of;
        if written && !due {
            self.note_change(draft.public.released.at);
        }
        let released = (written && due) || (self.options.drafts && !written);
        if !released {
            self.archive.unreleased += 1;
            self.target(source, draft.public.id.as_deref(), Target::Unreleased);
        }
        released
    }

    fn note_change(&mut self, at: jiff::Timestamp) {
        self.archive.next_change = Some(self.archive.next_change.map_or(at, |earlier| earlier.min(at)));
    }

    fn target(&mut self, source: &Source<ReportFront>, id: Option<&str>, target: Target) {
        if let Some(id) = id {
            self.archive.targets.insert(format!("@{id}"), target.clone());
        }
        self.archive.targets.insert(source.file.clone(), target);
    }

    fn address(&mut self, drafts: &mut [(&Source<ReportFront>, Draft)]) {
        let mut seen: FxHashMap<String, &str> = FxHashMap::default();
        for (source, draft) in drafts {
            let address = self.pattern(draft);
            if let Some(first) = seen.insert(address.clone(), &source.file) {
                self.findings.push(
                    Diagnostic::error(
                        Place::value(&source.file, "slug"),
                        format!("two reports have the address {address}"),
                    )
                    .also(Place::value(first, "slug"), "the other report")
                    .hint("give one of them another `slug`, or another file name"),
                );
            }
            draft.public.address = address;
        }
    }

    fn pattern(&self, draft: &Draft) -> String {
        let public = &draft.public;
        let day = public.date.day;
        let mut address = self.config.report_address.replace("{slug}", &public.slug);
        if address.contains('{') {
            let country = public.countries.first().map_or("world", |id| self.known.countries[id.index()].slug.as_str());
            let kind = public.kind.map_or("report", |id| self.config.kinds[id.index()].key.as_str());
            address = address
                .replace("{year}", &format!("{:04}", day.year()))
                .replace("{month}", &format!("{:02}", day.month()))
                .replace("{day}", &format!("{:02}", day.day()))
                .replace("{country}", country)
                .replace("{kind}", &slug(kind, "report"))
                .replace("{id}", public.id.as_deref().unwrap_or(&public.slug));
        }
        address
    }

    fn cross_references(&mut self, drafts: &mut [(&Source<ReportFront>, Draft)], ids: &FxHashMap<String, ReportId>) {
        let mut families: FxHashMap<ReportId, Vec<ReportId>> = FxHashMap::default();
        for index in 0..drafts.len() {
            let (source, draft) = &drafts[index];
            let me = ReportId(index as u32);
            let supersedes = self.references(source, "supersedes", &draft.supersedes, ids);
            let related = self.references(source, "related", &draft.related, ids);
            let original: Vec<ReportId> = draft
                .translation_of
                .iter()
                .flat_map(|id| self.references(source, "translation_of", std::slice::from_ref(id), ids))
                .collect();
            for older in &supersedes {
                let older = &mut drafts[older.index()].1.public;
                older.superseded_by = Some(me);
                if older.status == Status::Published {
                    older.status = Status::Superseded;
                }
            }
            for original in original {
                families.entry(original).or_insert_with(|| vec![original]).push(me);
            }
            drafts[index].1.public.supersedes = supersedes;
            drafts[index].1.public.related = related;
        }
        let mut families: Vec<Vec<ReportId>> = families.into_values().collect();
        families.sort();
        for family in families {
            for member in &family {
                drafts[member.index()].1.public.translations =
                    family.iter().copied().filter(|other| other != member).collect();
            }
        }
    }

    /// Reports by their ids; one that is not released is passed over, one that is not known is an error.
    fn references(
        &mut self,
        source: &Source<ReportFront>,
        key: &str,
        names: &[String],
        ids: &FxHashMap<String, ReportId>,
    ) -> Vec<ReportId> {
        let mut found = Vec::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            match ids.get(name.as_str()) {
                Some(id) if !found.contains(id) => found.push(*id),
                Some(_) => {}
                None => self.unknown_report(&source.file, &format!("{key}/{index}"), name, ids),
            }
        }
        found
    }

    fn unknown_report(&mut self, file: &str, path: &str, name: &str, ids: &FxHashMap<String, ReportId>) {
        let place = Place::value(file, path);
        if self.archive.targets.contains_key(&format!("@{name}")) {
            self.findings.push(
                Diagnostic::warning(place, format!("the report `{name}` is not released"))
                    .hint("it is left out until it is"),
            );
            return;
        }
        let mut known: Vec<&str> = ids.keys().map(String::as_str).collect();
        known.sort_unstable();
        let hint = crate::diagnostic::nearest(name, known).map_or_else(
            || "`briefpress list --drafts` shows the ids of all reports".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        self.findings.push(Diagnostic::error(place, format!("there is no report with the id `{name}`")).hint(hint));
    }

    fn push(&mut self, source: &Source<ReportFront>, draft: Draft) {
        let free = draft.free_after.is_some_and(|day| day.at <= self.options.as_of);
        if let Some(day) = draft.free_after.filter(|_| !free) {
            self.note_change(day.at);
        }
        let open = free || draft.public.access != Access::Subscribers;
        if !open && source.body.teaser.is_none() {
            self.findings.push(
                Diagnostic::error(Place::value(&source.file, "access"), "a gated report has no teaser")
                    .hint("put a line `<!-- more -->` behind the paragraphs that everybody may read"),
            );
        }
        self.archive.aliases.extend(Alias::all(&draft.aliases, &draft.public.address, &source.file));
        self.target(source, draft.public.id.as_deref(), Target::Address(draft.public.address.clone()));
        self.archive.reports.push(Report::new(draft.public, draft.gated, open, source.file.clone(), source.body));
    }

    fn key_reports(&mut self, ids: &FxHashMap<String, ReportId>) {
        for (country, file, names) in std::mem::take(&mut self.key_reports) {
            for (index, name) in names.iter().enumerate() {
                match ids.get(name) {
                    Some(id) => self.known.countries[country.index()].key_reports.push(*id),
                    None => self.unknown_report(&file, &format!("key_reports/{index}"), name, ids),
                }
            }
        }
    }

    fn pages(&mut self, sources: &Sources) {
        for source in &sources.pages {
            let front = source.front.clone();
            let inner = source.file.strip_prefix("content/pages/").unwrap_or(&source.file);
            let inner = inner.rsplit_once('.').map_or(inner, |(stem, _)| stem);
            let inner = inner.strip_suffix("/index").unwrap_or(inner);
            let path = front.slug.unwrap_or_else(|| inner.to_owned());
            let slugs: Vec<String> =
                path.split('/').filter(|part| !part.is_empty()).map(|part| slug(part, "page")).collect();
            let address = format!("/{}/", slugs.join("/"));
            self.archive.aliases.extend(Alias::all(&front.aliases.0, &address, &source.file));
            self.archive.targets.insert(source.file.clone(), Target::Address(address.clone()));
            self.archive.pages.push(Page {
                title: front.title.unwrap_or_else(|| words_of(&source.file)),
                summary: front.summary.or_else(|| source.lead.clone()),
                address,
                lang: front.lang,
                noindex: front.noindex.unwrap_or(false),
                template: front.template,
                text: Text { file: source.file.clone(), body: source.body },
                extra: front.extra,
            });
        }
    }

    fn finish(mut self) -> Archive {
        self.archive.countries = self.known.countries;
        self.archive.regions = self.known.regions;
        self.archive.authors = self.known.authors;
        self.archive.topics = self.known.topics;
        self.archive.series = self.known.series;
        super::lists::fill(&mut self.archive);
        let related: Vec<Vec<ReportId>> = (0..self.archive.reports.len() as u32)
            .into_par_iter()
            .map(|id| related(&self.archive, ReportId(id)))
            .collect();
        for (report, related) in self.archive.reports.iter_mut().zip(related) {
            report.public.related = related;
        }
        let passing = passing(&self.archive, self.config);
        self.archive.next_change = self.archive.next_change.into_iter().chain(passing).min();
        self.archive
    }
}

/// When the next event has passed or the oldest news are no news any more.
fn passing(archive: &Archive, config: &Config) -> Option<jiff::Timestamp> {
    let events = archive.events(Edition::FULL);
    let next = events.iter().map(|event| event.date.day).find(|day| *day >= archive.as_of.day);
    let midnight = next.and_then(|day| day.tomorrow().ok()?.to_zoned(config.time_zone.clone()).ok());
    let news = archive.news().filter(|_| config.news_sitemap);
    let old = news.map(|id| archive[id].public.released.at + NEWS_LAST);
    old.chain(midnight.map(|midnight| midnight.timestamp())).min()
}

fn standing(resolver: &mut Resolver<'_>, front: &CountryFront) -> Standing {
    let view = front.view.as_ref().map(|view| View {
        text: view.text.clone().unwrap_or_default(),
        date: resolver.date("view/date", view.date.as_deref()),
        authors: resolver.authors("view/authors", &view.authors),
    });
    let outlook = front.outlook.as_ref().map(|outlook| Outlook {
        text: outlook.text.clone().unwrap_or_default(),
        date: resolver.date("outlook/date", outlook.date.as_deref()),
        direction: resolver.word(
            "outlook/direction",
            outlook.direction.as_deref(),
            Direction::from_name,
            Direction::NAMES,
        ),
    });
    let fact = |fact: &crate::source::front::FactFront| Fact {
        label: fact.label.clone().unwrap_or_default(),
        value: fact.value.clone().unwrap_or_default(),
        as_of: fact.as_of.clone(),
        source: fact.source.clone(),
    };
    Standing { view, outlook, facts: front.facts.iter().map(fact).collect() }
}

/// A name made of a file's: `first-author.md` to `First Author`.
fn words_of(file: &str) -> String {
    let slug = slug_of_file(file);
    let words = slug.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
    });
    words.collect::<Vec<_>>().join(" ")
}
