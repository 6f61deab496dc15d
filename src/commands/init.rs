//! `briefpress init`: a new site, ready to be built.

use std::io::{BufReader, IsTerminal};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use include_dir::{Dir, include_dir};

use self::ask::Asker;
use super::{Failed, counted, fail, print};
use crate::git::{self, GitHub};
use crate::locale;
use crate::render::names::iso_date;
use crate::url::BaseUrl;
use crate::yaml::edit;
use crate::{config, fs};

mod ask;

static SCAFFOLD: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/commands/scaffold");
/// The sample archive: it makes the binary 430 KB larger, and needs no network.
static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");
const SAMPLE_CONFIG: &str = include_str!("../../briefpress.yaml");
/// What the sample's configuration says of this repository alone.
const SAMPLE_OVERRIDES: &str = "# In this repository templates/ is the built-in layer that is shipped inside the binary, not an override.\noverrides: none\n";
/// The action that installs briefpress in a workflow.
const ACTION: &str = "briefpress/briefpress@v1";
/// Where the workflow lies that publishes a site.
pub const WORKFLOW: &str = ".github/workflows/site.yml";
const TITLE: &str = "My Briefings";
const URL: &str = "https://example.org/";

const EXAMPLES: &str = "\
Examples:
  briefpress init                                      asks for what it needs, on a terminal
  briefpress init my-briefings --title \"My Briefings\" --url https://example.org/briefings/
  briefpress init --sample                             begin with the sample archive of forty-five briefings
  briefpress init --edition sealed                     for subscribers: plans, and a workflow that has the key
  briefpress init --host other                         without a workflow for GitHub Pages";

/// Options of `briefpress init`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The folder; the one named by --root if not given
    folder: Option<PathBuf>,
    /// How the publication is called; My Briefings if not given
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The address it will have; that of GitHub Pages if the folder is a repository from there
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Its language: a BCP 47 tag
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,
    /// Begin with the sample archive instead of two first reports
    #[arg(long)]
    sample: bool,
    /// Where it will be published: with a workflow for GitHub Pages, or without
    #[arg(long, value_enum, default_value = "github-pages")]
    host: Host,
    /// What the workflow publishes: `public`, or `sealed` for subscribers' codes
    #[arg(long, value_enum)]
    edition: Option<Edition>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Host {
    GithubPages,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Edition {
    Public,
    Sealed,
}

/// What the new site is to be.
struct Terms {
    title: String,
    url: String,
    language: String,
    branch: String,
    sample: bool,
    host: Host,
    edition: Edition,
}

/// Writes the files. A folder that holds a site, or any of the files, is left as it is.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let folder = arguments.folder.as_ref().map_or_else(|| root.to_owned(), |folder| root.join(folder));
    if let Some((url, fact)) = arguments.url.as_ref().and_then(|url| Some((url, fault(url)?))) {
        return fail(format!("--url {url}: {fact}"));
    }
    if folder.join(config::FILE).exists() {
        return fail(format!("{} holds a site already; `briefpress new report` adds to it", folder.display()));
    }
    let terms = terms(&folder, arguments);
    let files = files(&terms);
    if let Some((path, _)) = files.iter().find(|(path, _)| folder.join(path).exists()) {
        return fail(format!(
            "{} is there already: nothing was written; choose an empty folder",
            folder.join(path).display()
        ));
    }
    for (path, bytes) in &files {
        let path = folder.join(path);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, bytes));
        written.or_else(fail)?;
    }
    print(&next(&folder, files.len(), &terms));
    Ok(())
}

/// What is wrong with an address of a site.
fn fault(url: &str) -> Option<String> {
    BaseUrl::parse(url).err().map(|fact| format!("{fact}; for example https://example.org/briefings/"))
}

/// What was given, then what is answered on a terminal, then what is usual.
fn terms(folder: &Path, arguments: &Arguments) -> Terms {
    let url = GitHub::of_origin(folder).map_or_else(|| URL.to_owned(), |repository| repository.pages());
    let mut terms = Terms {
        title: arguments.title.clone().unwrap_or_else(|| TITLE.to_owned()),
        url: arguments.url.clone().unwrap_or(url),
        language: arguments.language.clone(),
        branch: git::ask(folder, &["symbolic-ref", "--short", "HEAD"]).unwrap_or_else(|| "main".to_owned()),
        sample: arguments.sample,
        host: arguments.host,
        edition: arguments.edition.unwrap_or(Edition::Public),
    };
    let missing = arguments.title.is_none() || arguments.url.is_none();
    if missing && std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        let mut asker = Asker::new(BufReader::new(std::io::stdin()), std::io::stderr());
        if arguments.title.is_none() {
            terms.title = asker.text("How is the publication called?", &terms.title, |_| None);
        }
        if arguments.url.is_none() {
            terms.url = asker.text("Which address will it have?", &terms.url, fault);
        }
        if arguments.edition.is_none() && asker.yes("Will reports be sealed, for subscribers with a code?") {
            terms.edition = Edition::Sealed;
        }
        terms.sample |= asker.yes("Begin with the sample archive, to look around?");
    }
    terms
}

