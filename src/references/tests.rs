#![allow(clippy::unwrap_used)]

use super::*;
use crate::model::{
    citation::{Citation, Cite, Part},
    span::Span,
};

const BIB: &str = "@book{doe2020, title = {Ports and power}, author = {Doe, Jane}, date = {2020}, publisher = {Quay Press}}\n\
@article{roe:2021, title = {Cranes & <ships>}, author = {Roe, Richard and Doe, Jane}, date = {2021-03}, journaltitle = {Harbour Review}, volume = {4}, pages = {1--9}, url = {https://example.org/a?b=1&c=2}}\n";

fn library(name: &str, text: &str, style: &str) -> (Library, Vec<Diagnostic>) {
    let file = SourceFile {
        path: name.into(),
        text: text.into(),
    };
    let (library, problems) = Library::read(&[file], Style::named(style).unwrap());
    (library.unwrap(), problems)
}

fn cite(key: &str) -> Cite {
    Cite {
        key: key.to_owned(),
        prefix: String::new(),
        locator: None,
        suffix: String::new(),
        without_author: false,
    }
}

fn citation(n: usize, in_text: bool, cites: Vec<Cite>) -> Citation {
    Citation {
        id: format!("_cite-{n}"),
        cites,
        in_text,
        source: Span::default(),
    }
}

#[test]
fn a_style_of_years() {
    let (library, problems) = library("references.bib", BIB, "chicago-author-date");
    assert!(problems.is_empty(), "{problems:?}");
    let page = Cite {
        prefix: "see".to_owned(),
        locator: Some((Part::Page, "12".to_owned())),
        ..cite("doe2020")
    };
    let year = Cite {
        without_author: true,
        ..cite("doe2020")
    };
    let cited = library.cite(
        &[
            citation(1, false, vec![page, cite("roe:2021")]),
            citation(2, true, vec![cite("doe2020")]),
            citation(3, false, vec![year]),
        ],
        "en",
    );
    let texts: Vec<&str> = cited.marks.iter().map(|mark| &*mark.text).collect();
    assert_eq!(
        texts,
        [
            "(see Doe 2020, 12; Roe and Doe 2021)",
            "Doe (2020)",
            "(2020)"
        ]
    );
    assert!(cited.marks[0].html.contains("href=\"#_ref-doe2020\""));
    assert_eq!(cited.references[0].key, "doe2020");
    assert_eq!(
        cited.references[0].cited_at,
        ["_cite-1", "_cite-2", "_cite-3"]
    );
    let html = &cited.references[1].html;
    assert!(html.contains("Cranes &amp; &lt;"), "{html}");
    assert!(html.contains("b=1&amp;c=2"), "{html}");
    assert!(!html.contains("style="), "{html}");
}

#[test]
fn a_style_of_numbers() {
    let (library, _) = library("references.bib", BIB, "ieee");
    let cited = library.cite(
        &[
            citation(1, false, vec![cite("roe:2021")]),
            citation(2, true, vec![cite("doe2020")]),
        ],
        "en",
    );
    let texts: Vec<&str> = cited.marks.iter().map(|mark| &*mark.text).collect();
    assert_eq!(texts, ["[1]", "J. Doe [2]"]);
    assert_eq!(cited.references[0].label.as_deref(), Some("[1]"));
}

#[test]
fn words_are_those_of_the_language() {
    let (library, _) = library("references.bib", BIB, "chicago-author-date");
    let cited = |language| {
        let list = library.list(["roe:2021"].into_iter(), language);
        list[0].text.clone()
    };
    assert_ne!(cited("en"), cited("de"));
}

#[test]
fn the_same_works_in_other_formats() {
    let json = r#"[{"id": "doe2020", "type": "book", "title": "Ports and power",
        "author": [{"family": "Doe", "given": "Jane"}], "issued": {"date-parts": [[2020]]},
        "publisher": "Quay Press"}]"#;
    let yaml = "doe2020:\n  type: book\n  title: Ports and power\n  author: Doe, Jane\n  date: 2020\n  publisher: Quay Press\n";
    let list = |name, text| {
        let (library, problems) = library(name, text, "apa");
        assert!(problems.is_empty(), "{problems:?}");
        library.list(["doe2020"].into_iter(), "en")[0].text.clone()
    };
    let bib = list("references.bib", BIB);
    assert!(bib.contains("Quay Press"), "{bib}");
    assert_eq!(list("references.json", json), bib);
    assert_eq!(list("references.yaml", yaml), bib);
}

#[test]
fn what_cannot_be_read_has_a_place() {
    for (name, text, line) in [
        (
            "references.bib",
            "@book{a, title = {A}}\n@book{b, title = \n",
            2,
        ),
        ("references.bib", "@book{a, title {A}}\n", 1),
        ("references.json", "[\n{\"id\": \"a\",}\n]", 2),
        (
            "references.yaml",
            "a:\n  type: book\nb:\n  type: tablet\n",
            3,
        ),
    ] {
        let (library, problems) = library(name, text, "apa");
        assert!(!library.is_whole(), "{name}");
        let span = problems[0].span.unwrap();
        let before = &text[..span.start as usize];
        let found = before.matches('\n').count() + 1;
        assert!(found.abs_diff(line) <= 1, "{name}: {problems:?}");
    }
}

#[test]
fn fragments_differ() {
    let bib = "@misc{a:b, title = {A}}\n@misc{a/b, title = {B}}\n";
    let (library, _) = library("references.bib", bib, "apa");
    let ids: Vec<&str> = library.works.values().map(|work| &*work.id).collect();
    assert_eq!(ids, ["_ref-a-b", "_ref-a-b--2"]);
}
