"""Which words are names of countries, regions and cities, in any of their forms."""

from __future__ import annotations

import functools

from onrecord.knowledge import schema

ADJECTIVE_ENDINGS = ("ий", "ій", "ый", "ая", "ое", "ski", "cki")
VOWELS = "аеиоуяюєіїьэыaeiouyąęó"


@functools.cache
def _places(code: str) -> dict[str, list[tuple[str, ...]]]:
    """Names of countries, regions and cities in the language, by their first three letters."""
    by_start: dict[str, list[tuple[str, ...]]] = {}
    for name in schema.load(code).places:
        words = tuple(w.casefold() for w in name.replace("(", " ").replace(")", " ").split() if w[0].isalpha())
        if words and len(words[0]) > 2:
            by_start.setdefault(words[0][:3], []).append(words)
    return by_start


def _form_of(fold: str, nominative: str) -> bool:
    """Whether a word may be a form of a place's name: all but the ending agree."""
    if fold == nominative:
        return True
    kept = max(3, len(nominative) - (2 if nominative.endswith(ADJECTIVE_ENDINGS) else 1 if nominative[-1] in VOWELS else 0))
    return abs(len(fold) - len(nominative)) <= 3 and fold[:kept] == nominative[:kept] and len(nominative) > 3


@functools.lru_cache(maxsize=50_000)
def _matches(fold: str, code: str) -> tuple[tuple[str, ...], ...]:
    return tuple(w for w in _places(code).get(fold[:3], ()) if _form_of(fold, w[0]))


def place_length(folds: list[str], i: int, last: int, code: str) -> int:
    """How many words from here on are a place's name; 0 where none begins."""
    best = 0
    for words in _matches(folds[i], code):
        n = len(words)
        if n > best and i + n <= last and all(_form_of(folds[i + k], words[k]) for k in range(1, n)):
            best = n
    return best


def is_place(fold: str, code: str) -> bool:
    """Whether the word alone may be a form of a place's name."""
    return any(len(w) == 1 for w in _matches(fold, code))
