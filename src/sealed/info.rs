//! What a key is for, as bytes: the info field of HKDF (RFC 5869, section 3.2), and what a seal vouches for.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The version of all formats and derivations of sealed editions.
pub const FORMAT: u8 = 1;

/// The canonical encoding of a label, the site's id and fields: the version as a byte, then every text behind its length.
///
/// Texts are in Unicode's form NFC, so that `é` typed in two ways is one id; lengths are in bytes, as four bytes, the highest
/// first. No two lists of texts that differ have one encoding.
pub fn info(label: &str, site: &str, fields: &[&str]) -> Vec<u8> {
    let mut out = Vec::with_capacity(64);
    out.push(FORMAT);
    for text in [label, site].iter().chain(fields) {
        if is_nfc_quick(text.chars()) == IsNormalized::Yes {
            put(text, &mut out);
        } else {
            put(&text.nfc().collect::<String>(), &mut out);
        }
    }
    out
}

fn put(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(&(text.len() as u32).to_be_bytes());
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_texts_has_an_encoding_of_its_own() {
        assert_eq!(info("ab", "s", &["é"]), b"\x01\0\0\0\x02ab\0\0\0\x01s\0\0\0\x02\xc3\xa9");
        let lists: [(&str, &str, &[&str]); 6] = [
            ("a", "b", &[]),
            ("ab", "", &[]),
            ("a", "b", &[""]),
            ("a", "b", &["", ""]),
            ("a", "", &["b"]),
            ("a", "b", &["\0\0\0\0"]),
        ];
        let encoded = lists.map(|(label, site, fields)| info(label, site, fields));
        for (index, one) in encoded.iter().enumerate() {
            assert!(!encoded[index + 1..].contains(one), "{:?}", lists[index]);
        }
    }

    #[test]
    fn one_text_typed_in_two_ways_is_one_text() {
        assert_eq!(info("report", "s", &["Cafe\u{301}"]), info("report", "s", &["Café"]));
        assert_ne!(info("report", "s", &["Cafe"]), info("report", "s", &["Café"]));
    }
}
