//! From sources to the archive.

use std::sync::Arc;

use super::naming::Naming;
use super::report::Edition;
use super::resolve::Resolver;
use super::vocabulary::Vocabulary;
use super::{Archive, CountryId, NEWS_LAST, Target};
use crate::config::Config;
use crate::diagnostic::Findings;
use crate::source::{Clock, Moment, Sources};

mod memory;
mod plans;
mod records;
mod reports;

pub use memory::Memory;

/// What an assembly depends on beside the sources.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The moment as of which the archive is seen.
    pub as_of: jiff::Timestamp,
    /// Whether drafts and reports in review are in.
    pub drafts: bool,
    /// The plan of whoever looks, by its position among those of the configuration: what it covers is open. For a look before
    /// publishing; no build has one.
    pub reader: Option<u8>,
}

/// Resolves all references and sorts the reports. What is wrong is added to `findings`; the archive given then is good
/// enough to find more in it, and must not be published.
pub fn assemble(sources: &Sources, options: Options, findings: &mut Findings) -> Archive {
    assembled(sources, options, None, findings)
}

/// The same archive, sooner if the memory holds what an earlier assembly of nearly the same sources left in it.
pub fn assemble_again(
    sources: &Sources,
    options: Options,
    memory: &mut Memory,
    findings: &mut Findings,
) -> Arc<Archive> {
    let archive = memory.with_reports_in_place(sources, options).unwrap_or_else(|| {
        let mut told = Findings::default();
        let archive = assembled(sources, options, Some(&mut *memory), &mut told);
        memory.keep(archive, sources, options, told.sorted())
    });
    memory.tell(findings);
    archive
}

fn assembled(sources: &Sources, options: Options, memory: Option<&mut Memory>, findings: &mut Findings) -> Archive {
    let config = &sources.config;
    let clock = clock(config);
    let mut assembly = Assembly {
        config,
        clock,
        options,
        known: Vocabulary::new(&config.language, config.closed_vocabulary),
        archive: Archive {
            kinds: config.kinds.clone(),
            as_of: Moment { at: options.as_of, day: options.as_of.to_zoned(config.time_zone.clone()).date() },
            ..Archive::default()
        },
        key_reports: Vec::new(),
        findings,
    };
    for (file, id) in &sources.unreadable {
        let targets = Arc::make_mut(&mut assembly.archive.targets);
        targets.insert(file.clone(), Target::Unreleased);
        targets.extend(id.iter().map(|id| (format!("@{id}"), Target::Unreleased)));
    }
    assembly.records(sources);
    assembly.reports(sources, memory);
    assembly.pages(sources);
    assembly.plans();
    assembly.finish()
}

/// How dates of a site are read.
fn clock(config: &Config) -> Clock {
    Clock { zone: config.time_zone.clone(), hour: config.publishing_hour }
}

struct Assembly<'a> {
    config: &'a Arc<Config>,
    clock: Clock,
    options: Options,
    known: Vocabulary,
    archive: Archive,
    key_reports: Vec<(CountryId, String, Vec<String>)>,
    findings: &'a mut Findings,
}

impl Assembly<'_> {
    fn resolver<'r>(&'r mut self, file: &'r str) -> Resolver<'r> {
        Resolver { file, config: self.config, clock: &self.clock, findings: self.findings }
    }

    fn naming<'r>(&'r mut self, file: &'r str) -> Naming<'r> {
        Naming { file, known: &mut self.known, findings: self.findings }
    }

    fn finish(mut self) -> Archive {
        self.archive.countries = self.known.countries;
        self.archive.regions = self.known.regions;
        self.archive.authors = self.known.authors;
        self.archive.topics = self.known.topics;
        self.archive.series = self.known.series;
        super::lists::fill(&mut self.archive);
        if let Some(plan) = self.options.reader {
            self.archive.open_to(usize::from(plan));
        }
        let passing = passing(&self.archive, self.config);
        self.archive.next_change = self.archive.next_change.into_iter().chain(passing).min();
        self.archive
    }
}

/// When the next event has passed or the oldest news are no news any more.
fn passing(archive: &Archive, config: &Config) -> Option<jiff::Timestamp> {
    let events = archive.events(Edition::FULL);
    let next = events.iter().map(|event| event.date.day).find(|day| *day >= archive.as_of.day);
    let midnight = next.and_then(|day| day.tomorrow().ok()?.to_zoned(config.time_zone.clone()).ok());
    let news = archive.news().filter(|_| config.news_sitemap);
    let old = news.map(|id| archive[id].public.released.at + NEWS_LAST);
    old.chain(midnight.map(|midnight| midnight.timestamp())).min()
}
