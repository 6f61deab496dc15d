//! Reports: resolved one by one, then held against each other.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::super::naming::Names;
use super::super::report::{Report, Status};
use super::super::resolve::{Draft, Resolver};
use super::super::{Alias, ReportId, Target};
use super::Assembly;
use crate::config::{Access, Config};
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::source::Source;
use crate::source::front::ReportFront;
use crate::text::slug;

/// What an assembly leaves for the next one, of nearly the same sources: the reports that it resolved.
#[derive(Debug, Default)]
pub struct Memory {
    config: Option<Arc<Config>>,
    /// Kickers are topics.
    topics: u64,
    /// In the order of their files.
    resolved: Vec<Resolved>,
}

/// A report that was resolved without looking at others, and what that depends on.
#[derive(Debug, Clone)]
struct Resolved {
    source: Arc<Source<ReportFront>>,
    names: Names,
    draft: Draft,
    problems: Vec<Diagnostic>,
}

/// A report on its way into the archive.
type Resolving = (Arc<Source<ReportFront>>, Draft);

impl Memory {
    /// Reports that were resolved with other settings or topics are not what they would be now.
    fn forget_unless(&mut self, config: &Arc<Config>, topics: u64) {
        let same = self.config.as_ref().is_some_and(|old| Arc::ptr_eq(old, config)) && self.topics == topics;
        if !same {
            *self = Memory { config: Some(Arc::clone(config)), topics, resolved: Vec::new() };
        }
    }
}

