//! Reports: resolved one by one, then held against each other.

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::super::naming::{Names, Naming};
use super::super::report::{Report, Status};
use super::super::resolve::{Draft, Resolver};
use super::super::vocabulary::Vocabulary;
use super::super::{Alias, CountryId, PublicReport, ReportId, Target};
use super::Assembly;
use super::memory::Memory;
use crate::config::{Access, Config};
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::source::front::ReportFront;
use crate::source::{Clock, Source, Sources};
use crate::text::slug;

/// A report that was resolved without looking at others, and what that depends on.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) source: Arc<Source<ReportFront>>,
    pub(super) names: Names,
    pub(super) draft: Draft,
    pub(super) problems: Vec<Diagnostic>,
}

/// A report on its way into the archive.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) resolved: Arc<Resolved>,
    /// What everybody may see; from an earlier assembly, as it was there.
    pub(super) public: Arc<PublicReport>,
}

/// What a report is among others.
#[derive(Debug, PartialEq, Eq)]
struct Standing {
    address: String,
    status: Status,
    supersedes: Vec<ReportId>,
    superseded_by: Option<ReportId>,
    related: Vec<ReportId>,
    translations: Vec<ReportId>,
}

impl Member {
    /// Resolves a report that names these records.
    pub(super) fn new(
        source: &Arc<Source<ReportFront>>,
        names: Names,
        config: &Config,
        clock: &Clock,
        known: &Vocabulary,
    ) -> Member {
        let mut problems = Findings::default();
        let mut reader = Resolver { file: &source.file, config, clock, findings: &mut problems };
        let (public, draft) = reader.report(source, &names, known);
        let resolved = Resolved { source: Arc::clone(source), names, draft, problems: problems.sorted() };
        Member { resolved: Arc::new(resolved), public: Arc::new(public) }
    }

    pub(super) fn draft(&self) -> &Draft {
        &self.resolved.draft
    }

    /// Takes the standing that another form of it has.
    pub(super) fn stands_as(&mut self, other: &PublicReport) {
        self.stands(Standing {
            address: other.address.clone(),
            status: other.status,
            supersedes: other.supersedes.clone(),
            superseded_by: other.superseded_by,
            related: other.related.clone(),
            translations: other.translations.clone(),
        });
    }

    /// Takes its standing. What it has already, say from an earlier assembly, need not be written again.
    fn stands(&mut self, standing: Standing) {
        let public = &self.public;
        let same = public.address == standing.address
            && public.status == standing.status
            && public.supersedes == standing.supersedes
            && public.superseded_by == standing.superseded_by
            && public.related == standing.related
            && public.translations == standing.translations;
        if !same {
            let public = Arc::make_mut(&mut self.public);
            public.address = standing.address;
            public.status = standing.status;
            public.supersedes = standing.supersedes;
            public.superseded_by = standing.superseded_by;
            public.related = standing.related;
            public.translations = standing.translations;
        }
    }
}

