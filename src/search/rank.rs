//! Answers: which reports, in which order. The reader's module (`search.js`) does the same, step by step.

use std::collections::{BTreeMap, BTreeSet};

use super::query::{Query, Word, parse};
use super::reader::{Index, Words};
use super::score::{RECORD_LEVEL, rarity, saturated, weights};
use super::tables::Record;
use super::words::{forms, without_article};

/// What a form counts that is not the word itself but has its stem, begins with it, or is written nearly like it with one or
/// two slips.
const OF_STEM: f64 = 0.8;
const BEGUN: f64 = 0.5;
const SLIPS: [f64; 3] = [1.0, 0.4, 0.2];
/// A word that the archive does not have may lose so many letters at its end, and keeps so many; what the forms count then.
const MOST_CUT: usize = 3;
const SHORTEST: usize = 4;
const SHORTER: f64 = 0.4;
/// How many forms are taken that begin with a word or are nearly it, and how many files of the vocabulary are looked through.
const MOST_FORMS: usize = 8;
const FILES_BEGUN: usize = 3;
const FILES_NEAR: usize = 6;
/// From so many reports on, words in more than half of them are passed by if there are so many others.
const COMMON_FROM: usize = 500;
const ENOUGH: usize = 3;
/// The words of the longest name that is looked for.
const LONGEST_NAME: usize = 6;
/// Facets that no records make.
const OTHER_FACETS: [&str; 2] = ["year", "access"];

/// How results are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The best first; the newest first if only operators are given.
    #[default]
    Relevance,
    /// The newest first.
    Date,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Answer {
    /// Numbers of reports, in order, each report once in one of its languages.
    pub reports: Vec<u32>,
    /// By facet: how many of them each record has.
    pub counts: BTreeMap<&'static str, BTreeMap<u32, usize>>,
    /// Words in the query, and how many of them each report holds.
    pub words: (usize, usize),
    /// Operators that name nothing: facet and value.
    pub unknown: Vec<(String, String)>,
}

/// Reports that hold a word.
struct Match {
    /// What the word weighs in each report.
    weights: Vec<f64>,
    /// How many hold its most frequent form.
    most: usize,
}

struct Search<'i> {
    index: &'i Index,
    levels: [f64; 32],
    scores: Vec<f64>,
    /// Which words of the query each report holds, one bit each.
    held: Vec<u64>,
}

/// Asks an index.
pub fn search(index: &Index, text: &str, order: Order) -> Answer {
    let query = with_ids(index, parse(text));
    let all = index.reports;
    let mut search = Search { index, levels: weights(), scores: vec![0.0; all], held: vec![0; all] };
    let mut allowed = vec![true; all];
    search.words(&query);
    search.phrases(&query, &mut allowed);
    for form in &query.without {
        search.exclude(form, &mut allowed);
    }
    let mut answer = Answer { unknown: query.odd.clone(), ..Answer::default() };
    search.dates(&query, &mut allowed);
    search.filters(&query, &mut allowed, &mut answer);
    search.finish(&query, &allowed, order, answer)
}

/// Forms of one id are one word if the archive has it.
fn with_ids(index: &Index, mut query: Query) -> Query {
    let mut words: Vec<Word> = Vec::new();
    for word in std::mem::take(&mut query.words) {
        let id = word.joined.clone().filter(|id| index.parts.iter().any(|part| part.number(id).is_some()));
        match id {
            Some(id) if words.last().is_some_and(|last| last.form == id) => {}
            Some(id) => words.push(Word { form: id, joined: None, ..word }),
            None => words.push(word),
        }
    }
    query.words = words;
    query
}

