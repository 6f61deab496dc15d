//! The words of some reports in a row: postings and positions by form.

use rustc_hash::{FxHashMap, FxHashSet};

use super::bytes::put;
use super::score::level;
use super::texts::{Field, Texts};
use super::words::each_word;

/// Between two texts of a report so many numbers are left out, so that no phrase crosses from one to the other.
const GAP: u32 = 8;

/// What some reports in a row hold of a form.
#[derive(Debug)]
pub struct Found {
    /// The first report that holds it, and its level there.
    pub first: (u32, u32),
    /// The last report that holds it.
    pub last: u32,
    /// How many do.
    pub reports: u32,
    /// The postings behind the first, as they stand in a file.
    pub postings: Vec<u8>,
    /// The positions in all of them.
    pub positions: Vec<u8>,
    /// The languages in which it is written as it is folded, one bit each.
    pub langs: u64,
}

/// The words of some reports in a row.
#[derive(Debug, Default)]
pub struct Segment {
    numbers: FxHashMap<Box<str>, u32>,
    found: Vec<Found>,
    /// Words that are written otherwise than they are folded: the form, the language, the word.
    spellings: FxHashSet<(u32, u8, Box<str>)>,
    hits: Vec<(u32, u32, Field)>,
}

/// A form of a word, where it occurs, and the spellings that differ from it: language and word.
pub type Form = (Box<str>, Found, Vec<(u8, Box<str>)>);

impl Segment {
    /// Adds a report; its number is higher than those before. `lang` is the number of its language, below 64.
    pub fn add(&mut self, report: u32, lang: u8, texts: &Texts) {
        let mut hits = std::mem::take(&mut self.hits);
        let mut lengths = [0_u32; Field::ALL.len()];
        let mut at = 0;
        for (field, text) in texts {
            each_word(text, |form, word| {
                let number = self.number(form);
                self.spell(number, lang, form, word);
                hits.push((number, at, *field));
                lengths[*field as usize] += 1;
                at += 1;
            });
            at += GAP;
        }
        hits.sort_unstable();
        let norms = Field::ALL.map(|field| norm(field, lengths[field as usize]));
        for same in hits.chunk_by(|a, b| a.0 == b.0) {
            let weight: f64 = same.iter().map(|(.., field)| norms[*field as usize]).sum();
            self.found[same[0].0 as usize].add(report, level(weight), same.iter().map(|(_, at, _)| *at));
        }
        hits.clear();
        self.hits = hits;
    }

    fn number(&mut self, form: &str) -> u32 {
        if let Some(number) = self.numbers.get(form) {
            return *number;
        }
        let number = self.found.len() as u32;
        self.numbers.insert(form.into(), number);
        let nothing =
            Found { first: (0, 0), last: 0, reports: 0, postings: Vec::new(), positions: Vec::new(), langs: 0 };
        self.found.push(nothing);
        number
    }

    fn spell(&mut self, number: u32, lang: u8, form: &str, word: &str) {
        if word.is_ascii() && word.len() == form.len() {
            self.found[number as usize].langs |= 1 << lang;
        } else {
            let entry = (number, lang, word.to_lowercase().into_boxed_str());
            self.spellings.insert(entry);
        }
    }

    /// The forms with what was found, and the spellings that differ from them: language and word.
    pub fn into_forms(self) -> Vec<Form> {
        let mut spellings: Vec<Vec<(u8, Box<str>)>> = vec![Vec::new(); self.found.len()];
        let mut all: Vec<_> = self.spellings.into_iter().collect();
        all.sort_unstable();
        all.into_iter().for_each(|(number, lang, word)| spellings[number as usize].push((lang, word)));
        let mut names: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        names.sort_unstable_by_key(|(_, number)| *number);
        let both = names.into_iter().zip(self.found).zip(spellings);
        let mut forms: Vec<_> = both.map(|(((form, _), found), words)| (form, found, words)).collect();
        forms.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        forms
    }
}

/// What one word in a field of some length weighs.
fn norm(field: Field, length: u32) -> f64 {
    let (weight, usual, b) = field.measure();
    weight / (1.0 - b + b * f64::from(length) / usual)
}

impl Found {
    fn add(&mut self, report: u32, level: u32, positions: impl Iterator<Item = u32>) {
        if self.reports == 0 {
            self.first = (report, level);
        } else {
            put_posting(report - self.last - 1, level, &mut self.postings);
        }
        self.last = report;
        self.reports += 1;
        let mut before = None;
        for at in positions {
            // Whether another follows is known one later.
            if let Some(step) = before.replace((at, at - before.map_or(0, |(last, _)| last))) {
                put(step.1 << 1 | 1, &mut self.positions);
            }
        }
        if let Some((_, step)) = before {
            put(step << 1, &mut self.positions);
        }
    }
}

/// A posting: how many reports lie between it and the one before, and its level.
pub fn put_posting(between: u32, level: u32, out: &mut Vec<u8>) {
    put(between << super::score::LEVEL_BITS | level, out);
}
