#!/usr/bin/env bash
# Extraction on Apache Spark, and the site of what it found: benches/spark/run.sh CONTENT [PARTITIONS] [MASTER]
#
# CONTENT is a content folder; its briefings are split into PARTITIONS (8) and read by `dateline
# extract` on MASTER (local[2]; `local-cluster[2,1,1024]` starts two workers of their own, `spark://…`
# is a cluster that runs). Then the site is built twice, from what Spark found and without it, and both
# must be the same bytes. DATELINE names the program, WORK a folder for the results, THEME a folder of
# templates. Spark comes from PyPI into a virtual environment; it needs Java 17 or newer.
set -euo pipefail
content=$(realpath "$1")
partitions=${2:-8}
master=${3:-local[2]}
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$(dirname "$here")")
work=${WORK:-$root/target/spark}
dateline=$(realpath "${DATELINE:-$root/target/release/dateline}")
templates=${THEME:-$work/none}
spark_version=4.3.0

java_version() { java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1; }
if ! command -v java > /dev/null || [ "$(java_version)" -lt 17 ]; then
    apt-get update -q > /dev/null
    apt-get install -qy default-jre-headless > /dev/null
    [ "$(java_version)" -ge 17 ] || { echo "Spark needs Java 17 or newer" >&2; exit 1; }
fi
mkdir -p "$work"
venv=$work/venv-$spark_version
if [ ! -x "$venv/bin/spark-submit" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "pyspark==$spark_version"
fi

# What workers need of the site besides the articles: settings, words, registry and works that are cited.
rm -rf "$work/found" "$work/joined" "$work/plain"
parts=()
for part in site.yaml site.yml strings.yaml entities references.bib references.json references.yaml references.yml; do
    [ ! -e "$content/$part" ] || parts+=("$part")
done
tar -czf "$work/settings.tar.gz" -C "$content" "${parts[@]}"

seconds() { date +%s.%N; }
since() { python3 -c "print(f'{$(seconds) - $1:.1f} s')"; }
begin=$(seconds)
# The driver and its workers talk over the loopback interface; Spark is found by the first Python.
PATH="$venv/bin:$PATH" SPARK_LOCAL_IP=127.0.0.1 spark-submit --master "$master" \
    --conf spark.ui.enabled=false --conf spark.log.level=ERROR \
    "$here/extract.py" "$content" "$work/settings.tar.gz" "$work/found" "$dateline" "$partitions"
echo "extracted on $master in $partitions partitions: $(since "$begin"), $(du -sh "$work/found" | cut -f1)"

# Warnings about the content are for its authors.
build() { # output, what else
    local output=$1
    shift
    "$dateline" build --quiet --content "$content" --templates "$templates" --output "$output" "$@" 2> "$work/messages" ||
        { cat "$work/messages" >&2; exit 1; }
}
begin=$(seconds)
build "$work/joined" --annotations "$work/found"
echo "built from what was found: $(since "$begin")"
begin=$(seconds)
build "$work/plain"
echo "built without it: $(since "$begin")"
diff -r "$work/joined" "$work/plain"
echo "the same bytes: $(find "$work/plain" -type f | wc -l) files"
