//! A table of a data file as a figure: title, cells, source, the way to the data.

use std::fmt::Write;

use super::{chart, link_notes::LinkNotes, markdown};
use crate::{
    model::table::{Sheet, SheetCell, TableSpec},
    text::html::escape,
    words::Words,
};

/// The inside of the figure; `data` is the address of the file, if it may be downloaded.
pub(super) fn figure(
    words: &Words,
    spec: &TableSpec,
    sheet: &Sheet,
    notes: &LinkNotes<'_>,
    data: Option<&str>,
) -> String {
    let title = escape(&spec.title);
    let caption = spec.caption.iter();
    let caption: String = caption
        .map(|text| format!(" <span class=\"chart-caption\">{}</span>", escape(text)))
        .collect();
    let mut html = format!(
        "\n<figcaption><span class=\"chart-title\">{title}</span>{caption}</figcaption>\n\
         <div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{title}\"><table>\n<thead>\n<tr>"
    );
    for head in &sheet.heads {
        let class = right(head.is_number);
        let _ = write!(
            html,
            "<th scope=\"col\"{class}>{}</th>",
            or_dash(&head.label)
        );
    }
    html.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &sheet.rows {
        html.push_str("<tr>");
        for (n, (cell, head)) in row.iter().zip(&sheet.heads).enumerate() {
            let (name, scope) = if n == 0 {
                ("th", " scope=\"row\"")
            } else {
                ("td", "")
            };
            let class = right(head.is_number);
            let _ = write!(
                html,
                "<{name}{scope}{class}>{}</{name}>",
                written(words, cell)
            );
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table></div>\n");
    if sheet.left_out > 0 {
        let more = words.count("rows_left_out", sheet.left_out as u64);
        let _ = writeln!(html, "<p class=\"chart-source\">{}</p>", escape(&more));
    }
    chart::credit(&mut html, words, spec.credit.as_ref(), notes);
    html.push_str(&download(words, data));
    html
}

/// The way to the data; nothing where there is none.
pub(super) fn download(words: &Words, data: Option<&str>) -> String {
    let Some(url) = data else {
        return String::new();
    };
    let name = url.rsplit('/').next().unwrap_or(url);
    format!(
        "<p class=\"chart-source\"><a href=\"{}\" download>{}</a></p>\n",
        escape(url),
        escape(&words.fill("download_data", &[("file", name)]))
    )
}

/// The table as Markdown.
pub(super) fn in_markdown(words: &Words, out: &mut String, spec: &TableSpec, sheet: &Sheet) {
    let cell = |text: &str| markdown::escape(text).replace('|', "\\|");
    let _ = write!(out, "**{}**", markdown::escape(&spec.title));
    if let Some(caption) = &spec.caption {
        let _ = write!(out, " ({})", markdown::escape(caption));
    }
    out.push_str("\n\n|");
    for head in &sheet.heads {
        let _ = write!(out, " {} |", cell(&head.label));
    }
    out.push_str("\n|");
    for head in &sheet.heads {
        out.push_str(if head.is_number { "---:|" } else { "---|" });
    }
    for row in &sheet.rows {
        out.push_str("\n|");
        for one in row {
            let _ = write!(out, " {} |", cell(&plain(words, one)));
        }
    }
    out.push('\n');
}

fn written(words: &Words, cell: &SheetCell) -> String {
    match cell {
        SheetCell::Date(date) => format!(
            "<time datetime=\"{date}\">{}</time>",
            escape(&words.day(*date))
        ),
        other => or_dash(&plain(words, other)),
    }
}

fn plain(words: &Words, cell: &SheetCell) -> String {
    match cell {
        SheetCell::Empty => String::new(),
        SheetCell::Text(text) => text.clone(),
        SheetCell::Number(digits) => words.digits(digits),
        SheetCell::Percent(digits) => words.fill("per_cent", &[("n", &words.digits(digits))]),
        SheetCell::Date(date) => words.day(*date),
    }
}

fn right(is_number: bool) -> &'static str {
    if is_number { " class=\"right\"" } else { "" }
}

/// An empty cell says that it is empty.
fn or_dash(text: &str) -> String {
    match text {
        "" => "\u{2013}".to_owned(),
        text => escape(text),
    }
}
