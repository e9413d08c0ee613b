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
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.knowledge.romanise import romanise, sounds
from onrecord.knowledge.words import related, shingles, stem, words
from onrecord.records import Kind, Statement, Where

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
DIGITS = 5  # of a score: beyond them, the order in which numbers were added shows
PART = 0.6  # of the length of the fullest report: a shorter one leaves something out

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


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
    figures = {f"{figure.value:g}" for figure in statement.figures} | {number.replace(",", ".") for number in NUMBER.findall(content)}
    return Said(
        id=statement.id, article=article, language=language, words=content, kind=statement.kind, where=statement.where, actor=actor,
        vague=vague, body=body, story=story, said=statement.said, published=published,
        place=statement.content[0][0] / max(1, length) if statement.content else 0.0,
        figures=frozenset(figures),
    )  # fmt: skip


def keys(item: Said) -> frozenset[str]:
    """Three shingles by which the same words are met in other stories."""
    return frozenset(f"copy {shingle}" for shingle in shingles(words(item.words)[:-1], SHINGLE_WORDS, COPY_KEYS))


def repeats(content: str, others: Iterable[Said]) -> bool:
    """Whether words of another story may be those of one of these statements, as far as words alone tell."""
    mine = _stems(content)
    for other in others:
        theirs = _stems(other.words)
        fewer = min(len(mine), len(theirs))
        if fewer >= FEWEST_WORDS and len(mine & theirs) >= SAME_WORDS * fewer:
            return True
    return False


def scores(items: Sequence[Said], vectors: Floats, weights: Evidence) -> dict[tuple[int, int], float]:
    """How surely each two of these statements report the same words, 0 to 1, by their places in `items`; none where they cannot.

    `vectors` [item, hidden] tell what each means; a row of zeros tells nothing.
    """
    plain, pairs, found = evidence(items, vectors)
    sure = 1 / (1 + np.exp(-(found * np.array(weights)).sum(axis=1)))
    plain[tuple(pairs)] = np.where(sure >= PLAUSIBLE, sure.round(DIGITS), -math.inf)
    one, other = np.nonzero(plain > -math.inf)
    return dict(zip(zip(one.tolist(), other.tolist(), strict=True), plain[one, other].tolist(), strict=True))


def evidence(items: Sequence[Said], vectors: Floats) -> tuple[Doubles, Places, Doubles]:
    """How sure it is of each two statements, [item, item], where it is plain: -inf where they cannot be one, and below the diagonal; else
    the places [2, pair] of those that are to be weighed, and the evidence for and against each, [pair, piece] in the order of `Evidence`.

    Of two statements that stand outside, that was said when the later of them came, and is not asked again.
    """
    plain = _plain(items)
    pairs = np.array(np.nonzero(np.isnan(plain)))
    inside = [n for n, item in enumerate(items) if item.outside is None]
    if not pairs.size:
        return plain, pairs, np.zeros((0, len(Evidence._fields)))
    return plain, pairs, _weighable([items[n] for n in inside], vectors[inside], np.searchsorted(inside, pairs))


def part(item: Said, group: Sequence[Said]) -> bool:
    """Whether a report leaves out a part of what the fullest of its utterance says: by its length, so wrong where one is terse."""
    fullest = max(len(other.words) for other in group)
    return len(item.words) <= PART * fullest


def _plain(items: Sequence[Said]) -> Doubles:
    """How sure it is that two statements are the same words, where it is plain: -inf where they cannot be; else not a number."""
    language, article, where, story, actor, outside = (
        _numbers([getattr(item, field) for item in items]) for field in ("language", "article", "where", "story", "actor", "outside")
    )
    stems = _incidence([_stems(item.words) for item in items])
    sizes, shared = stems.sum(axis=1), stems @ stems.T
    fewer = np.minimum(sizes[:, None], sizes[None])
    literal = _equal(language) & (fewer >= FEWEST_WORDS) & (shared >= SAME_WORDS * fewer.astype(float))
    said = np.array([bool(item.words) for item in items], bool)
    same = (shared == sizes[:, None]) & (shared == sizes[None]) & said[:, None]
    told = _equal(story) & (story >= 0)
    found = np.where(literal, 1.0, np.where(told, math.nan, -math.inf))
    own = _equal(article)
    found = np.where(own, np.where(_equal(where), np.where(same, 1.0, -math.inf), np.where(literal, 1.0, math.nan)), found)
    found[~_speakers_agree(items, actor, language) | ~_days_agree(items, told)] = -math.inf
    beyond = outside >= 0
    found = np.where(beyond[:, None] & beyond[None], np.where(_equal(outside), 1.0, -math.inf), found)
    found[np.tril_indices(len(items))] = -math.inf
    return found


def _weighable(items: Sequence[Said], vectors: Floats, pairs: Places) -> Doubles:
    """The evidence for and against pairs of statements of one story, [pair, piece] in the order of `Evidence`."""
    one, other = pairs
    exact = vectors.astype(float)  # products of half-precision numbers are added exactly in double precision, in whatever order
    cosines = exact @ exact.T
    article = _numbers([item.article for item in items])
    usual = _usual(cosines, article)
    own = article[one] == article[other]
    figures = _incidence([item.figures for item in items])
    given, agree = figures.sum(axis=1) > 0, (figures @ figures.T)[one, other] > 0
    known = given[one] & given[other]
    languages, place = sorted({item.language for item in items}), np.array([item.place for item in items])
    at = np.array([languages.index(item.language) for item in items], int)
    kin = np.array([[related(mine, theirs) for theirs in languages] for mine in languages], bool).reshape(len(languages), len(languages))[at[one], at[other]]
    actor = _numbers([item.actor for item in items])
    pieces: dict[str, npt.ArrayLike] = dict(
        meaning=cosines[one, other], usual=usual[one] + usual[other],
        below=np.where(own, 0.0, np.minimum(0.0, cosines[one, other] - _likeliest(cosines, article)[one, other])),
        roots=np.where(kin, _roots_alike(items, at)[one, other], 0.0), kin=kin, agree=known & agree, disagree=known & ~agree,
        apart=np.where(own, 0.0, np.abs(place[one] - place[other])), vague=actor[one] != actor[other], bias=np.ones(len(one)),
    )  # fmt: skip
    return np.stack([np.asarray(pieces[piece], float) for piece in Evidence._fields], axis=1)


