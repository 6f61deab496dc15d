//! Reading one shortcode call.
//!
//! The forms are those of component calls in Tera 2:
//! `{{ <name key="text" n={3} flag={true} /> }}`, and for a call with a body
//! `{% <name key="x"> %}` … `{% </name> %}`. A call may go over a line end,
//! not over an empty line.

use super::host::{Argument, Complaint};
use memchr::{memchr, memmem};

/// The most arguments a call may have.
const MOST_ARGUMENTS: usize = 100;
/// How far behind its name the end of a malformed call is looked for.
const NEAR: usize = 500;

/// What a call says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Call {
    /// `{{ <name … /> }}`.
    Whole { name: String, arguments: Vec<(String, Argument)> },
    /// `{% <name …> %}`.
    Open { name: String, arguments: Vec<(String, Argument)> },
    /// `{% </name> %}`.
    Close { name: String },
    /// Something that begins like a call and is none.
    Malformed(Complaint),
}

/// Reads the call that begins with the first byte of `text`, if one does:
/// the call and its length in bytes.
pub(super) fn read(text: &str) -> Option<(Call, usize)> {
    let body = match text.as_bytes() {
        [b'{', b'{', ..] => false,
        [b'{', b'%', ..] => true,
        _ => return None,
    };
    let mut reader = Reader { text, at: 2 };
    let dash = reader.take(b'-');
    let space = reader.space();
    if !reader.take(b'<') {
        return None;
    }
    let slash = reader.take(b'/');
    let begins = reader.peek().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    if !begins {
        return None;
    }
    let name_at = reader.at;
    let read = if dash {
        Err(wrong("white-space control has no place in a text", "leave out the `-`"))
    } else {
        reader.call(body, space, slash)
    };
    Some(match read {
        Ok(call) => (call, reader.at),
        Err(complaint) => (Call::Malformed(complaint), extent(text, name_at, body)),
    })
}

