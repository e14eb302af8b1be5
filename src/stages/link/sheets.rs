//! What tables show: from data files to cells.
//!
//! Input: what a document's fences ask for, and the data files. Output: a [`Sheet`] for each fence, or
//! `None` with a diagnostic at the fence or in the file. Also what the front matter's `data` names.

use std::{cmp::Ordering, collections::BTreeMap};

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    Corpus,
    address::{normalise, percent_decode},
    grid::{self, Fault, Grid, Row, number},
    targets::View,
};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        article::{DataName, Extra},
        chart::{ChartData, Column},
        source::Table,
        span::Span,
        table::{Format, Head, MOST_ROWS, Sheet, SheetCell, TableColumn, TableSpec},
    },
    text::{fold::fold, redaction, suggest::closest},
    urls,
};

/// The folder of data that any text may show.
const FOLDER: &str = "data";

/// Cells of one column that are told of.
const MOST_FAULTS: usize = 20;

/// A table and where its data comes from.
struct Source<'a> {
    spec: &'a TableSpec,
    /// The file that has the fence.
    article: &'a Utf8Path,
    /// The file that has the data, where that is another.
    file: Option<&'a Utf8Path>,
    text: &'a str,
}

impl View<'_> {
    pub(super) fn sheets(
        &self,
        specs: &[TableSpec],
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Option<Sheet>> {
        let read = |spec: &TableSpec| {
            let (file, text) = match &spec.data {
                ChartData::Inline(text) => (None, text.as_str()),
                ChartData::File(written) => {
                    match self.data(written, spec.data_source, Code::DataMissing) {
                        Ok((path, text)) => (Some(path), text),
                        Err(problem) => {
                            problems.push(*problem);
                            return None;
                        }
                    }
                }
            };
            let source = Source {
                spec,
                article: self.path,
                file,
                text,
            };
            source.sheet(problems)
        };
        specs.iter().map(read).collect()
    }

    /// The data file that is `written` at a place: by its path from this file, from `static/` or from
    /// `data/`.
    pub(super) fn data(
        &self,
        written: &str,
        at: Span,
        code: Code,
    ) -> Result<(&Utf8Path, &str), Box<Diagnostic>> {
        let decoded = percent_decode(written);
        let folder = self.path.parent().unwrap_or(Utf8Path::new(""));
        let path = match decoded.strip_prefix('/') {
            Some(rooted) => Some(Utf8PathBuf::from("static").join(rooted)),
            None => normalise(&folder.join(&decoded)),
        };
        let shared = normalise(&Utf8Path::new(FOLDER).join(&decoded));
        let tables = self.corpus.tables;
        let find =
            |path: Option<&Utf8PathBuf>| tables.iter().find(|table| Some(&table.path) == path);
        let problem = |message| Diagnostic::error(code, self.path.to_owned(), Some(at), message);
        let Some(table) = find(path.as_ref()).or_else(|| find(shared.as_ref())) else {
            let known = || tables.iter().map(|table| table.path.as_str());
            let shared = known().filter_map(|path| path.strip_prefix("data/"));
            let wanted = path.as_ref().map_or(decoded.as_str(), |path| path.as_str());
            let problem = problem(format!("there is no data file `{written}`"));
            let like = closest(&decoded, shared).or_else(|| closest(wanted, known()));
            let problem = match like {
                Some(like) => problem.hint(format!("did you mean `{like}`?")),
                None => problem,
            };
            return Err(Box::new(
                problem
                    .hint("paths count from this file's folder, else from content/data; `/x.csv` is content/static/x.csv"),
            ));
        };
        match &table.text {
            Ok(text) if redaction::is_suspect(text) => {
                Err(Box::new(unhidden(self.path, at, written)))
            }
            Ok(text) => Ok((&table.path, text)),
            Err(why) => Err(Box::new(
                problem(format!("`{written}` cannot be shown: {why}"))
                    .hint("data is a CSV, JSON or YAML file in UTF-8 of 1 MiB at most"),
            )),
        }
    }
}

/// What its author believes hidden in a data file, where nobody reads the tags.
fn unhidden(path: &Utf8Path, at: Span, written: &str) -> Diagnostic {
    let message =
        format!("`{written}` has a `{{redact}}` or `{{note}}`, which hides nothing there");
    Diagnostic::error(Code::RedactionCopied, path.to_owned(), Some(at), message)
        .hint("take the words out of the data file")
}

/// The address in the output of a data file that readers may download.
pub(super) fn download(file: &Utf8Path, may: bool) -> Option<String> {
    (may && file.starts_with(FOLDER)).then(|| urls::asset(file).into_string())
}

