//! The preview's own pages: what the bar tells of a page, all pages by kind, what a template sees, and the calendar.

use std::collections::BTreeMap;
use std::sync::Arc;

use hyper::StatusCode;
use serde_json::{Value, json};

use super::answer::{Content, weighed};
use super::calendar;
use super::hub::{Hub, Reply};
use super::preview::{Shown, Stand};
use super::request::Asked;
use super::scene::{Found, Scene};
use crate::archive::{Archive, Edition, Report, Status};
use crate::diagnostic::Diagnostic;
use crate::message;
use crate::plan::{self, Page, PageKind, Scope};

/// What the preview's own addresses begin with. They stand at the root of the host, whatever the site's base path.
pub const FOLDER: &str = "/_preview/";

const SCRIPT: &str = include_str!("client/preview.js");
const DESK_PAGE: &str = include_str!("client/desk.html");
const DESK_SCRIPT: &str = include_str!("client/desk.js");
const DESK_STYLE: &str = include_str!("client/desk.css");
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

/// What a page without photographs may weigh, in bytes as they are sent (READER's budgets).
const BUDGET: [(&str, usize); 3] = [("html", 15_000), ("styles", 10_000), ("all", 50_000)];

/// Answers what stands below the folder of the preview; `inner` is the rest of the path.
pub fn answer(hub: &Hub, asked: &Asked, inner: &str) -> Content {
    let javascript = |text: &'static str| Content::new("text/javascript; charset=utf-8", text);
    match inner {
        "preview.js" => javascript(SCRIPT),
        "desk.js" => javascript(DESK_SCRIPT),
        "desk.css" => Content::new("text/css; charset=utf-8", DESK_STYLE),
        "" | "data/" | "calendar/" => {
            Content { policy: Some(POLICY), ..Content::html(StatusCode::OK, DESK_PAGE.to_owned()) }
        }
        "page.json" => Content::json(&page(hub, asked)),
        "site.json" => with_scene(hub, asked, all_pages),
        "data.json" => with_scene(hub, asked, |scene| data(scene, asked)),
        "calendar.json" => with_scene(hub, asked, |scene| calendar::tell(hub, scene, asked.view.drafts)),
        _ => Content::plain(StatusCode::NOT_FOUND, "the preview has no such page\n"),
    }
}

fn with_scene(hub: &Hub, asked: &Asked, tell: impl FnOnce(&Scene) -> Value) -> Content {
    match &hub.preview.stand(asked.view).scene {
        Some(scene) => Content::json(&tell(scene)),
        None => Content::plain(StatusCode::SERVICE_UNAVAILABLE, "the site has errors and cannot be shown yet\n"),
    }
}

/// The page of the site that a query names by its path on this server.
fn named<'s>(scene: &'s Scene, asked: &Asked) -> Option<&'s Page> {
    let path = super::request::path(&asked.given("path")?)?;
    let inner = path.strip_prefix(scene.site.renderer.base_path.trim_end_matches('/'))?;
    match scene.find(inner) {
        Some(Found::Page(page)) => Some(page),
        _ => scene.page_at("/404.html"),
    }
}

/// Everything that the bar and the overlay tell.
fn page(hub: &Hub, asked: &Asked) -> Value {
    let path = asked.given("path").unwrap_or_default();
    let reply = super::request::path(&path).map(|path| hub.reply(asked.view, &path));
    // Pages are made first, so that what is wrong with this one is known.
    let stand = hub.preview.stand(asked.view);
    let page = stand.scene.as_ref().and_then(|scene| named(scene, asked));
    let html = match &reply {
        Some(Reply::Page(_, html)) => Arc::clone(html),
        _ => "".into(),
    };
    let scene = stand.scene.as_deref();
    let (template, kind) =
        scene.zip(page).map_or_else(Default::default, |(scene, page)| scene.site.renderer.made_with(page));
    let file = scene.zip(page).and_then(|(scene, page)| plan::owner(&scene.site.archive, &page.kind));
    let shown = page.and_then(|page| hub.preview.page(asked.view, &page.address));
    json!({
        "path": path,
        "number": stand.number,
        "view": {
            "edition": asked.view.plan.map_or_else(|| asked.view.edition.name().to_owned(), |plan| format!("plan-{plan}")),
            "editions": editions(scene),
            "as_of": asked.view.as_of.map(|moment| moment.strftime("%Y-%m-%d").to_string()),
            "drafts": asked.view.drafts,
            "problem": asked.view_problem,
        },
        "kind": kind,
        "template": template,
        "file": file.map(|file| json!({ "path": file, "editor": hub.editor_link(file, None, 1) })),
        "words": scene.zip(page).map(|(scene, page)| scene.make(page).words),
        "weight": scene.map(|scene| weight(scene, page, &html)),
        "marks": scene.zip(page).map(|(scene, page)| marks(scene, page)).unwrap_or_default(),
        "shown": match (stand.is_fresh, shown) {
            (_, Some(Shown::Nothing)) | (false, None) => "nothing",
            (_, Some(Shown::Last(_))) | (false, _) => "last",
            (true, _) => "new",
        },
        "took": hub.news.borrow().took,
        "findings": findings(hub, &stand, page),
    })
}

