//! What was asked for, and whether it may be answered.
//!
//! A preview shows drafts, so that a page of another origin must not get at it: a request that names a host which is not
//! this server's comes from a name that was bound to this machine's address (DNS rebinding) and is refused.

use std::net::{IpAddr, SocketAddr};

use hyper::header::{ACCEPT_ENCODING, COOKIE, HOST, HeaderMap, HeaderName, IF_NONE_MATCH, IF_RANGE, RANGE};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};
use percent_encoding::percent_decode_str;

use super::preview::View;
use crate::archive::Edition;
use crate::source;

/// A request that may be answered.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The path, decoded; it begins with `/` and has no `.` or `..` in it.
    pub path: String,
    /// What stands behind `?`, as it was sent.
    pub query: String,
    /// Whether only the head is wanted.
    pub head_only: bool,
    /// What the asker looks at.
    pub view: View,
    /// Why what the asker wanted to look at cannot be.
    pub view_problem: Option<String>,
    /// The entity tags that the asker has.
    pub if_none_match: Option<String>,
    /// The bytes that are wanted.
    pub range: Option<String>,
    /// The entity tag that the wanted bytes must be of.
    pub if_range: Option<String>,
    /// Whether the asker reads gzip.
    pub takes_gzip: bool,
}

/// Why a request is refused.
pub type Refusal = (StatusCode, &'static str);

const NOT_OURS: Refusal = (StatusCode::MISDIRECTED_REQUEST, "this preview is not the host that was asked for\n");
const ODD_PATH: Refusal = (StatusCode::BAD_REQUEST, "the path cannot be one of a site\n");
const ONLY_GET: Refusal = (StatusCode::METHOD_NOT_ALLOWED, "a preview is only read: GET and HEAD\n");

/// The names by which this server may be asked.
#[derive(Debug, Clone)]
pub struct Hosts {
    /// The address that it listens on.
    pub at: SocketAddr,
    /// The name that it was told to listen as.
    pub name: String,
}

impl Hosts {
    /// Whether a `Host` (RFC 9110, section 7.2) is this server: an address cannot be bound to another, a name can.
    pub fn are_asked(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port),
            _ => (host, "80"),
        };
        if port.parse() != Ok(self.at.port()) {
            return false;
        }
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let same = |address: IpAddr| {
            let bound = self.at.ip();
            address == bound || (bound.is_unspecified()) || (address.is_loopback() && bound.is_loopback())
        };
        name.eq_ignore_ascii_case("localhost")
            || name.eq_ignore_ascii_case(&self.name)
            || bare.parse::<IpAddr>().is_ok_and(same)
    }
}

impl Asked {
    /// Reads a request, or says why it is refused.
    pub fn read(parts: &Parts, hosts: &Hosts, usual: View) -> Result<Asked, Refusal> {
        if parts.method != Method::GET && parts.method != Method::HEAD {
            return Err(ONLY_GET);
        }
        let mut named = parts.headers.get_all(HOST).iter();
        let (host, another) = (named.next().and_then(|host| host.to_str().ok()), named.next());
        let host = host.filter(|host| another.is_none() && hosts.are_asked(host)).ok_or(NOT_OURS)?;
        // A target in absolute form (RFC 9112, section 3.2.2) must name the same host.
        if parts.uri.authority().is_some_and(|target| target.as_str() != host) {
            return Err(NOT_OURS);
        }
        let header = |name: HeaderName| text(&parts.headers, &name).map(str::to_owned);
        let (view, view_problem) = view(&parts.headers, hosts.at.port(), usual);
        Ok(Asked {
            path: path(parts.uri.path()).ok_or(ODD_PATH)?,
            query: parts.uri.query().unwrap_or_default().to_owned(),
            head_only: parts.method == Method::HEAD,
            view,
            view_problem,
            if_none_match: header(IF_NONE_MATCH),
            range: header(RANGE),
            if_range: header(IF_RANGE),
            takes_gzip: header(ACCEPT_ENCODING).is_some_and(|codings| takes_gzip(&codings)),
        })
    }

