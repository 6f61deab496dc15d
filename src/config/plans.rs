//! What subscribers can buy, and how the sealed edition is made.

use std::collections::BTreeMap;

use crate::url::BaseUrl;
use crate::yaml::{TextOr, Texts, shape};

shape! {
    /// A plan: what a subscription covers.
    pub struct PlanFile {
        /// The plan's name.
        name: Option<String>,
        /// `all`, or countries, regions, topics, kinds and series.
        covers: Option<TextOr<CoversFile>>,
        /// Readers of one subscription.
        seats: Option<u32>,
    }
}

shape! {
    /// What a plan covers: a report that any of these lists names.
    pub struct CoversFile {
        /// Countries, by name or ISO 3166 code.
        countries: Texts,
        /// Regions, with all of their countries.
        regions: Texts,
        /// Topics, with those below them.
        topics: Texts,
        /// Kinds.
        kinds: Texts,
        /// Series.
        series: Texts,
    }
}

shape! {
    /// How the sealed edition is made.
    pub struct SealedFile {
        /// The site's id, for which keys and codes are made: its address without `https://` if not given. It must never change.
        site: Option<String>,
        /// Days beyond the day of a build that keyrings reach; 14 if not given.
        horizon: Option<u32>,
        /// The generation of content keys; raised to rotate them. 1 if not given.
        keys: Option<u32>,
        /// The generation of codes; raised to give every subscriber another. 1 if not given.
        codes: Option<u32>,
        /// Whether readers may have their access remembered on a device.
        remember: Option<bool>,
    }
}

/// A plan as the configuration names it: its records are still names.
#[derive(Debug, Clone)]
pub struct PlanTerms {
    /// The word that subscribers' entries use.
    pub key: String,
    /// The name in print.
    pub name: String,
    /// What it covers; everything if this is none.
    pub covers: Option<CoversFile>,
    /// Readers of one subscription.
    pub seats: u32,
}

/// How the sealed edition is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedTerms {
    /// What keys and codes are made for.
    pub site: String,
    /// Days beyond the day of a build that keyrings reach.
    pub horizon: u16,
    /// The generation of content keys.
    pub keys: u32,
    /// The generation of codes.
    pub codes: u32,
    /// Whether readers may have their access remembered on a device.
    pub remember: bool,
}

/// Where something is wrong, what, and what to do.
pub(super) type Fault = (String, String, String);

/// How far keyrings reach if it is not said.
const HORIZON: u32 = 14;
/// Hosts on which the sites of many publishers, or all sites of one account, share an origin.
const SHARED: [&str; 2] = ["github.io", "gitlab.io"];

/// Reads the plans.
pub(super) fn plans(files: BTreeMap<String, PlanFile>, faults: &mut Vec<Fault>) -> Vec<PlanTerms> {
    files
        .into_iter()
        .map(|(key, plan)| {
            let good = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') && key.len() <= 64;
            if !good || key.is_empty() {
                faults.push((
                    format!("plans/{key}"),
                    format!("`{key}` cannot be the word for a plan"),
                    "letters, digits, `-` and `_`, 64 at most; how it is called in print goes into `name`".to_owned(),
                ));
            }
            if plan.seats == Some(0) {
                faults.push((
                    format!("plans/{key}/seats"),
                    "a plan for nobody: `seats` must be at least 1".to_owned(),
                    "leave it out for one reader".to_owned(),
                ));
            }
            PlanTerms {
                covers: covers(&key, plan.covers, faults),
                name: plan.name.unwrap_or_else(|| super::capitalised(&key)),
                seats: plan.seats.unwrap_or(1),
                key,
            }
        })
        .collect()
}

fn covers(plan: &str, file: Option<TextOr<CoversFile>>, faults: &mut Vec<Fault>) -> Option<CoversFile> {
    let path = format!("plans/{plan}/covers");
    let hint = "`covers: all`, or lists of countries, regions, topics, kinds or series: `covers: {countries: [MX]}`";
    let fault = match file {
        Some(TextOr::Text(word)) if word == "all" => return None,
        Some(TextOr::Text(word)) => (path, format!("a plan cannot cover `{word}`"), hint.to_owned()),
        Some(TextOr::Map(covers)) if covers.lists().iter().any(|list| !list.0.is_empty()) => return Some(covers),
        Some(TextOr::Map(_)) => (path, "this plan covers nothing".to_owned(), hint.to_owned()),
        None => (format!("plans/{plan}"), "this plan does not say what it covers".to_owned(), hint.to_owned()),
    };
    faults.push(fault);
    Some(CoversFile::default())
}

impl CoversFile {
    fn lists(&self) -> [&Texts; 5] {
        [&self.countries, &self.regions, &self.topics, &self.kinds, &self.series]
    }
}

/// Reads the `sealed` mapping.
pub(super) fn sealed(file: &SealedFile, base: &BaseUrl, faults: &mut Vec<Fault>) -> SealedTerms {
    let mut number = |key: &str, given: Option<u32>, usual: u32, most: u32| match given {
        Some(number) if (1..=most).contains(&number) => number,
        Some(number) => {
            faults.push((
                format!("sealed/{key}"),
                format!("`{key}` cannot be {number}"),
                format!("a number from 1 to {most}; {usual} if it is left out"),
            ));
            usual
        }
        None => usual,
    };
    let own = base.absolute("/");
    let own = own.split_once("://").map_or(own.as_str(), |(_, rest)| rest).trim_end_matches('/');
    let host = own.split('/').next().unwrap_or_default();
    let is_shared = own != host && SHARED.iter().any(|shared| host.ends_with(shared));
    SealedTerms {
        horizon: number("horizon", file.horizon, HORIZON, 366) as u16,
        keys: number("keys", file.keys, 1, u32::MAX),
        codes: number("codes", file.codes, 1, u32::MAX),
        site: file.site.clone().unwrap_or_else(|| own.to_owned()),
        remember: file.remember.unwrap_or(!is_shared),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> SealedTerms {
        sealed(&SealedFile::default(), &BaseUrl::parse(url).expect("an address"), &mut Vec::new())
    }

    #[test]
    fn a_site_is_named_after_its_address_and_shared_hosts_remember_nobody() {
        assert_eq!(of("https://example.org/").site, "example.org");
        assert_eq!(of("https://example.org/briefings/").site, "example.org/briefings");
        assert!(of("https://example.org/briefings/").remember);
        assert!(of("https://desk.github.io/").remember);
        assert!(!of("https://desk.github.io/archive/").remember);
    }
}
