//! A key for every day, and few keys for many days: the tree of Goldreich, Goldwasser and Micali ("How to construct random
//! functions", J. ACM 33 (4), 1986) over the days of a plan.
//!
//! The key of a node gives those of its two children and of no other node. Whoever holds the nodes over a span of days can make
//! the keys of these days and of no others. A span of five years is some ten nodes.
//!
//! The tree is 16 deep: 65,536 days from 1 January 1970, to 6 June 2149. Fifteen would end in 2059, and the step more costs a
//! subscriber at most two nodes. Keys of nodes are 128 bits, as many as a code has: keyrings, of which there are as many as
//! subscribers, are half as long as with 256, and no easier to guess than the codes that open them.

use std::collections::BTreeMap;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::info::info;
use super::master::ContentRoot;
use super::secret::Secret;

/// How many steps lead from the root to a day.
pub const DEPTH: u8 = 16;
/// A day: days since 1 January 1970.
pub type Day = u16;
/// The key of a node; that of a day is the key of a node at [`DEPTH`].
pub type DayKey = Secret<16>;

/// The day of a number of days since 1 January 1970. What is earlier counts as the first day, what is later than June 2149 as
/// the last.
pub fn day(since_1970: i64) -> Day {
    since_1970.clamp(0, i64::from(Day::MAX)) as Day
}

/// The last day that keyrings made on `today` reach: at least `days` later, and the last of eight days.
///
/// So keyrings stay as they are for eight days, and every one of them has some three nodes less than with a day that rolls.
pub fn horizon(today: Day, days: u16) -> Day {
    today.saturating_add(days) | 7
}

/// A node: how many steps from the root, and the number among those of its depth, from the left. Nodes are in the order of
/// their first days; a node stands before those below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// Steps from the root, up to [`DEPTH`].
    pub depth: u8,
    /// Its number at this depth, from 0.
    pub index: u32,
}

impl Node {
    /// The node over all days.
    pub const ROOT: Node = Node { depth: 0, index: 0 };

    /// The node of one day.
    pub fn of(day: Day) -> Node {
        Node { depth: DEPTH, index: u32::from(day) }
    }

    /// The node as one number: a one, and behind it the steps from the root, 0 for left and 1 for right.
    pub fn number(self) -> u32 {
        1 << self.depth | self.index
    }

    /// The node of a number.
    pub fn from_number(number: u32) -> Option<Node> {
        let depth = number.checked_ilog2().filter(|depth| *depth <= u32::from(DEPTH))?;
        Some(Node { depth: depth as u8, index: number - (1 << depth) })
    }

    /// Whether another node is this one or below it.
    pub fn covers(self, other: Node) -> bool {
        other.depth >= self.depth && other.index >> (other.depth - self.depth) == self.index
    }

    /// The first day below it.
    pub fn first(self) -> u32 {
        self.index << (DEPTH - self.depth)
    }

    /// The last day below it.
    pub fn last(self) -> u32 {
        ((self.index + 1) << (DEPTH - self.depth)) - 1
    }

    fn child(self, right: u32) -> Node {
        Node { depth: self.depth + 1, index: self.index << 1 | right }
    }
}

impl Ord for Node {
    fn cmp(&self, other: &Node) -> std::cmp::Ordering {
        (self.first(), self.depth).cmp(&(other.first(), other.depth))
    }
}

impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Node) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The fewest nodes over the days of spans, first and last day included, in order; spans may overlap, and those that end before
/// they begin are empty.
pub fn cover(spans: &[(Day, Day)]) -> Vec<Node> {
    let mut spans: Vec<(u32, u32)> = spans
        .iter()
        .filter(|(from, until)| from <= until)
        .map(|(from, until)| (u32::from(*from), u32::from(*until) + 1))
        .collect();
    spans.sort_unstable();
    let mut nodes = Vec::new();
    let mut at = 0;
    while let Some((from, mut end)) = spans.first().copied() {
        let joined = spans.iter().take_while(|(from, until)| {
            let joins = *from <= end;
            end = if joins { end.max(*until) } else { end };
            joins
        });
        let joined = joined.count();
        spans.drain(..joined);
        at = from.max(at);
        while at < end {
            // The largest block of days that begins here and does not go beyond the end.
            let fits = (end - at).ilog2();
            let steps = at.trailing_zeros().min(fits);
            nodes.push(Node { depth: DEPTH - steps as u8, index: at >> steps });
            at += 1 << steps;
        }
    }
    nodes
}

