//! The page of a report, and its row in lists.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tera::{Context, Value};

use super::body::{HeadPicture, Part};
use super::context::{
    AuthorView, CiteView, ContentsEntry, FullView, GateView, ImageView, JudgmentView, OutcomeView, ReportLink,
    ReportPage, ReportView, RowView, SealedRow, Shared, SourceView, UpdateView, WatchView,
};
use super::listing::rows_of;
use super::voice::Voice;
use super::{Composed, Rendered, Renderer, head};
use crate::archive::judgment::Judgment;
use crate::archive::report::{Image, Watch};
use crate::archive::{AuthorId, CountryId, Gate, GatedReport, RegionId, Report, ReportId, Status, related};
use crate::check::links;
use crate::cite::Work;
use crate::config::Access;
use crate::locale::{direction, language_name};
use crate::plan::{Page, Scope};
use crate::text::{reading_minutes, rounded_words};
use crate::url::encode_path;

/// A contents list is shown from this many headings on.
const CONTENTS_FROM: usize = 3;

/// The text of a report as an edition shows it.
struct Text {
    html: Value,
    words: usize,
    minutes: usize,
    contents: Vec<ContentsEntry>,
    gate: Option<GateView>,
}

impl Renderer {
    /// The row of a report, made once for all lists.
    pub(super) fn row_with_template(&self, id: ReportId) -> Result<String, tera::Error> {
        let mut context = Context::new();
        context.insert("report", &self.row_view(id));
        self.house().tera.render("row.html", &context).map(|html| html.trim().to_owned())
    }

    /// What a row tells of a report.
    pub(super) fn row_view(&self, id: ReportId) -> RowView {
        let public = &self.archive[id].public;
        let lang = public.lang.as_deref().unwrap_or(&self.config.language);
        let voice = self.house();
        RowView {
            title: public.title.clone(),
            kicker: public.kicker.clone(),
            summary: if public.status == Status::Withdrawn { String::new() } else { public.summary.clone() },
            url: encode_path(&public.address),
            date: voice.date(public.date.day),
            countries: public.countries.iter().map(|id| voice.names.of(Scope::Country(*id))).collect(),
            authors: public.authors.iter().map(|id| voice.names.of(Scope::Author(*id))).collect(),
            kind: self.named(public.kind.map(Scope::Kind)),
            badges: voice.badges(&self.archive, id),
            translations: public.translations.iter().map(|id| self.link(*id, voice)).collect(),
            dir: direction(lang),
            lang: public.lang.clone(),
            sealed: self.sealed_row(id),
        }
    }

    fn sealed_row(&self, id: ReportId) -> Option<SealedRow> {
        let report = &self.archive[id];
        (self.sealed && report.is_gated()).then(|| SealedRow {
            day: crate::access::day(report.public.released.day),
            plans: self.archive.plans_of(id).map(|plan| plan.key.clone()).collect(),
        })
    }

    /// The page of a report.
    pub(super) fn report(&self, page: &Page, id: ReportId) -> Composed {
        let report = &self.archive[id];
        let withdrawn = report.public.status == Status::Withdrawn;
        let voice = self.voice(report.public.lang.as_deref().unwrap_or(&self.config.language));
        let mut rendered = Rendered::default();
        let text = self.report_text(report, voice, &page.address, &mut rendered);
        let full = report.full(self.edition).filter(|_| !withdrawn);
        let (previous, next) = self.neighbours(id, voice);
        let view = ReportPage {
            report: self.report_view(id, full, voice, &mut rendered),
            body: if withdrawn { Value::from("") } else { text.html },
            gate: text.gate.filter(|_| !withdrawn),
            full: full.map(|full| full_view(full, voice)),
            contents: if withdrawn { Vec::new() } else { text.contents },
            word_count: text.words,
            minutes: text.minutes,
            cite: self.citations(report, voice, &page.address),
            share: self.share(report),
            about: report.public.authors.iter().filter_map(|id| self.about(*id)).collect(),
            previous,
            next,
            related: rows_of(&related(&self.archive, id)),
        };
        let head = self.report_head(page, id);
        self.composed("report.html", &view, head, rendered)
    }

