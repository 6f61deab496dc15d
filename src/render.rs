//! Pages: what a plan says, made with the theme's templates.

use std::sync::{Arc, OnceLock};

use base64::prelude::{BASE64_STANDARD, Engine};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use tera::{Context, Value};

use crate::archive::{Archive, CountryId, Edition, ReportId, Text};
use crate::check::links::{self, Fragment};
use crate::config::{Config, RegisterWay};
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::locale::{Locale, direction};
use crate::output::Output;
use crate::plan::{Log, Page, PageKind, Plan, Scope, scopes};
use crate::source::Sources;
use crate::url::output_path;

mod body;
pub mod context;
pub mod contract;
mod head;
mod indexes;
pub mod inspect;
mod listing;
pub mod names;
mod overview;
mod picture;
mod records;
mod report;
mod structured;
mod tables;
pub mod theme;
mod voice;

use body::{Part, Writer, Written};
use context::{Counts, InlineScript, RegisterView, SealedView, Shared, SiteView};
pub use theme::layers::Choice;
pub use theme::{Theme, embedded_digest, template_texts};
use voice::Voice;

/// Makes the pages of an edition.
pub struct Renderer {
    sources: Arc<Sources>,
    config: Arc<Config>,
    archive: Arc<Archive>,
    edition: Edition,
    /// Whether pages carry sealed texts.
    sealed: bool,
    theme: Arc<Theme>,
    common: Arc<Common>,
    about: Vec<OnceLock<Shared>>,
    /// The site's base path, for the page that is served from anywhere.
    pub base_path: String,
}

/// What archives of one shape have in common.
struct Common {
    /// The languages that pages are in; the site's own is always there.
    voices: FxHashMap<String, Voice>,
    /// The place of each record among those of its sort, by name.
    ranks: FxHashMap<Scope, u32>,
    site: SiteView,
    /// The calendars that there are: of the site, and of countries.
    calendars: Vec<Option<CountryId>>,
    /// The logs that have a page.
    logs: Vec<Log>,
}

/// A page, with the files that it brings along and what is to be checked or told of it.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The page as the template made it; its addresses are not relative yet.
    pub html: String,
    /// The text of a report that everybody may read. It stands in the page as a placeholder: whatever is in it is public
    /// by that, so it need not be looked into for gated text.
    pub text: String,
    /// Pictures and attachments.
    pub files: Vec<Output>,
    /// Ids of headings that links from elsewhere may name.
    pub anchors: Vec<String>,
    /// Links from this page to ids of others: address, id and the file that says so.
    pub fragments: Vec<(String, String, Place)>,
    /// Words of its text.
    pub words: usize,
    /// What is wrong in its text.
    pub problems: Vec<Diagnostic>,
    /// What is wrong in its template, the same on many pages, and the page's address.
    pub fault: Option<(Diagnostic, String)>,
}

impl Renderer {
    /// Prepares what pages share: voices and names. `sealed` says that pages carry sealed texts. Words that the theme lacks are told.
    pub fn new(
        sources: &Arc<Sources>,
        archive: &Arc<Archive>,
        plan: &Plan,
        edition: Edition,
        theme: &Arc<Theme>,
        sealed: bool,
        findings: &mut Findings,
    ) -> Renderer {
        let config = Arc::clone(&sources.config);
        let site = site_view(&config, archive, plan, edition, theme, sealed);
        let voices = voices(theme, &site, &config, archive, edition, findings);
        let ranks = ranks(archive, &voices[&config.language].locale);
        let common = Common { voices, ranks, site, calendars: plan.calendars.clone(), logs: plan.logs() };
        Renderer {
            sources: Arc::clone(sources),
            archive: Arc::clone(archive),
            edition,
            sealed,
            theme: Arc::clone(theme),
            common: Arc::new(common),
            about: archive.authors.iter().map(|_| OnceLock::new()).collect(),
            base_path: config.base.base_path(),
            config,
        }
    }

    /// The same for an archive of the same shape: with the same records, pages and lists.
    #[must_use]
    pub fn renewed(&self, sources: &Arc<Sources>, archive: &Arc<Archive>) -> Renderer {
        Renderer {
            sources: Arc::clone(sources),
            config: Arc::clone(&sources.config),
            archive: Arc::clone(archive),
            edition: self.edition,
            sealed: self.sealed,
            theme: Arc::clone(&self.theme),
            common: Arc::clone(&self.common),
            about: self.about.clone(),
            base_path: self.base_path.clone(),
        }
    }

