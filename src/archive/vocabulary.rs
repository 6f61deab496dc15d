//! The names that an archive knows: countries, authors, topics, series and regions, by all their spellings.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::record::{Author, Country, Region, Series, Topic};
use super::{AuthorId, CountryId, RegionId, SeriesId, TopicId};
use crate::diagnostic::{Diagnostic, Findings, Place, nearest};
use crate::geo;
use crate::text::slug;

/// Spellings of one sort of record. Spellings are compared without case, accents and punctuation.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    exact: FxHashMap<String, u32>,
    folded: FxHashMap<String, u32>,
}

impl Spellings {
    /// Adds a spelling; gives the owner if it is another's already.
    pub fn add(&mut self, spelling: &str, id: u32) -> Result<(), u32> {
        let owner = *self.folded.entry(geo::fold(spelling)).or_insert(id);
        if owner != id {
            return Err(owner);
        }
        self.exact.insert(spelling.to_owned(), id);
        Ok(())
    }

    /// Whose spelling it is.
    pub fn find(&mut self, spelling: &str) -> Option<u32> {
        if let Some(id) = self.exact.get(spelling) {
            return Some(*id);
        }
        let id = self.known(spelling)?;
        self.exact.insert(spelling.to_owned(), id);
        Some(id)
    }

    /// The same without remembering how it is spelt.
    pub fn known(&self, spelling: &str) -> Option<u32> {
        self.exact.get(spelling).or_else(|| self.folded.get(&geo::fold(spelling))).copied()
    }

    /// The known spelling nearest to a text.
    pub fn nearest(&self, text: &str) -> Option<&str> {
        let mut known: Vec<&str> = self.exact.keys().map(String::as_str).collect();
        known.sort_unstable();
        nearest(text, known)
    }
}

/// All names of an archive.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Countries in the order in which they were first named.
    pub countries: Vec<Country>,
    country_ids: FxHashMap<geo::Country, CountryId>,
    country_words: FxHashMap<String, Option<geo::Country>>,
    country_aliases: FxHashMap<String, geo::Country>,
    /// Authors, records first.
    pub authors: Vec<Author>,
    author_words: Spellings,
    author_records: usize,
    /// Topics, records first.
    pub topics: Vec<Topic>,
    topic_words: Spellings,
    topic_records: usize,
    /// Series, records first.
    pub series: Vec<Series>,
    series_words: Spellings,
    series_records: usize,
    /// Regions.
    pub regions: Vec<Region>,
    region_words: Spellings,
    closed: bool,
    language: String,
}

/// What to do about several names in one text.
pub fn several(names: &str) -> String {
    format!("several names are a list: [{}]", names.replace(';', ","))
}

/// A name that is not known, and what may have been meant.
pub struct Unknown(pub Option<String>);

impl Vocabulary {
    /// Nothing known yet. `closed` says that authors and topics must have a record.
    pub fn new(language: &str, closed: bool) -> Vocabulary {
        Vocabulary { language: language.to_owned(), closed, ..Vocabulary::default() }
    }

    /// The country of a code or name; it is added to the archive when it is first named.
    pub fn country(&mut self, word: &str) -> Result<CountryId, Unknown> {
        let found = match self.country_words.get(word) {
            Some(found) => *found,
            None => {
                let found = self.country_aliases.get(&geo::fold(word)).copied().or_else(|| geo::find(word));
                self.country_words.insert(word.to_owned(), found);
                found
            }
        };
        let geo = found.ok_or_else(|| Unknown(suggest_country(word)))?;
        Ok(self.country_of(geo))
    }

    /// The archive's entry of a country of the world.
    pub fn country_of(&mut self, geo: geo::Country) -> CountryId {
        let next = CountryId(self.countries.len() as u32);
        let language = &self.language;
        let countries = &mut self.countries;
        *self.country_ids.entry(geo).or_insert_with(|| {
            countries.push(Country::named(geo, geo.name(language).to_owned(), slug(geo.name("en"), geo.alpha2())));
            next
        })
    }

    /// A spelling of a country that this site uses.
    pub fn add_country_alias(&mut self, alias: &str, country: geo::Country) {
        self.country_aliases.insert(geo::fold(alias), country);
    }

