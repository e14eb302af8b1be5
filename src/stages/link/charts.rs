//! The figures of charts: from CSV to numbers.
//!
//! Input: what a document's fences ask for, and the CSV files. Output: a [`Chart`] for each fence,
//! or `None` with a diagnostic at the fence or in the CSV file.

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    address::{normalise, percent_decode},
    targets::View,
};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        chart::{Cell, Chart, ChartData, ChartSpec, Column, MOST_SERIES, Series},
        span::Span,
    },
    text::redaction,
};

/// A CSV text and where it comes from.
struct Figures<'a> {
    spec: &'a ChartSpec,
    /// The file that has the fence.
    article: &'a Utf8Path,
    /// The file that has the figures, where that is another.
    file: Option<Utf8PathBuf>,
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
                let (file, text) = self.file(spec, written)?;
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

    fn file(
        &self,
        spec: &ChartSpec,
        written: &str,
    ) -> Result<(Utf8PathBuf, &str), Box<Diagnostic>> {
        let decoded = percent_decode(written);
        let path = match decoded.strip_prefix('/') {
            Some(rooted) => Some(Utf8PathBuf::from("static").join(rooted)),
            None => normalise(
                &self
                    .path
                    .parent()
                    .unwrap_or(Utf8Path::new(""))
                    .join(&decoded),
            ),
        };
        let tables = self.corpus.tables;
        let table = tables
            .iter()
            .find(|table| Some(&table.path) == path.as_ref());
        let at = |message| {
            let place = Some(spec.data_source);
            Diagnostic::error(Code::ChartNoData, self.path.to_owned(), place, message)
        };
        let Some(table) = table else {
            let known = tables.iter().map(|table| table.path.as_str());
            let wanted = path.as_ref().map_or(decoded.as_str(), |path| path.as_str());
            return Err(Box::new(
                at(format!("there is no CSV file `{written}`"))
                    .did_you_mean(wanted, known)
                    .hint("paths count from this file's folder; `/x.csv` is content/static/x.csv"),
            ));
        };
        match &table.text {
            Ok(text) if redaction::is_suspect(text) => {
                let problem = Diagnostic::error(
                    Code::RedactionCopied,
                    self.path.to_owned(),
                    Some(spec.data_source),
                    format!(
                        "`{written}` has a `{{redact}}` or `{{note}}`, which hides nothing there"
                    ),
                );
                Err(Box::new(problem.hint("take the words out of the CSV file")))
            }
            Ok(text) => Ok((table.path.clone(), text)),
            Err(why) => Err(Box::new(
                at(format!("`{written}` cannot be shown: {why}"))
                    .hint("a chart's data is a CSV file in UTF-8"),
            )),
        }
    }
}

