//! The engine's errors as findings: at the line of the template, with the page that was being made.

use tera::{ErrorKind, ReportError};

use super::theme::Template;
use crate::diagnostic::{Diagnostic, Place, Spot};

/// An error of the engine as a finding. `page` is the file or address of the page that was being made.
pub fn fault(error: &tera::Error, templates: &[Template], page: Option<&str>) -> Diagnostic {
    let (place, fact, cure) = match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let (fact, cure) = fact_and_cure(report.message());
            (place(report, templates), format!("this template cannot be read: {fact}"), cure)
        }
        ErrorKind::RenderingError(report) => {
            let (fact, cure) = fact_and_cure(report.message());
            (place(report, templates), format!("this template cannot make a page: {fact}"), cure)
        }
        ErrorKind::MissingParent { current, parent } => {
            let cure = "extend a template that is there; `builtin/base.html` is the built-in frame of a page";
            (whole(current, templates), format!("this template extends `{parent}`, which is not there"), cure.to_owned())
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            let cure = "to extend the template that it takes the place of, name its layer: `builtin/report.html`";
            (whole(tpl, templates), "this template extends itself".to_owned(), cure.to_owned())
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            (whole(tpl, templates), "this template includes itself".to_owned(), "remove one of the includes".to_owned())
        }
        _ => return Diagnostic::general(in_full(error)).hint("see docs/themes.md for what a template may hold"),
    };
    let finding = Diagnostic::error(place, fact).hint(cure);
    match page {
        Some(page) => finding.also(Place::file(page), "while this page was made"),
        None => finding,
    }
}

/// The engine says what it knows instead behind a full stop, or not at all.
fn fact_and_cure(message: &str) -> (String, String) {
    let (fact, rest) = message.split_once(". ").unwrap_or((message.trim_end_matches('.'), ""));
    let cure = if rest.is_empty() { "see docs/themes.md for what a template may hold" } else { rest };
    (lowered(fact), lowered(cure))
}

fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + letters.as_str())
}

/// The engine's message with its causes.
fn in_full(error: &tera::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

fn place(report: &ReportError, templates: &[Template]) -> Place {
    let span = report.span();
    let Some(template) = find(report.filename(), templates) else { return Place::file(report.filename()) };
    match &template.file {
        Some(file) => Place::bytes(file, span.range.clone()),
        None => Place {
            file: built_in(template),
            spot: Spot::Quote {
                line: span.start_line as u32,
                column: span.start_col as u32 + 1,
                width: span.end_col.saturating_sub(span.start_col).max(1) as u32,
                text: template.text.lines().nth(span.start_line.saturating_sub(1)).unwrap_or_default().to_owned(),
            },
        },
    }
}

fn whole(name: &str, templates: &[Template]) -> Place {
    match find(name, templates) {
        Some(template) => Place::file(template.file.clone().unwrap_or_else(|| built_in(template))),
        None => Place::file(name),
    }
}

/// The template of a name: of its layer if it says one, of the highest that has it if not.
fn find<'t>(name: &str, templates: &'t [Template]) -> Option<&'t Template> {
    let exact = templates.iter().find(|template| template.name == name);
    exact.or_else(|| templates.iter().rev().find(|template| template.plain() == name))
}

fn built_in(template: &Template) -> String {
    format!("built-in {}", template.plain())
}