    /// Adds an author's record with its spellings.
    pub fn add_author(&mut self, author: Author, aliases: &[String], file: &str, findings: &mut Findings) -> AuthorId {
        let id = self.authors.len() as u32;
        spell(&mut self.author_words, id, &author.name, &author.slug, aliases, file, findings);
        self.authors.push(author);
        self.author_records = self.authors.len();
        AuthorId(id)
    }

    /// The author of a name; without a record they get a page all the same, unless the vocabulary is closed.
    pub fn author(&mut self, name: &str, place: impl FnOnce() -> Place, findings: &mut Findings) -> Option<AuthorId> {
        if let Some(id) = self.author_words.find(name) {
            return Some(AuthorId(id));
        }
        let near = self.author_words.nearest(name).map(str::to_owned);
        if !self.may_add("author", name, near, self.author_records > 0, place, findings) {
            return None;
        }
        let id = self.authors.len() as u32;
        let slug =
            self.free_slug(name, "author", |known| known.authors.iter().map(|author| author.slug.as_str()).collect());
        let _ = self.author_words.add(name, id);
        self.authors.push(Author { name: name.to_owned(), slug, ..Author::default() });
        Some(AuthorId(id))
    }

    /// Adds a topic's record with its spellings.
    pub fn add_topic(&mut self, topic: Topic, aliases: &[String], file: &str, findings: &mut Findings) -> TopicId {
        let id = self.topics.len() as u32;
        spell(&mut self.topic_words, id, &topic.name, &topic.slug, aliases, file, findings);
        self.topics.push(topic);
        self.topic_records = self.topics.len();
        TopicId(id)
    }

    /// The topic of a name, added if need be as authors are.
    pub fn topic(&mut self, name: &str, place: impl FnOnce() -> Place, findings: &mut Findings) -> Option<TopicId> {
        if let Some(id) = self.topic_words.find(name) {
            return Some(TopicId(id));
        }
        let near = self.topic_words.nearest(name).map(str::to_owned);
        if !self.may_add("topic", name, near, self.topic_records > 0, place, findings) {
            return None;
        }
        let id = self.topics.len() as u32;
        let slug =
            self.free_slug(name, "topic", |known| known.topics.iter().map(|topic| topic.slug.as_str()).collect());
        let _ = self.topic_words.add(name, id);
        self.topics.push(Topic { name: name.to_owned(), slug, ..Topic::default() });
        Some(TopicId(id))
    }

    /// A topic that is known already.
    pub fn known_topic(&self, name: &str) -> Option<TopicId> {
        self.topic_words.known(name).map(TopicId)
    }

    /// The topics and nothing else: all that a report that names its records needs to be resolved.
    pub fn topics_alone(&self) -> Vocabulary {
        Vocabulary { topics: self.topics.clone(), topic_words: self.topic_words.clone(), ..Vocabulary::default() }
    }

    /// A digest of the topics and their spellings.
    pub fn topics_digest(&self) -> u64 {
        let mut words: Vec<(&str, u32)> =
            self.topic_words.folded.iter().map(|(word, id)| (word.as_str(), *id)).collect();
        words.sort_unstable();
        let names = self.topics.iter().map(|topic| (topic.name.as_str(), u32::MAX));
        let told = words.into_iter().chain(names).map(|(word, id)| format!("{word}\0{id}\n"));
        xxh3_64(told.collect::<String>().as_bytes())
    }

    /// The known topic nearest to a name.
    pub fn nearest_topic(&self, name: &str) -> Option<&str> {
        self.topic_words.nearest(name)
    }

    /// Adds a series' record.
    pub fn add_series(&mut self, series: Series, aliases: &[String], file: &str, findings: &mut Findings) -> SeriesId {
        let id = self.series.len() as u32;
        spell(&mut self.series_words, id, &series.name, &series.slug, aliases, file, findings);
        self.series.push(series);
        self.series_records = self.series.len();
        SeriesId(id)
    }

    /// A series that is known already.
    pub fn known_series(&self, name: &str) -> Option<SeriesId> {
        self.series_words.known(name).map(SeriesId)
    }

