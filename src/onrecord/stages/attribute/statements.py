"""From a quotation and its speaker to a statement: merged where two have the same words, nested where one lies inside another."""

from __future__ import annotations

import re

import msgspec

from onrecord.records import Article, Quotation, Speaker, Statement, digest

WORD = re.compile(r"\w{4,}")
NAMED = 3  # longer words in common that a name in the headline counts for
MOST_COMPARED = 60  # statements of an article that a headline is compared with
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


def by_the_article(statements: list[Statement], article: Article) -> list[Statement]:
    """Quotations of headlines that name nobody with the speaker whose name stands there or who says most of their words; nobody's are left out."""
    speaking = {s.speaker.name for s in statements if s.where == "body" and s.speaker is not None}
    statements = [s for s in statements if not _is_topic(s, speaking)]
    if not any("/headline-quotation" in s.rule for s in statements):
        return statements
    told = [(s, words_of(article, s)) for s in statements if s.where == "body" and s.speaker is not None][:MOST_COMPARED]
    made = []
    for statement in statements:
        if statement.speaker is None and "/headline-quotation" in statement.rule and told:
            wanted, line = words_of(article, statement), _line(article, statement)
            source = max(told, key=lambda t: len(wanted & t[1]) + NAMED * bool(line & _named(t[0])) + (t[0].kind == "direct"))[0]
            statement = msgspec.structs.replace(statement, speaker=source.speaker, unknown=None)
        made.append(statement)
    return [s for s in made if s.speaker is not None or "/headline-quotation" not in s.rule]


def _is_topic(statement: Statement, speaking: set[str]) -> bool:
    """Whether what stands before a headline's colon is what the article is about: no person or body, that says nothing in the article."""
    colon = "/headline-speaker-colon" in statement.rule and statement.kind == "indirect"
    return colon and (statement.speaker is None or (statement.speaker.type == "group" and statement.speaker.name not in speaking))


def words_of(article: Article, statement: Statement) -> frozenset[str]:
    """The longer words of what is said, folded."""
    return _longer(" ".join(article.text[a:b] for a, b in statement.content))


def _line(article: Article, statement: Statement) -> frozenset[str]:
    """The longer words of the line in which a statement stands."""
    begin, end = statement.content[0][0], statement.content[-1][1]
    stop = article.text.find("\n", end)
    return _longer(article.text[article.text.rfind("\n", 0, begin) + 1 : stop if stop >= 0 else len(article.text)])


def _named(statement: Statement) -> frozenset[str]:
    assert statement.speaker is not None
    return _longer(statement.speaker.name)


def _longer(text: str) -> frozenset[str]:
    return frozenset(w.casefold() for w in WORD.findall(text))


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
