"""Statements that report the same words: what they are met by (keys) and how alike they are (score).

Inside a story six things speak: what the words mean, as vectors; how much that is more than what else is said in the story, for statements of
one man on one matter are all alike (the margin of Artetxe and Schwenk 2019, arXiv 1811.01136); whether another statement of either article is
likelier; roots in common, by stem and by sound; figures; and where in its article each stands. Across stories only words that are literally
the same are one utterance.
"""

from __future__ import annotations

import datetime
import functools
import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.knowledge.romanise import romanise, sounds
from onrecord.knowledge.words import related, stem, words
from onrecord.records import Kind, Statement, Where, digest

THRESHOLD = 0.6  # mean score inside an utterance: as likely as not the same words
PLAUSIBLE = 0.1  # of every pair in an utterance: below it, two statements are never of one, whatever stands between them
REACH_DAYS = 2  # between the days on which the same words are said to have been said
LATER_DAYS = 366  # how long after the first report its words are still repeated in other stories
COPY_KEYS = 3
SHINGLE_WORDS = 3
SHORTEST_SOUND = 2  # consonants; a root with fewer says nothing
FEWEST_ROOTS = 2  # roots that two renderings must share, but for the shortest statements
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
PRIOR_STATEMENTS = 20  # how many statements a small story is taken to hold
ACROSS = 1.6  # two languages, even related ones, share fewer roots: the same words score about two thirds of what they do in one
SAME_WORDS = 0.9  # of the stems of a statement that stand in another: its words, or a part of them
FEWEST_WORDS = 4  # stems of a statement that can be told by its words alone
NEIGHBOURS = 5  # next-best statements of other articles that a likeness is measured against
USUAL, PRIOR_NEIGHBOURS = 0.3, 3  # cosine to other statements of a story, and how many of that a small story is taken to hold
PART = 0.6  # of the length of the fullest report: a shorter one leaves something out

Floats = npt.NDArray[np.float32]


class Said(msgspec.Struct, frozen=True):
    """A statement as far as utterances are told apart by it. `place` runs from 0, the top of its article, to 1.

    `vague`: its speaker is named by an office or as a group, or not at all. `body`: its speaker is no person; names of bodies are translated.
    `outside`: the utterance of a statement of another story, which is only held against what is new.
    """

    id: str
    article: str
    language: str
    words: str
    kind: Kind
    where: Where = "body"
    actor: str | None = None
    vague: bool = False
    body: bool = False
    story: str | None = None
    said: str | None = None
    published: str | None = None
    place: float = 0.0
    figures: frozenset[str] = frozenset()
    copies: frozenset[str] = frozenset()
    outside: str | None = None


class Evidence(NamedTuple):
    """What speaks for and against two statements being the same words; as weights, what each piece counts, in logits."""

    meaning: float  # cosine
    usual: float  # of the usual cosine of both to the rest of the story
    below: float  # cosine less that to the likeliest other statement of either article, where that one is the likelier
    roots: float  # share of roots in common, in one language and related ones
    kin: float  # one language or related ones: there, unlike statements are nearer to each other, too
    agree: float  # a figure in common
    disagree: float  # figures, none in common: an outlet may have it wrong
    apart: float  # places in their articles
    vague: float  # two speakers that may or may not be the same, one of them an office or a group
    bias: float = 1.0


# Fitted by `benchmarks/fit_links.py` on the first and the third file of `tests/stories`.
FULL = Evidence(meaning=13.5, usual=-0.4, below=8.7, roots=7.1, kin=-1.8, agree=0.4, disagree=-2.7, apart=-7.8, vague=-0.6, bias=-3.7)
CHEAP = Evidence(meaning=12.6, usual=-2.9, below=8.6, roots=6.4, kin=-1.2, agree=2.3, disagree=-3.9, apart=-7.7, vague=-2.1, bias=-0.4)


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
    vague: bool = False,
    body: bool = False,
) -> Said:
    """A statement with these words, of an article of this length (in characters), as it is compared."""
    found = words(content)
    shingles = {digest(*found[at : at + SHINGLE_WORDS]) for at in range(len(found) - SHINGLE_WORDS)}
    figures = {f"{figure.value:g}" for figure in statement.figures} | {number.replace(",", ".") for number in NUMBER.findall(content)}
    return Said(
        id=statement.id, article=article, language=language, words=content, kind=statement.kind, where=statement.where, actor=actor,
        vague=vague, body=body, story=story, said=statement.said, published=published,
        place=statement.content[0][0] / max(1, length) if statement.content else 0.0,
        figures=frozenset(figures), copies=frozenset(sorted(shingles)[:COPY_KEYS]),
    )  # fmt: skip


