//! From front matter to a report: every reference, date and word known to be good, or told.

use std::fmt::Display;
use std::sync::Arc;

use super::judgment::{Confidence, Judgment, Likelihood, Outcome, Verdict};
use super::naming::Names;
use super::report::{Image, Source, Status, Update, UpdateKind, Watch};
use super::vocabulary::Vocabulary;
use super::{GatedReport, KindId, PublicReport, TopicId};
use crate::config::{Access, Config};
use crate::diagnostic::{Diagnostic, Findings, Place, nearest};
use crate::source::front::{
    DisclosureFront, ImageFront, JudgmentFront, ReportFront, SourceFront, UpdateFront, WatchFront,
};
use crate::source::{Clock, Moment, Source as File};
use crate::text::slug;
use crate::yaml::TextOr;

/// What a report says beside what everybody may see. Its references to other reports are still names.
#[derive(Debug)]
pub struct Draft {
    /// Where it stands in its life by its own word.
    pub status: Status,
    /// What subscribers may see.
    pub gated: Arc<GatedReport>,
    /// Ids that it says it replaces.
    pub supersedes: Vec<String>,
    /// Ids to read next.
    pub related: Vec<String>,
    /// The id that it translates.
    pub translation_of: Option<String>,
    /// The day from which it is public.
    pub free_after: Option<Moment>,
    /// Earlier addresses.
    pub aliases: Vec<String>,
}

/// Stands in for a date that was told to be missing or wrong.
const EPOCH: Moment = Moment { at: jiff::Timestamp::UNIX_EPOCH, day: jiff::civil::Date::constant(1970, 1, 1) };

/// Resolves the fields of one file; what is wrong is told with the file and the key.
pub struct Resolver<'r> {
    /// The file.
    pub file: &'r str,
    /// The configuration.
    pub config: &'r Config,
    /// How dates are read.
    pub clock: &'r Clock,
    /// Where problems go.
    pub findings: &'r mut Findings,
}

