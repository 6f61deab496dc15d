//! What servers tell browsers that a file is.

/// The media type of a path, with the encoding of texts.
pub(super) fn content_type(path: &str) -> String {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let kind = match name {
        "feed.json" => "application/feed+json".to_owned(),
        "feed.xml" => "application/atom+xml".to_owned(),
        _ => mime_guess::from_path(path).first_or_octet_stream().essence_str().to_owned(),
    };
    let is_text = kind.starts_with("text/") || kind.ends_with("xml") || kind == "application/javascript";
    if is_text && kind != "image/svg+xml" { kind + "; charset=utf-8" } else { kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_an_encoding() {
        assert_eq!(content_type("a/index.html"), "text/html; charset=utf-8");
        assert_eq!(content_type("feed.xml"), "application/atom+xml; charset=utf-8");
        assert_eq!(content_type("assets/a.js"), "text/javascript; charset=utf-8");
        assert_eq!(content_type("a/b.png"), "image/png");
        assert_eq!(content_type("search/t/7e5bca8f.bin"), "application/octet-stream");
    }
}
