//! Finding a report's title, authors and date, and taking them out of its text.

use super::dates::{Dateline, byline, dateline, day};
use super::losses::Losses;
use super::span::{Block, words};
use super::xml::Node;

/// How many blocks at the start of a text may be a title, byline or dateline.
const HEAD: usize = 8;
/// The most bytes of a paragraph that is taken for a title.
const LONGEST_TITLE: usize = 200;
/// What programs put for titles and authors that nobody gave.
const UNNAMED_TITLES: [&str; 4] = ["untitled", "word document", "document", "title"];
const UNNAMED_AUTHORS: [&str; 12] = [
    "admin",
    "administrator",
    "apache poi",
    "author",
    "docx",
    "microsoft office user",
    "office",
    "owner",
    "python-docx",
    "un-named",
    "user",
    "windows user",
];

/// What is known of a report besides its text.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) date: Option<String>,
}

/// What the core properties of a file say (ECMA-376 part 2, 8.3).
pub(super) fn properties(root: Option<&Node>) -> Front {
    let text = |space: &str, name: &str| {
        let text = root?.child(space, name)?.text();
        Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
    };
    let made = |title: &String| {
        let title = title.to_lowercase();
        title.starts_with("microsoft word - ")
            || UNNAMED_TITLES.contains(&title.trim_end_matches(|c: char| c.is_ascii_digit()))
    };
    let authors = text("dc", "creator").unwrap_or_default();
    let authors = authors.split(';').map(|name| name.trim().to_owned());
    Front {
        title: text("dc", "title").filter(|title| !made(title)),
        authors: authors.filter(|name| !name.is_empty() && !UNNAMED_AUTHORS.contains(&&*name.to_lowercase())).collect(),
        date: text("dcterms", "created").and_then(|stamp| day(&stamp)),
    }
}

/// Takes title, byline and dateline out of the blocks. What they do not tell comes from the file's properties.
pub(super) fn take(blocks: &mut Vec<Block>, known: Front, losses: &mut Losses) -> Front {
    mark_gate(blocks, losses);
    let by = take_byline(blocks);
    let dated = take_dateline(blocks, losses);
    let title = take_title(blocks, known.title, losses);
    if dated.is_none() && known.date.is_some() {
        losses.say("the date is the day on which the file was made: check it".to_owned());
    }
    let (date, written) = dated.map_or((known.date, Vec::new()), |line| (Some(line.date), line.authors));
    let authors = [by, written].into_iter().find(|names| !names.is_empty()).unwrap_or(known.authors);
    Front { title, authors, date }
}

/// Turns the line that ends the public part of a web page into the mark for it, and drops the call to register.
fn mark_gate(blocks: &mut Vec<Block>, losses: &mut Losses) {
    let mut found = false;
    blocks.retain_mut(|block| {
        let Block::Paragraph(spans, _) = block else { return true };
        match words(spans).as_str() {
            "Now read on…" | "Now read on..." | "<!-- more -->" if !found => {
                found = true;
                *block = Block::More;
                true
            }
            line @ ("Now read on…" | "Now read on..." | "<!-- more -->" | "Register to sample a report") => {
                losses.say(format!("a line “{line}” was left out"));
                false
            }
            _ => true,
        }
    });
}

/// The first line of the head for which `read` finds something, taken out.
fn take_line<T>(blocks: &mut Vec<Block>, read: impl Fn(&str) -> Option<T>) -> Option<(String, T)> {
    let lines = blocks.iter().take(HEAD).enumerate();
    let (at, line, found) = lines.take_while(|(_, block)| **block != Block::More).find_map(|(at, block)| {
        let Block::Paragraph(spans, _) = block else { return None };
        let line = words(spans);
        let found = read(&line)?;
        Some((at, line, found))
    })?;
    blocks.remove(at);
    Some((line, found))
}

fn take_byline(blocks: &mut Vec<Block>) -> Vec<String> {
    take_line(blocks, byline).map(|(_, names)| names).unwrap_or_default()
}

fn take_dateline(blocks: &mut Vec<Block>, losses: &mut Losses) -> Option<Dateline> {
    let (line, dated) = take_line(blocks, dateline)?;
    losses.say(format!("the dateline “{line}” was taken out of the text"));
    Some(dated)
}

/// The title: a paragraph set as one, else the one the file's properties tell, else the first heading of level 1 or
/// the first paragraph if it is short and all bold or large, whichever comes first and near the start.
fn take_title(blocks: &mut Vec<Block>, known: Option<String>, losses: &mut Losses) -> Option<String> {
    if let Some(at) = blocks.iter().position(|block| matches!(block, Block::Title(_))) {
        return Some(removed(blocks, at));
    }
    let looks_so = |(at, block): (usize, &Block)| match block {
        Block::Heading(1, _) => true,
        Block::Paragraph(spans, true) => at == 0 && words(spans).len() <= LONGEST_TITLE,
        _ => false,
    };
    let first = blocks
        .iter()
        .take(HEAD)
        .enumerate()
        .take_while(|(_, block)| **block != Block::More)
        .find(|found| looks_so(*found));
    let first = first.map(|(at, _)| at);
    let (Some(title), Some(at)) = (&known, first) else {
        return first.map(|at| removed(blocks, at)).or(known);
    };
    if shown(&mut blocks[at]).to_lowercase() == title.to_lowercase() {
        return Some(removed(blocks, at));
    }
    if at == 0 {
        losses.say(format!(
            "the title is that of the file's properties, but the text begins with “{}”",
            shown(&mut blocks[0])
        ));
    }
    known
}

fn removed(blocks: &mut Vec<Block>, at: usize) -> String {
    shown(&mut blocks.remove(at))
}

fn shown(block: &mut Block) -> String {
    block.lines_mut().first().map(|spans| words(spans)).unwrap_or_default()
}
