//! The server itself, as a process: what it answers, what it refuses, and that it stands a crowd.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::support::Site;

const SITE: &str = "\
-- content/reports/2025/a.md --
---
title: Report A
date: 2025-09-08
countries: [Mexico]
---
The text of report A.

[A file](dot.pdf)
-- content/reports/2025/dot.pdf --
%PDF-1.4
-- content/reports/2025/draft.md --
---
title: The draft
date: 2025-09-08
status: draft
---
Nobody reads this yet.
-- content/pages/about.md --
---
title: About
---
Who we are.
-- static/files/a note.txt --
0123456789
-- subscribers.yaml --
- id: a-reader
";

/// A preview of a site, stopped when it is dropped.
struct Server {
    child: Child,
    at: String,
    site: Site,
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().find(|line| line.to_ascii_lowercase().starts_with(&format!("{name}: ")))?;
        Some(line.split_once(": ").expect("a header").1)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Server {
    fn start(options: &[&str]) -> Server {
        let site = Site::new(SITE);
        let mut child = Command::new(env!("CARGO_BIN_EXE_briefpress"))
            .arg("--root")
            .arg(site.root())
            .args(["serve", "--port", "0"])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("its address");
        let address = line.trim().split("http://").nth(1).unwrap_or_else(|| panic!("an address: {line}"));
        let at = address.split('/').next().expect("a host").to_owned();
        Server { child, at, site }
    }

    /// Sends a request as it is written; `HOST` stands for the server's own.
    fn send(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.at).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
        stream.write_all(request.replace("HOST", &self.at).as_bytes()).expect("sent");
        let mut all = Vec::new();
        stream.read_to_end(&mut all).expect("answered");
        let split =
            all.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| panic!("an answer to {request}"));
        let head = String::from_utf8_lossy(&all[..split]).into_owned();
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        Answer { status, head, body: all[split + 4..].to_vec() }
    }

    fn get(&self, path: &str) -> Answer {
        self.with(path, "")
    }

    /// The same with more headers, each ended by its line.
    fn with(&self, path: &str, headers: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n{headers}\r\n"))
    }

    fn kilobytes(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("/proc");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("VmRSS");
        line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn pages_are_answered_as_a_static_host_does() {
    let server = Server::start(&["--edition", "public"]);
    let page = server.get("/briefings/reports/2025/a/");
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let built = server.site.build();
    let script = "<script src=\"/_preview/preview.js\"";
    let sent = page.text();
    let (before, rest) = sent.split_once(script).expect("the script of the preview");
    let after = rest.split_once("</script>\n").expect("its end").1;
    assert_eq!(format!("{before}{after}"), built.page("/reports/2025/a/"), "byte for byte");
    assert!(!built.page("/reports/2025/a/").contains("_preview"), "a build knows nothing of previews");

    let to = |path: &str| {
        let answer = server.get(path);
        (answer.status, answer.header("location").unwrap_or_default().to_owned())
    };
    assert_eq!(to("/"), (302, "/briefings/".to_owned()));
    assert_eq!(to("/briefings"), (302, "/briefings/".to_owned()));
    assert_eq!(to("/briefings/reports/2025/a"), (301, "/briefings/reports/2025/a/".to_owned()));
    assert_eq!(to("/briefings/reports/2025/a?x=1"), (301, "/briefings/reports/2025/a/?x=1".to_owned()));
    assert_eq!(server.get("/briefings/reports/2025/a/index.html").status, 200);
    let lost = server.get("/briefings/nowhere/");
    assert!(lost.status == 404 && lost.text().contains("/briefings/"), "the page for what is not there");
    assert_eq!(server.get("/elsewhere/").status, 404);

    for (path, media) in [
        ("/briefings/feed.xml", "application/xml; charset=utf-8"),
        ("/briefings/countries/mexico/feed.json", "application/json; charset=utf-8"),
        ("/briefings/sitemap.xml", "application/xml; charset=utf-8"),
        ("/briefings/robots.txt", "text/plain; charset=utf-8"),
        ("/briefings/archive/reports.csv", "text/csv; charset=utf-8"),
        ("/briefings/reports/2025/a/dot.pdf", "application/pdf"),
        ("/briefings/files/a%20note.txt", "text/plain; charset=utf-8"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(media)), "{path}");
    }
    assert!(!server.site.root().join("public/.nothing").exists());
}