impl Search<'_> {
    /// Counts words and the records that they name.
    fn words(&mut self, query: &Query) {
        let found: Vec<Match> = query.words.iter().map(|word| self.found(word)).collect();
        let common = |found: &Match| self.index.reports >= COMMON_FROM && found.most * 2 > self.index.reports;
        let few = found.iter().filter(|found| !common(found)).count() < ENOUGH;
        let taken: Vec<bool> = found.iter().map(|found| few || !common(found)).collect();
        let mut bits = vec![0_u64; found.len()];
        (0..found.len()).filter(|index| taken[*index]).for_each(|index| bits[index] = 1 << index);
        for (index, found) in found.iter().enumerate().filter(|(index, _)| taken[*index]) {
            self.count(&found.weights, bits[index]);
        }
        self.records(query, &bits);
    }

    fn count(&mut self, weights: &[f64], bit: u64) {
        let reports = weights.iter().filter(|weight| **weight > 0.0).count();
        let rarity = rarity(reports as f64, self.index.reports as f64);
        for (report, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
            self.scores[report] += rarity * saturated(*weight);
            self.held[report] |= bit;
        }
    }

    /// What a word weighs in each report, by all forms that stand for it.
    fn found(&self, word: &Word) -> Match {
        let mut weights = vec![0.0; self.index.reports];
        let mut most = 0;
        for (part, taken) in self.index.parts.iter().zip(self.forms(word)) {
            for (form, factor) in taken {
                most = most.max(part.counts[form as usize] as usize);
                part.each_posting(form, |report, level| {
                    weights[report as usize] += factor * self.levels[level as usize];
                });
            }
        }
        Match { weights, most }
    }

    /// The forms of each part that stand for a word, and what they count.
    fn forms(&self, word: &Word) -> Vec<Vec<(u32, f64)>> {
        let parts = &self.index.parts;
        let of_stem = |form: &str| -> Vec<Vec<(u32, f64)>> {
            parts.iter().map(|part| part.number(form).map(|own| of_stem(part, own)).unwrap_or_default()).collect()
        };
        let mut taken = of_stem(&word.form);
        if taken.iter().all(Vec::is_empty) {
            taken = of_stem(without_article(&word.form));
        }
        let known = taken.iter().any(|forms| !forms.is_empty());
        let letters = word.form.chars().count();
        if letters >= 2 && (word.open || !known) || letters == 1 && !known {
            for (part, taken) in parts.iter().zip(&mut taken) {
                let begun = begun(part, &word.form, taken, usize::MAX);
                taken.extend(begun.into_iter().map(|form| (form, BEGUN)));
            }
        }
        if taken.iter().all(Vec::is_empty) {
            taken = parts.iter().map(|part| near(part, &word.form)).collect();
            self.add_shorter(&word.form, &mut taken);
        }
        taken
    }

    /// Forms that begin with all of a word but its end: those of its stem, as far as can be told of a word that the archive
    /// does not have.
    fn add_shorter(&self, word: &str, taken: &mut [Vec<(u32, f64)>]) {
        let letters: Vec<char> = word.chars().collect();
        for cut in (1..=MOST_CUT).filter(|cut| letters.len() >= SHORTEST + cut) {
            let begin: String = letters[..letters.len() - cut].iter().collect();
            let each = self.index.parts.iter().zip(taken.iter());
            let found: Vec<Vec<u32>> =
                each.map(|(part, known)| begun(part, &begin, known, letters.len() + 2)).collect();
            if found.iter().any(|forms| !forms.is_empty()) {
                let both = taken.iter_mut().zip(found);
                return both.for_each(|(taken, found)| taken.extend(found.into_iter().map(|form| (form, SHORTER))));
            }
        }
    }

    /// Records whose names stand in the query: their reports hold the words of the name.
    fn records(&mut self, query: &Query, bits: &[u64]) {
        let words = &query.words;
        let mut at = 0;
        while at < words.len() {
            let longest = LONGEST_NAME.min(words.len() - at);
            let named = (1..=longest).rev().find_map(|length| {
                let found = self.index.named(&words[at..at + length]);
                (!found.is_empty()).then_some((length, found))
            });
            let Some((length, records)) = named else {
                at += 1;
                continue;
            };
            let bit = bits[at..at + length].iter().fold(0, |all, bit| all | bit);
            let mut weights = vec![0.0; self.index.reports];
            for (facet, record) in records {
                for (report, weight) in weights.iter_mut().enumerate() {
                    if self.index.belongs(report, facet, record) {
                        *weight = self.levels[RECORD_LEVEL as usize];
                    }
                }
            }
            self.count(&weights, bit);
            at += length;
        }
    }

    fn phrases(&mut self, query: &Query, allowed: &mut [bool]) {
        for (words, not) in &query.phrases {
            let holds = self.index.phrase(words);
            allowed.iter_mut().zip(&holds).for_each(|(allowed, holds)| *allowed &= holds != not);
            if *not {
                continue;
            }
            for form in words {
                let mut weights = vec![0.0; self.index.reports];
                for part in &self.index.parts {
                    if let Some(own) = part.number(form) {
                        part.each_posting(own, |report, level| {
                            weights[report as usize] += self.levels[level as usize];
                        });
                    }
                }
                // Every report that is left holds it: it counts, but it is not asked for again.
                self.count(&weights, 0);
            }
        }
    }

    fn exclude(&self, form: &str, allowed: &mut [bool]) {
        for part in &self.index.parts {
            for (form, _) in part.number(form).map(|own| of_stem(part, own)).unwrap_or_default() {
                part.each_posting(form, |report, _| allowed[report as usize] = false);
            }
        }
    }

    fn dates(&self, query: &Query, allowed: &mut [bool]) {
        let (after, before) = (query.after, query.before);
        for (allowed, day) in allowed.iter_mut().zip(&self.index.days) {
            *allowed &= after.is_none_or(|after| *day >= after) && before.is_none_or(|before| *day < before);
        }
    }

    /// Values of one facet are alternatives; all facets must fit.
    fn filters(&self, query: &Query, allowed: &mut [bool], answer: &mut Answer) {
        let mut wanted: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (facet, value, not) in &query.filters {
            let found = self.index.value(facet, value);
            if found.is_none() {
                answer.unknown.push((facet.clone(), value.clone()));
            }
            if *not {
                let Some(found) = found else { continue };
                let belongs = |report| self.index.belongs(report, facet, found);
                allowed.iter_mut().enumerate().for_each(|(report, allowed)| *allowed &= !belongs(report));
            } else {
                wanted.entry(facet).or_default().extend(found);
            }
        }
        for (facet, values) in wanted {
            let belongs = |report: usize| values.iter().any(|value| self.index.belongs(report, facet, *value));
            allowed.iter_mut().enumerate().for_each(|(report, allowed)| *allowed &= belongs(report));
        }
    }

    fn finish(self, query: &Query, allowed: &[bool], order: Order, mut answer: Answer) -> Answer {
        let asked = !query.words.is_empty() || !query.phrases.is_empty();
        let words = |report: usize| self.held[report].count_ones() as usize;
        let most = (0..allowed.len()).filter(|report| allowed[*report]).map(words).max().unwrap_or(0);
        let fits = |report: &usize| allowed[*report] && words(*report) == most && (query.words.is_empty() || most > 0);
        let mut reports: Vec<u32> = (0..allowed.len()).filter(fits).map(|report| report as u32).collect();
        if !asked || order == Order::Date {
            reports.reverse();
        } else {
            let score = |report: u32| self.scores[report as usize];
            reports.sort_unstable_by(|a, b| score(*b).total_cmp(&score(*a)).then(b.cmp(a)));
        }
        let reports = self.index.once(reports);
        answer.words = (query.words.len(), most);
        for facet in super::FACETS.iter().map(|(facet, _)| *facet).chain(OTHER_FACETS) {
            let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
            for report in &reports {
                self.index
                    .all_values(*report as usize, facet)
                    .into_iter()
                    .for_each(|value| *counts.entry(value).or_default() += 1);
            }
            answer.counts.insert(facet, counts);
        }
        answer.reports = reports;
        answer
    }
}

