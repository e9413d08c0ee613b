"""Statements out of tags: which words are one statement, where it is said so, and which mention it is given to.

The heads give probabilities for words; readers want whole statements. The likeliest sequence of labels is found first, then its stretches
are put right by what the page shows: quotation marks that enclose them, punctuation and blanks at their ends, breaks between blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.records import Kind, Span
from onrecord.stages.tag import Tags

OUT, BEGIN, JOIN, INSIDE = range(4)
CAUTION = 0.0  # added to the score of "out"; swept -0.5 to 1.5 on corpus and slavic-dev, best at 0-0.5
INNER_CAUTION = 0.5
LEAST = 0.7  # confidence of a statement that is given out; swept 0.35-0.8: found F1 is flat from 0.6 to 0.75, precision rises
LEAST_CUE = 0.3  # probability of a cue; below it there is none
SNAP = 0.6  # share of a quotation's words that must be content for the whole to be
MARKED = 0.5  # power of a mention's own chance beside that of being pointed to
NEAR = 4.0  # words from the cue at which a mention counts half; 2-16 read alike, without it four speakers in a hundred more are wrong
GROWTH = 12  # words that a stretch may grow by to reach the border of its clause
LIKELY = 0.2  # mean chance of being content that these words must have
JOIN_GAP = 40  # words between spans of one statement; 0-40 read alike
PAIRS = re.compile(r"«[^«»\n]{2,}»|„[^„“”\n]{2,}[“”]|“[^“”\n]{2,}”|\"[^\"\n]{2,}\"|‘[^‘’\n]{2,}’|‚[^‚‘’\n]{2,}[‘’]")
EDGE = ' \t\n\xa0,;:–—-«»„“”"‚‘’‹›'
LAST = ".…"
NEVER = -1e9

Floats = npt.NDArray[np.float32]


class Found(NamedTuple):
    """A statement as the tagger sees it; `outer` is the index (in `decode`'s result) of the one it stands in."""

    content: tuple[Span, ...]
    quoted: tuple[Span, ...]
    kind: Kind
    cue: Span | None
    mention: Span | None
    confidence: float
    outer: int | None = None


def decode(text: str, tags: Tags) -> tuple[Found, ...]:
    """The statements in the order of the text, nested ones after those they stand in."""
    if not len(tags.starts):
        return ()
    quotations = [m.span() for m in PAIRS.finditer(text, int(tags.starts[0]), int(tags.ends[-1]) + 1)]
    labels = _snapped(tags, quotations, _best(tags.content, CAUTION))
    groups = list(_groups(_grown(text, tags, labels)))
    outers = [f for g in groups if (f := _found(text, tags, quotations, g, tags.content)) is not None]
    inners = [
        f._replace(outer=n)
        for g in _groups(_best(tags.inner, INNER_CAUTION))
        if (f := _found(text, tags, quotations, g, tags.inner)) is not None
        for n, o in enumerate(outers)
        if _holds(o.content, f.content)
    ]
    return (*outers, *inners)


def _best(table: Floats, caution: float) -> list[int]:
    """The likeliest sequence of labels in which content opens with BEGIN or JOIN (Viterbi 1967)."""
    scores = np.log(np.maximum(table, 1e-6))
    scores[:, OUT] += caution
    first, *rest = scores.tolist()  # plain numbers: four at a time are too few for an array
    no, b, j, i = first[OUT], first[BEGIN], NEVER, NEVER
    came: list[tuple[int, int]] = []
    for out, begin, join, inside in rest:
        within, spoken = (BEGIN, b) if b >= j and b >= i else (JOIN, j) if j >= i else (INSIDE, i)
        before, best = (OUT, no) if no >= spoken else (within, spoken)
        came.append((before, within))
        no, b, j, i = best + out, best + begin, best + join, spoken + inside
    last = (no, b, j, i)
    labels = [last.index(max(last))]
    for before, within in reversed(came):
        labels.append(within if labels[-1] == INSIDE else before)
    return labels[::-1]


def _snapped(tags: Tags, quotations: Sequence[Span], labels: list[int]) -> list[int]:
    """Quotations that are mostly content made wholly so; a quotation is cut in two only where a statement surely begins."""
    labels = list(labels)
    for a, b in quotations:
        low, high = int(np.searchsorted(tags.starts, a + 1)), int(np.searchsorted(tags.starts, b - 1))
        within = labels[low:high]
        if not any(within):
            continue
        goes_on = low >= 2 and labels[low] != OUT and labels[low - 2] != OUT and labels[low - 1] != OUT
        if not goes_on and (high - low < 3 or sum(map(bool, within)) < SNAP * len(within)):
            continue
        for n in range(low, high):
            if tags.content[n, OUT] > 0.5 and _around(tags, n) > 0.5:
                continue  # "…, he said. …" inside one pair of marks
            sure = tags.content[n, BEGIN] > 0.8 and n > low
            if labels[n] == OUT or (labels[n] in (BEGIN, JOIN) and n > low and not sure):
                labels[n] = INSIDE
        if labels[low] == INSIDE and not goes_on:
            labels[low] = BEGIN if tags.content[low, BEGIN] >= tags.content[low, JOIN] else JOIN
        if high < len(labels) and labels[high] != OUT and high + 1 < len(labels) and labels[high + 1] == OUT:
            labels[high] = OUT
    return labels


def _around(tags: Tags, word: int) -> float:
    """How likely the word is part of the frame: of a cue or of a speaker's mention."""
    return float(max(1 - tags.cue[word, 0], 1 - tags.speaker[word, 0]))


def _grown(text: str, tags: Tags, labels: list[int]) -> list[int]:
    """Stretches whose ends stand in the middle of a clause grown to its border, where the words between are likely enough."""
    labels = list(labels)
    words = [text[a:b] for a, b in zip(tags.starts.tolist(), tags.ends.tolist(), strict=True)]

    def border(n: int) -> bool:
        return not words[n][0].isalnum() or _around(tags, n) > 0.4

    n = 1
    while n < len(labels):
        if labels[n] == OUT and labels[n - 1] != OUT and not border(n - 1):
            end = n
            while end < len(labels) and labels[end] == OUT and not border(end) and end - n < GROWTH:
                end += 1
            clear = end == len(labels) or (labels[end] == OUT and not words[end][0].isalnum())
            if clear and end > n and float(1 - tags.content[n:end, OUT].mean()) > LIKELY:
                labels[n:end] = [INSIDE] * (end - n)
        n += 1
    for n in range(1, len(labels)):
        if labels[n] in (BEGIN, JOIN) and not border(n) and labels[n - 1] == OUT:
            start = n
            while start > 0 and labels[start - 1] == OUT and not border(start - 1) and n - start < GROWTH:
                start -= 1
            if start < n and float(1 - tags.content[start:n, OUT].mean()) > LIKELY:
                labels[start], labels[start + 1 : n + 1] = labels[n], [INSIDE] * (n - start)
    return labels


def _groups(labels: list[int]) -> Iterator[list[tuple[int, int]]]:
    """Word ranges of each statement: a BEGIN and the JOINs that follow it."""
    group: list[tuple[int, int]] = []
    n = 0
    while n < len(labels):
        if labels[n] == OUT:
            n += 1
            continue
        end = n + 1
        while end < len(labels) and labels[end] == INSIDE:
            end += 1
        if labels[n] == JOIN and group and n - group[-1][1] <= JOIN_GAP:
            group.append((n, end))
        else:
            if group:
                yield group
            group = [(n, end)]
        n = end
    if group:
        yield group


def _found(text: str, tags: Tags, quotations: Sequence[Span], group: list[tuple[int, int]], table: Floats) -> Found | None:
    spans = [s for a, b in group if (s := _trimmed(text, int(tags.starts[a]), int(tags.ends[b - 1])))]
    if not spans:
        return None
    content = tuple(spans)
    certain = float(np.mean([1 - table[a:b, OUT].mean() for a, b in group]))
    if certain < LEAST:
        return None
    begin = group[0][0]
    cue = _cue(tags, begin)
    mention = _mention(tags, group, cue)
    quoted = tuple(_inner_marks(q) for q in quotations if any(a < q[1] and q[0] < b for a, b in content))
    return Found(content, quoted, _kind(text, content, quoted), _span(tags, cue), _span(tags, mention), certain)


def _cue(tags: Tags, begin: int) -> Span | None:
    """The words of the cue of the statement that begins at word `begin`."""
    first, chances = tags.points("cue", begin)
    chances[:-1] *= np.sqrt(tags.cue[first : first + len(chances) - 1, 1])
    at = int(chances.argmax())
    if at == len(chances) - 1 or chances[at] < LEAST_CUE:
        return None
    return _whole(first + at, first + len(chances) - 1, tags.cue)


def _mention(tags: Tags, group: list[tuple[int, int]], cue: Span | None) -> Span | None:
    """The words of the speaker's mention: pointed to, marked as one, outside the content, and near the cue where there is one."""
    first, chances = tags.points("speaker", group[0][0])
    end = first + len(chances) - 1
    marked = tags.speaker[first:end] + tags.mention[first:end]
    chances[:-1] *= marked[:, 1] ** MARKED
    for a, b in group:
        chances[a - first : b - first] *= 1e-3
    if cue is not None:
        places = np.arange(first, end)
        gap = np.maximum(np.maximum(cue[0] - places, places - cue[1] + 1), 0)
        chances[:-1] *= np.where((places >= cue[0]) & (places < cue[1]), 0.3, 1 / (1 + gap / NEAR))
    at = int(chances.argmax())
    if at == len(chances) - 1:
        return None
    low, high = _whole(at, end - first, marked)
    return first + low, first + high


def _whole(start: int, last: int, table: Floats) -> Span:
    """Word range of a span that begins at `start`: it goes on while the table's "inside" is likeliest."""
    end = start + 1
    while end < last and table[end, 2] > 0.5 and table[end, 2] > table[end, 1]:
        end += 1
    return start, end


def _span(tags: Tags, words: Span | None) -> Span | None:
    return None if words is None else (int(tags.starts[words[0]]), int(tags.ends[words[1] - 1]))


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without marks and blanks at its ends."""
    while start < end and text[start] in EDGE + LAST:
        start += 1
    while start < end and text[end - 1] in EDGE + LAST:
        end -= 1
    return (start, end) if start < end else None


def _inner_marks(quotation: Span) -> Span:
    return quotation[0] + 1, quotation[1] - 1


def _kind(text: str, content: tuple[Span, ...], quoted: tuple[Span, ...]) -> Kind:
    """Direct where every word stands in quotation marks, mixed where some do."""
    size = within = 0
    for a, b in content:
        for m in re.finditer(r"\w+", text[a:b]):
            size += 1
            within += any(x <= a + m.start() and a + m.end() <= y for x, y in quoted)
    if size and within == size:
        return "direct"
    return "mixed" if within else "indirect"


def _holds(outer: tuple[Span, ...], inner: tuple[Span, ...]) -> bool:
    size = sum(b - a for a, b in outer)
    return size > sum(b - a for a, b in inner) and all(any(x <= a and b <= y for x, y in outer) for a, b in inner)
