//! `briefpress theme eject`: copies of templates and files, to be changed.

use std::collections::BTreeSet;
use std::path::Path;

use clap::Args;

use crate::commands::{Failed, fail, print, tell, tell_findings};
use crate::config::Config;
use crate::diagnostic::{Findings, nearest};
use crate::render::Choice;
use crate::render::theme::layers::{Layers, PARENT};
use crate::render::theme::{chain, nearest_path};
use crate::{fs, source};

const STARTER: &str = "\
/* These rules go to the end of the parent's site.css. Its custom properties hold colours and fonts: --accent, --paper,
   --ink, --soft, --rule, --serif, --sans. */
";

/// Options of `briefpress theme eject`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Templates (`report.html`), words (`locales/es.ftl`) or static files (`site.css`); listed if none is given
    files: Vec<String>,
    /// All templates
    #[arg(long)]
    all: bool,
    /// A theme of your own: `themes/NAME`. It is begun if it is not there
    #[arg(long, value_name = "THEME")]
    into: Option<String>,
    /// Overwrite what is there
    #[arg(long)]
    force: bool,
}

/// A file to be written.
struct Copy {
    /// Below the site's folder.
    to: String,
    bytes: Vec<u8>,
    /// Where it comes from, and what is to be known of it.
    note: String,
    /// Whether it begins a theme: it is left as it is without a word.
    begins: bool,
}

/// Writes the copies, or tells why not.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let mut findings = Findings::default();
    let config = source::configuration(root, &mut findings);
    let layers = config.as_ref().and_then(|config| {
        let choice = Choice { overrides: None, ..Choice::of(config) };
        Layers::read(root, &choice, &mut findings)
    });
    tell_findings(root, &findings.sorted(), false)?;
    let (Some(config), Some(mut layers)) = (config, layers) else { return Err(Failed) };
    if arguments.into.as_deref().is_some_and(|into| theme_name(into) == config.theme) {
        // What the theme in use takes in comes from below it.
        layers.list.remove(0);
    }
    if arguments.files.is_empty() && !arguments.all && arguments.into.is_none() {
        print(&names(&layers));
        return Ok(());
    }
    let copies = plan(root, arguments, &config, &layers).or_else(fail)?;
    let left = write(root, &copies, arguments.force)?;
    if let Some(name) = arguments.into.as_deref().map(theme_name).filter(|name| *name != config.theme) {
        print(&format!("Next: theme: {name} in briefpress.yaml, then briefpress theme check\n"));
    }
    if left { Err(Failed) } else { Ok(()) }
}

/// All templates and static files, with the folders that they come from.
fn names(layers: &Layers) -> String {
    let highest = layers.templates().filter(|(index, path, _)| layers.highest(path) == Some(*index));
    let mut templates: Vec<String> =
        highest.map(|(index, path, _)| format!("{path}  ({})\n", layers.list[index].label())).collect();
    templates.sort_unstable();
    let files: Vec<String> = layers.files().into_keys().collect();
    let words: BTreeSet<&str> = layers.list.iter().flat_map(|layer| layer.words.keys().map(String::as_str)).collect();
    let words: Vec<&str> = words.into_iter().collect();
    format!("{}\nStatic files: {}\nWords: {}\n", templates.concat(), files.join(", "), words.join(", "))
}

fn theme_name(into: &str) -> &str {
    let into = into.trim_end_matches('/');
    into.strip_prefix("themes/").unwrap_or(into)
}

/// What is to be written where; nothing if a name is wrong.
fn plan(root: &Path, arguments: &Arguments, config: &Config, layers: &Layers) -> Result<Vec<Copy>, String> {
    let theme = arguments.into.as_deref().map(theme_name);
    let mut copies = match theme {
        Some(name) => begin_theme(root, name, &config.theme)?,
        None => Vec::new(),
    };
    let folder = match theme {
        Some(name) => format!("{}/{name}/templates", chain::FOLDER),
        None => config
            .overrides
            .clone()
            .ok_or("the configuration says `overrides: none`; take that out, or begin a theme: --into themes/NAME")?,
    };
    let all = if arguments.all { layers.templates().map(|(_, path, _)| path.clone()).collect() } else { Vec::new() };
    let mut wrong = Vec::new();
    for name in arguments.files.iter().chain(&all) {
        match copy(name, theme, &folder, layers) {
            Ok(copy) if copies.iter().any(|known| known.to == copy.to) => {}
            Ok(copy) => copies.push(copy),
            Err(fact) => wrong.push(fact),
        }
    }
    if wrong.is_empty() { Ok(copies) } else { Err(wrong.join("\nerror: ")) }
}

