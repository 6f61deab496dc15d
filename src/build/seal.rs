//! Sealing: what the full edition shows beyond the public one, as ciphertext in the public page.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine};
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::Request;
use crate::access::{self, Gift, Keys, Lock, Owner, Subscriber};
use crate::archive::{Archive, Edition, Plan, ReportId, Status};
use crate::check::leak::{SecretKind, Secrets};
use crate::check::links::{self, Style};
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::output::{Output, SEALED};
use crate::plan::{self, Page, PageKind, Scope};
use crate::render::{Renderer, Theme};
use crate::sealed::{FORMAT, MasterKey, ObjectKey, Refused, Shards};
use crate::search::SealedPart;
use crate::source::Sources;
use crate::url::encode_path;

/// The folder of keyrings in the output.
pub const FOLDER: &str = "keys/";
/// What a reader has to know to find a keyring.
pub const INDEX: &str = "keys/index.json";
/// The attribute of the element that holds what subscribers read in another form.
const MARK: &str = "data-sealed";

/// Everything that sealing needs.
pub struct Sealing {
    master: Arc<MasterKey>,
    keys: Keys,
    subscribers: Vec<Subscriber>,
    gifts: Vec<Gift>,
    archive: Arc<Archive>,
    full: Renderer,
}

/// What a page carries for its subscribers.
#[derive(Debug)]
pub struct SealedText {
    /// The element that holds it.
    pub script: String,
    /// What that says beside the ciphertext.
    pub told: String,
    /// Pictures and attachments, sealed.
    pub files: Vec<Output>,
}

impl Sealing {
    /// Prepares what is sealed. What is wrong with plans, subscribers and gifts is told.
    pub fn new(
        request: &Request,
        master: &Arc<MasterKey>,
        sources: &Arc<Sources>,
        archive: &Arc<Archive>,
        plan: &plan::Plan,
        theme: &Arc<Theme>,
        findings: &mut Findings,
    ) -> Sealing {
        let config = &sources.config;
        if archive.plans.is_empty() && archive.gates_anything() {
            let fact = "the site has no plans, so nobody could open what is sealed";
            let hint = "say what subscribers can buy, as in `plans: {all: {covers: all}}`";
            findings.push(Diagnostic::error(Place::file(crate::config::FILE), fact).hint(hint));
        }
        let gated = |id: &ReportId| archive[*id].is_gated() && !archive.plans.is_empty();
        for id in archive.report_ids().filter(gated).filter(|id| archive.plans_of(*id).next().is_none()) {
            let fact = "no plan covers this report, so that no subscriber can open it";
            let hint = "let a plan cover one of its countries, regions, topics, its kind or its series";
            findings.push(Diagnostic::warning(Place::file(&*archive[id].file), fact).hint(hint));
        }
        // What is wrong with templates and words is told of the public pages already.
        let full = Renderer::new(sources, archive, plan, Edition::FULL, theme, true, &mut Findings::default());
        Sealing {
            keys: Keys::new(master, &config.sealed, archive),
            subscribers: access::read_subscribers(&request.root, config, archive, findings),
            gifts: access::read_gifts(&request.root, config, archive, findings),
            master: Arc::clone(master),
            archive: Arc::clone(archive),
            full,
        }
    }

    /// Adds what may be in no output: the master key, codes, subscribers' ids. An id that is a word like any other would be found
    /// where it means something else: one with a digit in it, or of eight bytes and more, is looked for.
    pub fn add_secrets(&self, secrets: &Secrets) {
        let add = |text: &str| secrets.add(u32::MAX, SecretKind::Exact, text);
        add(&self.master.to_text());
        for subscriber in &self.subscribers {
            if subscriber.id.len() >= 8 || subscriber.id.bytes().any(|b| b.is_ascii_digit()) {
                add(&subscriber.id);
            }
            subscriber.seats.iter().for_each(|seat| add(&self.keys.code(seat).text()));
        }
        self.gifts.iter().for_each(|gift| add(&self.keys.gift(&self.archive, gift).text()));
    }

    /// What a page seals: whose text it is, if it has any that is not for everybody.
    fn owner(&self, page: &Page) -> Option<Owner> {
        match page.kind {
            PageKind::Report(id) => {
                let report = &self.archive[id];
                let stands = report.public.status != Status::Withdrawn;
                (report.is_gated() && stands).then_some(Owner::Report(id))
            }
            PageKind::List(Scope::Country(id), 1) => {
                let mut gated = false;
                self.archive[id].secrets(&mut |_| gated = true);
                gated.then_some(Owner::Country(id))
            }
            PageKind::List(Scope::Series(id), 1) => {
                let series = &self.archive[id];
                (series.gated && series.text.is_some()).then_some(Owner::Series(id))
            }
            _ => None,
        }
    }

