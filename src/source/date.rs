//! Dates as editors write them.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::text::{MONTHS, month_number};

/// A moment, and the day that it is in the site's zone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The moment.
    pub at: Timestamp,
    /// The day in the site's zone.
    pub day: Date,
}

/// How a site reads dates that say less than a moment.
#[derive(Debug, Clone)]
pub struct Clock {
    /// Where dates without a zone are meant.
    pub zone: TimeZone,
    /// The time of a date without one.
    pub hour: Time,
}

/// Reads a moment that is asked for, as dates in reports are written. A day counts to its end, in UTC. The error is the
/// fact with its cure.
pub fn moment(text: &str) -> Result<Timestamp, String> {
    let clock = Clock { zone: TimeZone::UTC, hour: Time::constant(23, 59, 59, 0) };
    clock.read(text).map(|moment| moment.at).map_err(|(fact, cure)| format!("{fact}; {cure}"))
}

const CURE: &str = "write it as 2025-09-08, 2025-09-08 07:00, 2025-09-08T07:00:00+01:00 or 08 Sep 2025";

impl Clock {
    /// Reads RFC 3339, `2025-09-08`, `2025-09-08 07:00` or `08 Sep 2025`.
    ///
    /// A date without a zone is meant in the site's; one without a time, at the publishing hour. The error is the fact and the cure.
    pub fn read(&self, text: &str) -> Result<Moment, (String, String)> {
        let text = text.trim();
        if let Some(date) = iso_date(text).or_else(|| worded_date(text)) {
            let (year, month, day) =
                date.map_err(|fact| (format!("`{text}` is not a date: {fact}"), CURE.to_owned()))?;
            return Ok(self.on(valid_date(text, year, month, day)?, self.hour));
        }
        if let Ok(at) = with_offset(text).parse::<Timestamp>() {
            return Ok(Moment { at, day: at.to_zoned(self.zone.clone()).date() });
        }
        if let Ok(civil) = text.parse::<DateTime>() {
            return Ok(self.on(civil.date(), civil.time()));
        }
        if let Some(Ok((year, month, day))) = text.get(..10).and_then(iso_date) {
            valid_date(text, year, month, day)?;
            return Err((format!("`{text}` has a time that cannot be read"), CURE.to_owned()));
        }
        Err((format!("`{text}` is not a date"), CURE.to_owned()))
    }

    /// The moment of a day and time in the site's zone.
    fn on(&self, day: Date, time: Time) -> Moment {
        let zoned = day.to_datetime(time).to_zoned(self.zone.clone());
        let at = zoned.as_ref().map_or_else(|_| Timestamp::UNIX_EPOCH, Zoned::timestamp);
        Moment { at, day }
    }
}

/// `2025-09-08 07:00:00 +0100`, as Jekyll writes it: without the space before the offset.
fn with_offset(text: &str) -> Cow<'_, str> {
    match text.rsplit_once(' ') {
        Some((time, offset)) if offset.starts_with(['+', '-']) => Cow::Owned(format!("{time}{offset}")),
        _ => Cow::Borrowed(text),
    }
}

type Parts = Result<(i16, i8, i8), String>;

fn iso_date(text: &str) -> Option<Parts> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    shaped
        .then(|| Ok((text[..4].parse().unwrap_or(0), text[5..7].parse().unwrap_or(0), text[8..].parse().unwrap_or(0))))
}

/// `08 Sep 2025`, `8 September 2025`, `Sep 8, 2025`.
fn worded_date(text: &str) -> Option<Parts> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let [a, b, year] = words[..] else { return None };
    let (day, month) = if a.starts_with(|c: char| c.is_ascii_digit()) { (a, b) } else { (b, a) };
    let day: i8 = day.parse().ok()?;
    let year: i16 = year.parse().ok().filter(|year| *year >= 1000)?;
    Some(match month_number(month) {
        Some(month) => Ok((year, month, day)),
        None => Err(format!("there is no month `{month}`")),
    })
}

fn valid_date(text: &str, year: i16, month: i8, day: i8) -> Result<Date, (String, String)> {
    Date::new(year, month, day).map_err(|_| {
        let fact = match Date::new(year, month, 1) {
            Ok(first) => format!("{} {year} has {} days", MONTHS[month as usize - 1], first.days_in_month()),
            Err(_) => format!("there is no month {month}"),
        };
        (format!("`{text}` is not a date: {fact}"), CURE.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let zone = TimeZone::get("America/Mexico_City").expect("known zone");
        match (Clock { zone, hour: Time::constant(7, 0, 0, 0) }).read(text) {
            Ok(moment) => format!("{} {}", moment.at, moment.day),
            Err((fact, _)) => fact,
        }
    }

    #[test]
    fn dates_are_read_as_editors_write_them() {
        for (text, expect) in [
            ("2025-09-08", "2025-09-08T13:00:00Z 2025-09-08"),
            ("2025-09-08 19:30", "2025-09-09T01:30:00Z 2025-09-08"),
            ("2025-09-08T19:30:00", "2025-09-09T01:30:00Z 2025-09-08"),
            ("2025-09-09T01:30:00Z", "2025-09-09T01:30:00Z 2025-09-08"),
            ("2025-09-08T07:00:00+01:00", "2025-09-08T06:00:00Z 2025-09-08"),
            ("2025-09-08 07:00:00 +0100", "2025-09-08T06:00:00Z 2025-09-08"),
            ("08 Sep 2025", "2025-09-08T13:00:00Z 2025-09-08"),
            ("8 September 2025", "2025-09-08T13:00:00Z 2025-09-08"),
            ("Sept 8, 2025", "2025-09-08T13:00:00Z 2025-09-08"),
            ("2024-02-29", "2024-02-29T13:00:00Z 2024-02-29"),
        ] {
            assert_eq!(read(text), expect, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_date_is_told() {
        for (text, expect) in [
            ("2025-02-30", "`2025-02-30` is not a date: February 2025 has 28 days"),
            ("2024-13-45", "`2024-13-45` is not a date: there is no month 13"),
            ("31 Sep 2025", "`31 Sep 2025` is not a date: September 2025 has 30 days"),
            ("08 Spt 2025", "`08 Spt 2025` is not a date: there is no month `Spt`"),
            ("soon", "`soon` is not a date"),
            ("2025-09-08 25:00", "`2025-09-08 25:00` has a time that cannot be read"),
        ] {
            assert_eq!(read(text), expect);
        }
    }
}
