//! `briefpress rename`: another address or name, with the old one kept.

use std::path::Path;

use clap::{Args, ValueEnum};

use super::{Failed, fail, print, tell_findings};
use crate::archive::Archive;
use crate::build;
use crate::diagnostic::Findings;
use crate::plan::{Scope, Sort, scopes};
use crate::source::split;
use crate::text::slug;
use crate::yaml::edit;
use crate::{fs, geo};

const EXAMPLES: &str = "\
Examples:
  briefpress rename report MX-2025-031 judicial-reform     another address: /reports/2025/judicial-reform/
  briefpress rename author \"Ada First\" \"Ada Second\"        another name, and the address with it
  briefpress rename topic Elections \"Votes\"

Old names are still understood, and old addresses lead on to the new ones.";

/// Options of `briefpress rename`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// What is renamed
    #[arg(value_enum)]
    what: What,
    /// A report's id or file; a record's name
    old: String,
    /// The last part of a report's new address; a record's new name
    new: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    Report,
    Author,
    Topic,
    Series,
    Region,
}

/// A file and its new text.
struct Change {
    file: String,
    text: String,
    /// What is told.
    done: String,
}

/// Changes one file; if the site is not as sound as before, the file is as it was.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let mut findings = Findings::default();
    let looked = build::look(root, jiff::Timestamp::now(), true, &mut findings);
    let Some((_, archive)) = looked.filter(|_| !findings.has_errors()) else {
        return tell_findings(root, &findings.sorted(), true);
    };
    let change = match arguments.what {
        What::Report => report(root, &archive, &arguments.old, &arguments.new),
        What::Author => record(root, &archive, Sort::Authors, arguments),
        What::Topic => record(root, &archive, Sort::Topics, arguments),
        What::Series => record(root, &archive, Sort::Series, arguments),
        What::Region => record(root, &archive, Sort::Regions, arguments),
    };
    let change = change.or_else(fail)?;
    let path = root.join(&change.file);
    let before = fs::look(&path).ok().flatten().map(|_| fs::read(&path)).transpose().or_else(fail)?;
    let made = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, change.text.as_bytes()));
    made.or_else(fail)?;
    let mut after = Findings::default();
    let _ = build::look_at_plan(root, jiff::Timestamp::now(), &mut after);
    if after.has_errors() {
        match before {
            Some(bytes) => fs::write(&path, &bytes),
            None => fs::remove_file(&path),
        }
        .or_else(fail)?;
        return tell_findings(root, &after.sorted(), true);
    }
    print(&change.done);
    Ok(())
}

fn report(root: &Path, archive: &Archive, old: &str, new: &str) -> Result<Change, String> {
    let found = archive.reports.iter().find(|report| report.public.id.as_deref() == Some(old) || &*report.file == old);
    let report = found.ok_or_else(|| format!("there is no report with the id or file `{old}`"))?;
    let new = slug(new, "");
    if new.is_empty() {
        return Err("the new address has no letter or digit".to_owned());
    }
    let address = &report.public.address;
    if address.split('/').any(|part| part == new) {
        return Err(format!("{old} is at {address} already"));
    }
    let text = edited(root, &report.file, |yaml| {
        edit::set(yaml, "slug", &new).and_then(|yaml| edit::add(&yaml, "aliases", address))
    })?;
    let done = format!("{}: the last part of its address is {new}; {address} leads on to it.\n", report.file);
    Ok(Change { file: report.file.to_string(), text, done })
}

fn record(root: &Path, archive: &Archive, sort: Sort, arguments: &Arguments) -> Result<Change, String> {
    let (old, new) = (&arguments.old, &arguments.new);
    let one = slug(old, "");
    let mut of_sort = scopes(archive).filter(|scope| scope.sort() == sort);
    let scope = of_sort
        .find(|scope| scope.name(archive) == old || scope.slug(archive) == one)
        .ok_or_else(|| format!("there is no page of `{old}` in /{}/", sort.folder()))?;
    let name = scope.name(archive).to_owned();
    let (before, after) = (scope.slug(archive).to_owned(), slug(new, ""));
    if after.is_empty() {
        return Err("the new name has no letter or digit".to_owned());
    }
    let rename = |yaml: &str| {
        let yaml = edit::set(yaml, "name", new)?;
        let yaml = edit::set(&yaml, "slug", &after)?;
        // A region of M49 is known by its code, whatever it is called.
        let yaml = match scope {
            Scope::Region(id) if !archive[id].own => {
                let region = geo::Region::all().nth(id.index())?;
                edit::set(&yaml, "code", region.code())?
            }
            _ => yaml,
        };
        let yaml = edit::add(&yaml, "aliases", &name)?;
        // The old address is that of an alias; a slug that was chosen freely is one more.
        if slug(&name, "") == before { Some(yaml) } else { edit::add(&yaml, "aliases", &before) }
    };
    let (file, text) = match scope.file(archive) {
        Some(file) => (file.to_owned(), edited(root, file, rename)?),
        None => {
            let yaml = rename("").ok_or("the record cannot be written")?;
            (format!("content/{}/{after}.md", sort.folder()), format!("---\n{yaml}---\n"))
        }
    };
    let folder = sort.folder();
    let done = format!("{file}: {name} is {new} now; /{folder}/{before}/ leads on to /{folder}/{after}/.\n");
    Ok(Change { file, text, done })
}

/// A file with its front matter changed.
fn edited(root: &Path, file: &str, change: impl Fn(&str) -> Option<String>) -> Result<String, String> {
    let text = fs::read_to_string(&root.join(file)).map_err(|error| error.to_string())?;
    let parts = split(file, &text, false).map_err(|problem| problem.message)?;
    let yaml =
        change(&text[parts.yaml.clone()]).ok_or_else(|| format!("the front matter of {file} cannot be changed"))?;
    if parts.yaml.is_empty() {
        return Ok(format!("---\n{yaml}---\n{text}"));
    }
    Ok(format!("{}{yaml}{}", &text[..parts.yaml.start], &text[parts.yaml.end..]))
}
