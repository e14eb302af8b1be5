use super::*;

fn reason(kind: EntityKind, a: &str, b: &str) -> Option<String> {
    let named = |entity, name| Named { entity, kind, name };
    let others = ["Port Agency", "Jane Miller", "Rotterdam", "Kerman bombings"];
    let mut names = vec![named(0, a), named(1, b)];
    names.extend((2..).zip(others).map(|(n, name)| named(n, name)));
    let found = pairs(&names);
    assert!(found.len() <= 1, "{found:?}");
    found.into_iter().next().map(|pair| pair.reason)
}

#[test]
fn names_that_may_mean_one_thing() {
    let (person, body) = (EntityKind::Person, EntityKind::Organisation);
    for (kind, a, b, expected) in [
        (
            person,
            "Sébastien Peyrouse",
            "Sebastien Peyrouse",
            "two spellings",
        ),
        (person, "Владимир Путин", "Vladimir Putin", "two spellings"),
        (person, "J. Smith", "John Smith", "by its initial"),
        (person, "John Smith", "John Quincy Smith", "middle name"),
        (
            person,
            "John Q. Smith",
            "John Quincy Smith",
            "middle name by its initial",
        ),
        (body, "Acme Ltd", "Acme", "Ltd"),
        (
            body,
            "Ministry of Defence",
            "Defence Ministry",
            "words such as",
        ),
        (body, "UNSC", "United Nations Security Council", "initials"),
        (body, "Rosoboronexport", "Rosoboroneksport", "apart"),
        (
            body,
            "Bank of Kyrgyzstan",
            "Kyrgyzstan Bank of",
            "another order",
        ),
    ] {
        let told = reason(kind, a, b).unwrap_or_default();
        assert!(told.contains(expected), "{a} / {b}: {told}");
    }
}

#[test]
fn names_that_do_not() {
    let (person, event) = (EntityKind::Person, EntityKind::Event);
    assert_eq!(reason(person, "John Smith", "James Smith"), None);
    assert_eq!(
        reason(event, "Helsinki Summit 2023", "Helsinki Summit 2024"),
        None
    );
    assert_eq!(reason(event, "World War I", "World War II"), None);
    assert_eq!(reason(event, "Oslo talks", "Doha talks"), None);
}

#[test]
fn many_names_are_read_in_bounded_time() {
    let names: Vec<String> = (0..20_000)
        .map(|n| format!("Body {} Number {n}", n % 7))
        .collect();
    let named: Vec<Named<'_>> = names
        .iter()
        .enumerate()
        .map(|(entity, name)| Named {
            entity,
            kind: EntityKind::Organisation,
            name,
        })
        .collect();
    assert!(pairs(&named).is_empty());
}
