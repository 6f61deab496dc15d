//! A part of the index cut into files: the vocabulary by its forms, and their postings and positions.
//!
//! Files are cut where the content says so: behind a form whose hash falls below a bound that grows with the form's size. So
//! the same forms are cut in the same places whatever stands before them, and an edit changes few files.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::bytes::{put, put_text};
use super::files::Files;
use super::merge::{Form, Merged, lists};
use crate::sealed::ObjectKey;

/// Kinds of files: the letter in their envelope and the folder that they are in.
pub mod kind {
    /// Forms, how often they occur, and which belong together.
    pub const VOCABULARY: u8 = b'v';
    /// Which reports hold a form.
    pub const POSTINGS: u8 = b'p';
    /// Where in them.
    pub const POSITIONS: u8 = b'q';
    /// Rows of results.
    pub const ROWS: u8 = b'r';
    /// Names, dates and facets.
    pub const TABLE: u8 = b't';
}

/// Bytes before compression at which a file is cut: from, and at most.
const VOCABULARY: (usize, usize) = (4 << 10, 10 << 10);
const POSTINGS: (usize, usize) = (12 << 10, 22 << 10);
// Only phrases ask for them.
const POSITIONS: (usize, usize) = (320 << 10, 640 << 10);

/// A part of the index in the table of contents: what one audience may read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Part {
    /// Who it is for: `public`, or the name of what is gated.
    pub name: String,
    /// The vocabulary: first form, its number, file.
    pub vocabulary: Vec<(String, u32, String)>,
    /// Postings: number of the first form, file.
    pub postings: Vec<(u32, String)>,
    /// Positions: number of the first form, file.
    pub positions: Vec<(u32, String)>,
}

/// Cuts a part into files; they are sealed if there is a key.
pub fn cut(name: &str, key: Option<&ObjectKey>, merged: &Merged, files: &mut Files) -> Part {
    let forms = &merged.forms;
    let mut part = Part { name: name.to_owned(), ..Part::default() };
    let ranges = ranges(forms, VOCABULARY, |form| form.text.len() + 3);
    for range in ranges {
        let file = files.add(key, kind::VOCABULARY, &vocabulary(merged, range.clone()));
        part.vocabulary.push((forms[range.start].text.to_string(), range.start as u32, file));
    }
    for range in self::ranges(forms, POSTINGS, |form| form.postings.len() + 1) {
        let content = lists(forms[range.clone()].iter().map(|form| form.postings.as_slice()));
        part.postings.push((range.start as u32, files.add(key, kind::POSTINGS, &content)));
    }
    for range in self::ranges(forms, POSITIONS, |form| form.positions.len() + 1) {
        let content = lists(forms[range.clone()].iter().map(|form| form.positions.as_slice()));
        part.positions.push((range.start as u32, files.add(key, kind::POSITIONS, &content)));
    }
    part
}

fn ranges(forms: &[Form], (least, most): (usize, usize), size: impl Fn(&Form) -> usize) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, form) in forms.iter().enumerate() {
        let own = size(form);
        if bytes + own > most && index > start {
            ranges.push(start..index);
            (start, bytes) = (index, 0);
        }
        bytes += own;
        let chosen = xxh3_64(form.text.as_bytes()) % ((most - least) as u64 / 2) < own as u64;
        if bytes >= least && chosen {
            ranges.push(start..index + 1);
            (start, bytes) = (index + 1, 0);
        }
    }
    if start < forms.len() {
        ranges.push(start..forms.len());
    }
    ranges
}

/// Forms in order, each behind what it shares with the one before: how many reports hold it, and its groups as they are
/// numbered in this file. Behind them, for groups that reach into other files, the forms that stand there.
fn vocabulary(merged: &Merged, range: std::ops::Range<usize>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut local: FxHashMap<u32, u32> = FxHashMap::default();
    let mut groups: Vec<u32> = Vec::new();
    put(range.len() as u32, &mut out);
    let mut before: &[u8] = &[];
    for form in &merged.forms[range.clone()] {
        let text = form.text.as_bytes();
        let shared = before.iter().zip(text).take_while(|(a, b)| a == b).count();
        put(shared as u32, &mut out);
        put_text(&text[shared..], &mut out);
        put(form.reports, &mut out);
        put(form.groups.len() as u32, &mut out);
        for group in &form.groups {
            let number = *local.entry(*group).or_insert_with(|| {
                groups.push(*group);
                groups.len() as u32 - 1
            });
            put(number, &mut out);
        }
        before = text;
    }
    for (number, group) in groups.iter().enumerate() {
        let elsewhere: Vec<u32> =
            merged.groups[*group as usize].iter().copied().filter(|form| !range.contains(&(*form as usize))).collect();
        if !elsewhere.is_empty() {
            put(number as u32, &mut out);
            put(elsewhere.len() as u32, &mut out);
            elsewhere.iter().for_each(|form| put_text(merged.forms[*form as usize].text.as_bytes(), &mut out));
        }
    }
    out
}
