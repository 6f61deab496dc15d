//! Addresses in pages and in `addresses.lock`: made relative, they lead where they led.

#![no_main]

use briefpress::check::links::{Style, rewrite};
use briefpress::diagnostic::Findings;
use briefpress::plan::Lock;
use briefpress::url::{BaseUrl, encode_path, relative};
use libfuzzer_sys::fuzz_target;

/// What a browser makes of a relative address.
fn joined(from: &str, to: &str) -> String {
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in to.split('/') {
        match step {
            ".." => _ = steps.pop(),
            "." => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fuzz_target!(|text: &str| {
    let _ = Lock::parse(text, &mut Findings::default());
    let _ = BaseUrl::parse(text);
    let mut links = 0;
    let page = rewrite(text, Style::RelativeTo("/a/b/"), &mut |_| links += 1);
    assert!(links > 0 || page == text, "changed without an address");
    let parts: Vec<&str> = text.split('\n').filter(|part| !part.contains("..") && !part.contains("//")).collect();
    if let [from, to, ..] = parts[..] {
        let plain = |part: &str| part.split('/').all(|step| step != "." && step != "..");
        if plain(from) && plain(to) {
            let (from, to) = (
                format!("/{}/", encode_path(from.trim_matches('/'))),
                format!("/{}", encode_path(to.trim_start_matches('/'))),
            );
            let (from, to) = (from.replace("//", "/"), to.replace("//", "/"));
            let mut written = String::new();
            relative(&from, &to, &mut written);
            assert_eq!(joined(&from, &written), to, "{from} to {to}: {written}");
        }
    }
});
