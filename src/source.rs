//! A site's folder as values: configuration, front matter and where the bodies stand.
//!
//! Bodies are not kept in memory: a page reads its own again when it is rendered, and a body that changed meanwhile is
//! an error ([`Body::read`]).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::xxh3_64;

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Findings, Place, nearest};
use crate::yaml::{self, Shape};
use crate::{fs, markdown};

mod date;
mod foreign;
pub mod front;
pub mod locate;
mod split;

pub use date::{Clock, Moment, moment};
use front::{AuthorFront, CountryFront, PageFront, RegionFront, ReportFront, SeriesFront, TopicFront};
pub use split::split;

/// A text file larger than this is refused: 16 MiB.
pub const LARGEST_TEXT: u64 = 16 << 20;

/// What is told of a file that is not what it was when it was first read.
pub const CHANGED_MEANWHILE: &str = "the file changed while the site was built";

/// The file of addresses that readers know.
pub const LOCK_FILE: &str = "addresses.lock";

/// A file with front matter.
#[derive(Debug, Clone)]
pub struct Source<T> {
    /// Path relative to the site, with forward slashes.
    pub file: String,
    /// Its front matter.
    pub front: T,
    /// Its body.
    pub body: Body,
    /// The first paragraph's words, if the front matter has no summary.
    pub lead: Option<String>,
    /// Whether all of its front matter could be read.
    pub whole: bool,
}

/// Where the body of a file stands, and what the file was when that was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Body {
    /// Byte of the file at which it begins.
    pub offset: u32,
    /// Bytes of the body that come before the line that ends the teaser, and bytes at which the rest begins.
    pub teaser: Option<(u32, u32)>,
    /// Bytes of the body.
    pub len: u32,
    hash: u64,
}

impl Body {
    /// Reads the body again. An error if the file is gone or is not what it was.
    pub fn read(&self, root: &Path, file: &str) -> Result<String, Diagnostic> {
        let bytes =
            fs::read(&root.join(file)).map_err(|error| Diagnostic::error(Place::file(file), error.to_string()))?;
        if xxh3_64(&bytes) != self.hash {
            return Err(Diagnostic::error(Place::file(file), CHANGED_MEANWHILE).hint("build again"));
        }
        let mut text = String::from_utf8(bytes).unwrap_or_default();
        text.drain(..(self.offset as usize).min(text.len()));
        Ok(text)
    }
}

/// Everything that a build reads.
#[derive(Debug)]
pub struct Sources {
    /// The site's folder.
    pub root: PathBuf,
    /// The configuration.
    pub config: Arc<Config>,
    config_hash: u64,
    /// The text of `addresses.lock`, if there is one.
    pub lock: Option<String>,
    /// `content/reports`.
    pub reports: Vec<Arc<Source<ReportFront>>>,
    /// `content/countries`.
    pub countries: Vec<Arc<Source<CountryFront>>>,
    /// `content/regions`.
    pub regions: Vec<Arc<Source<RegionFront>>>,
    /// `content/authors`.
    pub authors: Vec<Arc<Source<AuthorFront>>>,
    /// `content/topics`.
    pub topics: Vec<Arc<Source<TopicFront>>>,
    /// `content/series`.
    pub series: Vec<Arc<Source<SeriesFront>>>,
    /// `content/pages`.
    pub pages: Vec<Arc<Source<PageFront>>>,
    /// Files below `content/` that are not Markdown: pictures and attachments.
    pub attachments: FxHashSet<String>,
    /// Files below `static/`, relative to it.
    pub statics: Vec<String>,
    /// Reports whose front matter could not be read, and their ids as far as they can be seen: links to them are not
    /// told as well.
    pub unreadable: Vec<(String, Option<String>)>,
    /// All files with front matter as they were read, so that a file that did not change need not be read again.
    shelves: Shelves,
}

