//! What the author wrote, parsed: files on all threads, then what holds for all of them together.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;

use super::{Listener, Options, Parsed, Progress, conceal, each};
use crate::{
    config,
    diagnostic::{Code, Diagnostic, Severity},
    model::{article::Article, entity::RegistryEntity, page::Page, source::Sources},
    stages::{
        parse::{self, ParseOptions},
        resolve::knowledge_base::{Decisions, KnowledgeBase},
    },
    text::redaction::{self, Mark},
    visibility::Policy,
    words::Words,
};

/// Parses all files and leaves out what is not published.
#[must_use]
pub fn parse(sources: &Sources, options: &Options, progress: Listener<'_>) -> Parsed {
    let files = sources.articles.len() + sources.pages.len() + sources.entities.len();
    progress(Progress::Stage("parsing", files));
    let (mut config, mut problems) = config::parse(sources.site.as_ref());
    if let Some(base_url) = &options.base_url {
        config.base_url = base_url.trim_end_matches('/').to_owned();
    }
    let (words, word_problems) = Words::of_site(&config.language, sources.strings.as_ref());
    problems.extend(word_problems);
    let mark = Mark::new(&words.say("redacted_mark"));
    // Which language the site has is known only now.
    let site = sources.site.as_ref();
    if site.is_some_and(|site| redaction::is_suspect(&site.text)) {
        let base_url = std::mem::take(&mut config.base_url);
        config = config::parse_marked(site, mark.shown()).0;
        config.base_url = base_url;
    }
    let parse_options = ParseOptions {
        mark: &mark,
        words: &words,
        raw_html: config.raw_html,
    };
    let articles = each(&sources.articles, progress, |source| {
        parse::article(source, &parse_options)
    });
    let pages = each(&sources.pages, progress, |source| {
        parse::page(source, &parse_options)
    });
    let entities = each(&sources.entities, progress, |source| {
        parse::entity(source, &parse_options)
    });
    let articles: Vec<Article> = keep(articles, &mut problems);
    let pages: Vec<Page> = keep(pages, &mut problems);
    let failed = names_of_failed(&problems).collect();
    let entities: Vec<RegistryEntity> = keep(entities, &mut problems);
    let policy = Policy {
        drafts: options.drafts,
        most_closed: options.audience,
        last_day: options.as_of,
        ..Policy::at(options.now)
    };
    let mut decisions = decisions(sources, &mut problems);
    let published = conceal::conceal(articles, entities, pages, &mut decisions, &policy);
    let (kb, kb_problems) = KnowledgeBase::new(published.entities, decisions);
    problems.extend(kb_problems);
    let articles = with_unique_slugs(published.articles, &mut problems);
    let mut taken: BTreeSet<String> = articles.iter().map(|a| a.slug.clone()).collect();
    let mut redacted = published.redacted;
    redacted.retain(|notice| taken.insert(notice.slug.clone()));
    let (remembered, own) = sources
        .addresses
        .as_ref()
        .map(parse::addresses)
        .unwrap_or_default();
    problems.extend(own);
    Parsed {
        failed,
        hidden: published.hidden,
        hidden_files: published.withheld.files(),
        withheld: published.withheld,
        remembered,
        config,
        words,
        articles,
        redacted,
        pages: published.pages,
        kb,
        problems,
    }
}

/// What links may call the files that have errors. One that could be read in spite of them is
/// found before this is asked.
pub(super) fn names_of_failed(problems: &[Diagnostic]) -> impl Iterator<Item = String> {
    let failed = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    failed.flat_map(|problem| {
        let name = problem.path.file_name().unwrap_or_default().to_owned();
        [parse::default_slug(&problem.path), name]
    })
}

fn keep<T>(parsed: Vec<(Option<T>, Vec<Diagnostic>)>, problems: &mut Vec<Diagnostic>) -> Vec<T> {
    let mut kept = Vec::with_capacity(parsed.len());
    for (value, own) in parsed {
        kept.extend(value);
        problems.extend(own);
    }
    kept
}

fn decisions(sources: &Sources, problems: &mut Vec<Diagnostic>) -> Decisions {
    let mut decisions = Decisions::default();
    if let Some(source) = &sources.suppress {
        let (names, own) = parse::suppressed(source);
        decisions.suppressed = names;
        problems.extend(own);
    }
    if let Some(source) = &sources.decisions {
        let (lists, own) = parse::decisions(source);
        decisions.accepted = lists.accepted;
        decisions.rejected = lists.rejected.into_keys().collect();
        decisions.merged = lists.merged;
        decisions.distinct = lists.distinct;
        problems.extend(own);
    }
    decisions
}

/// Two articles of one address cannot both be published.
fn with_unique_slugs(articles: Vec<Article>, problems: &mut Vec<Diagnostic>) -> Vec<Article> {
    let mut taken: BTreeMap<String, Utf8PathBuf> = BTreeMap::new();
    let mut kept = Vec::with_capacity(articles.len());
    for article in articles {
        if let Some(first) = taken.get(&article.slug) {
            let at = article.front_spans.get("slug").copied();
            let message = format!("the address `{}` is already that of {first}", article.slug);
            problems.push(
                Diagnostic::error(Code::SlugDuplicate, article.path.clone(), at, message)
                    .hint("give one of them another `slug:`"),
            );
            continue;
        }
        taken.insert(article.slug.clone(), article.path.clone());
        kept.push(article);
    }
    kept
}
