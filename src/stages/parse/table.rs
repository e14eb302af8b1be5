//! A `table` fence: YAML that says what to show of which data.
//!
//! Input: the fence's text in the file. Output: a [`TableSpec`], or diagnostics. The data itself is read
//! by the link stage, which knows the files.

use super::chart::{column, credit, data, fence};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        chart::Column,
        source::SourceFile,
        span::Span,
        table::{Format, MOST_ROWS, TableColumn, TableSpec},
    },
    yaml::{Fields, Value},
};

/// Most digits after the point.
const MOST_DECIMALS: f64 = 6.0;

/// Reads the fence's text at `place` in the file. Its id is left for the caller to give.
pub(super) fn spec(source: &SourceFile, place: Span) -> (Option<TableSpec>, Vec<Diagnostic>) {
    fence(source, place, read)
}

pub(super) fn read(fields: &mut Fields<'_>, source: Span) -> Option<TableSpec> {
    let title = fields.required_text("title", "say what the table shows");
    let data = data(fields);
    let (caption, credit) = (fields.text("caption"), credit(fields));
    let columns = columns(fields);
    let sort = fields.text_at("sort").map(order);
    let limit = whole(fields, "limit", MOST_ROWS as f64);
    let download = fields.flag("download").unwrap_or(true);
    let (data, data_source) = data?;
    Some(TableSpec {
        id: String::new(),
        title: title?,
        caption,
        credit,
        data,
        data_source,
        columns,
        sort,
        limit,
        download,
        source,
    })
}

/// `Name`, or `-Name` for the last first.
pub(super) fn order((name, source): (String, Span)) -> (Column, bool) {
    match name.strip_prefix('-') {
        Some(rest) => (column((rest.trim().to_owned(), source)), true),
        None => (column((name, source)), false),
    }
}

/// Columns by name, or as maps with what else is said of them.
fn columns(fields: &mut Fields<'_>) -> Vec<TableColumn> {
    let Some(node) = fields.take("columns") else {
        return Vec::new();
    };
    let nodes = match node.value {
        Value::List(nodes) => nodes,
        _ => vec![node],
    };
    let mut found = Vec::with_capacity(nodes.len());
    for node in nodes {
        let source = node.span;
        if matches!(node.value, Value::Map(_)) {
            found.extend(fields.nested(node, &|fields: &mut Fields<'_>| described(fields, source)));
        } else if let Some(name) = fields.as_text(node) {
            found.push(TableColumn {
                column: column((name, source)),
                label: None,
                format: None,
                decimals: None,
            });
        }
    }
    found
}

fn described(fields: &mut Fields<'_>, source: Span) -> Option<TableColumn> {
    let place = fields.span_of("name").unwrap_or(source);
    let name = fields.required_text("name", "name the column as the data does");
    let (label, format) = (fields.text("label"), fields.choice("format", &Format::ALL));
    let decimals = whole(fields, "decimals", MOST_DECIMALS);
    Some(TableColumn {
        column: column((name?, place)),
        label,
        format,
        decimals,
    })
}

fn whole(fields: &mut Fields<'_>, key: &'static str, most: f64) -> Option<usize> {
    let least = if key == "limit" { 1.0 } else { 0.0 };
    let (number, span) = fields.number_at(key)?;
    if number.fract() != 0.0 || !(least..=most).contains(&number) {
        let message = format!("`{key}` is {number}");
        let hint = format!("write a whole number from {least} to {most}");
        fields.problem(Code::YamlBadValue, span, message, &hint);
        return None;
    }
    Some(number as usize)
}
