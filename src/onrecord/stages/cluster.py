"""Articles that tell the same event: what they are met by (keys) and how alike they are (score).

Whole texts cannot tell stories of one person apart, so five things speak together: who and what is named, in any alphabet; what the
opening means, as a vector; the words; the figures; and the day. Everything is read off the two articles alone, never off the others that
are held: the same set of articles gives the same stories, whatever order it came in.
"""

from __future__ import annotations

import datetime
import functools
import math
import re
from collections.abc import Callable

import msgspec

from onrecord.knowledge.romanise import romanise, sounds
from onrecord.knowledge.words import WORD, fold, related, stem, words
from onrecord.records import ARTICLE_ROLES, Reading, digest

THRESHOLD = 0.5  # mean score inside a story: as likely as not the same event
NEAR = 0.1  # score from which a pair is kept: below it, two articles have nothing to do with each other
REACH_DAYS = 4  # publication of two reports that can be of one event
COPY_REACH_DAYS = 30  # the same text later than that is printed again, on another occasion
GIST_CHARS = 500  # headline and opening: what is read for its meaning
COPY_KEYS = 4  # of the smallest shingle digests: two copies of a text that share nine tenths have one in common in 99 of 100 cases
SKETCH = 24  # smallest shingle digests that are compared
COPY_SHARE = 0.7  # of the sketch: what an agency's text keeps when a credit or a paragraph changes
SHINGLE_WORDS = 5
SHORTEST_COPY = 12  # words; shorter texts are alike by chance
MOST_STEMS = 80  # weightiest stems that are compared
NAME_KEYS, STEM_KEYS, FIGURE_KEYS = 12, 8, 4  # of the rarest of each that an article is met by
FEWEST_KEYS = 2  # that two articles must share to be compared, but for copies
SHORTEST_SOUND = 2  # consonants of a name
SHORTEST_STEM = 4  # letters; shorter ones are mostly grammar
FULL_SOUND = 4  # consonants of a name that says who is meant by itself
READINGS = 3  # ways to say a name
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
YEARS = range(1900, 2101)


class Told(msgspec.Struct, frozen=True, array_like=True):
    """What an article tells, as far as stories are told apart by it; `day` counts days, None where the page gives none.

    `names`: for each word of a name how it may sound, and how much it says; `stems` and `roots`: how much each says, in this language and as it
    sounds in related ones. `text` is the digest of the words, `sketch` the smallest digests of its shingles.
    """

    id: str
    language: str
    day: int | None
    gist: str
    names: tuple[tuple[float, tuple[str, ...]], ...]
    stems: dict[str, float]
    roots: dict[str, float]
    figures: frozenset[str]
    text: str
    sketch: tuple[str, ...]

    def __hash__(self) -> int:
        return hash((self.id, self.text))


Weigh = Callable[[str], float]
"""How much a word says, 0 to 1: the rarer in general, the more."""


def told(reading: Reading, weigh: Weigh) -> Told:
    """What an article tells; junk blocks are left out."""
    article = reading.article
    text = "\n".join(article.text[block.start : block.end] for block in article.blocks if block.role in ARTICLE_ROLES)
    found = words(text)
    said = {word for word in found if len(stem(word)) >= SHORTEST_STEM and not word.isdigit()}
    weights = sorted(((weigh(word), stem(word)) for word in said), reverse=True)[:MOST_STEMS]
    shingles = {digest(*found[at : at + SHINGLE_WORDS]) for at in range(max(1, len(found) - SHINGLE_WORDS + 1))}
    return Told(
        id=article.id,
        language=article.language,
        day=_day(article.published),
        gist=gist(text),
        names=_names(reading, weigh),
        stems={known: round(weight, 2) for weight, known in reversed(weights)},
        roots={_sound(known): round(weight, 2) for weight, known in reversed(weights) if len(_sound(known)) > SHORTEST_SOUND},
        figures=frozenset(number.replace(",", ".") for number in NUMBER.findall(text) if _telling(number)),
        text=digest(*found) if found else "",
        sketch=tuple(sorted(shingles)[:SKETCH]) if len(found) >= SHORTEST_COPY else (),
    )


