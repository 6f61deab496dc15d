//! Fields that go over several runs (ECMA-376 part 1, 17.16.18), of which hyperlinks matter.

use std::rc::Rc;

/// How many fields may stand inside each other; those further in are taken as text.
const DEEPEST: usize = 50;

#[derive(Debug, Default)]
struct Field {
    code: String,
    link: Option<Rc<str>>,
    /// Whether its code is over and its result runs.
    result: bool,
}

/// The fields that are open.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// How many are open beyond those.
    beyond: usize,
}

impl Fields {
    /// A field begins.
    pub(super) fn begin(&mut self) {
        if self.open.len() < DEEPEST { self.open.push(Field::default()) } else { self.beyond += 1 }
    }

    /// A piece of a code.
    pub(super) fn code(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.result && self.beyond == 0) {
            field.code.push_str(text);
        }
    }

    /// A code is over: the code.
    pub(super) fn separate(&mut self) -> Option<String> {
        let field = self.open.last_mut().filter(|_| self.beyond == 0)?;
        field.result = true;
        Some(std::mem::take(&mut field.code))
    }

    /// What the innermost field links to.
    pub(super) fn set_link(&mut self, link: Option<Rc<str>>) {
        if let Some(field) = self.open.last_mut() {
            field.link = link;
        }
    }

    /// A field ends.
    pub(super) fn end(&mut self) {
        if self.beyond > 0 { self.beyond -= 1 } else { drop(self.open.pop()) }
    }

    /// Whether what comes is part of a code.
    pub(super) fn in_code(&self) -> bool {
        self.open.iter().any(|field| !field.result)
    }

    /// What the text that comes links to.
    pub(super) fn link(&self) -> Option<Rc<str>> {
        self.open.iter().rev().find_map(|field| field.link.clone())
    }
}

/// What a field's code links to: the address and the place in it. None if it is no hyperlink (17.16.5.25).
pub(super) fn hyperlink(code: &str) -> Option<(String, String)> {
    let mut words = arguments(code).into_iter();
    words.next().filter(|word| word.eq_ignore_ascii_case("HYPERLINK"))?;
    let (mut address, mut place) = (String::new(), String::new());
    while let Some(word) = words.next() {
        match word.as_str() {
            "\\l" => place = words.next().unwrap_or_default(),
            "\\o" | "\\t" => drop(words.next()),
            switch if switch.starts_with('\\') && switch.len() == 2 => {}
            _ if address.is_empty() => address = word,
            _ => {}
        }
    }
    Some((address, place))
}

/// The words of a code; those in quotation marks may have spaces, and `\\` and `\"` in them stand for one character.
fn arguments(code: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let quoted = first == '"';
        let mut word = String::new();
        let mut letters = rest.char_indices().skip(usize::from(quoted)).peekable();
        let mut end = rest.len();
        while let Some((at, c)) = letters.next() {
            match c {
                '"' if quoted => {
                    end = at + 1;
                    break;
                }
                '\\' if quoted => {
                    word.extend(letters.next_if(|(_, c)| matches!(c, '\\' | '"')).map(|(_, c)| c).or(Some(c)));
                }
                c if !quoted && c.is_whitespace() => {
                    end = at;
                    break;
                }
                c => word.push(c),
            }
        }
        words.push(word);
        rest = rest[end..].trim_start();
    }
    words
}
