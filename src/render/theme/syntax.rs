//! The words and signs of a template. The engine keeps its syntax tree to itself; this is as much of it as is needed to
//! see which templates and names a template refers to.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `{{` or `{%`.
    Open,
    /// `}}` or `%}`.
    Close,
    /// A name or keyword.
    Word,
    /// A text in quotes; the token is what stands between them.
    Text,
    /// A number.
    Number,
    /// Any other sign: `.`, `?.`, `==`.
    Sign,
}

/// A token with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'t> {
    /// What it is.
    pub kind: Kind,
    /// How it is written.
    pub text: &'t str,
    /// Bytes of the template.
    pub at: Range<usize>,
}

impl Token<'_> {
    /// Whether it is this sign.
    pub fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    /// Whether it is this word.
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }
}

const LONG_SIGNS: [&str; 11] = ["...", "?.", "?[", "==", "!=", "<=", ">=", "//", "**", "</", "/>"];

/// The tokens of all tags of a template, in order; what stands between tags, comments and raw text are left out.
pub fn tokens(template: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(found) = template[at..].find('{') {
        let start = at + found;
        let close = match template.as_bytes().get(start + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => {
                at = template[start..].find("#}").map_or(template.len(), |end| start + end + 2);
                continue;
            }
            _ => {
                at = start + 1;
                continue;
            }
        };
        let first = tokens.len();
        tokens.push(Token { kind: Kind::Open, text: &template[start..start + 2], at: start..start + 2 });
        let trims = template.as_bytes().get(start + 2) == Some(&b'-');
        at = tag(template, start + 2 + usize::from(trims), close, &mut tokens);
        if tokens.get(first + 1).is_some_and(|token| token.is_word("raw")) {
            at = template[at..].find("endraw").map_or(template.len(), |end| at + end);
        }
    }
    tokens
}

/// Reads one tag; gives where it ends.
fn tag<'t>(template: &'t str, mut at: usize, close: &str, tokens: &mut Vec<Token<'t>>) -> usize {
    loop {
        let rest = &template[at..];
        let rest = rest.trim_start();
        at = template.len() - rest.len();
        let (kind, skip, len) = match rest.as_bytes() {
            [] => return at,
            _ if rest.starts_with(close) => (Kind::Close, 0, 2),
            [b'-', ..] if rest[1..].starts_with(close) => (Kind::Close, 0, 3),
            [quote @ (b'"' | b'\'' | b'`'), ..] => (Kind::Text, 1, text_len(&rest[1..], *quote)),
            [b'0'..=b'9', ..] => (Kind::Number, 0, run(rest, |c| c.is_ascii_digit() || c == '.')),
            [b'a'..=b'z' | b'A'..=b'Z' | b'_', ..] => {
                (Kind::Word, 0, run(rest, |c| c.is_ascii_alphanumeric() || c == '_'))
            }
            _ => (Kind::Sign, 0, sign_len(rest)),
        };
        let range = at + skip..at + skip + len;
        at = range.end + skip;
        tokens.push(Token { kind, text: &template[range.clone()], at: range });
        if kind == Kind::Close || at >= template.len() {
            return at.min(template.len());
        }
    }
}

fn run(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_part(c)).unwrap_or(text.len())
}

fn sign_len(text: &str) -> usize {
    let long = LONG_SIGNS.into_iter().find(|sign| text.starts_with(sign));
    long.map_or_else(|| text.chars().next().map_or(0, char::len_utf8), str::len)
}

/// Bytes before the quote that ends a text.
fn text_len(text: &str, quote: u8) -> usize {
    let mut escaped = false;
    let end = text.bytes().position(|byte| {
        let ends = byte == quote && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.unwrap_or(text.len())
}

/// The templates that a template extends or includes: the names as they are written, with their places.
pub fn references(template: &str) -> Vec<Token<'_>> {
    let tokens = tokens(template);
    let names = tokens.windows(3).filter(|three| {
        three[0].kind == Kind::Open
            && (three[1].is_word("extends") || three[1].is_word("include"))
            && three[2].kind == Kind::Text
    });
    names.map(|three| three[2].clone()).collect()
}

/// The components that a template declares.
pub fn components(template: &str) -> Vec<String> {
    let tokens = tokens(template);
    let declared =
        tokens.windows(2).enumerate().filter(|(_, two)| two[0].kind == Kind::Open && two[1].is_word("component"));
    declared.map(|(index, _)| dotted_name(&tokens[index + 2..])).collect()
}

/// A name of words and dots: `ui.names`.
pub fn dotted_name(tokens: &[Token<'_>]) -> String {
    tokens
        .iter()
        .enumerate()
        .take_while(|(index, token)| if index % 2 == 0 { token.kind == Kind::Word } else { token.is_sign(".") })
        .map(|(_, token)| token.text)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(template: &str) -> String {
        tokens(template).iter().map(|token| token.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_tags_have_tokens() {
        assert_eq!(
            texts("a {# {{ no }} #} {{- -b.c | d(e=\"}} 'f'\") -}} { {%-if g?.h[0] == 1 %}"),
            "{{ - b . c | d ( e = }} 'f' ) -}} {% if g ?. h [ 0 ] == 1 %}"
        );
        assert_eq!(texts("{% raw %}{{ a }}{% endraw %}{{ b }}"), "{% raw %} {{ b }}");
        assert_eq!(texts("{{ a"), "{{ a");
        assert_eq!(texts("{% é \"a"), "{% é a");
    }

    #[test]
    fn a_template_that_breaks_off_anywhere_can_be_read() {
        let whole = "{%- include 'é\\'' -%}{% raw %}{{ a }}{% endraw %}{{ <ui.x y={[1.5, \"ü\"]} /> ?. }}{# - #}";
        for end in (0..=whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            let part = &whole[..end];
            assert!(tokens(part).iter().all(|token| part[token.at.clone()] == *token.text), "{part}");
        }
    }

    #[test]
    fn references_and_components_are_found() {
        let template = "{%- extends 'a.html' %}{% include \"b/c.html\" -%}{% component x.y(z) %}{% endcomponent x.y %}";
        let names: Vec<&str> = references(template).iter().map(|token| token.text).collect();
        assert_eq!(names, ["a.html", "b/c.html"]);
        assert_eq!(components(template), ["x.y"]);
    }
}
