//! What is said of links that lead nowhere.

use camino::Utf8Path;

use super::{address::last_part, targets::View};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        catalogue::{EntityIdx, EntityKey},
        document::{Document, Link, Wikilink},
        span::Span,
    },
    urls,
};

const NOT_PUBLISHED: &str =
    "it is a draft, under embargo, expired, redacted, or not for this audience";

impl View<'_> {
    pub(super) fn hidden_link(&self, written: &str, at: Span) -> Diagnostic {
        Diagnostic::warning(
            Code::LinkHidden,
            self.path.to_owned(),
            Some(at),
            format!("`{written}` is not published: its words stay, without a link"),
        )
        .hint(NOT_PUBLISHED)
    }

    pub(super) fn hidden_name(&self, written: &str, at: Span) -> Diagnostic {
        Diagnostic::error(
            Code::LinkHiddenName,
            self.path.to_owned(),
            Some(at),
            format!("`[[{written}]]` would print the name of what is not published"),
        )
        .hint(format!("give it words of its own: `[[{written}|…]]`"))
        .hint(NOT_PUBLISHED)
    }

    pub(super) fn broken_link(&self, link: &Link) -> Diagnostic {
        let written = &link.target;
        let slugs = self.addresses.articles_by_slug.keys().copied();
        let stem = last_part(written);
        let report = if link.raw {
            Diagnostic::warning
        } else {
            Diagnostic::error
        };
        report(
            Code::LinkBroken,
            self.path.to_owned(),
            Some(link.source),
            format!("`{written}` leads nowhere"),
        )
        .did_you_mean(stem.strip_suffix(".md").unwrap_or(stem), slugs)
        .hint("link to an article by its path from this file, or write [[its-slug]]")
    }

    pub(super) fn broken_anchor(
        &self,
        path: &Utf8Path,
        document: &Document,
        fragment: &str,
        at: Span,
    ) -> Diagnostic {
        let ids = document.headings.iter().map(|heading| heading.id.as_str());
        Diagnostic::warning(
            Code::LinkAnchor,
            self.path.to_owned(),
            Some(at),
            format!("{path} has no `#{fragment}`"),
        )
        .label("the link leads to the page's top")
        .did_you_mean(fragment, ids)
    }

    pub(super) fn broken_wikilink(&self, link: &Wikilink) -> Diagnostic {
        let names = self.corpus.kb.entities().map(|entity| entity.name.as_str());
        let slugs = self.addresses.articles_by_slug.keys().copied();
        Diagnostic::error(
            Code::WikilinkBroken,
            self.path.to_owned(),
            Some(link.source),
            format!("`[[{}]]` is neither an entity nor an article", link.target),
        )
        .did_you_mean(&link.target, names.chain(slugs))
        .hint("add a file to content/entities/ to make it an entity")
    }

    pub(super) fn ambiguous_wikilink(&self, link: &Wikilink, several: &[EntityIdx]) -> Diagnostic {
        let catalogue = self.corpus.catalogue;
        let ids: Vec<String> = several
            .iter()
            .map(|idx| match &catalogue.get(*idx).key {
                EntityKey::Registry(id) => format!("[[{}|{}]]", id.0, link.target),
                _ => urls::entity(catalogue.get(*idx)),
            })
            .collect();
        Diagnostic::error(
            Code::WikilinkAmbiguous,
            self.path.to_owned(),
            Some(link.source),
            format!("`{}` names {} entities", link.target, several.len()),
        )
        .hint(format!("say which: {}", ids.join(" or ")))
    }
}
