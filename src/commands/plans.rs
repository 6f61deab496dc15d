//! `briefpress plans`: what each plan covers now, in numbers.

use std::path::Path;

use clap::Args;
use jiff::ToSpan;
use serde_json::json;

use super::subscriber::Desk;
use super::{Failed, Form, counted, print};
use crate::access::Standing;
use crate::archive::Plan;

/// Options of `briefpress plans`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// How it is told
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

/// Tells reports and readers of each plan.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let desk = Desk::open(root)?;
    let figures: Vec<Figures> = desk.archive().plans.iter().map(|plan| Figures::of(&desk, plan)).collect();
    if arguments.format == Form::Json {
        let all: Vec<_> = figures.iter().map(Figures::json).collect();
        print(&format!("{:#}\n", json!(all)));
        return Ok(());
    }
    if figures.is_empty() {
        print("There are no plans: add them under `plans:` in briefpress.yaml.\n");
    }
    for told in &figures {
        print(&format!(
            "{} ({}): {}, {} of them in the last 30 days; {} with {}, {} ending within 30 days.\n",
            told.name,
            told.key,
            counted(told.gated, "gated report"),
            told.lately,
            counted(told.subscribers, "subscriber"),
            counted(told.readers, "reader"),
            told.ending,
        ));
    }
    Ok(())
}

struct Figures {
    key: String,
    name: String,
    gated: usize,
    lately: usize,
    subscribers: usize,
    readers: usize,
    ending: usize,
}

impl Figures {
    fn of(desk: &Desk, plan: &Plan) -> Figures {
        let archive = desk.archive();
        let today = archive.as_of.day;
        let covered: Vec<_> =
            archive.report_ids().filter(|id| archive[*id].is_gated() && archive.covers(plan, *id)).collect();
        let since = today.saturating_sub(30.days());
        let open: Vec<_> = desk
            .subscribers()
            .iter()
            .filter(|subscriber| subscriber.plans.contains(&plan.key))
            .filter(|subscriber| matches!(subscriber.standing(today, u16::MAX), Standing::Open(..)))
            .collect();
        let soon = today.saturating_add(30.days());
        Figures {
            key: plan.key.clone(),
            name: plan.name.clone(),
            gated: covered.len(),
            lately: covered.iter().filter(|id| archive[**id].public.released.day > since).count(),
            subscribers: open.len(),
            readers: open.iter().map(|subscriber| subscriber.seats.len()).sum(),
            ending: open.iter().filter(|subscriber| subscriber.last().is_some_and(|last| last <= soon)).count(),
        }
    }

    fn json(&self) -> serde_json::Value {
        json!({
            "plan": self.key,
            "name": self.name,
            "gated_reports": self.gated,
            "in_the_last_30_days": self.lately,
            "subscribers": self.subscribers,
            "readers": self.readers,
            "ending_within_30_days": self.ending,
        })
    }
}
