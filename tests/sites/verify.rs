//! `verify`, against a small server that hands out a site as it was built, or with one fault.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, OnceLock};

use flate2::Compression;
use flate2::write::GzEncoder;

/// What the server says.
#[derive(Clone)]
struct Said {
    status: u16,
    media: String,
    headers: Vec<String>,
    body: Vec<u8>,
    gzip: bool,
}

type Host = dyn Fn(&str, Said) -> Said + Send + Sync;
type Files = BTreeMap<String, Vec<u8>>;

/// A built site with a page that has moved, once for all tests, below the path `/repo/`.
fn site() -> &'static (tempfile::TempDir, Files) {
    static SITE: OnceLock<(tempfile::TempDir, Files)> = OnceLock::new();
    SITE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        assert!(run(root, &["init", "--url", "https://org.example/repo/"]).status.success());
        let about = root.join("content/pages/about.md");
        let text = std::fs::read_to_string(&about).expect("a page");
        std::fs::write(&about, text.replacen("---\n", "---\naliases: [/who-we-are/]\n", 1)).expect("written");
        let built = run(root, &["build"]);
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let public = root.join("public");
        let files = walkdir::WalkDir::new(&public)
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(&public).expect("below").to_str().expect("text").to_owned();
                (path, std::fs::read(entry.path()).expect("read"))
            })
            .collect();
        (folder, files)
    })
}

fn run(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_briefpress"));
    command.current_dir(root).args(arguments).env_remove("GITHUB_ACTIONS").env_remove("GITHUB_WORKSPACE");
    command.output().expect("run")
}

fn media(path: &str) -> String {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "ics" => "text/calendar",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    }
    .to_owned()
}

/// The answer of a good host.
fn usual(files: &Files, address: &str) -> Said {
    let path = address.strip_prefix("/repo/").unwrap_or("nowhere");
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let (status, path, body) = match files.get(&path) {
        Some(body) => (200, path, body),
        None => (404, "404.html".to_owned(), &files["404.html"]),
    };
    let headers = vec!["Cache-Control: max-age=600".to_owned()];
    Said { status, media: media(&path), headers, body: body.clone(), gzip: true }
}

/// Serves on a port of its own until the test ends.
fn serve(host: Arc<Host>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/repo/", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let host = Arc::clone(&host);
            std::thread::spawn(move || answer(stream, &*host));
        }
    });
    address
}

fn answer(mut stream: TcpStream, host: &Host) {
    let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    lines.by_ref().take_while(|line| !line.is_empty()).for_each(drop);
    let address = first.split(' ').nth(1).expect("an address").to_owned();
    let said = host(&address, usual(&site().1, &address));
    let mut body = said.body;
    let mut head = format!("HTTP/1.1 {} Said\r\nConnection: close\r\nContent-Type: {}\r\n", said.status, said.media);
    if said.gzip {
        let mut pressed = GzEncoder::new(Vec::new(), Compression::fast());
        pressed.write_all(&body).expect("pressed");
        body = pressed.finish().expect("pressed");
        head += "Content-Encoding: gzip\r\n";
    }
    said.headers.iter().for_each(|header| head += &format!("{header}\r\n"));
    head += &format!("Content-Length: {}\r\n\r\n", body.len());
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

/// Exit code and what is told of a host.
fn verified(host: Arc<Host>, more: &[&str]) -> (bool, serde_json::Value) {
    let url = serve(host);
    let arguments = [&["verify", &url, "--format", "json"], more].concat();
    let output = run(site().0.path(), &arguments);
    let told = serde_json::from_slice(&output.stdout);
    (output.status.success(), told.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr))))
}

#[test]
fn a_site_that_is_as_it_was_built_is_found_so() {
    let (good, told) = verified(Arc::new(|_, said| said), &["--all"]);
    assert!(good && told["differences"].as_array().expect("a list").is_empty(), "{told:#}");
    assert_eq!(told["fetched"], told["files"]);
    assert_eq!(told["fetched"], site().1.len() - 1);
    let (good, told) = verified(Arc::new(|_, said| said), &["--sample", "12"]);
    assert!(good && told["fetched"] == 12, "{told:#}");
    let url = serve(Arc::new(|_, said| said));
    let output = run(site().0.path(), &["verify", &url]);
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.starts_with("50 of ") && told.ends_with(": all as published, and nothing else.\n"), "{told}");
}

