//! A report's text: rendered with links, cut into teaser and rest, taken apart for the leak check.

#![no_main]

use briefpress::markdown::{self, Argument, Complaint, Host, Image, Link, Options};
use libfuzzer_sys::fuzz_target;

struct Nowhere;

impl Host for Nowhere {
    fn link(&self, destination: &str) -> Result<Link, Complaint> {
        match destination.len() % 3 {
            0 => Ok(Link::To("/a/".to_owned())),
            1 => Ok(Link::AsWritten),
            _ => Err(Complaint::error("nowhere")),
        }
    }

    fn image(&self, destination: &str) -> Result<Image, Complaint> {
        match destination.len() % 2 {
            0 => Ok(Image::Local { src: "/a.png".to_owned(), width: Some(1), height: None }),
            _ => Err(Complaint::error("nowhere")),
        }
    }

    fn shortcode(&self, name: &str, _: &[(String, Argument)], body: Option<&str>) -> Result<String, Complaint> {
        Ok(format!("<div>{name}{}</div>", body.unwrap_or_default()))
    }
}

fuzz_target!(|text: &str| {
    let options = Options::default();
    let rendered = markdown::render(text, &options, &Nowhere);
    for problem in &rendered.problems {
        assert!(problem.at.start <= problem.at.end && problem.at.end <= text.len(), "{problem:?}");
    }
    assert!(!rendered.html.contains("<!--"), "a comment reached the page");
    let html = rendered.html.to_ascii_lowercase();
    let tags = html.split("<a ").skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    let runs = tags.into_iter().any(|tag| tag.contains("href=\"javascript:"));
    assert!(!html.contains("<script") && !runs, "{}", rendered.html);
    if let Some(cut) = markdown::teaser_end(text) {
        assert!(cut.start <= cut.end && cut.end <= text.len());
        let _ = markdown::behind_the_gate(&text[..cut.start], &text[cut.end..], &options);
    }
    let _ = markdown::pieces(text, &options);
    let _ = markdown::first_paragraph(text, &options, 240);
});
