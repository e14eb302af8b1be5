//! What became of the addresses that the site has published.
//!
//! Input: the corpus with the addresses that `urls.jsonl` remembers. Output: a redirect for each
//! whose owner stands elsewhere now, a warning for each that leads nowhere, and an error where
//! something else took the place. A briefing is known again by its file, else by headline and day;
//! an entity by its id or a former one, else by its name; a topic, tag or storyline by its place, else
//! by its label.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;

use super::{Corpus, terms};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        address::{ADDRESSES, Address, Owner, Remembered, TermFamily},
        catalogue::{ArticleIdx, EntityIdx, EntityKey},
        entity::{EntityId, RegistryEntity},
        graph::Target,
    },
    text::fold::fold,
    urls,
};

/// What has a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    Article(ArticleIdx),
    Page(usize),
    /// Of the registry.
    Entity(EntityIdx),
    /// Which of the terms.
    Term(usize),
    /// Found by the program, under the same name as what stood there before.
    Detected,
}

/// The owner of a remembered address, as far as it is known.
enum Found {
    Live(Thing),
    Hidden,
    Nowhere,
}

/// What became of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Its owner's page stands there.
    Kept(Option<Address>),
    /// Its owner's page stands elsewhere: there.
    Moved(Target, Address),
    /// Its owner exists, and is not published now.
    Hidden,
    /// Its owner is gone.
    Gone,
    /// The page of something else stands there: that of this file.
    Taken(Utf8PathBuf),
}

/// Looks up things by what addresses remember.
struct Things<'a> {
    corpus: &'a Corpus<'a>,
    by_page: BTreeMap<String, Thing>,
    by_file: BTreeMap<&'a str, Thing>,
    /// Articles of one headline and day; none where there are several.
    by_title: BTreeMap<(String, String), Option<ArticleIdx>>,
    by_id: BTreeMap<&'a str, EntityIdx>,
    /// Topics, tags and storylines with their slugs and labels.
    terms: Vec<(TermFamily, String, String)>,
}

impl<'a> Things<'a> {
    fn of(corpus: &'a Corpus<'a>) -> Self {
        let (by_page, by_file) = (BTreeMap::new(), BTreeMap::new());
        let (by_title, by_id) = (BTreeMap::new(), BTreeMap::new());
        let mut things = Self {
            corpus,
            by_page,
            by_file,
            by_title,
            by_id,
            terms: terms_of(corpus),
        };
        for (n, (family, slug, _)) in things.terms.iter().enumerate() {
            let page = urls::term(family.folder(), slug);
            things.by_page.insert(page, Thing::Term(n));
        }
        for idx in corpus.indices() {
            let article = corpus.article(idx);
            let page = urls::article(&article.slug);
            things.by_page.insert(page, Thing::Article(idx));
            let file = article.path.as_str();
            things.by_file.insert(file, Thing::Article(idx));
            let (title, day) = (fold(&article.front.title), article.front.date.date);
            let known = things.by_title.entry((title, day.to_string()));
            known.and_modify(|known| *known = None).or_insert(Some(idx));
        }
        for (n, page) in corpus.pages.iter().enumerate() {
            things
                .by_page
                .insert(urls::page(&page.slug), Thing::Page(n));
            things.by_file.insert(page.path.as_str(), Thing::Page(n));
        }
        for idx in corpus.catalogue.indices() {
            let entity = corpus.catalogue.get(idx);
            let thing = match &entity.key {
                EntityKey::Registry(id) => {
                    things.by_id.insert(&id.0, idx);
                    Thing::Entity(idx)
                }
                _ => Thing::Detected,
            };
            things.by_page.insert(urls::entity(entity), thing);
        }
        things
    }

    fn owner(&self, address: &Address) -> Found {
        match &address.owner {
            Owner::File(file) => self.owner_by_file(file, address),
            Owner::Entity(id) => self.owner_by_id(id, address),
            Owner::Term(family) => self.owner_by_label(*family, address),
        }
    }

    fn owner_by_file(&self, file: &Utf8PathBuf, address: &Address) -> Found {
        if let Some(thing) = self.by_file.get(file.as_str()) {
            return Found::Live(*thing);
        }
        let name = file.file_name().unwrap_or_default();
        if self.corpus.hidden_files.contains(file) || self.corpus.failed.contains(name) {
            return Found::Hidden;
        }
        let moved = match address.date {
            Some(day) => {
                let key = (fold(&address.title), day.to_string());
                self.by_title
                    .get(&key)
                    .copied()
                    .flatten()
                    .map(Thing::Article)
            }
            None => {
                let mut pages = self.corpus.pages.iter();
                let same = pages.position(|page| fold(&page.title) == fold(&address.title));
                same.map(Thing::Page)
            }
        };
        moved.map_or(Found::Nowhere, Found::Live)
    }

