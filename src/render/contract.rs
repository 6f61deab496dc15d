//! What templates may name, as values: read from the source of the contexts, their types and comments.
//!
//! `theme check` holds templates against it, and the template guide is made from it, so that neither can tell anything
//! else than the code. A field of type [`Shared`](super::context::Shared) says in its comment which view it holds, and whether it
//! may be missing.

use crate::locale::Words;

/// The view of `words`.
const WORDS: &str = "Words";

/// The types that a page's context is made of.
const SOURCES: [&str; 5] = [
    include_str!("context.rs"),
    include_str!("context/report.rs"),
    include_str!("context/lists.rs"),
    include_str!("context/overview.rs"),
    include_str!("../config.rs"),
];

/// A template that pages are made with, and what it sees.
#[derive(Debug, Clone, Copy)]
pub struct Template<'a> {
    /// Its path.
    pub path: &'a str,
    /// The view with what it sees beside `site` and `page`.
    pub view: &'static str,
    /// The name under which it sees that view; the view's fields stand on their own if there is none.
    pub under: Option<&'static str>,
    /// Whether it is made once for each page, and sees `page`.
    pub page: bool,
}

const fn of_page(path: &'static str, view: &'static str) -> Template<'static> {
    Template { path, view, under: None, page: true }
}

/// The templates that pages are made with.
pub const TEMPLATES: [Template<'static>; 21] = [
    of_page("report.html", "ReportPage"),
    Template { path: "row.html", view: "RowView", under: Some("report"), page: false },
    of_page("home.html", "HomePage"),
    of_page("country.html", "CountryPage"),
    of_page("region.html", "RegionPage"),
    of_page("author.html", "AuthorPage"),
    of_page("topic.html", "TopicPage"),
    of_page("cross.html", "CrossPage"),
    of_page("collection.html", "CollectionPage"),
    of_page("archive.html", "ArchivePage"),
    of_page("period.html", "PeriodPage"),
    of_page("corrections.html", "CorrectionsPage"),
    of_page("watch.html", "WatchPage"),
    of_page("countries.html", "CountriesPage"),
    of_page("authors.html", "AuthorsPage"),
    of_page("topics.html", "TopicsPage"),
    of_page("names.html", "NamesPage"),
    of_page("search.html", "SearchPage"),
    of_page("page.html", "PlainPage"),
    of_page("404.html", "PlainPage"),
    of_page("redirect.html", "RedirectPage"),
];

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// A text, a number, HTML: it has no fields.
    Plain(&'static str),
    /// A view.
    View(String),
    /// A list.
    List(Box<Type>),
    /// Not known: a site's own fields.
    Anything,
}

/// A field of a view.
#[derive(Debug)]
pub struct Field {
    /// Its name in templates.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Its type.
    pub of: Type,
    /// Whether it may be missing.
    pub optional: bool,
}

/// A struct that templates see.
#[derive(Debug)]
pub struct View {
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Its fields, in the order of the declaration.
    pub fields: Vec<Field>,
}

impl View {
    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// All views.
#[derive(Debug)]
pub struct Contract {
    /// In the order of the source.
    pub views: Vec<View>,
    /// What the function `t` can be asked for.
    pub messages: Vec<Words>,
}

impl Contract {
    /// Reads the source of the contexts; `messages` are those of the theme.
    pub fn read(messages: Vec<Words>) -> Contract {
        let mut reader = Reader::default();
        SOURCES.iter().flat_map(|source| source.lines()).for_each(|line| reader.line(line.trim()));
        reader.views.push(words_view(&messages));
        Contract { views: reader.views, messages }
    }

    /// The view of a name.
    pub fn view(&self, name: &str) -> Option<&View> {
        self.views.iter().find(|view| view.name == name)
    }