    /// The row of a report as the theme makes it. A page that lists it holds a placeholder for it
    /// ([`crate::check::links::Fragment::placeholder`]).
    pub fn row(&self, id: ReportId) -> Result<String, Diagnostic> {
        let made = self.row_with_template(id);
        made.map_err(|error| theme::while_made(self.theme.fault(&error), &["a row of a list"]))
    }

    /// The theme's files; the script that opens sealed texts in the sealed edition alone.
    pub fn assets(&self) -> impl Iterator<Item = Output> + '_ {
        self.asset_list().map(|asset| Output {
            path: asset.address[1..].to_owned(),
            bytes: asset.bytes.clone(),
            producer: "theme file",
        })
    }

    /// The bytes of the theme's file at an address.
    pub fn asset(&self, address: &str) -> Option<&[u8]> {
        let published = self.theme.published().find(|asset| asset.address == address);
        published.map(|asset| asset.bytes.as_slice())
    }

    /// The theme's files that are published.
    pub fn asset_list(&self) -> impl Iterator<Item = &theme::Asset> {
        self.theme.published().filter(|asset| self.sealed || asset.name != "sealed.js")
    }

    /// The templates that stand in the site's folder: path and source.
    pub fn own_templates(&self) -> impl Iterator<Item = (String, &String)> {
        let layers = &self.theme.layers;
        let on_disk = layers.templates().filter(|(index, ..)| layers.list[*index].on_disk);
        on_disk.map(|(index, path, text)| (format!("{}/{path}", layers.list[index].folder), text))
    }

    /// Makes a page.
    pub fn page(&self, page: &Page) -> Rendered {
        let Composed { template, data, head, mut rendered } = self.compose(page);
        let made = data.and_then(|data| {
            let mut context = context_of(data);
            context.insert("page", &head);
            self.voice(&head.lang).tera.render(&template, &context)
        });
        match made {
            Ok(html) => rendered.html = html,
            Err(error) => rendered.fault = Some((self.theme.fault(&error), page.address.clone())),
        }
        rendered
    }

    /// The template that a page is made with, and which kind of page it is.
    pub fn made_with(&self, page: &Page) -> (String, &'static str) {
        let composed = self.compose(page);
        (composed.template, composed.head.kind)
    }

    /// What the template of a page sees: its name, and all values but `words`, by their names. Texts and rows that are put
    /// into a finished page stand in their places here.
    pub fn data(&self, page: &Page) -> (String, serde_json::Value) {
        let Composed { template, data, head, rendered } = self.compose(page);
        let mut all = data.ok().and_then(|data| serde_json::to_value(data).ok()).unwrap_or_default();
        self.put_in_place(&mut all, &rendered.text);
        if let Some(all) = all.as_object_mut() {
            all.insert("page".to_owned(), serde_json::to_value(&head).unwrap_or_default());
            all.insert("site".to_owned(), serde_json::to_value(&self.common.site).unwrap_or_default());
        }
        (template, all)
    }

    fn put_in_place(&self, value: &mut serde_json::Value, text: &str) {
        use serde_json::Value::{Array, Object, String};
        match value {
            String(held) if *held == links::TEXT => text.clone_into(held),
            String(held) => {
                let row = Fragment::index(held).filter(|index| *index < self.archive.reports.len());
                if let Some(Ok(row)) = row.map(|index| self.row(ReportId(index as u32))) {
                    *held = row;
                }
            }
            Array(items) => items.iter_mut().for_each(|item| self.put_in_place(item, text)),
            Object(entries) => entries.values_mut().for_each(|entry| self.put_in_place(entry, text)),
            _ => {}
        }
    }

    fn compose(&self, page: &Page) -> Composed {
        match &page.kind {
            PageKind::Home(number) => self.home(page, *number),
            PageKind::Report(id) => self.report(page, *id),
            PageKind::List(scope, number) => self.list_page(page, *scope, *number),
            PageKind::Cross(country, topic, number) => self.cross(page, *country, *topic, *number),
            PageKind::Index(sort) => self.index(page, *sort),
            PageKind::Period(period, number) => self.period(page, *period, *number),
            PageKind::Log(log, words) => self.log(page, *log, *words),
            PageKind::Plain(id) => self.plain(page, *id),
            PageKind::Search => self.search(page),
            PageKind::NotFound => self.not_found(page),
            PageKind::Redirect(to) => self.redirect(page, to),
        }
    }

    /// A page that wants only its template.
    fn composed(
        &self,
        template: &str,
        view: &impl serde::Serialize,
        mut head: context::PageView,
        rendered: Rendered,
    ) -> Composed {
        head.structured = self.graph(&head);
        Composed { template: template.to_owned(), data: Value::try_from_serializable(view), head, rendered }
    }

    /// The site's own language.
    fn house(&self) -> &Voice {
        &self.common.voices[&self.config.language]
    }

    /// The language of a page; the site's if the theme does not speak it.
    fn voice(&self, lang: &str) -> &Voice {
        self.common.voices.get(lang).unwrap_or_else(|| self.house())
    }

    /// The words and forms of the site's own language.
    pub fn locale(&self) -> &Locale {
        &self.house().locale
    }

    fn writer<'w>(&'w self, voice: &'w Voice) -> Writer<'w> {
        Writer { sources: &self.sources, archive: &self.archive, voice, prefix: "" }
    }

    /// A record's text as HTML; nothing if it has none.
    fn text(&self, text: Option<&Text>, address: &str, rendered: &mut Rendered) -> Value {
        self.text_among_others(self.house(), text, address, "", rendered)
    }

    /// The same on a page that other texts share; `prefix` keeps its ids apart from theirs.
    fn text_among_others(
        &self,
        voice: &Voice,
        text: Option<&Text>,
        address: &str,
        prefix: &str,
        rendered: &mut Rendered,
    ) -> Value {
        let Some(text) = text else { return Value::from("") };
        match text.body.read(&self.sources.root, &text.file) {
            Ok(markdown) => {
                let writer = Writer { prefix, ..self.writer(voice) };
                let written = writer.write(&text.file, text.body, &markdown, Part::Whole, address);
                let html = Value::safe_string(&written.rendered.html);
                rendered.take(written);
                html
            }
            Err(problem) => {
                rendered.problems.push(problem);
                Value::from("")
            }
        }
    }
}

