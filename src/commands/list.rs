//! `briefpress list`: the archive as a table or as JSON.

use std::path::Path;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{Failed, fail, moment, print, tell_findings};
use crate::archive::{Archive, Report};
use crate::build;
use crate::config::Access;
use crate::diagnostic::Findings;
use crate::geo::fold;
use crate::plan::Scope;
use crate::render::names::iso_date;

const EXAMPLES: &str = "\
Examples:
  briefpress list --country Mexico --since 1994-01-01
  briefpress list --author \"First Author\" --access subscribers
  briefpress list --format json | jq '.[].id'";

/// Options of `briefpress list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Reports on a country: a name or code
    #[arg(long, value_name = "NAME")]
    country: Option<String>,
    /// Reports by an author
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// Reports on a topic, and on those below it
    #[arg(long, value_name = "NAME")]
    topic: Option<String>,
    /// Reports of a kind
    #[arg(long, value_name = "NAME")]
    kind: Option<String>,
    /// Reports of a series
    #[arg(long, value_name = "NAME")]
    series: Option<String>,
    /// Reports with an access: public, sample or subscribers
    #[arg(long, value_name = "WORD")]
    access: Option<String>,
    /// Reports with a status: published, withdrawn, superseded, draft or review
    #[arg(long, value_name = "WORD")]
    status: Option<String>,
    /// Reports from this day on
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Reports up to this day
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// See the archive as of a moment
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Include drafts and reports in review
    #[arg(long)]
    drafts: bool,
    /// How the list is told
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Table,
    Json,
}

/// Lists the reports that fit.
pub fn run(root: &Path, arguments: &Arguments) -> Result<(), Failed> {
    let as_of = moment(arguments.as_of.as_deref()).or_else(|fact| fail(format!("--as-of: {fact}")))?;
    let mut findings = Findings::default();
    let looked = build::look(root, as_of, arguments.drafts || arguments.status.is_some(), &mut findings);
    // A list is given although something is wrong: that is when it is needed.
    let told = tell_findings(root, &findings.sorted(), true);
    let Some((_, archive)) = looked else { return told };
    let filter = Filter::new(arguments, &archive).or_else(fail)?;
    let reports: Vec<&Report> = archive.reports.iter().filter(|report| filter.fits(&archive, report)).collect();
    print(&match arguments.format {
        Format::Table => table(&archive, &reports),
        Format::Json => json_list(&archive, &reports),
    });
    told
}

struct Filter {
    scopes: Vec<Scope>,
    access: Option<Access>,
    status: Option<String>,
    since: Option<jiff::civil::Date>,
    until: Option<jiff::civil::Date>,
}

impl Filter {
    fn new(arguments: &Arguments, archive: &Archive) -> Result<Filter, String> {
        let mut scopes = Vec::new();
        let named = [
            ("country", &arguments.country),
            ("author", &arguments.author),
            ("topic", &arguments.topic),
            ("kind", &arguments.kind),
            ("series", &arguments.series),
        ];
        for (sort, name) in named {
            if let Some(name) = name {
                scopes.push(find(archive, sort, name).ok_or_else(|| format!("the archive knows no {sort} `{name}`"))?);
            }
        }
        let access = match arguments.access.as_deref() {
            None => None,
            Some(word) => Some(
                Access::from_name(word).ok_or_else(|| format!("--access is one of {}", Access::NAMES.join(", ")))?,
            ),
        };
        let status = arguments.status.clone();
        if let Some(word) = status.as_deref().filter(|word| crate::archive::Status::from_name(word).is_none()) {
            return Err(format!("--status {word} is none of {}", crate::archive::Status::NAMES.join(", ")));
        }
        let day = |text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => moment(Some(text)).map(|at| Some(at.to_zoned(jiff::tz::TimeZone::UTC).date())),
        };
        Ok(Filter { scopes, access, status, since: day(&arguments.since)?, until: day(&arguments.until)? })
    }

    fn fits(&self, archive: &Archive, report: &Report) -> bool {
        let public = &report.public;
        let listed = |scope: &Scope| scope.reports(archive).iter().any(|id| archive[*id].file == report.file);
        self.scopes.iter().all(listed)
            && self.access.is_none_or(|access| access == public.access)
            && self.status.as_deref().is_none_or(|status| status == public.status.name())
            && self.since.is_none_or(|day| public.date.day >= day)
            && self.until.is_none_or(|day| public.date.day <= day)
    }
}

fn find(archive: &Archive, sort: &str, name: &str) -> Option<Scope> {
    let folded = fold(name);
    let country = (sort == "country").then(|| crate::geo::find(name)).flatten();
    crate::plan::scopes(archive).find(|scope| {
        let of_sort = matches!(
            (sort, scope),
            ("country", Scope::Country(_))
                | ("author", Scope::Author(_))
                | ("topic", Scope::Topic(_))
                | ("series", Scope::Series(_))
                | ("kind", Scope::Kind(_))
        );
        let address = scope.address(archive);
        let slug = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let same_country =
            matches!((scope, country), (Scope::Country(id), Some(country)) if archive[*id].geo == country);
        let same_kind = matches!(scope, Scope::Kind(id) if fold(&archive[*id].name) == folded);
        of_sort && (same_country || same_kind || fold(scope.name(archive)) == folded || slug == name)
    })
}

fn names(archive: &Archive, scopes: impl Iterator<Item = Scope>) -> Vec<&str> {
    scopes.map(|scope| scope.name(archive)).collect()
}

fn table(archive: &Archive, reports: &[&Report]) -> String {
    let id_width =
        reports.iter().filter_map(|report| report.public.id.as_ref()).map(String::len).max().unwrap_or(2).max(2);
    let mut text = String::new();
    for report in reports {
        let public = &report.public;
        let countries = names(archive, public.countries.iter().map(|id| Scope::Country(*id))).join(", ");
        let marks: Vec<&str> = [
            (public.access != Access::Public).then(|| Access::NAMES[public.access as usize]),
            (public.status != crate::archive::Status::Published).then(|| public.status.name()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let marks = if marks.is_empty() { String::new() } else { format!("  [{}]", marks.join(", ")) };
        let title =
            public.kicker.as_ref().map_or_else(|| public.title.clone(), |kicker| format!("{kicker}: {}", public.title));
        text += &format!(
            "{}  {:id_width$}  {countries}  {title}{marks}\n",
            iso_date(public.date.day),
            public.id.as_deref().unwrap_or("-")
        );
    }
    text + &format!("{}\n", super::counted(reports.len(), "report"))
}

fn json_list(archive: &Archive, reports: &[&Report]) -> String {
    let list: Vec<_> = reports
        .iter()
        .map(|report| {
            let public = &report.public;
            json!({
                "id": public.id,
                "date": iso_date(public.date.day),
                "kicker": public.kicker,
                "title": public.title,
                "summary": public.summary,
                "countries": public.countries.iter().map(|id| archive[*id].geo.alpha2()).collect::<Vec<_>>(),
                "authors": names(archive, public.authors.iter().map(|id| Scope::Author(*id))),
                "topics": names(archive, public.topics.iter().map(|id| Scope::Topic(*id))),
                "kind": public.kind.map(|id| archive[id].key.clone()),
                "series": public.series.map(|(id, _)| archive[id].name.clone()),
                "access": public.access,
                "status": public.status.name(),
                "address": public.address,
                "file": &*report.file,
            })
        })
        .collect();
    format!("{:#}\n", json!(list))
}
