//! `briefpress theme check`.

use std::path::Path;

use clap::Args;
use serde_json::json;

use crate::commands::{Failed, Format, counted, print, tell, tell_github};
use crate::diagnostic::{Diagnostic, Findings};
use crate::message;
use crate::render::inspect::inspect;
use crate::render::theme::chain;
use crate::render::{Choice, Theme};
use crate::source;

/// Options of `briefpress theme check`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// A theme on its own; the one in use with the site's templates if not given
    name: Option<String>,
    /// How findings are told
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// Checks and tells; fails if anything is wrong.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let mut findings = Findings::default();
    let theme = look(root, arguments.name.as_deref(), &mut findings);
    let findings = findings.sorted();
    match Format::or_usual(arguments.format) {
        Format::Json => {
            let all: Vec<_> = message::all(root, &findings).iter().map(message::Message::json).collect();
            print(&format!("{:#}\n", json!({ "findings": all })));
        }
        Format::Github => _ = tell_github(root, &findings),
        Format::Text => tell_all(root, &findings, theme.as_ref()),
    }
    if findings.is_empty() { Ok(()) } else { Err(Failed) }
}

fn tell_all(root: &Path, findings: &[Diagnostic], theme: Option<&Theme>) {
    message::all(root, findings).iter().for_each(|message| tell(&message.text()));
    let Some(theme) = theme.filter(|_| findings.is_empty()) else {
        return tell(&format!("{}\n", counted(findings.len(), "problem")));
    };
    let layers = theme.layers.list.iter().filter(|layer| !layer.templates.is_empty());
    let layers = layers.map(|layer| format!("{} from {}", layer.templates.len(), layer.label()));
    print(&format!("Nothing is wrong. Templates: {}.\n", layers.collect::<Vec<_>>().join(", ")));
}

fn look(root: &Path, name: Option<&str>, findings: &mut Findings) -> Option<Theme> {
    let Some(name) = name else {
        let config = source::configuration(root, findings)?;
        return examine(root, &Choice::of(&config), &named_by_pages(root), findings);
    };
    examine(root, &Choice { theme: name, overrides: None, asked: None }, &[], findings)
}

fn examine(root: &Path, choice: &Choice<'_>, named: &[String], findings: &mut Findings) -> Option<Theme> {
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    let theme = Theme::load(root, choice, findings)?;
    findings.extend(theme.layers.unused(&named));
    theme.layers.themes.iter().for_each(|found| findings.extend(chain::strays(root, found)));
    inspect(&theme, &named, findings);
    Some(theme)
}

/// The templates that plain pages ask for. What is wrong with the pages themselves is for `briefpress build` to tell.
fn named_by_pages(root: &Path) -> Vec<String> {
    let mut ignored = Findings::default();
    let listing = source::list(root, &mut ignored);
    let sources = source::load(root, &listing, None, &mut ignored);
    sources.into_iter().flat_map(|sources| sources.pages).filter_map(|page| page.front.template.clone()).collect()
}
