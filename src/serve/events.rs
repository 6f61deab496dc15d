//! Server-sent events: each open page is told whether it is still what it was (HTML Standard, section 9.2).

use std::sync::Arc;
use std::time::Duration;

use http_body_util::Either;
use http_body_util::channel::Channel;
use hyper::body::Bytes;
use hyper::header::{self, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::{Map, Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::answer::Body;
use super::hub::{Hub, News, Reply, hash};
use super::preview::{Stand, View};
use super::request::{Asked, path};
use crate::diagnostic::Severity;

/// How often a stream without news says that it is alive, so that a connection that was cut is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What an open page was when it was last told of.
#[derive(Debug, Clone)]
struct Seen {
    view: View,
    /// Its path on this server, decoded.
    path: String,
    hash: String,
    /// The page with plain names of style sheets, and their published names; none for a page that was not made here.
    plain: Option<(String, Vec<(String, String)>)>,
}

/// A stream for the page that the query names.
pub fn stream(hub: &Arc<Hub>, asked: &Asked) -> Response<Body> {
    let (mut sender, channel) = Channel::<Bytes>::new(4);
    let hub = Arc::clone(hub);
    let page = asked.given("path").and_then(|encoded| path(&encoded).or(Some(encoded))).unwrap_or_default();
    let mut seen = Seen { view: asked.view, path: page, hash: asked.given("page").unwrap_or_default(), plain: None };
    let mut news = hub.news.subscribe();
    tokio::spawn(async move {
        loop {
            let current = Arc::clone(&news.borrow_and_update());
            if current.is_over {
                return;
            }
            let (told, known) = {
                let (hub, seen) = (Arc::clone(&hub), seen.clone());
                match tokio::task::spawn_blocking(move || state(&hub, seen, &current)).await {
                    Ok(done) => done,
                    Err(_) => return,
                }
            };
            seen = known;
            if sender.send_data(Bytes::from(format!("event: state\ndata: {told}\n\n"))).await.is_err() {
                return;
            }
            loop {
                match tokio::time::timeout(HEARTBEAT, news.changed()).await {
                    Ok(Ok(())) => break,
                    Ok(Err(_)) => return,
                    Err(_) if sender.send_data(Bytes::from_static(b": alive\n\n")).await.is_err() => return,
                    Err(_) => {}
                }
            }
        }
    });
    let mut response = Response::new(Either::Right(channel));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// How a page stands now, compared with what was seen of it.
fn state(hub: &Hub, mut seen: Seen, news: &News) -> (Value, Seen) {
    let stand = hub.preview.stand(seen.view);
    let (status, html) = match hub.reply(seen.view, &seen.path) {
        Reply::Page(status, html) => (status, html),
        _ => (StatusCode::NOT_FOUND, "".into()),
    };
    let now = hash(&html);
    let plain = plain(&stand, &html);
    let mut styles = Map::new();
    let page = if now == seen.hash {
        "same"
    } else if status == StatusCode::NOT_FOUND {
        "gone"
    } else if let Some(before) = seen.plain.as_ref().filter(|before| before.0 == plain.0) {
        for ((name, old), (_, new)) in before.1.iter().zip(&plain.1).filter(|(old, new)| old != new) {
            debug_assert!(!name.is_empty());
            styles.insert(old.clone(), json!(new));
        }
        "styles"
    } else {
        "changed"
    };
    seen.hash = now;
    seen.plain = Some(plain);
    let findings = stand.all_findings();
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let told = json!({
        "number": stand.number,
        "page": page,
        "hash": seen.hash,
        "styles": styles,
        "files": plain_files(&stand, news),
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "told": format!("{:016x}", xxh3_64(format!("{findings:?}").as_bytes())),
        "took": news.took,
        "follow": hub.follow.then(|| followed(&stand, news)).flatten(),
    });
    (told, seen)
}

/// A page with the plain names of its style sheets: two that are the same in this differ in nothing but style.
fn plain(stand: &Stand, html: &str) -> (String, Vec<(String, String)>) {
    let mut page = html.to_owned();
    let mut styles = Vec::new();
    let assets = stand.scene.iter().flat_map(|scene| scene.site.renderer.asset_list());
    for asset in assets.filter(|asset| asset.name.ends_with(".css")) {
        let published = asset.address.rsplit('/').next().unwrap_or_default();
        page = page.replace(published, &asset.name);
        styles.push((asset.name.clone(), published.to_owned()));
    }
    (page, styles)
}

/// Addresses of files that changed and whose names do not tell it.
fn plain_files(stand: &Stand, news: &News) -> Vec<String> {
    let Some(scene) = &stand.scene else { return Vec::new() };
    let published = |file: &String| {
        if let Some(inner) = file.strip_prefix("static/") {
            return Some(Hub::address(scene, &format!("/{inner}")));
        }
        // A picture beside a report stands beside its page, by its name.
        let is_text = file.ends_with(".md") || !file.starts_with("content/");
        (!is_text).then(|| file.rsplit('/').next().unwrap_or(file).to_owned())
    };
    news.files.iter().filter_map(published).collect()
}

/// The page of the report that was just saved.
fn followed(stand: &Stand, news: &News) -> Option<String> {
    let scene = stand.scene.as_ref()?;
    let mut reports = news.files.iter().filter(|file| file.starts_with("content/"));
    // Many files at once are no saving of one.
    let file = reports.next().filter(|_| reports.next().is_none())?;
    stand.page_of(file).map(|page| Hub::address(scene, &page.address))
}
