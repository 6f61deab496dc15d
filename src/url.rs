//! Addresses: the site's base, paths below it, and how they are written.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What is encoded in a path: what RFC 3986 does not allow there.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Where the site will be: scheme, host and base path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl Default for BaseUrl {
    fn default() -> BaseUrl {
        BaseUrl { origin: "http://localhost".to_owned(), path: String::new() }
    }
}

impl BaseUrl {
    /// Reads `https://host/base/`. The base path may be missing; a query or fragment may not be there.
    pub fn parse(text: &str) -> Result<BaseUrl, &'static str> {
        let (scheme, rest) = text.split_once("://").ok_or("it does not begin with https://")?;
        if scheme != "https" && scheme != "http" {
            return Err("it does not begin with https:// or http://");
        }
        if rest.contains(['?', '#', ' ', '"', '<', '>', '\\']) || rest.chars().any(char::is_control) {
            return Err("it holds a character that an address of a site cannot have");
        }
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if host.is_empty() || host.contains('@') {
            return Err("it has no host");
        }
        if path.split('/').any(|segment| segment == ".." || segment == ".") {
            return Err("its path holds `..`");
        }
        let path = path.trim_matches('/');
        let path = if path.is_empty() { String::new() } else { format!("/{path}") };
        Ok(BaseUrl { origin: format!("{scheme}://{host}"), path })
    }

    /// The host, without a scheme.
    pub fn host(&self) -> &str {
        self.origin.split_once("://").map_or(&self.origin, |(_, host)| host)
    }

    /// The whole address of a path such as `/countries/mexico/`.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{}{path}", self.origin, self.path)
    }

    /// The base path with a slash at both ends: `/` or `/repo/`.
    pub fn base_path(&self) -> String {
        format!("{}/", self.path)
    }
}

/// A path written so that it may stand in an address.
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// The file in the output folder that an address leads to: `/a/` to `a/index.html`, `/feed.xml` to `feed.xml`.
pub fn output_path(address: &str) -> String {
    let path = address.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// The way from one page of the site to another, both addresses beginning with `/`: `/a/b/` to `/a/c/` is `../c/`.
///
/// Relative ways work under any base path and from any static file server.
pub fn relative(from: &str, to: &str, into: &mut String) {
    let shared = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let shared = memchr::memrchr(b'/', &from.as_bytes()[..shared]).map_or(0, |slash| slash + 1);
    let ups = memchr::memchr_iter(b'/', &from.as_bytes()[shared..]).count();
    for _ in 0..ups {
        into.push_str("../");
    }
    let rest = &to[shared.min(to.len())..];
    if rest.is_empty() && ups == 0 {
        into.push_str("./");
    }
    into.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(from: &str, to: &str) -> String {
        let mut out = String::new();
        relative(from, to, &mut out);
        out
    }

    #[test]
    fn ways_between_pages_are_relative() {
        assert_eq!(way("/a/b/", "/a/c/"), "../c/");
        assert_eq!(way("/", "/a/"), "a/");
        assert_eq!(way("/a/", "/"), "../");
        assert_eq!(way("/a/", "/a/"), "./");
        assert_eq!(way("/a/b/", "/a/b/x.png"), "x.png");
        assert_eq!(way("/reports/2025/a/", "/reports/2024/b/#x"), "../../2024/b/#x");
        assert_eq!(way("/a/page/2/", "/a/"), "../../");
        assert_eq!(way("/é/", "/è/"), "../è/");
    }

    #[test]
    fn a_base_is_read_with_and_without_a_path() {
        assert_eq!(BaseUrl::parse("https://a.org").expect("good").absolute("/x/"), "https://a.org/x/");
        let base = BaseUrl::parse("https://a.github.io/repo/").expect("good");
        assert_eq!((base.absolute("/x/"), base.base_path()), ("https://a.github.io/repo/x/".into(), "/repo/".into()));
        for bad in ["a.org", "ftp://a", "https://", "https://a/?b", "https://a/../b", "https://u:p@a/"] {
            assert!(BaseUrl::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn addresses_lead_to_files() {
        assert_eq!(output_path("/"), "index.html");
        assert_eq!(output_path("/a/b/"), "a/b/index.html");
        assert_eq!(output_path("/feed.xml"), "feed.xml");
    }
}
