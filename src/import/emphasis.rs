//! Setting bold, italic and struck-out words with delimiters that `CommonMark` takes for such (0.31.2, 6.2).

use super::span::Format;

/// A piece of a line as Markdown.
#[derive(Debug)]
pub(super) struct Atom {
    pub(super) markdown: String,
    pub(super) format: Format,
    /// Whether it is words, and no markup.
    pub(super) words: bool,
}

/// Whether a piece is spaces or a line break.
fn is_blank(markdown: &str) -> bool {
    markdown.trim().is_empty() || markdown == "\\\n"
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Strike,
    Bold,
    Italic,
}

/// How often the delimiters are gone through.
const MOST_PASSES: usize = 6;

const MARKS: [Mark; 3] = [Mark::Strike, Mark::Bold, Mark::Italic];

impl Mark {
    fn is_on(self, format: Format) -> bool {
        match self {
            Self::Strike => format.strike,
            Self::Bold => format.bold,
            Self::Italic => format.italic,
        }
    }
}

/// A piece of the line, or a delimiter. Delimiters know the place of their partner.
#[derive(Debug)]
enum Token {
    Text(String, bool),
    Delimiter { mark: Mark, opens: bool, partner: usize },
}

/// The pieces as one line.
pub(super) fn emphasise(atoms: &[Atom]) -> String {
    let tokens = nest(atoms);
    let written = |(at, token): (usize, &Token)| match token {
        Token::Text(text, words) => (text.clone(), *words),
        Token::Delimiter { .. } => (delimiter(&tokens, at).to_owned(), false),
    };
    let mut texts: Vec<(String, bool)> = tokens.iter().enumerate().map(written).collect();
    let delimiters = |(at, token): (usize, &Token)| {
        if let Token::Delimiter { opens, .. } = token { Some((at, *opens)) } else { None }
    };
    let mut delimiters: Vec<(usize, bool)> = tokens.iter().enumerate().filter_map(delimiters).collect();
    // A letter that is replaced for one delimiter is no letter for the next, in either direction.
    for _ in 0..MOST_PASSES {
        let replaced = delimiters.iter().filter(|(at, opens)| make_count(&mut texts, *at, *opens)).count();
        if replaced == 0 {
            break;
        }
        delimiters.reverse();
    }
    texts.into_iter().map(|(text, _)| text).collect()
}

/// The pieces with delimiters that are properly inside each other.
///
/// Where two kinds overlap, the one that goes on longer is outside; if it begins later, it begins when the other
/// has ended, so that delimiters never have to be taken up again.
fn nest(atoms: &[Atom]) -> Vec<Token> {
    let reach = reaches(atoms);
    let mut tokens = Vec::with_capacity(atoms.len());
    let mut open: Vec<(Mark, usize, usize)> = Vec::new();
    for (at, atom) in atoms.iter().enumerate() {
        close(&mut tokens, &mut open, at);
        let mut new: Vec<(Mark, usize)> = Vec::new();
        for (mark, reach) in MARKS.into_iter().zip(reach[at]) {
            let wanted =
                mark.is_on(atom.format) && !is_blank(&atom.markdown) && open.iter().all(|(other, ..)| *other != mark);
            if wanted && open.last().is_none_or(|(_, end, _)| *end >= reach) {
                new.push((mark, reach));
            }
        }
        new.sort_by_key(|(_, reach)| std::cmp::Reverse(*reach));
        let (blank, rest) = atom.markdown.split_at(atom.markdown.len() - atom.markdown.trim_start().len());
        if !new.is_empty() && !blank.is_empty() {
            tokens.push(Token::Text(blank.to_owned(), true));
        }
        let text = if new.is_empty() { &atom.markdown } else { rest };
        for (mark, reach) in new {
            open.push((mark, reach, tokens.len()));
            tokens.push(Token::Delimiter { mark, opens: true, partner: 0 });
        }
        tokens.push(Token::Text(text.to_owned(), atom.words));
    }
    close(&mut tokens, &mut open, atoms.len());
    tokens
}

