//! `briefpress serve`.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::{Failed, counted, fail, print, tell};
use crate::access;
use crate::archive::Edition;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message;
use crate::serve::editor::Editor;
use crate::serve::preview::{Changed, Stand, View};
use crate::serve::{Listener, Options, serve};

const EXAMPLES: &str = "\
Examples:
  briefpress serve --open                    the site in your browser, up to date with every save
  briefpress serve --drafts --follow         drafts as well; the browser goes to the report that you saved
  briefpress serve --edition public          what readers without a subscription see
  briefpress serve --as-of 2026-01-15        the site as it will be on a day
  briefpress serve --poll                    for folders on a network and in containers
  briefpress serve --editor zed              which program \"open in editor\" opens; BRIEFPRESS_EDITOR says it for good";

/// Options of `briefpress serve`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The port to listen on; the next free one if it is taken, any free one if 0
    #[arg(long, short, default_value_t = 1111)]
    port: u16,
    /// The address to listen on. Others than this machine can read the preview, drafts included, if it is not a loopback address
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    host: String,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// `public`: gated text is absent; `full`: everything in clear. The preview bar changes it
    #[arg(long, value_enum, default_value = "full")]
    edition: EditionName,
    /// Show the site as of a moment: 2025-09-08, or "2025-09-08 07:00" (UTC; a day counts to its end)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Include drafts and reports in review
    #[arg(long)]
    drafts: bool,
    /// The address the site will have, in place of the configuration's
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Go to the report that was just saved
    #[arg(long)]
    follow: bool,
    /// Look through the folder again and again, where the system does not tell of changes: every so many milliseconds
    #[arg(long, value_name = "MS", num_args = 0..=1, default_missing_value = "500", value_parser = clap::value_parser!(u64).range(50..=60_000))]
    poll: Option<u64>,
    /// vscode, vscodium, cursor, idea, zed, textmate, none, or an address with {path}, {line} and {column}
    #[arg(long, value_name = "EDITOR")]
    editor: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum EditionName {
    Public,
    Full,
}

/// Opens an address in the browser, which gets to know no key.
fn browse(address: &str) -> bool {
    open::commands(address).iter_mut().any(|command| {
        let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        quiet.env_remove(access::VARIABLE).env_remove(access::FILE_VARIABLE).spawn().is_ok()
    })
}

/// Serves the site until it is told to stop.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let as_of = match arguments.as_of.as_deref().map(crate::source::moment).transpose() {
        Ok(as_of) => as_of,
        Err(fact) => return fail(format!("--as-of: {fact}")),
    };
    let editor = arguments.editor.clone().or_else(|| std::env::var("BRIEFPRESS_EDITOR").ok());
    let editor = match Editor::read(editor.as_deref().unwrap_or("vscode")) {
        Ok(editor) => editor,
        Err(fact) => return fail(format!("--editor: {fact}")),
    };
    if !root.is_dir() {
        return fail(format!("there is no folder {}; `--root DIR` names the site's", root.display()));
    }
    let edition = match arguments.edition {
        EditionName::Public => Edition::PUBLIC,
        EditionName::Full => Edition::FULL,
    };
    let options = Options {
        root: root.to_owned(),
        view: View { edition, as_of, drafts: arguments.drafts, plan: None },
        base_url: arguments.base_url.clone(),
        host: arguments.host.clone(),
        port: arguments.port,
        poll: arguments.poll.map(Duration::from_millis),
        editor,
        follow: arguments.follow,
    };
    let terminal = Terminal { root: root.to_owned(), open: arguments.open, told: Mutex::default() };
    serve(&options, Arc::new(terminal)).or_else(fail)
}

/// Tells on the terminal what the preview does: each finding once, as long as it stands.
struct Terminal {
    root: std::path::PathBuf,
    open: bool,
    told: Mutex<Vec<Diagnostic>>,
}

impl Listener for Terminal {
    fn ready(&self, home: &str, at: SocketAddr, stand: &Stand) {
        self.findings(stand);
        let title = stand.scene.as_ref().map_or("the site", |scene| scene.site.sources.config.title.as_str());
        print(&format!("Preview of {title} at {home}\n"));
        if !at.ip().is_loopback() {
            self.note(&format!(
                "{} is no loopback address: who reaches this machine reads the preview, gated texts and drafts included",
                at.ip()
            ));
        }
        if self.open && !browse(home) {
            self.note("no browser could be opened: open the address yourself");
        }
    }

    fn changed(&self, changed: &Changed, stand: &Stand) {
        let what = match &changed.files[..] {
            [] => "the time has come for something".to_owned(),
            [one] => one.clone(),
            [one, rest @ ..] => format!("{one} and {} more", rest.len()),
        };
        let clock = jiff::Zoned::now().strftime("%H:%M:%S");
        print(&format!("{clock}  {what}: {} ms\n", changed.took.as_millis()));
        self.findings(stand);
    }

    fn note(&self, words: &str) {
        tell(&format!("note: {words}\n"));
    }
}

impl Terminal {
    /// Tells findings that were not there before, and that all is well when the last error is mended.
    fn findings(&self, stand: &Stand) {
        let now = stand.all_findings();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let new: Vec<Diagnostic> = now.iter().filter(|finding| !told.contains(finding)).cloned().collect();
        message::all(&self.root, &new).iter().for_each(|message| tell(&message.text()));
        let errors = |findings: &[Diagnostic]| findings.iter().filter(|one| one.severity == Severity::Error).count();
        match (errors(&told), errors(&now)) {
            (0, 0) => {}
            (_, 0) => print("all mended\n"),
            (_, left) if !new.is_empty() || left != errors(&told) => {
                tell(&format!("{}: pages stay as they were\n", counted(left, "error")));
            }
            _ => {}
        }
        *told = now;
    }
}
