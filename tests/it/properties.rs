//! What holds for the resolution of any texts: properties over drawn briefings and registries.

use std::collections::{BTreeMap, BTreeSet};

use dateline::{
    model::{
        catalogue::{EntityKey, Resolution},
        source::{SourceFile, Sources},
    },
    pipeline::{self, Options},
};
use proptest::prelude::*;

const GIVEN: [&str; 4] = ["Anna", "Boris", "Clara", "Denis"];
const FAMILY: [&str; 4] = ["Quillby", "Marrowick", "Tresk", "Oduvanc"];
const AROUND: [&str; 5] = [
    "{} met the press in Paris.",
    "According to {}, it was late.",
    "\"No,\" said {}, who left.",
    "Police spoke to {} on Monday.",
    "The Port Agency and {} agreed.",
];

/// A person: a given and a family name of the lists.
type Name = (usize, usize);

fn name((given, family): Name) -> String {
    format!("{} {}", GIVEN[given], FAMILY[family])
}

fn names(most: usize) -> impl Strategy<Value = BTreeSet<Name>> {
    proptest::collection::btree_set((0..GIVEN.len(), 0..FAMILY.len()), 0..most)
}

fn texts() -> impl Strategy<Value = Vec<Vec<(usize, Name)>>> {
    let sentence = (0..AROUND.len(), (0..GIVEN.len(), 0..FAMILY.len()));
    proptest::collection::vec(proptest::collection::vec(sentence, 1..5), 1..4)
}

fn file(path: String, text: &str) -> SourceFile {
    SourceFile {
        path: path.into(),
        text: text.into(),
    }
}

/// A site of these texts, in which these people have a file and these names are rejected.
fn site(
    texts: &[Vec<(usize, Name)>],
    known: &BTreeSet<Name>,
    rejected: &BTreeSet<Name>,
) -> Sources {
    let article = |(n, sentences): (usize, &Vec<(usize, Name)>)| {
        let said = sentences
            .iter()
            .map(|(k, who)| AROUND[*k].replace("{}", &name(*who)));
        let body: Vec<String> = said.collect();
        let text = format!(
            "---\ntitle: T{n}\ndate: 2024-07-21\n---\n{}\n",
            body.join("\n\n")
        );
        file(format!("briefings/a{n}.md"), &text)
    };
    let entity = |who: &Name| {
        let (given, family) = *who;
        let text = format!("---\nname: {}\n---\n", name(*who));
        file(format!("entities/person/p{given}{family}.md"), &text)
    };
    let mut lists = String::from("rejected:\n");
    for who in rejected {
        lists.push_str(&format!("  - {{name: {}, kind: person}}\n", name(*who)));
    }
    Sources {
        articles: texts.iter().enumerate().map(article).collect(),
        entities: known.iter().map(entity).collect(),
        decisions: Some(file("entities/decisions.yaml".to_owned(), &lists)),
        ..Sources::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A name of the registry is its entity wherever it stands in full; a rejected one that the
    /// registry has not is nobody; no two entities have one page; what is said of a text does not
    /// depend on the texts that come after it in the list.
    #[test]
    fn names_are_who_the_editors_say(texts in texts(), known in names(5), rejected in names(4)) {
        let options = Options::at("content".into(), "templates".into(), jiff::Timestamp::UNIX_EPOCH);
        let rejected: BTreeSet<Name> = rejected.difference(&known).copied().collect();
        let sources = site(&texts, &known, &rejected);
        let parsed = pipeline::parse(&sources, &options, &pipeline::silent);
        let linked = pipeline::link(&parsed, &sources, &pipeline::silent).unwrap();
        let known: BTreeSet<String> = known.into_iter().map(name).collect();
        let rejected: BTreeSet<String> = rejected.into_iter().map(name).collect();
        let mut pages = BTreeSet::new();
        for entity in &linked.catalogue.entities {
            prop_assert!(pages.insert((entity.kind, &entity.slug)), "{entity:?}");
            prop_assert!(!rejected.contains(&entity.name), "{entity:?}");
        }
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, article) in parsed.articles.iter().enumerate() {
            let (extraction, resolutions) = (&linked.extractions[n], &linked.resolutions[n]);
            prop_assert_eq!(extraction.mentions.len(), resolutions.len());
            for (mention, resolution) in extraction.mentions.iter().zip(resolutions) {
                let words = mention.span.of(&article.document.text);
                if let Some(registered) = known.get(words) {
                    let Resolution::Linked(idx) = resolution else {
                        return Err(TestCaseError::fail(format!("{words}: {resolution:?}")));
                    };
                    let entity = linked.catalogue.get(*idx);
                    prop_assert!(matches!(entity.key, EntityKey::Registry(_)), "{:?}", entity);
                    prop_assert_eq!(&entity.name, registered);
                    *found.entry(registered).or_default() += 1;
                }
            }
        }
        for who in &known {
            let said = texts.iter().flatten().filter(|(_, of)| name(*of) == *who).count();
            prop_assert_eq!(found.get(who.as_str()).copied().unwrap_or(0), said, "{}", who);
        }
    }
}
