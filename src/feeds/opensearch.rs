//! The search as browsers take it into their own box (`OpenSearch` 1.1, draft 6).

use super::xml::Xml;
use crate::config::Config;
use crate::output::Output;
use crate::plan::SEARCH;

/// The description of the site's search. `words` say what it is: `Search reports`.
pub fn opensearch(config: &Config, words: &str) -> Output {
    let mut xml = Xml::new();
    xml.open("OpenSearchDescription", &[("xmlns", "http://a9.com/-/spec/opensearch/1.1/")]);
    // A short name has at most sixteen characters.
    xml.text("ShortName", &config.title.chars().take(16).collect::<String>());
    xml.text("Description", &format!("{words} · {}", config.title));
    xml.text("InputEncoding", "UTF-8");
    xml.text("Language", &config.language);
    let template = format!("{}?q={{searchTerms}}", config.base.absolute(SEARCH));
    xml.empty("Url", &[("type", "text/html"), ("method", "get"), ("template", &template)]);
    xml.close("OpenSearchDescription");
    Output::text("search/opensearch.xml", xml.finish(), "description of the search")
}
