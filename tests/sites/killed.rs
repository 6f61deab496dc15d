//! A build that is killed leaves the site that was, the new one, or what the next build mends and tells of.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::Site;

type Files = BTreeMap<String, Vec<u8>>;

fn build(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_briefpress"));
    command.arg("--root").arg(root).arg("build");
    command
}

fn public(site: &Site) -> Files {
    crate::support::files_of(&site.root().join("public"))
}

/// `KILLS=200 cargo test --test sites killed` tries more moments.
#[test]
fn killed_at_any_moment() {
    let kills: usize = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20);
    let site = Site::new("-- content/pages/about.md --\n---\ntitle: About\n---\nText.\n");
    site.reword(12, 0);
    let started = Instant::now();
    assert!(build(site.root()).output().expect("run").status.success());
    let whole_build = started.elapsed();
    let mut old = public(&site);
    let (mut early, mut mended) = (0, 0);
    for version in 1..=kills {
        site.reword(12, version);
        let mut child = build(site.root()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("run");
        // Moments are spread over the whole of a build, in no order that a build would follow.
        let part = (version * 7919 % 1000) as u32;
        std::thread::sleep(whole_build * part / 1000 * 6 / 5 + Duration::from_micros(u64::from(part)));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let left = public(&site);
        let next = build(site.root()).output().expect("run");
        assert!(next.status.success(), "{}", String::from_utf8_lossy(&next.stderr));
        let new = public(&site);
        let told = String::from_utf8_lossy(&next.stdout).into_owned();
        if left == old {
            early += 1;
        } else if left != new {
            mended += 1;
            assert!(told.contains("stopped"), "a site between two, and nothing is told: {told}");
        }
        let pages = new.iter().filter(|(path, _)| path.starts_with("reports/") && path.ends_with("index.html"));
        let wording = format!("Version {version}.");
        assert!(pages.clone().count() >= 8);
        assert!(pages.into_iter().all(|(_, page)| String::from_utf8_lossy(page).contains(&wording)));
        old = new;
    }
    assert!(early > 0, "the build was never killed before its end");
    println!("{kills} kills: {early} left the old site, {mended} something that was mended");
}
