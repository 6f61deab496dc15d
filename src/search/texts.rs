//! What of a report is indexed for whom: the fields and texts that a page of the same edition would show.

use super::Site;
use crate::archive::{Edition, GatedReport, Report, ReportId, Status};
use crate::diagnostic::Diagnostic;
use crate::markdown::{Piece, PieceKind, pieces};

/// A field of a report. What it weighs, and how its length counts, is part of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Kicker and headline.
    Title,
    /// The report's id, as one word.
    Id,
    /// The summary.
    Summary,
    /// Headings of the body.
    Heading,
    /// Key judgments.
    Judgment,
    /// Names of countries, authors, topics, kind and series.
    Name,
    /// The body.
    Body,
    /// Outlook, events, sources, method, disclosures.
    Other,
}

impl Field {
    /// All of them, in order.
    pub const ALL: [Field; 8] = [
        Field::Title,
        Field::Id,
        Field::Summary,
        Field::Heading,
        Field::Judgment,
        Field::Name,
        Field::Body,
        Field::Other,
    ];

    /// Weight of a word in the field, the length that is usual for it, and how much the length counts (the `b` of BM25F).
    ///
    /// The lengths are fixed and not averages of the archive, so that a new report leaves the weights of all others as
    /// they are.
    pub fn measure(self) -> (f64, f64, f64) {
        match self {
            Field::Title => (12.0, 9.0, 0.3),
            Field::Id => (20.0, 1.0, 0.0),
            Field::Summary => (4.0, 25.0, 0.3),
            Field::Heading => (3.0, 20.0, 0.3),
            Field::Judgment => (3.0, 40.0, 0.3),
            Field::Name => (2.0, 12.0, 0.3),
            Field::Body => (1.0, 600.0, 0.6),
            Field::Other => (0.7, 80.0, 0.3),
        }
    }
}

/// The texts of a report, in the order in which their words are numbered.
pub type Texts = Vec<(Field, String)>;

/// The texts of a report that everybody may read, and those that only subscribers may; the second is empty unless the
/// edition holds them.
pub fn of_report(site: &Site<'_>, id: ReportId) -> Result<(Texts, Texts), Diagnostic> {
    let report = &site.archive[id];
    // What everybody reads is the same in the full edition as in the public one. Another edition opens a gate for a test.
    let open = if site.edition == Edition::FULL { Edition::PUBLIC } else { site.edition };
    let (mut public, mut gated) = (public_fields(site, report), Texts::new());
    if report.public.status == Status::Withdrawn {
        return Ok((public, gated));
    }
    let markdown = report.body.read(&site.sources.root, &report.file)?;
    let whole = report.is_readable(open);
    let (teaser, rest) = match report.body.teaser {
        _ if whole => (&markdown[..], ""),
        Some((end, rest)) => (&markdown[..end as usize], &markdown[rest as usize..]),
        None => ("", &markdown[..]),
    };
    if let Some(full) = report.full(open) {
        gated_fields(full, &mut public);
    }
    body(site, teaser, &mut public);
    if report.is_gated() && (site.edition == Edition::FULL || !site.sealed.is_empty()) {
        report.full(Edition::FULL).into_iter().for_each(|full| gated_fields(full, &mut gated));
        body(site, rest, &mut gated);
    }
    Ok((public, gated))
}

fn public_fields(site: &Site<'_>, report: &Report) -> Texts {
    let public = &report.public;
    let archive = site.archive;
    let mut texts = Texts::new();
    let title = public.kicker.iter().chain([&public.title]).cloned().collect::<Vec<_>>().join(": ");
    texts.push((Field::Title, title));
    if let Some(id) = &public.id {
        texts.push((Field::Id, super::joined(id)));
    }
    if public.status != Status::Withdrawn {
        texts.push((Field::Summary, public.summary.clone()));
    }
    let authors = public.authors.iter().chain(&public.contributors).map(|id| archive[*id].name.as_str());
    let countries = public.countries.iter().map(|id| archive[*id].name.as_str());
    let topics = public.topics.iter().map(|id| archive[*id].name.as_str());
    let kind = public.kind.iter().map(|id| archive[*id].name.as_str());
    let series = public.series.iter().map(|(id, _)| archive[*id].name.as_str());
    let named = authors.chain(countries).chain(topics).chain(kind).chain(series);
    texts.extend(named.map(|name| (Field::Name, name.to_owned())));
    texts.extend(public.public_disclosures.iter().map(|text| (Field::Other, text.clone())));
    texts
}

fn gated_fields(full: &GatedReport, texts: &mut Texts) {
    texts.extend(full.judgments.iter().map(|judgment| (Field::Judgment, judgment.text.clone())));
    let other = full.outlook.iter().cloned();
    let other = other.chain(full.watch.iter().map(|watch| watch.event.clone()));
    let other = other.chain(full.sources.iter().map(|source| source.title.clone()));
    let other = other.chain(full.method.iter().cloned()).chain(full.disclosures.iter().cloned());
    let other = other.chain(full.update_notes.iter().filter(|note| !note.is_empty()).cloned());
    texts.extend(other.map(|text| (Field::Other, text)));
}

fn body(site: &Site<'_>, markdown: &str, texts: &mut Texts) {
    let field = |piece: Piece| match piece.kind {
        PieceKind::Heading => Some((Field::Heading, piece.text)),
        PieceKind::LinkTarget | PieceKind::ImageTarget | PieceKind::RawHtml => None,
        _ => Some((Field::Body, piece.text)),
    };
    texts.extend(pieces(markdown, &site.sources.config.markdown).into_iter().filter_map(field));
}
