//! Records: what a site knows of countries, regions, authors, topics and series, and its plain pages.

use super::field::Texts;
use super::report::{Edition, Gate, Watch};
use super::{AuthorId, CountryId, RegionId, ReportId, TopicId};
use crate::geo;
use crate::source::{Body, Moment};

/// A record's own text, if it has a file.
#[derive(Debug, Clone)]
pub struct Text {
    /// The file.
    pub file: String,
    /// Where the text stands in it.
    pub body: Body,
}

/// A country that the archive covers.
#[derive(Debug, Clone)]
pub struct Country {
    /// What the world calls it.
    pub geo: geo::Country,
    /// The name that the site prints.
    pub name: String,
    /// The last part of its address.
    pub slug: String,
    /// The capital.
    pub capital: Option<String>,
    standing: Standing,
    gated: bool,
    /// The reports to begin with.
    pub key_reports: Vec<ReportId>,
    /// Dated events to watch.
    pub watch: Vec<Watch>,
    /// The record's text.
    pub text: Option<Text>,
    /// The site's own fields.
    pub extra: Option<serde_json::Value>,
}

impl Country {
    /// A country of which the site knows no more than its name.
    pub(super) fn named(geo: geo::Country, name: String, slug: String) -> Country {
        Country {
            geo,
            name,
            slug,
            capital: None,
            standing: Standing::default(),
            gated: false,
            key_reports: Vec::new(),
            watch: Vec::new(),
            text: None,
            extra: None,
        }
    }

    pub(super) fn set_standing(&mut self, standing: Standing, gated: bool) {
        self.standing = standing;
        self.gated = gated;
    }

    /// Shows what is held of it to everybody.
    pub(super) fn open(&mut self) {
        self.gated = false;
    }

    /// View, outlook and facts, if the readers of an edition may see them.
    pub fn standing(&self, edition: Edition) -> Option<&Standing> {
        (!self.gated || edition.opens(Gate::Standing)).then_some(&self.standing)
    }

    /// What everybody may read of it, for telling a leak from a quotation.
    pub fn public_texts(&self, f: &mut dyn FnMut(&str)) {
        self.watch.iter().for_each(|watch| watch.each(f));
        if !self.gated {
            self.standing.each(f);
        }
    }

    /// What must not appear in the public edition.
    pub fn secrets(&self, f: &mut dyn FnMut(&str)) {
        if self.gated {
            self.standing.each(f);
        }
    }
}

/// What is held of a country: gated together or not at all.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// The standing view.
    pub view: Option<View>,
    /// The outlook.
    pub outlook: Option<Outlook>,
    /// Facts.
    pub facts: Vec<Fact>,
}

impl Texts for Standing {
    fn each(&self, f: &mut dyn FnMut(&str)) {
        if let Some(view) = &self.view {
            f(&view.text);
        }
        if let Some(outlook) = &self.outlook {
            f(&outlook.text);
        }
        for fact in &self.facts {
            f(&fact.value);
        }
    }
}

/// Two sentences, signed and dated.
#[derive(Debug, Clone)]
pub struct View {
    /// The view.
    pub text: String,
    /// As of when.
    pub date: Option<Moment>,
    /// Who holds it.
    pub authors: Vec<AuthorId>,
}

/// An outlook with its date.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// In words.
    pub text: String,
    /// As of when.
    pub date: Option<Moment>,
    /// Where it points.
    pub direction: Option<Direction>,
}

/// Where an outlook points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Better.
    Improving,
    /// As it is.
    Stable,
    /// Worse.
    Worsening,
}

impl Direction {
    /// The words, in order.
    pub const NAMES: [&'static str; 3] = ["improving", "stable", "worsening"];

    /// Reads one of the words.
    pub fn from_name(name: &str) -> Option<Direction> {
        let all = [Direction::Improving, Direction::Stable, Direction::Worsening];
        Self::NAMES.iter().position(|known| *known == name).map(|index| all[index])
    }

    /// The word.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// A fact about a country.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What is told.
    pub label: String,
    /// The figure or words.
    pub value: String,
    /// As of when.
    pub as_of: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
}

/// An author.
#[derive(Debug, Clone, Default)]
pub struct Author {
    /// The name in the byline.
    pub name: String,
    /// The last part of the address.
    pub slug: String,
    /// What they do here.
    pub role: Option<String>,
    /// What they know.
    pub expertise: Vec<String>,
    /// What they speak.
    pub languages: Vec<String>,
    /// Where they are.
    pub based: Option<String>,
    /// Interests to be told.
    pub disclosures: Vec<String>,
    /// A mail address.
    pub email: Option<String>,
    /// An address elsewhere.
    pub url: Option<String>,
    /// The record's text.
    pub text: Option<Text>,
    /// The site's own fields.
    pub extra: Option<serde_json::Value>,
}

/// A topic in the tree.
#[derive(Debug, Clone, Default)]
pub struct Topic {
    /// The name in print.
    pub name: String,
    /// The last part of the address.
    pub slug: String,
    /// The topic above it.
    pub parent: Option<TopicId>,
    /// The topics below it, by name.
    pub children: Vec<TopicId>,
    /// The record's text: the definition.
    pub text: Option<Text>,
    /// The site's own fields.
    pub extra: Option<serde_json::Value>,
}

/// A region: of UN M49, or the site's own.
#[derive(Debug, Clone, Default)]
pub struct Region {
    /// The name in print.
    pub name: String,
    /// The last part of the address.
    pub slug: String,
    /// Its countries that the archive covers, by name.
    pub countries: Vec<CountryId>,
    /// The region around it, if it is one of M49's.
    pub parent: Option<RegionId>,
    /// Whether the site defines it.
    pub own: bool,
    /// The record's text.
    pub text: Option<Text>,
    /// The site's own fields.
    pub extra: Option<serde_json::Value>,
}

/// A series.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// The name in print.
    pub name: String,
    /// The last part of the address.
    pub slug: String,
    /// The record's text.
    pub text: Option<Text>,
    /// Whether that text is for subscribers only.
    pub gated: bool,
    /// The site's own fields.
    pub extra: Option<serde_json::Value>,
}

/// A plain page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The headline.
    pub title: String,
    /// A sentence for search engines.
    pub summary: Option<String>,
    /// Where it stands.
    pub address: String,
    /// Its language, if not the site's.
    pub lang: Option<String>,
    /// Whether search engines are asked to pass it by.
    pub noindex: bool,
    /// A template of its own.
    pub template: Option<String>,
    /// The page's text.
    pub text: Text,
    /// The site's own fields.
    pub extra: Option<serde_json::Value>,
}
