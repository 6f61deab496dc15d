//! A bucket of a server that speaks S3: s3s, which checks signatures, with its store on a disk.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hyper_util::rt::TokioIo;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::{Attribute, ObjectStoreExt};
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;

use super::*;

/// A server that runs as long as the test.
struct Server {
    runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
    port: u16,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Starts a server; of every so many connections it drops one at once.
    fn start(dropped: usize) -> Server {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("desk")).expect("a bucket");
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("threads");
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let mut builder = S3ServiceBuilder::new(FileSystem::new(folder.path()).expect("a store"));
        builder.set_auth(SimpleAuth::from_single("desk", SECRET));
        let service = builder.build();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        runtime.spawn(async move {
            loop {
                let Ok((socket, _)) = listener.accept().await else { continue };
                if (count.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(dropped) {
                    continue;
                }
                let served =
                    hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(socket), service.clone());
                tokio::spawn(async move { _ = served.await });
            }
        });
        Server { runtime, folder, port, connections }
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn publish(&self, site: &Site, arguments: &[&str]) -> Command {
        let mut command = command(site, &["--to=s3://desk/briefings"]);
        command.args(arguments).env("AWS_ENDPOINT_URL", self.address());
        command
    }

    /// Every object of the site, as the server gives it to readers.
    fn files(&self) -> Files {
        let folder = self.folder.path().join("desk/briefings");
        if folder.exists() { without_own(files_of(&folder)) } else { Files::new() }
    }

    fn store(&self) -> AmazonS3 {
        _ = rustls::crypto::ring::default_provider().install_default();
        let builder = AmazonS3Builder::new().with_bucket_name("desk").with_region("us-east-1").with_allow_http(true);
        let builder = builder.with_endpoint(self.address()).with_access_key_id("desk").with_secret_access_key(SECRET);
        builder.build().expect("a bucket")
    }

    /// Type and caching of an object.
    fn about(&self, path: &str) -> (String, String) {
        let path = object_store::path::Path::from(format!("briefings/{path}"));
        let found = self.runtime.block_on(self.store().get(&path)).expect("an object");
        let attribute =
            |attribute| found.attributes.get(&attribute).map(|value| value.as_ref().to_owned()).unwrap_or_default();
        (attribute(Attribute::ContentType), attribute(Attribute::CacheControl))
    }
}

#[test]
fn a_bucket_gets_what_changed_with_types_and_caching() {
    let (site, server) = (site(), Server::start(usize::MAX));
    run(server.publish(&site, &["--dry-run"]).env("AWS_REQUEST_PAYER", "false"));
    assert!(server.files().is_empty());
    run(&mut server.publish(&site, &[]));
    assert_eq!(server.files(), built(&site, "public"));
    assert!(!server.folder.path().join("desk/briefings/.briefpress-lock").exists());
    assert!(run(&mut server.publish(&site, &[])).contains("Nothing has changed"));
    let (kind, caching) = server.about("index.html");
    assert_eq!((kind.as_str(), caching.as_str()), ("text/html; charset=utf-8", "public, max-age=0, must-revalidate"));
    let sheet = built(&site, "public").into_keys().find(|path| path.ends_with(".css")).expect("a style sheet");
    let (kind, caching) = server.about(&sheet);
    assert_eq!((kind.as_str(), caching.as_str()), ("text/css; charset=utf-8", "public, max-age=31536000, immutable"));
    word(&site, 1);
    let dry = run(&mut server.publish(&site, &["--dry-run", "--all"]));
    assert!(
        dry.contains("remove reports/2025/report-3/index.html") && dry.contains("gone   /reports/2025/report-3/"),
        "{dry}"
    );
    run(&mut server.publish(&site, &[]));
    let (there, new) = (server.files(), built(&site, "public"));
    assert_whole(&there);
    assert!(
        new.iter().all(|(path, bytes)| there.get(path) == Some(bytes))
            && !there.contains_key("reports/2025/report-3/index.html")
    );
    assert!(there.contains_key(&sheet), "readers with an older page open have its style sheet still");
}

#[test]
fn connections_that_break_are_made_again() {
    let (site, server) = (site(), Server::start(3));
    run(&mut server.publish(&site, &[]));
    assert_eq!(server.files(), built(&site, "public"));
    assert!(server.connections.load(Ordering::Relaxed) >= 3, "a connection was dropped");
}

#[test]
fn a_lock_of_somebody_else_is_respected() {
    let (site, server) = (site(), Server::start(usize::MAX));
    let path = object_store::path::Path::from("briefings/.briefpress-lock");
    let other = "{\"publisher\":\"another\",\"name\":\"Ann (process 12)\"}";
    server.runtime.block_on(server.store().put(&path, other.into())).expect("put");
    let said = fail(&mut server.publish(&site, &[]));
    assert!(said.contains("Ann (process 12) publishes to it"), "{said}");
    run(&mut server.publish(&site, &["--break-lock"]));
    assert_whole(&server.files());
}

#[test]
fn a_wrong_key_is_told_without_it() {
    let (site, server) = (site(), Server::start(usize::MAX));
    let said = fail(server.publish(&site, &[]).env("AWS_SECRET_ACCESS_KEY", "open-sesame"));
    assert!(said.contains("AWS_SECRET_ACCESS_KEY"), "{said}");
}

#[test]
fn a_publisher_of_a_bucket_is_killed_and_the_next_goes_on() {
    let (site, server) = (site(), Server::start(usize::MAX));
    kill(&site, &|| server.publish(&site, &[]), &|| server.files(), false);
}
