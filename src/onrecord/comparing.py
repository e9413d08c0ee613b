"""An utterance's reports side by side, compared: what the command line, the pages and the API ask for.

Clauses are paired by shared roots inside a language, and by the multilingual encoder across languages (half a second when it is first
needed in a process).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from onrecord.errors import StoreError
from onrecord.knowledge import schema
from onrecord.records import Comparison, Difference, Mention, Naming, Reading, Span, Statement
from onrecord.stages import compare, dates
from onrecord.stages.compare import HEDGE_GONE, HEDGE_NEW
from onrecord.store import query
from onrecord.store.records import StatementLine, UtteranceView, first_of

MOST_COMPARED = 100  # reports of one utterance; a text that a thousand sites copy differs in nothing
EVEN_COSINE = 0.85  # of two clauses that are as likely as not the same; on news sentences in two languages 9 of 10 same ones lie above
EVEN_WITH_ENGLISH = 0.825  # the same where one of them is English, whose vectors lie further off (0.85 keeps 7 of 10, 0.825 nearly 9)
MARKED = ("left out", "added", "figure", "date", "hedge")  # in the words themselves; the others are told beside them
SLOPE = 5.0  # of likeness by cosine


class Compared(msgspec.Struct, frozen=True):
    """An utterance with what differs: each report (by statement id) against the fullest one, `base`.

    `first` is the report that was published before all others; None where the days do not tell. `chains`: outlet, then by way of whom.
    """

    view: UtteranceView
    base: str
    first: str | None
    comparisons: tuple[Comparison, ...]
    chains: dict[str, tuple[str, ...]]


def compared(connection: Connection, utterance_id: str) -> Compared | None:
    """The utterance of this id with its reports compared; None where there is none."""
    view = query.utterance(connection, utterance_id)
    if view is None:
        return None
    lines = view.reports[:MOST_COMPARED]
    readings = {line.article.id: _reading(connection, line) for line in lines}
    reports = [report(readings[line.article.id], line) for line in lines]
    base = compare.fullest(reports)
    found = tuple(compare.compare(base, other, alike(base, other)) for other in reports if other is not base)
    first = first_of(view.reports)
    chains = {line.statement.id: (line.article.label, *one.via) for line, one in zip(lines, reports, strict=True)}
    return Compared(view, base.id, first.statement.id if first else None, found, chains)


def find(connection: Connection, beginning: str) -> Compared:
    """The utterance whose id, or the id of one of whose statements, begins so; StoreError where there is none or more than one."""
    utterances = query.find_utterances(connection, beginning)
    found = compared(connection, utterances[0]) if len(utterances) == 1 else None
    if found is None:
        problem = "fits more than one utterance" if len(utterances) > 1 else "is no utterance"
        raise StoreError(f"{beginning!r} {problem}: `onrecord story` prints the ids of utterances, `onrecord said` those of statements")
    return found


def report(reading: Reading, line: StatementLine) -> compare.Report:
    """A statement of a reading as it is compared."""
    article, statement = reading.article, line.statement
    known = article.language in schema.languages()
    found = [
        (date.span, date.value)
        for a, b in (statement.content if known else ())
        for date in dates.find(article.text, a, b, article.language, article.published)
        if date.form != "relative"
    ]
    mention = statement.speaker.mention if statement.speaker else None
    return compare.Report(
        statement.id, article.language, statement.kind, article.text, statement.content, statement.figures, tuple(found),
        mention, naming(statement, reading.mentions), statement.via or article.via,
    )  # fmt: skip


def naming(statement: Statement, mentions: Sequence[Mention]) -> Naming:
    """Whether the article names the speaker anywhere, gives the office alone, or neither."""
    speaker = statement.speaker
    if speaker is None:
        return "unnamed"
    own = next((m for m in mentions if (m.start, m.end) == speaker.mention), None)
    forms = {m.form for m in mentions if own and (m is own or (own.chain >= 0 and m.chain == own.chain))}
    if "name" in forms or (own is None and any(m.form == "name" and m.name == speaker.name for m in mentions)):
        return "name"
    return "office" if "role" in forms or speaker.role else "unnamed"


def alike(one: compare.Report, other: compare.Report) -> compare.Alike:
    """Shared roots inside a language; across languages what is likelier by roots or by meaning."""
    if one.language == other.language:
        return compare.by_roots
    even = EVEN_WITH_ENGLISH if "en" in (one.language, other.language) else EVEN_COSINE
    return functools.partial(_by_meaning, even)


def _by_meaning(even: float, mine: Sequence[str], theirs: Sequence[str]) -> Sequence[Sequence[float]]:
    if not mine or not theirs:
        return []
    cosines = np.stack([_vector(text) for text in mine]) @ np.stack([_vector(text) for text in theirs]).T
    meant = np.clip(compare.SAYS_THE_SAME + SLOPE * (cosines - even), 0, 1)
    found: list[list[float]] = np.maximum(meant, np.array(compare.by_roots(mine, theirs))).tolist()
    return found


@functools.lru_cache(maxsize=8192)
def _vector(text: str) -> npt.NDArray[np.float32]:
    from onrecord.stages.encode import open_encoder

    vector: npt.NDArray[np.float32] = open_encoder().read(text)
    return vector


def marks(difference: Difference) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """What of a difference is marked on each side: nothing where it points to whole clauses that lack a hedge, or to whole reports."""
    if difference.kind not in MARKED:
        return (), ()
    if difference.kind == "hedge" and difference.note in (HEDGE_GONE, HEDGE_NEW):
        return (difference.one, ()) if difference.note == HEDGE_GONE else ((), difference.other)
    return difference.one, difference.other


def in_words(content: Sequence[Span], span: Span, gap: str = " … ") -> tuple[Span, ...]:
    """Where a span of the article lies in the statement's words, its pieces joined by a gap; nothing where it lies outside."""
    found = []
    at = 0
    for a, b in content:
        start, end = max(a, span[0]), min(b, span[1])
        if start < end:
            found.append((at + start - a, at + end - a))
        at += b - a + len(gap)
    return tuple(found)


def _reading(connection: Connection, line: StatementLine) -> Reading:
    view = query.article(connection, line.article.id)
    if view is None:
        raise StoreError(f"article {line.article.id} has gone while it was read: ask again")
    return view.reading
