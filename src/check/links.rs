//! Links of a finished page: addresses that begin with `/` are made relative, and each is held against the plan.
//!
//! Templates and texts write `/countries/mexico/`. Relative addresses work under any base path and from any static file
//! server; only the page for addresses that lead nowhere, which is served from anywhere, gets the base path.
//!
//! Rows of lists stand in a page as placeholders until here: a row is taken apart at its addresses once
//! ([`Fragment`]), and put together again for each page that holds it.

use memchr::{memchr, memmem};

use crate::url::relative;

/// How a page writes the site's own addresses.
#[derive(Debug, Clone, Copy)]
pub enum Style<'a> {
    /// Relative to the page's own address.
    RelativeTo(&'a str),
    /// Below a base path: `/repo/`.
    Below(&'a str),
}

/// Finished HTML that many pages hold, taken apart at the addresses in it.
#[derive(Debug, Default)]
pub struct Fragment {
    /// HTML, and the address that follows it, without its first `/`.
    parts: Vec<(Box<str>, Box<str>)>,
    rest: Box<str>,
}

impl Fragment {
    /// Takes HTML apart. `seen` is called with each address of the site in it.
    pub fn new(html: &str, seen: &mut dyn FnMut(&str)) -> Fragment {
        let mut parts = Vec::new();
        let mut copied = 0;
        each_address(html, &mut |start, stop| {
            parts.push((html[copied..start].into(), html[start + 1..stop].into()));
            copied = stop;
            seen(&html[start..stop]);
        });
        Fragment { parts, rest: html[copied..].into() }
    }

    /// Its place in a page: characters that no text holds (XML 1.0 forbids them, and so does HTML).
    pub fn placeholder(index: usize) -> String {
        format!("\u{1}{index}\u{2}")
    }

    /// It, as a page at an address shows it.
    pub fn seen_from(&self, address: &str) -> String {
        let mut out = String::new();
        self.write(&up_from(address), &mut out);
        out
    }

    /// The number of the fragment that a text is the place of, if it is one.
    pub fn index(place: &str) -> Option<usize> {
        place.strip_prefix('\u{1}')?.strip_suffix('\u{2}')?.parse().ok()
    }

    fn write(&self, up: &str, out: &mut String) {
        for (html, address) in &self.parts {
            out.push_str(html);
            out.push_str(up);
            // The home page, seen from itself.
            out.push_str(if address.is_empty() && up.is_empty() { "./" } else { address });
        }
        out.push_str(&self.rest);
    }
}

/// The way from an address up to the root of the site.
fn up_from(address: &str) -> String {
    "../".repeat(address.matches('/').count().saturating_sub(1))
}

/// The place of a page's own text.
pub const TEXT: &str = "\u{1}text\u{2}";

/// Puts fragments, and the page's own text, in the places that it holds for them. What the page holds beside them is
/// handed back as well: what is to be looked at, where they have been looked at already or need not be.
pub fn fill<'f>(
    page: String,
    style: Style<'_>,
    fragment: &dyn Fn(usize) -> Option<&'f Fragment>,
    text: &str,
) -> (String, Option<String>) {
    if memchr(1, page.as_bytes()).is_none() {
        return (page, None);
    }
    let up = match style {
        Style::RelativeTo(address) => up_from(address),
        Style::Below(base) => base.to_owned(),
    };
    let mut filled =
        String::with_capacity(page.len() + text.len() + 1000 * memchr::memchr_iter(1, page.as_bytes()).count());
    let mut rest = page.as_str();
    while let Some(place) = memchr(1, rest.as_bytes()) {
        filled.push_str(&rest[..place]);
        let (index, after) = rest[place + 1..].split_once('\u{2}').unwrap_or(("", &rest[place + 1..]));
        if let Some(fragment) = index.parse().ok().and_then(fragment) {
            fragment.write(&up, &mut filled);
        } else if index == "text" {
            filled.push_str(text);
        }
        rest = after;
    }
    filled.push_str(rest);
    (filled, Some(page))
}

/// Rewrites the addresses of a page. `seen` is called with each address of the site that it links to.
pub fn rewrite(html: &str, style: Style<'_>, seen: &mut dyn FnMut(&str)) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut copied = 0;
    each_address(html, &mut |start, stop| {
        out.push_str(&html[copied..start]);
        write(&html[start..stop], style, &mut out);
        copied = stop;
        seen(&html[start..stop]);
    });
    out.push_str(&html[copied..]);
    out
}

/// Calls `f` with the place of every address of the site in HTML.
fn each_address(html: &str, f: &mut dyn FnMut(usize, usize)) {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(open) = memchr(b'<', &bytes[at..]).map(|index| at + index) {
        at = open + 1;
        match bytes.get(at) {
            Some(b'!') if bytes[at..].starts_with(b"!--") => {
                at = memmem::find(&bytes[at..], b"-->").map_or(bytes.len(), |end| at + end + 3);
            }
            Some(byte) if byte.is_ascii_alphabetic() => {
                let end = tag(bytes, at, f);
                at = skip_raw_text(bytes, at, end);
            }
            _ => {}
        }
    }
}

