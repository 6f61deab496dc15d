//! Files that are of another kind, damaged, or made to do harm.

use super::made::{Made, p, r, root, zip};
use crate::import::docx;

#[track_caller]
fn refused(bytes: &[u8], start: &str) {
    let error = docx(bytes).expect_err("the file is not sound");
    assert!(error.starts_with(start), "{error}");
}

#[test]
fn other_kinds_of_files() {
    let old = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600]].concat();
    refused(&old, "this is an old .doc file: open it in Word and save it as .docx");
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(&[old, name].concat(), "the file is protected with a password");
    refused(b"", "the file is empty");
    refused(b"%PDF-1.7", "this is a PDF");
    refused(b"{\\rtf1", "this is a rich-text file");
    refused(b"hello", "this is not a Word file");
    refused(
        &zip(&[("mimetype".to_owned(), b"application/vnd.oasis.opendocument.text".to_vec())]),
        "this is an OpenDocument file",
    );
    refused(&zip(&[("a.txt".to_owned(), b"x".to_vec())]), "this is not a Word file");
    let mut sheet = Made::new("");
    sheet.add("word/document.xml", b"<workbook/>");
    refused(&sheet.bytes(), "this is not a Word file");
}

#[test]
fn damage_is_told() {
    let whole = Made::new(&p(&r("Text."))).bytes();
    refused(&whole[..whole.len() / 2], "the file is damaged");
    for xml in
        ["<w:document", "<a></b>", "", "<a>&unknown;</a>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<a b=c/>"]
    {
        let mut made = Made::new("");
        made.add("word/document.xml", xml.as_bytes());
        refused(&made.bytes(), "the file is damaged");
    }
    // Any byte of a file may be another, or missing; then it is read or refused, no more.
    for at in (0..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        drop(docx(&bytes));
        drop(docx(&whole[..at]));
    }
}

#[test]
fn bombs_are_refused() {
    let mut made = Made::new("");
    made.add("word/document.xml", ("<a>".repeat(100_000) + &"</a>".repeat(100_000)).as_bytes());
    refused(&made.bytes(), "`word/document.xml` is too large or too deeply nested");
    let many: Vec<(String, Vec<u8>)> = (0..10_001).map(|number| (number.to_string(), Vec::new())).collect();
    refused(&zip(&many), "the file has more than 10000 parts");
    // Sizes that are not those of the data.
    let whole = Made::new(&p(&r("Text."))).bytes();
    let central = whole.windows(4).position(|four| four == b"PK\x01\x02").expect("there is one");
    for (size, error) in [
        (70_u32 << 20, "the file unpacks to more than 64 MB"),
        (1, "the file is damaged"),
        (1 << 20, "the file is damaged"),
    ] {
        let mut bytes = whole.clone();
        bytes[central + 24..central + 28].copy_from_slice(&size.to_le_bytes());
        refused(&bytes, error);
    }
}

#[test]
fn deep_fields_and_circles_end() {
    let fields = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r>"#.repeat(1_000);
    let ends = r#"<w:r><w:fldChar w:fldCharType="end"/></w:r>"#.repeat(1_000);
    let mut made = Made::new(&p(&(fields + &ends + &r("after"))));
    let circle = r#"<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>"#;
    made.add("word/styles.xml", root("styles", circle).as_bytes());
    assert_eq!(made.read().body, "after\n");
}

#[test]
fn other_prefixes_and_encodings_read_alike() {
    let xml = r#"<?xml version="1.0" encoding="UTF-16"?><x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:rPr><x:b/></x:rPr><x:t>Čau</x:t></x:r><x:r><x:t> &#x21;</x:t></x:r></x:p></x:body></x:document>"#;
    let mut made = Made::new("");
    made.add(
        "word/document.xml",
        &"\u{FEFF}".encode_utf16().chain(xml.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
    );
    assert_eq!(made.read().body, "**Čau** !\n");
}
