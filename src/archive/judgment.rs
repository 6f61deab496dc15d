//! Judgments and their likelihoods.
//!
//! The seven terms and ranges are those of Intelligence Community Directive 203, Analytic Standards (2015), D.6.e(2)(a).

use super::field::Texts;
use crate::source::Moment;

/// One of the seven terms of likelihood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likelihood {
    /// 1 to 5 %.
    AlmostNoChance,
    /// 5 to 20 %.
    VeryUnlikely,
    /// 20 to 45 %.
    Unlikely,
    /// 45 to 55 %.
    EvenChance,
    /// 55 to 80 %.
    Likely,
    /// 80 to 95 %.
    VeryLikely,
    /// 95 to 99 %.
    AlmostCertain,
}

type Term = (Likelihood, &'static str, &'static str, (u8, u8));

const TERMS: [Term; 7] = [
    (Likelihood::AlmostNoChance, "almost no chance", "remote", (1, 5)),
    (Likelihood::VeryUnlikely, "very unlikely", "highly improbable", (5, 20)),
    (Likelihood::Unlikely, "unlikely", "improbable", (20, 45)),
    (Likelihood::EvenChance, "roughly even chance", "roughly even odds", (45, 55)),
    (Likelihood::Likely, "likely", "probable", (55, 80)),
    (Likelihood::VeryLikely, "very likely", "highly probable", (80, 95)),
    (Likelihood::AlmostCertain, "almost certain", "nearly certain", (95, 99)),
];

impl Likelihood {
    /// The terms in order, for messages.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TERMS.iter().map(|term| term.1)
    }

    /// Reads a term of either column of the directive's table, in any case.
    pub fn from_name(name: &str) -> Option<Likelihood> {
        let name = name.trim().to_lowercase();
        let short = name.strip_suffix("(ly)").unwrap_or(&name);
        TERMS.iter().find(|term| term.1 == short || term.2 == short).map(|term| term.0)
    }

    fn term(self) -> &'static Term {
        &TERMS[self as usize]
    }

    /// The term.
    pub fn name(self) -> &'static str {
        self.term().1
    }

    /// The range in percent, both ends included.
    pub fn range(self) -> (u8, u8) {
        self.term().3
    }
}

/// How sure the analysts are of the ground that a judgment stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// Scant or questionable sources.
    Low,
    /// Credible, not of enough quality or agreement.
    Moderate,
    /// High quality, several sources.
    High,
}

impl Confidence {
    /// The words, in order.
    pub const NAMES: [&'static str; 3] = ["low", "moderate", "high"];

    /// Reads one of the words.
    pub fn from_name(name: &str) -> Option<Confidence> {
        let all = [Confidence::Low, Confidence::Moderate, Confidence::High];
        Self::NAMES.iter().position(|known| known.eq_ignore_ascii_case(name.trim())).map(|index| all[index])
    }

    /// The word.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// How a judgment came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Not known yet.
    Open,
    /// It came as judged.
    BorneOut,
    /// In part.
    Partly,
    /// It did not.
    NotBorneOut,
}

impl Verdict {
    /// The words, in order.
    pub const NAMES: [&'static str; 4] = ["open", "borne out", "partly", "not borne out"];

    /// Reads one of the words.
    pub fn from_name(name: &str) -> Option<Verdict> {
        let all = [Verdict::Open, Verdict::BorneOut, Verdict::Partly, Verdict::NotBorneOut];
        Self::NAMES.iter().position(|known| known.eq_ignore_ascii_case(name.trim())).map(|index| all[index])
    }

    /// The word.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// What is judged, how likely it is and how sure that is.
#[derive(Debug, Clone)]
pub struct Judgment {
    /// What is judged.
    pub text: String,
    /// How likely.
    pub likelihood: Option<Likelihood>,
    /// How sure.
    pub confidence: Option<Confidence>,
    /// By when.
    pub horizon: Option<String>,
    /// How it came out.
    pub outcome: Option<Outcome>,
}

/// How a judgment came out, and when that was known.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// How.
    pub verdict: Verdict,
    /// When it was known.
    pub date: Option<Moment>,
    /// What happened.
    pub note: Option<String>,
}

impl Texts for Judgment {
    fn each(&self, f: &mut dyn FnMut(&str)) {
        f(&self.text);
        self.horizon.each(f);
        if let Some(outcome) = &self.outcome {
            outcome.note.each(f);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_columns_of_the_directive_are_read() {
        assert_eq!(Likelihood::from_name("Likely"), Some(Likelihood::Likely));
        assert_eq!(Likelihood::from_name("highly improbable"), Some(Likelihood::VeryUnlikely));
        assert_eq!(Likelihood::from_name("perhaps"), None);
        for name in Likelihood::names() {
            assert_eq!(Likelihood::from_name(name).map(Likelihood::name), Some(name));
        }
    }

    #[test]
    fn the_ranges_meet_without_a_gap() {
        for pair in TERMS.windows(2) {
            assert_eq!(pair[0].3.1, pair[1].3.0);
        }
    }
}
