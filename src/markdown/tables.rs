//! Tables: in a box that scrolls, columns aligned by class.

use super::host::Host;
use super::options::Words;
use super::writer::Writer;
use pulldown_cmark::Alignment;

/// The table under way. Tables do not nest.
#[derive(Default)]
pub(super) struct Table {
    columns: Vec<Alignment>,
    column: usize,
    cell: usize,
    in_body: bool,
    rows: usize,
}

impl<H: Host> Writer<'_, H> {
    /// The box is a named group that the keyboard can reach, so that a wide
    /// table can be scrolled without a mouse (WCAG 2.2, 2.1.1). It is no
    /// landmark, for a report may have dozens of tables.
    pub(super) fn table_start(&mut self, columns: Vec<Alignment>) {
        self.fresh_line();
        self.tables += 1;
        self.table = Table { columns, ..Table::default() };
        self.out.push_str("<div class=\"table-scroll\" role=\"group\" tabindex=\"0\"");
        self.labelled(&Words::numbered(&self.options.words.table, self.tables));
        self.out.push_str(">\n<table>\n<thead>\n");
    }

    pub(super) fn table_end(&mut self) {
        self.out.push_str(if self.table.rows > 0 { "</tbody>\n</table>\n</div>\n" } else { "</table>\n</div>\n" });
    }

    pub(super) fn row_start(&mut self) {
        self.table.column = 0;
        if self.table.in_body {
            self.out.push_str(if self.table.rows == 0 { "<tbody>\n<tr>" } else { "<tr>" });
            self.table.rows += 1;
        } else {
            self.out.push_str("<tr>");
        }
    }

    pub(super) fn head_end(&mut self) {
        self.table.in_body = true;
        self.out.push_str("</tr>\n</thead>\n");
    }

    pub(super) fn cell_start(&mut self) {
        self.out.push_str(if self.table.in_body { "<td" } else { "<th scope=\"col\"" });
        self.out.push_str(match self.table.columns.get(self.table.column) {
            Some(Alignment::Left) => " class=\"left\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            Some(Alignment::None) | None => ">",
        });
        self.table.column += 1;
        self.table.cell = self.out.len();
    }

    /// Closes a cell. A heading cell without words is written as a plain one,
    /// for it would be read out as the heading of a column.
    pub(super) fn cell_end(&mut self) {
        if self.table.in_body {
            return self.out.push_str("</td>");
        }
        if self.out.len() > self.table.cell {
            return self.out.push_str("</th>");
        }
        if let Some(start) = self.out.rfind("<th") {
            self.out.truncate(start);
            self.out.push_str("<td></td>");
        }
    }
}