    /// Reads and renders the text. The whole is always rendered, so that what is wrong behind the gate is told too; of
    /// a gated report's whole only its measures leave this function.
    fn report_text(&self, report: &Report, voice: &Voice, address: &str, rendered: &mut Rendered) -> Text {
        let nothing = Text { html: Value::from(""), words: 0, minutes: 1, contents: Vec::new(), gate: None };
        let markdown = match report.body.read(&self.sources.root, &report.file) {
            Ok(markdown) => markdown,
            Err(problem) => {
                rendered.problems.push(problem);
                return nothing;
            }
        };
        let writer = self.writer(voice);
        let whole = writer.write(&report.file, report.body, &markdown, Part::Whole, address);
        let words = whole.rendered.words;
        let minutes = reading_minutes(words);
        if report.is_readable(self.edition) {
            let html = if report.is_gated() || report.public.status == Status::Withdrawn {
                Value::safe_string(&whole.rendered.html)
            } else {
                rendered.text.clone_from(&whole.rendered.html);
                Value::safe_string(links::TEXT)
            };
            let text = Text { html, words, minutes, contents: contents(&whole.rendered.headings), gate: None };
            if report.public.status == Status::Withdrawn {
                rendered.problems.extend(whole.problems);
            } else {
                rendered.take(whole);
            }
            return text;
        }
        let mut teaser = writer.write(&report.file, report.body, &markdown, Part::Teaser, address);
        let behind_the_gate = writer.behind_the_gate(&report.file, report.body, &markdown);
        // A note behind the gate is not missing as well.
        teaser.problems.retain(|problem| behind_the_gate.iter().all(|told| told.place != problem.place));
        rendered.problems.extend(whole.problems);
        rendered.problems.extend(behind_the_gate);
        let kind_shows = report.public.kind.is_some_and(|kind| self.archive[kind].show_headings);
        let shows_headings = kind_shows || self.edition.opens(Gate::Headings);
        let behind = whole.rendered.headings.iter().skip(teaser.rendered.headings.len());
        let gate = GateView {
            words: rounded_words(words.saturating_sub(teaser.rendered.words)),
            figures: whole.rendered.figures.saturating_sub(teaser.rendered.figures),
            headings: behind.filter(|_| shows_headings).map(|heading| heading.text.clone()).collect(),
        };
        let text = Text {
            html: Value::safe_string(&teaser.rendered.html),
            words: teaser.rendered.words,
            minutes,
            contents: Vec::new(),
            gate: Some(gate),
        };
        rendered.take(teaser);
        text
    }

    fn report_view(
        &self,
        id: ReportId,
        full: Option<&GatedReport>,
        voice: &Voice,
        rendered: &mut Rendered,
    ) -> ReportView {
        let report = &self.archive[id];
        let public = &report.public;
        let withdrawn = public.status == Status::Withdrawn;
        let image =
            public.public_image.as_ref().or_else(|| full.and_then(|full| full.image.as_ref())).filter(|_| !withdrawn);
        let notes = full.or_else(|| report.full(self.edition)).map_or(&[][..], |full| &full.update_notes);
        let updates = public.updates.iter().enumerate().map(|(index, update)| UpdateView {
            date: voice.date(update.date.day),
            kind: voice.term("update", update.kind.name()),
            note: notes.get(index).filter(|note| !note.is_empty()).cloned(),
        });
        let authors = |ids: &[AuthorId]| ids.iter().map(|id| voice.names.of(Scope::Author(*id))).collect();
        ReportView {
            id: public.id.clone(),
            title: public.title.clone(),
            kicker: public.kicker.clone(),
            summary: if withdrawn || public.summary_from_text { String::new() } else { public.summary.clone() },
            url: encode_path(&public.address),
            kind: self.named(public.kind.map(Scope::Kind)),
            series: self.named(public.series.map(|(id, _)| Scope::Series(id))),
            number: public.series.and_then(|(_, number)| number),
            access: match public.access {
                Access::Public => "public",
                Access::Sample => "sample",
                Access::Subscribers => "subscribers",
            },
            badges: voice.badges(&self.archive, id),
            lang: public.lang.clone(),
            translations: public.translations.iter().map(|id| self.link(*id, voice)).collect(),
            authors: authors(&public.authors),
            contributors: authors(&public.contributors),
            editor: self.named(public.editor.map(Scope::Author)),
            countries: public.countries.iter().map(|id| voice.names.of(Scope::Country(*id))).collect(),
            region: public
                .countries
                .first()
                .and_then(|country| self.region_of(*country))
                .map_or_else(Value::none, |id| voice.names.of(Scope::Region(id))),
            topics: public.topics.iter().map(|id| voice.names.of(Scope::Topic(*id))).collect(),
            date: voice.date(public.date.day),
            updated: public.updates.last().map(|update| voice.date(update.date.day)),
            dateline: public.dateline.clone(),
            status: public.status.name(),
            updates: updates.collect(),
            supersedes: public.supersedes.iter().map(|id| self.link(*id, voice)).collect(),
            superseded_by: public.superseded_by.map(|id| self.link(id, voice)),
            image: image.and_then(|image| self.image(report, image, rendered)),
            disclosures: public
                .public_disclosures
                .iter()
                .chain(full.iter().flat_map(|full| &full.disclosures))
                .cloned()
                .collect(),
        }
    }

