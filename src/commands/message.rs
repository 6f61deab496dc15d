//! Findings in words: place, source excerpt, fact and cure.

use std::io::IsTerminal;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::locate::{Located, locate, locate_place};

/// A finding for a reader, in colour if standard error is a terminal.
pub fn text(root: &Path, finding: &Diagnostic) -> String {
    let coloured = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    render(root, finding, if coloured { Renderer::styled() } else { Renderer::plain() })
}

/// A finding for a reader, without colour.
pub fn plain(root: &Path, finding: &Diagnostic) -> String {
    render(root, finding, Renderer::plain())
}

fn render(root: &Path, finding: &Diagnostic, renderer: Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let located = locate(root, finding);
    let also = finding.also.as_ref().map(|(place, what)| (locate_place(root, place), what));
    let mut group = level.primary_title(&*finding.message).elements(Vec::<annotate_snippets::Element<'_>>::new());
    if let Some(located) = &located {
        group = with_place(group, located, None, AnnotationKind::Primary);
    }
    if let Some((located, what)) = &also {
        group = with_place(group, located, Some(what), AnnotationKind::Context);
    }
    if let Some(hint) = &finding.hint {
        group = group.element(Level::HELP.message(&**hint));
    }
    let mut text = renderer.render(&[group]).clone();
    text.push_str("\n\n");
    text
}

fn with_place<'a>(group: Group<'a>, located: &'a Located, label: Option<&'a str>, kind: AnnotationKind) -> Group<'a> {
    match (&located.excerpt, located.line) {
        (Some(excerpt), Some(line)) => {
            let annotation = kind.span(excerpt.mark.clone()).label(label);
            group.element(Snippet::source(&*excerpt.line).line_start(line).path(&*located.file).annotation(annotation))
        }
        _ => group.element(Origin::path(&*located.file)),
    }
}

/// A finding for a program: severity, file, line, column, fact and cure.
pub fn json(root: &Path, finding: &Diagnostic) -> Value {
    let place = |located: Option<Located>| {
        located.map(|located| json!({ "file": located.file, "line": located.line, "column": located.line.map(|_| located.column) }))
    };
    json!({
        "severity": finding.severity.to_string(),
        "place": place(locate(root, finding)),
        "message": finding.message,
        "hint": finding.hint,
        "also": finding.also.as_ref().map(|(also, what)| json!({ "what": what, "place": place(Some(locate_place(root, also))) })),
    })
}
