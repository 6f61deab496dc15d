//! What styles say of paragraphs and runs (ECMA-376 part 1, 17.7).

use super::xml::Node;
use std::collections::BTreeMap;

/// How many styles may be based on each other.
const LONGEST_CHAIN: usize = 20;

/// How far letters are raised to be superscript, in half points.
const FAR: i32 = 4;

/// What a paragraph is, by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// The document's title.
    Title,
    /// A heading and its level, from 1.
    Heading(u8),
    /// A block quote.
    Quote,
    /// A line of a table of contents.
    Contents,
    /// An item of a list if it is in one, and then how deep at the least, from 0.
    Item(u8),
    /// A further paragraph of a list item.
    Continued,
    /// Anything else.
    Body,
}

/// What a style, or a run itself, says of letters. None where it says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Letters {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) strike: Option<bool>,
    pub(super) hidden: Option<bool>,
    /// In half points.
    pub(super) size: Option<u32>,
    pub(super) height: Option<Height>,
}

/// Where letters stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Height {
    #[default]
    OnLine,
    Raised,
    Lowered,
}

impl Height {
    /// By a vertical alignment (22.9.2.17).
    fn aligned(align: &str) -> Self {
        match align {
            "superscript" => Self::Raised,
            "subscript" => Self::Lowered,
            _ => Self::OnLine,
        }
    }

    /// By a shift in half points (17.3.2.24), None for a slight one.
    fn shifted(shift: i32) -> Option<Self> {
        (shift.abs() >= FAR).then_some(if shift > 0 { Self::Raised } else { Self::Lowered })
    }
}

impl Letters {
    /// Reads run properties (17.3.2.28).
    pub(super) fn read(properties: Option<&Node>) -> Self {
        let Some(node) = properties else { return Self::default() };
        let shift = node.val_of("position").and_then(|shift| shift.parse::<i32>().ok());
        let strike = [node.switch("strike"), node.switch("dstrike")];
        Self {
            bold: node.switch("b"),
            italic: node.switch("i"),
            strike: if strike.contains(&Some(true)) { Some(true) } else { strike[0].or(strike[1]) },
            hidden: node.switch("vanish"),
            size: node.val_of("sz").and_then(|size| size.parse().ok()),
            height: node.val_of("vertAlign").map(Height::aligned).or(shift.and_then(Height::shifted)),
        }
    }

    /// These, and where they say nothing, the others.
    fn or(self, other: Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            strike: self.strike.or(other.strike),
            hidden: self.hidden.or(other.hidden),
            size: self.size.or(other.size),
            height: self.height.or(other.height),
        }
    }

    /// What a paragraph's and a run's style say together: toggles that both set cancel each other (17.7.3).
    fn toggled(self, run: Self) -> Self {
        let toggle = |a: Option<bool>, b: Option<bool>| match (a, b) {
            (Some(a), Some(b)) => Some(a != b),
            (a, b) => a.or(b),
        };
        Self {
            bold: toggle(self.bold, run.bold),
            italic: toggle(self.italic, run.italic),
            strike: toggle(self.strike, run.strike),
            hidden: toggle(self.hidden, run.hidden),
            ..run.or(self)
        }
    }
}

#[derive(Debug, Default)]
struct Style {
    class: Option<Class>,
    based_on: Option<String>,
    list: Option<(Option<String>, Option<u8>)>,
    letters: Letters,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
    /// What holds for all letters.
    defaults: Letters,
}

impl Styles {
    /// Reads the styles part.
    pub(super) fn read(root: Option<&Node>) -> Self {
        let Some(root) = root else { return Self::default() };
        let defaults = root.w("docDefaults").and_then(|node| node.w("rPrDefault"));
        let mut styles = Self { defaults: Letters::read(defaults.and_then(|node| node.w("rPr"))), ..Self::default() };
        for node in root.nodes().filter(|node| node.tag() == ("w", "style")) {
            let Some(id) = node.attribute("w", "styleId") else { continue };
            let usual = matches!(node.attribute("w", "default"), Some("1" | "true" | "on"));
            if usual && node.attribute("w", "type") == Some("paragraph") {
                styles.usual = Some(id.to_owned());
            }
            styles.by_id.insert(id.to_owned(), Style::read(node));
        }
        styles
    }

