//! Undoes what stands between a text and the bytes of an output: entities, escapes, percent signs,
//! base 64, UTF-16, folded lines.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memrchr};

/// The character that an entity at the start of `bytes` stands for, and its length. An accented
/// letter comes as its base letter, an unknown name as a space.
pub fn entity(bytes: &[u8]) -> Option<(char, usize)> {
    let rest = bytes.strip_prefix(b"&")?;
    // By far the most common one, in data that stands in a page.
    if rest.starts_with(b"quot;") {
        return Some((' ', 6));
    }
    if let Some(number) = rest.strip_prefix(b"#") {
        return numeric(number).map(|(letter, length)| (letter, length + 2));
    }
    let length = memchr(b';', &rest[..rest.len().min(32)])?;
    let name = std::str::from_utf8(&rest[..length]).ok()?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name.then(|| (named(name), length + 2))
}

fn numeric(bytes: &[u8]) -> Option<(char, usize)> {
    let (radix, start) = match bytes.first()? {
        b'x' | b'X' => (16, 1),
        _ => (10, 0),
    };
    let digits = bytes[start..].iter().take(16);
    let count = digits.take_while(|byte| char::from(**byte).is_digit(radix)).count();
    let number = std::str::from_utf8(&bytes[start..start + count]).ok()?;
    let letter = char::from_u32(u32::from_str_radix(number, radix).ok()?).unwrap_or(' ');
    let semicolon = usize::from(bytes.get(start + count) == Some(&b';'));
    Some((windows_1252(letter), start + count + semicolon))
}

/// Browsers read the numbers 128 to 159 as Windows-1252; only its letters matter here.
fn windows_1252(letter: char) -> char {
    match letter {
        '\u{8a}' | '\u{9a}' => 's',
        '\u{8c}' | '\u{9c}' => 'œ',
        '\u{8e}' | '\u{9e}' => 'z',
        '\u{9f}' => 'y',
        other => other,
    }
}

fn named(name: &str) -> char {
    match name {
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "amp" | "AMP" => '&',
        "shy" | "zwj" | "zwnj" | "lrm" | "rlm" | "ZeroWidthSpace" | "NoBreak" => '\u{ad}',
        "szlig" => 'ß',
        "aelig" | "AElig" => 'æ',
        "oelig" | "OElig" => 'œ',
        "thorn" | "THORN" => 'þ',
        "eth" | "ETH" => 'ð',
        "imath" | "inodot" => 'ı',
        _ => accented(name).unwrap_or(' '),
    }
}

fn accented(name: &str) -> Option<char> {
    const ACCENTS: [&str; 16] = [
        "acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "slash", "caron", "breve", "macr", "ogon", "dot",
        "dblac", "strok", "midot",
    ];
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    ACCENTS.contains(&&name[1..]).then_some(letter)
}

/// `text` with its entities resolved once, if markup hides in them (`&lt;p&gt;`, `&amp;lt;`).
pub fn hidden_markup(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let hides = memchr_iter(b'&', bytes).any(|at| match entity(&bytes[at..]) {
        Some(('<', _)) => true,
        Some(('&', length)) => entity_follows(&bytes[at + length..]),
        _ => false,
    });
    hides.then(|| replace(text, b'&', entity))
}

fn entity_follows(rest: &[u8]) -> bool {
    let named = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    rest.first() == Some(&b'#') || named > 0 && rest.get(named) == Some(&b';')
}

/// `text` with the escapes of JSON and JavaScript resolved once, if it has any that matter.
pub fn unescaped(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let matters = |at: usize| bytes.get(at + 1).is_some_and(|next| b"nrtbfvux/".contains(next));
    let matter = memchr_iter(b'\\', bytes).any(matters);
    matter.then(|| replace(text, b'\\', escape)).filter(|decoded| decoded != text)
}

fn escape(bytes: &[u8]) -> Option<(char, usize)> {
    match *bytes.get(1)? {
        b'n' | b'r' | b't' | b'b' | b'f' | b'v' => Some((' ', 2)),
        b'x' => hex(bytes.get(2..4)?).map(|code| (char::from_u32(code).unwrap_or(' '), 4)),
        b'u' => utf16_escape(bytes),
        byte @ ..0x80 => Some((char::from(byte), 2)),
        _ => None,
    }
}

