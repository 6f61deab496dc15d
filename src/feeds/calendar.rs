//! Calendars of dated events (iCalendar, RFC 5545).

use jiff::Timestamp;
use xxhash_rust::xxh3::xxh3_64;

use super::updated;
use crate::archive::{Archive, CountryId, Edition, Event, Teller};
use crate::config::Config;
use crate::output::Output;
use crate::plan::{Plan, Scope, calendar_address};
use crate::url::{encode_path, output_path};

/// The longest line, in bytes, its end not counted (section 3.1).
const LINE: usize = 75;

/// The calendars of a plan: of all events, and of each country that has any.
pub fn calendars(config: &Config, archive: &Archive, plan: &Plan, edition: Edition) -> Vec<Output> {
    let events = archive.events(edition);
    let one = |scope: &Option<CountryId>| {
        let of_scope = |event: &Event<'_>| scope.is_none_or(|id| event.teller.countries(archive).contains(&id));
        let events: Vec<Event<'_>> = events.iter().copied().filter(of_scope).collect();
        let name = scope.map_or(config.title.clone(), |id| format!("{} · {}", archive[id].name, config.title));
        calendar(config, archive, &calendar_address(archive, *scope), &name, &events)
    };
    plan.calendars.iter().map(one).collect()
}

fn calendar(config: &Config, archive: &Archive, address: &str, name: &str, events: &[Event<'_>]) -> Output {
    let mut lines = Lines::default();
    lines.put("BEGIN:VCALENDAR");
    lines.put("VERSION:2.0");
    lines.put(concat!("PRODID:-//briefpress//briefpress ", env!("CARGO_PKG_VERSION"), "//EN"));
    lines.put(&format!("NAME:{}", escaped(name)));
    lines.put(&format!("X-WR-CALNAME:{}", escaped(name)));
    for event in events {
        let (url, stamp) = told(config, archive, event);
        let day = event.date.day.strftime("%Y%m%d");
        lines.put("BEGIN:VEVENT");
        lines.put(&format!(
            "UID:{:016x}@{}",
            xxh3_64(format!("{day} {} {url}", event.text).as_bytes()),
            config.base.host()
        ));
        lines.put(&format!("DTSTAMP:{}", stamp.strftime("%Y%m%dT%H%M%SZ")));
        lines.put(&format!("DTSTART;VALUE=DATE:{day}"));
        lines.put(&format!("SUMMARY:{}", escaped(event.text)));
        lines.put(&format!("URL:{url}"));
        lines.put("TRANSP:TRANSPARENT");
        lines.put("END:VEVENT");
    }
    lines.put("END:VCALENDAR");
    Output::text(output_path(address), lines.text, "calendar")
}

/// The page that tells of an event, and when it was last changed. A record has no date: its events count as told since
/// their own day, so that the same input gives the same bytes.
fn told(config: &Config, archive: &Archive, event: &Event<'_>) -> (String, Timestamp) {
    match event.teller {
        Teller::Report(id) => {
            let report = &archive[id].public;
            (config.base.absolute(&encode_path(&report.address)), updated(report))
        }
        Teller::Country(id) => (config.base.absolute(&Scope::Country(id).address(archive)), event.date.at),
    }
}

/// A text value (section 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Lines that are folded and ended as the format asks.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn put(&mut self, line: &str) {
        let mut width = 0;
        for letter in line.chars() {
            if width + letter.len_utf8() > LINE {
                self.text.push_str("\r\n ");
                width = 1;
            }
            self.text.push(letter);
            width += letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters() {
        let mut lines = Lines::default();
        lines.put(&"é".repeat(60));
        let text = lines.text;
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        assert_eq!(text.replace("\r\n ", ""), format!("{}\r\n", "é".repeat(60)));
    }

    #[test]
    fn marks_of_the_format_are_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne\r"), "a\\, b\\; c\\\\d\\ne");
    }
}
