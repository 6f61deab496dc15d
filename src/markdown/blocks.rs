//! Blocks: paragraphs, lists, quotes, alerts and what they contain.

use super::code::CodeBlock;
use super::host::Host;
use super::notes::OpenNote;
use super::writer::{Capture, Paragraph, Writer};
use crate::text::escape_html;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Tag, TagEnd};
use std::ops::Range;

impl<'a, H: Host> Writer<'a, H> {
    pub(super) fn block_start(&mut self, tag: Tag<'a>, at: Range<usize>) {
        self.words.gap();
        match tag {
            Tag::Paragraph => self.paragraph_start(at),
            Tag::Heading { level, id, classes, attrs } => {
                self.heading_start(level, id, &classes, attrs.first(), at);
            }
            Tag::BlockQuote(kind) => self.quote_start(kind),
            Tag::List(start) => self.list_start(start),
            Tag::Item => self.container_start("<li>"),
            Tag::CodeBlock(kind) => self.code_start(kind, at),
            Tag::HtmlBlock => self.capture = Capture::Html(String::new()),
            Tag::FootnoteDefinition(name) => {
                self.capture = Capture::Notes(vec![OpenNote::new(name, at)]);
            }
            Tag::DefinitionList => {
                self.fresh_line();
                self.out.push_str("<dl>\n");
            }
            Tag::DefinitionListTitle => {
                self.fresh_line();
                self.out.push_str("<dt>");
            }
            Tag::DefinitionListDefinition => self.container_start("<dd>"),
            Tag::Table(columns) => self.table_start(columns),
            Tag::TableHead | Tag::TableRow => self.row_start(),
            Tag::TableCell => self.cell_start(),
            _ => {}
        }
    }

    pub(super) fn block_end(&mut self, tag: TagEnd, at: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.paragraph_end(),
            TagEnd::Heading(_) => self.heading_end(at),
            TagEnd::BlockQuote(kind) => {
                self.container_end(if kind.is_some() { "</aside>\n" } else { "</blockquote>\n" });
            }
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::List(false) => self.out.push_str("</ul>\n"),
            TagEnd::Item => self.container_end("</li>\n"),
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.container_end("</dd>\n"),
            TagEnd::Table => self.table_end(),
            TagEnd::TableHead => self.head_end(),
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.cell_end(),
            _ => {}
        }
    }

    fn paragraph_start(&mut self, at: Range<usize>) {
        self.fresh_line();
        let bare = self.cut.only_calls(at.clone());
        self.paragraph = Paragraph { at, opened: self.out.len(), bare };
        if !bare {
            self.out.push_str("<p>");
        }
    }

    fn paragraph_end(&mut self) {
        if self.paragraph.bare {
            self.paragraph.bare = false;
            self.fresh_line();
        } else {
            self.out.push_str("</p>\n");
        }
    }

    fn quote_start(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            return self.container_start("<blockquote>\n");
        };
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", 0),
            BlockQuoteKind::Tip => ("tip", 1),
            BlockQuoteKind::Important => ("important", 2),
            BlockQuoteKind::Warning => ("warning", 3),
            BlockQuoteKind::Caution => ("caution", 4),
        };
        self.container_start("<aside class=\"alert ");
        self.out.push_str(class);
        self.out.push_str("\" role=\"note\">\n<p class=\"alert-title\">");
        escape_html(&self.options.words.alerts[title], &mut self.out);
        self.out.push_str("</p>\n");
    }

    fn list_start(&mut self, start: Option<u64>) {
        self.fresh_line();
        match start {
            None => self.out.push_str("<ul>\n"),
            Some(1) => self.out.push_str("<ol>\n"),
            Some(start) => {
                self.out.push_str("<ol start=\"");
                self.out.push_str(&start.to_string());
                self.out.push_str("\">\n");
            }
        }
    }

    /// Writes the box at the start of a list item; its name says what the
    /// mark in it shows.
    pub(super) fn task(&mut self, done: bool) {
        let words = &self.options.words;
        let (checked, label) = if done { (" checked", &words.done) } else { ("", &words.to_do) };
        self.out.push_str("<input type=\"checkbox\" disabled");
        self.out.push_str(checked);
        self.labelled(label);
        self.out.push_str("> ");
    }

    /// Writes what an element is called by those who do not see it.
    pub(super) fn labelled(&mut self, label: &str) {
        self.out.push_str(" aria-label=\"");
        escape_html(label, &mut self.out);
        self.out.push('"');
    }

    /// Opens a block that holds other blocks.
    fn container_start(&mut self, html: &str) {
        self.fresh_line();
        self.depth += 1;
        self.out.push_str(html);
    }

    fn container_end(&mut self, html: &str) {
        self.unclosed_shortcodes(self.depth);
        self.depth -= 1;
        self.out.push_str(html);
    }

    fn code_start(&mut self, kind: CodeBlockKind<'a>, at: Range<usize>) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => self.cut.restore(&info).into_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        self.capture = Capture::Code(CodeBlock::new(&info, at));
    }
}
