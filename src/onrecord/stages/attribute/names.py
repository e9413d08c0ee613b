"""Forms of names: which two can be one name, and what a name is in the nominative."""

from __future__ import annotations

import functools
import unicodedata

from onrecord.knowledge.lexicon import Lexicon
from onrecord.knowledge.words import without_apostrophe
from onrecord.records import Gender

LONGEST_ENDING = 3  # letters of an ending


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


def plain_surface(surface: str) -> str:
    """A wording without a possessive ending, and with capitals where it has none."""
    surface = " ".join(surface.split())
    for mark in ("'s", "’s"):
        surface = surface.removesuffix(mark)
    return surface if any(c.isupper() for c in surface) else surface.title()
