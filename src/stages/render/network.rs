//! Graphs: who is named with whom, drawn as SVG at build time.
//!
//! Input: the co-occurrences of the link stage. Output: a [`NetworkView`]. A drawing is bounded: the
//! graph of the site has [`ON_PAGE`] nodes, that of an entity its [`AROUND`] nearest. Of their links
//! each node keeps the [`KEPT`] strongest, so that a reader can follow them.

mod labels;
mod layout;

use std::{cmp::Reverse, collections::BTreeMap};

use crate::{
    model::{catalogue::EntityIdx, entity::EntityKind},
    stages::render::{
        site::{Head, Site},
        words,
    },
    urls,
    views::{GraphView, NetworkEdge, NetworkLabel, NetworkNode, NetworkView},
};
use labels::{Label, Side};
use layout::{Disc, Link, Point};

/// Nodes of the graph of the site: those named most with others.
const ON_PAGE: usize = 200;
/// Partners in the graph of an entity.
const AROUND: usize = 14;
/// Links that each node keeps, the strongest.
const KEPT: usize = 3;
/// Partners named beside a node in the list.
const IN_LIST: usize = 3;
/// With so many entities that several briefings name, those that one names are left out.
const ENOUGH: usize = 20;

/// How a drawing is made.
struct Style {
    width: f64,
    height: f64,
    margin: f64,
    /// The radius of the least and the most named node.
    radii: (f64, f64),
    /// Size of the type of the most important names, and of the others.
    type_sizes: (f64, f64),
    /// How many names are the most important.
    large: usize,
    /// How far crowds are loosened, from 0 to 1.
    loose: f64,
}

const PAGE: Style = Style {
    width: 1200.0,
    height: 920.0,
    margin: 46.0,
    radii: (5.0, 17.0),
    type_sizes: (16.0, 13.0),
    large: 24,
    loose: 0.5,
};

const EGO: Style = Style {
    width: 640.0,
    height: 400.0,
    margin: 60.0,
    radii: (6.0, 12.0),
    type_sizes: (15.0, 13.0),
    large: 1,
    loose: 0.3,
};

/// Two entities and how many briefings name both.
#[derive(Clone, Copy)]
struct Pair {
    one: usize,
    other: usize,
    count: usize,
    /// Salton's cosine: 1 where neither is named without the other.
    strength: f64,
}

/// The page of the graph of the site.
pub(super) fn page(site: &Site<'_>) -> GraphView {
    GraphView {
        frame: site.frame(Head::new(urls::GRAPH, &site.words.say("graph"))),
        network: of_site(site, urls::GRAPH),
        entity_count: site.corpus.catalogue.entities.len(),
    }
}

/// The graph of the site, if two entities are named together.
fn of_site(site: &Site<'_>, page: &str) -> Option<NetworkView> {
    let nodes = most_connected(site);
    let pairs = strongest(nodes.len(), &pairs(site, &nodes));
    (!pairs.is_empty()).then(|| draw(site, page, &nodes, &pairs, &PAGE, None))
}

/// The graph of an entity and those it is named with, if there is more to see than a list says.
pub(super) fn of_entity(site: &Site<'_>, page: &str, idx: EntityIdx) -> Option<NetworkView> {
    let node = &site.graph.entities[idx.0 as usize];
    // All that one briefing names belongs together alike.
    if node.articles.len() < 2 || node.cooccurring.len() < 3 {
        return None;
    }
    let partners = node.cooccurring.iter().take(AROUND).map(|pair| pair.entity);
    let nodes: Vec<EntityIdx> = std::iter::once(idx).chain(partners).collect();
    let all = pairs(site, &nodes);
    let mut kept = strongest(nodes.len(), &all);
    // Everyone here is here because of the one in the middle.
    let own = all.iter().filter(|pair| pair.one == 0);
    kept.retain(|pair| pair.one != 0);
    kept.extend(own.copied());
    Some(draw(site, page, &nodes, &kept, &EGO, Some(idx)))
}