/// Files with front matter by folder, in the order of their paths.
#[derive(Debug, Default)]
struct Shelves {
    reports: Shelf<ReportFront>,
    countries: Shelf<CountryFront>,
    regions: Shelf<RegionFront>,
    authors: Shelf<AuthorFront>,
    topics: Shelf<TopicFront>,
    series: Shelf<SeriesFront>,
    pages: Shelf<PageFront>,
}

type Shelf<T> = Vec<Arc<Read<T>>>;

/// A file as it was read: what it holds, if that could be seen, and what is wrong with it.
#[derive(Debug)]
struct Read<T> {
    file: String,
    source: Option<Arc<Source<T>>>,
    problems: Vec<Diagnostic>,
}

/// What was read before, and the files that may have changed since.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'e> {
    /// What was read.
    pub sources: &'e Sources,
    /// Paths relative to the site.
    pub changed: &'e FxHashSet<String>,
}

impl Sources {
    /// What the files were when they were read.
    fn hashes(&self) -> FxHashMap<&str, u64> {
        fn of<T>(sources: &[Arc<Source<T>>]) -> impl Iterator<Item = (&str, u64)> {
            sources.iter().map(|source| (source.file.as_str(), source.body.hash))
        }
        let records = of(&self.countries).chain(of(&self.regions)).chain(of(&self.authors)).chain(of(&self.topics));
        let texts = of(&self.reports).chain(of(&self.series)).chain(of(&self.pages));
        records.chain(texts).chain([(config::FILE, self.config_hash)]).collect()
    }

    /// Leaves out reports of which not everything could be read: for commands that show reports and build nothing.
    pub fn keep_whole_reports(&mut self) {
        let (whole, broken): (Vec<_>, Vec<_>) = std::mem::take(&mut self.reports).into_iter().partition(|r| r.whole);
        self.reports = whole;
        self.unreadable.extend(broken.into_iter().map(|report| (report.file.clone(), report.front.id.clone())));
    }
}

/// The id in a file that is no valid YAML: what stands behind `id:` at the beginning of a line.
fn id_line(root: &Path, file: &str) -> Option<String> {
    let text = fs::read(&root.join(file)).ok()?;
    let text = String::from_utf8_lossy(&text);
    let id = text.lines().find_map(|line| line.strip_prefix("id:"))?;
    Some(id.trim().trim_matches(['"', '\'']).to_owned())
}

/// The files of a site that a build reads, in order.
#[derive(Debug, Default)]
pub struct Listing {
    /// Paths relative to the site, with forward slashes.
    pub files: Vec<String>,
}

/// The folders that a build reads.
pub const READ: [&str; 4] = ["content", "static", "templates", "themes"];

/// Lists what a build reads below a site's folder: content, templates, themes, static files and the configuration.
pub fn list(root: &Path, findings: &mut Findings) -> Listing {
    let mut files = Vec::new();
    for folder in READ {
        let hidden = folder == "static";
        let path = root.join(folder);
        if !path.is_dir() {
            continue;
        }
        match fs::walk(&path, &fs::Rules { hidden, skip: &|_, _| false }) {
            Ok((entries, odd)) => {
                files.extend(entries.into_iter().map(|entry| format!("{folder}/{}", entry.path)));
                findings.extend(odd.into_iter().map(|finding| {
                    Diagnostic::warning(Place::file(format!("{folder}/{}", finding.path.display())), finding.fact)
                }));
            }
            Err(error) => findings.push(Diagnostic::general(error.to_string())),
        }
    }
    files.push(config::FILE.to_owned());
    files.extend(root.join(LOCK_FILE).is_file().then(|| LOCK_FILE.to_owned()));
    files.sort_unstable();
    Listing { files }
}

