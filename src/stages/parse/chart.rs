//! A `chart` fence: YAML that says what to draw, of which figures.
//!
//! Input: the fence's text in the file. Output: a [`ChartSpec`], or diagnostics. The figures
//! themselves are read by the link stage, which knows the files.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        chart::{ChartData, ChartKind, ChartSource, ChartSpec, Column, MOST_SERIES},
        source::SourceFile,
        span::Span,
    },
    yaml::{self, Fields, Value},
};

/// Where the text of a fence stands, from the first line to the last.
pub(super) fn text_range(block: &[(Event<'_>, Range<usize>)]) -> Range<usize> {
    let mut texts = block
        .iter()
        .filter(|(event, _)| matches!(event, Event::Text(_)));
    let fence = block.first().map_or(0..0, |(_, range)| range.clone());
    match texts.next() {
        None => fence,
        Some((_, first)) => first.start..texts.next_back().map_or(first.end, |(_, last)| last.end),
    }
}

/// Reads the fence's text at `place` in the file. Its id is left for the caller to give.
pub(super) fn spec(source: &SourceFile, place: Span) -> (Option<ChartSpec>, Vec<Diagnostic>) {
    fence(source, place, read)
}

/// Reads the YAML in a fence's text at `place` in the file.
pub(super) fn fence<T>(
    source: &SourceFile,
    place: Span,
    read: impl Fn(&mut Fields<'_>, Span) -> Option<T>,
) -> (Option<T>, Vec<Diagnostic>) {
    let place = from_line_start(&source.text, place);
    let node = match yaml::parse(&source.path, &source.text, place) {
        Ok(node) => node,
        Err(problem) => return (None, vec![*problem]),
    };
    let mut fields = Fields::new(&source.path, &source.text, node);
    let spec = read(&mut fields, place);
    (spec, fields.finish())
}

/// A fence in a list is indented: YAML wants all lines or none of them so.
pub(super) fn from_line_start(text: &str, place: Span) -> Span {
    let before = &text[..place.start as usize];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    if before[start..].trim().is_empty() {
        Span::new(start, place.end as usize)
    } else {
        place
    }
}

pub(super) fn read(fields: &mut Fields<'_>, source: Span) -> Option<ChartSpec> {
    let kind = fields.choice("type", &ChartKind::ALL);
    let title = fields.required_text("title", "say what the chart shows");
    let data = data(fields);
    let x = fields.text_at("x").map(column);
    let y = columns(fields);
    let (caption, unit) = (fields.text("caption"), fields.text("unit"));
    let (alt, credit) = (fields.text("alt"), credit(fields));
    let download = fields.flag("download").unwrap_or(true);
    let (data, data_source) = data?;
    Some(ChartSpec {
        id: String::new(),
        kind: kind.unwrap_or(ChartKind::Bar),
        title: title?,
        alt,
        caption,
        unit,
        credit,
        data,
        data_source,
        x,
        y: y?,
        download,
        source,
    })
}

/// One of the two places for figures.
pub(super) fn data(fields: &mut Fields<'_>) -> Option<(ChartData, Span)> {
    let (file, inline) = (fields.text_at("data"), fields.text_at("csv"));
    match (file, inline) {
        (Some((_, at)), Some(_)) => {
            let message = "there is `data` or `csv`, and here are both".to_owned();
            fields.problem(Code::YamlBadValue, at, message, "leave one of them out");
            None
        }
        (Some((path, at)), None) => Some((ChartData::File(path), at)),
        (None, Some((text, at))) => Some((ChartData::Inline(text), at)),
        (None, None) => {
            let hint = "write `data: figures.csv`, a path from this file, or `csv: |` and the table itself";
            fields.missing("data", hint);
            None
        }
    }
}

pub(super) fn column((name, source): (String, Span)) -> Column {
    Column { name, source }
}

fn columns(fields: &mut Fields<'_>) -> Option<Vec<Column>> {
    let span = fields.span_of("y").unwrap_or_default();
    let names = fields.texts_at("y");
    if names.len() > MOST_SERIES {
        let message = format!("{} series cannot be told apart", names.len());
        let hint = format!("a chart shows {MOST_SERIES} at most; make two charts");
        fields.problem(Code::YamlBadValue, span, message, &hint);
        return None;
    }
    Some(names.into_iter().map(column).collect())
}

/// `source: World Bank`, or `source: {title: …, url: …}`.
pub(super) fn credit(fields: &mut Fields<'_>) -> Option<ChartSource> {
    let node = fields.take("source")?;
    let map = match node.value {
        Value::Map(_) => node,
        _ => {
            let title = fields.as_text(node)?;
            return Some(ChartSource { title, url: None });
        }
    };
    fields.nested::<ChartSource>(map, &|fields: &mut Fields<'_>| {
        let title = fields.required_text("title", "name the source");
        let url = fields.web_address("url");
        Some(ChartSource { title: title?, url })
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn check(text: &str) -> (Option<ChartSpec>, Vec<String>) {
        let source = SourceFile {
            path: "a.md".into(),
            text: text.into(),
        };
        let (spec, problems) = spec(&source, Span::new(0, text.len()));
        let said = problems.into_iter().map(|p| p.message).collect();
        (spec, said)
    }

    #[test]
    fn reads_every_option() {
        let (spec, problems) = check(
            "type: line\ntitle: Ships\nalt: More ships.\ncaption: In port.\nunit: ships\ndata: a.csv\n\
             x: year\ny: [north, south]\nsource: {title: Register, url: 'https://example.org/'}\n",
        );
        assert!(problems.is_empty(), "{problems:?}");
        let spec = spec.unwrap();
        assert_eq!(spec.kind, ChartKind::Line);
        assert_eq!(spec.data, ChartData::File("a.csv".to_owned()));
        assert_eq!(spec.y[1].name, "south");
        assert!(spec.credit.unwrap().url.is_some());
    }

    #[test]
    fn says_what_is_wrong() {
        let messages = check("type: pie\ntitel: Ships\ny: [a, b, c, d, e]\n").1;
        assert_eq!(
            messages,
            [
                "`pie` is no value of `type`",
                "`title` is missing",
                "`data` is missing",
                "5 series cannot be told apart",
                "unknown key `titel`",
            ]
        );
        let messages = check("title: Ships\ndata: a.csv\ncsv: b\n").1;
        assert_eq!(messages, ["there is `data` or `csv`, and here are both"]);
    }
}