    fn owner_by_label(&self, family: TermFamily, address: &Address) -> Found {
        if let Some(thing) = self.by_page.get(&address.page()) {
            return Found::Live(*thing);
        }
        if self.corpus.hidden.contains(&address.url) {
            return Found::Hidden;
        }
        let is_same = |(own, _, label): &(TermFamily, String, String)| {
            *own == family && fold(label) == fold(&address.title)
        };
        let same = self.terms.iter().position(is_same);
        same.map_or(Found::Nowhere, |n| Found::Live(Thing::Term(n)))
    }

    fn owner_by_id(&self, id: &str, address: &Address) -> Found {
        let kb = self.corpus.kb;
        let own = kb.get(&EntityId(id.into())).or_else(|| kb.formerly(id));
        let own = own.filter(|entity| bears(entity, &address.title));
        let found = own.or_else(|| {
            let mut named = kb.named(&address.title).into_iter();
            named.next().filter(|_| named.next().is_none())
        });
        let idx = found.and_then(|entity| self.by_id.get(&*entity.id.0));
        idx.map_or(Found::Nowhere, |idx| Found::Live(Thing::Entity(*idx)))
    }

    /// What became of an address.
    fn standing(&self, address: &Address) -> Standing {
        let there = self.by_page.get(&address.page()).copied();
        match (there, self.owner(address)) {
            (Some(there), Found::Live(owner)) if there == owner => {
                Standing::Kept(self.address(owner))
            }
            (Some(there), Found::Nowhere) if self.is_likely(there, address) => {
                Standing::Kept(self.address(there))
            }
            (Some(there), _) => Standing::Taken(self.file(there)),
            (None, Found::Live(owner)) => match (self.target(owner), self.address(owner)) {
                (Some(target), Some(now)) => Standing::Moved(target, now),
                _ => Standing::Gone,
            },
            (None, Found::Hidden) => Standing::Hidden,
            (None, Found::Nowhere) => Standing::Gone,
        }
    }

    /// True where what stands at an address may well be its owner: a briefing of the same day in
    /// another file, or a name that the registry no longer has.
    fn is_likely(&self, thing: Thing, address: &Address) -> bool {
        match thing {
            Thing::Article(idx) => address.date == Some(self.corpus.article(idx).front.date.date),
            Thing::Detected => matches!(address.owner, Owner::Entity(_)),
            Thing::Page(_) | Thing::Entity(_) | Thing::Term(_) => false,
        }
    }

    fn file(&self, thing: Thing) -> Utf8PathBuf {
        match thing {
            Thing::Article(idx) => self.corpus.article(idx).path.clone(),
            Thing::Page(n) => self.corpus.pages[n].path.clone(),
            Thing::Entity(idx) => self
                .registered(idx)
                .map_or_else(|| ADDRESSES.into(), |entity| entity.path.clone()),
            Thing::Term(_) | Thing::Detected => ADDRESSES.into(),
        }
    }

    fn registered(&self, idx: EntityIdx) -> Option<&'a RegistryEntity> {
        match &self.corpus.catalogue.get(idx).key {
            EntityKey::Registry(id) => self.corpus.kb.get(id),
            _ => None,
        }
    }

    fn target(&self, thing: Thing) -> Option<Target> {
        match thing {
            Thing::Article(idx) => Some(Target::Article(idx, None)),
            Thing::Page(n) => Some(Target::Page(self.corpus.pages[n].slug.clone(), None)),
            Thing::Entity(idx) => Some(Target::Entity(idx)),
            Thing::Term(n) => {
                let (family, slug, _) = &self.terms[n];
                Some(Target::File(urls::term(family.folder(), slug)))
            }
            Thing::Detected => None,
        }
    }

    /// The address of something, as it is now.
    fn address(&self, thing: Thing) -> Option<Address> {
        let (page, owner, title, date) = match thing {
            Thing::Article(idx) => {
                let article = self.corpus.article(idx);
                let date = Some(article.front.date.date);
                let owner = Owner::File(article.path.clone());
                (
                    urls::article(&article.slug),
                    owner,
                    &article.front.title,
                    date,
                )
            }
            Thing::Page(n) => {
                let page = &self.corpus.pages[n];
                let owner = Owner::File(page.path.clone());
                (urls::page(&page.slug), owner, &page.title, None)
            }
            Thing::Entity(idx) => {
                let entity = self.corpus.catalogue.get(idx);
                let owner = Owner::Entity(self.registered(idx)?.id.0.to_string());
                (urls::entity(entity), owner, &entity.name, None)
            }
            Thing::Term(n) => {
                let (family, slug, label) = &self.terms[n];
                let page = urls::term(family.folder(), slug);
                (page, Owner::Term(*family), label, None)
            }
            Thing::Detected => return None,
        };
        Some(Address {
            url: page.strip_suffix("index.html").unwrap_or(&page).to_owned(),
            owner,
            title: title.clone(),
            date,
            retired: false,
        })
    }
}

