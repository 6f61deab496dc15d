//! What search engines are told: sitemaps (sitemaps.org protocol 0.9) and robots.txt (RFC 9309).

use super::xml::Xml;
use super::{title, updated};
use crate::archive::{Archive, Edition};
use crate::config::Config;
use crate::output::Output;
use crate::plan::{Page, PageKind, Plan};
use crate::url::encode_path;

/// Addresses that one sitemap may hold.
const MOST: usize = if cfg!(test) { 3 } else { 50_000 };
const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// The sitemap of all pages that search engines may show: none in the full edition. If there are more than one file may
/// hold, it is an index of several.
pub fn sitemap(config: &Config, archive: &Archive, plan: &Plan, edition: Edition) -> Vec<Output> {
    let pages: Vec<&Page> =
        plan.pages.iter().filter(|page| edition != Edition::FULL && is_listed(archive, page)).collect();
    if pages.len() <= MOST {
        return vec![Output::text("sitemap.xml", urls(config, archive, &pages), "sitemap")];
    }
    let mut index = Xml::new();
    index.open("sitemapindex", &[NAMESPACE]);
    let mut outputs = Vec::new();
    for (number, part) in pages.chunks(MOST).enumerate() {
        let name = format!("sitemap-{}.xml", number + 1);
        index.open("sitemap", &[]);
        index.text("loc", &config.base.absolute(&format!("/{name}")));
        index.close("sitemap");
        outputs.push(Output::text(name, urls(config, archive, part), "sitemap"));
    }
    index.close("sitemapindex");
    outputs.push(Output::text("sitemap.xml", index.finish(), "sitemap"));
    outputs
}

fn urls(config: &Config, archive: &Archive, pages: &[&Page]) -> String {
    let mut xml = Xml::new();
    xml.open("urlset", &[NAMESPACE]);
    for page in pages {
        xml.open("url", &[]);
        xml.text("loc", &config.base.absolute(&encode_path(&page.address)));
        if let PageKind::Report(id) = page.kind {
            xml.text("lastmod", &updated(&archive[id].public).to_string());
        }
        xml.close("url");
    }
    xml.close("urlset");
    xml.finish()
}

fn is_listed(archive: &Archive, page: &Page) -> bool {
    match &page.kind {
        PageKind::Report(id) => !archive[*id].public.noindex,
        PageKind::Plain(id) => !archive[*id].noindex,
        PageKind::Search | PageKind::NotFound | PageKind::Redirect(_) => false,
        PageKind::Home(number)
        | PageKind::List(_, number)
        | PageKind::Cross(_, _, number)
        | PageKind::Period(_, number) => *number == 1,
        PageKind::Index(_) | PageKind::Log(..) => true,
    }
}

/// The news sitemap: reports of the last two days, at most a thousand (Google's guidelines for news sitemaps).
pub fn news(config: &Config, archive: &Archive, edition: Edition) -> Output {
    let mut xml = Xml::new();
    xml.open("urlset", &[NAMESPACE, ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9")]);
    let listed = archive.news().filter(|id| edition != Edition::FULL && !archive[*id].public.noindex);
    for report in listed.take(1000).map(|id| &archive[id].public) {
        xml.open("url", &[]);
        xml.text("loc", &config.base.absolute(&encode_path(&report.address)));
        xml.open("news:news", &[]);
        xml.open("news:publication", &[]);
        xml.text("news:name", &config.title);
        xml.text("news:language", report.lang.as_ref().unwrap_or(&config.language));
        xml.close("news:publication");
        xml.text("news:publication_date", &report.released.at.to_string());
        xml.text("news:title", &title(report));
        xml.close("news:news");
        xml.close("url");
    }
    xml.close("urlset");
    Output::text("sitemap-news.xml", xml.finish(), "sitemap")
}

/// robots.txt: everybody may read the public edition, nobody is asked into the full one.
pub fn robots(config: &Config, edition: Edition) -> Output {
    let mut text = if edition == Edition::FULL {
        "User-agent: *\nDisallow: /\n".to_owned()
    } else {
        format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", config.base.absolute("/sitemap.xml"))
    };
    if config.news_sitemap && edition != Edition::FULL {
        text += &format!("Sitemap: {}\n", config.base.absolute("/sitemap-news.xml"));
    }
    Output::text("robots.txt", text, "robots.txt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;
    use crate::plan::Period;

    #[test]
    fn a_long_sitemap_is_split_and_has_an_index() {
        let config = crate::config::read("title: T\nurl: https://a.example/x/\n", None, &mut Findings::default());
        let config = config.expect("a configuration");
        let page = |year| Page { address: format!("/archive/{year}/"), kind: PageKind::Period(Period::Year(year), 1) };
        let told = |years: i16| {
            let mut plan = Plan::default();
            plan.pages.extend((0..years).map(page));
            let outputs = sitemap(&config, &Archive::default(), &plan, Edition::PUBLIC);
            let text = |output: &Output| String::from_utf8_lossy(&output.bytes).into_owned();
            outputs.iter().map(|output| (output.path.clone(), text(output))).collect::<Vec<_>>()
        };
        let whole = told(3);
        assert_eq!(whole.len(), 1);
        assert_eq!(whole[0].1.matches("<loc>").count(), 3);
        let split = told(7);
        let paths: Vec<&str> = split.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]);
        assert!(split[3].1.contains("<loc>https://a.example/x/sitemap-2.xml</loc>"), "{}", split[3].1);
        assert_eq!(split[2].1.matches("<loc>").count(), 1);
    }
}
