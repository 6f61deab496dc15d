//! What a text asks of its surroundings while it is rendered, and what comes
//! back from rendering it.

use std::ops::Range;

/// What the text refers to outside itself; the caller resolves it.
pub trait Host {
    /// Where a link goes. Asked for every destination but fragments (`#…`),
    /// `http:`, `https:`, `mailto:` and `tel:` addresses, and the forbidden
    /// `javascript:`, `vbscript:` and `data:`. An error leaves the words
    /// without the link, a warning leaves the link as written.
    fn link(&self, destination: &str) -> Result<Link, Complaint>;

    /// Where an image is. Asked for every destination but `http:`, `https:`
    /// and the forbidden ones. Complaints as with links, the alternative text
    /// standing in for the image.
    fn image(&self, destination: &str) -> Result<Image, Complaint>;

    /// The HTML a shortcode stands for: its name, its arguments in the order
    /// written, and the HTML of its body if it has one. The answer goes to
    /// the page as it is, never sanitised.
    fn shortcode(&self, name: &str, arguments: &[(String, Argument)], body: Option<&str>) -> Result<String, Complaint>;
}

/// The host's answer about a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// The `href` to write.
    To(String),
    /// The words stay, the link goes.
    PlainText,
    /// The destination stands as written.
    AsWritten,
}

/// The host's answer about an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Image {
    /// A picture of the site's own.
    Local {
        /// The `src` to write.
        src: String,
        /// Pixels across, where known.
        width: Option<u32>,
        /// Pixels down, where known.
        height: Option<u32>,
    },
    /// The destination stands as written.
    AsWritten,
}

/// The value of a shortcode's argument.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// `key="text"` or `key='text'`.
    Text(String),
    /// `key={3}`.
    Integer(i64),
    /// `key={2.5}`.
    Number(f64),
    /// `key={true}` or `key={false}`.
    Flag(bool),
}

/// What is wrong, and how to put it right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Whether the page can be published all the same.
    pub warning: bool,
}

impl Complaint {
    /// A complaint that stops publication.
    pub fn error(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, warning: false }
    }

    /// A complaint that does not stop publication.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { warning: true, ..Self::error(message) }
    }

    /// The same complaint with a cure.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// A complaint and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Bytes in the text that was handed in.
    pub at: Range<usize>,
    /// What is wrong there.
    pub complaint: Complaint,
}

/// A heading as a table of contents needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as written to the page.
    pub level: u8,
    /// The id on the page, with the prefix; empty if headings get no ids.
    pub id: String,
    /// The words with their emphasis, but no links, ids, images or notes.
    pub html: String,
    /// The words alone, unescaped.
    pub text: String,
}

/// A text as HTML, and what was learnt on the way.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The HTML; ends with a line end unless it is empty.
    pub html: String,
    /// The headings in the order of the page.
    pub headings: Vec<Heading>,
    /// Words a reader reads: prose, headings, tables, cited notes and inline
    /// code, but not code blocks, alternative texts, raw HTML or shortcodes.
    pub words: usize,
    /// How many figures the text has.
    pub figures: usize,
    /// What is wrong, in the order of the text.
    pub problems: Vec<Problem>,
}
