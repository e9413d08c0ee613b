"""Which words are said, which say so, and who says them: heads over the encoder's states, one probability for each word and label.

`tag(text, spans, tagger)` reads the stretches `spans` of a page (its blocks but for junk, in order) and gives `Tags`: arrays over the
words of these stretches, and for each word where a statement may begin, pointers to its cue and to the mention of its speaker.
Nothing is decided here; `decode` and `names` do that. The heads are trained by `corpus/train.py` on `corpus/` alone.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.knowledge import weights as files
from onrecord.knowledge.pieces import Tokens
from onrecord.records import Span
from onrecord.stages.encode import TOKENS, Encoder, open_encoder

if TYPE_CHECKING:
    import onnxruntime

WORD = re.compile(r"\w+(?:['’ʼ‑-]\w+)*|[^\w\s]")
CONTENT = ("out", "begin", "join", "inside")  # begin: first word of a statement; join: first word of a further span of the one before
CUE = SPEAKER = MENTION = ("out", "begin", "inside")
NAME = ("out", "begin-per", "in-per", "begin-org", "in-org", "begin-loc", "in-loc")
LABELS = {"content": CONTENT, "inner": CONTENT, "cue": CUE, "speaker": SPEAKER, "mention": MENTION, "name": NAME}
POINTERS = ("cue", "speaker", "antecedent")
POINTER_WIDTH = 48  # numbers that a word asks or answers with
CHUNK_WORDS = 600  # that the heads see at once: an article and more; longer pages are read in chunks
FEATURES = 29  # of a word, see `features`
DISTANCES = 24  # classes of how far a word points

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


class Tags(NamedTuple):
    """What the heads say of the words [0, n). Rows of probabilities sum to one; their columns are as in the tuples above.

    `content` is of statements, `inner` of statements inside statements. `mention` marks whatever stands for somebody (names, roles,
    pronouns), `name` the names among them (by a head of its own), `speaker` the mention that a statement is given to.
    """

    starts: Integers
    ends: Integers
    content: Floats
    inner: Floats
    cue: Floats
    speaker: Floats
    mention: Floats
    name: Floats
    chunks: tuple[Chunk, ...]

    def points(self, name: str, word: int) -> tuple[int, Floats]:
        """Where `word` points: (first, p) with p[k] the probability of word first + k, and p[-1] that of none.

        "cue" and "speaker" are asked of the first word of a statement and point to the first word of its cue, of its speaker's
        mention. "antecedent" is asked of the first word of a mention and points to earlier ones of the same entity; none: it is the
        first. Asked of other words the answer means nothing. Words of different chunks do not point to each other.
        """
        chunk = next(c for c in self.chunks if c.first <= word < c.first + len(c.none))
        n, i, count = POINTERS.index(name), word - chunk.first, len(chunk.none)
        scores = chunk.answers[n] @ chunk.asks[n, i] / np.sqrt(POINTER_WIDTH) + chunk.distance[n, distances_from(i, count)]
        return chunk.first, _softmax(np.append(scores, chunk.none[i, n]))


class Chunk(NamedTuple):
    """What pointers are made of, for the words of one chunk: what each asks and answers, [pointer, word, POINTER_WIDTH], and its none."""

    first: int
    asks: Floats
    answers: Floats
    none: Floats
    distance: Floats


class Tagger:
    """The heads and the encoder below them, as one process holds them; `open_tagger` gives the one of this process."""

    def __init__(self, encoder: Encoder, heads: onnxruntime.InferenceSession, names: onnxruntime.InferenceSession) -> None:
        self.encoder = encoder
        self._heads = heads
        self._names = names

    def heads(self, states: Floats, marks: Floats, first: int) -> tuple[dict[str, Floats], Chunk]:
        """Probabilities by head, and what pointers are made of, for one chunk of words."""
        inputs = {"states": states[None], "features": marks[None]}
        labels, asks, answers, none, distance = self._heads.run(["labels", "asks", "answers", "none", "distance"], inputs)
        ends = np.cumsum([len(v) for v in LABELS.values()])
        tables = dict(zip(LABELS, map(_softmax, np.split(labels[0], ends[:-1], axis=1)), strict=True))
        shape = (len(states), len(POINTERS), POINTER_WIDTH)
        tables["name"] = self.names(states, marks)
        asked, answered = (np.ascontiguousarray(side[0].reshape(shape).transpose(1, 0, 2)) for side in (asks, answers))
        return tables, Chunk(first, asked, answered, none[0], distance)

    def names(self, states: Floats, marks: Floats) -> Floats:
        """Probabilities of NAME for one chunk of words, from the small head that learns nothing else."""
        (labels,) = self._names.run(["labels"], {"states": states[None], "features": marks[None]})
        return _softmax(labels[0])


@functools.cache
def open_tagger() -> Tagger:
    """The tagger of this process with the shipped heads, opened once (half a second)."""
    return Tagger(open_encoder(), files.open_graph(files.HEADS), files.open_graph(files.NAMES))


def tag(text: str, spans: Sequence[Span], tagger: Tagger) -> Tags:
    """Tags of the words in the stretches `spans` of the text (in order, not overlapping)."""
    words = find_words(text, spans)
    marks = features(text, words)
    found = [tagger.heads(word_states(text, words, a, b, tagger.encoder), marks[a:b], a) for a, b in chunks(words)]
    tables = {k: np.concatenate([t[k] for t, _ in found]) if found else np.zeros((0, len(v)), np.float32) for k, v in LABELS.items()}
    return Tags(words.starts, words.ends, chunks=tuple(c for _, c in found), **tables)


class NameTags(NamedTuple):
    """What is a name among some words; `name` as in Tags."""

    starts: Integers
    ends: Integers
    name: Floats


def tag_names(text: str, spans: Sequence[Span], tagger: Tagger) -> NameTags:
    """Names alone, for stretches in which nothing is said."""
    words = find_words(text, spans)
    marks = features(text, words)
    found = [tagger.names(word_states(text, words, a, b, tagger.encoder), marks[a:b]) for a, b in chunks(words)]
    return NameTags(words.starts, words.ends, np.concatenate(found) if found else np.zeros((0, len(NAME)), np.float32))


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result


class Words(NamedTuple):
    """The words of the stretches: where each stands, and the stretch that holds it."""

    starts: Integers
    ends: Integers
    stretch: Integers


def find_words(text: str, spans: Sequence[Span]) -> Words:
    """Words (runs of letters and digits, apostrophes and hyphens inside) and single marks of punctuation, in order."""
    found = [(m.start(), m.end(), n) for n, (a, b) in enumerate(spans) for m in WORD.finditer(text, a, b)]
    table = np.array(found, np.int64).reshape(-1, 3)
    return Words(table[:, 0], table[:, 1], table[:, 2])


def features(text: str, words: Words) -> Floats:
    """What the encoder does not see or blurs: capitals, blanks and line ends before a word, which mark it is, whether marks are open."""
    rows: list[list[bool | int]] = []
    depth, last, stretch = "", 0, -1
    for start, end, own in zip(words.starts.tolist(), words.ends.tolist(), words.stretch.tolist(), strict=True):
        word = text[start:end]
        gap = text[last:start] if own == stretch else "\n"
        lines = gap.count("\n")
        if own != stretch or lines > 1:
            depth = ""
        first, mark = word[0], 0
        row = [own != stretch, lines == 1, lines > 1, not gap]
        if first.isalnum():
            row += (first.isupper(), len(word) > 1 and word.isupper(), first.isdigit(), "-" in word)
        else:
            mark = 8 + MARKS.get(first, 0)
            depth = _depth(depth, first, gap, text[end : end + 1])
            row += NOT_A_WORD
        rows.append([*row, mark, bool(depth), len(depth) > 1])
        last, stretch = end, own
    known = np.array(rows, np.int64).reshape(-1, 11)
    table = np.zeros((len(rows), FEATURES), np.float32)
    table[:, :8], table[:, 26:28] = known[:, :8], known[:, 9:]
    marked = np.flatnonzero(known[:, 8])
    table[marked, known[marked, 8]] = 1
    table[:-1, 28] = table[1:, 0] + table[1:, 1] + table[1:, 2] > 0
    table[-1:, 28] = 1
    return table


NOT_A_WORD = (False,) * 4
MARKS = {
    mark: n for n, group in enumerate((".", ",", ":", ";", "!", "?", "…", "–—", "-‐‑", "(", ")", "«‹", "»›", "„‚", "“‘", "”", "\"'’"), 1) for mark in group
}


def _depth(depth: str, mark: str, gap: str, after: str) -> str:
    """Quotation marks open after `mark`: a string of their closers. Straight and “ open where a blank stands before and none behind."""
    if depth and mark == depth[-1]:
        return depth[:-1]
    if mark in "«„":
        return (depth + {"«": "»", "„": "“"}[mark])[-3:]
    if depth and mark in "»”“" and not (mark == "“" and gap):
        return depth[:-1]
    if mark in '“"' and (gap or not depth) and not after.isspace():
        return (depth + {"“": "”", '"': '"'}[mark])[-3:]
    return depth


class Window(NamedTuple):
    """Tokens that the encoder sees at once, and the words that are made of them: word first + n of the tokens low[n] to high[n]."""

    tokens: Tokens
    first: int
    low: Integers
    high: Integers


def word_windows(text: str, words: Words, begin: int, end: int, encoder: Encoder) -> Iterator[Window]:
    """The words begin to end as windows, in order; the words of a window come after those of the one before."""
    borders = [begin, *(begin + 1 + np.flatnonzero(np.diff(words.stretch[begin:end]))).tolist(), end]
    spans = [(int(words.starts[a]), int(words.ends[b - 1])) for a, b in itertools.pairwise(borders)]
    after = begin
    for tokens in windows(text, spans, encoder):
        first = max(after, int(np.searchsorted(words.ends, tokens.starts[0], side="right")))
        after = min(end, int(np.searchsorted(words.starts, tokens.ends[-1])))
        low = np.searchsorted(tokens.ends, words.starts[first:after], side="right")
        high = np.maximum(np.searchsorted(tokens.starts, words.ends[first:after], side="left"), low)
        yield Window(tokens, first, low, high)


def word_states(text: str, words: Words, begin: int, end: int, encoder: Encoder) -> Floats:
    """States of the words begin to end, [word, layer * hidden]; zeros for a word in no piece."""
    table = np.zeros((end - begin, len(files.WORD_STATES) * encoder.hidden), np.float32)
    for window in word_windows(text, words, begin, end, encoder):
        at = window.first - begin
        table[at : at + len(window.low)] = encoder.states(window.tokens, window.low, window.high)
    return table


def windows(text: str, spans: Sequence[Span], encoder: Encoder) -> Iterator[Tokens]:
    """The stretches as pieces, in windows of up to TOKENS: whole stretches while they fit, a longer one cut where a sentence may end."""
    waiting: list[Tokens] = []
    for a, b in spans:
        found = encoder.tokens(text[a:b])
        rest = Tokens(found.ids, found.starts + a, found.ends + a)
        if waiting and sum(len(t.ids) for t in waiting) + len(rest.ids) > TOKENS:
            yield _joined(waiting)
            waiting = []
        while len(rest.ids) > TOKENS:
            at = _cut(text, rest)
            yield Tokens(rest.ids[:at], rest.starts[:at], rest.ends[:at])
            rest = Tokens(rest.ids[at:], rest.starts[at:], rest.ends[at:])
        if len(rest.ids):
            waiting.append(rest)
    if waiting:
        yield _joined(waiting)


def _joined(parts: list[Tokens]) -> Tokens:
    return Tokens(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _cut(text: str, tokens: Tokens) -> int:
    """Where to cut a stretch that is too long: after the last full stop within reach, else before the last word."""
    for at in range(TOKENS, TOKENS // 2, -1):
        if text[int(tokens.ends[at - 1]) - 1] in ".!?…»”" and text[int(tokens.ends[at - 1]) : int(tokens.starts[at])].isspace():
            return at
    for at in range(TOKENS, 1, -1):
        if not WORD.match(text, int(tokens.starts[at]) - 1) or not text[int(tokens.starts[at]) - 1].isalnum():
            return at
    return TOKENS


def chunks(words: Words) -> list[tuple[int, int]]:
    """Word ranges that the heads see at once: up to CHUNK_WORDS, cut between stretches where there is one in the second half."""
    found, first, count = [], 0, len(words.starts)
    while count - first > CHUNK_WORDS:
        borders = np.flatnonzero(np.diff(words.stretch[first + CHUNK_WORDS // 2 : first + CHUNK_WORDS]))
        last = first + (CHUNK_WORDS // 2 + 1 + int(borders[-1]) if len(borders) else CHUNK_WORDS)
        found.append((first, last))
        first = last
    if first < count:
        found.append((first, count))
    return found


@functools.lru_cache(maxsize=64)
def distances(words: int) -> Integers:
    """The class of the way from word i to word j, [i, j]: each up to 4 by itself, then doubling, backwards and forwards apart."""
    return np.stack([distances_from(i, words) for i in range(words)])


def distances_from(word: int, words: int) -> Integers:
    """One row of `distances`."""
    return _ways(words)[words - 1 - word : 2 * words - 1 - word]


@functools.lru_cache(maxsize=64)
def _ways(words: int) -> Integers:
    """The class of every way among so many words, from the longest backwards to the longest forwards."""
    way = np.arange(1 - words, words)
    size = np.abs(way)
    step = np.where(size <= 4, size, 2 + np.log2(np.maximum(size, 1)).astype(np.int64))
    step = np.minimum(step, DISTANCES // 2 - 1)
    return np.where(way < 0, DISTANCES // 2 - step, DISTANCES // 2 + step)
