//! Dates as a language writes them.

use icu_calendar::{Date as IcuDate, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use icu_datetime::fieldsets::enums::CalendarPeriodFieldSet;
use icu_datetime::pattern::{DateTimePattern, FixedCalendarDateTimeNames};
use icu_locale_core::Locale;
use jiff::civil::Date;
use writeable::TryWriteable;

use super::numbers::Numbers;

pub(super) struct Dates {
    /// The house form, with marks for its parts.
    pub(super) house: String,
    /// A month of a year, with marks for its parts.
    pub(super) month_of_year: String,
    long: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    months: Vec<String>,
    /// The months cut short.
    short: Vec<String>,
}

impl Dates {
    /// What the patterns of dates are told: the day, the day in two digits, the month, the month cut short, the year.
    pub(super) const ARGUMENTS: [&'static str; 5] = ["d", "dd", "month", "mon", "year"];

    pub(super) fn new(rules: &Locale) -> Option<Dates> {
        // English months cut short have three letters in the house form, as those of `en` have, and not of `en-001`.
        let short = if rules.id.language.as_str() == "en" { "en".parse().ok()? } else { rules.clone() };
        Some(Dates {
            house: String::new(),
            month_of_year: String::new(),
            long: FixedCalendarDateTimeFormatter::try_new(rules.into(), YMD::long()).ok()?,
            months: months(rules, "LLLL")?,
            short: months(&short, "LLL")?,
        })
    }

    /// What stands in a pattern for a part.
    pub(super) fn mark(name: &str) -> String {
        format!("\u{1}{name}\u{2}")
    }

    pub(super) fn house_date(&self, day: Date, numbers: &Numbers) -> String {
        self.fill(&self.house, day, numbers)
    }

    pub(super) fn of_year(&self, year: i16, month: i8, numbers: &Numbers) -> String {
        self.fill(&self.month_of_year, Date::new(year, month, 1).unwrap_or_default(), numbers)
    }

    pub(super) fn long_date(&self, day: Date) -> String {
        let date = IcuDate::try_new_gregorian(i32::from(day.year()), day.month() as u8, day.day() as u8);
        date.map_or_else(|_| day.to_string(), |date| self.long.format(&date).to_string())
    }

    pub(super) fn month(&self, month: i8) -> &str {
        &self.months[(month.clamp(1, 12) - 1) as usize]
    }

    pub(super) fn short_month(&self, month: i8) -> &str {
        &self.short[(month.clamp(1, 12) - 1) as usize]
    }

    fn fill(&self, pattern: &str, day: Date, numbers: &Numbers) -> String {
        let mut out = String::with_capacity(24);
        for piece in pattern.split('\u{1}') {
            let Some((name, rest)) = piece.split_once('\u{2}') else {
                out.push_str(piece);
                continue;
            };
            let number = |n: i16| numbers.plain(n.unsigned_abs().into());
            match name {
                "dd" if day.day() < 10 => out += &(numbers.plain(0) + &number(day.day().into())),
                "d" | "dd" => out += &number(day.day().into()),
                "month" => out += self.month(day.month()),
                "mon" => out += self.short_month(day.month()),
                _ => out += &number(day.year()),
            }
            out.push_str(rest);
        }
        out
    }
}

/// The names of the months by a pattern for one that stands alone (UTS 35, part 4, date field symbols).
fn months(rules: &Locale, pattern: &str) -> Option<Vec<String>> {
    let mut names = FixedCalendarDateTimeNames::<Gregorian, CalendarPeriodFieldSet>::try_new(rules.into()).ok()?;
    let pattern = DateTimePattern::try_from_pattern_str(pattern).ok()?;
    let formatter = names.include_for_pattern(&pattern).ok()?;
    let name = |month: u8| {
        let date = IcuDate::try_new_gregorian(2000, month, 1).ok()?;
        formatter.format(&date).try_write_to_string().ok().map(std::borrow::Cow::into_owned)
    };
    (1..=12).map(name).collect()
}
