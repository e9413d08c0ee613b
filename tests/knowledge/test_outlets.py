"""Publishers: every file reads, an outlet is found by address, folder and name, and a wrong file is named with its line."""

from __future__ import annotations

import pathlib

import pytest

from onrecord.errors import KnowledgeError
from onrecord.knowledge.outlets import publishers, read_publishers, zoned

GOOD = 'name = "Вісник"\nnames = ["Visnyk"]\ndomains = ["visnyk.example"]\nlanguage = "uk"\nzone = "Europe/Kyiv"\n'


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder with one good file."""
    (tmp_path / "visnyk.example.toml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_every_publisher_reads() -> None:
    """Forty outlets and more come along, in all eight languages."""
    known = set(publishers().by_domain.values())
    assert len({publisher.name for publisher in known}) >= 40
    assert {publisher.language for publisher in known} == {"uk", "bg", "en", "ru", "pl", "de", "fr", "es"}


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("https://www.visnyk.example/a/1", True),
        ("http://m.news.visnyk.example:8080/?a=other.example", True),
        ("crawl/visnyk.example/2031/1.txt", True),
        ("crawl\\www.visnyk.example\\1.txt", True),
        ("https://notvisnyk.example/", False),
        ("https://other.example/visnyk.example/1", False),
        ("http://[x", False),
        ("visnyk.txt", False),
        (None, False),
    ],
)
def test_an_outlet_by_its_address_or_folder(folder: pathlib.Path, where: str | None, found: bool) -> None:
    """The host of an address decides, everything under a domain belongs to it, and a folder may be called after one."""
    publisher = read_publishers(folder).at(where)
    assert (publisher.name if publisher else None) == ("Вісник" if found else None)


@pytest.mark.parametrize("name", ["Вісник", "вісник", "VISNYK", "visnyk.example", "www.visnyk.example"])
def test_an_outlet_by_any_of_its_names(folder: pathlib.Path, name: str) -> None:
    """An outlet goes by its name in any script and case, and by its domain."""
    found = read_publishers(folder).called(name)
    assert found is not None and found.name == "Вісник"


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2031-01-15T09:30", "2031-01-15T09:30+02:00"),
        ("2031-07-15T09:30", "2031-07-15T09:30+03:00"),
        ("2031-07-15T09:30+01:00", "2031-07-15T09:30+01:00"),
        ("2031-07-15", "2031-07-15"),
        ("2031-07-15T9:30a", "2031-07-15T9:30a"),
        (None, None),
    ],
)
def test_a_local_time_gets_the_zone(folder: pathlib.Path, published: str | None, expected: str | None) -> None:
    """A time to the minute gets summer or winter time of the outlet's zone; a day, and a time with a zone, stay."""
    assert zoned(published, read_publishers(folder).called("Visnyk")) == expected
    assert zoned(published, None) == published


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("language", "tongue"), 4, "tongue"),
        (("Europe/Kyiv", "Europe/Nowhere"), 5, "no time zone"),
        (("visnyk.example", "another.example"), 3, "called after"),
        (('["Visnyk"]', "7"), 2, "names"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(folder: pathlib.Path, change: tuple[str, str], line: int, words: str) -> None:
    """An unknown key, a zone that is none, a file of another name, a wrong value: the message says where."""
    path = folder / "visnyk.example.toml"
    path.write_text(GOOD.replace(*change), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=words) as caught:
        read_publishers(folder)
    assert f"{path}:{line}:" in str(caught.value)


def test_two_files_cannot_claim_one_name(folder: pathlib.Path) -> None:
    """A name or a domain belongs to one outlet."""
    (folder / "wisnyk.example.toml").write_text(GOOD.replace('["visnyk.example"]', '["wisnyk.example"]'), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"wisnyk\.example\.toml:1: 'вісник' is claimed by Вісник too"):
        read_publishers(folder)
