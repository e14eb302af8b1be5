//! Lines from left to right, each named at its end.

use std::fmt::Write;

use super::{
    Drawing, Figures, marks,
    scale::{self, Ticks, broken, room, short},
};
use crate::{
    model::chart::{Chart, Series},
    text::html::escape,
};

/// The plot's top and height, and where the labels below it stand, in pixels.
const TOP: f64 = 10.0;
const PLOT: f64 = 230.0;
const BELOW: u32 = 26;
/// Height of a line of words.
const WORDS: f64 = 16.0;
/// More points than this in a line are not marked one by one.
const MOST_MARKS: usize = 40;
/// Letters of a name before it is broken over two lines.
const NAME: usize = 14;

/// Where the plot stands across, in per cent, and how figures become heights.
struct Plot {
    left: f64,
    width: f64,
    ticks: Ticks,
    across: Vec<f64>,
}

impl Plot {
    fn x(&self, row: usize) -> f64 {
        self.left + self.across[row] * self.width
    }

    fn y(&self, value: f64) -> f64 {
        TOP + (1.0 - self.ticks.share(value)) * PLOT
    }
}

pub(super) fn draw(figures: &Figures<'_>, chart: &Chart) -> Drawing {
    let ticks = Ticks::over(chart, false);
    let said = ticks.values.iter().map(|v| figures.shown(&ticks.label(*v)));
    let left = room(
        said.map(|f| f.chars().count()).max().unwrap_or(0) + 1,
        6.0,
        24.0,
    );
    let names = chart.series.iter().flat_map(|s| broken(&s.name, NAME));
    let longest = names.map(|line| line.chars().count()).max().unwrap_or(0);
    let right = match chart.series.len() {
        1 => 3.0,
        _ => room(longest + 2, 8.0, 45.0),
    };
    let plot = Plot {
        left,
        width: 100.0 - left - right,
        ticks,
        across: scale::across(&chart.labels),
    };
    let mut svg = String::new();
    grid(&mut svg, figures, &plot);
    labels(&mut svg, chart, &plot);
    for (n, series) in chart.series.iter().enumerate() {
        line(&mut svg, &plot, n, series);
        points(&mut svg, figures, chart, &plot, n);
    }
    if chart.series.len() > 1 {
        names_at_ends(&mut svg, chart, &plot);
    }
    Drawing {
        height: (TOP + PLOT) as u32 + BELOW,
        svg,
    }
}

fn grid(svg: &mut String, figures: &Figures<'_>, plot: &Plot) {
    let (from, to) = (short(plot.left), short(plot.left + plot.width));
    for value in &plot.ticks.values {
        let y = plot.y(*value);
        let class = if *value == 0.0 {
            "chart-axis"
        } else {
            "chart-grid"
        };
        let _ = write!(
            svg,
            "<line class=\"{class}\" x1=\"{from}%\" x2=\"{to}%\" y1=\"{0}\" y2=\"{0}\"/>\
             <text class=\"chart-tick\" x=\"0\" y=\"{1}\">{2}</text>",
            short(y),
            short(y + 4.0),
            escape(&figures.shown(&plot.ticks.label(*value)))
        );
    }
}

/// Labels below the plot: the first, the last, and between them those that have room.
fn labels(svg: &mut String, chart: &Chart, plot: &Plot) {
    let last = chart.labels.len() - 1;
    let longest = chart.labels.iter().map(|l| l.chars().count()).max();
    let wide = room(longest.unwrap_or(1) + 2, 12.0, 60.0);
    let mut shown = vec![0];
    let mut free = plot.x(0) + wide;
    for row in 1..last {
        let x = plot.x(row);
        // The last label ends at its place, and the first one begins there.
        if x - wide / 2.0 >= free && x + wide * 1.5 <= plot.x(last) {
            shown.push(row);
            free = x + wide / 2.0;
        }
    }
    if last > 0 {
        shown.push(last);
    }
    for row in shown {
        let anchor = match row {
            _ if last == 0 => "middle",
            0 => "start",
            _ if row == last => "end",
            _ => "middle",
        };
        let _ = write!(
            svg,
            "<text class=\"chart-tick\" x=\"{}%\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            short(plot.x(row)),
            short(TOP + PLOT + 20.0),
            escape(&chart.labels[row])
        );
    }
}

/// The line, with a gap where a figure is missing. Its own drawing is stretched over the plot,
/// since the corners of a line cannot be given in per cent.
fn line(svg: &mut String, plot: &Plot, n: usize, series: &Series) {
    let mut path = String::new();
    let mut draws = false;
    for (row, cell) in series.cells.iter().enumerate() {
        if let Some(cell) = cell {
            let x = plot.across[row] * 1000.0;
            let y = plot.y(cell.value) - TOP;
            let step = if draws { 'L' } else { 'M' };
            let _ = write!(path, "{step}{},{}", short(x), short(y));
        }
        draws = cell.is_some();
    }
    let _ = write!(
        svg,
        "<svg x=\"{}%\" y=\"{TOP}\" width=\"{}%\" height=\"{PLOT}\" viewBox=\"0 0 1000 {PLOT}\" preserveAspectRatio=\"none\" overflow=\"visible\">\
         <path class=\"chart-line {}\" d=\"{path}\" vector-effect=\"non-scaling-stroke\"/></svg>",
        short(plot.left),
        short(plot.width),
        marks::class(n)
    );
}

fn points(svg: &mut String, figures: &Figures<'_>, chart: &Chart, plot: &Plot, n: usize) {
    let series = &chart.series[n];
    let last = series.cells.iter().rposition(Option::is_some);
    for (row, cell) in series.cells.iter().enumerate() {
        let Some(cell) = cell else {
            continue;
        };
        if series.cells.len() > MOST_MARKS && Some(row) != last {
            continue;
        }
        let figure = figures.shown(&cell.text);
        let note = escape(&format!("{}, {}: {figure}", series.name, chart.labels[row]));
        let x = format!("{}%", short(plot.x(row)));
        svg.push_str(&marks::shape(n, &x, plot.y(cell.value), &note));
    }
}

/// The names of the series to the right of the plot, each as near to its end as the others let it.
fn names_at_ends(svg: &mut String, chart: &Chart, plot: &Plot) {
    let mut ends: Vec<(f64, usize)> = Vec::new();
    for (n, series) in chart.series.iter().enumerate() {
        if let Some(cell) = series.cells.iter().rev().flatten().next() {
            ends.push((plot.y(cell.value), n));
        }
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let heights: Vec<f64> = ends
        .iter()
        .map(|(_, n)| broken(&chart.series[*n].name, NAME).len() as f64 * WORDS)
        .collect();
    // Downwards past one another, then up again from the lower edge.
    let mut free = 0.0;
    for ((y, _), height) in ends.iter_mut().zip(&heights) {
        *y = f64::max(*y - WORDS / 2.0, free);
        free = *y + height;
    }
    let mut edge = TOP + PLOT + f64::from(BELOW);
    for ((y, _), height) in ends.iter_mut().zip(&heights).rev() {
        *y = y.min(edge - height);
        edge = *y;
    }
    let x = short(plot.left + plot.width);
    for (y, n) in ends {
        for (row, words) in broken(&chart.series[n].name, NAME).iter().enumerate() {
            let _ = write!(
                svg,
                "<text class=\"chart-name {}\" x=\"{x}%\" dx=\"12\" y=\"{}\">{}</text>",
                marks::class(n),
                short(y + WORDS * (row as f64 + 0.78)),
                escape(words)
            );
        }
    }
}