impl Figures<'_> {
    fn chart(&self, problems: &mut Vec<Diagnostic>) -> Option<Chart> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(self.text.as_bytes());
        let head = match reader.headers() {
            Ok(head) => head.clone(),
            Err(error) => {
                problems.push(self.broken(&error));
                return None;
            }
        };
        let rows: Result<Vec<csv::StringRecord>, csv::Error> = reader.records().collect();
        let rows = match rows {
            Ok(rows) => rows,
            Err(error) => {
                problems.push(self.broken(&error));
                return None;
            }
        };
        let (x, columns) = self.columns(&head, problems)?;
        let most = self.spec.kind.most_rows();
        if rows.is_empty() || rows.len() > most || columns.is_empty() {
            problems.push(self.unfit(rows.len(), columns.len(), most));
            return None;
        }
        let before = problems.len();
        let series: Vec<Series> = columns
            .iter()
            .map(|n| self.series(&head[*n], *n, &rows, problems))
            .collect();
        if problems.len() > before {
            return None;
        }
        if series.iter().all(|s| s.cells.iter().all(Option::is_none)) {
            problems.push(self.unfit(0, columns.len(), most));
            return None;
        }
        Some(Chart {
            x_name: head.get(x).unwrap_or_default().to_owned(),
            labels: rows
                .iter()
                .map(|row| row.get(x).unwrap_or_default().to_owned())
                .collect(),
            series,
        })
    }

    /// The column of labels and those of figures.
    fn columns(
        &self,
        head: &csv::StringRecord,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<(usize, Vec<usize>)> {
        let mut find = |column: &Column| {
            let found = head.iter().position(|name| name == column.name);
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
                        .did_you_mean(&column.name, head.iter())
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

    fn series(
        &self,
        name: &str,
        column: usize,
        rows: &[csv::StringRecord],
        problems: &mut Vec<Diagnostic>,
    ) -> Series {
        let before = problems.len();
        let mut cell = |row: &csv::StringRecord| {
            let text = row.get(column).unwrap_or_default();
            if text.is_empty() {
                return None;
            }
            let value = number(text);
            // Each is looked for in the text; where so many are wrong, the column is.
            if value.is_none() && problems.len() - before < MOST_FAULTS {
                problems.push(self.no_number(text, name, row, column));
            }
            let text = text.to_owned();
            value.map(|value| Cell { text, value })
        };
        Series {
            name: name.to_owned(),
            cells: rows.iter().map(&mut cell).collect(),
        }
    }

    fn at_data(&self, code: Code, message: String) -> Diagnostic {
        let place = Some(self.spec.data_source);
        Diagnostic::error(code, self.article.to_owned(), place, message)
    }

    fn broken(&self, error: &csv::Error) -> Diagnostic {
        let message = match error.kind() {
            csv::ErrorKind::UnequalLengths {
                expected_len, len, ..
            } => {
                format!("a row has {len} cells, and the heading has {expected_len}")
            }
            _ => "the data is no CSV".to_owned(),
        };
        let problem = match error.position() {
            Some(at) => self.at_line(Code::ChartTable, at.line(), None, message),
            None => self.at_data(Code::ChartTable, message),
        };
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

    fn no_number(
        &self,
        text: &str,
        name: &str,
        row: &csv::StringRecord,
        column: usize,
    ) -> Diagnostic {
        let message = format!("`{text}` is no number, in column `{name}`");
        let problem = match row.position() {
            Some(at) => {
                let cell = Some((text, row.iter().take(column).filter(|c| *c == text).count()));
                self.at_line(Code::ChartNumber, at.line(), cell, message)
            }
            None => self.at_data(Code::ChartNumber, message),
        };
        problem.hint(
            "write figures as 1234.5, without unit or thousands separator; leave the cell empty \
             where nothing is known",
        )
    }

    /// A mistake on a line of the CSV, from 1: there, or in the fence that holds the CSV; at a
    /// cell, given with the number of cells before it that say the same.
    fn at_line(
        &self,
        code: Code,
        line: u64,
        cell: Option<(&str, usize)>,
        message: String,
    ) -> Diagnostic {
        let index = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
        let span = nth_line(self.text, index).map(|whole| match cell {
            None => whole,
            Some((text, before)) => {
                let found = whole.of(self.text).match_indices(text).nth(before);
                let start = whole.start as usize + found.map_or(0, |(at, _)| at);
                Span::new(start, start + text.len())
            }
        });
        match (&self.file, span) {
            (Some(file), span) => Diagnostic::error(code, file.clone(), span, message)
                .hint(format!("the chart is in {}", self.article)),
            (None, _) => self.at_data(code, format!("{message} (line {line} of the table)")),
        }
    }
}

/// Cells of one column that are told of.
const MOST_FAULTS: usize = 20;

fn nth_line(text: &str, index: usize) -> Option<Span> {
    let line = text.lines().nth(index)?;
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    Some(Span::new(start, start + line.len()))
}

/// Larger figures cannot be drawn exactly, and are hardly meant.
const LARGEST: f64 = 1e15;

/// A number in digits that can be drawn; a true minus sign is one too.
fn number(text: &str) -> Option<f64> {
    let plain = text.replace('\u{2212}', "-");
    let digits = plain
        .chars()
        .all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    let value = plain
        .parse::<f64>()
        .ok()
        .filter(|value| value.abs() <= LARGEST);
    value.filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn knows_numbers() {
        assert_eq!(number("1234.5"), Some(1234.5));
        assert_eq!(number("\u{2212}3"), Some(-3.0));
        for text in ["inf", "NaN", "1,234", "12%", "n/a", "1e999", "1e16"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