/// Topics, tags and storylines, by kind and slug.
fn terms_of(corpus: &Corpus<'_>) -> Vec<(TermFamily, String, String)> {
    let newest = super::newest_first(corpus);
    let all = TermFamily::ALL.map(|family| {
        let terms = match family {
            TermFamily::Topics => terms::topics(corpus, &newest),
            TermFamily::Tags => terms::tags(corpus, &newest),
            TermFamily::Storylines => terms::storylines(corpus, &newest),
        };
        (family, terms)
    });
    let all = all.into_iter();
    all.flat_map(|(family, terms)| {
        let terms = terms.into_iter();
        terms.map(move |(slug, term)| (family, slug, term.label))
    })
    .collect()
}

/// True where a name is one of an entity's.
fn bears(entity: &RegistryEntity, name: &str) -> bool {
    let name = fold(name);
    let mut aliases = entity.aliases.iter();
    fold(&entity.name) == name || aliases.any(|alias| fold(&alias.name) == name)
}

/// What became of the remembered addresses, one by one.
#[must_use]
pub fn standings(corpus: &Corpus<'_>) -> Vec<Standing> {
    let things = Things::of(corpus);
    let remembered = corpus.remembered.iter();
    remembered
        .map(|known| things.standing(&known.address))
        .collect()
}

/// The addresses of all briefings, pages, registry entities, topics, tags and storylines that are
/// published now, by address.
#[must_use]
pub fn current(corpus: &Corpus<'_>) -> Vec<Address> {
    let things = Things::of(corpus);
    let pages = things.by_page.values();
    pages.filter_map(|thing| things.address(*thing)).collect()
}

/// Adds the redirects, and tells what is wrong. Says how many of the published addresses are not
/// remembered.
pub(super) fn add(
    corpus: &Corpus<'_>,
    redirects: &mut BTreeMap<String, Target>,
    problems: &mut Vec<Diagnostic>,
) -> usize {
    if corpus.remembered.is_empty() {
        return 0;
    }
    for (known, standing) in corpus.remembered.iter().zip(standings(corpus)) {
        let page = known.address.page();
        match standing {
            Standing::Moved(target, _) => {
                redirects.entry(page).or_insert(target);
            }
            Standing::Gone if !known.address.retired && !redirects.contains_key(&page) => {
                problems.push(removed(known));
            }
            Standing::Taken(by) => problems.push(reused(corpus, known, by)),
            Standing::Kept(_) | Standing::Hidden | Standing::Gone => {}
        }
    }
    let remembered = corpus.remembered.iter().map(|known| &*known.address.url);
    let remembered: BTreeSet<&str> = remembered.collect();
    let is_new = |address: &&Address| !remembered.contains(&*address.url);
    current(corpus).iter().filter(is_new).count()
}

fn removed(known: &Remembered) -> Diagnostic {
    let Address { url, title, .. } = &known.address;
    let message = format!("nothing stands at `/{url}` any more; it was `{title}`");
    Diagnostic::warning(Code::UrlRemoved, ADDRESSES.into(), Some(known.line), message).hint(format!(
        "write `aliases: [/{url}]` where it is told now, or say that it is gone for good: dateline urls retire {url}"
    ))
}

fn reused(corpus: &Corpus<'_>, known: &Remembered, by: Utf8PathBuf) -> Diagnostic {
    let Address {
        url, title, owner, ..
    } = &known.address;
    let whose = match owner {
        Owner::File(file) => format!("`{title}` ({file})"),
        Owner::Entity(id) => format!("`{title}` ({id})"),
        Owner::Term(family) => format!("`{title}` (one of the {})", family.folder()),
    };
    let message = format!("the address `/{url}` was that of {whose}");
    let mut articles = corpus.articles.iter();
    let article = articles.find(|article| article.path == by);
    let at = article.and_then(|article| article.front_spans.get("slug").copied());
    let problem = Diagnostic::error(Code::UrlReused, by, at, message);
    let own = match owner {
        Owner::File(_) | Owner::Term(_) => "give this one another `slug:`",
        Owner::Entity(_) => {
            "where it is the same, keep the old name in `aliases:`; else give this one another id"
        }
    };
    problem.hint(own).hint(format!(
        "to give the old address up: dateline urls release {url}"
    ))
}
