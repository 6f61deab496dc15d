//! What an assembly leaves for the next one, of nearly the same sources.
//!
//! Two things are spared. Reports whose files did not change need not be resolved again. And an edit that leaves a report in
//! its place among the others, say of its text, its headline or its judgments, leaves all else in the archive as it is.

use std::sync::Arc;

use super::super::naming::Names;
use super::super::vocabulary::Vocabulary;
use super::super::{Archive, Report};
use super::reports::Member;
use super::{Options, clock};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::front::{AuthorFront, CountryFront, PageFront, RegionFront, ReportFront, SeriesFront, TopicFront};
use crate::source::{Source, Sources};

/// What an assembly leaves for the next one.
#[derive(Debug, Default)]
pub struct Memory {
    config: Option<Arc<Config>>,
    /// The topics: kickers are topics.
    topics: Vocabulary,
    /// In the order of their files.
    pub(super) members: Vec<Member>,
    /// The names that were known once all reports had named theirs, and what was told of that.
    pub(super) named: Option<(Vocabulary, Vec<Diagnostic>)>,
    last: Option<Last>,
    /// Archives of one shape have the same pages at the same addresses, and lists of the same reports.
    shape: u64,
}

/// The last archive, and what it was made of beside reports.
#[derive(Debug)]
struct Last {
    archive: Arc<Archive>,
    drafts: bool,
    records: Records,
    unreadable: Vec<(String, Option<String>)>,
    /// What was told of it, what each report has wrong by itself apart.
    told: Vec<Diagnostic>,
}

/// The files of all records.
#[derive(Debug)]
struct Records {
    countries: Vec<Arc<Source<CountryFront>>>,
    regions: Vec<Arc<Source<RegionFront>>>,
    authors: Vec<Arc<Source<AuthorFront>>>,
    topics: Vec<Arc<Source<TopicFront>>>,
    series: Vec<Arc<Source<SeriesFront>>>,
    pages: Vec<Arc<Source<PageFront>>>,
}

impl Records {
    fn of(sources: &Sources) -> Records {
        Records {
            countries: sources.countries.clone(),
            regions: sources.regions.clone(),
            authors: sources.authors.clone(),
            topics: sources.topics.clone(),
            series: sources.series.clone(),
            pages: sources.pages.clone(),
        }
    }

    fn are_those_of(&self, sources: &Sources) -> bool {
        same(&self.countries, &sources.countries)
            && same(&self.regions, &sources.regions)
            && same(&self.authors, &sources.authors)
            && same(&self.topics, &sources.topics)
            && same(&self.series, &sources.series)
            && same(&self.pages, &sources.pages)
    }
}

fn same<T>(one: &[Arc<T>], other: &[Arc<T>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| Arc::ptr_eq(one, other))
}

impl Memory {
    /// A number that is the same for two archives if pages and lists of one are those of the other.
    pub fn shape(&self) -> u64 {
        self.shape
    }

    /// What naming the records of these sources would give: known names, what is told, and what each report names. None if another
    /// record or another name came in or went.
    pub(super) fn named_alike(
        &self,
        sources: &[Arc<Source<ReportFront>>],
        config: &Arc<Config>,
        records: &Sources,
    ) -> Option<(Vocabulary, Vec<Diagnostic>, Vec<Names>)> {
        let same = self.config.as_ref().is_some_and(|old| Arc::ptr_eq(old, config));
        self.last.as_ref().filter(|last| same && last.records.are_those_of(records))?;
        let alike = |(member, source): (&Member, &Arc<Source<ReportFront>>)| {
            let old = &member.resolved.source;
            Arc::ptr_eq(old, source) || old.file == source.file && names_the_same(&old.front, &source.front)
        };
        if self.members.len() != sources.len() || !self.members.iter().zip(sources).all(alike) {
            return None;
        }
        let (known, told) = self.named.clone()?;
        Some((known, told, self.members.iter().map(|member| member.resolved.names.clone()).collect()))
    }

    /// Reports that were resolved with other settings or topics are not what they would be now.
    pub(super) fn forget_unless(&mut self, config: &Arc<Config>, known: &Vocabulary) {
        let same = self.config.as_ref().is_some_and(|old| Arc::ptr_eq(old, config));
        if !same || self.topics.topics_digest() != known.topics_digest() {
            self.members = Vec::new();
            self.config = Some(Arc::clone(config));
            self.topics = known.topics_alone();
        }
    }