impl Resolver<'_> {
    /// Resolves a report: what everybody may see of it, and the rest. What is wrong is told; the values given then are good
    /// enough to go on finding more.
    pub fn report(&mut self, source: &File<ReportFront>, names: &Names, known: &Vocabulary) -> (PublicReport, Draft) {
        let front = &source.front;
        if source.whole {
            self.demand(front);
        }
        let date = self.date("date", front.date.as_deref()).unwrap_or(EPOCH);
        let embargo = self.date("embargo", front.embargo.as_deref());
        let released = embargo.map_or(date, |embargo| if embargo.at > date.at { embargo } else { date });
        let kind = self.kind(front.kind.as_deref());
        let (kicker, title) = self.headline(front, &names.topics, known);
        let image = self.image(front.image.as_ref());
        let (open_disclosures, gated_disclosures) = self.disclosures(&front.disclosures);
        let (updates, update_notes) = self.updates(&front.updates);
        let public_image = front.image.as_ref().and_then(|image| image.public).unwrap_or(false);
        let (shown, kept) = if public_image { (image, None) } else { (None, image) };
        let public = PublicReport {
            id: self.id(front.id.as_deref()),
            slug: front.slug.as_deref().map_or_else(|| slug_of_file(self.file), |text| slug(text, "report")),
            address: String::new(),
            title,
            kicker,
            summary_from_text: front.summary.is_none(),
            summary: front.summary.clone().or_else(|| source.lead.clone()).unwrap_or_default(),
            access: self.access(front.access.as_deref(), kind),
            seal: front.seal.unwrap_or(1).max(1),
            kind,
            series: names.series,
            lang: front.lang.clone().filter(|lang| *lang != self.config.language),
            translations: Vec::new(),
            authors: names.authors.clone(),
            contributors: names.contributors.clone(),
            editor: names.editor,
            regions: names.regions.clone(),
            countries: names.countries.clone(),
            topics: names.topics.clone(),
            date,
            released,
            dateline: front.dateline.clone(),
            status: self
                .word("status", front.status.as_deref(), Status::from_name, Status::NAMES)
                .unwrap_or(Status::Published),
            updates,
            supersedes: Vec::new(),
            superseded_by: None,
            related: Vec::new(),
            public_image: shown,
            public_disclosures: open_disclosures,
            featured: front.featured.unwrap_or(false),
            noindex: front.noindex.unwrap_or(false),
        };
        let gated = GatedReport {
            data_as_of: self.date("data_as_of", front.data_as_of.as_deref()),
            review_by: self.date("review_by", front.review_by.as_deref()),
            judgments: front
                .judgments
                .iter()
                .enumerate()
                .filter_map(|(index, judgment)| self.judgment(index, judgment))
                .collect(),
            outlook: front.outlook.clone(),
            watch: self.watch(&front.watch),
            sources: self.sources(&front.sources),
            method: front.method.clone(),
            disclosures: gated_disclosures,
            update_notes,
            image: kept,
            extra: front.extra.clone(),
        };
        let draft = Draft {
            status: public.status,
            gated: Arc::new(gated),
            supersedes: front.supersedes.0.clone(),
            related: front.related.0.clone(),
            translation_of: front.translation_of.clone(),
            free_after: self.date("free_after", front.free_after.as_deref()),
            aliases: front.aliases.0.clone(),
        };
        (public, draft)
    }

    /// Adds an error at a value of the front matter.
    pub fn error(&mut self, path: impl Display, fact: impl Into<String>, hint: Option<String>) {
        self.findings.push(Diagnostic::error(Place::value(self.file, path.to_string()), fact).maybe_hint(hint));
    }

    /// What every report must have, and what the house style demands of it.
    fn demand(&mut self, front: &ReportFront) {
        let named = front.kind.as_deref().and_then(|key| self.known_kind(key));
        let kind = named.or(self.config.default_kind).map(|index| &self.config.kinds[index]);
        let mut demanded: Vec<&str> = vec!["title", "date"];
        // The house style is for what goes out: a draft may still lack things.
        let kind = kind.filter(|_| front.status.as_deref() != Some("draft"));
        let house: &[String] = if front.status.as_deref() == Some("draft") { &[] } else { &self.config.require };
        demanded.extend(house.iter().map(String::as_str));
        demanded.extend(kind.iter().flat_map(|kind| kind.require.iter().map(String::as_str)));
        demanded.dedup();
        for field in demanded.into_iter().filter(|field| !front.given(field)) {
            let of_all = house.iter().any(|required| required == field);
            let hint = match (field, kind) {
                ("title", _) => "add a line `title: The headline`".to_owned(),
                ("date", _) => "add a line `date: 2025-09-08`".to_owned(),
                (_, Some(kind)) if !of_all => {
                    format!("the house style demands it of every report of the kind {} (`require`)", kind.name)
                }
                _ => "the house style demands it of every report (`require`)".to_owned(),
            };
            self.findings.push(
                Diagnostic::error(Place::value(self.file, field), format!("the report has no `{field}`")).hint(hint),
            );
        }
    }

    /// Reads a date.
    pub fn date(&mut self, path: &str, text: Option<&str>) -> Option<Moment> {
        match self.clock.read(text?) {
            Ok(moment) => Some(moment),
            Err((fact, hint)) => {
                self.error(path, fact, Some(hint));
                None
            }
        }
    }

    /// Reads one of a few words.
    pub fn word<T>(
        &mut self,
        path: &str,
        word: Option<&str>,
        read: impl Fn(&str) -> Option<T>,
        known: impl IntoIterator<Item = &'static str>,
    ) -> Option<T> {
        let word = word?;
        let value = read(word);
        if value.is_none() {
            let known: Vec<&str> = known.into_iter().collect();
            let key = path.rsplit('/').next().unwrap_or(path);
            let hint = match nearest(word, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("one of: {}", known.join(", ")),
            };
            self.error(path, format!("unknown {key} `{word}`"), Some(hint));
        }
        value
    }

    fn id(&mut self, id: Option<&str>) -> Option<String> {
        let id = id?;
        let good = !id.is_empty()
            && id.len() <= 64
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
            && !id.starts_with('.');
        if !good {
            self.error(
                "id",
                format!("`{id}` cannot be an id"),
                Some("letters, digits, `-`, `_` and `.`, 64 at most: MX-2025-031".to_owned()),
            );
        }
        good.then(|| id.to_owned())
    }

    fn kind(&mut self, key: Option<&str>) -> Option<KindId> {
        let Some(key) = key else { return self.config.default_kind.map(|index| KindId(index as u32)) };
        let found = self.known_kind(key);
        if found.is_none() {
            let known: Vec<&str> = self.config.kinds.iter().map(|kind| kind.key.as_str()).collect();
            let hint = match nearest(key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "the configuration names no kinds: add them under `kinds:`".to_owned(),
                None => format!("kinds: {}", known.join(", ")),
            };
            self.error("kind", format!("unknown kind `{key}`"), Some(hint));
        }
        found.map(|index| KindId(index as u32))
    }

    /// The kind of a key or name, in any case.
    fn known_kind(&self, key: &str) -> Option<usize> {
        let is = |kind: &crate::config::Kind| kind.key.eq_ignore_ascii_case(key) || kind.name.eq_ignore_ascii_case(key);
        self.config.kinds.iter().position(is)
    }

    fn access(&mut self, word: Option<&str>, kind: Option<KindId>) -> Access {
        let of_kind = kind.and_then(|kind| self.config.kinds[kind.index()].access);
        let of_site = of_kind.unwrap_or(self.config.default_access);
        self.word("access", word, Access::from_name, Access::NAMES).unwrap_or(of_site)
    }

    /// Splits a known kicker from the title; without one, the first topic is the kicker.
    fn headline(&self, front: &ReportFront, topics: &[TopicId], known: &Vocabulary) -> (Option<String>, String) {
        let title = front.title.as_deref().unwrap_or_default().trim();
        if let Some(kicker) = &front.kicker {
            let kicker = kicker.trim().trim_end_matches(':');
            return ((!kicker.is_empty()).then(|| kicker.to_owned()), title.to_owned());
        }
        if let Some((words, rest)) = title.split_once(": ") {
            let is_known = known.known_topic(words).is_some()
                || self
                    .config
                    .kinds
                    .iter()
                    .any(|kind| kind.name.eq_ignore_ascii_case(words) || kind.key.eq_ignore_ascii_case(words));
            if is_known && !rest.trim().is_empty() {
                return (Some(words.to_owned()), rest.trim().to_owned());
            }
        }
        (topics.first().map(|topic| known.topics[topic.index()].name.clone()), title.to_owned())
    }

    fn judgment(&mut self, index: usize, front: &JudgmentFront) -> Option<Judgment> {
        let path = |key: &str| format!("judgments/{index}/{key}");
        let likelihood =
            self.word(&path("likelihood"), front.likelihood.as_deref(), Likelihood::from_name, Likelihood::names());
        let confidence =
            self.word(&path("confidence"), front.confidence.as_deref(), Confidence::from_name, Confidence::NAMES);
        let outcome = front.outcome.as_ref().map(|outcome| Outcome {
            verdict: self
                .word(&path("outcome/result"), outcome.result.as_deref(), Verdict::from_name, Verdict::NAMES)
                .unwrap_or(Verdict::Open),
            date: self.date(&path("outcome/date"), outcome.date.as_deref()),
            note: outcome.note.clone(),
        });
        let Some(text) = front.text.clone() else {
            self.error(
                format!("judgments/{index}"),
                "a judgment has no `text`",
                Some("say what is judged, as in `text: The peso will …`".to_owned()),
            );
            return None;
        };
        Some(Judgment { text, likelihood, confidence, horizon: front.horizon.clone(), outcome })
    }

    /// Resolves dated events.
    pub fn watch(&mut self, events: &[WatchFront]) -> Vec<Watch> {
        let mut watch = Vec::with_capacity(events.len());
        for (index, front) in events.iter().enumerate() {
            let date = self.date(&format!("watch/{index}/date"), front.date.as_deref());
            match (date, &front.event) {
                (Some(date), Some(event)) => watch.push(Watch { date, event: event.clone() }),
                (None, _) if front.date.is_some() => {}
                _ => self.error(
                    format!("watch/{index}"),
                    "an event to watch needs `date` and `event`",
                    Some("write it as `- {date: 2025-09-08, event: Budget}`".to_owned()),
                ),
            }
        }
        watch.sort_by_key(|watch| watch.date.at);
        watch
    }

    fn sources(&mut self, sources: &[TextOr<SourceFront>]) -> Vec<Source> {
        for (index, source) in sources.iter().enumerate() {
            if let TextOr::Map(SourceFront { url: Some(url), .. }) = source {
                self.web_address(&format!("sources/{index}/url"), url);
            }
        }
        sources.iter().map(source_of).collect()
    }

    /// An address elsewhere must be one that a reader can safely follow.
    pub fn web_address(&mut self, path: &str, url: &str) {
        if !url.starts_with("https://") && !url.starts_with("http://") {
            self.error(
                path,
                format!("`{url}` is not an address on the web"),
                Some("write it in full, from https:// on".to_owned()),
            );
        }
    }

    fn disclosures(&mut self, disclosures: &[TextOr<DisclosureFront>]) -> (Vec<String>, Vec<String>) {
        let (mut open, mut gated) = (Vec::new(), Vec::new());
        for (index, disclosure) in disclosures.iter().enumerate() {
            match disclosure {
                TextOr::Text(text) => open.push(text.clone()),
                TextOr::Map(DisclosureFront { text: Some(text), gated: is_gated }) => {
                    if is_gated.unwrap_or(false) {
                        gated.push(text.clone());
                    } else {
                        open.push(text.clone());
                    }
                }
                TextOr::Map(_) => self.error(
                    format!("disclosures/{index}"),
                    "a disclosure has no `text`",
                    Some("say what the interest is, as in `text: The author owns bonds`".to_owned()),
                ),
            }
        }
        (open, gated)
    }

    fn updates(&mut self, updates: &[UpdateFront]) -> (Vec<Update>, Vec<String>) {
        let mut resolved = Vec::with_capacity(updates.len());
        for (index, front) in updates.iter().enumerate() {
            let kind = self.word(
                &format!("updates/{index}/type"),
                front.r#type.as_deref(),
                UpdateKind::from_name,
                UpdateKind::NAMES,
            );
            let date = self.date(&format!("updates/{index}/date"), front.date.as_deref());
            if front.date.is_none() {
                self.error(
                    format!("updates/{index}"),
                    "an update has no `date`",
                    Some("write it as `- {date: 2025-09-10, type: correction, note: …}`".to_owned()),
                );
            }
            if let Some(date) = date {
                resolved.push((
                    Update { date, kind: kind.unwrap_or(UpdateKind::Update) },
                    front.note.clone().unwrap_or_default(),
                ));
            }
        }
        resolved.sort_by_key(|(update, _)| update.date.at);
        resolved.into_iter().unzip()
    }

    fn image(&mut self, front: Option<&ImageFront>) -> Option<Image> {
        let front = front?;
        for (key, given) in [("src", &front.src), ("alt", &front.alt), ("credit", &front.credit)] {
            if given.as_deref().unwrap_or_default().trim().is_empty() {
                let cure = match key {
                    "src" => "name a file beside the report",
                    "alt" => "say what the picture shows, for who does not see it",
                    _ => "say who made it",
                };
                self.error("image", format!("the image has no `{key}`"), Some(cure.to_owned()));
            }
        }
        let (src, alt, credit) = (front.src.clone()?, front.alt.clone()?, front.credit.clone()?);
        Some(Image { src, alt, credit, caption: front.caption.clone() })
    }
}

fn source_of(source: &TextOr<SourceFront>) -> Source {
    match source {
        TextOr::Text(title) => Source { title: title.clone(), ..Source::default() },
        TextOr::Map(front) => Source {
            title: front.title.clone().unwrap_or_default(),
            publisher: front.publisher.clone(),
            date: front.date.clone(),
            url: front.url.clone(),
        },
    }
}

/// The slug that a file's name gives: of its folder if it is an `index.md`.
pub fn slug_of_file(file: &str) -> String {
    let mut parts = file.rsplit('/');
    let name = parts.next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = if stem == "index" { parts.next().unwrap_or(stem) } else { stem };
    slug(stem, "report")
}
