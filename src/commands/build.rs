//! `briefpress build`.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{Failed, Format, counted, fail, moment, print, tell_findings, tell_github};
use crate::archive::Edition;
use crate::build::{self, Progress, Request, Summary};
use crate::fs;
use crate::message;
use crate::publish;
use crate::sealed::MasterKey;

const EXAMPLES: &str = "\
Examples:
  briefpress build                                     the public edition, into public/
  briefpress build --base-url https://org.github.io/repo/
  briefpress build --as-of 2025-09-08                  the site as it was, or will be, on a day
  briefpress build --edition full --output internal    everything in clear, for a host with a login of its own
  briefpress build --edition sealed                    for subscribers' codes; needs the master key (`briefpress keys`)
  briefpress build --format json > findings.json
  briefpress build --format github                     annotations beside the lines; GitHub Actions gets them anyway";

/// Options of `briefpress build`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// `public`: gated text is absent; `sealed`: it is there as ciphertext, which a subscriber's code opens; `full`: everything in
    /// clear
    #[arg(long, value_enum, default_value = "public")]
    edition: EditionName,
    /// Build the site as of a moment: 2025-09-08, or "2025-09-08 07:00" (UTC; a day counts to its end)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// The address the site will have, in place of the configuration's
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Include drafts and reports in review
    #[arg(long)]
    drafts: bool,
    /// The folder to write to; public/ in the site's folder if not given
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(long, short)]
    quiet: bool,
    /// How findings and summary are told; `text` if not given, `github` in GitHub Actions
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum EditionName {
    Public,
    Sealed,
    Full,
}

/// Builds the site and tells how it went.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let started = Instant::now();
    let as_of = match moment(arguments.as_of.as_deref()) {
        Ok(as_of) => as_of,
        Err(fact) => return fail(format!("--as-of: {fact}")),
    };
    let sealed = match arguments.edition {
        EditionName::Sealed => Some(Arc::new(master_key(root)?)),
        EditionName::Public | EditionName::Full => None,
    };
    let request = Request {
        edition: match arguments.edition {
            EditionName::Public | EditionName::Sealed => Edition::PUBLIC,
            EditionName::Full => Edition::FULL,
        },
        as_of,
        drafts: arguments.drafts,
        keep_addresses: arguments.as_of.is_none(),
        base_url: arguments.base_url.clone(),
        output: arguments.output.clone().unwrap_or_else(|| root.join("public")),
        root: root.to_owned(),
        sealed,
    };
    let format = Format::or_usual(arguments.format);
    let outcome = if arguments.quiet || format != Format::Text {
        build::build(&request, &())
    } else {
        build::build(&request, &Bar::new("page"))
    };
    let told = match format {
        Format::Json => return tell_json(&request, &outcome),
        Format::Github => tell_github(root, &outcome.findings),
        Format::Text => tell_findings(root, &outcome.findings, arguments.quiet),
    };
    if let (Some(summary), false) = (&outcome.summary, arguments.quiet) {
        print(&sentence(summary, &request, started.elapsed()));
    }
    told
}

/// The key of the environment, unless what it seals can be read beside it.
pub(super) fn master_key(root: &Path) -> Result<MasterKey, Failed> {
    if is_public_source() {
        return fail(
            "this repository is public, and the texts of a sealed edition stand in it for everybody to read\n = help: make it private, or build \
             the public edition",
        );
    }
    super::keys::master_key(root)
}

/// Whether GitHub Actions runs this for a repository that everybody may read: the event tells.
fn is_public_source() -> bool {
    let event = std::env::var_os("GITHUB_EVENT_PATH").and_then(|path| fs::read_to_string(Path::new(&path)).ok());
    let event: Option<serde_json::Value> = event.and_then(|text| serde_json::from_str(&text).ok());
    let in_actions = std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    in_actions && event.is_some_and(|event| event["repository"]["private"] == serde_json::Value::Bool(false))
}

