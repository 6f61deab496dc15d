//! Search: an index that a browser asks file by file, and the same questions asked here.
//!
//! The index is made from the archive, not from pages. Its files are described in the guide on search
//! (`docs/content/pages/searching.md`): a table of contents, and files named after their content for the vocabulary, postings,
//! positions, rows of results, names and facets. What everybody may read and what is gated are parts of their own, with
//! nothing in common but the numbers of reports.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::archive::{Archive, Edition, PublicReport, ReportId};
use crate::diagnostic::Diagnostic;
use crate::output::Output;
use crate::plan::{Scope, scopes};
use crate::source::{Source, Sources};

mod bytes;
mod files;
mod merge;
pub mod query;
pub mod rank;
pub mod reader;
mod score;
mod segment;
mod shards;
mod tables;
mod texts;
mod words;

use files::Files;
pub use files::{CONTENTS, Seal, in_clear, is_mine};
use merge::merge;
use segment::Segment;
use shards::{Part, kind};
use tables::{FACETS, Records};
use texts::Texts;

/// The name of the part that everybody may read, and of that which is for subscribers.
const PUBLIC: &str = "public";
const GATED: &str = "gated";
/// Reports whose words are counted together.
const TOGETHER: usize = 256;

/// What an index is made of.
pub struct Site<'a> {
    /// What was read.
    pub sources: &'a Sources,
    /// The reports.
    pub archive: &'a Archive,
    /// Who reads it. The full edition has the gated texts as a part of their own.
    pub edition: Edition,
    /// The row of a report as lists show it, seen from the page of the search.
    pub row: &'a (dyn Fn(ReportId) -> String + Sync),
    /// What is done with files before they are published.
    pub seal: Seal<'a>,
    aliases: BTreeMap<Scope, Vec<String>>,
}

/// The table of contents: `search/index.json`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Contents {
    /// The version of the format.
    pub format: u8,
    /// How many reports there are. They are numbered from 0, the oldest first.
    pub reports: u32,
    /// Tables by name: `names`, `reports`, and one for each facet.
    pub tables: BTreeMap<String, String>,
    /// Files of rows, and how many rows each holds.
    pub rows: Rows,
    /// What may be searched, each for its readers.
    pub parts: Vec<Part>,
}

/// Files of rows.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Rows {
    /// Rows in a file.
    pub each: u32,
    /// The files.
    pub files: Vec<String>,
}

/// An id as one word: `MX-1994-003` is `mx1994003`.
fn joined(id: &str) -> String {
    words::forms(id).concat()
}

/// A text as the index tells it, if the leak check would read other words in it.
pub fn told(text: &str) -> Option<String> {
    words::is_respelt(text).then(|| reader::told(&words::forms(text)))
}

/// How many rows a file holds: few, since a reader sees ten at a time, but not so few that there are too many files.
fn rows_in_a_file(reports: usize) -> usize {
    reports.div_ceil(320).max(16)
}

