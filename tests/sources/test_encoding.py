"""Bytes become text whatever old encoding they are in, and whatever a label says; mangled UTF-8 is set right where it proves itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sources.encoding import Undecoded, decode, label_in, unmangled

TEXTS = {
    "uk": 'Міський голова Залуччя заявив, що об\'їзд відкриють у червні. "Ганки теж полагодять", - додав її заступник Євген Ярий.',
    "bg": 'Кметът на града заяви, че мостът ще бъде затворен до ноември. "Няма да бързаме", каза той пред общинския съвет.',
    "ru": 'Мэр города объявил, что мост закроют до ноября. "Спешить не будем", - сказал он журналистам вечером. Это всё.',
    "pl": "Burmistrz zapowiedział, że most będzie zamknięty do listopada. Żadnych cudów nie będzie - dodał później na sesji rady.",
    "de": "Der Bürgermeister erklärte, die Brücke bleibe bis November geschlossen. Größere Schäden gebe es nicht, sagte er.",
    "fr": "Le maire a déclaré que le pont resterait fermé jusqu'à l'été. Après, on verra, a-t-il ajouté devant la presse à Brême.",
    "es": "El alcalde anunció que el puente seguirá cerrado hasta otoño. Mañana veremos, añadió el señor Ibáñez en la plaza.",
    "en": "The mayor said the bridge would cost £40m and stay closed until spring, and the café in it would go to the county.",
    "cs": "Starosta řekl, že most bude uzavřen do listopadu. Žádné zázraky nečekejte, dodal později večer na zasedání.",
    "sl": "Župan je dejal, da bo most zaprt do novembra. Čudežev ne bo, je še dodal in se zahvalil vsem na seji. Češnje še niso zrele, je šele začetek maja.",
}
CYRILLIC = ("cp1251", "iso8859-5", "mac-cyrillic")
ENCODINGS = {
    "uk": (*CYRILLIC, "koi8-u"), "bg": (*CYRILLIC, "koi8-r", "cp866"), "ru": (*CYRILLIC, "koi8-r", "koi8-u", "cp866"),
    "pl": ("cp1250", "iso8859-2", "cp852"), "cs": ("cp1250", "iso8859-2", "cp852"), "sl": ("cp1250", "iso8859-2"),
    "de": ("cp1252", "iso8859-1", "iso8859-15", "cp850", "mac-roman"), "fr": ("cp1252", "iso8859-15", "cp850", "mac-roman"),
    "es": ("cp1252", "iso8859-15", "cp850", "mac-roman"), "en": ("cp1252",),
}  # fmt: skip
PAIRS = [(code, encoding) for code, encodings in ENCODINGS.items() for encoding in encodings]


@pytest.mark.parametrize(("code", "encoding"), PAIRS)
@pytest.mark.parametrize("label", [None, "utf-8", "windows-1252", "windows-1251", "no-such-charset"])
def test_old_encodings_whatever_the_label(code: str, encoding: str, label: str | None) -> None:
    """Every encoding that pages really have is read, also under a label that is wrong or means nothing."""
    if label == "windows-1252" and encoding in ("mac-roman", "cp850"):
        pytest.skip("few characters, and under the commonest label of all: a label is worth some of them")
    assert decode(TEXTS[code].encode(encoding), label=label) == TEXTS[code]


@pytest.mark.parametrize("code", sorted(TEXTS))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_believed_over_any_label(code: str, encoding: str) -> None:
    """UTF-8, and UTF-16 with a mark or without, stay what they are under a label that says otherwise."""
    if encoding in ("utf-16-le", "utf-16-be") or not encoding.startswith("utf-8"):
        assert decode(TEXTS[code].encode(encoding)) == TEXTS[code]
    assert decode(TEXTS[code].encode(encoding), label="windows-1251") == TEXTS[code]


def test_a_label_decides_where_the_text_does_not() -> None:
    """A name that reads well in two encodings is read as its label says."""
    data = "Firma Weiss ABC – Preis: 5 ¤".encode("iso8859-1", "ignore") + b" \xa4"
    assert str(decode(data, label="iso-8859-15")).endswith("€")


@pytest.mark.parametrize("label", ["iso-8859-1", "ISO8859-1", "latin1"])
def test_latin_1_means_what_browsers_read(label: str) -> None:
    """A page that calls itself Latin-1 has the marks of Windows-1252."""
    text = "Le maire a dit : “on verra”, après l’été."
    assert decode(text.encode("cp1252"), label=label) == text


@pytest.mark.parametrize(
    ("head", "label"),
    [
        (b'<html><head><meta charset="windows-1251">', "windows-1251"),
        (b"<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=koi8-u'>", "koi8-u"),
        (b'<?xml version="1.0" encoding="ISO-8859-2"?><html>', "ISO-8859-2"),
        (b"<p>The charset = koi8-r of the old page", None),
    ],
)
def test_label_in_the_page(head: bytes, label: str | None) -> None:
    """The encoding that a page names in its head is found; talk of one is not."""
    assert label_in(head) == label


@pytest.mark.parametrize("code", [code for code in sorted(TEXTS) if code not in ("en",)])
@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "iso8859-1"])
def test_utf8_written_twice_is_set_right(code: str, encoding: str) -> None:
    """UTF-8 that was read as an old encoding and written as UTF-8 again says what it said."""
    upper = [bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in range(0x80, 0x100)]
    mangled = "".join(chr(byte) if byte < 0x80 else upper[byte - 0x80] for byte in TEXTS[code].encode())
    assert decode(mangled.encode()) == TEXTS[code]
    assert unmangled(f"Рада № 1\n{mangled}") == f"Рада № 1\n{TEXTS[code]}"


@given(st.sampled_from(sorted(TEXTS.values())), st.text(alphabet="ÐÑÃРСГ°±µ‚ „“é", max_size=12))
def test_what_does_not_prove_itself_stays(text: str, odd: str) -> None:
    """Text that only looks like mangled UTF-8 here and there is left alone."""
    mixed = f"{text} {odd}я"
    assert unmangled(mixed) == mixed


@given(st.text())
def test_utf8_is_read_as_it_is(text: str) -> None:
    """UTF-8 is read exactly, unless it holds control characters, which make it binary."""
    found = decode(text.encode("utf-8", "ignore"))
    assert found == text.encode("utf-8", "ignore").decode().removeprefix("\ufeff") or isinstance(found, str | Undecoded)
    if all(c.isprintable() or c == "\n" for c in text):
        assert found == text


@given(st.binary(max_size=300), st.sampled_from([None, "koi8-u", "utf-7", "hex", "idna", "\x00", ""]))
def test_any_bytes_are_text_or_a_reason(data: bytes, label: str | None) -> None:
    """Whatever the bytes are, there is text or a reason, and no exception."""
    assert isinstance(decode(data, label=label), str | Undecoded)


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    """A page of UTF-8 with one broken byte stays UTF-8, the byte shown as broken."""
    data = (TEXTS["uk"] * 20).encode()
    assert decode(data[:100] + b"\xff" + data[100:]) == data[:100].decode("utf-8", "replace") + "\ufffd" + data[100:].decode()
