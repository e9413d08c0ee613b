"""What pages and authorities call people, by day: in and out of the store. The caller owns the transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from onrecord.records import Statement, Title
from onrecord.store import tables
from onrecord.store.payload import unpack

FEW = 900  # values in one IN (…)


class Called(msgspec.Struct, frozen=True):
    """A name with a title beside it on a page of a day; `chain` tells who is meant there."""

    article: int
    language: str
    day: str
    name: str
    title: str
    chain: int


def called(connection: Connection, articles: Iterable[int]) -> list[Called]:
    """The names of persons with titles beside them in articles whose day is known."""
    m, a = tables.mentions.c, tables.articles.c
    query = select(m.article, a.language, a.published, m.name, m.role, m.chain).join(tables.articles, m.article == a.row)
    query = query.where(m.form == "name", m.type == "person", m.role.is_not(None), a.published.is_not(None)).order_by(m.article, m.position)
    return [Called(*row) for few in _few(articles) for row in connection.execute(query.where(m.article.in_(few)))]


def chain_names(connection: Connection, articles: Iterable[int]) -> dict[tuple[int, int], list[str]]:
    """The names that stand for each chain of articles: those of speakers first, then those of mentions."""
    m, s = tables.mentions.c, tables.statements.c
    names: dict[tuple[int, int], list[str]] = defaultdict(list)
    for few in _few(articles):
        chains: dict[tuple[int, int, int], int] = {}
        rows = connection.execute(select(m.article, m.start, m.end, m.name, m.chain, m.form).where(m.article.in_(few)).order_by(m.article, m.position))
        for article, start, end, name, chain, form in rows:
            chains[(article, start, end)] = chain
            if chain >= 0 and form == "name":
                names[(article, chain)].append(name)
        for article, payload in connection.execute(select(s.article, s.payload).where(s.article.in_(few)).order_by(s.row)):
            speaker = unpack(payload, Statement).speaker
            if speaker and speaker.mention and (chain := chains.get((article, *speaker.mention), -1)) >= 0:
                names[(article, chain)].insert(0, speaker.name)
    return dict(names)


def roles_alone(connection: Connection, articles: Iterable[int]) -> set[tuple[int, str]]:
    """The offices by which articles call persons without a name beside them: article and words."""
    m = tables.mentions.c
    query = select(m.article, m.name).where(m.form == "role", m.type == "person")
    return {(article, name) for few in _few(articles) for article, name in connection.execute(query.where(m.article.in_(few)))}


def put(connection: Connection, titles: Sequence[Title], *, articles: Iterable[int] = (), authorities: Iterable[str] = ()) -> None:
    """Replace the titles that articles and authorities give."""
    table = tables.titles
    for column, values in ((table.c.article, articles), (table.c.authority, authorities)):
        for few in _few(values):
            connection.execute(delete(table).where(column.in_(few)))
    if titles:
        connection.execute(insert(table), [msgspec.structs.asdict(title) for title in titles])


def of_articles(connection: Connection, articles: Iterable[int]) -> list[Title]:
    """The titles that articles give."""
    return _read(connection, tables.titles.c.article, articles)


def of_holders(connection: Connection, holders: Iterable[str]) -> dict[str, list[Title]]:
    """The titles of names, by the key of the name."""
    return _by(_read(connection, tables.titles.c.holder, holders), "holder")


def spans_of_holders(connection: Connection, holders: Iterable[str]) -> dict[str, list[Title]]:
    """The different titles of names with the first and the last day of each, by the key of the name: two rows, of articles of their own."""
    t = tables.titles.c
    query = select(t.holder, t.title, t.language, func.min(t.since), func.max(t.since)).where(t.article.is_not(None))
    query = query.group_by(t.holder, t.title, t.language).order_by(t.holder, t.title, t.language)
    rows = [row for few in _few(holders) for row in connection.execute(query.where(t.holder.in_(few)))]
    ends = ((holder, title, language, day) for holder, title, language, *days in rows for day in days)
    return _by((Title(holder, "", title, language, None, day, day, -n) for n, (holder, title, language, day) in enumerate(ends, 1)), "holder")


def of_offices(connection: Connection, offices: Iterable[str]) -> dict[str, list[Title]]:
    """Who is called by offices, by the key of the office."""
    return _by(_read(connection, tables.titles.c.office, offices), "office")


def spoken_as(connection: Connection, offices: Iterable[str]) -> list[tuple[int, str, str | None, str]]:
    """The statements whose speaker is an office alone: article, office, day, and why whom it was given to."""
    s = tables.statements.c
    query = select(s.article, s.office, s.day, func.coalesce(s.why, ""))
    return [tuple(row) for few in _few(offices) for row in connection.execute(query.where(s.office.in_(few)))]


def articles_of_names(connection: Connection, holders: Iterable[str]) -> dict[str, dict[int, str]]:
    """The articles in which names speak, by the key of the name, with the id of the bearer there."""
    s, b = tables.statements.c, tables.bearers.c
    query = select(b.holder, s.article, b.id).join(tables.bearers, s.bearer == b.row)
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for few in _few(holders):
        for holder, article, bearer in connection.execute(query.where(b.holder.in_(few))):
            found[holder][article] = bearer
    return dict(found)


def _read(connection: Connection, column: ColumnElement[Any], values: Iterable[object]) -> list[Title]:
    t = tables.titles.c
    query = select(t.holder, t.name, t.title, t.language, t.office, t.since, t.until, t.article, t.authority).order_by(t.row)
    return [Title(*row) for few in _few(values) for row in connection.execute(query.where(column.in_(few)))]


def _by(titles: Iterable[Title], field: str) -> dict[str, list[Title]]:
    found: Mapping[str, list[Title]] = defaultdict(list)
    for title in titles:
        found[getattr(title, field)].append(title)
    return dict(found)


def _few(values: Iterable[object]) -> Iterable[list[object]]:
    listed = list(dict.fromkeys(values))
    return (listed[at : at + FEW] for at in range(0, len(listed), FEW))
