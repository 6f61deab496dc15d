//! A theme: templates in layers, and files with fingerprinted names.
//!
//! A template is looked for in the site's own folder, then in the theme, then in the built-in layer. An override may
//! extend the template that it takes the place of by its layer: `{% extends "builtin/report.html" %}`.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use rustc_hash::FxHashSet;
use tera::{Context, Kwargs, State, Tera};
use xxhash_rust::xxh3::xxh3_64;

use super::fault::faults;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Findings, Place, nearest};
use crate::fs;
use crate::output::Output;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static THEMES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// Templates that pages are made with; a theme that lacks one takes the built-in.
const THEME: &str = "theme/";
const BUILTIN: &str = "builtin/";

/// Templates and files of the site's theme.
#[derive(Debug)]
pub struct Theme {
    /// The engine with all templates.
    pub tera: Tera,
    /// The templates as they are written, from the lowest layer to the highest.
    pub(super) templates: Vec<Template>,
    /// The theme's files, with their plain names.
    pub assets: Vec<Asset>,
}

/// A file of the theme.
#[derive(Debug)]
pub struct Asset {
    /// Its name in the theme: `site.css`.
    pub name: String,
    /// Where it is published: `/assets/site.0123456789ab.css`.
    pub address: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Theme {
    /// Loads the theme that the configuration names. Templates that cannot be compiled are told.
    pub fn load(root: &Path, config: &Config, findings: &mut Findings) -> Option<Theme> {
        let layers = Layers::read(root, config, findings)?;
        let mut tera = Tera::new();
        tera.register_filter("number", number);
        tera.set_fallback_prefixes([THEME, BUILTIN]).ok()?;
        if let Err(error) = tera.add_raw_templates(with_winners(&layers.templates)) {
            findings.extend(faults(&error, &layers.templates, None));
            return None;
        }
        let assets = layers
            .files
            .into_iter()
            .map(|(name, bytes)| Asset { address: fingerprinted(&name, &bytes), name, bytes })
            .collect();
        Some(Theme { tera, templates: layers.templates, assets })
    }

    /// Renders a template.
    pub fn render(&self, template: &str, context: &Context) -> Result<String, tera::Error> {
        self.tera.render(template, context)
    }

    /// The theme's files as outputs.
    pub fn outputs(&self) -> impl Iterator<Item = Output> + '_ {
        self.assets.iter().filter(|asset| asset.name != "scheme.js").map(|asset| Output {
            path: asset.address[1..].to_owned(),
            bytes: asset.bytes.clone(),
            producer: "theme file",
        })
    }
}

/// The filter `number`: a whole number with commas between its thousands.
fn number(n: u64, _: Kwargs, _: &State<'_>) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Adds each template under its plain name as well, from the highest layer that has it: the engine then finds it without
/// trying one layer after the other at every include of every page.
fn with_winners(templates: &[Template]) -> Vec<(String, String)> {
    let mut winners: BTreeMap<String, String> = BTreeMap::new();
    for template in templates {
        // Layers come from the lowest to the highest.
        winners.insert(template.plain().to_owned(), template.text.clone());
    }
    let taken: FxHashSet<&str> = templates.iter().map(|template| template.name.as_str()).collect();
    let own = templates.iter().map(|template| (template.name.clone(), template.text.clone()));
    own.chain(winners.into_iter().filter(|(name, _)| !taken.contains(name.as_str()))).collect()
}

/// What the binary carries: part of what an output depends on.
pub fn embedded_digest() -> u64 {
    let mut hashes = Vec::new();
    for dir in [&TEMPLATES, &THEMES] {
        each_file(dir, &mut |path, bytes| hashes.push((path.to_owned(), xxh3_64(bytes))));
    }
    hashes.sort();
    let all: Vec<u8> = hashes.iter().flat_map(|(path, hash)| path.bytes().chain(hash.to_le_bytes())).collect();
    xxh3_64(&all)
}

/// The names of the themes that the binary carries.
pub fn embedded_names() -> Vec<&'static str> {
    THEMES.dirs().filter_map(|dir| dir.path().to_str()).collect()
}

/// The sources of all templates: words that stand in them are public by the theme author's decision.
pub fn template_texts(root: &Path, config: &Config) -> Vec<String> {
    let layers = Layers::read(root, config, &mut Findings::default());
    layers.map(|layers| layers.templates.into_iter().map(|template| template.text).collect()).unwrap_or_default()
}

/// A template of some layer.
#[derive(Debug)]
pub(super) struct Template {
    /// The name that the engine knows it by: with the layer's prefix.
    pub name: String,
    /// Its source.
    pub text: String,
    /// Its path in the site's folder; none if the binary carries it.
    pub file: Option<String>,
}

