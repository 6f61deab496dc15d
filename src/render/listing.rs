//! Lists of reports, page by page.

use super::Renderer;
use super::context::{ListView, PageNumber, Shared, YearView};
use crate::archive::ReportId;
use crate::check::links::Fragment;
use crate::plan::page_address;

impl Renderer {
    /// A page of a list; `number` begins at 1, `first` is the address of the first page.
    pub(super) fn list(&self, reports: &[ReportId], number: usize, first: &str) -> ListView {
        self.list_after(self.config.pagination, reports, number, first)
    }

    /// The same, with a first page of another length.
    pub(super) fn list_after(&self, front: usize, reports: &[ReportId], number: usize, first: &str) -> ListView {
        let per_page = self.config.pagination;
        let pages = 1 + reports.len().saturating_sub(front).div_ceil(per_page);
        let (start, length) = if number == 1 { (0, front) } else { (front + (number - 2) * per_page, per_page) };
        let start = start.min(reports.len());
        let shown = &reports[start..(start + length).min(reports.len())];
        ListView {
            years: self.years(shown),
            total: reports.len(),
            page: number,
            pages,
            newer: (number > 1).then(|| page_address(first, number - 1)),
            older: (number < pages).then(|| page_address(first, number + 1)),
            numbers: numbers(number, pages, first),
        }
    }

    pub(super) fn years(&self, reports: &[ReportId]) -> Vec<YearView> {
        let mut years: Vec<YearView> = Vec::new();
        for id in reports {
            let year = self.archive[*id].public.date.day.year();
            let row = place_of_row(*id);
            match years.last_mut().filter(|last| last.year == year) {
                Some(last) => last.rows.push(row),
                None => years.push(YearView { year, rows: vec![row] }),
            }
        }
        years
    }
}

/// The rows of some reports.
pub(super) fn rows_of(reports: &[ReportId]) -> Vec<Shared> {
    reports.iter().map(|id| place_of_row(*id)).collect()
}

/// A place for a row; the row itself is put there when the page is finished.
fn place_of_row(id: ReportId) -> Shared {
    Shared::safe_string(&Fragment::placeholder(id.index()))
}

/// The first, the last, this one and its neighbours; a gap where some are left out.
fn numbers(current: usize, pages: usize, first: &str) -> Vec<PageNumber> {
    if pages <= 1 {
        return Vec::new();
    }
    let mut numbers: Vec<PageNumber> = Vec::new();
    for number in 1..=pages {
        if number == 1 || number == pages || number.abs_diff(current) <= 1 {
            numbers.push(PageNumber { number, url: Some(page_address(first, number)), current: number == current });
        } else if numbers.last().is_some_and(|last| last.url.is_some()) {
            numbers.push(PageNumber { number, url: None, current: false });
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_pages_are_left_out() {
        let shown: Vec<String> = numbers(6, 12, "/a/")
            .iter()
            .map(|page| if page.url.is_some() { page.number.to_string() } else { "…".to_owned() })
            .collect();
        assert_eq!(shown.join(" "), "1 … 5 6 7 … 12");
        assert!(numbers(1, 1, "/a/").is_empty());
        assert_eq!(numbers(1, 2, "/a/")[1].url.as_deref(), Some("/a/page/2/"));
    }
}
