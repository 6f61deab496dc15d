//! A theme: templates in layers, and files with fingerprinted names.
//!
//! A template is looked for in the site's own folder, then in the theme and its parents, then in the built-in layer. One
//! that takes the place of another may extend or include it as `parent/`: `{% extends "parent/report.html" %}`.

use std::path::Path;
use std::sync::Arc;

use tera::Tera;
use xxhash_rust::xxh3::xxh3_64;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Findings, nearest};
use crate::locale::Locales;

pub mod chain;
mod fault;
pub mod layers;
mod script;
pub mod speech;
pub mod syntax;

pub use fault::while_made;
use layers::{Choice, Layers, PARENT, each_embedded};

/// Templates and files of the site's theme.
#[derive(Debug)]
pub struct Theme {
    /// The engine with all templates.
    pub tera: Tera,
    /// The theme's files, with their plain names.
    pub assets: Vec<Asset>,
    /// Where the templates come from.
    pub layers: Layers,
    /// The words of the interface.
    pub locales: Locales,
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
    /// Loads a theme. What is wrong with its `theme.yaml` and templates that cannot be compiled are told.
    pub fn load(root: &Path, choice: &Choice<'_>, findings: &mut Findings) -> Option<Theme> {
        let layers = Layers::read(root, choice, findings)?;
        let mut tera = Tera::new();
        let locales = layers.locales();
        speech::teach(&mut tera, &Arc::new(locales.locale("en")?));
        tera.set_fallback_prefixes((0..layers.list.len()).map(layer_name)).ok()?;
        let templates = named(&layers).map_err(|problems| findings.extend(problems)).ok()?;
        if let Err(error) = tera.add_raw_templates(templates) {
            findings.extend(fault::of_compiling(&error, &layers));
            return None;
        }
        let asset = |(name, bytes): (String, Vec<u8>)| {
            let is_code = name.ends_with(".js") || name.ends_with(".css");
            let bytes = if is_code { script::published(&bytes) } else { bytes };
            Asset { address: fingerprinted(&name, &bytes), name, bytes }
        };
        Some(Theme { assets: layers.files().into_iter().map(asset).collect(), tera, layers, locales })
    }

    /// An error of rendering as a finding.
    pub fn fault(&self, error: &tera::Error) -> Diagnostic {
        fault::of_rendering(error, &self.layers)
    }

    /// The theme's files that are published; one stands in the pages themselves.
    pub fn published(&self) -> impl Iterator<Item = &Asset> {
        self.assets.iter().filter(|asset| asset.name != "scheme.js")
    }
}

/// The prefix of a layer's templates in the engine. It is as long as `parent/`, which it takes the place of, so that the
/// engine tells places as they are in the file; the longest chain has ten layers.
fn layer_name(index: usize) -> String {
    format!("layer{index}/")
}

/// All templates under the names by which the engine knows them, or the references to layers below that have no such
/// template.
///
/// A template stands under its layer's name, and the highest one under its plain name as well: the engine then finds it
/// without trying one layer after the other at every include of every page. Not so if it declares components: the engine
/// tells by the layer's name whose component goes before.
fn named(layers: &Layers) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
    let (mut named, mut problems) = (Vec::new(), Vec::new());
    for (index, path, text) in layers.templates() {
        let text = with_layers(layers, index, path, text, &mut problems);
        if layers.highest(path) == Some(index) && syntax::components(&text).is_empty() {
            named.push((path.clone(), text.clone()));
        }
        named.push((layer_name(index) + path, text));
    }
    if problems.is_empty() { Ok(named) } else { Err(problems) }
}

/// A template's text with the name of a layer in each reference to the layer below.
fn with_layers(layers: &Layers, index: usize, path: &str, text: &str, problems: &mut Vec<Diagnostic>) -> String {
    let mut out = text.to_owned();
    for reference in syntax::references(text) {
        let Some(wanted) = reference.text.strip_prefix(PARENT) else { continue };
        match layers.below(wanted, index + 1) {
            Some(below) => {
                let start = reference.at.start;
                out.replace_range(start..start + PARENT.len(), &layer_name(below));
            }
            None => problems.push(fault::no_parent(layers, index, path, &reference)),
        }
    }
    out
}

/// The template of one of these paths that is most likely meant: one of the same name in another folder or
/// with another ending, or one that is
/// written nearly alike.
pub fn nearest_path<'a>(path: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let file = |path: &str| path.rsplit('/').next().unwrap_or_default().trim_end_matches(".html").to_owned();
    known.clone().find(|candidate| *candidate != path && file(candidate) == file(path)).or_else(|| nearest(path, known))
}

/// What the binary carries: part of what an output depends on.
pub fn embedded_digest() -> u64 {
    let mut hashes = Vec::new();
    each_embedded(&mut |path, bytes| hashes.push((path, xxh3_64(bytes))));
    hashes.sort_unstable();
    let all: Vec<u8> = hashes.iter().flat_map(|(path, hash)| path.bytes().chain(hash.to_le_bytes())).collect();
    xxh3_64(&all)
}

/// The sources of all templates: words that stand in them are public by the theme author's decision.
pub fn template_texts(root: &Path, config: &Config) -> Vec<String> {
    let layers = Layers::read(root, &Choice::of(config), &mut Findings::default());
    layers.map(|layers| layers.templates().map(|(_, _, text)| text.clone()).collect()).unwrap_or_default()
}

/// `site.css` to `/assets/site.0123456789ab.css`: a changed file has another address.
fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let print = format!("{:012x}", xxh3_64(bytes) >> 16);
    match name.rsplit_once('.') {
        Some((stem, end)) => format!("/assets/{stem}.{print}.{end}"),
        None => format!("/assets/{name}.{print}"),
    }
}