/// The entities with the most links, by the briefings that they share.
fn most_connected(site: &Site<'_>) -> Vec<EntityIdx> {
    let weight = |idx: &EntityIdx| -> usize {
        let pairs = &site.graph.entities[idx.0 as usize].cooccurring;
        pairs.iter().map(|pair| pair.articles.len()).sum()
    };
    let mut nodes: Vec<(Reverse<usize>, EntityIdx)> = site
        .corpus
        .catalogue
        .indices()
        .map(|idx| (Reverse(weight(&idx)), idx))
        .filter(|(weight, _)| weight.0 > 0)
        .collect();
    let often = |(_, idx): &(Reverse<usize>, EntityIdx)| articles(site, *idx) > 1;
    if nodes.iter().filter(|node| often(node)).count() >= ENOUGH {
        nodes.retain(often);
    }
    nodes.sort_unstable();
    nodes.truncate(ON_PAGE);
    nodes.into_iter().map(|(_, idx)| idx).collect()
}

fn articles(site: &Site<'_>, idx: EntityIdx) -> usize {
    site.graph.entities[idx.0 as usize].articles.len()
}

/// The pairs among `nodes`, each once, `one` before `other`.
fn pairs(site: &Site<'_>, nodes: &[EntityIdx]) -> Vec<Pair> {
    let places: BTreeMap<EntityIdx, usize> =
        nodes.iter().zip(0..).map(|(n, at)| (*n, at)).collect();
    let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (idx, at) in &places {
        for pair in &site.graph.entities[idx.0 as usize].cooccurring {
            // A pair may stand at one of the two alone: each keeps its strongest partners only.
            if let Some(other) = places.get(&pair.entity) {
                counts.insert((*at.min(other), *at.max(other)), pair.articles.len());
            }
        }
    }
    let pair = |((one, other), count): ((usize, usize), usize)| {
        let product = articles(site, nodes[one]) * articles(site, nodes[other]);
        Pair {
            one,
            other,
            count,
            strength: (count as f64 / (product.max(1) as f64).sqrt()).min(1.0),
        }
    };
    counts.into_iter().map(pair).collect()
}

/// The pairs that are among the strongest of either node.
fn strongest(nodes: usize, pairs: &[Pair]) -> Vec<Pair> {
    let mut ranked: Vec<&Pair> = pairs.iter().collect();
    // A pair that is seen often tells more than one that is seen once and always.
    let weight = |pair: &Pair| pair.strength * pair.count as f64;
    ranked.sort_by(|a, b| {
        let places = |pair: &Pair| (pair.one, pair.other);
        weight(b)
            .total_cmp(&weight(a))
            .then_with(|| places(a).cmp(&places(b)))
    });
    let mut kept = vec![0_usize; nodes];
    let mut chosen = Vec::new();
    for pair in ranked {
        if kept[pair.one] < KEPT || kept[pair.other] < KEPT {
            kept[pair.one] += 1;
            kept[pair.other] += 1;
            chosen.push(*pair);
        }
    }
    chosen
}

fn draw(
    site: &Site<'_>,
    page: &str,
    nodes: &[EntityIdx],
    pairs: &[Pair],
    style: &Style,
    centre: Option<EntityIdx>,
) -> NetworkView {
    let discs = discs(site, nodes, pairs, style);
    let names: Vec<&str> = nodes
        .iter()
        .map(|idx| site.corpus.catalogue.get(*idx).name.as_str())
        .collect();
    let size = |n: usize| match n < style.large {
        true => style.type_sizes.0,
        false => style.type_sizes.1,
    };
    let placed = labels::place(
        &discs,
        &names,
        size,
        style.large,
        (style.width, style.height),
    );
    let node = |n: usize| NetworkNode {
        id: n,
        entity: site.entity_link(page, nodes[n]),
        kind_label: words::kind_label(site, site.corpus.catalogue.get(nodes[n]).kind),
        centre: centre == Some(nodes[n]),
        count: articles(site, nodes[n]),
        x: whole(discs[n].at.x),
        y: whole(discs[n].at.y),
        shape: shape(site.corpus.catalogue.get(nodes[n]).kind, discs[n].radius),
        label: label(placed[n].as_ref(), names[n], &discs[n], size(n)),
        with: match centre {
            Some(_) => Vec::new(),
            None => partners(site, page, nodes[n]),
        },
    };
    let most = pairs.iter().map(|pair| pair.count).max().unwrap_or(1);
    NetworkView {
        width: whole(style.width),
        height: whole(style.height),
        nodes: (0..nodes.len()).map(node).collect(),
        edges: pairs.iter().map(|pair| edge(pair, &discs, most)).collect(),
    }
}

