"""An article's text with its statements marked in place: pure, and the only place that makes HTML outside the templates.

Everything that comes from the page goes through `escape`.
"""

from __future__ import annotations

import html
import itertools
from collections.abc import Container, Sequence

import msgspec
from markupsafe import Markup, escape

from onrecord.alignment import Alignment, Stretch
from onrecord.comparing import in_words, marks
from onrecord.records import ARTICLE_ROLES, Article, Block, Comparison, Difference, Kind, Span, Statement
from onrecord.store.records import StatementLine

# Differences that are marked in the words themselves, with their classes in the style sheet.
CLASSES = {"left out": "leftout", "added": "added", "figure": "otherfigure", "date": "otherdate", "hedge": "hedge"}


class Mark(msgspec.Struct, frozen=True):
    """A stretch of text to be marked: content of a statement, its cue or its speaker's mention."""

    span: Span
    kind: Kind | None  # of the statement whose content it is, None for a cue or mention
    css: str
    number: int = 0
    anchor: str = ""  # element id; on the first piece only


class Note(msgspec.Struct, frozen=True):
    """What stands beside the paragraph in which a statement begins; `inside` is the number of the statement that it stands in."""

    number: int
    statement: Statement
    cue: str
    inside: int | None


class Paragraph(msgspec.Struct, frozen=True):
    """A block as shown: its marked text and the notes on the statements that begin in it."""

    role: str
    junk: bool
    html: Markup
    notes: tuple[Note, ...]


def paragraphs(text: str, blocks: Sequence[Block], statements: Sequence[Statement], *, wrong: Container[str] = frozenset()) -> tuple[Paragraph, ...]:
    """The blocks of an article in order, with statements marked and noted; those judged wrong (by id) are struck through."""
    marks = marks_of(statements, wrong=wrong)
    numbers = {statement.id: number for number, statement in enumerate(statements, 1)}
    shown = []
    for block in blocks:
        notes = tuple(
            Note(numbers[s.id], s, text[slice(*s.cue)] if s.cue else "", numbers.get(s.inside or ""))
            for s in statements
            if s.content and block.start <= s.content[0][0] < block.end
        )
        shown.append(Paragraph(block.role, block.role not in ARTICLE_ROLES, marked(text, (block.start, block.end), marks), notes))
    return tuple(shown)


def marks_of(statements: Sequence[Statement], *, wrong: Container[str] = frozenset()) -> tuple[Mark, ...]:
    """Every mark of the statements, outer before inner."""
    marks = []
    for number, statement in enumerate(statements, 1):
        for count, span in enumerate(statement.content):
            css = f"said {statement.kind}" + (" wrong" if statement.id in wrong else "")
            marks.append(Mark(span, statement.kind, css, number, f"s-{statement.id}" if count == 0 else ""))
        if statement.cue:
            marks.append(Mark(statement.cue, None, "cue"))
        if statement.speaker and statement.speaker.mention:
            marks.append(Mark(statement.speaker.mention, None, "speaker"))
    return tuple(sorted((m for m in marks if m.span[0] < m.span[1]), key=lambda m: (m.span[0], -m.span[1], m.kind is None, m.number)))


class Sourced(msgspec.Struct, frozen=True):
    """A stretch of a page's source as shown: where it starts in the page, how many characters before it are left out, its marked characters."""

    start: int
    before: int
    html: Markup


def sources(article: Article, statements: Sequence[Statement], *, wrong: Container[str] = frozenset()) -> tuple[Sourced, ...]:
    """The source of an article with the characters of its statements marked; nothing where the source was not kept."""
    stretches = article.origin if article.alignment is not None else ((0, article.text),)
    marks, shown, at = marks_of(statements, wrong=wrong), [], 0
    if article.alignment is not None:
        marks = tuple(itertools.chain.from_iterable(_in_source(mark, article.alignment, stretches) for mark in marks))
    for start, source in stretches:
        end = start + len(source)
        here = [msgspec.structs.replace(m, span=(m.span[0] - start, m.span[1] - start)) for m in marks if start <= m.span[0] and m.span[1] <= end]
        here.sort(key=lambda m: (m.span[0], -m.span[1], m.kind is None, m.number))
        shown.append(Sourced(start, start - at, marked(source, (0, len(source)), here)))
        at = end
    return tuple(shown)