def gist(text: str) -> str:
    """The opening of a text, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= GIST_CHARS else line[:GIST_CHARS].rsplit(" ", 1)[0]


def keys(item: Told) -> frozenset[str]:
    """What an article is met by: its rarest names, words and figures; shingles that find copies; its whole text."""
    named = sorted(item.names, key=lambda name: (-name[0], name[1]))[:NAME_KEYS]
    rare = sorted(item.roots.items(), key=lambda root: (-root[1], root[0]))[:STEM_KEYS]
    found = {f"name {sound}" for _, readings in named for sound in readings} | {f"word {root}" for root, _ in rare}
    found |= {f"figure {figure}" for figure in sorted(item.figures)[:FIGURE_KEYS]}
    return frozenset(found | {f"copy {shingle}" for shingle in item.sketch[:COPY_KEYS]} | ({f"text {item.text}"} if item.text else set()))


class _Compared(msgspec.Struct, frozen=True):
    """What is asked of an article again and again when it is compared with others."""

    sketch: frozenset[str]
    sounds: frozenset[str]  # of its names
    named: float  # how much its names say
    stems: float  # length of the vector
    roots: float


@functools.lru_cache(maxsize=1024)  # 30 MB
def _compared(item: Told) -> _Compared:
    lengths = (math.sqrt(sum(weight * weight for weight in found.values())) for found in (item.stems, item.roots))
    sounds = frozenset(sound for _, ways in item.names for sound in ways)
    return _Compared(frozenset(item.sketch), sounds, sum(weight for weight, _ in item.names), *lengths)


def copied(one: Told, other: Told) -> float:
    """The share of the words of two articles that stand in both, in order, as estimated from their sketches; 1 for the same text.

    (Bottom-k sketch of five-word shingles; Broder 1997.)
    """
    if one.text and one.text == other.text:
        return 1.0
    mine, theirs = _compared(one).sketch, _compared(other).sketch
    if mine.isdisjoint(theirs):
        return 0.0
    both = sorted(mine | theirs)[: min(len(mine), len(theirs))]
    return sum(shingle in mine and shingle in theirs for shingle in both) / len(both)


class Evidence(msgspec.Struct, frozen=True, array_like=True):
    """What speaks for two articles telling one event, in the order of `Weights`."""

    meaning: float  # cosine of their openings
    names: float  # share of what is named in both
    figures: float  # that both give, two at most
    stems: float  # cosine of their words, in one language
    roots: float  # the same by sound, between related languages
    same: float  # 1 in one language
    kin: float  # 1 between related languages
    days: float  # between their publication; half of REACH_DAYS where one has no day
    together: float  # meaning and names


class Weights(msgspec.Struct, frozen=True, array_like=True):
    """What each piece of evidence counts, in logits."""

    meaning: float
    names: float
    figures: float
    stems: float
    roots: float
    same: float
    kin: float
    days: float
    together: float
    bias: float


FULL = Weights(15.2, 0.5, 2.1, 3.0, 2.0, -2.5, -1.7, -1.5, 1.9, -4.9)
CHEAP = Weights(7.0, 0.6, 3.0, 6.0, 4.5, -4.6, -2.9, -1.3, 1.7, -1.1)


def evidence(one: Told, other: Told, meaning: float) -> Evidence:
    """What speaks for two articles telling one event; `meaning` is the cosine of the vectors of their gists."""
    same = one.language == other.language
    kin = not same and related(one.language, other.language)
    days = abs(one.day - other.day) if one.day is not None and other.day is not None else REACH_DAYS / 2
    names = _shared(one, other)
    return Evidence(
        meaning=meaning,
        names=names,
        figures=min(2, len(one.figures & other.figures)),
        stems=_cosine(one.stems, other.stems, _compared(one).stems * _compared(other).stems) if same else 0.0,
        roots=_cosine(one.roots, other.roots, _compared(one).roots * _compared(other).roots) if kin else 0.0,
        same=float(same),
        kin=float(kin),
        days=days,
        together=max(0.0, meaning) * names,
    )


def score(one: Told, other: Told, meaning: float, weights: Weights) -> float:
    """0 to 1: how surely two articles tell the same event. 1 for copies of one text; 0 where their days are too far apart.

    To the last digit the same whichever comes first and in whatever process, so that whoever compares scores finds them alike.
    """
    dated = one.day is not None and other.day is not None
    apart = abs((one.day or 0) - (other.day or 0)) if dated else 0
    if apart <= COPY_REACH_DAYS and copied(one, other) >= COPY_SHARE:
        return 1.0
    if apart > REACH_DAYS or not one.text or not other.text:
        return 0.0
    found = evidence(one, other, meaning)
    total = weights.bias + sum(weight * value for weight, value in zip(msgspec.structs.astuple(weights)[:-1], msgspec.structs.astuple(found), strict=True))
    return 1 / (1 + math.exp(-total))


def _names(reading: Reading, weigh: Weigh) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """The words of names: those of name mentions, and what is capitalised inside a sentence."""
    text, said = reading.article.text, dict[str, None]()
    for mention in reading.mentions:
        if mention.form == "name":
            said |= dict.fromkeys(found for match in WORD.finditer(mention.name) if match[0][:1].isupper() for found in fold(match[0]).split())
    for sentence in reading.sentences:
        inside = list(WORD.finditer(text, sentence.start, sentence.end))[1:]
        said |= dict.fromkeys(found for match in inside if match[0][:1].isupper() for found in fold(match[0]).split())
    spoken = ((word, _readings(word)) for word in said if len(word) > 1)
    return tuple((round(weigh(word) * min(1.0, len(min(ways, key=len)) / FULL_SOUND), 2), ways) for word, ways in spoken if ways)


def _readings(word: str) -> tuple[str, ...]:
    """How a word of a name may sound, with its ending and without: which of the two is the name, no rule tells in every language."""
    found = {sound for form in (word, stem(word)) for sound in _ordered(form)[:READINGS]}
    return tuple(sorted(sound for sound in found if len(sound) >= SHORTEST_SOUND))


def _ordered(form: str) -> list[str]:
    return sorted(sounds(romanise(form)), key=lambda sound: (len(sound), sound))


def _sound(known: str) -> str:
    return _ordered(known)[0]


def _shared(one: Told, other: Told) -> float:
    """The share of what the names of two articles say that both have, by any way to say them (geometric mean of both shares)."""
    mine, theirs = _compared(one), _compared(other)
    if mine.sounds.isdisjoint(theirs.sounds):
        return 0.0
    return math.sqrt(_met(one, theirs.sounds) / mine.named * _met(other, mine.sounds) / theirs.named) if mine.named and theirs.named else 0.0


def _met(item: Told, sounds: frozenset[str]) -> float:
    return sum([weight for weight, ways in item.names if not sounds.isdisjoint(ways)])


def _cosine(one: dict[str, float], other: dict[str, float], lengths: float) -> float:
    return sum([one[key] * other[key] for key in sorted(one.keys() & other.keys())]) / lengths if lengths else 0.0


def _day(published: str | None) -> int | None:
    try:
        return datetime.date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:  # none, or without a full day
        return None


def _telling(number: str) -> bool:
    """Whether a number tells one event from another: no year, and more than one digit."""
    return len(number) > 1 and not (number.isdigit() and int(number) in YEARS)