/// A digest of all inputs: the same only if every file has the same path and content. Files that `sources` has read
/// already are not read again.
pub fn digest(root: &Path, listing: &Listing, sources: Option<&Sources>) -> Result<u64, fs::Error> {
    let known = sources.map(Sources::hashes).unwrap_or_default();
    let hash = |file: &String| match known.get(file.as_str()) {
        Some(hash) => Ok(*hash),
        None => fs::read(&root.join(file)).map(|bytes| xxh3_64(&bytes)),
    };
    let hashes: Vec<u64> = listing.files.par_iter().map(hash).collect::<Result<_, _>>()?;
    let mut all = Vec::with_capacity(listing.files.len() * 48);
    for (file, hash) in listing.files.iter().zip(hashes) {
        all.extend_from_slice(file.as_bytes());
        all.push(0);
        all.extend_from_slice(&hash.to_le_bytes());
    }
    Ok(xxh3_64(&all))
}

/// Reads a site's folder.
///
/// `base_url` takes the place of the configuration's `url`. What is wrong with files is added to `findings`; `None`
/// only if there is no configuration to go on with.
pub fn load(root: &Path, listing: &Listing, base_url: Option<&str>, findings: &mut Findings) -> Option<Sources> {
    load_again(root, listing, base_url, None, findings)
}

/// The same; of what was read earlier, only what may have changed is read again.
pub fn load_again(
    root: &Path,
    listing: &Listing,
    base_url: Option<&str>,
    earlier: Option<Earlier<'_>>,
    findings: &mut Findings,
) -> Option<Sources> {
    let (mut config, config_hash) = load_config(root, base_url, findings)?;
    check_house_style(&mut config, findings);
    let earlier = earlier.filter(|earlier| earlier.sources.config_hash == config_hash);
    let config = earlier.map_or_else(|| Arc::new(config), |earlier| Arc::clone(&earlier.sources.config));
    let reader = Reader { root, listing, extensions: config.markdown.clone(), earlier };
    let shelves = Shelves {
        reports: reader.all("reports", |s| &s.reports, |front: &ReportFront| front.summary.is_none(), findings),
        countries: reader.all("countries", |s| &s.countries, |_| false, findings),
        regions: reader.all("regions", |s| &s.regions, |_| false, findings),
        authors: reader.all("authors", |s| &s.authors, |_| false, findings),
        topics: reader.all("topics", |s| &s.topics, |_| false, findings),
        series: reader.all("series", |s| &s.series, |_| false, findings),
        pages: reader.all("pages", |s| &s.pages, |front: &PageFront| front.summary.is_none(), findings),
    };
    let is_attachment = |file: &&String| file.starts_with("content/") && !is_markdown(file);
    let sources = Sources {
        unreadable: unreadable(root, &shelves.reports),
        reports: readable(&shelves.reports),
        countries: readable(&shelves.countries),
        regions: readable(&shelves.regions),
        authors: readable(&shelves.authors),
        topics: readable(&shelves.topics),
        series: readable(&shelves.series),
        pages: readable(&shelves.pages),
        attachments: listing.files.iter().filter(is_attachment).cloned().collect(),
        statics: listing.files.iter().filter_map(|file| file.strip_prefix("static/")).map(str::to_owned).collect(),
        root: root.to_owned(),
        config,
        config_hash,
        lock: read_lock(root, listing, findings),
        shelves,
    };
    warn_of_strays(listing, findings);
    warn_of_misspelt_folders(root, findings);
    Some(sources)
}

fn readable<T>(shelf: &Shelf<T>) -> Vec<Arc<Source<T>>> {
    shelf.iter().filter_map(|read| read.source.clone()).collect()
}

/// Reports of which nothing could be read, with their ids as far as they can be seen.
fn unreadable(root: &Path, shelf: &Shelf<ReportFront>) -> Vec<(String, Option<String>)> {
    let lost = shelf.iter().filter(|read| read.source.is_none());
    lost.map(|read| (read.file.clone(), id_line(root, &read.file))).collect()
}

fn read_lock(root: &Path, listing: &Listing, findings: &mut Findings) -> Option<String> {
    listing.files.iter().find(|file| *file == LOCK_FILE)?;
    read_text(root, LOCK_FILE).map_err(|problem| findings.push(problem)).ok()
}

