use super::*;

fn whole(text: &str) -> YamlText<'_> {
    YamlText {
        path: Utf8Path::new("entities/decisions.yaml"),
        text,
        block: Span::new(0, text.len()),
    }
}

fn append(text: &str, expected: &str) {
    let items = ["{name: X, kind: person}".to_owned()];
    let found = whole(text).append("accepted", &items, ListStyle::Block);
    assert_eq!(found.unwrap(), expected, "{text}");
}

#[test]
fn an_empty_file_gets_the_list() {
    append("", "accepted:\n  - {name: X, kind: person}\n");
    append(
        "# mine\n",
        "# mine\naccepted:\n  - {name: X, kind: person}\n",
    );
    append("accepted:\n", "accepted:\n  - {name: X, kind: person}\n");
    append("accepted: []\n", "accepted: [{name: X, kind: person}]\n");
    append(
        "accepted: # none\n",
        "accepted: # none\n  - {name: X, kind: person}\n",
    );
}

#[test]
fn comments_and_order_stay() {
    append(
        "# top\naccepted:\n  - {name: A, kind: place} # a\n  - name: B\n    kind: place # b\n\n# about the rest\nrejected:\n  - {name: C, kind: event}\n",
        "# top\naccepted:\n  - {name: A, kind: place} # a\n  - name: B\n    kind: place # b\n  - {name: X, kind: person}\n\n# about the rest\nrejected:\n  - {name: C, kind: event}\n",
    );
    append(
        "rejected: [] # r\naccepted:\n- {name: A, kind: place}",
        "rejected: [] # r\naccepted:\n- {name: A, kind: place}\n- {name: X, kind: person}\n",
    );
}

#[test]
fn flow_lists_grow_inside_their_brackets() {
    append(
        "accepted: [{name: \"A ] b\", kind: place}, {name: 'it''s [', kind: place}] # c ]\n",
        "accepted: [{name: \"A ] b\", kind: place}, {name: 'it''s [', kind: place}, {name: X, kind: person}] # c ]\n",
    );
    append(
        "accepted: [\n  {name: A, kind: place}, # one\n]\n",
        "accepted: [\n  {name: A, kind: place}, # one\n  {name: X, kind: person}]\n",
    );
    append(
        "accepted: {name: Don't, kind: place} # one\n",
        "accepted: [{name: Don't, kind: place}, {name: X, kind: person}] # one\n",
    );
}

#[test]
fn what_has_no_safe_place_is_refused() {
    let items = ["{name: X, kind: person}".to_owned()];
    for text in [
        "accepted:\n  name: A\n  kind: place\n",
        "- a\n",
        "a: [\n",
        "a: 1\na: 2\n",
    ] {
        let found = whole(text).append("accepted", &items, ListStyle::Block);
        assert!(found.is_err(), "{text}: {found:?}");
    }
}

const ENTITY: &str = "---\n# who\nname: Old Name # official\naliases: # short\n  - ON\ndescription: It is: \"old\"\n---\n\nname: prose\n";

fn entity(text: &str) -> YamlText<'_> {
    let end = text.rfind("---\n").unwrap();
    YamlText {
        path: Utf8Path::new("entities/organisation/old.md"),
        text,
        block: Span::new(4, end),
    }
}

#[test]
fn registry_files_change_in_their_front_matter_alone() {
    let text = ENTITY.replace("It is: \"old\"", "old");
    let named = entity(&text).set("name", "yes: new", "").unwrap();
    assert_eq!(named, text.replace("Old Name", "\"yes: new\""));
    let with_id = entity(&text).set("id", "old", "name").unwrap();
    assert_eq!(with_id, text.replace("official\n", "official\nid: old\n"));
    let aliased = entity(&text)
        .append("aliases", &["Old Name".to_owned()], ListStyle::Flow)
        .unwrap();
    assert_eq!(aliased, text.replace("  - ON\n", "  - ON\n  - Old Name\n"));
    let former = entity(&text)
        .append("old_ids", &["older".to_owned()], ListStyle::Flow)
        .unwrap();
    assert_eq!(
        former,
        text.replace("official\n", "official\nold_ids: [older]\n")
    );
    let lines = entity(&text).lines("aliases").unwrap();
    assert_eq!(lines, Some("aliases: # short\n  - ON\n"));
}

#[test]
fn a_broken_front_matter_is_not_touched() {
    let found = entity(ENTITY).set("name", "New", "");
    assert!(found.is_err());
}
