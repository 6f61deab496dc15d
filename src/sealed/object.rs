//! A sealed file: a text, a picture, a keyring, a file of the search.
//!
//! ```text
//! "BPS" | version | kind | nonce (12) | AES-256-GCM( length (4) | raw deflate | zeros ) | tag (16)
//! ```

use std::fmt;
use std::io::{Read, Write};
use std::sync::Arc;

use aes_gcm::aead::{Aead, Payload};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::info::{FORMAT, info};
use super::report::cipher;
use super::secret::Secret;

/// What every sealed file begins with.
pub(super) const MAGIC: &[u8; 3] = b"BPS";
/// Magic bytes, version, kind.
pub(super) const HEADER: usize = 5;
const NONCE: usize = 12;
const TAG: usize = 16;
/// What stands around the padded text.
pub(super) const AROUND: usize = HEADER + NONCE + TAG;
/// The bytes that tell how long the compressed text is.
const LENGTH: usize = 4;
/// No text is padded to less.
const FLOOR: usize = 1024;
/// The longest text that is sealed or opened, in bytes: 64 MiB. What inflates to more is refused.
pub const LIMIT: usize = 64 << 20;
/// How hard texts are pressed. Another level would change every sealed file of a site.
const LEVEL: u32 = 6;

/// What a sealed file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The gated half of a report.
    Body,
    /// A subscriber's keys.
    Keyring,
    /// A picture or an attachment.
    File,
    /// A file of the search index.
    Search,
}

impl Kind {
    /// The byte in the header.
    pub(super) fn byte(self) -> u8 {
        match self {
            Kind::Body => b'b',
            Kind::Keyring => b'k',
            Kind::File => b'f',
            Kind::Search => b's',
        }
    }

    fn label(self) -> &'static str {
        match self {
            Kind::Body => "body",
            Kind::Keyring => "keyring",
            Kind::File => "file",
            Kind::Search => "search",
        }
    }
}

/// Why a sealed file is not opened, or a text not sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It does not begin like one.
    NotSealed,
    /// It has a version that this program does not know.
    Newer(u8),
    /// It is one, but of another kind.
    OtherKind,
    /// It is not as it was made, or was made for another key, another report or another site.
    Damaged,
    /// The text is longer than [`LIMIT`].
    TooLarge,
}

impl Refused {
    /// A word for it, the same as in `sealed.js`.
    pub fn key(self) -> &'static str {
        match self {
            Refused::NotSealed => "not-sealed",
            Refused::Newer(_) => "newer",
            Refused::OtherKind => "other-kind",
            Refused::Damaged => "damaged",
            Refused::TooLarge => "too-large",
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::NotSealed => f.write_str("this is not a sealed file"),
            Refused::Newer(version) => write!(
                f,
                "this file has version {version} of the sealed format, and this program knows versions up to {FORMAT}"
            ),
            Refused::OtherKind => f.write_str("this is a sealed file of another kind"),
            Refused::Damaged => f.write_str("this file is damaged, or sealed for another key"),
            Refused::TooLarge => write!(f, "a sealed text has at most {} MiB, and this has more", LIMIT >> 20),
        }
    }
}

impl std::error::Error for Refused {}

/// The key of one sealed file: one half enciphers, the other makes nonces, so that no key serves two algorithms.
#[derive(Debug, Clone)]
pub struct ObjectKey {
    kind: Kind,
    site: Arc<str>,
    cipher: Secret<32>,
    nonce: Secret<32>,
}

impl ObjectKey {
    /// The key of a file of a kind, below the key of what it belongs to.
    pub(super) fn derive<const N: usize>(
        parent: &Secret<N>,
        kind: Kind,
        site: &Arc<str>,
        fields: &[&str],
    ) -> ObjectKey {
        let label = kind.label();
        let cipher = parent.derive(&info(label, site, fields));
        let nonce = parent.derive(&info(&format!("{label} nonce"), site, fields));
        ObjectKey { kind, site: site.clone(), cipher, nonce }
    }

    /// The key of a file of the search index, below the key of a node of a plan's tree (128 bits) or another key.
    pub fn search<const N: usize>(site: &str, parent: &Secret<N>, part: &str) -> ObjectKey {
        ObjectKey::derive(parent, Kind::Search, &site.into(), &[part])
    }

    /// Seals a text. The same text gives the same bytes. `fields` are vouched for and not contained: whoever opens the file has
    /// to give the same.
    ///
    /// # Errors
    /// [`Refused::TooLarge`].
    pub fn seal(&self, fields: &[&str], text: &[u8]) -> Result<Vec<u8>, Refused> {
        if text.len() > LIMIT {
            return Err(Refused::TooLarge);
        }
        let pressed = press(text);
        self.lock(fields, &pressed, padded(LENGTH + pressed.len()).max(FLOOR))
    }

