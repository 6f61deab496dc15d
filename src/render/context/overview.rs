//! What pages see that tell of all reports together.

use serde::Serialize;
use tera::Value;

use super::{DateView, ListView, ReportLink, Shared, Term};
use crate::config::Link;

/// The reports on a topic in a country: template `cross.html`.
#[derive(Debug, Serialize)]
pub struct CrossPage {
    /// The country: [`Named`].
    pub country: Shared,
    /// The topic: [`Named`].
    pub topic: Shared,
    /// The reports.
    pub list: ListView,
}

/// The archive by date, all of it or a year: template `archive.html`.
#[derive(Debug, Serialize)]
pub struct ArchivePage {
    /// The year; missing on the page of the whole archive.
    pub year: Option<i16>,
    /// Its years, the newest first.
    pub years: Vec<MonthsOfYear>,
    /// What else is kept of all reports together: corrections, events to come.
    pub logs: Vec<Link>,
}

/// The months of a year that have reports.
#[derive(Debug, Serialize)]
pub struct MonthsOfYear {
    /// The year.
    pub year: i16,
    /// Its page.
    pub url: String,
    /// How many reports there are.
    pub count: usize,
    /// Its months, the newest first.
    pub months: Vec<MonthView>,
}

/// A month that has reports.
#[derive(Debug, Serialize)]
pub struct MonthView {
    /// `September`.
    pub name: String,
    /// Its page.
    pub url: String,
    /// How many reports there are.
    pub count: usize,
}

/// The reports of a month: template `period.html`.
#[derive(Debug, Serialize)]
pub struct PeriodPage {
    /// `September 2025`.
    pub name: String,
    /// The month before that has reports.
    pub earlier: Option<Link>,
    /// The month after that has reports.
    pub later: Option<Link>,
    /// The reports.
    pub list: ListView,
}

/// The log of corrections: template `corrections.html`.
#[derive(Debug, Serialize)]
pub struct CorrectionsPage {
    /// The headline.
    pub title: String,
    /// The words of the plain page at this address, HTML; empty if there is none.
    pub body: Value,
    /// Corrections, clarifications and retractions, the newest first.
    pub corrections: Vec<CorrectionView>,
}

/// Something that was put right.
#[derive(Debug, Serialize)]
pub struct CorrectionView {
    /// When.
    pub date: DateView,
    /// `correction`, `clarification` or `retraction`.
    pub kind: Term,
    /// What was wrong; missing if it is for subscribers.
    pub note: Option<String>,
    /// In which report.
    pub report: ReportLink,
}

/// Events to come: template `watch.html`.
#[derive(Debug, Serialize)]
pub struct WatchPage {
    /// The headline.
    pub title: String,
    /// The words of the plain page at this address, HTML; empty if there is none.
    pub body: Value,
    /// The calendar to subscribe to.
    pub calendar: String,
    /// Events by month, the next first.
    pub months: Vec<EventMonth>,
}

/// The events of a month.
#[derive(Debug, Serialize)]
pub struct EventMonth {
    /// `September 2025`.
    pub name: String,
    /// Its events.
    pub events: Vec<EventView>,
}

/// An event to come.
#[derive(Debug, Serialize)]
pub struct EventView {
    /// When.
    pub date: DateView,
    /// What.
    pub event: String,
    /// Where: a list of [`Named`].
    pub countries: Vec<Shared>,
    /// The report that tells of it: [`ReportLink`]; missing if a country's record does.
    pub report: Shared,
}
