//! Goes through an output layer by layer and collects what it finds.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use super::clean::Clean;
use super::exact::ExactSet;
use super::map::Map;
use super::probe::{Found, Probe};
use super::read::{Notes, Stream, View, read};
use super::tag::has_border;
use super::unpack::End;
use super::words::SHINGLE;
use super::{Form, Hit, Opaque, Secrets, base64, decode, unpack};

/// How many layers of encoding are undone.
const DEPTH: u8 = 4;
/// The bytes that may be decoded for one output, beside eight times its size.
const DECODED: usize = 128 << 20;
/// The size at which a compressed part is cut.
const INFLATED: usize = if cfg!(test) { 1 << 20 } else { 64 << 20 };
/// How many compressed parts of one layer are opened.
const PARTS: usize = 4096;
/// The shortest run of text in a binary file.
const SHORTEST_RUN: usize = 8;

/// Looks at one output.
pub struct Scanner<'a> {
    exact: &'a ExactSet,
    probe: Probe<'a>,
    clean: &'a Clean,
    /// How many secrets were there at the beginning.
    secrets: usize,
    path: Arc<str>,
    hits: &'a mut Vec<Hit>,
    budget: usize,
    opaque: Option<Opaque>,
}

/// Where a layer comes from.
#[derive(Clone, Copy)]
struct Layer {
    /// The encoding, if it says more about a hit than the stream does.
    form: Option<Form>,
    /// Where the encoded part begins in the output; `None` for the output itself.
    origin: Option<usize>,
    depth: u8,
}

impl<'a> Scanner<'a> {
    pub fn new(secrets: &'a Secrets, exact: &'a ExactSet, path: &str, hits: &'a mut Vec<Hit>) -> Self {
        let probe = Probe::new(secrets);
        let (clean, secrets) = (&secrets.clean, secrets.added.load(Relaxed));
        Self { exact, probe, clean, secrets, path: path.into(), hits, budget: 0, opaque: None }
    }

    /// Looks at the output and its name, and tells if a part of it stays unseen.
    pub fn output(mut self, bytes: &[u8]) -> Option<Opaque> {
        let start = self.hits.len();
        self.budget = DECODED.saturating_add(bytes.len().saturating_mul(8));
        let path = Arc::clone(&self.path);
        self.opaque = unpack::opaque(&path, bytes).map(Opaque::Format);
        self.layer(path.as_bytes(), Layer { form: Some(Form::FileName), origin: Some(0), depth: 0 });
        self.layer(bytes, Layer { form: None, origin: None, depth: 0 });
        let mut found = self.hits.split_off(start);
        found.sort_by_key(|hit| (hit.fingerprint, hit.form, hit.at));
        found.dedup_by_key(|hit| (hit.fingerprint, hit.form));
        self.hits.append(&mut found);
        self.opaque
    }

    fn layer(&mut self, bytes: &[u8], layer: Layer) {
        if let Ok(text) = std::str::from_utf8(bytes) {
            self.exact(bytes, layer);
            self.text(text, layer);
            self.utf16(bytes, layer);
        } else if let Some(chunks) = unpack::png_chunks(bytes) {
            for (at, chunk) in chunks {
                self.png(chunk, layer.at(at));
            }
        } else {
            self.binary(bytes, layer);
            self.compressed(bytes, layer);
        }
    }

    fn exact(&mut self, bytes: &[u8], layer: Layer) {
        self.exact.scan(bytes, |at, secret| {
            self.hits.push(Hit {
                path: Arc::clone(&self.path),
                fingerprint: secret.fingerprint,
                words: 0,
                form: layer.form.unwrap_or(Form::Text),
                at: layer.at(at).origin.unwrap_or(at),
                owner: Some(secret.owner),
            });
        });
    }

    fn text(&mut self, text: &str, layer: Layer) {
        self.words(text, layer);
        let is_calendar = text.starts_with("BEGIN:V");
        if is_calendar && memchr::memmem::find(text.as_bytes(), b"\n ").is_some() {
            self.deeper(decode::unfolded(text).as_bytes(), layer.form, layer.at(0));
        }
        for decoded in [decode::hidden_markup(text), decode::unescaped(text)].into_iter().flatten() {
            self.deeper(decoded.as_bytes(), layer.form.or(Some(Form::Escaped)), layer.at(0));
        }
        for run in decode::percent_runs(text.as_bytes()) {
            let decoded = decode::percent_decoded(&text.as_bytes()[run.clone()]);
            self.deeper(&decoded, Some(Form::Percent), layer.at(run.start));
        }
        for run in base64::runs(text.as_bytes()) {
            self.base64(&text.as_bytes()[run.clone()], layer.at(run.start));
        }
    }

    fn base64(&mut self, run: &[u8], layer: Layer) {
        let key = Clean::key(run, self.secrets).filter(|_| layer.depth == 0);
        if key.is_some_and(|key| self.clean.has(key)) {
            return;
        }
        let before = self.hits.len();
        for decoded in base64::readings(run) {
            self.deeper(&decoded, Some(Form::Base64), layer);
        }
        if let Some(key) = key.filter(|_| self.hits.len() == before && self.opaque.is_none()) {
            self.clean.insert(key);
        }
    }

