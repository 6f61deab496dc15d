//! The key of a report, and how it is given to whoever holds the key of a day.

use std::sync::Arc;

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use zeroize::Zeroizing;

use super::info::info;
use super::master::ContentRoot;
use super::object::{Kind, ObjectKey, Refused};
use super::secret::Secret;
use super::tree::DayKey;

/// The length of a wrapped content key: the key and the tag.
pub const WRAPPED: usize = 48;

/// The key of one report; its text and files are sealed under keys made from it.
#[derive(Debug, Clone)]
pub struct ContentKey {
    site: Arc<str>,
    report: String,
    seal: u32,
    generation: u32,
    key: Secret<32>,
}

impl ContentRoot {
    /// The key of a report. Another `seal` gives another key.
    pub fn report(&self, id: &str, seal: u32) -> ContentKey {
        let key = self.key.derive(&info("report", &self.site, &[id, &seal.to_string()]));
        ContentKey { site: self.site.clone(), report: id.to_owned(), seal, generation: self.generation, key }
    }
}

impl ContentKey {
    /// The key of the report's text.
    pub fn body(&self) -> ObjectKey {
        ObjectKey::derive(&self.key, Kind::Body, &self.site, &[])
    }

    /// The key of a file that comes with the report: a picture, an attachment.
    pub fn file(&self, path: &str) -> ObjectKey {
        ObjectKey::derive(&self.key, Kind::File, &self.site, &[path])
    }

    /// The content key under the key of the report's day in a plan that covers it.
    pub fn wrap(&self, day: &DayKey) -> [u8; WRAPPED] {
        let purpose = info("wrap", &self.site, &[&self.report, &self.seal.to_string()]);
        wrap(&day.derive(&purpose), &self.key)
    }

    /// Opens what [`ContentKey::wrap`] made.
    ///
    /// # Errors
    /// [`Refused::Damaged`] if it is damaged, or made for another day, plan, report, seal or site.
    pub fn unwrap(root: &Opening<'_>, day: &DayKey, wrapped: &[u8]) -> Result<ContentKey, Refused> {
        let purpose = info("wrap", root.site, &[root.report, &root.seal.to_string()]);
        root.key(&day.derive(&purpose), wrapped)
    }

    /// The content key under a key that is made from the code of a gift. The generation is part of what the key is for: the same
    /// code opens the report after content keys were rotated, under another key.
    pub(super) fn wrap_gift(&self, code: &Secret<16>) -> [u8; WRAPPED] {
        wrap(&code.derive(&self.opening().gift()), &self.key)
    }

    /// What a page tells of the report that it seals.
    pub fn opening(&self) -> Opening<'_> {
        Opening { site: &self.site, report: &self.report, seal: self.seal, generation: self.generation }
    }
}

/// What a page says of the report that it seals: enough to open it with a key.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// The site's id.
    pub site: &'a str,
    /// The report's id.
    pub report: &'a str,
    /// Its `seal`.
    pub seal: u32,
    /// The generation of content keys.
    pub generation: u32,
}

impl Opening<'_> {
    pub(super) fn gift(&self) -> Vec<u8> {
        info("gift wrap", self.site, &[self.report, &self.seal.to_string(), &self.generation.to_string()])
    }

    pub(super) fn key(&self, wrapping: &Secret<32>, wrapped: &[u8]) -> Result<ContentKey, Refused> {
        let key = cipher(wrapping).decrypt(&ZERO, wrapped).map(Zeroizing::new).map_err(|_| Refused::Damaged)?;
        let key = Secret::from_slice(&key).ok_or(Refused::Damaged)?;
        let Opening { site, report, seal, generation } = *self;
        Ok(ContentKey { site: site.into(), report: report.to_owned(), seal, generation, key })
    }
}

/// A key that wraps does so once: it is made for one content key, so that the nonce need not differ.
const ZERO: Nonce<aes_gcm::aead::consts::U12> = aes_gcm::aead::array::Array([0; 12]);

fn wrap(key: &Secret<32>, content: &Secret<32>) -> [u8; WRAPPED] {
    let wrapped = cipher(key).encrypt(&ZERO, &content.bytes()[..]).expect("32 bytes are not too many");
    wrapped.try_into().expect("a key and a tag")
}

pub(super) fn cipher(key: &Secret<32>) -> Aes256Gcm {
    Aes256Gcm::new(key.bytes().into())
}
