//! What a page is about, for machines: JSON-LD in the words of schema.org.
//!
//! A detected entity is given its name and its page and nothing else: no assertion that no editor
//! has checked.

use serde_json::{Value, json};

use super::{body, site::Site};
use crate::{
    model::{
        article::{Article, Citation, Correction, FrontMatter},
        catalogue::{ArticleIdx, Entity, EntityIdx, EntityKey},
        entity::{EntityKind, EntityState, ExternalId, RegistryEntity, Role},
        graph::{Appearance, ArticleNode, Target},
    },
    references::Facts,
    text::{fold::fold, slug::slugify},
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
        "mainEntityOfPage": page,
        "isAccessibleForFree": true,
        "image": image(site, idx),
        "isPartOf": storyline(site, article),
        "articleSection": front.topics,
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
        "contentLocation": front.dateline.as_ref().map(|place| location(site, node, place)),
        "citation": cited(site, front, node),
        "correction": front.corrections.iter().map(correction).collect::<Vec<_>>(),
        "keywords": front.topics.iter().chain(&front.tags).collect::<Vec<_>>(),
    }))
}

/// Where it was written: the entity of that name, where the article names one.
fn location(site: &Site<'_>, node: &ArticleNode, place: &str) -> Value {
    let catalogue = site.corpus.catalogue;
    let named = node.appearances.iter().map(|a| a.entity);
    let mut places = named.filter(|idx| {
        let entity = catalogue.get(*idx);
        entity.kind == EntityKind::Place && fold(&entity.name) == fold(place)
    });
    match places.next() {
        Some(idx) => reference(site, idx),
        None => json!({"@type": "Place", "name": place}),
    }
}

/// The public address of the lead image.
fn image(site: &Site<'_>, idx: ArticleIdx) -> Option<String> {
    let base = &site.corpus.config.base_url;
    match site.graph.articles[idx.0 as usize].lead_image.as_ref()? {
        Target::File(path) => Some(urls::absolute(base, &body::encode(path))),
        Target::External(address) => Some(address.clone()),
        _ => None,
    }
}

fn storyline(site: &Site<'_>, article: &Article) -> Option<Value> {
    let slug = slugify(article.front.storyline.as_ref()?);
    let term = site.graph.storylines.get(&slug)?;
    let page = urls::absolute(
        &site.corpus.config.base_url,
        &urls::term("storylines", &slug),
    );
    Some(json!({"@type": "CreativeWorkSeries", "@id": page, "url": page, "name": term.label}))
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

/// Sources, then the works that the text cites.
fn cited(site: &Site<'_>, front: &FrontMatter, node: &ArticleNode) -> Vec<Value> {
    let sources = front.sources.iter().map(citation);
    let works = site.corpus.library.into_iter().flat_map(|library| {
        let references = node.targets.cited.references.iter();
        references.filter_map(|reference| library.facts(&reference.key))
    });
    sources.chain(works.map(|work| work_cited(&work))).collect()
}

fn work_cited(work: &Facts) -> Value {
    let kind = match work.kind.as_str() {
        "article" => "Article",
        "book" | "anthology" => "Book",
        "chapter" => "Chapter",
        "report" => "Report",
        "thesis" => "Thesis",
        "web" => "WebPage",
        "legislation" => "Legislation",
        _ => "CreativeWork",
    };
    let person = |name: &String| json!({"@type": "Person", "name": name});
    let publisher = work.publisher.as_ref();
    compact(json!({
        "@type": kind,
        "name": work.title,
        // What schema.org counts among articles has a headline.
        "headline": matches!(kind, "Article" | "Report").then_some(&work.title),
        "author": work.authors.iter().map(person).collect::<Vec<_>>(),
        "datePublished": work.date,
        "publisher": publisher.map(|name| json!({"@type": "Organization", "name": name})),
        "url": work.url,
        "sameAs": work.doi.as_ref().map(|doi| format!("https://doi.org/{doi}")),
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
        "mainEntityOfPage": value["@id"],
        "identifier": registered.facts.ids.iter().map(identifier).collect::<Vec<_>>(),
        "geo": geo.filter(|_| entity.kind == EntityKind::Place),
        "address": address(entity),
        "startDate": day(registered.start),
        "endDate": day(registered.end),
        "memberOf": roles(site, idx, registered, true),
        "hasOccupation": roles(site, idx, registered, false),
    }));
    if let (Value::Object(value), Value::Object(more)) = (&mut value, more) {
        value.extend(more);
        let parent = site.graph.entities[idx.0 as usize].part_of;
        if let Some((key, parent)) = part_of(entity.kind).zip(parent) {
            value.insert(key.to_owned(), reference(site, parent));
        }
    }
    value
}

/// What schema.org calls it that one is part of another.
fn part_of(kind: EntityKind) -> Option<&'static str> {
    match kind {
        EntityKind::Person => None,
        EntityKind::Organisation => Some("parentOrganization"),
        EntityKind::Place => Some("containedInPlace"),
        EntityKind::Event => Some("superEvent"),
    }
}

fn identifier(id: &ExternalId) -> Value {
    json!({"@type": "PropertyValue", "propertyID": id.register.name(), "value": id.value, "url": id.url()})
}

/// A country is no address of a person.
fn address(entity: &Entity) -> Option<Value> {
    let country = entity
        .country
        .filter(|_| entity.kind != EntityKind::Person)?;
    Some(json!({"@type": "PostalAddress", "addressCountry": country.as_str()}))
}

/// The roles at a body, or those that name none, each with its dates.
fn roles(site: &Site<'_>, idx: EntityIdx, entity: &RegistryEntity, at_a_body: bool) -> Vec<Value> {
    let bodies = &site.graph.entities[idx.0 as usize].roles;
    let roles = entity.facts.roles.iter().zip(bodies);
    let view = |(role, body): (&Role, &Option<EntityIdx>)| {
        let dates = |time: Option<crate::model::time::TimeValue>| time.map(|t| t.to_string());
        let named = role.organisation.as_ref();
        let named = named.map(|name| json!({"@type": "Organization", "name": name}));
        let member_of = body.map(|body| reference(site, body)).or(named);
        let occupation = member_of
            .is_none()
            .then(|| json!({"@type": "Occupation", "name": role.title}));
        compact(json!({
            "@type": if at_a_body { "OrganizationRole" } else { "Role" },
            "roleName": role.title,
            "startDate": dates(role.from),
            "endDate": dates(role.to),
            "memberOf": member_of,
            "hasOccupation": occupation,
            "url": role.source,
        }))
    };
    let wanted = roles.filter(|(role, _)| role.organisation.is_some() == at_a_body);
    wanted.map(view).collect()
}

fn registered<'a>(site: &Site<'a>, entity: &Entity) -> Option<&'a RegistryEntity> {
    match &entity.key {
        EntityKey::Registry(id) if entity.state == EntityState::Confirmed => site.corpus.kb.get(id),
        _ => None,
    }
}

fn same_as(entity: &RegistryEntity) -> Vec<String> {
    let facts = &entity.facts;
    let registers = facts.ids.iter().map(ExternalId::url);
    let elsewhere = entity.same_as.iter().chain(&facts.website).cloned();
    let all = entity.wikidata_url().into_iter().chain(registers);
    all.chain(elsewhere).collect()
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
pub(super) fn compact(value: Value) -> Value {
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
