//! Names and fields in an expression.

use super::Inspection;
use super::walk::{Here, Scope, element};
use crate::render::contract::Type;
use crate::render::theme::syntax::{Kind, Token, dotted_name};

const KEYWORDS: [&str; 16] = [
    "and",
    "or",
    "not",
    "in",
    "is",
    "if",
    "else",
    "for",
    "true",
    "false",
    "True",
    "False",
    "none",
    "None",
    "null",
    "__tera_context",
];

impl Inspection<'_> {
    /// Looks at every name in an expression. Gives its type if it is one value, filtered once at most.
    pub fn expression(&mut self, here: &Here<'_>, tokens: &[Token<'_>], scope: &Scope) -> Type {
        let scope = &scope.with(comprehended(tokens));
        let mut whole = Type::Anything;
        let mut at = 0;
        while at < tokens.len() {
            if begins_component(tokens, at) {
                at += self.call(here, &tokens[at..], scope);
            } else if tokens[at].is_word("t") && tokens.get(at + 1).is_some_and(|next| next.is_sign("(")) {
                let inner = &tokens[at + 2..];
                self.message(here, &tokens[at], &inner[..bracketed(inner, "(", ")")]);
                at += 2;
            } else if names_value(tokens, at) {
                let (of, used) = self.path(here, &tokens[at..], scope);
                if at == 0 {
                    whole = filtered(of, &tokens[used..]);
                }
                at += used;
            } else {
                at += 1;
            }
        }
        whole
    }

    /// A name with its fields and entries. Gives its type and how many tokens it has.
    fn path(&mut self, here: &Here<'_>, tokens: &[Token<'_>], scope: &Scope) -> (Type, usize) {
        let mut of = self.name(here, tokens, scope);
        let mut used = 1;
        while let Some(sign) = tokens.get(used).filter(|token| token.kind == Kind::Sign) {
            match (sign.text, tokens.get(used + 1)) {
                ("." | "?.", Some(field)) => {
                    of = self.field(here, &of, field);
                    used += 2;
                }
                ("[" | "?[", _) => {
                    let inner = &tokens[used + 1..used + 1 + bracketed(&tokens[used + 1..], "[", "]")];
                    of = self.entry(here, &of, &tokens[..used], sign, inner, scope);
                    used += inner.len() + 2;
                }
                _ => break,
            }
        }
        (of, used.min(tokens.len()))
    }

    fn name(&mut self, here: &Here<'_>, tokens: &[Token<'_>], scope: &Scope) -> Type {
        let token = &tokens[0];
        if let Some(of) = scope.find(token.text) {
            return of.clone();
        }
        let spared = match tokens.get(1) {
            Some(next) if next.is_sign("?.") || next.is_sign("?[") => true,
            Some(next) if next.is_sign("|") => tokens.get(2).is_some_and(|filter| filter.is_word("default")),
            _ => false,
        };
        if !spared && !here.asked.contains(&token.text) {
            self.unknown_name(here, token, &scope.known());
        }
        Type::Anything
    }

    /// What stands in brackets behind a value: a key, an index or a slice.
    fn entry(
        &mut self,
        here: &Here<'_>,
        of: &Type,
        before: &[Token<'_>],
        sign: &Token<'_>,
        inner: &[Token<'_>],
        scope: &Scope,
    ) -> Type {
        if let [key] = inner
            && key.kind == Kind::Text
        {
            let path: String = before.iter().map(|token| token.text).collect();
            if path == "site.assets" && sign.text == "[" {
                self.asset(here, key);
            }
            return self.field(here, of, key);
        }
        self.expression(here, inner, scope);
        if inner.iter().any(|token| token.is_sign(":")) { of.clone() } else { element(of.clone()) }
    }

    /// A call of a component: `<ui.names list={report.authors} />`. Gives how many tokens it has.
    fn call(&mut self, here: &Here<'_>, tokens: &[Token<'_>], scope: &Scope) -> usize {
        let name = dotted_name(&tokens[1..]);
        let mut at = 1 + name.split('.').count() * 2 - 1;
        let mut arguments = Vec::new();
        while let Some(token) = tokens.get(at).filter(|token| !token.is_sign(">") && !token.is_sign("/>")) {
            let assigned = tokens.get(at + 1).is_some_and(|next| next.is_sign("="));
            let braced = at + if assigned { 2 } else { 0 };
            if tokens.get(braced).is_some_and(|next| next.is_sign("{")) {
                let inner = &tokens[braced + 1..braced + 1 + bracketed(&tokens[braced + 1..], "{", "}")];
                let of = self.expression(here, inner, scope);
                arguments.extend(assigned.then(|| (token.text.to_owned(), of)));
                at = braced + inner.len() + 2;
            } else if assigned {
                arguments.push((token.text.to_owned(), Type::Plain("text")));
                at += 3;
            } else {
                let of =
                    if token.kind == Kind::Word { self.name(here, &tokens[at..=at], scope) } else { Type::Anything };
                arguments.push((token.text.to_owned(), of));
                at += 1;
            }
        }
        arguments.sort_by(|a, b| a.0.cmp(&b.0));
        self.component(&name, &arguments);
        (at + 1).min(tokens.len())
    }
}