/// How far a malformed call goes: to its closing braces if they are on the
/// same line, else to the end of its first word.
fn extent(text: &str, name_at: usize, body: bool) -> usize {
    let ending: &[u8] = if body { b"%}" } else { b"}}" };
    // Long lines are not searched whole, so that many bad calls stay cheap.
    let near = &text.as_bytes()[name_at..text.len().min(name_at + NEAR)];
    let line = memchr(b'\n', near).map_or(near, |i| &near[..i]);
    if let Some(i) = memmem::find(line, ending) {
        return name_at + i + 2;
    }
    let word = text[name_at..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    word.map_or(text.len(), |i| name_at + i)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn call(&mut self, body: bool, space: bool, slash: bool) -> Result<Call, Complaint> {
        let name = self.word(|b| b == b'.');
        if body && slash {
            self.space();
            self.expect(">", &format!("write `{{% </{name}> %}}`"))?;
            self.ending(space, "%}")?;
            return Ok(Call::Close { name });
        }
        let arguments = self.arguments(&name)?;
        if body {
            if self.text[self.at..].starts_with("/>") {
                let hint = format!("a call without a body is written `{{{{ <{name} … /> }}}}`");
                return Err(wrong("a call in `{% … %}` has a body", &hint));
            }
            self.expect(">", "close the tag with `>`")?;
            self.ending(space, "%}")?;
            return Ok(Call::Open { name, arguments });
        }
        if slash {
            let hint = format!("write `{{% </{name}> %}}` on a line of its own");
            return Err(wrong("a closing tag stands in `{% … %}`", &hint));
        }
        let hint = format!("close it with `/>`, or write `{{% <{name} …> %}}` on a line of its own if it has a body");
        self.expect("/>", &hint)?;
        self.space();
        self.expect("}}", "close the call with `}}`")?;
        Ok(Call::Whole { name, arguments })
    }

    fn ending(&mut self, space: bool, braces: &str) -> Result<(), Complaint> {
        if !self.space() || !space {
            let hint = "write `{% <name> %}` and `{% </name> %}`";
            return Err(wrong("the tag needs a space on either side", hint));
        }
        self.expect(braces, &format!("close the call with `{braces}`"))
    }

    fn arguments(&mut self, name: &str) -> Result<Vec<(String, Argument)>, Complaint> {
        let mut arguments: Vec<(String, Argument)> = Vec::new();
        loop {
            let spaced = self.space();
            let Some(b) = self.peek().filter(|b| *b != b'\n') else {
                return Err(wrong("the call is not closed", "close it with `/> }}`"));
            };
            if b == b'/' || b == b'>' {
                return Ok(arguments);
            }
            if !spaced || !(b.is_ascii_alphabetic() || b == b'_') {
                let hint = format!("write `{name} key=\"text\" n={{3}} flag={{true}}`");
                return Err(wrong("this is no argument", &hint));
            }
            if arguments.len() == MOST_ARGUMENTS {
                return Err(wrong("too many arguments", "a call has at most 100"));
            }
            let key = self.word(|_| false);
            if arguments.iter().any(|(k, _)| *k == key) {
                let message = format!("the argument `{key}` is given twice");
                return Err(wrong(&message, "leave one of them out"));
            }
            let value = self.argument(&key)?;
            arguments.push((key, value));
        }
    }

    fn argument(&mut self, key: &str) -> Result<Argument, Complaint> {
        let hint = format!("write `{key}=\"text\"`, `{key}={{3}}` or `{key}={{true}}`");
        if !self.take(b'=') {
            return Err(wrong(&format!("the argument `{key}` has no value"), &hint));
        }
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => self.string(quote).map(Argument::Text),
            Some(b'{') => self.braced(&hint),
            _ => {
                let message = format!("the value of `{key}` is neither in quotes nor in braces");
                Err(wrong(&message, &hint))
            }
        }
    }

    fn braced(&mut self, hint: &str) -> Result<Argument, Complaint> {
        let rest = &self.text.as_bytes()[self.at + 1..];
        let length = rest.iter().take(64).position(|&b| b == b'}');
        let inner = length.map(|n| self.text[self.at + 1..][..n].trim());
        let value = inner.and_then(|inner| match inner {
            "true" => Some(Argument::Flag(true)),
            "false" => Some(Argument::Flag(false)),
            digits => number(digits),
        });
        let (Some(value), Some(length)) = (value, length) else {
            return Err(wrong("braces hold a whole number, a decimal, true or false", hint));
        };
        self.at += length + 2;
        Ok(value)
    }

    fn string(&mut self, quote: u8) -> Result<String, Complaint> {
        let bytes = self.text.as_bytes();
        let mut value = Vec::new();
        let mut i = self.at + 1;
        while i < bytes.len() {
            match bytes[i] {
                b if b == quote => {
                    self.at = i + 1;
                    // Whole characters went in, for only ASCII was left out.
                    return Ok(String::from_utf8_lossy(&value).into_owned());
                }
                b'\\' if matches!(bytes.get(i + 1), Some(b'"' | b'\'' | b'\\')) => {
                    value.push(bytes[i + 1]);
                    i += 1;
                }
                b'\n' if blank_line(bytes, i) => break,
                b => value.push(b),
            }
            i += 1;
        }
        Err(wrong("a quotation mark is not closed", "close it; a quotation mark inside is `\\\"`"))
    }

    fn word(&mut self, also: impl Fn(u8) -> bool) -> String {
        let rest = &self.text[self.at..];
        let length = rest.bytes().take_while(|&b| b.is_ascii_alphanumeric() || b == b'_' || also(b)).count();
        self.at += length;
        rest[..length].to_owned()
    }

    fn space(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let start = self.at;
        while let Some(&b) = bytes.get(self.at)
            && b.is_ascii_whitespace()
            && !(b == b'\n' && blank_line(bytes, self.at))
        {
            self.at += 1;
        }
        self.at > start
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn expect(&mut self, mark: &str, hint: &str) -> Result<(), Complaint> {
        if !self.text[self.at..].starts_with(mark) {
            return Err(wrong(&format!("`{mark}` is missing"), hint));
        }
        self.at += mark.len();
        Ok(())
    }
}

fn wrong(what: &str, hint: &str) -> Complaint {
    Complaint::error(format!("malformed shortcode: {what}")).hint(hint)
}

/// Whether the line after the line end at `i` is empty.
fn blank_line(bytes: &[u8], i: usize) -> bool {
    let next = bytes[i + 1..].iter().find(|b| !matches!(b, b' ' | b'\t' | b'\r'));
    matches!(next, None | Some(b'\n'))
}

fn number(digits: &str) -> Option<Argument> {
    let plain = digits.strip_prefix('-').unwrap_or(digits);
    if !plain.starts_with(|c: char| c.is_ascii_digit()) || plain.ends_with('.') {
        return None;
    }
    if let Ok(whole) = digits.parse() {
        return Some(Argument::Integer(whole));
    }
    let decimal = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.') && plain.contains('.');
    digits.parse().ok().filter(|_| decimal).map(Argument::Number)
}