/// A node with its key.
#[derive(Debug, Clone)]
pub struct Held {
    /// The node.
    pub node: Node,
    /// Its key.
    pub key: Secret<16>,
}

/// What somebody holds of a plan's tree: the publisher the root, a subscriber the nodes over their days.
#[derive(Debug, Clone)]
pub struct Tree {
    site: Arc<str>,
    held: Vec<Held>,
}

impl ContentRoot {
    /// The tree of a plan.
    pub fn tree(&self, plan: &str) -> Tree {
        let key = self.key.derive(&info("plan", &self.site, &[plan]));
        Tree { site: self.site.clone(), held: vec![Held { node: Node::ROOT, key }] }
    }
}

impl Tree {
    /// A tree of which these nodes are held.
    pub fn new(site: &str, held: Vec<Held>) -> Tree {
        Tree { site: site.into(), held }
    }

    /// The nodes that are held.
    pub fn held(&self) -> &[Held] {
        &self.held
    }

    /// The key of a day, if it is below what is held.
    pub fn day(&self, day: Day) -> Option<DayKey> {
        self.keys(&[Node::of(day)]).remove(&Node::of(day))
    }

    /// What is left of the tree for somebody who may read these spans of days.
    #[must_use]
    pub fn part(&self, spans: &[(Day, Day)]) -> Tree {
        let keys = self.keys(&cover(spans));
        Tree { site: self.site.clone(), held: keys.into_iter().map(|(node, key)| Held { node, key }).collect() }
    }

    /// The keys of many nodes at once, those that are below what is held: each node on the way is derived once.
    pub fn keys(&self, nodes: &[Node]) -> BTreeMap<Node, Secret<16>> {
        let mut wanted = nodes.to_vec();
        wanted.sort_unstable();
        wanted.dedup();
        let mut found = BTreeMap::new();
        for Held { node, key } in &self.held {
            let below: Vec<Node> = wanted.iter().copied().filter(|wanted| node.covers(*wanted)).collect();
            self.descend(*node, key, &below, &mut found);
        }
        found
    }

    /// `wanted` are nodes at or below `node`, in order: itself, those at its left, those at its right.
    fn descend(&self, node: Node, key: &Secret<16>, wanted: &[Node], found: &mut BTreeMap<Node, Secret<16>>) {
        let below = match wanted.first() {
            None => return,
            Some(first) if *first == node => {
                found.insert(node, key.clone());
                &wanted[1..]
            }
            Some(_) => wanted,
        };
        if below.is_empty() {
            return;
        }
        let right = node.child(1);
        let (lefts, rights) = below.split_at(below.partition_point(|wanted| wanted.first() < right.first()));
        for (side, wanted) in [(0, lefts), (1, rights)] {
            if !wanted.is_empty() {
                let key = key.derive(&info("node", &self.site, &[["0", "1"][side as usize]]));
                self.descend(node.child(side), &key, wanted, found);
            }
        }
    }
}

/// A key that needs all of these nodes' keys, in their order: those can make it who hold all of these nodes, or nodes above them.
/// It is made from what the nodes' keys give, not from these themselves: readers keep them as keys that give nothing else.
pub fn span_key<'k>(site: &str, keys: impl Iterator<Item = &'k Secret<16>>) -> Secret<32> {
    keys.fold(Secret::new([0; 32]), |above: Secret<32>, key| {
        let part: Secret<32> = key.derive(&info("span part", site, &[]));
        let mut both = Zeroizing::new([0; 64]);
        both[..32].copy_from_slice(above.bytes());
        both[32..].copy_from_slice(part.bytes());
        Secret::new(*both).derive(&info("span", site, &[]))
    })
}
