//! Writing the parser's events as HTML, one after the other.

use super::code::CodeBlock;
use super::cut::Cut;
use super::headings::{Headings, OpenHeading};
use super::host::{Complaint, Host, Problem, Rendered};
use super::links::OpenImage;
use super::notes::{Notes, OpenNote};
use super::options::{Options, RawHtml};
use super::sanitise;
use super::shortcodes::Shortcodes;
use super::tables::Table;
use super::words::Counter;
use pulldown_cmark::{Event, Tag, TagEnd};
use pulldown_cmark_escape as escaping;
use std::borrow::Cow;
use std::ops::Range;

/// What has been written so far, and what is open.
pub(super) struct Writer<'a, H> {
    pub(super) out: String,
    pub(super) cut: &'a Cut<'a>,
    pub(super) options: &'a Options,
    pub(super) host: &'a H,
    pub(super) problems: Vec<Problem>,
    pub(super) words: Counter,
    pub(super) figures: usize,
    pub(super) capture: Capture<'a>,
    pub(super) paragraph: Paragraph,
    pub(super) heading: Option<OpenHeading>,
    pub(super) headings: Headings,
    /// Whether an `<a>` is open.
    pub(super) link_open: bool,
    pub(super) fragments: Vec<(Range<usize>, String)>,
    pub(super) table: Table,
    pub(super) tables: usize,
    pub(super) notes: Notes<'a>,
    pub(super) shortcodes: Shortcodes,
    pub(super) depth: usize,
    pub(super) raw_html: bool,
}

