"""Authority files: who the people and bodies of the world are, as OpenSanctions, Wikidata or a table of one's own tell.

Three formats, told apart by what stands in them: FollowTheMoney entities (JSON lines), Wikidata entities (JSON lines, one array, or the
answer of Special:EntityData), CSV with the columns `id,name,aliases,office,from,to` (aliases parted by ";" or "|"; another row with the
same id and name adds an office). Nothing is fetched. What is wrong with one line is a `Broken`, and the rest is read. A file is held in
memory as a whole, since offices stand apart from those who hold them: cut a dump down to what you need first.
"""

from __future__ import annotations

import csv
import json
import pathlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord.errors import SourceError
from onrecord.records import Entity, EntityType, Office

DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
COLUMNS = ("id", "name", "aliases", "office", "from", "to")
PERSONS = frozenset({"Person"})
BODIES = frozenset({"Organization", "Company", "LegalEntity", "PublicBody", "Thing"})
PASSED_OVER_WORDS = """
    Address Airplane Article Asset Associate BankAccount Call CallForTenders Contract ContractAward CourtCase CourtCaseParty CryptoWallet
    Debt Directorship Document Documentation EconomicActivity Email Employment Event Family Folder Identification Interest Interval
    Membership Mention Message Note Ownership Page Passport Payment Position Occupancy Project ProjectParticipant RealEstate
    Representation Sanction Security Similar Succession TaxRoll Trip UnknownLink UserAccount Value Vehicle Vessel Video Workbook
"""  # FollowTheMoney schemata that are nobody who speaks
PASSED_OVER = frozenset(PASSED_OVER_WORDS.split())
HUMAN, HELD, INSTANCE, BEGINS, ENDS = "Q5", "P39", "P31", "P580", "P582"  # Wikidata
OF_PERSONS = frozenset({HELD, "P21", "P569", "P734", "P735"})  # sex, birth, family and given name
OFFICES = frozenset({"Q4164871", "Q294414", "Q114962596"})  # position, public office, historical position: named, but nobody
PRECISION_CHARS = {9: 4, 10: 7, 11: 10}  # of a Wikidata time: year, month, day
Json = dict[str, Any]


class Broken(msgspec.Struct, frozen=True):
    """What is wrong with a line (or, in a JSON array, an entry) of an authority file."""

    file: str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.problem}"


class Row(msgspec.Struct, frozen=True):
    """One entity or one office as a line gives it."""

    line: int
    entity: Entity


