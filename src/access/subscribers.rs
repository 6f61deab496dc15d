//! `subscribers.yaml`: who has bought what, from when until when. It is never published.

use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::archive::Archive;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Findings, Place, nearest};
use crate::fs;
use crate::sealed::{self, Day};
use crate::source::Clock;
use crate::yaml::{self, Texts, shape};

/// The name of the file in a site's folder.
pub const FILE: &str = "subscribers.yaml";

shape! {
    /// An entry of `subscribers.yaml`.
    pub struct SubscriberFile {
        /// The publisher's own word for them; never reused.
        id: Option<String>,
        /// What they have bought, by the plans' words.
        plans: Texts,
        /// The first day of the access; there is none if not given.
        from: Option<String>,
        /// The last day of the access; it does not end if not given.
        until: Option<String>,
        /// What of the time before: `all` (if not given), `since-join`, or a number of months: `12 months`.
        back_catalogue: Option<String>,
        /// Raised to give them another code.
        generation: Option<u32>,
        /// Readers, each with a code; as many as the plan has if not given.
        seats: Option<u32>,
        /// Seats that have another code than the first, by number.
        seat_generations: std::collections::BTreeMap<String, u32>,
        /// The day from which the access is taken away.
        revoked: Option<String>,
        /// Whether it is a trial.
        trial: Option<bool>,
        /// Anything; only the publisher sees it.
        note: Option<String>,
    }
}

/// What a subscriber may read of the time before they joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Catalogue {
    /// Everything.
    All,
    /// Nothing.
    SinceJoin,
    /// So many months.
    Months(i32),
}

/// A subscriber.
#[derive(Debug, Clone)]
pub struct Subscriber {
    /// The publisher's word for them.
    pub id: String,
    /// The plans' words, in the order of the entry.
    pub plans: Vec<String>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day, by the entry.
    pub until: Option<Date>,
    /// The day from which the access is taken away.
    pub revoked: Option<Date>,
    /// What of the time before.
    pub catalogue: Catalogue,
    /// Readers.
    pub seats: Vec<Seat>,
    /// Whether it is a trial.
    pub trial: bool,
    /// The publisher's note.
    pub note: Option<String>,
}

/// A reader of a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// What the code is made for: the subscriber's id, with the number of the seat from the second on.
    pub name: String,
    /// The generation of its code.
    pub generation: u32,
}

/// How an access stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It begins on a later day.
    Upcoming(Date),
    /// Reports of these days are open, the first and the last included.
    Open(Day, Day),
    /// It ended on this day.
    Ended(Date),
}

/// A day as the keys count it.
pub fn day(date: Date) -> Day {
    let since = date.since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| i64::from(span.get_days()));
    sealed::day(since)
}

/// The day of the calendar that the keys count as this one.
pub fn date(day: Day) -> Date {
    jiff::civil::date(1970, 1, 1).saturating_add(i64::from(day).days())
}

impl Subscriber {
    /// The last day of the access; none if it does not end.
    pub fn last(&self) -> Option<Date> {
        let before = self.revoked.map(|day| day.yesterday().unwrap_or(day));
        match (self.until, before) {
            (Some(until), Some(before)) => Some(until.min(before)),
            (until, before) => until.or(before),
        }
    }

    /// How the access stands on a day; keyrings reach `horizon` at most.
    pub fn standing(&self, today: Date, horizon: Day) -> Standing {
        if let Some(last) = self.last().filter(|last| *last < today) {
            return Standing::Ended(last);
        }
        if let Some(from) = self.from.filter(|from| *from > today) {
            return Standing::Upcoming(from);
        }
        let first = match (self.catalogue, self.from) {
            (Catalogue::All, _) | (_, None) => 0,
            (Catalogue::SinceJoin, Some(from)) => day(from),
            (Catalogue::Months(months), Some(from)) => from.checked_sub(months.months()).map_or(0, day),
        };
        Standing::Open(first, self.last().map_or(horizon, |last| day(last).min(horizon)))
    }
}

/// Reads the subscribers of a site; none if there is no file. What is wrong is told with its place.
pub fn read(root: &Path, config: &Config, archive: &Archive, findings: &mut Findings) -> Vec<Subscriber> {
    let path = root.join(FILE);
    if !path.exists() {
        return Vec::new();
    }
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            findings.push(Diagnostic::error(Place::file(FILE), error.to_string()));
            return Vec::new();
        }
    };
    let entries = match yaml::read::<Vec<SubscriberFile>>(text.trim_start_matches('\u{feff}')) {
        Ok(entries) => entries,
        Err(problems) => {
            findings.extend(problems.into_iter().map(|problem| problem.into_diagnostic(FILE, 0)));
            return Vec::new();
        }
    };
    let clock = Clock { zone: config.time_zone.clone(), hour: config.publishing_hour };
    let mut reader = Reader { archive, clock, findings };
    let subscribers: Vec<Subscriber> =
        entries.into_iter().enumerate().filter_map(|(index, entry)| reader.subscriber(index, entry)).collect();
    reader.each_once(&subscribers);
    subscribers
}

struct Reader<'r> {
    archive: &'r Archive,
    clock: Clock,
    findings: &'r mut Findings,
}