/// Closes what ends before a piece, ahead of the blanks that stand there.
fn close(tokens: &mut Vec<Token>, open: &mut Vec<(Mark, usize, usize)>, at: usize) {
    if open.last().is_none_or(|(_, end, _)| *end >= at) {
        return;
    }
    let mut blanks = Vec::new();
    while let Some(blank) = tokens.pop_if(|token| matches!(token, Token::Text(text, _) if is_blank(text))) {
        blanks.push(blank);
    }
    if let Some(Token::Text(text, true)) = tokens.last_mut() {
        let rest = text.split_off(text.trim_end().len());
        blanks.push(Token::Text(rest, true));
    }
    while let Some((mark, _, start)) = open.pop_if(|(_, end, _)| *end < at) {
        let end = tokens.len();
        if let Token::Delimiter { partner, .. } = &mut tokens[start] {
            *partner = end;
        }
        tokens.push(Token::Delimiter { mark, opens: false, partner: start });
    }
    blanks.retain(|token| !matches!(token, Token::Text(text, _) if text.is_empty()));
    tokens.extend(blanks.into_iter().rev());
}

/// For each piece and mark, the last piece up to which the mark stays on.
fn reaches(atoms: &[Atom]) -> Vec<[usize; 3]> {
    let mut reach = vec![[0; 3]; atoms.len()];
    for at in (0..atoms.len()).rev() {
        for (i, mark) in MARKS.into_iter().enumerate() {
            let goes_on = atoms.get(at + 1).is_some_and(|next| mark.is_on(next.format) && mark.is_on(atoms[at].format));
            reach[at][i] = if goes_on { reach[at + 1][i] } else { at };
        }
    }
    reach
}

/// What a delimiter is written with. Italic words next to the delimiters of bold ones take `_`, as in `**_both_**`:
/// three asterisks can be read in more than one way.
fn delimiter(tokens: &[Token], at: usize) -> &'static str {
    let Token::Delimiter { mark, partner, .. } = &tokens[at] else { return "" };
    let is_bold =
        |at: Option<usize>| matches!(at.and_then(|at| tokens.get(at)), Some(Token::Delimiter { mark: Mark::Bold, .. }));
    match mark {
        Mark::Strike => "~~",
        Mark::Bold => "**",
        Mark::Italic => {
            let neighbours = [at, *partner].into_iter().flat_map(|at| [at.checked_sub(1), at.checked_add(1)]);
            if neighbours.into_iter().any(is_bold) { "_" } else { "*" }
        }
    }
}

/// Makes a delimiter count as one ("left-flanking" or "right-flanking"), which the letter outside may prevent: it
/// is then written as a character reference, which begins and ends with punctuation.
///
/// Each text comes with whether it is words; markup begins and ends with punctuation anyway. The answer is whether
/// a letter had to be replaced.
fn make_count(texts: &mut [(String, bool)], at: usize, opens: bool) -> bool {
    let character = |side: Option<usize>, last: bool| {
        let text = &texts.get(side?)?.0;
        if last { text.chars().next_back() } else { text.chars().next() }
    };
    let (before, after) = (at.checked_sub(1), Some(at + 1));
    let (outer, inner) = if opens { (before, after) } else { (after, before) };
    let (Some(outside), Some(inside)) = (character(outer, opens), character(inner, !opens)) else { return false };
    let free = outside.is_whitespace() || is_punctuation(outside);
    if free || inside.is_alphanumeric() && texts[at].0 != "_" {
        return false;
    }
    let Some((text, true)) = outer.and_then(|outer| texts.get_mut(outer)) else { return false };
    let reference = format!("&#{};", u32::from(outside));
    // An underscore needs no escape between two letters, but next to a reference.
    if opens {
        text.truncate(text.len() - outside.len_utf8());
        if text.ends_with('_') && !text.ends_with("\\_") {
            text.insert(text.len() - 1, '\\');
        }
        text.push_str(&reference);
    } else {
        let rest = &text[outside.len_utf8()..];
        *text = format!("{reference}{}{rest}", if rest.starts_with('_') { "\\" } else { "" });
    }
    true
}

/// Whether a character surely counts as punctuation.
fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
}