    /// Opens what [`ObjectKey::seal`] made.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn open(&self, fields: &[&str], file: &[u8]) -> Result<Vec<u8>, Refused> {
        let text = self.decrypt(fields, file)?;
        let (length, rest) = text.split_at_checked(LENGTH).ok_or(Refused::Damaged)?;
        let length = length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
        inflate(rest.get(..length).ok_or(Refused::Damaged)?)
    }

    /// The padded text of a file, if all of it is as it was sealed.
    fn decrypt(&self, fields: &[&str], file: &[u8]) -> Result<Vec<u8>, Refused> {
        let (kind, rest) = header(file)?;
        if kind != self.kind.byte() {
            return Err(Refused::OtherKind);
        }
        let (nonce, sealed) = rest.split_at_checked(NONCE).ok_or(Refused::Damaged)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Refused::Damaged)?;
        let payload = Payload { msg: sealed, aad: &self.vouched(fields) };
        cipher(&self.cipher).decrypt(&nonce.into(), payload).map_err(|_| Refused::Damaged)
    }

    /// Seals what is pressed already, padded to a size. What leaves here is ciphertext, whatever becomes of this code: it is opened
    /// again, and builds rely on that and do not look into it for gated text.
    pub(super) fn lock(&self, fields: &[&str], pressed: &[u8], size: usize) -> Result<Vec<u8>, Refused> {
        let mut text = Vec::with_capacity(size);
        text.extend_from_slice(&(pressed.len() as u32).to_be_bytes());
        text.extend_from_slice(pressed);
        text.resize(size, 0);
        let aad = self.vouched(fields);
        let nonce = self.nonce(&aad, &text);
        let payload = Payload { msg: &text, aad: &aad };
        let sealed = cipher(&self.cipher).encrypt(&nonce.into(), payload).expect("a text below the limit of GCM");
        let file = [&aad[..HEADER], &nonce, &sealed].concat();
        self.decrypt(fields, &file)?;
        Ok(file)
    }

    /// The header and the fields: authenticated with the text.
    fn vouched(&self, fields: &[&str]) -> Vec<u8> {
        let header = [MAGIC[0], MAGIC[1], MAGIC[2], FORMAT, self.kind.byte()];
        [&header[..], &info("vouched", &self.site, fields)].concat()
    }

    /// The nonce is made from all that is sealed: two texts of one key share it with negligible probability, and the same text
    /// has always the same.
    pub(super) fn nonce(&self, aad: &[u8], text: &[u8]) -> [u8; NONCE] {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.nonce.bytes()).expect("a key of any length");
        mac.update(&(aad.len() as u64).to_be_bytes());
        mac.update(aad);
        mac.update(text);
        let hash = mac.finalize().into_bytes();
        std::array::from_fn(|index| hash[index])
    }
}

/// The kind of a sealed file, and what is behind its header.
pub(super) fn header(file: &[u8]) -> Result<(u8, &[u8]), Refused> {
    let (header, rest) = file.split_at_checked(HEADER).ok_or(Refused::NotSealed)?;
    match (header.strip_prefix(MAGIC), header[3]) {
        (None, _) | (_, 0) => Err(Refused::NotSealed),
        (_, version) if version > FORMAT => Err(Refused::Newer(version)),
        _ => Ok((header[4], rest)),
    }
}

/// The length that a length is padded to: Padmé, which keeps as many high bits as the length of the exponent takes and so costs
/// at most 12 %, less the longer the text (Nikitin, Barman, Lueks, Underwood, Hubaux and Ford, "Reducing Metadata Leakage from
/// Encrypted Files and Communication with PURBs", Proceedings on Privacy Enhancing Technologies 2019 (4), section 4).
pub(super) fn padded(length: usize) -> usize {
    let Some(exponent) = length.checked_ilog2().filter(|exponent| *exponent > 0) else {
        return length;
    };
    let kept = exponent.ilog2() + 1;
    let mask = (1 << (exponent - kept)) - 1;
    (length + mask) & !mask
}

/// Raw deflate (RFC 1951). What is too small to be pressed is stored.
pub(super) fn press(text: &[u8]) -> Vec<u8> {
    let mut pressed = DeflateEncoder::new(Vec::with_capacity(text.len() / 2 + 64), Compression::new(LEVEL));
    // Writing to memory does not fail.
    _ = pressed.write_all(text);
    pressed.finish().unwrap_or_default()
}

fn inflate(pressed: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut text = Vec::new();
    let mut source = DeflateDecoder::new(pressed).take(LIMIT as u64 + 1);
    source.read_to_end(&mut text).map_err(|_| Refused::Damaged)?;
    if text.len() > LIMIT { Err(Refused::TooLarge) } else { Ok(text) }
}
