//! Tables over many reports: coverage by month, countries by topics, outlooks by country.

use super::Renderer;
use super::context::{
    Coverage, CoverageMonth, CoverageYear, JudgmentView, Matrix, MatrixCell, MatrixRow, MonthName, RegionCountry,
};
use super::report::judgment_view;
use crate::archive::{CountryId, ReportId, Status, TopicId};
use crate::plan::{Scope, cross_address};

impl Renderer {
    /// How many of the reports fall into each month, for the years that have any.
    pub(super) fn coverage(&self, reports: &[ReportId]) -> Option<Coverage> {
        let day = |id: &ReportId| self.archive[*id].public.date.day;
        let (first, last) = (reports.last().map(day)?.year(), reports.first().map(day)?.year());
        let mut counts = vec![[0_usize; 12]; usize::from(last.abs_diff(first)) + 1];
        for day in reports.iter().map(day) {
            counts[usize::from(last.abs_diff(day.year()))][day.month() as usize - 1] += 1;
        }
        let most = counts.iter().flatten().copied().max().unwrap_or(1).max(1);
        let year = |(back, months): (usize, [usize; 12])| CoverageYear {
            year: last - i16::try_from(back).unwrap_or_default(),
            count: months.iter().sum(),
            months: months.map(|count| CoverageMonth { count, level: (count * 4).div_ceil(most) }).into(),
        };
        let locale = self.locale();
        let name =
            |month| MonthName { name: locale.month(month).to_owned(), short: locale.short_month(month).to_owned() };
        let told = counts.into_iter().enumerate().filter(|(_, months)| months.iter().any(|count| *count > 0));
        Some(Coverage { months: (1..=12).map(name).collect(), years: told.map(year).collect() })
    }

    /// Countries by the topics below a topic.
    pub(super) fn matrix(&self, above: TopicId) -> Option<Matrix> {
        let crosses = &self.archive.lists.crosses;
        let children = self.archive[above].children.iter().map(|id| Scope::Topic(*id));
        let columns: Vec<TopicId> = self
            .sorted(children.filter(|scope| scope.has_page(&self.archive)))
            .into_iter()
            .filter_map(|scope| if let Scope::Topic(id) = scope { Some(id) } else { None })
            .collect();
        if columns.is_empty() {
            return None;
        }
        let mut rows: Vec<(usize, CountryId)> = (0..self.archive.countries.len() as u32)
            .map(CountryId)
            .filter_map(|country| Some((crosses.get(&(country, above))?.len(), country)))
            .collect();
        rows.sort_by_key(|(count, country)| (std::cmp::Reverse(*count), self.sort_key(Scope::Country(*country))));
        let cell = |country, topic| {
            let count = crosses.get(&(country, topic)).map_or(0, Vec::len);
            MatrixCell { count, url: (count > 0).then(|| cross_address(&self.archive, country, topic)) }
        };
        let rows = rows.into_iter().filter_map(|(_, country)| {
            let of_all = [(Scope::Country(country), (country, above))].into_iter();
            let cells = columns.iter().map(|topic| cell(country, *topic)).collect();
            Some(MatrixRow { country: self.crossed(of_all).pop()?, cells })
        });
        let topics = columns.iter().map(|id| self.house().names.of(Scope::Topic(*id))).collect();
        Some(Matrix { topics, rows: rows.collect() })
    }

    /// Countries by name, each with its latest judgment.
    pub(super) fn outlooks(&self, countries: &[CountryId]) -> Vec<RegionCountry> {
        let scopes = countries.iter().map(|id| Scope::Country(*id)).filter(|scope| scope.has_page(&self.archive));
        let row = |scope: Scope| {
            let reports = scope.reports(&self.archive);
            let judged = reports.iter().find_map(|id| Some((*id, self.first_judgment(*id)?)));
            let (report, judgment) =
                judged.map_or((reports.first().copied(), None), |(id, first)| (Some(id), Some(first)));
            RegionCountry {
                named: self.house().names.of(scope),
                judgment,
                report: report.map(|id| self.link(id, self.house())),
            }
        };
        self.sorted(scopes).into_iter().map(row).collect()
    }

    /// The first key judgment of a report in the site's language, if the readers of this edition may see it and it
    /// stands.
    pub(super) fn first_judgment(&self, id: ReportId) -> Option<JudgmentView> {
        let report = &self.archive[id];
        let stands = report.public.status == Status::Published && report.public.lang.is_none();
        let full = report.full(self.edition).filter(|_| stands)?;
        full.judgments.first().map(|judgment| judgment_view(judgment, self.house()))
    }
}
