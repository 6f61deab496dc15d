//! Citations of a report: plain, BibTeX, RIS and CSL-JSON.

use std::borrow::Cow;

use serde::Serialize;

/// What is cited.
#[derive(Debug, Clone, Copy)]
pub struct Work<'a> {
    /// The headline with its kicker.
    pub title: &'a str,
    /// Names in the order of the byline.
    pub authors: &'a [&'a str],
    /// The same as a list in the language of the work: "A, B and C".
    pub byline: &'a str,
    /// Who publishes it.
    pub publisher: &'a str,
    /// The publication in which it stands.
    pub publication: &'a str,
    /// Its kind: `Note`, `Report`.
    pub genre: &'a str,
    /// Its id.
    pub id: Option<&'a str>,
    /// The date of the byline: year, month, day.
    pub date: (i16, i8, i8),
    /// The same in words.
    pub day: &'a str,
    /// The whole address.
    pub url: &'a str,
    /// BCP 47 tag.
    pub lang: &'a str,
}

impl Work<'_> {
    fn key(&self) -> String {
        let from_id = self.id.unwrap_or(self.url).rsplit('/').find(|part| !part.is_empty()).unwrap_or("report");
        from_id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
    }

    /// As a reader would write it.
    pub fn plain(&self) -> String {
        let mut out = String::with_capacity(200);
        if !self.authors.is_empty() {
            out += self.byline;
            out += ". ";
        }
        out += &format!("“{}.” {}, {}. ", self.title.trim_end_matches('.'), self.publication, self.day);
        if let Some(id) = self.id {
            out += &format!("{} {id}. ", self.genre);
        }
        out + self.url
    }

    /// A `@techreport`, the entry type that reference managers read as a report (BibTeX 0.99, section 3.1).
    pub fn bibtex(&self) -> String {
        let mut out = format!("@techreport{{{},\n", self.key());
        let mut field = |name: &str, value: &str| {
            for part in ["  ", name, " = {", value, "},\n"] {
                out.push_str(part);
            }
        };
        if !self.authors.is_empty() {
            field("author", &self.authors.iter().map(|name| braced(name)).collect::<Vec<_>>().join(" and "));
        }
        field("title", &format!("{{{}}}", tex(self.title)));
        field("institution", &tex(self.publisher));
        field("type", &tex(self.genre));
        if let Some(id) = self.id {
            field("number", &tex(id));
        }
        field("year", &self.date.0.to_string());
        field("month", &self.date.1.to_string());
        field("day", &self.date.2.to_string());
        field("url", self.url);
        field("language", self.lang);
        out + "}\n"
    }

    /// RIS, type `RPRT` (Research Information Systems, RIS format specification).
    pub fn ris(&self) -> String {
        let (year, month, day) = self.date;
        let mut out = String::from("TY  - RPRT\r\n");
        let mut tag = |tag: &str, value: &str| {
            out.push_str(tag);
            out.push_str("  - ");
            out.push_str(&value.replace(['\r', '\n'], " "));
            out.push_str("\r\n");
        };
        self.authors.iter().for_each(|name| tag("AU", &inverted(name)));
        tag("TI", self.title);
        tag("T2", self.publication);
        tag("PB", self.publisher);
        tag("M3", self.genre);
        if let Some(id) = self.id {
            tag("SN", id);
        }
        tag("PY", &year.to_string());
        tag("DA", &format!("{year:04}/{month:02}/{day:02}"));
        tag("LA", self.lang);
        tag("UR", self.url);
        out + "ER  - \r\n"
    }

    /// CSL-JSON (Citation Style Language 1.0.2, input data schema).
    pub fn csl(&self) -> String {
        let (year, month, day) = self.date;
        let item = CslItem {
            kind: "report",
            id: self.key(),
            title: self.title,
            author: self.authors.iter().map(|literal| CslName { literal }).collect(),
            container_title: self.publication,
            publisher: self.publisher,
            genre: self.genre,
            issued: CslDate { date_parts: [(year, month, day)] },
            language: self.lang,
            url: self.url,
            number: self.id,
        };
        serde_json::to_string(&[item]).unwrap_or_default() + "\n"
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CslItem<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    title: &'a str,
    author: Vec<CslName<'a>>,
    container_title: &'a str,
    publisher: &'a str,
    genre: &'a str,
    issued: CslDate,
    language: &'a str,
    #[serde(rename = "URL")]
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
}

#[derive(Serialize)]
struct CslName<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CslDate {
    date_parts: [(i16, i8, i8); 1],
}

/// Characters that TeX would read as commands.
fn tex(text: &str) -> Cow<'_, str> {
    const COMMANDS: &[char] = &['&', '%', '$', '#', '_', '{', '}', '\\', '~', '^', '\n', '\r'];
    if !text.contains(COMMANDS) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// A name in braces if BibTeX could not tell its parts: one word, or an organisation with ` and ` in it.
fn braced(name: &str) -> Cow<'_, str> {
    if name.contains(" and ") || !name.contains(' ') || name.contains(',') {
        format!("{{{}}}", tex(name)).into()
    } else {
        tex(name)
    }
}

/// `First Author` to `Author, First`; a name of one word stays.
fn inverted(name: &str) -> String {
    name.rsplit_once(' ').map_or_else(|| name.to_owned(), |(first, last)| format!("{last}, {first}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORK: Work<'static> = Work {
        title: "Politics: Reform & revolt",
        authors: &["First Author", "Second Author"],
        byline: "First Author and Second Author",
        day: "8 September 2025",
        publisher: "A Press",
        publication: "The Briefing",
        genre: "Note",
        id: Some("MX-2025-031"),
        date: (2025, 9, 8),
        url: "https://a.org/reports/2025/reform/",
        lang: "en",
    };

    #[test]
    fn a_report_is_cited_in_four_forms() {
        assert_eq!(
            WORK.plain(),
            "First Author and Second Author. “Politics: Reform & revolt.” The Briefing, 8 September 2025. Note MX-2025-031. https://a.org/reports/2025/reform/"
        );
        assert!(WORK.bibtex().starts_with("@techreport{MX-2025-031,\n  author = {First Author and Second Author},\n  title = {{Politics: Reform \\& revolt}},\n"));
        assert!(
            WORK.ris().contains("AU  - Author, First\r\nAU  - Author, Second\r\nTI  - Politics: Reform & revolt\r\n")
        );
        let csl: serde_json::Value = serde_json::from_str(&WORK.csl()).expect("JSON");
        assert_eq!(csl[0]["issued"]["date-parts"][0][2], 8);
    }
}
