"""What a person names becomes pages: paths, folders, addresses, standard input."""

from __future__ import annotations

import gzip
import io
import pathlib
import sys

import msgspec
import pytest
from tests.sources.conftest import Reply, Site
from tests.sources.test_crawls import record
from tests.sources.test_feeds import MANNERS, PAGE

from onrecord.records import Page, Skipped
from onrecord.settings import Intake
from onrecord.sources.inputs import expanded, items, likely_pages, pages
from onrecord.sources.lists import Link


def test_standard_input_is_what_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input is read as what its bytes are: a page, lines of JSON, a compressed crawl."""
    for data, expected in (
        (b"A page.", Page("stdin", "A page.")),
        (b'{"text": "A row."}', Page("stdin#1", "A row.")),
        (gzip.compress(record(1, b"<p>Hello")), Page("https://visnyk.example/1", "<p>Hello", "https://visnyk.example/1", "html")),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        (found,) = pages(["-"])
        assert isinstance(found, Page) and msgspec.structs.replace(found, fetched=None) == expected


def test_inputs_are_taken_once(tmp_path: pathlib.Path) -> None:
    """A path, an address or standard input that is named twice is read once; folders stand for pages, letters and crawls, not for tables."""
    for name in ("a.txt", "b.warc.gz", "c.eml", "d.html", "e.csv", "f.json", "g.zip", "h.xml", "i.warc.gz.tmp"):
        (tmp_path / name).touch()
    found = expanded([str(tmp_path), tmp_path / "a.txt", "https://visnyk.example/", "-", "https://visnyk.example/", "-"])
    names = [one if isinstance(one, str) else one.name for one in found]
    assert names == ["a.txt", "b.warc.gz", "c.eml", "d.html", "https://visnyk.example/", "-"]


def test_how_many_pages_there_may_be(tmp_path: pathlib.Path) -> None:
    """A page is one, an archive as many as its size makes likely, a list some."""
    (tmp_path / "a.txt").write_bytes(b"x" * 50_000)
    (tmp_path / "a.jsonl").write_bytes(b"x" * 50_000)
    assert [likely_pages([one]) for one in (tmp_path / "a.txt", tmp_path / "a.jsonl", tmp_path / "none.zip", "https://visnyk.example/")] == [1, 5, 1, 30]


def test_bytes_are_counted_as_they_are_read(tmp_path: pathlib.Path) -> None:
    """Whoever shows progress is told how many bytes were read, in the end all of them."""
    taken: list[int] = []
    (tmp_path / "a.warc").write_bytes(b"".join(record(number) for number in range(500)))
    found = pages([tmp_path / "a.warc"], told=taken.append)
    next(found)
    assert 0 < sum(taken) < (tmp_path / "a.warc").stat().st_size
    assert len(list(found)) == 499 and sum(taken) == (tmp_path / "a.warc").stat().st_size


def test_nothing_is_fetched_for_pages(tmp_path: pathlib.Path, site: Site) -> None:
    """What a list or a table points to comes out as links; only `pages` fetches them."""
    site.replies["/a"] = Reply(PAGE)
    (tmp_path / "a.csv").write_text(f"url,title\n{site.url}/a,Bridge\n")
    (tmp_path / "b.opml").write_text("<opml><body><outline xmlUrl='https://visnyk.example/feed'/></body></opml>")
    intake = Intake(manners=MANNERS)
    assert list(items([tmp_path / "a.csv", tmp_path / "b.opml"], intake)) == [
        Link(f"{site.url}/a", title="Bridge"),
        Link("https://visnyk.example/feed", more=True),
    ]
    assert not site.asked
    (page,) = pages([tmp_path / "a.csv"], intake)
    assert isinstance(page, Page) and (page.source, page.title) == (f"{site.url}/a", "Bridge")


def test_xml_of_another_kind(tmp_path: pathlib.Path) -> None:
    """XML that is no list is told apart from a page."""
    (tmp_path / "a.xml").write_text("<?xml version='1.0'?><catalogue/>")
    (found,) = pages([tmp_path / "a.xml"])
    assert isinstance(found, Skipped) and found.reason == "unreadable" and "XML" in found.detail