def authority(path: pathlib.Path) -> tuple[tuple[Entity, ...], tuple[Broken, ...]]:
    """The entities of an authority file, in its order, and what is wrong with which line; SourceError where it cannot be read at all."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from error
    broken: list[Broken] = []
    name = str(path)
    if path.suffix.lower() == ".csv":
        found = list(_from_csv(name, data, broken))
    else:
        entries = list(_entries(name, data, broken))
        found = [*_from_ftm(name, entries, broken), *_from_wikidata(name, entries, broken)]
    known: dict[str, Entity] = {}
    for row in sorted(found, key=lambda row: row.line):
        if row.entity.id in known:
            broken.append(Broken(name, row.line, f"the id {row.entity.id} stands on an earlier line already"))
        else:
            known[row.entity.id] = row.entity
    return tuple(known.values()), tuple(sorted(broken, key=lambda one: one.line))


def _lines(file: str, data: bytes, broken: list[Broken]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        try:
            yield number, line.decode("utf-8")
        except UnicodeDecodeError:
            broken.append(Broken(file, number, "no UTF-8"))


def _office(file: str, line: int, title: str, since: str | None, until: str | None, broken: list[Broken]) -> Office | None:
    """An office whose days are days, in their order; else a message."""
    for day in (since, until):
        if day and not DAY.fullmatch(day):
            broken.append(Broken(file, line, f"{day!r} is no day: write 2025-11-06, 2025-11 or 2025; the office {title!r} is left out"))
            return None
    if since and until and until < since[: len(until)]:
        broken.append(Broken(file, line, f"the office {title!r} ends ({until}) before it begins ({since}); it is left out"))
        return None
    return Office(title, since or None, until or None)


# CSV


def _from_csv(file: str, data: bytes, broken: list[Broken]) -> Iterator[Row]:
    lines = list(_lines(file, data, broken))
    if not lines or [cell.strip().lower() for cell in next(csv.reader([lines[0][1]]))][:2] != ["id", "name"]:
        raise SourceError(f"{file}: the first line must name the columns: {','.join(COLUMNS)}")
    head = [cell.strip().lower() for cell in next(csv.reader([lines[0][1]]))]
    held: dict[str, Row] = {}
    for number, line in lines[1:]:
        if not line.strip():
            continue
        try:
            cells = [cell.strip() for cell in next(csv.reader([line], strict=True))]
        except csv.Error as error:
            broken.append(Broken(file, number, f"no row of CSV: {error}"))
            continue
        row = dict(zip(head, cells, strict=False))
        if len(cells) > len(head) or not row.get("id") or not row.get("name"):
            broken.append(Broken(file, number, f"{len(cells)} cells for {len(head)} columns" if len(cells) > len(head) else "no id or no name"))
            continue
        title = row.get("office", "")
        office = _office(file, number, title, row.get("from"), row.get("to"), broken) if title else None
        names = _unique((row["name"], *re.split(r"[;|]", row.get("aliases", ""))))
        earlier = held.get(row["id"])
        if earlier and title and earlier.entity.name == row["name"]:
            more = (*earlier.entity.offices, *([office] if office else []))
            entity = msgspec.structs.replace(earlier.entity, offices=more, names=_unique((*earlier.entity.names, *names)))
            held[row["id"]] = Row(earlier.line, entity)
        elif earlier:
            broken.append(Broken(file, number, f"the id {row['id']} stands on line {earlier.line} already"))
        else:
            held[row["id"]] = Row(number, Entity(row["id"], row["name"], "person", names, {}, (office,) if office else ()))
    yield from held.values()


# JSON


def _entries(file: str, data: bytes, broken: list[Broken]) -> Iterator[tuple[int, Json]]:
    """JSON objects with the line they stand on: one a line (a dump's brackets and commas left out), or the entries of one document."""
    text = data.strip()
    whole = _whole(text)
    if whole is not None:
        for number, value in enumerate(whole, 1):
            if isinstance(value, dict):
                yield number, value
            else:
                broken.append(Broken(file, number, "no object"))
        return
    for number, line in _lines(file, data, broken):
        stripped = line.strip().rstrip(",")
        if stripped in ("", "[", "]"):
            continue
        try:
            value = json.loads(stripped)
        except (ValueError, RecursionError) as error:
            broken.append(Broken(file, number, f"no JSON: {error}"))
            continue
        if isinstance(value, dict):
            yield number, value
        else:
            broken.append(Broken(file, number, "no object"))


def _whole(text: bytes) -> Iterable[object] | None:
    """The entries of a file that is one JSON document of several lines, or of an array; None where it is read line by line."""
    if not text.startswith(b"[") and b"\n" in text and text.split(b"\n", 1)[0].strip().endswith(b"}"):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict):
        entities = value.get("entities")
        return list(entities.values()) if isinstance(entities, dict) else [value]
    return value if isinstance(value, list) else None


def _from_ftm(file: str, entries: list[tuple[int, Json]], broken: list[Broken]) -> Iterator[Row]:
    ours = [(line, value) for line, value in entries if "schema" in value]
    posts: dict[str, str] = {}
    for _, value in ours:
        if value["schema"] == "Position" and (names := _texts(value, "name")):
            posts[str(value.get("id"))] = names[0]
    held: dict[str, list[Office]] = {}
    for line, value in ours:
        for holder in _texts(value, "holder") if value["schema"] == "Occupancy" else ():
            title = next((posts[post] for post in _texts(value, "post") if post in posts), None)
            since, until = ((_texts(value, key) or (None,))[0] for key in ("startDate", "endDate"))
            if title and (office := _office(file, line, title, since and since[:10], until and until[:10], broken)):
                held.setdefault(holder, []).append(office)
    for line, value in ours:
        schema, names, number = str(value["schema"]), _texts(value, "name"), value.get("id")
        if schema in PASSED_OVER:
            continue
        if schema not in PERSONS | BODIES:
            broken.append(Broken(file, line, f"the schema {schema!r} is not known here"))
            continue
        caption = value.get("caption")
        names = names or ((caption,) if isinstance(caption, str) and caption else ())
        if not isinstance(number, str) or not number or not names:
            broken.append(Broken(file, line, "no id or no name"))
            continue
        dated = held.get(number, [])
        undated = [Office(title) for title in _texts(value, "position") if title not in {office.title for office in dated}]
        type_: EntityType = "person" if schema in PERSONS else "organization"
        every = _unique((*names, *_texts(value, "alias"), *_texts(value, "weakAlias")))
        known_as = (_texts(value, "wikidataId") or (number,))[0]
        first = caption if isinstance(caption, str) and caption in every else names[0]
        yield Row(line, Entity(known_as, first, type_, every, {}, (*dated, *undated)))


