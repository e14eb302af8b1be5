//! A line for each row, with a point for each series.

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
const TRACK: u32 = 18;
const BETWEEN_ROWS: u32 = 10;
const BELOW: u32 = 22;

pub(super) fn draw(figures: &Figures<'_>, chart: &Chart) -> Drawing {
    let ticks = Ticks::over(chart, false);
    let cells = chart.series.iter().flat_map(|s| s.cells.iter().flatten());
    let longest = cells.map(|cell| figures.shown(&cell.text).chars().count());
    let margin = room(longest.max().unwrap_or(0) + 2, 5.0, 25.0);
    let x = |value: f64| margin + ticks.share(value) * (100.0 - 2.0 * margin);
    let (mut rows, mut y) = (String::new(), 0);
    for (row, label) in chart.labels.iter().enumerate() {
        y = marks::label(&mut rows, label, y);
        let middle = f64::from(y + TRACK / 2);
        track(&mut rows, figures, chart, (row, middle), &x);
        y += TRACK + BETWEEN_ROWS;
    }
    // Below the points, so that it is drawn first.
    let mut svg = String::new();
    for value in &ticks.values {
        let place = short(x(*value));
        let _ = write!(
            svg,
            "<line class=\"chart-grid\" x1=\"{place}%\" x2=\"{place}%\" y1=\"20\" y2=\"{y}\"/>\
             <text class=\"chart-tick\" x=\"{place}%\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            y + 16,
            escape(&figures.shown(&ticks.label(*value)))
        );
    }
    Drawing {
        height: y + BELOW,
        svg: svg + &rows,
    }
}

/// The points of a row; the outermost carry their figure.
fn track(
    svg: &mut String,
    figures: &Figures<'_>,
    chart: &Chart,
    (row, y): (usize, f64),
    x: &impl Fn(f64) -> f64,
) {
    let series = chart.series.iter().enumerate();
    let mut points: Vec<(usize, &Cell)> = series
        .filter_map(|(n, s)| Some((n, s.cells[row].as_ref()?)))
        .collect();
    points.sort_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let (Some((_, low)), Some((_, high))) = (points.first(), points.last()) else {
        return;
    };
    let mid = short(y);
    let _ = write!(
        svg,
        "<line class=\"chart-track\" x1=\"{}%\" x2=\"{}%\" y1=\"{mid}\" y2=\"{mid}\"/>",
        short(x(low.value)),
        short(x(high.value))
    );
    for (n, cell) in &points {
        let (name, label) = (&chart.series[*n].name, &chart.labels[row]);
        let note = escape(&format!("{name}, {label}: {}", figures.shown(&cell.text)));
        svg.push_str(&marks::shape(
            *n,
            &format!("{}%", short(x(cell.value))),
            y,
            &note,
        ));
    }
    let mut figure = |cell: &Cell, gap: i32, anchor: &str| {
        let _ = write!(
            svg,
            "<text x=\"{}%\" dx=\"{gap}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            short(x(cell.value)),
            short(y + 4.5),
            escape(&figures.shown(&cell.text))
        );
    };
    figure(high, 10, "start");
    if points.len() > 1 {
        figure(low, -10, "end");
    }
}