    /// A page is read as markup. Anything else is read as it stands, and as markup if it may be.
    fn words(&mut self, text: &str, layer: Layer) {
        let map = Map::of(text);
        let is_page = text.trim_start().starts_with('<');
        if !is_page {
            self.view(&map, View::PLAIN, layer);
        }
        if !is_page && memchr::memchr2(b'<', b'&', text.as_bytes()).is_none() {
            return;
        }
        let view = if is_page && layer.depth == 0 { View::PAGE } else { View::LOOSE };
        let notes = self.view(&map, view, layer);
        if notes.junction {
            self.view(&map, View { join: true, ..view }, layer);
        }
        if notes.nested {
            self.view(&map, View::LOOSE, layer);
        }
    }

    fn view(&mut self, map: &Map<'_>, view: View, layer: Layer) -> Notes {
        let notes = read(map, view, &mut self.probe);
        for found in self.probe.finish().into_iter().filter(|found| !crosses(map, view, found)) {
            self.hits.push(Hit {
                path: Arc::clone(&self.path),
                fingerprint: found.fingerprint,
                words: found.words,
                form: layer.form.unwrap_or(Form::from(found.stream)),
                at: layer.origin.unwrap_or(found.at),
                owner: None,
            });
        }
        notes
    }

    fn binary(&mut self, bytes: &[u8], layer: Layer) {
        self.runs(bytes, layer);
        self.utf16(bytes, layer);
    }

    /// Runs of text in bytes that are not text as a whole.
    fn runs(&mut self, bytes: &[u8], layer: Layer) {
        self.exact(bytes, layer);
        let is_control = |byte: &u8| matches!(byte, ..b'\t' | 0xb | 0xc | 0xe..b' ' | 0x7f);
        let mut at = 0;
        for run in bytes.split(is_control) {
            if run.len() >= SHORTEST_RUN {
                let text: Cow<'_, str> = String::from_utf8_lossy(run);
                self.text(&text, layer.at(at));
            }
            at += run.len() + 1;
        }
    }

    fn utf16(&mut self, bytes: &[u8], layer: Layer) {
        if layer.form == Some(Form::Utf16) {
            return;
        }
        for part in decode::utf16_parts(bytes) {
            for text in decode::utf16_readings(&bytes[part.clone()]) {
                self.deeper(text.as_bytes(), Some(Form::Utf16), layer.at(part.start));
            }
        }
    }

    fn png(&mut self, chunk: &[u8], layer: Layer) {
        self.binary(chunk, layer);
        if let Some(part) = unpack::png_text(chunk, self.budget.min(INFLATED)) {
            self.part(&part, layer);
        }
    }

    fn compressed(&mut self, bytes: &[u8], layer: Layer) {
        let limit = self.budget.min(INFLATED);
        for (count, part) in unpack::parts(bytes, limit, layer.depth == 0).enumerate() {
            if count == PARTS || self.budget == 0 {
                self.opaque = Some(Opaque::TooLarge);
                return;
            }
            self.part(&part, layer);
        }
    }

    fn part(&mut self, part: &unpack::Part, layer: Layer) {
        let layer = layer.at(part.at);
        match part.end {
            End::Whole => self.deeper(&part.bytes, Some(Form::Gzip), layer),
            End::Cut => {
                self.opaque = Some(Opaque::TooLarge);
                self.deeper(&part.bytes, Some(Form::Gzip), layer);
            }
            End::Broken if self.pay(&part.bytes) => self.runs(&part.bytes, Layer { form: Some(Form::Gzip), ..layer }),
            End::Broken => {}
        }
    }

    /// Goes on with what an encoded part of a layer holds.
    fn deeper(&mut self, decoded: &[u8], form: Option<Form>, from: Layer) {
        if decoded.is_empty() {
            return;
        }
        let form = if from.form == Some(Form::FileName) { from.form } else { form };
        if from.depth == DEPTH {
            self.opaque.get_or_insert(Opaque::TooDeep);
            return;
        }
        if self.pay(decoded) {
            self.layer(decoded, Layer { form, depth: from.depth + 1, ..from });
        }
    }

    /// Takes what was decoded from the budget.
    fn pay(&mut self, decoded: &[u8]) -> bool {
        let left = self.budget.checked_sub(decoded.len());
        if left.is_none() {
            self.opaque = Some(Opaque::TooLarge);
        }
        self.budget = left.unwrap_or(0);
        left.is_some()
    }
}

/// A short field whose words stand in two pieces of a page, a headline's end and the label behind it, is there by chance.
fn crosses(map: &Map<'_>, view: View, found: &Found) -> bool {
    let is_short = usize::from(found.words) < SHINGLE && found.stream == Stream::Text;
    view.markup && is_short && map.text.as_bytes().get(found.from..found.at).is_some_and(has_border)
}

impl Layer {
    /// A part of this layer, as seen from the output.
    fn at(self, at: usize) -> Self {
        Self { origin: self.origin.or(Some(at)), ..self }
    }
}
