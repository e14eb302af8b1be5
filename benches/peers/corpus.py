#!/usr/bin/env python3
"""Lays one corpus out for each generator: `corpus.py ARTICLES COUNT OUT`.

ARTICLES is a folder of Markdown files with `title`, `date` and `tags` in YAML front matter. More are
made by splicing: paragraphs of two articles in turn, with words exchanged, so that names, word counts
and repetition stay as they are in real text. Every twentieth article gets a block of code. The same
arguments give the same bytes.
"""

import os
import random
import re
import sys

CODE = [
    "```python\ndef total(rows):\n    \"\"\"Sum of the third column.\"\"\"\n"
    "    return sum(float(row[2]) for row in rows if row[2])\n```",
    "```rust\nfn longest<'a>(names: &[&'a str]) -> Option<&'a str> {\n"
    "    names.iter().copied().max_by_key(|name| name.len())\n}\n```",
    "```js\nexport async function load(url) {\n  const response = await fetch(url);\n"
    "  if (!response.ok) throw new Error(`${response.status}`);\n  return response.json();\n}\n```",
    "```sh\nfor file in *.csv; do\n  cut -d, -f2 \"$file\" | sort | uniq -c\ndone\n```",
]
FRONT = re.compile(r"^---\n(.*?)\n---\n(.*)$", re.S)


def read(folder):
    for name in sorted(os.listdir(folder)):
        if name.endswith(".md"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                head, body = FRONT.match(file.read()).groups()
            fields = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
            yield name[:-3], fields, body.strip()


def spliced(articles, count, chance):
    """`count` articles: first those there are, then mixtures of two."""
    for n in range(count):
        name, fields, body = articles[n % len(articles)]
        turn = n // len(articles)
        if turn:
            other = articles[chance.randrange(len(articles))][2].split("\n\n")
            own = body.split("\n\n")
            chance.shuffle(other)
            body = "\n\n".join(
                other[k % len(other)] if k % 2 and not own[k].startswith(("#", "```")) else own[k]
                for k in range(len(own))
            )
            year, month, day = chance.randrange(2008, 2025), chance.randrange(1, 13), chance.randrange(1, 29)
            fields = dict(fields, date=f"{year}-{month:02}-{day:02}")
            fields["title"] = fields["title"].rstrip('"') + f' {turn}"' if '"' in fields["title"] else fields["title"] + f" {turn}"
        if n % 20 == 0:
            body += "\n\n" + CODE[n // 20 % len(CODE)]
        yield f"{name}-mixed-{turn}" if turn else name, fields, body


def main(folder, count, out):
    articles = list(read(folder))
    chance = random.Random(1)
    places = {
        "hugo": "hugo/content/posts",
        "zola": "zola/content/posts",
        "dateline": "dateline/content/briefings",
    }
    for place in places.values():
        os.makedirs(os.path.join(out, place), exist_ok=True)
    size = 0
    for name, fields, body in spliced(articles, int(count), chance):
        tags = fields.get("tags", "[]")
        head = f"title: {fields['title']}\ndate: {fields['date']}\n"
        texts = {
            "hugo": f"---\n{head}tags: {tags}\n---\n\n{body}\n",
            "dateline": f"---\n{head}tags: {tags}\n---\n\n{body}\n",
            "zola": f"---\n{head}taxonomies:\n  tags: {tags}\n---\n\n{body}\n",
        }
        size += len(texts["hugo"].encode())
        for tool, place in places.items():
            with open(os.path.join(out, place, name + ".md"), "w", encoding="utf-8") as file:
                file.write(texts[tool])
    with open(os.path.join(out, places["zola"], "_index.md"), "w", encoding="utf-8") as file:
        file.write('---\ntitle: Posts\nsort_by: date\npaginate_by: 10\npaginate_path: page\n---\n')
    print(f"{count} articles, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
