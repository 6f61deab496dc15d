//! A language: the words of the interface in it, and its rules for dates, numbers, lists and order.
//!
//! Words are Project Fluent messages (Fluent Syntax 1.0); the rules are those of the Unicode CLDR, by ICU4X.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

mod dates;
mod lists;
mod messages;
mod numbers;
#[cfg(test)]
mod tests;

use dates::Dates;
use lists::Lists;
pub use messages::{Fault, Words, faults};
use numbers::Numbers;

/// Where the words of a language stand among the templates of a layer: `locales/es.ftl`.
pub const FOLDER: &str = "locales/";

/// A language that a page can be in.
pub struct Locale {
    /// The BCP 47 tag of the words: that of the page if there are words in its language.
    pub tag: String,
    bundle: FluentBundle<FluentResource>,
    /// The words that are the same wherever they stand.
    pub words: BTreeMap<String, String>,
    /// The patterns of dates, with marks for their parts.
    dates: Dates,
    numbers: Numbers,
    lists: Lists,
    collator: CollatorBorrowed<'static>,
    /// Tells letters apart, and nothing else.
    letters: CollatorBorrowed<'static>,
}

/// What a message is told.
#[derive(Debug, Clone)]
pub enum Argument {
    /// A number, by which a plural may be chosen.
    Number(u64),
    /// A text.
    Text(String),
}

impl Locale {
    /// The language of a tag with its words, those of higher layers last. Rules come from the tag even if the words are
    /// another language's. `None` if the tag is none (BCP 47).
    pub fn new(tag: &str, words: &[&str]) -> Option<Locale> {
        let rules = rules_of(tag)?;
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().ok()?]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(numbers::in_messages));
        for source in words {
            bundle.add_resource_overriding(messages::resource(source));
        }
        let mut primary_only = CollatorOptions::default();
        primary_only.strength = Some(Strength::Primary);
        let mut locale = Locale {
            tag: tag.to_owned(),
            bundle,
            words: BTreeMap::new(),
            dates: Dates::new(&rules)?,
            numbers: Numbers::new(&rules)?,
            lists: Lists::new(&rules)?,
            collator: Collator::try_new((&rules).into(), CollatorOptions::default()).ok()?,
            letters: Collator::try_new((&rules).into(), primary_only).ok()?,
        };
        let keys: Vec<String> = words.iter().flat_map(|source| messages::plain_keys(source)).collect();
        locale.words = keys.into_iter().map(|key| (key.clone(), locale.say(&key, &[]))).collect();
        let patterns = Dates::ARGUMENTS.map(|name| (name, Argument::Text(Dates::mark(name))));
        locale.dates.house = locale.say("house_date", &patterns);
        locale.dates.month_of_year = locale.say("month_of_year", &patterns);
        Some(locale)
    }

    /// A message that says the same wherever it stands; its key if there is none.
    pub fn word<'k>(&'k self, key: &'k str) -> &'k str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// A message with what it is told; its key if there is none.
    pub fn say(&self, key: &str, arguments: &[(&str, Argument)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let value = |argument: &Argument| match argument {
            Argument::Number(n) => FluentValue::from(*n as f64),
            Argument::Text(text) => FluentValue::from(text.clone()),
        };
        let arguments: FluentArgs<'_> =
            arguments.iter().map(|(name, argument)| ((*name).to_owned(), value(argument))).collect();
        // What cannot be resolved stands in the result as it is written; files are checked when they are read.
        self.bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }

    /// Whether there is a message of this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A message about how many there are: `3 reports`.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.say(key, &[("n", Argument::Number(n as u64))])
    }

    /// A message with texts.
    pub fn told(&self, key: &str, texts: &[(&str, &str)]) -> String {
        let texts: Vec<(&str, Argument)> =
            texts.iter().map(|(name, text)| (*name, Argument::Text((*text).to_owned()))).collect();
        self.say(key, &texts)
    }

    /// The house form of a date, for bylines and rows: `08 Sep 2025`.
    pub fn house_date(&self, day: Date) -> String {
        self.dates.house_date(day, &self.numbers)
    }

    /// The long form of a date: `8 September 2025`.
    pub fn long_date(&self, day: Date) -> String {
        self.dates.long_date(day)
    }

    /// A month's name, from 1.
    pub fn month(&self, month: i8) -> &str {
        self.dates.month(month)
    }

    /// A month's name cut short, from 1.
    pub fn short_month(&self, month: i8) -> &str {
        self.dates.short_month(month)
    }

    /// A month of a year: `September 2025`.
    pub fn month_of_year(&self, year: i16, month: i8) -> String {
        self.dates.of_year(year, month, &self.numbers)
    }

    /// A number with its thousands set apart.
    pub fn number(&self, n: u64) -> String {
        self.numbers.grouped(n)
    }

    /// A number in the language's digits, such as a year.
    pub fn digits(&self, n: u64) -> String {
        self.numbers.plain(n)
    }

    /// What stands before each item of a list: nothing, `, ` and ` and `. The words count: Spanish says `e Italia`.
    pub fn between(&self, items: &[&str]) -> Vec<String> {
        self.lists.between(items)
    }

    /// The letter under which a name stands in an index: without accents, unless the language counts them as another
    /// letter (Spanish ñ).
    pub fn letter(&self, name: &str) -> String {
        let Some(first) = name.chars().find(|c| c.is_alphanumeric()) else { return "#".to_owned() };
        let own = first.to_uppercase().to_string();
        let bare: String = first.to_string().nfd().take(1).flat_map(char::to_uppercase).collect();
        if self.letters.compare(&own, &bare) == Ordering::Equal { bare } else { own }
    }

    /// How two names follow each other.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b)
    }
}

