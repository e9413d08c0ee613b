"""Files become pages; what cannot be read is counted with its reason, and the rest goes on."""

from __future__ import annotations

import os
import pathlib

import pytest

from onrecord.records import Page, Skipped
from onrecord.settings import Intake
from onrecord.sources.files import files
from onrecord.sources.inputs import pages
from onrecord.sources.pages import media_of


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
    ],
)
def test_what_is_no_text_is_skipped(tmp_path: pathlib.Path, data: bytes, reason: str) -> None:
    """Binary and blank files are skipped, each for its reason."""
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    found = list(pages([path]))
    assert [(f.reason, f.source) for f in found if isinstance(f, Skipped)] == [(reason, path.as_posix())]


def test_what_cannot_be_read_does_not_stop_the_rest(tmp_path: pathlib.Path) -> None:
    """A missing path, a path that no system allows and a file that is too large are counted, and the next page is read."""
    good = tmp_path / "good.txt"
    good.write_text("Good.")
    large = tmp_path / "large.txt"
    large.write_text("x" * 200)
    found = list(pages([tmp_path / "missing.txt", "\x00", large, good], Intake(page_bytes=100)))
    assert [f.reason if isinstance(f, Skipped) else f.text for f in found] == ["unreadable", "unreadable", "too-large", "Good."]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("page.htm", "Plain words", "html"),
        ("page.txt", " <!-- saved --><!-- twice -->\n<!DOCTYPE html><p>Words", "html"),
        ("page", '<?xml version="1.0"?><html lang="uk">', "html"),
        ("page.txt", "<html5> is a word", "text"),
        ("page.txt", "A page about <html>", "text"),
        ("page.txt", "<!-- -->" * 240, "text"),
    ],
)
def test_html_is_known_by_its_suffix_or_its_head(name: str, text: str, expected: str) -> None:
    """A page is HTML where its file is called so or where it opens as HTML does."""
    assert media_of(name, text) == expected


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_come_out_alike(tmp_path: pathlib.Path, ends: str) -> None:
    """Whatever ends the lines of a file, a line feed ends those of the page, as when Python opens it as text."""
    path = tmp_path / "page.txt"
    path.write_bytes(ends.join(["One.", "", "Два."]).encode())
    assert list(pages([path])) == [Page(path.as_posix(), "One.\n\nДва.")]
    assert path.read_text(encoding="utf-8") == "One.\n\nДва."


def test_folders_stand_for_the_pages_under_them(tmp_path: pathlib.Path) -> None:
    """A folder gives its text and HTML files sorted, without hidden ones and other kinds; a file named twice is read once."""
    for name in ("b/2.txt", "b/3.html", "a/1.TXT", "a/photo.jpg", ".git/x.txt", "a/.hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    found = files([tmp_path, tmp_path / "b" / "2.txt", tmp_path / "a" / "photo.jpg"])
    assert [f.relative_to(tmp_path).as_posix() for f in found] == ["a/1.TXT", "b/2.txt", "b/3.html", "a/photo.jpg"]


@pytest.mark.skipif(os.name != "posix", reason="file names of other systems are text")
def test_a_file_name_that_is_no_text(tmp_path: pathlib.Path) -> None:
    """A file whose name is no UTF-8 is read, and its source can be stored and printed."""
    path = os.path.join(os.fsencode(tmp_path), b"\xff.txt")
    with open(path, "w") as file:
        file.write("Text.")
    (found,) = pages([tmp_path])
    assert isinstance(found, Page) and found.source.encode().endswith(b".txt")
