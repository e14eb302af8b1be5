//! What a page is about, for machines: JSON-LD in the words of schema.org.
//!
//! A detected entity is given its name and its page and nothing else: no assertion that no editor
//! has checked.

use serde_json::{Value, json};

use super::site::Site;
use crate::{
    model::{
        article::{Article, Citation, Correction},
        catalogue::{ArticleIdx, Entity, EntityIdx, EntityKey},
        entity::{EntityKind, EntityState, RegistryEntity},
        graph::Appearance,
    },
    urls,
    views::Crumb,
};

/// A briefing.
pub(super) fn article(site: &Site<'_>, idx: ArticleIdx) -> Value {
    let (article, node) = (
        site.corpus.article(idx),
        &site.graph.articles[idx.0 as usize],
    );
    let (front, config) = (&article.front, site.corpus.config);
    let page = urls::absolute(&config.base_url, &site.article_path(idx));
    let entities = |about: bool| -> Vec<Value> {
        let wanted = |a: &&Appearance| a.is_subject() && a.about == about;
        let appearances = node.appearances.iter().filter(wanted);
        appearances.map(|a| reference(site, a.entity)).collect()
    };
    let publisher = config.author.as_ref().unwrap_or(&config.title);
    compact(json!({
        "@type": "AnalysisNewsArticle",
        "@id": page,
        "url": page,
        "headline": front.title,
        "description": site.summary(idx),
        "datePublished": front.date.iso(),
        "dateModified": front.updated.unwrap_or(front.date).iso(),
        "inLanguage": front.language.as_ref().unwrap_or(&config.language),
        "wordCount": article.document.word_count,
        "author": authors(article, publisher),
        "publisher": {"@type": "Organization", "name": publisher},
        "about": entities(true),
        "mentions": entities(false),
        "contentLocation": front.dateline.as_ref().map(|place| json!({"@type": "Place", "name": place})),
        "citation": front.sources.iter().map(citation).collect::<Vec<_>>(),
        "correction": front.corrections.iter().map(correction).collect::<Vec<_>>(),
        "keywords": front.topics.iter().chain(&front.tags).collect::<Vec<_>>(),
    }))
}

fn authors(article: &Article, publisher: &str) -> Vec<Value> {
    let person = |name: &String| json!({"@type": "Person", "name": name});
    match article.front.authors.as_slice() {
        [] => vec![json!({"@type": "Organization", "name": publisher})],
        some => some.iter().map(person).collect(),
    }
}

fn citation(source: &Citation) -> Value {
    compact(json!({
        "@type": "CreativeWork",
        "name": source.title,
        "url": source.url,
        "archivedAt": source.archive_url,
        "publisher": source.publisher.as_ref().map(|name| json!({"@type": "Organization", "name": name})),
        "datePublished": source.date.map(|date| date.to_string()),
    }))
}

fn correction(correction: &Correction) -> Value {
    json!({
        "@type": "CorrectionComment",
        "text": correction.text,
        "datePublished": correction.date.to_string(),
    })
}

/// An entity on a page that is not its own.
fn reference(site: &Site<'_>, idx: EntityIdx) -> Value {
    let entity = site.corpus.catalogue.get(idx);
    let page = urls::absolute(&site.corpus.config.base_url, &urls::entity(entity));
    let registered = registered(site, entity);
    compact(json!({
        "@type": kind(entity.kind),
        "@id": page,
        "name": entity.name,
        "sameAs": registered.map(same_as),
    }))
}

/// An entity on its own page.
pub(super) fn entity(site: &Site<'_>, idx: EntityIdx) -> Value {
    let entity = site.corpus.catalogue.get(idx);
    let mut value = reference(site, idx);
    let Some(registered) = registered(site, entity) else {
        return value;
    };
    let geo = entity.coordinates.map(|at| {
        let (latitude, longitude) = at.degrees();
        json!({"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude})
    });
    let is_event = entity.kind == EntityKind::Event;
    let day = |date: Option<jiff::civil::Date>| date.filter(|_| is_event).map(|d| d.to_string());
    let more = compact(json!({
        "url": value["@id"],
        "description": registered.description,
        "alternateName": entity.aliases,
        "geo": geo.filter(|_| entity.kind == EntityKind::Place),
        "startDate": day(registered.start),
        "endDate": day(registered.end),
    }));
    if let (Value::Object(value), Value::Object(more)) = (&mut value, more) {
        value.extend(more);
    }
    value
}

fn registered<'a>(site: &Site<'a>, entity: &Entity) -> Option<&'a RegistryEntity> {
    match &entity.key {
        EntityKey::Registry(id) if entity.state == EntityState::Confirmed => site.corpus.kb.get(id),
        _ => None,
    }
}

fn same_as(entity: &RegistryEntity) -> Vec<String> {
    let wikidata = entity.wikidata_url().into_iter();
    wikidata.chain(entity.same_as.iter().cloned()).collect()
}

fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "Person",
        EntityKind::Organisation => "Organization",
        EntityKind::Place => "Place",
        EntityKind::Event => "Event",
    }
}

/// The way from the home page to the page at `canonical`.
pub(super) fn breadcrumbs(crumbs: &[Crumb], paths: &[String]) -> Value {
    let item = |(n, (crumb, path)): (usize, (&Crumb, &String))| json!({"@type": "ListItem", "position": n + 1, "name": crumb.label, "item": path});
    let items: Vec<Value> = crumbs.iter().zip(paths).enumerate().map(item).collect();
    json!({"@type": "BreadcrumbList", "itemListElement": items})
}

/// The text of a script element of JSON-LD: nothing in it can end the element.
pub(super) fn script(parts: &[Value]) -> String {
    let graph = json!({"@context": "https://schema.org", "@graph": parts});
    graph
        .to_string()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// Without what is not known.
fn compact(value: Value) -> Value {
    let known = |value: &Value| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    match value {
        Value::Object(map) => map.into_iter().filter(|(_, v)| known(v)).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_element() {
        let text = script(&[json!({"name": "</script><!--"})]);
        assert!(!text.contains('<'), "{text}");
        let back: Value = serde_json::from_str(&text).unwrap_or_default();
        assert_eq!(back["@graph"][0]["name"], "</script><!--");
    }

    #[test]
    fn the_unknown_is_left_out() {
        let value = compact(json!({"a": null, "b": [], "c": 0}));
        assert_eq!(value, json!({"c": 0}));
    }
}
