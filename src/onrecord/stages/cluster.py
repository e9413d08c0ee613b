"""Articles that tell the same event: what they are met by (keys) and how alike they are (score).

Whole texts cannot tell stories of one person apart, so four things speak together: who and what is named, in any alphabet; the words,
by stem inside a language and by sound across languages (Slavic languages share most of their roots); figures; and the day. Wrong
where two reports across language families share only the best-known names.
"""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping

import msgspec

from onrecord.knowledge.romanise import name_words, romanise, sounds
from onrecord.knowledge.words import stem, words
from onrecord.records import ARTICLE_ROLES, Reading, digest

THRESHOLD = 0.30  # mean score inside a story; see `score`
REACH_DAYS = 2  # publication of two reports on one event
MOST_NAMES = 12  # names of an article that it is met by: the ones it opens with
COPY_KEYS = 4  # smallest shingle digests: two copies of a text that share nine tenths have one in common in 99 of 100 cases
SHINGLE_WORDS = 5
SHORTEST_SOUND = 3  # consonants; shorter sounds say nothing
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
YEARS = range(1900, 2101)
PRIOR_ARTICLES = 50  # how many articles a small store is taken to hold, so that three articles do not make every word rare
UNDATED = 0.6  # what a score is worth where one of the two pages gives no day


class Told(msgspec.Struct, frozen=True):
    """What an article tells, as far as stories are told apart by it; `day` counts days, None where the page gives none."""

    id: str
    language: str
    day: int | None
    names: tuple[str, ...]  # sounds of the words of names, in the order of the text
    stems: dict[str, int]
    sounds: dict[str, str]  # stem -> how it sounds
    figures: frozenset[str]
    copies: frozenset[str]


Weigh = Callable[[str], float]  # how much a stem says: the rarer, the more


def told(reading: Reading) -> Told:
    """What an article tells; junk blocks are left out."""
    article = reading.article
    text = "\n".join(article.text[block.start : block.end] for block in article.blocks if block.role in ARTICLE_ROLES)
    found = words(text)
    stems = Counter(stem(word) for word in found if not word.isdigit())
    names = (sound for mention in reading.mentions if mention.form == "name" for sound in _name_sounds(mention.name))
    shingles = (digest(*found[at : at + SHINGLE_WORDS]) for at in range(max(1, len(found) - SHINGLE_WORDS + 1)))
    return Told(
        id=article.id,
        language=article.language,
        day=_day(article.published),
        names=tuple(dict.fromkeys(names)),
        stems=dict(stems),
        sounds={known: sound for known in stems if len(sound := min(sounds(romanise(known)), key=len)) >= SHORTEST_SOUND},
        figures=frozenset(number for number in NUMBER.findall(text) if _telling(number)),
        copies=frozenset(sorted(set(shingles))[:COPY_KEYS]) if found else frozenset(),
    )


def keys(item: Told) -> frozenset[str]:
    """What an article is met by: each of its first names with the days around it, and four shingles that find copies on any day.

    Days are cut into overlapping windows, so that two articles that lie REACH_DAYS apart or less always share one.
    """
    step = REACH_DAYS + 1
    windows = ("",) if item.day is None else (str(item.day // step), str(item.day // step - 1))
    named = {f"name {sound} {window}" for sound in item.names[:MOST_NAMES] for window in windows}
    return frozenset(named | {f"copy {shingle}" for shingle in item.copies})


def score(one: Told, other: Told, weigh: Weigh) -> float:
    """0 to 1: how surely two articles tell the same event. 1 for copies; 0 where their days are too far apart."""
    if len(one.copies & other.copies) >= COPY_KEYS - 1:
        return 1.0
    dated = one.day is not None and other.day is not None
    if dated and abs((one.day or 0) - (other.day or 0)) > REACH_DAYS:
        return 0.0
    text = _cosine(*_vectors(one, other, weigh))
    names = _shared(frozenset(one.names), frozenset(other.names))
    figures = len(one.figures & other.figures) / max(1, min(len(one.figures), len(other.figures)))
    mixed = 0.6 * text + 0.25 * names + 0.15 * figures
    return mixed if dated else mixed * UNDATED


def weigher(held: int, counts: Mapping[str, int]) -> Weigh:
    """Inverse document frequency over `held` articles; `counts` says in how many of them a stem stands."""

    def weigh(known: str) -> float:
        return math.log((held + PRIOR_ARTICLES) / (counts.get(known, 0) + 0.5))

    return weigh


def _vectors(one: Told, other: Told, weigh: Weigh) -> tuple[dict[str, float], dict[str, float]]:
    """Both texts as weighted stems in one language, as weighted sounds across languages."""
    if one.language == other.language:
        return ({s: weigh(s) * (1 + math.log(n)) for s, n in item.stems.items()} for item in (one, other))  # type: ignore[return-value]
    return _by_sound(one, weigh), _by_sound(other, weigh)


def _by_sound(item: Told, weigh: Weigh) -> dict[str, float]:
    vector: dict[str, float] = {}
    for known, sound in item.sounds.items():
        vector[sound] = max(vector.get(sound, 0.0), weigh(known) * (1 + math.log(item.stems[known])))
    return vector


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    shared = sum(one[key] * other[key] for key in one.keys() & other.keys())
    return shared / math.sqrt(_square(one) * _square(other)) if shared else 0.0


def _square(vector: dict[str, float]) -> float:
    return sum(value * value for value in vector.values())


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def _name_sounds(name: str) -> list[str]:
    return [min(sounds(word), key=lambda sound: (len(sound), sound)) for word in name_words(name) if len(word) > 1]


def _day(published: str | None) -> int | None:
    try:
        return datetime.date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:  # none, or without a full day
        return None


def _telling(number: str) -> bool:
    """Whether a number tells one event from another: no year, and more than one digit."""
    return len(number) > 1 and not (number.isdigit() and int(number) in YEARS)
