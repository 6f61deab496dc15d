//! Markdown to HTML.
//!
//! `CommonMark` 0.31.2 with a few extensions, shortcodes, and HTML comments that
//! never reach the page. [`render`] is the way in: it takes the text and a
//! [`Host`] that knows what lies outside it, and gives back HTML and whatever
//! is wrong. Nothing here reads or writes files.
//!
//! The text goes through three hands: [`cut`] takes out the shortcode calls,
//! the parser makes events of what is left, and [`writer`] writes each event.

mod blocks;
mod call;
mod code;
mod comments;
mod cut;
mod gate;
mod headings;
mod host;
mod links;
mod notes;
mod options;
mod pieces;
mod raw;
mod sanitise;
mod shortcodes;
mod slug;
mod summary;
mod tables;
#[cfg(test)]
mod tests;
mod words;
mod writer;

pub use gate::{behind_the_gate, teaser_end};
pub use host::{Argument, Complaint, Heading, Host, Image, Link, Problem, Rendered};
pub use options::{Extensions, Options, RawHtml, Words};
pub use pieces::{Piece, PieceKind, pieces};
pub use summary::first_paragraph;

use cut::Cut;
use pulldown_cmark::Parser;
use writer::Writer;

/// Renders a text.
///
/// The result always has HTML, however much is wrong; what is wrong is in
/// [`Rendered::problems`], with places in `text`. Takes time in proportion to
/// the length of the text, and no more stack for deep nesting.
pub fn render(text: &str, options: &Options, host: &impl Host) -> Rendered {
    let cut = Cut::new(text);
    let mut writer = Writer::new(&cut, options, host);
    let flags = options.extensions.flags();
    for (event, at) in Parser::new_ext(cut.text(), flags).into_offset_iter() {
        writer.event(event, at);
    }
    writer.finish()
}
