//! The site's configuration: `briefpress.yaml`, read, checked and resolved.

use std::collections::BTreeMap;

use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::markdown;
use crate::url::BaseUrl;
use crate::yaml::{self, Texts, shape};

mod plans;
mod publish;
mod register;
pub use plans::{CoversFile, PlanFile, PlanTerms, SealedFile, SealedTerms};
pub use publish::{History, Host, PublishFile, PublishTerms, PublishedEdition, Target};
pub use register::{Register, RegisterWay};

/// The name of the configuration file in a site's folder.
pub const FILE: &str = "briefpress.yaml";

shape! {
    /// `briefpress.yaml` as it is written.
    pub struct ConfigFile {
        /// The publication's name.
        title: Option<String>,
        /// A line under the name.
        tagline: Option<String>,
        /// One or two sentences for search engines and feeds.
        description: Option<String>,
        /// The address that the site will have: `https://example.org/briefings/`.
        url: Option<String>,
        /// The site's language, a BCP 47 tag; `en` if not given.
        language: Option<String>,
        /// IANA name of the time zone in which dates without one are meant; `UTC` if not given.
        time_zone: Option<String>,
        /// When a report that is dated without a time is released: `07:00` if not given.
        publishing_hour: Option<String>,
        /// The organisation that publishes; the title if not given.
        publisher: Option<String>,
        /// A line for the foot of every page.
        copyright: Option<String>,
        /// The theme's name; `broadsheet` if not given.
        theme: Option<String>,
        /// The folder with overrides of single templates: `templates` (if not given) or `none`.
        overrides: Option<String>,
        /// Access of reports that do not say: `public`, `sample` or `subscribers`.
        default_access: Option<String>,
        /// Kind of reports that do not say.
        default_kind: Option<String>,
        /// The kinds of report.
        kinds: BTreeMap<String, KindFile>,
        /// What subscribers can buy, by name.
        plans: BTreeMap<String, PlanFile>,
        /// How the sealed edition is made.
        sealed: Option<SealedFile>,
        /// Where the site is delivered to.
        publish: Option<PublishFile>,
        /// Fields that the house style demands of every report.
        require: Texts,
        /// `open`: an author or topic without a record gets a page; `closed`: it must have one.
        vocabulary: Option<String>,
        /// What Markdown may hold.
        markdown: Option<MarkdownFile>,
        /// How a reader asks for access.
        register: Option<RegisterFile>,
        /// What feeds hold.
        feeds: Option<FeedsFile>,
        /// Rows on a page of a list; 20 if not given.
        pagination: Option<u32>,
        /// Pattern of a report's address: `/reports/{year}/{slug}/` if not given.
        report_address: Option<String>,
        /// Whether each report with an id also has the address `/id/MX-2025-031/`; `false` if not given.
        permalinks: Option<bool>,
        /// Whether there is a sitemap of the last two days' reports for news search; `false` if not given.
        news_sitemap: Option<bool>,
        /// Whether the site has a search page and an index for it; `true` if not given.
        search: Option<bool>,
        /// Links at the head of every page, beside the ones that the theme makes.
        navigation: Vec<LinkFile>,
        /// Links at the foot of every page.
        footer: Vec<LinkFile>,
    }
}

shape! {
    /// A kind of report.
    pub struct KindFile {
        /// The kind's name, as a badge and a page say it.
        name: Option<String>,
        /// The same for many.
        plural: Option<String>,
        /// What the kind is, in a sentence.
        description: Option<String>,
        /// Access of reports of this kind that do not say.
        access: Option<String>,
        /// Whether a gated report shows its headings to the public.
        show_headings: Option<bool>,
        /// What search engines are told that it is: `Report` (if not given), `NewsArticle` or `AnalysisNewsArticle`.
        schema: Option<String>,
        /// Fields that the house style demands of this kind.
        require: Texts,
    }
}

shape! {
    /// What Markdown may hold.
    pub struct MarkdownFile {
        /// The extensions that are on; all of them if not given.
        extensions: Option<Texts>,
        /// Raw HTML: `sanitise` (if not given), `allow` or `refuse`.
        html: Option<String>,
    }
}

