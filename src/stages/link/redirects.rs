//! Old addresses that lead to where an article or an entity stands now.
//!
//! Input: the `aliases:` of all articles, redacted ones among them, and the `old_ids:` of the registry. Output: where each old
//! address leads, and a diagnostic for each alias that is no address or is taken already.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use super::Corpus;
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        catalogue::{Entity, EntityKey},
        entity::EntityKind,
        graph::Target,
        span::Span,
    },
    portable,
    stages::parse,
    text::slug::slugify,
    urls,
};

/// Where each old address leads, by path in the output.
pub(super) fn redirects(
    corpus: &Corpus<'_>,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Target> {
    let live = live(corpus);
    let mut redirects = of_entities(corpus, &live);
    for claim in claims(corpus) {
        match page_of(claim.alias) {
            Err(fault) => problems.push(unusable(&claim, fault)),
            Ok(page) if live.contains(&page) => {
                problems.push(taken(&claim, "a page of the site"));
            }
            Ok(page) => match redirects.get(&page) {
                Some(Target::Entity(_)) => {
                    problems.push(taken(&claim, "an old address of an entity"));
                }
                Some(first) if *first != claim.target => {
                    let owner = owner(corpus, first);
                    problems.push(taken(&claim, &format!("an alias of {owner}")));
                }
                _ => {
                    redirects.insert(page, claim.target);
                }
            },
        }
    }
    redirects
}

/// An old address that an article says was its own.
struct Claim<'a> {
    alias: &'a str,
    path: &'a Utf8Path,
    at: Option<Span>,
    target: Target,
}

/// What published articles claim, then what redacted ones do, whose notices are files.
fn claims<'a>(corpus: &Corpus<'a>) -> Vec<Claim<'a>> {
    let mut claims = Vec::new();
    for (idx, article) in corpus.indices().zip(corpus.articles) {
        claims.extend(article.front.aliases.iter().map(|alias| Claim {
            alias,
            path: &article.path,
            at: article.front_spans.get("aliases").copied(),
            target: Target::Article(idx, None),
        }));
    }
    for notice in corpus.redacted {
        claims.extend(notice.aliases.iter().map(|alias| Claim {
            alias,
            path: &notice.path,
            at: notice.aliases_span,
            target: Target::File(urls::article(&notice.slug)),
        }));
    }
    claims
}

/// The file of the article that an alias leads to.
fn owner<'a>(corpus: &Corpus<'a>, target: &Target) -> &'a Utf8Path {
    match target {
        Target::Article(idx, _) => &corpus.article(*idx).path,
        Target::File(page) => {
            let mut notices = corpus.redacted.iter();
            let notice = notices.find(|notice| urls::article(&notice.slug) == *page);
            notice.map_or(Utf8Path::new(""), |notice| &notice.path)
        }
        _ => Utf8Path::new(""),
    }
}

/// The pages where entities stood under their old ids. An id that another entity bears now is its.
fn of_entities(corpus: &Corpus<'_>, live: &BTreeSet<String>) -> BTreeMap<String, Target> {
    let catalogue = corpus.catalogue;
    let old = catalogue.indices().flat_map(|idx| {
        let entity = catalogue.get(idx);
        let EntityKey::Registry(id) = &entity.key else {
            return Vec::new();
        };
        let former = corpus.kb.get(id).map_or(&[][..], |r| &r.former);
        let pages = former.iter().filter_map(|old| old_page(entity, old));
        pages.map(|page| (page, Target::Entity(idx))).collect()
    });
    old.filter(|(page, _)| !live.contains(page)).collect()
}

/// The page of an entity under an old id: `isis-k`, or with its kind, `place/crocus-city-hall`.
fn old_page(entity: &Entity, old: &str) -> Option<String> {
    let (kind, id) = match old.split_once('/') {
        Some((kind, id)) => (parse::kind_of_folder(kind)?, id),
        None => (entity.kind, old),
    };
    let slug = slugify(id);
    (!slug.is_empty()).then(|| urls::entity_page(kind, &slug))
}

/// The pages of the site but for its terms; no alias may stand in their place.
fn live(corpus: &Corpus<'_>) -> BTreeSet<String> {
    let articles = corpus.articles.iter().map(|a| urls::article(&a.slug));
    let redacted = corpus.redacted.iter().map(|r| urls::article(&r.slug));
    let pages = corpus.pages.iter().map(|page| urls::page(&page.slug));
    let entities = corpus.catalogue.entities.iter().map(urls::entity);
    let kinds = EntityKind::ALL.into_iter().map(urls::entity_index);
    let generated = urls::GENERATED.into_iter().chain([urls::COUNTRIES]);
    let generated = generated.map(str::to_owned);
    articles
        .chain(redacted)
        .chain(pages)
        .chain(entities)
        .chain(kinds)
        .chain(generated)
        .collect()
}

/// The file that answers an old address: `/2023/ports/` is a folder's index, `/ports.html` a file.
fn page_of(alias: &str) -> Result<String, &'static str> {
    let path = alias.trim().trim_matches('/');
    if path.contains('#') {
        return Err("it has a `#fragment`, which no server sees");
    }
    if let Some(fault) = portable::path_fault(path) {
        return Err(fault);
    }
    let is_file = path.ends_with(".html") || path.ends_with(".htm");
    Ok(if is_file {
        path.to_owned()
    } else {
        format!("{path}/index.html")
    })
}

fn unusable(claim: &Claim<'_>, fault: &str) -> Diagnostic {
    let alias = claim.alias;
    problem(
        claim,
        format!("the alias `{alias}` is no old address: {fault}"),
    )
    .hint("write the path that followed the site's name, such as /2023/ports/")
}

fn taken(claim: &Claim<'_>, by: &str) -> Diagnostic {
    let alias = claim.alias;
    problem(claim, format!("the alias `{alias}` is already {by}"))
        .hint("an address can lead to one page only; remove one of them")
}

fn problem(claim: &Claim<'_>, message: String) -> Diagnostic {
    Diagnostic::error(Code::SlugAlias, claim.path.to_owned(), claim.at, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_addresses_are_files() {
        assert_eq!(page_of("/2023/ports/"), Ok("2023/ports/index.html".into()));
        assert_eq!(page_of("ports.html"), Ok("ports.html".into()));
        for bad in [
            "/",
            "../etc",
            "https://example.org/a",
            "/a?b=c",
            "/a#b",
            "con",
        ] {
            assert!(page_of(bad).is_err(), "{bad}");
        }
    }
}
