//! Lying bars: the label above, the figure behind.

use std::fmt::Write;

use super::{
    Drawing, Figures, marks,
    scale::{Ticks, room, short},
};
use crate::{
    model::chart::{Cell, Chart},
    text::html::escape,
};

/// Heights in pixels.
const BAR: u32 = 18;
const BETWEEN_BARS: u32 = 3;
const BETWEEN_ROWS: u32 = 12;

pub(super) fn draw(figures: &Figures<'_>, chart: &Chart) -> Drawing {
    let ticks = Ticks::over(chart, true);
    let words = Words { figures, chart };
    let right = room(words.longest() + 1, 8.0, 55.0);
    let negative = chart
        .series
        .iter()
        .any(|s| s.cells.iter().flatten().any(|cell| cell.value < 0.0));
    let left = if negative { right } else { 0.0 };
    let scale = |value: f64| left + ticks.share(value) * (100.0 - left - right);
    let mut svg = String::new();
    if chart.series.len() > 1 {
        svg.push_str("<defs>");
        for n in 1..chart.series.len() {
            svg.push_str(&marks::pattern(&escape(&figures.spec.id), n));
        }
        svg.push_str("</defs>");
    }
    let mut y = 0;
    for (row, label) in chart.labels.iter().enumerate() {
        y = marks::label(&mut svg, label, y);
        let top = y;
        for (n, series) in chart.series.iter().enumerate() {
            if let Some(cell) = &series.cells[row] {
                bar(&mut svg, &words, (n, y), cell, &scale);
            }
            y += BAR + BETWEEN_BARS;
        }
        let zero = short(scale(0.0));
        let _ = write!(
            svg,
            "<line class=\"chart-axis\" x1=\"{zero}%\" x2=\"{zero}%\" y1=\"{top}\" y2=\"{y}\"/>"
        );
        y += BETWEEN_ROWS;
    }
    let height = y - BETWEEN_ROWS;
    Drawing { height, svg }
}

fn bar(
    svg: &mut String,
    words: &Words<'_>,
    (n, y): (usize, u32),
    cell: &Cell,
    scale: &impl Fn(f64) -> f64,
) {
    let (from, to) = (scale(0.0), scale(cell.value));
    let fill = match n {
        0 => String::new(),
        _ => format!(" fill=\"url(#{}-p{n})\"", escape(&words.figures.spec.id)),
    };
    let _ = write!(
        svg,
        "<rect class=\"bar {}\" x=\"{}%\" y=\"{y}\" width=\"{}%\" height=\"{BAR}\"{fill}/>",
        marks::class(n),
        short(from.min(to)),
        short((to - from).abs())
    );
    let (gap, anchor) = if cell.value < 0.0 {
        (-6, " text-anchor=\"end\"")
    } else {
        (6, "")
    };
    let _ = write!(
        svg,
        "<text x=\"{}%\" dx=\"{gap}\" y=\"{}\"{anchor}>{}</text>",
        short(to),
        y + 14,
        escape(&words.of(n, cell))
    );
}

/// What stands behind a bar: the figure, and the series where there are several.
struct Words<'a> {
    figures: &'a Figures<'a>,
    chart: &'a Chart,
}

impl Words<'_> {
    fn of(&self, series: usize, cell: &Cell) -> String {
        let figure = self.figures.shown(&cell.text);
        match self.chart.series.as_slice() {
            [_] => figure,
            several => format!("{figure} {}", several[series].name),
        }
    }

    fn longest(&self) -> usize {
        let series = self.chart.series.iter().enumerate();
        let lengths = series.flat_map(|(n, s)| {
            let cells = s.cells.iter().flatten();
            cells.map(move |cell| self.of(n, cell).chars().count())
        });
        lengths.max().unwrap_or(0)
    }
}