    fn image(&self, report: &Report, image: &Image, rendered: &mut Rendered) -> Option<ImageView> {
        match self.writer(self.house()).head_picture(&report.file, &image.src, &report.public.address) {
            Ok(HeadPicture { src, size, file }) => {
                rendered.files.push(file);
                Some(ImageView {
                    src,
                    alt: image.alt.clone(),
                    credit: image.credit.clone(),
                    caption: image.caption.clone(),
                    width: size.map(|size| size.0),
                    height: size.map(|size| size.1),
                })
            }
            Err(problem) => {
                rendered.problems.push(problem);
                None
            }
        }
    }

    /// The nearest region of a country: the site's own first, then M49's.
    pub(super) fn region_of(&self, country: CountryId) -> Option<RegionId> {
        let own = |region: &crate::archive::Region| region.own && region.countries.contains(&country);
        let position = self.archive.regions.iter().position(own).or_else(|| {
            let nearest = self.archive[country].geo.region();
            crate::geo::Region::all().position(|region| region == nearest)
        });
        position.map(|index| RegionId(index as u32)).filter(|id| Scope::Region(*id).has_page(&self.archive))
    }

    /// The [`context::Named`](super::context::Named) value of a record, or none.
    pub(super) fn named(&self, scope: Option<Scope>) -> Shared {
        scope.map_or_else(Value::none, |scope| self.house().names.of(scope))
    }

    pub(super) fn link(&self, id: ReportId, voice: &Voice) -> ReportLink {
        let public = &self.archive[id].public;
        let lang = public.lang.clone().unwrap_or_else(|| self.config.language.clone());
        ReportLink {
            title: public.title.clone(),
            kicker: public.kicker.clone(),
            url: encode_path(&public.address),
            date: voice.date(public.date.day),
            language: language_name(&lang),
            dir: direction(&lang),
            lang,
        }
    }

    /// The reports before and after this one in its primary country.
    fn neighbours(&self, id: ReportId, voice: &Voice) -> (Option<ReportLink>, Option<ReportLink>) {
        let Some(country) = self.archive[id].public.countries.first() else { return (None, None) };
        let list = &self.archive.lists.countries[country.index()];
        let lang = self.archive[id].public.lang.as_ref();
        let at = list.binary_search(&self.archive.listed_as(id)).unwrap_or(0);
        let link = |id: &ReportId| self.link(self.archive.translated(*id, lang), voice);
        let older = list.get(at + 1).map(link);
        let newer = at.checked_sub(1).and_then(|at| list.get(at)).map(link);
        (older, newer)
    }

    fn citations(&self, report: &Report, voice: &Voice, address: &str) -> CiteView {
        let public = &report.public;
        let title = head::full_title(report);
        let authors: Vec<&str> = public.authors.iter().map(|id| self.archive[*id].name.as_str()).collect();
        let url = self.config.base.absolute(&encode_path(address));
        let day = public.date.day;
        let between = voice.locale.between(&authors);
        let byline: String = between.iter().zip(&authors).flat_map(|(before, name)| [before.as_str(), *name]).collect();
        let work = Work {
            title: &title,
            authors: &authors,
            publisher: &self.config.publisher,
            publication: &self.config.title,
            byline: &byline,
            day: &voice.locale.long_date(day),
            genre: public.kind.map_or(voice.locale.word("report"), |kind| &self.archive[kind].name),
            id: public.id.as_deref(),
            date: (day.year(), day.month(), day.day()),
            url: &url,
            lang: public.lang.as_deref().unwrap_or(&self.config.language),
        };
        let mut csl = String::new();
        // Writing to a string does not fail.
        _ = pulldown_cmark_escape::escape_html_body_text(&mut csl, &work.csl());
        CiteView { plain: work.plain(), bibtex: work.bibtex(), ris: work.ris(), csl: Value::safe_string(&csl) }
    }

