"""Forms of names: which two can be one name, and what a name is in the nominative."""

from __future__ import annotations

import functools
import unicodedata

from onrecord.knowledge.lexicon import Lexicon
from onrecord.knowledge.words import without_apostrophe
from onrecord.records import Gender

LONGEST_ENDING = 3  # letters of an ending
INITIALS = 2  # letters: "Дж", "JR"
ROMAN = frozenset("IVXІХ")


def forms_match(one: str, other: str, endings: tuple[str, ...] = ()) -> bool:
    """Whether two words can be forms of one name: equal but for a short ending."""
    if one == other or (one := without_apostrophe(one)) == (other := without_apostrophe(other)):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or len(long) - len(short) > LONGEST_ENDING or not (short[-1].isalpha() and long[-1].isalpha()):
        return False
    shared = 0
    for a, b in zip(short, long, strict=False):
        if a != b:
            break
        shared += 1
    cyrillic = "\u0400" <= long[-1] <= "\u04ff"
    if endings and shared >= max(3, len(short) - 2) and short[shared:] in ("", *endings) and long[shared:] in ("", *endings):
        return True
    return shared >= max(3, len(short) - (2 if cyrillic else 0)) and (cyrillic or long[shared:] in ("", "s", "'s", "a", "em", "om", "ie", "u", "owi", "iem"))


@functools.lru_cache(maxsize=10_000)
def name_tokens(surface: str) -> tuple[str, ...]:
    """Folded tokens of a name without initials' dots and possessive endings."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", surface) if not unicodedata.combining(c)) if surface[:1] < "\u0250" else surface
    tokens = plain.lower().replace("’", "'").replace("ʼ", "'").replace(".", " ").split()
    return tuple(t.removesuffix("'s") for t in tokens if t.strip("'"))


def nominative_surname(surname: str, gender: Gender | None, lex: Lexicon) -> str:
    """A surname in an oblique case brought to the nominative by its ending; untouched where no ending is known."""
    for ending, nominative in sorted(lex.speech.surname_endings.items(), key=lambda e: -len(e[0])):
        if surname.lower().endswith(ending) and len(surname) - len(ending) >= 2:
            if gender == "f" and not nominative.endswith(("а", "a")):
                continue
            if gender == "m" and nominative.endswith(("ська", "цька")):
                continue
            return surname[: len(surname) - len(ending)] + nominative
    return surname


def is_oblique(surface: str, name: str, lex: Lexicon) -> bool:
    """Whether a wording of a person's name shows an oblique case: by its ending, by its given name, or beside the name in the nominative."""
    words, known = plain_surface(surface).lower().split(), name.lower().split()
    if not words or not lex.cased:
        return False
    given = words[0] in lex.given and words[0] not in lex.nominative_given
    if len(known) > 1 and known[0] not in lex.given:
        given = given or any(words[0] == known[0].removesuffix(n) + e for e, n in lex.speech.given_endings_f.items() if n and known[0].endswith(n))
    longer = bool(known) and len(words[-1]) > len(known[-1]) and forms_match(words[-1], known[-1], lex.speech.name_endings)
    return given or longer or any(word.endswith(lex.speech.oblique_name_endings or ("\n",)) for word in words)


def plain_surface(surface: str) -> str:
    """A wording without a possessive ending, and with capitals where it has none."""
    surface = " ".join(surface.split())
    for mark in ("'s", "’s"):
        surface = surface.removesuffix(mark)
    return surface if any(c.isupper() for c in surface) else surface.title()


def without_capitals(name: str) -> str:
    """A person's name as it is written where nothing is in capitals: "Марк ГАЛАН" -> "Марк Галан"; initials and numbers stay."""
    return " ".join(word.title() if word.isupper() and len(word) > INITIALS and not set(word) <= ROMAN else word for word in name.split())
