//! What is told of all reports together: a topic in a country, the archive by date, corrections, events to come.

use tera::Value;

use super::context::{
    ArchivePage, CorrectionView, CorrectionsPage, CrossPage, EventMonth, EventView, FeedLink, MonthView, MonthsOfYear,
    PeriodPage, WatchPage,
};
use super::voice::Voice;
use super::{Composed, Rendered, Renderer};
use crate::archive::{CountryId, Event, PageId, Teller, TopicId};
use crate::config::Link;
use crate::locale::direction;
use crate::plan::{self, Log, Page, Period, Scope};

impl Renderer {
    /// The reports on a topic in a country.
    pub(super) fn cross(&self, page: &Page, country: CountryId, topic: TopicId, number: usize) -> Composed {
        let reports = self.archive.lists.crosses.get(&(country, topic)).map_or(&[][..], Vec::as_slice);
        let first = plan::cross_address(&self.archive, country, topic);
        let words = self.locale();
        let name = format!("{}{}{}", self.archive[country].name, words.word("colon"), self.archive[topic].name);
        let description =
            words.told("description_reports_of", &[("name", name.as_str()), ("site", self.config.title.as_str())]);
        let mut head = self.head(page, "cross", self.paged(&name, number), description);
        head.breadcrumb = vec![link(words.word("countries"), "/countries/"), self.link_to(Scope::Country(country))];
        head.breadcrumb.extend((number > 1).then(|| link(&self.archive[topic].name, &first)));
        head.feeds = self.feeds(Some(Scope::Country(country)));
        let view = CrossPage {
            country: self.house().names.of(Scope::Country(country)),
            topic: self.house().names.of(Scope::Topic(topic)),
            list: self.list(reports, number, &first),
        };
        self.composed("cross.html", &view, head, Rendered::default())
    }

    /// A span of the archive.
    pub(super) fn period(&self, page: &Page, period: Period, number: usize) -> Composed {
        match period {
            Period::Whole => self.archive_page(page, None),
            Period::Year(year) => self.archive_page(page, Some(year)),
            Period::Month(year, month) => self.month(page, year, month, number),
        }
    }

    fn archive_page(&self, page: &Page, year: Option<i16>) -> Composed {
        let words = self.locale();
        let title = year.map_or(words.word("archive").to_owned(), |year| words.digits(year.unsigned_abs().into()));
        let description = words.told("description_archive", &[("site", self.config.title.as_str())]);
        let mut head = self.head(page, "archive", title, description);
        head.breadcrumb = year.map(|_| link(words.word("archive"), &Period::Whole.address())).into_iter().collect();
        let mut years: Vec<MonthsOfYear> = Vec::new();
        for (&(of, month), reports) in
            self.archive.lists.months.iter().rev().filter(|((of, _), _)| year.is_none_or(|year| year == *of))
        {
            let view = MonthView {
                name: words.month(month).to_owned(),
                url: Period::Month(of, month).address(),
                count: reports.len(),
            };
            match years.last_mut().filter(|last| last.year == of) {
                Some(last) => last.months.push(view),
                None => {
                    years.push(MonthsOfYear {
                        year: of,
                        url: Period::Year(of).address(),
                        count: 0,
                        months: vec![view],
                    });
                }
            }
        }
        for year in &mut years {
            year.count = year.months.iter().map(|month| month.count).sum();
        }
        let logs = self.logs.iter().map(|log| link(words.word(log_name(*log)), log.address())).collect();
        let view = ArchivePage { year, years, logs };
        self.composed("archive.html", &view, head, Rendered::default())
    }

    fn month(&self, page: &Page, year: i16, month: i8, number: usize) -> Composed {
        let months = &self.archive.lists.months;
        let period = Period::Month(year, month);
        let words = self.locale();
        let name = |(year, month): (i16, i8)| words.month_of_year(year, month);
        let title = name((year, month));
        let neighbour = |key: Option<(&(i16, i8), _)>| {
            key.map(|(&(year, month), _)| link(&name((year, month)), &Period::Month(year, month).address()))
        };
        let description =
            words.told("description_month", &[("month", title.as_str()), ("site", self.config.title.as_str())]);
        let mut head = self.head(page, "month", self.paged(&title, number), description);
        head.breadcrumb = vec![
            link(words.word("archive"), &Period::Whole.address()),
            link(&words.digits(year.unsigned_abs().into()), &Period::Year(year).address()),
        ];
        let reports = months.get(&(year, month)).map_or(&[][..], Vec::as_slice);
        let view = PeriodPage {
            name: title,
            earlier: neighbour(months.range(..(year, month)).next_back()),
            later: neighbour(months.range((year, month + 1)..).next()),
            list: self.list(reports, number, &period.address()),
        };
        self.composed("period.html", &view, head, Rendered::default())
    }