/// A page before its template is filled.
struct Composed {
    template: String,
    /// What the template sees beside `site`, `page` and `words`.
    data: Result<Value, tera::Error>,
    head: context::PageView,
    /// What comes along with the page, and what is wrong in its text.
    rendered: Rendered,
}

fn context_of(data: Value) -> Context {
    let mut context = Context::new();
    for (key, value) in data.into_map().into_iter().flatten() {
        context.insert_value(key.to_string(), value);
    }
    context
}

impl Rendered {
    /// Takes over what a text brings along.
    fn take(&mut self, written: Written) {
        self.files.extend(written.files);
        self.fragments.extend(written.fragments);
        self.problems.extend(written.problems);
        self.words += written.rendered.words;
        self.anchors.extend(written.rendered.headings.into_iter().map(|heading| heading.id));
    }
}

/// The languages of a site's pages that its theme speaks. That of the site is there even if the theme does not speak it;
/// what it lacks is told.
fn voices(
    theme: &Theme,
    site: &SiteView,
    config: &Config,
    archive: &Archive,
    edition: Edition,
    findings: &mut Findings,
) -> FxHashMap<String, Voice> {
    findings.extend(unspoken(theme, config));
    let reports = archive.reports.iter().filter_map(|report| report.public.lang.as_ref());
    let others = reports.chain(archive.pages.iter().filter_map(|page| page.lang.as_ref()));
    let mut langs: Vec<&String> = others.filter(|lang| theme.locales.speak(lang)).collect();
    langs.push(&config.language);
    langs.sort_unstable();
    langs.dedup();
    // What is no tag has no rules; those of English are in their place.
    let locale = |lang: &String| theme.locales.locale(lang).or_else(|| theme.locales.locale("en")).map(Arc::new);
    let Some(house) = locale(&config.language) else { return FxHashMap::default() };
    let site = Value::from_serializable(site);
    let voice = |lang: &String| {
        let mut voice = Voice::new(theme, &locale(lang)?, &house, config, archive, edition);
        voice.tera.global_context().insert("site", &site);
        Some((lang.clone(), voice))
    };
    langs.into_iter().filter_map(voice).collect()
}

/// Words of the site's language that neither the theme nor the site has.
fn unspoken(theme: &Theme, config: &Config) -> Option<Diagnostic> {
    let lang = &config.language;
    let missing = theme.locales.missing(lang);
    if missing.is_empty() {
        return None;
    }
    let file = format!("{}/{}{}.ftl", config.overrides.as_deref().unwrap_or("templates"), crate::locale::FOLDER, lang);
    let fact = if theme.locales.speak(lang) {
        format!(
            "{} words of the interface are not in `{lang}`; they are English: {}",
            missing.len(),
            missing.join(", ")
        )
    } else {
        format!("the interface has no words in `{lang}`; it is English")
    };
    Some(
        Diagnostic::warning(Place::value(crate::config::FILE, "language"), fact).hint(format!(
            "write them into {file}; `briefpress theme eject locales/en.ftl` gives all of them in English"
        )),
    )
}