def keys(item: Said) -> frozenset[str]:
    """Three shingles by which the same words are met in other stories."""
    return frozenset(f"copy {shingle}" for shingle in item.copies)


def scores(items: Sequence[Said], vectors: Floats, weights: Evidence) -> dict[tuple[int, int], float]:
    """How surely each two of these statements report the same words, 0 to 1, by their places in `items`; none where they cannot.

    `vectors` [item, hidden] tell what each means; a row of zeros tells nothing.
    """
    sure = {pair: _sure(found, weights) if isinstance(found, Evidence) else found for pair, found in evidence(items, vectors).items()}
    return {pair: found for pair, found in sure.items() if found > -math.inf}


def evidence(items: Sequence[Said], vectors: Floats) -> dict[tuple[int, int], Evidence | float]:
    """What there is for and against each two statements, or how sure it is where nothing need be weighed; none where they cannot be one.

    Of two statements that stand outside, in two utterances, that was said when the later of them came, and is not asked again.
    """
    if not items:
        return {}
    cosines: Floats = vectors @ vectors.T
    usual = [_usual(cosines[n], [other.article != item.article for other in items]) for n, item in enumerate(items)]
    rivals, roots = _Rivals(items, cosines), _Roots(items)
    found: dict[tuple[int, int], Evidence | float] = {}
    for n, one in enumerate(items):
        for m in range(n + 1, len(items)):
            other = items[m]
            if one.outside is not None and other.outside is not None and one.outside != other.outside:
                continue
            if (plain := _plain(one, other, roots)) is not None:
                if plain > -math.inf:
                    found[n, m] = plain
                continue
            cosine = float(cosines[n, m])
            kin, own = related(one.language, other.language), one.article == other.article
            known, shared = bool(one.figures and other.figures), bool(one.figures & other.figures)
            found[n, m] = Evidence(
                meaning=cosine, usual=usual[n] + usual[m], below=0.0 if own else min(0.0, cosine - rivals.likeliest(n, m)),
                roots=roots.alike(one, other) if kin else 0.0, kin=float(kin), agree=float(known and shared),
                disagree=float(known and not shared), apart=0.0 if own else abs(one.place - other.place), vague=float(one.actor != other.actor),
            )  # fmt: skip
    return found


def part(item: Said, group: Sequence[Said]) -> bool:
    """Whether a report leaves out a part of what the fullest of its utterance says: by its length, so wrong where one is terse."""
    fullest = max(len(other.words) for other in group)
    return len(item.words) <= PART * fullest


def _plain(one: Said, other: Said, roots: _Roots) -> float | None:
    """How sure it is that two statements are the same words, where it is plain: -inf where they cannot be; else None."""
    if not _speakers_agree(one, other) or not _days_agree(one, other):
        return -math.inf
    if one.article == other.article:
        if one.where == other.where:
            return 1.0 if roots.same(one, other) and one.words else -math.inf
        return 1.0 if roots.literal(one, other) else None
    if roots.literal(one, other):
        return 1.0
    return -math.inf if one.story != other.story or one.story is None else None


def _sure(found: Evidence, weights: Evidence) -> float:
    sure = 1 / (1 + math.exp(-sum(weight * value for weight, value in zip(weights, found, strict=True))))
    return sure if sure >= PLAUSIBLE else -math.inf


