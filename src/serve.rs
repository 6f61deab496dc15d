//! The preview: the site as it is in the folder, every page made when it is asked for, and open pages told of changes.
//!
//! A page is answered byte for byte as a build would write it, with one element more: the script that keeps it up to date.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Either;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

pub mod answer;
mod calendar;
mod desk;
pub mod editor;
mod events;
pub mod hub;
pub mod inputs;
mod poll;
pub mod preview;
pub mod request;
pub mod scene;
pub mod watch_folder;

use answer::{Body, Content, redirect};
use editor::Editor;
use hub::{Hub, News, Reply};
use inputs::Changes;
use preview::{Changed, Preview, Stand, View};
use request::{Asked, Hosts};
use watch_folder::Watch;

/// How a preview is served.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// What everybody sees who has not chosen otherwise.
    pub view: View,
    /// The address that takes the place of the configuration's.
    pub base_url: Option<String>,
    /// The name or address to listen as.
    pub host: String,
    /// The port; the next free one if it is taken, any if 0.
    pub port: u16,
    /// How often the folder is looked through, where the system does not tell of changes.
    pub poll: Option<Duration>,
    /// How files are opened.
    pub editor: Editor,
    /// Whether browsers go to a report that was saved.
    pub follow: bool,
}

/// Told what a preview does.
pub trait Listener: Send + Sync {
    /// It can be asked from now on. `home` is the address of the front page.
    fn ready(&self, home: &str, at: SocketAddr, stand: &Stand);
    /// Something changed, and the site stands again.
    fn changed(&self, changed: &Changed, stand: &Stand);
    /// Something that the editor should know.
    fn note(&self, words: &str);
}

/// How many ports are tried.
const PORTS: u16 = 100;
/// How many connections there may be at once.
const CONNECTIONS: usize = 512;
/// How long a browser may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(20);

/// Serves until the process is told to stop. The error says what failed and what to do.
pub fn serve(options: &Options, listener: Arc<dyn Listener>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("the preview cannot begin: {error}"))?;
    let done = runtime.block_on(run(options, listener));
    // A page that is being made need not be waited for.
    runtime.shutdown_timeout(Duration::from_millis(300));
    done
}

