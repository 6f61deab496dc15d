//! Publishing: to a branch, a folder and a bucket, with publishers that are stopped and publishers that meet.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use briefpress::sealed::MasterKey;

use crate::support::{Site, files_of};

mod branch;
mod bucket;
mod folder;
mod limits;
#[cfg(unix)]
mod server;

type Files = BTreeMap<String, Vec<u8>>;

const CONFIGURATION: &str = "title: The Briefing\nurl: https://example.org/briefings/\ntime_zone: UTC\ntheme: mine\n\
                             default_access: public\nregister: {email: desk@example.org}\nplans: {all: {covers: all}}\nsealed: {site: test}\n";
const SECRET: &str = "a-very-secret-access-key";

/// A site of which every version has another style sheet, so that all pages of it change.
fn site() -> Site {
    let site = Site::new("-- content/pages/about.md --\n---\ntitle: About\n---\nText.\n");
    site.write("briefpress.yaml", CONFIGURATION);
    site.write("themes/mine/theme.yaml", "name: Mine\nbriefpress: \"0.1\"\nparent: broadsheet\n");
    word(&site, 0);
    site
}

/// The same reports in another wording and colour.
fn word(site: &Site, version: usize) {
    site.write("themes/mine/static/theme.css", format!(":root {{ --accent: #{version:06x}; }}\n"));
    site.reword(9, version);
}

fn key() -> String {
    MasterKey::from_bytes([5; 32]).to_text().to_string()
}

fn command(site: &Site, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_briefpress"));
    command.arg("publish").args(arguments).current_dir(site.root());
    command.env("BRIEFPRESS_KEY", key()).env_remove("BRIEFPRESS_KEY_FILE").env_remove("GITHUB_ACTIONS");
    command.env("AWS_ACCESS_KEY_ID", "desk").env("AWS_SECRET_ACCESS_KEY", SECRET).env("AWS_REGION", "us-east-1");
    command
}

/// What was told, which must hold no secret.
fn told(output: &Output) -> String {
    let all = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    for secret in [SECRET, &key(), "open-sesame"] {
        assert!(!all.contains(secret), "a secret is told: {all}");
    }
    all
}

fn run(command: &mut Command) -> String {
    let output = command.output().expect("run");
    let told = told(&output);
    assert!(output.status.success(), "{told}");
    told
}

fn fail(command: &mut Command) -> String {
    let output = command.output().expect("run");
    let told = told(&output);
    assert!(!output.status.success(), "it was expected to fail: {told}");
    assert!(told.contains("error: ") && told.contains(" = help: "), "a fact and a cure: {told}");
    told
}

/// The site as it was built to be published.
fn built(site: &Site, edition: &str) -> Files {
    files_of(&site.root().join(".briefpress/publish").join(edition))
}

/// Style sheets and scripts that a page names, as paths of the site.
fn parts(path: &str, page: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(page);
    let mut parts = Vec::new();
    for tag in
        text.split('<').filter(|tag| tag.starts_with("link rel=\"stylesheet\"") || tag.starts_with("script src="))
    {
        let Some(way) = tag.split(['"']).find(|word| word.contains(".css") || word.contains(".js")) else { continue };
        let way = way.strip_prefix("/briefings/").map_or_else(|| way.to_owned(), |way| format!("/{way}"));
        let mut at: Vec<&str> = if way.starts_with('/') { Vec::new() } else { path.split('/').collect() };
        at.pop();
        for step in way.trim_start_matches('/').split('/') {
            if step == ".." { _ = at.pop() } else { at.push(step) }
        }
        parts.push(at.join("/"));
    }
    parts
}

fn pages(files: &Files) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    files.iter().filter(|(path, _)| path.ends_with(".html"))
}

/// Every page of a site has its parts.
fn assert_whole(files: &Files) {
    let mut seen = 0;
    for (path, page) in pages(files) {
        assert!(page.ends_with(b"</html>\n") || page.ends_with(b"</html>"), "{path} is cut off");
        for part in parts(path, page) {
            assert!(files.contains_key(&part), "{path} has no {part}");
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} parts of {} files", files.len());
}

/// A site between two has whole pages, each of the one or the other, and all that both have.
fn assert_between(left: &Files, old: &Files, new: &Files) {
    assert_whole(left);
    for (path, page) in pages(left) {
        assert!(old.get(path) == Some(page) || new.get(path) == Some(page), "{path} is neither old nor new");
    }
    for (path, _) in pages(old).filter(|(path, _)| new.contains_key(*path)) {
        assert!(left.contains_key(path), "{path} is missing");
    }
}

/// A site without what publishers keep beside it.
fn without_own(files: Files) -> Files {
    files.into_iter().filter(|(path, _)| !path.starts_with(".briefpress-") && !path.starts_with(".git/")).collect()
}

/// How often publishers are killed: `KILLS=50 cargo test --test sites publish` is the long form.
fn kills() -> usize {
    std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(6)
}

/// Kills publishers at moments that are spread over a publication. `left` reads what is at the place; `exact` places hold the one
/// site or the other and nothing between.
#[allow(clippy::print_stdout, reason = "shown with --nocapture")]
fn kill(site: &Site, publish: &dyn Fn() -> Command, left: &dyn Fn() -> Files, exact: bool) {
    run(&mut publish());
    word(site, 1001);
    run(publish().arg("--dry-run"));
    let started = Instant::now();
    run(&mut publish());
    let whole = started.elapsed();
    let mut old = left();
    let (mut early, mut late, mut between) = (0, 0, 0);
    for version in 1..=kills() {
        word(site, version);
        // What is built before need not be built again: kills meet the delivery.
        run(publish().arg("--dry-run"));
        let mut child = publish().stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("run");
        let part = (version * 7919 % 1000) as u32;
        std::thread::sleep(whole * part / 1000 * 6 / 5 + Duration::from_micros(u64::from(part)));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let (found, meant) = (left(), built(site, "public"));
        assert_between(&found, &old, &meant);
        if version % 3 == 0 {
            // The editor takes it back: what was under way must not pass for what was there before.
            word(site, version - 1);
        }
        run(&mut publish());
        let new = left();
        for (path, bytes) in built(site, "public") {
            assert!(new.get(&path) == Some(&bytes), "{path} is not what was published");
        }
        let of = |files: &Files| pages(files).map(|(path, page)| (path.clone(), page.clone())).collect::<Files>();
        match of(&found) {
            pages if pages == of(&old) => early += 1,
            pages if pages == of(&meant) => late += 1,
            _ => between += 1,
        }
        old = new;
    }
    assert!(!exact || between == 0, "{between} sites between two");
    println!("{} kills: {early} left the old site, {late} the new one, {between} whole pages of both", kills());
}