    /// Seals what a page shows to subscribers beyond what everybody reads on it. `public` are the files that it brings along for
    /// everybody; `seen` is told each address of the site that the sealed text links to.
    ///
    /// # Errors
    /// The template has no place for it, or it is too large.
    pub fn page(
        &self,
        page: &Page,
        public: &[Output],
        seen: &mut dyn FnMut(&str),
    ) -> Result<Option<SealedText>, Diagnostic> {
        let Some(owner) = self.owner(page) else { return Ok(None) };
        let rendered = self.full.page(page);
        if rendered.html.is_empty() {
            // Its template has a fault, which is told of the public page.
            return Ok(None);
        }
        let Some(element) = marked_element(&rendered.html) else { return Err(no_place(&self.full.made_with(page).0)) };
        let lock = self.keys.lock(&self.archive, owner, &self.gifts);
        let beyond = rendered.files.into_iter().filter(|file| public.iter().all(|other| other.path != file.path));
        let sealed = seal_files(page, &lock, beyond).and_then(|files| {
            let html = files.rewrite(page, element, seen);
            let text = json!({ "html": html, "files": files.names }).to_string();
            let body = lock.content.body().seal(&[], text.as_bytes())?;
            Ok(sealed_text(&lock, &body, files.outputs))
        });
        sealed.map(Some).map_err(|_| {
            Diagnostic::general(format!("{}: what is sealed on this page is too large", page.address))
                .hint("a text or a file has at most 64 MiB: make it smaller, or divide it")
        })
    }

    /// The parts of the search index that are sealed: of each plan a year, and a month where somebody's access begins within a year,
    /// so that whoever may read some of it finds that in it. A part is for those who may read all of its days.
    pub fn search_parts(&self) -> Vec<SealedPart> {
        let gated: Vec<(ReportId, Date)> = self
            .archive
            .report_ids()
            .filter(|id| self.archive[*id].is_gated())
            .map(|id| (id, self.archive[id].public.released.day))
            .collect();
        let split = self.keys.years_begun(&self.subscribers);
        let mut parts = Vec::new();
        for plan in &self.archive.plans {
            let covered: Vec<(ReportId, Date)> =
                gated.iter().copied().filter(|(id, _)| self.archive.covers(plan, *id)).collect();
            let mut spans: BTreeMap<(Date, Date), Vec<ReportId>> = BTreeMap::new();
            for (id, day) in &covered {
                spans.entry((day.first_of_year(), day.last_of_year())).or_default().push(*id);
                if split.contains(&day.year()) {
                    spans.entry((day.first_of_month(), day.last_of_month())).or_default().push(*id);
                }
            }
            parts.extend(spans.into_iter().filter_map(|(span, ids)| self.search_part(plan, span, &ids)));
        }
        parts
    }

    /// A span that is not over ends with its newest report: nobody holds the keys of days to come for long.
    fn search_part(&self, plan: &Plan, (first, last): (Date, Date), ids: &[ReportId]) -> Option<SealedPart> {
        let newest = ids.iter().map(|id| self.archive[*id].public.released.day).max()?;
        let last = if last < self.archive.as_of.day { last } else { newest };
        let mut holds = vec![false; self.archive.reports.len()];
        ids.iter().for_each(|id| holds[id.index()] = true);
        let days = (access::day(first), access::day(last));
        let key = self.keys.span(&plan.key, days)?;
        let key = ObjectKey::search(&self.keys.site, &key, &format!("{} {} {}", plan.key, days.0, days.1));
        Some(SealedPart { plan: plan.key.clone(), whole: plan.all, days, holds, key })
    }

    /// The keyrings of all subscribers, and what a reader has to know to find one.
    ///
    /// # Errors
    /// A keyring is too large: a subscriber has more plans than a keyring holds.
    pub fn keyrings(&self) -> Result<Vec<Output>, Diagnostic> {
        let Shards { bits, files } = self.keys.shards(&self.subscribers).map_err(|_| {
            Diagnostic::error(Place::file(access::FILE), "a subscriber has more plans than a keyring holds")
                .hint("at most 255; one plan may cover several countries")
        })?;
        let index = json!({
            "format": FORMAT,
            "site": self.keys.site,
            "bits": bits,
            "generation": self.keys.generation,
            "horizon": self.keys.horizon,
        });
        let shard = |(name, bytes)| Output { path: format!("{FOLDER}{name}.bps"), bytes, producer: SEALED };
        let mut outputs: Vec<Output> = files.into_iter().map(shard).collect();
        outputs.push(Output::text(INDEX, format!("{index}\n"), "keyrings"));
        Ok(outputs)
    }
}

/// The files that come with a sealed text.
#[derive(Default)]
struct SealedFiles {
    outputs: Vec<Output>,
    /// What the text calls them: name and media type.
    names: Map<String, Value>,
}

