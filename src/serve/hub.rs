//! What all connections share: the preview, and the news of it.

use std::sync::Arc;

use hyper::StatusCode;
use tokio::sync::watch;
use xxhash_rust::xxh3::xxh3_64;

use super::answer::{Content, media_type};
use super::editor::Editor;
use super::preview::{Changed, Preview, Shown, Stand, View};
use super::request::Hosts;
use super::scene::{Found, Scene};
use crate::message;
use crate::url::encode_path;

/// What all connections share.
pub struct Hub {
    /// The site.
    pub preview: Preview,
    /// The names by which it may be asked.
    pub hosts: Hosts,
    /// How a file is opened.
    pub editor: Editor,
    /// Whether browsers go to a report that was saved.
    pub follow: bool,
    /// What happened last.
    pub news: watch::Sender<Arc<News>>,
}

/// What is told to open pages after a change.
#[derive(Debug, Default)]
pub struct News {
    /// Files that changed.
    pub files: Vec<String>,
    /// Milliseconds from the change to the site that stands.
    pub took: u64,
    /// Whether the server is about to stop.
    pub is_over: bool,
}

/// What is at an address of the site.
pub enum Reply {
    /// A page, without what the preview adds.
    Page(StatusCode, Arc<str>),
    /// Something that is no page.
    File(String, Vec<u8>),
    /// It is elsewhere.
    Moved(StatusCode, String),
}

const NOT_YET: &str = "This page cannot be made yet";

impl Hub {
    /// Nothing has happened yet.
    pub fn new(preview: Preview, hosts: Hosts, editor: Editor, follow: bool) -> Hub {
        Hub { preview, hosts, editor, follow, news: watch::Sender::new(Arc::new(News::default())) }
    }

    /// Tells open pages of a change.
    pub fn tell(&self, changed: &Changed) {
        let took = u64::try_from(changed.took.as_millis()).unwrap_or(u64::MAX);
        self.news.send_replace(Arc::new(News { files: changed.files.clone(), took, is_over: false }));
    }

    /// What is at a decoded path, as a static host would answer it: a folder without its slash is elsewhere, what is not
    /// there gets the page for it.
    pub fn reply(&self, view: View, path: &str) -> Reply {
        let stand = self.preview.stand(view);
        let Some(scene) = &stand.scene else {
            return Reply::Page(StatusCode::INTERNAL_SERVER_ERROR, self.excuse(&stand).into());
        };
        let base = &scene.site.renderer.base_path;
        let Some(inner) = path.strip_prefix(base.trim_end_matches('/')).filter(|inner| inner.starts_with('/')) else {
            let home = path == "/" || format!("{path}/") == *base;
            return if home { Reply::Moved(StatusCode::FOUND, encode_path(base)) } else { self.not_found(view, scene) };
        };
        match scene.find(inner) {
            Some(Found::Page(page)) => self.page(view, &page.address),
            found => {
                let slashed = format!("{inner}/");
                if !inner.ends_with('/') && scene.page_at(&slashed).is_some() {
                    return Reply::Moved(StatusCode::MOVED_PERMANENTLY, encode_path(&format!("{path}/")));
                }
                let file = found.and_then(|found| scene.file(inner, found));
                file.map_or_else(|| self.not_found(view, scene), |bytes| Reply::File(media_type(inner), bytes))
            }
        }
    }

    fn page(&self, view: View, address: &str) -> Reply {
        match self.preview.page(view, address) {
            Some(Shown::Page(html) | Shown::Last(html)) => Reply::Page(StatusCode::OK, html),
            // It was there a moment ago, or cannot be made.
            Some(Shown::Nothing) | None => {
                Reply::Page(StatusCode::INTERNAL_SERVER_ERROR, self.excuse(&self.preview.stand(view)).into())
            }
        }
    }

    fn not_found(&self, view: View, scene: &Scene) -> Reply {
        match scene.page_at("/404.html").map(|page| self.page(view, &page.address)) {
            Some(Reply::Page(StatusCode::OK, html)) => Reply::Page(StatusCode::NOT_FOUND, html),
            _ => {
                Reply::Page(StatusCode::NOT_FOUND, "<!DOCTYPE html>\n<title>Not found</title>\n<body></body>\n".into())
            }
        }
    }

    /// The page that stands where none can be made: what is wrong, in words.
    fn excuse(&self, stand: &Stand) -> String {
        let findings = stand.all_findings();
        let root = self.preview.root();
        let told: String = message::all(&root, &findings).iter().map(message::Message::plain).collect();
        let mut escaped = String::new();
        let _ = pulldown_cmark_escape::escape_html_body_text(&mut escaped, &told);
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{NOT_YET}</title>\n</head>\n<body>\n<main>\n<h1>{NOT_YET}</h1>\n<pre>{escaped}</pre>\n</main>\n</body>\n</html>\n"
        )
    }

    /// A page as it is sent: with the script of the preview.
    pub fn sent(status: StatusCode, html: &str) -> Content {
        let script = format!("<script src=\"/_preview/preview.js\" data-page=\"{}\" defer></script>\n", hash(html));
        let at = html.rfind("</body>").unwrap_or(html.len());
        Content::html(status, format!("{}{script}{}", &html[..at], &html[at..]))
    }

    /// A file of the site as an editor's address.
    pub fn editor_link(&self, file: &str, line: Option<usize>, column: usize) -> Option<String> {
        self.editor.link(&self.preview.root().join(file), line, column)
    }

    /// The address of a page of the site on this server.
    pub fn address(scene: &Scene, page: &str) -> String {
        encode_path(&format!("{}{}", scene.site.renderer.base_path.trim_end_matches('/'), page))
    }
}

/// By this an open page knows whether it is still what it was.
pub fn hash(html: &str) -> String {
    format!("{:016x}", xxh3_64(html.as_bytes()))
}
