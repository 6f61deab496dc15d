//! Reading paragraphs and what holds them (ECMA-376 part 1, 17.2 and 17.3.1).

use super::graphics::chosen;
use super::losses::Loss;
use super::numbering::Marker;
use super::reader::Reader;
use super::runs::Line;
use super::span::{Block, Piece, Span};
use super::styles::{Class, heading};
use super::xml::Node;

impl Reader<'_> {
    /// Reads the paragraphs and tables inside a body, cell, text box or note.
    pub(super) fn blocks(&mut self, node: &Node, out: &mut Vec<Block>) {
        self.level(node, out);
        self.flush(out);
    }

    /// Writes what waits for a paragraph where none comes.
    fn flush(&mut self, out: &mut Vec<Block>) {
        let kept = std::mem::take(&mut self.kept);
        if !kept.iter().all(Span::is_blank) {
            out.push(Block::Paragraph(kept, false));
        }
    }

    fn level(&mut self, node: &Node, out: &mut Vec<Block>) {
        for child in node.nodes() {
            match child.tag() {
                ("w", "p") => self.paragraph(child, out),
                ("w", "tbl") => {
                    self.flush(out);
                    self.table(child, out);
                }
                ("w", "ins" | "moveTo" | "customXml") => self.level(child, out),
                ("w", "del" | "moveFrom") => self.losses.count(Loss::Deletion),
                ("w", "altChunk") => self.losses.count(Loss::Embedded),
                ("w", "sdt") if is_contents(child) => self.losses.count(Loss::Contents),
                ("w", "sdt") => child.w("sdtContent").into_iter().for_each(|content| self.level(content, out)),
                ("mc", "AlternateContent") => chosen(child).into_iter().for_each(|content| self.level(content, out)),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: &Node, out: &mut Vec<Block>) {
        let properties = node.w("pPr");
        let style = properties.and_then(|node| node.val_of("pStyle")).unwrap_or(self.styles.usual()).to_owned();
        let class = match self.styles.class(&style) {
            Class::Body => properties.and_then(|node| heading(node.val_of("outlineLvl")?)).unwrap_or(Class::Body),
            class => class,
        };
        let told = matches!(class, Class::Heading(_) | Class::Title | Class::Quote);
        let spans = std::mem::take(&mut self.kept);
        let mut line = Line { style: (!told).then(|| style.clone()), spans, ordinary: false };
        self.inline(node, &mut line, None);
        if properties.and_then(|node| node.w("rPr")).is_some_and(|node| node.w("del").is_some()) {
            self.kept = line.spans;
        } else if class == Class::Contents {
            self.losses.count(Loss::Contents);
        } else if !line.spans.iter().all(Span::is_blank) {
            let list = self.list(properties, &style);
            let after_item = matches!(out.last(), Some(Block::Item(..) | Block::Continued(_)));
            let block = self.block(class, list, line, after_item);
            out.push(block);
        }
        out.append(&mut self.boxes);
    }

    /// The list a paragraph is in, and its level there.
    fn list(&self, properties: Option<&Node>, style: &str) -> Option<(String, u8)> {
        let own = properties.and_then(|node| node.w("numPr"));
        let of_style = self.styles.list(style);
        let list = own
            .and_then(|node| node.val_of("numId"))
            .map(str::to_owned)
            .or(of_style.as_ref().map(|(list, _)| list.clone()))?;
        let level = own.and_then(|node| node.val_of("ilvl")?.parse().ok());
        let tied = || self.numbering.level_of(&list, style).or(of_style.as_ref().and_then(|(_, level)| *level));
        let level = level.or_else(tied).unwrap_or(0).min(8);
        // The list 0 takes a paragraph out of its style's list (17.9.18).
        (list != "0").then_some((list, level))
    }

    fn block(&mut self, class: Class, list: Option<(String, u8)>, line: Line, after_item: bool) -> Block {
        let Line { mut spans, ordinary, .. } = line;
        let marker = list.and_then(|(list, level)| Some((level, self.numbering.next(&list, level)?)));
        match (class, marker) {
            (Class::Title, _) => Block::Title(without_bold(spans)),
            (Class::Heading(level), marker) => {
                if matches!(marker, Some((_, (Marker::Number(_), _)))) {
                    self.losses.count(Loss::HeadingNumber);
                }
                Block::Heading(level, without_bold(spans))
            }
            (class, Some((level, (marker, other_digits)))) => {
                if other_digits {
                    self.losses.count(Loss::OtherDigits);
                }
                let least = if let Class::Item(depth) = class { depth } else { 0 };
                Block::Item(level.max(least), marker, spans)
            }
            (Class::Quote, None) => Block::Quote(spans),
            (Class::Continued, None) if after_item => Block::Continued(spans),
            _ if take_dot(&mut spans) => Block::Item(0, Marker::Bullet, spans),
            _ => Block::Paragraph(spans, !ordinary),
        }
    }
}

/// Whether a content control holds a table of contents (17.5.2.12).
fn is_contents(node: &Node) -> bool {
    let gallery = node.w("sdtPr").and_then(|node| node.w("docPartObj")).and_then(|node| node.val_of("docPartGallery"));
    gallery == Some("Table of Contents")
}

/// Headings are bold already.
fn without_bold(mut spans: Vec<Span>) -> Vec<Span> {
    for span in &mut spans {
        span.format.bold = false;
    }
    spans
}

/// Takes away a dot that somebody typed before an item, and tells whether there was one.
fn take_dot(spans: &mut [Span]) -> bool {
    let first = spans.iter_mut().find(|span| !span.is_blank());
    let Some(Piece::Text(text)) = first.map(|span| &mut span.piece) else { return false };
    let rest = text.trim_start().strip_prefix(['•', '▪', '●', '◦', '‣', '\u{F0B7}']);
    let Some(rest) = rest.filter(|rest| rest.starts_with(char::is_whitespace) || rest.is_empty()) else { return false };
    *text = rest.trim_start().to_owned();
    spans.iter().any(|span| !span.is_blank())
}
