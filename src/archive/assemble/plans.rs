//! Plans: the names in the configuration, resolved. A plan adds no record: what it names must be there.

use super::super::plans::Plan;
use super::super::{CountryId, KindId, SeriesId};
use super::Assembly;
use crate::config::{FILE, PlanTerms};
use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::geo;
use crate::yaml::Texts;

impl Assembly<'_> {
    /// The plans of the configuration. Comes after all records and reports, which say what there is.
    pub(super) fn plans(&mut self) {
        let config = self.config.clone();
        let plans = config.plans.iter().map(|terms| self.plan(terms)).collect();
        self.archive.plans = plans;
    }

    fn plan(&mut self, terms: &PlanTerms) -> Plan {
        let plan = Plan { key: terms.key.clone(), name: terms.name.clone(), seats: terms.seats, ..Plan::default() };
        let Some(covers) = &terms.covers else { return Plan { all: true, ..plan } };
        let path = |list: &str| format!("plans/{}/covers/{list}", terms.key);
        Plan {
            countries: self.each(&path("countries"), "country", &covers.countries, Self::country_named),
            regions: self.each(&path("regions"), "region", &covers.regions, |of, name| {
                of.known.region(name).map_err(|unknown| unknown.0)
            }),
            topics: self.each(&path("topics"), "topic", &covers.topics, |of, name| {
                of.known.known_topic(name).ok_or_else(|| of.known.nearest_topic(name).map(str::to_owned))
            }),
            kinds: self.each(&path("kinds"), "kind", &covers.kinds, Self::kind_named),
            series: self.each(&path("series"), "series", &covers.series, Self::series_named),
            ..plan
        }
    }

    /// The records of a list of names. Names that are not known are told.
    fn each<T>(
        &mut self,
        path: &str,
        sort: &str,
        names: &Texts,
        find: impl Fn(&mut Self, &str) -> Result<T, Option<String>>,
    ) -> Vec<T> {
        let mut found = Vec::with_capacity(names.0.len());
        for (index, name) in names.0.iter().enumerate() {
            match find(self, name) {
                Ok(id) => found.push(id),
                Err(near) => {
                    let fact = format!("no report or record has the {sort} `{name}`, and a plan covers it");
                    let hint = near.map_or_else(
                        || format!("write the name of a {sort} of this archive"),
                        |near| format!("did you mean `{near}`?"),
                    );
                    self.findings
                        .push(Diagnostic::error(Place::value(FILE, format!("{path}/{index}")), fact).hint(hint));
                }
            }
        }
        found
    }

    /// A country of the world may be sold before there is a report on it.
    fn country_named(&mut self, name: &str) -> Result<CountryId, Option<String>> {
        self.known
            .country(name)
            .map_err(|_| geo::suggest(name, 1).first().map(|(country, name)| format!("{name} ({})", country.alpha2())))
    }

    fn kind_named(&mut self, name: &str) -> Result<KindId, Option<String>> {
        let kinds = &self.archive.kinds;
        let found = kinds.iter().position(|kind| kind.key == name || kind.name == name);
        let known = kinds.iter().map(|kind| kind.key.as_str());
        found.map(|index| KindId(index as u32)).ok_or_else(|| nearest(name, known).map(str::to_owned))
    }

    fn series_named(&mut self, name: &str) -> Result<SeriesId, Option<String>> {
        let found = self.known.known_series(name);
        let known = self.known.series.iter().map(|series| series.name.as_str());
        found.ok_or_else(|| nearest(name, known).map(str::to_owned))
    }
}
