//! HTML written in the text.

use super::comments::{self, Segment, segments, without_comments};
use super::host::{Complaint, Host};
use super::options::RawHtml;
use super::writer::{Writer, push_text};
use std::ops::Range;

impl<H: Host> Writer<'_, H> {
    /// Writes a block of HTML, without its comments.
    pub(super) fn html_block(&mut self, html: &str, at: Range<usize>) {
        if let Some(number) = self.cut.sole_marker(html) {
            return self.marker(number);
        }
        self.check_comments(html, &at);
        let kept = without_comments(html);
        if kept.trim().is_empty() {
            return;
        }
        self.fresh_line();
        if self.options.html == RawHtml::Refuse {
            self.refused(&at);
            self.out.push_str("<p>");
            self.plain(self.cut.restore(&kept).trim());
            self.out.push_str("</p>\n");
        } else {
            self.pass(&kept, &at);
            self.fresh_line();
        }
    }

    /// Writes a tag, or the like, in running text.
    pub(super) fn inline_html(&mut self, html: &str, at: Range<usize>) {
        if html.starts_with("<!--") {
            return self.misplaced_more(html, &at);
        }
        if let Some(number) = self.cut.sole_marker(html) {
            return self.marker_in_text(number);
        }
        if self.options.html == RawHtml::Refuse {
            self.refused(&at);
            self.plain(&self.cut.restore(html));
        } else {
            self.pass(html, &at);
        }
    }

    /// Complains of a piece of raw HTML where there is to be none.
    pub(super) fn refused(&mut self, at: &Range<usize>) {
        let complaint = Complaint::error("raw HTML is not allowed here");
        self.report(
            at.clone(),
            complaint.hint("use Markdown or a shortcode; to show the characters, write `\\<` or put them in backticks"),
        );
    }

    fn pass(&mut self, html: &str, at: &Range<usize>) {
        self.raw_html = true;
        if self.cut.find(html).is_none() {
            return self.out.push_str(html);
        }
        for (segment, piece) in segments(html) {
            let mut rest = piece;
            while let Some((found, number)) = self.cut.find(rest) {
                self.out.push_str(&rest[..found.start]);
                if segment == Segment::Text {
                    self.shortcode(number);
                } else {
                    self.call_in_tag(number, at);
                }
                rest = &rest[found.end..];
            }
            self.out.push_str(rest);
        }
    }

    fn call_in_tag(&mut self, number: usize, at: &Range<usize>) {
        let cut = self.cut;
        let place = cut.call(number).at.clone();
        if cut.sole_marker(&cut.text()[place.clone()]).is_some() {
            let complaint = Complaint::error("a shortcode with a body cannot begin or end inside raw HTML");
            return self.report(place, complaint.hint("put an empty line before it"));
        }
        let place = if at.contains(&place.start) { place } else { at.clone() };
        let complaint = Complaint::error("a shortcode cannot stand inside a tag");
        self.report(place, complaint.hint("let the shortcode write the whole element"));
    }

    fn check_comments(&mut self, html: &str, at: &Range<usize>) {
        if !html.contains("<!--") {
            return;
        }
        for (segment, comment) in segments(html) {
            match segment {
                Segment::Comment { closed: true } if self.parts_the_text(comment, html) => {}
                Segment::Comment { closed: true } => self.misplaced_more(comment, at),
                Segment::Comment { closed: false } => {
                    let complaint = Complaint::error("this comment is never closed, and takes what follows with it");
                    self.report(at.clone(), complaint.hint("close it with `-->`"));
                }
                _ => {}
            }
        }
    }

    /// Complains of a `<!-- more -->` that does not part the text.
    fn misplaced_more(&mut self, comment: &str, at: &Range<usize>) {
        if comments::inside(comment).eq_ignore_ascii_case("more") {
            let complaint = Complaint::error("this `more` comment does not end the public part");
            self.report(
                at.clone(),
                complaint.hint("write `<!-- more -->` on a line of its own, outside lists, quotes and shortcodes"),
            );
        }
    }

    fn parts_the_text(&self, comment: &str, block: &str) -> bool {
        let alone = block.trim() == comment && comments::inside(comment) == "more";
        alone && self.depth == 0 && !self.shortcodes.any_open()
    }

    /// Shows a call as it was written.
    pub(super) fn show_source(&mut self, at: Range<usize>) {
        push_text(&mut self.out, &self.cut.source()[at]);
    }
}
