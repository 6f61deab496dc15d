//! What could not be carried over, in words for the editor.

/// Something that happens to single places of a document and is told as a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Loss {
    Comment,
    Insertion,
    Deletion,
    Hidden,
    Contents,
    HeadingNumber,
    OtherDigits,
    MergedCells,
    CellBreak,
    NestedTable,
    TextBox,
    NoAlt,
    Raised,
    Underline,
    Symbol,
    Formula,
    Chart,
    Diagram,
    Embedded,
    InnerLink,
    Header,
}

impl Loss {
    /// What is said of one and of several; `#` stands for how many.
    fn words(self) -> [&'static str; 2] {
        match self {
            Self::Comment => ["# comment was left out", "# comments were left out"],
            Self::Insertion => ["# tracked insertion was accepted", "# tracked insertions were accepted"],
            Self::Deletion => ["# tracked deletion was dropped", "# tracked deletions were dropped"],
            Self::Hidden => ["# stretch of hidden text was left out", "# stretches of hidden text were left out"],
            Self::Contents => ["the table of contents was left out"; 2],
            Self::HeadingNumber => ["the number of # heading was left out", "the numbers of # headings were left out"],
            Self::NoAlt => ["# picture has no description", "# pictures have no description"],
            Self::Symbol => ["# sign of a symbol font was left out", "# signs of symbol fonts were left out"],
            Self::Formula => ["# formula became plain text", "# formulas became plain text"],
            Self::Chart => {
                ["# chart was left out: put it in as a picture", "# charts were left out: put them in as pictures"]
            }
            Self::Diagram => {
                ["# diagram was left out: put it in as a picture", "# diagrams were left out: put them in as pictures"]
            }
            Self::Embedded => ["# embedded document was left out", "# embedded documents were left out"],
            Self::Header => ["the page headers and footers were left out"; 2],
            other => other.words_of_change(),
        }
    }

    /// The same for what is kept in another form.
    fn words_of_change(self) -> [&'static str; 2] {
        match self {
            Self::OtherDigits => [
                "# list item with a letter or Roman number got a plain number",
                "# list items with letters or Roman numbers got plain numbers",
            ],
            Self::MergedCells => {
                ["the merged cells of # table were taken apart", "the merged cells of # tables were taken apart"]
            }
            Self::CellBreak => [
                "# table cell with several lines became one line",
                "# table cells with several lines became one line each",
            ],
            Self::NestedTable => {
                ["# table inside a table became plain text", "# tables inside tables became plain text"]
            }
            Self::TextBox => [
                "the text of # text box stands behind its paragraph",
                "the texts of # text boxes stand behind their paragraphs",
            ],
            Self::Raised => {
                ["# superscript or subscript became plain text", "# superscripts and subscripts became plain text"]
            }
            Self::Underline => {
                ["the underline of # stretch of text was dropped", "the underlines of # stretches of text were dropped"]
            }
            Self::InnerLink => [
                "# link to a place in the document became plain text",
                "# links to places in the document became plain text",
            ],
            _ => ["# thing changed", "# things changed"],
        }
    }
}

/// The losses of a document.
#[derive(Debug, Default)]
pub(super) struct Losses {
    counted: std::collections::BTreeMap<Loss, usize>,
    said: Vec<String>,
}

/// How many single things are told in words of their own.
const MOST_SAID: usize = 20;

impl Losses {
    /// Counts a loss.
    pub(super) fn count(&mut self, loss: Loss) {
        *self.counted.entry(loss).or_default() += 1;
    }

    /// Counts a loss that is told of once.
    pub(super) fn say(&mut self, note: String) {
        if self.said.len() < MOST_SAID && !self.said.contains(&note) {
            self.said.push(note);
        }
    }

    /// All of them as notes.
    pub(super) fn into_notes(self) -> Vec<String> {
        let told = |(loss, count): (Loss, usize)| loss.words()[usize::from(count > 1)].replace('#', &count.to_string());
        self.said.into_iter().chain(self.counted.into_iter().map(told)).collect()
    }
}
