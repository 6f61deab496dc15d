//! `briefpress gift`: one report for somebody who is no subscriber.

use std::path::Path;

use clap::Args;
use jiff::Timestamp;

use super::keys::master_key;
use super::mail::{self, Mail, Told};
use super::{Failed, fail, print, tell, tell_findings};
use crate::access::{self, GIFTS_FILE, Keys};
use crate::build;
use crate::diagnostic::Findings;
use crate::fs;
use crate::url::encode_path;
use crate::yaml::edit::{append, quoted};

const EXAMPLES: &str = "\
Examples:
  briefpress gift MX-2025-031 --until 2026-03-31
  briefpress gift MX-2025-031 --until 2026-03-31 --note \"to the embassy\" > mail.txt

The gift is written down in gifts.yaml and opens from the next build on. The mail stands alone on standard output.";

/// Options of `briefpress gift`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The id of the report
    report: String,
    /// The last day on which it opens
    #[arg(long, value_name = "DATE")]
    until: String,
    /// What tells gifts of one report apart: to whom, say
    #[arg(long)]
    note: Option<String>,
}

/// Writes the gift down, and the mail with its link.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let master = master_key(root)?;
    let mut findings = Findings::default();
    let Some((sources, archive)) = build::look(root, Timestamp::now(), false, &mut findings) else {
        return tell_findings(root, &findings.sorted(), true);
    };
    let path = root.join(GIFTS_FILE);
    let before = fs::look(&path).or_else(fail)?.map(|_| fs::read_to_string(&path)).transpose().or_else(fail)?;
    let mut entry = vec![("report", quoted(&arguments.report)), ("until", arguments.until.clone())];
    entry.extend(arguments.note.iter().map(|note| ("note", quoted(note))));
    let Some(changed) = append(before.as_deref().unwrap_or_default(), &entry) else {
        return fail(format!(
            "{GIFTS_FILE} is written in a way that is not changed here\n = help: make it a list of entries, each from `- report:` on"
        ));
    };
    let mut own = Findings::default();
    let open = access::read_gifts(root, &sources.config, &archive, &mut own).len();
    tell_findings(root, &own.sorted(), true)?;
    fs::write(&path, changed.as_bytes()).or_else(fail)?;
    let mut own = Findings::default();
    let gifts = access::read_gifts(root, &sources.config, &archive, &mut own);
    // One whose day has passed is not among them.
    let open = gifts.last().filter(|_| gifts.len() > open && !own.has_errors());
    let Some(gift) = open.filter(|gift| archive[gift.report].is_gated()) else {
        match before {
            Some(text) => fs::write(&path, text.as_bytes()),
            None => fs::remove_file(&path),
        }
        .or_else(fail)?;
        tell_findings(root, &own.sorted(), true)?;
        return fail(format!("{} cannot be given: everybody may read it, or the day has passed", arguments.report));
    };
    let public = &archive[gift.report].public;
    let keys = Keys::new(&master, &sources.config.sealed, &archive);
    let code = keys.gift(&archive, gift).text().to_string();
    let kicker = public.kicker.as_ref().map(|kicker| format!("{kicker}: ")).unwrap_or_default();
    let told = Told {
        title: format!("{kicker}{}", public.title),
        until: gift.until.to_string(),
        ..Told::new(&sources.config, &encode_path(&public.address), vec![code])
    };
    tell(&format!("{GIFTS_FILE}: a gift of {} until {}, from the next build on.\n", arguments.report, gift.until));
    print(&mail::text(root, Mail::Gift, &told)?);
    Ok(())
}