class _Rivals:
    """For a pair of statements, how near the likeliest other pair is that one of them makes with a statement of the other's article."""

    def __init__(self, items: Sequence[Said], cosines: Floats) -> None:
        places: dict[str, list[int]] = {}
        for n, item in enumerate(items):
            places.setdefault(item.article, []).append(n)
        self._articles = [item.article for item in items]
        self._best = {article: _two_best(cosines[:, columns], columns) for article, columns in places.items()}

    def likeliest(self, one: int, other: int) -> float:
        """The higher of what either has with the rest of the other's article; 0 where there is nothing else."""
        return max(self._but(one, other), self._but(other, one), 0.0)

    def _but(self, one: int, other: int) -> float:
        nearest, first, second = self._best[self._articles[other]]
        return float(second[one] if nearest[one] == other else first[one])


def _two_best(cosines: Floats, columns: list[int]) -> tuple[npt.NDArray[np.int64], Floats, Floats]:
    """For each row, the column that is nearest, how near it is, and how near the second is."""
    at = cosines.argmax(axis=1)
    first = cosines.max(axis=1)
    rest = cosines.copy()
    rest[np.arange(len(rest)), at] = -1.0
    return np.array(columns)[at], first, rest.max(axis=1)


class _Roots:
    """The stems and roots of statements, and how much each root says: the fewer have it, the more."""

    def __init__(self, items: Sequence[Said]) -> None:
        self._roots = {item.id: _roots(item) for item in items}
        counts = Counter(root for found in self._roots.values() for root in found)
        self._weights = {root: math.log((len(items) + PRIOR_STATEMENTS) / (count + 0.5)) for root, count in counts.items()}
        self._stems = {item.id: frozenset(map(stem, words(item.words))) for item in items}

    def same(self, one: Said, other: Said) -> bool:
        """Whether two statements are the same words."""
        return self._stems[one.id] == self._stems[other.id]

    def literal(self, one: Said, other: Said) -> bool:
        """Whether the words of one statement stand in the other, in one language."""
        mine, theirs = self._stems[one.id], self._stems[other.id]
        fewer = min(len(mine), len(theirs))
        return one.language == other.language and fewer >= FEWEST_WORDS and len(mine & theirs) >= SAME_WORDS * fewer

    def alike(self, one: Said, other: Said) -> float:
        """How much of what the rarer roots of two statements say is common to both, 0 to 1."""
        mine, theirs = self._roots[one.id], self._roots[other.id]
        shared = mine & theirs
        if len(shared) < min(FEWEST_ROOTS, len(mine), len(theirs)):
            return 0.0
        common = sum(self._weights[root] for root in sorted(shared))
        lengths = sum(self._weights[root] for root in sorted(mine)) * sum(self._weights[root] for root in sorted(theirs))
        found = common / math.sqrt(lengths) if lengths else 0.0
        return found if one.language == other.language else min(1.0, found * ACROSS)


def _roots(item: Said) -> frozenset[str]:
    """Sounds of the stems, and the numbers: what is common to renderings in related languages."""
    found = (min(sounds(romanise(stem(word))), key=lambda sound: (len(sound), sound)) for word in words(item.words) if not word.isdigit())
    return frozenset(sound for sound in found if len(sound) >= SHORTEST_SOUND) | item.figures


def _usual(row: Floats, elsewhere: list[bool]) -> float:
    """Mean cosine to the nearest statements of other articles but the very nearest, which may be the same words."""
    near = np.sort(row[np.array(elsewhere, bool)])[::-1][1 : 1 + NEIGHBOURS]
    return float(near.sum() + USUAL * PRIOR_NEIGHBOURS) / (len(near) + PRIOR_NEIGHBOURS)


def _speakers_agree(one: Said, other: Said) -> bool:
    """Whether two statements can be one speaker's."""
    if one.actor is None or other.actor is None or one.actor == other.actor or one.vague or other.vague:
        return True
    return one.body and other.body and one.language != other.language


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


@functools.lru_cache(maxsize=4096)
def _day(value: str | None) -> int | None:
    try:
        return datetime.date.fromisoformat((value or "")[:10]).toordinal()
    except ValueError:  # none, or without a full day
        return None
