//! `briefpress keys`: the master key of a publication.

use std::path::Path;

use clap::{Args, Subcommand};

use super::{Failed, fail, print, print_secret, tell, tell_findings};
use crate::access;
use crate::config::FILE;
use crate::diagnostic::Findings;
use crate::sealed::MasterKey;
use crate::yaml::edit;
use crate::{fs, source};

const EXAMPLES: &str = "\
Examples:
  briefpress keys new > master.key      once for a publication; keep it outside of the site's folder
  briefpress keys check                 whether the key of the environment is one, and what it is for
  briefpress keys rotate                other keys for all texts; codes stay as they are
  briefpress keys rotate --codes        another code for every subscriber";

/// Options of `briefpress keys`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a master key: it stands alone on standard output
    New,
    /// Look at the key of the environment
    Check,
    /// Seal everything under other keys, from the next build on
    Rotate {
        /// Give every subscriber another code instead
        #[arg(long)]
        codes: bool,
    },
}

/// Runs one of the commands.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    match arguments.what {
        What::New => new(),
        What::Check => check(root),
        What::Rotate { codes } => rotate(root, codes),
    }
}

fn new() -> Result<(), Failed> {
    let key = MasterKey::generate().or_else(|error| fail(format!("the system gives no random bytes: {error}")))?;
    print_secret(&format!("{}\n", *key.to_text()));
    tell(&format!(
        "Keep this key where secrets are kept, and nowhere in the site's folder. Commands read it from {} or from the file that {} \
         names. Whoever has it can read everything; without it no code can be made again.\n",
        access::VARIABLE,
        access::FILE_VARIABLE
    ));
    Ok(())
}

fn check(root: &Path) -> Result<(), Failed> {
    let key = master_key(root)?;
    let mut findings = Findings::default();
    let config = source::configuration(root, &mut findings);
    let Some(config) = config else { return tell_findings(root, &findings.sorted(), true) };
    let terms = &config.sealed;
    print(&format!(
        "The key {} is whole. It seals {} (keys of generation {}, codes of generation {}).\n",
        key.fingerprint(),
        terms.site,
        terms.keys,
        terms.codes
    ));
    Ok(())
}

fn rotate(root: &Path, codes: bool) -> Result<(), Failed> {
    let mut findings = Findings::default();
    let Some(config) = source::configuration(root, &mut findings) else {
        return tell_findings(root, &findings.sorted(), true);
    };
    let (key, next) = if codes { ("codes", config.sealed.codes + 1) } else { ("keys", config.sealed.keys + 1) };
    let path = root.join(FILE);
    let text = fs::read_to_string(&path).or_else(fail)?;
    let Some(changed) = edit::set_at(&text, &["sealed", key], &next.to_string()) else {
        return fail(format!("{FILE} cannot be changed here\n = help: write `sealed: {{{key}: {next}}}` yourself"));
    };
    fs::write(&path, changed.as_bytes()).or_else(fail)?;
    print(&if codes {
        format!(
            "Codes are of generation {next} now: with the next build no code opens anything but the new ones. Send them.\n"
        )
    } else {
        format!(
            "Keys are of generation {next} now: the next build seals everything anew, and codes stay as they are.\n"
        )
    });
    Ok(())
}

/// The key of the environment, or what is wrong with it.
pub fn master_key(root: &Path) -> Result<MasterKey, Failed> {
    access::master_key().or_else(|problem| tell_findings(root, &[problem], true).and(Err(Failed)))
}
