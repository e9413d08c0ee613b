"""Articles that tell the same event: what they are met by (keys) and how alike they are (score).

Whole texts cannot tell stories of one person apart, so five things speak together: who and what is named, in any alphabet; what the
opening means, as a vector; the words; the figures; and the day. Everything is read off the two articles alone, never off the others that
are held: the same set of articles gives the same stories, whatever order it came in.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import math
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.knowledge.romanise import romanise, sounds
from onrecord.knowledge.words import WORD, folded, related, shingles, stem, words
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
DIGITS = 9  # of a score: beyond them, the order in which numbers were added may show
WORD_ROW = np.dtype([("code", "<u4"), ("says", "u1")])  # `says` in hundredths
SOUND_ROW = np.dtype([("code", "<u4"), ("name", "<u2")])
FIGURE_ROW = np.dtype([("code", "<u4")])
SHINGLE_ROW = np.dtype([("code", "<u8")])

Doubles = npt.NDArray[np.float64]


class Told(msgspec.Struct, frozen=True, array_like=True):
    """What an article tells, as it is read; `day` counts days, None where the page gives none.

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


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of an article to compare it with others: words as numbers (CRC-32), so that it is compared with hundreds at a time.

    `stems` and `roots` are rows of WORD_ROW, `sounds` of SOUND_ROW (`name` numbers the words of names), `names` how much each says, `figures`
    and `sketch` numbers; all in ascending order. Of two words in a hundred million pairs of articles, some have one number by chance.
    """

    id: str
    language: str
    day: int | None
    gist: str
    text: str
    stems: bytes
    roots: bytes
    sounds: bytes
    names: bytes
    figures: bytes
    sketch: bytes


Weigh = Callable[[str], float]
"""How much a word says, 0 to 1: the rarer in general, the more."""


def told(reading: Reading, weigh: Weigh) -> Told:
    """What an article tells; junk blocks are left out."""
    article = reading.article
    text = "\n".join(article.text[block.start : block.end] for block in article.blocks if block.role in ARTICLE_ROLES)
    found = words(text)
    said = {word: known for word in dict.fromkeys(found) if len(known := stem(word)) >= SHORTEST_STEM and not word.isdigit()}
    weights = sorted(((weigh(word), known) for word, known in said.items()), reverse=True)[:MOST_STEMS]
    return Told(
        id=article.id,
        language=article.language,
        day=_day(article.published),
        gist=gist(text),
        names=_names(reading, weigh),
        stems={known: round(weight, 2) for weight, known in reversed(weights)},
        roots={sound: round(weight, 2) for weight, known in reversed(weights) if len(sound := _sound(known)) > SHORTEST_SOUND},
        figures=frozenset(number.replace(",", ".") for number in NUMBER.findall(text) if _telling(number)),
        text=digest(*found) if found else "",
        sketch=shingles(found, SHINGLE_WORDS, SKETCH) if len(found) >= SHORTEST_COPY else (),
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


def kept(item: Told) -> Kept:
    """What is kept of what an article tells."""
    sounds = sorted({(_code(way), n) for n, (_, ways) in enumerate(item.names[: 1 << 16]) for way in ways})
    return Kept(
        item.id, item.language, item.day, item.gist, item.text, _words(item.stems), _words(item.roots),
        sounds=_packed("<IH", sounds),
        names=bytes(round(100 * weight) for weight, _ in item.names[: 1 << 16]),
        figures=_packed("<I", sorted({(_code(figure),) for figure in item.figures})),
        sketch=_packed("<Q", sorted({(int(shingle, 16),) for shingle in item.sketch})),
    )  # fmt: skip


def _words(says: Mapping[str, float]) -> bytes:
    return _packed("<IB", sorted({_code(word): round(100 * weight) for word, weight in says.items()}.items()))


def _packed(layout: str, rows: Iterable[tuple[int, ...]]) -> bytes:
    """Rows one behind the other: five times as fast as by an array."""
    pack = struct.Struct(layout).pack
    return b"".join(itertools.starmap(pack, rows))


@functools.lru_cache(maxsize=32_768)
def _code(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


class Evidence(msgspec.Struct, frozen=True, array_like=True):
    """What speaks for an article and each of others telling one event, in the order of `Weights`."""

    meaning: Doubles  # cosine of their openings
    names: Doubles  # share of what is named in both
    figures: npt.NDArray[np.int64]  # that both give, two at most
    stems: Doubles  # cosine of their words, in one language
    roots: Doubles  # the same by sound, between related languages
    same: Doubles  # 1 in one language
    kin: Doubles  # 1 between related languages
    days: Doubles  # between their publication; half of REACH_DAYS where one has no day
    together: Doubles  # meaning and names


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


def compared(one: Kept, others: Sequence[Kept], meaning: Doubles, weights: Weights) -> tuple[Doubles, Doubles]:
    """How surely an article tells the same event as each of others, 0 to 1, and the share of their words that stands in both.

    `meaning` are the cosines of the vectors of their gists. 1 for copies of one text; 0 where their days are too far apart. To the last digit
    the same whichever comes first, among whatever others and in whatever process, so that whoever compares scores finds them alike.
    """
    undated = math.nan if one.day is None else one.day
    apart = np.nan_to_num(np.abs(np.array([math.nan if other.day is None else other.day for other in others], float) - undated))
    copied_ = _copied(one, others)
    text = np.array([bool(one.text and other.text) for other in others], bool)
    logit = np.full(len(others), weights.bias)
    for weight, value in zip(msgspec.structs.astuple(weights)[:-1], msgspec.structs.astuple(evidence(one, others, meaning)), strict=True):
        logit = logit + weight * value
    alike = np.where((apart <= REACH_DAYS) & text, (1 / (1 + np.exp(-np.clip(logit, -50, 50)))).round(DIGITS), 0.0)
    return np.where((apart <= COPY_REACH_DAYS) & (copied_ >= COPY_SHARE), 1.0, alike), copied_


def evidence(one: Kept, others: Sequence[Kept], meaning: Doubles) -> Evidence:
    """What speaks for an article and each of others telling one event."""
    same = np.array([other.language == one.language for other in others], bool)
    kin = ~same & np.array([related(one.language, other.language) for other in others], bool)
    days = [abs(one.day - other.day) if one.day is not None and other.day is not None else REACH_DAYS / 2 for other in others]
    names = _shared(one, others)
    return Evidence(
        meaning=meaning,
        names=names,
        figures=np.minimum(2, _met(one.figures, [other.figures for other in others], FIGURE_ROW).counts()),
        stems=_cosines(one.stems, [other.stems if alike else b"" for other, alike in zip(others, same, strict=True)]),
        roots=_cosines(one.roots, [other.roots if alike else b"" for other, alike in zip(others, kin, strict=True)]),
        same=same.astype(float),
        kin=kin.astype(float),
        days=np.array(days, float),
        together=np.maximum(0.0, meaning) * names,
    )


class _Met(msgspec.Struct, frozen=True):
    """The rows of one article that others have, too: all rows of the others, whose each is, its place among those of the one, and whether
    it is there."""

    mine: npt.NDArray[np.void]
    theirs: npt.NDArray[np.void]
    owner: npt.NDArray[np.int64]
    at: npt.NDArray[np.int64]
    hit: npt.NDArray[np.bool_]
    others: int

    def counts(self) -> npt.NDArray[np.int64]:
        """How many rows each has in common with the one."""
        return np.bincount(self.owner[self.hit], minlength=self.others)


def _met(one: bytes, others: Sequence[bytes], row: np.dtype[np.void]) -> _Met:
    mine, theirs = np.frombuffer(one, row), np.frombuffer(b"".join(others), row)
    owner = np.repeat(np.arange(len(others)), [len(other) // row.itemsize for other in others])
    codes, wanted = np.ascontiguousarray(mine["code"]), np.ascontiguousarray(theirs["code"])
    at = np.searchsorted(codes, wanted)
    hit = (codes[np.minimum(at, len(codes) - 1)] == wanted) if len(codes) else np.zeros(len(wanted), bool)
    return _Met(mine, theirs, owner, at, hit, len(others))


def _copied(one: Kept, others: Sequence[Kept]) -> Doubles:
    """The share of the words of two articles that stand in both, in order, as estimated from their sketches; 1 for the same text.

    (Bottom-k sketch of five-word shingles; Broder 1997.)
    """
    found = np.array([float(bool(one.text) and one.text == other.text) for other in others])
    mine = frozenset(np.frombuffer(one.sketch, "<u8").tolist())
    for n in np.nonzero(_met(one.sketch, [other.sketch for other in others], SHINGLE_ROW).counts())[0].tolist():
        if not found[n]:
            theirs = frozenset(np.frombuffer(others[n].sketch, "<u8").tolist())
            least = sorted(mine | theirs)[: min(len(mine), len(theirs))]
            found[n] = len((mine & theirs).intersection(least)) / len(least)
    return found


def _shared(one: Kept, others: Sequence[Kept]) -> Doubles:
    """The share of what the names of two articles say that both have, by any way to say them (geometric mean of both shares)."""
    met = _met(one.sounds, [other.sounds for other in others], SOUND_ROW)
    mine, theirs = np.frombuffer(one.names, "u1"), np.frombuffer(b"".join(other.names for other in others), "u1")
    sizes = np.array([len(other.names) for other in others], int)
    owner = np.repeat(np.arange(len(others)), sizes)
    heard = np.zeros(len(theirs), bool)
    heard[(np.cumsum(sizes) - sizes)[met.owner[met.hit]] + met.theirs["name"][met.hit]] = True
    distinct, number = np.unique(met.mine["code"], return_inverse=True)
    said, means = np.zeros((len(others), len(distinct)), np.float32), np.zeros((len(distinct), len(mine)), np.float32)
    said[met.owner[met.hit], np.searchsorted(distinct, met.theirs["code"][met.hit])] = 1.0
    means[number, met.mine["name"]] = 1.0
    both = ((said @ means > 0) @ mine.astype(float)) * np.bincount(owner[heard], theirs[heard], minlength=len(others))
    named = mine.sum(dtype=float) * np.bincount(owner, theirs, minlength=len(others))
    shares: Doubles = np.divide(both, named, out=np.zeros(len(others)), where=named > 0)
    return np.sqrt(shares)


def _cosines(one: bytes, others: Sequence[bytes]) -> Doubles:
    met = _met(one, others, WORD_ROW)
    mine, theirs = met.mine["says"].astype(float), met.theirs["says"].astype(float)
    common = np.bincount(met.owner[met.hit], mine[met.at[met.hit]] * theirs[met.hit], minlength=met.others)
    lengths = np.sqrt((mine * mine).sum() * np.bincount(met.owner, theirs * theirs, minlength=met.others))
    found: Doubles = np.divide(common, lengths, out=np.zeros(met.others), where=lengths > 0)
    return found


def _names(reading: Reading, weigh: Weigh) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """The words of names: those of name mentions, and what is capitalised inside a sentence."""
    text, said = reading.article.text, dict[str, None]()
    for mention in reading.mentions:
        if mention.form == "name":
            said |= dict.fromkeys(found for word in WORD.findall(mention.name) if word[:1].isupper() for found in folded(word))
    for sentence in reading.sentences:
        inside = WORD.findall(text, sentence.start, sentence.end)[1:]
        said |= dict.fromkeys(found for word in inside if word[:1].isupper() for found in folded(word))
    spoken = ((word, _readings(word)) for word in said if len(word) > 1)
    return tuple((round(weigh(word) * min(1.0, len(min(ways, key=len)) / FULL_SOUND), 2), ways) for word, ways in spoken if ways)


@functools.lru_cache(maxsize=32_768)
def _readings(word: str) -> tuple[str, ...]:
    """How a word of a name may sound, with its ending and without: which of the two is the name, no rule tells in every language."""
    found = {sound for form in (word, stem(word)) for sound in _ordered(form)[:READINGS]}
    return tuple(sorted(sound for sound in found if len(sound) >= SHORTEST_SOUND))


def _ordered(form: str) -> list[str]:
    return sorted(sounds(romanise(form)), key=lambda sound: (len(sound), sound))


@functools.lru_cache(maxsize=32_768)
def _sound(known: str) -> str:
    return _ordered(known)[0]


def _day(published: str | None) -> int | None:
    try:
        return datetime.date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:  # none, or without a full day
        return None


def _telling(number: str) -> bool:
    """Whether a number tells one event from another: no year, and more than one digit."""
    return len(number) > 1 and not (number.isdigit() and int(number) in YEARS)
