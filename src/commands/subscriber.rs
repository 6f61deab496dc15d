//! `briefpress subscriber`: who may read, in `subscribers.yaml`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;

use super::keys::master_key;
use super::mail::{self, Mail, Told};
use super::{Failed, counted, fail, print, tell, tell_findings};
use crate::access::{self, FILE, Keys, Standing, Subscriber};
use crate::archive::Archive;
use crate::build;
use crate::diagnostic::Findings;
use crate::fs;
use crate::source::Sources;
use crate::yaml::edit::{append, quoted, set_at};

mod import;
mod list;

const EXAMPLES: &str = "\
Examples:
  briefpress subscriber add S-0042 --plan mexico --until 2026-12-31
  briefpress subscriber add BANK-7 --plan americas --seats 5 --back-catalogue \"12 months\"
  briefpress subscriber list --ending 30
  briefpress subscriber show S-0042 --code
  briefpress subscriber renew S-0042 --until 2027-12-31
  briefpress subscriber revoke S-0042
  briefpress subscriber reissue BANK-7 --seat 3
  briefpress subscriber import subscribers.csv

Mails with codes stand alone on standard output, ready to be sent; they need the master key (`briefpress keys`).";

/// Options of `briefpress subscriber`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add somebody, and write the welcome mail
    Add(Entry),
    /// Who there is
    List(list::Arguments),
    /// How an access stands and what it opens
    Show {
        /// The subscriber
        id: String,
        /// Show the codes as well
        #[arg(long)]
        code: bool,
    },
    /// Give an access another last day, and write the mail that says so
    Renew {
        /// The subscriber
        id: String,
        /// The last day
        #[arg(long, value_name = "DATE")]
        until: String,
    },
    /// Take an access away
    Revoke {
        /// The subscriber
        id: String,
        /// The first day without it; today if not given
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
    },
    /// Give another code, and write the mail with it
    Reissue {
        /// The subscriber
        id: String,
        /// The seat whose code is replaced; all of them if not given
        #[arg(long)]
        seat: Option<u32>,
    },
    /// Add many, from a table
    Import {
        /// A CSV file with the columns id, plans, from, until, `back_catalogue`, seats, trial, note
        file: PathBuf,
    },
}

/// What a new entry says.
#[derive(Debug, Default, Args)]
struct Entry {
    /// Your own word for them, never reused
    id: String,
    /// What they have bought
    #[arg(long = "plan", required = true)]
    plans: Vec<String>,
    /// The first day; at once if not given
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The last day; without an end if not given
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// What of the time before: all, since-join, or "12 months"
    #[arg(long, value_name = "RULE")]
    back_catalogue: Option<String>,
    /// Readers, each with a code
    #[arg(long)]
    seats: Option<u32>,
    /// It is a trial
    #[arg(long)]
    trial: bool,
    /// Anything for yourself
    #[arg(long)]
    note: Option<String>,
}

/// Runs one of the commands.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    match &arguments.what {
        What::Add(entry) => add(root, entry),
        What::List(options) => {
            list::run(&Desk::open(root)?, options);
            Ok(())
        }
        What::Show { id, code } => show(&Desk::open(root)?, id, *code),
        What::Renew { id, until } => renew(root, id, until),
        What::Revoke { id, from } => revoke(root, id, from.as_deref()),
        What::Reissue { id, seat } => reissue(root, id, *seat),
        What::Import { file } => import::run(root, file),
    }
}

/// The site with its subscribers, as the commands see it.
pub struct Desk {
    root: PathBuf,
    sources: Sources,
    archive: Archive,
    subscribers: Vec<Subscriber>,
}

impl Desk {
    /// Reads the site of a folder; what is wrong with it or its subscribers is told and stops the command.
    pub fn open(root: &Path) -> Result<Desk, Failed> {
        let mut findings = Findings::default();
        let Some((sources, archive)) = build::look(root, Timestamp::now(), false, &mut findings) else {
            return tell_findings(root, &findings.sorted(), true).and(Err(Failed));
        };
        let mut own = Findings::default();
        let subscribers = access::read_subscribers(root, &sources.config, &archive, &mut own);
        tell_findings(root, &own.sorted(), false)?;
        Ok(Desk { root: root.to_owned(), sources, archive, subscribers })
    }

    /// The archive.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// The subscribers, in the order of the file.
    pub fn subscribers(&self) -> &[Subscriber] {
        &self.subscribers
    }