/// The names of list comprehensions: `[x.name for x in list]`.
fn comprehended(tokens: &[Token<'_>]) -> impl Iterator<Item = (String, Type)> {
    let begins = tokens.iter().enumerate().filter(|(_, token)| token.is_word("for")).map(|(at, _)| at + 1);
    let names = begins.flat_map(|at| tokens[at..].iter().take_while(|token| !token.is_word("in")));
    names.filter(|token| token.kind == Kind::Word).map(|token| (token.text.to_owned(), Type::Anything))
}

fn begins_component(tokens: &[Token<'_>], at: usize) -> bool {
    let follows_value = at.checked_sub(1).map(|before| &tokens[before]).is_some_and(|before| match before.kind {
        Kind::Word => !KEYWORDS.contains(&before.text),
        Kind::Text | Kind::Number => true,
        _ => [")", "]", "}"].contains(&before.text),
    });
    tokens[at].is_sign("<") && !follows_value && tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Word)
}

/// Whether a word is a value, and not a keyword, a filter, a test, a function or the name of an argument.
fn names_value(tokens: &[Token<'_>], at: usize) -> bool {
    let word = &tokens[at];
    let back = |steps: usize| at.checked_sub(steps).map(|before| &tokens[before]);
    let follows = |steps: usize, sign: &str| back(steps).is_some_and(|before| before.is_sign(sign));
    let is_test = back(1).is_some_and(|before| before.is_word("is"))
        || back(1).is_some_and(|before| before.is_word("not")) && back(2).is_some_and(|before| before.is_word("is"));
    let next = |sign: &str| tokens.get(at + 1).is_some_and(|next| next.is_sign(sign));
    word.kind == Kind::Word
        && !KEYWORDS.contains(&word.text)
        && !follows(1, "|")
        && !is_test
        && !next("=")
        && !next("(")
}

/// The type of a value behind one filter.
fn filtered(of: Type, rest: &[Token<'_>]) -> Type {
    match rest {
        [] => of,
        [pipe, filter, arguments @ ..] if pipe.is_sign("|") && !arguments.iter().any(|token| token.is_sign("|")) => {
            match filter.text {
                "first" | "last" | "nth" => element(of),
                "reverse" | "sort" | "unique" => of,
                _ => Type::Anything,
            }
        }
        _ => Type::Anything,
    }
}

/// How many tokens come before the bracket that closes.
fn bracketed(tokens: &[Token<'_>], open: &str, close: &str) -> usize {
    let mut depth = 0;
    let end = tokens.iter().position(|token| {
        if token.kind == Kind::Sign && (token.text == open || token.text.strip_prefix('?') == Some(open)) {
            depth += 1;
        } else if token.is_sign(close) {
            depth -= 1;
        }
        depth < 0
    });
    end.unwrap_or(tokens.len())
}
