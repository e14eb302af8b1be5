use std::collections::BTreeSet;

use super::{screen::screen, *};
use crate::{editing::queue::Sentence, model::span::Span};

fn item(name: &str, kind: EntityKind) -> Item {
    let text = format!("The {name} met.");
    Item {
        waiting: Waiting {
            name: name.to_owned(),
            kind,
            confidence: 0.7,
            count: 4,
            briefings: BTreeSet::from(["ports".to_owned(), "rail".to_owned()]),
            aliases: BTreeSet::from(["PA".to_owned()]),
            shown: true,
            sentences: vec![Sentence {
                briefing: "ports".to_owned(),
                lit: Span::new(4, 4 + name.len()),
                text,
            }],
        },
        suggestions: Vec::new(),
    }
}

fn review() -> Review {
    let choice = |into: &str, name: &str, registered| Choice {
        into: into.to_owned(),
        name: name.to_owned(),
        kind: EntityKind::Organisation,
        registered,
        aliases: Vec::new(),
    };
    let choices = vec![
        choice("harbour-board", "Harbour Board", true),
        choice("Harbour Club", "Harbour Club", false),
        choice("Port Agency", "Port Agency", false),
    ];
    let items = vec![
        item("Port Agency", EntityKind::Organisation),
        item("Jane Miller", EntityKind::Person),
    ];
    Review::new(items, choices)
}

/// Presses keys (`\n` is enter, `\u{1b}` escape, `\u{8}` backspace) and gives the effects.
fn press(mut review: Review, keys: &str) -> (Review, Vec<Effect>) {
    let mut all = Vec::new();
    for c in keys.chars() {
        let key = match c {
            '\n' => Key::Enter,
            '\u{1b}' => Key::Escape,
            '\u{8}' => Key::Backspace,
            '↓' => Key::Down,
            c => Key::Char(c),
        };
        let (next, effects) = review.step(key);
        review = next;
        all.extend(effects);
    }
    (review, all)
}

fn actions(keys: &str) -> Vec<(String, Action)> {
    let (_, effects) = press(review(), keys);
    let decisions = effects.into_iter().flat_map(|effect| match effect {
        Effect::Decide(decisions) => decisions,
        other => panic!("{other:?}"),
    });
    decisions
        .map(|decision| (decision.name, decision.action))
        .collect()
}

fn one(keys: &str) -> Action {
    let mut actions = actions(keys);
    assert_eq!(actions.len(), 1, "{actions:?}");
    actions.remove(0).1
}

#[test]
fn keys_decide() {
    assert_eq!(one("a"), Action::Accept);
    assert_eq!(one("r"), Action::Reject);
    assert_eq!(one("s"), Action::Suppress);
    assert_eq!(
        one("kl"),
        Action::Kind {
            to: EntityKind::Place
        }
    );
    let into = |into: &str| Action::Merge {
        into: into.to_owned(),
    };
    assert_eq!(one("mharb\n"), into("harbour-board"));
    assert_eq!(one("mharb↓\n"), into("Harbour Club"));
    assert_eq!(one("mhx\u{8}arb\n"), into("harbour-board"));
    let alias = Action::Alias {
        into: "harbour-board".to_owned(),
        rule: AliasRule::Plain,
    };
    assert_eq!(one("lbrd\n"), alias);
    assert_eq!(actions("mzzz\n"), []);
    assert_eq!(actions("mport\n"), [], "a name is not merged into itself");
    assert_eq!(actions("lclub\n"), [], "only the registry takes aliases");
    assert_eq!(actions("m\u{1b}k\u{1b}n\u{1b}x"), []);
}

#[test]
fn a_new_file_asks_for_what_it_holds() {
    let new = |id: &str, about: Option<&str>| Action::New {
        id: Some(id.to_owned()),
        description: about.map(str::to_owned),
    };
    assert_eq!(
        one("n\n\nIt runs ports.\n"),
        new("port-agency", Some("It runs ports."))
    );
    let renamed = actions("n of X\n\n\n");
    assert_eq!(
        renamed[0],
        ("Port Agency of X".to_owned(), new("port-agency-of-x", None))
    );
    let into = "port-agency-of-x".to_owned();
    let alias = Action::Alias {
        into,
        rule: AliasRule::Plain,
    };
    assert_eq!(renamed[1], ("Port Agency".to_owned(), alias));
}

#[test]
fn what_was_written_moves_on_and_undo_comes_back() {
    let (state, _) = press(review(), "a");
    assert_eq!(state.at, 0, "nothing was written yet");
    let state = state.decided(Ok("accepted".to_owned()));
    assert_eq!((state.at, state.mode.clone()), (1, Mode::Browse));
    let (state, effects) = press(state, "r");
    assert_eq!(effects.len(), 1);
    let state = state.decided(Err("the disk is full".to_owned()));
    assert_eq!((state.at, state.message.as_str()), (1, "the disk is full"));
    let (state, effects) = press(state, "u");
    assert_eq!(effects, [Effect::Undo]);
    let state = state.undone(Ok("undone".to_owned()));
    assert_eq!(state.at, 0);
    let (state, _) = press(state, "  ");
    assert_eq!(state.mode, Mode::Done);
    assert_eq!(press(state, "q").1, [Effect::Quit]);
}

#[test]
fn the_screen_lights_the_name() {
    insta::assert_snapshot!(screen(&review(), false), @r"
    Port Agency  1 of 2
    organisation, confidence 0.70, 2 briefings, named 4 times, shown
    also: PA

      The [Port Agency] met.
      in ports

    a accept   r reject   s suppress everywhere   k another kind
    m merge into   l make it an alias of   n new registry file
    space skip   u undo the last   q quit
    ");
    assert!(screen(&review(), true).contains("The \u{1b}[1;7mPort Agency\u{1b}[0m met."));
    let (picking, _) = press(review(), "mharb");
    insta::assert_snapshot!(screen(&picking, false), @r"
    Port Agency  1 of 2
    organisation, confidence 0.70, 2 briefings, named 4 times, shown
    also: PA

      The [Port Agency] met.
      in ports

    Merge into: harb_
    > Harbour Board (organisation)
      Harbour Club (organisation)
    enter choose   up, down   esc back
    ");
}