#[test]
fn each_fault_of_a_host_is_named() {
    fn at(address: &'static str, change: fn(&mut Said)) -> Arc<Host> {
        Arc::new(move |asked, mut said| {
            if asked == address {
                change(&mut said);
            }
            said
        })
    }
    fn served(said: &mut Said) {
        *said = Said { status: 200, media: "text/yaml".to_owned(), body: b"a: b\n".to_vec(), ..said.clone() };
    }
    let faults: Vec<(Arc<Host>, &str, &str)> = vec![
        (at("/repo/about/", |said| said.status = 404), "/repo/about/", "is missing"),
        (at("/repo/about/", |said| said.status = 500), "/repo/about/", "is answered with status 500"),
        (at("/repo/about/", |said| said.body.extend(b"<script>")), "/repo/about/", "differs: "),
        (at("/repo/about/", |said| said.media = "text/plain".to_owned()), "/repo/about/", "comes as text/plain"),
        (
            at("/repo/about/", |said| {
                said.body = String::from_utf8_lossy(&said.body).replace("Content-Security", "X").into_bytes();
            }),
            "/repo/about/",
            "has no content policy",
        ),
        (
            at("/repo/about/", |said| {
                said.status = 301;
                said.headers.push("Location: https://www.example/about/".to_owned());
            }),
            "/repo/about/",
            "leads to https://www.example/about/ (status 301)",
        ),
        (
            at("/repo/who-we-are/", |said| {
                said.body = String::from_utf8_lossy(&said.body).replace("../about/", "../gone/").into_bytes();
            }),
            "/repo/who-we-are/",
            "leads readers to ../gone/, which is not there",
        ),
        (at("/repo/feed.xml", |said| said.body.truncate(300)), "/repo/feed.xml", "is no XML"),
        (at("/repo/feed.json", |said| said.body.truncate(30)), "/repo/feed.json", "is no JSON"),
        (at("/repo/feed.xml", |said| said.media = "text/html".to_owned()), "/repo/feed.xml", "comes as text/html"),
        (at("/repo/subscribers.yaml", served), "/repo/subscribers.yaml", "is served, and nobody should see it"),
        (at("/repo/gifts.yaml", served), "/repo/gifts.yaml", "is served"),
        (at("/repo/briefpress.yaml", served), "/repo/briefpress.yaml", "is served"),
        (at("/repo/.git/config", served), "/repo/.git/config", "is served"),
        (at("/repo/content/authors/first-author.md", served), "/repo/content/authors/first-author.md", "is served"),
        (
            Arc::new(|_, mut said: Said| {
                said.status = 200;
                said
            }),
            "/repo/briefpress-looks-whether-this-is-missing/",
            "is answered with status 200, not 404",
        ),
        (
            at("/repo/briefpress-looks-whether-this-is-missing/", |said| said.body = b"nothing".to_vec()),
            "/repo/briefpress-looks-whether-this-is-missing/",
            "does not show 404.html",
        ),
    ];
    for (host, address, fact) in faults {
        let (good, told) = verified(host, &["--all"]);
        let list = told["differences"].as_array().expect("a list");
        let named = |it: &serde_json::Value| {
            it["address"].as_str().is_some_and(|there| there.ends_with(address))
                && it["fact"].as_str().is_some_and(|there| there.contains(fact))
                && it["severity"] == "error"
        };
        assert!(!good && list.iter().any(named), "{address} {fact}: {told:#}");
        assert!(list.len() <= 2, "{address} {fact}: {told:#}");
    }
}

#[test]
fn what_could_be_better_is_said_and_is_no_error() {
    let manners = |host: Arc<Host>| {
        let (good, told) = verified(host, &["--all"]);
        let list = told["differences"].as_array().expect("a list").clone();
        assert!(good && !list.is_empty() && list.iter().all(|it| it["severity"] == "warning"), "{told:#}");
        list[0]["fact"].as_str().expect("a fact").to_owned()
    };
    let plain = |_: &str, said: Said| Said { gzip: false, ..said };
    assert_eq!(manners(Arc::new(plain)), "comes uncompressed");
    let kept = |_: &str, said: Said| Said { headers: vec!["Cache-Control: public, max-age=86400".to_owned()], ..said };
    assert!(manners(Arc::new(kept)).contains("max-age=86400"));
}

#[test]
fn a_host_that_is_not_there_and_a_folder_that_is_not_there_are_told() {
    let root = site().0.path();
    let output = run(root, &["verify", "http://127.0.0.1:9/repo/", "--sample", "1"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && told.contains("cannot be fetched"), "{told}");
    let told =
        String::from_utf8_lossy(&run(root, &["verify", "http://127.0.0.1:9/", "--folder", "gone"]).stderr).into_owned();
    assert!(told.contains("there is no folder gone") && told.contains("= help: "), "{told}");
    let told = String::from_utf8_lossy(&run(root, &["verify", "example"]).stderr).into_owned();
    assert!(told.contains("it does not begin with https://"), "{told}");
}
