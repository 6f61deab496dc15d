//! The engine's errors as findings: the file and line that a template comes from, the fact, and the cure.

use tera::{Error, ErrorKind, ReportError, Tera};

use super::layers::{Layers, PARENT};
use super::nearest_path;
use super::syntax::{self, Token};
use crate::diagnostic::{Diagnostic, nearest};

/// What the engine says of a value that is not there.
const UNDEFINED: &str = "Tried to render a variable that is undefined";

/// The cure for what is found while one page is made.
const EVERYWHERE: &str = "`briefpress theme check` looks through all templates at once";
/// What it says before the names that are there, `variables: a, b` or `fields: a, b`.
const KNOWN_NAMES: &str = ". Available ";

/// Everything that keeps the templates from being compiled.
pub fn of_compiling(error: &Error, layers: &Layers) -> Vec<Diagnostic> {
    let mut found = match error.kind() {
        ErrorKind::SyntaxError(_) => syntax_errors(layers),
        ErrorKind::MissingParent { .. } => missing_parents(layers),
        ErrorKind::Msg(text) => reports(text).filter_map(|report| of_report(&report, layers)).collect(),
        _ => Vec::new(),
    };
    if found.is_empty() {
        found.push(Diagnostic::general(plain(error, layers)));
    }
    found
}

/// An error of rendering.
pub fn of_rendering(error: &Error, layers: &Layers) -> Diagnostic {
    let report = match error.kind() {
        ErrorKind::RenderingError(report) => origin(report.filename(), layers).map(|origin| (report, origin)),
        ErrorKind::TemplateNotFound(name) => {
            return Diagnostic::general(format!("there is no template `{name}`"))
                .maybe_hint(near_template(name, layers));
        }
        _ => None,
    };
    let Some((report, (index, path))) = report else {
        return Diagnostic::general(plain(error, layers));
    };
    let text = &layers.list[index].templates[path];
    let range = report.span().range.clone();
    let (message, names) = report.message().split_once(KNOWN_NAMES).unwrap_or((report.message(), ""));
    let names = names.split_once(": ").map_or("", |(_, names)| names);
    let message = message.trim_end_matches('.');
    let fact = match text.get(range.clone()) {
        Some(written) if message == UNDEFINED => format!("`{written}` is not defined"),
        _ => lower_first(message),
    };
    let near = message.split('`').nth(1).and_then(|name| nearest(name, names.split(", ")));
    Diagnostic::error(layers.place(index, path, range), fact)
        .hint(EVERYWHERE)
        .maybe_hint(near.map(|near| format!("did you mean `{near}`?")))
}

/// A fault with the pages that were being made: one template makes many.
pub fn while_made(mut fault: Diagnostic, pages: &[&str]) -> Diagnostic {
    fault.message += &match pages {
        [] => String::new(),
        [one] => format!(" (while {one} was made)"),
        [one, rest @ ..] => format!(" (while {one} and {} more were made)", rest.len()),
    };
    fault
}

/// A reference to a layer below in which no template has that name.
pub fn no_parent(layers: &Layers, index: usize, path: &str, reference: &Token<'_>) -> Diagnostic {
    let wanted = reference.text.strip_prefix(PARENT).unwrap_or(reference.text);
    let below = layers.list[index + 1..].iter().flat_map(|layer| layer.templates.keys().map(String::as_str));
    let near = nearest_path(wanted, below).map(|near| format!("did you mean `{PARENT}{near}`?"));
    let place = layers.place(index, path, reference.at.clone());
    Diagnostic::error(place, format!("no layer below has a template `{wanted}`"))
        .hint("`parent/` is for the template that this one takes the place of; name others without it")
        .maybe_hint(near)
}

