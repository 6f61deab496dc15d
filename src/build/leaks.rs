//! The leak check of a build: gathers what is gated, and tells what was found in the open.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::archive::{Archive, Report, Text};
use crate::check::leak::{self, Form, Hit, SecretKind, Secrets};
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::markdown::{Piece, PieceKind, pieces};
use crate::source::Sources;

/// Bytes of English text to a word, spaces and markup counted; a low figure, so that there is room enough.
const BYTES_PER_WORD: usize = 5;

/// A gated text: which entry of [`owners`] it belongs to, how it is looked for, and its words.
type Secret = (u32, SecretKind, String);

/// Everything gated, as fingerprints.
pub fn gather(sources: &Sources, archive: &Archive, findings: &mut Findings) -> Secrets {
    let bytes: usize =
        archive.reports.iter().filter(|report| report.is_gated()).map(|report| report.body.len as usize).sum();
    let secrets = Secrets::with_capacity(bytes / BYTES_PER_WORD);
    let failed: Vec<Diagnostic> = (0..owners(archive))
        .into_par_iter()
        .filter_map(|owner| {
            let add = |(owner, kind, text): Secret| {
                // As the index of the search tells it.
                crate::search::told(&text).into_iter().for_each(|told| secrets.add(owner, kind, &told));
                secrets.add(owner, kind, &text);
            };
            each_secret(sources, archive, owner, add).err()
        })
        .collect();
    findings.extend(failed);
    secrets
}

/// Reports, then countries, then series.
fn owners(archive: &Archive) -> u32 {
    (archive.reports.len() + archive.countries.len() + archive.series.len()) as u32
}

fn owner_file(archive: &Archive, owner: u32) -> Option<String> {
    let mut index = owner as usize;
    if let Some(report) = archive.reports.get(index) {
        return Some(report.file.to_string());
    }
    index -= archive.reports.len();
    if let Some(country) = archive.countries.get(index) {
        return country.text.as_ref().map(|text| text.file.clone());
    }
    archive
        .series
        .get(index - archive.countries.len())
        .and_then(|series| series.text.as_ref())
        .map(|text| text.file.clone())
}

fn each_secret(
    sources: &Sources,
    archive: &Archive,
    owner: u32,
    mut add: impl FnMut(Secret),
) -> Result<(), Diagnostic> {
    let mut index = owner as usize;
    if let Some(report) = archive.reports.get(index) {
        return report_secrets(sources, archive, report, owner, add);
    }
    index -= archive.reports.len();
    if let Some(country) = archive.countries.get(index) {
        country.secrets(&mut |text| add((owner, SecretKind::Field, text.to_owned())));
        return Ok(());
    }
    let series = &archive.series[index - archive.countries.len()];
    if let (true, Some(text)) = (series.gated, &series.text) {
        let markdown = text.body.read(&sources.root, &text.file)?;
        pieces(&markdown, &sources.config.markdown)
            .into_iter()
            .for_each(|piece| add_piece(owner, piece, true, &mut add));
    }
    Ok(())
}

fn report_secrets(
    sources: &Sources,
    archive: &Archive,
    report: &Report,
    owner: u32,
    mut add: impl FnMut(Secret),
) -> Result<(), Diagnostic> {
    if !report.is_gated() {
        return Ok(());
    }
    report.secrets(&mut |text| add((owner, SecretKind::Field, text.to_owned())));
    let markdown = report.body.read(&sources.root, &report.file)?;
    let rest = report.body.teaser.map_or(&markdown[..], |(_, rest)| &markdown[rest as usize..]);
    let headings = !report.public.kind.is_some_and(|kind| archive[kind].show_headings);
    pieces(rest, &sources.config.markdown).into_iter().for_each(|piece| add_piece(owner, piece, headings, &mut add));
    Ok(())
}

fn add_piece(owner: u32, piece: Piece, headings: bool, add: &mut impl FnMut(Secret)) {
    let kind = match piece.kind {
        PieceKind::Heading if !headings => return,
        // Addresses of this site are public; where else a text points is not.
        PieceKind::LinkTarget if !piece.text.contains("://") => return,
        PieceKind::Prose | PieceKind::Code | PieceKind::RawHtml | PieceKind::Footnote => SecretKind::Body,
        _ => SecretKind::Field,
    };
    add((owner, kind, piece.text));
}

/// A file that cannot be looked into: named, so that the publisher knows.
pub fn opaque(path: &str, producer: &str, fact: String) -> Diagnostic {
    let place = Place::file(if producer == "static file" { format!("static/{path}") } else { path.to_owned() });
    Diagnostic::warning(place, fact).hint("make sure yourself that it holds nothing for subscribers only")
}

