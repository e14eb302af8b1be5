//! Drawings, checked for what they say.

use super::{scale::*, *};
use crate::model::{
    chart::{Cell, ChartData},
    span::Span,
};

fn spec(kind: ChartKind) -> ChartSpec {
    ChartSpec {
        id: "ships".to_owned(),
        kind,
        title: "Ships & boats".to_owned(),
        alt: None,
        caption: None,
        unit: Some("%".to_owned()),
        credit: None,
        data: ChartData::Inline(String::new()),
        data_source: Span::default(),
        x: None,
        y: Vec::new(),
        download: true,
        source: Span::default(),
    }
}

fn chart(labels: &[&str], series: &[(&str, &[&str])]) -> Chart {
    let cell = |text: &&str| {
        let value = text.parse().ok()?;
        let text = (*text).to_owned();
        Some(Cell { text, value })
    };
    Chart {
        x_name: "Year".to_owned(),
        labels: labels.iter().map(|l| (*l).to_owned()).collect(),
        file: None,
        series: series
            .iter()
            .map(|(name, cells)| Series {
                name: (*name).to_owned(),
                cells: cells.iter().map(cell).collect(),
            })
            .collect(),
    }
}

#[test]
fn ticks_are_round() {
    let ticks = |cells: &[&str], zero| {
        let labels = vec!["x"; cells.len()];
        let ticks = Ticks::over(&chart(&labels, &[("s", cells)]), zero);
        let words: Vec<String> = ticks.values.iter().map(|v| ticks.label(*v)).collect();
        words.join(" ")
    };
    assert_eq!(ticks(&["3", "98"], false), "0 20 40 60 80 100");
    assert_eq!(ticks(&["3", "98"], true), "0 20 40 60 80 100");
    assert_eq!(ticks(&["0.61", "0.92"], false), "0.60 0.70 0.80 0.90 1.00");
    assert_eq!(ticks(&["-4", "7"], false), "-5.0 -2.5 0 2.5 5.0 7.5");
    assert_eq!(ticks(&["5", "5"], false), "5 6 7 8 9 10");
    assert_eq!(
        ticks(&["12000", "48000"], true),
        "0 10000 20000 30000 40000 50000"
    );
}

#[test]
fn years_and_months_stand_at_their_distance() {
    let across = |labels: &[&str]| {
        let labels: Vec<String> = labels.iter().map(|l| (*l).to_owned()).collect();
        scale::across(&labels)
    };
    assert_eq!(across(&["2010", "2015", "2020"]), [0.0, 0.5, 1.0]);
    assert_eq!(across(&["2010", "2011", "2020"])[1], 0.1);
    assert_eq!(across(&["b", "a", "c"]), [0.0, 0.5, 1.0]);
    assert_eq!(
        across(&["2020", "2010", "2015"]),
        [0.0, 0.5, 1.0],
        "not rising"
    );
    assert!(across(&["2024-01", "2024-02", "2024-07"])[1] < 0.2);
    assert_eq!(across(&["alone"]), [0.5]);
}

#[test]
fn a_missing_figure_is_a_gap_and_a_dash() {
    let html = figure(
        &Words::default(),
        &spec(ChartKind::Line),
        &chart(&["1", "2", "3"], &[("a", &["4", "", "6"])]),
        &LinkNotes::default(),
        None,
    );
    assert!(
        html.contains(" d=\"M0,") && html.contains("M1000,"),
        "{html}"
    );
    assert!(!html.contains("L1000,"), "{html}");
    assert!(html.contains("<td class=\"right\">–</td>"), "{html}");
}

#[test]
fn every_kind_says_its_figures_in_words_and_as_a_table() {
    let figures = chart(
        &["2020", "2021"],
        &[("a<b", &["1", "2"]), ("c", &["-3", "4"])],
    );
    for (_, kind) in ChartKind::ALL {
        let html = figure(
            &Words::default(),
            &spec(kind),
            &figures,
            &LinkNotes::default(),
            None,
        );
        assert!(
            html.contains("a&lt;b: 2020 1%, 2021 2%. c: 2020 \u{2212}3%, 2021 4%."),
            "{html}"
        );
        assert!(
            html.contains("<th scope=\"row\">2021</th><td class=\"right\">2</td>"),
            "{html}"
        );
        assert!(html.contains("Ships &amp; boats"), "{html}");
        assert!(!html.contains("NaN") && !html.contains("style="), "{html}");
    }
}

type Row = (String, Option<f64>, Option<f64>);

proptest::proptest! {
    #[test]
    fn any_figures_can_be_drawn(
        rows in proptest::collection::vec((".{0,20}", proptest::option::of(-1e15f64..1e15), proptest::option::of(-1e-12f64..1e-12)), 1..30),
    ) {
        let rows: Vec<Row> = rows;
        let labels: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
        let text = |figure: Option<f64>| figure.map_or_else(String::new, |v| v.to_string());
        let large: Vec<String> = rows.iter().map(|row| text(row.1)).collect();
        let small: Vec<String> = rows.iter().map(|row| text(row.2)).collect();
        let large: Vec<&str> = large.iter().map(String::as_str).collect();
        let small: Vec<&str> = small.iter().map(String::as_str).collect();
        for series in [&[("a", &*large)][..], &[("a", &*large), ("b", &*small)], &[("b", &*small)]] {
            for (_, kind) in ChartKind::ALL {
                let drawn = figure(&Words::default(), &spec(kind), &chart(&vec!["x"; labels.len()], series), &LinkNotes::default(), None);
                proptest::prop_assert!(!drawn.contains("NaN") && !drawn.contains("inf%"), "{}", drawn);
                figure(&Words::default(), &spec(kind), &chart(&labels, series), &LinkNotes::default(), None);
            }
        }
    }
}
