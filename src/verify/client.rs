//! Requests as a browser sends them, without its memory: what the host answers, and how.

use std::io::Read;
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use ureq::Agent;
use ureq::http::{HeaderMap, Response};

/// What may be longer than expected before it is cut: it differs anyway.
const MORE: u64 = 1 << 20;

/// An answer of the host.
#[derive(Debug)]
pub struct Answer {
    /// How it went.
    pub status: u16,
    /// Where it leads, if it leads elsewhere.
    pub location: Option<String>,
    /// The media type, in small letters and without parameters.
    pub media: String,
    /// Whether the type names UTF-8.
    pub is_utf8: bool,
    /// Whether it came compressed.
    pub compressed: bool,
    /// How long it may be kept: the whole header.
    pub caching: String,
    /// The bytes, unpacked.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Whether it looks like a page.
    pub fn is_page(&self) -> bool {
        self.media == "text/html" && self.bytes.trim_ascii_start().starts_with(b"<")
    }
}

/// Fetches addresses, several at once.
pub struct Client {
    agent: Agent,
}

impl Client {
    /// One that waits twenty seconds and follows nobody elsewhere.
    pub fn new() -> Client {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            .user_agent(concat!("briefpress/", env!("CARGO_PKG_VERSION")))
            .accept_encoding("gzip")
            .build();
        Client { agent: config.new_agent() }
    }

    /// What is at an address, or why nothing came. `expected` bytes should come, and not many more are taken.
    pub fn get(&self, address: &str, expected: usize) -> Result<Answer, String> {
        let response = self.agent.get(address).call().map_err(|error| format!("cannot be fetched: {error}"))?;
        let limit = expected as u64 + MORE;
        let (parts, body) = response.into_parts();
        let response = Response::from_parts(parts, ());
        let headers = response.headers();
        let compressed = text(headers, "content-encoding").eq_ignore_ascii_case("gzip");
        let mut bytes = Vec::new();
        let body = body.into_reader().take(limit);
        let read = if compressed {
            MultiGzDecoder::new(body).take(limit).read_to_end(&mut bytes)
        } else {
            let mut body = body;
            body.read_to_end(&mut bytes)
        };
        read.map_err(|error| format!("breaks off: {error}"))?;
        let media = text(headers, "content-type").to_lowercase();
        Ok(Answer {
            status: response.status().as_u16(),
            location: Some(text(headers, "location").to_owned()).filter(|to| !to.is_empty()),
            is_utf8: media.replace(['"', ' '], "").contains("charset=utf-8"),
            media: media.split(';').next().unwrap_or_default().trim().to_owned(),
            compressed,
            caching: text(headers, "cache-control").to_lowercase(),
            bytes,
        })
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
