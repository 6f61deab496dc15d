//! Plans: what subscribers have bought, as records of the archive.

use super::{Archive, CountryId, KindId, RegionId, ReportId, SeriesId, TopicId};

/// What a subscription covers: a report that belongs to any of these.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The word that subscribers' entries use.
    pub key: String,
    /// The name in print.
    pub name: String,
    /// Readers of one subscription.
    pub seats: u32,
    /// Whether it covers everything.
    pub all: bool,
    /// Countries.
    pub countries: Vec<CountryId>,
    /// Regions, with their countries.
    pub regions: Vec<RegionId>,
    /// Topics, with those below them.
    pub topics: Vec<TopicId>,
    /// Kinds.
    pub kinds: Vec<KindId>,
    /// Series.
    pub series: Vec<SeriesId>,
}

impl Archive {
    /// The plan of a key.
    pub fn plan(&self, key: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.key == key)
    }

    /// The plans that cover a report.
    pub fn plans_of(&self, id: ReportId) -> impl Iterator<Item = &Plan> {
        self.plans.iter().filter(move |plan| self.covers(plan, id))
    }

    /// Whether a plan covers a report.
    pub fn covers(&self, plan: &Plan, id: ReportId) -> bool {
        let report = &self[id].public;
        plan.all
            || report.countries.iter().any(|country| self.covers_country(plan, *country))
            || report.regions.iter().any(|region| plan.regions.contains(region))
            || report.topics.iter().any(|topic| self.covers_topic(plan, *topic))
            || report.kind.is_some_and(|kind| plan.kinds.contains(&kind))
            || report.series.is_some_and(|(series, _)| plan.series.contains(&series))
    }

    /// Whether a plan covers all that is said of a country.
    pub fn covers_country(&self, plan: &Plan, id: CountryId) -> bool {
        let around = |region: &RegionId| self[*region].countries.contains(&id);
        plan.all || plan.countries.contains(&id) || plan.regions.iter().any(around)
    }

    /// Whether a plan covers a series.
    pub fn covers_series(&self, plan: &Plan, id: SeriesId) -> bool {
        plan.all || plan.series.contains(&id)
    }

    /// Opens what a plan covers, as if everybody had bought it.
    pub(super) fn open_to(&mut self, plan: usize) {
        let Some(plan) = self.plans.get(plan).cloned() else { return };
        let covered: Vec<ReportId> = self.report_ids().filter(|id| self.covers(&plan, *id)).collect();
        covered.into_iter().for_each(|id| self.reports[id.index()].open());
        for index in 0..self.countries.len() {
            if self.covers_country(&plan, CountryId(index as u32)) {
                self.countries[index].open();
            }
        }
        for index in 0..self.series.len() {
            self.series[index].gated &= !self.covers_series(&plan, SeriesId(index as u32));
        }
    }

    fn covers_topic(&self, plan: &Plan, topic: TopicId) -> bool {
        let mut above = Some(topic);
        while let Some(topic) = above {
            if plan.topics.contains(&topic) {
                return true;
            }
            above = self[topic].parent;
        }
        false
    }
}
