//! A saved article, as plain text or HTML, as a draft.
//!
//! Input: the text, what the editor said of it, and which of the pictures that it names lie beside
//! it. Output: one draft in `briefings/`, its pictures in a folder of the same name, and a note for
//! each line that was taken for the furniture of a web page.

mod byline;
mod credit;
mod furniture;
mod plain;
mod web;

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use jiff::civil;
use serde_json::{Map, Value};

use super::{Content, Imported, NewFile, Note, NoteKind, date::Written, draft::Draft};
use crate::{
    model::article::{Citation, LeadImage},
    text::slug::slugify,
};

/// What the editor said on the command line; it outranks what the text says.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Day of publication.
    pub date: Option<civil::Date>,
    /// Where the article stands on the web.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
}

/// A saved article.
#[derive(Debug, Clone)]
pub struct SavedArticle<'a> {
    /// Its file, for notes.
    pub file: Utf8PathBuf,
    /// Its text.
    pub text: &'a str,
    /// True for HTML.
    pub is_html: bool,
    /// The files around it, by their path from its folder, with `/`.
    pub beside: BTreeSet<Utf8PathBuf>,
}

/// Why an article cannot be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There are no words in it.
    Empty,
    /// It does not say when it was published.
    NoDate,
}

/// What was read of an article.
#[derive(Debug, Clone, Default, PartialEq)]
struct Read {
    title: String,
    authors: Vec<String>,
    publisher: Option<String>,
    date: Option<Written>,
    updated: Option<Written>,
    url: Option<String>,
    language: Option<String>,
    summary: Option<String>,
    picture: Option<Picture>,
    body: String,
    /// Pictures in the body, as the page names them.
    pictures: Vec<String>,
    /// Lines that were left out, with their number where the source has lines.
    left_out: Vec<(Option<usize>, String)>,
}

/// What a text says of its lead image.
#[derive(Debug, Clone, Default, PartialEq)]
struct Picture {
    src: Option<String>,
    alt: Option<String>,
    caption: Option<String>,
    credit: Option<String>,
    licence: Option<String>,
}

/// Makes a draft of a saved article.
///
/// # Errors
/// When it has no words, or neither it nor the editor says when it was published.
pub fn import(saved: &SavedArticle<'_>, said: &Said) -> Result<Imported, Fault> {
    let read = if saved.is_html {
        web::read(saved.text)
    } else {
        plain::read(saved.text)
    };
    if read.title.is_empty() {
        return Err(Fault::Empty);
    }
    let date = said.date.map(Written::from).or(read.date.clone());
    let date = date.ok_or(Fault::NoDate)?;
    let slug = match slugify(&read.title) {
        slug if slug.is_empty() => "untitled".to_owned(),
        slug => slug,
    };
    let stem = format!("{}-{slug}", date.day);
    let mut imported = Imported::default();
    let body = match saved.is_html {
        true => bring_pictures(&read, saved, &stem, &mut imported),
        false => read.body.clone(),
    };
    let draft = Draft {
        sources: vec![source(&read, said, date.day)],
        draft: true,
        body,
        ..with_picture(&read, saved, &stem, &mut imported)
    };
    let draft = Draft {
        title: read.title,
        date: Some(date),
        updated: read.updated,
        authors: read.authors,
        summary: read.summary,
        language: read.language,
        ..draft
    };
    let path = format!("briefings/{stem}.md");
    imported.files.insert(0, NewFile::text(path, draft.text()));
    let left_out = read.left_out.into_iter().map(|(line, text)| Note {
        file: saved.file.clone(),
        line,
        message: format!("left out: {text}"),
        kind: NoteKind::LeftOut,
    });
    imported.notes.extend(left_out);
    Ok(imported)
}

fn source(read: &Read, said: &Said, date: civil::Date) -> Citation {
    Citation {
        title: read.title.clone(),
        url: said.url.clone().or_else(|| read.url.clone()),
        publisher: said.publisher.clone().or_else(|| read.publisher.clone()),
        date: Some(date),
        archive_url: None,
    }
}

