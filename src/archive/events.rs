//! What reports and countries say together: dated events, and what was put right.

use super::report::UpdateKind;
use super::{Archive, CountryId, Edition, ReportId, Status};
use crate::source::Moment;

/// A dated event to watch.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    /// When.
    pub date: Moment,
    /// What.
    pub text: &'a str,
    /// Who says so.
    pub teller: Teller,
}

/// Who tells of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Teller {
    /// A report.
    Report(ReportId),
    /// A country's record.
    Country(CountryId),
}

impl Teller {
    /// The countries that it is about.
    pub fn countries(self, archive: &Archive) -> Vec<CountryId> {
        match self {
            Teller::Report(id) => archive[id].public.countries.clone(),
            Teller::Country(id) => vec![id],
        }
    }
}

/// Something that was put right.
#[derive(Debug, Clone, Copy)]
pub struct Correction<'a> {
    /// When.
    pub date: Moment,
    /// In which report.
    pub report: ReportId,
    /// Correction, clarification or retraction.
    pub kind: UpdateKind,
    /// What was wrong, if the readers of the edition may know.
    pub note: Option<&'a str>,
}

impl Archive {
    /// The events that an edition may tell of, by date. Withdrawn reports have none.
    pub fn events(&self, edition: Edition) -> Vec<Event<'_>> {
        let mut events = Vec::new();
        let tells = |id: &ReportId| self[*id].public.status != Status::Withdrawn && self.is_listed(*id);
        for id in self.report_ids().filter(tells) {
            let watch = self[id].full(edition).map_or(&[][..], |full| &full.watch);
            events.extend(watch.iter().map(|watch| (watch, Teller::Report(id))));
        }
        for (index, country) in self.countries.iter().enumerate() {
            let teller = Teller::Country(CountryId(index as u32));
            events.extend(country.watch.iter().map(|watch| (watch, teller)));
        }
        let mut events: Vec<Event<'_>> =
            events.into_iter().map(|(watch, teller)| Event { date: watch.date, text: &watch.event, teller }).collect();
        events.sort_by_key(|event| (event.date.day, event.teller, event.text));
        events
    }

    /// All corrections, clarifications and retractions, the newest first.
    pub fn corrections(&self, edition: Edition) -> Vec<Correction<'_>> {
        let mut all = Vec::new();
        for id in self.report_ids().filter(|id| self.is_listed(*id)) {
            let notes = self[id].full(edition).map_or(&[][..], |full| &full.update_notes);
            for (index, update) in
                self[id].public.updates.iter().enumerate().filter(|(_, update)| update.kind.is_correction())
            {
                let note = notes.get(index).map(String::as_str).filter(|note| !note.is_empty());
                all.push(Correction { date: update.date, report: id, kind: update.kind, note });
            }
        }
        all.sort_by_key(|correction| (std::cmp::Reverse(correction.date.at), correction.report));
        all
    }
}