    /// The names that a template sees by itself, with their types.
    pub fn names(&self, view: &str, under: Option<&str>, page: bool) -> Vec<(String, Type)> {
        let common =
            [("words", WORDS), ("site", "SiteView"), ("page", "PageView")].into_iter().take(2 + usize::from(page));
        let mut names: Vec<(String, Type)> =
            common.map(|(name, view)| (name.to_owned(), Type::View(view.to_owned()))).collect();
        match under {
            Some(name) => names.push((name.to_owned(), Type::View(view.to_owned()))),
            None => {
                let fields = self.view(view).into_iter().flat_map(|view| &view.fields);
                names.extend(fields.map(|field| (field.name.clone(), field.of.clone())));
            }
        }
        names
    }
}

/// `words` as a view: the messages that are told nothing, and the language.
fn words_view(messages: &[Words]) -> View {
    let field =
        |name: &str, about: String| Field { name: name.to_owned(), about, of: Type::Plain("text"), optional: false };
    let plain = messages.iter().filter(|words| words.arguments.is_empty());
    let language = [
        field("lang", "BCP 47 tag of the words; that of the page, if they are in its language.".to_owned()),
        field("dir", "`ltr` or `rtl`.".to_owned()),
    ];
    let fields = language.into_iter().chain(plain.map(|words| field(&words.key, words.text.clone()))).collect();
    View {
        name: WORDS.to_owned(),
        about: "`words`: the interface's words in the language of the page.".to_owned(),
        fields,
    }
}

/// Reads declarations line by line, as rustfmt leaves them.
#[derive(Default)]
struct Reader {
    views: Vec<View>,
    comment: String,
    serialised: bool,
    renamed: Option<String>,
    skipped: bool,
    inside: bool,
}

impl Reader {
    fn line(&mut self, line: &str) {
        if let Some(comment) = line.strip_prefix("///") {
            self.comment.push_str(comment);
        } else if line.starts_with("#[derive(") {
            self.serialised = line.contains("Serialize");
        } else if let Some(name) = line.strip_prefix("#[serde(rename = \"").and_then(|rest| rest.split('"').next()) {
            self.renamed = Some(name.to_owned());
        } else if line == "#[serde(skip)]" {
            self.skipped = true;
        } else if let Some(name) = line.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix(" {")) {
            let about = std::mem::take(&mut self.comment).trim().to_owned();
            self.inside = self.serialised;
            if self.inside {
                self.views.push(View { name: name.to_owned(), about, fields: Vec::new() });
            }
        } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")) {
            self.field(name, kind.trim_end_matches(','));
        } else {
            self.inside &= line != "}";
            self.serialised &= line.starts_with("#[");
            self.comment.clear();
        }
    }

    fn field(&mut self, name: &str, kind: &str) {
        let about = std::mem::take(&mut self.comment).trim().to_owned();
        let name = self.renamed.take().unwrap_or_else(|| name.trim_start_matches("r#").to_owned());
        if std::mem::take(&mut self.skipped) {
            return;
        }
        if let (true, Some(view)) = (self.inside, self.views.last_mut()) {
            let inner = inside(kind, "Option");
            let optional = inner.is_some() || kind == "Shared" && about.contains("missing");
            view.fields.push(Field { of: of_rust(inner.unwrap_or(kind), &about), name, about, optional });
        }
    }
}

/// What stands in `Option<…>`.
fn inside<'k>(kind: &'k str, around: &str) -> Option<&'k str> {
    kind.strip_prefix(around)?.strip_prefix('<')?.strip_suffix('>')
}

fn of_rust(kind: &str, about: &str) -> Type {
    if let Some(inner) = inside(kind, "Vec") {
        return Type::List(Box::new(of_rust(inner, about)));
    }
    match kind {
        "String" | "&'static str" => Type::Plain("text"),
        "bool" => Type::Plain("true or false"),
        "usize" | "u8" | "u16" | "u32" | "i16" | "u64" => Type::Plain("number"),
        "Shared" | "Value" => {
            let view = about.split("[`").nth(1).and_then(|rest| rest.split("`]").next());
            match view {
                Some(view) => Type::View(view.to_owned()),
                None if about.contains("HTML") => Type::Plain("HTML"),
                None => Type::Anything,
            }
        }
        tuple if tuple.starts_with('(') => Type::List(Box::new(Type::Plain("text"))),
        view => Type::View(view.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn views_of(of: &Type) -> Option<&str> {
        match of {
            Type::View(name) => Some(name),
            Type::List(inner) => views_of(inner),
            _ => None,
        }
    }

    #[test]
    fn every_view_that_is_named_is_there() {
        let contract = Contract::read(Words::of(include_str!("../../templates/locales/en.ftl")));
        for template in TEMPLATES {
            assert!(contract.view(template.view).is_some(), "{}", template.view);
        }
        for view in &contract.views {
            assert!(!view.fields.is_empty(), "{} has fields", view.name);
            for field in &view.fields {
                let named = views_of(&field.of);
                assert!(
                    named.is_none_or(|name| contract.view(name).is_some()),
                    "{}.{}: {named:?}",
                    view.name,
                    field.name
                );
                assert!(!field.about.is_empty(), "{}.{} has a comment", view.name, field.name);
            }
        }
    }

    /// A field that is serialised by other rules than these would be told under a wrong name.
    #[test]
    fn only_renames_are_read() {
        for source in SOURCES {
            let others = source.lines().map(str::trim).filter(|line| line.starts_with("#[serde("));
            let others: Vec<&str> = others.filter(|line| !line.starts_with("#[serde(rename = \"")).collect();
            let known = ["#[serde(rename_all = \"lowercase\")]", "#[serde(skip)]"];
            assert!(others.iter().all(|line| known.contains(line)), "{others:?}");
        }
        let mut reader = Reader::default();
        let source = "/// A.\n#[derive(Serialize)]\npub struct A {\n/// B.\n#[serde(rename = \"c\")]\npub b: Option<Vec<Link>>,\n}";
        source.lines().for_each(|line| reader.line(line));
        let field = &reader.views[0].fields[0];
        assert_eq!((field.name.as_str(), field.about.as_str(), field.optional), ("c", "B.", true));
        assert_eq!(field.of, Type::List(Box::new(Type::View("Link".to_owned()))));
    }
}
