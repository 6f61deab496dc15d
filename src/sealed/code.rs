//! Codes: what a subscriber types to read, and what opens one report as a gift.
//!
//! A code can be made again from the codes root at any time and is stored nowhere. It is 128 bits and a check of twelve, as 28
//! characters in seven groups; a gift's has `GIFT` before them.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::base32;
use super::info::info;
use super::master::CodesRoot;
use super::object::{Kind, ObjectKey, Refused};
use super::report::{ContentKey, Opening, WRAPPED};
use super::secret::Secret;
use super::tree::Day;

/// Characters of a code: 28 × 5 bits are 128 and 12.
const CHARACTERS: usize = 28;
const GROUP: usize = 4;
/// What stands before the code of a gift, and how it reads in Crockford's alphabet.
const GIFT: &str = "GIFT";
const GIFT_READ: [u8; 4] = [16, 1, 15, 26];

/// What a code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It opens the keyring of a subscriber.
    Subscriber,
    /// It opens one report.
    Gift,
}

/// The code of a subscriber or a gift. It is wiped when it is let go, and shows itself by [`Code::text`] only.
#[derive(Debug, Clone)]
pub struct Code {
    site: Arc<str>,
    used: Use,
    bits: Secret<16>,
}

/// By what a keyring or the wrap of a gift is found: says nothing about the code.
pub type Lookup = [u8; 16];

/// Why a text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// A character that no code has.
    Character(char),
    /// So many characters, and a code has more.
    Short(usize),
    /// So many characters, and a code has fewer.
    Long(usize),
    /// A typing mistake, or a code of another site.
    Check,
}

impl CodeError {
    /// A word for it, the same as in `sealed.js`.
    pub fn key(self) -> &'static str {
        match self {
            CodeError::Character(_) => "code-character",
            CodeError::Short(_) => "code-short",
            CodeError::Long(_) => "code-long",
            CodeError::Check => "code-check",
        }
    }
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CodeError::Character(c) => write!(f, "no code has the character {c:?}"),
            CodeError::Short(count) => write!(f, "a code has {CHARACTERS} characters, and this has only {count}"),
            CodeError::Long(count) => write!(f, "a code has {CHARACTERS} characters, and this has {count}"),
            CodeError::Check => f.write_str("there is a typing mistake in this code, or it is a code of another site"),
        }
    }
}

impl std::error::Error for CodeError {}

impl CodesRoot {
    /// The code of a subscriber. Another generation gives another code.
    pub fn code(&self, subscriber: &str, generation: u32) -> Code {
        let bits = self.key.derive(&info("code", &self.site, &[subscriber, &generation.to_string()]));
        Code { site: self.site.clone(), used: Use::Subscriber, bits }
    }

    /// The code of a gift that opens a report up to a day; `note` tells gifts of one report apart.
    pub fn gift(&self, report: &str, seal: u32, ends: Day, note: &str) -> Code {
        let fields = [report, &seal.to_string(), &ends.to_string(), note];
        Code { site: self.site.clone(), used: Use::Gift, bits: self.key.derive(&info("gift", &self.site, &fields)) }
    }
}

impl Code {
    /// Reads a code in any case, with or without hyphens and spaces.
    ///
    /// # Errors
    /// See [`CodeError`].
    pub fn parse(site: &str, text: &str) -> Result<Code, CodeError> {
        let mut digits = Zeroizing::new(Vec::with_capacity(text.len()));
        for c in text.chars().filter(|c| !is_space(*c)) {
            digits.push(base32::digit(c).ok_or(CodeError::Character(c))?);
        }
        let gift = digits.len() > CHARACTERS && digits.starts_with(&GIFT_READ);
        let (used, own) = if gift { (Use::Gift, &digits[GROUP..]) } else { (Use::Subscriber, &digits[..]) };
        match own.len() {
            count if count < CHARACTERS => return Err(CodeError::Short(count)),
            count if count > CHARACTERS => return Err(CodeError::Long(count)),
            _ => {}
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(CHARACTERS));
        let rest = base32::join(own.iter().copied(), &mut bytes);
        let check = u16::from(bytes[16]) << 4 | u16::from(rest);
        let bits = Secret::from_slice(&bytes[..16]).ok_or(CodeError::Check)?;
        let code = Code { site: site.into(), used, bits };
        if code.check() == check { Ok(code) } else { Err(CodeError::Check) }
    }

