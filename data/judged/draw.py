#!/usr/bin/env python3
"""Draws 200 sidebar entries of a built site at random, to be judged by hand.

    python3 draw.py SITE/public/mentions.csv > sample.tsv

An entry is an entity in the sidebar of a briefing: drawn from all pairs of briefing and entity with the
seed 31, the same each time for the same site. Peoples and outlets stand in lists of their own and are
left out. Columns: verdict (empty: to be filled with right or wrong), kind, name, rule, confidence,
briefing, and the first sentence that names it.
"""
import csv
import random
import sys

entries = {}
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        if row["sense"] in ("literal", "government"):
            entries.setdefault((row["briefing"], row["entity"]), row)
drawn = random.Random(31).sample(sorted(entries), 200)
out = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
out.writerow(["verdict", "kind", "name", "rule", "confidence", "briefing", "sentence"])
for key in drawn:
    row = entries[key]
    briefing = row["briefing"].rstrip("/").rsplit("/", 1)[-1]
    sentence = " ".join(row["sentence"].split())[:300]
    out.writerow(["", row["kind"], row["name"], row["rule"], row["confidence"], briefing, sentence])
