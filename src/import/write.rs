//! Writing a document as Markdown.

use super::inline::{Place, line};
use super::numbering::Marker;
use super::span::{Block, Cell, Piece, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A document as Markdown. `notes` are the texts of its notes by the numbers in the blocks; they are numbered anew
/// in the order of their references, and stand at the end, or before the end of the public part if they are
/// referred to there. What comes second are the notes that nothing refers to.
pub(super) fn document(mut blocks: Vec<Block>, mut notes: Vec<Vec<Block>>) -> (String, Vec<Vec<Block>>) {
    raise_headings(&mut blocks);
    let order = renumber(&mut blocks);
    let mut definitions = Vec::new();
    for note in &order {
        let mut blocks = notes.get_mut(*note).map(std::mem::take).unwrap_or_default();
        for line in blocks.iter_mut().flat_map(Block::lines_mut) {
            line.retain(|span| !matches!(span.piece, Piece::Note(_)));
        }
        definitions.push(definition(definitions.len() + 1, &blocks));
    }
    let gate = blocks.iter().position(|block| *block == Block::More).unwrap_or(0);
    let public = most(&mut blocks[..gate]);
    let (before, after) = blocks.split_at(gate);
    let (early, late) = definitions.split_at(public);
    let parts = [text(before), early.join("\n\n"), text(after), late.join("\n\n")];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let mut body = parts.join("\n\n");
    if !body.is_empty() {
        body.push('\n');
    }
    let used: BTreeSet<usize> = order.into_iter().collect();
    let unused = notes.into_iter().enumerate().filter(|(at, _)| !used.contains(at)).map(|(_, note)| note);
    (body, unused.collect())
}

/// Brings the highest heading to the second level; the first is the title's.
fn raise_headings(blocks: &mut [Block]) {
    let levels =
        blocks.iter().filter_map(|block| if let Block::Heading(level, _) = block { Some(*level) } else { None });
    let Some(highest) = levels.min() else { return };
    for block in blocks {
        if let Block::Heading(level, _) = block {
            *level = (*level - highest + 2).min(6);
        }
    }
}

/// Numbers the references to notes from 1 in their order: the old numbers in the order of the new ones.
fn renumber(blocks: &mut [Block]) -> Vec<usize> {
    let mut new = BTreeMap::new();
    let mut order = Vec::new();
    for span in blocks.iter_mut().flat_map(Block::lines_mut).flatten() {
        if let Piece::Note(number) = &mut span.piece {
            let old = *number;
            *number = *new.entry(old).or_insert_with(|| {
                order.push(old);
                order.len()
            });
        }
    }
    order
}

/// The greatest number of a note that is referred to.
fn most(blocks: &mut [Block]) -> usize {
    let spans = blocks.iter_mut().flat_map(Block::lines_mut).flatten();
    spans.filter_map(|span| if let Piece::Note(number) = span.piece { Some(number) } else { None }).max().unwrap_or(0)
}

fn definition(number: usize, blocks: &[Block]) -> String {
    indented(&text(blocks), &format!("[^{number}]: "), "    ")
}

/// Blocks as Markdown, without a line end behind.
fn text(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut lists = Lists::default();
    let mut last: Option<&Block> = None;
    for block in blocks {
        let (written, gap) = match block {
            Block::Item(level, marker, spans) => lists.item(*level, *marker, spans),
            Block::Continued(spans) => (lists.further(spans), "\n\n"),
            Block::Quote(spans) if matches!(last, Some(Block::Quote(_))) => {
                (indented(&line(spans, Place::Text), "> ", "> "), "\n>\n")
            }
            block => {
                lists.open.clear();
                (other(block), "\n\n")
            }
        };
        if written.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str(gap);
        }
        out.push_str(&written);
        last = Some(block);
    }
    out
}

