//! The index, read back from its files: for the command line, for tests, and for the leak check.

use std::collections::BTreeMap;

use super::bytes::{Bytes, unwrap};
use super::score::LEVEL_BITS;
use super::shards::{Part, kind};
use super::tables::{FACETS, Names};
use super::{CONTENTS, Contents, files};
use crate::output::Output;

/// A file of the index that is missing, damaged or of another version: its path.
#[derive(Debug, PartialEq, Eq)]
pub struct Damaged(pub String);

/// An index as values.
#[derive(Debug)]
pub struct Index {
    /// How many reports there are.
    pub reports: usize,
    /// The records of each facet.
    pub names: Names,
    /// The day of each report since 1 January 1970.
    pub days: Vec<i32>,
    /// The access of each report.
    pub access: Vec<u8>,
    /// The report that each is a translation of; itself if of none.
    pub originals: Vec<u32>,
    /// By facet: the records that each report names.
    pub columns: BTreeMap<&'static str, Vec<Vec<u32>>>,
    /// What may be searched.
    pub parts: Vec<Words>,
}

/// The words of a part.
#[derive(Debug)]
pub struct Words {
    /// Its name.
    pub name: String,
    /// The forms, in order.
    pub forms: Vec<String>,
    /// How many reports hold each.
    pub counts: Vec<u32>,
    /// The other forms of each one's stems.
    pub mates: Vec<Vec<u32>>,
    /// The numbers of the forms with which files of the vocabulary begin.
    pub starts: Vec<u32>,
    postings: Vec<Vec<u8>>,
    positions: Vec<Vec<u8>>,
}

impl Index {
    /// Reads an index from outputs; others among them are passed by.
    pub fn read(outputs: &[Output]) -> Result<Index, Damaged> {
        let by_path: BTreeMap<&str, &[u8]> = outputs.iter().map(|o| (o.path.as_str(), o.bytes.as_slice())).collect();
        let load = |kind: u8, name: &str| {
            let path = files::path(kind, name);
            by_path.get(path.as_str()).and_then(|bytes| unwrap(kind, bytes)).ok_or(Damaged(path))
        };
        let contents: Contents = by_path
            .get(CONTENTS)
            .and_then(|bytes| serde_json::from_slice(bytes).ok())
            .filter(|contents: &Contents| contents.format == super::bytes::FORMAT)
            .ok_or_else(|| Damaged(CONTENTS.to_owned()))?;
        let table = |name: &str| load(kind::TABLE, contents.tables.get(name).map_or("", String::as_str));
        let reports = contents.reports as usize;
        let names = serde_json::from_slice(&table("names")?).map_err(|_| Damaged("names".to_owned()))?;
        let mut columns = BTreeMap::new();
        for (facet, _) in FACETS {
            columns.insert(facet, column(&table(facet)?, reports));
        }
        let (days, access, originals) = reports_table(&table("reports")?, reports);
        let parts = contents.parts.iter().map(|part| words(part, &load)).collect::<Result<_, _>>()?;
        Ok(Index { reports, names, days, access, originals, columns, parts })
    }

    /// The words of each report in order, folded, part by part: what the index tells of its text to somebody who reads all
    /// of it.
    pub fn told_texts(&self) -> Vec<String> {
        self.parts.iter().flat_map(|part| part.told_texts(self.reports)).collect()
    }
}

fn column(content: &[u8], reports: usize) -> Vec<Vec<u32>> {
    let mut bytes = Bytes { rest: content };
    let counts: Vec<u32> = (0..reports).map(|_| bytes.number()).collect();
    counts.iter().map(|count| (0..*count).map(|_| bytes.number()).collect()).collect()
}

fn reports_table(content: &[u8], reports: usize) -> (Vec<i32>, Vec<u8>, Vec<u32>) {
    let mut bytes = Bytes { rest: content };
    bytes.number();
    let mut day = 0;
    let days = (0..reports)
        .map(|_| {
            day += bytes.signed();
            day
        })
        .collect();
    let access = bytes.take(reports).to_vec();
    let mut originals: Vec<u32> = (0..reports as u32).collect();
    while !bytes.rest.is_empty() {
        let translation = bytes.number() as usize;
        let original = bytes.number();
        if let Some(place) = originals.get_mut(translation) {
            *place = original;
        }
    }
    (days, access, originals)
}

type Load<'l> = &'l dyn Fn(u8, &str) -> Result<Vec<u8>, Damaged>;

fn words(part: &Part, load: Load<'_>) -> Result<Words, Damaged> {
    let mut read = Words {
        name: part.name.clone(),
        forms: Vec::new(),
        counts: Vec::new(),
        mates: Vec::new(),
        starts: part.vocabulary.iter().map(|(_, start, _)| *start).collect(),
        postings: Vec::new(),
        positions: Vec::new(),
    };
    let mut elsewhere: Vec<(Vec<u32>, Vec<String>)> = Vec::new();
    for (.., name) in &part.vocabulary {
        read.vocabulary(&load(kind::VOCABULARY, name)?, &mut elsewhere);
    }
    for (members, forms) in elsewhere {
        let found: Vec<u32> = forms.iter().filter_map(|form| read.number(form)).collect();
        members.iter().for_each(|member| read.mates[*member as usize].extend(&found));
    }
    for (index, mates) in read.mates.iter_mut().enumerate() {
        mates.retain(|mate| *mate as usize != index);
        mates.sort_unstable();
        mates.dedup();
    }
    for (_, name) in &part.postings {
        read.postings.extend(split(&load(kind::POSTINGS, name)?));
    }
    for (_, name) in &part.positions {
        read.positions.extend(split(&load(kind::POSITIONS, name)?));
    }
    Ok(read)
}

