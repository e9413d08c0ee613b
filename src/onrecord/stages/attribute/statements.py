"""From a quotation and its speaker to a statement: merged where two have the same words, nested where one lies inside another."""

from __future__ import annotations

import msgspec

from onrecord.records import Article, Quotation, Speaker, Statement, digest

DEEPEST = 8  # statements that may stand around one


def statement(article: Article, quotation: Quotation, speaker: Speaker | None, reason: str | None) -> Statement:
    """The statement of a quotation, with its speaker or the reason why there is none."""
    spans = ",".join(f"{a}-{b}" for a, b in quotation.content)
    return Statement(
        id=digest(article.id, spans), kind=quotation.kind, where=quotation.where, content=quotation.content, quoted=quotation.quoted,
        cue=quotation.cue, speaker=speaker, rule=quotation.rule, confidence=quotation.confidence, unknown=reason,
    )  # fmt: skip


def merge(statements: list[Statement]) -> list[Statement]:
    """One statement for each content: of two with the same words the surer one stays."""
    best: dict[str, Statement] = {}
    for statement in statements:
        other = best.get(statement.id)
        if other is None or statement.confidence > other.confidence:
            best[statement.id] = statement
    return list(best.values())


def nest(statements: list[Statement]) -> tuple[Statement, ...]:
    """Statements whose content lies inside another one's point to it."""
    made: list[Statement] = []
    around: list[Statement] = []
    for statement in sorted(statements, key=lambda s: (s.content[0][0], -s.content[-1][1])):
        around = [o for o in around if o.content[-1][1] > statement.content[0][0]][-DEEPEST:]
        outer = next((o.id for o in reversed(around) if _within(statement, o)), None)
        made.append(msgspec.structs.replace(statement, inside=outer) if outer else statement)
        around.append(statement)
    return tuple(made)


def _within(inner: Statement, outer: Statement) -> bool:
    return inner.content != outer.content and all(any(a <= c and d <= b for a, b in outer.content) for c, d in inner.content)
