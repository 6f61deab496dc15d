//! The state that reading a document goes through.

use super::fields::Fields;
use super::losses::{Loss, Losses};
use super::numbering::Numbering;
use super::package::{Package, Relations};
use super::pictures::Pictures;
use super::span::{Block, Span};
use super::styles::Styles;
use super::xml::Node;
use std::collections::BTreeMap;

/// A document while it is read.
pub(super) struct Reader<'p> {
    pub(super) package: &'p Package<'p>,
    /// The relationships of the part that is read.
    pub(super) relations: Relations,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) fields: Fields,
    pub(super) pictures: Pictures,
    pub(super) losses: Losses,
    pub(super) notes: Notes<'p>,
    /// What stands before a deleted end of a paragraph, and belongs to the next.
    pub(super) kept: Vec<Span>,
    /// Text boxes of the paragraph that is read.
    pub(super) boxes: Vec<Block>,
}

impl<'p> Reader<'p> {
    /// A reader for the part `name`, with the notes of the document. The error is the fact and the cure.
    pub(super) fn new(package: &'p Package<'p>, name: &str, notes: &'p [NotePart]) -> Result<Self, String> {
        let relations = package.relations(name)?;
        let part = |kind: &str| package.related(&relations, kind).map(|part| part.map(|(_, root)| root));
        let styles = Styles::read(part("styles")?.as_ref());
        let numbering = Numbering::read(part("numbering")?.as_ref());
        let mut losses = Losses::default();
        for kind in ["header", "footer"] {
            let mut parts = relations.parts(kind).filter_map(|part| package.xml(part).ok()?);
            if parts
                .any(|root| root.descendants().any(|node| node.tag() == ("w", "t") && !node.text().trim().is_empty()))
            {
                losses.count(Loss::Header);
            }
        }
        Ok(Self {
            package,
            relations,
            styles,
            numbering,
            fields: Fields::default(),
            pictures: Pictures::default(),
            losses,
            notes: Notes::new(notes),
            kept: Vec::new(),
            boxes: Vec::new(),
        })
    }

    /// Reads the notes that have been referred to, in the order of their numbers.
    pub(super) fn read_notes(&mut self) -> Vec<Vec<Block>> {
        let mut texts = Vec::new();
        while let Some((part, node)) = self.notes.met.get(texts.len()).copied() {
            let before = std::mem::take(&mut self.relations);
            self.relations = self.package.relations(&part.name).unwrap_or_default();
            self.fields = Fields::default();
            let mut blocks = Vec::new();
            self.blocks(node, &mut blocks);
            self.relations = before;
            texts.push(blocks);
        }
        texts
    }
}

/// A part with footnotes or endnotes.
pub(super) struct NotePart {
    name: String,
    root: Node,
    endnotes: bool,
}

impl NotePart {
    /// The parts with notes of the document in the part `name`. The error is the fact and the cure.
    pub(super) fn all(package: &Package<'_>, name: &str) -> Result<Vec<Self>, String> {
        let relations = package.relations(name)?;
        let mut parts = Vec::new();
        for (kind, endnotes) in [("footnotes", false), ("endnotes", true)] {
            let part = package.related(&relations, kind)?;
            parts.extend(part.map(|(name, root)| Self { name, root, endnotes }));
        }
        Ok(parts)
    }
}

/// The notes of a document.
pub(super) struct Notes<'p> {
    /// Each by its kind (whether an endnote) and id, with its number once it has been referred to.
    by_id: BTreeMap<(bool, String), (Text<'p>, Option<usize>)>,
    met: Vec<Text<'p>>,
}

/// A note and the part it is in.
type Text<'p> = (&'p NotePart, &'p Node);

impl<'p> Notes<'p> {
    fn new(parts: &'p [NotePart]) -> Self {
        let mut by_id = BTreeMap::new();
        for part in parts {
            // Notes of a type are lines and the like between text and notes (ECMA-376 part 1, 17.18.33).
            let notes = part.root.nodes().filter(|node| matches!(node.attribute("w", "type"), None | Some("normal")));
            for node in notes {
                if let Some(id) = node.attribute("w", "id") {
                    by_id.insert((part.endnotes, id.to_owned()), ((part, node), None));
                }
            }
        }
        Self { by_id, met: Vec::new() }
    }

    /// The number of a note, from 0 in the order of first references; None if there is no such note.
    pub(super) fn number(&mut self, end: bool, id: &str) -> Option<usize> {
        let (text, number) = self.by_id.get_mut(&(end, id.to_owned()))?;
        if number.is_none() {
            *number = Some(self.met.len());
            self.met.push(*text);
        }
        *number
    }
}
