//! Numbers in the digits of a language.

use fluent_bundle::FluentValue;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_locale_core::Locale;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

pub(super) struct Numbers {
    grouped: DecimalFormatter,
    /// The digits from 0 to 9.
    digits: [char; 10],
}

impl Numbers {
    pub(super) fn new(rules: &Locale) -> Option<Numbers> {
        let mut never = DecimalFormatterOptions::default();
        never.grouping_strategy = Some(GroupingStrategy::Never);
        let plain = DecimalFormatter::try_new(rules.into(), never).ok()?;
        let all = plain.format(&Decimal::from(9_876_543_210_u64)).to_string();
        let mut digits: Vec<char> = all.chars().collect();
        digits.reverse();
        Some(Numbers {
            grouped: DecimalFormatter::try_new(rules.into(), DecimalFormatterOptions::default()).ok()?,
            digits: digits.try_into().ok()?,
        })
    }

    /// With thousands set apart.
    pub(super) fn grouped(&self, n: u64) -> String {
        if n < 1000 { self.plain(n) } else { self.grouped.format(&Decimal::from(n)).to_string() }
    }

    /// Digits alone.
    pub(super) fn plain(&self, n: u64) -> String {
        n.to_string().bytes().map(|digit| self.digits[usize::from(digit - b'0')]).collect()
    }
}

/// Numbers of a bundle's language, made once for it.
struct InMessages(Numbers);

impl Memoizable for InMessages {
    type Args = ();
    type Error = ();

    fn construct(lang: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        let rules = super::rules_of(&lang.to_string()).ok_or(())?;
        Numbers::new(&rules).map(InMessages).ok_or(())
    }
}

/// Numbers in messages are whole ones, and are written as everywhere else.
pub(super) fn in_messages(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    memoizer.with_try_get::<InMessages, _, _>((), |numbers| numbers.0.grouped(number.value as u64)).ok()
}
