# `just --list` names the recipes.

# What must pass before a change is merged.
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    INSTA_UPDATE=no cargo test

# Tests alone; `just test contract` runs those whose name holds a word.
test *words:
    cargo test {{words}}

# Take the new snapshots, and write the generated part of docs/templates.md. Look at the difference.
bless:
    BLESS=1 INSTA_UPDATE=always cargo test
    git diff --stat

# Build the example site into public/.
build *options:
    cargo run --release -- build {{options}}

# Serve the example site and rebuild on every change.
serve *options:
    cargo run --release -- serve {{options}}

# Pictures of every kind of page, in docs/screenshots/. Needs Chromium, Node and `npm install` in .ci/site.
screenshots:
    cargo run --release -- build --output public
    cargo run --release -- build --templates docs/brand --output target/branded
    node .ci/site/screenshots.mjs public target/branded

# Licences, advisories, sources and duplicates of the dependencies. Needs cargo-deny and a network.
deny:
    cargo deny check

# Words a second of extraction; what each stage costs, and its limits
bench:
    cargo bench
