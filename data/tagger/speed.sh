#!/usr/bin/env bash
# Words per CPU second on one core: the whole of Dateline's extraction beside spaCy's small English model.
#
#     data/tagger/speed.sh [FOLDER-WITH-venv-of-compare.sh]
#
# Reads the marked texts of this folder. Both programs read the same lines; starting them is counted.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=${1:?name the folder that compare.sh made}
cd "$here/../.."
cargo build --quiet --locked --release
for set in gum re3d uner-ewt wikigold wnut17-train; do gzip -dc "data/tagger/$set.jsonl.gz"; done |
    python3 -c '
import json, sys
words = 0
for line in sys.stdin:
    document = json.loads(line)
    words += len(document["text"].split())
    print(json.dumps({"id": document["id"], "text": document["text"]}))
print(words, file=sys.stderr)' > "$work/texts.jsonl" 2> "$work/words"
words=$(cat "$work/words")
for _ in 1 2 3 4 5 6 7 8; do cat "$work/texts.jsonl"; done > "$work/texts8.jsonl"
TIMEFORMAT=%U
own=$( { time taskset -c 0 target/release/dateline extract --jsonl < "$work/texts8.jsonl" > /dev/null; } 2>&1 )
peer=$( { time taskset -c 0 "$work/venv/bin/python" data/tagger/spacy_predict.py "$work/texts.jsonl" > /dev/null; } 2>&1 | tail -1 )
python3 - "$words" "$own" "$peer" <<'PY'
import sys
words, own, peer = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
print(f"Dateline  {8 * words} words in {own:.2f} s CPU: {8 * words / own:,.0f} words a second")
print(f"spaCy     {words} words in {peer:.2f} s CPU: {words / peer:,.0f} words a second")
PY
ls -l data/tagger/{model,clusters,lists}.bin | awk '{s += $5; print $5, $9} END {print s, "bytes in all"}'