    /// What it is for.
    pub fn used(&self) -> Use {
        self.used
    }

    /// The code as it is printed: seven groups of four characters, `GIFT` before those of a gift.
    pub fn text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0; 18]);
        bytes[..16].copy_from_slice(self.bits.bytes());
        bytes[16..].copy_from_slice(&(self.check() << 4).to_be_bytes());
        let mut plain = Zeroizing::new(String::with_capacity(32));
        base32::encode(&bytes[..], &mut plain);
        let mut text = Zeroizing::new(String::with_capacity(48));
        if self.used == Use::Gift {
            text.push_str(GIFT);
        }
        for (index, c) in plain.chars().take(CHARACTERS).enumerate() {
            if index % GROUP == 0 && !text.is_empty() {
                text.push('-');
            }
            text.push(c);
        }
        text
    }

    /// By what its keyring, or its wrap on a page, is found.
    pub fn lookup(&self) -> Lookup {
        *self.bits.derive(&info(self.label("lookup", "gift lookup"), &self.site, &[])).bytes()
    }

    /// The key of a subscriber's keyring.
    pub fn keyring_key(&self) -> ObjectKey {
        ObjectKey::derive(&self.bits, Kind::Keyring, &self.site, &[])
    }

    /// What a page carries, beside the lookup id, so that the code of a gift opens its report.
    pub fn wrap(&self, content: &ContentKey) -> [u8; WRAPPED] {
        content.wrap_gift(&self.bits)
    }

    /// Opens what [`Code::wrap`] made.
    ///
    /// # Errors
    /// [`Refused::Damaged`] if it is damaged, or made for another code or report.
    pub fn unwrap(&self, page: &Opening<'_>, wrapped: &[u8]) -> Result<ContentKey, Refused> {
        page.key(&self.bits.derive(&page.gift()), wrapped)
    }

    /// Twelve bits of a hash without a key over the site and the code: a browser sees slips before it asks for anything.
    fn check(&self) -> u16 {
        let label = info(self.label("check", "gift check"), &self.site, &[]);
        let hash = Sha256::new().chain_update(label).chain_update(self.bits.bytes()).finalize();
        u16::from_be_bytes([hash[0], hash[1]]) >> 4
    }

    fn label(&self, subscriber: &'static str, gift: &'static str) -> &'static str {
        match self.used {
            Use::Subscriber => subscriber,
            Use::Gift => gift,
        }
    }
}

