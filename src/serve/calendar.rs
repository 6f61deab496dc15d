//! The desk's calendar: what is embargoed, due for review, opened to everybody or to be watched, and what is still a draft.

use serde_json::{Value, json};

use super::hub::Hub;
use super::scene::Scene;
use crate::archive::{Edition, Target, Teller};
use crate::plan::Scope;
use crate::source::{Clock, Moment, Source, front::ReportFront};

/// A date that an editor should know of.
struct Item {
    date: Option<Moment>,
    sort: &'static str,
    title: String,
    about: String,
    file: String,
}

/// All dates to come, by day; drafts without a date last.
pub fn tell(hub: &Hub, scene: &Scene, drafts: bool) -> Value {
    let archive = &scene.site.archive;
    let config = &scene.site.sources.config;
    let clock = Clock { zone: config.time_zone.clone(), hour: config.publishing_hour };
    let mut items: Vec<Item> = Vec::new();
    for source in &scene.site.sources.reports {
        let found = of_report(source, &clock, archive.as_of).into_iter();
        items.extend(found.filter(|item| drafts || item.sort != "draft"));
    }
    for event in archive.events(Edition::FULL).into_iter().filter(|event| event.date.day >= archive.as_of.day) {
        let (title, file) = match event.teller {
            Teller::Report(id) => (archive[id].public.title.clone(), archive[id].file.clone()),
            Teller::Country(id) => {
                let scope = Scope::Country(id);
                (scope.name(archive).to_owned(), scope.file(archive).unwrap_or_default().to_owned())
            }
        };
        items.push(Item { date: Some(event.date), sort: "watch", title, about: event.text.to_owned(), file });
    }
    items.sort_by(|a, b| {
        let key = |item: &Item| (item.date.is_none(), item.date.map(|date| date.at));
        (key(a), a.sort, &a.file).cmp(&(key(b), b.sort, &b.file))
    });
    let tell = |item: &Item| {
        let page = match archive.targets.get(&item.file) {
            Some(Target::Address(address)) => Some(address.as_str()),
            Some(Target::Unreleased) => None,
            None => scene.page_of_record(&item.file).map(|page| page.address.as_str()),
        };
        json!({
            "date": item.date.map(|date| date.day.to_string()),
            "sort": item.sort,
            "title": item.title,
            "about": item.about,
            "path": page.map(|address| Hub::address(scene, address)),
            "file": item.file,
            "editor": hub.editor_link(&item.file, None, 1),
        })
    };
    json!({ "as_of": archive.as_of.day.to_string(), "items": items.iter().map(tell).collect::<Vec<_>>() })
}

/// What a report's own file says of dates to come.
fn of_report(source: &Source<ReportFront>, clock: &Clock, now: Moment) -> Vec<Item> {
    let front = &source.front;
    let read = |text: &Option<String>| text.as_deref().and_then(|text| clock.read(text).ok());
    let title = front.title.clone().unwrap_or_else(|| source.file.clone());
    let mut items = Vec::new();
    let mut add = |date: Option<Moment>, sort: &'static str, about: String| {
        items.push(Item { date, sort, title: title.clone(), about, file: source.file.clone() });
    };
    let status = front.status.as_deref().unwrap_or("published");
    let released = read(&front.date).max(read(&front.embargo));
    if matches!(status, "draft" | "review") {
        let word = if status == "draft" { "a draft" } else { "in review" };
        add(released, "draft", word.to_owned());
    } else if let Some(due) = released.filter(|due| due.at > now.at) {
        add(
            Some(due),
            "embargo",
            format!("released {}", due.at.to_zoned(clock.zone.clone()).strftime("%d %b %Y %H:%M %Z")),
        );
    }
    if let Some(due) = read(&front.review_by) {
        let word = if due.day < now.day { "was due for review" } else { "due for review" };
        add(Some(due), "review", word.to_owned());
    }
    if let Some(opens) = read(&front.free_after).filter(|opens| opens.at > now.at) {
        add(Some(opens), "free", "open to everybody from this day".to_owned());
    }
    items
}
