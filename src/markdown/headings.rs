//! Headings: their levels, their ids, and the list of them.

use super::comments::{Segment, segments};
use super::cut::Cut;
use super::host::{Complaint, Heading, Host};
use super::options::Options;
use super::slug::Ids;
use super::writer::{Writer, push_attribute};
use memchr::{memchr, memchr_iter, memmem};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Parser, Tag};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// A heading under way.
pub(super) struct OpenHeading {
    level: u8,
    id: Option<String>,
    classes: Vec<String>,
    /// Where `<h2` ends in the output, its attributes to be put in there.
    tag: usize,
    /// The words so far.
    pub(super) text: String,
}

/// The headings so far, and the ids they took.
pub(super) struct Headings {
    list: Vec<Heading>,
    ids: Ids,
    raw_ids: FxHashSet<String>,
    down: u8,
}

impl Headings {
    /// No headings yet; how far they move is settled here.
    pub(super) fn new(cut: &Cut<'_>, options: &Options) -> Self {
        let ids = if options.extensions.heading_ids { Ids::for_text(cut.source()) } else { Ids::default() };
        let mut raw_ids = FxHashSet::default();
        if !options.id_prefix.is_empty() {
            ids_in(cut.source(), &mut raw_ids);
        }
        Self { list: Vec::new(), ids, raw_ids, down: down(cut.text(), options) }
    }

    /// The headings in order.
    pub(super) fn into_list(self) -> Vec<Heading> {
        self.list
    }

    /// Whether raw HTML in the text has this id, to which no prefix is put.
    /// Only known where there is a prefix.
    pub(super) fn is_raw_id(&self, id: &str) -> bool {
        self.raw_ids.contains(id)
    }
}

/// How many levels the headings move down.
fn down(text: &str, options: &Options) -> u8 {
    let base = options.heading_base.clamp(1, 6);
    if base == 1 || (base == 2 && !may_have_first_level(text)) {
        return 0;
    }
    let mut highest = base;
    for event in Parser::new_ext(text, options.extensions.flags()) {
        if let Event::Start(Tag::Heading { level, .. }) = event {
            highest = highest.min(level as u8);
        }
        if highest == 1 {
            break;
        }
    }
    base - highest
}

/// Whether some line may be a heading of the first level: a quick look that
/// says yes too often, never too seldom.
fn may_have_first_level(text: &str) -> bool {
    let bytes = text.as_bytes();
    let lone = |i: usize| i == 0 || bytes[i - 1] != b'#';
    let ends = |i: usize| matches!(bytes.get(i + 1), None | Some(b' ' | b'\t' | b'\r' | b'\n'));
    memchr_iter(b'#', bytes).any(|i| lone(i) && ends(i)) || memchr_iter(b'=', bytes).any(ends)
}

