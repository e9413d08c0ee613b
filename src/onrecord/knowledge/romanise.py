"""Names in Latin letters, and how words sound: what lets one name be found in another alphabet.

`romanise` writes Cyrillic in plain Latin letters. `sounds` goes further and keeps only consonants in coarse classes, so that
Галан and Halan are one. Both are keys for comparing, not spellings to print.
"""

from __future__ import annotations

import functools
import re
import unicodedata

CYRILLIC = "а б в г ґ д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я ё і ї є ў ј љ њ ћ ђ џ ѓ ќ ѕ"
LATIN = "a b v g g d e zh z i y k l m n o p r s t u f kh ts ch sh shch a y - e yu ya yo i yi ye u y l n ch dzh dzh g k z"
LETTERS = {one: other.strip("-") for one, other in zip(CYRILLIC.split(), LATIN.split(), strict=True)}
ABOVE_ASCII = {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ß": "ss"}
DIGRAPHS = {
    "schtsch": "s", "shch": "s", "tsch": "s", "sch": "s", "tch": "s", "dzh": "s", "tsh": "s", "ks": "x",
    "zh": "s", "sh": "s", "sz": "s", "cz": "s", "rz": "rs", "ts": "s", "tz": "s", "dz": "s", "kh": "h", "gh": "g", "ph": "f", "th": "t",
    "ck": "ck", "qu": "k", "q": "k", "dj": "s", "ng": "n", "lj": "l", "nj": "n", "gn": "n",
}  # fmt: skip
DIGRAPH = re.compile("|".join(sorted(DIGRAPHS, key=len, reverse=True)))
CLASSES = {"b": "b", "p": "p", "v": "v", "w": "v", "f": "v", "d": "d", "t": "t", "g": "g", "h": "h", "k": "k", "z": "s", "s": "s",
           "l": "l", "m": "m", "n": "n", "r": "r", "x": "ks"}  # fmt: skip
AMBIGUOUS = {
    "ch": ("s", "k", "h"),
    "ck": ("k", "sk"),
    "c": ("k", "s"),
    "j": ("s", "", "h"),
    "h": ("g", ""),
    "x": ("ks", "s"),
}  # by language, which a name does not tell
READINGS = 8  # most readings of one word that are kept: names with more doubtful letters than that are rare
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")


@functools.lru_cache(maxsize=65_536)
def romanise(text: str) -> str:
    """The text in lower-case plain Latin letters, other characters as they are: "Галан" -> "galan", "Łódź" -> "lodz"."""
    folded = unicodedata.normalize("NFC", text).casefold()
    letters = (LETTERS.get(c) if c in LETTERS else ABOVE_ASCII.get(c, c) for c in folded)
    plain = unicodedata.normalize("NFD", "".join(letter or "" for letter in letters))
    return "".join(c for c in plain if not unicodedata.combining(c))


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, romanised, without particles of one letter and apostrophes; a hyphen parts words."""
    return tuple(word for found in WORD.findall(name) if (word := re.sub(r"['’ʼ`]", "", romanise(found))))


@functools.lru_cache(maxsize=65_536)
def sounds(word: str) -> frozenset[str]:
    """How a romanised word may sound: its consonants in coarse classes, one reading for each way to say a doubtful letter.

    A vowel counts only where the word has no consonant ("Ao"). Wrong where two names differ in vowels alone (Karin, Korin): compare
    the names themselves before you believe it.
    """
    readings = [""]
    at = 0
    while at < len(word):
        if word.startswith("ch", at) and not word.startswith("tch", at - 1):
            options, at = AMBIGUOUS["ch"], at + 2
        elif match := DIGRAPH.match(word, at):
            found = DIGRAPHS[match[0]]
            options, at = AMBIGUOUS.get(found, (CLASSES.get(found, found),)), match.end()
        else:
            options, at = AMBIGUOUS.get(word[at], (CLASSES.get(word[at], ""),)), at + 1
        readings = [r + o for r in readings for o in options]
        if len(readings) > READINGS:
            readings = readings[:READINGS]
    return frozenset(re.sub(r"(.)\1+", r"\1", r) or word[:2] for r in readings)
