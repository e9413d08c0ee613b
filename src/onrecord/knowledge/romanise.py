"""Names in Latin letters, and how words sound: what lets one name be found in another alphabet.

`romanise` writes Cyrillic in plain Latin letters. `sounds` goes further and keeps only consonants in coarse classes, so that
Галан and Halan are one. Both are keys for comparing, not spellings to print.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping

CYRILLIC = "а б в г ґ д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я ё і ї є ў ј љ њ ћ ђ џ ѓ ќ ѕ"
LATIN = "a b v g g d e zh z i y k l m n o p r s t u f kh ts ch sh shch a y - e yu ya yo i yi ye u y l n ch dzh dzh g k z"
LETTERS = {one: other.strip("-") for one, other in zip(CYRILLIC.split(), LATIN.split(), strict=True)}
ABOVE_ASCII = {"ł": "l", "đ": "dj", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ß": "ss"}
DIGRAPHS = {
    "schtsch": "s", "shch": "s", "tsch": "s", "sch": "s", "tch": "s", "dzh": "s", "tsh": "s", "ks": "x",
    "zh": "s", "sh": "s", "sz": "s", "cz": "s", "rz": "rs", "ts": "s", "tz": "s", "dz": "s", "kh": "h", "gh": "g", "ph": "f", "th": "t",
    "ck": "ck", "qu": "k", "q": "k", "dj": "s", "ng": "n", "lj": "l", "nj": "n", "gn": "n",
}  # fmt: skip
DIGRAPH = re.compile("|".join(sorted(DIGRAPHS, key=len, reverse=True)))
CLASSES = {"b": "b", "p": "p", "v": "v", "w": "v", "f": "v", "d": "d", "t": "t", "g": "g", "h": "h", "k": "k", "z": "s", "s": "s",
           "l": "l", "m": "m", "n": "n", "r": "r", "x": "ks", "a": "a", "e": "e", "i": "i", "o": "o", "u": "u", "y": "i"}  # fmt: skip
AMBIGUOUS = {
    "ch": ("s", "k", "h"),
    "ck": ("k", "sk"),
    "c": ("k", "s"),
    "j": ("s", "", "h"),
    "h": ("g", ""),
    "x": ("ks", "s"),
}  # by language, which a name does not tell
SOFT_G = {"ge": "g+e", "gi": "g+i", "gy": "g+i"}
NAME_DIGRAPHS = DIGRAPHS | SOFT_G | {
    "kh": "kh", "drz": "s", "rz": "rz", "shch": "shch", "dt": "dt", "q": "q", "ou": "u", "oo": "u", "ier": "ier", "ert": "ert",
}  # fmt: skip
NAME_DIGRAPH = re.compile("|".join(sorted(NAME_DIGRAPHS, key=len, reverse=True)).replace("ier", "ier$").replace("ert", "ert$"))
NAME_AMBIGUOUS = AMBIGUOUS | {
    "j": ("s", "i", "h"), "h": ("h", "g", ""), "kh": ("h", "g", "k"), "w": ("v", ""), "q": ("k", "s"), "rz": ("s", "rs"),
    "shch": ("s", "st"), "dt": ("t", "d"), "ier": ("ier", "ie"), "ert": ("ert", "er"),
    "g+e": ("ge", "se"), "g+i": ("gi", "si"),
}  # fmt: skip
VOWEL = re.compile("[aeiou]")
DOUBLED = re.compile(r"(.)\1+")
READINGS = 12  # most readings of one word that are kept: names with more doubtful letters than that are rare
LOOKALIKES = str.maketrans("aceiopxyABCEHIKMOPTXY", "асеіорхуАВСЕНІКМОРТХУ")
CYRILLIC_LETTER, LATIN_LETTER = re.compile("[а-яґєіїёА-ЯҐЄІЇЁ]"), re.compile("[a-zA-Z]")
APOSTROPHES = "'’‘ʼ`´"
WORD = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)*")


@functools.lru_cache(maxsize=32_768)
def romanise(text: str) -> str:
    """The text in lower-case plain Latin letters, other characters as they are: "Галан" -> "galan", "Łódź" -> "lodz"."""
    folded = unicodedata.normalize("NFC", text).casefold()
    letters = (LETTERS.get(c) if c in LETTERS else ABOVE_ASCII.get(c, c) for c in folded)
    plain = unicodedata.normalize("NFD", "".join(letter or "" for letter in letters))
    return "".join(c for c in plain if not unicodedata.combining(c))


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, romanised, without particles of one letter and apostrophes; a hyphen parts words."""
    words = (re.sub(r"['’ʼ`]", "", romanise(_one_alphabet(found))) for found in WORD.findall(name))
    return tuple(word for word in words if word)


def _one_alphabet(word: str) -> str:
    """A Cyrillic word without the Latin letters that look like its own, which get into names by hand or by machine."""
    return word.translate(LOOKALIKES) if CYRILLIC_LETTER.search(word) and LATIN_LETTER.search(word) else word


@functools.lru_cache(maxsize=16_384)
def sounds(word: str) -> frozenset[str]:
    """How a romanised word may sound: its consonants in coarse classes, one reading for each way to say a doubtful letter.

    A vowel counts only where the word has no consonant ("Ao"). Wrong where two names differ in vowels alone (Karin, Korin): compare
    the names themselves before you believe it.
    """
    return frozenset(consonants(reading) or word[:2] for reading in _read(word, DIGRAPH, DIGRAPHS, AMBIGUOUS))


@functools.lru_cache(maxsize=8_192)
def readings(name: str) -> frozenset[str]:
    """How a romanised word of a name may be read in any language, its vowels where they stand: "jon" -> "son", "ion", "hon".

    More ways than `sounds` knows, since names keep the spelling of their own language; i and y are one, doubled letters single.
    """
    return frozenset(_read(name, NAME_DIGRAPH, NAME_DIGRAPHS, NAME_AMBIGUOUS))


@functools.lru_cache(maxsize=16_384)
def consonants(reading: str) -> str:
    """A reading without its vowels, doubled letters single."""
    return DOUBLED.sub(r"\1", VOWEL.sub("", reading))


def _read(word: str, digraph: re.Pattern[str], digraphs: Mapping[str, str], ambiguous: Mapping[str, tuple[str, ...]]) -> list[str]:
    found = [""]
    at = 0
    while at < len(word):
        if word.startswith("ch", at) and not word.startswith("tch", at - 1):
            options, at = ambiguous["ch"], at + 2
        elif match := digraph.match(word, at):
            said = digraphs[match[0]]
            options, at = ambiguous.get(said, (CLASSES.get(said, said),)), match.end()
        else:
            options, at = ambiguous.get(word[at], (CLASSES.get(word[at], ""),)), at + 1
        found = [r + o for r in found for o in options][:READINGS]
    return [DOUBLED.sub(r"\1", reading) for reading in found]
