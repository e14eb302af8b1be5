//! A chart as a figure: title, drawing, source, and its figures as a table.
//!
//! Input: what the author asks for and the figures. Output: the inside of a `<figure>`. The
//! drawing has no `viewBox`: lengths across are per cent and lengths down are pixels, so that it
//! fills any width with words of one size. Colours are classes; series differ by shape, dash or
//! pattern as well, and carry their name.

mod bars;
mod dots;
mod lines;
mod marks;
mod scale;

use std::fmt::Write;

use super::{link_notes::LinkNotes, sheet::download};
use crate::{
    model::chart::{Chart, ChartKind, ChartSource, ChartSpec, Series},
    text::html::escape,
    words::{Words, filled},
};

/// A drawing: its height in pixels and what is in it.
struct Drawing {
    height: u32,
    svg: String,
}

/// How a chart writes its figures.
struct Figures<'a> {
    words: &'a Words,
    spec: &'a ChartSpec,
}

impl Figures<'_> {
    /// A figure as the drawing shows it: per cent stands behind the number, any other unit above
    /// all.
    fn shown(&self, plain: &str) -> String {
        let digits = self.words.digits(plain);
        match self.spec.unit.as_deref() {
            Some("%") => self.words.fill("per_cent", &[("n", &digits)]),
            _ => digits,
        }
    }
}

/// The inside of the figure; `data` is the address of its file, if it may be downloaded.
pub(super) fn figure(
    words: &Words,
    spec: &ChartSpec,
    chart: &Chart,
    notes: &LinkNotes<'_>,
    data: Option<&str>,
) -> String {
    let figures = &Figures { words, spec };
    let drawing = match spec.kind {
        ChartKind::Bar => bars::draw(figures, chart),
        ChartKind::Line => lines::draw(figures, chart),
        ChartKind::Dot => dots::draw(figures, chart),
    };
    let mut html = String::with_capacity(drawing.svg.len() + 2_000);
    head(&mut html, spec);
    if spec.kind == ChartKind::Dot && chart.series.len() > 1 {
        key(&mut html, chart);
    }
    let (id, height) = (escape(&spec.id), drawing.height);
    let said = spec.alt.clone().unwrap_or_else(|| in_words(figures, chart));
    let _ = writeln!(
        html,
        "<svg class=\"plot\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>{}</svg>",
        escape(&spec.title),
        escape(&said),
        drawing.svg
    );
    credit(&mut html, words, spec.credit.as_ref(), notes);
    table(&mut html, words, spec, chart);
    html.push_str(&download(words, data));
    html
}

fn head(html: &mut String, spec: &ChartSpec) {
    let _ = write!(
        html,
        "\n<figcaption><span class=\"chart-title\">{}</span>",
        escape(&spec.title)
    );
    for (class, words) in [("chart-caption", &spec.caption), ("chart-unit", &spec.unit)] {
        if let Some(words) = words.as_ref().filter(|words| *words != "%") {
            let _ = write!(html, " <span class=\"{class}\">{}</span>", escape(words));
        }
    }
    html.push_str("</figcaption>\n");
}

/// What the shapes stand for, where names beside them would lie on one another.
fn key(html: &mut String, chart: &Chart) {
    html.push_str("<ul class=\"chart-key\">");
    for (n, series) in chart.series.iter().enumerate() {
        let _ = write!(
            html,
            "<li><svg class=\"plot\" width=\"14\" height=\"14\" aria-hidden=\"true\">{}</svg> {}</li>",
            marks::shape(n, "7", 7.0, ""),
            escape(&series.name)
        );
    }
    html.push_str("</ul>\n");
}

/// Whose figures they are.
pub(super) fn credit(
    html: &mut String,
    words: &Words,
    credit: Option<&ChartSource>,
    notes: &LinkNotes<'_>,
) {
    let Some(credit) = credit else {
        return;
    };
    let title = escape(&credit.title);
    let source = match &credit.url {
        Some(url) => format!(
            "<a href=\"{}\"{}>{title}</a>",
            escape(url),
            notes.attribute(url)
        ),
        None => title,
    };
    let text = escape(words.form("chart_source", None));
    let text = filled(&text, &[("source", &source)]);
    let _ = writeln!(html, "<p class=\"chart-source\">{text}</p>");
}

fn table(html: &mut String, words: &Words, spec: &ChartSpec, chart: &Chart) {
    let title = escape(&spec.title);
    let summary = escape(&words.say("chart_table"));
    let _ = write!(
        html,
        "<details><summary>{summary}</summary>\n\
         <div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{title}\"><table>\n\
         <thead>\n<tr><th scope=\"col\">{}</th>",
        or_dash(&chart.x_name)
    );
    for series in &chart.series {
        let _ = write!(
            html,
            "<th scope=\"col\" class=\"right\">{}</th>",
            or_dash(&series.name)
        );
    }
    html.push_str("</tr>\n</thead>\n<tbody>\n");
    for (row, label) in chart.labels.iter().enumerate() {
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", or_dash(label));
        for series in &chart.series {
            let text = series.cells[row].as_ref().map_or("", |cell| &cell.text);
            let _ = write!(
                html,
                "<td class=\"right\">{}</td>",
                or_dash(&words.digits(text))
            );
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table></div></details>\n");
}

/// An empty cell says that it is empty.
fn or_dash(text: &str) -> String {
    if text.is_empty() {
        "\u{2013}".to_owned()
    } else {
        escape(text)
    }
}

/// Rows that the words for those who cannot see give one by one.
const IN_WORDS: usize = 12;

/// The figures in one line for each series: all of them, or the first and the last.
fn in_words(figures: &Figures<'_>, chart: &Chart) -> String {
    let of_series = |series: &Series| {
        let known: Vec<String> = chart
            .labels
            .iter()
            .zip(&series.cells)
            .filter_map(|(label, cell)| {
                Some(format!("{label} {}", figures.shown(&cell.as_ref()?.text)))
            })
            .collect();
        let said = match known.as_slice() {
            [first, .., last] if known.len() > IN_WORDS => format!("{first} \u{2026} {last}"),
            all => all.join(", "),
        };
        format!("{}: {said}.", series.name)
    };
    let lines: Vec<String> = chart.series.iter().map(of_series).collect();
    lines.join(" ")
}

#[cfg(test)]
#[path = "chart/tests.rs"]
mod tests;
