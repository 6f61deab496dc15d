//! Where the public part of a text ends, and what it needs from behind.

use super::call::Call;
use super::comments;
use super::cut::Cut;
use super::host::{Complaint, Problem};
use super::notes::{folded, unknown_reference};
use super::options::{Extensions, Options};
use memchr::memmem;
use pulldown_cmark::{BrokenLink, CowStr, Event, Parser, Tag, TagEnd};
use rustc_hash::FxHashSet;
use std::cell::RefCell;
use std::ops::Range;

/// Where the public part ends: the bytes of the first `<!-- more -->` that is
/// a block of its own, outside lists, quotes, code and the bodies of
/// shortcodes. Spaces inside the comment do not matter. None if there is none.
pub fn teaser_end(text: &str) -> Option<Range<usize>> {
    let comments = memmem::find_iter(text.as_bytes(), b"<!--");
    if !comments.into_iter().any(|i| is_more(&text[i..])) {
        return None;
    }
    let cut = Cut::new(text);
    let (mut depth, mut bodies) = (0usize, 0usize);
    for (event, at) in Parser::new_ext(cut.text(), Extensions::all().flags()).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) if depth == 0 => match marker(&cut, at.clone()) {
                Some(true) => bodies += 1,
                Some(false) => bodies = bodies.saturating_sub(1),
                None if bodies == 0 => {
                    if let Some(found) = lone_more(cut.text(), at) {
                        return Some(found);
                    }
                }
                None => {}
            },
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    None
}

fn is_more(text: &str) -> bool {
    let inner = text["<!--".len()..].trim_start().strip_prefix("more");
    inner.is_some_and(|rest| rest.trim_start().starts_with("-->"))
}

/// Whether an HTML block opens a body (true) or closes one (false).
fn marker(cut: &Cut<'_>, at: Range<usize>) -> Option<bool> {
    let number = cut.sole_marker(&cut.text()[at])?;
    Some(matches!(cut.call(number).call, Call::Open { .. }))
}

fn lone_more(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let block = &text[at.clone()];
    let comment = block.trim();
    let start = at.start + (block.len() - block.trim_start().len());
    let lone = is_comment(comment) && comments::inside(comment) == "more";
    lone.then(|| start..start + comment.len())
}

fn is_comment(text: &str) -> bool {
    text.starts_with("<!--") && text.len() >= "<!---->".len() && text.ends_with("-->")
}

/// What the public part uses and only the rest defines: notes and the targets
/// of links by reference. The places are in `teaser`.
pub fn behind_the_gate(teaser: &str, rest: &str, options: &Options) -> Vec<Problem> {
    let teaser = Cut::new(teaser);
    let uses = RefCell::new(Vec::new());
    let broken = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        uses.borrow_mut().push((link.span, link.reference.to_string(), false));
        None
    };
    let flags = options.extensions.flags();
    let parser = Parser::new_with_broken_link_callback(teaser.text(), flags, Some(broken));
    for (event, at) in parser.into_offset_iter() {
        if let Event::Text(text) = event
            && options.extensions.footnotes
            && let Some((at, name)) = unknown_reference(teaser.source(), &text, &at)
        {
            uses.borrow_mut().push((at, name.to_owned(), true));
        }
    }
    let mut uses = uses.into_inner();
    uses.sort_by_key(|(at, ..)| at.start);
    complaints(uses, rest, options)
}

fn complaints(uses: Vec<(Range<usize>, String, bool)>, rest: &str, options: &Options) -> Vec<Problem> {
    if uses.is_empty() {
        return Vec::new();
    }
    let rest = Cut::new(rest);
    let parser = Parser::new_ext(rest.text(), options.extensions.flags());
    let links: FxHashSet<String> = parser.reference_definitions().iter().map(|(name, _)| label(name)).collect();
    let notes: FxHashSet<String> = parser.filter_map(note_name).collect();
    let behind =
        |name: &str, note: bool| if note { notes.contains(&folded(name)) } else { links.contains(&label(name)) };
    let problem = |(at, name, note): (Range<usize>, String, bool)| {
        let (what, hint) = if note {
            (format!("the note `{name}` is"), "move the note before `<!-- more -->`")
        } else {
            (format!("the target of the link `{name}` is"), "move the line with its target before `<!-- more -->`")
        };
        let complaint = Complaint::error(format!("{what} behind the gate, but the public part uses it"));
        Problem { at, complaint: complaint.hint(hint) }
    };
    uses.into_iter().filter(|(_, name, note)| behind(name, *note)).map(problem).collect()
}

fn note_name(event: Event<'_>) -> Option<String> {
    match event {
        Event::Start(Tag::FootnoteDefinition(name)) => Some(folded(&name)),
        _ => None,
    }
}

/// A link label as the parser compares labels: without regard to capitals and
/// the kind of white space.
fn label(name: &str) -> String {
    folded(&name.split_whitespace().collect::<Vec<_>>().join(" "))
}