/// The place of each record among those of its sort, by the language's order of names.
fn ranks(archive: &Archive, locale: &Locale) -> FxHashMap<Scope, u32> {
    let mut all: Vec<Scope> = scopes(archive).collect();
    all.sort_by(|a, b| locale.compare(a.name(archive), b.name(archive)).then(a.cmp(b)));
    all.into_iter().zip(0..).collect()
}

/// A finished page as an output.
pub fn output(address: &str, html: String) -> Output {
    Output::text(output_path(address), html, "page")
}

fn site_view(
    config: &Config,
    archive: &Archive,
    plan: &Plan,
    edition: Edition,
    theme: &Theme,
    sealed: bool,
) -> SiteView {
    let assets: std::collections::BTreeMap<&str, &str> =
        theme.assets.iter().map(|asset| (asset.name.as_str(), asset.address.as_str())).collect();
    let with_page =
        |count: fn(&Scope) -> bool| scopes(archive).filter(|scope| count(scope) && scope.has_page(archive)).count();
    SiteView {
        title: config.title.clone(),
        tagline: config.tagline.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        dir: direction(&config.language),
        publisher: config.publisher.clone(),
        copyright: config.copyright.clone(),
        url: config.base.absolute("/"),
        edition: edition.name(),
        navigation: config.navigation.clone(),
        footer: config.footer.clone(),
        form_origin: form_origin(&config.register.way),
        register: register_view(config, archive, theme),
        assets: Value::from_serializable(&assets),
        inline: inline_script(theme),
        search: plan.has_search(),
        sealed: sealed.then(|| sealed_view(config)),
        counts: Counts {
            reports: archive.lists.all.len(),
            countries: with_page(|scope| matches!(scope, Scope::Country(_))),
            authors: with_page(|scope| matches!(scope, Scope::Author(_))),
            topics: with_page(|scope| matches!(scope, Scope::Topic(_))),
        },
        generator: concat!("briefpress ", env!("CARGO_PKG_VERSION")),
    }
}

/// What the reader's script has to know on every page: nothing that changes from day to day.
fn sealed_view(config: &Config) -> SealedView {
    let json = serde_json::json!({ "site": config.sealed.site, "remember": config.sealed.remember });
    SealedView { json: Value::safe_string(&json.to_string().replace('<', "\\u003c")) }
}

/// The script that sets the remembered colour scheme. It is inline so that nothing is painted before it has run, and
/// small; the policy allows it by its hash.
fn inline_script(theme: &Theme) -> Option<InlineScript> {
    let asset = theme.assets.iter().find(|asset| asset.name == "scheme.js")?;
    let code = std::str::from_utf8(&asset.bytes).ok()?.trim();
    let hash = format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(code)));
    Some(InlineScript { code: Value::safe_string(code), hash })
}

/// How a reader asks for access. Nothing if no page is there to ask on and nothing is gated: then there is no need.
fn register_view(config: &Config, archive: &Archive, theme: &Theme) -> Option<RegisterView> {
    let (way, url) = match &config.register.way {
        RegisterWay::Link(url) => ("link", url.clone()),
        RegisterWay::Form(url) => ("form", url.clone()),
        RegisterWay::Mail(address) => ("mail", format!("mailto:{address}")),
    };
    let usual = config.register.way == crate::config::Register::default().way;
    let on_site = archive.pages.iter().any(|page| page.address == url);
    let words = theme.locales.locale(&config.language).or_else(|| theme.locales.locale("en"))?;
    let or_word = |own: &Option<String>, key: &str| own.clone().unwrap_or_else(|| words.word(key).to_owned());
    let text = or_word(&config.register.text, "register_text");
    let button = or_word(&config.register.button, "register_button");
    let register = RegisterView { text, button, way, url };
    (!usual || on_site || archive.gates_anything()).then_some(register)
}

/// Where forms may be sent to, as a source expression of a Content-Security-Policy.
fn form_origin(way: &RegisterWay) -> String {
    match way {
        RegisterWay::Form(url) => {
            let end = url.match_indices('/').nth(2).map_or(url.len(), |(index, _)| index);
            url[..end].to_owned()
        }
        _ => "'self'".to_owned(),
    }
}
