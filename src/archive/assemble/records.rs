//! Records and plain pages: what their files say, resolved.

use rustc_hash::FxHashMap;

use super::super::record::{Author, Direction, Fact, Outlook, Page, Region, Series, Standing, Text, Topic, View};
use super::super::resolve::{Resolver, slug_of_file};
use super::super::{Alias, AuthorId, RegionId, Target, TopicId};
use super::Assembly;
use crate::config::Access;
use crate::diagnostic::{Diagnostic, Place};
use crate::geo;
use crate::source::front::{CountryFront, FactFront};
use crate::source::{Source, Sources};
use crate::text::slug;

impl Assembly<'_> {
    /// The records of all folders.
    pub(super) fn records(&mut self, sources: &Sources) {
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
        let holders = front.view.as_ref().map(|view| self.naming(&source.file).authors("view/authors", &view.authors));
        let mut resolver = self.resolver(&source.file);
        let access = resolver.word("access", front.access.as_deref(), Access::from_name, Access::NAMES);
        let standing = standing(&mut resolver, &front, holders.unwrap_or_default());
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
            let countries = self.naming(&source.file).countries("countries", &front.countries);
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

    /// Plain pages.
    pub(super) fn pages(&mut self, sources: &Sources) {
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
}

fn text_of<T>(source: &Source<T>) -> Text {
    Text { file: source.file.clone(), body: source.body }
}

fn standing(resolver: &mut Resolver<'_>, front: &CountryFront, holders: Vec<AuthorId>) -> Standing {
    let view = front.view.as_ref().map(|view| View {
        text: view.text.clone().unwrap_or_default(),
        date: resolver.date("view/date", view.date.as_deref()),
        authors: holders,
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
    let fact = |fact: &FactFront| Fact {
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
