//! What the last build wrote: a text of one line for each output.
//!
//! ```text
//! briefpress outputs 1
//! inputs 11
//! any text...
//! <hash> <length> <time> <path>
//! end <checksum of all above>
//! ```
//! Numbers but the inputs' length are hexadecimal, times are nanoseconds since 1970, lines are sorted by path.

use std::fmt::Write;
use std::fs::Metadata;
use std::path::Path;
use std::time::UNIX_EPOCH;

use xxhash_rust::xxh3::xxh3_64;

use super::names::PathMap;
use super::steps::Steps;
use crate::fs;

const HEAD: &str = "briefpress outputs 1\ninputs ";

/// What is known of one output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    /// xxh3-128 of the content.
    pub(super) hash: u128,
    pub(super) len: u64,
    /// Nanoseconds since 1970; 0 if not known.
    pub(super) modified: u64,
}

impl Record {
    /// The record of a file with this hash and on which the disk says this.
    pub(super) fn of(hash: u128, data: &Metadata) -> Record {
        let since = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = since.and_then(|time| u64::try_from(time.as_nanos()).ok()).unwrap_or(0);
        Record { hash, len: data.len(), modified }
    }

    /// Whether a file with the other's length and time is the one recorded, untouched.
    pub(super) fn fits(&self, there: &Record) -> bool {
        self.modified != 0 && (self.len, self.modified) == (there.len, there.modified)
    }
}

/// What the last build wrote, and from what.
pub(super) struct Manifest {
    pub(super) inputs: String,
    /// Sorted by path.
    pub(super) records: Vec<(Box<str>, Record)>,
    /// Where in `records` the path with this hash is.
    places: PathMap<u64, usize>,
    checksum: u64,
}

impl Manifest {
    /// Reads a manifest; `None` if there is none or it is damaged.
    pub(super) fn read(path: &Path) -> Option<Manifest> {
        Manifest::parse(&fs::read_to_string(path).ok()?)
    }

    /// The inputs named in the manifest at this path, without parsing the rest.
    pub(super) fn read_inputs(path: &Path) -> Option<String> {
        let text = fs::read_to_string(path).ok()?;
        Some(split_inputs(unsealed(&text)?.0)?.0.to_owned())
    }

    fn parse(text: &str) -> Option<Manifest> {
        let (body, checksum) = unsealed(text)?;
        let (inputs, lines) = split_inputs(body)?;
        let records = lines.lines().map(parse_line).collect::<Option<Vec<_>>>()?;
        let places = records.iter().enumerate().map(|(at, (path, _))| (xxh3_64(path.as_bytes()), at)).collect();
        Some(Manifest { inputs: inputs.to_owned(), records, places, checksum })
    }

    /// What is known of the output at this path.
    pub(super) fn get(&self, path: &str) -> Option<&Record> {
        let (found, record) = &self.records[*self.places.get(&xxh3_64(path.as_bytes()))?];
        (**found == *path).then_some(record)
    }

    /// Whether this was read from the given text.
    pub(super) fn is(&self, text: &str) -> bool {
        unsealed(text).is_some_and(|(_, checksum)| checksum == self.checksum)
    }

    /// The text of this manifest with all times forgotten, so that the next build compares contents.
    pub(super) fn doubted(&self) -> String {
        let doubted: Vec<_> = self.records.iter().map(|(path, r)| (path, Record { modified: 0, ..*r })).collect();
        text(&self.inputs, doubted.iter().map(|(path, record)| (&***path, record)))
    }
}

/// The text of a manifest; the outputs must come sorted by path.
pub(super) fn text<'a>(inputs: &str, outputs: impl Iterator<Item = (&'a str, &'a Record)>) -> String {
    let mut text = format!("{HEAD}{}\n{inputs}\n", inputs.len());
    for (path, record) in outputs {
        let Record { hash, len, modified } = record;
        let _ = writeln!(text, "{hash:x} {len:x} {modified:x} {path}");
    }
    sealed(text)
}

/// Writes the text of a manifest in place of the one before, whole or not at all.
pub(super) fn install(path: &Path, text: &str, steps: &Steps) -> Result<(), fs::Error> {
    let next = path.with_extension("new");
    steps.write(&next, text.as_bytes())?;
    steps.rename(&next, path)
}

/// A text with its checksum as the last line.
pub(super) fn sealed(mut text: String) -> String {
    let checksum = xxh3_64(text.as_bytes());
    let _ = writeln!(text, "end {checksum:016x}");
    text
}

/// A text without that line, and the checksum; `None` if it is wrong.
pub(super) fn unsealed(text: &str) -> Option<(&str, u64)> {
    let (body, _) = text.split_at_checked(text.len().checked_sub("end 0123456789abcdef\n".len())?)?;
    let checksum = xxh3_64(body.as_bytes());
    (text[body.len()..] == format!("end {checksum:016x}\n")).then_some((body, checksum))
}

/// The inputs and the lines after them.
fn split_inputs(body: &str) -> Option<(&str, &str)> {
    let (len, rest) = body.strip_prefix(HEAD)?.split_once('\n')?;
    let (inputs, rest) = rest.split_at_checked(len.parse().ok()?)?;
    Some((inputs, rest.strip_prefix('\n')?))
}

fn parse_line(line: &str) -> Option<(Box<str>, Record)> {
    let mut parts = line.splitn(4, ' ');
    let hash = u128::from_str_radix(parts.next()?, 16).ok()?;
    let len = u64::from_str_radix(parts.next()?, 16).ok()?;
    let modified = u64::from_str_radix(parts.next()?, 16).ok()?;
    Some((parts.next()?.into(), Record { hash, len, modified }))
}
