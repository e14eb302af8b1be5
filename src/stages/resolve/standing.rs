//! How the corpus as a whole takes a name: articles vouch for one another's doubtful mentions, and a
//! name that hardly any article is sure of is shown in none.

use std::collections::BTreeMap;

use crate::{
    model::{catalogue::EntityKey, extraction::Mention},
    stages::resolve::article::Local,
};

/// A name that for each article which is sure of it has more that doubt it is not shown.
const MOST_DOUBT: u32 = 4;

/// In how many articles a name is sure, and in how many doubtful.
#[derive(Debug, Default, Clone, Copy)]
struct Standing {
    sure: u32,
    doubtful: u32,
    /// True where an author or an editor said that it is one.
    authored: bool,
}

/// The standing of each name.
#[derive(Debug, Default)]
pub(super) struct Standings(BTreeMap<EntityKey, Standing>);

impl Standings {
    /// Counts the articles. `key` tells what stands for a name in the catalogue; `is_accepted` whether an
    /// editor accepted the name of a mention.
    pub(super) fn of<'a>(
        articles: impl Iterator<Item = impl Iterator<Item = (&'a Mention, &'a Local)>>,
        key: impl Fn(&EntityKey) -> EntityKey,
        is_accepted: impl Fn(&Mention) -> bool,
    ) -> Self {
        let mut standings: BTreeMap<EntityKey, Standing> = BTreeMap::new();
        for article in articles {
            // A page names few things often: each is looked up in the catalogue's words once.
            let mut here: BTreeMap<&EntityKey, (bool, bool)> = BTreeMap::new();
            for (mention, local) in article {
                let (named, is_sure) = match local {
                    Local::Is(named) => (named, true),
                    Local::Doubtful(named) => (named, false),
                    Local::OneOf(_) | Local::Nothing => continue,
                };
                let (sure, authored) = here.entry(named).or_default();
                *sure |= is_sure;
                *authored |= is_sure && (mention.rule.is_authored() || is_accepted(mention));
            }
            let mut meant: BTreeMap<EntityKey, (bool, bool)> = BTreeMap::new();
            for (named, (is_sure, is_authored)) in here {
                let (sure, authored) = meant.entry(key(named)).or_default();
                *sure |= is_sure;
                *authored |= is_authored;
            }
            for (key, (sure, authored)) in meant {
                let standing = standings.entry(key).or_default();
                standing.sure += u32::from(sure);
                standing.doubtful += u32::from(!sure);
                standing.authored |= authored;
            }
        }
        Self(standings)
    }

    /// Whether a mention of this is shown, in an article that is sure of it or that doubts it.
    pub(super) fn shows(&self, key: &EntityKey, is_sure: bool) -> bool {
        if matches!(key, EntityKey::Registry(_)) {
            return true;
        }
        let Some(standing) = self.0.get(key) else {
            return false;
        };
        let enough = if is_sure {
            standing.doubtful <= standing.sure * MOST_DOUBT
        } else {
            standing.doubtful <= standing.sure
        };
        standing.authored || enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        document::BlockKind,
        entity::EntityKind,
        extraction::{Candidate, Rule, Sense},
        span::Span,
    };

    fn key() -> EntityKey {
        EntityKey::Detected(EntityKind::Organisation, "port agency".to_owned())
    }

    fn standings(sure: usize, doubtful: usize, rule: Rule) -> Standings {
        let mention = Mention {
            span: Span::new(0, 1),
            kind: EntityKind::Organisation,
            candidate: Candidate::Named("Port Agency".to_owned()),
            sense: Sense::Literal,
            rule,
            confidence: 0.8,
            block: BlockKind::Paragraph,
            sentence: Span::new(0, 1),
        };
        let locals = [Local::Is(key()), Local::Doubtful(key())];
        let articles = (0..sure + doubtful)
            .map(|n| std::iter::once((&mention, &locals[usize::from(n >= sure)])));
        Standings::of(articles, EntityKey::clone, |_| false)
    }

    #[test]
    fn sure_articles_vouch_for_doubtful_ones() {
        assert!(standings(1, 1, Rule::Recogniser).shows(&key(), false));
        assert!(!standings(1, 2, Rule::Recogniser).shows(&key(), false));
        assert!(!standings(0, 1, Rule::Recogniser).shows(&key(), false));
    }

    #[test]
    fn what_most_articles_doubt_is_shown_in_none() {
        assert!(standings(1, 4, Rule::Recogniser).shows(&key(), true));
        assert!(!standings(1, 5, Rule::Recogniser).shows(&key(), true));
    }

    #[test]
    fn an_author_is_believed() {
        assert!(standings(1, 50, Rule::FrontMatter).shows(&key(), true));
        assert!(standings(1, 50, Rule::FrontMatter).shows(&key(), false));
    }
}
