"""Rows of tables become pages by what their columns are called; a broken row costs itself."""

from __future__ import annotations

import csv
import datetime
import io
import json
import pathlib

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import SettingsError
from onrecord.records import Page, Skipped
from onrecord.settings import Intake
from onrecord.sources.columns import columns
from onrecord.sources.contents import Item, contents
from onrecord.sources.inputs import pages
from onrecord.sources.lists import Link

TEXT = "Міст відкриють до зими, сказав мер Залуччя.\n\nОб’їзд тим часом полагодять."
URL = "https://visnyk.example/most"
EXPORTS = {
    "news-please": {"maintext": TEXT, "url": URL, "title": "Міст", "date_publish": "2031-04-02 10:15:00", "language": "uk", "source_domain": "visnyk.example"},
    "fundus": {"plain_text": TEXT, "html": {"responded_url": URL}, "title": "Міст", "publishing_date": "2031-04-02 10:15:00+03:00", "lang": "uk"},
    "trafilatura": {"text": TEXT, "source": URL, "title": "Міст", "date": "2031-04-02T10:15", "language": "uk", "source-hostname": "visnyk.example"},
    "media-cloud": {"id": "7", "text": TEXT, "url": URL, "title": "Міст", "publish_date": "2031-04-02 10:15:00", "media_name": "", "language": "uk"},
    "usual": {"Body": TEXT, "Link": URL, "Headline": "Міст", "Published At": "2031-04-02T10:15:30", "Lang": "uk-UA"},
}
EXPECTED = Page(URL, TEXT, URL, title="Міст", published="2031-04-02T10:15", language="uk")


def held(name: str, data: bytes, map: str | None = None) -> list[Item]:
    return list(contents(name, io.BufferedReader(io.BytesIO(data)), Intake(map)))


def reasons(found: list[Item]) -> list[tuple[str, str]]:
    return [(item.source, item.reason) for item in found if isinstance(item, Skipped)]


@pytest.mark.parametrize("export", EXPORTS)
def test_usual_exports_need_no_map(export: str) -> None:
    """The exports of known programs are read without being told, and with their name."""
    line = json.dumps(EXPORTS[export], ensure_ascii=False).encode()
    assert held("a.jsonl", line) == [EXPECTED] == held("a.jsonl", line, export)
    assert held("a.json", json.dumps([EXPORTS[export]], indent=1).encode()) == [EXPECTED]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("delimiter", ",;\t")
def test_csv(encoding: str, delimiter: str) -> None:
    """A table is read with the delimiter and in the encoding that it has; line ends inside a cell stay."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(EXPORTS["usual"]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows([EXPORTS["usual"]] * 2)
    assert held("a.csv", out.getvalue().encode(encoding)) == [EXPECTED] * 2


def test_parquet(tmp_path: pathlib.Path) -> None:
    """A Parquet file is read with times as times; a file that is none is told."""
    row = EXPORTS["usual"] | {"Published At": datetime.datetime(2031, 4, 2, 10, 15)}
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([row] * 3), tmp_path / "a.parquet")
    assert list(pages([tmp_path / "a.parquet"])) == [EXPECTED] * 3
    assert reasons(held("a.parquet", (tmp_path / "a.parquet").read_bytes()[:-4])) == [("a.parquet", "broken")]


def test_a_map_says_which_column_is_what() -> None:
    """--map names the columns; a row without an address is known by its id, else by its line."""
    lines = b"\n".join(json.dumps({"b": TEXT, "when": "2031", "key": key}).encode() for key in ("k1", ""))
    assert held("a.jsonl", lines, "text=b,published=when,id=key") == [Page("a.jsonl#k1", TEXT, published="2031"), Page("a.jsonl#2", TEXT, published="2031")]
    page = {"raw": "<p>Hello</p>", "at": URL}
    assert held("a.jsonl", json.dumps(page).encode(), "html=raw,url=at") == [Page(URL, "<p>Hello</p>", URL, "html")]


@pytest.mark.parametrize("map", ["text", "words=b", "text=", "title=b", "nix"])
def test_a_wrong_map_is_explained(map: str) -> None:
    """A map that says nothing is refused with the fields that there are."""
    with pytest.raises(SettingsError, match="text"):
        columns(map)


def test_a_row_without_text_is_a_link_or_a_reason() -> None:
    """A row with an address alone points elsewhere; one whose columns are not known says which there are; an empty one is empty."""
    rows = [{"url": URL, "title": "Міст"}, {"nothing": "here"}, {"text": "", "title": "x"}]
    found = held("a.jsonl", b"\n".join(json.dumps(row).encode() for row in rows))
    assert found[0] == Link(URL, title="Міст") and reasons(found) == [("a.jsonl#2", "unreadable"), ("a.jsonl#3", "empty")]
    assert isinstance(found[1], Skipped) and "nothing" in found[1].detail and "--map" in found[1].detail


def test_broken_rows_cost_themselves() -> None:
    """Lines that are no JSON, no object or too long, and rows with too many cells, are named by line, and the rest is read."""
    good = json.dumps({"text": "Good."}).encode()
    long = json.dumps({"text": "x" * 300}).encode()
    lines = b"\n".join([good, b"{broken", b"[1]", long, b"", good])
    found = list(contents("a.jsonl", io.BufferedReader(io.BytesIO(lines)), Intake(page_bytes=200)))
    assert reasons(found) == [("a.jsonl#2", "broken"), ("a.jsonl#3", "broken"), ("a.jsonl#4", "too-large")]
    assert [item.source for item in found if isinstance(item, Page)] == ["a.jsonl#1", "a.jsonl#6"]
    assert reasons(held("a.csv", b"text,title\nGood,a\nGood,a,b\nGood,c\n")) == [("a.csv#3", "broken")]
    assert reasons(held("a.json", b"[1, 2]")) == [("a.json#1", "broken"), ("a.json#2", "broken")]
    assert reasons(held("a.json", b'[{"text":\n1')) == [("a.json", "broken")]


@given(st.lists(st.binary(max_size=60), max_size=6))
def test_any_lines_are_pages_or_reasons(lines: list[bytes]) -> None:
    """Whatever a table holds, each of its rows is a page, a link or a reason."""
    for name in ("a.jsonl", "a.csv", "a.json", "a.tsv"):
        for item in held(name, b"text,url\n" + b"\n".join(lines)):
            assert isinstance(item, Page | Skipped | Link)
