//! `entities list` and `entities explain`.

use std::io::Write;

use anyhow::{Context, Result, bail};
use camino::Utf8Path;

use super::{OK, counted, eval, options, use_threads};
use crate::{
    cli::{EntitiesCommand, SourceArgs},
    model::{
        article::Article,
        catalogue::{Catalogue, Entity, EntityIdx, Resolution},
        entity::{EntityKind, EntityState},
        extraction::Mention,
        span::Span,
    },
    pipeline::{self, Linked, Parsed},
    stages::load,
};

/// Runs one of them.
pub(super) fn run(command: &EntitiesCommand) -> Result<u8> {
    match command {
        EntitiesCommand::List { source } => list(source),
        EntitiesCommand::Explain { place, source } => explain(place, source),
        EntitiesCommand::Eval {
            gold,
            predictions,
            threshold,
        } => eval::run(gold, predictions.as_deref(), *threshold),
    }
}

fn read(source: &SourceArgs) -> Result<(Parsed, Linked)> {
    use_threads(source.jobs)?;
    let options = options(source, None)?;
    let (sources, _) = load::site(&options.content, &options.templates)?;
    let parsed = pipeline::parse(&sources, &options);
    let linked = pipeline::link(&parsed, &sources)?;
    Ok((parsed, linked))
}

fn list(source: &SourceArgs) -> Result<u8> {
    let (_, linked) = read(source)?;
    let mut out = anstream::stdout().lock();
    for (entity, node) in linked.catalogue.entities.iter().zip(&linked.graph.entities) {
        let line = format!(
            "{:<13}{:<11}{:>5}  {}",
            kind(entity.kind),
            state(entity),
            node.articles.len(),
            entity.name
        );
        if writeln!(out, "{line}").is_err() {
            // Whoever read the list has seen enough.
            break;
        }
    }
    Ok(OK)
}

fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organisation => "organisation",
        EntityKind::Place => "place",
        EntityKind::Event => "event",
    }
}

fn state(entity: &Entity) -> &'static str {
    match entity.state {
        EntityState::Confirmed => "confirmed",
        EntityState::Detected => "detected",
    }
}

fn explain(place: &str, source: &SourceArgs) -> Result<u8> {
    let (file, line) = place
        .rsplit_once(':')
        .and_then(|(file, line)| Some((file, line.parse::<usize>().ok()?)))
        .with_context(|| {
            format!("`{place}` is no FILE:LINE; write for example content/briefings/ports.md:14")
        })?;
    let (parsed, linked) = read(source)?;
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
        kind(mention.kind),
        mention.rule,
        mention.sense,
        mention.confidence,
        words(mention.sentence)
    )
}