impl Reader<'_> {
    fn error(&mut self, path: String, fact: impl Into<String>, hint: impl Into<String>) {
        self.findings.push(Diagnostic::error(Place::value(FILE, path), fact).hint(hint));
    }

    fn subscriber(&mut self, index: usize, entry: SubscriberFile) -> Option<Subscriber> {
        let path = |key: &str| format!("{index}/{key}");
        let Some(id) = entry.id.as_deref().map(str::trim).filter(|id| !id.is_empty()) else {
            self.error(
                index.to_string(),
                "a subscriber has no `id`",
                "a word of your own that is never reused: `id: S-0042`",
            );
            return None;
        };
        self.look_at_id(&path("id"), id);
        let dates = [("from", &entry.from), ("until", &entry.until), ("revoked", &entry.revoked)];
        let [from, until, revoked] = dates.map(|(key, text)| self.date(&path(key), text.as_deref()));
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            self.error(path("until"), format!("the access of `{id}` ends before it begins"), "put the two days right");
        }
        if entry.plans.0.is_empty() {
            self.error(index.to_string(), format!("`{id}` has no `plans`, and so nothing to read"), self.known_plans());
        }
        for (at, plan) in entry.plans.0.iter().enumerate() {
            if self.archive.plan(plan).is_none() {
                let known = self.archive.plans.iter().map(|plan| plan.key.as_str());
                let near = nearest(plan, known).map(|near| format!("did you mean `{near}`?"));
                let hint = near.unwrap_or_else(|| self.known_plans());
                self.error(path(&format!("plans/{at}")), format!("unknown plan `{plan}`"), hint);
            }
        }
        let catalogue = self.catalogue(&path("back_catalogue"), entry.back_catalogue.as_deref());
        if catalogue != Catalogue::All && from.is_none() {
            self.error(path("back_catalogue"), format!("it is not said when `{id}` joined"), "add the day as `from`");
        }
        let seats = self.seats(index, id, &entry);
        Some(Subscriber {
            id: id.to_owned(),
            plans: entry.plans.0,
            from,
            until,
            revoked,
            catalogue,
            seats,
            trial: entry.trial.unwrap_or(false),
            note: entry.note,
        })
    }

    fn known_plans(&self) -> String {
        let known: Vec<&str> = self.archive.plans.iter().map(|plan| plan.key.as_str()).collect();
        if known.is_empty() {
            "the configuration names no plans: add them under `plans:`".to_owned()
        } else {
            format!("plans: {}", known.join(", "))
        }
    }

    /// Contact details belong into the mail tool: a file that is in every build is no place for them.
    fn look_at_id(&mut self, path: &str, id: &str) {
        if id.contains('@') {
            self.findings.push(
                Diagnostic::warning(Place::value(FILE, path), format!("the id `{id}` looks like a mail address"))
                    .hint("use a word that says nothing about the person: it is in no published file, but in every log that tells of it"),
            );
        }
        if id.contains('/') || id.len() > 200 {
            self.error(path.to_owned(), format!("`{id}` cannot be an id"), "at most 200 bytes, without `/`");
        }
    }

    fn date(&mut self, path: &str, text: Option<&str>) -> Option<Date> {
        match self.clock.read(text?) {
            Ok(moment) => Some(moment.day),
            Err((fact, hint)) => {
                self.error(path.to_owned(), fact, hint);
                None
            }
        }
    }

    fn catalogue(&mut self, path: &str, word: Option<&str>) -> Catalogue {
        let Some(word) = word else { return Catalogue::All };
        let months = word.strip_suffix("months").or_else(|| word.strip_suffix("month")).map(str::trim);
        match (word, months.and_then(|number| number.parse().ok())) {
            ("all", _) => Catalogue::All,
            ("since-join", _) => Catalogue::SinceJoin,
            (_, Some(months @ 1..=1200)) => Catalogue::Months(months),
            _ => {
                let hint = "`all`, `since-join`, or a number of months, as in `12 months`";
                self.error(path.to_owned(), format!("unknown back catalogue `{word}`"), hint);
                Catalogue::SinceJoin
            }
        }
    }

    fn seats(&mut self, index: usize, id: &str, entry: &SubscriberFile) -> Vec<Seat> {
        let of_plans = entry.plans.0.iter().filter_map(|plan| self.archive.plan(plan)).map(|plan| plan.seats).max();
        let count = entry.seats.or(of_plans).unwrap_or(1).clamp(1, 10_000);
        for number in entry.seat_generations.keys() {
            if !number.parse::<u32>().is_ok_and(|number| (1..=count).contains(&number)) {
                let fact = format!("`{id}` has no seat {number}");
                self.error(format!("{index}/seat_generations/{number}"), fact, format!("seats: 1 to {count}"));
            }
        }
        let generation = entry.generation.unwrap_or(1).max(1);
        (1..=count)
            .map(|number| Seat {
                name: if number == 1 { id.to_owned() } else { format!("{id}/{number}") },
                generation: entry.seat_generations.get(&number.to_string()).copied().unwrap_or(generation),
            })
            .collect()
    }

    fn each_once(&mut self, subscribers: &[Subscriber]) {
        let mut ids: Vec<&str> = subscribers.iter().map(|subscriber| subscriber.id.as_str()).collect();
        ids.sort_unstable();
        for twice in ids.chunk_by(|a, b| a == b).filter(|same| same.len() > 1) {
            self.findings.push(
                Diagnostic::error(Place::file(FILE), format!("two subscribers have the id `{}`", twice[0]))
                    .hint("ids are unique and never reused: give one of them another"),
            );
        }
    }
}
