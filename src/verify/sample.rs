//! Which files are fetched if not all are: always the same ones, spread over all kinds.

use std::collections::BTreeMap;

/// What is fetched in any case, if it is there.
const ALWAYS: [&str; 5] = ["index.html", "feed.xml", "feed.json", "sitemap.xml", "robots.txt"];

/// So many of the paths, sorted; all if `count` is not given. Files of a kind (a section and an ending) take turns with those of
/// the others, and are taken evenly from first to last.
pub fn choose(paths: &[String], count: Option<usize>) -> Vec<&str> {
    let Some(count) = count.filter(|count| *count < paths.len()) else {
        return paths.iter().map(String::as_str).collect();
    };
    let mut kinds: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for path in paths {
        let section = path.split_once('/').map_or("", |(section, _)| section);
        let ending = path.rsplit('/').next().unwrap_or_default().rsplit('.').next().unwrap_or_default();
        kinds.entry((section, ending)).or_default().push(path);
    }
    let mut chosen: Vec<&str> = ALWAYS.into_iter().filter(|path| paths.iter().any(|there| there == path)).collect();
    chosen.truncate(count);
    let orders: Vec<Vec<&str>> = kinds.into_values().map(evenly).collect();
    let longest = orders.iter().map(Vec::len).max().unwrap_or(0);
    let turns = (0..longest).flat_map(|turn| orders.iter().filter_map(move |order| order.get(turn).copied()));
    for path in turns {
        if chosen.len() == count {
            break;
        }
        if !chosen.contains(&path) {
            chosen.push(path);
        }
    }
    chosen.sort_unstable();
    chosen
}

/// The paths in an order of which every beginning is spread over all: last, first, middle, quarters.
fn evenly(paths: Vec<&str>) -> Vec<&str> {
    let mut steps: Vec<usize> = (0..paths.len()).collect();
    let bits = usize::BITS - paths.len().leading_zeros();
    steps.sort_by_key(|index| (*index as u32).reverse_bits() >> (32 - bits.clamp(1, 32)));
    steps.into_iter().map(|index| paths[index]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_spread_over_kinds_and_always_the_same() {
        let mut paths: Vec<String> = (0..100).map(|n| format!("reports/2025/{n:03}/index.html")).collect();
        paths.extend(
            ["index.html", "feed.xml", "assets/site.css", "countries/mx/index.html", "countries/mx/feed.xml"]
                .map(str::to_owned),
        );
        let chosen = choose(&paths, Some(10));
        assert_eq!(chosen.len(), 10);
        for path in &paths[100..] {
            assert!(chosen.contains(&path.as_str()), "{path}");
        }
        assert!(chosen.iter().any(|path| path.contains("/064/")), "from the middle as well: {chosen:?}");
        assert_eq!(chosen, choose(&paths, Some(10)));
        assert_eq!(choose(&paths, Some(2)).len(), 2);
        assert_eq!(choose(&paths, None).len(), 105);
        assert_eq!(choose(&[], Some(3)), Vec::<&str>::new());
    }
}
