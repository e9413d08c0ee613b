"""The JSON that is printed: one object per page for `extract --jsonl`, one object of groups for `export stories --json`.

The formats are stable: other programs read them. Offsets count code points of the page's text.
"""

from __future__ import annotations

import json

import msgspec
from sqlalchemy import Connection, select

from onrecord.records import Article, Figure, Reading, Span, Statement
from onrecord.store import tables


def page_json(reading: Reading) -> bytes:
    """One line (without its line feed) for a page, as `onrecord extract --jsonl` prints it."""
    article = reading.article
    return _encode(
        {
            "id": article.id,
            "source": article.source,
            "url": article.url,
            "language": article.language,
            "published": article.published,
            "title": article.title,
            "outlet": article.outlet,
            "via": article.via,
            "blocks": [{"start": block.start, "end": block.end, "role": block.role} for block in article.blocks],
            "statements": [_statement(statement, article.text) for statement in reading.statements],
        }
        | _of_html(article)
    )


def _of_html(article: Article) -> dict[str, object]:
    """What is printed of a page in HTML alone: the text that the offsets count in, its places in the source, what the page says of itself."""
    if article.alignment is None:
        return {}
    said = {name: getattr(article, name) for name in ("updated", "authors", "section", "reasons")}
    return {"text": article.text, **said, "alignment": article.alignment.runs}


def stories_json(connection: Connection) -> bytes:
    """All stories and utterances, as `onrecord export stories --json` prints them."""
    articles, statements = tables.articles.c, tables.statements.c
    told: dict[str, list[str]] = {}
    for story, source in connection.execute(select(articles.story, articles.source).order_by(articles.story, articles.source)):
        if story is not None:
            told.setdefault(story, []).append(source)
    actors = {row.id: row.actor for row in connection.execute(select(tables.utterances.c.id, tables.utterances.c.actor))}
    said: dict[str, list[str]] = {}
    query = select(statements.utterance, statements.id).order_by(statements.utterance, statements.article, statements.position)
    for utterance, statement in connection.execute(query.where(statements.utterance.is_not(None))):
        said.setdefault(utterance, []).append(statement)
    return _encode(
        {
            "stories": [{"id": story, "articles": sources} for story, sources in told.items()],
            "utterances": [{"id": utterance, "actor": actors.get(utterance), "statements": ids} for utterance, ids in said.items()],
        }
    )


def _statement(statement: Statement, text: str) -> dict[str, object]:
    speaker = statement.speaker
    return {
        "id": statement.id,
        "kind": statement.kind,
        "where": statement.where,
        "content": statement.content,
        "quoted": statement.quoted,
        "cue": statement.cue,
        "speaker": None if speaker is None else {"name": speaker.name, "aliases": speaker.aliases, "mention": speaker.mention, "role": speaker.role},
        "said": statement.said,
        "place": _words(statement.place, text),
        "occasion": _words(statement.occasion, text),
        "to": _words(statement.to, text),
        "figures": [_figure(figure) for figure in statement.figures],
        "inside": statement.inside,
        "confidence": statement.confidence,
        "rule": statement.rule,
    }


def _words(span: Span | None, text: str) -> str | None:
    return None if span is None else text[span[0] : span[1]]


def _figure(figure: Figure) -> dict[str, object]:
    """Only what the words give: `approx`, `high` and `bound` stand where they hold."""
    known = {"span": figure.span, "value": figure.value, "unit": figure.unit, "of": figure.of, "by": figure.by, "high": figure.high, "bound": figure.bound}
    return {key: value for key, value in known.items() if value is not None} | ({"approx": True} if figure.approx else {})


def _encode(value: object) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # a lone half of a surrogate pair, which UTF-8 cannot hold: written as an escape
        return json.dumps(value, ensure_ascii=True).encode("ascii")
