//! `briefpress doctor`: what is wrong with this machine, this site and its repository, in words.

use std::fmt;
use std::path::Path;

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::{Failed, Form, counted, print};

mod machine;
mod repository;
mod secrets;
mod site;

const EXAMPLES: &str = "\
Examples:
  briefpress doctor                      everything that is looked at, and what to do about it
  briefpress doctor --format json

Nothing is changed, and nothing is fetched. Exit code 1 if there is an error.";

/// Options of `briefpress doctor`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// How it is told
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ok,
    Warning,
    Error,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            State::Ok => "ok",
            State::Warning => "warning",
            State::Error => "error",
        })
    }
}

/// One thing that was looked at.
struct Check {
    state: State,
    fact: String,
    cure: Option<String>,
}

/// All that was looked at, in order.
#[derive(Default)]
struct Checks {
    list: Vec<Check>,
}

impl Checks {
    fn ok(&mut self, fact: impl Into<String>) {
        self.list.push(Check { state: State::Ok, fact: fact.into(), cure: None });
    }

    fn warning(&mut self, fact: impl Into<String>, cure: impl Into<String>) {
        self.list.push(Check { state: State::Warning, fact: fact.into(), cure: Some(cure.into()) });
    }

    fn error(&mut self, fact: impl Into<String>, cure: impl Into<String>) {
        self.list.push(Check { state: State::Error, fact: fact.into(), cure: Some(cure.into()) });
    }

    fn count(&self, state: State) -> usize {
        self.list.iter().filter(|check| check.state == state).count()
    }
}

/// Looks at everything and tells it.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let mut checks = Checks::default();
    let now = Timestamp::now();
    machine::look(root, now, &mut checks);
    let config = site::look(root, now, &mut checks);
    secrets::look(root, config.as_ref(), &mut checks);
    repository::look(root, config.as_ref(), &mut checks);
    print(&match arguments.format {
        Form::Text => text(&checks),
        Form::Json => as_json(&checks),
    });
    if checks.count(State::Error) == 0 { Ok(()) } else { Err(Failed) }
}

fn text(checks: &Checks) -> String {
    let mut text = String::new();
    for check in &checks.list {
        text += &format!("{:<8} {}\n", check.state.to_string(), check.fact);
        if let Some(cure) = &check.cure {
            text += &format!("         = help: {cure}\n");
        }
    }
    let (errors, warnings) = (checks.count(State::Error), checks.count(State::Warning));
    text + &format!(
        "\n{}, {}, {} ok\n",
        counted(errors, "error"),
        counted(warnings, "warning"),
        checks.count(State::Ok)
    )
}

fn as_json(checks: &Checks) -> String {
    let list: Vec<_> = checks
        .list
        .iter()
        .map(|check| json!({ "state": check.state.to_string(), "fact": check.fact, "cure": check.cure }))
        .collect();
    format!(
        "{:#}\n",
        json!({ "checks": list, "errors": checks.count(State::Error), "warnings": checks.count(State::Warning) })
    )
}
