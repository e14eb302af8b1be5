//! Data files as rows of texts: CSV, or a list of maps in JSON or YAML.
//!
//! Input: a text. Output: a [`Grid`] in which every cell can be found in the text again, or a [`Fault`].

use camino::Utf8Path;

use crate::{
    model::{article::Extra, span::Span},
    yaml::{self, Node, Value},
};

/// A table of texts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Grid {
    /// The names of the columns.
    pub(super) head: Vec<String>,
    /// The rows, each with as many cells.
    pub(super) rows: Vec<Row>,
}

/// A row of texts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Row {
    pub(super) cells: Vec<String>,
    /// The line of the text in which it begins, from 1.
    pub(super) line: usize,
    /// Where each cell stands, if that is known before it is asked.
    places: Vec<Option<Span>>,
}

/// What keeps a text from being a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) message: String,
    /// Where, in the text.
    pub(super) at: Option<Span>,
}

/// Reads the text of the file at `path`: what is neither JSON nor YAML by its name is CSV.
pub(super) fn read(path: &Utf8Path, text: &str) -> Result<Grid, Fault> {
    match path.extension() {
        Some("json" | "yaml" | "yml") => list(&tree(path, text)?, text),
        _ => csv(text),
    }
}

/// What templates are given of the file at `path`: rows of CSV as maps, all else as it is.
pub(super) fn value(path: &Utf8Path, text: &str) -> Result<Extra, Fault> {
    if matches!(path.extension(), Some("json" | "yaml" | "yml")) {
        return tree(path, text).map(yaml::as_extra);
    }
    let grid = csv(text)?;
    let cell = |text: &String| match number(text) {
        _ if text.is_empty() => Extra::Null,
        Some(number) => Extra::Number(number),
        None => Extra::Text(text.clone()),
    };
    let row = |row: &Row| {
        let pairs = grid.head.iter().cloned().zip(row.cells.iter().map(cell));
        Extra::Map(pairs.collect())
    };
    Ok(Extra::List(grid.rows.iter().map(row).collect()))
}

impl Grid {
    /// The place of a cell in the text.
    pub(super) fn place(&self, text: &str, row: &Row, column: usize) -> Option<Span> {
        if let Some(place) = row.places.get(column) {
            return *place;
        }
        let whole = nth_line(text, row.line)?;
        let cell = row.cells.get(column)?;
        let before = row.cells.iter().take(column).filter(|c| *c == cell).count();
        let found = whole.of(text).match_indices(cell.as_str()).nth(before);
        let start = whole.start as usize + found.map_or(0, |(at, _)| at);
        Some(Span::new(start, start + cell.len()))
    }
}

fn csv(text: &str) -> Result<Grid, Fault> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let broken = |error: &csv::Error| {
        let message = match error.kind() {
            csv::ErrorKind::UnequalLengths {
                expected_len, len, ..
            } => format!("a row has {len} cells, and the heading has {expected_len}"),
            _ => "the data is no CSV".to_owned(),
        };
        let line = error
            .position()
            .and_then(|at| usize::try_from(at.line()).ok());
        let at = line.and_then(|line| nth_line(text, line));
        Fault { message, at }
    };
    let texts = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let head = texts(reader.headers().map_err(|error| broken(&error))?);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Row {
            cells: texts(&record),
            line: usize::try_from(line).unwrap_or(usize::MAX),
            places: Vec::new(),
        });
    }
    Ok(Grid { head, rows })
}

fn tree(path: &Utf8Path, text: &str) -> Result<Node, Fault> {
    // JSON is YAML as well, and so has places.
    yaml::parse(path, text, Span::new(0, text.len())).map_err(|problem| Fault {
        message: problem.message,
        at: problem.span,
    })
}

fn list(root: &Node, text: &str) -> Result<Grid, Fault> {
    let fault = |node: &Node, message: &str| Fault {
        message: message.to_owned(),
        at: Some(node.span),
    };
    let Value::List(items) = &root.value else {
        return Err(fault(root, "the data is no list of rows"));
    };
    let mut grid = Grid::default();
    for item in items {
        let Value::Map(pairs) = &item.value else {
            return Err(fault(item, "a row is no map of columns"));
        };
        for (key, _) in pairs {
            if !grid.head.contains(&key.name) {
                grid.head.push(key.name.clone());
            }
        }
    }
    for item in items {
        let Value::Map(pairs) = &item.value else {
            continue;
        };
        let mut row = Row {
            line: text[..(item.span.start as usize).min(text.len())]
                .matches('\n')
                .count()
                + 1,
            ..Row::default()
        };
        for name in &grid.head {
            let node = pairs.iter().find(|(key, _)| key.name == *name);
            let (cell, place) = match node {
                None => (String::new(), None),
                Some((_, node)) => {
                    let cell = match &node.value {
                        Value::Null => String::new(),
                        Value::Text(text) => text.clone(),
                        Value::Bool(flag) => flag.to_string(),
                        // As it is written, with the decimals that it has.
                        Value::Number(_) => node.span.of(text).trim().to_owned(),
                        Value::List(_) | Value::Map(_) => {
                            return Err(fault(node, "a cell holds more than one value"));
                        }
                    };
                    (cell, Some(node.span))
                }
            };
            row.cells.push(cell);
            row.places.push(place);
        }
        grid.rows.push(row);
    }
    Ok(grid)
}

/// The place of a line, from 1.
fn nth_line(text: &str, line: usize) -> Option<Span> {
    let line = text.lines().nth(line.checked_sub(1)?)?;
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    Some(Span::new(start, start + line.len()))
}

/// Larger figures cannot be drawn exactly, and are hardly meant.
const LARGEST: f64 = 1e15;

/// A number in digits that can be drawn; a true minus sign is one too.
pub(super) fn number(text: &str) -> Option<f64> {
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
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn knows_numbers() {
        assert_eq!(number("1234.5"), Some(1234.5));
        assert_eq!(number("\u{2212}3"), Some(-3.0));
        for text in ["inf", "NaN", "1,234", "12%", "n/a", "1e999", "1e16"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn the_same_rows_in_all_formats() {
        let csv = "Port,Ships\nHull,12.50\nKiel,\n";
        let json = r#"[{"Port": "Hull", "Ships": 12.50}, {"Port": "Kiel", "Ships": null}]"#;
        let yaml = "- Port: Hull\n  Ships: 12.50\n- Port: Kiel\n";
        for (path, text) in [("a.csv", csv), ("a.json", json), ("a.yaml", yaml)] {
            let grid = read(path.into(), text).unwrap();
            assert_eq!(grid.head, ["Port", "Ships"], "{path}");
            let cells: Vec<&str> = grid
                .rows
                .iter()
                .flat_map(|row| &row.cells)
                .map(|c| &**c)
                .collect();
            assert_eq!(cells, ["Hull", "12.50", "Kiel", ""], "{path}");
            let place = grid.place(text, &grid.rows[0], 1).unwrap();
            assert_eq!(place.of(text), "12.50", "{path}");
        }
    }

    #[test]
    fn says_where_a_text_is_no_table() {
        for (path, text, at) in [
            ("a.csv", "a,b\n1\n", "1"),
            ("a.json", r#"{"a": 1}"#, "{"),
            ("a.yaml", "- a: [1, 2]\n", "["),
        ] {
            let fault = read(path.into(), text).unwrap_err();
            assert_eq!(fault.at.unwrap().of(text).trim(), at, "{path}: {fault:?}");
        }
    }
}