/// Events that are gathered until an end comes, before anything is written.
pub(super) enum Capture<'a> {
    Nothing,
    Image(OpenImage<'a>),
    Code(CodeBlock),
    Html(String),
    Notes(Vec<OpenNote<'a>>),
}

/// The paragraph under way.
#[derive(Default)]
pub(super) struct Paragraph {
    /// Its place in the text.
    pub(super) at: Range<usize>,
    /// Where its `<p>` begins in the output.
    pub(super) opened: usize,
    /// Whether it goes without `<p>`.
    pub(super) bare: bool,
}

impl<'a, H: Host> Writer<'a, H> {
    /// A writer that has written nothing yet.
    pub(super) fn new(cut: &'a Cut<'a>, options: &'a Options, host: &'a H) -> Self {
        let length = cut.source().len();
        Self {
            out: String::with_capacity(length + length / 4),
            cut,
            options,
            host,
            problems: Vec::new(),
            words: Counter::default(),
            figures: 0,
            capture: Capture::Nothing,
            paragraph: Paragraph::default(),
            heading: None,
            headings: Headings::new(cut, options),
            link_open: false,
            fragments: Vec::new(),
            table: Table::default(),
            tables: 0,
            notes: Notes::default(),
            shortcodes: Shortcodes::default(),
            depth: 0,
            raw_html: false,
        }
    }

    /// Writes one event; `at` is its place in the text.
    #[inline]
    pub(super) fn event(&mut self, event: Event<'a>, at: Range<usize>) {
        match self.capture {
            Capture::Nothing => self.write(event, at),
            _ => self.gather(event, at),
        }
    }

    /// Writes what is left to write, and hands out the result.
    pub(super) fn finish(mut self) -> Rendered {
        self.unclosed_shortcodes(0);
        self.write_notes();
        self.check_fragments();
        let html = std::mem::take(&mut self.out);
        self.out = self.sanitised(html, &(0..self.cut.source().len()));
        if let Cow::Owned(html) = self.shortcodes.put_in(&self.out) {
            self.out = html;
        }
        self.problems.sort_by_key(|problem| problem.at.start);
        Rendered {
            html: self.out,
            headings: self.headings.into_list(),
            words: self.words.total(),
            figures: self.figures,
            problems: self.problems,
        }
    }

    /// HTML as it may go to the page. What cannot be sanitised, for it nests
    /// too deeply, is left out.
    pub(super) fn sanitised(&mut self, html: String, at: &Range<usize>) -> String {
        if !self.raw_html || self.options.html != RawHtml::Sanitise {
            return html;
        }
        sanitise::clean(&html).unwrap_or_else(|| {
            let complaint = Complaint::error("this nests too deeply to be sanitised");
            self.report(at.clone(), complaint.hint("close the elements that are open, or leave the raw HTML out"));
            String::new()
        })
    }

    fn write(&mut self, event: Event<'a>, at: Range<usize>) {
        match event {
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, at),
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag, at),
            Event::SoftBreak => self.line_end("\n"),
            Event::HardBreak => self.line_end("<br>\n"),
            Event::Code(text) => self.code_span(&text),
            Event::InlineHtml(html) => self.inline_html(&html, at),
            Event::Html(html) => self.html_block(&html, at),
            Event::FootnoteReference(name) => self.note_reference(&name, at),
            Event::Rule => {
                self.fresh_line();
                self.out.push_str("<hr>\n");
            }
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    fn gather(&mut self, event: Event<'a>, at: Range<usize>) {
        match std::mem::replace(&mut self.capture, Capture::Nothing) {
            Capture::Nothing => self.write(event, at),
            Capture::Image(image) => self.gather_image(image, event, at),
            Capture::Code(code) => self.gather_code(code, event, at),
            Capture::Notes(open) => self.gather_note(open, event, at),
            Capture::Html(mut html) => match event {
                Event::End(TagEnd::HtmlBlock) => self.html_block(&html, at),
                Event::Html(line) | Event::Text(line) => {
                    html.push_str(&line);
                    self.capture = Capture::Html(html);
                }
                _ => self.capture = Capture::Html(html),
            },
        }
    }

    fn start(&mut self, tag: Tag<'a>, at: Range<usize>) {
        match tag {
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.link_start(link_type, &dest_url, &title, at);
            }
            Tag::Image { dest_url, title, .. } => {
                self.capture = Capture::Image(OpenImage::new(dest_url, title, at));
            }
            block => self.block_start(block, at),
        }
    }

    fn end(&mut self, tag: TagEnd, at: Range<usize>) {
        match tag {
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Link => self.link_end(),
            block => self.block_end(block, at),
        }
    }

    #[inline]
    fn text(&mut self, text: &str, at: Range<usize>) {
        if matches!(text.as_bytes().first(), Some(b'<' | b'[' | b'!')) {
            self.suspect_text(text, &at);
        }
        if self.cut.any()
            && let Some(first) = self.cut.find(text)
        {
            return self.text_with_calls(text, first);
        }
        self.plain(text);
    }

    /// Writes words, and counts them.
    pub(super) fn plain(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        self.words.add(text);
        push_text(&mut self.out, text);
    }

    /// Complains of text that looks like the failed form of something else: a
    /// reference to a note that is not there, a comment that does not close.
    fn suspect_text(&mut self, text: &str, at: &Range<usize>) {
        let source = self.cut.source();
        if source.as_bytes()[..at.start].last() == Some(&b'\\') {
            return;
        }
        if text.starts_with("<!--") || (text == "<" && source[at.end..].starts_with("!--")) {
            let complaint =
                Complaint::error("this comment does not close within its paragraph, so it would be published");
            let complaint =
                complaint.hint("close it with `-->` before the next empty line, or begin it on a line of its own");
            self.report(at.start..at.start + "<!--".len(), complaint);
        } else if let Some((at, name)) = self.unknown_note(text, at) {
            let complaint = Complaint::error(format!("there is no note `{name}`"));
            let hint = format!(
                "write it: `[^{name}]: …` on a line of its own; for the characters themselves write `\\[^{name}]`"
            );
            self.report(at, complaint.hint(hint));
        }
    }

    fn unknown_note(&self, text: &str, at: &Range<usize>) -> Option<(Range<usize>, &'a str)> {
        if !self.options.extensions.footnotes {
            return None;
        }
        super::notes::unknown_reference(self.cut.source(), text, at)
    }

    fn code_span(&mut self, code: &str) {
        let code = self.cut.restore(code);
        self.out.push_str("<code>");
        self.plain(&code);
        self.out.push_str("</code>");
    }

    fn line_end(&mut self, html: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push(' ');
        }
        self.words.gap();
        self.out.push_str(html);
    }

    /// Begins a line, unless one has just begun.
    #[inline]
    pub(super) fn fresh_line(&mut self) {
        if self.out.as_bytes().last().is_some_and(|&b| b != b'\n') {
            self.out.push('\n');
        }
    }

    /// Notes a problem.
    pub(super) fn report(&mut self, at: Range<usize>, complaint: Complaint) {
        self.problems.push(Problem { at, complaint });
    }
}

/// Appends text as HTML.
pub(super) fn push_text(out: &mut String, text: &str) {
    // Writing to a String cannot fail.
    let _ = escaping::escape_html_body_text(out, text);
}

/// Appends text as the value of a quoted attribute.
pub(super) fn push_attribute(out: &mut String, text: &str) {
    let _ = escaping::escape_html(out, text);
}

/// Appends an address as the value of a quoted attribute.
pub(super) fn push_address(out: &mut String, address: &str) {
    let _ = escaping::escape_href(out, address);
}