    /// The series of a name, added if need be as authors are.
    pub fn one_series(
        &mut self,
        name: &str,
        place: impl FnOnce() -> Place,
        findings: &mut Findings,
    ) -> Option<SeriesId> {
        if let Some(id) = self.series_words.find(name) {
            return Some(SeriesId(id));
        }
        let near = self.series_words.nearest(name).map(str::to_owned);
        if !self.may_add("series", name, near, self.series_records > 0, place, findings) {
            return None;
        }
        let id = self.series.len() as u32;
        let slug =
            self.free_slug(name, "series", |known| known.series.iter().map(|series| series.slug.as_str()).collect());
        let _ = self.series_words.add(name, id);
        self.series.push(Series { name: name.to_owned(), slug, ..Series::default() });
        Some(SeriesId(id))
    }

    /// Adds a region with its spellings.
    pub fn add_region(&mut self, region: Region, aliases: &[String], file: &str, findings: &mut Findings) -> RegionId {
        let id = self.regions.len() as u32;
        spell(&mut self.region_words, id, &region.name, &region.slug, aliases, file, findings);
        self.regions.push(region);
        RegionId(id)
    }

    /// Lets a region of M49 be found by the names of its record as well.
    pub fn add_region_aliases(&mut self, id: RegionId, aliases: &[String], file: &str, findings: &mut Findings) {
        let Region { name, slug, .. } = &self.regions[id.index()];
        spell(&mut self.region_words, id.0, name, slug, aliases, file, findings);
    }

    /// The region of a name or M49 code.
    pub fn region(&mut self, name: &str) -> Result<RegionId, Unknown> {
        let found = self.region_words.find(name).or_else(|| {
            let geo = geo::Region::find(name)?;
            self.region_words.find(geo.code())
        });
        found.map(RegionId).ok_or_else(|| Unknown(self.region_words.nearest(name).map(str::to_owned)))
    }

    /// Whether a name that no record has may be added, with what is to be said of it.
    fn may_add(
        &self,
        sort: &str,
        name: &str,
        near: Option<String>,
        records: bool,
        place: impl FnOnce() -> Place,
        findings: &mut Findings,
    ) -> bool {
        if name.trim().is_empty() {
            findings.push(
                Diagnostic::error(place(), format!("the name of this {sort} is empty"))
                    .hint("remove it, or write the name"),
            );
            return false;
        }
        if name.contains(", ") || name.contains("; ") {
            let fact = format!("the {sort} `{name}` is taken for one name");
            findings.push(Diagnostic::warning(place(), fact).hint(several(name)));
            return true;
        }
        let hint = near.as_ref().map(|near| format!("did you mean `{near}`?"));
        if self.closed {
            let fact = format!("`{name}` has no {sort} record, and the vocabulary is closed");
            findings.push(
                Diagnostic::error(place(), fact)
                    .maybe_hint(hint.or_else(|| Some("add a record, or use one that is there".to_owned()))),
            );
            return false;
        }
        if let (Some(near), true) = (near, records) {
            let fact = format!("the {sort} `{name}` is nearly `{near}`");
            findings.push(
                Diagnostic::warning(place(), fact)
                    .hint(format!("write `{near}` if that is meant; add a record or an alias if not")),
            );
        }
        true
    }

    fn free_slug<'a>(&'a self, name: &str, fallback: &str, taken: impl Fn(&'a Vocabulary) -> Vec<&'a str>) -> String {
        let wanted = slug(name, fallback);
        let taken = taken(self);
        if !taken.contains(&wanted.as_str()) {
            return wanted;
        }
        (2..).map(|number| format!("{wanted}-{number}")).find(|slug| !taken.contains(&slug.as_str())).unwrap_or(wanted)
    }
}

fn spell(
    words: &mut Spellings,
    id: u32,
    name: &str,
    slug: &str,
    aliases: &[String],
    file: &str,
    findings: &mut Findings,
) {
    let own = [(name, "name".to_owned()), (slug, "slug".to_owned())];
    let others = aliases.iter().enumerate().map(|(index, alias)| (alias.as_str(), format!("aliases/{index}")));
    for (word, key) in own.into_iter().chain(others) {
        if words.add(word, id).is_err() {
            let fact = format!("`{word}` is already a name of another record");
            findings.push(
                Diagnostic::error(Place::value(file, key), fact).hint("give one of them another name, alias or slug"),
            );
        }
    }
}

fn suggest_country(word: &str) -> Option<String> {
    let near = geo::suggest(word, 2);
    let names: Vec<String> = near.iter().map(|(country, name)| format!("{name} ({})", country.alpha2())).collect();
    (!names.is_empty()).then(|| format!("did you mean {}?", names.join(" or ")))
}
