//! Plain text as a document: what `extract --jsonl` and `entities eval` read.

use crate::model::{
    document::{Block, BlockKind, Document},
    span::Span,
};

/// A document of plain text. Each line is a block, but for a line that goes on in small letters:
/// there the text was wrapped.
#[must_use]
pub fn document(text: &str) -> Document {
    let mut blocks: Vec<Block> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        let wrapped = line.starts_with(char::is_lowercase);
        match blocks.last_mut() {
            Some(last)
                if wrapped
                    && text[last.span.end as usize..start].trim_start_matches('\r') == "\n" =>
            {
                last.span.end = Span::new(start, end).end;
            }
            _ if line.trim().is_empty() => {}
            _ => blocks.push(Block {
                kind: BlockKind::Paragraph,
                span: Span::new(start, end),
            }),
        }
        start += line.len();
    }
    Document {
        text: text.to_owned(),
        blocks,
        ..Document::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found = document(text);
        let blocks: Vec<&str> = found.blocks.iter().map(|b| b.span.of(text)).collect();
        assert_eq!(blocks, expected);
    }

    #[test]
    fn lines_are_blocks_but_for_wrapped_ones() {
        check(
            "One\nTwo and\nthree\n\nfour\r\n",
            &["One", "Two and\nthree", "four"],
        );
        check("", &[]);
        check("\n \n", &[]);
    }
}
