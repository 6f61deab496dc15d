//! Reading pictures, text boxes and what else is drawn (ECMA-376 part 1, 20.4; part 4, 19.1 for VML).

use super::losses::Loss;
use super::reader::Reader;
use super::runs::Line;
use super::span::{Piece, Span};
use super::xml::Node;
use std::rc::Rc;

/// The form of a content that this reader understands: the first (ECMA-376 part 3, 9.3). Both say the same, the
/// fallback in an older way.
pub(super) fn chosen(node: &Node) -> Option<&Node> {
    node.child("mc", "Choice").or_else(|| node.child("mc", "Fallback"))
}

/// The drawn things inside a drawing, in order, not those inside text boxes.
fn things(drawing: &Node) -> Vec<&Node> {
    let mut found = Vec::new();
    let mut stack = vec![drawing];
    while let Some(node) = stack.pop() {
        match node.tag() {
            ("w", "txbxContent") | ("a", "blip") | ("v", "imagedata") | ("c", "chart") | ("dgm", "relIds") => {
                found.push(node);
            }
            ("mc", "AlternateContent") => stack.extend(chosen(node)),
            _ => stack.extend(node.nodes().rev()),
        }
    }
    found
}

/// What a drawing shows, in the author's words: its description, else its title, else the VML shape's text.
fn description(drawing: &Node) -> String {
    let filled = |text: &&str| !text.trim().is_empty();
    let of = |node: &Node| {
        let texts = match node.tag() {
            ("wp", "docPr") => [node.attribute("", "descr"), node.attribute("", "title")],
            ("v", _) => [node.attribute("", "alt"), node.attribute("o", "title")],
            _ => [None, None],
        };
        texts.into_iter().flatten().find(filled).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    drawing.descendants().find_map(of).unwrap_or_default()
}

impl Reader<'_> {
    /// Reads a drawing, a VML picture or an embedded object. Text boxes wait for the end of the paragraph.
    pub(super) fn graphic(&mut self, drawing: &Node, para: &mut Line, link: Option<&Rc<str>>) {
        if drawing.name.as_ref() == "object" {
            self.losses.count(Loss::Embedded);
        }
        let clicked = drawing.descendants().find(|node| node.tag() == ("a", "hlinkClick"));
        let target = clicked
            .and_then(|node| self.relations.get(node.attribute("r", "id")?))
            .map(|relation| relation.target.clone());
        let target = target.and_then(|target| self.address(&target, ""));
        let (alt, link) = (description(drawing), target.as_ref().or(link));
        for node in things(drawing) {
            match node.tag() {
                ("w", "txbxContent") => self.text_box(node),
                ("c", "chart") => self.losses.count(Loss::Chart),
                ("dgm", "relIds") => self.losses.count(Loss::Diagram),
                _ => {
                    let id = ["embed", "id", "link"].into_iter().find_map(|name| node.attribute("r", name));
                    if let Some(piece) = id.and_then(|id| self.picture(id, &alt)) {
                        para.ordinary = true;
                        para.spans.push(Span { link: link.cloned(), ..Span::bare(piece) });
                    }
                }
            }
        }
    }

    fn picture(&mut self, id: &str, alt: &str) -> Option<Piece> {
        let relation = self.relations.get(id)?;
        if relation.external {
            let shown: String = relation.target.chars().take(100).collect();
            self.losses.say(format!("the picture {shown} was left out, as it is not in the file: put it in"));
            return None;
        }
        let name = self.pictures.add(self.package, &relation.target, &mut self.losses)?;
        if alt.is_empty() {
            self.losses.count(Loss::NoAlt);
        }
        Some(Piece::Picture(alt.to_owned(), name))
    }

    fn text_box(&mut self, node: &Node) {
        let pending = std::mem::take(&mut self.kept);
        let mut blocks = Vec::new();
        self.blocks(node, &mut blocks);
        self.kept = pending;
        if !blocks.is_empty() {
            self.losses.count(Loss::TextBox);
            self.boxes.append(&mut blocks);
        }
    }
}