    /// A log, under the words of a plain page if there is one.
    pub(super) fn log(&self, page: &Page, log: Log, words: Option<PageId>) -> Composed {
        let mut rendered = Rendered::default();
        let plain = words.map(|id| &self.archive[id]);
        let voice = self.voice(plain.and_then(|plain| plain.lang.as_deref()).unwrap_or(&self.config.language));
        let title = plain.map_or(voice.locale.word(log_name(log)).to_owned(), |plain| plain.title.clone());
        let text = plain.map(|plain| &plain.text);
        let body = self.text_among_others(voice, text, &page.address, "", &mut rendered);
        let summary = plain.and_then(|plain| plain.summary.clone());
        let mut head = self.head(page, "log", title.clone(), summary.unwrap_or_default());
        if let Some(lang) = plain.and_then(|plain| plain.lang.as_ref()) {
            head.lang.clone_from(lang);
            head.dir = direction(lang);
        }
        match log {
            Log::Corrections => {
                let view = CorrectionsPage { title, body, corrections: self.corrections(voice) };
                self.composed("corrections.html", &view, head, rendered)
            }
            Log::Watch => {
                head.feeds = vec![self.calendar(None)];
                let calendar = head.feeds[0].url.clone();
                let view = WatchPage { title, body, calendar, months: self.events_to_come(voice) };
                self.composed("watch.html", &view, head, rendered)
            }
        }
    }

    /// The calendar of all events, or of a country's, as a link in a page's head.
    pub(super) fn calendar(&self, country: Option<CountryId>) -> FeedLink {
        let words = self.locale();
        let title = country.map_or(words.word("watch").to_owned(), |id| {
            words.told("watch_in", &[("country", self.archive[id].name.as_str())])
        });
        FeedLink { title, mime: "text/calendar", url: plan::calendar_address(&self.archive, country) }
    }

    fn corrections(&self, voice: &Voice) -> Vec<CorrectionView> {
        let view = |correction: crate::archive::Correction<'_>| CorrectionView {
            date: voice.date(correction.date.day),
            kind: voice.term("update", correction.kind.name()),
            note: correction.note.map(str::to_owned),
            report: self.link(correction.report, voice),
        };
        self.archive.corrections(self.edition).into_iter().map(view).collect()
    }

    fn events_to_come(&self, voice: &Voice) -> Vec<EventMonth> {
        let today = self.archive.as_of.day;
        let mut months: Vec<EventMonth> = Vec::new();
        for event in self.archive.events(self.edition).iter().filter(|event| event.date.day >= today) {
            let day = event.date.day;
            let name = voice.locale.month_of_year(day.year(), day.month());
            match months.last_mut().filter(|last| last.name == name) {
                Some(last) => last.events.push(self.event(event, voice)),
                None => months.push(EventMonth { name, events: vec![self.event(event, voice)] }),
            }
        }
        months
    }

    fn event(&self, event: &Event<'_>, voice: &Voice) -> EventView {
        let countries = event.teller.countries(&self.archive);
        EventView {
            date: voice.date(event.date.day),
            event: event.text.to_owned(),
            countries: countries.into_iter().map(|id| voice.names.of(Scope::Country(id))).collect(),
            report: match event.teller {
                Teller::Report(id) => Value::from_serializable(&self.link(id, voice)),
                Teller::Country(_) => Value::none(),
            },
        }
    }

    /// A title with the number of the page.
    pub(super) fn paged(&self, title: &str, number: usize) -> String {
        if number <= 1 {
            return title.to_owned();
        }
        let page = self.locale().number(number as u64);
        self.locale().told("title_page", &[("title", title), ("page", page.as_str())])
    }

    fn link_to(&self, scope: Scope) -> Link {
        Link { text: scope.name(&self.archive).to_owned(), url: scope.address(&self.archive) }
    }
}

fn link(text: &str, url: &str) -> Link {
    Link { text: text.to_owned(), url: url.to_owned() }
}

/// The key of a log's name.
fn log_name(log: Log) -> &'static str {
    match log {
        Log::Corrections => "corrections",
        Log::Watch => "watch",
    }
}
