//! A site that is planned, and of which nothing is made yet: what a build and a preview have in common.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Request;
use super::machine::Machine;
use super::seal::Sealing;
use crate::archive::{Archive, Edition, ReportId};
use crate::check::links::{self, Fragment, Style};
use crate::diagnostic::{Diagnostic, Findings, Place};
use crate::output::Output;
use crate::plan::{self, Page, PageKind, Plan};
use crate::render::theme::chain;
use crate::render::{Renderer, Theme};
use crate::search;
use crate::source::Sources;
use crate::url::encode_path;

/// A site in one edition.
pub struct Site {
    /// What was read.
    pub sources: Arc<Sources>,
    /// The reports and records.
    pub archive: Arc<Archive>,
    /// The pages.
    pub plan: Arc<Plan>,
    /// Makes pages.
    pub renderer: Renderer,
    /// Which gates are open.
    pub edition: Edition,
    /// Seals what the gates keep in, for the sealed edition.
    pub sealing: Option<Sealing>,
}

/// A page as it is published.
#[derive(Debug, Default)]
pub struct Finished {
    /// The page. Empty if its template has a fault.
    pub html: String,
    /// The page without the rows and the public text in it, which have been looked at already or need not be; none if
    /// it has neither.
    pub beside_rows: Option<String>,
    /// Pictures and attachments that it brings along.
    pub files: Vec<Output>,
    /// Ids of headings that links from elsewhere may name.
    pub anchors: Vec<String>,
    /// Links from this page to ids of others: address, id and the file that says so.
    pub fragments: Vec<(String, String, Place)>,
    /// Words of its text.
    pub words: usize,
    /// What is wrong in its text.
    pub problems: Vec<Diagnostic>,
    /// What is wrong in its template, and the page's address.
    pub fault: Option<(Diagnostic, String)>,
}

impl Site {
    /// Plans the site of an archive. What is wrong with addresses, templates and words is told; none if there is no theme
    /// that pages could be made with.
    pub fn plan(
        request: &Request,
        sources: &Arc<Sources>,
        archive: &Arc<Archive>,
        theme: Option<Arc<Theme>>,
        findings: &mut Findings,
    ) -> Option<Site> {
        let plan = Arc::new(plan::plan(archive, &sources.config, request.edition, findings));
        if let Some(text) = sources.lock.as_ref().filter(|_| request.keep_addresses) {
            plan::Lock::parse(text, findings).check(&plan, archive, findings);
        }
        let theme = theme?;
        findings.extend(theme.layers.unused(&named_templates(archive)));
        theme.layers.themes.iter().for_each(|found| findings.extend(chain::strays(&sources.root, found)));
        let master = request.sealed.as_ref();
        let sealing = master.map(|master| Sealing::new(request, master, sources, archive, &plan, &theme, findings));
        Some(Site {
            renderer: Renderer::new(sources, archive, &plan, request.edition, &theme, sealing.is_some(), findings),
            sealing,
            sources: Arc::clone(sources),
            archive: Arc::clone(archive),
            plan,
            edition: request.edition,
        })
    }

    /// The same site with an archive of the same shape: nothing is planned anew.
    #[must_use]
    pub fn renewed(&self, sources: &Arc<Sources>, archive: &Arc<Archive>) -> Site {
        Site {
            renderer: self.renderer.renewed(sources, archive),
            sources: Arc::clone(sources),
            archive: Arc::clone(archive),
            plan: Arc::clone(&self.plan),
            edition: self.edition,
            // The preview has none.
            sealing: None,
        }
    }

    /// Makes a page whole: addresses relative, rows in their places. `row` gives the row of a report, `seen` is told each
    /// address of the site that the page itself links to.
    pub fn finished<'f>(
        &self,
        page: &Page,
        row: &dyn Fn(usize) -> Option<&'f Fragment>,
        seen: &mut dyn FnMut(&str),
    ) -> Finished {
        let rendered = self.renderer.page(page);
        let style = match page.kind {
            PageKind::NotFound => Style::Below(&self.renderer.base_path),
            _ => Style::RelativeTo(&page.address),
        };
        let html = links::rewrite(&rendered.html, style, seen);
        let text = links::rewrite(&rendered.text, style, seen);
        let (html, beside_rows) = links::fill(html, style, row, &text);
        let mut files: Vec<Output> = Vec::new();
        for file in rendered.files {
            // A picture may stand at the head of a report and in its text.
            if !files.iter().any(|other| other.path == file.path && other.bytes == file.bytes) {
                files.push(file);
            }
        }
        Finished {
            html,
            beside_rows,
            files,
            anchors: rendered.anchors,
            fragments: rendered.fragments,
            words: rendered.words,
            problems: rendered.problems,
            fault: rendered.fault,
        }
    }

    /// The index of the search, with what is wrong in bodies. `row` gives a report's row, seen from the page of the search.
    pub fn search_index(&self, row: &(dyn Fn(ReportId) -> String + Sync)) -> (Vec<Output>, Vec<Diagnostic>) {
        let sealed = self.sealing.as_ref().map(Sealing::search_parts).unwrap_or_default();
        search::Site::new(&self.sources, &self.archive, self.edition, row, &sealed).outputs()
    }

    /// The addresses of all pages and outputs but those that pages bring along: for finding out which links lead somewhere.
    pub fn known_addresses(&self) -> FxHashSet<String> {
        let mut known: FxHashSet<String> = self.plan.pages.iter().map(|page| encode_path(&page.address)).collect();
        known.extend(Machine::all(self).into_iter().flat_map(|machine| machine.addresses(self)));
        known.extend(self.renderer.assets().map(|output| format!("/{}", output.path)));
        known.extend(self.sources.statics.iter().map(|path| encode_path(&format!("/{path}"))));
        known
    }
}

/// The templates that plain pages ask for by name.
fn named_templates(archive: &Archive) -> Vec<&str> {
    archive.pages.iter().filter_map(|page| page.template.as_deref()).collect()
}
