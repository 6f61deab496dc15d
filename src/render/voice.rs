//! A language in which pages are made: its words and forms, its names of countries, an engine that speaks it.

use std::sync::Arc;

use jiff::civil::Date;
use tera::Tera;

use super::context::{DateView, Term};
use super::names::{Names, iso_date};
use super::theme::{Theme, speech};
use crate::archive::{Archive, Edition};
use crate::config::Config;
use crate::locale::Locale;
use crate::markdown;

/// A language in which pages are made.
pub struct Voice {
    /// Its words and forms.
    pub locale: Arc<Locale>,
    /// The theme's templates, with these words.
    pub tera: Tera,
    /// Records as they are called in it.
    pub names: Names,
    /// How texts are written in it.
    pub markdown: markdown::Options,
}

impl Voice {
    /// The voice of a language on a site whose own is `house`.
    pub fn new(
        theme: &Theme,
        locale: &Arc<Locale>,
        house: &Locale,
        config: &Config,
        archive: &Archive,
        edition: Edition,
    ) -> Voice {
        let mut tera = theme.tera.clone();
        speech::teach(&mut tera, locale);
        Voice {
            names: Names::new(archive, edition, locale, house),
            markdown: markdown::Options { words: Arc::new(words(locale)), ..config.markdown.clone() },
            tera,
            locale: Arc::clone(locale),
        }
    }

    /// A date for templates.
    pub fn date(&self, day: Date) -> DateView {
        date(&self.locale, day)
    }

    /// One of a fixed set of words: `set` is what its keys begin with.
    pub fn term(&self, set: &str, name: &str) -> Term {
        let key = format!("{set}_{}", name.replace(' ', "_"));
        Term { name: name.replace(' ', "-"), text: self.locale.word(&key).to_owned() }
    }
}

/// A date for templates.
pub fn date(locale: &Locale, day: Date) -> DateView {
    DateView { iso: iso_date(day), text: locale.house_date(day), long: locale.long_date(day), year: day.year() }
}

fn words(locale: &Locale) -> markdown::Words {
    let word = |key: &str| locale.word(key).to_owned();
    markdown::Words {
        notes: word("notes"),
        back_to_reference: locale.told("back_to_reference", &[("number", "\u{1}")]),
        table: locale.told("table_number", &[("number", "\u{1}")]),
        done: word("done"),
        to_do: word("to_do"),
        alerts: ["note", "tip", "important", "warning", "caution"].map(|kind| word(&format!("alert_{kind}"))),
    }
}
