//! Reading tables (ECMA-376 part 1, 17.4) into rows of one-line cells.

use super::losses::Loss;
use super::reader::Reader;
use super::span::{Block, Cell, Piece, Span};
use super::xml::Node;

/// The columns that Word allows a table.
const MOST_COLUMNS: usize = 63;

/// A cell as it stands in the document: what is in it, and how many columns it goes over.
type Whole = (Vec<Block>, usize);

impl Reader<'_> {
    /// Reads a table. One with a single cell is a frame around its text, and becomes that text.
    pub(super) fn table(&mut self, node: &Node, out: &mut Vec<Block>) {
        let mut merged = false;
        let mut rows: Vec<Vec<Whole>> = Vec::new();
        for row in inner(node, "tr") {
            if row.w("trPr").is_some_and(|node| node.w("del").is_some()) {
                self.losses.count(Loss::Deletion);
            } else {
                rows.push(self.row(row, &mut merged));
            }
        }
        if let [row] = &mut *rows
            && let [(blocks, _)] = &mut **row
        {
            return out.append(blocks);
        }
        if merged {
            self.losses.count(Loss::MergedCells);
        }
        let mut rows: Vec<Vec<Cell>> =
            rows.into_iter().map(|row| row.into_iter().map(|cell| self.flat(cell)).collect()).collect();
        rows.retain(|row| row.iter().any(|cell| !cell.spans.is_empty()));
        if let Some(header) = rows.first_mut() {
            // The cells of a header are bold already.
            header.iter_mut().flat_map(|cell| &mut cell.spans).for_each(|span| span.format.bold = false);
            out.push(Block::Table(rows));
        }
    }

    fn row(&mut self, row: &Node, merged: &mut bool) -> Vec<Whole> {
        let before = row.w("trPr").and_then(|node| columns(node, "gridBefore")).unwrap_or(0);
        let mut cells: Vec<Whole> = (before > 0).then(|| (Vec::new(), before)).into_iter().collect();
        for cell in inner(row, "tc") {
            let properties = cell.w("tcPr");
            let spanned = properties.and_then(|node| columns(node, "gridSpan")).unwrap_or(1).max(1);
            // Cells that go on with one above or to the left (17.4.84, 17.4.22).
            let continued = properties.is_some_and(|node| {
                let goes_on = |node: &Node| matches!(node.val(), None | Some("continue"));
                node.w("vMerge").or_else(|| node.w("hMerge")).is_some_and(goes_on)
            });
            *merged |= continued || spanned > 1;
            let mut blocks = Vec::new();
            self.blocks(cell, &mut blocks);
            cells.push((blocks, spanned));
        }
        cells
    }

    /// A cell as one line, without blanks at its ends.
    fn flat(&mut self, (blocks, columns): Whole) -> Cell {
        let mut spans = Vec::new();
        let several = blocks.len() > 1;
        for block in blocks {
            if !spans.is_empty() {
                spans.push(Span::bare(Piece::Break));
            }
            self.flatten(block, &mut spans);
        }
        if several || spans.iter().any(|span| span.piece == Piece::Break) {
            self.losses.count(Loss::CellBreak);
        }
        Cell { spans, columns }
    }

    fn flatten(&mut self, block: Block, spans: &mut Vec<Span>) {
        match block {
            Block::Item(_, _, item) => {
                spans.push(Span::plain("• "));
                spans.extend(item);
            }
            Block::Table(rows) => {
                self.losses.count(Loss::NestedTable);
                for cell in rows.into_iter().flatten() {
                    spans.extend(cell.spans);
                    spans.push(Span::bare(Piece::Break));
                }
            }
            Block::Title(line)
            | Block::Heading(_, line)
            | Block::Paragraph(line, _)
            | Block::Continued(line)
            | Block::Quote(line) => {
                spans.extend(line);
            }
            Block::More => {}
        }
    }
}

fn columns(node: &Node, name: &str) -> Option<usize> {
    node.val_of(name)?.parse().ok().map(|columns: usize| columns.min(MOST_COLUMNS))
}

/// The rows of a table or cells of a row, also those inside content controls and tracked changes.
fn inner<'n>(node: &'n Node, name: &str) -> Vec<&'n Node> {
    let mut found = Vec::new();
    let mut stack: Vec<&Node> = node.nodes().rev().collect();
    while let Some(node) = stack.pop() {
        match node.tag() {
            ("w", found_name) if found_name == name => found.push(node),
            ("w", "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo") => stack.extend(node.nodes().rev()),
            _ => {}
        }
    }
    found
}
