//! From names to records: the countries, regions, authors, topics and series that front matter names.
//!
//! A name that no record has may add one (DESIGN: an open vocabulary), so that names are resolved one report after the
//! other; all else in a report is read without looking at another ([`super::resolve`]).

use super::vocabulary::{Vocabulary, several};
use super::{AuthorId, CountryId, RegionId, SeriesId, TopicId};
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::source::front::ReportFront;
use crate::yaml::Texts;

/// The records that a report names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The first is primary.
    pub countries: Vec<CountryId>,
    /// Regions beyond those of its countries.
    pub regions: Vec<RegionId>,
    /// Topics.
    pub topics: Vec<TopicId>,
    /// In the order of the byline.
    pub authors: Vec<AuthorId>,
    /// Who else worked on it.
    pub contributors: Vec<AuthorId>,
    /// Who edited it.
    pub editor: Option<AuthorId>,
    /// The series it belongs to, and its number there.
    pub series: Option<(SeriesId, Option<u32>)>,
}

/// Resolves the names in one file; what is wrong is told with the file and the key.
pub struct Naming<'r> {
    /// The file.
    pub file: &'r str,
    /// The names that are known.
    pub known: &'r mut Vocabulary,
    /// Where problems go.
    pub findings: &'r mut Findings,
}

impl Naming<'_> {
    /// The records that a report names.
    pub fn report(&mut self, front: &ReportFront) -> Names {
        Names {
            countries: self.countries("countries", &front.countries),
            regions: self.regions(&front.regions),
            topics: self.topics(&front.topics),
            authors: self.authors("authors", &front.authors),
            contributors: self.authors("contributors", &front.contributors),
            editor: front.editor.as_ref().and_then(|name| self.author("editor", name)),
            series: self.series(front),
        }
    }

    fn error(&mut self, path: String, fact: String, hint: String) {
        self.findings.push(Diagnostic::error(Place::value(self.file, path), fact).hint(hint));
    }

    fn topics(&mut self, topics: &Texts) -> Vec<TopicId> {
        let mut ids = Vec::with_capacity(topics.0.len());
        for (index, name) in topics.0.iter().enumerate() {
            let file = self.file;
            let id = self.known.topic(name, || Place::value(file, format!("topics/{index}")), self.findings);
            ids.extend(id.filter(|id| !ids.contains(id)));
        }
        ids
    }

    /// Resolves country names and codes; the first is primary.
    pub fn countries(&mut self, key: &str, countries: &Texts) -> Vec<CountryId> {
        let mut ids: Vec<CountryId> = Vec::with_capacity(countries.0.len());
        for (index, name) in countries.0.iter().enumerate() {
            match self.known.country(name) {
                Ok(id) if ids.contains(&id) => {
                    let fact = format!("`{name}` is named twice");
                    self.findings.push(
                        Diagnostic::warning(Place::value(self.file, format!("{key}/{index}")), fact)
                            .hint("remove one of them"),
                    );
                }
                Ok(id) => ids.push(id),
                Err(unknown) => {
                    let hint = match unknown.0 {
                        _ if name.contains(", ") => several(name),
                        Some(near) => near,
                        None => "an ISO 3166 code or name, or add an alias to the country's record".to_owned(),
                    };
                    self.error(format!("{key}/{index}"), format!("unknown country `{name}`"), hint);
                }
            }
        }
        ids
    }

    fn regions(&mut self, regions: &Texts) -> Vec<RegionId> {
        let mut ids = Vec::with_capacity(regions.0.len());
        for (index, name) in regions.0.iter().enumerate() {
            match self.known.region(name) {
                Ok(id) => ids.push(id),
                Err(unknown) => {
                    let hint = unknown.0.map_or_else(
                        || "a region of UN M49, or one that has a file in content/regions".to_owned(),
                        |near| format!("did you mean `{near}`?"),
                    );
                    self.error(format!("regions/{index}"), format!("unknown region `{name}`"), hint);
                }
            }
        }
        ids
    }

    fn series(&mut self, front: &ReportFront) -> Option<(SeriesId, Option<u32>)> {
        let file = self.file;
        let id = self.known.one_series(front.series.as_deref()?, || Place::value(file, "series"), self.findings)?;
        Some((id, front.number))
    }

    fn author(&mut self, path: &str, name: &str) -> Option<AuthorId> {
        let file = self.file;
        self.known.author(name, || Place::value(file, path), self.findings)
    }

    /// Resolves a list of authors in its order.
    pub fn authors(&mut self, key: &str, names: &Texts) -> Vec<AuthorId> {
        let mut ids = Vec::with_capacity(names.0.len());
        for (index, name) in names.0.iter().enumerate() {
            let id = self.author(&format!("{key}/{index}"), name);
            ids.extend(id.filter(|id| !ids.contains(id)));
        }
        ids
    }
}
