//! Findings: what is wrong, where it stands, and what to do about it.
//!
//! Every phase of a build adds its findings to one list, so that one broken report never hides twenty more.

use std::fmt;
use std::ops::Range;

/// How much a finding weighs: an error stops the build, a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The build goes no further than collecting the other findings.
    Error,
    /// The build goes on.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// Where in a file a finding stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// The value at a key of the front matter (or of a YAML file), steps joined by `/`: `judgments/1/likelihood`.
    Value(String),
    /// The name of such a key.
    Key(String),
    /// Bytes of the file.
    Bytes(u32, u32),
    /// A line of a file that is not on the disk: a template that the binary carries.
    Quote {
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
        /// Characters that are meant.
        width: u32,
        /// The line's text.
        text: String,
    },
}

/// A file and a spot in it. The path is relative to the site's folder, with forward slashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Relative path of the file.
    pub file: String,
    /// Where in it.
    pub spot: Spot,
}

impl Place {
    /// The file as a whole.
    pub fn file(file: impl Into<String>) -> Place {
        Place { file: file.into(), spot: Spot::File }
    }

    /// The value at a key path such as `countries/0`.
    pub fn value(file: impl Into<String>, path: impl Into<String>) -> Place {
        Place { file: file.into(), spot: Spot::Value(path.into()) }
    }

    /// The key itself.
    pub fn key(file: impl Into<String>, path: impl Into<String>) -> Place {
        Place { file: file.into(), spot: Spot::Key(path.into()) }
    }

    /// Bytes of the file, counted from its beginning.
    pub fn bytes(file: impl Into<String>, range: Range<usize>) -> Place {
        Place { file: file.into(), spot: Spot::Bytes(range.start as u32, range.end as u32) }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// Where, if it stands somewhere.
    pub place: Option<Place>,
    /// The fact.
    pub message: String,
    /// The cure.
    pub hint: Option<String>,
    /// A second place that belongs to the finding, and what it is.
    pub also: Option<(Place, String)>,
}

impl Diagnostic {
    /// A finding that stops the build.
    pub fn error(place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, Some(place), message)
    }

    /// A finding that does not.
    pub fn warning(place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Warning, Some(place), message)
    }

    /// An error that stands in no file: a folder that is missing, an option that does not fit.
    pub fn general(message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, None, message)
    }

    fn new(severity: Severity, place: Option<Place>, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity, place, message: bounded(message.into()), hint: None, also: None }
    }

    /// Adds the cure.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hint = Some(bounded(hint.into()));
        self
    }

    /// Adds the cure if there is one.
    #[must_use]
    pub fn maybe_hint(self, hint: Option<String>) -> Diagnostic {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }

    /// Adds a second place.
    #[must_use]
    pub fn also(mut self, place: Place, what: impl Into<String>) -> Diagnostic {
        self.also = Some((place, what.into()));
        self
    }
}

/// The longest message, in characters. A value in it may be as long as a file.
const LONGEST: usize = 800;

/// A text without its middle if it is too long to be read.
fn bounded(text: String) -> String {
    let Some((start, _)) = text.char_indices().nth(LONGEST / 2) else { return text };
    let Some((end, _)) = text.char_indices().rev().nth(LONGEST / 4) else { return text };
    if end <= start || text.len() <= LONGEST { text } else { format!("{} … {}", &text[..start], &text[end..]) }
}

/// The findings of a run, in the order in which they were made.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Diagnostic>,
}

impl Findings {
    /// Adds one.
    pub fn push(&mut self, finding: Diagnostic) {
        self.list.push(finding);
    }

    /// Adds many.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(findings);
    }

    /// Whether one of them stops the build.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// All of them by file and spot, so that the order does not depend on threads; each once.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        let key = |finding: &Diagnostic| {
            (finding.place.clone(), finding.severity, finding.message.clone(), finding.hint.clone())
        };
        self.list.sort_by_cached_key(|finding| (key(finding), finding.also.clone()));
        // One fault of a template is met by every page that it makes.
        self.list.dedup_by(|a, b| key(a) == key(b));
        self.list
    }
}

/// The known word nearest to a mistyped one, if one is near enough to be meant: at most a third of its letters differ.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nobody misspells a word of this length; comparing it would take its length squared.
    if word.len() > 200 {
        return None;
    }
    let folded = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance * 3 <= candidate.chars().count().max(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_word_is_suggested_and_a_far_one_is_not() {
        let known = ["authors", "countries", "title"];
        assert_eq!(nearest("auhtors", known), Some("authors"));
        assert_eq!(nearest("Titel", known), Some("title"));
        assert_eq!(nearest("weather", known), None);
    }

    #[test]
    fn a_message_is_never_longer_than_can_be_read() {
        let long = "é".repeat(1_000_000);
        let finding = Diagnostic::general(format!("unknown key `{long}`")).hint(&*long);
        assert!(finding.message.starts_with("unknown key `é") && finding.message.ends_with("é`"));
        let lengths = [finding.message, finding.hint.unwrap_or_default()].map(|text| text.chars().count());
        assert!(lengths.iter().all(|length| *length <= LONGEST), "{lengths:?}");
        assert_eq!(nearest(&long, ["title"]), None);
    }

    #[test]
    fn findings_come_out_by_place_and_only_once() {
        let mut findings = Findings::default();
        findings.push(Diagnostic::warning(Place::file("b.md"), "second"));
        findings.push(Diagnostic::error(Place::file("a.md"), "first"));
        findings.push(Diagnostic::error(Place::file("a.md"), "first"));
        assert!(findings.has_errors());
        let messages: Vec<_> = findings.sorted().into_iter().map(|finding| finding.message).collect();
        assert_eq!(messages, ["first", "second"]);
    }
}