impl Template {
    /// Its name without the layer.
    pub fn plain(&self) -> &str {
        self.name.strip_prefix(BUILTIN).or_else(|| self.name.strip_prefix(THEME)).unwrap_or(&self.name)
    }
}

struct Layers {
    templates: Vec<Template>,
    files: Vec<(String, Vec<u8>)>,
}

impl Layers {
    fn read(root: &Path, config: &Config, findings: &mut Findings) -> Option<Layers> {
        let mut layers = Layers { templates: Vec::new(), files: Vec::new() };
        each_file(&TEMPLATES, &mut |path, bytes| layers.template(BUILTIN, path, bytes));
        let folder = root.join("themes").join(&config.theme);
        if folder.is_dir() && !config.theme.contains(['/', '\\']) && !config.theme.starts_with('.') {
            layers.disk(root, &format!("themes/{}/templates", config.theme), THEME, findings);
            layers.disk_files(&folder.join("static"), findings);
        } else if let Some(dir) = THEMES.get_dir(&config.theme) {
            let inner = |name: &str| dir.get_dir(Path::new(&config.theme).join(name));
            let strip = |path: &str, name: &str| {
                path.strip_prefix(&format!("{}/{name}/", config.theme)).unwrap_or(path).to_owned()
            };
            inner("templates").into_iter().for_each(|dir| {
                each_file(dir, &mut |path, bytes| layers.template(THEME, &strip(path, "templates"), bytes));
            });
            inner("static").into_iter().for_each(|dir| {
                each_file(dir, &mut |path, bytes| layers.files.push((strip(path, "static"), bytes.to_vec())));
            });
        } else {
            let known = embedded_names();
            let hint = nearest(&config.theme, known.iter().copied()).map_or_else(
                || format!("themes that are shipped: {}; or a folder themes/{}", known.join(", "), config.theme),
                |near| format!("did you mean `{near}`?"),
            );
            findings.push(
                Diagnostic::error(
                    Place::value(crate::config::FILE, "theme"),
                    format!("there is no theme `{}`", config.theme),
                )
                .hint(hint),
            );
            return None;
        }
        if let Some(overrides) = &config.overrides {
            layers.disk(root, overrides, "", findings);
        }
        layers.files.sort();
        Some(layers)
    }

    fn template(&mut self, layer: &str, path: &str, bytes: &[u8]) {
        if let Ok(text) = std::str::from_utf8(bytes) {
            self.templates.push(Template { name: format!("{layer}{path}"), text: text.to_owned(), file: None });
        }
    }

    fn disk(&mut self, root: &Path, folder: &str, layer: &str, findings: &mut Findings) {
        for (path, bytes) in read_folder(&root.join(folder), findings) {
            let file = format!("{folder}/{path}");
            match String::from_utf8(bytes) {
                Ok(text) => self.templates.push(Template { name: format!("{layer}{path}"), text, file: Some(file) }),
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    findings.push(
                        Diagnostic::error(Place::bytes(file, at..at + 1), "this is not UTF-8 text")
                            .hint("save the file as UTF-8"),
                    );
                }
            }
        }
    }

    fn disk_files(&mut self, folder: &Path, findings: &mut Findings) {
        self.files.extend(read_folder(folder, findings));
    }
}

fn read_folder(folder: &Path, findings: &mut Findings) -> Vec<(String, Vec<u8>)> {
    if !folder.is_dir() {
        return Vec::new();
    }
    let mut read = Vec::new();
    match fs::walk(folder, &fs::Rules { hidden: false, skip: &|_, _| false }) {
        Ok((entries, _)) => {
            for entry in entries {
                match fs::read(&folder.join(&entry.path)) {
                    Ok(bytes) => read.push((entry.path, bytes)),
                    Err(error) => findings.push(Diagnostic::general(error.to_string())),
                }
            }
        }
        Err(error) => findings.push(Diagnostic::general(error.to_string())),
    }
    read
}

fn each_file<'d>(dir: &'d Dir<'d>, f: &mut dyn FnMut(&'d str, &'d [u8])) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            f(path, file.contents());
        }
    }
    dir.dirs().for_each(|dir| each_file(dir, f));
}

/// `site.css` to `/assets/site.0123456789ab.css`: a changed file has another address.
fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let print = format!("{:012x}", xxh3_64(bytes) >> 16);
    match name.rsplit_once('.') {
        Some((stem, end)) => format!("/assets/{stem}.{print}.{end}"),
        None => format!("/assets/{name}.{print}"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_are_parted_by_commas() {
        let context = tera::Context::new();
        for (n, expect) in [("0", "0"), ("999", "999"), ("1000", "1,000"), ("1234567", "1,234,567")] {
            let mut tera = tera::Tera::new();
            tera.register_filter("number", super::number);
            let made = tera.render_str(&format!("{{{{ {n} | number }}}}"), &context, false);
            assert_eq!(made.expect("rendered"), expect);
        }
    }
}