    /// A value of the query.
    pub fn given(&self, name: &str) -> Option<String> {
        field(&self.query, name)
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// A path, decoded once. None if it would mean another path to a file system, or would if it were decoded again.
pub fn path(encoded: &str) -> Option<String> {
    let path = percent_decode_str(encoded).decode_utf8().ok()?;
    let is_odd = |part: &str| part == "." || part == "..";
    let hides = encoded.to_ascii_lowercase();
    let odd = path.contains(['\\', '\0'])
        || path.split('/').any(is_odd)
        || ["%2f", "%5c", "%25"].iter().any(|code| hides.contains(code));
    (path.starts_with('/') && !path.starts_with("//") && !odd).then(|| path.into_owned())
}

/// A value of `name=value&…`, decoded.
fn field(fields: &str, name: &str) -> Option<String> {
    let value = fields.split('&').find_map(|field| field.strip_prefix(name)?.strip_prefix('='))?;
    percent_decode_str(&value.replace('+', " ")).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// RFC 9110, section 12.5.3: a coding with the weight 0 is not wanted.
fn takes_gzip(codings: &str) -> bool {
    let mut parts = codings.split(',').map(|coding| coding.split(';').map(str::trim));
    parts.any(|mut coding| {
        let named = coding.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        named && !coding.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// The view that the preview bar asked for in a cookie. Cookies are shared by all ports of a host: this one has its port
/// in its name.
fn view(headers: &HeaderMap, port: u16, usual: View) -> (View, Option<String>) {
    let name = format!("briefpress-view-{port}=");
    let cookies = headers.get_all(COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    let mut cookies = cookies.flat_map(|line| line.split(';')).map(str::trim);
    let Some(cookie) = cookies.find_map(|cookie| cookie.strip_prefix(name.as_str())) else { return (usual, None) };
    let Ok(wanted) = percent_decode_str(cookie).decode_utf8() else { return (usual, None) };
    let edition = field(&wanted, "edition");
    let plan = edition.as_deref().and_then(|edition| edition.strip_prefix("plan-")?.parse().ok());
    let edition = match edition.as_deref() {
        Some("public") => Edition::PUBLIC,
        Some("full") => Edition::FULL,
        _ if plan.is_some() => Edition::PUBLIC,
        _ => usual.edition,
    };
    let (as_of, problem) = match field(&wanted, "as_of").filter(|day| !day.is_empty()) {
        None => (usual.as_of, None),
        Some(day) => match source::moment(&day) {
            Ok(moment) => (Some(moment), None),
            Err(fact) => (usual.as_of, Some(fact)),
        },
    };
    let drafts = field(&wanted, "drafts").map_or(usual.drafts, |given| given == "1");
    (View { edition, as_of, drafts, plan }, problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(at: &str, name: &str) -> Hosts {
        Hosts { at: at.parse().expect("an address"), name: name.to_owned() }
    }

    #[test]
    fn only_this_server_is_asked() {
        let local = hosts("127.0.0.1:1111", "127.0.0.1");
        for good in ["127.0.0.1:1111", "localhost:1111", "LOCALHOST:1111", "[::1]:1111"] {
            assert!(local.are_asked(good), "{good}");
        }
        for bad in
            ["evil.example:1111", "127.0.0.1", "127.0.0.1:2222", "localhost.evil.example:1111", "10.0.0.1:1111", ""]
        {
            assert!(!local.are_asked(bad), "{bad}");
        }
        let open = hosts("0.0.0.0:80", "desk.internal");
        assert!(open.are_asked("10.0.0.1") && open.are_asked("desk.internal:80") && !open.are_asked("evil.example"));
    }

    #[test]
    fn a_path_is_what_it_seems() {
        assert_eq!(path("/a/b%20c/").as_deref(), Some("/a/b c/"));
        for odd in [
            "/../x",
            "/a/%2e%2e/x",
            "/a/..%2fx",
            "/a%2Fb",
            "/a%5cb",
            "/a\\b",
            "/a%00",
            "//evil.example/",
            "a",
            "/%ff",
            "/%252e",
            "/./a",
        ] {
            assert_eq!(path(odd), None, "{odd}");
        }
    }

    #[test]
    fn gzip_is_sent_to_who_asks_for_it() {
        assert!(takes_gzip("br, gzip;q=0.5") && takes_gzip("gzip"));
        assert!(!takes_gzip("br") && !takes_gzip("gzip;q=0") && !takes_gzip(""));
    }
}
