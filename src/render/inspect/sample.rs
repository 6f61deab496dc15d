//! Pages made of samples: with everything that there can be, and with nothing that may be missing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use tera::Context;

use crate::diagnostic::Diagnostic;
use crate::render::contract::{Contract, Field, TEMPLATES, Template, Type};
use crate::render::theme::{Theme, while_made};

/// Views in views: topics below topics go no deeper.
const DEEPEST: usize = 6;

/// Whether everything is there, how that is told, and the cure for what goes wrong with it.
const TRIED: [(bool, &str, &str); 2] = [
    (true, "with everything that there can be", "docs/content/pages/template-guide.md tells what each value is"),
    (false, "with nothing that may be missing", "ask first whether it is there: {% if … %}"),
];

/// Renders each page template with samples; tells what goes wrong, once for each place. `own` are the site's own fields.
pub fn try_pages(theme: &Theme, contract: &Contract, own: &BTreeSet<String>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for template in TEMPLATES {
        for (all, what, cure) in TRIED {
            let sample = Sample { theme, contract, own, all };
            let made = theme.tera.render(template.path, &sample.context(&template));
            let problem =
                made.err().map(|error| while_made(theme.fault(&error), &[&format!("`{}`, {what},", template.path)]));
            let told = |problem: &Diagnostic| found.iter().any(|known| known.place == problem.place);
            if let Some(problem) = problem.filter(|problem| !told(problem)) {
                found.push(problem.hint(cure));
            }
        }
    }
    found
}

struct Sample<'a> {
    theme: &'a Theme,
    contract: &'a Contract,
    /// The site's own fields, as far as templates name them.
    own: &'a BTreeSet<String>,
    /// Whether what may be missing is there.
    all: bool,
}

impl Sample<'_> {
    fn context(&self, template: &Template<'_>) -> Context {
        let mut context = Context::new();
        context.insert("site", &self.view("SiteView", 0));
        if template.page {
            context.insert("page", &self.view("PageView", 0));
        }
        let view = self.view(template.view, 0);
        match template.under {
            Some(name) => context.insert(name.to_owned(), &view),
            None => view.into_iter().for_each(|(name, value)| context.insert(name, &value)),
        }
        context
    }

    fn value(&self, of: &Type, depth: usize) -> Value {
        match of {
            Type::Plain("number") => json!(2),
            Type::Plain("true or false") => json!(self.all),
            Type::Plain(_) => json!("sample"),
            Type::Anything if self.all => self.anything(2),
            Type::Anything => Value::Null,
            Type::List(inner) if self.all && depth < DEEPEST => {
                json!([self.value(inner, depth + 1), self.value(inner, depth + 1)])
            }
            Type::List(_) => json!([]),
            Type::View(name) => self.view(name, depth).into(),
        }
    }

    /// A value with all fields that templates want to see in values of which nothing is known.
    fn anything(&self, deeper: usize) -> Value {
        if deeper == 0 {
            return json!("sample");
        }
        self.own.iter().map(|name| (name.clone(), self.anything(deeper - 1))).collect::<Map<_, _>>().into()
    }

    fn view(&self, name: &str, depth: usize) -> Map<String, Value> {
        let fields = self.contract.view(name).map(|view| view.fields.as_slice()).unwrap_or_default();
        let value = |field: &Field| match field.name.as_str() {
            "assets" => {
                json!(
                    self.theme
                        .assets
                        .iter()
                        .map(|asset| (asset.name.as_str(), asset.address.as_str()))
                        .collect::<BTreeMap<_, _>>()
                )
            }
            _ if field.optional && !self.all => Value::Null,
            _ => self.value(&field.of, depth + 1),
        };
        fields.iter().map(|field| (field.name.clone(), value(field))).collect()
    }
}
