//! `briefpress publish`.

use std::path::Path;
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;

use super::build::Bar;
use super::lock::Renewed;
use super::{Failed, counted, fail, print, tell, tell_findings};
use crate::archive::{Archive, Edition};
use crate::build::{self, Request};
use crate::config::{Config, History, Host, PublishedEdition, Target};
use crate::diagnostic::Findings;
use crate::plan::{PageKind, Plan};
use crate::publish::{self, Cargo, Order, Report, host};
use crate::source::Sources;

const EXAMPLES: &str = "\
Examples:
  briefpress publish                              to the place that briefpress.yaml names under `publish`
  briefpress publish --dry-run                    what would be added, changed and removed; nothing is sent
  briefpress publish --to git:origin#gh-pages     a branch, for GitHub Pages
  briefpress publish --to folder:/srv/briefings   a folder, for a web server
  briefpress publish --to s3://bucket/briefings   a bucket; credentials come from AWS_ACCESS_KEY_ID and its like

However it stops, readers meet the old site or the new one, and never a page without its style sheet.";

/// Paths that are listed of each sort, if not all are asked for.
const LISTED: usize = 20;

/// Options of `briefpress publish`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The place: `git:REMOTE#BRANCH`, `folder:PATH` or `s3://BUCKET/PREFIX`
    #[arg(long, value_name = "PLACE", value_parser = Target::parse)]
    to: Option<Target>,
    /// The edition: public, sealed, or full, which goes to a folder only
    #[arg(long, value_name = "EDITION", value_parser = PublishedEdition::parse)]
    edition: Option<PublishedEdition>,
    /// Who serves the files: github-pages, cloudflare-pages, netlify, other
    #[arg(long, value_name = "HOST", value_parser = Host::parse)]
    host: Option<Host>,
    /// What becomes of earlier states of a branch: keep, replace
    #[arg(long, value_name = "RULE", value_parser = History::parse)]
    history: Option<History>,
    /// Send nothing: tell what would be added, changed and removed, and which addresses would vanish
    #[arg(long)]
    dry_run: bool,
    /// List every file of a dry run
    #[arg(long)]
    all: bool,
    /// Write down new addresses although there is no addresses.lock yet
    #[arg(long, conflicts_with = "no_lock_file")]
    lock: bool,
    /// Leave addresses.lock as it is
    #[arg(long)]
    no_lock_file: bool,
    /// Publish to a folder or bucket that holds other files: those of the same name are overwritten
    #[arg(long)]
    take_over: bool,
    /// Take the lock of a bucket from a publisher that was stopped
    #[arg(long)]
    break_lock: bool,
}

/// What is to be published, and where to.
struct Terms<'a> {
    target: &'a Target,
    edition: PublishedEdition,
    host: Host,
    history: History,
}

/// Builds the site and delivers it.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let mut findings = Findings::default();
    let now = Timestamp::now();
    let Some((sources, archive, plan)) = build::look_at_plan(root, now, &mut findings) else {
        return tell_findings(root, &findings.sorted(), true);
    };
    let terms = Terms::of(arguments, &sources.config)?;
    let _alone = publish::only_one(root).or_else(fail)?;
    let folder = make(root, &terms, now)?;
    let redirects = redirects(&plan);
    let is_sealed = terms.edition == PublishedEdition::Sealed;
    let site = host::Site { base: &sources.config.base, sealed: is_sealed, redirects: &redirects };
    let domain = sources.config.publish.domain.as_deref();
    let cargo = publish::cargo(&folder, terms.host, terms.target, domain, &site).or_else(fail)?;
    let repository = publish::repository(root, terms.target);
    for note in host::check(terms.host, repository.as_deref(), &site, &cargo).or_else(fail)? {
        tell(&format!("note: {note}\n"));
    }
    let order = Order {
        root,
        target: terms.target,
        history: terms.history,
        message: format!(
            "Publish {} as of {}",
            counted(archive.reports.len(), "report"),
            now.strftime("%Y-%m-%d %H:%M UTC")
        ),
        dry_run: arguments.dry_run,
        take_over: arguments.take_over,
        break_lock: arguments.break_lock,
    };
    let report = publish::publish(&order, &cargo, &Bar::new("file")).or_else(fail)?;
    if arguments.dry_run {
        print(&preview(&report, &publish::shown(terms.target), arguments.all));
        return Ok(());
    }
    print(&sentence(&report, &publish::shown(terms.target), &cargo));
    keep_addresses(root, arguments, &sources, &archive, &plan)
}