/// The lead image where its file lies beside the text; else what is said of it, under `extra`, for
/// the day that an editor adds the file.
fn with_picture(
    read: &Read,
    saved: &SavedArticle<'_>,
    stem: &str,
    imported: &mut Imported,
) -> Draft {
    let mut draft = Draft::default();
    let Some(picture) = &read.picture else {
        return draft;
    };
    let alt = picture.alt.clone().or_else(|| picture.caption.clone());
    let local = picture.src.as_deref().and_then(|src| beside(saved, src));
    if let Some((file, alt)) = local.zip(alt) {
        draft.image = Some(LeadImage {
            src: bring(&file, stem, imported),
            alt,
            caption: picture.caption.clone(),
            credit: picture.credit.clone(),
            licence: picture.licence.clone(),
        });
        return draft;
    }
    let parts = [
        ("src", &picture.src),
        ("alt", &picture.alt),
        ("caption", &picture.caption),
        ("credit", &picture.credit),
        ("licence", &picture.licence),
    ];
    let known = parts.into_iter().filter_map(|(key, value)| {
        let value = value.clone()?;
        Some((key.to_owned(), Value::String(value)))
    });
    let known: Map<String, Value> = known.collect();
    if !known.is_empty() {
        draft.extra.insert("image".to_owned(), Value::Object(known));
        draft.remarks.push(
            "The picture is not beside the saved article. To show it, put it beside this file, and move what extra.image says into image: {src: …, alt: …}."
                .to_owned(),
        );
    }
    draft
}

/// Copies the pictures of the text that lie beside it; those on other hosts become links.
fn bring_pictures(
    read: &Read,
    saved: &SavedArticle<'_>,
    stem: &str,
    imported: &mut Imported,
) -> String {
    let mut body = read.body.clone();
    for written in &read.pictures {
        let target = format!("]({written}");
        match beside(saved, written) {
            Some(file) => {
                let here = bring(&file, stem, imported);
                body = body.replace(&target, &format!("]({here}"));
            }
            None => imported.notes.push(Note {
                file: saved.file.clone(),
                line: None,
                message: format!("the picture {written} is not beside the article"),
                kind: NoteKind::File,
            }),
        }
    }
    web::with_own_pictures(&body, stem)
}

fn beside(saved: &SavedArticle<'_>, written: &str) -> Option<Utf8PathBuf> {
    let written = written.split(['?', '#']).next()?;
    let path = super::html::percent_decoded(written);
    let path = Utf8PathBuf::from(path.trim_start_matches("./"));
    saved.beside.contains(&path).then_some(path)
}

/// Notes a picture to be copied, and gives its address from the draft.
fn bring(file: &Utf8PathBuf, stem: &str, imported: &mut Imported) -> String {
    let name = file.file_name().unwrap_or("picture");
    let (base, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let name = format!("{}.{}", slugify(base), ending.to_lowercase());
    let path = format!("briefings/{stem}/{name}");
    let new = NewFile {
        path: path.into(),
        content: Content::Copy(file.clone()),
    };
    if !imported.files.contains(&new) {
        imported.files.push(new);
    }
    format!("{stem}/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECES: &[&str] = &[
        "By ",
        "Jane Miller",
        "July 21, 2024",
        " | ",
        " / ",
        "cc-by-2.0",
        "Photo: ",
        "(",
        ")",
        "\n",
        "\n\n",
        "News",
        "İ",
        "é",
        "\u{1f6a2}",
        "Home > ",
        "©",
        "Updated ",
        "• ",
        "# ",
        "<p>",
        "</p>",
        "<figure>",
        "<img src=",
        "<h1>",
        "{\"@type\":",
        "<script type='application/ld+json'>",
        "![a](",
        "by ",
        " for ",
        " and ",
        "[",
        "]",
        "4 min read",
        ".",
        "word ",
    ];

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
        #[test]
        fn nothing_that_a_text_holds_makes_it_panic(picks in proptest::collection::vec(0..PIECES.len(), 0..40)) {
            let text: String = picks.iter().map(|n| PIECES[*n]).collect();
            for is_html in [false, true] {
                let saved = SavedArticle { file: "a".into(), text: &text, is_html, beside: BTreeSet::new() };
                let said = Said { date: Some(civil::date(2024, 7, 21)), ..Said::default() };
                let _ = import(&saved, &said);
            }
        }
    }
}
