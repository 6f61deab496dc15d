//! Pages: what a plan says, made with the theme's templates.

use std::sync::{Arc, OnceLock};

use base64::prelude::{BASE64_STANDARD, Engine};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use tera::{Context, Value};

use crate::archive::{Archive, CountryId, Edition, ReportId, Text};
use crate::check::links::Fragment;
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
use context::{Counts, InlineScript, RegisterView, Shared, SiteView};
pub use theme::layers::Choice;
pub use theme::{Theme, embedded_digest, template_texts};
use voice::Voice;

/// Makes the pages of an edition.
pub struct Renderer<'a> {
    sources: &'a Sources,
    config: &'a Config,
    archive: &'a Archive,
    edition: Edition,
    theme: &'a Theme,
    /// The languages that pages are in; the site's own is always there.
    voices: FxHashMap<String, Voice>,
    /// The place of each record among those of its sort, by name.
    ranks: FxHashMap<Scope, u32>,
    /// Places for rows; the rows themselves are put there when a page is finished.
    rows: Vec<Shared>,
    /// The row of each report.
    pub row_html: Vec<String>,
    about: Vec<OnceLock<Shared>>,
    /// The calendars that there are: of the site, and of countries.
    calendars: Vec<Option<CountryId>>,
    /// The logs that have a page.
    logs: Vec<Log>,
    /// The site's base path, for the page that is served from anywhere.
    pub base_path: String,
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
    /// What is wrong in its text.
    pub problems: Vec<Diagnostic>,
    /// What is wrong in its template, the same on many pages, and the page's address.
    pub fault: Option<(Diagnostic, String)>,
}

impl<'a> Renderer<'a> {
    /// Prepares what pages share: names, and a row for every report. Rows that cannot be made are told.
    pub fn new(
        sources: &'a Sources,
        archive: &'a Archive,
        plan: &Plan,
        edition: Edition,
        theme: &'a mut Theme,
        findings: &mut Findings,
    ) -> Renderer<'a> {
        let site = site_view(&sources.config, archive, plan, edition, theme);
        theme.tera.global_context().insert("site", &site);
        let voices = voices(theme, &sources.config, archive, edition, findings);
        let ranks = ranks(archive, &voices[&sources.config.language].locale);
        let mut renderer = Renderer {
            sources,
            config: &sources.config,
            archive,
            edition,
            theme,
            voices,
            ranks,
            rows: Vec::new(),
            row_html: Vec::new(),
            base_path: sources.config.base.base_path(),
            calendars: plan.calendars.clone(),
            logs: plan.logs(),
            about: archive.authors.iter().map(|_| OnceLock::new()).collect(),
        };
        let rows: Result<Vec<String>, tera::Error> =
            (0..archive.reports.len() as u32).into_par_iter().map(|id| renderer.row(ReportId(id))).collect();
        match rows {
            Ok(rows) => {
                renderer.rows =
                    (0..rows.len()).map(|index| Value::safe_string(&Fragment::placeholder(index))).collect();
                renderer.row_html = rows;
            }
            Err(error) => findings.push(theme::while_made(renderer.theme.fault(&error), &["a row of a list"])),
        }
        renderer
    }

    /// The theme's files.
    pub fn assets(&self) -> impl Iterator<Item = Output> + '_ {
        self.theme.outputs()
    }

    /// The templates that stand in the site's folder: path and source.
    pub fn own_templates(&self) -> impl Iterator<Item = (String, &str)> {
        let layers = &self.theme.layers;
        let on_disk = layers.templates().filter(|(index, ..)| layers.list[*index].on_disk);
        on_disk.map(|(index, path, text)| (format!("{}/{path}", layers.list[index].folder), text.as_str()))
    }

    /// Makes a page.
    pub fn page(&self, page: &Page) -> Rendered {
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

    /// A page with its context and head, made with a template.
    fn finish(
        &self,
        template: &str,
        page: &Page,
        view: &impl serde::Serialize,
        mut head: context::PageView,
        mut rendered: Rendered,
    ) -> Rendered {
        head.structured = self.graph(&head);
        let made = Context::from_serialize(view).and_then(|mut context| {
            context.insert("page", &head);
            self.voice(&head.lang).tera.render(template, &context)
        });
        match made {
            Ok(html) => rendered.html = html,
            Err(error) => rendered.fault = Some((self.theme.fault(&error), page.address.clone())),
        }
        rendered
    }

    /// The site's own language.
    fn house(&self) -> &Voice {
        &self.voices[&self.config.language]
    }

    /// The language of a page; the site's if the theme does not speak it.
    fn voice(&self, lang: &str) -> &Voice {
        self.voices.get(lang).unwrap_or_else(|| self.house())
    }

    /// The words and forms of the site's own language.
    pub fn locale(&self) -> &Locale {
        &self.house().locale
    }

    fn writer<'w>(&'w self, voice: &'w Voice) -> Writer<'w> {
        Writer { sources: self.sources, archive: self.archive, voice, prefix: "" }
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

impl Rendered {
    /// Takes over what a text brings along.
    fn take(&mut self, written: Written) {
        self.files.extend(written.files);
        self.fragments.extend(written.fragments);
        self.problems.extend(written.problems);
        self.anchors.extend(written.rendered.headings.into_iter().map(|heading| heading.id));
    }
}

/// The languages of a site's pages that its theme speaks. That of the site is there even if the theme does not speak it;
/// what it lacks is told.
fn voices(
    theme: &Theme,
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
    let voice =
        |lang: &String| Some((lang.clone(), Voice::new(theme, &locale(lang)?, &house, config, archive, edition)));
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

fn site_view(config: &Config, archive: &Archive, plan: &Plan, edition: Edition, theme: &Theme) -> SiteView {
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
        counts: Counts {
            reports: archive.lists.all.len(),
            countries: with_page(|scope| matches!(scope, Scope::Country(_))),
            authors: with_page(|scope| matches!(scope, Scope::Author(_))),
            topics: with_page(|scope| matches!(scope, Scope::Topic(_))),
        },
        generator: concat!("briefpress ", env!("CARGO_PKG_VERSION")),
    }
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
