//! A table of a data file: what its author asks for, and what its cells say.

use jiff::civil::Date;

use super::{
    chart::{ChartData, ChartSource, Column},
    span::Span,
};

/// How the cells of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// As they are.
    Text,
    /// As numbers of the language.
    Number,
    /// As numbers with a sign for per cent.
    Percent,
    /// As days of the language.
    Date,
}

impl Format {
    /// All of them, with the word for each.
    pub const ALL: [(&'static str, Self); 4] = [
        ("text", Self::Text),
        ("number", Self::Number),
        ("percent", Self::Percent),
        ("date", Self::Date),
    ];
}

/// A column that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Its name in the data.
    pub column: Column,
    /// What readers see in its place.
    pub label: Option<String>,
    /// How its cells are written; none where they say it themselves.
    pub format: Option<Format>,
    /// Digits after the point, for numbers; as written where none is given.
    pub decimals: Option<usize>,
}

/// A `table` fence, checked as far as its own file goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSpec {
    /// The fragment, unique in the document.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// A line below the title.
    pub caption: Option<String>,
    /// Whose figures they are.
    pub credit: Option<ChartSource>,
    /// Where the figures are.
    pub data: ChartData,
    /// Where `data` or `csv` stands in the file.
    pub data_source: Span,
    /// The columns; all where none is named.
    pub columns: Vec<TableColumn>,
    /// The column that gives the order, and whether the last comes first; the data's own where none is.
    pub sort: Option<(Column, bool)>,
    /// Rows that are shown; all where none is given.
    pub limit: Option<usize>,
    /// Whether the file may be downloaded, if it is one of `content/data/`.
    pub download: bool,
    /// The fence's text in the file.
    pub source: Span,
}

/// Most rows of a table: a page is no database.
pub const MOST_ROWS: usize = 500;

/// A column's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// What it says.
    pub label: String,
    /// True where its cells are numbers, which stand to the right.
    pub is_number: bool,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetCell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A number in ASCII digits.
    Number(String),
    /// The same, per cent.
    Percent(String),
    /// A day.
    Date(Date),
}

/// What a table shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The heads: at least one.
    pub heads: Vec<Head>,
    /// The rows, each with as many cells.
    pub rows: Vec<Vec<SheetCell>>,
    /// Rows that the data has besides.
    pub left_out: usize,
    /// The path in the output at which the data may be downloaded.
    pub file: Option<String>,
}
