#!/usr/bin/env python3
"""Makes a site in which one body is named by every article: `heavy.py COUNT OUT [SENTENCES]`.

The content folder OUT gets COUNT articles of four sentences, of which SENTENCES (1) name the body, beside
three people of several thousand, two places, a date and a tag. What takes the square of the number
of articles shows here first: backlinks, co-occurrence, related briefings, the body's own pages. The
same arguments give the same bytes.
"""

import os
import random
import sys

FIRST = "Ada Boris Carla Dmitri Elena Farid Grace Hugo Ines Jonas Karim Lena Marta Nils Olga Pavel Rosa Samir Tessa Viktor".split()
LAST = [a + b for a in "Al Bar Cor Dra Es Far Gul Hol Ist Jor Kal Lun".split() for b in "berg dova feld grin holm land mann nova quist rov stein ton".split()]
PLACES = "Paris London Moscow Ankara Kabul Tehran Riga Warsaw Madrid Rome Cairo Baku Oslo Prague Vienna Dublin".split()
VERBS = "met warned visited accused praised questioned".split()


def article(n, sentences, chance):
    people = [f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(3)]
    here, there = chance.sample(PLACES, 2)
    lines = [
        f"{people[0]} {chance.choice(VERBS)} Harbour Watch in {here} on Friday.",
        f"{people[1]}, a rail expert, told Reuters that {there} had waited since March {2000 + n % 24}.",
        f"\u201cIt will be late,\u201d {people[2]} said.",
        f"The report of {chance.randrange(1, 28)} May names {people[0]} and {people[1]}.",
    ]
    lines += [f"Harbour Watch {chance.choice(VERBS)} {people[k % 3]} again." for k in range(sentences - 1)]
    day = f"{2000 + n % 24}-{1 + n // 24 % 12:02}-{1 + n // 288 % 28:02}"
    return f"---\ntitle: Report {n} from {here}\ndate: {day}\ntags: [t{n % 200}]\n---\n\n" + "\n\n".join(lines) + "\n"


def main(count, out, sentences="1"):
    chance = random.Random(1)
    entities = os.path.join(out, "entities/organisation")
    os.makedirs(entities, exist_ok=True)
    with open(os.path.join(out, "site.yaml"), "w", encoding="utf-8") as file:
        file.write("title: Heavy\nbase_url: https://example.org\nsocial_cards: false\n")
    with open(os.path.join(entities, "harbour-watch.md"), "w", encoding="utf-8") as file:
        file.write("---\nname: Harbour Watch\n---\nIt watches harbours.\n")
    for n in range(int(count)):
        folder = os.path.join(out, f"briefings/{n // 1000:03}")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, f"report-{n}.md"), "w", encoding="utf-8") as file:
            file.write(article(n, int(sentences), chance))


if __name__ == "__main__":
    main(*sys.argv[1:])