def _numbers(values: Sequence[str | None]) -> Places:
    """The same number for the same value, -1 for none."""
    known: dict[str | None, int] = {None: -1}
    return np.array([known.setdefault(value, len(known)) for value in values], np.int64)


def _equal(numbers: Places) -> Bools:
    found: Bools = numbers[:, None] == numbers[None]
    return found


def _incidence(sets: Sequence[frozenset[str]]) -> Floats:
    """1 where an item has a word, [item, word]; words in the order of their letters."""
    known = {word: n for n, word in enumerate(sorted(frozenset().union(*sets)))}
    found = np.zeros((len(sets), len(known)), np.float32)
    for n, words_ in enumerate(sets):
        found[n, [known[word] for word in words_]] = 1.0
    return found


def _likeliest(cosines: Doubles, article: Places) -> Doubles:
    """How near the likeliest other pair is that either statement makes with a statement of the other's article; 0 where there is nothing else."""
    found = np.zeros_like(cosines)
    for each in np.unique(article):
        columns = np.nonzero(article == each)[0]
        rest = cosines[:, columns]
        nearest = rest.argmax(axis=1)
        rows = np.arange(len(rest))
        first = rest[rows, nearest]
        rest[rows, nearest] = -1.0
        found[:, columns] = np.where(np.arange(len(columns)) == nearest[:, None], rest.max(axis=1)[:, None], first[:, None])
    return np.maximum(np.maximum(found, found.T), 0.0)


def _usual(cosines: Doubles, article: Places) -> Doubles:
    """Mean cosine of each to the nearest statements of other articles but the very nearest, which may be the same words."""
    elsewhere = np.sort(np.where(_equal(article), -math.inf, cosines), axis=1)[:, ::-1][:, 1 : 1 + NEIGHBOURS]
    there = elsewhere > -math.inf
    found: Doubles = (np.where(there, elsewhere, 0.0).sum(axis=1) + USUAL * PRIOR_NEIGHBOURS) / (there.sum(axis=1) + PRIOR_NEIGHBOURS)
    return found


def _roots_alike(items: Sequence[Said], language: Places) -> Doubles:
    """How much of what the rarer roots of two statements say is common to both, 0 to 1; the fewer have a root, the more it says."""
    has = _incidence([_roots(item.words) | item.figures for item in items])
    sizes, shared = has.sum(axis=1), has @ has.T
    weights = np.log((len(items) + PRIOR_STATEMENTS) / (has.sum(axis=0) + 0.5))
    common, says = (has * weights) @ has.T.astype(float), has @ weights
    lengths = np.sqrt(says[:, None] * says[None])
    enough = shared >= np.minimum(FEWEST_ROOTS, np.minimum(sizes[:, None], sizes[None]))
    found = np.where(enough & (lengths > 0), common / np.where(lengths > 0, lengths, 1.0), 0.0)
    return np.where(_equal(language), found, np.minimum(1.0, found * ACROSS))


@functools.lru_cache(maxsize=4096)  # 8 MB
def _stems(content: str) -> frozenset[str]:
    return frozenset(map(stem, words(content)))


@functools.lru_cache(maxsize=4096)
def _roots(content: str) -> frozenset[str]:
    """Sounds of the stems: what is common to renderings in related languages."""
    return frozenset(sound for word in _stems(content) if not word.isdigit() and len(sound := _sound(word)) >= SHORTEST_SOUND)


@functools.lru_cache(maxsize=32_768)
def _sound(word: str) -> str:
    return min(sounds(romanise(word)), key=lambda sound: (len(sound), sound))


def _speakers_agree(items: Sequence[Said], actor: Places, language: Places) -> Bools:
    """Whether each two statements can be one speaker's."""
    any_ = (actor < 0) | np.array([item.vague for item in items], bool)
    body = np.array([item.body for item in items], bool)
    found: Bools = _equal(actor) | any_[:, None] | any_[None] | (body[:, None] & body[None] & ~_equal(language))
    return found


def _days_agree(items: Sequence[Said], told: Bools) -> Bools:
    """Whether each two statements can be of one day: by when they were said where both tell, else by when they were published, unless one
    story tells them (`told`)."""
    said, published = (np.array([_day(getattr(item, field)) for item in items], float) for field in ("said", "published"))
    between, late = np.abs(said[:, None] - said[None]), np.abs(published[:, None] - published[None])
    found: Bools = np.where(np.isnan(between), told | np.isnan(late) | (late <= LATER_DAYS), between <= REACH_DAYS)
    return found


@functools.lru_cache(maxsize=4096)
def _day(value: str | None) -> float:
    try:
        return datetime.date.fromisoformat((value or "")[:10]).toordinal()
    except ValueError:  # none, or without a full day
        return math.nan
