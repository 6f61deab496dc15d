//! The reports of each record, newest first.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Archive, CountryId, Lists, RegionId, ReportId, TopicId};
use crate::geo;

/// Fills the archive's lists. Reports are sorted already, so a list is in order when it is filled in order.
pub fn fill(archive: &mut Archive) {
    let regions_of_country = regions_of_countries(archive);
    let listed: Vec<ReportId> = archive.report_ids().filter(|id| archive.is_listed(*id)).collect();
    let (places, subjects) =
        rayon::join(|| by_place(archive, &listed, &regions_of_country), || by_subject(archive, &listed));
    archive.lists = Arc::new(Lists { all: listed, countries: places.countries, regions: places.regions, ..subjects });
    name_countries_of_regions(archive, &regions_of_country);
}

/// Countries and regions.
fn by_place(archive: &Archive, listed: &[ReportId], regions_of_country: &[Vec<RegionId>]) -> Lists {
    let mut lists = Lists {
        countries: vec![Vec::new(); archive.countries.len()],
        regions: vec![Vec::new(); archive.regions.len()],
        ..Lists::default()
    };
    for id in listed {
        let report = &archive[*id].public;
        for country in &report.countries {
            push(&mut lists.countries[country.index()], *id);
            regions_of_country[country.index()].iter().for_each(|region| push(&mut lists.regions[region.index()], *id));
        }
        report.regions.iter().for_each(|region| push(&mut lists.regions[region.index()], *id));
    }
    lists
}

/// All others.
fn by_subject(archive: &Archive, listed: &[ReportId]) -> Lists {
    let mut lists = Lists {
        authors: vec![Vec::new(); archive.authors.len()],
        topics: vec![Vec::new(); archive.topics.len()],
        series: vec![Vec::new(); archive.series.len()],
        kinds: vec![Vec::new(); archive.kinds.len()],
        ..Lists::default()
    };
    let mut crosses: FxHashMap<(CountryId, TopicId), Vec<ReportId>> = FxHashMap::default();
    for id in listed {
        let report = &archive[*id].public;
        report.authors.iter().for_each(|author| push(&mut lists.authors[author.index()], *id));
        for topic in &report.topics {
            with_parents(archive, *topic, |topic| {
                push(&mut lists.topics[topic.index()], *id);
                report.countries.iter().for_each(|country| push(crosses.entry((*country, topic)).or_default(), *id));
            });
        }
        lists.months.entry((report.date.day.year(), report.date.day.month())).or_default().push(*id);
        if let Some((series, _)) = report.series {
            push(&mut lists.series[series.index()], *id);
        }
        if let Some(kind) = report.kind {
            push(&mut lists.kinds[kind.index()], *id);
        }
    }
    lists.crosses = crosses.into_iter().collect();
    lists
}

fn push(list: &mut Vec<ReportId>, id: ReportId) {
    if list.last() != Some(&id) {
        list.push(id);
    }
}

fn with_parents(archive: &Archive, topic: TopicId, mut f: impl FnMut(TopicId)) {
    let mut above = Some(topic);
    while let Some(topic) = above {
        f(topic);
        above = archive[topic].parent;
    }
}

/// The regions around each country: those of M49 from the nearest to the world's, then the site's own.
fn regions_of_countries(archive: &Archive) -> Vec<Vec<RegionId>> {
    let position =
        |region: geo::Region| geo::Region::all().position(|other| other == region).map(|index| RegionId(index as u32));
    let around = |index: usize| {
        let mut regions = Vec::new();
        let mut above = Some(archive.countries[index].geo.region());
        while let Some(region) = above {
            above = region.parent();
            // The world is no region that a reader looks for.
            regions.extend(position(region).filter(|_| above.is_some()));
        }
        let id = CountryId(index as u32);
        let own = archive.regions.iter().enumerate().filter(|(_, region)| region.own && region.countries.contains(&id));
        regions.extend(own.map(|(index, _)| RegionId(index as u32)));
        regions
    };
    (0..archive.countries.len()).map(around).collect()
}

fn name_countries_of_regions(archive: &mut Archive, regions_of_country: &[Vec<RegionId>]) {
    for (index, regions) in regions_of_country.iter().enumerate() {
        for region in regions {
            let countries = &mut archive.regions[region.index()].countries;
            let id = CountryId(index as u32);
            if !countries.contains(&id) {
                countries.push(id);
            }
        }
    }
}
