//! `graph.gexf`: entities and who is named in the same briefings (GEXF 1.3).

use std::fmt::Write;

use super::{article_count, entity_url, state};
use crate::{model::catalogue::EntityIdx, stages::render::site::Site, text::html::escape};

/// The graph. An edge's weight is the number of briefings that name both.
pub(super) fn gexf(site: &Site<'_>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
         <meta><description>Names; an edge joins two that are named in the same briefings, its weight is \
         their number, and it says nothing else about the two.</description></meta>\n\
         <graph defaultedgetype=\"undirected\">\n\
         <attributes class=\"node\">\n\
         <attribute id=\"kind\" title=\"kind\" type=\"string\"/>\n\
         <attribute id=\"state\" title=\"state\" type=\"string\"/>\n\
         <attribute id=\"briefings\" title=\"briefings\" type=\"integer\"/>\n\
         <attribute id=\"url\" title=\"url\" type=\"anyURI\"/>\n\
         </attributes>\n<nodes>\n",
    );
    let catalogue = site.corpus.catalogue;
    for (idx, entity) in catalogue.indices().zip(&catalogue.entities) {
        // Writing to a string does not fail.
        let _ = writeln!(
            out,
            "<node id=\"{}\" label=\"{}\"><attvalues>\
             <attvalue for=\"kind\" value=\"{}\"/><attvalue for=\"state\" value=\"{}\"/>\
             <attvalue for=\"briefings\" value=\"{}\"/><attvalue for=\"url\" value=\"{}\"/>\
             </attvalues></node>",
            idx.0,
            escape(&entity.name),
            entity.kind.as_str(),
            state(entity),
            article_count(site, idx),
            escape(&entity_url(site, entity)),
        );
    }
    out.push_str("</nodes>\n<edges>\n");
    for (n, (one, other, weight)) in edges(site).into_iter().enumerate() {
        let _ = writeln!(
            out,
            "<edge id=\"{n}\" source=\"{}\" target=\"{}\" weight=\"{weight}\"/>",
            one.0, other.0
        );
    }
    out.push_str("</edges>\n</graph>\n</gexf>\n");
    out
}

/// Pairs and the number of their briefings, each once. Each entity keeps its strongest partners
/// only, so a pair may stand at one of the two alone.
fn edges(site: &Site<'_>) -> Vec<(EntityIdx, EntityIdx, usize)> {
    let nodes = site.corpus.catalogue.indices().zip(&site.graph.entities);
    let mut edges: Vec<(EntityIdx, EntityIdx, usize)> = nodes
        .flat_map(|(one, node)| {
            node.cooccurring.iter().map(move |pair| {
                let (a, b) = (one.min(pair.entity), one.max(pair.entity));
                (a, b, pair.articles.len())
            })
        })
        .collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}
