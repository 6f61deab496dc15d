//! XML parts as small trees, with bounds on their size and depth.
//!
//! The namespaces that matter get fixed short names, so that files of the "transitional" and "strict" kinds
//! (ECMA-376 parts 1 and 4) read alike, whatever prefixes they use.

use super::zip::damaged;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

/// How many elements may stand inside each other.
const DEEPEST: usize = 200;
/// How many elements, attributes and stretches of text one part may have.
const MOST: usize = 1_500_000;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// The short name of its namespace, such as `w`; empty for one that does not matter.
    pub(super) space: &'static str,
    /// Its local name.
    pub(super) name: Box<str>,
    attributes: Vec<(&'static str, Box<str>, Box<str>)>,
    children: Vec<Child>,
}

#[derive(Debug)]
enum Child {
    Node(Node),
    Text(String),
}

impl Node {
    /// Its namespace and local name, to match on.
    pub(super) fn tag(&self) -> (&'static str, &str) {
        (self.space, &self.name)
    }

    /// The elements directly inside.
    pub(super) fn nodes(&self) -> impl DoubleEndedIterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Node(node) => Some(node),
            Child::Text(_) => None,
        })
    }

    /// The first element directly inside with a name.
    pub(super) fn child(&self, space: &str, name: &str) -> Option<&Self> {
        self.nodes().find(|node| node.tag() == (space, name))
    }

    /// The first element directly inside of the `w` namespace with a name.
    pub(super) fn w(&self, name: &str) -> Option<&Self> {
        self.child("w", name)
    }

    /// An attribute's value. Attributes without a prefix are in the namespace "".
    pub(super) fn attribute(&self, space: &str, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(s, n, _)| *s == space && **n == *name).map(|(.., value)| &**value)
    }

    /// Its `w:val`.
    pub(super) fn val(&self) -> Option<&str> {
        self.attribute("w", "val")
    }

    /// The `w:val` of a `w` element directly inside.
    pub(super) fn val_of(&self, name: &str) -> Option<&str> {
        self.w(name)?.val()
    }

    /// Whether a `w` element directly inside switches something on or off (`ST_OnOff`, ECMA-376 part 1, 22.9.2.7).
    pub(super) fn switch(&self, name: &str) -> Option<bool> {
        self.w(name).map(|node| !matches!(node.val(), Some("0" | "false" | "off" | "none")))
    }

    /// The text directly inside.
    pub(super) fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|child| match child {
            Child::Text(text) => Some(text.as_str()),
            Child::Node(_) => None,
        });
        texts.collect()
    }

    /// Every element inside at any depth, in document order.
    pub(super) fn descendants(&self) -> impl Iterator<Item = &Self> {
        let mut stack: Vec<&Self> = self.nodes().rev().collect();
        std::iter::from_fn(move || {
            let node = stack.pop()?;
            stack.extend(node.nodes().rev());
            Some(node)
        })
    }
}