fn copy(name: &str, theme: Option<&str>, folder: &str, layers: &Layers) -> Result<Copy, String> {
    if let Some(index) = layers.highest(name) {
        let text = &layers.list[index].templates[name];
        let extends = if text.contains(&format!("\"{PARENT}")) {
            "; what it calls parent/ is now the template that it is a copy of"
        } else {
            ""
        };
        let note = format!("from {}{extends}", layers.list[index].label());
        return Ok(Copy { to: format!("{folder}/{name}"), bytes: text.clone().into_bytes(), note, begins: false });
    }
    if let Some((layer, text)) = layers.list.iter().find_map(|layer| Some((layer, layer.words.get(name)?))) {
        let note = format!("from {}; keep the words that change", layer.label());
        return Ok(Copy { to: format!("{folder}/{name}"), bytes: text.clone().into_bytes(), note, begins: false });
    }
    match (layers.files().remove(name), theme) {
        (Some(bytes), Some(theme)) => {
            let to = format!("{}/{theme}/static/{name}", chain::FOLDER);
            Ok(Copy { to, bytes, note: "a static file of its parents".to_owned(), begins: false })
        }
        (Some(_), None) => Err(format!(
            "{name} is a static file: only a theme has such; begin one: briefpress theme eject --into themes/NAME {name}"
        )),
        (None, _) => Err(unknown(name, layers)),
    }
}

fn unknown(name: &str, layers: &Layers) -> String {
    let files = layers.files();
    let words = layers.list.iter().flat_map(|layer| layer.words.keys());
    let words: Vec<&str> = words.map(String::as_str).collect();
    let templates = || layers.templates().map(|(_, path, _)| path.as_str()).chain(words.iter().copied());
    let near = nearest_path(name, templates()).or_else(|| nearest(name, files.keys().map(String::as_str)));
    let cure = near.map_or_else(
        || "`briefpress theme eject` lists the names".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    format!("there is no template or static file `{name}`: {cure}")
}

/// The files that make a folder a theme.
fn begin_theme(root: &Path, name: &str, parent: &str) -> Result<Vec<Copy>, String> {
    if !chain::is_plain(name) {
        return Err(format!("--into {name}: a theme is a folder in themes/, say --into themes/mine"));
    }
    let folder = format!("{}/{name}", chain::FOLDER);
    if root.join(&folder).is_dir() {
        return Ok(Vec::new());
    }
    if chain::names(root).iter().any(|known| known == name) {
        return Err(format!("--into {name}: a theme of that name is shipped with briefpress; choose another"));
    }
    let version: Vec<&str> = env!("CARGO_PKG_VERSION").split('.').take(2).collect();
    let about = format!("name: {name}\nbriefpress: \"{}\"\nparent: {parent}\n", version.join("."));
    let file = |path: &str, text: String| Copy {
        to: format!("{folder}/{path}"),
        bytes: text.into_bytes(),
        note: "begins the theme".to_owned(),
        begins: true,
    };
    Ok(vec![file(chain::FILE, about), file("static/theme.css", STARTER.to_owned())])
}

/// Writes; tells what was written and what was there. Gives whether something was left as it was.
fn write(root: &Path, copies: &[Copy], force: bool) -> Result<bool, Failed> {
    let mut left = false;
    for copy in copies {
        let path = root.join(&copy.to);
        if path.exists() && (copy.begins || !force) {
            if !copy.begins {
                left = true;
                tell(&format!("left as it is: {} is there already; --force overwrites it\n", copy.to));
            }
            continue;
        }
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, &copy.bytes));
        written.or_else(fail)?;
        print(&format!("{}  ({})\n", copy.to, copy.note));
    }
    Ok(left)
}
