//! Documents that repeat what the code knows are held against it.

use std::path::Path;

use briefpress::archive::field::Audience;
use briefpress::archive::report::FIELDS;
use briefpress::diagnostic::Findings;
use briefpress::locale::Words;
use briefpress::render::contract::{Contract, Field, TEMPLATES, Type, View};
use briefpress::render::{Choice, Theme};
use tera::ComponentArg;

/// The table of fields and audiences is made from the one declaration in the code. `UPDATE_DOCS=1` writes it anew.
#[test]
fn the_table_of_audiences_is_the_codes_own() {
    let path = "docs/content/pages/content-model.md";
    let text = std::fs::read_to_string(path).expect(path);
    let (before, rest) = text.split_once("<!-- fields -->\n").expect("the beginning of the table");
    let (table, after) = rest.split_once("<!-- end of fields -->").expect("the end of the table");
    let mut expect = String::from("\n| field | who sees it | what it is |\n|---|---|---|\n");
    for field in FIELDS {
        let who = if field.audience == Audience::Public { "everybody" } else { "subscribers" };
        expect += &format!("| `{}` | {who} | {} |\n", field.name, field.about.trim().trim_end_matches('.'));
    }
    expect += "| the text | teaser: everybody; the rest: subscribers | what stands before `<!-- more -->`, and behind it |\n\n";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, format!("{before}<!-- fields -->\n{expect}<!-- end of fields -->{after}"))
            .expect("written");
    } else {
        assert!(table == expect, "{path} does not tell what the code says: run the tests with UPDATE_DOCS=1");
    }
}

/// The template guide is made from the contexts themselves. `UPDATE_DOCS=1` writes it anew.
#[test]
fn the_template_guide_is_the_codes_own() {
    let path = "docs/content/pages/template-guide.md";
    let expect = guide(&Contract::read(Words::of(include_str!("../../templates/locales/en.ftl"))));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, expect).expect("written");
    } else {
        let text = std::fs::read_to_string(path).expect(path);
        assert!(text == expect, "{path} does not tell what the code says: run the tests with UPDATE_DOCS=1");
    }
}

/// Every template that the binary makes pages with is told of, and none that is not there.
#[test]
fn every_page_template_has_a_context() {
    let names = std::fs::read_dir("templates").expect("templates").flatten();
    let names = names.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| name.ends_with(".html"));
    let mut pages: Vec<String> =
        names.filter(|name| !["base.html", "components.html", "shortcodes.html"].contains(&name.as_str())).collect();
    pages.sort_unstable();
    let mut told = TEMPLATES.map(|template| template.path.to_owned());
    told.sort_unstable();
    assert_eq!(pages, told);
}

fn guide(contract: &Contract) -> String {
    let mut text = String::from(
        "---\ntitle: Template guide\n\
         summary: What each template sees, field by field, with the words of the interface and the components.\n---\n\n\
         <!-- Made from the contexts in src/render/context.rs and below: `UPDATE_DOCS=1 cargo test` writes it anew. -->\n\n\
         What each template sees. How themes work is told in [Themes](themes.md); `briefpress theme check` holds templates\n\
         against this page.\n\n\
         Every template sees [`site`](#siteview); every page template sees [`page`](#pageview) as well, and beside them:\n\n\
         | template | made for | sees |\n|---|---|---|\n",
    );
    let view = |name: &str| contract.view(name).expect("a view");
    for template in TEMPLATES {
        let about = view(template.view).about.split([':', '.']).next().unwrap_or_default().to_owned();
        let sees = match template.under {
            Some(name) => format!("`{name}`: {}", link(template.view)),
            None => {
                view(template.view)
                    .fields
                    .iter()
                    .map(|field| format!("`{}`", field.name))
                    .collect::<Vec<_>>()
                    .join(", ")
                    + &format!(" ({})", link(template.view))
            }
        };
        text += &format!("| `{}` | {about} | {sees} |\n", template.path);
    }
    text += "\nA text is escaped when it is written; HTML is not. What may be missing is asked for first: \
             `{% if report.image %}`.\n";
    text += LANGUAGE;
    for message in contract.messages.iter().filter(|message| !message.arguments.is_empty()) {
        let told: Vec<String> = message.arguments.iter().map(|name| format!("`{name}`")).collect();
        text += &format!("| `{}` | {} |\n", message.key, told.join(", "));
    }
    contract.views.iter().for_each(|view| text += &section(view));
    text + &components()
}

const LANGUAGE: &str = r#"
## The interface's words

Every template sees [`words`](#words), in the language of the page if the theme has it: `{{ words.key_judgments }}`. Messages
that are told something are asked for with the function `t`: `{{ t(key="reports", n=list.total) }}` is `1 report` or
`12 reports`. What is told as HTML stays HTML. Components see no `words`; `t` they can ask for all messages.

Filters: `12345 | number` is `12,345` in the language's digits and groups, `1994 | digits` keeps a year whole;
`report.authors | listed` gives each entry as `item` with what stands `before` it (`, ` or ` and `), and with `listed(most=3)` an
entry at the end that says `more`.

`base.html` sets `word_lang`, `word_line`, `site_lang` and `site_line`: attributes that mark words of the interface, and names and
texts in the site's own language, where the page is in another one.

| message | told |
|---|---|
"#;

/// The components that are shipped, with their arguments.
fn components() -> String {
    let choice = Choice { theme: "broadsheet", overrides: None, asked: None };
    let theme = Theme::load(Path::new("."), &choice, &mut Findings::default()).expect("the shipped theme");
    let mut names: Vec<&str> = theme.tera.get_component_names().collect();
    names.sort_unstable();
    let mut text = String::from(
        "\n## Components\n\nThose without a dot are for Markdown: `{{ <keyfact label=\"Reserves\" value=\"$6bn\" /> }}`, \
         `{% <note> %} … {% </note> %}`.\n\n| component | arguments |\n|---|---|\n",
    );
    for name in names {
        let declared = theme.tera.get_component_definition(name).expect("declared");
        let argument = |argument: &ComponentArg| {
            let kind = argument.arg_type().map(|kind| format!(": {kind}")).unwrap_or_default();
            format!("`{}{kind}`{}", argument.name(), if argument.is_required() { "" } else { ", may be left out" })
        };
        let arguments: Vec<String> = declared.args().iter().map(argument).collect();
        text += &format!("| `{name}` | {} |\n", arguments.join("; "));
    }
    text
}

fn section(view: &View) -> String {
    let mut text =
        format!("\n## {}\n\n{}\n\n| field | type | what it is |\n|---|---|---|\n", view.name, linked(&view.about));
    for field in &view.fields {
        text += &format!("| `{}` | {} | {} |\n", field.name, type_of(field), linked(&field.about));
    }
    text
}

fn type_of(field: &Field) -> String {
    fn words(of: &Type) -> String {
        match of {
            Type::Plain(what) => (*what).to_owned(),
            Type::View(name) => link(name),
            Type::List(inner) => format!("list of {}", words(inner)),
            Type::Anything => "anything".to_owned(),
        }
    }
    words(&field.of) + if field.optional { ", may be missing" } else { "" }
}

fn link(view: &str) -> String {
    format!("[{view}](#{})", view.to_lowercase())
}

/// A comment of the code with its links to types as links to their sections.
fn linked(comment: &str) -> String {
    let mut parts = comment.split("[`");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.split_once("`]").map_or(part.to_owned(), |(name, rest)| link(name) + rest));
    first + &rest.collect::<String>()
}
