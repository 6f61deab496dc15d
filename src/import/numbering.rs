//! Which lists are numbered, and what number comes next (ECMA-376 part 1, 17.9).

use super::xml::Node;
use std::collections::{BTreeMap, BTreeSet};

/// How many levels a list has.
const LEVELS: usize = 9;

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// A dot or the like.
    Bullet,
    /// A number.
    Number(u32),
}

/// How a level of a list is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bullet,
    /// With a number, and whether it is written in other than our digits.
    Number(bool),
    /// With nothing: no list to the eye.
    Nothing,
}

#[derive(Debug, Clone, Copy)]
struct Level {
    kind: Kind,
    start: u32,
}

#[derive(Debug, Default)]
struct Definition {
    levels: BTreeMap<u8, Level>,
    /// The levels that styles are tied to.
    styles: BTreeMap<String, u8>,
    /// The style whose list this one takes after.
    like: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: String,
    /// The levels that begin anew with this list, and with which number.
    starts: BTreeMap<u8, u32>,
}

/// The lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: BTreeMap<String, List>,
    definitions: BTreeMap<String, Definition>,
    counters: BTreeMap<String, [Option<u32>; LEVELS]>,
    begun: BTreeSet<String>,
}

impl Numbering {
    /// Reads the numbering part.
    pub(super) fn read(root: Option<&Node>) -> Self {
        let mut numbering = Self::default();
        let mut kept_by = BTreeMap::new();
        for node in root.iter().flat_map(|root| root.nodes()) {
            match node.tag() {
                ("w", "abstractNum") => {
                    let id = node.attribute("w", "abstractNumId").unwrap_or_default().to_owned();
                    if let Some(style) = node.val_of("styleLink") {
                        kept_by.insert(style.to_owned(), id.clone());
                    }
                    numbering.definitions.insert(id, Definition::read(node));
                }
                ("w", "num") => {
                    let id = node.attribute("w", "numId").unwrap_or_default();
                    numbering.lists.insert(id.to_owned(), List::read(node));
                }
                _ => {}
            }
        }
        // A definition may stand for that of a list style (17.9.21, 17.9.27).
        for list in numbering.lists.values_mut() {
            let like = numbering.definitions.get(&list.definition).and_then(|definition| definition.like.as_ref());
            if let Some(id) = like.and_then(|style| kept_by.get(style)) {
                list.definition.clone_from(id);
            }
        }
        numbering
    }

    fn definition(&self, list: &str) -> Option<&Definition> {
        self.definitions.get(&self.lists.get(list)?.definition)
    }

    /// The level of a list that a style is tied to.
    pub(super) fn level_of(&self, list: &str, style: &str) -> Option<u8> {
        self.definition(list)?.styles.get(style).copied()
    }

    /// The marker of the next item of a list, None if its items are not marked; and whether it was written in other
    /// than our digits. A list that is not described is one of bullets.
    pub(super) fn next(&mut self, list: &str, level: u8) -> Option<(Marker, bool)> {
        let Some(definition) = self.definition(list) else { return Some((Marker::Bullet, false)) };
        let known = definition.levels.get(&level).copied().unwrap_or(Level { kind: Kind::Bullet, start: 1 });
        match known.kind {
            Kind::Nothing => None,
            Kind::Bullet => Some((Marker::Bullet, false)),
            Kind::Number(other) => Some((Marker::Number(self.count(list, level, known.start)), other)),
        }
    }

    /// Counts an item. Lists of one definition count on from each other unless they say where they start (17.9.26).
    fn count(&mut self, id: &str, level: u8, start: u32) -> u32 {
        let Some(list) = self.lists.get(id) else { return start };
        let counters = self.counters.entry(list.definition.clone()).or_default();
        if self.begun.insert(id.to_owned()) {
            for level in list.starts.keys() {
                counters[usize::from(*level).min(LEVELS - 1)] = None;
            }
        }
        let at = usize::from(level).min(LEVELS - 1);
        let start = list.starts.get(&level).copied().unwrap_or(start);
        let number = counters[at].map_or(start, |number| number.saturating_add(1)).min(999_999_999);
        counters[at] = Some(number);
        counters[at + 1..].fill(None);
        number
    }
}

impl Definition {
    fn read(node: &Node) -> Self {
        let mut definition = Self { like: node.val_of("numStyleLink").map(str::to_owned), ..Self::default() };
        for node in node.nodes().filter(|node| node.tag() == ("w", "lvl")) {
            let Some(level) = level_of(node) else { continue };
            let kind = match node.val_of("numFmt") {
                Some("bullet") => Kind::Bullet,
                Some("none") => Kind::Nothing,
                format => Kind::Number(!matches!(format, None | Some("decimal" | "decimalZero" | "ordinal"))),
            };
            let start = node.val_of("start").and_then(|start| start.parse().ok()).unwrap_or(1);
            definition.levels.insert(level, Level { kind, start });
            if let Some(style) = node.val_of("pStyle") {
                definition.styles.insert(style.to_owned(), level);
            }
        }
        definition
    }
}

impl List {
    fn read(node: &Node) -> Self {
        let overrides = node.nodes().filter(|node| node.tag() == ("w", "lvlOverride"));
        let start = |node: &Node| Some((level_of(node)?, node.val_of("startOverride")?.parse().ok()?));
        Self {
            definition: node.val_of("abstractNumId").unwrap_or_default().to_owned(),
            starts: overrides.filter_map(start).collect(),
        }
    }
}

fn level_of(node: &Node) -> Option<u8> {
    node.attribute("w", "ilvl")?.parse().ok()
}
