//! What each stage costs, and the whole; and two limits below which no program of this kind comes.
//!
//! `cargo bench --bench stages`. The site has as many articles as `ARTICLES` says (200), made of the
//! same sentences in turn, or is the content folder that `CONTENT` names. One thread, so that times are
//! those of the processor; the throughput is in articles, of the limits in bytes.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "benches read the clock and the environment, and write to scratch folders"
)]

use std::{
    env, fs,
    hint::black_box,
    sync::Mutex,
    time::{Duration, Instant},
};

use camino::{Utf8Path, Utf8PathBuf};
use criterion::{
    BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use dateline::{
    model::{output::OutputFile, source::Sources},
    pipeline::{self, How, Options, Parsed, Progress, Publisher},
    stages::{
        extract::{self, NameIndex, Recogniser, evidence::Weights},
        load,
    },
    tagger::Tagger,
};

const PEOPLE: [&str; 7] = [
    "Ingrid Solberg",
    "Jane Miller",
    "Karim Daoud",
    "Olga Petrova",
    "Hugo Ferrand",
    "Rosa Lind",
    "Pavel Novak",
];
const PLACES: [&str; 6] = ["Paris", "Oslo", "Ankara", "Riga", "Cairo", "Warsaw"];
const CODE: &str =
    "```python\ndef total(rows):\n    return sum(float(row[2]) for row in rows if row[2])\n```\n";

/// An article of the shape of news: 250 words, a heading, a list, code in one of twenty.
fn article(n: usize) -> String {
    let person = |k: usize| PEOPLE[(n + k * (1 + n / 7)) % PEOPLE.len()];
    let place = |k: usize| PLACES[(n + k * (1 + n / 6)) % PLACES.len()];
    let mut text = format!(
        "---\ntitle: Report {n} from {}\ndate: {}-{:02}-{:02}\ntags: [t{}]\n---\n\n",
        place(0),
        2010 + n % 14,
        1 + n % 12,
        1 + n % 28,
        n % 20
    );
    for k in 0..5 {
        text += &format!(
            "{0} security services are said to be looking for informants ahead of the August {1} start of the \
             {2} summit. AFP reported that it spoke with [eight people](https://example.org/{n}) who know of \
             the work. {3}, a Norwegian academic who has advised agencies, told Reuters that {2} may have been \
             slow to see it.\n\n## What {3} said\n\n\u{201c}They have looked at **people** from elsewhere,\u{201d} {3} said. Last \
             year, six men living in {0} were arrested, according to prosecutors.\n\n- {4} met the Port Agency (PA)\n\
             - the PA warned in March {5}\n\n",
            place(k),
            1 + k,
            place(k + 1),
            person(k),
            person(k + 1),
            2005 + k
        );
    }
    text + if n.is_multiple_of(20) { CODE } else { "" }
}

/// The content: the folder that is named, or a new one.
fn content(scratch: &Utf8Path) -> Utf8PathBuf {
    if let Ok(named) = env::var("CONTENT") {
        return named.into();
    }
    let count = env::var("ARTICLES").map_or(200, |count| count.parse().unwrap());
    let folder = scratch.join("content");
    fs::create_dir_all(folder.join("briefings")).unwrap();
    let settings = "title: Bench\nbase_url: https://example.org\n";
    fs::write(folder.join("site.yaml"), settings).unwrap();
    for n in 0..count {
        let file = folder.join(format!("briefings/{n}.md"));
        fs::write(file, article(n)).unwrap();
    }
    folder
}

/// The time from the beginning of a stage to that of the next, in a whole build.
fn stage(options: &Options, name: &str) -> Duration {
    let begun: Mutex<Vec<(&str, Instant)>> = Mutex::default();
    let listen = |step: Progress| {
        if let Progress::Stage(name, _) = step {
            begun.lock().unwrap().push((name, Instant::now()));
        }
    };
    pipeline::build(options, &listen, &|file| {
        black_box(file);
        Ok(())
    })
    .unwrap();
    let end = Instant::now();
    let begun = begun.into_inner().unwrap();
    let at = begun.iter().position(|(own, _)| *own == name);
    let at = at.unwrap_or_else(|| panic!("no stage is called {name}"));
    begun.get(at + 1).map_or(end, |next| next.1) - begun[at].1
}

fn single(
    group: &mut BenchmarkGroup<'_, WallTime>,
    options: &Options,
    sources: &Sources,
) -> Parsed {
    group.bench_function("load", |bench| {
        bench.iter(|| load::site(&options.content, &options.templates).unwrap());
    });
    group.bench_function("parse", |bench| {
        bench.iter(|| pipeline::parse(sources, options, &pipeline::silent));
    });
    let parsed = pipeline::parse(sources, options, &pipeline::silent);
    let names = NameIndex::new(parsed.kb.entities(), &parsed.kb.decisions.accepted).unwrap();
    group.bench_function("extract", |bench| {
        bench.iter(|| {
            for article in &parsed.articles {
                let context = extract::Context {
                    date: article.front.date.date,
                    language: "en",
                    names: &names,
                    rules: &article.front.entities,
                    detect: true,
                    without: &parsed.config.without,
                    recogniser: Tagger::shared().map(|tagger| tagger as &dyn Recogniser),
                    evidence: Some(Weights::shared()),
                };
                black_box(extract::article(&article.document, &context));
            }
        });
    });
    parsed
}

fn publish(output: &Utf8Path, files: Vec<OutputFile>) {
    let site = Publisher::begin(output, How::default()).unwrap();
    for file in files {
        site.take(file).unwrap();
    }
    site.finish().unwrap();
}

/// Nothing but Markdown to HTML, and nothing but the bytes to the disk.
fn limits(criterion: &mut Criterion, sources: &Sources, files: &[OutputFile], scratch: &Utf8Path) {
    let mut group = criterion.benchmark_group("limit");
    let bodies = sources.articles.iter().map(|source| &*source.text);
    let bodies = bodies.map(|text| text.splitn(3, "---\n").nth(2).unwrap_or(text));
    let bodies: Vec<&str> = bodies.collect();
    group.throughput(Throughput::Bytes(
        bodies.iter().map(|body| body.len() as u64).sum(),
    ));
    group.bench_function("pulldown-cmark", |bench| {
        bench.iter(|| {
            for body in &bodies {
                let mut html = String::with_capacity(body.len() * 3 / 2);
                let all = pulldown_cmark::Options::all();
                pulldown_cmark::html::push_html(
                    &mut html,
                    pulldown_cmark::Parser::new_ext(body, all),
                );
                black_box(html);
            }
        });
    });
    group.throughput(Throughput::Bytes(
        files.iter().map(|file| file.bytes.len() as u64).sum(),
    ));
    group.bench_function("bytes to the disk", |bench| {
        bench.iter_custom(|rounds| {
            (0..rounds)
                .map(|_| bytes_to_the_disk(files, &scratch.join("bytes")))
                .sum()
        });
    });
    group.finish();
}

fn bytes_to_the_disk(files: &[OutputFile], folder: &Utf8Path) -> Duration {
    let begun = Instant::now();
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.bytes).unwrap();
    }
    let taken = begun.elapsed();
    fs::remove_dir_all(folder).unwrap();
    taken
}

