//! Segments put together: the words of all reports, form by form, with the groups of forms that share a stem.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::bytes::put;
use super::segment::{Found, Segment, put_posting};
use super::words::{forms, stemmer};

/// A form with everything that is known of it.
#[derive(Debug)]
pub struct Form {
    /// The folded word.
    pub text: Box<str>,
    /// How many reports hold it.
    pub reports: u32,
    /// Where it stands: report by report, with its level.
    pub postings: Vec<u8>,
    /// Where in them.
    pub positions: Vec<u8>,
    /// The groups that it belongs to: forms of one stem, by number.
    pub groups: Vec<u32>,
}

/// The words of a part of the index.
#[derive(Debug, Default)]
pub struct Merged {
    /// Forms in the order of their bytes.
    pub forms: Vec<Form>,
    /// The forms of each group: two or more.
    pub groups: Vec<Vec<u32>>,
}

type Piece = (Box<str>, Found, Vec<(u8, Box<str>)>);

/// Puts segments together; `langs` are the languages by number.
pub fn merge(segments: Vec<Segment>, langs: &[String]) -> Merged {
    let mut pieces: Vec<(usize, Piece)> = Vec::new();
    for (order, segment) in segments.into_iter().enumerate() {
        pieces.extend(segment.into_forms().into_iter().map(|piece| (order, piece)));
    }
    pieces.sort_unstable_by(|(x, a), (y, b)| a.0.cmp(&b.0).then(x.cmp(y)));
    let mut forms = Vec::new();
    let mut stems: Vec<Vec<u64>> = Vec::new();
    let mut pieces = pieces.into_iter().map(|(_, piece)| piece).peekable();
    let stemmers: Vec<_> = langs.iter().map(|lang| stemmer(lang)).collect();
    while let Some((text, found, mut words)) = pieces.next() {
        let mut langs = found.langs;
        let mut form = started(text, found);
        let mut last = form.1;
        while let Some((_, next, more)) = pieces.next_if(|piece| piece.0 == form.0.text) {
            langs |= next.langs;
            words.extend(more);
            put_posting(next.first.0 - last - 1, next.first.1, &mut form.0.postings);
            form.0.postings.extend(next.postings);
            form.0.positions.extend(next.positions);
            form.0.reports += next.reports;
            last = next.last;
        }
        stems.push(stems_of(&form.0.text, langs, &words, &stemmers));
        forms.push(form.0);
    }
    let groups = grouped(&mut forms, &stems);
    Merged { forms, groups }
}

fn started(text: Box<str>, found: Found) -> (Form, u32) {
    let mut postings = Vec::with_capacity(found.postings.len() + 3);
    put_posting(found.first.0, found.first.1, &mut postings);
    postings.extend(found.postings);
    let form = Form { text, reports: found.reports, postings, positions: found.positions, groups: Vec::new() };
    (form, found.last)
}

type Stemmers = [Option<snowball_stemmers_rs::Stemmer>];

/// The stems of a form in all languages in which it occurs, as hashes.
fn stems_of(form: &str, langs: u64, words: &[(u8, Box<str>)], stemmers: &Stemmers) -> Vec<u64> {
    if form.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let plain = (0..stemmers.len()).filter(|lang| langs >> lang & 1 != 0).map(|lang| (lang, form));
    let written = words.iter().map(|(lang, word)| (usize::from(*lang), word.as_ref()));
    // A word that is cut into several forms has no stem that any of them would share.
    let written = written.filter(|(_, word)| forms(word).len() == 1);
    let stem = |(lang, word): (usize, &str)| {
        let stem = stemmers[lang].as_ref()?.stem(word);
        let folded = forms(&stem).concat();
        (!folded.is_empty()).then(|| xxh3_64(format!("{lang} {folded}").as_bytes()))
    };
    let mut stems: Vec<u64> = plain.chain(written).filter_map(stem).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// Numbers the stems that two forms or more share, in the order of their first forms.
fn grouped(forms: &mut [Form], stems: &[Vec<u64>]) -> Vec<Vec<u32>> {
    let mut members: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (index, stems) in stems.iter().enumerate() {
        stems.iter().for_each(|stem| members.entry(*stem).or_default().push(index as u32));
    }
    let mut groups: Vec<Vec<u32>> = members.into_values().filter(|group| group.len() > 1).collect();
    groups.par_sort_unstable();
    groups.dedup();
    for (number, group) in groups.iter().enumerate() {
        group.iter().for_each(|index| forms[*index as usize].groups.push(number as u32));
    }
    groups
}

/// The number of a posting list's bytes and the bytes, list by list: what a file of postings or positions holds.
pub fn lists<'f>(lists: impl ExactSizeIterator<Item = &'f [u8]> + Clone) -> Vec<u8> {
    let mut out = Vec::new();
    put(lists.len() as u32, &mut out);
    lists.clone().for_each(|list| put(list.len() as u32, &mut out));
    lists.for_each(|list| out.extend_from_slice(list));
    out
}