impl<'a> Site<'a> {
    /// The index of an edition; files are published as `seal` leaves them.
    pub fn new(
        sources: &'a Sources,
        archive: &'a Archive,
        edition: Edition,
        row: &'a (dyn Fn(ReportId) -> String + Sync),
        seal: Seal<'a>,
    ) -> Site<'a> {
        Site { sources, archive, edition, row, seal, aliases: aliases(sources, archive) }
    }

    /// All files of the index. Bodies that cannot be read are told.
    pub fn outputs(&self) -> (Vec<Output>, Vec<Diagnostic>) {
        let order: Vec<ReportId> = (0..self.archive.reports.len() as u32).rev().map(ReportId).collect();
        let mut files = Files::new(self.seal);
        let mut problems = Vec::new();
        let mut contents = Contents {
            format: bytes::FORMAT,
            reports: order.len() as u32,
            tables: self.tables(&order, &mut files),
            rows: self.rows(&order, &mut files),
            parts: Vec::new(),
        };
        let langs = self.langs();
        let (public, gated) = self.segments(&order, &langs, &mut problems);
        contents.parts.push(shards::cut(PUBLIC, &merge(public, &langs), &mut files));
        let gated = merge(gated, &langs);
        if !gated.forms.is_empty() {
            contents.parts.push(shards::cut(GATED, &gated, &mut files));
        }
        let mut outputs = files.into_outputs();
        let json = serde_json::to_string(&contents).unwrap_or_default();
        outputs.push(Output::text(CONTENTS, json, "search index"));
        (outputs, problems)
    }

    fn tables(&self, order: &[ReportId], files: &mut Files<'_>) -> BTreeMap<String, String> {
        let records = Records::of(self);
        let reports: Vec<&PublicReport> = order.iter().map(|id| &*self.archive[*id].public).collect();
        let names = serde_json::to_vec(&records.names(self)).unwrap_or_default();
        let mut add = |name: &str, content: &[u8]| (name.to_owned(), files.add(PUBLIC, kind::TABLE, content));
        let mut tables = BTreeMap::from([add("names", &names), add("reports", &tables::reports_table(self, order))]);
        tables.extend(FACETS.map(|(facet, _)| add(facet, &records.column(facet, &reports))));
        tables
    }

    /// Rows as JSON arrays of HTML; addresses in them are relative to the page of search.
    fn rows(&self, order: &[ReportId], files: &mut Files<'_>) -> Rows {
        let each = rows_in_a_file(order.len());
        let row = |id: &ReportId| (self.row)(*id);
        let chunks: Vec<Vec<u8>> = order
            .par_chunks(each)
            .map(|chunk| serde_json::to_vec(&chunk.iter().map(row).collect::<Vec<_>>()).unwrap_or_default())
            .collect();
        Rows { each: each as u32, files: chunks.iter().map(|chunk| files.add(PUBLIC, kind::ROWS, chunk)).collect() }
    }

    /// The languages of the reports; the site's is the first. There is room for 64.
    fn langs(&self) -> Vec<String> {
        let mut langs = vec![self.sources.config.language.clone()];
        for lang in self.archive.reports.iter().filter_map(|report| report.public.lang.as_ref()) {
            if !langs.contains(lang) && langs.len() < 64 {
                langs.push(lang.clone());
            }
        }
        langs[1..].sort_unstable();
        langs
    }

    fn segments(
        &self,
        order: &[ReportId],
        langs: &[String],
        problems: &mut Vec<Diagnostic>,
    ) -> (Vec<Segment>, Vec<Segment>) {
        let made: Vec<(Segment, Segment, Vec<Diagnostic>)> = order
            .par_chunks(TOGETHER)
            .enumerate()
            .map(|(chunk, ids)| self.segment(chunk * TOGETHER, ids, langs))
            .collect();
        let (mut public, mut gated) = (Vec::new(), Vec::new());
        for (one, other, told) in made {
            public.push(one);
            gated.push(other);
            problems.extend(told);
        }
        (public, gated)
    }

    fn segment(&self, first: usize, ids: &[ReportId], langs: &[String]) -> (Segment, Segment, Vec<Diagnostic>) {
        let (mut public, mut gated, mut problems) = (Segment::default(), Segment::default(), Vec::new());
        for (number, id) in (first as u32..).zip(ids) {
            let lang = self.archive[*id].public.lang.as_ref();
            let lang = lang.and_then(|lang| langs.iter().position(|known| known == lang)).unwrap_or(0) as u8;
            match texts::of_report(self, *id) {
                Ok((open, closed)) => {
                    let add = |texts: &Texts, segment: &mut Segment| segment.add(number, lang, texts);
                    add(&open, &mut public);
                    if !closed.is_empty() {
                        add(&closed, &mut gated);
                    }
                }
                Err(problem) => problems.push(problem),
            }
        }
        (public, gated, problems)
    }
}

/// Other spellings of records, as their files give them.
fn aliases(sources: &Sources, archive: &Archive) -> BTreeMap<Scope, Vec<String>> {
    fn given<'s, T: 's>(
        sources: impl IntoIterator<Item = &'s Arc<Source<T>>>,
        of: impl Fn(&'s T) -> &'s [String],
    ) -> Vec<(&'s str, Vec<String>)> {
        sources.into_iter().map(|source| (source.file.as_str(), of(&source.front).to_vec())).collect()
    }
    let mut all = given(&sources.countries, |front| &front.aliases.0);
    all.extend(given(&sources.regions, |front| &front.aliases.0));
    all.extend(given(&sources.authors, |front| &front.aliases.0));
    all.extend(given(&sources.topics, |front| &front.aliases.0));
    all.extend(given(&sources.series, |front| &front.aliases.0));
    let by_file: BTreeMap<&str, Vec<String>> = all.into_iter().filter(|(_, names)| !names.is_empty()).collect();
    let of = |scope: Scope| Some((scope, by_file.get(scope.file(archive)?)?.clone()));
    scopes(archive).filter_map(of).collect()
}
