"""Articles made as untidy as real pages are: the same words under other punctuation, layout and cuts."""

from __future__ import annotations

import bisect
import random
import re

from labels import Example, Named, Said
from onrecord.records import Span

Edit = tuple[int, int, str]

STYLES = ("«»", "„“", "“”", "„”", '""', "''", "»«", "‘’")
PAIRS = re.compile(r"«([^«»\n]*)»|„([^„“”\n]*)[“”]|“([^“”\n]*)”|\"([^\"\n]*)\"")
DASH = re.compile(r"(?<=\s)[–—-](?=\s)")
SENTENCE_END = re.compile(r"(?<=[.!?…»”“\"])[ \n]+(?=[«„“\"]?\w)")
BREAK = re.compile(r"\n+")
LAST_STOP = re.compile(r"[.](?=\n|$)")


def varied(example: Example, chance: random.Random) -> Example:
    """One untidy variant of the example; what is done to it is drawn by `chance`."""
    edits: list[Edit] = []
    text = example.text
    if chance.random() < 0.6:
        edits += _marks(text, chance.choice(STYLES), chance)
    if chance.random() < 0.4:
        dash = chance.choice("–—-")
        edits += [(m.start(), m.end(), dash) for m in DASH.finditer(text)]
    if chance.random() < 0.3:
        glue = chance.choice((" ", "", "\n", "\n\n", "  "))
        edits += [(m.start(), m.end(), glue) for m in BREAK.finditer(text) if chance.random() < 0.7]
    elif chance.random() < 0.25:
        edits += [(m.start(), m.end(), "") for m in SENTENCE_END.finditer(text) if chance.random() < 0.3]
    if chance.random() < 0.15:
        edits += [(m.start(), m.end(), "") for m in LAST_STOP.finditer(text) if chance.random() < 0.6]
    if chance.random() < 0.15:
        edits += _other_case(example, chance)
    edits += _cuts(example, chance)
    return edited(example, edits)


def edited(example: Example, edits: list[Edit]) -> Example:
    """The example after the edits; of two that overlap the earlier one counts. Marks on words that are gone are gone."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e[0], -e[1])):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    parts, at, shifts = [], 0, [(0, 0)]
    for start, end, new in kept:
        parts += [example.text[at:start], new]
        at = end
        shifts.append((end, shifts[-1][1] + len(new) - (end - start)))
    parts.append(example.text[at:])
    places = [s[0] for s in shifts]
    starts = [e[0] for e in kept]

    def moved(offset: int) -> int:
        inside = bisect.bisect_right(starts, offset) - 1
        if inside >= 0 and kept[inside][0] < offset < kept[inside][1]:
            offset = kept[inside][1]
        return offset + shifts[bisect.bisect_right(places, offset) - 1][1]

    def span(old: Span | None) -> Span | None:
        if old is None:
            return None
        new = moved(old[0]), moved(old[1])
        return new if new[0] < new[1] else None

    def spans(old: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(new for s in old if (new := span(s)))

    statements = tuple(
        Said(spans(s.content), spans(s.optional), span(s.cue), span(s.mention), s.inner, s.sure and _whole(s, kept))
        for s in example.statements
    )
    mentions = tuple(Named(new, m.entity, m.type, span(m.name)) for m in example.mentions if (new := span(m.span)))
    return Example("".join(parts), spans(example.spans), spans(example.junk), tuple(s for s in statements if s.content), mentions)


def _whole(said: Said, edits: list[Edit]) -> bool:
    """True where no cut took a part of the statement away."""
    pieces = [*said.content, *(p for p in (said.cue, said.mention) if p)]
    return not any(not new and end - start > 3 and start < b and a < end for start, end, new in edits for a, b in pieces)


def _marks(text: str, style: str, chance: random.Random) -> list[Edit]:
    edits = []
    for match in PAIRS.finditer(text):
        one = style if chance.random() < 0.93 else chance.choice(STYLES)
        edits += [(match.start(), match.start() + 1, one[0]), (match.end() - 1, match.end(), one[1])]
        if chance.random() < 0.02:
            edits.pop(chance.choice((-1, -2)))
    return edits


def _other_case(example: Example, chance: random.Random) -> list[Edit]:
    text = example.text
    if chance.random() < 0.3:
        return [(i, i + 1, c.lower()) for i, c in enumerate(text) if c.isupper() and len(c.lower()) == 1]
    if chance.random() < 0.5:
        a, b = example.spans[0]
        return [(i, i + 1, text[i].upper()) for i in range(a, b) if len(text[i].upper()) == 1]
    return [
        (i, i + 1, text[i].lower())
        for m in example.mentions
        if m.type and chance.random() < 0.2
        for i in range(*m.span)
        if text[i].isupper() and len(text[i].lower()) == 1
    ]


def _cuts(example: Example, chance: random.Random) -> list[Edit]:
    """Junk lines mostly gone (cleaning takes them), and now and then the head, the tail or the start of a line."""
    text = example.text
    gone = [s for s in example.junk if chance.random() < 0.75]
    lines = [s for s in example.spans if s not in example.junk]
    if len(lines) > 3 and chance.random() < 0.25:
        gone += lines[: chance.randint(1, len(lines) // 2)]
    if len(lines) > 3 and chance.random() < 0.15:
        gone += lines[-chance.randint(1, len(lines) // 2) :]
    edits: list[Edit] = []
    for a, b in gone:
        end = b
        while end < len(text) and text[end] == "\n":
            end += 1
        edits.append((a, end, ""))
    return edits
