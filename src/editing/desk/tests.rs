use super::*;
use crate::{editing::merge::Merge, stages::parse::ParseOptions};

const ISKP: &str = "---\nname: ISKP # the branch\naliases: [ISIS-K]\n---\n";
const IS: &str = "---\nname: Islamic State\nsameAs: [https://example.org/is]\n---\nA profile.\n";

fn desk(files: &[(&str, &str)]) -> Desk {
    let parsed = files
        .iter()
        .filter(|(path, _)| path.ends_with(".md"))
        .filter_map(|(path, text)| {
            let source = SourceFile {
                path: (*path).into(),
                text: (*text).into(),
            };
            parse::entity(&source, &ParseOptions::default()).0
        });
    let (kb, _) = KnowledgeBase::new(parsed.collect(), Default::default());
    let found = [
        ("Jane Miller", EntityKind::Person, "jane-miller"),
        ("J. Miller", EntityKind::Person, "j-miller"),
        ("Daesh", EntityKind::Organisation, "daesh"),
        ("Caliphate", EntityKind::Place, "caliphate"),
    ];
    let bytes = files
        .iter()
        .map(|(path, text)| (Utf8PathBuf::from(*path), text.as_bytes().to_vec()));
    Desk::new(
        Files::new(bytes),
        &kb,
        found.map(|(name, kind, slug)| (name.to_owned(), kind, slug.to_owned())),
    )
}

fn registry() -> Desk {
    desk(&[
        ("entities/organisation/iskp.md", ISKP),
        ("entities/organisation/islamic-state.md", IS),
    ])
}

fn decision(name: &str, kind: EntityKind, action: Action) -> Decision {
    Decision {
        name: name.to_owned(),
        kind,
        action,
        reason: None,
    }
}

/// The changed files after the decisions: `path: text`, or `path: gone`.
fn changed(desk: &mut Desk) -> String {
    let changes = desk.finish().unwrap();
    let shown = changes.iter().map(|change| {
        let after = change
            .after
            .as_ref()
            .map_or("gone\n".into(), |bytes| String::from_utf8_lossy(bytes));
        format!("{}:\n{after}", change.path)
    });
    shown.collect()
}

