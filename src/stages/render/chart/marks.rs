//! What tells series apart besides colour: shapes for points, patterns for bars.

use std::fmt::Write;

use super::scale::{WHOLE_WIDTH, broken, short};
use crate::text::html::escape;

/// The class of a series, from `s1`.
pub(super) fn class(series: usize) -> String {
    format!("s{}", series + 1)
}

/// A point of a series at a place across (with its unit) and down; `note` is shown on hover.
pub(super) fn shape(series: usize, x: &str, y: f64, note: &str) -> String {
    let path = match series {
        0 => "M-4.5,0a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0z",
        1 => "M-4.2,-4.2h8.4v8.4h-8.4z",
        2 => "M0,-5.4L5.2,4.4H-5.2z",
        _ => "M0,-6L6,0L0,6L-6,0z",
    };
    let note = match note {
        "" => String::new(),
        note => format!("<title>{note}</title>"),
    };
    format!(
        "<svg class=\"point {}\" x=\"{x}\" y=\"{}\" overflow=\"visible\"><path d=\"{path}\">{note}</path></svg>",
        class(series),
        short(y)
    )
}

/// The pattern that fills the bars of a series; the first is plain.
pub(super) fn pattern(id: &str, series: usize) -> String {
    let inside = match series {
        1 => "<path d=\"M-2,2L2,-2M0,8L8,0M6,10L10,6\"/>",
        2 => "<path d=\"M0,4H8\"/>",
        _ => "<path d=\"M2,2h2v2h-2zM6,6h2v2h-2z\"/>",
    };
    let mut out = String::new();
    if series > 0 {
        let _ = write!(
            out,
            "<pattern id=\"{id}-p{series}\" class=\"{}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">{inside}</pattern>",
            class(series)
        );
    }
    out
}

/// Height of a line of a label, in pixels.
const LINE: u32 = 17;

/// The label of a row at the left edge, in as many lines as a phone needs; says where it ends.
pub(super) fn label(svg: &mut String, words: &str, y: u32) -> u32 {
    let mut end = y + 3;
    for line in broken(words, WHOLE_WIDTH) {
        let _ = write!(
            svg,
            "<text class=\"chart-label\" x=\"0\" y=\"{}\">{}</text>",
            end + 11,
            escape(&line)
        );
        end += LINE;
    }
    end
}
