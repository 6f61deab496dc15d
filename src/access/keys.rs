//! The keys of an edition: what each text is sealed with, for whom, and the keyrings of all subscribers.

use std::collections::{BTreeMap, BTreeSet};

use base64::prelude::{BASE64_STANDARD, Engine};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::gifts::Gift;
use super::subscribers::{Standing, Subscriber, date, day};
use crate::archive::{Archive, CountryId, ReportId, SeriesId};
use crate::config::SealedTerms;
use crate::sealed::{
    self, Code, CodesRoot, ContentKey, ContentRoot, Day, DayKey, Grant, MasterKey, Member, Node, Refused, Secret,
    Shards, Tree, cover, horizon, shards,
};

/// Days in a row for which a text that is always the newest keeps its key.
const WEEK: Day = 8;

/// What a sealed text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A report.
    Report(ReportId),
    /// What is held of a country.
    Country(CountryId),
    /// The text about a series.
    Series(SeriesId),
}

/// The key of a text, and how its readers come to it.
#[derive(Debug)]
pub struct Lock {
    /// The key.
    pub content: ContentKey,
    /// The key for whoever holds the key of a day in a plan: plan, day, base-64.
    pub wraps: Vec<(String, Day, String)>,
    /// The key for whoever has the code of a gift: lookup id in hexadecimal digits, base-64.
    pub gifts: BTreeMap<String, String>,
}

/// The keys of a sealed edition, as of a day.
pub struct Keys {
    /// The site's id.
    pub site: String,
    /// The generation of content keys.
    pub generation: u32,
    /// The last day that keyrings reach.
    pub horizon: Day,
    today: Date,
    root: ContentRoot,
    codes: CodesRoot,
    trees: Vec<(String, Tree)>,
    /// The keys of days on which something gated was released, by plan.
    days: Vec<FxHashMap<Day, DayKey>>,
}

impl Keys {
    /// The keys for an archive: as of its day.
    pub fn new(master: &MasterKey, terms: &SealedTerms, archive: &Archive) -> Keys {
        let root = master.content_root(&terms.site, terms.keys);
        let today = archive.as_of.day;
        let trees: Vec<(String, Tree)> =
            archive.plans.iter().map(|plan| (plan.key.clone(), root.tree(&plan.key))).collect();
        let gated = archive.reports.iter().filter(|report| report.is_gated());
        let days: Vec<Node> =
            gated.map(|report| day(report.public.released.day)).chain(week(today)).map(Node::of).collect();
        let of_tree = |(_, tree): &(String, Tree)| {
            tree.keys(&days).into_iter().map(|(node, key)| (node.first() as Day, key)).collect()
        };
        Keys {
            site: terms.site.clone(),
            generation: terms.keys,
            horizon: horizon(day(today), terms.horizon),
            today,
            codes: master.codes_root(&terms.site, terms.codes),
            days: trees.iter().map(of_tree).collect(),
            trees,
            root,
        }
    }

    /// The key of a text. A report keeps its own as long as its `seal`; what is always the newest, the view of a country say, has
    /// another every eight days, so that an access that ended does not open what is written later.
    pub fn lock(&self, archive: &Archive, owner: Owner, gifts: &[Gift]) -> Lock {
        let (content, days) = match owner {
            Owner::Report(id) => {
                let public = &archive[id].public;
                let name = public.id.as_ref().unwrap_or(&public.address);
                (self.root.report(name, public.seal), vec![day(public.released.day)])
            }
            Owner::Country(id) => self.newest(&format!("/countries/{}/", archive[id].slug)),
            Owner::Series(id) => self.newest(&format!("/series/{}/", archive[id].slug)),
        };
        let mut wraps = Vec::new();
        for (plan, keys) in archive.plans.iter().zip(&self.days) {
            let covered = match owner {
                Owner::Report(id) => archive.covers(plan, id),
                Owner::Country(id) => archive.covers_country(plan, id),
                Owner::Series(id) => archive.covers_series(plan, id),
            };
            let held = days.iter().filter(|_| covered).filter_map(|day| Some((*day, keys.get(day)?)));
            wraps.extend(held.map(|(day, key)| (plan.key.clone(), day, BASE64_STANDARD.encode(content.wrap(key)))));
        }
        let own = gifts.iter().filter(|gift| owner == Owner::Report(gift.report));
        let gifts = own.map(|gift| {
            let code = self.gift(archive, gift);
            (hex(&code.lookup()), BASE64_STANDARD.encode(code.wrap(&content)))
        });
        Lock { gifts: gifts.collect(), content, wraps }
    }

