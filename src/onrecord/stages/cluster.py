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

from onrecord.knowledge.romanise import romanise, sounds
from onrecord.knowledge.words import stem, words
from onrecord.records import ARTICLE_ROLES, Reading, digest

THRESHOLD = 0.58  # mean score inside a story; other events of one person reached 0.55, one event told in two languages 0.66 to 0.96
REACH_DAYS = 2  # publication of two reports on one event
MOST_NAMES = 12  # names of an article that it is met by: the ones it opens with
COPY_KEYS = 4  # smallest shingle digests: two copies of a text that share nine tenths have one in common in 99 of 100 cases
SHINGLE_WORDS = 5
SHORTEST_SOUND = 3  # consonants; shorter sounds say nothing
SHORTEST_FAR_SOUND = 4  # the same between languages that share only names and learned words
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
YEARS = range(1900, 2101)
PRIOR_ARTICLES = 10  # how many articles a small store is taken to hold, so that three articles do not make every word rare
UNDATED = 0.7  # what a score is worth where one of the two pages gives no day
SHORTEST_WORD = 4  # letters of a stem; shorter ones are mostly grammar
SLAVIC = frozenset({"uk", "ru", "be", "bg", "mk", "sr", "pl", "cs", "sk", "sl", "hr"})
ROMANCE = frozenset({"fr", "es", "it", "pt", "ro", "ca"})
SAME_EVENT = 0.45  # cosine that two reports of one event have in one language; other events of one person 0.24 at most
SAME_EVENT_KIN = 0.18  # the same between related languages (0.15 at most)
SAME_EVENT_FAR = 0.15  # the same between others, which share only names and learned words
FEWEST_NAMES = 2  # words of names that articles in two languages must share
UNNAMED = 0.6  # what a score across languages is worth where they share fewer
READINGS = 3  # ways to say a name that it is met by


class Told(msgspec.Struct, frozen=True):
    """What an article tells, as far as stories are told apart by it; `day` counts days, None where the page gives none."""

    id: str
    language: str
    day: int | None
    names: tuple[tuple[str, ...], ...]  # how each word of a name may sound, in the order of the text
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
    names = (_readings(stem(word)) for mention in reading.mentions if mention.form == "name" for word in words(mention.name) if len(word) > 1)
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
    named = {f"name {sound} {window}" for name in item.names[:MOST_NAMES] for sound in name[:READINGS] for window in windows}
    return frozenset(named | {f"copy {shingle}" for shingle in item.copies})


class Vector(msgspec.Struct, frozen=True):
    """What a text says, weighted, and its length."""

    weights: dict[str, float]
    length: float


class Weighed(msgspec.Struct, frozen=True):
    """What an article tells, weighted once for all comparisons: by stem, and by sound for related and for other languages."""

    told: Told
    stems: Vector
    kin: Vector
    far: Vector


def weighed(item: Told, weigh: Weigh) -> Weighed:
    """An article ready to be compared. `weigh` says how much a stem says: the rarer, the more."""
    stems = {stem: weigh(stem) * (1 + math.log(count)) for stem, count in item.stems.items()}
    return Weighed(
        item,
        _vector({stem: weight for stem, weight in stems.items() if weight}),
        _vector(_by_sound(item, stems, SHORTEST_SOUND)),
        _vector(_by_sound(item, stems, SHORTEST_FAR_SOUND)),
    )


def score(one: Weighed, other: Weighed) -> float:
    """0 to 1: how surely two articles tell the same event. 1 for copies; 0 where their days are too far apart."""
    mine, theirs = one.told, other.told
    if len(mine.copies & theirs.copies) >= COPY_KEYS - 1:
        return 1.0
    dated = mine.day is not None and theirs.day is not None
    if dated and abs((mine.day or 0) - (theirs.day or 0)) > REACH_DAYS:
        return 0.0
    names = _shared(mine.names, theirs.names)
    figures = len(mine.figures & theirs.figures) / max(1, min(len(mine.figures), len(theirs.figures)))
    mixed = 0.6 * _texts_alike(one, other) + 0.25 * names + 0.15 * figures
    if mine.language != theirs.language and _met(mine.names, theirs.names) < FEWEST_NAMES:
        mixed *= UNNAMED
    return mixed if dated else mixed * UNDATED


def weigher(held: int, counts: Mapping[str, int]) -> Weigh:
    """Inverse document frequency over `held` articles; `counts` says in how many of them a stem stands."""

    def weigh(known: str) -> float:
        return math.log((held + PRIOR_ARTICLES) / (counts.get(known, 0) + 0.5)) if len(known) >= SHORTEST_WORD else 0.0

    return weigh


def _texts_alike(one: Weighed, other: Weighed) -> float:
    """0 to 1: the cosine of two texts as a share of what two reports of one event have in these languages."""
    mine, theirs = one.told.language, other.told.language
    if mine == theirs:
        return min(1.0, _cosine(one.stems, other.stems) / SAME_EVENT)
    if _kin(mine, theirs):
        return min(1.0, _cosine(one.kin, other.kin) / SAME_EVENT_KIN)
    return min(1.0, _cosine(one.far, other.far) / SAME_EVENT_FAR)


def _by_sound(item: Told, weights: Mapping[str, float], shortest: int) -> dict[str, float]:
    """The weights of stems by how they sound, the heaviest of each sound."""
    vector: dict[str, float] = {}
    for known, sound in item.sounds.items():
        if len(sound) >= shortest and weights[known] > vector.get(sound, 0.0):
            vector[sound] = weights[known]
    return vector


def _vector(weights: dict[str, float]) -> Vector:
    return Vector(weights, math.sqrt(sum(weight * weight for weight in weights.values())))


def _cosine(one: Vector, other: Vector) -> float:
    shared = one.weights.keys() & other.weights.keys()
    return sum(one.weights[key] * other.weights[key] for key in shared) / (one.length * other.length) if shared else 0.0


def _kin(one: str, other: str) -> bool:
    return {one, other} <= SLAVIC or {one, other} <= ROMANCE


def _shared(one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]) -> float:
    """The share of name words that both have, by any way to say them (geometric mean of both shares)."""
    if not one or not other:
        return 0.0
    return math.sqrt(_met(one, other) / len(one) * _met(other, one) / len(other))


def _met(one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]) -> int:
    """How many name words of one article stand in another, too."""
    sounded = {sound for name in other for sound in name}
    return sum(not sounded.isdisjoint(name) for name in one)


def _readings(word: str) -> tuple[str, ...]:
    """How a stem may sound, shortest first, without readings of one consonant where there are longer ones."""
    found = sorted(sounds(romanise(word)), key=lambda sound: (len(sound), sound))
    return tuple(sound for sound in found if len(sound) > 1) or tuple(found)


def _day(published: str | None) -> int | None:
    try:
        return datetime.date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:  # none, or without a full day
        return None


def _telling(number: str) -> bool:
    """Whether a number tells one event from another: no year, and more than one digit."""
    return len(number) > 1 and not (number.isdigit() and int(number) in YEARS)
