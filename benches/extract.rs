//! Words a second of extraction, and of the tagger alone, on a text of the shape of news.
//!
//! `cargo bench`. Figures beside a peer's: `data/tagger/speed.sh`.

#![allow(missing_docs, clippy::unwrap_used)]

use std::{collections::BTreeMap, hint::black_box};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::{
    evaluation::whole,
    stages::extract::{NameIndex, Recogniser, evidence::Weights, plain, token},
    tagger::Tagger,
};
use jiff::civil::date;

const PARAGRAPH: &str = "Norwegian security services are said to be looking for informants ahead of \
the August 9 start of the Oslo Olympics. AFP on August 2 reported that it spoke with eight people who \
know of the work. Ingrid Solberg, a Norwegian academic who has advised French and US agencies, told the \
news agency that Oslo may have been slow to see it. \u{201c}Norway has looked at people from the Middle \
East,\u{201d} she said. Last year, six Somalis living in Sweden were arrested, according to prosecutors.";

fn extraction(criterion: &mut Criterion) {
    let document = plain::document(&[PARAGRAPH; 40].join("\n\n"));
    let words = document.text.split_whitespace().count() as u64;
    let names = NameIndex::new([], &BTreeMap::new()).unwrap();
    let tagger = Tagger::shared().unwrap();
    let weights = Weights::shared();
    let tokens = token::tokens(&document);
    let mut group = criterion.benchmark_group("words");
    group.throughput(Throughput::Elements(words));
    group.bench_function("tagger", |bench| {
        bench.iter(|| black_box(tagger.spans(&document.text, &tokens.words)));
    });
    group.bench_function("extraction", |bench| {
        let day = date(2023, 8, 4);
        bench.iter(|| {
            black_box(whole::extract(
                &document,
                &names,
                Some(tagger),
                Some(weights),
                day,
                "en",
            ))
        });
    });
    group.finish();
}

criterion_group!(benches, extraction);
criterion_main!(benches);