fn other(block: &Block) -> String {
    match block {
        Block::Title(spans) => format!("## {}", line(spans, Place::Heading)),
        Block::Heading(level, spans) => format!("{} {}", "#".repeat(usize::from(*level)), line(spans, Place::Heading)),
        Block::Quote(spans) => indented(&line(spans, Place::Text), "> ", "> "),
        Block::Table(rows) => table(rows),
        Block::More => "<!-- more -->".to_owned(),
        Block::Paragraph(spans, _) | Block::Item(.., spans) | Block::Continued(spans) => line(spans, Place::Text),
    }
}

/// A text with one thing before its first line and another before the others that are not empty.
fn indented(text: &str, first: &str, others: &str) -> String {
    let mut out = String::with_capacity(text.len() + first.len());
    for (number, line) in text.split('\n').enumerate() {
        let prefix = if number == 0 { first } else { others };
        if number > 0 {
            out.push('\n');
        }
        out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
    }
    out
}

/// The lists that are open, the outermost first.
#[derive(Default)]
struct Lists {
    open: Vec<List>,
}

struct List {
    level: u8,
    /// Where its markers begin.
    indent: usize,
    /// Where the text of its items begins.
    content: usize,
    last: Marker,
    /// What stands behind its numbers.
    stop: char,
}

impl Lists {
    /// An item, and what comes between it and the block before.
    fn item(&mut self, level: u8, marker: Marker, spans: &[Span]) -> (String, &'static str) {
        let first = self.open.is_empty();
        while self.open.len() > 1 && self.open.last().is_some_and(|list| list.level > level) {
            self.open.pop();
        }
        let sibling = self.open.pop_if(|list| list.level >= level);
        let indent =
            sibling.as_ref().map_or_else(|| self.open.last().map_or(0, |list| list.content), |list| list.indent);
        let (stop, other) = behind_number(sibling.as_ref(), marker);
        let sign = match marker {
            Marker::Bullet => "- ".to_owned(),
            Marker::Number(number) => format!("{number}{stop} "),
        };
        // A list inside an item comes right behind its text only if it begins with 1 (`CommonMark` 0.31.2, 5.2).
        let parted = first || other || sibling.is_none() && matches!(marker, Marker::Number(2.. | 0));
        self.open.push(List { level, indent, content: indent + sign.len(), last: marker, stop });
        let written = indented(
            &line(spans, Place::Text),
            &format!("{}{sign}", " ".repeat(indent)),
            &" ".repeat(indent + sign.len()),
        );
        (written, if parted { "\n\n" } else { "\n" })
    }

    /// A further paragraph of the last item.
    fn further(&self, spans: &[Span]) -> String {
        let indent = " ".repeat(self.open.last().map_or(0, |list| list.content));
        indented(&line(spans, Place::Text), &indent, &indent)
    }
}

/// What stands behind an item's number, and whether the item begins another list than that of the one before.
///
/// A numbered list that begins anew right behind another is told from it by what stands behind its numbers.
fn behind_number(before: Option<&List>, marker: Marker) -> (char, bool) {
    let Some(List { last, stop, .. }) = before else { return ('.', false) };
    match (last, marker) {
        (Marker::Number(last), Marker::Number(number)) if number != last + 1 => {
            (if *stop == '.' { ')' } else { '.' }, true)
        }
        (Marker::Bullet, Marker::Bullet) | (Marker::Number(_), Marker::Number(_)) => (*stop, false),
        _ => (*stop, true),
    }
}

/// A table as GitHub Flavored Markdown has them: its first row is the header.
fn table(rows: &[Vec<Cell>]) -> String {
    let width = |row: &Vec<Cell>| row.iter().map(|cell| cell.columns).sum::<usize>();
    let columns = rows.iter().map(width).max().unwrap_or(0);
    let mut lines = Vec::with_capacity(rows.len() + 1);
    for (number, row) in rows.iter().enumerate() {
        let mut text = String::from("|");
        for cell in row {
            let written = line(&cell.spans, Place::Cell);
            text.extend([" ", &written, " |"]);
            text.push_str(&"  |".repeat(cell.columns - 1));
        }
        text.push_str(&"  |".repeat(columns - width(row)));
        lines.push(text);
        if number == 0 {
            lines.push(format!("|{}", " --- |".repeat(columns)));
        }
    }
    lines.join("\n")
}
