"""From rows of the tables back to records, as the queries need them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, select

from onrecord.records import Actor, Article, Block, Mention, Reading, Sentence, Statement, Story, Utterance
from onrecord.store.payload import told_of, unpack
from onrecord.store.records import ArticleLine, StatementLine
from onrecord.store.search import highlights
from onrecord.store.tables import actors, articles, blocks, mentions, statements, stories, utterances

LINE = (
    articles.c.id, articles.c.source, articles.c.language, articles.c.label, articles.c.statements, articles.c.title, articles.c.published,
    articles.c.outlet, articles.c.url,
)  # fmt: skip
LINE_FIELDS = tuple(column.name for column in LINE)
Query = Select[Any]


def article_line(row: Iterable[Any]) -> ArticleLine:
    """A line from the columns LINE, in their order."""
    return ArticleLine(**dict(zip(LINE_FIELDS, row, strict=True)))


def article_lines(connection: Connection, query: Query) -> tuple[ArticleLine, ...]:
    """The lines of a query for the columns LINE."""
    return tuple(map(article_line, connection.execute(query)))


def statement_lines(connection: Connection, query: Query, typed: str = "") -> tuple[StatementLine, ...]:
    """The lines of a query made by `statement_query`; words that `typed` matches are highlighted."""
    found = []
    for row in connection.execute(query):
        payload, words, day, utterance, actor, story, wrong, corrected, *line = tuple(row)
        found.append(
            StatementLine(
                statement=unpack(payload, Statement),
                words=words,
                article=article_line(line),
                actor=None if actor is None else unpack(actor, Actor),
                day=day,
                utterance=utterance,
                story=story,
                highlights=highlights(words, typed) if typed else (),
                wrong=wrong,
                corrected=corrected is not None,
            )
        )
    return tuple(found)


def statement_query() -> Query:
    """Statements with their article and actor, in no order yet."""
    s = statements.c
    return (
        select(s.payload, s.words, s.day, s.utterance, actors.c.payload, articles.c.story, s.wrong, s.corrected, *LINE)
        .select_from(statements.join(articles, s.article == articles.c.row).outerjoin(actors, s.actor == actors.c.id))
    )  # fmt: skip


def newest_first() -> tuple[ColumnElement[Any], ...]:
    """Statements by day, newest first, without a day last; inside an article as they stand."""
    s = statements.c
    return (s.day.is_(None), s.day.desc(), s.article.desc(), s.position)


def reading(connection: Connection, number: int) -> Reading:
    """The whole reading of the article in this row, exactly as it was stored."""
    row = connection.execute(select(articles).where(articles.c.row == number)).one()
    article = Article(
        id=row.id, source=row.source, text=row.text, language=row.language, url=row.url, title=row.title, published=row.published,
        outlet=row.outlet, via=unpack(row.via, tuple[str, ...]), blocks=tuple(_records(connection, blocks, number, Block)),
        **msgspec.structs.asdict(told_of(row.about)),
    )  # fmt: skip
    sentences = tuple(Sentence(*values) for values in unpack(row.sentences, tuple[tuple[int, int, str], ...]))  # type: ignore[arg-type]
    payloads = connection.scalars(select(statements.c.payload).where(statements.c.article == number).order_by(statements.c.position))
    said = tuple(unpack(payload, Statement) for payload in payloads)
    return Reading(article, sentences, tuple(_records(connection, mentions, number, Mention)), said)


def _records(connection: Connection, table: Any, number: int, kind: type[Any]) -> Iterable[Any]:
    """Records of a table that holds one row for each, in their order."""
    fields = msgspec.structs.fields(kind)
    columns = [table.c[field.name] for field in fields]
    for row in connection.execute(select(*columns).where(table.c.article == number).order_by(table.c.position)):
        yield kind(*row)


def story_record(connection: Connection, story_id: str | None) -> Story | None:
    """A story with the ids of its articles, in the order of publication."""
    row = connection.execute(select(stories.c.title).where(stories.c.id == story_id)).first()
    if story_id is None or row is None:
        return None
    query = select(articles.c.id).where(articles.c.story == story_id).order_by(articles.c.published.is_(None), articles.c.published, articles.c.source)
    return Story(story_id, row.title, tuple(connection.scalars(query)))


def utterance_record(connection: Connection, utterance_id: str) -> Utterance | None:
    """An utterance with the ids of its statements, in the order of publication."""
    row = connection.execute(select(utterances.c.actor).where(utterances.c.id == utterance_id)).first()
    if row is None:
        return None
    order = (articles.c.published.is_(None), articles.c.published, articles.c.source, statements.c.position)
    query = select(statements.c.id).join(articles, statements.c.article == articles.c.row).where(statements.c.utterance == utterance_id).order_by(*order)
    return Utterance(utterance_id, row.actor, tuple(connection.scalars(query)))
