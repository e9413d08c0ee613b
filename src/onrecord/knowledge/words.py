"""Words as search and comparison see them: folded, and without their endings.

One pair of functions for what is indexed and what is asked, so that they always agree. The stems are no linguistics: one list of
endings for each script over all its languages, longest first. They join forms of a word ("мостів", "мостами"; "міст" stays by
itself); now and then they join two words of one root ("робота", "робот").
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import re
import unicodedata
from collections.abc import Sequence

WORD = re.compile(r"[^\W_]+(?:['’ʼ‘`´][^\W\d_]+)*")
APOSTROPHES = "'’ʼ‘`´"
INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
LATIN_PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})
CYRILLIC_PLAIN = str.maketrans({"ё": "е", "ґ": "г", "ѝ": "и"})
CYRILLIC = re.compile("[\u0400-\u04ff]")
SHORTEST_STEM = 3  # letters
LONGEST_WORD = 100  # letters; a longer one is a wall of them
LONGEST_PARTED = 3  # letters of an ending behind an apostrophe

CYRILLIC_ENDINGS = (
    "ищата овете евете иите ията ието ият ата ята ите ето ото ове еве ища ът ят "  # Bulgarian articles and plurals
    "ями ами ими ыми ові еві єві ому ему ого его ій ий ый ой ей ая яя ою ею єю ую юю ое ее ые ие ых их іх ым им ім ом ем єм ям ам ах ях "
    "ів їв ов ев ия ія ию ію иї ії ии іє иям іям иях іях ією иями іями ьо "
    "увати ювати ується юється увала ував овать ировать ути ити ати яти ють уть ать ять ить ает ают яют ует уют ємо емо єте ете "
    "ала яла ила али яли или ало яло ило ав яв ив ал ял ил "
    "а у о е є и і ы ї ю я ь й"
)
LATIN_ENDINGS = (
    "izations ization ations ation ements ement ungen heiten keiten ingly edly ings ing ied ies ed es en em er est ern s e a o i u y "
    "ami ach ego emu owi owie om ow ej ie ych ymi ym ich im aban aron ando iendo ados idos ado ido adas ada os as ais ait aient"
)
CYRILLIC_ENDING = re.compile("(?:" + "|".join(sorted(CYRILLIC_ENDINGS.split(), key=len, reverse=True)) + ")$")
LATIN_ENDING = re.compile("(?:" + "|".join(sorted(LATIN_ENDINGS.split(), key=len, reverse=True)) + ")$")
REFLEXIVE = re.compile("(?:ся|сь)$")
FAMILIES = (frozenset({"uk", "ru", "be", "bg", "mk", "sr", "pl", "cs", "sk", "sl", "hr"}), frozenset({"fr", "es", "it", "pt", "ro", "ca"}))


def related(one: str, other: str) -> bool:
    """Whether two languages (ISO 639-1 codes) are one, or share most of their roots."""
    return one == other or any({one, other} <= family for family in FAMILIES)


def spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand, as offsets into it; parts joined by an apostrophe are one word, a hyphen parts words."""
    return [match.span() for match in WORD.finditer(text)]


def words(text: str) -> list[str]:
    """The folded words of a text in their order."""
    return list(itertools.chain.from_iterable(map(folded, WORD.findall(text))))


def shingles(found: Sequence[str], size: int, most: int) -> tuple[str, ...]:
    """The smallest digests (`records.digest`) of so many words side by side, at most so many of them: two texts that share most of their words
    share most of these."""
    runs = ("\x1f".join(found[at : at + size]).encode("utf-8", "surrogatepass") for at in range(len(found) - size + 1))
    digests = sorted({hashlib.blake2b(run, digest_size=8).digest() for run in runs})
    return tuple(each.hex() for each in digests[:most])


@functools.lru_cache(maxsize=32_768)
def folded(word: str) -> tuple[str, ...]:
    """The word, folded; two or three where an apostrophe parts it."""
    return tuple(fold(word).split())


@functools.lru_cache(maxsize=32_768)
def fold(word: str) -> str:
    """A word without case, accents, stress and invisible characters; й and ї stay letters of their own.

    An apostrophe goes without a trace inside Cyrillic (об'єкт, обʼєкт) and parts Latin words (l'accord, mayor's), so that the answer
    may hold a blank.
    """
    plain = unicodedata.normalize("NFC", word).casefold().translate(INVISIBLE)
    if plain.isascii():
        return " ".join(re.split("['`]", plain)).strip()
    if CYRILLIC.search(plain):
        kept = plain if _letters_alone(plain) else "".join(c for c in plain if c not in APOSTROPHES and not unicodedata.combining(c))
        return kept.translate(CYRILLIC_PLAIN)
    letters = unicodedata.normalize("NFD", plain.translate(LATIN_PLAIN))
    if _letters_alone(letters):
        return letters
    kept = "".join(" " if c in APOSTROPHES else c for c in letters if not unicodedata.combining(c))
    return kept.strip()


def _letters_alone(word: str) -> bool:
    """Whether a word holds neither accents nor apostrophes, one of which counts as a letter."""
    return word.isalpha() and "ʼ" not in word


@functools.lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """A folded word without its ending; at least three letters stay. "виробництва" and "виробництвом" come out alike."""
    if not SHORTEST_STEM < len(word) <= LONGEST_WORD or not word.isalpha():
        return word
    if not CYRILLIC.match(word):
        return _without(LATIN_ENDING, word)
    bare = _without(CYRILLIC_ENDING, _without(REFLEXIVE, word))
    return bare[:-2] + "єв" if bare.endswith("їв") else bare  # Київ, Києва


def _without(ending: re.Pattern[str], word: str) -> str:
    match = ending.search(word, SHORTEST_STEM)
    return word[: match.start()] if match else word


def without_apostrophe(word: str) -> str:
    """A foreign name without the ending that an apostrophe parts from it: "Lafarge'a", "Hume'owi"; "O'Leary" stays."""
    first, _, ending = word.replace("’", "'").partition("'")
    return first if len(first) > 2 and 0 < len(ending) <= LONGEST_PARTED and first.isascii() else word