    fn newest(&self, name: &str) -> (ContentKey, Vec<Day>) {
        (self.root.report(name, u32::from(day(self.today) / WEEK) + 1), week(self.today).collect())
    }

    /// The code of a gift.
    pub fn gift(&self, archive: &Archive, gift: &Gift) -> Code {
        let public = &archive[gift.report].public;
        let name = public.id.as_ref().unwrap_or(&public.address);
        self.codes.gift(name, public.seal, day(gift.until), &gift.note)
    }

    /// The code of a reader.
    pub fn code(&self, seat: &super::Seat) -> Code {
        self.codes.code(&seat.name, seat.generation)
    }

    /// What a subscriber may open: nothing before the access begins and after it has ended.
    pub fn grants(&self, subscriber: &Subscriber) -> Vec<Grant> {
        let Standing::Open(first, last) = subscriber.standing(self.today, self.horizon) else { return Vec::new() };
        let of_plan = |plan: &String| {
            let (_, tree) = self.trees.iter().find(|(key, _)| key == plan)?;
            Some(Grant { plan: plan.clone(), nodes: tree.part(&[(first, last)]).held().to_vec() })
        };
        subscriber.plans.iter().filter_map(of_plan).collect()
    }

    /// The keyrings of all subscribers, one for each reader.
    ///
    /// # Errors
    /// [`Refused::TooLarge`] if one of them is.
    pub fn shards(&self, subscribers: &[Subscriber]) -> Result<Shards, Refused> {
        let codes: Vec<Vec<Code>> = subscribers
            .iter()
            .map(|subscriber| subscriber.seats.iter().map(|seat| self.code(seat)).collect())
            .collect();
        let mut members = Vec::with_capacity(codes.len());
        for (subscriber, codes) in subscribers.iter().zip(&codes) {
            let grants = self.grants(subscriber);
            // An access that is to begin opens nothing yet, and has not ended.
            let begins = matches!(subscriber.standing(self.today, self.horizon), Standing::Upcoming(_));
            let ends = subscriber.last().filter(|_| !begins).map_or(Day::MAX, day);
            members.extend(codes.iter().map(|code| Member { code, ends, grants: grants.clone() }));
        }
        shards(&self.codes, self.generation, self.horizon, members)
    }

    /// The years in which what somebody may read begins, and not with the first day.
    pub fn years_begun(&self, subscribers: &[Subscriber]) -> BTreeSet<i16> {
        let first = |subscriber: &Subscriber| match subscriber.standing(self.today, self.horizon) {
            Standing::Open(first, _) => Some(date(first)),
            _ => None,
        };
        subscribers.iter().filter_map(first).filter(|day| *day != day.first_of_year()).map(Date::year).collect()
    }

    /// A key that exactly those can make who may read all days from the first to the last in a plan: of all nodes over these days
    /// together. None if there is no such plan.
    pub fn span(&self, plan: &str, days: (Day, Day)) -> Option<Secret<32>> {
        let (_, tree) = self.trees.iter().find(|(key, _)| key == plan)?;
        let nodes = tree.keys(&cover(&[days]));
        Some(sealed::span_key(&self.site, nodes.values()))
    }
}

/// The days that share the key of what is always the newest.
fn week(today: Date) -> impl Iterator<Item = Day> {
    let first = day(today) / WEEK * WEEK;
    first..=first.saturating_add(WEEK - 1)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