shape! {
    /// How a reader asks for access.
    pub struct RegisterFile {
        /// The line above the button.
        text: Option<String>,
        /// The word on the button.
        button: Option<String>,
        /// An address to go to.
        url: Option<String>,
        /// An address that a form is sent to.
        form: Option<String>,
        /// A mail address.
        email: Option<String>,
    }
}

shape! {
    /// What feeds hold.
    pub struct FeedsFile {
        /// Entries in a feed; 20 if not given.
        limit: Option<u32>,
    }
}

shape! {
    /// A link at the head or foot of every page.
    pub struct LinkFile {
        /// Its words.
        text: Option<String>,
        /// Where it leads.
        url: Option<String>,
    }
}

/// Who may read a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Everybody.
    Public,
    /// Everybody, as a sample of what subscribers get.
    Sample,
    /// Subscribers; the public reads the teaser.
    Subscribers,
}

impl Access {
    /// The words that a site uses for it.
    pub const NAMES: [&'static str; 3] = ["public", "sample", "subscribers"];

    /// Reads one of the words.
    pub fn from_name(name: &str) -> Option<Access> {
        let all = [Access::Public, Access::Sample, Access::Subscribers];
        Self::NAMES.iter().position(|known| *known == name).map(|index| all[index])
    }
}

/// A kind of report: note, alert, outlook …
#[derive(Debug, Clone)]
pub struct Kind {
    /// The word in the front matter.
    pub key: String,
    /// The name in print.
    pub name: String,
    /// The name of many.
    pub plural: String,
    /// What it is.
    pub description: Option<String>,
    /// Access of reports of this kind.
    pub access: Option<Access>,
    /// Whether a gated report shows its headings.
    pub show_headings: bool,
    /// Its type in schema.org's vocabulary.
    pub schema: &'static str,
    /// Fields that the house style demands.
    pub require: Vec<String>,
}

/// What a kind of report may be to search engines, in schema.org's vocabulary; the first if it is not said.
pub const SCHEMAS: [&str; 3] = ["Report", "NewsArticle", "AnalysisNewsArticle"];

/// A link with its words.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Link {
    /// Its words.
    pub text: String,
    /// Where it leads.
    pub url: String,
}

/// The configuration, resolved: every value known to be good.
#[derive(Debug, Clone)]
pub struct Config {
    /// The publication's name.
    pub title: String,
    /// A line under the name.
    pub tagline: Option<String>,
    /// What the publication is.
    pub description: Option<String>,
    /// The address of the site.
    pub base: BaseUrl,
    /// BCP 47 tag of the site's language.
    pub language: String,
    /// Where dates without a zone are meant.
    pub time_zone: TimeZone,
    /// When a bare date is released.
    pub publishing_hour: Time,
    /// Who publishes.
    pub publisher: String,
    /// For the foot of every page.
    pub copyright: Option<String>,
    /// The theme's name.
    pub theme: String,
    /// Folder of the site's own templates.
    pub overrides: Option<String>,
    /// Access of reports whose kind does not say either.
    pub default_access: Access,
    /// Kind of reports that do not say.
    pub default_kind: Option<usize>,
    /// The kinds, by key.
    pub kinds: Vec<Kind>,
    /// What subscribers can buy, by key.
    pub plans: Vec<PlanTerms>,
    /// How the sealed edition is made.
    pub sealed: SealedTerms,
    /// Where the site is delivered to.
    pub publish: PublishTerms,
    /// Fields demanded of every report.
    pub require: Vec<String>,
    /// Whether authors and topics must have a record.
    pub closed_vocabulary: bool,
    /// Markdown's extensions and raw HTML.
    pub markdown: markdown::Options,
    /// How a reader asks for access.
    pub register: Register,
    /// Entries in a feed.
    pub feed_limit: usize,
    /// Rows on a page of a list.
    pub pagination: usize,
    /// Pattern of a report's address.
    pub report_address: String,
    /// Whether reports have an address by id as well.
    pub permalinks: bool,
    /// Whether there is a news sitemap.
    pub news_sitemap: bool,
    /// Whether the site can be searched.
    pub search: bool,
    /// Links at the head.
    pub navigation: Vec<Link>,
    /// Links at the foot.
    pub footer: Vec<Link>,
}

