//! What a document is taken apart into before it is written as Markdown.

use super::numbering::Marker;
use std::rc::Rc;

/// How letters are set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Format {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) strike: bool,
}

impl Format {
    /// What both have.
    pub(super) fn and(self, other: Self) -> Self {
        Self { bold: self.bold && other.bold, italic: self.italic && other.italic, strike: self.strike && other.strike }
    }

    /// What this has and the other has not.
    pub(super) fn without(self, other: Self) -> Self {
        Self {
            bold: self.bold && !other.bold,
            italic: self.italic && !other.italic,
            strike: self.strike && !other.strike,
        }
    }
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words, as they read.
    Text(String),
    /// A line break.
    Break,
    /// A picture: what it shows and its file name.
    Picture(String, String),
    /// A reference to a note, by its number.
    Note(usize),
}

/// A piece with its format and the address it links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) piece: Piece,
    pub(super) format: Format,
    pub(super) link: Option<Rc<str>>,
}

impl Span {
    /// Words as they are.
    pub(super) fn plain(text: &str) -> Self {
        Self { piece: Piece::Text(text.to_owned()), format: Format::default(), link: None }
    }

    /// A piece without a format or link.
    pub(super) fn bare(piece: Piece) -> Self {
        Self { piece, format: Format::default(), link: None }
    }

    /// Whether nothing of it can be seen.
    pub(super) fn is_blank(&self) -> bool {
        match &self.piece {
            Piece::Text(text) => text.chars().all(char::is_whitespace),
            Piece::Break => true,
            Piece::Picture(..) | Piece::Note(_) => false,
        }
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) spans: Vec<Span>,
    /// How many columns it goes over.
    pub(super) columns: usize,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    Title(Vec<Span>),
    /// A heading and its level, from 1.
    Heading(u8, Vec<Span>),
    /// A paragraph, and whether all of it is bold or large.
    Paragraph(Vec<Span>, bool),
    /// An item of a list and its level, from 0.
    Item(u8, Marker, Vec<Span>),
    /// A further paragraph of the item before it.
    Continued(Vec<Span>),
    Quote(Vec<Span>),
    Table(Vec<Vec<Cell>>),
    /// Where the public part ends.
    More,
}

impl Block {
    /// All its stretches of text.
    pub(super) fn lines_mut(&mut self) -> Vec<&mut Vec<Span>> {
        match self {
            Self::Title(spans)
            | Self::Heading(_, spans)
            | Self::Paragraph(spans, _)
            | Self::Item(.., spans)
            | Self::Continued(spans)
            | Self::Quote(spans) => vec![spans],
            Self::Table(rows) => rows.iter_mut().flatten().map(|cell| &mut cell.spans).collect(),
            Self::More => Vec::new(),
        }
    }
}

/// The words of a line, each gap as one space.
pub(super) fn words(spans: &[Span]) -> String {
    let mut text = String::new();
    for span in spans {
        match &span.piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Break => text.push(' '),
            Piece::Picture(..) | Piece::Note(_) => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
