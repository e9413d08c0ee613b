"""Statements that report the same words: what they are met by (keys) and how alike they are (score).

The first likeness is a comparison of what two renderings must share if they are of the same words: roots by stem in one language and by
sound across languages, numbers, names. It works inside a language and among related languages; between, say, Bulgarian and English
it sees names, numbers and learned words alone, and misses most pairs. `Settings.likeness` puts a better one in its place.
"""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from onrecord.knowledge.romanise import romanise, sounds
from onrecord.knowledge.words import stem, words
from onrecord.records import Kind, Statement, digest

THRESHOLD = 0.34  # mean score inside an utterance, with `likeness` below
SAME_WORDS = 0.8  # likeness from which two statements are the same words although their articles tell different stories
REACH_DAYS = 2  # between the days on which the same words are said to have been said
LATER_DAYS = 366  # how long after the first report its words are still repeated in other stories
COPY_KEYS = 3
SHINGLE_WORDS = 3
SHORTEST_SOUND = 2  # consonants; a root with fewer says nothing
FEWEST_ROOTS = 2  # roots that two renderings must share, but for the shortest statements
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
PRIOR_STATEMENTS = 20  # how many statements a small story is taken to hold
OTHER_FIGURES = 0.7  # what a likeness is worth where both name figures and none is the same: an outlet may have it wrong
ACROSS = 1.6  # two languages, even related ones, share fewer roots: the same words score about two thirds of what they do in one
SAME_KIND = 0.03  # what it adds that both are quoted, or both paraphrased
SAME_PLACE = 0.05  # what it adds that both stand at the same point of their articles


class Said(msgspec.Struct, frozen=True):
    """A statement as far as utterances are told apart by it. `place` runs from 0, the top of its article, to 1."""

    id: str
    article: str
    language: str
    words: str
    kind: Kind
    actor: str | None = None
    story: str | None = None
    said: str | None = None
    published: str | None = None
    place: float = 0.0
    figures: frozenset[str] = frozenset()
    copies: frozenset[str] = frozenset()


Score = Callable[[Said, Said], float]
Likeness = Callable[[Sequence[Said]], Score]
"""Given all the statements that will be compared, a function that says how alike two of them are, 0 to 1.

A replacement brings its values to the same scale: what is as likely as not the same words lies at THRESHOLD, what is literally the same
above SAME_WORDS. It is given the statements of a story at once, so that an encoder can read them as one batch."""


def said(
    statement: Statement,
    content: str,
    *,
    article: str,
    length: int,
    language: str,
    published: str | None,
    actor: str | None,
    story: str | None,
) -> Said:
    """A statement with these words, of an article of this length (in characters), as it is compared."""
    found = words(content)
    shingles = {digest(*found[at : at + SHINGLE_WORDS]) for at in range(len(found) - SHINGLE_WORDS)}
    figures = {f"{figure.value:g} {figure.unit}" for figure in statement.figures} | set(NUMBER.findall(content))
    return Said(
        id=statement.id, article=article, language=language, words=content, kind=statement.kind, actor=actor, story=story,
        said=statement.said, published=published, place=statement.content[0][0] / max(1, length) if statement.content else 0.0,
        figures=frozenset(figures), copies=frozenset(sorted(shingles)[:COPY_KEYS]),
    )  # fmt: skip


def keys(item: Said) -> frozenset[str]:
    """Its story, and three shingles by which the same words are met in other stories."""
    return frozenset({f"copy {shingle}" for shingle in item.copies} | ({f"story {item.story}"} if item.story else set()))


def score(one: Said, other: Said, likeness: Score) -> float:
    """0 to 1: how surely two statements report the same words. 0 where another speaker or another day rules it out."""
    if one.actor is not None and other.actor is not None and one.actor != other.actor:
        return 0.0
    if not _days_agree(one, other):
        return 0.0
    alike = likeness(one, other)
    if one.story != other.story or one.story is None or one.article == other.article:
        return alike if alike >= SAME_WORDS else 0.0
    quoted = (one.kind == "indirect") == (other.kind == "indirect")
    return min(1.0, alike + (SAME_KIND * quoted + SAME_PLACE * (1 - abs(one.place - other.place))) * (alike > 0))


def likeness(items: Sequence[Said]) -> Score:
    """How much of what the rarer words of two statements say is common to both; rare is what few of `items` have."""
    roots = {item.id: _roots(item) for item in items}
    counts = Counter(root for found in roots.values() for root in found)
    weights = {root: math.log((len(items) + PRIOR_STATEMENTS) / (count + 0.5)) for root, count in counts.items()}
    stems = {item.id: frozenset(map(stem, words(item.words))) for item in items}

    def alike(one: Said, other: Said) -> float:
        if stems[one.id] == stems[other.id]:
            return 1.0
        mine, theirs = roots[one.id], roots[other.id]
        shared = mine & theirs
        if len(shared) < min(FEWEST_ROOTS, len(mine), len(theirs)):
            return 0.0
        common = sum(weights[root] for root in shared)
        found = common / math.sqrt(sum(weights[root] for root in mine) * sum(weights[root] for root in theirs)) if common else 0.0
        if one.figures and other.figures and not one.figures & other.figures:
            found *= OTHER_FIGURES
        return found if one.language == other.language else min(1.0, found * ACROSS)

    return alike


def _roots(item: Said) -> frozenset[str]:
    """Sounds of the stems, and the numbers: what is common to renderings in related languages."""
    found = (min(sounds(romanise(stem(word))), key=lambda sound: (len(sound), sound)) for word in words(item.words) if not word.isdigit())
    return frozenset(sound for sound in found if len(sound) >= SHORTEST_SOUND) | item.figures


def _days_agree(one: Said, other: Said) -> bool:
    """Whether two statements can be of one day: by when they were said where both tell, else by when they were published."""
    mine, theirs = _day(one.said), _day(other.said)
    if mine is not None and theirs is not None:
        return abs(mine - theirs) <= REACH_DAYS
    told, retold = _day(one.published), _day(other.published)
    if told is None or retold is None:
        return True
    same_story = one.story == other.story and one.story is not None
    return same_story or abs(told - retold) <= LATER_DAYS


def _day(value: str | None) -> int | None:
    try:
        return datetime.date.fromisoformat((value or "")[:10]).toordinal()
    except ValueError:  # none, or without a full day
        return None
