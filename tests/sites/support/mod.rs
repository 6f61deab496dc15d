//! A small site, written in the test, built in a temporary folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use briefpress::archive::Edition;
use briefpress::build::{Request, Summary, build};
use briefpress::diagnostic::Severity;
use briefpress::message;
use briefpress::sealed::MasterKey;

pub mod examples;

/// A site's folder. `-- path --` lines in the text begin a file.
pub struct Site {
    folder: tempfile::TempDir,
    edition: Edition,
    as_of: jiff::Timestamp,
    drafts: bool,
    base_url: Option<String>,
    sealed: Option<Arc<MasterKey>>,
}

/// A site that was built.
pub struct Built {
    /// Every output by its path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What was told, as a reader sees it.
    pub told: String,
    /// What was done.
    pub summary: Summary,
}

const CONFIGURATION: &str =
    "title: The Briefing\nurl: https://example.org/briefings/\ntime_zone: UTC\nregister: {email: desk@example.org}\n";

impl Site {
    /// A site of the files in a text; a configuration is added unless there is one.
    pub fn new(text: &str) -> Site {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let site = Site {
            folder,
            edition: Edition::PUBLIC,
            as_of: "2025-12-01T00:00:00Z".parse().expect("a moment"),
            drafts: false,
            base_url: None,
            sealed: None,
        };
        if !text.contains("-- briefpress.yaml --") {
            site.write("briefpress.yaml", CONFIGURATION);
        }
        let mut file: Option<(&str, String)> = None;
        for line in text.split_inclusive('\n') {
            let name = line.strip_prefix("-- ").and_then(|rest| rest.trim_end().strip_suffix(" --"));
            match (name, &mut file) {
                (Some(name), file) => {
                    file.replace((name, String::new()))
                        .into_iter()
                        .for_each(|(path, content)| site.write(path, content));
                }
                (None, Some((_, content))) => content.push_str(line),
                (None, None) => panic!("a file begins with `-- path --`: {line}"),
            }
        }
        file.into_iter().for_each(|(path, content)| site.write(path, content));
        site
    }

    /// The same site in the full edition.
    pub fn full(mut self) -> Site {
        self.edition = Edition::FULL;
        self
    }

    /// The same site in the sealed edition, under a key of which every byte is this number.
    pub fn sealed(mut self, key: u8) -> Site {
        self.sealed = Some(Arc::new(MasterKey::from_bytes([key; 32])));
        self
    }

    /// Sets the clock.
    pub fn set_clock(&mut self, moment: &str) {
        self.as_of = moment.parse().expect("a moment");
    }

    /// The same site in some edition.
    pub fn edition(mut self, edition: Edition) -> Site {
        self.edition = edition;
        self
    }

    /// The same site as of a moment.
    pub fn seen_on(mut self, moment: &str) -> Site {
        self.as_of = moment.parse().expect("a moment");
        self
    }

    /// The same site with drafts.
    pub fn drafts(mut self) -> Site {
        self.drafts = true;
        self
    }

    /// The same site at another address.
    pub fn at(mut self, url: &str) -> Site {
        self.base_url = Some(url.to_owned());
        self
    }

