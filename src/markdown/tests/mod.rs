//! One file of cases per area; each has a `check` that takes a text and what
//! is expected of it.

mod code;
mod comments;
mod extensions;
mod gate;
mod headings;
mod limits;
mod links;
mod notes;
mod pieces;
mod raw;
mod shortcodes;
mod spec;
mod words;

use super::*;

/// A host that leaves everything as written and knows no shortcodes.
struct AsWritten;

impl Host for AsWritten {
    fn link(&self, _: &str) -> Result<Link, Complaint> {
        Ok(Link::AsWritten)
    }

    fn image(&self, _: &str) -> Result<Image, Complaint> {
        Ok(Image::AsWritten)
    }

    fn shortcode(&self, name: &str, _: &[(String, Argument)], _: Option<&str>) -> Result<String, Complaint> {
        Err(Complaint::error(format!("no shortcode `{name}`")))
    }
}

/// A host with an answer for each case: links and images beginning with
/// `old/` move to `/new/`, `secret` is not released, `gone` is not there and
/// `late` is complained of; a shortcode shows what it was handed.
struct Site;

impl Host for Site {
    fn link(&self, destination: &str) -> Result<Link, Complaint> {
        match destination {
            "secret" => Ok(Link::PlainText),
            "gone" => Err(Complaint::error("no such page").hint("write it")),
            "late" => Err(Complaint::warning("a slow page")),
            _ => Ok(destination.strip_prefix("old/").map_or(Link::AsWritten, |rest| Link::To(format!("/new/{rest}")))),
        }
    }

    fn image(&self, destination: &str) -> Result<Image, Complaint> {
        match destination {
            "gone" => Err(Complaint::error("no such picture")),
            "late" => Err(Complaint::warning("a big picture")),
            "bare.svg" => Ok(Image::Local { src: "/bare.svg".into(), width: None, height: None }),
            _ => Ok(match destination.strip_prefix("old/") {
                Some(rest) => Image::Local { src: format!("/new/{rest}"), width: Some(80), height: Some(60) },
                None => Image::AsWritten,
            }),
        }
    }

    fn shortcode(&self, name: &str, arguments: &[(String, Argument)], body: Option<&str>) -> Result<String, Complaint> {
        if name == "gone" {
            return Err(Complaint::error("no shortcode `gone`"));
        }
        let words = arguments.iter().map(|(key, value)| match value {
            Argument::Text(text) => format!(" {key}=[{text}]"),
            Argument::Integer(n) => format!(" {key}=i{n}"),
            Argument::Number(n) => format!(" {key}=f{n}"),
            Argument::Flag(flag) => format!(" {key}={flag}"),
        });
        let html = format!("<x-{name}{}", words.collect::<Vec<_>>().concat());
        Ok(match body {
            Some(body) => format!("{html}>{body}</x-{name}>"),
            None => format!("{html}/>"),
        })
    }
}

/// All extensions, raw HTML allowed, code plain.
fn plain() -> Options {
    Options { html: RawHtml::Allow, highlight: false, ..Options::default() }
}

/// The problems as lines: the text they point at, and the message; warnings
/// begin with `~`.
fn problems(text: &str, rendered: &[Problem]) -> Vec<String> {
    let line = |Problem { at, complaint }: &Problem| {
        let mark = if complaint.warning { "~" } else { "" };
        format!("{mark}{}: {}", text[at.clone()].trim_end(), complaint.message)
    };
    rendered.iter().map(line).collect()
}

/// Renders for [`Site`]; the HTML must be this, and there must be no problem.
#[track_caller]
fn check_html(options: &Options, text: &str, expected: &str) {
    let rendered = render(text, options, &Site);
    assert_eq!(rendered.html.trim_end(), expected.trim_end(), "for {text:?}");
    assert_eq!(problems(text, &rendered.problems), Vec::<String>::new(), "for {text:?}");
}

/// Renders for [`Site`]; the problems must be these.
#[track_caller]
fn check_problems(options: &Options, text: &str, expected: &[&str]) {
    let rendered = render(text, options, &Site);
    assert_eq!(problems(text, &rendered.problems), expected, "for {text:?}");
}