    /// Keeps an archive that was made anew.
    pub(super) fn keep(
        &mut self,
        archive: Archive,
        sources: &Sources,
        options: Options,
        told: Vec<Diagnostic>,
    ) -> Arc<Archive> {
        let archive = Arc::new(archive);
        self.shape += 1;
        self.last = Some(Last {
            archive: Arc::clone(&archive),
            drafts: options.drafts,
            records: Records::of(sources),
            unreadable: sources.unreadable.clone(),
            told,
        });
        archive
    }

    /// Everything that was told of the last archive.
    pub(super) fn tell(&self, findings: &mut Findings) {
        findings.extend(self.members.iter().flat_map(|member| member.resolved.problems.iter().cloned()));
        findings.extend(self.last.iter().flat_map(|last| last.told.iter().cloned()));
    }

    /// The last archive with the reports that changed in their places. None if more has changed than that.
    pub(super) fn with_reports_in_place(&mut self, sources: &Sources, options: Options) -> Option<Arc<Archive>> {
        let last = self.last.as_mut().filter(|last| last.is_of(sources, options))?;
        let is_known = self.config.as_ref().is_some_and(|config| Arc::ptr_eq(config, &sources.config));
        if !is_known || self.members.len() != sources.reports.len() {
            return None;
        }
        let pairs = || self.members.iter().zip(&sources.reports).enumerate();
        let changed: Vec<usize> = pairs()
            .filter(|(_, (member, source))| !Arc::ptr_eq(&member.resolved.source, source))
            .map(|(index, _)| index)
            .collect();
        let stays = |index: &usize| stays_in_place(&self.members[*index].resolved.source, &sources.reports[*index]);
        if !changed.iter().all(stays) {
            return None;
        }
        let mut archive = (*last.archive).clone();
        archive.as_of.at = options.as_of;
        let clock = clock(&sources.config);
        for index in changed {
            let old = &self.members[index];
            let names = old.resolved.names.clone();
            let mut new = Member::new(&sources.reports[index], names, &sources.config, &clock, &self.topics);
            new.stands_as(&old.public);
            let place = archive.reports.iter().position(|report| Arc::ptr_eq(&report.public, &old.public));
            if let Some(report) = place.map(|place| &mut archive.reports[place]) {
                *report = Report::new(
                    Arc::clone(&new.public),
                    Arc::clone(&new.draft().gated),
                    !report.is_gated(),
                    Arc::clone(&report.file),
                    sources.reports[index].body,
                );
            }
            self.members[index] = new;
        }
        last.archive = Arc::new(archive);
        Some(Arc::clone(&last.archive))
    }
}

/// Whether two forms of a report name the same records.
fn names_the_same(one: &ReportFront, other: &ReportFront) -> bool {
    let lists = |front: &ReportFront| {
        [&front.countries, &front.regions, &front.topics, &front.authors, &front.contributors]
            .map(|list| list.0.clone())
    };
    lists(one) == lists(other) && (&one.editor, &one.series, one.number) == (&other.editor, &other.series, other.number)
}

impl Last {
    /// Whether an archive of these sources would be the same but for reports.
    fn is_of(&self, sources: &Sources, options: Options) -> bool {
        let archive = &self.archive;
        let day = options.as_of.to_zoned(sources.config.time_zone.clone()).date();
        let nothing_is_due = archive.next_change.is_none_or(|next| options.as_of < next);
        self.drafts == options.drafts
            && options.as_of >= archive.as_of.at
            && nothing_is_due
            && day == archive.as_of.day
            && self.unreadable == sources.unreadable
            && self.records.are_those_of(sources)
    }
}

/// Whether a file still says the same of all that concerns other pages than the report's own and its row.
fn stays_in_place(old: &Source<ReportFront>, new: &Source<ReportFront>) -> bool {
    old.file == new.file
        && old.whole
        && new.whole
        && old.body.teaser.is_some() == new.body.teaser.is_some()
        && concerning_others(&old.front) == concerning_others(&new.front)
}

/// Front matter without the fields that concern nothing but the report itself. A field that is not named here is taken to
/// concern others.
fn concerning_others(front: &ReportFront) -> ReportFront {
    ReportFront {
        title: None,
        kicker: None,
        summary: None,
        dateline: None,
        judgments: Vec::new(),
        outlook: None,
        sources: Vec::new(),
        method: None,
        disclosures: Vec::new(),
        image: None,
        extra: None,
        ..front.clone()
    }
}
