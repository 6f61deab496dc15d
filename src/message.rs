//! Findings in words: place, source excerpt, fact and cure.

use std::io::IsTerminal;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::locate::{Located, locate};

/// A finding whose places were looked up in the files.
#[derive(Debug)]
pub struct Message<'f> {
    finding: &'f Diagnostic,
    place: Option<Located>,
    also: Option<(Located, &'f str)>,
}

/// Looks up the places of all findings; they come out in the order of files and lines.
pub fn all<'f>(root: &Path, findings: &'f [Diagnostic]) -> Vec<Message<'f>> {
    let mut messages: Vec<Message<'f>> = findings
        .iter()
        .map(|finding| Message {
            finding,
            place: finding.place.as_ref().map(|place| locate(root, place)),
            also: finding.also.as_ref().map(|(place, what)| (locate(root, place), what.as_str())),
        })
        .collect();
    messages.sort_by(|a, b| a.order().cmp(&b.order()));
    messages
}

impl Message<'_> {
    /// The finding itself.
    pub fn finding(&self) -> &Diagnostic {
        self.finding
    }

    fn order(&self) -> Option<(&str, Option<usize>, usize)> {
        self.place.as_ref().map(|place| (place.file.as_str(), place.line, place.column))
    }

    /// For a reader, in colour if standard error is a terminal.
    pub fn text(&self) -> String {
        let coloured = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        self.render(if coloured { Renderer::styled() } else { Renderer::plain() })
    }

    /// For a reader, without colour.
    pub fn plain(&self) -> String {
        self.render(Renderer::plain())
    }

    fn render(&self, renderer: Renderer) -> String {
        let level = match self.finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = level.primary_title(&*self.finding.message).elements(Vec::<Element<'_>>::new());
        if let Some(place) = &self.place {
            group = with_place(group, place, None, AnnotationKind::Primary);
        }
        if let Some((place, what)) = &self.also {
            group = with_place(group, place, Some(what), AnnotationKind::Context);
        }
        if let Some(hint) = &self.finding.hint {
            group = group.element(Level::HELP.message(&**hint));
        }
        renderer.render(&[group]) + "\n\n"
    }

    /// For a program: severity, file, line, column, fact and cure.
    pub fn json(&self) -> Value {
        let place = |located: &Located| json!({ "file": located.file, "line": located.line, "column": located.line.map(|_| located.column) });
        json!({
            "severity": self.finding.severity.to_string(),
            "place": self.place.as_ref().map(place),
            "message": self.finding.message,
            "hint": self.finding.hint,
            "also": self.also.as_ref().map(|(located, what)| json!({ "what": what, "place": place(located) })),
        })
    }

    /// For GitHub, which shows it beside the line: a workflow command. `folder` is the site's in the repository.
    pub fn github(&self, folder: &Path) -> String {
        let mut properties = Vec::new();
        if let Some(place) = &self.place {
            properties.push(("file", folder.join(&place.file).display().to_string().replace('\\', "/")));
            properties.extend(place.line.map(|line| ("line", line.to_string())));
            properties.extend(place.line.map(|_| ("col", place.column.to_string())));
        }
        properties.push(("title", self.finding.message.clone()));
        let properties: Vec<String> =
            properties.into_iter().map(|(name, value)| format!("{name}={}", escaped(&value, &[':', ',']))).collect();
        let also = self.also.as_ref().map(|(place, what)| match place.line {
            Some(line) => format!("{what}: {}:{line}", place.file),
            None => format!("{what}: {}", place.file),
        });
        // GitHub shows nothing for a command without a message.
        let message =
            [also.as_deref(), self.finding.hint.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n");
        let message = if message.is_empty() { &self.finding.message } else { &message };
        format!("::{} {}::{}\n", self.finding.severity, properties.join(","), escaped(message, &[]))
    }
}

/// A text as a workflow command holds it: `%` and line ends everywhere, in properties `:` and `,` as well.
fn escaped(text: &str, also: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' | '\r' | '\n' => out += &format!("%{:02X}", c as u32),
            c if also.contains(&c) => out += &format!("%{:02X}", c as u32),
            c => out.push(c),
        }
    }
    out
}

fn with_place<'a>(group: Group<'a>, located: &'a Located, label: Option<&'a str>, kind: AnnotationKind) -> Group<'a> {
    match (&located.excerpt, located.line, label) {
        (Some(excerpt), Some(line), _) => {
            let annotation = kind.span(excerpt.mark.clone()).label(label);
            group.element(Snippet::source(&*excerpt.line).line_start(line).path(&*located.file).annotation(annotation))
        }
        (_, _, Some(label)) => group.element(Level::NOTE.message(format!("{label}: {}", located.file))),
        _ => group.element(Origin::path(&*located.file)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    /// The escapes are those of GitHub's own library for actions: `%25`, `%0D`, `%0A`, and `%3A`, `%2C` in properties.
    #[test]
    fn a_workflow_command_is_escaped() {
        let folder = tempfile::tempdir().expect("a folder");
        crate::fs::write(&folder.path().join("a.md"), b"---\ntitle: 100%\n---\n").expect("written");
        let finding = Diagnostic::error(Place::value("a.md", "title"), "50%: one, two")
            .hint("begin with:\n---")
            .also(Place::file("b.md"), "the other report");
        let findings = [finding, Diagnostic::general("the disk is full")];
        let told: Vec<String> =
            all(folder.path(), &findings).iter().map(|message| message.github(Path::new("site"))).collect();
        assert_eq!(
            told,
            [
                "::error title=the disk is full::the disk is full\n",
                "::error file=site/a.md,line=2,col=8,title=50%25%3A one%2C two::the other report: b.md%0Abegin with:%0A---\n",
            ]
        );
    }
}
