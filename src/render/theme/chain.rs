//! Themes by name: where they are found, what their `theme.yaml` says, and the chain from a theme to its last parent.

use std::path::Path;

use include_dir::{Dir, include_dir};
use semver::{Version, VersionReq};

use crate::diagnostic::{Diagnostic, Findings, Place, nearest};
use crate::fs;
use crate::yaml::{self, shape};

/// The file that describes a theme.
pub const FILE: &str = "theme.yaml";
/// The folder of a site that holds its own themes.
pub const FOLDER: &str = "themes";
/// The folders of a theme.
const PARTS: [&str; 2] = ["templates", "static"];
/// Themes of a chain: one more is taken for a mistake.
const LONGEST: usize = 8;

pub(super) static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

shape! {
    /// `theme.yaml` as it is written.
    pub struct ThemeFile {
        /// The theme's name in print.
        name: Option<String>,
        /// What it looks like, in a sentence.
        description: Option<String>,
        /// The versions of briefpress that it works with: `"0.1"`, `">=0.1, <0.3"`.
        briefpress: Option<String>,
        /// The theme that it builds upon, or `none`.
        parent: Option<String>,
    }
}

/// A theme that was found.
#[derive(Debug)]
pub struct Found {
    /// The name of its folder.
    pub name: String,
    /// Whether it is the site's own, and not shipped inside the binary.
    pub on_disk: bool,
    /// What it says of itself.
    pub about: ThemeFile,
}

impl Found {
    /// The theme that it builds upon.
    pub fn parent(&self) -> Option<&str> {
        self.about.parent.as_deref().filter(|parent| *parent != "none")
    }
}

/// The names of all themes that a site may use, its own first; each once.
pub fn names(root: &Path) -> Vec<String> {
    let own = fs::names(&root.join(FOLDER)).unwrap_or_default();
    let mut own: Vec<String> = own.into_iter().filter_map(|name| name.into_string().ok()).collect();
    own.retain(|name| is_on_disk(root, name));
    own.sort_unstable();
    let shipped = SHIPPED.dirs().filter_map(|dir| dir.path().to_str()).map(str::to_owned);
    let shipped: Vec<String> = shipped.filter(|name| !own.contains(name)).collect();
    own.into_iter().chain(shipped).collect()
}

/// The theme of a name. What is wrong with its `theme.yaml` is told, and then it is as if it said nothing.
pub fn find(root: &Path, name: &str, findings: &mut Findings) -> Option<Found> {
    let file = file(name);
    let on_disk = is_on_disk(root, name);
    let text = if on_disk {
        let path = root.join(&file);
        let text = path.exists().then(|| fs::read_to_string(&path));
        text.and_then(|text| {
            text.map_err(|error| findings.push(Diagnostic::error(Place::file(&file), error.to_string()))).ok()
        })
    } else {
        let dir = SHIPPED.get_dir(name)?;
        dir.get_file(Path::new(name).join(FILE)).and_then(|file| file.contents_utf8()).map(str::to_owned)
    };
    let about = yaml::read(text.unwrap_or_default().trim_start_matches('\u{feff}')).unwrap_or_else(|problems| {
        findings.extend(problems.into_iter().map(|problem| problem.into_diagnostic(&file, 0)));
        ThemeFile::default()
    });
    Some(Found { name: name.to_owned(), on_disk, about })
}

/// A theme and its parents, the nearest first. `asked` is where the first of them is named, if in a file.
pub(super) fn chain(root: &Path, first: &str, asked: Option<Place>, findings: &mut Findings) -> Option<Vec<Found>> {
    let mut chain: Vec<Found> = Vec::new();
    let (mut name, mut asked) = (first.to_owned(), asked);
    loop {
        let Some(found) = find(root, &name, findings) else {
            findings.push(unknown(root, &name, asked));
            return None;
        };
        if let Some(problem) = misfit(&found) {
            findings.push(problem);
        }
        let parent = found.parent().map(str::to_owned);
        chain.push(found);
        let Some(parent) = parent else { return Some(chain) };
        let here = Place::value(file(&name), "parent");
        if let Some(problem) = endless(&chain, &parent, &here) {
            findings.push(problem);
            return None;
        }
        (name, asked) = (parent, Some(here));
    }
}

