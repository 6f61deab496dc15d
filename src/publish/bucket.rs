//! A bucket of S3, or of a server that speaks like it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path as Key;
use object_store::{
    Attribute, Attributes, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, RetryConfig, UpdateVersion,
};
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;

use super::delivery::{MANIFEST, Place};
use super::files::{Cargo, Class};
use super::{Error, media};
use crate::fs;

/// The object that stands for the lock.
const LOCK: &str = ".briefpress-lock";
/// A lock is nobody's if it was not renewed for so long.
const STALE: Duration = Duration::from_hours(1);
/// A lock is renewed when it is so old.
const RENEWED: Duration = Duration::from_mins(5);
/// Requests at once.
const AT_ONCE: usize = 16;

/// A folder of a bucket.
pub(super) struct Bucket {
    store: AmazonS3,
    prefix: String,
    runtime: Runtime,
    lock: Mutex<Option<Instant>>,
    holder: Holder,
}

/// Who publishes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Holder {
    /// The site's folder on its machine, by a number made once. Its publishers exclude each other by a lock of its own.
    publisher: String,
    /// What others are told.
    name: String,
}

impl Bucket {
    /// Opens a bucket with the credentials and the endpoint that the environment names.
    pub(super) fn open(bucket: &str, prefix: &str, scratch: &Path) -> Result<Bucket, Error> {
        // A second call finds it done.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let retry = RetryConfig { max_retries: 6, retry_timeout: Duration::from_mins(2), ..RetryConfig::default() };
        let endpoint = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"];
        let endpoint = endpoint.iter().find_map(|name| std::env::var(name).ok());
        let plain = endpoint.as_ref().is_some_and(|address| is_own_machine(address));
        let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(retry);
        if plain {
            builder = builder.with_allow_http(true);
        }
        let store = builder.build().map_err(|error| failed("the bucket cannot be opened", &error))?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.map_err(|error| Error::new(format!("no threads can be started: {error}")))?;
        Ok(Bucket { store, prefix: prefix.to_owned(), runtime, lock: Mutex::default(), holder: holder(scratch)? })
    }

    fn key(&self, path: &str) -> Result<Key, Error> {
        let whole = if self.prefix.is_empty() { path.to_owned() } else { format!("{}/{path}", self.prefix) };
        Key::parse(&whole).map_err(|error| Error::new(format!("{path} cannot be the name of an object: {error}")))
    }

    /// Takes the lock, or says who holds it. `force` takes it from anybody.
    pub(super) fn lock(&self, force: bool) -> Result<(), Error> {
        let key = self.key(LOCK)?;
        let text = serde_json::to_vec(&self.holder).unwrap_or_default();
        let put = |mode| {
            let options = PutOptions { mode, ..PutOptions::default() };
            self.runtime.block_on(self.store.put_opts(&key, PutPayload::from(text.clone()), options))
        };
        let mut done = put(PutMode::Create);
        if matches!(done, Err(object_store::Error::AlreadyExists { .. })) {
            let there = self.runtime.block_on(async {
                let found = self.store.get(&key).await?;
                let meta = found.meta.clone();
                Ok::<_, object_store::Error>((meta, found.bytes().await?))
            });
            let (meta, bytes) = there.map_err(|error| failed("the lock cannot be read", &error))?;
            let other: Option<Holder> = serde_json::from_slice(&bytes).ok();
            let age = jiff::Timestamp::now().as_second() - meta.last_modified.timestamp();
            let own = other.as_ref().is_some_and(|other| other.publisher == self.holder.publisher);
            if !own && !force && age < STALE.as_secs().cast_signed() {
                let name = other.map_or_else(|| "somebody".to_owned(), |other| other.name);
                let since = format!("{} minutes", (age / 60).max(0));
                return Err(Error::new(format!("{name} publishes to it; the lock is {since} old"))
                    .cure("wait; or give --break-lock if that publisher was stopped"));
            }
            done = put(PutMode::Update(UpdateVersion { e_tag: meta.e_tag, version: meta.version }));
        }
        done.map_err(|error| failed("the lock cannot be taken", &error))?;
        *self.taken() = Some(Instant::now());
        Ok(())
    }

