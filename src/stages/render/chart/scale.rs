//! From figures to per cent of the width or pixels of the height; round ticks; room for words.

use jiff::civil::Date;

use crate::model::chart::Chart;

/// The narrowest drawing, in pixels: a phone of 320 pixels without its margins.
const NARROWEST: f64 = 288.0;
/// About the width of a letter, in pixels.
const LETTER: f64 = 7.2;

/// The room that `letters` take in the narrowest drawing, in per cent, between two bounds.
pub(super) fn room(letters: usize, least: f64, most: f64) -> f64 {
    (letters as f64 * LETTER / NARROWEST * 100.0).clamp(least, most)
}

/// A number for SVG: two decimals at most.
pub(super) fn short(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    // No minus before nought.
    format!("{}", rounded + 0.0)
}

/// Letters of a label that has the whole width.
pub(super) const WHOLE_WIDTH: usize = 36;

/// Words in lines of at most so many letters, broken at spaces.
pub(super) fn broken(words: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Round values over a range of figures.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ticks {
    /// From the first to the last, which bound the range.
    pub(super) values: Vec<f64>,
    decimals: usize,
}

impl Ticks {
    /// Ticks around all figures; with zero where `zero` asks for it or the figures come near it.
    pub(super) fn over(chart: &Chart, zero: bool) -> Self {
        let cells = chart.series.iter().flat_map(|s| s.cells.iter().flatten());
        let (mut low, mut high) = cells.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), cell| {
            (l.min(cell.value), h.max(cell.value))
        });
        if !low.is_finite() || !high.is_finite() {
            (low, high) = (0.0, 1.0);
        }
        let near = |inner: f64, outer: f64| inner <= outer * 0.5;
        if zero || (low >= 0.0 && near(low, high)) || (high <= 0.0 && near(-high, -low)) {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        // Figures that differ by nothing to speak of need an axis all the same.
        if high - low <= 1e-9 * low.abs().max(high.abs()).max(1e-3) {
            high = low + low.abs().max(1.0);
        }
        Self::between(low, high)
    }

    fn between(low: f64, high: f64) -> Self {
        let rough = (high / 5.0) - (low / 5.0);
        let power = rough.log10().floor();
        let base = 10f64.powf(power);
        let step = [1.0, 2.0, 2.5, 5.0, 10.0]
            .into_iter()
            .map(|factor| factor * base)
            .find(|step| *step >= rough)
            .unwrap_or(10.0 * base);
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        let count = (last - first).clamp(1.0, 10.0) as usize;
        let values = (0..=count).map(|n| (first + n as f64) * step).collect();
        let fraction = if step / base == 2.5 { 1.0 } else { 0.0 };
        let decimals = (fraction - power).clamp(0.0, 9.0) as usize;
        Self { values, decimals }
    }

    /// Where a figure stands, from 0 to 1.
    pub(super) fn share(&self, value: f64) -> f64 {
        let (first, last) = (self.first(), self.last());
        ((value - first) / (last - first)).clamp(0.0, 1.0)
    }

    fn first(&self) -> f64 {
        self.values.first().copied().unwrap_or(0.0)
    }

    fn last(&self) -> f64 {
        self.values.last().copied().unwrap_or(1.0)
    }

    /// A tick in plain digits.
    pub(super) fn label(&self, value: f64) -> String {
        if value == 0.0 {
            return "0".to_owned();
        }
        format!("{:.*}", self.decimals, value)
    }
}

/// Where each label stands across a line chart, from 0 to 1: by its value where all are numbers
/// or dates that rise, else evenly.
pub(super) fn across(labels: &[String]) -> Vec<f64> {
    let values: Option<Vec<f64>> = labels.iter().map(|label| place_of(label)).collect();
    let rising = values.filter(|values| values.windows(2).all(|pair| pair[0] < pair[1]));
    let last = labels.len().saturating_sub(1).max(1) as f64;
    match rising.as_deref() {
        Some([first, .., end]) => {
            let place = |value: &f64| (value - first) / (end - first);
            rising.iter().flatten().map(place).collect()
        }
        _ if labels.len() == 1 => vec![0.5],
        _ => (0..labels.len()).map(|n| n as f64 / last).collect(),
    }
}

/// A number, a month or a day on one axis; years are numbers.
fn place_of(label: &str) -> Option<f64> {
    let plain = label
        .chars()
        .all(|c| c.is_ascii_digit() || "+-.".contains(c));
    if !plain {
        return None;
    }
    let day = |date: Date| f64::from(date.year()) + f64::from(date.day_of_year() - 1) / 366.0;
    if let Ok(date) = label.parse::<Date>() {
        return Some(day(date));
    }
    if let Ok(date) = format!("{label}-01").parse::<Date>() {
        return Some(day(date));
    }
    label.parse::<f64>().ok().filter(|value| value.is_finite())
}