/// Reads the configuration alone.
pub fn configuration(root: &Path, findings: &mut Findings) -> Option<Config> {
    load_config(root, None, findings).map(|(config, _)| config)
}

fn load_config(root: &Path, base_url: Option<&str>, findings: &mut Findings) -> Option<(Config, u64)> {
    if !root.join(config::FILE).exists() {
        let fact = format!("there is no {} in {}", config::FILE, root.display());
        let cure = "`briefpress init` makes a site here; `--root DIR` names another folder";
        findings.push(Diagnostic::general(fact).hint(cure));
        return None;
    }
    match read_text(root, config::FILE) {
        Ok(text) => {
            let config = config::read(text.trim_start_matches('\u{feff}'), base_url, findings)?;
            Some((config, xxh3_64(text.as_bytes())))
        }
        Err(problem) => {
            findings.push(problem);
            None
        }
    }
}

/// A house style can demand what a report can have. What is told here is not demanded of every report as well.
fn check_house_style(config: &mut Config, findings: &mut Findings) {
    let mut check = |path: &str, fields: &mut Vec<String>| {
        for (index, field) in
            fields.iter().enumerate().filter(|(_, field)| !ReportFront::KEYS.contains(&field.as_str()))
        {
            let place = Place::value(config::FILE, format!("{path}/{index}"));
            let hint = match nearest(field, ReportFront::KEYS.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("one of: {}", ReportFront::KEYS.join(", ")),
            };
            findings.push(Diagnostic::error(place, format!("a report has no field `{field}`")).hint(hint));
        }
        fields.retain(|field| ReportFront::KEYS.contains(&field.as_str()));
    };
    check("require", &mut config.require);
    for kind in &mut config.kinds {
        check(&format!("kinds/{}/require", kind.key), &mut kind.require);
    }
}

fn is_markdown(file: &str) -> bool {
    let end = file.rsplit('.').next().unwrap_or_default();
    end.eq_ignore_ascii_case("md") || end.eq_ignore_ascii_case("markdown")
}

const FOLDERS: [&str; 7] = ["reports", "countries", "regions", "authors", "topics", "series", "pages"];

/// Markdown that stands where no build looks for it was meant to be published: say so.
fn warn_of_strays(listing: &Listing, findings: &mut Findings) {
    for file in listing.files.iter().filter(|file| is_markdown(file)) {
        let Some(inner) = file.strip_prefix("content/") else { continue };
        let folder = inner.split('/').next().unwrap_or_default();
        if FOLDERS.contains(&folder) && inner != folder {
            continue;
        }
        let hint = match nearest(folder, FOLDERS) {
            Some(near) => format!("did you mean content/{near}/?"),
            None => format!("move it to one of: content/{}", FOLDERS.join(", content/")),
        };
        findings.push(Diagnostic::warning(Place::file(file), "this file is in no folder that is published").hint(hint));
    }
}

/// A folder beside those that are read, and named nearly as one of them, was meant to be read.
fn warn_of_misspelt_folders(root: &Path, findings: &mut Findings) {
    let names = fs::names(root).unwrap_or_default().into_iter().filter_map(|name| name.into_string().ok());
    for name in names.filter(|name| !READ.contains(&name.as_str()) && root.join(name).is_dir()) {
        if let Some(near) = crate::diagnostic::nearest(&name, READ) {
            let finding = Diagnostic::warning(Place::file(&name), "this folder is not read");
            findings.push(finding.hint(format!("did you mean {near}/?")));
        }
    }
}

struct Reader<'r> {
    root: &'r Path,
    listing: &'r Listing,
    extensions: markdown::Options,
    earlier: Option<Earlier<'r>>,
}