/// Space, hyphens of all kinds, and what cannot be seen: mail programs put them in, and marks of direction stand around
/// what is copied from a text in Arabic.
fn is_space(c: char) -> bool {
    let unseen = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    unseen || c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealed::MasterKey;

    fn root() -> CodesRoot {
        MasterKey::from_bytes([7; 32]).codes_root("briefing", 1)
    }

    fn refused(text: &str) -> CodeError {
        Code::parse("briefing", text).expect_err("no code")
    }

    #[test]
    fn codes_are_read_however_they_are_typed() {
        for code in [root().code("s-17", 1), root().gift("MX-1", 1, 20_000, "")] {
            let text = code.text();
            let plain = text.replace('-', "");
            for typed in [
                text.to_string(),
                plain.clone(),
                text.to_lowercase(),
                text.replace('-', " "),
                format!("\u{feff} {}\u{a0}\n", text.replace('-', "\u{2011}\u{ad}")),
                format!("\u{2067}\u{202a}{}\u{202c}\u{2069}", *text),
                plain.replace('0', "o").replace('1', "l"),
                plain.replace('0', "O").replace('1', "I"),
            ] {
                let read = Code::parse("briefing", &typed).expect(&typed);
                assert_eq!((read.text(), read.used()), (text.clone(), code.used()), "{typed}");
            }
        }
    }

    #[test]
    fn codes_have_the_printed_form() {
        let groups = |text: &str| text.split('-').map(str::len).collect::<Vec<_>>();
        let gift = root().gift("MX-1", 1, 20_000, "").text();
        assert_eq!(groups(&root().code("s-17", 1).text()), [4; 7]);
        assert_eq!(groups(&gift), [4; 8]);
        assert!(gift.starts_with("GIFT-"));
    }

    #[test]
    fn what_is_wrong_with_a_code_is_told() {
        let text = root().code("s-17", 1).text();
        let gift = root().gift("MX-1", 1, 20_000, "").text();
        assert_eq!(refused(""), CodeError::Short(0));
        assert_eq!(refused(&text[..33]), CodeError::Short(27));
        assert_eq!(refused(&format!("{}0", *text)), CodeError::Long(29));
        assert_eq!(refused(&gift[..38]), CodeError::Short(27));
        assert_eq!(refused(&format!("{}0", *gift)), CodeError::Long(29));
        assert_eq!(refused(&text.replacen('-', "U", 1)), CodeError::Character('U'));
        assert_eq!(refused(&gift.replace("GIFT-", "")), CodeError::Check, "a gift is no subscriber");
        assert_eq!(refused(&format!("GIFT-{}", *text)), CodeError::Check, "a subscriber is no gift");
        assert_eq!(Code::parse("another", &text).expect_err("a code of another site"), CodeError::Check);
    }

    /// Twelve bits let one slip in 4,096 through: of those of one code, at least 99 in 100 are seen.
    #[test]
    fn slips_are_seen() {
        let text = root().code("s-17", 1).text().replace('-', "");
        let mut missed = 0;
        for place in 0..text.len() {
            for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|c| !text[place..].starts_with(*c)) {
                let typed = format!("{}{other}{}", &text[..place], &text[place + 1..]);
                missed += usize::from(Code::parse("briefing", &typed).is_ok());
            }
        }
        assert!(missed < 9, "{missed} of {}", 28 * 31);
    }

    #[test]
    fn codes_lookup_ids_and_wraps_have_nothing_in_common() {
        let codes = [
            root().code("s-17", 1),
            root().code("s-17", 2),
            root().code("s-18", 1),
            root().gift("s-17", 1, 1, ""),
            root().gift("s-17", 1, 2, ""),
            root().gift("s-17", 1, 1, "for the ministry"),
            MasterKey::from_bytes([7; 32]).codes_root("briefing", 2).code("s-17", 1),
            MasterKey::from_bytes([7; 32]).codes_root("another", 1).code("s-17", 1),
        ];
        let all: Vec<[u8; 16]> = codes.iter().flat_map(|code| [*code.bits.bytes(), code.lookup()]).collect();
        for (index, one) in all.iter().enumerate() {
            assert!(!all[index + 1..].contains(one));
        }
    }

    #[test]
    fn a_gift_opens_its_report_and_no_other() {
        let master = MasterKey::from_bytes([7; 32]);
        let content = master.content_root("briefing", 1).report("MX-1", 1);
        let gift = root().gift("MX-1", 1, 20_000, "");
        let wrapped = gift.wrap(&content);
        let page = content.opening();
        let sealed = content.body().seal(&[], b"text").expect("a short text");
        let opened = gift.unwrap(&page, &wrapped).expect("the gift");
        assert_eq!(opened.body().open(&[], &sealed).expect("the body"), b"text");
        for other in [
            Opening { report: "MX-2", ..page },
            Opening { seal: 2, ..page },
            Opening { site: "another", ..page },
            Opening { generation: 2, ..page },
        ] {
            assert_eq!(gift.unwrap(&other, &wrapped).err(), Some(Refused::Damaged), "{other:?}");
        }
        let again = root().gift("MX-1", 1, 20_001, "");
        assert_eq!(again.unwrap(&page, &wrapped).err(), Some(Refused::Damaged));
    }

    /// A key that wraps with a nonce of zero must wrap one key only: rotating content keys changes both.
    #[test]
    fn a_gift_wraps_under_another_key_after_a_rotation() {
        let master = MasterKey::from_bytes([7; 32]);
        let gift = root().gift("MX-1", 1, 20_000, "");
        let [before, after] =
            [1, 2].map(|generation| gift.wrap(&master.content_root("briefing", generation).report("MX-1", 1)));
        let keys = [1, 2].map(|generation| {
            let content = master.content_root("briefing", generation).report("MX-1", 1);
            *gift.bits.derive::<32>(&content.opening().gift()).bytes()
        });
        assert_ne!(keys[0], keys[1]);
        assert_ne!(before, after);
    }
}
