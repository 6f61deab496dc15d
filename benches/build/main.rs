//! CPU time and memory of whole builds: `cargo bench`, `cargo bench -- 30000`, `cargo bench -- generate DIR REPORTS`; of
//! the preview: `cargo bench -- serve`, or `cargo bench -- serve DIR` for an archive that was generated; of the sealed edition with
//! 5,000 subscribers: `cargo bench -- sealed`.
//!
//! Each build is a process of its own, so that its time and memory are its own; figures are medians of five. Archives
//! and outputs lie on a RAM disk where there is one. Linux only: figures come from `/proc`.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs, reason = "a measurement prints its figures")]

mod generator;
mod preview;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use briefpress::archive::Edition;
use briefpress::build::{Request, build};
use briefpress::sealed::MasterKey;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["one", root, output, edition] => one(Path::new(root), Path::new(output), edition),
        ["generate", root, reports] => {
            generator::generate(Path::new(root), reports.parse().expect("a number")).expect("written");
        }
        ["preview", root] => preview::preview(Path::new(root)),
        ["serve", root] => preview::measure(Path::new(root)),
        ["sealed", root] => sealed(Path::new(root)),
        ["sealed"] => on_a_disk(10_000, sealed),
        ["serve"] => on_a_disk(10_000, preview::measure),
        _ => measure(words.first().and_then(|word| word.parse().ok()).unwrap_or(10_000)),
    }
}

/// Builds once and prints the process's own figures.
fn one(root: &Path, output: &Path, edition: &str) {
    let sealed = (edition == "sealed").then(|| Arc::new(MasterKey::from_bytes([7; 32])));
    let edition = if edition == "full" { Edition::FULL } else { Edition::PUBLIC };
    let request = Request { output: output.to_owned(), edition, sealed, ..Request::new(root) };
    let outcome = build(&request, &());
    let summary = outcome.summary.unwrap_or_else(|| panic!("{:#?}", outcome.findings));
    let phases: Vec<String> =
        summary.phases.iter().map(|(name, time)| format!("{name} {} ms", time.as_millis())).collect();
    println!("{:.3} {} {} {}", cpu_seconds(), peak_megabytes(), summary.written.written, phases.join(", "));
}

/// User and system time of this process, in seconds (`proc_pid_stat(5)`, fields 14 and 15, in ticks of 10 ms).
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("/proc");
    let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
    let ticks = |index: usize| fields[index].parse::<f64>().expect("ticks");
    (ticks(11) + ticks(12)) / 100.0
}

/// Peak resident memory of this process.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("/proc");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("VmHWM");
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).expect("a number") / 1024
}

/// Generates an archive, on a RAM disk where there is one, and measures something of it.
fn on_a_disk(reports: usize, measure: impl FnOnce(&Path)) {
    let disk = if Path::new("/dev/shm").is_dir() { PathBuf::from("/dev/shm") } else { std::env::temp_dir() };
    let folder = disk.join(format!("briefpress-bench-{}", std::process::id()));
    let site = folder.join("site");
    generator::generate(&site, reports).expect("generated");
    println!("{reports} reports on {}", disk.display());
    measure(&site);
    std::fs::remove_dir_all(&folder).expect("removed");
}

fn measure(reports: usize) {
    on_a_disk(reports, builds);
}

fn builds(site: &Path) {
    let folder = site.parent().expect("a folder around it");
    for edition in ["public", "full"] {
        let output = folder.join("public");
        let fresh = || {
            let _ = std::fs::remove_dir_all(&output);
            let _ = std::fs::remove_dir_all(site.join(".briefpress"));
        };
        tell(&format!("{edition}, from nothing"), &runs(site, &output, edition, 5, fresh));
        tell(&format!("{edition}, unchanged"), &runs(site, &output, edition, 5, || {}));
        let edited = site.join("content/reports/2004/report-000001.md");
        let text = std::fs::read_to_string(&edited).expect("a report");
        let mut count = 0;
        let edit = || {
            count += 1;
            std::fs::write(&edited, format!("{text}\nEdit {count}.\n")).expect("edited");
        };
        tell(&format!("{edition}, one report edited"), &runs(site, &output, edition, 5, edit));
    }
}

/// The sealed edition beside the public one and the full one, and what an edit and a revoked subscriber change.
fn sealed(site: &Path) {
    generator::add_subscribers(site, 5000).expect("written");
    let output = site.parent().expect("a folder around it").join("public");
    for edition in ["public", "full", "sealed"] {
        let fresh = || {
            let _ = std::fs::remove_dir_all(&output);
            let _ = std::fs::remove_dir_all(site.join(".briefpress"));
        };
        tell(&format!("{edition}, from nothing"), &runs(site, &output, edition, 3, fresh));
    }
    let bytes = |folder: &str| {
        let files = std::fs::read_dir(output.join(folder)).expect("a folder").flatten();
        files.map(|file| file.metadata().expect("a file").len()).sum::<u64>()
    };
    println!("keyrings: {} KB; sealed files of the search: {} KB", bytes("keys") / 1024, bytes("search/x") / 1024);
    let edited = site.join("content/reports/2004/report-000001.md");
    let text = std::fs::read_to_string(&edited).expect("a report");
    std::fs::write(&edited, format!("{text}\nOne more word: tangerine.\n")).expect("edited");
    tell("sealed, one report edited", &runs(site, &output, "sealed", 1, || {}));
    let file = site.join("subscribers.yaml");
    let text = std::fs::read_to_string(&file).expect("subscribers");
    std::fs::write(&file, text.replacen("S-00042,", "S-00042, revoked: 2025-01-01,", 1)).expect("edited");
    tell("sealed, one subscriber revoked", &runs(site, &output, "sealed", 1, || {}));
}

fn runs(site: &Path, output: &Path, edition: &str, times: usize, mut before: impl FnMut()) -> Vec<(f64, u64, String)> {
    let binary = std::env::current_exe().expect("this program");
    let run = |_| {
        before();
        let done = Command::new(&binary)
            .args(["one".as_ref(), site.as_os_str(), output.as_os_str(), edition.as_ref()])
            .output()
            .expect("run");
        let text = String::from_utf8_lossy(&done.stdout).into_owned();
        let mut words = text.trim().splitn(3, ' ');
        let number = |word: Option<&str>| word.and_then(|word| word.parse::<f64>().ok());
        let (Some(cpu), Some(memory)) = (number(words.next()), number(words.next())) else {
            panic!("{}", String::from_utf8_lossy(&done.stderr));
        };
        (cpu, memory as u64, words.next().unwrap_or_default().to_owned())
    };
    (0..times).map(run).collect()
}

fn tell(what: &str, runs: &[(f64, u64, String)]) {
    let mut sorted: Vec<&(f64, u64, String)> = runs.iter().collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (cpu, memory, rest) = sorted[sorted.len() / 2];
    println!("{what:32} {cpu:6.2} s CPU  {memory:5} MB  files written and wall time: {rest}");
}
