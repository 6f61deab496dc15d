//! `briefpress subscriber list`.

use clap::Args;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;

use super::Desk;
use crate::access::{Standing, Subscriber};
use crate::commands::{Form, counted, print};

/// Options of `briefpress subscriber list`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Only those whose access ends within so many days
    #[arg(long, value_name = "DAYS")]
    ending: Option<i64>,
    /// Only those who have bought this plan
    #[arg(long)]
    plan: Option<String>,
    /// Only trials
    #[arg(long)]
    trials: bool,
    /// How it is told
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

/// Lists subscribers.
pub fn run(desk: &Desk, options: &Arguments) {
    let today = desk.today();
    let soon = |subscriber: &Subscriber, days: i64| {
        let last = subscriber.last();
        last.is_some_and(|last| last >= today && last <= today.saturating_add(days.days()))
    };
    let chosen: Vec<&Subscriber> = desk
        .subscribers
        .iter()
        .filter(|subscriber| options.ending.is_none_or(|days| soon(subscriber, days)))
        .filter(|subscriber| options.plan.as_ref().is_none_or(|plan| subscriber.plans.contains(plan)))
        .filter(|subscriber| !options.trials || subscriber.trial)
        .collect();
    if options.format == Form::Json {
        let all: Vec<_> = chosen
            .iter()
            .map(|subscriber| {
                json!({
                    "id": subscriber.id,
                    "plans": subscriber.plans,
                    "readers": subscriber.seats.len(),
                    "until": subscriber.last().map(|day| day.to_string()),
                    "standing": standing(subscriber, today),
                    "trial": subscriber.trial,
                })
            })
            .collect();
        return print(&format!("{:#}\n", json!(all)));
    }
    let width = chosen.iter().map(|subscriber| subscriber.id.chars().count()).max().unwrap_or(0);
    for subscriber in &chosen {
        let trial = if subscriber.trial { ", a trial" } else { "" };
        let plans = subscriber.plans.join(", ");
        print(&format!("{:width$}  {}  {plans}{trial}\n", subscriber.id, standing(subscriber, today)));
    }
    print(&format!("{} of {}.\n", chosen.len(), counted(desk.subscribers.len(), "subscriber")));
}

/// How an access stands, in words.
pub fn standing(subscriber: &Subscriber, today: Date) -> String {
    match subscriber.standing(today, u16::MAX) {
        Standing::Upcoming(day) => format!("begins on {day}"),
        Standing::Ended(day) => format!("ended on {day}"),
        Standing::Open(..) => {
            subscriber.last().map_or_else(|| "open without an end".to_owned(), |day| format!("open until {day}"))
        }
    }
}