#[test]
fn browsers_save_what_they_have_and_ask_for_parts() {
    let server = Server::start(&[]);
    let path = "/briefings/files/a%20note.txt";
    let whole = server.get(path);
    let tag = whole.header("etag").expect("a tag").to_owned();
    let again = server.with(path, &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((again.status, again.body.len()), (304, 0));
    let part = server.with(path, "Range: bytes=2-4\r\n");
    assert_eq!((part.status, part.text().as_str()), (206, "234"));
    assert_eq!(part.header("content-range"), Some("bytes 2-4/11"));
    assert_eq!(server.with(path, "Range: bytes=-3\r\n").text(), "89\n");
    let beyond = server.with(path, "Range: bytes=50-\r\n");
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some("bytes */11")));
    assert_eq!(server.with(path, "Range: bytes=2-4\r\nIf-Range: \"other\"\r\n").status, 200);
    let head = server.send(&format!("HEAD {path} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"));
    assert_eq!((head.status, head.body.len(), head.header("content-length")), (200, 0, Some("11")));
    let page = server.with("/briefings/", "Accept-Encoding: gzip\r\n");
    assert_eq!(page.header("content-encoding"), Some("gzip"));
    assert!(page.body.starts_with(&[0x1f, 0x8b]) && page.body.len() * 2 < server.get("/briefings/").body.len());
    assert_ne!(page.header("etag"), server.get("/briefings/").header("etag"), "two codings are two things");
}

