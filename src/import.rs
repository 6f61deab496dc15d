//! Word files (.docx: ECMA-376, Office Open XML) as Markdown that an editor can publish.
//!
//! A file goes through four steps: the parts are unpacked (`zip`, `package`) and parsed (`xml`), the text is read
//! into blocks and spans (`reader`), the title, authors and date are taken out (`front`), and the rest is written
//! (`write`, `inline`). What cannot be carried over is told in words.

mod blocks;
mod dates;
mod emphasis;
mod escape;
mod fields;
mod front;
mod graphics;
mod inline;
mod losses;
mod numbering;
mod package;
mod pictures;
mod reader;
mod runs;
mod signs;
mod span;
mod styles;
mod tables;
#[cfg(test)]
mod tests;
mod write;
mod xml;
mod zip;

use front::Front;
use package::Package;
use reader::{NotePart, Reader};
use span::{Block, words};

/// A report as it was found in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Its title, as plain words: from the paragraph set as the title, else the file's properties, else a first
    /// heading or a first paragraph that looks like one.
    pub title: Option<String>,
    /// Who wrote it: from a byline, else the file's properties.
    pub authors: Vec<String>,
    /// When, as `2025-09-08`: from a dateline, else the day on which the file was made.
    pub date: Option<String>,
    /// The text as Markdown; its headings begin at the second level.
    pub body: String,
    /// Its pictures, by the file names that the text links to.
    pub images: Vec<(String, Vec<u8>)>,
    /// What could not be carried over, and what to check, in words for the editor.
    pub notes: Vec<String>,
}

/// Reads a Word file.
///
/// The error is the fact and the cure, for files of another kind, damaged ones and ones that unpack to too much.
pub fn docx(bytes: &[u8]) -> Result<Imported, String> {
    let package = Package::open(bytes)?;
    let (name, root) = package.document()?;
    let parts = NotePart::all(&package, &name)?;
    let known =
        front::properties(package.related(&package.relations("")?, "core-properties")?.map(|(_, root)| root).as_ref());
    let mut reader = Reader::new(&package, &name, &parts)?;
    let mut blocks = Vec::new();
    if let Some(body) = root.w("body") {
        reader.blocks(body, &mut blocks);
    }
    let notes = reader.read_notes();
    let Reader { mut losses, pictures, .. } = reader;
    let Front { title, authors, date } = front::take(&mut blocks, known, &mut losses);
    let (body, unused) = write::document(blocks, notes);
    for mut note in unused {
        let text: Vec<String> = note.iter_mut().flat_map(Block::lines_mut).map(|line| words(line)).collect();
        losses.say(format!("a note to the title, byline or dateline was left out: “{}”", text.join(" ")));
    }
    Ok(Imported { title, authors, date, body, images: pictures.into_files(), notes: losses.into_notes() })
}
