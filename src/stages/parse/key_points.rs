//! The front matter's `key_points`: each a line of Markdown with links and emphasis, no blocks.

use super::{ParseOptions, document, redaction};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        article::KeyPoint,
        document::{BlockKind, Document},
        source::SourceFile,
        span::Span,
    },
};

/// Parses the key points of the file `source`. One that is no line of Markdown is reported.
pub(super) fn documents(
    source: &SourceFile,
    points: &[KeyPoint],
    options: &ParseOptions<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Document> {
    let mut documents = Vec::with_capacity(points.len());
    // Its page has the references below the text, which does not have the key points.
    let options = ParseOptions {
        library: None,
        ..*options
    };
    for point in points {
        let own = SourceFile {
            path: source.path.clone(),
            text: point
                .text
                .trim()
                .replace(options.mark.shown(), options.mark.stand_in())
                .into(),
        };
        let (mut document, more) = document(&own, Span::new(0, own.text.len()), "", &[], &options);
        redaction::marks(&mut document, options.mark);
        let place = |span: Span| in_file(source, point, span);
        problems.extend(more.into_iter().map(|problem| Diagnostic {
            span: problem.span.map(place),
            ..problem
        }));
        if is_line(&document) {
            documents.push(placed(document, place));
        } else {
            let message = "a key point is one line of text".to_owned();
            let problem = Diagnostic::error(
                Code::YamlBadValue,
                source.path.clone(),
                Some(point.source),
                message,
            );
            problems.push(problem.hint(
                "emphasis, code and links may stand in it; lists, headings and pictures may not",
            ));
        }
    }
    documents
}

fn is_line(document: &Document) -> bool {
    let one = matches!(document.blocks.as_slice(), [only] if only.kind == BlockKind::Paragraph);
    let html = &document.body.html;
    let bare = html.starts_with("<p>") && html.ends_with("</p>\n");
    one && bare && document.images.is_empty()
}

/// Where a part of the point stands in the file: exactly, where YAML has it as it is.
fn in_file(source: &SourceFile, point: &KeyPoint, span: Span) -> Span {
    let written = point.source.of(&source.text);
    match written.find(point.text.trim()) {
        Some(at) => {
            let start = point.source.start as usize + at;
            Span::new(start + span.start as usize, start + span.end as usize)
        }
        None => point.source,
    }
}

fn placed(mut document: Document, place: impl Fn(Span) -> Span) -> Document {
    for link in &mut document.links {
        link.source = place(link.source);
    }
    for link in &mut document.wikilinks {
        link.source = place(link.source);
    }
    document
}
