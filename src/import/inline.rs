//! Writing a line of text as Markdown: bold, italic and struck-out words, links, pictures and notes.

use super::emphasis::{Atom, emphasise};
use super::escape::{Surroundings, escape, guard, target};
use super::span::{Format, Piece, Span};

/// What kind of line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// One that may go over several lines.
    Text,
    Heading,
    Cell,
}

/// A line as Markdown.
pub(super) fn line(spans: &[Span], place: Place) -> String {
    let pieces = tidy(spans, place);
    let text = emphasise(&atoms(&pieces, place));
    match place {
        Place::Text => text.split('\n').map(guard).collect::<Vec<_>>().join("\n"),
        Place::Heading => closed(text),
        Place::Cell => text,
    }
}

/// A heading whose last characters are no markup: `#` closes a heading, and braces hold its id.
fn closed(mut text: String) -> String {
    if text.ends_with('#') {
        text.insert(text.len() - 1, '\\');
    } else if text.ends_with('}') && text.contains('{') {
        text.pop();
        text.push_str("&#125;");
    }
    text
}

/// The pieces of a line with blanks of their own, single, and not at the ends, and neighbours of one kind as one.
///
/// Blanks and notes are set as the words on both sides are, so that no markup begins or ends at them.
fn tidy(spans: &[Span], place: Place) -> Vec<Span> {
    let parted = part(spans, place);
    let neutral = |span: &Span| span.is_blank() || matches!(span.piece, Piece::Note(_));
    let mut next = vec![None; parted.len()];
    let mut following = None;
    for (at, span) in parted.iter().enumerate().rev() {
        next[at] = following;
        if !neutral(span) {
            following = Some(at);
        }
    }
    let mut out: Vec<Span> = Vec::with_capacity(parted.len());
    let mut last = None;
    for (at, span) in parted.iter().enumerate() {
        let mut span = span.clone();
        if neutral(&span) {
            let sides = Option::zip(last, next[at]).map(|(a, b): (usize, usize)| (&parted[a], &parted[b]));
            span.format = sides.map_or_else(Format::default, |(a, b)| a.format.and(b.format));
            let one_link = sides.filter(|(a, b)| a.link == b.link && span.is_blank());
            span.link = one_link.and_then(|(a, _)| a.link.clone());
        } else {
            last = Some(at);
        }
        join(&mut out, span);
    }
    out
}

fn join(out: &mut Vec<Span>, span: Span) {
    if let Piece::Text(text) = &span.piece
        && let Some(before) = out.last_mut()
        && before.format == span.format
        && before.link == span.link
        && let Piece::Text(whole) = &mut before.piece
    {
        whole.push_str(text);
    } else {
        out.push(span);
    }
}

/// The pieces with blanks parted from words, and needless blanks dropped.
fn part(spans: &[Span], place: Place) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match &span.piece {
            Piece::Text(text) => {
                let (body, start) = (text.trim(), text.len() - text.trim_start().len());
                for part in [&text[..start], body, &text[start + body.len()..]] {
                    if !part.is_empty() {
                        push(&mut out, Span { piece: Piece::Text(single(part)), ..span.clone() });
                    }
                }
            }
            Piece::Break if place != Place::Text => push(&mut out, Span::plain(" ")),
            _ => push(&mut out, span.clone()),
        }
    }
    while out.last().is_some_and(Span::is_blank) {
        out.pop();
    }
    out
}

fn push(out: &mut Vec<Span>, span: Span) {
    if span.is_blank() {
        let Some(before) = out.last().filter(|before| before.is_blank()) else {
            if !out.is_empty() {
                out.push(span);
            }
            return;
        };
        // Of several blanks a break stays before a no-break space, and that before a space.
        let weight = |span: &Span| match &span.piece {
            Piece::Break => 2,
            Piece::Text(text) => u8::from(text.contains('\u{A0}')),
            Piece::Picture(..) | Piece::Note(_) => 3,
        };
        if weight(&span) <= weight(before) {
            return;
        }
        out.pop();
    }
    out.push(span);
}

/// A text in which every run of spaces, tabs and line ends is one space.
fn single(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{2028}' | '\u{2029}' | '\u{85}' if out.ends_with(' ') => {
            }
            '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The pieces as Markdown, those with one link together.
fn atoms(pieces: &[Span], place: Place) -> Vec<Atom> {
    let mut out = Vec::new();
    let mut before: Option<(Format, char)> = None;
    let in_table = place == Place::Cell;
    let groups: Vec<&[Span]> = pieces.chunk_by(|a, b| a.link.is_some() && a.link == b.link).collect();
    for (at, group) in groups.iter().enumerate() {
        let span = &group[0];
        // Between pieces that are set differently comes a delimiter, which counts as neither space nor letter.
        let touches = |other: &&Span| other.link.is_some() || other.format == span.format;
        let after = groups.get(at + 1).map(|group| &group[0]).filter(touches).map(first);
        let around = Surroundings {
            before: before.filter(|(format, _)| *format == span.format).map(|(_, c)| c),
            after,
            in_link: false,
            in_table,
        };
        let atom = if let Some(address) = &span.link { link(group, address, in_table) } else { plain(span, around) };
        before = atom.markdown.chars().last().map(|c| (span.format, c)).filter(|_| atom.words);
        out.push(atom);
    }
    out
}

/// The first character that a piece is written with.
fn first(span: &Span) -> char {
    match &span.piece {
        _ if span.link.is_some() => '[',
        Piece::Text(text) => text.chars().next().unwrap_or(' '),
        Piece::Break => '\\',
        Piece::Picture(..) | Piece::Note(_) => '[',
    }
}

/// A piece without regard to its link.
fn plain(span: &Span, around: Surroundings) -> Atom {
    let markdown = match &span.piece {
        Piece::Text(text) => escape(text, around),
        Piece::Break => "\\\n".to_owned(),
        Piece::Note(number) => format!("[^{number}]"),
        Piece::Picture(alt, name) => {
            let alt = escape(&single(alt), Surroundings { in_link: true, ..around });
            format!("![{alt}]({name})")
        }
    };
    Atom { markdown, format: span.format, words: matches!(span.piece, Piece::Text(_)) }
}

/// Pieces that link to one address. What formats all of them goes around the link.
fn link(group: &[Span], address: &str, in_table: bool) -> Atom {
    let format = group.iter().map(|span| span.format).reduce(Format::and).unwrap_or_default();
    if let Some(markdown) = autolink(group, address) {
        return Atom { markdown, format, words: false };
    }
    let around = Surroundings { in_link: true, in_table, ..Surroundings::default() };
    let inner = group.iter().map(|span| Atom { format: span.format.without(format), ..plain(span, around) });
    let inner: Vec<Atom> = inner.collect();
    Atom { markdown: format!("[{}]({})", emphasise(&inner), target(address)), format, words: false }
}

/// `<address>`, if the address is all that the link says.
fn autolink(group: &[Span], address: &str) -> Option<String> {
    let [Span { piece: Piece::Text(text), .. }] = group else { return None };
    let shown = address.strip_prefix("mailto:").unwrap_or(address);
    let ascii = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '\\' | '|' | '`' | '&');
    let written = address.starts_with("http") || shown.contains('@') && !shown.contains('?');
    (text == shown && written && shown.chars().all(ascii)).then(|| format!("<{shown}>"))
}
