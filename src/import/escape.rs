//! Writing words so that Markdown reads them as words, with no more escapes than that needs (`CommonMark` 0.31.2).

/// Where words stand.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Surroundings {
    /// The character before, None at the start of a line or after markup.
    pub(super) before: Option<char>,
    /// The character behind, None at the end of a line.
    pub(super) after: Option<char>,
    /// Whether they are in the text of a link, where brackets count.
    pub(super) in_link: bool,
    /// Whether they are in a table, where bars count.
    pub(super) in_table: bool,
}

/// The words with a `\` before each character that would be markup.
pub(super) fn escape(text: &str, around: Surroundings) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    // Markup may come right before the first word, so that the blanks before that do not count.
    let body = text.trim_start();
    let mut before = around.before.filter(|_| body.len() == text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let after = rest.clone().next().or(around.after);
        if is_markup(c, before, after, rest.as_str(), around) {
            out.push('\\');
        }
        out.push(c);
        before = Some(c).filter(|_| rest.as_str().len() < body.len());
    }
    out
}

/// Whether a character would be markup between those before and after it; `rest` is the text behind.
fn is_markup(c: char, before: Option<char>, after: Option<char>, rest: &str, around: Surroundings) -> bool {
    let space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '\\' | '`' => true,
        '*' => !(space(before) && space(after)),
        '_' => !(space(before) && space(after) || word(before) && word(after)),
        // A tilde behind a space can open a deletion, but nothing then closes it.
        '~' => !(space(before) && (word(after) || matches!(after, Some('$' | '€' | '£')))),
        '[' => around.in_link || matches!(after, Some('^' | '!')) || is_task(rest),
        ']' => around.in_link || matches!(after, Some('(' | '[' | ':')),
        '!' => after == Some('['),
        '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '&' => is_entity(rest),
        '|' => around.in_table,
        _ => false,
    }
}

/// Whether a `[` before this makes a box to tick.
fn is_task(rest: &str) -> bool {
    let mut letters = rest.chars();
    letters.next().is_some_and(|c| c.is_whitespace() || c == 'x' || c == 'X') && letters.next() == Some(']')
}

/// Whether an `&` before this makes a character reference.
fn is_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let length = name.bytes().take(40).take_while(u8::is_ascii_alphanumeric).count();
    length > 0 && name.as_bytes().get(length) == Some(&b';')
}

/// A line with a `\` where its start would make it something other than text: a heading, item, quote and so on.
pub(super) fn guard(line: &str) -> String {
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    let body = line.trim_end_matches('\\').trim_end();
    let Some(first) = line.chars().next() else { return String::new() };
    let marks = match first {
        '#' => ends(line.trim_start_matches('#')),
        '>' | '|' | ':' => true,
        '+' => ends(&line[1..]),
        '-' => ends(&line[1..]) || body.chars().all(|c| matches!(c, '-' | ' ' | '|' | ':')),
        '=' => body.chars().all(|c| c == '='),
        _ => false,
    };
    if marks {
        return format!("\\{line}");
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    if (1..=9).contains(&digits) && rest.starts_with(['.', ')']) && ends(&rest[1..]) {
        return format!("{}\\{rest}", &line[..digits]);
    }
    line.to_owned()
}

/// An address as the target of a link, in which nothing can end it.
pub(super) fn target(address: &str) -> String {
    let mut depth = 0_i32;
    let balanced = address.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    }) && depth == 0;
    let mut out = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '|' => out.push_str("%7C"),
            '(' if !balanced => out.push_str("%28"),
            ')' if !balanced => out.push_str("%29"),
            '&' if is_entity(&address[at + 1..]) => out.push_str("&amp;"),
            c if c.is_control() => {}
            c if c.is_whitespace() => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}
