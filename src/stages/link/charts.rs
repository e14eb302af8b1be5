//! The figures of charts: from data files to numbers.
//!
//! Input: what a document's fences ask for, and the data files. Output: a [`Chart`] for each fence,
//! or `None` with a diagnostic at the fence or in the data file.

use camino::Utf8Path;

use super::{
    grid::{self, Fault, Grid, Row, number},
    sheets::download,
    targets::View,
};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        chart::{Cell, Chart, ChartData, ChartSpec, Column, MOST_SERIES, Series},
        span::Span,
    },
};

/// A CSV text and where it comes from.
struct Figures<'a> {
    spec: &'a ChartSpec,
    /// The file that has the fence.
    article: &'a Utf8Path,
    /// The file that has the figures, where that is another.
    file: Option<&'a Utf8Path>,
    text: &'a str,
}

impl View<'_> {
    pub(super) fn charts(
        &self,
        specs: &[ChartSpec],
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Option<Chart>> {
        let read = |spec| match self.figures(spec) {
            Ok(figures) => figures.chart(problems),
            Err(problem) => {
                problems.push(*problem);
                None
            }
        };
        specs.iter().map(read).collect()
    }

    fn figures<'b>(&'b self, spec: &'b ChartSpec) -> Result<Figures<'b>, Box<Diagnostic>> {
        let (file, text) = match &spec.data {
            ChartData::Inline(text) => (None, text.as_str()),
            ChartData::File(written) => {
                let (file, text) = self.data(written, spec.data_source, Code::ChartNoData)?;
                (Some(file), text)
            }
        };
        Ok(Figures {
            spec,
            article: self.path,
            file,
            text,
        })
    }
}

impl Figures<'_> {
    fn chart(&self, problems: &mut Vec<Diagnostic>) -> Option<Chart> {
        let path = self.file.unwrap_or(Utf8Path::new(""));
        let grid = match grid::read(path, self.text) {
            Ok(grid) => grid,
            Err(fault) => {
                problems.push(self.broken(fault));
                return None;
            }
        };
        let rows = &grid.rows;
        let (x, columns) = self.columns(&grid.head, problems)?;
        let most = self.spec.kind.most_rows();
        if rows.is_empty() || rows.len() > most || columns.is_empty() {
            problems.push(self.unfit(rows.len(), columns.len(), most));
            return None;
        }
        let before = problems.len();
        let series: Vec<Series> = columns
            .iter()
            .map(|n| self.series(&grid, *n, problems))
            .collect();
        if problems.len() > before {
            return None;
        }
        if series.iter().all(|s| s.cells.iter().all(Option::is_none)) {
            problems.push(self.unfit(0, columns.len(), most));
            return None;
        }
        Some(Chart {
            x_name: grid.head[x].clone(),
            labels: rows.iter().map(|row| row.cells[x].clone()).collect(),
            file: self
                .file
                .and_then(|file| download(file, self.spec.download)),
            series,
        })
    }

    /// The column of labels and those of figures.
    fn columns(
        &self,
        head: &[String],
        problems: &mut Vec<Diagnostic>,
    ) -> Option<(usize, Vec<usize>)> {
        let mut find = |column: &Column| {
            let found = head.iter().position(|name| *name == column.name);
            if found.is_none() {
                let names: Vec<String> = head.iter().map(|name| format!("`{name}`")).collect();
                let message = format!("the data has no column `{}`", column.name);
                let problem = Diagnostic::error(
                    Code::ChartColumn,
                    self.article.to_owned(),
                    Some(column.source),
                    message,
                );
                problems.push(
                    problem
                        .did_you_mean(&column.name, head.iter().map(String::as_str))
                        .hint(format!("its columns are {}", names.join(", "))),
                );
            }
            found
        };
        let x = match &self.spec.x {
            Some(column) => find(column),
            None => Some(0),
        };
        let named: Vec<Option<usize>> = self.spec.y.iter().map(&mut find).collect();
        let x = x?;
        if !named.is_empty() {
            return Some((x, named.into_iter().collect::<Option<_>>()?));
        }
        let others: Vec<usize> = (0..head.len()).filter(|n| *n != x).collect();
        if others.len() > MOST_SERIES {
            let message = format!("the data has {} columns of figures", others.len());
            let hint = format!("a chart shows {MOST_SERIES} at most: name them with `y:`");
            problems.push(self.at_data(Code::ChartTable, message).hint(hint));
            return None;
        }
        Some((x, others))
    }

    fn series(&self, grid: &Grid, column: usize, problems: &mut Vec<Diagnostic>) -> Series {
        let before = problems.len();
        let mut cell = |row: &Row| {
            let text = &row.cells[column];
            if text.is_empty() {
                return None;
            }
            let value = number(text);
            // Each is looked for in the text; where so many are wrong, the column is.
            if value.is_none() && problems.len() - before < MOST_FAULTS {
                problems.push(self.no_number(grid, row, column));
            }
            let text = text.clone();
            value.map(|value| Cell { text, value })
        };
        Series {
            name: grid.head[column].clone(),
            cells: grid.rows.iter().map(&mut cell).collect(),
        }
    }

    fn at_data(&self, code: Code, message: String) -> Diagnostic {
        let place = Some(self.spec.data_source);
        Diagnostic::error(code, self.article.to_owned(), place, message)
    }

    fn broken(&self, fault: Fault) -> Diagnostic {
        let problem = self.in_data(Code::ChartTable, fault.at, fault.message);
        problem.hint("a cell that holds a comma needs quotes around it")
    }

    fn unfit(&self, rows: usize, columns: usize, most: usize) -> Diagnostic {
        let message = match (rows, columns) {
            (0, _) => "the data has no figures".to_owned(),
            (_, 0) => "the data has no column of figures".to_owned(),
            _ => format!("the data has {rows} rows"),
        };
        let hint = if rows > most {
            format!("such a chart shows {most} at most; a `line` chart shows more")
        } else {
            "the first line names the columns, each further line is a row".to_owned()
        };
        self.at_data(Code::ChartTable, message).hint(hint)
    }

    fn no_number(&self, grid: &Grid, row: &Row, column: usize) -> Diagnostic {
        let (text, name) = (&row.cells[column], &grid.head[column]);
        let message = format!("`{text}` is no number, in column `{name}`");
        let message = match self.file {
            Some(_) => message,
            None => format!("{message} (line {} of the table)", row.line),
        };
        self.in_data(
            Code::ChartNumber,
            grid.place(self.text, row, column),
            message,
        )
        .hint(
            "write figures as 1234.5, without unit or thousands separator; leave the cell \
                 empty where nothing is known",
        )
    }

    /// A mistake in the figures: in their file, or at the fence that holds them.
    fn in_data(&self, code: Code, at: Option<Span>, message: String) -> Diagnostic {
        match self.file {
            None => self.at_data(code, message),
            Some(file) => Diagnostic::error(code, file.to_owned(), at, message)
                .hint(format!("the chart is in {}", self.article)),
        }
    }
}

/// Cells of one column that are told of.
const MOST_FAULTS: usize = 20;
