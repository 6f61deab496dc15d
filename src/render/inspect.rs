//! `theme check`: templates held against what they may name.
//!
//! Every template is walked from the pages that are made with it, along what it extends, includes and calls, with the
//! types of all names, so that branches which no sample would take are seen as well. What types cannot tell (arguments of
//! filters and components, values that may be missing) is tried: each page is rendered with everything that there can be,
//! and with nothing that may be missing.

use std::collections::{BTreeMap, BTreeSet};

use super::contract::{Contract, TEMPLATES, Template, Type};
use super::theme::syntax::{self, Token};
use super::theme::{Theme, nearest_path};
use crate::diagnostic::{Diagnostic, Findings, nearest};

mod expression;
mod sample;
mod walk;

use walk::Here;

/// What is wrong in a theme's templates; `plain` are templates that plain pages ask for by name.
pub fn inspect(theme: &Theme, plain: &[&str], findings: &mut Findings) {
    let contract = Contract::read(theme.locales.messages());
    let mut inspection = Inspection::new(theme, &contract);
    let of_plain = plain.iter().map(|path| Template { path, view: "PlainPage", under: None, page: true });
    for template in TEMPLATES.into_iter().chain(of_plain) {
        inspection.page(&template);
    }
    inspection.shortcodes();
    if inspection.found.is_empty() {
        // What a walk has found would be told once more, in other words.
        inspection.found.extend(sample::try_pages(theme, &contract, &inspection.own));
    }
    findings.extend(inspection.found);
}

/// A walk through the templates of a theme.
struct Inspection<'a> {
    theme: &'a Theme,
    contract: &'a Contract,
    /// Where each component is declared: layer and path.
    components: BTreeMap<String, (usize, &'a str)>,
    /// Components that were walked, with the types of their arguments.
    called: Vec<(String, Vec<(String, Type)>)>,
    /// The page template from which the walk began.
    page: String,
    /// Fields of what is not known: the site's own.
    own: BTreeSet<String>,
    found: Vec<Diagnostic>,
}

impl<'a> Inspection<'a> {
    fn new(theme: &'a Theme, contract: &'a Contract) -> Inspection<'a> {
        let templates: Vec<_> = theme.layers.templates().collect();
        let declared = templates.into_iter().rev().flat_map(|(index, path, text)| {
            syntax::components(text).into_iter().map(move |name| (name, (index, path.as_str())))
        });
        // Components of higher layers come later and take the place of those below.
        Inspection {
            theme,
            contract,
            components: declared.collect(),
            called: Vec::new(),
            page: String::new(),
            own: BTreeSet::new(),
            found: Vec::new(),
        }
    }

    fn page(&mut self, template: &Template<'_>) {
        let names = self.contract.names(template.view, template.under, template.page);
        if let Some(index) = self.theme.layers.highest(template.path) {
            template.path.clone_into(&mut self.page);
            self.template(index, template.path, &mut walk::Scope::new(names));
        }
    }

    /// Components that no template calls: those for Markdown. Nothing is known of their arguments.
    fn shortcodes(&mut self) {
        self.page.clear();
        let all: Vec<String> = self.components.keys().cloned().collect();
        for name in all {
            if !self.called.iter().any(|(called, _)| *called == name) {
                self.component(&name, &[]);
            }
        }
    }

    /// Adds a finding at a token, unless the same place was found from another page.
    fn tell(&mut self, here: &Here<'_>, token: &Token<'_>, fact: String, hint: Option<String>) {
        let place = self.theme.layers.place(here.index, here.path, token.at.clone());
        let finding = Diagnostic::error(place, fact).maybe_hint(hint);
        if !self.found.iter().any(|found| found.place == finding.place) {
            self.found.push(finding);
        }
    }

    fn unknown_name(&mut self, here: &Here<'_>, token: &Token<'_>, names: &[&str]) {
        let seen = if self.page.is_empty() { String::new() } else { format!(" on a page made with `{}`", self.page) };
        let hint = nearest(token.text, names.iter().copied())
            .map_or_else(|| format!("known here: {}", names.join(", ")), |near| format!("did you mean `{near}`?"));
        self.tell(here, token, format!("there is no `{}`{seen}", token.text), Some(hint));
    }

    /// The type of a field; one that is not there is told.
    fn field(&mut self, here: &Here<'_>, of: &Type, token: &Token<'_>) -> Type {
        let contract = self.contract;
        let (fact, hint) = match of {
            Type::Anything => {
                self.own.insert(token.text.to_owned());
                return Type::Anything;
            }
            Type::View(name) => {
                let Some(view) = contract.view(name) else { return Type::Anything };
                if let Some(field) = view.field(token.text) {
                    return field.of.clone();
                }
                let names: Vec<&str> = view.fields.iter().map(|field| field.name.as_str()).collect();
                let hint = nearest(token.text, names.iter().copied()).map_or_else(
                    || format!("{name} has: {}", names.join(", ")),
                    |near| format!("did you mean `{near}`?"),
                );
                (format!("{name} has no field `{}`", token.text), hint)
            }
            Type::List(_) => (
                format!("this is a list and has no field `{}`", token.text),
                "take one of its entries: {% for entry in list %}, or [0]".to_owned(),
            ),
            Type::Plain(what) => {
                (format!("this is {what} and has no field `{}`", token.text), "leave the field out".to_owned())
            }
        };
        self.tell(here, token, fact, Some(hint));
        Type::Anything
    }

    /// Holds a call of `t` against the messages that there are: `tokens` stand between its brackets.
    fn message(&mut self, here: &Here<'_>, function: &Token<'_>, tokens: &[Token<'_>]) {
        let contract = self.contract;
        let given = |name: &str| {
            let at = tokens.windows(2).position(|pair| pair[0].is_word(name) && pair[1].is_sign("="))?;
            tokens.get(at + 2)
        };
        let Some(key) = given("key").filter(|key| key.kind == syntax::Kind::Text) else { return };
        let Some(message) = contract.messages.iter().find(|message| message.key == key.text) else {
            let known = contract.messages.iter().map(|message| message.key.as_str());
            let hint = nearest(key.text, known).map_or_else(
                || "messages stand in locales/en.ftl of the templates".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            return self.tell(here, key, format!("there is no message `{}`", key.text), Some(hint));
        };
        if let Some(missing) = message.arguments.iter().find(|name| given(name).is_none()) {
            let fact = format!("the message `{}` is not told `{missing}`", message.key);
            self.tell(here, function, fact, Some(format!("t(key=\"{}\", {missing}=…)", message.key)));
        }
    }

    fn asset(&mut self, here: &Here<'_>, token: &Token<'_>) {
        let assets = || self.theme.assets.iter().map(|asset| asset.name.as_str());
        if assets().all(|name| name != token.text) {
            let hint = nearest_path(token.text, assets()).map_or_else(
                || format!("static files of the theme: {}", assets().collect::<Vec<_>>().join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            self.tell(here, token, format!("the theme has no static file `{}`", token.text), Some(hint));
        }
    }
}