/// The summary: pages, files, bytes, time by phase.
fn sentence(summary: &Summary, request: &Request, took: Duration) -> String {
    let mut text = String::new();
    if let Some(repaired) = &summary.written.repaired {
        text += &format!("{repaired}\n");
    }
    let place = request.output.strip_prefix(".").unwrap_or(&request.output).display();
    if summary.untouched {
        text += &format!("Nothing has changed: {place} is up to date with {}.", counted(summary.reports, "report"));
    } else {
        let written = &summary.written;
        text += &format!(
            "{} and {} in {place}: {} written ({}), {} unchanged, {} removed.",
            counted(summary.reports, "report"),
            counted(summary.pages, "page"),
            counted(written.written, "file"),
            size(written.bytes_written),
            written.unchanged,
            written.removed
        );
    }
    if summary.unreleased > 0 {
        text += &format!(" Not released: {}.", counted(summary.unreleased, "report"));
    }
    let phases: Vec<String> = summary.phases.iter().map(|(name, time)| format!("{name} {}", seconds(*time))).collect();
    text + &format!("\n{} in all ({}).\n", seconds(took), phases.join(", "))
}

fn seconds(time: Duration) -> String {
    if time.as_millis() < 1000 { format!("{} ms", time.as_millis()) } else { format!("{:.2} s", time.as_secs_f64()) }
}

pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..=9_999 => format!("{bytes} bytes"),
        10_000..=999_999 => format!("{} KB", bytes / 1000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

fn tell_json(request: &Request, outcome: &build::Outcome) -> Result<(), Failed> {
    let findings: Vec<_> = message::all(&request.root, &outcome.findings).iter().map(message::Message::json).collect();
    let summary = outcome.summary.as_ref().map(|summary| {
        json!({
            "reports": summary.reports,
            "pages": summary.pages,
            "unreleased": summary.unreleased,
            "untouched": summary.untouched,
            "files": { "written": summary.written.written, "unchanged": summary.written.unchanged, "removed": summary.written.removed },
            "bytes_written": summary.written.bytes_written,
            "milliseconds": summary.phases.iter().map(|(name, time)| ((*name).to_owned(), json!(time.as_millis() as u64))).collect::<serde_json::Map<_, _>>(),
        })
    });
    print(&format!("{:#}\n", json!({ "findings": findings, "summary": summary })));
    if outcome.summary.is_some() { Ok(()) } else { Err(Failed) }
}

/// A line that tells how far something long has come, on a terminal only.
pub(super) struct Bar {
    /// What is counted.
    noun: &'static str,
    shown: Option<Mutex<Shown>>,
}

struct Shown {
    since: Instant,
    last: Option<Instant>,
}

impl Bar {
    pub(super) fn new(noun: &'static str) -> Bar {
        let shown = Shown { since: Instant::now(), last: None };
        Bar { noun, shown: std::io::stderr().is_terminal().then(|| Mutex::new(shown)) }
    }
}

impl Progress for Bar {
    fn made(&self, done: usize, all: usize) {
        self.tell(done, all);
    }
}

impl publish::Progress for Bar {
    fn sent(&self, done: usize, all: usize) {
        self.tell(done, all);
    }
}

impl Bar {
    fn tell(&self, done: usize, all: usize) {
        let Some(Ok(mut shown)) = self.shown.as_ref().map(Mutex::try_lock) else { return };
        let due = shown.last.map_or(shown.since.elapsed() > Duration::from_millis(700), |last| {
            last.elapsed() > Duration::from_millis(100)
        });
        if due {
            shown.last = Some(Instant::now());
            let _ = write!(std::io::stderr(), "\r{done} of {}\x1b[K", counted(all, self.noun));
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        let told = self.shown.as_ref().and_then(|shown| shown.lock().ok()).is_some_and(|shown| shown.last.is_some());
        if told {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
