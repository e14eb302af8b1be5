//! A chart: what its author asks for, and the figures that it shows.

use super::span::Span;

/// How the figures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Lying bars, from zero.
    Bar,
    /// Lines from left to right.
    Line,
    /// Points on a line for each row.
    Dot,
}

impl ChartKind {
    /// All kinds, with the word for each.
    pub const ALL: [(&'static str, Self); 3] =
        [("bar", Self::Bar), ("line", Self::Line), ("dot", Self::Dot)];

    /// Most rows that can be told apart.
    #[must_use]
    pub fn most_rows(self) -> usize {
        match self {
            Self::Bar | Self::Dot => 40,
            Self::Line => 1000,
        }
    }
}

/// Most series that shape, dash and colour tell apart.
pub const MOST_SERIES: usize = 4;

/// Where the figures are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChartData {
    /// The path of a CSV file as written.
    File(String),
    /// CSV in the fence itself.
    Inline(String),
}

/// A column as the author names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// Where the name stands in the file.
    pub source: Span,
}

/// Whose figures they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartSource {
    /// Its name.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
}

/// A `chart` fence, checked as far as its own file goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartSpec {
    /// The fragment, unique in the document; `-title` and `-desc` after it are as well.
    pub id: String,
    /// How it is drawn.
    pub kind: ChartKind,
    /// What it shows.
    pub title: String,
    /// What it shows, for those who cannot see it; none where the figures say so.
    pub alt: Option<String>,
    /// A line below the title.
    pub caption: Option<String>,
    /// What the figures count.
    pub unit: Option<String>,
    /// Whose figures they are.
    pub credit: Option<ChartSource>,
    /// Where the figures are.
    pub data: ChartData,
    /// Where `data` or `csv` stands in the file.
    pub data_source: Span,
    /// The column of labels; the first where none is named.
    pub x: Option<Column>,
    /// The columns of figures; all others where none is named.
    pub y: Vec<Column>,
    /// Whether the file may be downloaded, if it is one of `content/data/`.
    pub download: bool,
    /// The fence's text in the file.
    pub source: Span,
}

/// A figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// As written.
    pub text: String,
    /// What it is worth: a finite number of at most 15 digits before the point.
    pub value: f64,
}

/// A column of figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its heading.
    pub name: String,
    /// A figure for each label; none where the cell is empty.
    pub cells: Vec<Option<Cell>>,
}

/// The figures of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The heading of the labels.
    pub x_name: String,
    /// The labels, one for each row: at least one.
    pub labels: Vec<String>,
    /// The path in the output at which the data may be downloaded.
    pub file: Option<String>,
    /// The series: at least one with a figure, [`MOST_SERIES`] at most.
    pub series: Vec<Series>,
}