impl<'a, H: Host> Writer<'a, H> {
    pub(super) fn heading_start(
        &mut self,
        level: HeadingLevel,
        id: Option<CowStr<'a>>,
        classes: &[CowStr<'a>],
        attribute: Option<&(CowStr<'a>, Option<CowStr<'a>>)>,
        at: Range<usize>,
    ) {
        if let Some((name, _)) = attribute {
            let complaint = Complaint::warning(format!("the attribute `{name}` of this heading is left out"));
            self.report(at.clone(), complaint.hint("a heading can have `{#id .class}`"));
        }
        let level = (level as u8 + self.headings.down).min(6);
        self.fresh_line();
        self.out.push_str("<h");
        self.out.push(char::from(b'0' + level));
        let tag = self.out.len();
        self.out.push('>');
        let id = id.map(CowStr::into_string);
        let classes = classes.iter().map(ToString::to_string).collect();
        self.heading = Some(OpenHeading { level, id, classes, tag, text: String::new() });
    }

    pub(super) fn heading_end(&mut self, at: Range<usize>) {
        let Some(heading) = self.heading.take() else { return };
        let html = contents_html(&self.shortcodes.put_in(&self.out[heading.tag + 1..]));
        let id = self.heading_id(&heading, at);
        self.out.insert_str(heading.tag, &attributes(&id, &heading.classes));
        self.out.push_str("</h");
        self.out.push(char::from(b'0' + heading.level));
        self.out.push_str(">\n");
        let OpenHeading { level, text, .. } = heading;
        let text = text.trim().to_owned();
        self.headings.list.push(Heading { level, id, html, text });
    }

    fn heading_id(&mut self, heading: &OpenHeading, at: Range<usize>) -> String {
        if !self.options.extensions.heading_ids {
            return String::new();
        }
        let ordinal = self.headings.list.len() + 1;
        let id = match &heading.id {
            None => self.headings.ids.make(&heading.text, ordinal),
            Some(id) => {
                if !self.headings.ids.take(id) {
                    let complaint = Complaint::error(format!("the id `{id}` is given to two headings"));
                    self.report(at, complaint.hint("give one of them another"));
                }
                id.clone()
            }
        };
        if self.options.id_prefix.is_empty() { id } else { format!("{}{id}", self.options.id_prefix) }
    }

    /// Complains of links within the text that lead nowhere.
    pub(super) fn check_fragments(&mut self) {
        if self.fragments.is_empty() {
            return;
        }
        let mut ids: FxHashSet<String> = self.headings.list.iter().map(|h| h.id.clone()).collect();
        ids_in(&self.out, &mut ids);
        for html in self.shortcodes.products() {
            ids_in(html, &mut ids);
        }
        for (at, id) in std::mem::take(&mut self.fragments) {
            if !ids.contains(&id) {
                let complaint = Complaint::error(format!("nothing in this text has the id `{id}`"));
                self.report(at, complaint.hint("a heading gets one from its words, or from `{#id}` behind them"));
            }
        }
    }
}

fn attributes(id: &str, classes: &[String]) -> String {
    let mut attributes = String::with_capacity(id.len() + 8);
    for (name, value) in [(" id=\"", id), (" class=\"", &classes.join(" "))] {
        if !value.is_empty() {
            attributes.push_str(name);
            push_attribute(&mut attributes, value);
            attributes.push('"');
        }
    }
    attributes
}

/// The values of all `id` attributes; text that looks like one is taken for
/// one.
fn ids_in(html: &str, ids: &mut FxHashSet<String>) {
    for at in memmem::find_iter(html.as_bytes(), b"id=") {
        if !html[..at].ends_with(|c: char| c.is_ascii_whitespace()) {
            continue;
        }
        let value = &html[at + 3..];
        let end = match value.as_bytes().first() {
            Some(&quote @ (b'"' | b'\'')) => memchr(quote, &value.as_bytes()[1..]).map(|i| 1..i + 1),
            _ => value.find(|c: char| c == '>' || c.is_ascii_whitespace()).map(|i| 0..i),
        };
        ids.extend(end.map(|range| value[range].to_owned()));
    }
}

/// Tags that stay when a heading is listed in a table of contents.
const KEPT: [&str; 20] = [
    "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "kbd", "mark", "q", "s", "small",
    "strong", "sub", "sup", "wbr",
];

/// A heading's HTML as a table of contents can show it: no links, images,
/// notes or ids, and of attributes only `lang` and `dir`.
fn contents_html(html: &str) -> String {
    if memchr(b'<', html.as_bytes()).is_none() {
        return html.trim().to_owned();
    }
    let mut kept = String::with_capacity(html.len());
    let mut in_note = false;
    for (segment, piece) in segments(html) {
        match segment {
            Segment::Tag if piece.starts_with("<sup class=\"footnote-ref\"") => in_note = true,
            Segment::Tag if in_note => in_note = piece != "</sup>",
            Segment::Text if !in_note => kept.push_str(piece),
            Segment::Tag => push_bare_tag(&mut kept, piece),
            _ => {}
        }
    }
    kept.trim().to_owned()
}

fn push_bare_tag(kept: &mut String, tag: &str) {
    let name = tag.trim_start_matches(['<', '/']);
    let name = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()];
    let language = [" lang=\"", " dir=\""].map(|attribute| attribute_text(tag, attribute));
    let span = name == "span" && (tag.starts_with("</") || language.iter().any(|a| !a.is_empty()));
    if !KEPT.contains(&name) && !span {
        return;
    }
    kept.push_str(if tag.starts_with("</") { "</" } else { "<" });
    kept.push_str(name);
    kept.extend(language);
    kept.push('>');
}

/// An attribute as it stands in a tag, from its leading space to its closing
/// quotation mark, if its value is a plain word.
fn attribute_text<'t>(tag: &'t str, opening: &str) -> &'t str {
    let Some(start) = tag.find(opening) else { return "" };
    let value = &tag[start + opening.len()..];
    let length = value.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    if value[length..].starts_with('"') { &tag[start..=start + opening.len() + length] } else { "" }
}
