//! Reading a sealed page with a code, as a subscriber's browser does.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine};
use serde::Deserialize;

use super::{day, subscribers};
use crate::sealed::{Code, CodeError, ContentKey, Day, Keyring, Opening, Refused, Tree, Use, find, name_of};

/// What a published page says of its sealed text: the content of its element `#_text`.
#[derive(Debug, Deserialize)]
pub struct Page {
    report: String,
    seal: u32,
    generation: u32,
    wraps: Vec<(String, Day, String)>,
    gifts: std::collections::BTreeMap<String, String>,
    body: String,
}

/// What a site says of its keyrings: `keys/index.json`.
#[derive(Debug, Deserialize)]
pub struct Index {
    /// The site's id.
    pub site: String,
    bits: u8,
}

/// A text that was opened.
#[derive(Debug, Deserialize)]
pub struct Opened {
    /// The element that takes the place of the public one, as HTML.
    pub html: String,
    /// Sealed files beside the page, by the address that the text has for them: name and media type.
    pub files: std::collections::BTreeMap<String, (String, String)>,
}

/// Why a page is not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shut {
    /// The page has no sealed text.
    Open,
    /// The code is none.
    Code(CodeError),
    /// No keyring is there for it.
    Unknown,
    /// The access ended on this day.
    Ended(jiff::civil::Date),
    /// The access does not cover this text.
    NotCovered,
    /// It is the code of a gift, and not of one for this report.
    OtherGift,
    /// A file is missing or damaged.
    Damaged(Refused),
}

impl fmt::Display for Shut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shut::Open => f.write_str("this page has no sealed text: everybody may read all of it"),
            Shut::Code(error) => error.fmt(f),
            Shut::Unknown => f.write_str("this code opens nothing here: it was replaced, or is of another site"),
            Shut::Ended(day) => write!(f, "the access of this code ended on {day}"),
            Shut::NotCovered => f.write_str("what this code opens does not cover this page"),
            Shut::OtherGift => f.write_str("this code is a gift of another report, or the gift has ended"),
            Shut::Damaged(refused) => refused.fmt(f),
        }
    }
}

impl From<Refused> for Shut {
    fn from(refused: Refused) -> Shut {
        Shut::Damaged(refused)
    }
}

/// What a code is good for.
pub struct Reader {
    site: String,
    code: Code,
    keyring: Option<Keyring>,
}

impl Reader {
    /// Finds what a code opens. `file` gives the bytes of a published file by its path from the root of the site.
    ///
    /// # Errors
    /// The code is none, is not known, or files are damaged.
    pub fn new(code: &str, index: &Index, file: impl Fn(&str) -> Option<Vec<u8>>) -> Result<Reader, Shut> {
        let code = Code::parse(&index.site, code).map_err(Shut::Code)?;
        let site = index.site.clone();
        if code.used() == Use::Gift {
            return Ok(Reader { site, code, keyring: None });
        }
        let lookup = code.lookup();
        let shard = file(&format!("keys/{}.bps", name_of(&lookup, index.bits))).ok_or(Refused::Damaged)?;
        let sealed = find(&shard, &lookup)?.ok_or(Shut::Unknown)?;
        let keyring = Some(code.keyring(sealed)?);
        Ok(Reader { site, code, keyring })
    }

    /// Opens a page as it was published.
    ///
    /// # Errors
    /// See [`Shut`].
    pub fn open(&self, html: &str) -> Result<Opened, Shut> {
        let page = Page::of(html)?;
        let body = BASE64_STANDARD.decode(&page.body).map_err(|_| Refused::Damaged)?;
        let text = self.content(&page)?.body().open(&[], &body)?;
        serde_json::from_slice(&text).map_err(|_| Refused::Damaged.into())
    }

    /// Opens a file that lies beside a page; `address` is what the page's text calls it.
    ///
    /// # Errors
    /// See [`Shut`].
    pub fn file(&self, html: &str, address: &str, sealed: &[u8]) -> Result<Vec<u8>, Shut> {
        Ok(self.content(&Page::of(html)?)?.file(address).open(&[], sealed)?)
    }

    fn content(&self, page: &Page) -> Result<ContentKey, Shut> {
        let opening = Opening { site: &self.site, report: &page.report, seal: page.seal, generation: page.generation };
        let Some(keyring) = &self.keyring else {
            let lookup: String = self.code.lookup().iter().map(|byte| format!("{byte:02x}")).collect();
            let wrap = page.gifts.get(&lookup).ok_or(Shut::OtherGift)?;
            return Ok(self.code.unwrap(&opening, &bytes(wrap)?)?);
        };
        if keyring.grants.is_empty() && keyring.ends < day(jiff::civil::Date::MAX) {
            return Err(Shut::Ended(subscribers::date(keyring.ends)));
        }
        for (plan, day, wrap) in &page.wraps {
            let Some(grant) = keyring.grants.iter().find(|grant| grant.plan == *plan) else { continue };
            if let Some(key) = Tree::new(&self.site, grant.nodes.clone()).day(*day) {
                return Ok(ContentKey::unwrap(&opening, &key, &bytes(wrap)?)?);
            }
        }
        Err(Shut::NotCovered)
    }
}

impl Page {
    fn of(html: &str) -> Result<Page, Shut> {
        let (_, rest) = html.split_once("id=\"_text\">").ok_or(Shut::Open)?;
        let (json, _) = rest.split_once("</script>").ok_or(Refused::Damaged)?;
        serde_json::from_str(json).map_err(|_| Refused::Damaged.into())
    }
}

fn bytes(text: &str) -> Result<Vec<u8>, Refused> {
    BASE64_STANDARD.decode(text).map_err(|_| Refused::Damaged)
}