/// Seals the files that a page brings along for subscribers alone. They lie beside the page, under names that tell nothing.
fn seal_files(page: &Page, lock: &Lock, files: impl Iterator<Item = Output>) -> Result<SealedFiles, Refused> {
    let folder = page.address.trim_start_matches('/');
    let mut sealed = SealedFiles::default();
    for file in files {
        let relative = encode_path(file.path.strip_prefix(folder).unwrap_or(&file.path));
        // A picture may stand at the head of a report and in its text.
        if sealed.names.contains_key(&relative) {
            continue;
        }
        let bytes = lock.content.file(&relative).seal(&[], &file.bytes)?;
        let name = format!("{}.bps", short_hash(&bytes));
        let mime = mime_guess::from_path(&file.path).first_or_octet_stream();
        sealed.names.insert(relative, json!([name, mime.essence_str()]));
        sealed.outputs.push(Output { path: format!("{folder}{name}"), bytes, producer: SEALED });
    }
    Ok(sealed)
}

impl SealedFiles {
    /// The text with its addresses as the page has them. `seen` is told of all but those of these files.
    fn rewrite(&self, page: &Page, element: &str, seen: &mut dyn FnMut(&str)) -> String {
        let folder = encode_path(&page.address);
        links::rewrite(element, Style::RelativeTo(&page.address), &mut |link| {
            let path = &link[..link.find(['#', '?']).unwrap_or(link.len())];
            let own = path.strip_prefix(folder.as_str()).is_some_and(|name| self.names.contains_key(name));
            if !own {
                seen(link);
            }
        })
    }
}

/// What a page says of its sealed text, and the text itself as ciphertext.
fn sealed_text(lock: &Lock, body: &[u8], files: Vec<Output>) -> SealedText {
    let opening = lock.content.opening();
    let mut told = json!({
        "report": opening.report,
        "seal": opening.seal,
        "generation": opening.generation,
        "wraps": lock.wraps,
        "gifts": lock.gifts,
    });
    let in_the_open = told.to_string();
    told["body"] = BASE64_STANDARD.encode(body).into();
    // Names of reports may hold what would end the element.
    let json = told.to_string().replace('<', "\\u003c");
    let script = format!("<script type=\"application/json\" id=\"_text\">{json}</script>\n");
    SealedText { script, told: in_the_open, files }
}

/// Puts what is sealed into a finished page: at the end of its main part.
pub fn put_in(html: &mut String, script: &str) {
    let end = html.rfind("</main>").or_else(|| html.rfind("</body>")).unwrap_or(html.len());
    html.insert_str(end, script);
}

fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn no_place(template: &str) -> Diagnostic {
    Diagnostic::error(
        Place::file(format!("templates/{template}")),
        format!("this template has no place for sealed text: no element has `{MARK}`"),
    )
    .hint(format!(
        "give the element that holds what subscribers read the attribute `{MARK}`, as the built-in {template} has it"
    ))
}

/// The first element of a page that has the attribute, from its first tag to its last.
fn marked_element(html: &str) -> Option<&str> {
    let mark = html.match_indices(MARK).find_map(|(at, _)| {
        let open = html[..at].rfind('<')?;
        // Not an attribute that only begins alike.
        html[at + MARK.len()..].starts_with([' ', '>', '=']).then_some(())?;
        let in_tag = !html[open..at].contains('>');
        in_tag.then_some(open)
    })?;
    let name: &str = {
        let rest = &html[mark + 1..];
        &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())]
    };
    let mut depth = 0_usize;
    let mut at = mark;
    while let Some(open) = html[at..].find('<').map(|open| at + open) {
        let rest = &html[open + 1..];
        at = open + 1;
        if rest.starts_with("!--") {
            at = html[open..].find("-->").map_or(html.len(), |end| open + end);
            continue;
        }
        let (closes, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let same = rest.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\t', '/']));
        match (same, closes) {
            (true, false) => depth += 1,
            (true, true) => {
                depth -= 1;
                if depth == 0 {
                    let end = html[open..].find('>')?;
                    return Some(&html[mark..=open + end]);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marked_element_is_taken_whole() {
        let html = "<main><p>data-sealed</p><article class=\"a\" data-sealed><article>x</article><!-- </article> --></article><p>y</p></main>";
        assert_eq!(
            marked_element(html),
            Some("<article class=\"a\" data-sealed><article>x</article><!-- </article> --></article>")
        );
        assert_eq!(marked_element("<p>data-sealed</p>"), None);
        assert_eq!(marked_element("<p data-sealed-words>a</p>"), None);
        assert_eq!(marked_element("<div data-sealed><div></div>"), None);
    }

    #[test]
    fn what_is_sealed_stands_at_the_end_of_the_main_part() {
        let mut html = "<main>a</main><footer></footer>".to_owned();
        put_in(&mut html, "<b></b>");
        assert_eq!(html, "<main>a<b></b></main><footer></footer>");
    }
}