    /// The site's folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Writes or replaces a file.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, content).expect("written");
    }

    /// The same few reports in another wording; every third one comes and goes.
    pub fn reword(&self, reports: usize, version: usize) {
        for number in 0..reports {
            let path = format!("content/reports/2025/report-{number}.md");
            if number % 3 == 0 && (number + version).is_multiple_of(2) {
                _ = fs::remove_file(self.root().join(path));
                continue;
            }
            let day = number + 1;
            let text = format!(
                "---\ntitle: Report {number}\ndate: 2025-01-{day:02}\ncountries: [Mexico]\n---\nVersion {version}.\n"
            );
            self.write(&path, text);
        }
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).expect("removed");
    }

    /// Writes a file and expects the build to fail; gives what was told.
    pub fn write_and_fail(&self, path: &str, content: impl AsRef<[u8]>) -> String {
        self.write(path, content);
        self.fail()
    }

    /// Expects a build into a folder to fail; gives what was told.
    pub fn fail_into(&self, output: &Path) -> String {
        let outcome =
            build(&Request { output: output.to_owned(), as_of: self.as_of, ..Request::new(self.root()) }, &());
        assert!(outcome.summary.is_none(), "the build was expected to fail");
        self.words(&outcome)
    }

    fn run(&self) -> briefpress::build::Outcome {
        let request = Request {
            edition: self.edition,
            as_of: self.as_of,
            drafts: self.drafts,
            base_url: self.base_url.clone(),
            sealed: self.sealed.clone(),
            ..Request::new(self.root())
        };
        build(&request, &())
    }

    /// Builds it; panics with what was told if that fails.
    pub fn build(&self) -> Built {
        let outcome = self.run();
        let told = self.words(&outcome);
        let summary = outcome.summary.unwrap_or_else(|| panic!("the build failed:\n{told}"));
        Built { files: self.outputs(), told, summary }
    }

    fn outputs(&self) -> BTreeMap<String, Vec<u8>> {
        let public = self.root().join("public");
        if public.is_dir() { files_of(&public) } else { BTreeMap::new() }
    }

    /// Builds it and expects that to fail; gives what was told.
    pub fn fail(&self) -> String {
        let before = self.outputs();
        let outcome = self.run();
        assert!(outcome.summary.is_none(), "the build was expected to fail");
        assert!(outcome.findings.iter().any(|finding| finding.severity == Severity::Error), "a failed build says why");
        assert!(self.outputs() == before, "a build that fails leaves the output as it was");
        self.words(&outcome)
    }

    /// Builds it and gives what was told, whether that stopped the build or not. An error always does.
    pub fn told(&self) -> String {
        let outcome = self.run();
        let stopped = outcome.findings.iter().any(|finding| finding.severity == Severity::Error);
        assert_eq!(stopped, outcome.summary.is_none(), "an error stops a build, and nothing else does");
        self.words(&outcome)
    }

    /// What an editor reads, with `SITE` for the folder.
    fn words(&self, outcome: &briefpress::build::Outcome) -> String {
        let told: String = message::all(self.root(), &outcome.findings).iter().map(message::Message::plain).collect();
        told.replace(&self.root().display().to_string(), "SITE")
    }
}

/// Every file below a folder, by its path.
pub fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    gather(&folder.to_owned(), &folder.to_owned(), &mut files);
    files
}

fn gather(root: &PathBuf, folder: &PathBuf, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the output").flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("below").to_str().expect("a name").replace('\\', "/");
            files.insert(name, fs::read(&path).expect("read"));
        }
    }
}

impl Built {
    /// The text of an output: by its address (`/reports/2025/a/`) or path.
    pub fn page(&self, address: &str) -> &str {
        let path = address.trim_start_matches('/');
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let bytes = self.files.get(&path).unwrap_or_else(|| panic!("no {path} among {:#?}", self.files.keys()));
        std::str::from_utf8(bytes).expect("text")
    }

    /// Whether there is such an output.
    pub fn has(&self, address: &str) -> bool {
        let path = address.trim_start_matches('/');
        self.files.contains_key(path) || self.files.contains_key(&format!("{path}index.html"))
    }

    /// What a reader sees of a page's main part: words without markup, white space folded.
    pub fn words(&self, address: &str) -> String {
        let page = self.page(address);
        let main = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or(page);
        let mut text = String::new();
        let mut inside = true;
        for c in main.chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push(' ');
                }
                c if !inside => text.push(c),
                _ => {}
            }
        }
        let text = text
            .replace("&amp;", "&")
            .replace("&#39;", "'")
            .replace("&quot;", "\"")
            .replace("&nbsp;", " ")
            .replace('\u{a0}', " ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