/// The editions to choose from, as the cookie and the bar call them: public, full, and what a subscriber of each plan sees.
fn editions(scene: Option<&Scene>) -> Vec<(String, String)> {
    let plans = scene.map(|scene| &scene.site.archive.plans[..]).unwrap_or_default();
    let of_plans =
        plans.iter().enumerate().map(|(index, plan)| (format!("plan-{index}"), format!("Plan: {}", plan.name)));
    let usual = [("public", "Public"), ("full", "Full")].map(|(value, name)| (value.to_owned(), name.to_owned()));
    usual.into_iter().chain(of_plans).collect()
}

fn findings(hub: &Hub, stand: &Stand, page: Option<&Page>) -> Vec<Value> {
    let root = hub.preview.root();
    let here: Vec<Diagnostic> = page.map(|page| stand.findings_of(page)).unwrap_or_default();
    let all = stand.all_findings();
    let messages = message::all(&root, &all);
    let tell = |message: &message::Message<'_>| {
        let mut told = message.json();
        let place = told["place"].take();
        let line = place["line"].as_u64().and_then(|line| usize::try_from(line).ok());
        let column = place["column"].as_u64().and_then(|column| usize::try_from(column).ok()).unwrap_or(1);
        told["editor"] = json!(place["file"].as_str().and_then(|file| hub.editor_link(file, line, column)));
        told["file"] = place["file"].clone();
        told["line"] = json!(line);
        told["column"] = json!(line.map(|_| column));
        told["here"] = json!(here.contains(message.finding()));
        told["text"] = json!(message.plain().trim_end());
        told
    };
    messages.iter().map(tell).collect()
}

/// What a reader's browser fetches for a page, in bytes as they are sent.
fn weight(scene: &Scene, page: Option<&Page>, html: &str) -> Value {
    let assets = || scene.site.renderer.asset_list().filter(|asset| html.contains(&asset.address[1..]));
    let sum = |end: &str| {
        assets().filter(|asset| asset.name.ends_with(end)).map(|asset| weighed(&asset.bytes)).sum::<usize>()
    };
    let pictures: usize = page.map_or(0, |page| {
        let made = scene.make(page);
        let shown = made.files.iter().filter(|file| is_picture(&file.path));
        shown.map(|file| file.bytes.len()).sum()
    });
    let (page, styles, scripts) = (weighed(html.as_bytes()), sum(".css"), sum(".js"));
    let budget: BTreeMap<&str, usize> = BUDGET.into();
    json!({
        "html": page, "styles": styles, "scripts": scripts, "pictures": pictures,
        "all": page + styles + scripts + pictures, "budget": budget,
    })
}

fn is_picture(path: &str) -> bool {
    super::answer::media_type(path).starts_with("image/")
}

