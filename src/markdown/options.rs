//! How a text is read and written: the extensions to `CommonMark`, what is done
//! with raw HTML, and the few switches that concern the page around the text.

use std::sync::Arc;

use pulldown_cmark::Options as Flags;

/// What is done with HTML written in the text. Comments are dropped whatever
/// is chosen here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// It goes to the page as written.
    Allow,
    /// It goes to the page without anything that could run or restyle it.
    #[default]
    Sanitise,
    /// Each piece of it is an error, and shown as text.
    Refuse,
}

/// Which additions to `CommonMark` are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extensions {
    /// `| a | b |` with a line of dashes beneath the first row.
    pub tables: bool,
    /// `~~struck out~~`.
    pub strikethrough: bool,
    /// `- [ ]` and `- [x]` at the start of list items.
    pub task_lists: bool,
    /// `[^name]` and `[^name]: the note`.
    pub footnotes: bool,
    /// Every heading gets an id, from its words or from `{#id}` behind them.
    pub heading_ids: bool,
    /// A line of its own followed by `: what it means`.
    pub definition_lists: bool,
    /// `> [!NOTE]` and its kin.
    pub alerts: bool,
    /// Quotation marks, dashes and ellipses made typographic.
    pub smart_punctuation: bool,
}

impl Extensions {
    /// The names [`Extensions::from_names`] knows, in the order of the fields.
    pub const NAMES: [&'static str; 8] = [
        "tables",
        "strikethrough",
        "task_lists",
        "footnotes",
        "heading_ids",
        "definition_lists",
        "alerts",
        "smart_punctuation",
    ];

    /// Every extension on.
    pub const fn all() -> Self {
        Self::every(true)
    }

    /// `CommonMark` and nothing besides.
    pub const fn none() -> Self {
        Self::every(false)
    }

    /// The extensions named, and no others; the first unknown name is the
    /// error.
    pub fn from_names<N: AsRef<str>>(names: &[N]) -> Result<Self, String> {
        let mut extensions = Self::none();
        for name in names {
            match extensions.field(name.as_ref()) {
                Some(field) => *field = true,
                None => return Err(name.as_ref().to_owned()),
            }
        }
        Ok(extensions)
    }

    const fn every(on: bool) -> Self {
        Self {
            tables: on,
            strikethrough: on,
            task_lists: on,
            footnotes: on,
            heading_ids: on,
            definition_lists: on,
            alerts: on,
            smart_punctuation: on,
        }
    }

    fn field(&mut self, name: &str) -> Option<&mut bool> {
        Some(match name {
            "tables" => &mut self.tables,
            "strikethrough" => &mut self.strikethrough,
            "task_lists" => &mut self.task_lists,
            "footnotes" => &mut self.footnotes,
            "heading_ids" => &mut self.heading_ids,
            "definition_lists" => &mut self.definition_lists,
            "alerts" => &mut self.alerts,
            "smart_punctuation" => &mut self.smart_punctuation,
            _ => return None,
        })
    }

    /// The same as the parser's flags.
    pub(super) fn flags(self) -> Flags {
        let mut flags = Flags::empty();
        flags.set(Flags::ENABLE_TABLES, self.tables);
        flags.set(Flags::ENABLE_STRIKETHROUGH, self.strikethrough);
        flags.set(Flags::ENABLE_TASKLISTS, self.task_lists);
        flags.set(Flags::ENABLE_FOOTNOTES, self.footnotes);
        flags.set(Flags::ENABLE_HEADING_ATTRIBUTES, self.heading_ids);
        flags.set(Flags::ENABLE_DEFINITION_LIST, self.definition_lists);
        flags.set(Flags::ENABLE_GFM, self.alerts);
        flags.set(Flags::ENABLE_SMART_PUNCTUATION, self.smart_punctuation);
        flags
    }
}

/// Everything that decides how a text becomes HTML, besides the text and its
/// [`Host`](super::Host).
#[derive(Clone, Debug)]
pub struct Options {
    /// The additions to `CommonMark`.
    pub extensions: Extensions,
    /// What is done with raw HTML.
    pub html: RawHtml,
    /// Put before every id the renderer writes (headings, footnotes, and the
    /// links to them), so that several texts can share a page.
    pub id_prefix: String,
    /// The highest heading level that may be written. Where the text has a
    /// higher one, all its headings move down by the same step (none below
    /// 6); a text that already keeps to it stays as written. 1 moves nothing.
    pub heading_base: u8,
    /// Whether code blocks are coloured (by classes) and can be reached with
    /// the keyboard so that long lines can be scrolled.
    pub highlight: bool,
    /// The words that are written around a text, in its language.
    pub words: Arc<Words>,
}

/// Words that no text holds, but that are written around it.
#[derive(Clone, Debug)]
pub struct Words {
    /// What the footnotes are called.
    pub notes: String,
    /// The way back to a footnote's reference; U+0001 stands for its number.
    pub back_to_reference: String,
    /// What a table is called; U+0001 stands for its number.
    pub table: String,
    /// A task that is done.
    pub done: String,
    /// One that is not.
    pub to_do: String,
    /// The titles of alerts: note, tip, important, warning, caution.
    pub alerts: [String; 5],
}

impl Default for Words {
    /// English.
    fn default() -> Self {
        Self {
            notes: "Notes".to_owned(),
            back_to_reference: "Back to reference \u{1}".to_owned(),
            table: "Table \u{1}".to_owned(),
            done: "Done".to_owned(),
            to_do: "To do".to_owned(),
            alerts: ["Note", "Tip", "Important", "Warning", "Caution"].map(str::to_owned),
        }
    }
}

impl Words {
    /// A word with the number that it stands with.
    pub(super) fn numbered(word: &str, number: impl std::fmt::Display) -> String {
        word.replace('\u{1}', &number.to_string())
    }
}

impl Options {
    /// What the `CommonMark` specification says, to the letter.
    pub fn commonmark() -> Self {
        Self {
            extensions: Extensions::none(),
            html: RawHtml::Allow,
            id_prefix: String::new(),
            heading_base: 1,
            highlight: false,
            words: Arc::default(),
        }
    }
}

impl Default for Options {
    /// All extensions, raw HTML sanitised, headings as written, code coloured.
    fn default() -> Self {
        Self {
            extensions: Extensions::all(),
            html: RawHtml::default(),
            id_prefix: String::new(),
            heading_base: 1,
            highlight: true,
            words: Arc::default(),
        }
    }
}