async fn run(options: &Options, listener: Arc<dyn Listener>) -> Result<(), String> {
    let (socket, at) = listen(options, &*listener).await?;
    let preview = Preview::new(&options.root, options.base_url.clone(), options.view);
    let hosts = Hosts { at, name: options.host.clone() };
    let hub = Arc::new(Hub::new(preview, hosts, options.editor.clone(), options.follow));
    begin(&hub, options, &listener).await?;
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut stop = std::pin::pin!(stopped());
    loop {
        let accepted = tokio::select! {
            accepted = socket.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, _)) = accepted else {
            // Too many open files, or a connection that went away: the next one may do better.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let _ = stream.set_nodelay(true);
        let hub = Arc::clone(&hub);
        let service = service_fn(move |request| {
            let hub = Arc::clone(&hub);
            async move { Ok::<_, Infallible>(answered(&hub, request).await) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .max_buf_size(64 << 10)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A browser that goes away in the midst of an answer is no fault.
            let _ = connection.await;
            drop(place);
        });
    }
    hub.news.send_replace(Arc::new(News { is_over: true, ..News::default() }));
    let _ = tokio::time::timeout(Duration::from_secs(1), graceful.shutdown()).await;
    Ok(())
}

/// Listens on the port that was asked for, or on the next one that is free.
async fn listen(options: &Options, listener: &dyn Listener) -> Result<(TcpListener, SocketAddr), String> {
    let mut last: Option<io::Error> = None;
    for port in options.port..=options.port.saturating_add(PORTS) {
        match TcpListener::bind((options.host.as_str(), port)).await {
            Ok(socket) => {
                let at = socket.local_addr().map_err(|error| format!("the port is not known: {error}"))?;
                if options.port != 0 && port != options.port {
                    listener.note(&format!("port {} is taken: this preview is on {port}", options.port));
                }
                return Ok((socket, at));
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = Some(error),
            Err(error) => {
                let host = &options.host;
                return Err(format!("cannot listen on {host} port {port}: {error}; try another --host or --port"));
            }
        }
    }
    let error = last.map_or_else(String::new, |error| error.to_string());
    Err(format!("no port from {} on is free: {error}; try another --port", options.port))
}

/// Reads the site, tells that it stands, and begins to watch its folder.
async fn begin(hub: &Arc<Hub>, options: &Options, listener: &Arc<dyn Listener>) -> Result<(), String> {
    let watch = Watch::new(&options.root, options.poll).or_else(|error| {
        if options.poll.is_some() {
            return Err(format!("the folder cannot be watched: {error}"));
        }
        listener
            .note(&format!("the system does not tell of changes ({error}): the folder is looked through every second"));
        Watch::new(&options.root, Some(Duration::from_secs(1)))
            .map_err(|error| format!("the folder cannot be watched: {error}"))
    })?;
    let reader = Arc::clone(hub);
    let stand = tokio::task::spawn_blocking(move || reader.preview.stand(reader.preview.usual));
    let stand = stand.await.map_err(|error| format!("the site cannot be read: {error}"))?;
    let base = stand.scene.as_ref().map_or("/", |scene| scene.site.renderer.base_path.as_str());
    let at = hub.hosts.at;
    let name = if at.ip().is_unspecified() { loopback(at.ip()).to_string() } else { options.host.clone() };
    let name = if name.contains(':') { format!("[{name}]") } else { name };
    listener.ready(&format!("http://{name}:{}{base}", at.port()), at, &stand);
    let (hub, listener) = (Arc::clone(hub), Arc::clone(listener));
    std::thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || keep_up(&hub, watch, &*listener))
        .map_err(|error| format!("the preview cannot begin: {error}"))?;
    Ok(())
}

fn loopback(unspecified: IpAddr) -> IpAddr {
    if unspecified.is_ipv4() { std::net::Ipv4Addr::LOCALHOST.into() } else { std::net::Ipv6Addr::LOCALHOST.into() }
}

/// Takes in what changes, on the disk or because a moment has come, until the server stops.
fn keep_up(hub: &Hub, mut watch: Watch, listener: &dyn Listener) {
    const LOOK: Duration = Duration::from_secs(1);
    loop {
        if hub.news.borrow().is_over {
            return;
        }
        let news = watch.next(LOOK).or_else(|| {
            let due = hub.preview.next_change().is_some_and(|due| due <= jiff::Timestamp::now());
            due.then(|| Changes { time: true, ..Changes::default() })
        });
        let Some(changed) = news.and_then(|changes| hub.preview.update(&changes)) else { continue };
        hub.tell(&changed);
        listener.changed(&changed, &hub.preview.stand(hub.preview.usual));
    }
}

async fn answered(hub: &Arc<Hub>, request: Request<Incoming>) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let asked = match Asked::read(&parts, &hub.hosts, hub.preview.usual) {
        Ok(asked) => asked,
        Err((status, why)) => return refused(status, why),
    };
    if asked.path == "/_preview/events" && !asked.head_only {
        return events::stream(hub, &asked);
    }
    let hub = Arc::clone(hub);
    let made = tokio::task::spawn_blocking(move || answer_to(&hub, &asked)).await;
    made.unwrap_or_else(|_| refused(StatusCode::INTERNAL_SERVER_ERROR, "the preview failed at this page\n"))
}

fn answer_to(hub: &Hub, asked: &Asked) -> Response<Body> {
    if let Some(inner) = asked.path.strip_prefix(desk::FOLDER) {
        return desk::answer(hub, asked, inner).answer(asked);
    }
    if asked.path == desk::FOLDER.trim_end_matches('/') {
        return redirect(StatusCode::FOUND, desk::FOLDER);
    }
    match hub.reply(asked.view, &asked.path) {
        Reply::Page(status, html) => Hub::sent(status, &html).answer(asked),
        Reply::File(media, bytes) => Content::new(media, bytes).answer(asked),
        Reply::Moved(status, to) if asked.query.is_empty() => redirect(status, &to),
        Reply::Moved(status, to) => redirect(status, &format!("{to}?{}", asked.query)),
    }
}

fn refused(status: StatusCode, why: &'static str) -> Response<Body> {
    let mut response = Response::new(Either::Left(why.into()));
    *response.status_mut() = status;
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(hyper::header::ALLOW, hyper::header::HeaderValue::from_static("GET, HEAD"));
    }
    response
}

/// Ends when the process is told to stop.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = ended.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
