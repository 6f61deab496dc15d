//! Links that lead nowhere, told where they are written.

use super::site::Site;
use crate::config::{self, RegisterWay};
use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::plan;
use crate::source::locate;

/// One finding for each address that leads nowhere: a link in a template stands on many pages. `from` are pages; none if
/// the link stands in rows of lists.
pub fn link(site: &Site, known: &dyn Fn(&str) -> bool, from: &[String], to: &str) -> Diagnostic {
    let who = match from {
        [] => "each row of a list links".to_owned(),
        [one] => format!("the page {one} links"),
        [one, rest @ ..] => format!("the page {one} and {} more link", rest.len()),
    };
    let fact = format!("{who} to {to}, which is no page or file of this site");
    let with_slash = format!("{to}/");
    let register = RegisterWay::Link(to.to_owned()) == site.sources.config.register.way;
    let hint = if register {
        "readers are asked to register there: add content/pages/register.md, or say `register: {url: …}`, `form` or `email` in briefpress.yaml".to_owned()
    } else if known(&with_slash) {
        format!("did you mean {with_slash}?")
    } else {
        "mend the address; a report is best linked by its id: [words](@MX-2025-031)".to_owned()
    };
    match place(site, from, to) {
        Some(place) => Diagnostic::error(place, fact).hint(hint),
        None => Diagnostic::general(fact).hint(hint),
    }
}

/// A link to a heading of a page that has no such heading; nothing if it has. `ids` are those of the page at `address`,
/// `place` names the file that holds the link.
pub fn fragment(site: &Site, address: &str, id: &str, place: &Place, ids: &[String]) -> Option<Diagnostic> {
    if ids.iter().any(|known| known == id) {
        return None;
    }
    let hint = nearest(id, ids.iter().map(String::as_str)).map(|near| format!("did you mean #{near}?"));
    let hint = hint.unwrap_or_else(|| "link to the page alone, or to one of its headings".to_owned());
    let fact = format!("the page {address} has no heading `#{id}`");
    let place = locate::find(&site.sources.root, &place.file, &format!("#{id}"));
    Some(Diagnostic::error(place, fact).hint(hint))
}

/// Where the link is written: in the page's own text, in the configuration or in one of the site's templates.
fn place(site: &Site, from: &[String], to: &str) -> Option<Place> {
    let root = &site.sources.root;
    let page = from.first().and_then(|from| site.plan.pages.iter().find(|page| page.address == *from));
    let file = page.and_then(|page| plan::owner(&site.archive, &page.kind));
    let in_text = file.map(|file| locate::find(root, file, to));
    let found = |place: &Place| *place != Place::file(&*place.file);
    let in_config = || Some(locate::find(root, config::FILE, to)).filter(found);
    let in_template = || {
        let mut templates = site.renderer.own_templates();
        templates.find_map(|(file, text)| locate::within(&file, text, to))
    };
    let exact = in_text.clone().filter(found).or_else(in_config).or_else(in_template);
    exact.or(in_text.filter(|_| from.len() == 1))
}
