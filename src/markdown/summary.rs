//! The beginning of a text in plain words.

use super::cut::Cut;
use super::options::Options;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The plain words of the first paragraph that has any, outside lists, quotes
/// and notes: for summaries. At most `most` characters; what is longer is cut
/// between words and ends with an ellipsis. Empty if there is no paragraph.
pub fn first_paragraph(text: &str, options: &Options, most: usize) -> String {
    let cut = Cut::new(text);
    let mut words = String::new();
    let (mut depth, mut images, mut inside) = (0usize, 0usize, false);
    for event in Parser::new_ext(cut.text(), options.extensions.flags()) {
        match event {
            Event::Start(Tag::Paragraph) if depth == 0 => inside = true,
            Event::End(TagEnd::Paragraph) if inside => {
                inside = false;
                if !words.trim().is_empty() {
                    break;
                }
            }
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images -= 1,
            Event::Start(_) if !inside => depth += 1,
            Event::End(_) if !inside => depth -= 1,
            Event::Text(text) if inside && images == 0 => push_without_calls(&cut, &mut words, &text),
            Event::Code(code) if inside && images == 0 => words.push_str(&cut.restore(&code)),
            Event::SoftBreak | Event::HardBreak if inside => words.push(' '),
            _ => {}
        }
    }
    shorten(&words.split_whitespace().collect::<Vec<_>>().join(" "), most)
}

fn push_without_calls(cut: &Cut<'_>, words: &mut String, text: &str) {
    let mut rest = text;
    while let Some((at, _)) = cut.find(rest) {
        words.push_str(&rest[..at.start]);
        rest = &rest[at.end..];
    }
    words.push_str(rest);
}

/// At most `most` characters of `words`, the ellipsis among them.
fn shorten(words: &str, most: usize) -> String {
    if words.chars().nth(most).is_none() {
        return words.to_owned();
    }
    let Some(room) = most.checked_sub(1) else { return String::new() };
    let end = words.char_indices().nth(room).map_or(words.len(), |(i, _)| i);
    // A word that ends exactly where the room does stays whole.
    let whole = words[end..].starts_with(' ');
    let cut = if whole { end } else { words[..end].rfind(' ').unwrap_or(end) };
    let kept = words[..cut].trim_end_matches([' ', ',', ';', ':', '–', '—', '-', '(', '.', '…']);
    format!("{kept}…")
}