/// Parses the bytes of the part `name`. The error is the fact and the cure; a document type declaration is one
/// (ECMA-376 part 2, 6.2.5), so no entity but the five of XML is ever replaced.
pub(super) fn parse(name: &str, bytes: &[u8]) -> Result<Node, String> {
    let wrong = || damaged(&format!("`{name}` is not sound XML"));
    let text = decode(bytes).ok_or_else(wrong)?;
    let mut builder = Builder { stack: vec![Node::default()], count: 0 };
    let mut reader = NsReader::from_str(&text);
    loop {
        match reader.read_event().map_err(|_| wrong())? {
            Event::Start(start) => {
                let node = builder.element(&reader, &start).ok_or_else(wrong)?;
                builder.stack.push(node);
            }
            Event::Empty(start) => {
                let node = builder.element(&reader, &start).ok_or_else(wrong)?;
                builder.attach(Child::Node(node));
            }
            Event::End(_) => {
                let node = builder.stack.pop().ok_or_else(wrong)?;
                builder.attach(Child::Node(node));
            }
            Event::Text(text) => builder.text(&text.xml10_content()),
            Event::CData(text) => builder.text(&text.xml10_content()),
            Event::GeneralRef(reference) => builder.text(&resolve(&reference).ok_or_else(wrong)?),
            Event::DocType(_) => return Err(damaged(&format!("`{name}` declares a document type"))),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
        if builder.stack.len() > DEEPEST || builder.count > MOST {
            return Err(format!("`{name}` is too large or too deeply nested: split the document and save the halves"));
        }
    }
    builder.finish().ok_or_else(wrong)
}

struct Builder {
    /// The open elements, beneath them one for the document itself.
    stack: Vec<Node>,
    count: usize,
}

impl Builder {
    fn element(&mut self, reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Option<Node> {
        let (space, name) = reader.resolver().resolve_element(start.name());
        let mut node = Node { space: short(&space), name: name.as_ref().into(), ..Node::default() };
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.ok()?;
            let (space, name) = reader.resolver().resolve_attribute(attribute.key);
            // Revision marks (`w:rsidR` and so on) are the most numerous attributes, and tell nothing.
            if attribute.key.as_namespace_binding().is_some() || name.as_ref().starts_with("rsid") {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            node.attributes.push((short(&space), name.as_ref().into(), value.as_ref().into()));
        }
        self.count += 1 + node.attributes.len();
        Some(node)
    }

    fn text(&mut self, text: &str) {
        let Some(parent) = self.stack.last_mut() else { return };
        if let Some(Child::Text(before)) = parent.children.last_mut() {
            before.push_str(text);
        } else {
            self.count += 1;
            parent.children.push(Child::Text(text.to_owned()));
        }
    }

    fn attach(&mut self, child: Child) {
        if let Some(parent) = self.stack.last_mut() {
            parent.children.push(child);
        }
    }

    /// The root element.
    fn finish(mut self) -> Option<Node> {
        let document = self.stack.pop().filter(|_| self.stack.is_empty())?;
        document.children.into_iter().find_map(|child| match child {
            Child::Node(node) => Some(node),
            Child::Text(_) => None,
        })
    }
}

fn resolve(reference: &BytesRef<'_>) -> Option<String> {
    match reference.resolve_char_ref().ok()? {
        Some(c) => Some(c.to_string()),
        None => resolve_xml_entity(reference).map(str::to_owned),
    }
}

/// The text of a part: UTF-8, or UTF-16 with a byte order mark (ECMA-376 part 2, 6.2.5).
fn decode(bytes: &[u8]) -> Option<String> {
    let units = |pair: fn([u8; 2]) -> u16| bytes[2..].chunks_exact(2).map(move |two| pair([two[0], two[1]]));
    match bytes {
        [0xFF, 0xFE, ..] => char::decode_utf16(units(u16::from_le_bytes)).collect::<Result<_, _>>().ok(),
        [0xFE, 0xFF, ..] => char::decode_utf16(units(u16::from_be_bytes)).collect::<Result<_, _>>().ok(),
        _ => {
            let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            std::str::from_utf8(text).ok().map(str::to_owned)
        }
    }
}

/// The short name of a namespace.
fn short(space: &ResolveResult<'_>) -> &'static str {
    let ResolveResult::Bound(space) = space else { return "" };
    let address: &str = space.as_ref();
    match address {
        "urn:schemas-microsoft-com:vml" => return "v",
        "urn:schemas-microsoft-com:office:office" => return "o",
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => return "mc",
        "http://purl.org/dc/elements/1.1/" => return "dc",
        "http://purl.org/dc/terms/" => return "dcterms",
        _ => {}
    }
    let transitional =
        address.strip_prefix("http://schemas.openxmlformats.org/").map(|rest| rest.replacen("/2006", "", 1));
    let strict = address.strip_prefix("http://purl.oclc.org/ooxml/").map(str::to_owned);
    match transitional.or(strict).as_deref() {
        Some("wordprocessingml/main") => "w",
        Some("officeDocument/relationships") => "r",
        Some("officeDocument/math") => "m",
        Some("drawingml/main") => "a",
        Some("drawingml/chart") => "c",
        Some("drawingml/diagram") => "dgm",
        Some("drawingml/wordprocessingDrawing") => "wp",
        _ => "",
    }
}
