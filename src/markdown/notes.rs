//! Footnotes: numbered as they are first referred to, written at the end.

use super::host::{Complaint, Host};
use super::options::Words;
use super::writer::{Capture, Writer};
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::fmt::{self, Write as _};
use std::ops::Range;

/// A note whose text is being gathered.
pub(super) struct OpenNote<'a> {
    name: CowStr<'a>,
    note: Note<'a>,
}

/// The text of a note and where it stands.
#[derive(Default)]
struct Note<'a> {
    at: Range<usize>,
    events: Vec<(Event<'a>, Range<usize>)>,
}

/// The notes of a text.
#[derive(Default)]
pub(super) struct Notes<'a> {
    /// By folded name, those not written yet.
    defined: FxHashMap<String, Note<'a>>,
    /// By folded name, the place in `cited`.
    numbers: FxHashMap<String, usize>,
    /// In the order of the first references.
    cited: Vec<Cited>,
}

/// A note that is referred to.
struct Cited {
    name: String,
    at: Range<usize>,
    references: usize,
}

impl<'a> OpenNote<'a> {
    /// A note with no text yet.
    pub(super) fn new(name: CowStr<'a>, at: Range<usize>) -> Self {
        Self { name, note: Note { at, events: Vec::new() } }
    }
}

/// A name as the parser compares names: without regard to capitals.
pub(super) fn folded(name: &str) -> String {
    if name.bytes().all(|b| b.is_ascii_digit()) {
        return name.to_owned();
    }
    // Upper case first, so that `ß` and `SS` are the same.
    name.to_uppercase().to_lowercase()
}

/// The reference to a note that a piece of text would have been, had there
/// been the note: its place and the name. The parser hands out the opening
/// bracket of a failed reference as a piece of its own.
pub(super) fn unknown_reference<'s>(source: &'s str, text: &str, at: &Range<usize>) -> Option<(Range<usize>, &'s str)> {
    if !matches!(text, "[" | "![") || source.get(at.clone()) != Some(text) {
        return None;
    }
    let rest = source[at.end..].strip_prefix('^')?;
    let ends = |c: char| matches!(c, ']' | '[') || c.is_whitespace();
    let length = rest.bytes().take(1000).position(|b| ends(char::from(b)))?;
    let whole = length > 0 && rest.as_bytes()[length] == b']';
    let name = rest.get(..length).filter(|_| whole)?;
    Some((at.end - 1..at.end + length + 2, name))
}

impl<'a, H: Host> Writer<'a, H> {
    /// Notes within notes are gathered as notes of their own.
    pub(super) fn gather_note(&mut self, mut open: Vec<OpenNote<'a>>, event: Event<'a>, at: Range<usize>) {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => open.push(OpenNote::new(name, at)),
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some(note) = open.pop() {
                    self.define(note);
                }
            }
            event => {
                if let Some(innermost) = open.last_mut() {
                    innermost.note.events.push((event, at));
                }
            }
        }
        if !open.is_empty() {
            self.capture = Capture::Notes(open);
        }
    }

    fn define(&mut self, OpenNote { name, note }: OpenNote<'a>) {
        match self.notes.defined.entry(folded(&name)) {
            Entry::Vacant(place) => {
                place.insert(note);
            }
            Entry::Occupied(_) => {
                let complaint = Complaint::error(format!("the note `{name}` is written twice"));
                self.report(note.at, complaint.hint("give one of them another name"));
            }
        }
    }

    /// Writes the number of a note as a link to it. The parser makes no link
    /// of what has a reference in it, so links do not nest.
    pub(super) fn note_reference(&mut self, name: &str, at: Range<usize>) {
        let notes = &mut self.notes;
        let key = folded(name);
        let index = *notes.numbers.entry(key).or_insert_with_key(|key| {
            notes.cited.push(Cited { name: key.clone(), at, references: 0 });
            notes.cited.len() - 1
        });
        notes.cited[index].references += 1;
        let (number, reference) = (index + 1, notes.cited[index].references);
        let prefix = &self.options.id_prefix;
        // Writing to a String cannot fail.
        let _ = write!(
            self.out,
            "<sup class=\"footnote-ref\"><a href=\"#{prefix}fn-{number}\" id=\"{prefix}fnref-{number}{}\" role=\"doc-noteref\">{number}</a></sup>",
            Again(reference)
        );
    }

    /// Writes the notes that are referred to, and complains of the others.
    pub(super) fn write_notes(&mut self) {
        let mut texts = Vec::new();
        // The text of a note may refer to further notes.
        while let Some(cited) = self.notes.cited.get(texts.len()) {
            let (name, at) = (cited.name.clone(), cited.at.clone());
            texts.push(self.note_text(&name, at));
        }
        let forgotten: Vec<_> = self.notes.defined.drain().map(|(_, note)| note.at).collect();
        for at in forgotten {
            let complaint = Complaint::warning("nothing refers to this note, so it is left out");
            self.report(at, complaint.hint("refer to it with its name in brackets, or remove it"));
        }
        if texts.is_empty() {
            return;
        }
        self.fresh_line();
        self.out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\"");
        self.labelled(&self.options.words.notes);
        self.out.push_str(">\n<ol>\n");
        for (index, text) in texts.iter().enumerate() {
            self.write_note(index, text);
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    fn note_text(&mut self, name: &str, at: Range<usize>) -> String {
        let start = self.out.len();
        match self.notes.defined.remove(name) {
            Some(note) => {
                self.depth += 1;
                note.events.into_iter().for_each(|(event, at)| self.event(event, at));
                self.unclosed_shortcodes(self.depth);
                self.depth -= 1;
            }
            None => self.report(at, Complaint::error(format!("there is no note `{name}`"))),
        }
        self.out.split_off(start)
    }

    /// Writes a note, the links back to its references inside its last
    /// paragraph.
    fn write_note(&mut self, index: usize, text: &str) {
        let prefix = self.options.id_prefix.as_str();
        let _ = writeln!(self.out, "<li id=\"{prefix}fn-{}\">", index + 1);
        if let Some(unfinished) = text.strip_suffix("</p>\n") {
            self.out.push_str(unfinished);
            self.out.push(' ');
        } else {
            self.out.push_str(text);
            self.fresh_line();
            self.out.push_str("<p>");
        }
        let number = index + 1;
        for reference in 1..=self.notes.cited[index].references {
            let again = Again(reference);
            let _ = write!(
                self.out,
                "{}<a href=\"#{prefix}fnref-{number}{again}\" role=\"doc-backlink\"",
                if reference > 1 { " " } else { "" }
            );
            self.labelled(&Words::numbered(&self.options.words.back_to_reference, format_args!("{number}{again}")));
            self.out.push_str(">↩");
            if reference > 1 {
                let _ = write!(self.out, "<sup>{reference}</sup>");
            }
            self.out.push_str("</a>");
        }
        self.out.push_str("</p>\n</li>\n");
    }
}

/// What tells the references to a note apart: nothing for the first, then
/// `-2`, `-3`.
struct Again(usize);

impl fmt::Display for Again {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 1 { Ok(()) } else { write!(f, "-{}", self.0) }
    }
}
