//! Answers: bytes with their type, tag and coding, whole or in part (RFC 9110).

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::Either;
use http_body_util::Full;
use http_body_util::channel::Channel;
use hyper::body::Bytes;
use hyper::header::{self, HeaderValue};
use hyper::{Response, StatusCode};
use xxhash_rust::xxh3::xxh3_64;

use super::request::Asked;

/// What is sent: bytes that are there, or events that are to come.
pub type Body = Either<Full<Bytes>, Channel<Bytes>>;

/// Something to be sent.
#[derive(Debug)]
pub struct Content {
    /// How it went.
    pub status: StatusCode,
    /// Its media type.
    pub media: String,
    /// The bytes.
    pub bytes: Bytes,
    /// A policy for pages of the preview itself; those of the site have their own in them.
    pub policy: Option<&'static str>,
}

/// Less than this is not worth being made smaller.
const SMALL: usize = 600;

impl Content {
    /// Something that is as it was asked for.
    pub fn new(media: impl Into<String>, bytes: impl Into<Bytes>) -> Content {
        Content { status: StatusCode::OK, media: media.into(), bytes: bytes.into(), policy: None }
    }

    /// A page.
    pub fn html(status: StatusCode, html: String) -> Content {
        Content { status, ..Content::new("text/html; charset=utf-8", html) }
    }

    /// Data for the preview's own scripts.
    pub fn json(value: &serde_json::Value) -> Content {
        Content::new("application/json; charset=utf-8", value.to_string())
    }

    /// A sentence.
    pub fn plain(status: StatusCode, text: &str) -> Content {
        Content { status, ..Content::new("text/plain; charset=utf-8", text.to_owned()) }
    }

    /// Answers a request with it.
    pub fn answer(self, asked: &Asked) -> Response<Body> {
        let tag = format!("\"{:016x}\"", xxh3_64(&self.bytes));
        let good = self.status == StatusCode::OK;
        if good
            && let Some(range) = asked.range.as_deref().filter(|_| is_of(asked.if_range.as_deref(), &tag))
            && let Some(part) = self.part(range, &tag, asked.head_only)
        {
            return part;
        }
        let zips = asked.takes_gzip && self.bytes.len() >= SMALL && is_text(&self.media);
        let tag = if zips { format!("{}-gzip\"", tag.trim_end_matches('"')) } else { tag };
        if good && asked.if_none_match.as_deref().is_some_and(|held| holds(held, &tag)) {
            let mut response = self.head(StatusCode::NOT_MODIFIED, &tag);
            response.headers_mut().remove(header::CONTENT_TYPE);
            return response;
        }
        let mut response = self.head(self.status, &tag);
        let bytes = if zips { Bytes::from(zipped(&self.bytes, Compression::new(4))) } else { self.bytes };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_LENGTH, bytes.len().into());
        if zips {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        } else if good {
            headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        }
        if !asked.head_only {
            *response.body_mut() = Either::Left(Full::new(bytes));
        }
        response
    }

    /// The part that a `Range` asks for (RFC 9110, section 14.2). None if the whole is to be sent: for ranges that are no
    /// ranges, and for several at once.
    fn part(&self, range: &str, tag: &str, head_only: bool) -> Option<Response<Body>> {
        let length = self.bytes.len() as u64;
        let wanted = http_range_header::parse_range_header(range).ok().filter(|ranges| ranges.len() == 1)?;
        let Ok(ranges) = wanted.validate(length) else {
            let mut response = self.head(StatusCode::RANGE_NOT_SATISFIABLE, tag);
            set(&mut response, header::CONTENT_RANGE, &format!("bytes */{length}"));
            return Some(response);
        };
        let (start, end) = ranges.first().map(|range| (*range.start(), *range.end()))?;
        let mut response = self.head(StatusCode::PARTIAL_CONTENT, tag);
        set(&mut response, header::CONTENT_RANGE, &format!("bytes {start}-{end}/{length}"));
        response.headers_mut().insert(header::CONTENT_LENGTH, (end + 1 - start).into());
        if !head_only {
            let bytes = self.bytes.slice(usize::try_from(start).ok()?..usize::try_from(end + 1).ok()?);
            *response.body_mut() = Either::Left(Full::new(bytes));
        }
        Some(response)
    }

    fn head(&self, status: StatusCode, tag: &str) -> Response<Body> {
        let mut response = Response::new(Either::Left(Full::new(Bytes::new())));
        *response.status_mut() = status;
        set(&mut response, header::CONTENT_TYPE, &self.media);
        set(&mut response, header::ETAG, tag);
        let headers = response.headers_mut();
        // What is shown is what is in the folder: a browser asks each time, and is told if nothing changed.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
        if let Some(policy) = self.policy {
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        }
        response
    }
}

fn set(response: &mut Response<Body>, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// Sends the asker elsewhere on this site.
pub fn redirect(status: StatusCode, to: &str) -> Response<Body> {
    let mut response = Response::new(Either::Left(Full::new(Bytes::new())));
    *response.status_mut() = status;
    set(&mut response, header::LOCATION, to);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// Whether one of the tags of an `If-None-Match` is this one; weak ones count (RFC 9110, section 13.1.2).
fn holds(held: &str, tag: &str) -> bool {
    held.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*")
}

/// Whether a range is of the bytes that the asker has already: by a strong tag (RFC 9110, section 13.1.5).
fn is_of(if_range: Option<&str>, tag: &str) -> bool {
    if_range.is_none_or(|held| held == tag)
}

fn is_text(media: &str) -> bool {
    let name = media.split(';').next().unwrap_or_default();
    name.starts_with("text/") || name.ends_with("xml") || name.ends_with("json") || name.ends_with("javascript")
}

/// How many bytes these are as gzip (RFC 1952), as hosts make it.
pub fn weighed(bytes: &[u8]) -> usize {
    zipped(bytes, Compression::default()).len()
}

fn zipped(bytes: &[u8], level: Compression) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), level);
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// The media type of a file by its name, as static hosts tell it.
pub fn media_type(path: &str) -> String {
    let guessed = mime_guess::from_path(path).first_or_octet_stream();
    let name = match guessed.essence_str() {
        "text/xml" => "application/xml",
        name => name,
    };
    if is_text(name) && name != "image/svg+xml" { format!("{name}; charset=utf-8") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_those_that_readers_expect() {
        for (path, media) in [
            ("/feed.xml", "application/xml; charset=utf-8"),
            ("/feed.json", "application/json; charset=utf-8"),
            ("/a/site.css", "text/css; charset=utf-8"),
            ("/a/site.js", "text/javascript; charset=utf-8"),
            ("/icon.svg", "image/svg+xml"),
            ("/a.png", "image/png"),
            ("/a.pdf", "application/pdf"),
            ("/watch/calendar.ics", "text/calendar; charset=utf-8"),
            ("/archive/reports.csv", "text/csv; charset=utf-8"),
            ("/robots.txt", "text/plain; charset=utf-8"),
            ("/odd", "application/octet-stream"),
        ] {
            assert_eq!(media_type(path), media);
        }
    }

    #[test]
    fn tags_are_compared() {
        assert!(holds("\"a\", W/\"b\"", "\"b\"") && holds("*", "\"x\"") && !holds("\"a\"", "\"b\""));
    }
}
