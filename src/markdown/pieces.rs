//! Every piece of text that a page would show or carry.

use super::call::Call;
use super::code::language;
use super::comments::without_comments;
use super::cut::Cut;
use super::host::Argument;
use super::options::Options;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd};
use std::ops::Range;

/// What a piece is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// The words of a paragraph, an item, a cell or the like, inline code
    /// among them.
    Prose,
    /// The words of a heading, or an id written out for it.
    Heading,
    /// The alternative text of an image.
    AltText,
    /// The title of a link or an image.
    Title,
    /// Where a link goes.
    LinkTarget,
    /// Where an image is.
    ImageTarget,
    /// A code block, or the language named for it.
    Code,
    /// HTML, without its comments.
    RawHtml,
    /// A text handed to a shortcode.
    ShortcodeArgument,
    /// Words in a note.
    Footnote,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// The text, without markup.
    pub text: String,
    /// Where it stands in the text that was handed in.
    pub at: Range<usize>,
}

/// Every piece of text that the rendered page would show or carry, in the
/// order of the text: words that markup divides are together, comments are
/// left out, notes are in whether or not anything refers to them.
pub fn pieces(text: &str, options: &Options) -> Vec<Piece> {
    let cut = Cut::new(text);
    let mut gathering = Gathering { cut: &cut, done: Vec::new(), open: Vec::new(), notes: 0 };
    for (event, at) in Parser::new_ext(cut.text(), options.extensions.flags()).into_offset_iter() {
        gathering.event(event, at);
    }
    gathering.flush();
    let mut pieces = gathering.done;
    pieces.retain(|piece| !piece.text.trim().is_empty());
    pieces.sort_by_key(|piece| piece.at.start);
    pieces
}

struct Gathering<'c> {
    cut: &'c Cut<'c>,
    done: Vec<Piece>,
    /// The words under way; those of an image stand on those around it.
    open: Vec<Piece>,
    notes: usize,
}

impl Gathering<'_> {
    fn event(&mut self, event: Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.words(&text, at),
            Event::Code(code) => {
                let code = self.cut.restore(&code);
                self.add(&code, at);
            }
            Event::Html(html) => self.html_line(&html, at),
            Event::InlineHtml(html) => self.html(&html, at),
            Event::SoftBreak | Event::HardBreak => self.add(" ", at),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: Range<usize>) {
        match tag {
            Tag::Heading { id, classes, .. } => {
                self.begin(PieceKind::Heading, at.clone());
                for name in id.into_iter().chain(classes) {
                    self.push(PieceKind::Heading, &name, at.clone());
                }
            }
            Tag::CodeBlock(kind) => {
                self.begin(PieceKind::Code, at.clone());
                if let CodeBlockKind::Fenced(info) = kind {
                    let info = self.cut.restore(&info);
                    self.push(PieceKind::Code, language(&info), at);
                }
            }
            Tag::HtmlBlock => self.begin(PieceKind::RawHtml, at),
            Tag::Link { dest_url, title, .. } => {
                self.target(PieceKind::LinkTarget, [dest_url, title], &at);
            }
            Tag::Image { dest_url, title, .. } => {
                self.target(PieceKind::ImageTarget, [dest_url, title], &at);
                self.open.push(Piece { kind: PieceKind::AltText, text: String::new(), at });
            }
            Tag::FootnoteDefinition(_) => {
                self.flush();
                self.notes += 1;
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.done.extend(self.open.pop()),
            TagEnd::HtmlBlock => {
                if let Some(block) = self.open.pop() {
                    self.html(&block.text, block.at);
                }
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.notes -= 1;
            }
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => {}
            _ => self.flush(),
        }
    }

    fn target(&mut self, kind: PieceKind, [destination, title]: [CowStr<'_>; 2], at: &Range<usize>) {
        let cut = self.cut;
        self.push(kind, &cut.restore(&destination), at.clone());
        self.push(PieceKind::Title, &cut.restore(&title), at.clone());
    }

    fn words(&mut self, text: &str, at: Range<usize>) {
        if self.open.last().is_some_and(|piece| piece.kind == PieceKind::Code) {
            let written = self.cut.source().get(at.clone());
            let same = self.cut.text().get(at.clone()) == Some(text);
            let text = written.filter(|_| same).unwrap_or(text);
            return self.add(text, at);
        }
        let outside = self.without_calls(text);
        self.add(&outside, at);
    }

    /// HTML without its comments; calls in it give up their arguments.
    fn html(&mut self, html: &str, at: Range<usize>) {
        let html = without_comments(html);
        let html = self.without_calls(&html);
        self.push(PieceKind::RawHtml, &html, at);
    }

    fn html_line(&mut self, line: &str, at: Range<usize>) {
        match self.open.last_mut() {
            Some(block) if block.kind == PieceKind::RawHtml => block.text.push_str(line),
            _ => self.html(line, at),
        }
    }

    /// The text outside the calls, whose arguments become pieces; a call that
    /// is none stays, for the page would show it.
    fn without_calls(&mut self, text: &str) -> String {
        let cut = self.cut;
        let mut outside = String::new();
        let mut rest = text;
        while let Some((at, number)) = cut.find(rest) {
            outside.push_str(&rest[..at.start]);
            rest = &rest[at.end..];
            let found = cut.call(number);
            match &found.call {
                Call::Whole { arguments, .. } | Call::Open { arguments, .. } => {
                    for (_, argument) in arguments {
                        if let Argument::Text(text) = argument {
                            self.push(PieceKind::ShortcodeArgument, text, found.at.clone());
                        }
                    }
                }
                Call::Malformed(_) => outside.push_str(&cut.source()[found.at.clone()]),
                Call::Close { .. } => {}
            }
        }
        outside.push_str(rest);
        outside
    }

    fn begin(&mut self, kind: PieceKind, at: Range<usize>) {
        self.flush();
        self.open.push(Piece { kind, text: String::new(), at });
    }

    fn add(&mut self, text: &str, at: Range<usize>) {
        if self.open.is_empty() {
            let kind = if self.notes > 0 { PieceKind::Footnote } else { PieceKind::Prose };
            self.open.push(Piece { kind, text: String::new(), at: at.clone() });
        }
        if let Some(piece) = self.open.last_mut() {
            piece.text.push_str(text);
            piece.at.end = piece.at.end.max(at.end);
        }
    }

    fn push(&mut self, kind: PieceKind, text: &str, at: Range<usize>) {
        self.done.push(Piece { kind, text: text.to_owned(), at });
    }

    fn flush(&mut self) {
        self.done.append(&mut self.open);
    }
}