/// A form and those of its stems.
fn of_stem(part: &Words, own: u32) -> Vec<(u32, f64)> {
    std::iter::once((own, 1.0)).chain(part.mates[own as usize].iter().map(|mate| (*mate, OF_STEM))).collect()
}

/// Files of the vocabulary from one on, as a range of forms.
fn files(part: &Words, from: usize, count: usize) -> std::ops::Range<u32> {
    let start = part.starts.get(from).copied().unwrap_or(part.forms.len() as u32);
    start..part.starts.get(from + count).copied().unwrap_or(part.forms.len() as u32)
}

/// The file in which a form stands, if it is there.
fn file_of(part: &Words, form: &str) -> usize {
    part.starts.partition_point(|start| part.forms[*start as usize].as_str() <= form).saturating_sub(1)
}

/// The most frequent forms that begin with a word and have no more than so many letters.
fn begun(part: &Words, word: &str, known: &[(u32, f64)], most: usize) -> Vec<u32> {
    let range = files(part, file_of(part, word), FILES_BEGUN);
    let fits = |form: &u32| {
        let text = &part.forms[*form as usize];
        text.starts_with(word) && text.chars().count() <= most && !known.iter().any(|(own, _)| own == form)
    };
    let mut found: Vec<u32> = range.filter(fits).collect();
    found.sort_by_key(|form| (std::cmp::Reverse(part.counts[*form as usize]), *form));
    found.truncate(MOST_FORMS);
    found
}

/// Forms that are nearly a word: one slip from four letters on, two from eight on. The first letter must be right, unless
/// the vocabulary is small.
fn near(part: &Words, word: &str) -> Vec<(u32, f64)> {
    let letters: Vec<char> = word.chars().collect();
    let slips = match letters.len() {
        0..4 => return Vec::new(),
        4..8 => 1,
        _ => 2,
    };
    let range = if part.starts.len() <= FILES_NEAR {
        0..part.forms.len() as u32
    } else {
        files(part, file_of(part, word).saturating_sub(FILES_NEAR / 2), FILES_NEAR)
    };
    let mut found: Vec<(usize, std::cmp::Reverse<u32>, u32)> = Vec::new();
    for form in range {
        let other: Vec<char> = part.forms[form as usize].chars().collect();
        let small = part.starts.len() <= FILES_NEAR;
        if !small && other.first() != letters.first() {
            continue;
        }
        if let Some(count) = distance(&letters, &other, slips) {
            found.push((count, std::cmp::Reverse(part.counts[form as usize]), form));
        }
    }
    found.sort_unstable();
    found.truncate(MOST_FORMS);
    found.into_iter().map(|(count, _, form)| (form, SLIPS[count])).collect()
}