    fn find(&self, id: &str) -> Result<(usize, &Subscriber), Failed> {
        let found = self.subscribers.iter().position(|subscriber| subscriber.id == id);
        if let Some(index) = found {
            return Ok((index, &self.subscribers[index]));
        }
        let known = self.subscribers.iter().map(|subscriber| subscriber.id.as_str());
        let hint = crate::diagnostic::nearest(id, known).map_or_else(
            || "`briefpress subscriber list` tells who there is".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        fail(format!("{FILE} has no subscriber `{id}`\n = help: {hint}"))
    }

    fn today(&self) -> Date {
        self.archive.as_of.day
    }

    fn keys(&self) -> Result<Keys, Failed> {
        Ok(Keys::new(&master_key(&self.root)?, &self.sources.config.sealed, &self.archive))
    }

    /// A mail to a subscriber, with these seats' codes.
    fn mail(&self, mail: Mail, subscriber: &Subscriber, seat: Option<u32>) -> Result<String, Failed> {
        let keys = self.keys()?;
        let chosen = |number: u32| seat.is_none_or(|seat| seat == number);
        let seats = (1..).zip(&subscriber.seats).filter(|(number, _)| chosen(*number));
        let codes = seats.map(|(_, seat)| keys.code(seat).text().to_string()).collect();
        let names = subscriber.plans.iter().filter_map(|plan| self.archive.plan(plan)).map(|plan| plan.name.as_str());
        let told = Told {
            plans: names.collect::<Vec<_>>().join(", "),
            until: subscriber.last().map(|day| day.to_string()).unwrap_or_default(),
            ..Told::new(&self.sources.config, "/", codes)
        };
        mail::text(&self.root, mail, &told)
    }
}

/// Changes the file if the site is as sound with it as before; gives the site with it.
fn change(root: &Path, edit: impl FnOnce(&str) -> Option<String>) -> Result<Desk, Failed> {
    let path = root.join(FILE);
    let before = fs::look(&path).or_else(fail)?.map(|_| fs::read_to_string(&path)).transpose().or_else(fail)?;
    let Some(changed) = edit(before.as_deref().unwrap_or_default()) else {
        return fail(format!(
            "{FILE} is written in a way that is not changed here\n = help: make it a list of entries, each from `- id:` on, or change it by hand"
        ));
    };
    fs::write(&path, changed.as_bytes()).or_else(fail)?;
    let desk = Desk::open(root);
    if desk.is_err() {
        match before {
            Some(text) => fs::write(&path, text.as_bytes()),
            None => fs::remove_file(&path),
        }
        .or_else(fail)?;
        tell(&format!("{FILE} is as it was.\n"));
    }
    desk
}

/// The keys and values of an entry, as YAML.
fn written(entry: &Entry) -> Vec<(&'static str, String)> {
    let plans: Vec<String> = entry.plans.iter().map(|plan| quoted(plan)).collect();
    let mut pairs = vec![("id", quoted(&entry.id)), ("plans", format!("[{}]", plans.join(", ")))];
    let days = [("from", &entry.from), ("until", &entry.until)];
    pairs.extend(days.iter().filter_map(|(key, day)| Some((*key, (*day).clone()?))));
    pairs.extend(entry.back_catalogue.iter().map(|rule| ("back_catalogue", quoted(rule))));
    pairs.extend(entry.seats.iter().map(|seats| ("seats", seats.to_string())));
    pairs.extend(entry.trial.then(|| ("trial", "true".to_owned())));
    pairs.extend(entry.note.iter().map(|note| ("note", quoted(note))));
    pairs
}

fn add(root: &Path, entry: &Entry) -> Result<(), Failed> {
    let desk = change(root, |yaml| append(yaml, &written(entry)))?;
    let (_, subscriber) = desk.find(&entry.id)?;
    tell(&format!("{FILE}: {} added. The code opens from the next build on.\n", entry.id));
    print(&desk.mail(Mail::Welcome, subscriber, None)?);
    Ok(())
}

/// Sets a value in the entry of a subscriber.
fn set(root: &Path, id: &str, path: &[&str], value: &str) -> Result<Desk, Failed> {
    let (index, _) = Desk::open(root)?.find(id).map(|(index, found)| (index, found.id.clone()))?;
    let index = index.to_string();
    let whole: Vec<&str> = std::iter::once(index.as_str()).chain(path.iter().copied()).collect();
    change(root, |yaml| set_at(yaml, &whole, value))
}

fn renew(root: &Path, id: &str, until: &str) -> Result<(), Failed> {
    let desk = set(root, id, &["until"], &quoted_day(until))?;
    let (_, subscriber) = desk.find(id)?;
    if let Some(day) = subscriber.revoked {
        tell(&format!(
            "warning: the access of {id} is taken away from {day} on: take `revoked` out of {FILE} to give it back\n"
        ));
    }
    print(&desk.mail(Mail::Renewal, subscriber, None)?);
    Ok(())
}

/// A day as it is typed: if it is none, the entry is refused with what is wrong.
fn quoted_day(day: &str) -> String {
    if day.bytes().all(|b| b.is_ascii_digit() || b == b'-') { day.to_owned() } else { quoted(day) }
}

fn revoke(root: &Path, id: &str, from: Option<&str>) -> Result<(), Failed> {
    let today = Desk::open(root)?.today().to_string();
    let day = from.unwrap_or(&today);
    let desk = set(root, id, &["revoked"], &quoted_day(day))?;
    print(&format!(
        "The access of {id} ends with the build of {day}. What was fetched before opens reports of at most {} after that build.\n",
        counted(desk.sources.config.sealed.horizon as usize + 7, "day")
    ));
    Ok(())
}

fn reissue(root: &Path, id: &str, seat: Option<u32>) -> Result<(), Failed> {
    let desk = Desk::open(root)?;
    let (_, subscriber) = desk.find(id)?;
    let newest = subscriber.seats.iter().map(|seat| seat.generation).max().unwrap_or(1) + 1;
    let desk = match seat {
        None => {
            let desk = set(root, id, &["generation"], &newest.to_string())?;
            let whole = desk.find(id)?.1.seats.iter().all(|seat| seat.generation == newest);
            // A seat that was replaced by itself would keep its code.
            if whole { desk } else { set(root, id, &["seat_generations"], "{}")? }
        }
        Some(number) if number as usize > subscriber.seats.len() || number == 0 => {
            return fail(format!("{id} has no seat {number}\n = help: seats: 1 to {}", subscriber.seats.len()));
        }
        Some(number) => {
            let seats = subscriber.seats.iter().enumerate().map(|(index, seat)| {
                let generation = if index + 1 == number as usize { newest } else { seat.generation };
                format!("{}: {generation}", index + 1)
            });
            set(root, id, &["seat_generations"], &format!("{{{}}}", seats.collect::<Vec<_>>().join(", ")))?
        }
    };
    let (_, subscriber) = desk.find(id)?;
    print(&desk.mail(Mail::Reissue, subscriber, seat)?);
    Ok(())
}

fn show(desk: &Desk, id: &str, codes: bool) -> Result<(), Failed> {
    let (_, subscriber) = desk.find(id)?;
    let mut text = format!("{id}: {}\n", list::standing(subscriber, desk.today()));
    let names: Vec<&str> =
        subscriber.plans.iter().filter_map(|plan| desk.archive.plan(plan)).map(|plan| plan.name.as_str()).collect();
    text += &format!("Plans: {}. {}.\n", names.join(", "), counted(subscriber.seats.len(), "reader"));
    if let Standing::Open(first, last) = subscriber.standing(desk.today(), u16::MAX) {
        let covers = |report| {
            subscriber
                .plans
                .iter()
                .filter_map(|plan| desk.archive.plan(plan))
                .any(|plan| desk.archive.covers(plan, report))
        };
        let gated = |report: &crate::archive::ReportId| desk.archive[*report].is_gated();
        let days = |report: &crate::archive::ReportId| {
            (first..=last).contains(&access::day(desk.archive[*report].public.released.day))
        };
        let opens = desk.archive.report_ids().filter(gated).filter(days).filter(|report| covers(*report)).count();
        let all = desk.archive.report_ids().filter(gated).count();
        text += &format!("Opens {opens} of {}.\n", counted(all, "gated report"));
    }
    text += &subscriber.note.as_ref().map(|note| format!("Note: {note}\n")).unwrap_or_default();
    print(&text);
    if codes {
        let keys = desk.keys()?;
        subscriber.seats.iter().for_each(|seat| print(&format!("{}\n", *keys.code(seat).text())));
    }
    Ok(())
}
