//! An article saved as plain text: the headline, perhaps twice, by-line, caption and credit above
//! the text, the furniture of the page around it.

use super::{
    Picture, Read,
    byline::{self, ByLine},
    credit,
    furniture::{ends_sentence, is_furniture, is_stub},
};
use crate::{importing::escape, text::fold::fold};

/// By-line, caption and credit stand among the first lines or nowhere.
const HEAD: usize = 14;

/// A line with words.
#[derive(Debug, Clone)]
struct Line<'a> {
    /// From 1.
    number: usize,
    text: &'a str,
    /// True where a blank line stands before it.
    apart: bool,
}

pub(super) fn read(text: &str) -> Read {
    let mut read = Read::default();
    let mut lines = lines(text);
    let leading = lines.iter().take_while(|line| is_furniture(line.text));
    let leading = leading.count();
    leave_out(&mut read, lines.drain(..leading));
    if lines.is_empty() {
        return read;
    }
    let title = title(&mut lines);
    read.title = title;
    let head = head_length(&lines, &read.title);
    let rest = lines.split_off(head);
    take_head(&mut read, &lines);
    let rest = without_foot(&mut read, rest);
    let mut body = Vec::new();
    for line in rest {
        if is_furniture(line.text) {
            leave_out(&mut read, std::iter::once(line));
        } else if let Some(picture) =
            credit::read(line.text, false).filter(|p| p.credit.is_some() && !is_prose(line.text))
        {
            merge(&mut read.picture, picture);
        } else {
            body.push(line);
        }
    }
    read.body = body_of(&body);
    read
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut apart = true;
    let mut found = Vec::new();
    for (n, text) in text.lines().enumerate() {
        let text =
            text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
        if !text.is_empty() {
            found.push(Line {
                number: n + 1,
                text,
                apart,
            });
        }
        apart = text.is_empty();
    }
    found
}

fn leave_out<'a>(read: &mut Read, lines: impl IntoIterator<Item = Line<'a>>) {
    let left = lines
        .into_iter()
        .map(|line| (Some(line.number), line.text.to_owned()));
    read.left_out.extend(left);
}

/// Takes the first line, and those that repeat it. "Ships wait | The Post" before "Ships wait" is
/// the title of the browser's window.
fn title(lines: &mut Vec<Line<'_>>) -> String {
    let first = lines.remove(0).text;
    let mut title = first;
    while let Some(next) = lines.first() {
        let (next_folded, folded) = (fold(next.text), fold(title));
        let is_shorter = folded.strip_prefix(&next_folded).is_some_and(|rest| {
            rest.trim_start()
                .starts_with(['|', '-', '–', '—', '·', ':'])
        });
        if next_folded != folded && !is_shorter {
            break;
        }
        title = lines.remove(0).text;
    }
    let title = title.trim_start_matches('#').trim();
    title.to_owned()
}

/// How many lines stand above the text: to the last by-line among the first lines, and the lines on
/// pictures and of furniture after it.
fn head_length(lines: &[Line<'_>], title: &str) -> usize {
    let first = lines.iter().take(HEAD);
    let is_by = |line: &Line<'_>| byline::read(line.text, "en").is_some();
    let mut end = 0;
    for (n, line) in first.enumerate() {
        if is_by(line) {
            end = n + 1;
        } else if is_long(line.text) && credit::read(line.text, true).is_none() && end > 0 {
            break;
        }
    }
    while let Some(line) = lines.get(end) {
        let is_head = is_furniture(line.text)
            || is_by(line)
            || fold(line.text) == fold(title)
            || credit::read(line.text, true).is_some_and(|p| p.credit.is_some());
        if !is_head {
            break;
        }
        end += 1;
    }
    end
}

/// A paragraph rather than a line.
fn is_long(text: &str) -> bool {
    text.split_whitespace().count() >= 25
}

fn is_prose(text: &str) -> bool {
    text.split_whitespace().count() >= 40
}

fn take_head(read: &mut Read, lines: &[Line<'_>]) {
    let mut sentences = Vec::new();
    for line in lines {
        if is_furniture(line.text) {
            leave_out(read, [line.clone()]);
        } else if let Some(found) = byline::read(line.text, "en") {
            take_byline(read, found);
        } else if let Some(picture) = credit::read(line.text, true) {
            merge(&mut read.picture, picture);
        } else if fold(line.text) != fold(&read.title) {
            sentences.push(line);
        }
    }
    // One sentence between headline and by-line is the standfirst; a list of lines is anything.
    match sentences.as_slice() {
        [one] if one.text.split_whitespace().count() >= 6 => {
            read.summary = Some(one.text.to_owned());
        }
        others => {
            for line in others {
                leave_out(read, [(*line).clone()]);
            }
        }
    }
}

fn take_byline(read: &mut Read, found: ByLine) {
    read.authors.extend(found.authors);
    read.publisher = read.publisher.take().or(found.publisher);
    read.date = read.date.take().or(found.date);
    read.updated = read.updated.take().or(found.updated);
}

fn merge(known: &mut Option<Picture>, found: Picture) {
    let known = known.get_or_insert_with(Picture::default);
    known.caption = known.caption.take().or(found.caption);
    known.credit = known.credit.take().or(found.credit);
    known.licence = known.licence.take().or(found.licence);
}

/// The lines without those at the page's foot. A date there counts where the head has none.
fn without_foot<'a>(read: &mut Read, mut lines: Vec<Line<'a>>) -> Vec<Line<'a>> {
    let mut foot = Vec::new();
    while lines.len() > 1
        && let Some(last) = lines.last()
    {
        let by = byline::read(last.text, "en");
        if !is_furniture(last.text) && !is_stub(last.text) && by.is_none() {
            break;
        }
        if let Some(found) = by {
            take_byline(read, found);
        }
        foot.extend(lines.pop());
    }
    foot.reverse();
    leave_out(read, foot);
    lines
}

