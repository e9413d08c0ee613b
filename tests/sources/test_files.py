"""Files become pages; what cannot be read is counted with its reason, and the rest goes on."""

from __future__ import annotations

import os
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Page, Skipped
from onrecord.settings import Intake
from onrecord.sources.encoding import Undecoded, decode
from onrecord.sources.files import files
from onrecord.sources.inputs import pages
from onrecord.sources.pages import media_of

TEXTS = {
    "uk": "Міський голова Залуччя заявив, що об’їзд відкриють у червні. «Ґанки теж полагодять», – додав її заступник.",
    "bg": "Кметът на града заяви, че мостът ще бъде затворен до ноември. „Няма да бързаме“, каза той пред общинския съвет.",
    "ru": "Мэр города объявил, что мост закроют до ноября. «Спешить не будем», – сказал он журналистам вечером.",
    "pl": "Burmistrz zapowiedział, że most będzie zamknięty do listopada. Żadnych cudów nie będzie – dodał później.",
    "de": "Der Bürgermeister erklärte, die Brücke bleibe bis November geschlossen. „Größere Schäden“ gebe es nicht.",
    "fr": "Le maire a déclaré que le pont resterait fermé jusqu’à l’été. Après, « on verra », a-t-il ajouté à la presse.",
    "es": "El alcalde anunció que el puente seguirá cerrado hasta otoño. «Mañana veremos», añadió el señor Ibáñez.",
}
CYRILLIC = [(code, encoding) for code in ("uk", "bg", "ru") for encoding in ("cp1251", "koi8-u", "iso8859-5", "cp866", "utf-16", "utf-16-be")]
LATIN = [
    ("pl", "cp1250"),
    ("pl", "iso8859-2"),
    ("de", "cp1252"),
    ("fr", "cp1252"),
    ("es", "iso8859-15"),
    ("de", "utf-16-le"),
    ("fr", "utf-8-sig"),
]


@pytest.mark.parametrize(("code", "encoding"), CYRILLIC + LATIN)
def test_old_encodings_come_out_unmangled(code: str, encoding: str) -> None:
    """Text in the encodings that pages really have is read as what it says."""
    data = TEXTS[code].encode(encoding, "ignore")
    assert decode(data) == data.decode(encoding)


@given(st.text())
def test_utf8_is_read_as_it_is(text: str) -> None:
    """UTF-8 is read exactly, unless it holds control characters, which make it binary."""
    found = decode(text.encode("utf-8", "ignore"))
    assert found == text.encode("utf-8", "ignore").decode().removeprefix("\ufeff") or isinstance(found, str | Undecoded)
    if all(c.isprintable() or c == "\n" for c in text):
        assert found == text


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_reason(data: bytes) -> None:
    """Whatever the bytes are, there is text or a reason, and no exception."""
    assert isinstance(decode(data), str | Undecoded)


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    """A page of UTF-8 with one broken byte stays UTF-8, the byte shown as broken."""
    data = (TEXTS["uk"] * 20).encode()
    assert decode(data[:100] + b"\xff" + data[100:]) == data[:100].decode("utf-8", "replace") + "\ufffd" + data[100:].decode()


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