fn stages(criterion: &mut Criterion) {
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build_global()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let scratch = Utf8Path::from_path(folder.path()).unwrap();
    let now = "2025-01-01T00:00:00Z".parse().unwrap();
    let options = Options::at(content(scratch), scratch.join("templates"), now);
    let (sources, _) = load::site(&options.content, &options.templates).unwrap();
    let mut group = criterion.benchmark_group("stage");
    group.sample_size(10);
    group.throughput(Throughput::Elements(sources.articles.len() as u64));
    let parsed = single(&mut group, &options, &sources);
    assert_eq!(parsed.articles.len(), sources.articles.len());
    for (bench, name) in [
        ("resolve", "resolving"),
        ("link", "linking"),
        ("index", "indexing"),
        ("render", "rendering"),
    ] {
        group.bench_function(bench, |bench| {
            bench.iter_custom(|rounds| (0..rounds).map(|_| stage(&options, name)).sum());
        });
    }
    let (built, files) = pipeline::files(&options, &pipeline::silent).unwrap();
    assert!(!files.is_empty(), "{:?}", built.problems);
    let output = scratch.join("public");
    group.bench_function("write", |bench| {
        bench.iter_custom(|rounds| {
            let one = |_| {
                let _ = fs::remove_dir_all(&output);
                let files = files.clone();
                let begun = Instant::now();
                publish(&output, files);
                begun.elapsed()
            };
            (0..rounds).map(one).sum()
        });
    });
    group.bench_function("whole", |bench| {
        bench.iter_custom(|rounds| {
            let one = |_| {
                let _ = fs::remove_dir_all(&output);
                let begun = Instant::now();
                let site = Publisher::begin(&output, How::default()).unwrap();
                pipeline::build(&options, &pipeline::silent, &|file| site.take(file)).unwrap();
                site.finish().unwrap();
                begun.elapsed()
            };
            (0..rounds).map(one).sum()
        });
    });
    group.finish();
    limits(criterion, &sources, &files, scratch);
}

criterion_group!(benches, stages);
criterion_main!(benches);