fn file(name: &str) -> String {
    format!("{FOLDER}/{name}/{FILE}")
}

/// Whether a name is that of one folder, which leads nowhere else.
pub fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\'])
}

fn is_on_disk(root: &Path, name: &str) -> bool {
    let folder = root.join(FOLDER).join(name);
    is_plain(name) && folder.is_dir() && is_inside(root, &folder)
}

/// Whether a folder lies in the site's, symbolic links followed.
pub(super) fn is_inside(root: &Path, folder: &Path) -> bool {
    fs::canonicalize(root).and_then(|root| Ok(fs::canonicalize(folder)?.starts_with(root))).unwrap_or(false)
}

/// Folders of a theme that are none of its parts: what is in them is not read.
pub fn strays(root: &Path, found: &Found) -> Vec<Diagnostic> {
    let folder = format!("{FOLDER}/{}", found.name);
    let names = if found.on_disk { fs::names(&root.join(&folder)).unwrap_or_default() } else { Vec::new() };
    let folders = names.into_iter().filter_map(|name| name.into_string().ok()).filter(|name| {
        !PARTS.contains(&name.as_str()) && !name.starts_with('.') && root.join(&folder).join(name).is_dir()
    });
    let tell = |name: String| {
        let hint = nearest(&name, PARTS).map(|near| format!("did you mean {near}/?"));
        Diagnostic::warning(Place::file(format!("{folder}/{name}")), "a theme has no such folder: it is not read")
            .hint(format!("the folders of a theme: {}", PARTS.join(", ")))
            .maybe_hint(hint)
    };
    folders.map(tell).collect()
}

fn unknown(root: &Path, name: &str, asked: Option<Place>) -> Diagnostic {
    let known = names(root);
    let hint = nearest(name, known.iter().map(String::as_str)).map_or_else(
        || format!("themes that are there: {}; or make one in {FOLDER}/{name}", known.join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    let fact = format!("there is no theme `{name}`");
    match asked {
        Some(place) => Diagnostic::error(place, fact),
        None => Diagnostic::general(fact),
    }
    .hint(hint)
}

/// What is wrong with going on to this parent: it stands in the chain already, or the chain is too long.
fn endless(chain: &[Found], parent: &str, asked: &Place) -> Option<Diagnostic> {
    let names: Vec<&str> = chain.iter().map(|found| found.name.as_str()).chain([parent]).collect();
    let way = names.join(" > ");
    if chain.iter().any(|found| found.name == parent) {
        let fact = format!("the parents of this theme go round in a circle: {way}");
        return Some(Diagnostic::error(asked.clone(), fact).hint("the last parent says `parent: none`, or nothing"));
    }
    (chain.len() == LONGEST).then(|| {
        let fact = format!("a chain of more than {LONGEST} themes: {way}");
        Diagnostic::error(asked.clone(), fact).hint("build upon an earlier theme of the chain")
    })
}

/// Whether a theme was made for another version of briefpress.
fn misfit(found: &Found) -> Option<Diagnostic> {
    let wanted = found.about.briefpress.as_deref()?;
    let place = Place::value(file(&found.name), "briefpress");
    let own = Version::parse(env!("CARGO_PKG_VERSION")).ok()?;
    match VersionReq::parse(wanted) {
        Err(error) => Some(
            Diagnostic::error(place, format!("`{wanted}` tells no versions: {error}"))
                .hint("for example: briefpress: \"0.1\", or briefpress: \">=0.1, <0.3\""),
        ),
        Ok(requirement) if requirement.matches(&own) => None,
        Ok(_) => {
            let fact = format!("the theme `{}` is made for briefpress {wanted}; this is {own}", found.name);
            let hint = "get a version of the theme for this one, or try it: widen `briefpress` and run `briefpress theme check`";
            Some(Diagnostic::error(place, fact).hint(hint))
        }
    }
}
