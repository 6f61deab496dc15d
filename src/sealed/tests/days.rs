use std::collections::BTreeSet;

use super::Random;
use crate::sealed::{ContentKey, DEPTH, Day, MasterKey, Node, Refused, Tree, cover, day, horizon};

fn tree() -> Tree {
    MasterKey::from_bytes([1; 32]).content_root("briefing", 1).tree("all")
}

/// Spans that meet, overlap, touch the ends and are empty.
fn spans(random: &mut Random) -> Vec<(Day, Day)> {
    let most = [20, 2000, 65_536][random.below(3)];
    let span = |random: &mut Random| {
        let from = random.below(65_536);
        let until = (from + random.below(most)).min(65_535);
        match random.below(8) {
            0 => (until as Day, from as Day),
            1 => (0, until as Day),
            2 => (from as Day, Day::MAX),
            _ => (from as Day, until as Day),
        }
    };
    (0..=random.below(3)).map(|_| span(random)).collect()
}

/// The spans one after the other, without those that meet.
fn merged(spans: &[(Day, Day)]) -> Vec<(u32, u32)> {
    let mut spans: Vec<(u32, u32)> =
        spans.iter().filter(|(a, b)| a <= b).map(|(a, b)| (u32::from(*a), u32::from(*b))).collect();
    spans.sort_unstable();
    let mut merged: Vec<(u32, u32)> = Vec::new();
    for (from, until) in spans {
        match merged.last_mut() {
            Some(last) if from <= last.1 + 1 => last.1 = last.1.max(until),
            _ => merged.push((from, until)),
        }
    }
    merged
}

#[test]
fn a_cover_is_exact_disjoint_and_the_smallest() {
    for seed in 0..3000 {
        let spans = spans(&mut Random(seed));
        let nodes = cover(&spans);
        let mut covered: Vec<(u32, u32)> = Vec::new();
        for pair in nodes.windows(2) {
            assert!(pair[0].last() < pair[1].first(), "{spans:?}: in order and disjoint");
            let siblings =
                pair[0].depth == pair[1].depth && pair[0].index ^ 1 == pair[1].index && pair[0].index % 2 == 0;
            assert!(!siblings, "{spans:?}: two children stand for their parent");
        }
        for node in &nodes {
            match covered.last_mut() {
                Some(last) if last.1 + 1 == node.first() => last.1 = node.last(),
                _ => covered.push((node.first(), node.last())),
            }
        }
        assert_eq!(covered, merged(&spans));
        assert!(nodes.len() <= 2 * usize::from(DEPTH) * merged(&spans).len());
    }
    assert_eq!(cover(&[(0, Day::MAX)]), [Node::ROOT]);
    assert_eq!(cover(&[(5, 5)]), [Node::of(5)]);
    assert_eq!(cover(&[(1, Day::MAX - 1)]).len(), 30, "the longest cover of one span");
}

#[test]
fn five_years_are_few_nodes() {
    let today = day(20_000);
    let counts: Vec<usize> = (0..365).map(|late| cover(&[(today - 1826 + late, horizon(today, 7))]).len()).collect();
    let mean = counts.iter().sum::<usize>() as f64 / counts.len() as f64;
    assert!(mean < 11.0 && counts.iter().all(|count| *count < 18), "{mean} {counts:?}");
}

#[test]
fn who_holds_a_part_has_the_keys_of_its_days_and_of_no_others() {
    let tree = tree();
    for seed in 0..60 {
        let random = &mut Random(seed);
        let spans = spans(random);
        let part = tree.part(&spans);
        let merged = merged(&spans);
        let ends =
            merged.iter().flat_map(|(from, until)| [*from, *until, from.saturating_sub(1), (until + 1).min(65_535)]);
        let others: Vec<u32> = (0..20).map(|_| random.below(65_536) as u32).collect();
        for day in ends.chain(others).map(|day| day as Day) {
            let inside = merged.iter().any(|(from, until)| (*from..=*until).contains(&u32::from(day)));
            let own = part.day(day).map(|key| *key.bytes());
            assert_eq!(
                own,
                inside.then(|| *tree.day(day).expect("the root gives all").bytes()),
                "{spans:?}, day {day}"
            );
        }
    }
}

