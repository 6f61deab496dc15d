//! The layers of a site's look, the highest first: the site's own templates, the theme, its parents, the built-in.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::chain::{self, Found, SHIPPED};
use super::syntax;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::fs;
use crate::locale::{self, Locales};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// What a template writes for the layer below: `{% extends "parent/report.html" %}`.
pub const PARENT: &str = "parent/";
/// The style sheet that takes in the additions of all layers, and the file that holds those of one.
const SHEET: &str = "site.css";
const ADDITIONS: &str = "theme.css";
/// How the name of a file of words ends.
const WORDS: &str = ".ftl";

/// The templates of a place, with the files that come with them.
#[derive(Debug)]
pub struct Layer {
    /// Where the templates stand: `templates`, `themes/mine/templates`.
    pub folder: String,
    /// Whether that is a folder of the site, and not inside the binary.
    pub on_disk: bool,
    /// Templates by their paths below the folder.
    pub templates: BTreeMap<String, String>,
    /// Words of languages by their paths: `locales/es.ftl`.
    pub words: BTreeMap<String, String>,
    /// Static files by their paths.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// All layers, the highest first.
#[derive(Debug)]
pub struct Layers {
    /// The layers; the built-in is the last.
    pub list: Vec<Layer>,
    /// The theme and its parents.
    pub themes: Vec<Found>,
}

/// Which look is asked for.
#[derive(Debug, Clone)]
pub struct Choice<'a> {
    /// The theme's name.
    pub theme: &'a str,
    /// The folder with the site's own templates.
    pub overrides: Option<&'a str>,
    /// Where the theme is named, if in a file.
    pub asked: Option<Place>,
}

impl<'a> Choice<'a> {
    /// What a site's configuration asks for.
    pub fn of(config: &'a Config) -> Choice<'a> {
        Choice {
            theme: &config.theme,
            overrides: config.overrides.as_deref(),
            asked: Some(Place::value(config::FILE, "theme")),
        }
    }
}

impl Layers {
    /// Reads them. None if a theme is missing or the chain does not end.
    pub fn read(root: &Path, choice: &Choice<'_>, findings: &mut Findings) -> Option<Layers> {
        let themes = chain::chain(root, choice.theme, choice.asked.clone(), findings)?;
        let own = choice.overrides.map(|folder| Layer::on_disk(root, folder.to_owned(), None, findings));
        let below = themes.iter().map(|theme| Layer::of_theme(root, theme, findings));
        let list = own.into_iter().chain(below).chain([Layer::built_in()]).collect();
        Some(Layers { list, themes })
    }

    /// The number of the highest layer that has a template.
    pub fn highest(&self, path: &str) -> Option<usize> {
        self.below(path, 0)
    }

    /// The number of the highest layer that has a template, from some layer on.
    pub fn below(&self, path: &str, from: usize) -> Option<usize> {
        (from..self.list.len()).find(|index| self.list[*index].templates.contains_key(path))
    }

    /// All templates with the numbers of their layers, the highest first.
    pub fn templates(&self) -> impl Iterator<Item = (usize, &String, &String)> + Clone {
        let layers = self.list.iter().enumerate();
        layers.flat_map(|(index, layer)| layer.templates.iter().map(move |(path, text)| (index, path, text)))
    }

    /// Words by language, those of higher layers before those below.
    pub fn locales(&self) -> Locales {
        let mut locales = Locales::default();
        for (path, source) in self.list.iter().rev().flat_map(|layer| &layer.words) {
            locales.take(path[locale::FOLDER.len()..].trim_end_matches(WORDS), source);
        }
        locales
    }

    /// The layer and path that a template means by the name of another one.
    pub fn resolve<'n>(&self, from: usize, name: &'n str) -> Option<(usize, &'n str)> {
        match name.strip_prefix(PARENT) {
            Some(path) => self.below(path, from + 1).map(|index| (index, path)),
            None => self.highest(name).map(|index| (index, name)),
        }
    }

    /// Where bytes of a template stand.
    pub fn place(&self, index: usize, path: &str, at: std::ops::Range<usize>) -> Place {
        let layer = &self.list[index];
        if layer.on_disk {
            Place::bytes(format!("{}/{path}", layer.folder), at)
        } else {
            // There is no file to show a line of.
            let line = layer.templates.get(path).map_or(1, |text| text[..at.start].matches('\n').count() + 1);
            Place::file(format!("{}/{path}:{line} (inside briefpress)", layer.folder))
        }
    }

