//! The parts of an office file and how they refer to each other (ECMA-376 part 2, Open Packaging Conventions).

use super::xml::{self, Node};
use super::zip::Zip;
use std::collections::BTreeMap;

/// What part a relationship leads to.
#[derive(Debug)]
pub(super) struct Relation {
    /// The last word of its type: `image`, `hyperlink`, `styles`.
    pub(super) kind: String,
    /// The name of a part, or an address outside the file.
    pub(super) target: String,
    /// Whether the target is outside the file.
    pub(super) external: bool,
}

/// The relationships of one part, by their ids.
#[derive(Debug, Default)]
pub(super) struct Relations(BTreeMap<String, Relation>);

impl Relations {
    /// The relationship with an id.
    pub(super) fn get(&self, id: &str) -> Option<&Relation> {
        self.0.get(id)
    }

    /// The parts inside the file that relationships of a kind lead to.
    pub(super) fn parts<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .values()
            .filter(move |relation| relation.kind == kind && !relation.external)
            .map(|relation| &*relation.target)
    }
}

/// An office file.
pub(super) struct Package<'b>(Zip<'b>);

impl<'b> Package<'b> {
    /// Opens the file. The error is the fact and the cure, also for files that are of another kind.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, String> {
        if let Some(error) = other_kind(bytes) {
            return Err(error);
        }
        let zip = Zip::open(bytes)?;
        if let Some(kind) = zip.read("mimetype")?
            && kind.starts_with(b"application/vnd.oasis.opendocument")
        {
            return Err("this is an OpenDocument file: open it in LibreOffice or Word and save it as .docx".to_owned());
        }
        Ok(Self(zip))
    }

    /// The bytes of a part, none if it is not there.
    pub(super) fn bytes(&self, part: &str) -> Result<Option<Vec<u8>>, String> {
        self.0.read(part)
    }

    /// A part as XML, none if it is not there.
    pub(super) fn xml(&self, part: &str) -> Result<Option<Node>, String> {
        self.bytes(part)?.map(|bytes| xml::parse(part, &bytes)).transpose()
    }

    /// The relationships of a part; those of the file for "".
    pub(super) fn relations(&self, part: &str) -> Result<Relations, String> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(root) = self.xml(&format!("{folder}{slash}_rels/{name}.rels"))? else {
            return Ok(Relations::default());
        };
        let relations = root.nodes().filter_map(|node| {
            let external = node.attribute("", "TargetMode") == Some("External");
            let target = node.attribute("", "Target")?;
            let target = if external { target.trim().to_owned() } else { resolve(folder, target) };
            let kind = node.attribute("", "Type")?.rsplit('/').next()?.to_owned();
            Some((node.attribute("", "Id")?.to_owned(), Relation { kind, target, external }))
        });
        Ok(Relations(relations.collect()))
    }

    /// The name and content of the part with the text. The error is the fact and the cure.
    pub(super) fn document(&self) -> Result<(String, Node), String> {
        let relations = self.relations("")?;
        let name = relations.parts("officeDocument").next().unwrap_or("word/document.xml").to_owned();
        let not_word =
            || "this is not a Word file: open it in the program that made it and save it as .docx".to_owned();
        let root = self.xml(&name)?.ok_or_else(not_word)?;
        if root.tag() == ("w", "document") { Ok((name, root)) } else { Err(not_word()) }
    }

    /// A part that another part leads to by a relationship of a kind, as XML, with its name.
    pub(super) fn related(&self, relations: &Relations, kind: &str) -> Result<Option<(String, Node)>, String> {
        let Some(name) = relations.parts(kind).next() else { return Ok(None) };
        Ok(self.xml(name)?.map(|node| (name.to_owned(), node)))
    }
}

/// What is wrong with a file that is no zip archive, if it is none.
fn other_kind(bytes: &[u8]) -> Option<String> {
    let error = match bytes {
        [b'P', b'K', ..] => return None,
        [] => "the file is empty: save it again in Word",
        [0xD0, 0xCF, 0x11, 0xE0, ..] if is_encrypted(bytes) => {
            "the file is protected with a password: open it in Word, remove the password and save it again"
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "this is an old .doc file: open it in Word and save it as .docx",
        _ if bytes.starts_with(b"{\\rtf") => "this is a rich-text file: open it in Word and save it as .docx",
        _ if bytes.starts_with(b"%PDF") => {
            "this is a PDF: open the document it was made from in Word and save it as .docx"
        }
        _ => "this is not a Word file: open it in the program that made it and save it as .docx",
    };
    Some(error.to_owned())
}

/// Whether a compound file holds an encrypted package ([MS-OFFCRYPTO] 1.3.2).
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(bytes, &name).is_some()
}

/// A target as a part name: against the folder of the part that has the relationship, or against the root.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let base = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in base.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}