fn split(content: &[u8]) -> Vec<Vec<u8>> {
    let mut bytes = Bytes { rest: content };
    let count = bytes.number() as usize;
    let lengths: Vec<usize> = (0..count.min(content.len())).map(|_| bytes.number() as usize).collect();
    lengths.into_iter().map(|length| bytes.take(length).to_vec()).collect()
}

impl Words {
    /// Reads a file of the vocabulary; groups with forms in other files are left for later.
    fn vocabulary(&mut self, content: &[u8], elsewhere: &mut Vec<(Vec<u32>, Vec<String>)>) {
        let mut bytes = Bytes { rest: content };
        let count = (bytes.number() as usize).min(content.len());
        let mut text: Vec<u8> = Vec::new();
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for _ in 0..count {
            let shared = bytes.number() as usize;
            text.truncate(shared);
            let length = bytes.number() as usize;
            text.extend_from_slice(bytes.take(length));
            self.counts.push(bytes.number());
            let own = self.forms.len() as u32;
            for _ in 0..bytes.number().min(64) {
                let group = bytes.number() as usize;
                groups.resize_with(groups.len().max(group.min(count) + 1), Vec::new);
                groups[group.min(count)].push(own);
            }
            self.forms.push(String::from_utf8_lossy(&text).into_owned());
        }
        self.mates.resize_with(self.forms.len(), Vec::new);
        for group in &groups {
            group.iter().for_each(|member| self.mates[*member as usize].extend(group));
        }
        while !bytes.rest.is_empty() {
            let group = bytes.number() as usize;
            let forms = (0..bytes.number()).map(|_| {
                let length = bytes.number() as usize;
                String::from_utf8_lossy(bytes.take(length)).into_owned()
            });
            let forms: Vec<String> = forms.collect();
            elsewhere.push((groups.get(group).cloned().unwrap_or_default(), forms));
        }
    }

    /// The number of a form.
    pub fn number(&self, form: &str) -> Option<u32> {
        self.forms.binary_search_by(|known| known.as_str().cmp(form)).ok().map(|index| index as u32)
    }

    /// Calls `f` with each report that holds a form, and the form's level there.
    pub fn each_posting(&self, form: u32, mut f: impl FnMut(u32, u32)) {
        let mut bytes = Bytes { rest: &self.postings[form as usize] };
        let mut next = 0;
        while !bytes.rest.is_empty() {
            let posting = bytes.number();
            next += posting >> LEVEL_BITS;
            f(next, posting & ((1 << LEVEL_BITS) - 1));
            next += 1;
        }
    }

    /// The positions of a form in each report that holds it.
    pub fn positions(&self, form: u32) -> Vec<(u32, Vec<u32>)> {
        let mut bytes = Bytes { rest: &self.positions[form as usize] };
        let mut all = Vec::new();
        self.each_posting(form, |report, _| {
            let mut at = 0;
            let mut positions = Vec::new();
            loop {
                let step = bytes.number();
                at += step >> 1;
                positions.push(at);
                if step & 1 == 0 {
                    break;
                }
            }
            all.push((report, positions));
        });
        all
    }

    fn told_texts(&self, reports: usize) -> Vec<String> {
        let mut words: Vec<Vec<(u32, u32)>> = vec![Vec::new(); reports];
        for form in 0..self.forms.len() as u32 {
            for (report, positions) in self.positions(form) {
                if let Some(list) = words.get_mut(report as usize) {
                    list.extend(positions.iter().map(|at| (*at, form)));
                }
            }
        }
        words.into_iter().map(|list| self.told(list)).collect()
    }

    /// Forms by their positions as a text.
    fn told(&self, mut list: Vec<(u32, u32)>) -> String {
        list.sort_unstable();
        let mut text = String::new();
        // Where a number is left out, another text begins.
        for same in list.chunk_by(|a, b| b.0 == a.0 + 1) {
            let forms: Vec<&str> = same.iter().map(|(_, form)| self.forms[*form as usize].as_str()).collect();
            text.push_str(&told(&forms));
            text.push_str("\n\n");
        }
        text
    }
}

/// Forms in a row as a text.
pub fn told<S: AsRef<str>>(forms: &[S]) -> String {
    let mut text = String::new();
    for (index, form) in forms.iter().enumerate() {
        let form = form.as_ref();
        let next = forms.get(index + 1).map(AsRef::as_ref);
        match second_letter(form) {
            // Pairs of letters overlap: the second letter is the first of the next pair.
            Some(letter) if next.is_some_and(|next| next.starts_with(letter)) => {
                text.push_str(&form[..form.len() - letter.len_utf8()]);
            }
            _ => {
                text.push_str(form);
                text.push(' ');
            }
        }
    }
    text
}

/// The second letter of a pair of letters without spaces.
fn second_letter(form: &str) -> Option<char> {
    let mut letters = form.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(first), Some(second), None) if super::words::is_unspaced(first) => Some(second),
        _ => None,
    }
}
