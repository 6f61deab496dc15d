//! Making Word files for the tests.

use crate::import::zip::checksum;
use crate::import::{Imported, docx};

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Styles as Word names them in German, with a heading and a quote.
const STYLES: &str = r#"<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Abschnitt"><w:name w:val="Mein Abschnitt"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Fett"><w:name w:val="Lead"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Listenabsatz"><w:name w:val="List Paragraph"/></w:style>
<w:style w:type="paragraph" w:styleId="Aufz2"><w:name w:val="List Bullet 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Stark"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>"#;

/// A bulleted list (1), a numbered one (2), one that begins anew (3) and one with letters (4).
const NUMBERING: &str = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>"#;

/// A file under construction: its parts by their names.
pub(super) struct Made {
    parts: Vec<(String, Vec<u8>)>,
    relations: String,
}

impl Made {
    /// A file whose body has this XML.
    pub(super) fn new(body: &str) -> Self {
        let mut made = Self { parts: Vec::new(), relations: String::new() };
        made.add("_rels/.rels", relations(&relation("rId1", "officeDocument", "word/document.xml")).as_bytes());
        made.add("word/document.xml", root("document", &format!("<w:body>{body}<w:sectPr/></w:body>")).as_bytes());
        made.related("rIdS", "styles", "styles.xml", root("styles", STYLES)).related(
            "rIdN",
            "numbering",
            "numbering.xml",
            root("numbering", NUMBERING),
        )
    }

    /// A part more, or another in the place of one.
    pub(super) fn add(&mut self, name: &str, data: &[u8]) {
        self.parts.retain(|(other, _)| other != name);
        self.parts.push((name.to_owned(), data.to_owned()));
    }

    /// A part more that the document leads to.
    pub(super) fn related(mut self, id: &str, kind: &str, name: &str, data: impl AsRef<[u8]>) -> Self {
        self.relations.push_str(&relation(id, kind, name));
        self.add(&format!("word/{name}"), data.as_ref());
        self
    }

    /// Footnotes: their ids and texts.
    pub(super) fn footnotes(self, notes: &[(&str, &str)]) -> Self {
        let one = |(id, text): &(&str, &str)| {
            format!(r#"<w:footnote w:id="{id}"><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote>"#, r(text))
        };
        let lines = r#"<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"#;
        let notes: String = notes.iter().map(one).collect();
        self.related("rIdF", "footnotes", "footnotes.xml", root("footnotes", &format!("{lines}{notes}")))
    }

    /// A link to the web.
    pub(super) fn link(mut self, id: &str, address: &str) -> Self {
        let line =
            format!(r#"<Relationship Id="{id}" Type="{OFFICE}/hyperlink" Target="{address}" TargetMode="External"/>"#);
        self.relations.push_str(&line);
        self
    }

    /// The file's properties.
    pub(super) fn properties(mut self, title: &str, creator: &str, created: &str) -> Self {
        let document = relation("rId1", "officeDocument", "word/document.xml");
        let core = r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#;
        self.add("_rels/.rels", relations(&format!("{document}{core}")).as_bytes());
        let xml = format!(
            r#"<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><dcterms:created>{created}</dcterms:created></cp:coreProperties>"#
        );
        self.add("docProps/core.xml", xml.as_bytes());
        self
    }

    /// The bytes of the file.
    pub(super) fn bytes(mut self) -> Vec<u8> {
        let own = relations(&self.relations);
        self.add("word/_rels/document.xml.rels", own.as_bytes());
        zip(&self.parts)
    }

    /// The file read.
    pub(super) fn read(self) -> Imported {
        docx(&self.bytes()).expect("the file is sound")
    }
}

/// A part of the main kind.
pub(super) fn root(name: &str, inside: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:{name} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{inside}</w:{name}>"#
    )
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
}

fn relations(inside: &str) -> String {
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>"#
    )
}

/// A run with this text.
pub(super) fn r(text: &str) -> String {
    run("", text)
}

/// A run with properties.
pub(super) fn run(properties: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(r#"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

/// A paragraph of runs.
pub(super) fn p(inside: &str) -> String {
    format!("<w:p>{inside}</w:p>")
}

/// A paragraph with a style and a text.
pub(super) fn styled(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#, r(text))
}

/// An item of a list.
pub(super) fn item(list: u8, level: u8, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr>{}</w:p>"#,
        r(text)
    )
}

/// The Markdown of a body.
pub(super) fn markdown(body: &str) -> String {
    Made::new(body).read().body
}

/// A zip archive; every second entry is deflated.
pub(super) fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut central) = (Vec::new(), Vec::new());
    for (number, (name, data)) in parts.iter().enumerate() {
        let deflated = number % 2 == 1;
        let packed = if deflated { miniz_oxide::deflate::compress_to_vec(data, 6) } else { data.clone() };
        let sizes = [checksum(data), packed.len() as u32, data.len() as u32];
        let mut common = vec![20, 0, 0, 0, if deflated { 8 } else { 0 }, 0, 0, 0, 0, 0];
        common.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        central.extend(b"PK\x01\x02\x14\0");
        central.extend(&common);
        central.extend([0; 10]);
        central.extend((out.len() as u32).to_le_bytes());
        central.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(packed);
    }
    let (start, count) = (out.len() as u32, (parts.len() as u16).to_le_bytes());
    let length = central.len() as u32;
    out.extend(central);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}
