"""What the heads learn to say of each word, from the marks of an article."""

from __future__ import annotations

import pathlib
import re
import sys
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "src"))

from onrecord.knowledge.marks import Entity, MarkedArticle, mention_of
from onrecord.records import ARTICLE_ROLES, Span
from onrecord.stages.recognise.places import place_length
from onrecord.stages.tag import NAME

Integers = npt.NDArray[np.int64]

IGNORE = -100  # a label that counts for nothing
WORD = re.compile(r"\w+(?:['’ʼ]\w+)*")
OPENERS, CLOSERS = "«„“\"", "»”“\""
NAMED = {"per": "per", "org": "org", "loc": "loc"}


class Said(NamedTuple):
    """A statement to learn from: its spans, cue and mention; `inner` where it stands inside another, `sure` where careful readers agree."""

    content: tuple[Span, ...]
    optional: tuple[Span, ...]
    cue: Span | None
    mention: Span | None
    inner: bool
    sure: bool


class Named(NamedTuple):
    """A mention to learn from; `type` is None where its words are no name; `name` is the name in it: "Ігор Галан" of "мер Ігор Галан"."""

    span: Span
    entity: str
    type: str | None
    name: Span | None = None


class Example(NamedTuple):
    """A text to learn from: the stretches that are read, those of them that are junk, and what stands in them."""

    text: str
    spans: tuple[Span, ...]
    junk: tuple[Span, ...]
    statements: tuple[Said, ...]
    mentions: tuple[Named, ...]


class Labels(NamedTuple):
    """One label a word and head, IGNORE where it counts for nothing; `pairs` holds (pointer, from word, to words), no words: none."""

    content: Integers
    inner: Integers
    cue: Integers
    speaker: Integers
    mention: Integers
    name: Integers
    pairs: tuple[tuple[str, int, tuple[int, ...]], ...]


def example_of(article: MarkedArticle) -> Example:
    """The article as an example: all its blocks."""
    marked = article.marked
    spans = [s.content for s in marked.statements]
    statements = tuple(
        Said(s.content, s.optional, s.cue, mention_of(marked, s), _inside_another(n, spans), s.required)
        for n, s in enumerate(marked.statements)
    )
    mentions = []
    for m in marked.mentions:
        entity = article.entities.get(m.entity)
        span = name_span(marked.text, m.span, entity.names) if entity and entity.type in NAMED else None
        mentions.append(Named(m.span, m.entity, _kind(entity, article.header["language"]) if entity and span else None, span))
    blocks = tuple((b.start, b.end) for b in article.blocks)
    junk = tuple((b.start, b.end) for b in article.blocks if b.role not in ARTICLE_ROLES)
    return Example(marked.text, blocks, junk, statements, tuple(mentions))


def name_span(text: str, span: Span, names: tuple[str, ...]) -> Span | None:
    """The name in a mention: from the first to the last word with a capital that agrees with a word of a declared name but for an ending of
    three letters, without quotation marks around the whole; None where there is none."""
    declared = [w[0].casefold() for name in names for w in WORD.finditer(name)]
    found = []
    for match in WORD.finditer(text, *span):
        word = match[0].casefold()
        alike = any(word[: (need := max(2, min(len(word), len(other)) - 3))] == other[:need] for other in declared)
        if alike:
            found.append((match.start(), match.end(), match[0] != word))
    capitals = [n for n, (_, _, capital) in enumerate(found) if capital]
    if not capitals:
        return None
    start, end = found[capitals[0]][0], found[-1][1]
    return (start, end + 1) if text[end : end + 1] in CLOSERS and any(c in OPENERS for c in text[start:end]) else (start, end)


def _kind(entity: Entity, code: str) -> str:
    """The type of an entity's name; a state is a place, although it speaks as a body does."""
    folds = [w.casefold() for w in entity.names[0].split()]
    state = entity.type == "org" and place_length(folds, 0, len(folds), code) == len(folds)
    return "loc" if state else NAMED[entity.type]


def labels_of(example: Example, starts: Integers, ends: Integers) -> Labels:
    """Labels of the words with these offsets."""
    count = len(starts)

    def words(span: Span) -> tuple[int, int]:
        low = int(np.searchsorted(ends, span[0], side="right"))
        high = int(np.searchsorted(starts, span[1], side="left"))
        return low, max(low, high)

    def blank() -> Integers:
        return np.zeros(count, np.int64)

    content, inner, cue, speaker, mention, name = (blank() for _ in range(6))
    pairs: list[tuple[str, int, tuple[int, ...]]] = []
    asked: set[int] = set()
    hidden = np.zeros(count, bool)
    for said in sorted(example.statements, key=lambda s: s.inner):
        layer = inner if said.inner else content
        found = [r for r in map(words, said.content) if r[0] < r[1]]
        if not found:
            continue
        for n, (low, high) in enumerate(found):
            layer[low:high] = 3 if said.sure else IGNORE
            if said.sure:
                layer[low] = 2 if n else 1
        if said.cue:
            low, high = words(said.cue)
            cue[low:high] = 2 if said.sure else IGNORE
            if low < high and said.sure:
                cue[low] = 1
        if said.mention:
            low, high = words(said.mention)
            speaker[low:high] = 2 if said.sure else IGNORE
            if low < high and said.sure:
                speaker[low] = 1
        begin = found[0][0]
        if said.sure and begin not in asked:
            asked.add(begin)
            pairs.append(("cue", begin, _first(words(said.cue)) if said.cue else ()))
            if said.mention is None or _first(words(said.mention)):
                pairs.append(("speaker", begin, _first(words(said.mention)) if said.mention else ()))
        for span in said.optional:
            low, high = words(span)
            hidden[low:high] = True
    content[hidden] = IGNORE
    earlier: dict[str, list[int]] = {}
    for named in sorted(example.mentions, key=lambda m: (m.span[0], -m.span[1])):
        low, high = words(named.span)
        if low == high:
            continue
        mention[low:high] = 2
        mention[low] = 1
        if named.type and named.name:
            first, last = words(named.name)
            name[first:last] = NAME.index(f"in-{named.type}")
            name[first] = NAME.index(f"begin-{named.type}")
        known = earlier.setdefault(named.entity, [])
        if low not in known:
            pairs.append(("antecedent", low, tuple(known)))
            known.append(low)
    for span in example.junk:
        low, high = words(span)
        name[low:high] = mention[low:high] = IGNORE
    return Labels(content, inner, cue, speaker, mention, name, tuple(pairs))


def _first(words: tuple[int, int]) -> tuple[int, ...]:
    return (words[0],) if words[0] < words[1] else ()


def _inside_another(number: int, contents: list[tuple[Span, ...]]) -> bool:
    mine = contents[number]
    size = sum(b - a for a, b in mine)
    return any(
        n != number and sum(b - a for a, b in other) > size and all(any(x <= a and b <= y for x, y in other) for a, b in mine)
        for n, other in enumerate(contents)
    )