impl Assembly<'_> {
    /// The reports: resolved, those that are released in the order of their dates, with what they say of each other.
    pub(super) fn reports(&mut self, sources: &[Arc<Source<ReportFront>>], memory: Option<&mut Memory>) {
        let names: Vec<Names> = sources.iter().map(|source| self.naming(&source.file).report(&source.front)).collect();
        let resolved = match memory {
            Some(memory) => {
                memory.forget_unless(self.config, self.known.topics_digest());
                memory.resolved = self.resolve(sources, names, &memory.resolved);
                memory.resolved.par_iter().map(Resolved::clone).collect()
            }
            None => self.resolve(sources, names, &[]),
        };
        let mut drafts = Vec::with_capacity(resolved.len());
        for one in resolved {
            self.findings.extend(one.problems);
            drafts.push((one.source, one.draft));
        }
        self.unique_ids(&drafts);
        drafts.retain(|(source, draft)| self.is_released(source, draft));
        drafts.sort_by(|(a, x), (b, y)| (y.public.date.at, &a.file).cmp(&(x.public.date.at, &b.file)));
        self.address(&mut drafts);
        let ids: FxHashMap<String, ReportId> = drafts
            .iter()
            .enumerate()
            .filter_map(|(index, (_, draft))| draft.public.id.clone().map(|id| (id, ReportId(index as u32))))
            .collect();
        self.cross_references(&mut drafts, &ids);
        for (source, draft) in drafts {
            self.push(&source, draft);
        }
        self.key_reports(&ids);
    }

    /// Each report on its own, by all threads. One that was resolved before, and is what it was, is taken over.
    fn resolve(&self, sources: &[Arc<Source<ReportFront>>], names: Vec<Names>, earlier: &[Resolved]) -> Vec<Resolved> {
        let one = |(source, names): (&Arc<Source<ReportFront>>, Names)| {
            let known = earlier.binary_search_by(|old| old.source.file.cmp(&source.file)).ok();
            let same = |old: &&Resolved| Arc::ptr_eq(&old.source, source) && old.names == names;
            if let Some(old) = known.map(|index| &earlier[index]).filter(same) {
                return old.clone();
            }
            let mut problems = Findings::default();
            let mut resolver =
                Resolver { file: &source.file, config: self.config, clock: &self.clock, findings: &mut problems };
            let draft = resolver.report(source, &names, &self.known);
            Resolved { source: Arc::clone(source), names, draft, problems: problems.sorted() }
        };
        sources.par_iter().zip(names).map(one).collect()
    }

    fn unique_ids(&mut self, drafts: &[Resolving]) {
        let mut seen: FxHashMap<&str, &str> = FxHashMap::default();
        for (source, draft) in drafts {
            let Some(id) = draft.public.id.as_deref() else { continue };
            if let Some(first) = seen.insert(id, &source.file) {
                self.findings.push(
                    Diagnostic::error(Place::value(&source.file, "id"), format!("two reports have the id `{id}`"))
                        .also(Place::value(first, "id"), "the other report")
                        .hint("ids are unique and never reused: give one of them another"),
                );
            }
        }
    }

    /// Whether a report is out as of the build's moment; one that is not is remembered, so that links to it are known.
    fn is_released(&mut self, source: &Source<ReportFront>, draft: &Draft) -> bool {
        let written = !matches!(draft.public.status, Status::Draft | Status::Review);
        let due = draft.public.released.at <= self.options.as_of;
        if written && !due {
            self.note_change(draft.public.released.at);
        }
        let released = (written && due) || (self.options.drafts && !written);
        if !released {
            self.archive.unreleased += 1;
            self.target(source, draft.public.id.as_deref(), Target::Unreleased);
        }
        released
    }

    fn note_change(&mut self, at: jiff::Timestamp) {
        self.archive.next_change = Some(self.archive.next_change.map_or(at, |earlier| earlier.min(at)));
    }

    fn target(&mut self, source: &Source<ReportFront>, id: Option<&str>, target: Target) {
        if let Some(id) = id {
            self.archive.targets.insert(format!("@{id}"), target.clone());
        }
        self.archive.targets.insert(source.file.clone(), target);
    }

    fn address(&mut self, drafts: &mut [Resolving]) {
        let mut seen: FxHashMap<String, Arc<Source<ReportFront>>> = FxHashMap::default();
        for (source, draft) in drafts {
            let address = self.pattern(draft);
            if let Some(first) = seen.insert(address.clone(), Arc::clone(source)) {
                self.findings.push(
                    Diagnostic::error(
                        Place::value(&source.file, "slug"),
                        format!("two reports have the address {address}"),
                    )
                    .also(Place::value(&first.file, "slug"), "the other report")
                    .hint("give one of them another `slug`, or another file name"),
                );
            }
            draft.public.address = address;
        }
    }

    fn pattern(&self, draft: &Draft) -> String {
        let public = &draft.public;
        let day = public.date.day;
        let mut address = self.config.report_address.replace("{slug}", &public.slug);
        if address.contains('{') {
            let country = public.countries.first().map_or("world", |id| self.known.countries[id.index()].slug.as_str());
            let kind = public.kind.map_or("report", |id| self.config.kinds[id.index()].key.as_str());
            address = address
                .replace("{year}", &format!("{:04}", day.year()))
                .replace("{month}", &format!("{:02}", day.month()))
                .replace("{day}", &format!("{:02}", day.day()))
                .replace("{country}", country)
                .replace("{kind}", &slug(kind, "report"))
                .replace("{id}", public.id.as_deref().unwrap_or(&public.slug));
        }
        address
    }

    fn cross_references(&mut self, drafts: &mut [Resolving], ids: &FxHashMap<String, ReportId>) {
        let mut families: FxHashMap<ReportId, Vec<ReportId>> = FxHashMap::default();
        for index in 0..drafts.len() {
            let (source, draft) = &drafts[index];
            let me = ReportId(index as u32);
            let supersedes = self.references(source, "supersedes", &draft.supersedes, ids);
            let related = self.references(source, "related", &draft.related, ids);
            let original: Vec<ReportId> = draft
                .translation_of
                .iter()
                .flat_map(|id| self.references(source, "translation_of", std::slice::from_ref(id), ids))
                .collect();
            for older in &supersedes {
                let older = &mut drafts[older.index()].1.public;
                older.superseded_by = Some(me);
                if older.status == Status::Published {
                    older.status = Status::Superseded;
                }
            }
            for original in original {
                families.entry(original).or_insert_with(|| vec![original]).push(me);
            }
            drafts[index].1.public.supersedes = supersedes;
            drafts[index].1.public.related = related;
        }
        let mut families: Vec<Vec<ReportId>> = families.into_values().collect();
        families.sort();
        for family in families {
            for member in &family {
                drafts[member.index()].1.public.translations =
                    family.iter().copied().filter(|other| other != member).collect();
            }
        }
    }

    /// Reports by their ids; one that is not released is passed over, one that is not known is an error.
    fn references(
        &mut self,
        source: &Source<ReportFront>,
        key: &str,
        names: &[String],
        ids: &FxHashMap<String, ReportId>,
    ) -> Vec<ReportId> {
        let mut found = Vec::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            match ids.get(name.as_str()) {
                Some(id) if !found.contains(id) => found.push(*id),
                Some(_) => {}
                None => self.unknown_report(&source.file, &format!("{key}/{index}"), name, ids),
            }
        }
        found
    }

    fn unknown_report(&mut self, file: &str, path: &str, name: &str, ids: &FxHashMap<String, ReportId>) {
        let place = Place::value(file, path);
        if self.archive.targets.contains_key(&format!("@{name}")) {
            self.findings.push(
                Diagnostic::warning(place, format!("the report `{name}` is not released"))
                    .hint("it is left out until it is"),
            );
            return;
        }
        let mut known: Vec<&str> = ids.keys().map(String::as_str).collect();
        known.sort_unstable();
        let hint = crate::diagnostic::nearest(name, known).map_or_else(
            || "`briefpress list --drafts` shows the ids of all reports".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        self.findings.push(Diagnostic::error(place, format!("there is no report with the id `{name}`")).hint(hint));
    }

    fn push(&mut self, source: &Source<ReportFront>, draft: Draft) {
        let free = draft.free_after.is_some_and(|day| day.at <= self.options.as_of);
        if let Some(day) = draft.free_after.filter(|_| !free) {
            self.note_change(day.at);
        }
        let open = free || draft.public.access != Access::Subscribers;
        if !open && source.body.teaser.is_none() {
            self.findings.push(
                Diagnostic::error(Place::value(&source.file, "access"), "a gated report has no teaser")
                    .hint("put a line `<!-- more -->` behind the paragraphs that everybody may read"),
            );
        }
        self.archive.aliases.extend(Alias::all(&draft.aliases, &draft.public.address, &source.file));
        self.target(source, draft.public.id.as_deref(), Target::Address(draft.public.address.clone()));
        self.archive.reports.push(Report::new(draft.public, draft.gated, open, source.file.clone(), source.body));
    }

    fn key_reports(&mut self, ids: &FxHashMap<String, ReportId>) {
        for (country, file, names) in std::mem::take(&mut self.key_reports) {
            for (index, name) in names.iter().enumerate() {
                match ids.get(name) {
                    Some(id) => self.known.countries[country.index()].key_reports.push(*id),
                    None => self.unknown_report(&file, &format!("key_reports/{index}"), name, ids),
                }
            }
        }
    }
}
