#!/usr/bin/env bash
# How the cost of an article grows with their number: benches/growth.sh ARTICLES [COUNT...]
#
# ARTICLES is a folder of Markdown as benches/peers.sh takes it; sites of each COUNT (1000 10000 100000)
# are made from it, and built cold once: without and with enrichment in the minimal templates, and with
# everything in the default theme. Prints user CPU for each article, and the peak of memory. DATELINE
# names the program, WORK a folder with 20 GB for 100,000 articles.
set -euo pipefail
articles=$(realpath "$1")
shift
counts=("$@")
[ ${#counts[@]} -gt 0 ] || counts=(1000 10000 100000)
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
work=${WORK:-$root/target/growth}
dateline=$(realpath "${DATELINE:-$root/target/release/dateline}")
templates=$here/peers/dateline/templates
bare='search, graph, map, timeline, data'

echo "| articles | build | user s | ms user an article | against the first | wall s | peak MiB |"
echo "|---|---|---|---|---|---|---|"
declare -A first
for count in "${counts[@]}"; do
    site=$work/$count
    content=$site/dateline/content
    if [ ! -d "$content" ]; then
        python3 "$here/peers/corpus.py" "$articles" "$count" "$site" > /dev/null
        rm -rf "$site/hugo" "$site/zola"
    fi
    for kind in plain enriched everything; do
        case $kind in
            plain) more="social_cards: false
without: [names, dates, quotations, $bare]" ;;
            enriched) more="social_cards: false
without: [$bare]" ;;
            everything) more="" ;;
        esac
        printf 'title: Growth\nbase_url: https://example.org\npaginate: 10\n%s\n' "$more" > "$content/site.yaml"
        theme=$templates
        [ $kind != everything ] || theme=none
        rm -rf "$site/public"
        sync
        json=$(python3 "$here/peers/measure.py" 1 own "$site" public \
            "$dateline" build --quiet --format json --content "$content" --templates "$theme" --output public 2>&1 > /dev/null)
        read -r user wall memory < <(python3 -c '
import json, sys
own = json.loads(sys.argv[1].splitlines()[-1])["own"]
print(own["user"], own["wall"], own["memory"])' "$json")
        first[$kind]=${first[$kind]:-$(python3 -c "print($user / $count)")}
        python3 -c "
one = $user / $count
print(f'| $count | $kind | {$user:.2f} | {one * 1000:.3f} | {one / ${first[$kind]}:.2f} | {$wall:.1f} | {$memory:.0f} |')"
    done
    rm -rf "$site/public"
done