fn utf16_escape(bytes: &[u8]) -> Option<(char, usize)> {
    if bytes.get(2) == Some(&b'{') {
        let length = memchr(b'}', bytes.get(3..bytes.len().min(12))?)?;
        let code = hex(&bytes[3..3 + length])?;
        return Some((char::from_u32(code).unwrap_or(' '), length + 4));
    }
    let high = hex(bytes.get(2..6)?)?;
    if !(0xd800..0xdc00).contains(&high) {
        return Some((char::from_u32(high).unwrap_or(' '), 6));
    }
    let low = bytes.get(6..12).filter(|rest| rest.starts_with(b"\\u"));
    let low = low.and_then(|rest| hex(&rest[2..])).filter(|low| (0xdc00..0xe000).contains(low));
    let letter = low.and_then(|low| char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + low - 0xdc00));
    Some(letter.map_or((' ', 6), |letter| (letter, 12)))
}

fn hex(digits: &[u8]) -> Option<u32> {
    let digits = std::str::from_utf8(digits).ok()?;
    if digits.starts_with('+') { None } else { u32::from_str_radix(digits, 16).ok() }
}

fn replace(text: &str, mark: u8, decode: impl Fn(&[u8]) -> Option<(char, usize)>) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(mark, rest.as_bytes()) {
        let (before, marked) = rest.split_at(at);
        let (letter, length) = decode(marked.as_bytes()).unwrap_or((char::from(mark), 1));
        decoded.push_str(before);
        decoded.push(letter);
        rest = &marked[length..];
    }
    decoded + rest
}

/// Calendar lines that were folded at 75 bytes, whole again.
pub fn unfolded(text: &str) -> String {
    let text = text.replace("\r\n ", "").replace("\r\n\t", "");
    text.replace("\n ", "").replace("\n\t", "")
}

/// Where percent-encoded text stands: from quote, space or bracket to the next.
pub fn percent_runs(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let is_end = |byte: &u8| *byte <= b' ' || matches!(byte, b'"' | b'<' | b'>');
    let mut done = 0;
    std::iter::from_fn(move || {
        let marks = memchr_iter(b'%', bytes.get(done..)?).map(|at| at + done);
        let mark = marks.into_iter().find(|at| percent(&bytes[*at..]).is_some())?;
        let start = bytes[done..mark].iter().rposition(is_end).map_or(done, |at| done + at + 1);
        let end = bytes[mark..].iter().position(is_end).map_or(bytes.len(), |at| mark + at);
        done = end;
        Some(start..end)
    })
}

fn percent(bytes: &[u8]) -> Option<u8> {
    let digits = bytes.get(1..3)?;
    if bytes[0] != b'%' || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    hex(digits).and_then(|code| u8::try_from(code).ok())
}

/// A percent-encoded run as bytes.
pub fn percent_decoded(run: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(run.len());
    let mut at = 0;
    while at < run.len() {
        let code = percent(&run[at..]);
        decoded.push(code.unwrap_or(if run[at] == b'+' { b' ' } else { run[at] }));
        at += if code.is_some() { 3 } else { 1 };
    }
    decoded
}

/// Parts that may be UTF-16: all of it after a byte order mark, else where zero bytes are dense.
pub fn utf16_parts(bytes: &[u8]) -> Vec<Range<usize>> {
    const APART: usize = 64;
    let mut parts: Vec<Range<usize>> = Vec::new();
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        parts.push(0..bytes.len());
        return parts;
    }
    for at in memchr_iter(0, bytes) {
        let end = (at + APART).min(bytes.len());
        match parts.last_mut() {
            Some(part) if at < part.end => part.end = end,
            _ => parts.push(at.saturating_sub(APART)..end),
        }
    }
    parts.retain(|part| memrchr(0, &bytes[part.clone()]) != memchr(0, &bytes[part.clone()]));
    parts
}

/// The text of a part in the four ways that UTF-16 may lie in it.
pub fn utf16_readings(part: &[u8]) -> impl Iterator<Item = String> {
    let ways = [(0, false), (0, true), (1, false), (1, true)];
    ways.into_iter().filter_map(move |(skip, is_big)| {
        let (pairs, _) = part.get(skip..)?.as_chunks::<2>();
        let units = pairs.iter().map(|&pair| if is_big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) });
        Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(' ')).collect())
    })
}
