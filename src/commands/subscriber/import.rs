//! `briefpress subscriber import`: entries from a table (RFC 4180).

use std::path::Path;

use super::{Entry, FILE, change, written};
use crate::commands::{Failed, counted, fail, print};
use crate::fs;
use crate::yaml::edit::append;

const COLUMNS: [&str; 8] = ["id", "plans", "from", "until", "back_catalogue", "seats", "trial", "note"];

/// Adds the rows of a table; all of them, or none if one is wrong.
pub fn run(root: &Path, file: &Path) -> Result<(), Failed> {
    let bytes = fs::read(file).or_else(fail)?;
    let entries = entries(&bytes).or_else(|fact| fail(format!("{}: {fact}", file.display())))?;
    let count = entries.len();
    change(root, |yaml| entries.iter().try_fold(yaml.to_owned(), |yaml, entry| append(&yaml, &written(entry))))?;
    print(&format!(
        "{FILE}: {} added. `briefpress subscriber show ID --code` tells their codes.\n",
        counted(count, "subscriber")
    ));
    Ok(())
}

/// The rows of a table whose first line names its columns.
fn entries(bytes: &[u8]) -> Result<Vec<Entry>, String> {
    let mut table = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let heads: Vec<String> = table
        .headers()
        .map_err(|error| error.to_string())?
        .iter()
        .map(|head| head.to_lowercase().replace(' ', "_"))
        .collect();
    for head in &heads {
        if !COLUMNS.contains(&head.as_str()) {
            return Err(format!("unknown column `{head}`\n = help: columns are {}", COLUMNS.join(", ")));
        }
    }
    let mut entries = Vec::new();
    for row in table.records() {
        let row = row.map_err(|error| error.to_string())?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |name: &str| {
            let at = heads.iter().position(|head| head == name)?;
            row.get(at).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let Some(id) = cell("id") else { return Err(format!("line {line} has no id")) };
        let seats =
            cell("seats").map(|text| text.parse().map_err(|_| format!("line {line}: `{text}` is no number of seats")));
        entries.push(Entry {
            id,
            plans: cell("plans")
                .unwrap_or_default()
                .split([' ', ';', ','])
                .filter(|plan| !plan.is_empty())
                .map(str::to_owned)
                .collect(),
            from: cell("from"),
            until: cell("until"),
            back_catalogue: cell("back_catalogue"),
            seats: seats.transpose()?,
            trial: cell("trial").is_some_and(|text| ["yes", "true", "1", "x"].contains(&text.to_lowercase().as_str())),
            note: cell("note"),
        });
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_entries_and_says_what_is_wrong_with_it() {
        let table = b"ID,Plans,Until,Seats,Note\nA,all mexico,2026-12-31,3,\"by \"\"invoice\"\", yearly\"\nB,all,,,\n";
        let entries = entries(table).expect("a table");
        assert_eq!(entries[0].plans, ["all", "mexico"]);
        assert_eq!((entries[0].seats, entries[0].note.as_deref()), (Some(3), Some("by \"invoice\", yearly")));
        assert!(entries[1].until.is_none() && entries[1].note.is_none());
        assert!(super::entries(b"id,plan\nA,all\n").unwrap_err().contains("unknown column `plan`"));
        assert!(super::entries(b"id,plans\n,all\n").unwrap_err().contains("line 2 has no id"));
        assert!(super::entries(b"id,seats\nA,many\n").unwrap_err().contains("line 2: `many`"));
    }
}
