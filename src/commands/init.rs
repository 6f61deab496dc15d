//! `briefpress init`: a new site, ready to be built.

use std::path::{Path, PathBuf};

use clap::Args;
use include_dir::{Dir, include_dir};

use super::{Failed, counted, fail, print};
use crate::locale;
use crate::render::names::iso_date;
use crate::url::BaseUrl;
use crate::{config, fs};

static SCAFFOLD: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/commands/scaffold");

const EXAMPLES: &str = "\
Examples:
  briefpress init
  briefpress init my-briefings --title \"My Briefings\" --url https://example.org/briefings/";

/// Options of `briefpress init`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The folder; the one named by --root if not given
    folder: Option<PathBuf>,
    /// How the publication is called
    #[arg(long, value_name = "TEXT", default_value = "My Briefings")]
    title: String,
    /// The address it will have
    #[arg(long, value_name = "URL", default_value = "https://example.org/")]
    url: String,
    /// Its language: a BCP 47 tag
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,
}

/// Writes the files. A folder that holds a site, or any of the files, is left as it is.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let folder = arguments.folder.as_ref().map_or_else(|| root.to_owned(), |folder| root.join(folder));
    if let Err(fact) = BaseUrl::parse(&arguments.url) {
        return fail(format!("--url {}: {fact}; for example https://example.org/briefings/", arguments.url));
    }
    if folder.join(config::FILE).exists() {
        return fail(format!("{} holds a site already; `briefpress new report` adds to it", folder.display()));
    }
    let mut files = Vec::new();
    gather(&SCAFFOLD, arguments, &mut files);
    if let Some((path, _)) = files.iter().find(|(path, _)| folder.join(path).exists()) {
        return fail(format!(
            "{} is there already: nothing was written; choose an empty folder",
            folder.join(path).display()
        ));
    }
    for (path, text) in &files {
        let path = folder.join(path);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, text.as_bytes()));
        written.or_else(fail)?;
    }
    let at = if folder == Path::new(".") { String::new() } else { format!(" --root {}", folder.display()) };
    print(&format!(
        "{} in {}\nNext: briefpress build{at}, then python3 -m http.server --directory {} and open http://localhost:8000/; \
         briefpress new report \"A headline\"{at}\n",
        counted(files.len(), "file"),
        folder.display(),
        folder.join("public").display()
    ));
    Ok(())
}

fn gather(dir: &Dir<'_>, arguments: &Arguments, files: &mut Vec<(String, String)>) {
    for file in dir.files() {
        let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) else { continue };
        let path = if path == "gitignore" { ".gitignore".to_owned() } else { filled(path, arguments) };
        let text = marked(&path, filled(text, arguments), arguments);
        files.push((path, text));
    }
    dir.dirs().for_each(|dir| gather(dir, arguments, files));
}

/// The texts that a site begins with are English: on a site in another language they say so, until they are translated.
fn marked(path: &str, text: String, arguments: &Arguments) -> String {
    let is_text = path.starts_with("content/pages/") || path.starts_with("content/reports/");
    if is_text && locale::primary(&arguments.language) != "en" {
        text.replacen("---\n", "---\nlang: en\n", 1)
    } else {
        text
    }
}

fn filled(text: &str, arguments: &Arguments) -> String {
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let yaml = |text: &str| serde_json::Value::from(text).to_string();
    text.replace("\"{{title}}\"", &yaml(&arguments.title))
        .replace("{{title}}", &arguments.title)
        .replace("{{url}}", &arguments.url)
        .replace("{{language}}", &arguments.language)
        .replace("{{year}}", &today.year().to_string())
        .replace("{{date}}", &iso_date(today))
}