    /// A style and those it is based on, nearest first.
    fn chain<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Style> + use<'a> {
        let first = self.by_id.get(id);
        std::iter::successors(first, |style| self.by_id.get(style.based_on.as_deref()?)).take(LONGEST_CHAIN)
    }

    /// What paragraphs of a style are. A style that is not described goes by its id.
    pub(super) fn class(&self, id: &str) -> Class {
        let class =
            if self.by_id.contains_key(id) { self.chain(id).find_map(|style| style.class) } else { class_of(id) };
        class.unwrap_or(Class::Body)
    }

    /// The list that paragraphs of a style are in, and at which level.
    pub(super) fn list(&self, id: &str) -> Option<(String, Option<u8>)> {
        let mut level = None;
        for (list, depth) in self.chain(id).filter_map(|style| style.list.as_ref()) {
            level = level.or(*depth);
            if let Some(list) = list {
                return Some((list.clone(), level));
            }
        }
        None
    }

    /// How a run is set: by itself, its style, its paragraph's style, and what holds for all.
    ///
    /// `paragraph` is None where what the paragraph's style says of letters is told by other means, as in headings.
    pub(super) fn letters(&self, paragraph: Option<&str>, run: Option<&str>, own: Letters) -> Letters {
        let of = |id: &str| self.chain(id).fold(Letters::default(), |letters, style| letters.or(style.letters));
        let [paragraph, run] = [paragraph, run].map(|id| id.map(of).unwrap_or_default());
        own.or(paragraph.toggled(run)).or(self.defaults)
    }

    /// The style of paragraphs that name none.
    pub(super) fn usual(&self) -> &str {
        self.usual.as_deref().unwrap_or_default()
    }
}

impl Style {
    fn read(node: &Node) -> Self {
        let properties = node.w("pPr");
        let list = properties.and_then(|node| node.w("numPr"));
        let outline = properties.and_then(|node| node.val_of("outlineLvl"));
        let named = node.val_of("name").and_then(class_of);
        Self {
            class: named.or_else(|| outline.and_then(heading)),
            based_on: node.val_of("basedOn").map(str::to_owned),
            list: list.map(|node| {
                (node.val_of("numId").map(str::to_owned), node.val_of("ilvl").and_then(|l| l.parse().ok()))
            }),
            letters: Letters::read(node.w("rPr")),
        }
    }
}

/// The class of paragraphs with an outline level (17.3.1.20): 0 to 8 are headings, 9 is text.
pub(super) fn heading(outline: &str) -> Option<Class> {
    match outline.parse() {
        Ok(level @ 0..=8) => Some(Class::Heading(level + 1)),
        Ok(9) => Some(Class::Body),
        _ => None,
    }
}

/// The class that the name of a built-in style tells. Such names are English whatever the language of Word; some
/// other programs write them with capitals.
fn class_of(name: &str) -> Option<Class> {
    let name: String = name.chars().filter(|c| *c != ' ').flat_map(char::to_lowercase).collect();
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number: u8 = name[stem.len()..].parse().unwrap_or(1).clamp(1, 9);
    Some(match stem {
        "title" => Class::Title,
        "heading" if stem.len() < name.len() => Class::Heading(number),
        "quote" | "intensequote" | "blocktext" | "blockquote" | "quotations" | "htmlblockquote" => Class::Quote,
        "toc" if stem.len() < name.len() => Class::Contents,
        "tocheading" | "contentsheading" => Class::Contents,
        "listbullet" | "listnumber" => Class::Item(number - 1),
        "listcontinue" | "listparagraph" => Class::Continued,
        "normal" | "bodytext" => Class::Body,
        _ => return None,
    })
}