/// Reads the configuration from the text of `briefpress.yaml`.
///
/// `base_url` is what the command line says the address is, if it does. Findings are added to `findings`; `None` is
/// given only if nothing can be done without what is wrong.
pub fn read(text: &str, base_url: Option<&str>, findings: &mut Findings) -> Option<Config> {
    let file = match yaml::read::<ConfigFile>(text) {
        Ok(file) => file,
        Err(problems) => {
            findings.extend(problems.into_iter().map(|problem| problem.into_diagnostic(FILE, 0)));
            return None;
        }
    };
    let mut resolver = Resolver { findings, failed: false };
    let config = resolver.resolve(file, base_url);
    (!resolver.failed).then_some(config)
}

struct Resolver<'f> {
    findings: &'f mut Findings,
    failed: bool,
}

impl Resolver<'_> {
    fn resolve(&mut self, file: ConfigFile, base_url: Option<&str>) -> Config {
        let kinds: Vec<Kind> = file.kinds.into_iter().map(|(key, kind)| self.kind(key, kind)).collect();
        let title = file.title.unwrap_or_else(|| {
            self.error(
                "title",
                "the site has no `title`",
                "say how the publication is called, as in `title: The Meridian Briefing`",
            );
            String::new()
        });
        if !file.plans.is_empty() && file.default_access.is_none() {
            self.error(
                "plans",
                "`default_access` must be written down once there are plans",
                "add `default_access: public` or `default_access: subscribers`",
            );
        }
        let markdown_file = file.markdown.unwrap_or_default();
        let base = self.base(base_url, file.url.as_deref());
        let mut faults = Vec::new();
        let plans = plans::plans(file.plans, &mut faults);
        let sealed = plans::sealed(&file.sealed.unwrap_or_default(), &base, &mut faults);
        let publish = publish::publish(file.publish.unwrap_or_default(), &mut faults);
        faults.into_iter().for_each(|(path, fact, hint)| self.error(&path, fact, hint));
        Config {
            publisher: file.publisher.unwrap_or_else(|| title.clone()),
            title,
            tagline: file.tagline,
            description: file.description,
            base,
            plans,
            sealed,
            publish,
            language: file.language.unwrap_or_else(|| "en".to_owned()),
            time_zone: self.time_zone(file.time_zone.as_deref()),
            publishing_hour: self.hour(file.publishing_hour.as_deref()),
            copyright: file.copyright,
            theme: file.theme.unwrap_or_else(|| "broadsheet".to_owned()),
            overrides: self.overrides(file.overrides.as_deref()),
            default_access: self.access("default_access", file.default_access.as_deref()).unwrap_or(Access::Public),
            default_kind: self.default_kind(file.default_kind.as_deref(), &kinds),
            kinds,
            require: file.require.0,
            closed_vocabulary: self.vocabulary(file.vocabulary.as_deref()),
            markdown: self.markdown(&markdown_file),
            register: self.register(file.register.unwrap_or_default()),
            feed_limit: self.positive("feeds/limit", file.feeds.unwrap_or_default().limit, 20),
            pagination: self.positive("pagination", file.pagination, 20),
            report_address: self.pattern(file.report_address),
            permalinks: file.permalinks.unwrap_or(false),
            news_sitemap: file.news_sitemap.unwrap_or(false),
            search: file.search.unwrap_or(true),
            navigation: self.links("navigation", file.navigation),
            footer: self.links("footer", file.footer),
        }
    }

    fn error(&mut self, path: &str, message: impl Into<String>, hint: impl Into<String>) {
        self.failed = true;
        self.findings.push(Diagnostic::error(Place::value(FILE, path), message).hint(hint));
    }

    fn kind(&mut self, key: String, kind: KindFile) -> Kind {
        let name = kind.name.unwrap_or_else(|| capitalised(&key));
        Kind {
            plural: kind.plural.unwrap_or_else(|| format!("{name}s")),
            name,
            description: kind.description,
            access: self.access(&format!("kinds/{key}/access"), kind.access.as_deref()),
            show_headings: kind.show_headings.unwrap_or(false),
            schema: self.schema(&format!("kinds/{key}/schema"), kind.schema.as_deref()),
            require: kind.require.0,
            key,
        }
    }

    fn schema(&mut self, path: &str, word: Option<&str>) -> &'static str {
        let Some(word) = word else { return SCHEMAS[0] };
        SCHEMAS.into_iter().find(|known| *known == word).unwrap_or_else(|| {
            self.error(path, format!("unknown type `{word}`"), format!("one of: {}", SCHEMAS.join(", ")));
            SCHEMAS[0]
        })
    }

    fn access(&mut self, path: &str, word: Option<&str>) -> Option<Access> {
        let word = word?;
        let access = Access::from_name(word);
        if access.is_none() {
            self.error(path, format!("unknown access `{word}`"), format!("one of: {}", Access::NAMES.join(", ")));
        }
        access
    }

    fn default_kind(&mut self, key: Option<&str>, kinds: &[Kind]) -> Option<usize> {
        let key = key?;
        let found = kinds.iter().position(|kind| kind.key == key);
        if found.is_none() {
            let known: Vec<&str> = kinds.iter().map(|kind| kind.key.as_str()).collect();
            self.error("default_kind", format!("unknown kind `{key}`"), format!("kinds: {}", known.join(", ")));
        }
        found
    }

    fn base(&mut self, given: Option<&str>, written: Option<&str>) -> BaseUrl {
        let Some(text) = given.or(written) else {
            self.error(
                "url",
                "the site has no `url`",
                "say where it will be published, as in `url: https://example.org/briefings/`",
            );
            return BaseUrl::default();
        };
        BaseUrl::parse(text).unwrap_or_else(|fact| {
            self.error(
                "url",
                format!("`{text}` is not an address for a site: {fact}"),
                "write it in full, as in `url: https://example.org/briefings/`",
            );
            BaseUrl::default()
        })
    }

    fn time_zone(&mut self, name: Option<&str>) -> TimeZone {
        let name = name.unwrap_or("UTC");
        TimeZone::get(name).unwrap_or_else(|_| {
            self.error(
                "time_zone",
                format!("unknown time zone `{name}`"),
                "an IANA name such as Europe/London or America/Mexico_City",
            );
            TimeZone::UTC
        })
    }

    fn hour(&mut self, text: Option<&str>) -> Time {
        let text = text.unwrap_or("07:00");
        Time::strptime("%H:%M", text).unwrap_or_else(|_| {
            self.error(
                "publishing_hour",
                format!("`{text}` is not a time of day"),
                "hours and minutes, as in `publishing_hour: \"07:00\"`",
            );
            Time::midnight()
        })
    }

    fn vocabulary(&mut self, word: Option<&str>) -> bool {
        match word.unwrap_or("open") {
            "open" => false,
            "closed" => true,
            other => {
                self.error("vocabulary", format!("unknown vocabulary `{other}`"), "one of: open, closed");
                false
            }
        }
    }

    /// No other folder: what a build reads is known before its configuration is.
    fn overrides(&mut self, word: Option<&str>) -> Option<String> {
        match word.unwrap_or("templates") {
            "none" => None,
            "templates" => Some("templates".to_owned()),
            other => {
                self.error("overrides", format!("unknown folder of overrides `{other}`"), "one of: templates, none");
                None
            }
        }
    }

    fn positive(&mut self, path: &str, number: Option<u32>, usual: u32) -> usize {
        match number {
            Some(0) => {
                self.error(path, "this number must be at least 1", format!("{usual} is usual"));
                usual as usize
            }
            number => number.unwrap_or(usual) as usize,
        }
    }

    fn pattern(&mut self, pattern: Option<String>) -> String {
        let pattern = pattern.unwrap_or_else(|| "/reports/{year}/{slug}/".to_owned());
        if !pattern.starts_with('/')
            || !pattern.ends_with('/')
            || !(pattern.contains("{slug}") || pattern.contains("{id}"))
            || pattern.split('/').any(|part| part == "..")
        {
            self.error("report_address", format!("`{pattern}` cannot be a report's address"), "it begins and ends with `/` and holds {slug} or {id}; {year}, {month}, {day}, {country} and {kind} may be used too");
        }
        let mut rest = pattern.as_str();
        while let Some((_, after)) = rest.split_once('{') {
            let (word, after) = after.split_once('}').unwrap_or((after, ""));
            if !["year", "month", "day", "slug", "id", "country", "kind"].contains(&word) {
                self.error(
                    "report_address",
                    format!("unknown part `{{{word}}}` of an address"),
                    "known: {year}, {month}, {day}, {slug}, {id}, {country}, {kind}",
                );
            }
            rest = after;
        }
        pattern
    }

    fn markdown(&mut self, file: &MarkdownFile) -> markdown::Options {
        let extensions = match &file.extensions {
            None => markdown::Extensions::all(),
            Some(names) => markdown::Extensions::from_names(&names.0).unwrap_or_else(|unknown| {
                self.error(
                    "markdown/extensions",
                    format!("unknown Markdown extension `{unknown}`"),
                    format!("known: {}", markdown::Extensions::NAMES.join(", ")),
                );
                markdown::Extensions::all()
            }),
        };
        let html = match file.html.as_deref().unwrap_or("sanitise") {
            "allow" => markdown::RawHtml::Allow,
            "sanitise" | "sanitize" => markdown::RawHtml::Sanitise,
            "refuse" => markdown::RawHtml::Refuse,
            other => {
                self.error(
                    "markdown/html",
                    format!("unknown rule for raw HTML `{other}`"),
                    "one of: allow, sanitise, refuse",
                );
                markdown::RawHtml::Sanitise
            }
        };
        // The headline of a page is its first heading.
        markdown::Options { extensions, html, heading_base: 2, ..markdown::Options::default() }
    }

    fn register(&mut self, file: RegisterFile) -> Register {
        register::resolve(file).unwrap_or_else(|(path, fact, hint)| {
            self.error(path, fact, hint);
            Register::default()
        })
    }

    fn links(&mut self, path: &str, links: Vec<LinkFile>) -> Vec<Link> {
        let mut resolved = Vec::with_capacity(links.len());
        for (index, link) in links.into_iter().enumerate() {
            match (link.text, link.url) {
                (Some(text), Some(url)) => resolved.push(Link { text, url }),
                _ => self.error(
                    &format!("{path}/{index}"),
                    "a link needs `text` and `url`",
                    "write it as `- {text: About, url: /about/}`",
                ),
            }
        }
        resolved
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let mut findings = Findings::default();
        read(text, None, &mut findings);
        findings.sorted().into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_small_configuration_is_enough() {
        let mut findings = Findings::default();
        let config = read("title: A\nurl: https://example.org\n", None, &mut findings).expect("good");
        assert_eq!(config.pagination, 20);
        assert_eq!(config.publisher, "A");
        assert_eq!(config.base.absolute("/x/"), "https://example.org/x/");
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let told = told("titel: A\nurl: ftp://x\n");
        assert_eq!(told, ["unknown key `titel`"]);
        let text = "title: A\nurl: nowhere\ntime_zone: Mars/Base\npublishing_hour: noon\nvocabulary: ajar\npagination: 0\n\
                    default_access: all\ndefault_kind: memo\nreport_address: /r/{slag}/\nmarkdown: {html: maybe, extensions: [maths]}\n";
        assert_eq!(super::tests::told(text).len(), 11, "{:#?}", super::tests::told(text));
    }

    #[test]
    fn access_must_be_written_down_once_there_are_plans() {
        assert!(told("title: A\nurl: https://a.org\nplans: {all: {covers: all}}\n")[0].contains("default_access"));
    }
}
