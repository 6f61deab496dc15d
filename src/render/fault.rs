//! The engine's errors as findings: at the line of the template, with the page that was being made.

use tera::{ErrorKind, ReportError};

use super::theme::Template;
use crate::diagnostic::{Diagnostic, Place, Spot};

/// An error of the engine as findings. `page` is the file or address of the page that was being made.
pub fn faults(error: &tera::Error, templates: &[Template], page: Option<&str>) -> Vec<Diagnostic> {
    if let ErrorKind::Msg(text) = error.kind() {
        let reports = in_words(text, templates);
        if !reports.is_empty() {
            return reports;
        }
    }
    vec![fault(error, templates, page)]
}

fn fault(error: &tera::Error, templates: &[Template], page: Option<&str>) -> Diagnostic {
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
            (
                whole(current, templates),
                format!("this template extends `{parent}`, which is not there"),
                cure.to_owned(),
            )
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            let cure = "to extend the template that it takes the place of, name its layer: `builtin/report.html`";
            (whole(tpl, templates), "this template extends itself".to_owned(), cure.to_owned())
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            (whole(tpl, templates), "this template includes itself".to_owned(), "remove one of the includes".to_owned())
        }
        _ => {
            return Diagnostic::general(in_full(error))
                .hint("the documentation of themes and of Tera says what a template may hold");
        }
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
    let cure =
        if rest.is_empty() { "the documentation of themes and of Tera says what a template may hold" } else { rest };
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

/// Names that the engine does not know are told when all templates are there, many in one text: each as
/// `error: …`, `--> template:line:column`, the line and its marks.
fn in_words(text: &str, templates: &[Template]) -> Vec<Diagnostic> {
    let lines: Vec<&str> = text.lines().collect();
    let told = lines.windows(2).filter_map(|pair| {
        let (_, fact) = pair[0].split_once("error: ")?;
        let mut parts = pair[1].trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
        let (column, line, name) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
        let place = find(name, templates).map_or_else(|| Place::file(name), |template| at(template, line, column, 1));
        let (fact, cure) = fact_and_cure(fact);
        Some(Diagnostic::error(place, format!("this template cannot be read: {fact}")).hint(cure))
    });
    told.collect()
}

fn place(report: &ReportError, templates: &[Template]) -> Place {
    let span = report.span();
    let width = if span.end_line == span.start_line { span.end_col.saturating_sub(span.start_col) } else { 1 };
    match find(report.filename(), templates) {
        Some(template) => at(template, span.start_line, span.start_col + 1, width.max(1)),
        None => Place::file(report.filename()),
    }
}

/// Characters of a template, by line and column from 1.
fn at(template: &Template, line: usize, column: usize, width: usize) -> Place {
    let before: usize = template.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let text = template.text[before..].lines().next().unwrap_or_default();
    let byte = |characters: usize| text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    match &template.file {
        Some(file) => Place::bytes(file, before + byte(column - 1)..before + byte(column - 1 + width)),
        None => {
            let (line, column, width) = (line as u32, column as u32, width as u32);
            Place { file: built_in(template), spot: Spot::Quote { line, column, width, text: text.to_owned() } }
        }
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
