//! The way through templates: what they extend, include and call, and the names that are known on the way.

use super::Inspection;
use crate::render::contract::Type;
use crate::render::theme::syntax::{self, Kind, Token};

/// The template that is being walked.
pub struct Here<'t> {
    pub index: usize,
    pub path: &'t str,
    /// Names that it asks about before it uses them: `report is defined`.
    pub asked: Vec<&'t str>,
}

impl<'t> Here<'t> {
    fn new(index: usize, path: &'t str, tokens: &[Token<'t>]) -> Here<'t> {
        let asked = tokens.windows(3).filter(|three| {
            let test = if three[2].is_word("not") { "" } else { three[2].text };
            three[1].is_word("is") && ["defined", "undefined", ""].contains(&test)
        });
        Here { index, path, asked: asked.map(|three| three[0].text).collect() }
    }
}

/// The names that are known, with their types; a later one hides an earlier one.
#[derive(Debug, Clone)]
pub struct Scope {
    names: Vec<(String, Type)>,
    /// How many names there were before each loop.
    loops: Vec<usize>,
}

impl Scope {
    pub fn new(names: Vec<(String, Type)>) -> Scope {
        Scope { names, loops: Vec::new() }
    }

    pub fn find(&self, name: &str) -> Option<&Type> {
        self.names.iter().rev().find(|(known, _)| known == name).map(|(_, of)| of)
    }

    pub fn known(&self) -> Vec<&str> {
        self.names.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The scope with more names: those of a list comprehension.
    pub fn with(&self, names: impl Iterator<Item = (String, Type)>) -> Scope {
        Scope { names: self.names.iter().cloned().chain(names).collect(), loops: Vec::new() }
    }

    fn begin_loop(&mut self, names: &[&Token<'_>], of: Type) {
        self.loops.push(self.names.len());
        // With two names the value is that of a map, of which nothing is known.
        let of = if names.len() == 1 { of } else { Type::Anything };
        self.names.push(("loop".to_owned(), Type::Anything));
        self.names.extend(names.iter().map(|name| (name.text.to_owned(), of.clone())));
    }

    fn end_loop(&mut self) {
        if let Some(before) = self.loops.pop() {
            self.names.truncate(before);
        }
    }
}

impl Inspection<'_> {
    /// Walks a template. What its parents set is known in it, for its blocks stand in theirs.
    pub fn template(&mut self, index: usize, path: &str, scope: &mut Scope) {
        let theme = self.theme;
        let Some(text) = theme.layers.list[index].templates.get(path) else { return };
        let tokens = syntax::tokens(text);
        let here = Here::new(index, path, &tokens);
        self.tags(&here, &tokens, scope);
    }

    fn tags<'t>(&mut self, here: &Here<'t>, tokens: &[Token<'t>], scope: &mut Scope) {
        let mut declares = false;
        for region in tokens.split_inclusive(|token| token.kind == Kind::Close) {
            let inner: Vec<Token<'t>> =
                region.iter().filter(|token| token.kind != Kind::Close).skip(1).cloned().collect();
            let Some(first) = inner.first() else { continue };
            declares = match first.text {
                "component" if first.kind == Kind::Word => true,
                "endcomponent" => false,
                _ => declares,
            };
            if declares || first.is_word("endcomponent") {
                continue;
            }
            match region.first().map(|token| token.text) {
                Some("{%") => self.tag(here, &inner, scope),
                _ => drop(self.expression(here, &inner, scope)),
            }
        }
    }

    fn tag(&mut self, here: &Here<'_>, inner: &[Token<'_>], scope: &mut Scope) {
        match (inner[0].text, inner) {
            ("extends", [_, name, ..]) => {
                if let Some((index, path)) = self.theme.layers.resolve(here.index, name.text) {
                    self.template(index, path, scope);
                }
            }
            ("include", [_, name, ..]) => {
                if let Some((index, path)) = self.theme.layers.resolve(here.index, name.text) {
                    self.template(index, path, &mut scope.clone());
                }
            }
            ("for", [_, rest @ ..]) => {
                let split = rest.iter().position(|token| token.is_word("in")).unwrap_or(rest.len());
                let names: Vec<&Token<'_>> = rest[..split].iter().filter(|token| token.kind == Kind::Word).collect();
                let of = self.expression(here, rest.get(split + 1..).unwrap_or_default(), scope);
                scope.begin_loop(&names, element(of));
            }
            ("endfor", _) => scope.end_loop(),
            (word @ ("set" | "set_global"), [_, name, rest @ ..]) => {
                let of = match rest {
                    [sign, value @ ..] if sign.is_sign("=") => self.expression(here, value, scope),
                    _ => Type::Plain("text"),
                };
                let at = if word == "set" { scope.names.len() } else { 0 };
                scope.names.insert(at, (name.text.to_owned(), of));
            }
            (
                "block" | "endblock" | "endif" | "else" | "endset" | "endfilter" | "raw" | "break" | "continue" | "</",
                _,
            ) => {}
            ("filter", [_, _, rest @ ..]) | ("if" | "elif", [_, rest @ ..]) => {
                self.expression(here, rest, scope);
            }
            _ => drop(self.expression(here, inner, scope)),
        }
    }

    /// Walks a component with the types of its arguments; of one that is not given nothing is known.
    pub fn component(&mut self, name: &str, arguments: &[(String, Type)]) {
        let call = (name.to_owned(), arguments.to_vec());
        let theme = self.theme;
        let Some((index, path)) = self.components.get(name).copied().filter(|_| !self.called.contains(&call)) else {
            return;
        };
        self.called.push(call);
        let Some(declared) = theme.tera.get_component_definition(name) else { return };
        let given = |wanted: &str| arguments.iter().find(|(name, _)| name == wanted).map(|(_, of)| of.clone());
        let mut names: Vec<(String, Type)> = declared
            .args()
            .iter()
            .map(|argument| (argument.name().to_owned(), given(argument.name()).unwrap_or(Type::Anything)))
            .collect();
        let others = ["body"].into_iter().chain(declared.rest_param());
        names.extend(others.map(|name| (name.to_owned(), Type::Anything)));
        let tokens = syntax::tokens(&theme.layers.list[index].templates[path]);
        let here = Here::new(index, path, &tokens);
        self.tags(&here, body_of(&tokens, name), &mut Scope::new(names));
    }
}

/// The tokens between the tags that begin and end a component.
fn body_of<'a, 't>(tokens: &'a [Token<'t>], name: &str) -> &'a [Token<'t>] {
    let declared =
        |index: usize| tokens[index].is_word("component") && syntax::dotted_name(&tokens[index + 1..]) == name;
    let Some(begin) = (0..tokens.len()).find(|index| declared(*index)) else { return &[] };
    let rest = &tokens[begin..];
    let rest = &rest[rest.iter().position(|token| token.kind == Kind::Close).map_or(rest.len(), |end| end + 1)..];
    let end = rest.iter().position(|token| token.is_word("endcomponent")).map_or(rest.len(), |end| end - 1);
    &rest[..end]
}

/// The type of a list's entries.
pub fn element(of: Type) -> Type {
    match of {
        Type::List(inner) => *inner,
        _ => Type::Anything,
    }
}
