//! Code blocks, plain or coloured by classes.

use super::host::Host;
use super::writer::{Capture, Writer, push_attribute, push_text};
use pulldown_cmark::{Event, TagEnd};
use std::ops::Range;
use std::sync::LazyLock;
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// Loaded when the first code block in a known language is written.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Before every class that colours code.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };
/// Longer code, and code with longer lines, is not coloured.
const LONGEST: usize = 128 * 1024;
const LONGEST_LINE: usize = 2_000;

/// A code block under way.
pub(super) struct CodeBlock {
    language: String,
    code: String,
    at: Range<usize>,
}

impl CodeBlock {
    /// A block with the info string `info`, whose first word is the language.
    pub(super) fn new(info: &str, at: Range<usize>) -> Self {
        let language = language(info).to_owned();
        Self { language, code: String::new(), at }
    }
}

/// The language an info string names: its first word.
pub(super) fn language(info: &str) -> &str {
    info.split_whitespace().next().unwrap_or_default()
}

impl<'a, H: Host> Writer<'a, H> {
    pub(super) fn gather_code(&mut self, mut code: CodeBlock, event: Event<'a>, at: Range<usize>) {
        match event {
            Event::End(TagEnd::CodeBlock) => {
                // The last line of a text may lack its end, not that of a block.
                if !code.code.is_empty() && !code.code.ends_with('\n') {
                    code.code.push('\n');
                }
                return self.code_block(&code);
            }
            Event::Text(text) => code.code.push_str(self.as_written(&text, at, &code.at)),
            _ => {}
        }
        self.capture = Capture::Code(code);
    }

    /// A piece of a code block with any calls in it as they were written. The
    /// piece is a slice of the cut text; where it begins or ends inside a call
    /// that went over a line end, only its place says what was there.
    fn as_written<'t>(&self, text: &'t str, at: Range<usize>, block: &Range<usize>) -> &'t str
    where
        'a: 't,
    {
        let (cut, source) = (self.cut.text(), self.cut.source());
        let slice = self.cut.any() && at.start >= block.start && cut.get(at.clone()) == Some(text);
        let original = if slice { source.get(at) } else { None };
        original.unwrap_or(text)
    }

    fn code_block(&mut self, block: &CodeBlock) {
        self.fresh_line();
        self.out.push_str(if self.options.highlight { "<pre tabindex=\"0\"><code" } else { "<pre><code" });
        if !block.language.is_empty() {
            self.out.push_str(" class=\"language-");
            push_attribute(&mut self.out, &block.language);
            self.out.push('"');
        }
        self.out.push('>');
        let coloured = if self.options.highlight { colour(&block.language, &block.code) } else { None };
        match coloured {
            Some(html) => self.out.push_str(&html),
            None => push_text(&mut self.out, &block.code),
        }
        self.out.push_str("</code></pre>\n");
    }
}

/// Code in spans with classes, or nothing if the language is unknown or the
/// code beyond what is worth colouring.
fn colour(language: &str, code: &str) -> Option<String> {
    let token = language.split([',', '{']).next().unwrap_or_default();
    if token.is_empty() || code.len() > LONGEST || code.lines().any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    let syntaxes = &*SYNTAXES;
    let syntax = syntaxes.find_syntax_by_token(token)?;
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, syntaxes, STYLE);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}