    /// Static files: one of a higher layer takes the place of one below, but each layer's additions go to the end of the
    /// style sheet, so that a theme changes some colours without copying it.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut all: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (name, bytes) in self.list.iter().rev().flat_map(|layer| &layer.files) {
            match name.as_str() {
                ADDITIONS => all.entry(SHEET.to_owned()).or_default().extend(bytes),
                _ => drop(all.insert(name.clone(), bytes.clone())),
            }
        }
        all
    }

    /// Templates on disk that nothing uses: they take the place of none, none refers to them, and they declare no
    /// component. `named` are templates that pages ask for by name.
    pub fn unused(&self, named: &[&str]) -> Vec<Diagnostic> {
        let mut used: Vec<&str> = named.to_vec();
        for (_, _, text) in self.templates() {
            let references = syntax::references(text).into_iter().map(|token| token.text);
            used.extend(references.map(|name| name.strip_prefix(PARENT).unwrap_or(name)));
        }
        let idle = self.templates().filter(|(index, path, text)| {
            self.list[*index].on_disk
                && !used.contains(&path.as_str())
                && self.below(path, index + 1).is_none()
                && syntax::components(text).is_empty()
        });
        idle.map(|(index, path, _)| self.idle(index, path)).collect()
    }

    fn idle(&self, index: usize, path: &str) -> Diagnostic {
        let below = self.list[index + 1..].iter().flat_map(|layer| layer.templates.keys().map(String::as_str));
        let hint = super::nearest_path(path, below).map_or_else(
            || "extend or include it in another template, or remove it; `briefpress theme eject` names the templates that there are".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let place = Place::file(format!("{}/{path}", self.list[index].folder));
        Diagnostic::warning(place, "no page is made with this template").hint(hint)
    }
}

impl Layer {
    /// Where it stands, in words.
    pub fn label(&self) -> String {
        if self.on_disk { self.folder.clone() } else { format!("{} inside briefpress", self.folder) }
    }

    fn built_in() -> Layer {
        let mut layer = Layer::empty("templates".to_owned(), false);
        layer.take_templates(embedded(&BUILT_IN, ""), &mut Findings::default());
        layer
    }

    fn of_theme(root: &Path, theme: &Found, findings: &mut Findings) -> Layer {
        let folder = format!("{}/{}", chain::FOLDER, theme.name);
        if theme.on_disk {
            return Layer::on_disk(root, format!("{folder}/templates"), Some(&format!("{folder}/static")), findings);
        }
        let mut layer = Layer::empty(format!("{folder}/templates"), false);
        let inner = |name: &str| {
            let path = format!("{}/{name}", theme.name);
            SHIPPED.get_dir(&path).map(|dir| embedded(dir, &format!("{path}/"))).unwrap_or_default()
        };
        layer.take_templates(inner("templates"), findings);
        layer.files = inner("static").into_iter().collect();
        layer
    }

    fn on_disk(root: &Path, folder: String, files: Option<&str>, findings: &mut Findings) -> Layer {
        let mut layer = Layer::empty(folder, true);
        layer.take_templates(read_folder(root, &layer.folder, findings), findings);
        layer.files = files.into_iter().flat_map(|files| read_folder(root, files, findings)).collect();
        layer
    }

    fn empty(folder: String, on_disk: bool) -> Layer {
        Layer { folder, on_disk, templates: BTreeMap::new(), words: BTreeMap::new(), files: BTreeMap::new() }
    }

    fn take_templates(&mut self, files: Vec<(String, Vec<u8>)>, findings: &mut Findings) {
        for (path, bytes) in files {
            match String::from_utf8(bytes) {
                Ok(text) if path.starts_with(locale::FOLDER) && path.ends_with(WORDS) => {
                    let file = format!("{}/{path}", self.folder);
                    findings.extend(locale::faults(&text).into_iter().map(|fault| unreadable(&file, fault)));
                    self.words.insert(path, text);
                }
                Ok(text) => drop(self.templates.insert(path, text)),
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    let place = Place::bytes(format!("{}/{path}", self.folder), at..at + 1);
                    findings.push(Diagnostic::error(place, "this is not UTF-8 text").hint("save the file as UTF-8"));
                }
            }
        }
    }
}

fn unreadable(file: &str, fault: locale::Fault) -> Diagnostic {
    Diagnostic::error(Place::bytes(file, fault.at), format!("this message cannot be read: {}", fault.fact))
        .hint("messages are written as in Project Fluent: key = Words, and { $n } for what is told")
}

/// The files of a folder inside the binary, by their paths without a prefix.
fn embedded(dir: &'static Dir<'static>, prefix: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    each_file(dir, &mut |path, bytes| {
        files.push((path.strip_prefix(prefix).unwrap_or(path).to_owned(), bytes.to_vec()));
    });
    files
}

fn read_folder(root: &Path, folder: &str, findings: &mut Findings) -> Vec<(String, Vec<u8>)> {
    let path = root.join(folder);
    if !path.is_dir() {
        return Vec::new();
    }
    if !chain::is_inside(root, &path) {
        let fact = "the folder is a symbolic link that leaves the site's folder";
        findings.push(Diagnostic::error(Place::file(folder), fact).hint("copy what it points to instead"));
        return Vec::new();
    }
    let read = fs::walk(&path, &fs::Rules { hidden: false, skip: &|_, _| false }).and_then(|(entries, _)| {
        entries.into_iter().map(|entry| Ok((entry.path.clone(), fs::read(&path.join(&entry.path))?))).collect()
    });
    read.unwrap_or_else(|error: fs::Error| {
        findings.push(Diagnostic::error(Place::file(folder), error.to_string()));
        Vec::new()
    })
}

/// Everything that the binary carries of looks, by path.
pub(super) fn each_embedded(f: &mut dyn FnMut(&'static str, &'static [u8])) {
    each_file(&BUILT_IN, f);
    each_file(&SHIPPED, f);
}

fn each_file(dir: &'static Dir<'static>, f: &mut dyn FnMut(&'static str, &'static [u8])) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            f(path, file.contents());
        }
    }
    dir.dirs().for_each(|dir| each_file(dir, f));
}
