//! Lists: "A, B and C".

use std::fmt;

use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_list::parts::ELEMENT;
use icu_locale_core::Locale;
use writeable::{Part, PartsWrite, Writeable};

pub(super) struct Lists(ListFormatter);

impl Lists {
    pub(super) fn new(rules: &Locale) -> Option<Lists> {
        ListFormatter::try_new_and(rules.into(), ListFormatterOptions::default()).ok().map(Lists)
    }

    /// What stands before each item.
    pub(super) fn between(&self, items: &[&str]) -> Vec<String> {
        let mut pieces = Pieces { before: vec![String::new()], inside: false };
        // Writing to strings does not fail.
        _ = self.0.format(items.iter()).write_to_parts(&mut pieces);
        pieces.before.truncate(items.len());
        pieces.before
    }
}

/// Takes what is no item.
struct Pieces {
    before: Vec<String>,
    inside: bool,
}

impl fmt::Write for Pieces {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if let Some(last) = self.before.last_mut().filter(|_| !self.inside) {
            last.push_str(text);
        }
        Ok(())
    }
}

impl PartsWrite for Pieces {
    type SubPartsWrite = Pieces;

    fn with_part(&mut self, part: Part, mut write: impl FnMut(&mut Pieces) -> fmt::Result) -> fmt::Result {
        let item = part == ELEMENT;
        self.inside |= item;
        write(self)?;
        if item {
            self.inside = false;
            self.before.push(String::new());
        }
        Ok(())
    }
}