/// The nodes where they are drawn.
fn discs(site: &Site<'_>, nodes: &[EntityIdx], pairs: &[Pair], style: &Style) -> Vec<Disc> {
    let link = |pair: &Pair| Link {
        one: pair.one,
        other: pair.other,
        // Those who are always named together lie nearest.
        length: 2.0 - pair.strength,
    };
    let links: Vec<Link> = pairs.iter().map(link).collect();
    let mut points = layout::positions(nodes.len(), &links);
    let (width, height, margin) = (style.width, style.height, style.margin);
    layout::fit(&mut points, width, height, margin);
    layout::loosen(&mut points, width, height, margin, style.loose);
    let counts: Vec<usize> = nodes.iter().map(|idx| articles(site, *idx)).collect();
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    let radius = |count: usize| {
        // The area tells the number.
        let part = (count as f64 / most as f64).sqrt();
        style.radii.0 + (style.radii.1 - style.radii.0) * part
    };
    let disc = |(at, count): (&Point, &usize)| Disc {
        at: *at,
        radius: radius(*count),
    };
    let mut discs: Vec<Disc> = points.iter().zip(&counts).map(disc).collect();
    layout::part(&mut discs, width, height);
    discs
}

/// A name that has no room stands where it would, to be shown on demand.
fn label(placed: Option<&Label>, name: &str, disc: &Disc, size: f64) -> NetworkLabel {
    let (at, side, text) = match placed {
        Some(label) => (label.at, label.side, label.text.clone()),
        None => {
            let above = Point {
                x: disc.at.x,
                y: disc.at.y - disc.radius - 5.0,
            };
            (above, Side::Middle, labels::cut(name))
        }
    };
    NetworkLabel {
        x: whole(at.x),
        y: whole(at.y),
        anchor: match side {
            Side::Start => "start",
            Side::Middle => "middle",
            Side::End => "end",
        },
        size: whole(size),
        text,
        shown: placed.is_some(),
    }
}

/// Whom the entity is named with most.
fn partners(site: &Site<'_>, page: &str, idx: EntityIdx) -> Vec<crate::views::IndexEntry> {
    let pairs = &site.graph.entities[idx.0 as usize].cooccurring;
    pairs
        .iter()
        .take(IN_LIST)
        .map(|pair| site.index_entry(page, pair.entity, pair.articles.len()))
        .collect()
}

fn edge(pair: &Pair, discs: &[Disc], most: usize) -> NetworkEdge {
    let (from, to) = (discs[pair.one].at, discs[pair.other].at);
    let part = (pair.count as f64 / most.max(1) as f64).sqrt();
    NetworkEdge {
        from: pair.one,
        to: pair.other,
        count: pair.count,
        x1: whole(from.x),
        y1: whole(from.y),
        x2: whole(to.x),
        y2: whole(to.y),
        width: whole(1.0 + 4.0 * part),
    }
}

/// A path around the node's middle: a circle for a person, a square for an organisation, a diamond
/// for a place, a triangle for an event. All are about as large to the eye.
fn shape(kind: EntityKind, radius: f64) -> String {
    let r = whole(radius);
    match kind {
        EntityKind::Person => format!("M-{r} 0a{r} {r} 0 1 0 {0} 0a{r} {r} 0 1 0-{0} 0Z", 2 * r),
        EntityKind::Organisation => {
            let s = whole(radius * 0.88);
            format!("M-{s}-{s}h{0}v{0}h-{0}Z", 2 * s)
        }
        EntityKind::Place => {
            let s = whole(radius * 1.2);
            format!("M0-{s}L{s} 0L0 {s}L-{s} 0Z")
        }
        EntityKind::Event => {
            let s = whole(radius * 1.15);
            format!("M0-{s}L{s} {r}H-{s}Z")
        }
    }
}

fn whole(value: f64) -> i32 {
    value.round() as i32
}
