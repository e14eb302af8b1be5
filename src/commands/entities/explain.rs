//! `entities explain`.

use std::io::Write;

use anyhow::{Context, Result, bail};
use camino::Utf8Path;

use super::{Site, read, state};
use crate::{
    cli::SourceArgs,
    commands::{OK, counted},
    model::{
        article::Article,
        catalogue::{Catalogue, EntityIdx, Resolution},
        extraction::Mention,
        span::Span,
    },
    pipeline,
};

/// Says of every name on a line what it means, by which rule, and how sure that is.
pub(super) fn explain(place: &str, source: &SourceArgs) -> Result<u8> {
    let (file, line) = place
        .rsplit_once(':')
        .and_then(|(file, line)| Some((file, line.parse::<usize>().ok()?)))
        .with_context(|| {
            format!("`{place}` is no FILE:LINE; write for example content/briefings/ports.md:14")
        })?;
    let Site { parsed, linked, .. } = read(source)?;
    let file = Utf8Path::new(file);
    let below = file.strip_prefix(&source.content).unwrap_or(file);
    let Some(n) = parsed
        .articles
        .iter()
        .position(|article| article.path == below)
    else {
        bail!("{file} is no published briefing of {}", source.content);
    };
    let article = &parsed.articles[n];
    let path = source.content.join(&article.path);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let Some(span) = pipeline::line_span(&text.replace("\r\n", "\n"), line) else {
        bail!("{path} has no line {line}");
    };
    let mut out = anstream::stdout().lock();
    let pairs = linked.extractions[n]
        .mentions
        .iter()
        .zip(&linked.resolutions[n]);
    let mut found = 0;
    for (mention, resolution) in pairs {
        let source = article.document.source.span(mention.span);
        if source.is_some_and(|at| at.overlaps(span)) {
            found += 1;
            writeln!(
                out,
                "{}",
                explanation(article, mention, resolution, &linked.catalogue)
            )?;
        }
    }
    for time in &linked.extractions[n].times {
        if article
            .document
            .source
            .span(time.span)
            .is_some_and(|at| at.overlaps(span))
        {
            found += 1;
            writeln!(
                out,
                "{:?}: time, {}",
                time.span.of(&article.document.text),
                time.value
            )?;
        }
    }
    writeln!(
        out,
        "{} on line {line} of {path}",
        counted(found, "finding")
    )?;
    Ok(OK)
}

fn explanation(
    article: &Article,
    mention: &Mention,
    resolution: &Resolution,
    catalogue: &Catalogue,
) -> String {
    let name = |idx: &EntityIdx| {
        format!(
            "{} ({})",
            catalogue.get(*idx).name,
            state(catalogue.get(*idx))
        )
    };
    let meaning = match resolution {
        Resolution::Linked(idx) => name(idx),
        Resolution::Ambiguous(several) => {
            let names: Vec<String> = several.iter().map(name).collect();
            format!("ambiguous: {}", names.join(" or "))
        }
        Resolution::Nil => "not shown".to_owned(),
    };
    let words = |span: Span| span.of(&article.document.text);
    format!(
        "{:?}: {} → {meaning}\n    rule {:?}, sense {:?}, confidence {:.2}\n    in: {}",
        words(mention.span),
        mention.kind.as_str(),
        mention.rule,
        mention.sense,
        mention.confidence,
        words(mention.sentence)
    )
}
