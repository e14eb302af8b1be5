//! Who said what, on sentences of the shapes that news has.

use crate::stages::extract::testing::extract;

/// Expected quotations, as "speaker: first words", "-" for nobody.
fn check_in(language: &str, text: &str, expected: &[&str]) {
    let (document, extraction) = extract(language, text);
    let found: Vec<String> = extraction
        .quotations
        .iter()
        .map(|quotation| {
            let who = quotation
                .speaker
                .map_or("-", |m| extraction.mentions[m].span.of(&document.text));
            let words: Vec<&str> = quotation.span.of(&document.text).split(' ').collect();
            let shown = words[..words.len().min(3)].join(" ");
            format!("{who}: {shown}")
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

fn check(text: &str, expected: &[&str]) {
    check_in("en", text, expected);
}

#[test]
fn the_name_stands_beside() {
    check(
        "\"We were late again,\" Jane Miller said.",
        &["Jane Miller: We were late"],
    );
    check(
        "\"We were late again,\" said Jane Miller.",
        &["Jane Miller: We were late"],
    );
    check(
        "\"We were late again,\" said Interior Minister Jane Miller.",
        &["Jane Miller: We were late"],
    );
    check(
        "\"We were late again,\" according to Jane Miller.",
        &["Jane Miller: We were late"],
    );
    check(
        "Jane Miller said: \"We were late again.\"",
        &["Jane Miller: We were late"],
    );
    check(
        "Jane Miller told reporters that they were \"late to a fault\" and left.",
        &["Jane Miller: late to a"],
    );
    check(
        "According to Jane Miller, \"we were late again\".",
        &["Jane Miller: we were late"],
    );
    check(
        "\"We were late again,\" Jane Miller, a French academic, said.",
        &["Jane Miller: We were late"],
    );
    check("\"Yes,\" Jane Miller said.", &["Jane Miller: Yes,"]);
    check(
        "Jane Miller called it \"a disgrace for everyone\".",
        &["Jane Miller: a disgrace for"],
    );
    check(
        "“Were we late?” Jane Miller asked. Nobody knew.",
        &["Jane Miller: Were we late?"],
    );
}

#[test]
fn the_surname_or_pronoun_stands_beside() {
    check(
        "Jane Miller came. \"We were late again,\" Miller said. \"It was bad luck.\"",
        &["Miller: We were late", "Miller: It was bad"],
    );
    check(
        "Jane Miller, a French academic, came. \"We were late again,\" she said.",
        &["Jane Miller: We were late"],
    );
    check(
        "Jane Miller met Peter Smith. \"We were late again,\" she said.",
        &["-: We were late"],
    );
    check(
        "Mr Peter Smith came alone. \"We were late again,\" she said.",
        &["-: We were late"],
    );
    check(
        "Nobody came. \"We were late again,\" he said.",
        &["-: We were late"],
    );
}

#[test]
fn the_role_or_body_stands_beside() {
    check(
        "Interior Minister Jane Miller met John Brown. \"We were late again,\" the minister said.",
        &["Jane Miller: We were late"],
    );
    check(
        "Interior Minister Jane Miller met Defence Minister John Brown. \"We were late again,\" the minister said.",
        &["-: We were late"],
    );
    check(
        "The Ministry of Ports closed. \"We were late again,\" the ministry said.",
        &["Ministry of Ports: We were late"],
    );
    check(
        "The Ministry of Ports met the Ministry of Rivers. \"We were late again,\" the ministry said.",
        &["-: We were late"],
    );
    check(
        "\"We were late again,\" said a spokesman for the Port Agency.",
        &["Port Agency: We were late"],
    );
    check(
        "\"We were late again,\" Jane Miller of the Port Agency said.",
        &["Jane Miller: We were late"],
    );
    check(
        "\"We were late again,\" a lawyer of the Port Agency said.",
        &["-: We were late"],
    );
}

#[test]
fn nobody_speaks_where_the_text_does_not_say_who() {
    check(
        "Jane Miller said yes. \"Nobody knows this man,\" a sign read.",
        &["-: Nobody knows this"],
    );
    check(
        "Jane Miller left. \"We were late again.\" Nobody said so.",
        &["-: We were late"],
    );
    check(
        "\"We were late again,\" Reuters said.",
        &["-: We were late"],
    );
    check(
        "\"We were late again,\" Jane Miller and John Brown said.",
        &["-: We were late"],
    );
    check(
        "Jane Miller came. \"We were late again,\" they said.",
        &["-: We were late"],
    );
}

#[test]
fn terms_and_titles_are_no_quotations() {
    check("The \"new\" plan and a \"big idea\" failed.", &[]);
    check(
        "We stopped \"reinventing the wheel.\" It is \"good enough,\" not \"the best of all\".",
        &[],
    );
    check("Each week in \"The Port Briefing,\" we tell more.", &[]);
    check("She read \"The Wind in the Willows\" twice.", &[]);
    check("A panel titled \"how we were all late\" met.", &[]);
    check("The so-called \"axis of all evil\" met.", &[]);
}

#[test]
fn several_paragraphs_are_one_speech() {
    check(
        "“We were late again,” Jane Miller said. “It rained.\n\n“Then it snowed for days.\n\n“Then it rained again.”\n\nNobody knew.",
        &[
            "Jane Miller: We were late",
            "Jane Miller: Then it snowed",
            "Jane Miller: Then it rained",
        ],
    );
    check(
        "“We were late again.\n\n“Then it snowed for days,” Jane Miller said.",
        &["Jane Miller: We were late", "Jane Miller: Then it snowed"],
    );
    check(
        "“We were late again. Nobody closed it.\n\nNothing else.",
        &[],
    );
}

#[test]
fn all_kinds_of_marks() {
    check(
        "Jane Miller said: ‘We were late again.’ It was so.",
        &["Jane Miller: We were late"],
    );
    check(
        "Jane Miller said: 'We weren't late again.' It was so.",
        &["Jane Miller: We weren't late"],
    );
    check("The workers' rights and the dogs' homes were lost.", &[]);
    check(
        "The '90s and 'em all, said Jane Miller's friends' friends.",
        &[],
    );
    check(
        "“He said ‘never again’ to me,” Jane Miller said.",
        &["Jane Miller: He said ‘never"],
    );
    check(
        "„Wir waren wieder zu spät“, hieß es.",
        &["-: Wir waren wieder"],
    );
    check_in(
        "fr",
        "« Nous étions en retard », a-t-on dit.",
        &["-: Nous étions en"],
    );
    check_in(
        "de",
        "»Wir waren wieder zu spät«, hieß es.",
        &["-: Wir waren wieder"],
    );
}
