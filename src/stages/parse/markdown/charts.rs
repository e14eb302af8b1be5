//! `chart` fences.

use std::ops::Range;

use pulldown_cmark::Event;

use super::Walk;
use crate::{model::document::HoleKind, stages::parse::chart, text::slug::slugify};

impl Walk<'_> {
    /// The figure of a chart; the link stage reads its data, and the render stage draws it.
    pub(super) fn chart(&mut self, block: &[(Event<'_>, Range<usize>)]) {
        let source = self.place(&chart::text_range(block));
        let (spec, problems) = chart::spec(self.source, source);
        self.problems.extend(problems);
        let Some(mut spec) = spec else {
            return;
        };
        spec.id = self.unique_id(&slugify(&spec.title));
        for part in ["title", "desc"] {
            self.ids.insert(format!("{}-{part}", spec.id));
        }
        self.writer.html("<figure class=\"chart\" id=\"");
        self.writer.html_text(&spec.id);
        self.writer.html("\">");
        let index = self.writer.document.charts.len() as u32;
        self.writer.hole(HoleKind::Chart(index));
        self.writer.html("</figure>\n");
        self.writer.document.charts.push(spec);
    }
}
