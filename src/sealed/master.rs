//! The master key of a publication, and the two roots that are made from it.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::base32;
use super::info::info;
use super::secret::Secret;

const PREFIX: &str = "bpk1_";
/// 32 bytes and a checksum of four, five bits to a character.
const CHARACTERS: usize = 58;

/// The one secret of a publication: everything else is made from it. It is wiped when it is let go, and shows itself by
/// [`MasterKey::to_text`] only.
pub struct MasterKey(Secret<32>);

/// Why a text is no master key. No message repeats any of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyError {
    /// It begins with something else.
    Prefix,
    /// So many characters stand behind the prefix.
    Length(usize),
    /// The character at this place, counted from one, is none that a key has.
    Character(usize),
    /// The checksum does not fit.
    Checksum,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyError::Prefix => write!(f, "a master key begins with {PREFIX}, and this does not"),
            KeyError::Length(count) => {
                write!(f, "a master key has {CHARACTERS} characters behind {PREFIX}, and this has {count}")
            }
            KeyError::Character(place) => write!(f, "the character at position {place} is none that a master key has"),
            KeyError::Checksum => {
                write!(
                    f,
                    "the checksum of the master key does not fit: a character is wrong, or two have changed places"
                )
            }
        }
    }
}

impl std::error::Error for KeyError {}

impl MasterKey {
    /// A new key from the system's source of randomness.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn generate() -> Result<MasterKey, getrandom::Error> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(&mut bytes[..])?;
        Ok(MasterKey(Secret::new(*bytes)))
    }

    /// A key of known bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> MasterKey {
        MasterKey(Secret::new(bytes))
    }

    /// Reads what [`MasterKey::to_text`] wrote; space around it is passed by.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn parse(text: &str) -> Result<MasterKey, KeyError> {
        let rest = text.trim().strip_prefix(PREFIX).ok_or(KeyError::Prefix)?;
        let mut digits = Zeroizing::new(Vec::with_capacity(CHARACTERS));
        for (index, c) in rest.chars().enumerate() {
            digits.push(base32::digit(c).ok_or(KeyError::Character(PREFIX.len() + index + 1))?);
        }
        if digits.len() != CHARACTERS {
            return Err(KeyError::Length(digits.len()));
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(40));
        let left = base32::join(digits.iter().copied(), &mut bytes);
        let (key, sum) = bytes.split_at(32);
        let key = Secret::from_slice(key).ok_or(KeyError::Checksum)?;
        if left != 0 || sum != checksum(&key) {
            return Err(KeyError::Checksum);
        }
        Ok(MasterKey(key))
    }

    /// The key as text: `bpk1_` and 58 characters, the last seven of them a checksum.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(PREFIX.len() + CHARACTERS));
        text.push_str(PREFIX);
        let mut bytes = Zeroizing::new([0; 36]);
        bytes[..32].copy_from_slice(self.0.bytes());
        bytes[32..].copy_from_slice(&checksum(&self.0));
        base32::encode(&bytes[..], &mut text);
        text
    }

    /// Sixteen hexadecimal digits that tell one key from another, and nothing else about it.
    pub fn fingerprint(&self) -> String {
        let print: Secret<8> = self.0.derive(&info("fingerprint", "", &[]));
        print.bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The root of all that opens texts. Another generation gives other keys, and leaves codes as they are.
    pub fn content_root(&self, site: &str, generation: u32) -> ContentRoot {
        let key = self.0.derive(&info("content root", site, &[&generation.to_string()]));
        ContentRoot { site: site.into(), generation, key }
    }

    /// The root of all codes. Another generation gives other codes, and leaves texts as they are.
    pub fn codes_root(&self, site: &str, generation: u32) -> CodesRoot {
        let key = self.0.derive(&info("codes root", site, &[&generation.to_string()]));
        CodesRoot { site: site.into(), key }
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey")
    }
}

fn checksum(key: &Secret<32>) -> [u8; 4] {
    let hash = Sha256::new().chain_update(PREFIX).chain_update(key.bytes()).finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

/// Content keys and the trees of plans are made from this.
#[derive(Debug, Clone)]
pub struct ContentRoot {
    pub(super) site: Arc<str>,
    pub(super) generation: u32,
    pub(super) key: Secret<32>,
}

/// Codes of subscribers and gifts are made from this.
#[derive(Debug, Clone)]
pub struct CodesRoot {
    pub(super) site: Arc<str>,
    pub(super) key: Secret<32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> KeyError {
        MasterKey::parse(text).expect_err("no key")
    }

    #[test]
    fn a_key_comes_back_from_its_text_however_it_is_typed() {
        let key = MasterKey::generate().expect("random bytes");
        let text = key.to_text();
        assert_eq!(text.len(), 63);
        for typed in [text.to_string(), format!("  {}\n", *text), text.replace('1', "l").replacen("bpkl", "bpk1", 1)] {
            assert_eq!(MasterKey::parse(&typed).expect("the key").0.bytes(), key.0.bytes());
        }
        assert_ne!(*text, *MasterKey::generate().expect("random bytes").to_text());
    }

    #[test]
    fn what_is_wrong_with_a_key_is_told_without_the_key() {
        let text = MasterKey::from_bytes([7; 32]).to_text();
        assert_eq!(refused("secret"), KeyError::Prefix);
        assert_eq!(refused(&text.replace("bpk1_", "bpk2_")), KeyError::Prefix);
        assert_eq!(refused(&text[..62]), KeyError::Length(57));
        assert_eq!(refused(&format!("{}00", *text)), KeyError::Length(60));
        assert_eq!(refused(&format!("{}é{}", &text[..9], &text[10..])), KeyError::Character(10));
        let all = [KeyError::Prefix, KeyError::Length(57), KeyError::Character(10), KeyError::Checksum];
        for told in all.map(|error| error.to_string()) {
            assert!(!text.as_bytes().windows(4).skip(5).any(|part| told.as_bytes().windows(4).any(|w| w == part)));
        }
    }

    #[test]
    fn every_slip_in_a_key_is_seen() {
        let text = MasterKey::from_bytes(*b"an example key, not to be used!!").to_text();
        for place in 5..text.len() {
            for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|c| !text[place..].starts_with(*c)) {
                let typed = format!("{}{other}{}", &text[..place], &text[place + 1..]);
                assert_eq!(refused(&typed), KeyError::Checksum, "position {place}, {other}");
            }
        }
    }

    #[test]
    fn nothing_of_a_key_is_shown() {
        let key = MasterKey::from_bytes([7; 32]);
        let root = format!("{:?}", key.content_root("a", 1));
        assert_eq!(format!("{key:?}"), "MasterKey");
        assert_eq!(root, r#"ContentRoot { site: "a", generation: 1, key: Secret<32> }"#);
    }

    #[test]
    fn roots_differ_by_site_by_generation_and_from_each_other() {
        let key = MasterKey::from_bytes([7; 32]);
        let content = |site, generation| *key.content_root(site, generation).key.bytes();
        let codes = |site, generation| *key.codes_root(site, generation).key.bytes();
        let all = [content("a", 1), content("a", 2), content("b", 1), codes("a", 1), codes("a", 2), codes("b", 1)];
        for (index, one) in all.iter().enumerate() {
            assert!(!all[index + 1..].contains(one));
        }
    }
}
