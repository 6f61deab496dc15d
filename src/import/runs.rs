//! Reading what stands in a paragraph (ECMA-376 part 1, 17.3.2 and 17.3.3).

use super::fields::hyperlink;
use super::graphics::chosen;
use super::losses::Loss;
use super::reader::Reader;
use super::signs;
use super::span::{Format, Piece, Span};
use super::styles::{Height, Letters};
use super::xml::Node;
use std::rc::Rc;

/// The least size of large letters, in half points.
const LARGE: u32 = 28;

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The style whose letters hold for the paragraph.
    pub(super) style: Option<String>,
    pub(super) spans: Vec<Span>,
    /// Whether some of it is neither bold nor large.
    pub(super) ordinary: bool,
}

/// How the letters of a run are set, and what they link to.
#[derive(Debug, Clone, Default)]
struct Setting {
    format: Format,
    large: bool,
    height: Height,
    hidden: bool,
    link: Option<Rc<str>>,
}

impl Line {
    fn push(&mut self, piece: Piece, setting: &Setting) {
        if !setting.hidden {
            self.spans.push(Span { piece, format: setting.format, link: setting.link.clone() });
        }
    }
}

impl Reader<'_> {
    /// Reads everything inside a paragraph, hyperlink or the like.
    pub(super) fn inline(&mut self, node: &Node, para: &mut Line, link: Option<&Rc<str>>) {
        for child in node.nodes() {
            match child.tag() {
                ("w", "r") => self.run(child, para, link),
                ("w", "hyperlink") => {
                    let target = self.hyperlink(child).or_else(|| link.cloned());
                    self.inline(child, para, target.as_ref());
                }
                ("w", "fldSimple") => {
                    let code = hyperlink(child.attribute("w", "instr").unwrap_or_default());
                    let target =
                        code.and_then(|(address, place)| self.address(&address, &place)).or_else(|| link.cloned());
                    self.inline(child, para, target.as_ref());
                }
                ("w", "ins" | "moveTo") => {
                    self.losses.count(Loss::Insertion);
                    self.inline(child, para, link);
                }
                ("w", "del" | "moveFrom") => self.losses.count(Loss::Deletion),
                ("w", "smartTag" | "customXml" | "dir" | "bdo") => self.inline(child, para, link),
                ("w", "sdt") => {
                    let placeholder = child.w("sdtPr").is_some_and(|node| node.switch("showingPlcHdr") == Some(true));
                    if let Some(content) = child.w("sdtContent").filter(|_| !placeholder) {
                        self.inline(content, para, link);
                    }
                }
                ("mc", "AlternateContent") => {
                    if let Some(content) = chosen(child) {
                        self.inline(content, para, link);
                    }
                }
                ("m", "oMath" | "oMathPara") => self.formula(child, para),
                _ => {}
            }
        }
    }

    fn formula(&mut self, node: &Node, para: &mut Line) {
        self.losses.count(Loss::Formula);
        let text: String = node.descendants().filter(|node| node.tag() == ("m", "t")).map(Node::text).collect();
        self.text(&text, para, &Setting::default());
    }

    fn run(&mut self, node: &Node, para: &mut Line, link: Option<&Rc<str>>) {
        let setting = self.setting(node.w("rPr"), para, link);
        // A mark of the author's own stands in the run of the reference; notes are numbered instead (17.11.14).
        let marked = node.nodes().any(|node| node.attribute("w", "customMarkFollows").is_some_and(|on| on != "0"));
        self.run_content(node, para, &setting, marked);
    }

    fn run_content(&mut self, node: &Node, para: &mut Line, setting: &Setting, marked: bool) {
        for child in node.nodes() {
            match child.tag() {
                ("w", "fldChar") => self.field(child.attribute("w", "fldCharType").unwrap_or_default()),
                ("w", "instrText") => self.fields.code(&child.text()),
                ("w", "commentReference") => self.losses.count(Loss::Comment),
                _ if self.fields.in_code() => {}
                ("w", "t") if !marked => self.text(&child.text(), para, setting),
                ("w", "tab" | "ptab") => self.text(" ", para, setting),
                ("w", "noBreakHyphen") => self.text("\u{2011}", para, setting),
                ("w", "sym") => self.symbol(child, para, setting),
                ("w", "cr") => para.push(Piece::Break, setting),
                ("w", "br") if matches!(child.attribute("w", "type"), None | Some("textWrapping")) => {
                    para.push(Piece::Break, setting);
                }
                ("w", "footnoteReference") => self.note(false, child, para),
                ("w", "endnoteReference") => self.note(true, child, para),
                ("w", "drawing" | "pict" | "object") if !setting.hidden => {
                    self.graphic(child, para, setting.link.as_ref());
                }
                ("w", "ruby") => {
                    if let Some(base) = child.w("rubyBase") {
                        self.inline(base, para, setting.link.as_ref());
                    }
                }
                ("mc", "AlternateContent") => {
                    if let Some(content) = chosen(child) {
                        self.run_content(content, para, setting, marked);
                    }
                }
                _ => {}
            }
        }
    }

    fn setting(&mut self, properties: Option<&Node>, para: &Line, link: Option<&Rc<str>>) -> Setting {
        let style = properties.and_then(|node| node.val_of("rStyle"));
        let letters = self.styles.letters(para.style.as_deref(), style, Letters::read(properties));
        let on = |switch: Option<bool>| switch == Some(true);
        let link = link.cloned().or_else(|| self.fields.link());
        let underline = properties.and_then(|node| node.val_of("u")).is_some_and(|kind| kind != "none");
        if underline && link.is_none() {
            self.losses.count(Loss::Underline);
        }
        Setting {
            format: Format { bold: on(letters.bold), italic: on(letters.italic), strike: on(letters.strike) },
            large: letters.size.is_some_and(|size| size >= LARGE),
            height: letters.height.unwrap_or_default(),
            hidden: on(letters.hidden),
            link,
        }
    }

    fn field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.begin(),
            "end" => self.fields.end(),
            "separate" => {
                let code = self.fields.separate().and_then(|code| hyperlink(&code));
                if let Some((address, place)) = code {
                    let link = self.address(&address, &place);
                    self.fields.set_link(link);
                }
            }
            _ => {}
        }
    }

    fn symbol(&mut self, node: &Node, para: &mut Line, setting: &Setting) {
        let code = node.attribute("w", "char").and_then(|code| u32::from_str_radix(code, 16).ok());
        let font = node.attribute("w", "font").unwrap_or_default();
        match code.and_then(|code| signs::symbol(font, code)) {
            Some(c) => self.text(c.encode_utf8(&mut [0; 4]), para, setting),
            None => self.losses.count(Loss::Symbol),
        }
    }

    fn text(&mut self, text: &str, para: &mut Line, setting: &Setting) {
        if setting.hidden && !text.trim().is_empty() {
            self.losses.count(Loss::Hidden);
        }
        let (mut text, whole) = match setting.height {
            Height::OnLine => (text.to_owned(), true),
            height => signs::raised(text, height == Height::Raised),
        };
        if !whole {
            self.losses.count(Loss::Raised);
        }
        text.retain(|c| {
            c == '\t' || c == '\n' || !(c.is_control() || matches!(c, '\u{AD}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'))
        });
        para.ordinary |= !(setting.format.bold || setting.large || text.trim().is_empty() || setting.hidden);
        para.push(Piece::Text(text), setting);
    }

    fn note(&mut self, end: bool, node: &Node, para: &mut Line) {
        let Some(id) = node.attribute("w", "id") else { return };
        if let Some(number) = self.notes.number(end, id) {
            para.spans.push(Span::bare(Piece::Note(number)));
        }
    }

    fn hyperlink(&mut self, node: &Node) -> Option<Rc<str>> {
        let place = node.attribute("w", "anchor").unwrap_or_default();
        let relation = node.attribute("r", "id").and_then(|id| self.relations.get(id));
        let address = relation.filter(|relation| relation.external).map(|relation| relation.target.clone());
        self.address(&address.unwrap_or_default(), place)
    }

    /// The address of a link, None if a web page cannot have it; then it is told why.
    pub(super) fn address(&mut self, address: &str, place: &str) -> Option<Rc<str>> {
        let address = address.trim();
        if address.is_empty() {
            self.losses.count(Loss::InnerLink);
            return None;
        }
        let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        if !matches!(scheme.as_deref(), Some("http" | "https" | "mailto" | "tel")) {
            let shown: String = address.chars().take(100).collect();
            self.losses.say(format!("the link to {shown} became plain text, as it does not lead to the web"));
            return None;
        }
        let sign = if place.is_empty() || address.contains('#') { "" } else { "#" };
        let place = if sign.is_empty() { "" } else { place };
        Some(format!("{address}{sign}{place}").into())
    }
}
