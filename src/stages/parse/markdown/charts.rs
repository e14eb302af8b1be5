//! `chart` and `table` fences.

use std::ops::Range;

use pulldown_cmark::Event;

use super::Walk;
use crate::{
    model::{chart::ChartSpec, document::HoleKind, table::TableSpec},
    stages::parse::{chart, table},
    text::slug::slugify,
};

impl Walk<'_> {
    /// The figure of a chart; the link stage reads its data, and the render stage draws it.
    pub(super) fn chart(&mut self, block: &[(Event<'_>, Range<usize>)]) {
        let source = self.place(&chart::text_range(block));
        let (spec, problems) = chart::spec(self.source, source);
        self.problems.extend(problems);
        if let Some(spec) = spec {
            self.chart_of(spec);
        }
    }

    /// The figure of a chart that has been read.
    pub(super) fn chart_of(&mut self, mut spec: ChartSpec) {
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

    /// The figure of a table of data.
    pub(super) fn data_table(&mut self, block: &[(Event<'_>, Range<usize>)]) {
        let source = self.place(&chart::text_range(block));
        let (spec, problems) = table::spec(self.source, source);
        self.problems.extend(problems);
        if let Some(spec) = spec {
            self.table_of(spec);
        }
    }

    /// The figure of a table that has been read.
    pub(super) fn table_of(&mut self, mut spec: TableSpec) {
        spec.id = self.unique_id(&slugify(&spec.title));
        self.writer.html("<figure class=\"chart data-table\" id=\"");
        self.writer.html_text(&spec.id);
        self.writer.html("\">");
        let index = self.writer.document.tables.len() as u32;
        self.writer.hole(HoleKind::Table(index));
        self.writer.html("</figure>\n");
        self.writer.document.tables.push(spec);
    }
}
