//! What a tag's name says about the text around it.

/// Is this the name of an element whose content is not shown?
pub fn is_hidden(name: &[u8]) -> bool {
    let may_be = matches!(name, [b's' | b'S', ..]);
    may_be && (name.eq_ignore_ascii_case(b"script") || name.eq_ignore_ascii_case(b"style"))
}

/// The length of an inline tag that a letter follows.
pub fn inline_tag(tag: &[u8]) -> Option<usize> {
    let close = memchr::memchr(b'>', &tag[..tag.len().min(256)])?;
    let next = *tag.get(close + 1)?;
    if !next.is_ascii_alphanumeric() && next != b'&' && next < 0x80 {
        return None;
    }
    is_one_of(&INLINE, name(&tag[1..close])).then_some(close + 1)
}

/// Does a tag in this part of a page end what a reader sees as one piece: a paragraph, a cell, a list's entry?
pub fn has_border(part: &[u8]) -> bool {
    memchr::memchr_iter(b'<', part).any(|at| is_one_of(&BORDERS, name(&part[at + 1..])))
}

/// The name of a tag that is seen behind its `<`.
fn name(inside: &[u8]) -> &[u8] {
    let name = inside.strip_prefix(b"/").unwrap_or(inside);
    let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    &name[..length]
}

fn is_one_of(names: &[&str], name: &[u8]) -> bool {
    names.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name))
}

/// Elements of pages and feeds that end a piece. One that is not named here does not: what is not known is looked into.
const BORDERS: [&str; 60] = [
    "address",
    "article",
    "aside",
    "author",
    "blockquote",
    "body",
    "button",
    "caption",
    "category",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "entry",
    "figcaption",
    "figure",
    "footer",
    "form",
    "generator",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "id",
    "item",
    "li",
    "link",
    "loc",
    "main",
    "meta",
    "name",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "published",
    "section",
    "style",
    "script",
    "subtitle",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "updated",
    "uri",
    "url",
];

const INLINE: [&str; 25] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "tspan", "u", "wbr",
];
