//! The pictures of a document.

use super::losses::Losses;
use super::package::Package;
use std::collections::{BTreeMap, BTreeSet};

/// The endings of pictures that browsers show.
const SHOWN: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "avif"];

/// The pictures that have been met.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    by_part: BTreeMap<String, Option<String>>,
    names: BTreeSet<String>,
    files: Vec<(String, Vec<u8>)>,
}

impl Pictures {
    /// The file name of the picture in a part, None if it cannot be carried over; then it is told why.
    pub(super) fn add(&mut self, package: &Package<'_>, part: &str, losses: &mut Losses) -> Option<String> {
        if let Some(known) = self.by_part.get(part) {
            return known.clone();
        }
        let name = self.take(package, part).map_err(|note| losses.say(note)).ok();
        self.by_part.insert(part.to_owned(), name.clone());
        name
    }

    fn take(&mut self, package: &Package<'_>, part: &str) -> Result<String, String> {
        let file = part.rsplit('/').next().unwrap_or(part);
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
        let ending = ending.to_ascii_lowercase();
        if !SHOWN.contains(&ending.as_str()) {
            return Err(format!(
                "the picture {file} was left out, as browsers do not show its kind: save it as PNG or JPEG"
            ));
        }
        let missing = || format!("the picture {file} was left out, as it is missing or damaged in the file");
        let data = package.bytes(part).ok().flatten().filter(|data| !data.is_empty()).ok_or_else(missing)?;
        let name = self.free_name(stem, &ending);
        self.files.push((name.clone(), data));
        Ok(name)
    }

    /// A name of letters, digits and hyphens that no other picture has.
    fn free_name(&mut self, stem: &str, ending: &str) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        let stem: String = stem.chars().take(80).map(plain).collect();
        let stem = Some(stem.trim_matches('-')).filter(|stem| !stem.is_empty()).unwrap_or("picture");
        let more = (self.names.len() + 1..).map(|number: usize| format!("{stem}-{number}.{ending}"));
        let name = std::iter::once(format!("{stem}.{ending}")).chain(more).find(|name| !self.names.contains(name));
        let name = name.unwrap_or_default();
        self.names.insert(name.clone());
        name
    }

    /// The pictures' names and bytes.
    pub(super) fn into_files(self) -> Vec<(String, Vec<u8>)> {
        self.files
    }
}