def _in_source(mark: Mark, alignment: Alignment, stretches: Sequence[Stretch]) -> tuple[Mark, ...]:
    """A mark of the text as those of its characters in the source; spans with nothing but blanks between are one."""
    spans: list[Span] = []
    for span in alignment.source(*mark.span):
        if spans and _is_blank(stretches, spans[-1][1], span[0]):
            spans[-1] = (spans[-1][0], span[1])
        else:
            spans.append(span)
    return tuple(msgspec.structs.replace(mark, span=span, anchor=mark.anchor if number == 0 else "") for number, span in enumerate(spans))


def _is_blank(stretches: Sequence[Stretch], start: int, end: int) -> bool:
    """Whether nothing but blanks stands between two places of the source, as they are or as entities."""
    between = (text[start - at : end - at] for at, text in stretches if at <= start and end <= at + len(text))
    return html.unescape(next(between, "")).isspace()


def marked(text: str, span: Span, marks: Sequence[Mark]) -> Markup:
    """The text of the span as HTML. A mark that crosses another's end is cut there, so that elements nest; equal cues are marked once."""
    start, end = span
    inside: list[Mark] = []
    for mark in marks:
        a, b = max(mark.span[0], start), min(mark.span[1], end)
        if a < b and not (inside and mark.kind is None and inside[-1].kind is None and inside[-1].span == (a, b)):
            inside.append(msgspec.structs.replace(mark, span=(a, b), anchor=mark.anchor if a == mark.span[0] else ""))
    return Markup("").join(_nested(text, start, end, inside))


def _nested(text: str, start: int, end: int, marks: list[Mark]) -> list[Markup]:
    pieces: list[Markup] = []
    at = start
    waiting = list(marks)
    while waiting:
        mark = waiting.pop(0)
        a, b = mark.span
        inner: list[Mark] = []
        later: list[Mark] = []
        for other in waiting:
            if other.span[0] >= b:
                later.append(other)
                continue
            inner.append(msgspec.structs.replace(other, span=(other.span[0], min(other.span[1], b))))
            if other.span[1] > b:
                later.append(msgspec.structs.replace(other, span=(b, other.span[1]), anchor=""))
        pieces += [escape(text[at:a]), _open(mark), *_nested(text, a, b, inner), Markup("</mark>" if mark.kind else "</span>")]
        at = b
        waiting = sorted(later, key=lambda m: (m.span[0], -m.span[1]))
    pieces.append(escape(text[at:end]))
    return pieces


def _open(mark: Mark) -> Markup:
    if mark.kind is None:
        return Markup('<span class="{}">').format(mark.css)
    if not mark.anchor:
        return Markup('<mark class="{}" data-number="{}">').format(mark.css, mark.number)
    return Markup('<mark class="{}" id="{}" data-number="{}"><a class="number" href="#n-{}" aria-label="note {}">{}</a>').format(
        mark.css, mark.anchor, mark.number, mark.anchor.removeprefix("s-"), mark.number, mark.number
    )


def differing(line: StatementLine, comparisons: Sequence[Comparison]) -> tuple[tuple[str, str], ...]:
    """The words of a report in pieces, each with the kinds of difference it stands in, as classes of a style sheet ("" where in none)."""
    spans: list[tuple[Span, str]] = []
    for comparison in comparisons:
        for difference in comparison.differences:
            mine = marks(difference)[comparison.other == line.statement.id] if line.statement.id in (comparison.one, comparison.other) else ()
            spans += [(at, CLASSES[difference.kind]) for span in mine for at in in_words(line.statement.content, span)]
    edges = sorted({0, len(line.words), *(edge for span, _ in spans for edge in span)})
    parts = []
    for start, end in itertools.pairwise(edges):
        kinds = sorted({kind for (a, b), kind in spans if a <= start and end <= b})
        parts.append((line.words[start:end], " ".join(kinds)))
    return tuple(parts)


class Quote(msgspec.Struct, frozen=True):
    """Words of one side of a difference, and their language."""

    words: str
    language: str


def quotes(difference: Difference, comparison: Comparison, lines: Sequence[StatementLine]) -> tuple[Quote, ...]:
    """The words of a difference on both sides, as far as they are marked; those that stand in the other's language say so."""
    found = []
    for statement_id, spans in zip((comparison.one, comparison.other), marks(difference), strict=True):
        line = next(each for each in lines if each.statement.id == statement_id)
        at = [part for span in spans for part in in_words(line.statement.content, span)]
        if at:
            found.append(Quote(" … ".join(line.words[a:b] for a, b in at), line.article.language))
    return tuple(found)


def pieces(text: str, highlights: Sequence[Span]) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether a search matched it."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for start, end in highlights:
        if start < at or end > len(text):
            continue
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple((part, hit) for part, hit in (*parts, (text[at:], False)) if part)
