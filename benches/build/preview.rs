//! How long it takes from the save of a report until a browser has its new page: over HTTP, an event stream open.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use briefpress::archive::Edition;
use briefpress::serve::editor::Editor;
use briefpress::serve::preview::{Changed, Stand, View};
use briefpress::serve::{Listener, Options, serve};

/// Tells the address on standard output, for the process that measures.
struct Told;

impl Listener for Told {
    fn ready(&self, home: &str, _: SocketAddr, _: &Stand) {
        println!("{home}");
    }
    fn changed(&self, _: &Changed, _: &Stand) {}
    fn note(&self, _: &str) {}
}

/// Serves until killed.
pub fn preview(root: &Path) {
    let options = Options {
        root: root.to_owned(),
        view: View { edition: Edition::FULL, as_of: None, drafts: false, plan: None },
        base_url: None,
        host: "127.0.0.1".to_owned(),
        port: 0,
        poll: None,
        editor: Editor::read("none").expect("known"),
        follow: false,
    };
    serve(&options, Arc::new(Told)).expect("served");
}

/// A preview as a process of its own.
struct Server {
    child: Child,
    at: String,
    base: String,
}

impl Server {
    fn start(root: &Path) -> Server {
        let binary = std::env::current_exe().expect("this program");
        let mut child = Command::new(binary)
            .args(["preview".as_ref(), root.as_os_str()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let mut home = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut home).expect("its address");
        let rest = home.trim().strip_prefix("http://").expect("an address").to_owned();
        let (at, base) = rest.split_once('/').expect("a path");
        Server { child, at: at.to_owned(), base: format!("/{}", base.trim_end_matches('/')) }
    }

    fn ask(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.at).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
        let path = format!("{}{path}", self.base.trim_end_matches('/'));
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.at).expect("asked");
        stream
    }

    fn page(&self, path: &str) -> String {
        let mut text = String::new();
        self.ask(path).read_to_string(&mut text).expect("answered");
        text
    }

    fn megabytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("/proc");
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("VmHWM");
        line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).expect("a number") / 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Measures a site that was generated.
pub fn measure(site: &Path) {
    let since = Instant::now();
    let server = Server::start(site);
    let first = server.page("/");
    println!("first page after {} ms, {} bytes", since.elapsed().as_millis(), first.len());
    let file = site.join("content/reports/2004/report-000001.md");
    let address = "/reports/2004/report-000001/";
    assert!(server.page(address).starts_with("HTTP/1.1 200"), "the report is served");
    let text = std::fs::read_to_string(&file).expect("a report");
    let root =
        Server { child: Command::new("true").spawn().expect("started"), at: server.at.clone(), base: String::new() };
    let path = format!("{}{address}", server.base.trim_end_matches('/'));
    let mut events = BufReader::new(root.ask(&format!("/_preview/events?path={path}&page=x")));
    next_state(&mut events);
    for what in ["text", "title", "date"] {
        let mut times: Vec<f64> = Vec::new();
        for number in 0..31 {
            let mark = format!("Edit {what} {number} made");
            let new = match what {
                "text" => format!("{text}\n{mark}.\n"),
                "title" => text.replacen("title: \"", &format!("title: \"{mark} "), 1),
                // The report has another place in every list.
                _ => format!("{text}\n{mark}.\n").replacen(
                    "date: 2004-01-01",
                    &format!("date: 2004-01-{:02}", number % 28 + 1),
                    1,
                ),
            };
            let since = Instant::now();
            save(&file, &new);
            next_state(&mut events);
            assert!(server.page(address).contains(&mark), "the new page is served: {mark}");
            times.push(since.elapsed().as_secs_f64() * 1000.0);
            std::thread::sleep(Duration::from_millis(120));
        }
        times.sort_by(f64::total_cmp);
        let at = |share: usize| times[(times.len() - 1) * share / 100];
        println!(
            "{what} edited, from save to served: median {:.1} ms, 9 in 10 within {:.1}, all within {:.1}",
            at(50),
            at(90),
            at(100)
        );
    }
    save(&file, &text);
    println!("peak memory {} MB", server.megabytes());
}

/// As editors do: a file beside it, then in its place.
fn save(file: &Path, text: &str) {
    let beside: PathBuf = file.with_extension("md~");
    std::fs::write(&beside, text).expect("written");
    std::fs::rename(&beside, file).expect("saved");
}

fn next_state(events: &mut BufReader<TcpStream>) {
    let mut line = String::new();
    while !line.starts_with("data: ") {
        line.clear();
        assert!(events.read_line(&mut line).expect("an event") > 0, "the stream goes on");
    }
}
