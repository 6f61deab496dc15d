//! A folder behind nginx, which is asked all the time while publishers come, go and are killed. Passed over without nginx.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Child;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::*;

struct Nginx {
    child: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Nginx {
    #[allow(clippy::print_stdout, reason = "shown with --nocapture")]
    /// Serves a folder; none if there is no nginx.
    fn serve(root: &Path) -> Option<Nginx> {
        let folder = tempfile::tempdir().expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port").port();
        let own = folder.path().display();
        let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
        let user = if is_root { "user root;" } else { "" };
        let paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .iter()
            .map(|name| format!("{name}_temp_path {own}/{name};\n"))
            .collect();
        let text = format!(
            "{user}\ndaemon off;\nworker_processes 1;\npid {own}/pid;\nerror_log {own}/error.log;\nevents {{}}\nhttp {{\naccess_log off;\n{paths}\
             types {{ text/html html; text/css css; text/javascript js; }}\n\
             server {{ listen 127.0.0.1:{port}; root {}; index index.html; }}\n}}\n",
            root.display()
        );
        let file = folder.path().join("nginx.conf");
        std::fs::write(&file, text).expect("written");
        let mut program = Command::new("nginx");
        program.arg("-p").arg(folder.path()).arg("-c").arg(&file).stdout(Stdio::null()).stderr(Stdio::null());
        let Ok(child) = program.env("PATH", format!("{}:/usr/sbin", std::env::var("PATH").unwrap_or_default())).spawn()
        else {
            println!("there is no nginx: passed over");
            return None;
        };
        let nginx = Nginx { child, port, _folder: folder };
        let started = Instant::now();
        while nginx.get("/").is_none() {
            assert!(started.elapsed() < Duration::from_secs(10), "nginx does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(nginx)
    }

    /// The body of an answer; none if it is none of success.
    fn get(&self, path: &str) -> Option<Vec<u8>> {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        write!(socket, "GET {path} HTTP/1.0\r\n\r\n").ok()?;
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).ok()?;
        let head = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
        answer.starts_with(b"HTTP/1.1 200").then(|| answer.split_off(head + 4))
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // The master ends its workers when it is asked to; killed, it would leave them.
        _ = Command::new("kill").arg(self.child.id().to_string()).status();
        _ = self.child.wait();
    }
}

/// Publishes again and again, kills every other publisher, and reads all the time.
#[allow(clippy::print_stdout, reason = "shown with --nocapture")]
fn read_while_publishing(plain: bool) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("site");
    if plain {
        std::fs::create_dir(&path).expect("created");
    }
    let site = site();
    let to = format!("--to=folder:{}", path.display());
    run(&mut command(&site, &[&to]));
    word(&site, 1001);
    run(&mut command(&site, &[&to, "--dry-run"]));
    let started = Instant::now();
    run(&mut command(&site, &[&to]));
    let whole = started.elapsed();
    let Some(nginx) = Nginx::serve(&path) else { return };
    let (done, read) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                for page in
                    ["index.html", "reports/2025/report-1/index.html", "countries/mexico/index.html", "404.html"]
                {
                    let body = nginx.get(&format!("/{page}")).unwrap_or_else(|| panic!("/{page} is not there"));
                    assert!(String::from_utf8_lossy(&body).trim_end().ends_with("</html>"), "/{page} is cut off");
                    let parts = parts(page, &body);
                    assert!(!parts.is_empty(), "/{page} names no part");
                    for part in parts {
                        assert!(nginx.get(&format!("/{part}")).is_some(), "/{page} has no /{part}");
                    }
                    read.fetch_add(1, Ordering::Relaxed);
                }
                // The publishers need the processor as well.
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        for version in 1..=kills() {
            word(&site, version);
            if version % 2 == 0 {
                run(&mut command(&site, &[&to]));
                continue;
            }
            run(&mut command(&site, &[&to, "--dry-run"]));
            let mut child = command(&site, &[&to]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("run");
            std::thread::sleep(whole * (version * 7919 % 1000) as u32 / 1000);
            child.kill().expect("killed");
            child.wait().expect("ended");
        }
        done.store(true, Ordering::Relaxed);
        reader.join().expect("readers met no error");
    });
    println!("{} pages were read", read.load(Ordering::Relaxed));
}

#[test]
fn nginx_serves_whole_pages_of_a_link_all_the_time() {
    read_while_publishing(false);
}

#[test]
fn nginx_serves_whole_pages_of_a_plain_folder_all_the_time() {
    read_while_publishing(true);
}