impl Reader<'_> {
    /// The files of a folder of `content/`. `place` is where those that were read before stand.
    fn all<T>(
        &self,
        folder: &str,
        place: fn(&Shelves) -> &Shelf<T>,
        wants_lead: impl Fn(&T) -> bool + Sync,
        findings: &mut Findings,
    ) -> Shelf<T>
    where
        T: DeserializeOwned + Default + Shape + Send + Sync,
    {
        let prefix = format!("content/{folder}/");
        let demand_front = folder == "reports";
        let inside = |file: &&String| file.starts_with(&prefix) && is_markdown(file);
        let files: Vec<&String> = self.listing.files.iter().filter(inside).collect();
        let known = |file: &String| {
            let earlier = self.earlier.filter(|earlier| !earlier.changed.contains(file))?;
            let read = place(&earlier.sources.shelves);
            read.binary_search_by(|read| read.file.cmp(file)).ok().map(|index| Arc::clone(&read[index]))
        };
        let read = |file: &&String| {
            known(file).unwrap_or_else(|| {
                let (source, problems) = self.one(file, demand_front, &wants_lead);
                Arc::new(Read { file: (*file).clone(), source: source.map(Arc::new), problems })
            })
        };
        let all: Shelf<T> = files.par_iter().map(read).collect();
        findings.extend(all.iter().flat_map(|read| read.problems.iter().cloned()));
        all
    }

    /// A file, and what is wrong with it. What can be read of a front matter with problems is good enough to find more.
    fn one<T>(
        &self,
        file: &str,
        demand_front: bool,
        wants_lead: impl Fn(&T) -> bool,
    ) -> (Option<Source<T>>, Vec<Diagnostic>)
    where
        T: DeserializeOwned + Default + Shape,
    {
        let read =
            read_text(self.root, file).and_then(|text| split(file, &text, demand_front).map(|parts| (text, parts)));
        let (text, parts) = match read {
            Ok(read) => read,
            Err(problem) => return (None, vec![problem]),
        };
        let yaml = &text[parts.yaml.clone()];
        let (front, problems) = match yaml::read::<T>(yaml) {
            Ok(front) => (Some(front), Vec::new()),
            Err(problems) => (yaml::read_around(yaml, &problems), problems),
        };
        let whole = problems.is_empty();
        let source = front.map(|front| Source { whole, ..self.source(file, &text, parts.body, front, wants_lead) });
        let cured = problems.into_iter().map(|problem| foreign::cure(problem, T::keys()));
        (source, cured.map(|problem| problem.into_diagnostic(file, parts.yaml.start)).collect())
    }

    fn source<T>(&self, file: &str, text: &str, offset: usize, front: T, wants_lead: impl Fn(&T) -> bool) -> Source<T> {
        let body = &text[offset..];
        let teaser = markdown::teaser_end(body).map(|range| (range.start as u32, range.end as u32));
        let lead = wants_lead(&front).then(|| {
            let public = teaser.map_or(body, |(end, _)| &body[..end as usize]);
            markdown::first_paragraph(public, &self.extensions, 240)
        });
        let hash = xxh3_64(text.as_bytes());
        let body = Body { offset: offset as u32, teaser, len: body.len() as u32, hash };
        Source { file: file.to_owned(), front, body, lead, whole: true }
    }
}

fn read_text(root: &Path, file: &str) -> Result<String, Diagnostic> {
    let path = root.join(file);
    let bytes = fs::read(&path).map_err(|error| Diagnostic::error(Place::file(file), error.to_string()))?;
    if bytes.len() as u64 > LARGEST_TEXT {
        let fact = format!("the file has {} MB; a text may have {} MB", bytes.len() >> 20, LARGEST_TEXT >> 20);
        return Err(
            Diagnostic::error(Place::file(file), fact).hint("split it, or attach it as a file beside the report")
        );
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        let fact = "this is not text: it holds a NUL character";
        return Err(Diagnostic::error(Place::bytes(file, at..at + 1), fact)
            .hint("save the file as UTF-8; one that was saved as UTF-16 looks like this"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Diagnostic::error(Place::bytes(file, at..at + 1), "this is not UTF-8 text").hint("save the file as UTF-8")
    })
}
