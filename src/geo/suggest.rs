//! Answers to a name that is not known: the known names nearest to it.

use std::sync::LazyLock;

use super::{Country, key};

/// Keys of fewer characters are codes or abbreviations, which are not suggested.
const SHORTEST_SUGGESTED: usize = 4;

/// A name that can be suggested, with its key and the key's length in characters.
struct Spelling {
    key: String,
    length: usize,
    country: Country,
    name: &'static str,
}

static SPELLINGS: LazyLock<Vec<Spelling>> = LazyLock::new(|| {
    let spell = |country: Country, name| {
        let key = key(name);
        Spelling { length: key.chars().count(), key, country, name }
    };
    Country::all()
        .flat_map(|country| country.spellings().map(move |name| spell(country, name)))
        .filter(|spelling| spelling.length >= SHORTEST_SUGGESTED)
        .collect()
});

/// The known names nearest to a mistyped or incomplete one, best first, one a country, at most `most`.
///
/// If names hold every word typed, those are given: "Congo" offers both countries.
/// Else near is a Damerau-Levenshtein distance, over look-up keys, of at most a third
/// of the length, three, and one more than the nearest name's.
pub fn suggest(text: &str, most: usize) -> Vec<(Country, &'static str)> {
    if text.len() > 200 {
        return Vec::new();
    }
    let typed = key(text);
    let mut found = holding(&typed);
    if found.is_empty() {
        found = near(&typed);
    }
    found.sort_by_key(|&(rank, country, name)| (rank, name != country.name("en"), country));
    let mut suggested: Vec<(Country, &'static str)> = Vec::new();
    for (_, country, name) in found {
        if suggested.len() < most && suggested.iter().all(|&(known, _)| known != country) {
            suggested.push((country, name));
        }
    }
    suggested
}

/// Names within a few slips of the typed key, with the number of slips.
fn near(typed: &str) -> Vec<(usize, Country, &'static str)> {
    let length = typed.chars().count();
    let slips = (length / 3).clamp(1, 3);
    let measure = |spelling: &Spelling| {
        let apart = spelling.length.abs_diff(length) <= slips;
        let distance = apart.then(|| strsim::damerau_levenshtein(typed, &spelling.key))?;
        (distance <= slips).then_some((distance, spelling.country, spelling.name))
    };
    let mut found: Vec<_> = SPELLINGS.iter().filter_map(measure).collect();
    let nearest = found.iter().map(|&(distance, ..)| distance).min();
    found.retain(|&(distance, ..)| nearest.is_some_and(|nearest| distance <= nearest + 1));
    found
}

/// Names that hold every word of the typed key; English short names rank first, then those with fewest other words.
fn holding(typed: &str) -> Vec<(usize, Country, &'static str)> {
    let wanted: Vec<&str> = typed.split_whitespace().collect();
    let telling = wanted.iter().any(|word| word.chars().count() >= SHORTEST_SUGGESTED);
    let measure = |spelling: &Spelling| {
        let words: Vec<&str> = spelling.key.split(' ').collect();
        let all = telling && wanted.iter().all(|word| words.contains(word));
        let rank = if spelling.name == spelling.country.name("en") { 0 } else { words.len() };
        all.then_some((rank, spelling.country, spelling.name))
    };
    SPELLINGS.iter().filter_map(measure).collect()
}