#[test]
fn every_way_down_the_tree_leads_to_the_same_key() {
    let tree = tree();
    for day in [0, 1, 9131, 20_000, 65_535] {
        let key = *tree.day(day).expect("a day").bytes();
        for depth in 0..=DEPTH {
            let node = Node { depth, index: u32::from(day) >> (DEPTH - depth) };
            assert!(node.covers(Node::of(day)));
            let held = tree.keys(&[node]).remove(&node).expect("a node");
            let part = Tree::new("briefing", vec![crate::sealed::Held { node, key: held }]);
            assert_eq!(*part.day(day).expect("a day below").bytes(), key);
        }
    }
}

#[test]
fn many_keys_at_once_are_those_one_by_one_and_none_is_given_twice() {
    let tree = tree();
    let random = &mut Random(7);
    let nodes: Vec<Node> = (0..200)
        .map(|_| {
            let depth = random.below(17) as u8;
            Node { depth, index: random.below(1 << depth) as u32 }
        })
        .collect();
    let keys = tree.keys(&nodes);
    assert_eq!(keys.keys().copied().collect::<BTreeSet<_>>(), nodes.iter().copied().collect());
    for (node, key) in &keys {
        assert_eq!(tree.keys(&[*node])[node].bytes(), key.bytes());
    }
    let different: BTreeSet<[u8; 16]> = keys.values().map(|key| *key.bytes()).collect();
    assert_eq!(different.len(), keys.len());
}

#[test]
fn nodes_have_numbers() {
    for node in [Node::ROOT, Node::of(0), Node::of(65_535), Node { depth: 3, index: 5 }] {
        assert_eq!(Node::from_number(node.number()), Some(node));
    }
    assert_eq!(Node { depth: 3, index: 5 }.number(), 0b1101);
    assert_eq!(Node::from_number(0), None);
    assert_eq!(Node::from_number(1 << 17), None);
}

#[test]
fn days_before_and_behind_the_tree_count_as_its_ends() {
    assert_eq!([-1, 0, 20_000, 65_535, 65_536].map(day), [0, 0, 20_000, 65_535, 65_535]);
}

/// The last day that keyrings reach stays for eight days, and is never less far than wanted.
#[test]
fn a_horizon_stays_for_eight_days() {
    let horizons: Vec<Day> = (20_001..20_017).map(|today| horizon(today, 7)).collect();
    assert!((20_001..).zip(&horizons).all(|(today, horizon)| (7..=14).contains(&(horizon - today))));
    assert_eq!(horizons, [[20_015; 8], [20_023; 8]].concat());
    assert_eq!(horizon(Day::MAX, 14), Day::MAX);
}

#[test]
fn a_content_key_is_given_to_the_days_of_its_report_alone() {
    let root = MasterKey::from_bytes([1; 32]).content_root("briefing", 1);
    let content = root.report("MX-1", 1);
    let sealed = content.body().seal(&[], b"text").expect("a short text");
    let tree = root.tree("all");
    let own = tree.day(20_000).expect("a day");
    let wrapped = content.wrap(&own);
    let page = content.opening();
    let opened = ContentKey::unwrap(&page, &own, &wrapped).expect("the day of the report");
    assert_eq!(opened.body().open(&[], &sealed).expect("the body"), b"text");
    let other_plan = root.tree("mexico").day(20_000).expect("a day");
    let rotated = MasterKey::from_bytes([1; 32]).content_root("briefing", 2).tree("all").day(20_000).expect("a day");
    for other in [tree.day(20_001).expect("a day"), other_plan, rotated] {
        assert_eq!(ContentKey::unwrap(&page, &other, &wrapped).err(), Some(Refused::Damaged));
    }
    for other in [
        crate::sealed::Opening { report: "MX-2", ..page },
        crate::sealed::Opening { seal: 2, ..page },
        crate::sealed::Opening { site: "another", ..page },
    ] {
        assert_eq!(ContentKey::unwrap(&other, &own, &wrapped).err(), Some(Refused::Damaged), "{other:?}");
    }
}