impl Assembly<'_> {
    /// The reports: resolved, those that are released in the order of their dates, with what they say of each other.
    pub(super) fn reports(&mut self, records: &Sources, mut memory: Option<&mut Memory>) {
        let sources = &records.reports[..];
        let names = self.names(sources, records, memory.as_deref_mut());
        let mut members = match &mut memory {
            Some(memory) => {
                memory.forget_unless(self.config, &self.known);
                self.resolve(sources, names, &memory.members)
            }
            None => self.resolve(sources, names, &[]),
        };
        if memory.is_none() {
            self.findings.extend(members.iter().flat_map(|member| member.resolved.problems.iter().cloned()));
        }
        self.unique_ids(&members);
        let order = self.order(&members);
        let mut standings = self.addresses(&members, &order);
        let ids: FxHashMap<&str, ReportId> = order
            .iter()
            .zip(0..)
            .filter_map(|(at, id)| Some((members[*at].public.id.as_deref()?, ReportId(id))))
            .collect();
        self.cross_references(&members, &order, &mut standings, &ids);
        self.key_reports(&ids);
        Arc::make_mut(&mut self.archive.targets).reserve(2 * order.len());
        self.archive.reports.reserve(order.len());
        for (at, standing) in order.iter().zip(standings) {
            members[*at].stands(standing);
            self.push(&members[*at]);
        }
        if let Some(memory) = memory {
            memory.members = members;
        }
    }

    /// What each report names, in the order of the files: a name that is new is a record from then on.
    fn names(
        &mut self,
        sources: &[Arc<Source<ReportFront>>],
        records: &Sources,
        memory: Option<&mut Memory>,
    ) -> Vec<Names> {
        if let Some((known, told, names)) =
            memory.as_ref().and_then(|memory| memory.named_alike(sources, self.config, records))
        {
            self.known = known;
            self.findings.extend(told);
            return names;
        }
        let mut told = Findings::default();
        let mut name = |source: &Arc<Source<ReportFront>>| {
            Naming { file: &source.file, known: &mut self.known, findings: &mut told }.report(&source.front)
        };
        let names = sources.iter().map(&mut name).collect();
        let told = told.sorted();
        self.findings.extend(told.iter().cloned());
        if let Some(memory) = memory {
            memory.named = Some((self.known.clone(), told));
        }
        names
    }

    /// Each report on its own, by all threads. One that was resolved before, and is what it was, is taken over.
    fn resolve(&self, sources: &[Arc<Source<ReportFront>>], names: Vec<Names>, earlier: &[Member]) -> Vec<Member> {
        let one = |(source, names): (&Arc<Source<ReportFront>>, Names)| {
            let known = earlier.binary_search_by(|old| old.resolved.source.file.cmp(&source.file)).ok();
            let same = |old: &&Member| Arc::ptr_eq(&old.resolved.source, source) && old.resolved.names == names;
            if let Some(old) = known.map(|index| &earlier[index]).filter(same) {
                return old.clone();
            }
            Member::new(source, names, self.config, &self.clock, &self.known)
        };
        sources.par_iter().zip(names).map(one).collect()
    }

    /// The positions of those that are released, the newest first, and by file within a moment.
    fn order(&mut self, members: &[Member]) -> Vec<usize> {
        let released: Vec<usize> = (0..members.len()).filter(|at| self.is_released(&members[*at])).collect();
        let mut order: Vec<_> = released.into_iter().map(|at| (Reverse(members[at].public.date.at), at)).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, at)| at).collect()
    }

    fn unique_ids(&mut self, members: &[Member]) {
        let mut seen: FxHashMap<&str, &str> = FxHashMap::default();
        for member in members {
            let source = &member.resolved.source;
            let Some(id) = member.public.id.as_deref() else { continue };
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
    fn is_released(&mut self, member: &Member) -> bool {
        let written = !matches!(member.draft().status, Status::Draft | Status::Review);
        let due = member.public.released.at <= self.options.as_of;
        if written && !due {
            self.note_change(member.public.released.at);
        }
        let released = (written && due) || (self.options.drafts && !written);
        if !released {
            self.archive.unreleased += 1;
            self.target(&member.resolved.source, member.public.id.as_deref(), Target::Unreleased);
        }
        released
    }

    fn note_change(&mut self, at: jiff::Timestamp) {
        self.archive.next_change = Some(self.archive.next_change.map_or(at, |earlier| earlier.min(at)));
    }

    fn target(&mut self, source: &Source<ReportFront>, id: Option<&str>, target: Target) {
        if let Some(id) = id {
            Arc::make_mut(&mut self.archive.targets).insert(format!("@{id}"), target.clone());
        }
        Arc::make_mut(&mut self.archive.targets).insert(source.file.clone(), target);
    }

    /// Where each report stands. Two with one address are told.
    fn addresses(&mut self, members: &[Member], order: &[usize]) -> Vec<Standing> {
        let addresses: Vec<String> = order.par_iter().map(|at| self.pattern(&members[*at].public)).collect();
        let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
        for (at, address) in order.iter().zip(&addresses) {
            let member = &members[*at];
            if let Some(first) = seen.insert(address, *at) {
                let fact = format!("two reports have the address {address}");
                let other = Place::value(&members[first].resolved.source.file, "slug");
                self.findings.push(
                    Diagnostic::error(Place::value(&member.resolved.source.file, "slug"), fact)
                        .also(other, "the other report")
                        .hint("give one of them another `slug`, or another file name"),
                );
            }
        }
        let standing = |(at, address): (&usize, String)| Standing {
            address,
            status: members[*at].draft().status,
            supersedes: Vec::new(),
            superseded_by: None,
            related: Vec::new(),
            translations: Vec::new(),
        };
        order.iter().zip(addresses).map(standing).collect()
    }

    /// The address of a report by the configured pattern.
    fn pattern(&self, public: &PublicReport) -> String {
        let day = public.date.day;
        let mut address = String::with_capacity(48);
        let mut rest = self.config.report_address.as_str();
        while let Some((before, name, after)) = next_place(rest) {
            address.push_str(before);
            match name {
                "slug" => address.push_str(&public.slug),
                "year" => address += &format!("{:04}", day.year()),
                "month" => address += &format!("{:02}", day.month()),
                "day" => address += &format!("{:02}", day.day()),
                "country" => {
                    let slug = |id: &CountryId| self.known.countries[id.index()].slug.as_str();
                    address.push_str(public.countries.first().map_or("world", slug));
                }
                "kind" => {
                    let key = public.kind.map_or("report", |id| self.config.kinds[id.index()].key.as_str());
                    address += &slug(key, "report");
                }
                "id" => address.push_str(public.id.as_deref().unwrap_or(&public.slug)),
                // The configuration has told that there is no such place.
                name => address += &format!("{{{name}}}"),
            }
            rest = after;
        }
        address.push_str(rest);
        address
    }

    fn cross_references(
        &mut self,
        members: &[Member],
        order: &[usize],
        standings: &mut [Standing],
        ids: &FxHashMap<&str, ReportId>,
    ) {
        let mut families: FxHashMap<ReportId, Vec<ReportId>> = FxHashMap::default();
        for (index, at) in order.iter().enumerate() {
            let (source, draft) = (&*members[*at].resolved.source, members[*at].draft());
            let me = ReportId(index as u32);
            let supersedes = self.references(source, "supersedes", &draft.supersedes, ids);
            let related = self.references(source, "related", &draft.related, ids);
            let original: Vec<ReportId> = draft
                .translation_of
                .iter()
                .flat_map(|id| self.references(source, "translation_of", std::slice::from_ref(id), ids))
                .collect();
            for older in &supersedes {
                let replaced = &mut standings[older.index()];
                replaced.superseded_by = Some(me);
                if replaced.status == Status::Published {
                    replaced.status = Status::Superseded;
                }
            }
            for original in original {
                families.entry(original).or_insert_with(|| vec![original]).push(me);
            }
            standings[index].supersedes = supersedes;
            standings[index].related = related;
        }
        let mut families: Vec<Vec<ReportId>> = families.into_values().collect();
        families.sort();
        for family in families {
            for member in &family {
                standings[member.index()].translations =
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
        ids: &FxHashMap<&str, ReportId>,
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

    fn unknown_report(&mut self, file: &str, path: &str, name: &str, ids: &FxHashMap<&str, ReportId>) {
        let place = Place::value(file, path);
        if self.archive.targets.contains_key(&format!("@{name}")) {
            self.findings.push(
                Diagnostic::warning(place, format!("the report `{name}` is not released"))
                    .hint("it is left out until it is"),
            );
            return;
        }
        let mut known: Vec<&str> = ids.keys().copied().collect();
        known.sort_unstable();
        let hint = crate::diagnostic::nearest(name, known).map_or_else(
            || "`briefpress list --drafts` shows the ids of all reports".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        self.findings.push(Diagnostic::error(place, format!("there is no report with the id `{name}`")).hint(hint));
    }

    fn push(&mut self, member: &Member) {
        let (source, draft, public) = (&member.resolved.source, member.draft(), &member.public);
        let free = draft.free_after.is_some_and(|day| day.at <= self.options.as_of);
        if let Some(day) = draft.free_after.filter(|_| !free) {
            self.note_change(day.at);
        }
        let open = free || public.access != Access::Subscribers;
        if !open && source.body.teaser.is_none() {
            self.findings.push(
                Diagnostic::error(Place::value(&source.file, "access"), "a gated report has no teaser")
                    .hint("put a line `<!-- more -->` behind the paragraphs that everybody may read"),
            );
        }
        self.archive.aliases.extend(Alias::all(&draft.aliases, &public.address, &source.file));
        self.target(source, public.id.as_deref(), Target::Address(public.address.clone()));
        let gated = Arc::clone(&draft.gated);
        self.archive.reports.push(Report::new(
            Arc::clone(public),
            gated,
            open,
            source.file.as_str().into(),
            source.body,
        ));
    }

    fn key_reports(&mut self, ids: &FxHashMap<&str, ReportId>) {
        for (country, file, names) in std::mem::take(&mut self.key_reports) {
            for (index, name) in names.iter().enumerate() {
                match ids.get(name.as_str()) {
                    Some(id) => self.known.countries[country.index()].key_reports.push(*id),
                    None => self.unknown_report(&file, &format!("key_reports/{index}"), name, ids),
                }
            }
        }
    }
}

/// The first `{name}` of a pattern: what stands before it, its name, and what follows.
fn next_place(pattern: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = pattern.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}
