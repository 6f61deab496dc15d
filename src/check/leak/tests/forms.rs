//! The canary in every encoding.

use std::fmt::Write as _;

use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};

use super::*;

fn base64(bytes: &[u8], last: [u8; 2]) -> String {
    let letters = (b'A'..=b'Z').chain(b'a'..=b'z').chain(b'0'..=b'9').chain(last);
    let alphabet: Vec<char> = letters.map(char::from).collect();
    bytes
        .chunks(3)
        .flat_map(|three| {
            let bits = three.iter().fold(0, |bits, byte| (bits << 8) | usize::from(*byte));
            let bits = bits << (8 * (3 - three.len()));
            (0..=three.len()).map(move |at| (bits >> (18 - 6 * at)) & 63).collect::<Vec<_>>()
        })
        .map(|sixth| alphabet[sixth])
        .collect()
}

fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        match byte {
            b'a'..=b'z' => encoded.push(char::from(byte)),
            _ => _ = write!(encoded, "%{byte:02X}"),
        }
        encoded
    })
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut file = b"\x1f\x8b\x08\x08\0\0\0\0\0\x03name.txt\0".to_vec();
    file.extend(compress_to_vec(bytes, 6));
    file.extend([0; 8]);
    file
}

#[test]
fn base64_in_both_alphabets_and_from_any_place() {
    for last in [*b"+/", *b"-_"] {
        let encoded = base64(format!("~~~???{CANARY}").as_bytes(), last);
        for before in ["", "x", "xy", "key/", "AB-", "data:text/html;base64,"] {
            assert_eq!(forms(format!("<i title=\"{before}{encoded}\">")), [Form::Base64], "{before}");
        }
    }
    let lines = base64(CANARY.as_bytes(), *b"+/").replace("vdGU", "vdGU\r\n");
    assert_eq!(forms(format!("Header\n\n{lines}\n")), [Form::Base64]);
    let long = base64("x".repeat(9000).as_bytes(), *b"+/") + &base64(CANARY.as_bytes(), *b"+/");
    assert_eq!(forms(long), [Form::Base64]);
}

#[test]
fn percent_signs() {
    let encoded = percent(CANARY);
    assert_eq!(forms(format!("<a href=\"https://a.example/?t={encoded}&amp;u=1\">")), [Form::Percent]);
    assert_eq!(forms(percent(&encoded)), [Form::Percent]);
    assert_eq!(forms(format!("x?q={}", CANARY.replace(' ', "+").replace('Ü', "%C3%9C"))), [Form::Percent]);
}

#[test]
fn utf16_with_and_without_mark() {
    for text in [format!("\u{feff}{CANARY}"), CANARY.to_owned(), format!("<p>Ελλάδα</p><p>{CANARY}")] {
        assert_eq!(forms(utf16(&text, u16::to_le_bytes)), [Form::Utf16]);
        assert_eq!(forms(utf16(&text, u16::to_be_bytes)), [Form::Utf16]);
    }
    let mut inside = vec![0x89, 1, 2, 0xff, 0xfe, 0x91, 7];
    inside.extend(utf16(CANARY, u16::to_le_bytes));
    assert_eq!(forms(inside), [Form::Utf16]);
}

#[test]
fn compressed_files() {
    let page = format!("<p>{CANARY}</p>{}", "<p>More.</p>".repeat(50));
    assert_eq!(forms(gzip(page.as_bytes())), [Form::Gzip]);
    assert_eq!(forms(compress_to_vec_zlib(page.as_bytes(), 9)), [Form::Gzip]);
    assert_eq!(forms(compress_to_vec(page.as_bytes(), 9)), [Form::Gzip]);
    assert_eq!(forms(gzip(&gzip(page.as_bytes()))), [Form::Gzip]);
    let mut inside = b"\xff\xfehead\0\0".to_vec();
    inside.extend(gzip(page.as_bytes()));
    assert_eq!(forms(inside), [Form::Gzip]);
    let encoded = base64(&gzip(page.as_bytes()), *b"+/");
    assert_eq!(forms(format!("<script>x='{encoded}'</script>")), [Form::Gzip]);
}

#[test]
fn zip_entries() {
    let data = compress_to_vec(format!("<w:t>{CANARY}. {CANARY}</w:t>").as_bytes(), 6);
    let mut file = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
    file.extend(u32::try_from(data.len()).expect("small").to_le_bytes());
    file.extend(b"\0\0\0\0\x05\0\0\0a.xml");
    file.extend(data);
    assert_eq!(forms(&file), [Form::Gzip]);
    file[6] = 1;
    let mut found = Vec::new();
    let opaque = canary().scan("a.docx", &file, &mut found);
    assert_eq!(opaque, Some(Opaque::Format("an encrypted archive")));
}

#[test]
fn png_metadata() {
    let chunk = |kind: &[u8], data: &[u8]| {
        let length = u32::try_from(data.len()).expect("small").to_be_bytes();
        [&length, kind, data, &[0x9c, 1, 2, 3]].concat()
    };
    let png =
        |text: Vec<u8>| [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &[0; 13]), text, chunk(b"IEND", b"")].concat();
    let zlib = compress_to_vec_zlib(format!("{CANARY}. {CANARY}").as_bytes(), 6);
    assert_eq!(forms(png(chunk(b"tEXt", format!("Title\0{CANARY}").as_bytes()))), [Form::Text]);
    assert_eq!(forms(png(chunk(b"zTXt", &[b"Title\0\0", &zlib[..]].concat()))), [Form::Gzip]);
    assert_eq!(forms(png(chunk(b"iTXt", &[b"Title\0\x01\0en\0Titel\0", &zlib[..]].concat()))), [Form::Gzip]);
    let mut behind = png(Vec::new());
    behind.extend(CANARY.bytes());
    assert_eq!(forms(behind), [Form::Text]);
}

#[test]
fn jpeg_comments() {
    let mut jpeg = b"\xff\xd8\xff\xfe\0\x60".to_vec();
    jpeg.extend(CANARY.bytes());
    jpeg.extend(b"\xff\xda\0\x0c\x9a\xb1\xff\xd9");
    assert_eq!(forms(jpeg), [Form::Text]);
}

#[test]
fn file_names() {
    let found = |path: &str| {
        hits(&canary(), path, b"").iter().all(|hit| hit.form == Form::FileName)
            && !hits(&canary(), path, b"").is_empty()
    };
    assert!(found("files/the-cabinet-privately-expects-marlen-uskub-to-resign-before.csv"));
    assert!(found("files/The%20cabinet%20privately%20expects%20Marlen%20%C3%9Csk%C3%BCb%20to%20resign.csv"));
    assert!(!found("files/the-cabinet-privately-expects.csv"));
}

#[test]
fn what_cannot_be_looked_into_is_named() {
    let opaque = |path: &str, bytes: &[u8]| canary().scan(path, bytes, &mut Vec::new());
    assert_eq!(opaque("a.pdf", b"%PDF-1.7 ..."), Some(Opaque::Format("PDF")));
    assert_eq!(opaque("a.css.br", b"..."), Some(Opaque::Format("Brotli")));
    assert_eq!(opaque("a.zst", b"\x28\xb5\x2f\xfd"), Some(Opaque::Format("Zstandard")));
    let bomb = gzip(&vec![b' '; 2 << 20]);
    assert_eq!(opaque("a.gz", &bomb), Some(Opaque::TooLarge));
    let nested = (0..6).fold(CANARY.as_bytes().to_vec(), |bytes, _| gzip(&bytes));
    assert_eq!(opaque("a.gz", &nested), Some(Opaque::TooDeep));
}
