"""How many texts come out of old encodings as they went in: `python benchmarks/encoding.py [FOLDER…] [--every N] [--wrong N]`.

The corpus articles of every language, whole and their first 200 characters, in each encoding that can hold them (printer's marks are put in
plain ones where it has none), with the right label, a wrong one, and none; and as UTF-8 that was read as an old encoding and written
as UTF-8 again. Right is only the text to the last character. charset-normalizer is asked the same, without labels. A share below its floor ends in exit code 1.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import sys
import time
from collections.abc import Iterator

from charset_normalizer import from_bytes

from onrecord.knowledge.marks import read_article
from onrecord.sources.encoding import decode

SHORT_CHARS = 200
HERE = pathlib.Path(__file__).parent
WESTERN = ("cp1252", "iso8859-1", "iso8859-15", "cp850", "mac-roman", "utf-8")
CENTRAL = ("cp1250", "iso8859-2", "cp852", "utf-8", "utf-16-le")
CYRILLIC = ("cp1251", "koi8-u", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic", "utf-8", "utf-16-le", "utf-16-be", "utf-16")
ENCODINGS = {
    "uk": CYRILLIC, "bg": CYRILLIC, "ru": CYRILLIC, "pl": CENTRAL, "de": (*WESTERN, "cp1250", "iso8859-2"),
    "fr": WESTERN, "es": WESTERN, "en": WESTERN,
}  # fmt: skip
WRONG = {"cp1251": "iso-8859-1", "koi8-u": "windows-1251", "koi8-r": "windows-1251", "cp1250": "utf-8", "cp1252": "utf-8"}
PLAIN = str.maketrans(
    {"«": '"', "»": '"', "„": '"', "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "‚": "'", "ʼ": "'",
     "…": "...", "•": "*", "\u00a0": " ", "\u202f": " ", "€": "E", "№": "N", "œ": "o", "°": "o", "→": ">", "×": "x", "½": "1/2"}
)  # fmt: skip
MANGLERS = ("cp1252", "cp1251", "iso8859-1")


FLOORS = {  # percent, a little below what all articles gave
    ("long", "no label"): 99.0, ("long", "right label"): 99.9, ("long", "wrong label"): 99.0, ("long", "mangled"): 95.0,
    ("short", "no label"): 99.0, ("short", "right label"): 99.9, ("short", "wrong label"): 99.0, ("short", "mangled"): 75.0,
}  # fmt: skip


def texts(folder: pathlib.Path, every: int) -> Iterator[tuple[str, str]]:
    """Every Nth article of one language: how long ("short", "long"), and the words."""
    for path in sorted(folder.glob("*.txt"))[::every]:
        text = read_article(path.read_text(encoding="utf-8"), where=path.name).marked.text
        yield from (("short", text[:SHORT_CHARS]), ("long", text))


def encoded(text: str, encoding: str) -> tuple[str, bytes] | None:
    """The text and its bytes; None where the encoding cannot hold it, or there is nothing to tell it by."""
    for words in (text, text.translate(PLAIN)):
        try:
            return None if words.isascii() else (words, words.encode(encoding))
        except UnicodeEncodeError:
            continue
    return None


def mangled(text: str, encoding: str) -> bytes:
    """UTF-8 read as another encoding, as a browser would, and written as UTF-8."""
    upper = [bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in range(0x80, 0x100)]
    return "".join(chr(byte) if byte < 0x80 else upper[byte - 0x80] for byte in text.encode()).encode()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folders", nargs="*", type=pathlib.Path, help="folders called after their language (default: corpus/*)")
    parser.add_argument("--wrong", type=int, default=0, help="show so many wrong answers")
    parser.add_argument("--every", type=int, default=1, help="only every Nth article; all take ten minutes on a slow machine")
    arguments = parser.parse_args()
    right: collections.Counter[tuple[str, str]] = collections.Counter()
    asked: collections.Counter[tuple[str, str]] = collections.Counter()
    wrong: list[str] = []
    seconds: collections.Counter[str] = collections.Counter()

    def count(length: str, how: str, code: str, encoding: str, text: str, got: object) -> None:
        asked[length, how] += 1
        right[length, how] += got == text
        if got != text and how != "charset-normalizer":
            wrong.append(f"{code} {encoding} {length} {how}: {text[:60]!r}")

    for folder in arguments.folders or [HERE.parent / "corpus" / code for code in ENCODINGS]:
        code = folder.resolve().name
        for length, text in texts(folder, arguments.every):
            for encoding in ENCODINGS[code]:
                if (pair := encoded(text, encoding)) is None:
                    continue
                words, data = pair
                for how, label in (("no label", None), ("right label", encoding), ("wrong label", WRONG.get(encoding, "windows-1252"))):
                    start = time.process_time()
                    got = decode(data, label=label)
                    seconds["onrecord"] += time.process_time() - start
                    count(length, how, code, encoding, words, got)
                start = time.process_time()
                best = from_bytes(data).best()
                seconds["charset-normalizer"] += time.process_time() - start
                count(length, "charset-normalizer", code, encoding, words, str(best) if best else None)
            if not text.isascii():
                for mangler in MANGLERS:
                    count(length, "mangled", code, mangler, text, decode(mangled(text, mangler)))
    print("| length | how | texts | right |\n|---|---|--:|--:|")
    for length, how in sorted(asked):
        print(f"| {length} | {how} | {asked[length, how]} | {100 * right[length, how] / asked[length, how]:.2f} |")
    print(f"\ntime, of charset-normalizer's: {seconds['onrecord'] / 3 / max(1e-9, seconds['charset-normalizer']):.2f}")
    print("\n".join(wrong[: arguments.wrong]))
    below = [f"{length}, {how}" for (length, how), least in FLOORS.items() if asked[length, how] and 100 * right[length, how] < least * asked[length, how]]
    if below:
        sys.exit(f"below the floor: {'; '.join(below)}")


if __name__ == "__main__":
    main()
