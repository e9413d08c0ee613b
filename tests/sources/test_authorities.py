"""Authority files in three formats; what is wrong with a line is said, and the rest is read."""

from __future__ import annotations

import json
import pathlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import SourceError
from onrecord.records import Entity, Office
from onrecord.sources.authorities import authority

CSV = """\
id,name,aliases,office,from,to
1,Ihor Halan,Ігор Галан;Игор Галан,mayor,2029-01-05,
1,Ihor Halan,,councillor,2020,2029-01
2,Olena Dub,,spokeswoman,2030,2020
1,Petro Lis,,,,
,No Id,,,,
3,Too,many,cells,here,2020,2021
4,Anna Mur,,guard,soon,
5,"Broken "quotes,,,,
"""
FTM = (
    {"id": "a-1", "schema": "Person", "caption": "Ihor Halan",
     "properties": {"name": ["Ihor Halan", "Ігор Галан"], "alias": ["I. Halan"], "position": ["Mayor", "Member"], "wikidataId": ["Q1"]}},
    {"id": "p-1", "schema": "Position", "properties": {"name": ["Mayor"]}},
    {"id": "o-1", "schema": "Occupancy", "properties": {"holder": ["a-1"], "post": ["p-1"], "startDate": ["2029-01-05"]}},
    {"id": "b-1", "schema": "Organization", "properties": {"name": ["Lutynka Bridges"]}},
    {"id": "x-1", "schema": "Address", "properties": {"full": ["Somewhere 1"]}},
    {"id": "y-1", "schema": "Dragon", "properties": {"name": ["Smok"]}},
    {"id": "z-1", "schema": "Person", "properties": {}},
)  # fmt: skip


def time(day: str, precision: int = 11) -> list[object]:
    return [{"datavalue": {"value": {"time": f"+{day}T00:00:00Z", "precision": precision}}}]


def item(number: str) -> dict[str, object]:
    return {"datavalue": {"value": {"id": number}}}


WIKIDATA = (
    {"id": "Q1", "labels": {"en": {"value": "Ihor Halan"}, "uk": {"value": "Ігор Галан"}}, "aliases": {"bg": [{"value": "Игор Галан"}]},
     "claims": {"P31": [{"mainsnak": item("Q5")}], "P39": [
         {"mainsnak": item("Q7"), "qualifiers": {"P580": time("2029-01-00", 10), "P582": time("2031-00-00", 9)}},
         {"mainsnak": item("Q8"), "qualifiers": {"P580": time("2029-01-01"), "P582": time("2028-01-01")}},
         {"mainsnak": item("Q8"), "rank": "deprecated"}]}},
    {"id": "Q7", "labels": {"en": {"value": "mayor of Zaluchia"}}},
    {"id": "Q9", "labels": {"uk": "Мости Лутинки"}, "claims": {"P31": [{"mainsnak": item("Q4830453")}]}},
    {"id": "Q10", "labels": {}},
)  # fmt: skip


def write(folder: pathlib.Path, name: str, text: str) -> pathlib.Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_csv(tmp_path: pathlib.Path) -> None:
    """Aliases and several offices of one person are read; a duplicate id, a missing one, days that are none or turned are named by line."""
    entities, broken = authority(write(tmp_path, "a.csv", CSV))
    assert entities == (
        Entity("1", "Ihor Halan", "person", ("Ihor Halan", "Ігор Галан", "Игор Галан"), {},
               (Office("mayor", "2029-01-05"), Office("councillor", "2020", "2029-01"))),
        Entity("2", "Olena Dub", "person", ("Olena Dub",)),
        Entity("4", "Anna Mur", "person", ("Anna Mur",)),
    )  # fmt: skip
    assert [one.line for one in broken] == [4, 5, 6, 7, 8, 9]
    assert "before it begins" in str(broken[0]) and "line 5: the id 1 stands on line 2 already" in str(broken[1])


def test_follow_the_money(tmp_path: pathlib.Path) -> None:
    """People and bodies come with names, Q-numbers and dated offices; other schemata are passed over, unknown ones named."""
    lines = [json.dumps(entity) for entity in FTM]
    lines[3:3] = ["{broken", "7"]
    entities, broken = authority(write(tmp_path, "a.jsonl", "\n".join(lines)))
    assert entities == (
        Entity("Q1", "Ihor Halan", "person", ("Ihor Halan", "Ігор Галан", "I. Halan"), {}, (Office("Mayor", "2029-01-05"), Office("Member"))),
        Entity("b-1", "Lutynka Bridges", "organization", ("Lutynka Bridges",)),
    )
    assert [one.line for one in broken] == [4, 5, 8, 9] and "Dragon" in broken[2].problem


@pytest.mark.parametrize("form", ["lines", "array", "dump", "answer"])
def test_wikidata(tmp_path: pathlib.Path, form: str) -> None:
    """Entities come as lines, an array, a dump or the answer to a question, with labels per language and offices with the known precision."""
    lines = [json.dumps(entity, ensure_ascii=False) for entity in WIKIDATA]
    text = {
        "lines": "\n".join(lines), "array": json.dumps(WIKIDATA), "dump": "[\n" + ",\n".join(lines) + "\n]",
        "answer": json.dumps({"entities": {str(entity["id"]): entity for entity in WIKIDATA}}, indent=1),
    }[form]  # fmt: skip
    entities, broken = authority(write(tmp_path, "a.json", text))
    assert entities == (
        Entity("Q1", "Ihor Halan", "person", ("Ihor Halan", "Ігор Галан", "Игор Галан"), {"en": "Ihor Halan", "uk": "Ігор Галан"},
               (Office("mayor of Zaluchia", "2029-01", "2031"),)),
        Entity("Q9", "Мости Лутинки", "organization", ("Мости Лутинки",), {"uk": "Мости Лутинки"}),
    )  # fmt: skip
    assert [one.line for one in broken] == [1, 4]


def test_files_that_cannot_be_read(tmp_path: pathlib.Path) -> None:
    """A file that is not there, and a table without its columns, are errors that say what to do; bytes that are no text are named by line."""
    with pytest.raises(SourceError, match="cannot be read"):
        authority(tmp_path / "no.csv")
    for text in ("", "name,id\n", "1,Ihor Halan\n"):
        with pytest.raises(SourceError, match="id,name,aliases"):
            authority(write(tmp_path, "bad.csv", text))
    (tmp_path / "b.csv").write_bytes(b"\xef\xbb\xbfid,name\n1,\xff\n2,Anna Mur\n")
    entities, broken = authority(tmp_path / "b.csv")
    assert [entity.id for entity in entities] == ["2"] and [one.problem for one in broken] == ["no UTF-8"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda kids: st.lists(kids, max_size=3) | st.dictionaries(
    st.sampled_from(["id", "schema", "properties", "name", "labels", "en", "value", "claims", "P31", "P39", "mainsnak", "datavalue", "aliases"]),
    kids, max_size=4), max_leaves=12))  # fmt: skip
def test_any_json_is_read_or_named(tmp_path: pathlib.Path, value: object) -> None:
    """Whatever JSON a line holds, it is an entity or a message, never a failure."""
    person = {"id": "Q1", "labels": {"en": "Ihor Halan"}, "claims": value, "aliases": value}
    entities, _ = authority(write(tmp_path, "a.json", json.dumps(value) + "\n" + json.dumps(person) + "\n"))
    assert all(entity.id and entity.name for entity in entities)