def _texts(value: Json, key: str) -> tuple[str, ...]:
    """The values of a FollowTheMoney property that are text."""
    properties = value.get("properties")
    found = properties.get(key) if isinstance(properties, dict) else None
    return tuple(one for one in found if isinstance(one, str) and one.strip()) if isinstance(found, list) else ()


def _from_wikidata(file: str, entries: list[tuple[int, Json]], broken: list[Broken]) -> Iterator[Row]:
    ours: list[tuple[int, Json, dict[str, str]]] = []
    for line, value in entries:
        if "schema" in value:
            continue
        labels = {language: text for language, text in _by_language(value.get("labels")) if text}
        if isinstance(value.get("id"), str) and value["id"] and labels:
            ours.append((line, value, labels))
        else:
            broken.append(Broken(file, line, "no entity: neither a schema (FollowTheMoney) nor an id with labels (Wikidata)"))
    titles = {value["id"]: labels.get("en") or next(iter(labels.values())) for _, value, labels in ours}
    posts = {held for _, value, _ in ours for claim in _claims(value, HELD) if (held := _item(claim.get("mainsnak")))}
    for line, value, labels in ours:
        kinds = {_item(claim.get("mainsnak")) for claim in _claims(value, INSTANCE)}
        if value["id"] in posts or kinds & OFFICES:
            continue
        person = HUMAN in kinds or (not kinds and any(_claims(value, each) for each in OF_PERSONS))
        offices = []
        for claim in _claims(value, HELD):
            if title := _item(claim.get("mainsnak")):
                since, until = (_day(claim, each) for each in (BEGINS, ENDS))
                if office := _office(file, line, titles.get(title, title), since, until, broken):
                    offices.append(office)
        aliases = (text for _, text in _by_language(value.get("aliases")))
        names = _unique((titles[value["id"]], *labels.values(), *aliases))
        yield Row(line, Entity(value["id"], titles[value["id"]], "person" if person else "organization", names, labels, tuple(offices)))


def _by_language(value: object) -> Iterator[tuple[str, str]]:
    """Language and text of labels or aliases, in full (`{"uk": {"value": …}}`) or simplified (`{"uk": …}`)."""
    for language, found in value.items() if isinstance(value, dict) else ():
        for each in found if isinstance(found, list) else (found,):
            text = each.get("value") if isinstance(each, dict) else each
            if isinstance(text, str) and text.strip():
                yield str(language), text.strip()


def _claims(value: Json, key: str) -> list[Json]:
    claims = value.get("claims")
    found = claims.get(key) if isinstance(claims, dict) else None
    return [claim for claim in found if isinstance(claim, dict) and claim.get("rank") != "deprecated"] if isinstance(found, list) else []


def _item(snak: object) -> str | None:
    value = _snak_value(snak)
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def _day(claim: Json, key: str) -> str | None:
    """The day of a qualifier with the precision that it has."""
    qualifiers = claim.get("qualifiers")
    snaks = qualifiers.get(key) if isinstance(qualifiers, dict) else None
    value = _snak_value(snaks[0]) if isinstance(snaks, list) and snaks else None
    if not isinstance(value, dict) or not isinstance(value.get("time"), str):
        return None
    precision = value.get("precision", 11)
    chars = PRECISION_CHARS.get(precision) if isinstance(precision, int) else None
    return value["time"].removeprefix("+")[:chars] if chars else None


def _snak_value(snak: object) -> object:
    value = snak.get("datavalue") if isinstance(snak, dict) else None
    return value.get("value") if isinstance(value, dict) else None


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
