"""Text out of bytes of unknown encoding, Cyrillic above all.

A byte order mark is believed; UTF-8 that holds is believed; else each old one-byte encoding is tried and the one whose text looks most like
words wins: letters that are common in the languages we read, capitals only where words begin. (KOI8 read as Windows-1251 turns
case about; a Cyrillic page read as Western is a run of accented capitals.) charset-normalizer is asked where none looks like text.
"""

from __future__ import annotations

import codecs
import re

import msgspec

from onrecord.records import SkipReason

BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
CYRILLIC = ("cp1251", "koi8-u", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic")
LATIN = ("cp1252", "cp1250", "iso8859-2", "iso8859-15", "cp850", "mac-roman")
SAMPLE_BYTES = 50_000  # enough to tell encodings apart, however long the page
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MOST_CONTROL = 0.005  # of the sample; text has next to none, compressed data 10 percent
MOST_BROKEN = 0.001  # characters of a UTF-8 page that may be broken without its being another encoding
LEAST_LIKE = 0.5  # of 1: mean score of the characters above ASCII below which nothing is believed
COMMON = frozenset("оаеинтсрвлкмдпуязьгбчйхжшюцщєіїґъыэёäöüßéèêëàâçîïôùûœáíóúñąćęłńóśźż")
RARE = frozenset("ѓќљњћђџѕјўðþýãõåæøŕěřůďťőű")
SIGNS = frozenset("«»„“”’‘–—…№§°€©®•ЄІЇҐ\u00a0¿¡")
HIGH_RUN = re.compile(r"\w*[^\W\x00-\x7f]\w*|[^\x00-\x7f]")
NO_TEXT_YET = 4  # bytes: fewer cannot be told to be UTF-16 without a mark


class Undecoded(msgspec.Struct, frozen=True):
    """Why bytes are no text."""

    reason: SkipReason
    detail: str


def decode(data: bytes) -> str | Undecoded:
    """The text, without a byte order mark; or that the bytes are binary, or in no encoding that makes sense."""
    for mark, name in BOMS:
        if data.startswith(mark):
            return _exact(data[len(mark) :], name) or _replaced(data[len(mark) :], name)
    sample = data[:SAMPLE_BYTES]
    if b"\x00" in sample:
        wide = _utf16(sample)
        return _replaced(data, wide) if wide else Undecoded("binary", "holds NUL bytes")
    text = _exact(data, "utf-8")
    if len(CONTROL.findall(sample)) > MOST_CONTROL * len(sample):
        return Undecoded("binary", "holds control characters")
    return text if text is not None else _old(data)


def _exact(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _replaced(data: bytes, encoding: str) -> str | Undecoded:
    """The text with broken characters shown as U+FFFD, where they are few."""
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken > max(1, MOST_BROKEN * len(text)):
        return Undecoded("encoding", f"{broken} characters are broken as {encoding}")
    return text


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: blanks and Latin letters have a zero in their upper byte, Cyrillic letters a four."""
    if len(sample) < NO_TEXT_YET:
        return None
    for name, upper in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        typical = sum(upper.count(byte) for byte in (0x00, 0x04, 0x20))
        lower = sample[0::2] if name == "utf-16-le" else sample[1::2]
        if typical > 0.9 * len(upper) and lower.count(0) < 0.1 * len(lower):
            return name
    return None


def _old(data: bytes) -> str | Undecoded:
    """Text in UTF-8 with a few broken bytes, or in an encoding of one byte a character."""
    loose = data.decode("utf-8", "replace")
    wide = sum(c > "\x7f" for c in loose[:SAMPLE_BYTES]) - loose.count("\ufffd", 0, SAMPLE_BYTES)
    if loose.count("\ufffd") <= max(1, MOST_BROKEN * len(loose)) and wide > loose.count("\ufffd"):
        return loose
    sample = data[:SAMPLE_BYTES]
    scores = {name: _likeness(text) for name in CYRILLIC + LATIN if (text := _lenient(sample, name)) is not None}
    best = max(scores, key=lambda name: scores[name], default="")
    if best and scores[best] >= LEAST_LIKE:
        return data.decode(best, "replace")
    return _guessed(data)


def _lenient(sample: bytes, encoding: str) -> str | None:
    """The sample in an encoding, None where more than a few bytes mean nothing in it."""
    text = sample.decode(encoding, "replace")
    return None if text.count("\ufffd") > max(1, MOST_BROKEN * len(text)) else text


def _likeness(text: str) -> float:
    """-2 to 1: how much the characters above ASCII, in their words, look like text of a language we read."""
    total = count = 0.0
    for run in HIGH_RUN.finditer(text):
        word = run[0]
        for at, char in enumerate(word):
            if char < "\x80":
                continue
            count += 1
            total += _worth(char, word, at)
    return total / count if count else 0.0


def _worth(char: str, word: str, at: int) -> float:
    if char in SIGNS and not char.isalpha():
        return 0.9
    before = word[at - 1] if at else ""
    if before.isalpha() and (before < "\x80") != (char < "\x80") and char >= "\u0400":
        return -2.0  # a Cyrillic letter beside a Latin one
    if char.isupper():
        return -1.0 if before.islower() else (1.0 if char.lower() in COMMON else -0.5)
    if char in COMMON:
        capital_inside = at + 1 < len(word) and word[at + 1].isupper()
        return -1.0 if capital_inside else 1.0
    return -0.5 if char in RARE else -1.5


def _guessed(data: bytes) -> str | Undecoded:
    from charset_normalizer import from_bytes  # takes 40 ms to import, and hardly any page needs it

    best = from_bytes(data[:SAMPLE_BYTES]).best()
    if best is None:
        return Undecoded("encoding", "in no encoding that makes sense")
    return _replaced(data, best.encoding)
