//! `briefpress theme`: which themes there are, taking templates over, and checking them.

use std::path::Path;

use clap::{Args, Subcommand};

use super::{Failed, print, tell_findings};
use crate::diagnostic::Findings;
use crate::render::theme::chain::{self, Found};
use crate::{config, source};

mod check;
mod eject;

const EXAMPLES: &str = "\
Examples:
  briefpress theme list
  briefpress theme eject                               the names of all templates
  briefpress theme eject report.html                   a copy of one, in templates/
  briefpress theme eject --into themes/mine            a theme of your own that builds upon the one in use
  briefpress theme eject --into themes/mine icon.svg   the same, with a file of its parent
  briefpress theme check                               everything that is wrong in templates";

/// Options of `briefpress theme`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the themes that a site may use
    List,
    /// Copy templates of the theme in use, to be changed
    Eject(eject::Arguments),
    /// Hold templates against what they may name
    Check(check::Arguments),
}

/// Does what is asked.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    match &arguments.action {
        Action::List => list(root),
        Action::Eject(arguments) => eject::run(root, arguments),
        Action::Check(arguments) => check::run(root, arguments),
    }
}

fn list(root: &Path) -> Result<(), Failed> {
    let mut findings = Findings::default();
    // Themes are listed where there is no site, too.
    let is_site = root.join(config::FILE).exists();
    let used = is_site.then(|| source::configuration(root, &mut findings)).flatten().map(|config| config.theme);
    for name in chain::names(root) {
        if let Some(found) = chain::find(root, &name, &mut findings) {
            print(&line(&found, used.as_deref() == Some(&name)));
        }
    }
    tell_findings(root, &findings.sorted(), false)
}

/// A theme in a line, and what it says of itself in another.
fn line(found: &Found, used: bool) -> String {
    let facts = [
        used.then(|| "in use".to_owned()),
        Some(if found.on_disk { format!("{}/{}", chain::FOLDER, found.name) } else { "shipped".to_owned() }),
        found.parent().map(|parent| format!("builds upon {parent}")),
        found.about.briefpress.as_ref().map(|wanted| format!("for briefpress {wanted}")),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let about = found.about.description.as_ref().map(|text| format!("    {text}\n")).unwrap_or_default();
    format!("{}  ({})\n{about}", found.name, facts.join(", "))
}
