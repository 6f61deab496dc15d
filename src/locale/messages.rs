//! Files of words: Fluent messages, and what is wrong in them.

use std::ops::Range;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

/// Something in a file of words that cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes.
    pub at: Range<usize>,
    /// What.
    pub fact: String,
}

/// A message: its key and whether it is told something.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// The key.
    pub key: String,
    /// What it is told: `n`, `country`.
    pub arguments: Vec<String>,
    /// Its text, if it is told nothing.
    pub text: String,
}

/// The messages of a file as a bundle takes them; what cannot be read is left out.
pub(super) fn resource(source: &str) -> FluentResource {
    FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource)
}

/// What is wrong in a file.
pub fn faults(source: &str) -> Vec<Fault> {
    let Err((_, errors)) = FluentResource::try_new(source.to_owned()) else { return Vec::new() };
    errors.into_iter().map(|error| Fault { at: error.pos.clone(), fact: error.kind.to_string() }).collect()
}

impl Words {
    /// The messages of a file, in its order.
    pub fn of(source: &str) -> Vec<Words> {
        let resource = resource(source);
        let messages = resource.entries().filter_map(|entry| match entry {
            Entry::Message(message) => message.value.as_ref().map(|pattern| (message.id.name, pattern)),
            _ => None,
        });
        let mut all: Vec<Words> = messages
            .map(|(key, pattern)| {
                let (mut arguments, mut text) = (Vec::new(), String::new());
                gather(pattern, &mut arguments, &mut text);
                Words { key: key.to_owned(), arguments, text }
            })
            .collect();
        // A message that quotes another one is told what that one is told.
        let told: Vec<(String, Vec<String>)> =
            all.iter().map(|words| (words.key.clone(), words.arguments.clone())).collect();
        for words in &mut all {
            let quoted: Vec<String> = std::mem::take(&mut words.arguments);
            for name in quoted {
                match name.strip_prefix('@') {
                    Some(key) => {
                        words
                            .arguments
                            .extend(told.iter().filter(|(known, _)| known == key).flat_map(|(_, a)| a.clone()));
                    }
                    None => words.arguments.push(name),
                }
            }
            words.arguments.sort_unstable();
            words.arguments.dedup();
        }
        all
    }
}

pub(super) fn keys(source: &str) -> Vec<String> {
    Words::of(source).into_iter().map(|words| words.key).collect()
}

/// Keys of the messages that are told nothing.
pub(super) fn plain_keys(source: &str) -> Vec<String> {
    Words::of(source).into_iter().filter(|words| words.arguments.is_empty()).map(|words| words.key).collect()
}

/// The names of what a pattern is told, and its text. `@key` is a message that it quotes.
fn gather(pattern: &Pattern<&str>, arguments: &mut Vec<String>, text: &mut String) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => of_inline(inline, arguments, text),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                of_inline(selector, arguments, text);
                variants.iter().for_each(|variant| gather(&variant.value, arguments, text));
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, arguments: &mut Vec<String>, text: &mut String) {
    match inline {
        InlineExpression::VariableReference { id } => arguments.push(id.name.to_owned()),
        InlineExpression::MessageReference { id, .. } => arguments.push(format!("@{}", id.name)),
        InlineExpression::StringLiteral { value } => text.push_str(value),
        InlineExpression::Placeable { expression } => match expression.as_ref() {
            Expression::Inline(inner) => of_inline(inner, arguments, text),
            Expression::Select { selector, variants } => {
                of_inline(selector, arguments, text);
                variants.iter().for_each(|variant| gather(&variant.value, arguments, text));
            }
        },
        _ => {}
    }
}
