//! Every form, from 2024-07-21, a Sunday. Checked by hand.

use jiff::civil::date;

use super::expressions;
use crate::stages::extract::{testing::document, token::tokens};

/// The first expression of `text`, as EDTF; nothing where there is none.
fn check_in(language: &str, text: &str, expected: &str) {
    let document = document(text);
    let words = tokens(&document).words;
    let found = expressions(&document, &words, date(2024, 7, 21), language);
    let shown = found
        .first()
        .map(|e| e.value.to_string())
        .unwrap_or_default();
    assert_eq!(shown, expected, "{text}");
}

fn check(text: &str, expected: &str) {
    check_in("en", text, expected);
}

#[test]
fn days() {
    check("Reuters on July 19 reported it.", "2024-07-19");
    check("the July 26 start of the Games", "2024-07-26");
    check("It fell on 19 July 2024.", "2024-07-19");
    check("on July 19, 2023, they met", "2023-07-19");
    check("Jul 4, 2020 was warm", "2020-07-04");
    check("on Sept. 11, 2001, they", "2001-09-11");
    check("the 3rd of March 2024", "2024-03-03");
    check("On January 3 two bombs", "2024-01-03");
    check("On 3 January two bombs", "2024-01-03");
    check("since 2024-07-19 it holds", "2024-07-19");
    check("on December 28 they arrested three", "2023-12-28");
    check("They will meet on August 28.", "2024-08-28");
    check("It was on Friday, May 9, 2014 at 9", "2014-05-09");
    check("Friday, July 26 is near", "2024-07-26");
}

#[test]
fn near_days() {
    check("on Friday police said", "2024-07-19");
    check("They arrived on Sunday.", "2024-07-21");
    check("It will open on Friday.", "2024-07-26");
    check("last Friday", "2024-07-19");
    check("next Monday", "2024-07-22");
    check("Police said yesterday that", "2024-07-20");
    check("today it rains", "2024-07-21");
    check("It starts tomorrow.", "2024-07-22");
    check("last night", "2024-07-20");
    check("this morning", "2024-07-21");
    check("three days ago", "2024-07-18");
}

#[test]
fn weeks_months_and_years() {
    check("last week", "2024-07-08/2024-07-14");
    check("this week", "2024-07-15/2024-07-21");
    check("two weeks ago", "2024-07-01/2024-07-07");
    check("in March, gunmen opened fire", "2024-03");
    check("took place in Iran in January.", "2024-01");
    check("in October they met", "2023-10");
    check("It will be held in October.", "2024-10");
    check("next March", "2025-03");
    check("last May", "2024-05");
    check("the February 2022 Russian invasion", "2022-02");
    check("in May 2019", "2019-05");
    check("last month", "2024-06");
    check("next month", "2024-08");
    check("two months ago", "2024-05");
    check("Last year, seven men", "2023");
    check("this year", "2024");
    check("next year", "2025");
    check("three years ago", "2021");
    check("in 2022 they", "2022");
    check("since 2015", "2015");
    check("the 1990s", "199X");
    check("spring 2024", "2024-21");
    check("the summer of 2023", "2023-22");
    check("last winter", "2023-24");
}

#[test]
fn rough_times() {
    check("in early June", "2024-06~");
    check("mid-2023", "2023~");
    check("late 2022", "2022~");
    check("around July 2019", "2019-07~");
}

#[test]
fn ranges() {
    check("between 3 and 5 May 2024", "2024-05-03/2024-05-05");
    check("on 3-5 May 2024", "2024-05-03/2024-05-05");
    check("from July 26 to August 11", "2024-07-26/2024-08-11");
    check("July 26 \u{2013} August 11", "2024-07-26/2024-08-11");
    check("May 3-5, 2024 was", "2024-05-03/2024-05-05");
    check("2019-2021 was hard", "2019/2021");
    check("from 2019 to 2021", "2019/2021");
    check("between 2019 and 2021", "2019/2021");
    check("in 2023-24 it", "2023/2024");
}

#[test]
fn other_tongues() {
    check_in("fr", "le 19 juillet 2024 à Paris", "2024-07-19");
    check_in("de", "am 19. Juli 2024 in Wien", "2024-07-19");
    check_in("es", "el 19 de julio de 2024", "2024-07-19");
    check_in("ru", "19 июля 2024 года", "2024-07-19");
    check_in("fr", "en juillet 2024", "2024-07");
}

#[test]
fn what_is_no_time() {
    check("It may have been slow.", "");
    check("May I come?", "");
    check("They march on the capital.", "");
    check("Theresa May said so.", "");
    check("some 2000 people came", "");
    check("Section 2023 applies", "");
    check("It cost 1,200 euros.", "");
    check("killing more than 140 people", "");
    check("a dozen people", "");
    check("7 April Street", "2024-04-07");
    check("on February 30", "");
    check("Fridays are busy", "");
    check("the last person", "");
    check("this is it", "");
}