/// Tells which gated texts were found in which outputs. What is public elsewhere in the archive is no leak.
pub fn tell(found: Vec<(Hit, &'static str)>, sources: &Sources, archive: &Archive, findings: &mut Findings) {
    if found.is_empty() {
        return;
    }
    let producers: Vec<(std::sync::Arc<str>, &'static str)> =
        found.iter().map(|(hit, producer)| (hit.path.clone(), *producer)).collect();
    let hits = found.into_iter().map(|(hit, _)| hit).collect();
    let public = public_texts(sources, archive);
    let public = public.flat_map(|text| crate::search::told(&text).map(Cow::Owned).into_iter().chain([text]));
    let mut hits = leak::dismiss_public(hits, public);
    let gated = gated_texts(sources, archive).flat_map(|(owner, text)| {
        crate::search::told(&text).map(|told| (owner, Cow::Owned(told))).into_iter().chain([(owner, text)])
    });
    leak::attribute(&mut hits, gated);
    for hit in hits.iter().filter(|hit| hit.owner.is_some() || hit.words == 0) {
        let producer = producers.iter().find(|(path, _)| *path == hit.path).map_or("output", |(_, producer)| producer);
        let owner = hit.owner.and_then(|owner| owner_file(archive, owner)).unwrap_or_else(|| "a secret".to_owned());
        let fact =
            format!("gated text of this file is in the public output {} ({producer}{})", hit.path, form(hit.form));
        findings.push(Diagnostic::error(Place::file(owner), fact).hint(
            "nothing was written; take the text out of the template, the summary or the public report that repeats it",
        ));
    }
}

fn form(form: Form) -> &'static str {
    match form {
        Form::Text => "",
        Form::Attribute => ", in an attribute",
        Form::Hidden => ", in a comment or script",
        Form::Escaped => ", escaped",
        Form::Base64 => ", as base-64",
        Form::Percent => ", percent-encoded",
        Form::Utf16 => ", as UTF-16",
        Form::Gzip => ", compressed",
        Form::FileName => ", in its name",
    }
}

fn gated_texts<'a>(sources: &'a Sources, archive: &'a Archive) -> impl Iterator<Item = (u32, Cow<'a, str>)> {
    (0..owners(archive)).flat_map(move |owner| {
        let mut texts = Vec::new();
        // A file that cannot be read was told when its text was gathered.
        let _ = each_secret(sources, archive, owner, |(owner, _, text)| texts.push((owner, Cow::Owned(text))));
        texts
    })
}

/// Every text that is public by the publisher's own decision: public fields, public bodies and teasers, records, plain
/// pages, the words of the site and of its templates.
fn public_texts<'a>(sources: &'a Sources, archive: &'a Archive) -> impl Iterator<Item = Cow<'a, str>> {
    let reports = archive.reports.iter().flat_map(move |report| {
        let mut texts: Vec<Cow<'a, str>> = Vec::new();
        report.public_texts(&mut |text| texts.push(Cow::Owned(text.to_owned())));
        let markdown = report.body.read(&sources.root, &report.file).unwrap_or_default();
        let public = match report.body.teaser {
            Some((end, _)) if report.is_gated() => &markdown[..end as usize],
            _ => &markdown[..],
        };
        texts.extend(pieces(public, &sources.config.markdown).into_iter().map(|piece| Cow::Owned(piece.text)));
        texts
    });
    let records = record_texts(archive).flat_map(move |text| {
        let markdown = text.body.read(&sources.root, &text.file).unwrap_or_default();
        pieces(&markdown, &sources.config.markdown).into_iter().map(|piece| Cow::Owned(piece.text)).collect::<Vec<_>>()
    });
    let open_facts = archive.countries.iter().flat_map(|country| {
        let mut texts: Vec<Cow<'a, str>> = Vec::new();
        country.public_texts(&mut |text| texts.push(Cow::Owned(text.to_owned())));
        texts
    });
    let names = crate::plan::scopes(archive).map(move |scope| Cow::Borrowed(scope.name(archive)));
    let templates = crate::render::template_texts(&sources.root, &sources.config).into_iter().map(Cow::Owned);
    reports.chain(records).chain(open_facts).chain(names).chain(templates)
}

/// The texts of records and plain pages that everybody may read.
fn record_texts(archive: &Archive) -> impl Iterator<Item = &Text> {
    let series = archive.series.iter().filter(|series| !series.gated).filter_map(|series| series.text.as_ref());
    let countries = archive.countries.iter().filter_map(|country| country.text.as_ref());
    let authors = archive.authors.iter().filter_map(|author| author.text.as_ref());
    let topics = archive.topics.iter().filter_map(|topic| topic.text.as_ref());
    let regions = archive.regions.iter().filter_map(|region| region.text.as_ref());
    series
        .chain(countries)
        .chain(authors)
        .chain(topics)
        .chain(regions)
        .chain(archive.pages.iter().map(|page| &page.text))
}
