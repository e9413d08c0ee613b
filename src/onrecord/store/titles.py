"""What pages and authorities call people, by day: in and out of the store. The caller owns the transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from onrecord.records import Statement, Title
from onrecord.store.driver import THESE, ask, tell, written
from onrecord.store.payload import storable, unpack


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
    query = (
        'SELECT m.article, a.language, a.published, m.name, m.role, m.chain FROM mentions m JOIN articles a ON a."row" = m.article'
        f" WHERE m.article IN {THESE} AND m.form = 'name' AND m.type = 'person' AND m.role IS NOT NULL AND a.published IS NOT NULL"
        " ORDER BY m.article, m.position"
    )
    found = ask(connection, query, set(articles))
    return [Called(article, language, day, written(name), written(role), chain) for article, language, day, name, role, chain in found]


def chain_names(connection: Connection, articles: Iterable[int]) -> dict[tuple[int, int], list[str]]:
    """The names that stand for each chain of articles: those of speakers first, then those of mentions."""
    these = set(articles)
    names: dict[tuple[int, int], list[str]] = defaultdict(list)
    chains: dict[tuple[int, int, int], int] = {}
    query = f'SELECT article, start, "end", name, chain, form FROM mentions WHERE article IN {THESE} ORDER BY article, position'
    for article, start, end, name, chain, form in ask(connection, query, these):
        chains[(article, start, end)] = chain
        if chain >= 0 and form == "name":
            names[(article, chain)].append(written(name))
    for article, payload in ask(connection, f'SELECT article, payload FROM statements WHERE article IN {THESE} ORDER BY "row"', these):
        speaker = unpack(payload, Statement).speaker
        if speaker and speaker.mention and (chain := chains.get((article, *speaker.mention), -1)) >= 0:
            names[(article, chain)].insert(0, speaker.name)
    return dict(names)


def roles_alone(connection: Connection, articles: Iterable[int]) -> set[tuple[int, str]]:
    """The offices by which articles call persons without a name beside them: article and words."""
    query = f"SELECT article, name FROM mentions WHERE article IN {THESE} AND form = 'role' AND type = 'person'"
    return {(article, written(name)) for article, name in ask(connection, query, set(articles))}


def put(connection: Connection, titles: Sequence[Title], *, articles: Iterable[int] = (), authorities: Iterable[str] = ()) -> None:
    """Replace the titles that articles and authorities give."""
    ask(connection, f"DELETE FROM titles WHERE article IN {THESE} OR authority IN {THESE}", set(articles), set(authorities))
    columns = Title.__struct_fields__
    rows = [[storable(value) if isinstance(value, str) else value for value in msgspec.structs.astuple(title)] for title in titles]
    tell(connection, f"INSERT INTO titles({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows)


def of_articles(connection: Connection, articles: Iterable[int]) -> list[Title]:
    """The titles that articles give."""
    return _read(connection, "article", articles)


def of_holders(connection: Connection, holders: Iterable[str]) -> dict[str, list[Title]]:
    """The titles of names, by the key of the name."""
    return _by(_read(connection, "holder", holders), "holder")


def spans_of_holders(connection: Connection, holders: Iterable[str]) -> dict[str, list[Title]]:
    """The different titles of names with the first and the last day of each, by the key of the name: two rows, of articles of their own."""
    query = (
        f"SELECT holder, title, language, min(since), max(since) FROM titles WHERE holder IN {THESE} AND article IS NOT NULL"
        " GROUP BY holder, title, language ORDER BY holder, title, language"
    )
    ends = ((holder, written(title), language, day) for holder, title, language, *days in ask(connection, query, set(holders)) for day in days)
    return _by((Title(holder, "", title, language, None, day, day, -n) for n, (holder, title, language, day) in enumerate(ends, 1)), "holder")


def of_offices(connection: Connection, offices: Iterable[str]) -> dict[str, list[Title]]:
    """Who is called by offices, by the key of the office: what authorities say, and of each name on pages the first and the last day."""
    asked = set(offices)
    query = (
        f"SELECT office, holder, min(name), min(since), max(since) FROM titles WHERE office IN {THESE} AND article IS NOT NULL"
        " GROUP BY office, holder ORDER BY office, holder"
    )
    ends = [(office, holder, written(name), day) for office, holder, name, *days in ask(connection, query, asked) for day in days]
    paged = [Title(holder, name, "", "", written(office), day, day, -n) for n, (office, holder, name, day) in enumerate(ends, 1)]
    known = _read(connection, "office", asked, "AND authority IS NOT NULL")
    return _by((*known, *paged), "office")


def spoken_as(connection: Connection, offices: Mapping[str, tuple[str, str]]) -> list[tuple[int, str, str | None, str]]:
    """The statements of these days whose speaker is an office alone: article, office, day, and why whom it was given to."""
    query = "SELECT article, office, day, why FROM statements WHERE office = ? AND day BETWEEN ? AND ?"
    found = (row for office, (first, last) in offices.items() for row in ask(connection, query, storable(office), first, last))
    return [(article, written(office), day, written(why or "")) for article, office, day, why in found]


def parted(connection: Connection, holders: Iterable[str]) -> set[str]:
    """Of names (by their keys) those of which statements are given to one of several who bear them."""
    return {holder for (holder,) in ask(connection, f"SELECT holder FROM bearers WHERE holder IN {THESE} AND id <> holder", set(holders))}


def articles_of_names(connection: Connection, holders: Iterable[str]) -> set[int]:
    """The articles in which names (by their keys) speak."""
    query = f'SELECT DISTINCT s.article FROM bearers b JOIN statements s ON s.bearer = b."row" WHERE b.holder IN {THESE}'
    return {article for (article,) in ask(connection, query, set(holders))}


def _read(connection: Connection, column: str, values: Iterable[str] | Iterable[int], and_: str = "") -> list[Title]:
    columns = ", ".join(Title.__struct_fields__)
    found = ask(connection, f'SELECT {columns} FROM titles WHERE {column} IN {THESE} {and_} ORDER BY "row"', set(values))
    return [
        Title(holder, written(name), written(title), language, office and written(office), since, until, article, authority)
        for holder, name, title, language, office, since, until, article, authority in found
    ]


def _by(titles: Iterable[Title], field: str) -> dict[str, list[Title]]:
    found: Mapping[str, list[Title]] = defaultdict(list)
    for title in titles:
        found[getattr(title, field)].append(title)
    return dict(found)
