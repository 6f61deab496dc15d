//! One answer, held against the file that was published.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Difference;
use super::client::Answer;

/// What to do where nothing comes.
pub const UNREACHABLE: &str = "see whether the address is right, and the host there";
const CACHED: &str = "if it was published just now, the host may still hand out what it kept: try again in ten minutes; else publish \
                      again, and compare with what was built for this address (`briefpress build --base-url URL`)";
const TYPES: &str = "let the host send the usual type for the ending of the file";

/// Less than this is not worth being made smaller.
const SMALL: usize = 2000;
/// Seconds for which a page may be kept: a correction should not take longer to be seen.
const LONG: u64 = 3600;

/// What is not as it should be. `leads` tells whether a page's relative address is that of a file.
pub fn judge(
    path: &str,
    address: &str,
    expected: &[u8],
    answer: &Answer,
    leads: &dyn Fn(&str) -> bool,
) -> Vec<Difference> {
    let differs = |fact: String, cure| Difference { address: address.to_owned(), fact, cure, harmless: false };
    match answer.status {
        200 => {}
        404 | 410 => return vec![differs("is missing".to_owned(), CACHED)],
        status @ 300..=399 => {
            let to = answer.location.as_deref().unwrap_or("nowhere");
            let fact = format!("leads to {to} (status {status}) and should be here");
            return vec![differs(fact, "verify that address, and write it as `url` in briefpress.yaml")];
        }
        status => return vec![differs(format!("is answered with status {status}"), UNREACHABLE)],
    }
    let mut found = Vec::new();
    if answer.bytes != expected {
        let fact = format!("differs: {} bytes came, {} were published", answer.bytes.len(), expected.len());
        found.push(differs(fact, CACHED));
    }
    found.extend(media(path, answer).map(|fact| differs(fact, TYPES)));
    found.extend(content(path, answer, leads).map(|fact| differs(fact, "publish the folder again, as it was built")));
    found.extend(manners(path, answer).map(|(fact, cure)| Difference { harmless: true, ..differs(fact, cure) }));
    found
}

fn ending(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default().rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// What is wrong with the media type.
fn media(path: &str, answer: &Answer) -> Option<String> {
    let media = answer.media.as_str();
    let fits = match ending(path) {
        "html" => media == "text/html",
        "css" => media == "text/css",
        "js" | "mjs" => matches!(media, "text/javascript" | "application/javascript"),
        "json" => media == "application/json" || media.ends_with("+json"),
        "xml" => matches!(media, "application/xml" | "text/xml") || media.ends_with("+xml"),
        "ics" => media == "text/calendar",
        "txt" => media == "text/plain",
        "svg" => media == "image/svg+xml",
        "png" | "jpg" | "jpeg" | "webp" | "gif" | "avif" => media.starts_with("image/"),
        "woff2" | "pdf" => media.contains(ending(path)),
        _ => true,
    };
    if !fits {
        let media = if media.is_empty() { "no type" } else { media };
        return Some(format!("comes as {media}"));
    }
    // A page says in its head how its letters are written; a plain text cannot.
    let silent = ending(path) == "txt" && !answer.bytes.is_ascii() && !answer.is_utf8;
    silent.then(|| "comes without `charset=utf-8`, and has letters that need it".to_owned())
}

/// What is wrong with what came, whatever was published.
fn content(path: &str, answer: &Answer, leads: &dyn Fn(&str) -> bool) -> Option<String> {
    let text = || String::from_utf8_lossy(&answer.bytes);
    match ending(path) {
        "html" => {
            let text = text();
            match refresh(&text) {
                Some(target) if !leads(target) => Some(format!("leads readers to {target}, which is not there")),
                None if !text.contains("http-equiv=\"Content-Security-Policy\"") => {
                    Some("has no content policy".to_owned())
                }
                Some(_) | None => None,
            }
        }
        "xml" => ill_formed(&answer.bytes).map(|fact| format!("is no XML: {fact}")),
        "json" => {
            serde_json::from_slice::<serde_json::Value>(&answer.bytes).err().map(|fact| format!("is no JSON: {fact}"))
        }
        _ => None,
    }
}

/// Where a page that has moved sends its readers; `None` for any other, and where that is another site.
fn refresh(html: &str) -> Option<&str> {
    let rest = html.split_once("<meta http-equiv=\"refresh\" content=\"0; url=")?.1;
    let target = rest.split('"').next()?;
    if target.contains("://") || target.starts_with('/') { None } else { Some(target) }
}

fn ill_formed(bytes: &[u8]) -> Option<String> {
    let mut reader = Reader::from_reader(bytes);
    let (mut buffer, mut depth, mut elements) = (Vec::new(), 0_usize, 0_usize);
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) if depth == 0 && elements > 0 => return None,
            Ok(Event::Eof) => return Some("it ends too early".to_owned()),
            Ok(Event::Start(_)) => (depth, elements) = (depth + 1, elements + 1),
            Ok(Event::Empty(_)) => elements += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(_) => {}
            Err(error) => return Some(error.to_string()),
        }
        buffer.clear();
    }
}

/// What works all the same, and could be better.
fn manners(path: &str, answer: &Answer) -> Option<(String, &'static str)> {
    let is_text = matches!(ending(path), "html" | "css" | "js" | "json" | "xml" | "svg");
    if is_text && answer.bytes.len() > SMALL && !answer.compressed {
        return Some(("comes uncompressed".to_owned(), "let the host compress texts: they are a quarter then"));
    }
    let age = answer.caching.split(',').find_map(|part| part.trim().strip_prefix("max-age=")?.parse::<u64>().ok());
    let kept = age.is_some_and(|age| age > LONG) || answer.caching.contains("immutable");
    (ending(path) == "html" && kept).then(|| {
        (
            format!("may be kept for long ({})", answer.caching),
            "let the host have pages asked for again after an hour at most",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_read_to_their_end() {
        assert_eq!(ill_formed(b"<?xml version=\"1.0\"?><a><b/>text</a>"), None);
        for bad in ["", "<a>", "<a></b>", "no"] {
            assert!(ill_formed(bad.as_bytes()).is_some(), "{bad}");
        }
    }

    #[test]
    fn pages_that_have_moved_are_known() {
        let html = "<head><meta http-equiv=\"refresh\" content=\"0; url=../b/\"></head>";
        assert_eq!(refresh(html), Some("../b/"));
        assert_eq!(refresh(&html.replace("../b/", "https://other.example/")), None);
        assert_eq!(refresh("<p>"), None);
    }
}