/// Calls `f` with where in a tag the values stand that are addresses of the site; hands back where the tag's `>` is.
/// One inside a quoted value does not end it. Tags are short: a step a byte is quicker than to search.
fn tag(bytes: &[u8], from: usize, f: &mut dyn FnMut(usize, usize)) -> usize {
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return at,
            b'=' => {
                let equals = at;
                let (start, stop, next) = value(bytes, at + 1);
                let held = &bytes[start..stop];
                if held.starts_with(b"/") && !held.starts_with(b"//") {
                    if is_address_name(attribute_name(&bytes[from..equals])) {
                        f(start, stop);
                    }
                } else if let Some((start, stop)) = refresh(bytes, start, stop)
                    && attribute_name(&bytes[from..equals]).eq_ignore_ascii_case(b"content")
                {
                    f(start, stop);
                }
                at = next;
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

fn write(address: &str, style: Style<'_>, out: &mut String) {
    match style {
        Style::RelativeTo(page) => relative(page, address, out),
        Style::Below(base) => {
            out.push_str(base);
            out.push_str(&address[1..]);
        }
    }
}

/// The address in `content="0; url=/new/"` of a meta element.
fn refresh(bytes: &[u8], start: usize, stop: usize) -> Option<(usize, usize)> {
    if !bytes[start..stop].first()?.is_ascii_digit() {
        return None;
    }
    let at = start + memmem::find(&bytes[start..stop], b"; url=/")? + 6;
    (!bytes[at..stop].starts_with(b"//")).then_some((at, stop))
}

fn attribute_name(before: &[u8]) -> &[u8] {
    let trimmed = before.trim_ascii_end();
    let start = trimmed
        .iter()
        .rposition(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'/'))
        .map_or(0, |index| index + 1);
    &trimmed[start..]
}

fn is_address_name(name: &[u8]) -> bool {
    [&b"href"[..], b"src", b"action", b"poster", b"data", b"formaction"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// The bytes of the value that begins at `from`, without quotation marks, and where to go on.
fn value(bytes: &[u8], from: usize) -> (usize, usize, usize) {
    let start = from + bytes[from..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    match bytes.get(start) {
        Some(quote @ (b'"' | b'\'')) => {
            let stop = memchr(*quote, &bytes[start + 1..]).map_or(bytes.len(), |index| start + 1 + index);
            (start + 1, stop, (stop + 1).min(bytes.len()))
        }
        _ => {
            let ends = |b: &&u8| !b.is_ascii_whitespace() && **b != b'>';
            let stop = start + bytes[start..].iter().take_while(ends).count();
            (start, stop, stop)
        }
    }
}

/// What stands in a script or style element is no markup.
fn skip_raw_text(bytes: &[u8], after: usize, end: usize) -> usize {
    let next = (end + 1).min(bytes.len());
    if !matches!(bytes.get(after), Some(b's' | b'S')) {
        return next;
    }
    for (name, close) in [(&b"script"[..], &b"</script"[..]), (b"style", b"</style")] {
        if bytes[after..end].len() >= name.len() && bytes[after..after + name.len()].eq_ignore_ascii_case(name) {
            return memmem::find(&bytes[next..], close).map_or(bytes.len(), |index| next + index);
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expect: &str, links: &[&str]) {
        let mut seen = Vec::new();
        let out = rewrite(html, Style::RelativeTo("/a/b/"), &mut |address| seen.push(address.to_owned()));
        assert_eq!((out.as_str(), seen), (expect, links.iter().map(|link| (*link).to_owned()).collect()), "{html}");
    }

    #[test]
    fn addresses_of_the_site_become_relative() {
        check(r#"<a class="x" href="/a/c/">"#, r#"<a class="x" href="../c/">"#, &["/a/c/"]);
        check(r#"<img src='/a/b/x.png' alt="a > b">"#, r#"<img src='x.png' alt="a > b">"#, &["/a/b/x.png"]);
        check(r"<A HREF=/c/>x</A>", r"<A HREF=../../c/>x</A>", &["/c/"]);
        check(
            r#"<meta http-equiv="refresh" content="0; url=/a/c/">"#,
            r#"<meta http-equiv="refresh" content="0; url=../c/">"#,
            &["/a/c/"],
        );
    }

    #[test]
    fn fragments_are_put_together_for_each_page() {
        let mut seen = Vec::new();
        let row = Fragment::new(r#"<a href="/a/b/">x</a> <a href="/">home</a>"#, &mut |address| {
            seen.push(address.to_owned());
        });
        assert_eq!(seen, ["/a/b/", "/"]);
        let page = |style| fill(format!("<p>{}</p>", Fragment::placeholder(0)), style, &|_| Some(&row), "").0;
        assert_eq!(page(Style::RelativeTo("/c/d/")), r#"<p><a href="../../a/b/">x</a> <a href="../../">home</a></p>"#);
        assert_eq!(page(Style::RelativeTo("/")), r#"<p><a href="a/b/">x</a> <a href="./">home</a></p>"#);
        assert_eq!(page(Style::Below("/repo/")), r#"<p><a href="/repo/a/b/">x</a> <a href="/repo/">home</a></p>"#);
        assert_eq!(fill("<p>".into(), Style::Below("/"), &|_| None, ""), ("<p>".into(), None));
        let (filled, beside) = fill(format!("<p>{TEXT}</p>"), Style::Below("/"), &|_| None, "words");
        assert_eq!((filled.as_str(), beside), ("<p>words</p>", Some(format!("<p>{TEXT}</p>"))));
    }

    #[test]
    fn everything_else_stays() {
        for html in [
            r#"<a href="https://a.org/x/">"#,
            r#"<a href="//a.org/x/">"#,
            r##"<a href="#x">"##,
            r#"<p>href="/a/"</p>"#,
            r#"<!-- <a href="/a/"> -->"#,
            r#"<script>x = '<a href="/a/">'</script>"#,
            r#"<a title="href=/a/">"#,
            "<a href=",
            "<a href=\"",
            "<",
        ] {
            check(html, html, &[]);
        }
    }

    #[test]
    fn a_base_path_is_written_where_a_page_may_be_served_from_anywhere() {
        let out = rewrite(r#"<a href="/c/">"#, Style::Below("/repo/"), &mut |_| {});
        assert_eq!(out, r#"<a href="/repo/c/">"#);
    }
}