    /// A mail that tells of the report (RFC 6068).
    fn share(&self, report: &Report) -> String {
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let url = self.config.base.absolute(&encode_path(&report.public.address));
        format!("mailto:?subject={}&body={}", encode(&head::full_title(report)), encode(&url))
    }

    /// What is told about an author under their reports; nothing if there is no more than a name.
    fn about(&self, id: AuthorId) -> Option<Shared> {
        let author = &self.archive[id];
        if author.text.is_none() && author.role.is_none() {
            return None;
        }
        Some(
            self.about[id.index()]
                .get_or_init(|| Value::from_serializable(&self.author_view(id, self.house(), &mut Rendered::default())))
                .clone(),
        )
    }

    /// An author with all that the record says.
    pub(super) fn author_view(&self, id: AuthorId, voice: &Voice, rendered: &mut Rendered) -> AuthorView {
        let author = &self.archive[id];
        let address = Scope::Author(id).address(&self.archive);
        AuthorView {
            monogram: author.name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect(),
            name: author.name.clone(),
            url: if Scope::Author(id).has_page(&self.archive) { address.clone() } else { String::new() },
            role: author.role.clone(),
            expertise: author.expertise.clone(),
            languages: author.languages.clone(),
            based: author.based.clone(),
            disclosures: author.disclosures.clone(),
            email: author.email.clone(),
            website: author.url.clone(),
            text: self.text_among_others(voice, author.text.as_ref(), &address, &format!("{}-", author.slug), rendered),
            extra: Value::from_serializable(&author.extra),
        }
    }
}

fn contents(headings: &[crate::markdown::Heading]) -> Vec<ContentsEntry> {
    let listed: Vec<ContentsEntry> = headings
        .iter()
        .filter(|heading| heading.level <= 3 && !heading.id.is_empty())
        .map(|heading| ContentsEntry { id: heading.id.clone(), text: heading.text.clone(), level: heading.level })
        .collect();
    if listed.len() >= CONTENTS_FROM { listed } else { Vec::new() }
}

fn full_view(full: &GatedReport, voice: &Voice) -> FullView {
    FullView {
        data_as_of: full.data_as_of.map(|moment| voice.date(moment.day)),
        review_by: full.review_by.map(|moment| voice.date(moment.day)),
        judgments: full.judgments.iter().map(|judgment| judgment_view(judgment, voice)).collect(),
        outlook: full.outlook.clone(),
        watch: watch_views(&full.watch, voice),
        sources: full
            .sources
            .iter()
            .map(|source| SourceView {
                title: source.title.clone(),
                publisher: source.publisher.clone(),
                date: source.date.clone(),
                url: source.url.clone(),
            })
            .collect(),
        method: full.method.clone(),
        extra: Value::from_serializable(&full.extra),
    }
}

pub(super) fn judgment_view(judgment: &Judgment, voice: &Voice) -> JudgmentView {
    JudgmentView {
        text: judgment.text.clone(),
        likelihood: judgment.likelihood.map(|likelihood| voice.term("likelihood", likelihood.name())),
        range: judgment.likelihood.map(|likelihood| {
            let (low, high) = likelihood.range();
            let number = |n: u8| voice.locale.digits(n.into());
            voice.locale.told("range", &[("low", number(low).as_str()), ("high", number(high).as_str())])
        }),
        confidence: judgment.confidence.map(|confidence| voice.term("confidence", confidence.name())),
        horizon: judgment.horizon.clone(),
        outcome: judgment.outcome.as_ref().map(|outcome| OutcomeView {
            result: voice.term("outcome", outcome.verdict.name()),
            date: outcome.date.map(|moment| voice.date(moment.day)),
            note: outcome.note.clone(),
        }),
    }
}

/// Dated events for templates.
pub(super) fn watch_views(watch: &[Watch], voice: &Voice) -> Vec<WatchView> {
    watch.iter().map(|watch| WatchView { date: voice.date(watch.date.day), event: watch.event.clone() }).collect()
}