/// What templates are given of the files of `content/data/` that a text's front matter names.
pub(super) fn named(
    corpus: &Corpus<'_>,
    path: &Utf8Path,
    names: &[DataName],
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Extra> {
    let mut found = BTreeMap::new();
    let shared = || {
        corpus
            .tables
            .iter()
            .filter(|table| table.path.starts_with(FOLDER))
    };
    for DataName { name, source } in names {
        let is_meant = |table: &&Table| {
            let file = table.path.strip_prefix(FOLDER).unwrap_or(&table.path);
            file == name || file.with_extension("") == *name
        };
        let at = Some(*source);
        let Some(table) = shared().find(is_meant) else {
            let message = format!("there is no data file `{name}`");
            let known = shared().filter_map(|table| table.path.file_stem());
            problems.push(
                Diagnostic::error(Code::DataMissing, path.to_owned(), at, message)
                    .did_you_mean(name, known)
                    .hint("write the name of a CSV, JSON or YAML file of content/data"),
            );
            continue;
        };
        let text = match &table.text {
            Ok(text) if redaction::is_suspect(text) => {
                problems.push(unhidden(path, *source, name));
                continue;
            }
            Ok(text) => text,
            Err(why) => {
                let message = format!("`{name}` cannot be read: {why}");
                problems.push(Diagnostic::error(
                    Code::DataMissing,
                    path.to_owned(),
                    at,
                    message,
                ));
                continue;
            }
        };
        match grid::value(&table.path, text) {
            Ok(value) => {
                let stem = table.path.file_stem().unwrap_or(name);
                found.insert(stem.to_owned(), value);
            }
            Err(Fault { message, at }) => problems.push(
                Diagnostic::error(Code::DataTable, table.path.clone(), at, message)
                    .hint(format!("{path} asks for it")),
            ),
        }
    }
    found
}

impl Source<'_> {
    fn sheet(&self, problems: &mut Vec<Diagnostic>) -> Option<Sheet> {
        let path = self.file.unwrap_or(Utf8Path::new(""));
        let grid = match grid::read(path, self.text) {
            Ok(grid) => grid,
            Err(Fault { message, at }) => {
                problems.push(self.in_data(Code::DataTable, at, message).hint(
                    "the first line of CSV names the columns; JSON and YAML are a list of maps",
                ));
                return None;
            }
        };
        let columns = self.columns(&grid, problems);
        let order = match &self.spec.sort {
            None => Some(None),
            Some((column, reversed)) => {
                let found = self.find(&grid, column, problems);
                found.map(|column| Some((column, *reversed)))
            }
        };
        let (columns, order) = (columns?, order?);
        let mut rows: Vec<&Row> = grid.rows.iter().collect();
        if let Some((column, reversed)) = order {
            rows.sort_by(|a, b| compare(&a.cells[column], &b.cells[column], reversed));
        }
        let shown = self.spec.limit.unwrap_or(rows.len());
        if rows.is_empty() || shown.min(rows.len()) > MOST_ROWS {
            let message = format!("the data has {} rows", rows.len());
            let hint = format!("a table shows from 1 to {MOST_ROWS}: `limit: 20` shows the first");
            problems.push(self.in_fence(Code::DataTable, message).hint(hint));
            return None;
        }
        let left_out = rows.len().saturating_sub(shown);
        rows.truncate(shown);
        let before = problems.len();
        let columns: Vec<(Head, Vec<SheetCell>)> = columns
            .iter()
            .map(|(n, column)| self.column(&grid, &rows, *n, *column, problems))
            .collect();
        if problems.len() > before {
            return None;
        }
        let row = |at: usize| columns.iter().map(|(_, cells)| cells[at].clone()).collect();
        Some(Sheet {
            rows: (0..rows.len()).map(row).collect(),
            heads: columns.into_iter().map(|(head, _)| head).collect(),
            left_out,
            file: self
                .file
                .and_then(|file| download(file, self.spec.download)),
        })
    }

    /// The columns that are shown, by their place in the data.
    fn columns(
        &self,
        grid: &Grid,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Vec<(usize, Option<&TableColumn>)>> {
        if self.spec.columns.is_empty() {
            return Some((0..grid.head.len()).map(|n| (n, None)).collect());
        }
        let mut found = Vec::with_capacity(self.spec.columns.len());
        for column in &self.spec.columns {
            found.push((self.find(grid, &column.column, problems), column));
        }
        let found = found.into_iter();
        found.map(|(n, column)| Some((n?, Some(column)))).collect()
    }

    fn find(&self, grid: &Grid, column: &Column, problems: &mut Vec<Diagnostic>) -> Option<usize> {
        let found = grid.head.iter().position(|name| *name == column.name);
        if found.is_none() {
            let names: Vec<String> = grid.head.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("the data has no column `{}`", column.name);
            let path = self.article.to_owned();
            let known = grid.head.iter().map(String::as_str);
            problems.push(
                Diagnostic::error(Code::DataColumn, path, Some(column.source), message)
                    .did_you_mean(&column.name, known)
                    .hint(format!("its columns are {}", names.join(", "))),
            );
        }
        found
    }

    fn column(
        &self,
        grid: &Grid,
        rows: &[&Row],
        n: usize,
        column: Option<&TableColumn>,
        problems: &mut Vec<Diagnostic>,
    ) -> (Head, Vec<SheetCell>) {
        let asked = column.and_then(|column| column.format);
        let decimals = column.and_then(|column| column.decimals);
        let texts: Vec<&str> = rows.iter().map(|row| row.cells[n].as_str()).collect();
        let format = asked.unwrap_or_else(|| guessed(&texts, decimals.is_some()));
        let before = problems.len();
        let mut cell = |row: &&Row| {
            let text = &row.cells[n];
            let made = cell(text, format, decimals);
            // Each is looked for in the text; where so many are wrong, the column is.
            if made.is_none() && problems.len() - before < MOST_FAULTS {
                problems.push(self.unfit(grid, row, n, format));
            }
            made.unwrap_or(SheetCell::Empty)
        };
        let cells = rows.iter().map(&mut cell).collect();
        let label = column.and_then(|column| column.label.clone());
        let head = Head {
            label: label.unwrap_or_else(|| grid.head[n].clone()),
            is_number: matches!(format, Format::Number | Format::Percent),
        };
        (head, cells)
    }

    fn unfit(&self, grid: &Grid, row: &Row, n: usize, format: Format) -> Diagnostic {
        let (what, hint) = match format {
            Format::Date => ("day", "write days as 2024-07-21"),
            _ => (
                "number",
                "write figures as 1234.5, without unit or thousands separator",
            ),
        };
        let message = format!(
            "`{}` is no {what}, in column `{}`",
            row.cells[n], grid.head[n]
        );
        let at = grid.place(self.text, row, n);
        let message = match self.file {
            Some(_) => message,
            None => format!("{message} (line {} of the table)", row.line),
        };
        self.in_data(Code::DataCell, at, message).hint(format!(
            "{hint}; leave the cell empty where nothing is known"
        ))
    }

    fn in_fence(&self, code: Code, message: String) -> Diagnostic {
        let at = Some(self.spec.data_source);
        Diagnostic::error(code, self.article.to_owned(), at, message)
    }

    /// A mistake in the data: in its file, or at the fence that holds it.
    fn in_data(&self, code: Code, at: Option<Span>, message: String) -> Diagnostic {
        match self.file {
            None => self.in_fence(code, message),
            Some(file) => Diagnostic::error(code, file.to_owned(), at, message)
                .hint(format!("the table is in {}", self.article)),
        }
    }
}

/// A column of numbers is one; whole numbers that can be years are no quantities.
fn guessed(texts: &[&str], has_decimals: bool) -> Format {
    let filled = || texts.iter().copied().filter(|text| !text.is_empty());
    let is_year = |text: &str| text.len() == 4 && matches!(text.parse::<u32>(), Ok(1000..=2199));
    if has_decimals {
        return Format::Number;
    }
    match filled().next().is_some() && filled().all(|text| number(text).is_some()) {
        true if filled().all(is_year) => Format::Text,
        true => Format::Number,
        false => Format::Text,
    }
}

/// A cell in a format; none where its text has another.
fn cell(text: &str, format: Format, decimals: Option<usize>) -> Option<SheetCell> {
    if text.is_empty() {
        return Some(SheetCell::Empty);
    }
    let plain = || {
        let number = number(text)?;
        Some(match decimals {
            Some(decimals) => format!("{number:.decimals$}"),
            None => text.to_owned(),
        })
    };
    Some(match format {
        Format::Text => SheetCell::Text(text.to_owned()),
        Format::Number => SheetCell::Number(plain()?),
        Format::Percent => SheetCell::Percent(plain()?),
        Format::Date => SheetCell::Date(text.parse().ok()?),
    })
}

/// Numbers by their worth, then texts by their letters; empty cells are last in either direction.
fn compare(a: &str, b: &str, reversed: bool) -> Ordering {
    let empty = a.is_empty().cmp(&b.is_empty());
    let order = match (number(a), number(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => fold(a).cmp(&fold(b)),
    };
    empty.then(if reversed { order.reverse() } else { order })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_cells() {
        let mut cells = ["10", "", "9", "b", "É", "a"];
        cells.sort_by(|a, b| compare(a, b, false));
        assert_eq!(cells, ["9", "10", "a", "b", "É", ""]);
        cells.sort_by(|a, b| compare(a, b, true));
        assert_eq!(cells, ["É", "b", "a", "10", "9", ""]);
    }

    #[test]
    fn guesses_formats() {
        let guess = |texts: &[&str]| guessed(texts, false);
        assert_eq!(guess(&["1", "2.5", ""]), Format::Number);
        assert_eq!(guess(&["2023", "2024"]), Format::Text);
        assert_eq!(guess(&["12", "2024"]), Format::Number);
        assert_eq!(guess(&["12", "n/a"]), Format::Text);
        assert_eq!(guess(&[]), Format::Text);
    }

    #[test]
    fn rounds_where_it_is_asked_to() {
        assert_eq!(
            cell("2.345", Format::Number, Some(1)),
            Some(SheetCell::Number("2.3".to_owned()))
        );
        assert_eq!(cell("x", Format::Percent, None), None);
        assert_eq!(cell("2024-02-30", Format::Date, None), None);
    }
}