impl std::fmt::Debug for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Locale").field("tag", &self.tag).finish_non_exhaustive()
    }
}

/// The locale whose rules a tag asks for. English without a country is the international one (CLDR `en-001`): the day
/// before the month, and no comma before `and`.
fn rules_of(tag: &str) -> Option<icu_locale_core::Locale> {
    (if tag == "en" { "en-001" } else { tag }).parse().ok()
}

/// The language of a tag: `pt` of `pt-BR`.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// The writing direction of a language, by its BCP 47 tag.
pub fn direction(tag: &str) -> &'static str {
    let rtl = ["ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "ku"];
    if rtl.contains(&primary(tag)) { "rtl" } else { "ltr" }
}

/// A language in its own words, for links to translations; its tag if it is not one of the known ones.
pub fn language_name(tag: &str) -> String {
    let name = match primary(tag) {
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
        _ => tag,
    };
    name.to_owned()
}

/// Words by language, from all layers.
#[derive(Debug, Default)]
pub struct Locales {
    /// Sources by file stem (`es`, `pt-BR`), those of higher layers last.
    sources: FxHashMap<String, Vec<String>>,
}

impl Locales {
    /// Takes the words of a layer, which go before all that were taken before.
    pub fn take(&mut self, stem: &str, source: &str) {
        self.sources.entry(stem.to_lowercase()).or_default().push(source.to_owned());
    }

    /// Whether there are words in a language.
    pub fn speak(&self, tag: &str) -> bool {
        self.sources.contains_key(&tag.to_lowercase()) || self.sources.contains_key(primary(tag))
    }

    /// A language as pages use it. Words that it lacks are English, so that no page shows a key.
    pub fn locale(&self, tag: &str) -> Option<Locale> {
        let tag_key = tag.to_lowercase();
        let mut stems = vec!["en", primary(tag), tag_key.as_str()];
        stems.dedup();
        let words: Vec<&str> =
            stems.iter().filter_map(|stem| self.sources.get(*stem)).flatten().map(String::as_str).collect();
        Locale::new(tag, &words)
    }

    /// The English messages of all layers: what templates may ask for.
    pub fn messages(&self) -> Vec<Words> {
        let mut all: Vec<Words> = Vec::new();
        for words in self.sources.get("en").into_iter().flatten().flat_map(|source| Words::of(source)) {
            match all.iter_mut().find(|known| known.key == words.key) {
                Some(known) => *known = words,
                None => all.push(words),
            }
        }
        all
    }

    /// Keys of English words that a language lacks, in the order of their names.
    pub fn missing(&self, tag: &str) -> Vec<String> {
        let keys = |stem: &str| -> Vec<String> {
            self.sources.get(stem).into_iter().flatten().flat_map(|source| messages::keys(source)).collect()
        };
        let tag_key = tag.to_lowercase();
        let have: Vec<String> = [primary(tag), tag_key.as_str()].into_iter().flat_map(keys).collect();
        let mut missing: Vec<String> = keys("en").into_iter().filter(|key| !have.contains(key)).collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }
}
