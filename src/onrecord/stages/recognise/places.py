"""Which words are names of countries, regions and cities, in any of their forms."""

from __future__ import annotations

import functools

from onrecord.knowledge import schema

ADJECTIVE_ENDINGS = ("ий", "ій", "ый", "ой", "ая", "яя", "ое", "ее", "ото", "ата", "ите", "ският", "ski", "cki", "ska", "cka", "skie", "ckie")
LAST = "аеиоуяюєіїьэыйёaeiouyąęó"  # letters that a form may change for an ending
CASES = (
    "а у ю я е є и і ї о й ь ом ем єм ям ам ах ях ами ями ові еві єві ою ею єю ій ої ого его ому ему им ім их іх ими ую юю ий ый ой "
    "ая яя ое ее ым ых ыми ов ев ів ей ы ию ия ие ии ием ият ия ото ата ите та то те ът ят ето "
    "a u y i e o ą ę ie om em ach ami owi ego emu ej ym im ych ich ii ji ją ię iej iego iemu imi ech zech s es"
)
SHIFTS = {"к": "ц", "г": "з", "ґ": "з", "х": "с", "k": "c", "g": "dz", "r": "rz", "t": "ci", "d": "dzi"}  # before an ending: Америка, Америці
OPENED = {"ів": "ов", "їв": "єв", "ов": "ов", "ów": "ow", "ець": "ц", "ec": "c", "ок": "к", "chy": "sz"}  # at the end of the nominative: Львів, Львова
SHORTEST = 3  # letters before an ending
ENDINGS = frozenset(CASES.split())


@functools.cache
def _places(code: str) -> dict[str, list[tuple[str, ...]]]:
    """Names of countries, regions and cities in the language, by their first three letters."""
    by_start: dict[str, list[tuple[str, ...]]] = {}
    for name in schema.load(code).places:
        words = tuple(w.casefold() for w in name.replace("(", " ").replace(")", " ").split() if w[0].isalpha())
        if words and len(words[0]) > 1:
            for start in {form[:SHORTEST] for form in (words[0], *_stems(words[0]))}:
                by_start.setdefault(start, []).append(words)
    return by_start


@functools.lru_cache(maxsize=16_384)
def _stems(nominative: str) -> tuple[str, ...]:
    """What the forms of a word of a place's name begin with."""
    long = next((e for e in ADJECTIVE_ENDINGS if nominative.endswith(e)), "")
    bare = nominative[: len(nominative) - len(long)] if long else nominative.rstrip("ьй") if nominative[-1] in "ьй" else nominative
    if not long and bare == nominative and bare[-1] in LAST:
        bare = bare[:-1]
    stems = [bare] if len(bare) >= SHORTEST else []
    if bare[-1:] in SHIFTS and len(bare) > SHORTEST:
        stems.append(bare[:-1] + SHIFTS[bare[-1]])
    stems += [nominative[: len(nominative) - len(e)] + o for e, o in OPENED.items() if nominative.endswith(e) and len(nominative) > len(e) + 1]
    return tuple(stems)


def _form_of(fold: str, nominative: str) -> bool:
    """Whether a word may be a form of a place's name: all but an ending agree."""
    if fold == nominative:
        return True
    if len(fold) <= SHORTEST or len(nominative) < SHORTEST or abs(len(fold) - len(nominative)) > SHORTEST:
        return False
    return any(fold.startswith(stem) and fold[len(stem) :] in ENDINGS for stem in _stems(nominative))


@functools.lru_cache(maxsize=16_384)
def _matches(fold: str, code: str) -> tuple[tuple[str, ...], ...]:
    return tuple(w for w in _places(code).get(fold[:SHORTEST], ()) if _form_of(fold, w[0]))


def place_length(folds: list[str], i: int, last: int, code: str) -> int:
    """How many words from here on are a place's name; 0 where none begins."""
    best = 0
    for words in _matches(folds[i], code):
        n = len(words)
        if n > best and i + n <= last and all(_form_of(folds[i + k], words[k]) for k in range(1, n)):
            best = n
    return best


def is_oblique_place(folds: list[str], first: int, last: int, code: str) -> bool:
    """Whether the words are a place's name in another case than the nominative, and in no other place's nominative."""
    words = tuple(folds[first:last])
    known = [w for w in _matches(folds[first], code) if len(w) == len(words)]
    return bool(known) and words not in known


def nominative_place(folds: list[str], first: int, last: int, code: str) -> str | None:
    """The nominative of the one place whose name the words are a form of; None where they may be of several."""
    known = {w for w in _matches(folds[first], code) if len(w) == last - first and all(_form_of(folds[first + k], w[k]) for k in range(1, len(w)))}
    return _spelled(code).get(next(iter(known))) if len(known) == 1 else None


@functools.cache
def _spelled(code: str) -> dict[tuple[str, ...], str]:
    """The names of places as they are written, by their words."""
    return {tuple(name.casefold().split()): name for name in schema.load(code).places}


def is_place(fold: str, code: str) -> bool:
    """Whether the word alone may be a form of a place's name."""
    return any(len(w) == 1 for w in _matches(fold, code))