impl<'a> Terms<'a> {
    /// The options, and what the configuration says where these are silent.
    fn of(arguments: &'a Arguments, config: &'a Config) -> Result<Terms<'a>, Failed> {
        let written = &config.publish;
        let Some(target) = arguments.to.as_ref().or(written.to.as_ref()) else {
            return fail(
                "it is not said where to publish\n = help: write `publish: {to: \"git:origin#gh-pages\"}` into briefpress.yaml, or give \
                 --to; folder:PATH and s3://BUCKET/PREFIX are places too",
            );
        };
        let edition = arguments.edition.or(written.edition).unwrap_or(PublishedEdition::Public);
        if edition == PublishedEdition::Full && !matches!(target, Target::Folder(_)) {
            return fail(format!(
                "{}: the full edition has everything in clear, and is not sent there\n = help: publish it to a folder that a \
                 server with a login of its own serves, or publish the sealed edition",
                publish::shown(target)
            ));
        }
        let history = publish::history(arguments.history.or(written.history), edition == PublishedEdition::Sealed);
        let host = arguments.host.or(written.host).unwrap_or_else(|| host::guess(&config.base, target));
        Ok(Terms { target, edition, host, history })
    }
}

/// Builds the site into a folder of its own.
fn make(root: &Path, terms: &Terms<'_>, now: Timestamp) -> Result<std::path::PathBuf, Failed> {
    let output = publish::scratch(root).join(terms.edition.name());
    let sealed = match terms.edition {
        PublishedEdition::Sealed => Some(Arc::new(super::build::master_key(root)?)),
        _ => None,
    };
    let edition = if terms.edition == PublishedEdition::Full { Edition::FULL } else { Edition::PUBLIC };
    let request = Request { edition, as_of: now, output: output.clone(), sealed, ..Request::new(root) };
    let outcome = build::build(&request, &Bar::new("page"));
    tell_findings(root, &outcome.findings, false)?;
    Ok(output)
}

/// Addresses that lead to others, and where.
fn redirects(plan: &Plan) -> Vec<(String, String)> {
    let pairs = plan.pages.iter().filter_map(|page| match &page.kind {
        PageKind::Redirect(to) => Some((page.address.clone(), to.clone())),
        _ => None,
    });
    pairs.collect()
}

/// Writes down the addresses that readers know from now on.
fn keep_addresses(
    root: &Path,
    arguments: &Arguments,
    sources: &Sources,
    archive: &Archive,
    plan: &Plan,
) -> Result<(), Failed> {
    if arguments.no_lock_file || (sources.lock.is_none() && !arguments.lock) {
        return Ok(());
    }
    let renewed = Renewed::of(sources.lock.clone().unwrap_or_default(), archive, plan);
    renewed.write(root)?;
    if renewed.new > 0 {
        print(&renewed.sentence());
    }
    Ok(())
}

/// What was done.
fn sentence(report: &Report, place: &str, cargo: &Cargo) -> String {
    let changes = &report.changes;
    if !report.sent {
        return format!("Nothing has changed: {place} is up to date with {}.\n", counted(changes.unchanged, "file"));
    }
    let sent = changes.added.len() + changes.changed.len();
    let bytes = super::build::size(cargo.size(changes));
    let note = report.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
    let kept = match changes.kept.len() {
        0 => String::new(),
        count => format!(" {} kept for a day, for readers with an older page open.", counted(count, "older file")),
    };
    format!(
        "Published to {place}{note}: {} sent ({bytes}), {} unchanged, {} removed.{kept}\n",
        counted(sent, "file"),
        changes.unchanged,
        changes.removed.len()
    )
}

/// What would be done.
fn preview(report: &Report, place: &str, all: bool) -> String {
    let changes = &report.changes;
    let mut text = String::new();
    for (what, paths) in [("add", &changes.added), ("change", &changes.changed), ("remove", &changes.removed)] {
        let shown = if all { paths.len() } else { LISTED };
        paths.iter().take(shown).for_each(|path| text += &format!("{what:<6} {path}\n"));
        if paths.len() > shown {
            text += &format!("{what:<6} … and {} more (--all lists them)\n", paths.len() - shown);
        }
    }
    for address in report.vanishing() {
        text += &format!("gone   {address} would lead nowhere\n");
    }
    text + &format!(
        "{place} would get {} ({} new), lose {} and keep {}. Nothing was sent.\n",
        counted(changes.added.len() + changes.changed.len(), "file"),
        changes.added.len(),
        changes.removed.len(),
        changes.unchanged
    )
}
