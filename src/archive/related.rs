//! What to read next: reports that share countries, topics and series, the nearest in time first.

use rustc_hash::FxHashMap;

use super::{Archive, ReportId};

/// How many are offered.
const MOST: usize = 3;
/// How many neighbours in time are looked at in each list that a report stands in. A bound, so that the work grows
/// with the number of reports and not with its square.
const NEIGHBOURS: usize = 24;

/// The reports related to one: the editor's choice first, then the best of its neighbours.
pub fn related(archive: &Archive, id: ReportId) -> Vec<ReportId> {
    let report = &archive[id].public;
    let mut chosen: Vec<ReportId> = report.related.clone();
    if chosen.len() >= MOST {
        return chosen;
    }
    let mut scores: FxHashMap<ReportId, u32> = FxHashMap::default();
    let mut add = |list: &[ReportId], weight: u32| {
        for other in neighbours(list, id) {
            *scores.entry(other).or_default() += weight;
        }
    };
    for (rank, country) in report.countries.iter().enumerate() {
        add(&archive.lists.countries[country.index()], if rank == 0 { 5 } else { 3 });
    }
    for topic in &report.topics {
        add(&archive.lists.topics[topic.index()], 3);
    }
    if let Some((series, _)) = report.series {
        add(&archive.lists.series[series.index()], 2);
    }
    let mut ranked: Vec<(u32, u32, ReportId)> = scores
        .into_iter()
        .filter(|(other, _)| !chosen.contains(other) && !is_other_form(archive, id, *other))
        .map(|(other, score)| (u32::MAX - score, other.0.abs_diff(id.0), other))
        .collect();
    ranked.sort_unstable();
    chosen.extend(ranked.into_iter().take(MOST - chosen.len()).map(|(_, _, other)| other));
    chosen
}

/// A translation, or the report that this one replaces or is replaced by, is told elsewhere on the page.
fn is_other_form(archive: &Archive, id: ReportId, other: ReportId) -> bool {
    let report = &archive[id].public;
    report.translations.contains(&other)
        || report.supersedes.contains(&other)
        || report.superseded_by == Some(other)
        || archive[other].public.status == super::Status::Withdrawn
        || archive[other].public.superseded_by.is_some()
}

fn neighbours(list: &[ReportId], id: ReportId) -> impl Iterator<Item = ReportId> {
    let at = list.binary_search(&id).unwrap_or_else(|at| at);
    let from = at.saturating_sub(NEIGHBOURS / 2);
    let until = (at + NEIGHBOURS / 2 + 1).min(list.len());
    list[from..until].iter().copied().filter(move |other| *other != id)
}
