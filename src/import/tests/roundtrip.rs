//! Any text, however it is set, reads in Markdown as it read in the document.

use crate::import::inline::{Place, line};
use crate::import::span::{Format, Piece, Span};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A letter, its format and what it links to.
type Letter = (char, Format, Option<String>);

/// The letters that Markdown makes of a text; each blank is one space.
fn letters(markdown: &str) -> Vec<Letter> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let (mut out, mut format, mut link) = (Vec::new(), Format::default(), None);
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::Strong) => format.bold = true,
            Event::End(TagEnd::Strong) => format.bold = false,
            Event::Start(Tag::Emphasis) => format.italic = true,
            Event::End(TagEnd::Emphasis) => format.italic = false,
            Event::Start(Tag::Strikethrough) => format.strike = true,
            Event::End(TagEnd::Strikethrough) => format.strike = false,
            Event::Start(Tag::Link { dest_url, .. }) => link = Some(dest_url.to_string()),
            Event::End(TagEnd::Link) => link = None,
            Event::Text(text) => out.extend(text.chars().map(|c| (c, format, link.clone()))),
            Event::HardBreak => out.push((' ', format, None)),
            Event::Start(tag) if is_frame(tag.to_end()) => {}
            Event::End(tag) if is_frame(tag) => {}
            other => panic!("{markdown:?} has {other:?}"),
        }
    }
    single(out)
}

/// Whether a block is one that the test itself puts around the line.
fn is_frame(tag: TagEnd) -> bool {
    use TagEnd::{Heading, Paragraph, Table, TableCell, TableHead, TableRow};
    matches!(tag, Paragraph | Heading(_) | Table | TableHead | TableCell | TableRow)
}

/// The letters with blanks single, without a format, and not at the ends.
fn single(letters: Vec<Letter>) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::new();
    for letter in letters {
        if !letter.0.is_whitespace() {
            out.push(letter);
        } else if out.last().is_some_and(|(before, ..)| *before != ' ') {
            out.push((' ', Format::default(), None));
        }
    }
    out.pop_if(|(last, ..)| *last == ' ');
    out
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn span(&mut self) -> Span {
        const SIGNS: [&str; 48] = [
            "a", "b", "é", "漢", "X", "7", "12. ", " ", " ", "  ", "\u{A0}", "*", "**", "_", "__", "~", "~~", "[", "]",
            "(", ")", "[x]", "[^", "!", "<", ">", "<b>", "&", "amp;", "\\", "`", "|", "#", "# ", "-", "- ", "+ ", "=",
            ":", ": ", ".", "“", "”", "€", "---", "{", "}", "https://",
        ];
        let text: String = (0..self.roll(4)).map(|_| SIGNS[self.roll(SIGNS.len())]).collect();
        let format = Format { bold: self.roll(3) == 0, italic: self.roll(3) == 0, strike: self.roll(6) == 0 };
        let link = match self.roll(8) {
            0 => Some("https://example.org/a_(b)?c=1&amp;d=*x*".into()),
            1 => Some("https://example.org/(".into()),
            _ => None,
        };
        let piece = if self.roll(12) == 0 { Piece::Break } else { Piece::Text(text) };
        Span { piece, format, link }
    }
}

fn expected(spans: &[Span]) -> Vec<Letter> {
    let mut out = Vec::new();
    for span in spans {
        let link = span.link.as_deref().map(|address| {
            if address.ends_with("/(") { "https://example.org/%28".to_owned() } else { address.to_owned() }
        });
        match &span.piece {
            Piece::Text(text) => out.extend(text.chars().map(|c| (c, span.format, link.clone()))),
            _ => out.push((' ', span.format, None)),
        }
    }
    single(out)
}

#[test]
fn every_line_reads_as_written() {
    let (mut dice, mut all, mut lost) = (Dice(7), 0, 0);
    for round in 0..10_000 {
        let spans: Vec<Span> = (0..=dice.roll(6)).map(|_| dice.span()).collect();
        let (place, before) =
            [(Place::Text, ""), (Place::Heading, "## "), (Place::Cell, "| a |\n| --- |\n| ")][round % 3];
        let written = line(&spans, place);
        if written.is_empty() {
            continue;
        }
        let after = if place == Place::Cell { " |" } else { "" };
        let mut read = letters(&format!("{before}{written}{after}"));
        if place == Place::Cell {
            read.remove(0);
        }
        let expected = expected(&spans);
        let words = |letters: &[Letter]| letters.iter().map(|(c, _, link)| (*c, link.clone())).collect::<Vec<_>>();
        assert_eq!(words(&read), words(&expected), "{spans:?} became {written:?}");
        for (read, expected) in read.iter().zip(&expected) {
            assert_eq!(read.1.without(expected.1), Format::default(), "{spans:?} became {written:?}");
            all += 1;
            lost += usize::from(read.1 != expected.1);
        }
    }
    // Only where formats overlap without one being inside the other does the later one begin later.
    assert!(lost * 20 < all, "{lost} of {all} letters lost their format");
}