#[test]
fn nobody_else_and_nothing_else_is_served() {
    let server = Server::start(&[]);
    let ask = |line: &str, host: &str| {
        server.send(&format!("{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).status
    };
    // A name of another's that leads to this machine (DNS rebinding).
    for host in ["evil.example", "evil.example:80", "127.0.0.1", "localhost.evil.example"] {
        assert_eq!(ask("GET /briefings/", host), 421, "{host}");
    }
    let port = server.at.split(':').nth(1).expect("a port");
    assert_eq!(ask("GET /briefings/", &format!("localhost:{port}")), 200);
    assert_eq!(ask(&format!("GET http://{}/briefings/", server.at), &server.at), 200);
    assert_eq!(ask("GET http://evil.example/briefings/", &server.at), 421);
    let twice =
        server.send("GET /briefings/ HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!(twice.status, 421);
    for line in ["POST /briefings/", "PUT /briefings/x", "DELETE /briefings/", "OPTIONS /briefings/"] {
        assert_eq!(ask(line, &server.at), 405, "{line}");
    }
    for path in [
        "/briefings/../briefpress.yaml",
        "/briefings/%2e%2e/subscribers.yaml",
        "/briefings/..%2fsubscribers.yaml",
        "/briefings/%2e%2e%5csubscribers.yaml",
        "/briefings/files/%252e%252e/x",
        "/briefings/files/%00",
        "//evil.example/briefings/",
    ] {
        assert_eq!(ask(&format!("GET {path}"), &server.at), 400, "{path}");
    }
    for path in [
        "/subscribers.yaml",
        "/briefings/subscribers.yaml",
        "/briefings/briefpress.yaml",
        "/briefings/content/reports/2025/a.md",
        "/briefings/reports/2025/a.md",
        "/briefings/.briefpress/manifest",
        "/briefings/reports/2025/draft/",
        "/_preview/../subscribers.yaml",
        "/_preview/nothing",
    ] {
        let answer = server.get(path);
        assert!(answer.status == 404 || answer.status == 400, "{path}: {}", answer.status);
        assert!(!answer.text().contains("a-reader") && !answer.text().contains("Nobody reads this"), "{path}");
    }
    let calendar = server.get("/_preview/calendar.json").text();
    assert!(!calendar.contains("The draft"), "drafts are off: {calendar}");
}

#[test]
fn drafts_and_days_are_chosen_in_the_browser() {
    let server = Server::start(&["--edition", "public"]);
    let port = server.at.split(':').nth(1).expect("a port").to_owned();
    let seen = |path: &str, view: &str| server.with(path, &format!("Cookie: briefpress-view-{port}={view}\r\n"));
    assert_eq!(seen("/briefings/reports/2025/draft/", "drafts%3D1").status, 200);
    assert_eq!(seen("/briefings/reports/2025/a/", "as_of%3D2025-01-01").status, 404);
    let told = seen("/_preview/page.json?path=/briefings/", "as_of%3D2025-13-01").text();
    assert!(told.contains("2025-13-01") && told.contains("not a date"), "{told}");
    let told = seen("/_preview/page.json?path=/briefings/reports/2025/draft/", "drafts%3D1%26edition%3Dfull").text();
    for part in ["\"edition\":\"full\"", "\"word\":\"Draft\"", "content/reports/2025/draft.md", "vscode://file/"] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn the_site_is_seen_as_a_subscriber_of_a_plan_sees_it() {
    let server = Server::start(&["--edition", "public"]);
    let report = |country: &str, canary: &str| {
        format!(
            "---\ntitle: Gated\ndate: 2025-03-01\ncountries: [{country}]\naccess: subscribers\n---\nTeaser.\n\n<!-- more -->\n\n{canary} behind it.\n"
        )
    };
    let terms = std::fs::read_to_string(server.site.root().join("briefpress.yaml")).expect("the configuration");
    server.site.write("content/reports/mexican.md", report("MX", "Canary"));
    server.site.write("content/reports/chilean.md", report("CL", "Condor"));
    server.site.write("briefpress.yaml", format!("{terms}default_access: public\nplans: {{all: {{covers: all}}, chile: {{name: Chile, covers: {{countries: [CL]}}}}}}\n"));
    let port = server.at.split(':').nth(1).expect("a port").to_owned();
    let seen = |path: &str, edition: &str| {
        server.with(path, &format!("Cookie: briefpress-view-{port}=edition%3D{edition}\r\n")).text()
    };
    let since = Instant::now();
    while !seen("/_preview/page.json?path=/briefings/", "public").contains("Plan: Chile") {
        assert!(since.elapsed().as_secs() < 60, "the plans are not seen");
        std::thread::sleep(Duration::from_millis(20));
    }
    let (mexican, chilean) = ("/briefings/reports/2025/mexican/", "/briefings/reports/2025/chilean/");
    for (edition, mexico, chile) in [
        ("public", false, false),
        ("plan-0", true, true),
        ("plan-1", false, true),
        ("full", true, true),
        ("plan-9", false, false),
    ] {
        assert_eq!(seen(mexican, edition).contains("Canary behind it"), mexico, "{edition}");
        assert_eq!(seen(chilean, edition).contains("Condor behind it"), chile, "{edition}");
    }
    // An edit keeps what the plan opens.
    server.site.write("content/reports/chilean.md", report("CL", "Vicuna"));
    let since = Instant::now();
    while !seen(chilean, "plan-1").contains("Vicuna behind it") {
        assert!(since.elapsed().as_secs() < 60, "the edit is not seen");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(!seen(chilean, "public").contains("Vicuna behind it"));
}

#[test]
fn theme_authors_see_what_a_template_sees() {
    let server = Server::start(&[]);
    let told = server.get("/_preview/data.json?path=/briefings/reports/2025/a/").text();
    for part in ["\"template\":\"report.html\"", "The text of report A.", "\"title\":\"Report A\"", "\"site\":{"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let list = server.get("/_preview/data.json?path=/briefings/countries/mexico/").text();
    assert!(list.contains("country.html") && list.contains("<article") && !list.contains("\\u0001"), "{list}");
    let all = server.get("/_preview/site.json").text();
    assert!(all.contains("/briefings/reports/2025/a/") && all.contains("countries.html"), "{all}");
}

#[test]
fn an_open_page_is_told_of_changes_and_of_nothing_else() {
    let server = Server::start(&["--follow"]);
    let page = server.get("/briefings/reports/2025/a/").text();
    let hash = page.split("data-page=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a hash");
    let mut stream = TcpStream::connect(&server.at).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
    let path = format!("/_preview/events?path=%2Fbriefings%2Freports%2F2025%2Fa%2F&page={hash}");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", server.at).expect("asked");
    let mut events = BufReader::new(stream);
    let mut next = || {
        let mut line = String::new();
        while !line.starts_with("data: ") {
            line.clear();
            assert!(events.read_line(&mut line).expect("an event") > 0, "the stream goes on");
        }
        line
    };
    let told = |event: &str, part: &str| assert!(event.contains(part), "{part}: {event}");
    told(&next(), "\"page\":\"same\"");
    server.site.write("content/pages/about.md", "---\ntitle: About\n---\nOther words.\n");
    let event = next();
    told(&event, "\"page\":\"same\"");
    told(&event, "\"follow\":\"/briefings/about/\"");
    server.site.write("content/reports/2025/a.md", "---\ntitle: Report A\ndate: 2025-09-08\n---\nOther words.\n");
    let event = next();
    told(&event, "\"page\":\"changed\"");
    told(&event, "\"follow\":\"/briefings/reports/2025/a/\"");
    server.site.write("content/reports/2025/a.md", "---\ntitle: Report A\n---\nOther words.\n");
    let event = next();
    told(&event, "\"page\":\"same\"");
    told(&event, "\"errors\":1");
}

#[test]
fn a_folder_that_does_not_tell_is_looked_through() {
    let server = Server::start(&["--poll", "100"]);
    let address = "/_preview/events?path=%2Fbriefings%2Fabout%2F&page=x";
    let mut stream = TcpStream::connect(&server.at).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
    write!(stream, "GET {address} HTTP/1.1\r\nHost: {}\r\n\r\n", server.at).expect("asked");
    let mut lines = BufReader::new(stream).lines().map(|line| line.expect("the stream goes on"));
    // What keeps the stream alive is not waited for without an end.
    let until = Instant::now() + Duration::from_mins(1);
    let mut next = || {
        let mut waited = lines.by_ref().take_while(|_| Instant::now() < until);
        waited.find(|line| line.starts_with("data: ")).expect("an event in time")
    };
    next();
    // Twice within a second: the second is seen as well.
    for words in ["Other words.", "Other words, and more of them."] {
        server.site.write("content/pages/about.md", format!("---\ntitle: About\n---\n{words}\n"));
        assert!(next().contains("\"page\":\"changed\""));
    }
    assert!(server.get("/briefings/about/").text().contains("Other words, and more of them."));
}

/// `CROWD=10000 cargo test --test sites preview::serving` is the long form.
#[test]
fn a_crowd_is_answered_and_leaves_nothing_behind() {
    let server = Server::start(&[]);
    let all: usize = std::env::var("CROWD").ok().and_then(|all| all.parse().ok()).unwrap_or(2560);
    let paths = [
        "/briefings/",
        "/briefings/reports/2025/a/",
        "/briefings/feed.xml",
        "/briefings/countries/mexico/",
        "/briefings/none/",
    ];
    let crowd = |requests: usize| {
        let taken = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..64 {
                scope.spawn(|| {
                    loop {
                        let number = taken.fetch_add(1, Ordering::Relaxed);
                        if number >= requests {
                            return;
                        }
                        let path = paths[number % paths.len()];
                        let answer = server.get(path);
                        let expected = if path.contains("none") { 404 } else { 200 };
                        assert_eq!(answer.status, expected, "{path}");
                        assert!(!answer.body.is_empty(), "{path}");
                    }
                });
            }
        });
    };
    // How many are answered at once is chance, and with it how much memory is in use; what is left behind would add up each time.
    let mut kilobytes = vec![server.kilobytes()];
    while kilobytes.len() < 9 {
        crowd(all / 2);
        kilobytes.push(server.kilobytes());
        let [.., before, after] = kilobytes[..] else { unreachable!("two figures") };
        if kilobytes.len() > 2 && after < before + before / 50 {
            return;
        }
    }
    panic!("memory grows with every crowd: {kilobytes:?} KB");
}

#[cfg(unix)]
#[test]
fn it_stops_when_it_is_told_to() {
    let mut server = Server::start(&[]);
    let mut stream = TcpStream::connect(&server.at).expect("connected");
    write!(stream, "GET /_preview/events?path=%2F&page=x HTTP/1.1\r\nHost: {}\r\n\r\n", server.at).expect("asked");
    let mut one = [0];
    stream.read_exact(&mut one).expect("an answer begins");
    let since = Instant::now();
    let id = server.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
    let status = server.child.wait().expect("ended");
    assert!(status.success(), "{status}");
    assert!(since.elapsed() < Duration::from_secs(3), "it did not wait for browsers");
}

#[test]
fn a_port_that_is_taken_and_an_open_host_are_told() {
    let first = Server::start(&[]);
    let port = first.at.split(':').nth(1).expect("a port").to_owned();
    let mut second = Command::new(env!("CARGO_BIN_EXE_briefpress"))
        .arg("--root")
        .arg(first.site.root())
        .args(["serve", "--port", &port, "--host", "0.0.0.0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut line = String::new();
    BufReader::new(second.stdout.take().expect("its output")).read_line(&mut line).expect("its address");
    std::thread::sleep(Duration::from_millis(50));
    second.kill().expect("stopped");
    let mut told = String::new();
    second.stderr.take().expect("notes").read_to_string(&mut told).expect("read");
    second.wait().expect("ended");
    assert!(line.contains("http://127.0.0.1:") && !line.contains(&format!(":{port}/")), "{line}");
    assert!(told.contains(&format!("port {port} is taken")), "{told}");
    assert!(told.contains("no loopback address"), "{told}");
}

#[test]
fn a_site_with_errors_is_waited_for() {
    let mut server = Server::start(&[]);
    drop(server.child.kill());
    server.site.write("content/reports/2025/a.md", "---\ntitle: Report A\n---\nText.\n");
    let mut child = Command::new(env!("CARGO_BIN_EXE_briefpress"))
        .arg("--root")
        .arg(server.site.root())
        .args(["serve", "--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    let mut output = BufReader::new(child.stdout.take().expect("its output"));
    let mut line = String::new();
    output.read_line(&mut line).expect("its address");
    let address = line.trim().split("http://").nth(1).expect("an address").to_owned();
    server.at = address.split('/').next().expect("a host").to_owned();
    let page = server.get("/briefings/");
    assert!(page.status == 500 && page.text().contains("the report has no `date`"), "{}", page.text());
    server.site.write("content/reports/2025/a.md", "---\ntitle: Report A\ndate: 2025-09-08\n---\nText.\n");
    line.clear();
    while !line.contains("all mended") {
        line.clear();
        assert!(output.read_line(&mut line).expect("a line") > 0);
    }
    assert_eq!(server.get("/briefings/").status, 200);
    child.kill().expect("stopped");
    child.wait().expect("ended");
}

/// What opens a browser on Linux is asked to, and is not told the master key.
#[cfg(target_os = "linux")]
#[test]
fn the_browser_that_is_opened_gets_to_know_no_key() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new(SITE);
    let told = site.root().join("told.txt");
    let program = site.root().join("bin/xdg-open");
    site.write(
        "bin/xdg-open",
        format!(
            "#!/bin/sh\n/usr/bin/env > {0}.part; echo \"asked $1\" >> {0}.part; /bin/mv {0}.part {0}\n",
            told.display()
        ),
    );
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("made a program");
    let mut child = Command::new(env!("CARGO_BIN_EXE_briefpress"))
        .args(["serve", "--open", "--port", "0"])
        .current_dir(site.root())
        .env("PATH", site.root().join("bin"))
        .env("BRIEFPRESS_KEY", "bpk1_secret")
        .env("BRIEFPRESS_KEY_FILE", "secret.key")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    let since = Instant::now();
    while !told.exists() && since.elapsed().as_secs() < 60 {
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().expect("stopped");
    child.wait().expect("ended");
    let told = std::fs::read_to_string(told).expect("no browser was opened");
    assert!(told.contains("asked http://") && !told.contains("secret"), "{told}");
}
