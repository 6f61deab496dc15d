//! The sealed edition: who opens what, on which day, and what is in the open.

use std::fmt::Write;

use briefpress::access::reader::{Index, Opened, Reader, Shut};
use briefpress::sealed::{CodesRoot, MasterKey};

use crate::support::{Built, Site};

mod commands;
mod lifecycle;
mod openness;

const KEY: u8 = 7;

/// Reports of three years on two countries, one of them for everybody, with two plans.
const ARCHIVE: &str = "\
-- briefpress.yaml --
title: The Briefing
url: https://example.org/briefings/
time_zone: UTC
default_access: subscribers
register: {email: desk@example.org}
plans:
  all: {name: Everything, covers: all}
  mexico: {name: Mexico, covers: {countries: [MX]}}
  chile: {name: Chile, covers: {countries: [CL]}}
sealed: {site: test, horizon: 14}
-- content/reports/a.md --
---
{id: MX-1, title: The first of Mexico, date: 2023-03-01, countries: [MX], summary: What everybody reads of the first.}
---
Nothing behind this teaser is for everybody.

<!-- more -->

The canary of the first report sings about seven grey houses.
-- content/reports/b.md --
---
{id: MX-2, title: The second of Mexico, date: 2025-02-10, countries: [MX], summary: What everybody reads of the second.}
---
A teaser comes first here as well.

<!-- more -->

The canary of the second report sings about eight blue rivers.
-- content/reports/c.md --
---
{id: CL-1, title: The first of Chile, date: 2025-06-20, countries: [CL], summary: What everybody reads of Chile.}
---
A teaser comes first here as well.

<!-- more -->

The canary of the third report sings about nine green deserts.
-- content/reports/d.md --
---
{id: OPEN, title: For everybody, date: 2025-05-01, countries: [CL], access: public, summary: What everybody reads.}
---
All of this is for everybody to read.
-- subscribers.yaml --
";

/// A site with subscribers, sealed and seen on a day.
fn site(subscribers: &str, day: &str) -> Site {
    Site::new(&format!("{ARCHIVE}{subscribers}")).sealed(KEY).seen_on(&format!("{day}T12:00:00Z"))
}

fn codes() -> CodesRoot {
    MasterKey::from_bytes([KEY; 32]).codes_root("test", 1)
}

fn code(name: &str, generation: u32) -> String {
    codes().code(name, generation).text().to_string()
}

fn index(built: &Built) -> Index {
    serde_json::from_str(built.page("keys/index.json")).expect("an index")
}

fn reader(built: &Built, code: &str) -> Result<Reader, Shut> {
    Reader::new(code, &index(built), |path| built.files.get(path).cloned())
}

fn opened(built: &Built, code: &str, address: &str) -> Result<Opened, Shut> {
    reader(built, code)?.open(built.page(address))
}

/// A line for each report of the archive: its id, and whether a code opens it.
fn opens(built: &Built, code: &str) -> String {
    let reports = [("MX-1", "/reports/2023/a/"), ("MX-2", "/reports/2025/b/"), ("CL-1", "/reports/2025/c/")];
    let mut table = String::new();
    for (id, address) in
        reports.iter().filter(|(_, address)| built.files.contains_key(&format!("{}index.html", &address[1..])))
    {
        let told = match opened(built, code, address) {
            Ok(text) if text.html.contains("The canary of the") => "opens".to_owned(),
            Ok(_) => "opens, and holds nothing".to_owned(),
            Err(Shut::NotCovered) => "shut".to_owned(),
            Err(other) => other.to_string(),
        };
        _ = write!(table, "{id} {told}; ");
    }
    table
}
