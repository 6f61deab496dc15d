//! A language in which pages are made: its words and forms, its names of countries, an engine that speaks it.

use std::sync::Arc;

use jiff::civil::Date;
use tera::Tera;

use super::context::{DateView, Term};
use super::names::{Names, date};
use super::theme::{Theme, speech};
use crate::archive::report::{Status, UpdateKind};
use crate::archive::{Archive, Edition, ReportId};
use crate::config::{Access, Config};
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

    /// Words that tell what is special about a report.
    pub fn badges(&self, archive: &Archive, id: ReportId) -> Vec<Term> {
        let report = &archive[id];
        let public = &report.public;
        let mut badges = Vec::new();
        match public.access {
            Access::Subscribers if report.is_gated() => badges.push("subscribers"),
            Access::Subscribers => badges.push("free"),
            Access::Sample => badges.push("sample"),
            Access::Public => {}
        }
        if public.status != Status::Published {
            badges.push(public.status.name());
        }
        let has = |kinds: &[UpdateKind]| public.updates.iter().any(|update| kinds.contains(&update.kind));
        if has(&[UpdateKind::Correction, UpdateKind::Clarification]) {
            badges.push("corrected");
        } else if has(&[UpdateKind::Update]) {
            badges.push("updated");
        }
        badges.into_iter().map(|name| self.term("badge", name)).collect()
    }
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