#[test]
fn decisions_go_to_their_lists_once() {
    let mut desk = registry();
    let person = EntityKind::Person;
    let all = [
        decision("Jane Miller", person, Action::Accept),
        decision("yes: #1", EntityKind::Place, Action::Reject),
        decision(
            "J. Miller",
            person,
            Action::Merge {
                into: "jane miller".to_owned(),
            },
        ),
        decision(
            "Daesh",
            EntityKind::Organisation,
            Action::Merge {
                into: "Islamic State".to_owned(),
            },
        ),
        decision("Key judgement", person, Action::Suppress),
        decision(
            "Caliphate",
            EntityKind::Place,
            Action::Kind {
                to: EntityKind::Organisation,
            },
        ),
    ];
    for decision in &all {
        assert_eq!(desk.decide(decision), Ok(Outcome::Changed), "{decision:?}");
    }
    for decision in &all {
        assert_eq!(desk.decide(decision), Ok(Outcome::Already), "{decision:?}");
    }
    insta::assert_snapshot!(changed(&mut desk), @r#"
    entities/decisions.yaml:
    accepted:
      - {name: Jane Miller, kind: person}
      - {name: Caliphate, kind: organisation}
    merged:
      - {name: J. Miller, kind: person, into: Jane Miller}
      - {name: Daesh, kind: organisation, into: islamic-state}
    rejected:
      - {name: "yes: #1", kind: place}
      - {name: Caliphate, kind: place}
    entities/suppress.yaml:
    - Key judgement
    "#);
    assert_eq!(changed(&mut desk), "");
}

#[test]
fn a_name_does_not_come_back_as_another_kind() {
    let (body, place, person) = (
        EntityKind::Organisation,
        EntityKind::Place,
        EntityKind::Person,
    );
    let kinds = [
        ("Caliphate".to_owned(), place, body),
        ("Daesh".to_owned(), body, person),
    ];
    let mut desk = registry().with_other_kinds(kinds);
    desk.decide(&decision("Caliphate", place, Action::Reject))
        .unwrap();
    let into = "Islamic State".to_owned();
    desk.decide(&decision("Daesh", body, Action::Merge { into }))
        .unwrap();
    insta::assert_snapshot!(changed(&mut desk), @r"
    entities/decisions.yaml:
    merged:
      - {name: Daesh, kind: organisation, into: islamic-state}
      - {name: Daesh, kind: person, into: islamic-state}
    rejected:
      - {name: Caliphate, kind: place}
      - {name: Caliphate, kind: organisation}
    ");
}

#[test]
fn aliases_and_new_files() {
    let mut desk = registry();
    let body = EntityKind::Organisation;
    let alias = Action::Alias {
        into: "iskp".to_owned(),
        rule: AliasRule::Exact,
    };
    desk.decide(&decision("IS-KP", body, alias)).unwrap();
    let new = Action::New {
        id: None,
        description: Some("It says: \"no\".".to_owned()),
    };
    desk.decide(&decision("Port \"A\" Agency", body, new))
        .unwrap();
    let alias = Action::Alias {
        into: "port-a-agency".to_owned(),
        rule: AliasRule::Plain,
    };
    desk.decide(&decision("PAA", body, alias)).unwrap();
    insta::assert_snapshot!(changed(&mut desk), @r#"
    entities/organisation/iskp.md:
    ---
    name: ISKP # the branch
    aliases: [ISIS-K, {name: IS-KP, match: exact}]
    ---
    entities/organisation/port-a-agency.md:
    ---
    name: "Port \"A\" Agency"
    aliases: [PAA]
    description: "It says: \"no\"."
    ---
    "#);
}

#[test]
fn what_cannot_be_is_said() {
    let mut desk = registry();
    let (person, body) = (EntityKind::Person, EntityKind::Organisation);
    desk.decide(&decision("Jane Miller", person, Action::Reject))
        .unwrap();
    let refused = [
        ("JANE MILLÉR", person, Action::Accept, "rejected"),
        ("Islamic State", body, Action::Reject, "registered"),
        (
            "Daesh",
            body,
            Action::Merge {
                into: "Islamic Stat".to_owned(),
            },
            "did you mean",
        ),
        (
            "Daesh",
            body,
            Action::Merge {
                into: "Caliphate".to_owned(),
            },
            "of another kind",
        ),
        (
            "Daesh",
            body,
            Action::Merge {
                into: "Daesh".to_owned(),
            },
            "itself",
        ),
        (
            "Daesh",
            body,
            Action::Alias {
                into: "Caliphate".to_owned(),
                rule: AliasRule::Plain,
            },
            "no registry file",
        ),
        (
            "Islamic State",
            body,
            Action::Alias {
                into: "iskp".to_owned(),
                rule: AliasRule::Plain,
            },
            "already",
        ),
        (
            "X",
            body,
            Action::New {
                id: Some("iskp".to_owned()),
                description: None,
            },
            "already",
        ),
        (
            "X",
            body,
            Action::New {
                id: Some("A b".to_owned()),
                description: None,
            },
            "no id",
        ),
        (
            "…",
            body,
            Action::New {
                id: None,
                description: None,
            },
            "no letters",
        ),
        ("Daesh", body, Action::Kind { to: body }, "already"),
    ];
    for (name, kind, action, expected) in refused {
        let told = desk
            .decide(&decision(name, kind, action.clone()))
            .unwrap_err();
        assert!(told.contains(expected), "{action:?}: {told}");
    }
}

#[test]
fn merged_entities_leave_their_names_and_addresses() {
    let merge = |from, into| Merge {
        from,
        into,
        kind: None,
        aliases: &[],
        discard_profile: false,
    };
    let mut desk = registry();
    desk.merge_entities(&merge("iskp", "Islamic State"))
        .unwrap();
    insta::assert_snapshot!(changed(&mut desk), @r"
    entities/organisation/iskp.md:
    gone
    entities/organisation/islamic-state.md:
    ---
    name: Islamic State
    old_ids: [iskp]
    aliases: [ISKP, ISIS-K]
    sameAs: [https://example.org/is]
    ---
    A profile.
    ");
    let mut desk = registry();
    desk.merge_entities(&merge("Caliphate", "iskp")).unwrap();
    insta::assert_snapshot!(changed(&mut desk), @r"
    entities/organisation/iskp.md:
    ---
    name: ISKP # the branch
    old_ids: [place/caliphate]
    aliases: [ISIS-K, Caliphate]
    ---
    ");
    let told = registry()
        .merge_entities(&merge("islamic-state", "iskp"))
        .unwrap_err();
    assert!(told.contains("--discard-profile"), "{told}");
}

#[test]
fn renamed_entities_keep_their_old_name_and_id() {
    let mut desk = registry();
    desk.rename("iskp", None, "Islamic State-Khorasan", Some("is-khorasan"))
        .unwrap();
    insta::assert_snapshot!(changed(&mut desk), @r"
    entities/organisation/is-khorasan.md:
    ---
    name: Islamic State-Khorasan # the branch
    old_ids: [iskp]
    aliases: [ISIS-K, ISKP]
    ---
    entities/organisation/iskp.md:
    gone
    ");
    assert!(
        registry()
            .rename("iskp", None, "Islamic state", None)
            .is_err()
    );
}
