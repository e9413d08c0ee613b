"""Text out of bytes of unknown encoding, Cyrillic above all.

A byte order mark is believed, and UTF-8 that holds is believed, whatever a label says. Else every old encoding of one byte is tried, and the one
wins whose text looks most like one of the languages we read: letters of its alphabet as often as it has them, capitals where words begin,
its small words in plain letters. A label (of an HTTP header, a meta element) is a hint: it wins where the texts look nearly alike.
charset-normalizer is asked where none looks like text. UTF-8 that was taken for an old encoding and written as UTF-8 again ("Ð¼Ñ–ÑÑ‚")
is undone where it proves itself: what comes out is UTF-8 to the last byte.
"""

from __future__ import annotations

import codecs
import collections
import functools
import re

import msgspec

from onrecord.records import SkipReason

BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
CYRILLIC = ("cp1251", "koi8-u", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic")
LATIN = ("cp1252", "cp1250", "iso8859-2", "iso8859-15", "cp852", "cp850", "mac-roman")
OF_ONE_BYTE = ("cp", "iso8859", "koi8", "mac", "ptcp", "kz")  # how Python's names of such encodings begin
SAMPLE_BYTES = 50_000  # enough to tell encodings apart, however long the page
TELLING_BYTES = 10_000  # of parts above ASCII: the encodings of benchmarks/encoding.py are told apart as well as by 50,000
HIGH = re.compile("[^\x00-\x7f]")
ABOVE_ASCII = bytes(range(0x80, 0x100))
CONTROL = bytes((*range(0x00, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
MOST_CONTROL = 0.005  # of the sample; text has next to none, compressed data 10 percent
MOST_BROKEN = 0.001  # characters of a UTF-8 page that may be broken without its being another encoding
LEAST_LIKE = 0.25  # of 1: likeness below which nothing is believed
LABEL_CHARS = 2  # wrong characters that a label makes up for: as good up to 4 in benchmarks/encoding.py
MOST_LABEL = 0.4  # of likeness, where few characters tell
LEAST_CYRILLIC = 0.3  # of the letters of a Cyrillic page
NO_TEXT_YET = 4  # bytes: fewer cannot be told to be UTF-16 without a mark
LEAST_MOJIBAKE = 4  # sequences that must prove to be UTF-8: by chance, one in ten thousand texts has as many
MANGLERS = ("cp1252", "cp1251", "iso8859-1", "cp1250")  # what UTF-8 is mistaken for
LABEL = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.I)
LABEL_BYTES = 4096  # of a page in which its label stands
# Letters above ASCII, the commonest first, and small words that hold none or few of them.
ALPHABETS = {
    "uk": "оанивіретслкудмпзязьгйбчхжїцєюшфщґ", "bg": "аиоентрсвлкдпмзяубгщчцйжхшюфьъ", "ru": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "pl": "łąęóżśćńź", "de": "üäöß", "fr": "éèàêçîôâùûœëïÿæ", "es": "óíáéñúü", "cs": "íáěéýřžšůčúňťóď", "sl": "čšž", "en": "é",
}  # fmt: skip
SMALL_WORDS = {
    "pl": "w na i z nie do jest o co jak za po od to",
    "de": "der die und das von den mit ist dem ein eine nicht auf zu",
    "fr": "de la le les et des en un une du que dans est pour",
    "es": "de la el que en los y del las por con una se para",
    "cs": "a v na se je z do o s to za k po",
    "sl": "je in v na za se da so z ki pa",
    "en": "the of and to in a that is for on",
}
WORDS_SHARE = 0.2  # of a text's words that are small words of its language: as good as sure
SIGNS = "«»„“”’‘–—…№§°€£©®•·\u00a0¿¡"
LATIN_LETTERS = "áàâäåãæçćčďéèêëęěíìîïłñńňóòôöőøœřśšťúùûüűůýÿžźżß"  # of names from elsewhere
ASCII_WORD = re.compile(r"(?<![^\W\d_])[a-z]{1,4}(?![^\W\d_])")
LOWER, UPPER = "а-яёіїєґђѓѕјљњћќўџß-öø-ÿœąćęłńśźżěřůďťňčšž", "А-ЯЁІЇЄҐЂЃЅЈЉЊЋЌЎЏÀ-ÖØ-ÞŒĄĆĘŁŃŚŹŻĚŘŮĎŤŇČŠŽ"
WRONG_CASE = re.compile(f"[a-z{LOWER}][{UPPER}]")
MIXED = re.compile("[\u0400-\u04ff][A-HJ-Za-hj-z\u00c0-\u017f]|[A-HJ-Za-hj-z\u00c0-\u017f][\u0400-\u04ff]")  # i stands for і in code page 866
INSIDE = re.compile("[^\\W\\d_][^\\w\\s\u0000-\u007f’‘ʼ‐—…\u00ad][^\\W\\d_]")  # a sign inside a word
FAULT_COST, STRANGE_COST, FOREIGN_COST = 2.0, 1.5, 0.4  # of a character that is right


class Undecoded(msgspec.Struct, frozen=True):
    """Why bytes are no text."""

    reason: SkipReason
    detail: str


def decode(data: bytes, *, label: str | None = None) -> str | Undecoded:
    """The text, without a byte order mark; or that the bytes are binary, or in no encoding that makes sense.

    `label`: the encoding that whoever handed over the bytes named; a label in the page itself is found (`label_in`).
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return _exact(data[len(mark) :], name) or _replaced(data[len(mark) :], name)
    sample = data[:SAMPLE_BYTES]
    if b"\x00" in sample:
        wide = _utf16(sample)
        return _replaced(data, wide) if wide else Undecoded("binary", "holds NUL bytes")
    text = _exact(data, "utf-8")
    if len(sample) - len(sample.translate(None, CONTROL)) > MOST_CONTROL * len(sample):
        return Undecoded("binary", "holds control characters")
    return unmangled(text) if text is not None else _old(data, label or label_in(data))


def label_in(data: bytes) -> str | None:
    """The encoding that a page names in its own head."""
    match = LABEL.search(data, 0, LABEL_BYTES)
    return (match[1] or match[2]).decode("ascii", "ignore") if match else None


def unmangled(text: str) -> str:
    """The text with UTF-8 that was read as an old encoding set right: all of it, else the lines that are wholly so."""
    if text.isascii():
        return text
    lines = text.split("\n")
    telling = [number for number, line in enumerate(lines) if not line.isascii()]
    suspects = [number for number in telling if _all_suspect().fullmatch(lines[number])]
    if not suspects:
        return text
    if len(suspects) == len(telling) and (whole := _remade(text)) is not None:
        return whole
    for number in suspects:
        lines[number] = _remade(lines[number]) or lines[number]
    return "\n".join(lines)


def _remade(text: str) -> str | None:
    """The text that its characters, as bytes of an old encoding, are in UTF-8; None where they are not, or too few to prove it."""
    if len(_suspect().findall(text)) < LEAST_MOJIBAKE:
        return None
    for name in MANGLERS:
        table = _bytes_of(name)
        try:
            data = bytes([ord(char) if char < "\x80" else table[char] for char in text])
            remade = data.decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            continue
        if sum(char > "\x7f" for char in remade) >= LEAST_MOJIBAKE:
            return remade
    return None


@functools.cache
def _suspect() -> re.Pattern[str]:
    """The two characters that the two bytes of a letter in UTF-8 look like in one of the encodings that it is mistaken for."""
    return re.compile(f"[{_look(range(0xC2, 0xE3))}][{_look(range(0x80, 0xC0))}]")


@functools.cache
def _all_suspect() -> re.Pattern[str]:
    """A text of plain characters and of what the two to four bytes of others in UTF-8 look like, and nothing else."""
    return re.compile(rf"(?:[\x00-\x7f]++|[{_look(range(0xC2, 0xF5))}][{_look(range(0x80, 0xC0))}]{{1,3}})*+")


def _look(span: range) -> str:
    """What bytes look like in the encodings that UTF-8 is mistaken for, as a set of an expression."""
    pairs = [{byte: char for char, byte in _bytes_of(name).items()} for name in MANGLERS]
    return re.escape("".join(sorted({chars[byte] for chars in pairs for byte in span})))


@functools.cache
def _bytes_of(name: str) -> dict[str, int]:
    """The upper byte of each character; a byte without one stands for itself, as browsers read it."""
    return {(bytes([byte]).decode(name, "ignore") or chr(byte)): byte for byte in range(0x80, 0x100)}


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


def _old(data: bytes, label: str | None) -> str | Undecoded:
    """Text in UTF-8 with a few broken bytes, or in an encoding of one byte a character."""
    loose = data.decode("utf-8", "replace")
    wide = len(HIGH.findall(loose[:SAMPLE_BYTES])) - loose.count("\ufffd", 0, SAMPLE_BYTES)
    if loose.count("\ufffd") <= max(1, MOST_BROKEN * len(loose)) and wide > loose.count("\ufffd"):
        return loose
    sample = _telling(data)
    named = _codec(label)
    names = dict.fromkeys((*((named,) if named else ()), *CYRILLIC, *LATIN))
    scores = {name: likeness(text) for name in names if (text := _lenient(sample, name)) is not None}
    if named in scores:
        scores[named] += min(MOST_LABEL, LABEL_CHARS / max(1, len(sample) - len(sample.translate(None, ABOVE_ASCII))))
    best = max(scores, key=lambda name: scores[name], default="")
    if best and scores[best] >= LEAST_LIKE:
        return data.decode(best, "replace")
    return _guessed(data)


def _telling(data: bytes) -> bytes:
    """The parts of a page, between its tags and lines, that hold a byte above ASCII; as many of them as are enough."""
    parts = [part for part in data.replace(b"\n", b">").split(b">") if not part.isascii()]
    return b"\n".join(parts)[:TELLING_BYTES]


def _codec(label: str | None) -> str | None:
    """Python's name of the one-byte encoding that a label means, None where it means none: UTF-8 has been tried before."""
    try:
        name = codecs.lookup((label or "").strip().lower()).name
    except (LookupError, ValueError):  # ValueError: a NUL in the label
        return None
    name = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}.get(name, name)  # as browsers read these labels
    return name if name.startswith(OF_ONE_BYTE) and len("яй".encode(name, "replace")) == 2 else None


def _lenient(sample: bytes, encoding: str) -> str | None:
    """The sample in an encoding, None where more than a few bytes mean nothing in it."""
    text = sample.decode(encoding, "replace")
    return None if text.count("\ufffd") > max(1, MOST_BROKEN * len(text)) else text


def likeness(text: str) -> float:
    """Up to about 1: how much the characters above ASCII look like text of the language that they fit best."""
    counts = collections.Counter(HIGH.findall(text))
    total = sum(counts.values())
    if not total:
        return 0.0
    faults = sum(len(fault.findall(text)) for fault in (WRONG_CASE, MIXED, INSIDE))
    words = collections.Counter(ASCII_WORD.findall(text))
    cyrillic = sum(number for char, number in counts.items() if "\u0400" <= char <= "\u04ff")
    letters = sum(map(str.isalpha, text))
    codes = [code for code in ALPHABETS if code in SMALL_WORDS or cyrillic >= LEAST_CYRILLIC * letters]
    return max(_fit(counts, words, code) for code in codes) - FAULT_COST * faults / total


def _fit(counts: collections.Counter[str], words: collections.Counter[str], code: str) -> float:
    """How well the characters, and the small words in plain letters, fit a language."""
    worth = _worth(code)
    value = sum(number * worth.get(char, -STRANGE_COST) for char, number in counts.items()) / sum(counts.values())
    small = _small_words(code)
    if not small:
        return value
    share = sum(number for word, number in words.items() if word in small) / max(1, sum(words.values()))
    return 0.7 * value + 0.3 * min(1.0, share / WORDS_SHARE) if value > 0 else value


@functools.cache
def _small_words(code: str) -> frozenset[str]:
    return frozenset(SMALL_WORDS.get(code, "").split())


@functools.cache
def _worth(code: str) -> dict[str, float]:
    """What each character says for a language: its letters by how common they are, capitals a little less, signs of print something."""
    letters = ALPHABETS[code]
    worth = dict.fromkeys(SIGNS, 0.6)
    if code in SMALL_WORDS:
        worth |= dict.fromkeys(LATIN_LETTERS + LATIN_LETTERS.upper().replace("SS", ""), -FOREIGN_COST)
    for rank, letter in enumerate(letters):
        value = 1.0 - 0.8 * rank / len(letters)
        worth[letter] = value
        if len(letter.upper()) == 1:
            worth[letter.upper()] = value - 0.2
    return worth


def _guessed(data: bytes) -> str | Undecoded:
    from charset_normalizer import from_bytes  # takes 40 ms to import, and hardly any page needs it

    best = from_bytes(data[:SAMPLE_BYTES]).best()
    if best is None:
        return Undecoded("encoding", "in no encoding that makes sense")
    return _replaced(data, best.encoding)