/// Slips between two words, letters left out, put in, changed or swapped with the next, if there are no more than so many.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        if row.iter().all(|count| *count > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|count| *count <= most)
}

impl Index {
    /// Each report once, in the place of the best of its languages: as itself if it is among them, or else as a translation.
    fn once(&self, reports: Vec<u32>) -> Vec<u32> {
        let among: BTreeSet<u32> = reports.iter().copied().collect();
        let mut seen = BTreeSet::new();
        let originals = reports.into_iter().map(|report| (report, self.originals[report as usize]));
        let first = originals.filter(|(_, original)| seen.insert(*original));
        first.map(|(report, original)| if among.contains(&original) { original } else { report }).collect()
    }

    /// Records whose name or spelling some words of a query are.
    fn named(&self, words: &[Word]) -> Vec<(&'static str, u32)> {
        let text = words.iter().map(|word| word.form.as_str()).collect::<Vec<_>>().join(" ");
        let mut found = Vec::new();
        for facet in ["country", "region", "topic", "author", "series"] {
            for (number, record) in self.names[facet].iter().enumerate() {
                let code = words.len() == 1 && record.codes.contains(&words[0].typed);
                if code || is_named(record, &text) {
                    found.push((facet, number as u32));
                }
            }
        }
        found
    }

    /// The record, year or access that an operator's value stands for.
    fn value(&self, facet: &str, value: &str) -> Option<u32> {
        match facet {
            "year" => value.parse().ok(),
            "access" => crate::config::Access::from_name(&value.to_lowercase()).map(|access| access as u32),
            _ => {
                let text = forms(value).join(" ");
                let code = value.to_uppercase();
                let fits =
                    |record: &Record| record.slug == value || record.codes.contains(&code) || is_named(record, &text);
                self.names.get(facet)?.iter().position(fits).map(|index| index as u32)
            }
        }
    }

    /// Every record of a facet that a report belongs to, by itself or by way of others.
    fn all_values(&self, report: usize, facet: &str) -> BTreeSet<u32> {
        let own = |facet: &str| self.columns[facet][report].iter().copied();
        match facet {
            "year" => [year(self.days[report]) as u32].into(),
            "access" => [u32::from(self.access[report])].into(),
            "region" => {
                let of_countries = own("country").flat_map(|country| &self.names["country"][country as usize].under);
                own("region").chain(of_countries.copied()).collect()
            }
            "topic" => {
                let mut all: BTreeSet<u32> = own("topic").collect();
                let mut above: Vec<u32> = all.iter().copied().collect();
                while let Some(topic) = above.pop() {
                    above.extend(self.names["topic"][topic as usize].under.iter().filter(|under| all.insert(**under)));
                }
                all
            }
            _ => own(facet).collect(),
        }
    }

    fn belongs(&self, report: usize, facet: &str, value: u32) -> bool {
        self.all_values(report, facet).contains(&value)
    }

    /// The reports that hold words one behind the other. Words in more than half of many reports are any word, so that their
    /// positions need not be read; not so the rarest.
    fn phrase(&self, words: &[String]) -> Vec<bool> {
        let mut holds = vec![false; self.reports];
        for part in &self.parts {
            let numbers: Option<Vec<u32>> = words.iter().map(|form| part.number(form)).collect();
            let Some(numbers) = numbers else { continue };
            let count = |index: usize| part.counts[numbers[index] as usize] as usize;
            let rarest = (0..numbers.len()).min_by_key(|index| count(*index)).unwrap_or(0);
            let common = |index: usize| self.reports >= COMMON_FROM && count(index) * 2 > self.reports;
            let asked: Vec<usize> = (0..numbers.len()).filter(|index| *index == rarest || !common(*index)).collect();
            let mut starts: Option<BTreeSet<(u32, u32)>> = None;
            for index in asked {
                let places = part.positions(numbers[index]).into_iter().flat_map(|(report, positions)| {
                    positions.into_iter().filter_map(move |at| Some((report, at.checked_sub(index as u32)?)))
                });
                starts = Some(match starts {
                    None => places.collect(),
                    Some(starts) => places.filter(|place| starts.contains(place)).collect(),
                });
            }
            starts.into_iter().flatten().for_each(|(report, _)| holds[report as usize] = true);
        }
        holds
    }
}

fn is_named(record: &Record, text: &str) -> bool {
    !text.is_empty() && (forms(&record.name).join(" ") == text || record.spellings.iter().any(|known| known == text))
}

fn year(day: i32) -> i16 {
    let first = jiff::civil::date(1970, 1, 1);
    first.checked_add(jiff::Span::new().days(day)).unwrap_or(first).year()
}