fn body_of(lines: &[Line<'_>]) -> String {
    let mut body = String::new();
    for (n, line) in lines.iter().enumerate() {
        let next = lines.get(n + 1);
        let written = escape::line(line.text);
        let is_item = written.starts_with("- ");
        let after_item = n > 0 && escape::line(lines[n - 1].text).starts_with("- ");
        let goes_on = n > 0 && !line.apart && (wraps(lines[n - 1].text) || (is_item && after_item));
        if n > 0 {
            body.push_str(if goes_on { "\n" } else { "\n\n" });
        }
        let stands_alone =
            (line.apart || n == 0) && next.is_some_and(|next| next.apart && is_long(next.text));
        if stands_alone && is_heading(line.text) {
            body.push_str("## ");
        }
        body.push_str(&written);
    }
    body
}

/// A line that the editor broke at its width, rather than a paragraph.
fn wraps(line: &str) -> bool {
    line.chars().count() <= 100 && !ends_sentence(line)
}

fn is_heading(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (1..=9).contains(&words)
        && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !ends_sentence(line)
        && !line.ends_with(',')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const SAVED: &str = "\
Harbour police look for a blind spot before the regatta

Harbour police look for a blind spot before the regatta
The old quay beside the lighthouse will serve as a grandstand. / harbourfan from Delft, cc-by-2.0
By east HarbourWire July 21, 2024

Harbour police are looking for a blind spot [sic] ahead of the July 26 start of the regatta.

Watch on July 19 said that it spoke with a dozen people.

News

Dismiss";

    #[test]
    fn reads_a_saved_page() {
        let read = read(SAVED);
        assert_eq!(
            read.title,
            "Harbour police look for a blind spot before the regatta"
        );
        assert_eq!(read.authors, ["east HarbourWire"]);
        assert_eq!(read.publisher.as_deref(), Some("east HarbourWire"));
        assert_eq!(read.date.unwrap().text, "2024-07-21");
        let picture = read.picture.unwrap();
        assert_eq!(
            picture.caption.as_deref(),
            Some("The old quay beside the lighthouse will serve as a grandstand.")
        );
        assert_eq!(picture.credit.as_deref(), Some("harbourfan from Delft"));
        assert_eq!(picture.licence.as_deref(), Some("CC BY 2.0"));
        assert_eq!(
            read.body,
            "Harbour police are looking for a blind spot \\[sic\\] ahead of the July 26 start of the regatta.\n\n\
             Watch on July 19 said that it spoke with a dozen people."
        );
        assert_eq!(
            read.left_out,
            [
                (Some(11), "News".to_owned()),
                (Some(13), "Dismiss".to_owned())
            ]
        );
    }

    #[test]
    fn text_without_furniture_stays_whole() {
        let read = read("Ships wait\n\nOne ship waits.\n\nThe port is closed.\n");
        assert_eq!(read.title, "Ships wait");
        assert_eq!(read.body, "One ship waits.\n\nThe port is closed.");
        assert!(read.date.is_none() && read.left_out.is_empty());
    }

    #[test]
    fn a_sentence_above_the_byline_is_the_standfirst() {
        let read = read(
            "Menu\nShips wait | The Post\nShips wait\nSix ships wait outside the closed port.\nJane Miller | 21 July 2024\n4 min read\n\nThe port is closed.\n",
        );
        assert_eq!(
            (read.title.as_str(), read.summary.as_deref()),
            (
                "Ships wait",
                Some("Six ships wait outside the closed port.")
            )
        );
        assert_eq!(read.authors, ["Jane Miller"]);
        assert_eq!(read.body, "The port is closed.");
    }
}
