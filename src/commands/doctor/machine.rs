//! The machine: git and the clock.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::Checks;
use crate::git;

pub fn look(root: &Path, now: Timestamp, checks: &mut Checks) {
    checks.ok(format!("briefpress {}", env!("CARGO_PKG_VERSION")));
    match git::ask(Path::new("."), &["--version"]) {
        Some(version) => checks.ok(version),
        None => checks.warning(
            "there is no git on this machine",
            "install it from https://git-scm.com: the history of an archive is kept, and published, with it",
        ),
    }
    clock(root, now, checks);
}

/// A clock that is wrong releases what is under embargo, or holds back what is due.
fn clock(root: &Path, now: Timestamp, checks: &mut Checks) {
    let day = now.to_zoned(TimeZone::UTC).date();
    let last = git::ask(root, &["log", "-1", "--format=%ct"]).and_then(|seconds| seconds.parse::<i64>().ok());
    let cure = "set the clock of the machine: embargoes end by it";
    if !(date(2025, 9, 1)..date(2100, 1, 1)).contains(&day) {
        checks.error(format!("the clock says {day}, which cannot be"), cure);
    } else if last.is_some_and(|last| last > now.as_second() + 86_400) {
        checks.error(format!("the clock says {day}, and the last commit was made later than that"), cure);
    } else {
        checks.ok(format!("the clock says {day}"));
    }
}