/// The engine stops at the first template that it cannot read; each is tried on its own, so that all are told.
fn syntax_errors(layers: &Layers) -> Vec<Diagnostic> {
    let broken = layers.templates().filter_map(|(index, path, text)| {
        let error = Tera::new().add_raw_template(path, text).err()?;
        let ErrorKind::SyntaxError(report) = error.kind() else { return None };
        let place = layers.place(index, path, report.span().range.clone());
        let fact = format!("this template cannot be read: {}", lower_first(ReportError::message(report)));
        Some(
            Diagnostic::error(place, fact)
                .hint("mend what is marked; docs/content/pages/themes.md says where Tera's language is told"),
        )
    });
    broken.collect()
}

fn missing_parents(layers: &Layers) -> Vec<Diagnostic> {
    let mut missing = Vec::new();
    for (index, path, text) in layers.templates() {
        let unknown = syntax::references(text).into_iter().filter(|name| layers.resolve(index, name.text).is_none());
        missing.extend(unknown.map(|name| {
            let fact = format!("there is no template `{}`", name.text);
            Diagnostic::error(layers.place(index, path, name.at.clone()), fact)
                .hint("`{% extends \"parent/…\" %}` names the template that this one takes the place of")
                .maybe_hint(near_template(name.text, layers))
        }));
    }
    missing
}

/// A report in the engine's words: `error: …`, then `--> file:line:column`.
struct Report<'e> {
    message: &'e str,
    template: &'e str,
    line: usize,
    column: usize,
}

fn reports(text: &str) -> impl Iterator<Item = Report<'_>> {
    text.split("\n\n").filter_map(|part| {
        let mut lines = part.lines();
        let message = lines.next()?.strip_prefix("error: ")?;
        let mut place = lines.next()?.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
        let (column, line) = (place.next()?.parse().ok()?, place.next()?.parse().ok()?);
        Some(Report { message, template: place.next()?, line, column })
    })
}

fn of_report(report: &Report<'_>, layers: &Layers) -> Option<Diagnostic> {
    let (index, path) = origin(report.template, layers)?;
    let text = &layers.list[index].templates[path];
    let start: usize = text.split_inclusive('\n').take(report.line - 1).map(str::len).sum();
    let line = &text[start..];
    let from = start + line.char_indices().nth(report.column - 1).map_or(0, |(at, _)| at);
    let len = text[from..].find(|c: char| c.is_whitespace() || "|)}".contains(c)).unwrap_or(0);
    let hint = report.message.split('`').nth(1).and_then(|name| match report.message {
        message if message.starts_with("Unknown template") => near_template(name, layers),
        message if message.starts_with("Unknown component") => near_component(name, layers),
        _ => None,
    });
    let place = layers.place(index, path, from..from + len);
    Some(Diagnostic::error(place, lower_first(report.message)).maybe_hint(hint))
}

fn near_template(name: &str, layers: &Layers) -> Option<String> {
    let known: Vec<&str> = layers.templates().map(|(_, path, _)| path.as_str()).collect();
    nearest_path(name, known.into_iter()).map(|near| format!("did you mean `{near}`?"))
}

fn near_component(name: &str, layers: &Layers) -> Option<String> {
    let known: Vec<String> = layers.templates().flat_map(|(_, _, text)| syntax::components(text)).collect();
    nearest(name, known.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"))
}

/// The layer and path of a template by the engine's name for it.
fn origin<'n>(name: &'n str, layers: &Layers) -> Option<(usize, &'n str)> {
    let by_layer = (0..layers.list.len()).find_map(|index| {
        let path = name.strip_prefix(&super::layer_name(index))?;
        layers.list[index].templates.contains_key(path).then_some((index, path))
    });
    by_layer.or_else(|| layers.highest(name).map(|index| (index, name)))
}

/// An error in the engine's words, with the causes below it and the folders of layers in place of the engine's names.
fn plain(error: &Error, layers: &Layers) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text = format!("{text}\n{inner}");
        cause = inner.source();
    }
    for (index, layer) in layers.list.iter().enumerate() {
        text = text.replace(&super::layer_name(index), &format!("{}/", layer.folder));
    }
    text.trim_end().to_owned()
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