    fn taken(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Says that the lock is still held, now and then.
    fn renew(&self) -> Result<(), Error> {
        if !self.taken().is_some_and(|since| since.elapsed() > RENEWED) {
            return Ok(());
        }
        let text = serde_json::to_vec(&self.holder).unwrap_or_default();
        let renewed = self.runtime.block_on(self.store.put(&self.key(LOCK)?, PutPayload::from(text)));
        renewed.map_err(|error| failed("the lock cannot be renewed", &error))?;
        *self.taken() = Some(Instant::now());
        Ok(())
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        if self.taken().take().is_some()
            && let Ok(key) = self.key(LOCK)
        {
            // Left behind, it is this publisher's own again, and nobody's in an hour.
            let _ = self.runtime.block_on(self.store.delete(&key));
        }
    }
}

impl Place for Bucket {
    fn found(&self) -> Result<BTreeMap<String, u64>, Error> {
        let prefix = if self.prefix.is_empty() { None } else { Some(Key::from(self.prefix.as_str())) };
        let listed = self.runtime.block_on(self.store.list(prefix.as_ref()).try_collect::<Vec<_>>());
        let listed = listed.map_err(|error| failed("the bucket cannot be listed", &error))?;
        let named = listed.into_iter().filter_map(|meta| {
            let whole = meta.location.to_string();
            let path =
                if self.prefix.is_empty() { &whole } else { whole.strip_prefix(&self.prefix)?.strip_prefix('/')? };
            (!path.starts_with(".briefpress-")).then(|| (path.to_owned(), meta.size))
        });
        Ok(named.collect())
    }

    fn manifest(&self) -> Result<Option<Vec<u8>>, Error> {
        let key = self.key(MANIFEST)?;
        let read = self.runtime.block_on(async { self.store.get(&key).await?.bytes().await });
        match read {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed("the manifest cannot be read", &error)),
        }
    }

    fn keep_manifest(&self, bytes: &[u8]) -> Result<(), Error> {
        self.renew()?;
        let put = self.runtime.block_on(self.store.put(&self.key(MANIFEST)?, PutPayload::from(bytes.to_vec())));
        put.map(|_| ()).map_err(|error| failed("the manifest cannot be written", &error))
    }

    fn put(&self, cargo: &Cargo, paths: &[&str], sent: &(dyn Fn() + Sync)) -> Result<(), Error> {
        let puts = paths.iter().map(|path| async move {
            let bytes = cargo.bytes(path)?;
            let options = PutOptions { attributes: attributes(path), ..PutOptions::default() };
            let put = self.store.put_opts(&self.key(path)?, PutPayload::from(bytes), options).await;
            put.map_err(|error| failed(&format!("{path} cannot be sent"), &error))?;
            sent();
            Ok::<_, Error>(())
        });
        self.runtime.block_on(stream::iter(puts).buffered(AT_ONCE).try_collect::<Vec<()>>())?;
        Ok(())
    }

    fn remove(&self, paths: &[String]) -> Result<(), Error> {
        let keys = paths.iter().map(|path| self.key(path)).collect::<Result<Vec<Key>, Error>>()?;
        let keys = stream::iter(keys.into_iter().map(Ok)).boxed();
        let gone = self.runtime.block_on(self.store.delete_stream(keys).collect::<Vec<_>>());
        for removed in gone {
            match removed {
                Err(object_store::Error::NotFound { .. }) | Ok(_) => {}
                Err(error) => return Err(failed("what is gone from the site cannot be removed", &error)),
            }
        }
        Ok(())
    }
}

/// What the bucket tells browsers of a file.
fn attributes(path: &str) -> Attributes {
    let mut attributes = Attributes::new();
    attributes.insert(Attribute::ContentType, media::content_type(path).into());
    attributes.insert(Attribute::CacheControl, Class::of(path).cache_control().into());
    attributes
}

/// A server of this machine needs no encryption.
fn is_own_machine(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("http://") else { return false };
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    ["localhost", "127.0.0.1", "[::1]"].contains(&host)
}

/// Who publishes from here: a number that is made once.
fn holder(scratch: &Path) -> Result<Holder, Error> {
    let path = scratch.join("publisher");
    if fs::look(&path)?.is_none() {
        let mut number = [0; 16];
        getrandom::fill(&mut number)
            .map_err(|error| Error::new(format!("the system gives no random bytes: {error}")))?;
        let number: String = number.iter().map(|byte| format!("{byte:02x}")).collect();
        fs::write_synced(&path, number.as_bytes())?;
    }
    let user = ["GITHUB_ACTOR", "USER", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let user = user.unwrap_or_else(|| "somebody".to_owned());
    let name = format!("{user} (process {})", std::process::id());
    Ok(Holder { publisher: fs::read_to_string(&path)?, name })
}

fn failed(fact: &str, error: &object_store::Error) -> Error {
    let mut why = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        let text = inner.to_string();
        if !why.contains(&text) {
            why = format!("{why}: {text}");
        }
        source = inner.source();
    }
    Error::new(format!("{fact}: {why}"))
        .cure("credentials, region and endpoint come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL")
}