/// What is special about a page that is seen before, or otherwise than, readers see it.
fn marks(scene: &Scene, page: &Page) -> Vec<Value> {
    let PageKind::Report(id) = page.kind else { return Vec::new() };
    let report = &scene.site.archive[id];
    let mark = |word: &str, about: String| json!({ "word": word, "about": about });
    let mut marks = Vec::new();
    let now = jiff::Timestamp::now();
    match report.public.status {
        Status::Draft => marks.push(mark("Draft", "not in any build without --drafts".to_owned())),
        Status::Review => marks.push(mark("In review", "not in any build without --drafts".to_owned())),
        Status::Withdrawn => marks.push(mark("Withdrawn", "readers find a notice here".to_owned())),
        Status::Superseded => marks.push(mark("Superseded", "a newer report takes its place".to_owned())),
        Status::Published => {}
    }
    let due = report.public.released;
    if due.at > now {
        let zone = scene.site.sources.config.time_zone.clone();
        let when = due.at.to_zoned(zone).strftime("%d %b %Y %H:%M %Z");
        marks.push(mark(
            &format!("Embargoed until {}", due.day.strftime("%d %b %Y")),
            format!("not released before {when}"),
        ));
    }
    marks.extend(gate_mark(report, scene.site.edition).map(|(word, about)| mark(word, about.to_owned())));
    marks
}

fn gate_mark(report: &Report, edition: Edition) -> Option<(&'static str, &'static str)> {
    match (report.is_gated(), edition == Edition::FULL) {
        (false, _) => None,
        (true, true) => Some(("Subscribers", "the public edition shows the teaser only")),
        (true, false) => Some(("Subscribers", "this is what the public sees of it")),
    }
}

/// All pages by kind, with the template of each kind.
fn all_pages(scene: &Scene) -> Value {
    let mut kinds: Vec<(String, Vec<&Page>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for page in &scene.site.plan.pages {
        let sort = sort_of(&scene.site.archive, &page.kind);
        let index = *known.entry(sort.clone()).or_insert_with(|| {
            kinds.push((sort, Vec::new()));
            kinds.len() - 1
        });
        kinds[index].1.push(page);
    }
    let tell = |(_, pages): &(String, Vec<&Page>)| {
        let (template, kind) = scene.site.renderer.made_with(pages[0]);
        let pages: Vec<Value> = pages
            .iter()
            .map(|page| json!([Hub::address(scene, &page.address), title(&scene.site.archive, page)]))
            .collect();
        json!({ "kind": kind, "template": template, "pages": pages })
    };
    json!({
        "title": scene.site.sources.config.title,
        "pages": scene.site.plan.pages.len(),
        "kinds": kinds.iter().map(tell).collect::<Vec<_>>(),
    })
}

/// Pages of one sort are made with one template.
fn sort_of(archive: &Archive, kind: &PageKind) -> String {
    match kind {
        PageKind::Home(_) => "home".to_owned(),
        PageKind::Report(_) => "report".to_owned(),
        PageKind::List(scope, _) => scope.sort().folder().to_owned(),
        PageKind::Cross(..) => "cross".to_owned(),
        PageKind::Index(sort) => format!("index of {}", sort.folder()),
        PageKind::Period(plan::Period::Month(..), _) => "month".to_owned(),
        PageKind::Period(..) => "archive".to_owned(),
        PageKind::Log(log, _) => log.address().to_owned(),
        PageKind::Plain(id) => format!("page {}", archive[*id].template.as_deref().unwrap_or_default()),
        PageKind::Search => "search".to_owned(),
        PageKind::NotFound => "404".to_owned(),
        PageKind::Redirect(_) => "redirect".to_owned(),
    }
}

fn title(archive: &Archive, page: &Page) -> String {
    match &page.kind {
        PageKind::Report(id) => archive[*id].public.title.clone(),
        PageKind::List(scope, _) => scope.name(archive).to_owned(),
        PageKind::Cross(country, topic, _) => {
            format!("{}: {}", Scope::Country(*country).name(archive), Scope::Topic(*topic).name(archive))
        }
        PageKind::Plain(id) | PageKind::Log(_, Some(id)) => archive[*id].title.clone(),
        PageKind::Redirect(to) => format!("leads to {to}"),
        _ => page.address.clone(),
    }
}

/// What the template of a page sees.
fn data(scene: &Scene, asked: &Asked) -> Value {
    let Some(page) = named(scene, asked) else { return json!({ "path": null, "template": null, "data": {} }) };
    let (template, data) = scene.site.renderer.data(page);
    json!({ "path": Hub::address(scene, &page.address), "template": template, "data": data })
}
