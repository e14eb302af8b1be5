//! What the author wrote, parsed: files on all threads, then what holds for all of them together.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use camino::Utf8PathBuf;

use super::{
    Listener, Options, Parsed, Progress,
    conceal::{self, Registry},
    each,
};
use crate::{
    config::{self, Config},
    diagnostic::{Code, Diagnostic, Severity},
    model::{
        address::Remembered,
        article::Article,
        entity::RegistryEntity,
        page::Page,
        source::{SourceFile, Sources},
    },
    references::Library,
    stages::{
        parse::{self, ParseOptions},
        resolve::knowledge_base::{Decisions, KnowledgeBase},
    },
    text::redaction::{self, Mark},
    visibility::{Policy, Publication, Status, publication},
    words::Words,
};

/// Parses all files and leaves out what is not published.
#[must_use]
pub fn parse(sources: &Sources, options: &Options, progress: Listener<'_>) -> Parsed {
    let files = sources.articles.len() + sources.pages.len() + sources.entities.len();
    progress(Progress::Stage("parsing", files));
    let ground = Ground::parse(sources, options, progress);
    let articles = each(&sources.articles, progress, |source| {
        let (article, problems) = ground.article(source);
        let article = article.map(|article| (Arc::new(article), ()));
        (article, problems)
    });
    ground.with(articles).0
}

/// All that is parsed before the articles, and what they are parsed with.
pub(super) struct Ground {
    pub(super) config: Config,
    pub(super) words: Words,
    pub(super) kb: KnowledgeBase,
    library: Option<Library>,
    mark: Mark,
    pages: Vec<Page>,
    registry: Registry,
    remembered: Vec<Remembered>,
    policy: Policy,
    failed: BTreeSet<String>,
    problems: Vec<Diagnostic>,
}

/// An article with what somebody made of it, or neither; and what was wrong.
pub(super) type Read<T> = (Option<(Arc<Article>, T)>, Vec<Diagnostic>);

impl Ground {
    /// Parses the settings, the registry, the decisions and the pages.
    pub(super) fn parse(sources: &Sources, options: &Options, progress: Listener<'_>) -> Self {
        let (config, words, mark, mut problems) = settings(sources, options);
        let (library, own) = Library::read(&sources.references, config.citation_style);
        problems.extend(own);
        let parse_options = parse_options(&config, &words, &mark, library.as_ref());
        let pages = each(&sources.pages, progress, |source| {
            parse::page(source, &parse_options)
        });
        let entities = each(&sources.entities, progress, |source| {
            parse::entity(source, &parse_options)
        });
        let pages: Vec<Page> = keep(pages, &mut problems);
        let entities: Vec<RegistryEntity> = keep(entities, &mut problems);
        let failed = names_of_failed(&problems).collect();
        let policy = Policy {
            drafts: options.drafts,
            most_closed: options.audience,
            last_day: options.as_of,
            ..Policy::at(options.now)
        };
        let mut decisions = decisions(sources, &mut problems);
        let mut registry = conceal::registry(entities, pages, &mut decisions, &policy);
        let entities = std::mem::take(&mut registry.entities);
        let pages = std::mem::take(&mut registry.pages);
        let (kb, kb_problems) = KnowledgeBase::new(entities, decisions);
        problems.extend(kb_problems);
        let (remembered, own) = sources
            .addresses
            .as_ref()
            .map(parse::addresses)
            .unwrap_or_default();
        problems.extend(own);
        Self {
            config,
            words,
            kb,
            library,
            mark,
            pages,
            registry,
            remembered,
            policy,
            failed,
            problems,
        }
    }

    /// What articles are parsed with.
    pub(super) fn parse_options(&self) -> ParseOptions<'_> {
        parse_options(&self.config, &self.words, &self.mark, self.library.as_ref())
    }

    /// An article, without what it says of hidden entities.
    pub(super) fn article(&self, source: &SourceFile) -> (Option<Article>, Vec<Diagnostic>) {
        let (mut article, problems) = parse::article(source, &self.parse_options());
        if let Some(article) = &mut article {
            self.registry.forget(&mut article.front.entities);
        }
        (article, problems)
    }

    /// How much of an article is published now.
    pub(super) fn publication(&self, article: &Article) -> Publication {
        publication(&Status::from(&article.front), &self.policy)
    }

    /// The whole, with the articles, and what was made of those that are published.
    pub(super) fn with<T>(self, articles: Vec<Read<T>>) -> (Parsed, Vec<T>) {
        let Self {
            registry,
            policy,
            mut failed,
            mut problems,
            ..
        } = self;
        let mut hidden = registry.hidden;
        let mut withheld = registry.withheld;
        let (mut published, mut redacted) = (Vec::with_capacity(articles.len()), Vec::new());
        for (article, own) in articles {
            failed.extend(names_of_failed(&own));
            problems.extend(own);
            let Some((mut article, made)) = article else {
                continue;
            };
            match publication(&Status::from(&article.front), &policy) {
                Publication::Whole => {
                    let later = conceal::take_back(&mut article, &policy).into_iter();
                    let later = later.map(|own| (article.path.clone(), own));
                    withheld.corrections.extend(later);
                    published.push((article, made));
                    continue;
                }
                Publication::Notice => {
                    redacted.push(conceal::notice(&article));
                    hidden.extend(conceal::old_names(&article));
                }
                Publication::Nothing => {}
            }
            hidden.extend(conceal::names_of(&article));
            withheld.articles.push(article);
        }
        let published = with_unique_slugs(published, &mut problems);
        let mut taken: BTreeSet<String> = published.iter().map(|(a, _)| a.slug.clone()).collect();
        redacted.retain(|notice| taken.insert(notice.slug.clone()));
        let (articles, made) = published.into_iter().unzip();
        let parsed = Parsed {
            failed,
            hidden,
            hidden_files: withheld.files(),
            withheld,
            remembered: self.remembered,
            config: self.config,
            words: self.words,
            articles,
            redacted,
            pages: self.pages,
            kb: self.kb,
            library: self.library,
            mark: self.mark,
            problems,
        };
        (parsed, made)
    }
}

/// The settings of the site, its words, what stands for redactions in it, and what was wrong.
fn settings(sources: &Sources, options: &Options) -> (Config, Words, Mark, Vec<Diagnostic>) {
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
    (config, words, mark, problems)
}

/// What articles and pages are parsed with.
pub(super) fn parse_options<'a>(
    config: &Config,
    words: &'a Words,
    mark: &'a Mark,
    library: Option<&'a Library>,
) -> ParseOptions<'a> {
    ParseOptions {
        words,
        raw_html: config.raw_html,
        library,
        mark,
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
fn with_unique_slugs<T>(
    articles: Vec<(Arc<Article>, T)>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(Arc<Article>, T)> {
    let mut taken: BTreeMap<String, Utf8PathBuf> = BTreeMap::new();
    let mut kept = Vec::with_capacity(articles.len());
    for (article, made) in articles {
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
        kept.push((article, made));
    }
    kept
}
