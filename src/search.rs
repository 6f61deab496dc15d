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
use crate::sealed::{Day, ObjectKey};
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
pub use files::{CONTENTS, is_mine};
use merge::{Merged, merge};
use segment::Segment;
use shards::{Part, kind};
use tables::{FACETS, Records};

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
    /// What is gated, for those who hold the keys.
    pub sealed: &'a [SealedPart],
    aliases: BTreeMap<Scope, Vec<String>>,
}

/// Gated texts of a plan and a span of days, sealed for those who may read all of it.
pub struct SealedPart {
    /// The plan.
    pub plan: String,
    /// Whether the plan covers everything, so that no other is needed beside it.
    pub whole: bool,
    /// The first and the last day of the span, in days since 1 January 1970.
    pub days: (Day, Day),
    /// The reports, by their position in the archive.
    pub holds: Vec<bool>,
    /// The key of its files.
    pub key: ObjectKey,
}

/// A sealed part in the table of contents. What a part holds, its vocabulary first, is told by a file that is sealed as well.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SealedTable {
    /// The plan.
    pub plan: String,
    /// Whether the plan covers everything.
    pub whole: bool,
    /// The first and the last day of the span, in days since 1 January 1970.
    pub days: (Day, Day),
    /// The file that tells the rest: a [`Part`] as JSON.
    pub file: String,
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
    /// What may be searched by those who hold the keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sealed: Vec<SealedTable>,
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
    /// The index of an edition, with what is gated as sealed parts beside it.
    pub fn new(
        sources: &'a Sources,
        archive: &'a Archive,
        edition: Edition,
        row: &'a (dyn Fn(ReportId) -> String + Sync),
        sealed: &'a [SealedPart],
    ) -> Site<'a> {
        Site { sources, archive, edition, row, sealed, aliases: aliases(sources, archive) }
    }

    /// All files of the index. Bodies that cannot be read are told.
    pub fn outputs(&self) -> (Vec<Output>, Vec<Diagnostic>) {
        let order: Vec<ReportId> = (0..self.archive.reports.len() as u32).rev().map(ReportId).collect();
        let mut files = Files::default();
        let mut problems = Vec::new();
        let mut contents = Contents {
            format: bytes::FORMAT,
            reports: order.len() as u32,
            tables: self.tables(&order, &mut files),
            rows: self.rows(&order, &mut files),
            parts: Vec::new(),
            sealed: Vec::new(),
        };
        let langs = self.langs();
        let Segments { public, gated, sealed } = self.segments(&order, &langs, &mut problems);
        contents.parts.push(shards::cut(PUBLIC, None, &merge(public, &langs), &mut files));
        let gated = merge(gated, &langs);
        if !gated.forms.is_empty() {
            contents.parts.push(shards::cut(GATED, None, &gated, &mut files));
        }
        for (part, segments) in self.sealed.iter().zip(sealed) {
            contents.sealed.extend(sealed_table(part, &merge(segments, &langs), &mut files));
        }
        let mut outputs = files.into_outputs();
        let json = serde_json::to_string(&contents).unwrap_or_default();
        outputs.push(Output::text(CONTENTS, json, "search index"));
        (outputs, problems)
    }

    fn tables(&self, order: &[ReportId], files: &mut Files) -> BTreeMap<String, String> {
        let records = Records::of(self);
        let reports: Vec<&PublicReport> = order.iter().map(|id| &*self.archive[*id].public).collect();
        let names = serde_json::to_vec(&records.names(self)).unwrap_or_default();
        let mut add = |name: &str, content: &[u8]| (name.to_owned(), files.add(None, kind::TABLE, content));
        let mut tables = BTreeMap::from([add("names", &names), add("reports", &tables::reports_table(self, order))]);
        tables.extend(FACETS.map(|(facet, _)| add(facet, &records.column(facet, &reports))));
        tables
    }

    /// Rows as JSON arrays of HTML; addresses in them are relative to the page of search.
    fn rows(&self, order: &[ReportId], files: &mut Files) -> Rows {
        let each = rows_in_a_file(order.len());
        let row = |id: &ReportId| (self.row)(*id);
        let chunks: Vec<Vec<u8>> = order
            .par_chunks(each)
            .map(|chunk| serde_json::to_vec(&chunk.iter().map(row).collect::<Vec<_>>()).unwrap_or_default())
            .collect();
        Rows { each: each as u32, files: chunks.iter().map(|chunk| files.add(None, kind::ROWS, chunk)).collect() }
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

    fn segments(&self, order: &[ReportId], langs: &[String], problems: &mut Vec<Diagnostic>) -> Segments {
        let made: Vec<(OneOfEach, Vec<Diagnostic>)> = order
            .par_chunks(TOGETHER)
            .enumerate()
            .map(|(chunk, ids)| self.segment(chunk * TOGETHER, ids, langs))
            .collect();
        let mut all = Segments { sealed: self.sealed.iter().map(|_| Vec::new()).collect(), ..Segments::default() };
        for (one, told) in made {
            all.public.push(one.public);
            all.gated.push(one.gated);
            all.sealed.iter_mut().zip(one.sealed).for_each(|(part, segment)| part.push(segment));
            problems.extend(told);
        }
        all
    }

    fn segment(&self, first: usize, ids: &[ReportId], langs: &[String]) -> (OneOfEach, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let mut made =
            OneOfEach { sealed: self.sealed.iter().map(|_| Segment::default()).collect(), ..OneOfEach::default() };
        for (number, id) in (first as u32..).zip(ids) {
            let lang = self.archive[*id].public.lang.as_ref();
            let lang = lang.and_then(|lang| langs.iter().position(|known| known == lang)).unwrap_or(0) as u8;
            match texts::of_report(self, *id) {
                Ok((open, closed)) => {
                    made.public.add(number, lang, &open);
                    if closed.is_empty() {
                        continue;
                    }
                    if self.sealed.is_empty() {
                        made.gated.add(number, lang, &closed);
                    }
                    let holding = self.sealed.iter().zip(&mut made.sealed).filter(|(part, _)| part.holds[id.index()]);
                    holding.for_each(|(_, segment)| segment.add(number, lang, &closed));
                }
                Err(problem) => problems.push(problem),
            }
        }
        (made, problems)
    }
}

/// Words counted, for each part.
#[derive(Default)]
struct Segments {
    public: Vec<Segment>,
    gated: Vec<Segment>,
    sealed: Vec<Vec<Segment>>,
}

/// The same of some reports in a row.
#[derive(Default)]
struct OneOfEach {
    public: Segment,
    gated: Segment,
    sealed: Vec<Segment>,
}

/// Seals a part; none if it holds no word.
fn sealed_table(part: &SealedPart, merged: &Merged, files: &mut Files) -> Option<SealedTable> {
    if merged.forms.is_empty() {
        return None;
    }
    let inner = shards::cut(&part.plan, Some(&part.key), merged, files);
    let table = serde_json::to_vec(&inner).unwrap_or_default();
    let file = files.add(Some(&part.key), kind::TABLE, &table);
    Some(SealedTable { plan: part.plan.clone(), whole: part.whole, days: part.days, file })
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
