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
    let name = tag[1..close].strip_prefix(b"/").unwrap_or(&tag[1..close]);
    let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let is_inline = INLINE.iter().any(|inline| inline.as_bytes().eq_ignore_ascii_case(&name[..length]));
    is_inline.then_some(close + 1)
}

const INLINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "u", "wbr",
];