/// What was made, and what comes next.
fn next(folder: &Path, count: usize, terms: &Terms) -> String {
    let at = if folder == Path::new(".") { String::new() } else { format!(" --root {}", folder.display()) };
    let mut text = format!(
        "{} in {}\nNext: briefpress serve --open{at}; briefpress new report \"A headline\"{at}; briefpress doctor{at}\n",
        counted(count, "file"),
        folder.display(),
    );
    if terms.host == Host::GithubPages {
        text += "To publish: push the folder to a repository on GitHub, and choose there, once, Settings > Pages > Source: GitHub Actions.\n";
        if terms.edition == Edition::Sealed {
            text += "A sealed edition needs a private repository, and the key of `briefpress keys new` as its secret BRIEFPRESS_KEY.\n";
        }
    }
    text
}

/// All files of the new site, with their contents.
fn files(terms: &Terms) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    gather(&SCAFFOLD, &mut |path, bytes| {
        let path = if path == "gitignore" { ".gitignore".to_owned() } else { filled(path, terms) };
        let foreign = terms.sample && (path.starts_with("content/") || path == config::FILE);
        if !foreign && (terms.host == Host::GithubPages || !path.starts_with(".github/")) {
            files.push((path, bytes.to_owned()));
        }
    });
    if terms.sample {
        files.push((config::FILE.to_owned(), sample_configuration(terms).into_bytes()));
        gather(&SAMPLE, &mut |path, bytes| files.push((format!("content/{path}"), bytes.to_owned())));
    }
    for (path, bytes) in &mut files {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let text = if path.ends_with(".yml") { chosen(text, terms) } else { text.to_owned() };
        let text = if path.starts_with("content/") && terms.sample { text } else { filled(&text, terms) };
        let text = if path == config::FILE && terms.edition == Edition::Sealed { with_plans(&text) } else { text };
        *bytes = marked(path, text, terms).into_bytes();
    }
    files
}

fn gather(dir: &Dir<'_>, take: &mut dyn FnMut(&str, &[u8])) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            take(&path.replace('\\', "/"), file.contents());
        }
    }
    dir.dirs().for_each(|dir| gather(dir, take));
}

/// The configuration of the sample archive, as that of a site of one's own.
fn sample_configuration(terms: &Terms) -> String {
    let mut text = SAMPLE_CONFIG.replace(SAMPLE_OVERRIDES, "");
    let title = (terms.title != TITLE).then_some(terms.title.as_str());
    for (key, value) in
        [("title", title), ("url", Some(terms.url.as_str())), ("language", Some(terms.language.as_str()))]
    {
        if let Some(changed) = value.and_then(|value| edit::set(&text, key, value)) {
            text = changed;
        }
    }
    text
}

/// The lines of a workflow that are for the edition: those of the other are marked.
fn chosen(text: &str, terms: &Terms) -> String {
    let (own, other) = match terms.edition {
        Edition::Sealed => (" #{{sealed}}", " #{{public}}"),
        Edition::Public => (" #{{public}}", " #{{sealed}}"),
    };
    text.lines().filter(|line| !line.ends_with(other)).map(|line| format!("{}\n", line.trim_end_matches(own))).collect()
}

/// The configuration with a first plan, since nothing is sealed without one.
fn with_plans(text: &str) -> String {
    const FIRST: &str = "plans:\n  complete:\n    name: Complete archive\n    covers: all\n";
    let asleep: String = FIRST.lines().map(|line| format!("# {line}\n")).collect();
    if text.contains(&asleep) { text.replacen(&asleep, FIRST, 1) } else { format!("{text}\n{FIRST}") }
}

/// The texts that a site begins with are English: on a site in another language they say so, until they are translated.
fn marked(path: &str, text: String, terms: &Terms) -> String {
    let is_text = path.starts_with("content/pages/") || path.starts_with("content/reports/");
    let says = text.split("\n---").next().is_some_and(|front| front.contains("\nlang:"));
    if is_text && !says && locale::primary(&terms.language) != "en" {
        text.replacen("---\n", "---\nlang: en\n", 1)
    } else {
        text
    }
}

fn filled(text: &str, terms: &Terms) -> String {
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let yaml = |text: &str| serde_json::Value::from(text).to_string();
    text.replace("\"{{title}}\"", &yaml(&terms.title))
        .replace("{{title}}", &terms.title)
        .replace("{{url}}", &terms.url)
        .replace("{{language}}", &terms.language)
        .replace("{{branch}}", &terms.branch)
        .replace("{{action}}", ACTION)
        .replace("{{edition}}", if terms.edition == Edition::Sealed { "sealed" } else { "public" })
        .replace("{{year}}", &today.year().to_string())
        .replace("{{date}}", &iso_date(today))
}
