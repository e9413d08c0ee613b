"""What actors are made of: names as the scores group them, and the writing of what judgements and authorities make of these groups.

The caller owns the transaction. `statements.found` and `bearers.found` hold what the scores say and are never touched here; `actor` is
written from them each time, so that taking a judgement back gives what was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, bindparam, func, select, update

from onrecord.records import Named, NameKind, Statement
from onrecord.store import tables
from onrecord.store.driver import THESE, ask, tell, written
from onrecord.store.payload import storable, unpack

FEW = 900  # values in one IN (…)


class Bearing(msgspec.Struct, frozen=True):
    """A full name in the store: `key` is its id, `found` the group that the scores put it in, `payload` a `stages.identify.Bearer`."""

    row: int
    key: str
    found: str
    payload: bytes
    authority: str | None
    actor: str | None
    statements: int


class Merge(msgspec.Struct, frozen=True):
    """Why two names are one actor's; with `other_actor` and `refused`: why two that are alike are not."""

    actor: str
    one: str
    other: str
    reason: str
    score: float | None = None
    other_actor: str | None = None
    refused: bool = False


def bearings(connection: Connection, found: Iterable[str]) -> list[Bearing]:
    """The full names of groups, in order."""
    count = 'SELECT count(*) FROM statements s WHERE s.bearer = b."row"'
    query = f'SELECT "row", id, found, payload, authority, actor, ({count}) FROM bearers b WHERE found IN {THESE} ORDER BY "row"'
    return [Bearing(*row) for row in ask(connection, query, set(found))]


def alone(connection: Connection, found: Iterable[str]) -> dict[str, list[Statement]]:
    """The statements of each group that no full name explains, in order."""
    groups: dict[str, list[Statement]] = {}
    for group, payload in ask(connection, f'SELECT found, payload FROM statements WHERE found IN {THESE} ORDER BY "row"', set(found)):
        groups.setdefault(group, []).append(unpack(payload, Statement))
    return groups


def places(connection: Connection, names: Iterable[Named]) -> dict[str, tuple[str, str]]:
    """By the key of each name that is on record: the key of what bears it there, and the group that the scores put it in."""
    wanted = {name.key: name for name in names}
    b, s, a = tables.bearers.c, tables.statements.c, tables.articles.c
    full = [key for key, name in wanted.items() if name.source is None]
    found = {key: (key, group) for few in _few(full) for key, group in connection.execute(select(b.id, b.found).where(b.id.in_(few), b.found.is_not(None)))}
    for key, name in wanted.items():
        if name.source is None:
            continue
        query = select(s.found, s.payload).join(tables.articles, s.article == a.row).where(a.source == name.source, s.found.is_not(None))
        for group, payload in connection.execute(query.order_by(s.row)):
            speaker = unpack(payload, Statement).speaker
            if speaker and (kind_of(speaker.type), speaker.name.casefold()) == (name.kind, name.name.casefold()):
                found[key] = (group, group)
                break
    return found


def kind_of(type_: str) -> NameKind:
    """Persons are one kind of actor, everything else the other."""
    return "person" if type_ == "person" else "body"


def named(connection: Connection, actor_id: str) -> Named | None:
    """The name by which a judgement knows an actor: its full name that most statements bear, else its name in a page of its."""
    b, s, a = tables.bearers.c, tables.statements.c, tables.articles.c
    query = select(b.payload).join(tables.statements, s.bearer == b.row, isouter=True).where(b.actor == actor_id)
    payload = connection.scalar(query.group_by(b.row).order_by(func.count().desc(), b.row).limit(1))
    if payload is not None:
        held = msgspec.json.decode(payload)
        return Named(held["name"], kind_of(held["type"]), of=held.get("of"))
    alone_ = select(s.payload, a.source).join(tables.articles, s.article == a.row).where(s.actor == actor_id, s.found.is_not(None))
    row = connection.execute(alone_.where(s.corrected.is_(None)).order_by(a.source, s.row).limit(1)).first()
    if row is not None:
        speaker = unpack(row[0], Statement).speaker
        return Named(speaker.name, kind_of(speaker.type), row[1]) if speaker else None
    held_actor = connection.execute(select(tables.actors.c.name, tables.actors.c.type).where(tables.actors.c.id == actor_id)).first()
    return Named(held_actor[0], kind_of(held_actor[1])) if held_actor else None


def half_named(connection: Connection, actor_id: str, name: str) -> Named | None:
    """A name among those of an actor that only its page knows, with the page; None where there is none such."""
    s, a = tables.statements.c, tables.articles.c
    query = select(s.payload, a.source).join(tables.articles, s.article == a.row).where(s.actor == actor_id, s.found.is_not(None))
    for payload, source in connection.execute(query.where(s.corrected.is_(None)).order_by(a.source, s.row)):
        speaker = unpack(payload, Statement).speaker
        if speaker and speaker.name.casefold() == name.casefold():
            return Named(speaker.name, kind_of(speaker.type), source)
    return None


def actor_of(connection: Connection, name: Named) -> str | None:
    """The actor who bears a name, None where there is none."""
    place = places(connection, [name]).get(name.key)
    if place is None:
        return None
    b, s = tables.bearers.c, tables.statements.c
    if name.source is None:
        return connection.scalar(select(b.actor).where(b.id == place[0]))
    return connection.scalar(select(s.actor).where(s.found == place[0], s.corrected.is_(None)).limit(1))


def groups_of_authorities(connection: Connection, found: Iterable[str]) -> set[str]:
    """The groups in which names stand that an authority knows as the same as a name of these groups."""
    known = {one for (one,) in ask(connection, f"SELECT authority FROM bearers WHERE found IN {THESE} AND authority IS NOT NULL", set(found))}
    return {group for (group,) in ask(connection, f"SELECT found FROM bearers WHERE authority IN {THESE}", known)} if known else set()


# The + keeps SQLite from the index of `corrected`, by which it would look at every statement that is not corrected.
FOUND = f'SELECT "row", actor, found FROM statements WHERE found IN {THESE} AND +corrected IS NULL'
JUDGED = f'SELECT "row", actor, corrected FROM statements WHERE corrected IN {THESE}'


def assign(connection: Connection, bearers: Mapping[Bearing, str | None], alone_: Mapping[str, str | None]) -> set[int]:
    """Give full names, and groups without one, to actors, with their statements but for those whose speaker is judged to be another one;
    the statements that this changes. Only what changes is written: most of what a batch of pages meets stays as it is."""
    moved = [(actor, bearer.row) for bearer, actor in bearers.items() if bearer.actor != actor]
    tell(connection, 'UPDATE bearers SET actor = ? WHERE "row" = ?', moved)
    given: list[tuple[str | None, int]] = []
    query = 'SELECT "row" FROM statements WHERE bearer = ? AND {} AND corrected IS NULL'
    for bearer, actor in bearers.items():  # by ranges of the index, so that what is right already is not even looked at
        for which in ("actor IS NULL", "actor < ?", "actor > ?") if actor is not None else ("actor > ''",):
            values = (bearer.row, actor) if "?" in which else (bearer.row,)
            given += [(actor, row) for (row,) in ask(connection, query.format(which), *values)]
    by_key = {**alone_, **{bearer.key: actor for bearer, actor in bearers.items()}}
    for row, actor, key in (*ask(connection, FOUND, alone_), *ask(connection, JUDGED, by_key)):
        if actor != by_key[key]:
            given.append((by_key[key], row))
    tell(connection, 'UPDATE statements SET actor = ? WHERE "row" = ?', given)
    return {row for _, row in given}


def utterances_of(connection: Connection, statements: Iterable[int]) -> set[str]:
    """The utterances of statements."""
    query = f'SELECT DISTINCT utterance FROM statements WHERE "row" IN {THESE} AND utterance IS NOT NULL'
    return {utterance for (utterance,) in ask(connection, query, set(statements))}


def stories_of(connection: Connection, statements: Iterable[int]) -> set[str]:
    """The stories in which statements stand."""
    s, a = tables.statements.c, tables.articles.c
    query = select(a.story).join(tables.statements, s.article == a.row).where(a.story.is_not(None)).distinct()
    return {story for few in _few(statements) for story in connection.scalars(query.where(s.row.in_(few)))}


def give_corrected(connection: Connection, key: str, actor: str) -> set[str]:
    """Give the statements whose speaker is judged to be somebody who is not on record to the actor made for them."""
    s = tables.statements.c
    which = (s.corrected == key) & s.actor.is_distinct_from(actor)
    touched = set(connection.scalars(select(s.utterance).where(which, s.utterance.is_not(None)).distinct()))
    connection.execute(update(tables.statements).where(which).values(actor=actor))
    return touched


def refresh_utterances(connection: Connection, utterances: Iterable[str]) -> None:
    """Say again whose utterances are: of the first of their statements that has an actor."""
    first = 'SELECT s.actor FROM statements s WHERE s.utterance = ?1 AND s.actor IS NOT NULL ORDER BY s."row" LIMIT 1'
    tell(connection, f"UPDATE utterances SET actor = ({first}) WHERE id = ?1", [(utterance,) for utterance in sorted(utterances)])


def put_merges(connection: Connection, actors: Iterable[str], merges: Sequence[Merge]) -> None:
    """Replace what is held of why names are these actors'."""
    columns, asked = Merge.__struct_fields__, set(actors)
    where = f"actor IN {THESE} OR other_actor IN {THESE}"
    held = ask(connection, f'SELECT {", ".join(columns)} FROM merges WHERE {where} ORDER BY "row"', asked, asked)
    if held == [msgspec.structs.astuple(merge) for merge in merges]:
        return
    ask(connection, f"DELETE FROM merges WHERE {where}", asked, asked)
    rows = [[storable(value) if isinstance(value, str) else value for value in msgspec.structs.astuple(merge)] for merge in merges]
    tell(connection, f"INSERT INTO merges({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows)


def judged_articles(connection: Connection, rows: Iterable[int], sources: Iterable[str]) -> dict[int, str]:
    """Of these articles those whose statements are judged (their sources are given), or were: row and source."""
    wanted, these = set(sources), set(rows)
    found = {row: source for row, source in sources_of(connection, these).items() if source in wanted}
    judged = f"SELECT DISTINCT article FROM statements WHERE article IN {THESE} AND (wrong OR corrected IS NOT NULL)"
    return found | sources_of(connection, {row for (row,) in ask(connection, judged, these)})


def sources_of(connection: Connection, rows: Iterable[int]) -> dict[int, str]:
    """The page of each article."""
    return {row: written(source) for row, source in ask(connection, f'SELECT "row", source FROM articles WHERE "row" IN {THESE}', set(rows))}


def articles_from(connection: Connection, sources: Iterable[str]) -> list[int]:
    """The articles of pages."""
    a = tables.articles.c
    return sorted(row for few in _few(sources) for row in connection.scalars(select(a.row).where(a.source.in_(few))))


class Judged(msgspec.Struct, frozen=True):
    """A statement as far as judgements on it go."""

    row: int
    words: str
    wrong: bool
    corrected: str | None
    group: str | None  # that the scores find for its speaker


def statements(connection: Connection, article: int) -> list[Judged]:
    """The statements of an article as judgements see them."""
    s, b = tables.statements.c, tables.bearers.c
    query = select(s.row, s.words, s.wrong, s.corrected, func.coalesce(b.found, s.found)).join(tables.bearers, s.bearer == b.row, isouter=True)
    return [Judged(*row) for row in connection.execute(query.where(s.article == article).order_by(s.row))]


def put_judged(connection: Connection, row: int, *, wrong: bool, corrected: str | None) -> None:
    """Mark a statement as judged; its actor is for `actors` to say anew."""
    table = tables.statements
    connection.execute(update(table).where(table.c.row == row).values(wrong=wrong, corrected=corrected, actor=None))


# Authorities


def bearers_of(connection: Connection, entities: Iterable[str]) -> list[int]:
    """Rows of the full names that entities bear."""
    b = tables.bearers.c
    return sorted(row for few in _few(entities) for row in connection.scalars(select(b.row).where(b.authority.in_(few))))


def put_authority(connection: Connection, bearers: Mapping[int, str | None]) -> None:
    """Say which entity bears each full name."""
    query = update(tables.bearers).where(tables.bearers.c.row == bindparam("at")).values(authority=bindparam("entity"))
    if bearers:
        connection.execute(query, [{"at": row, "entity": entity} for row, entity in bearers.items()])


def _few(values: Iterable[str] | Iterable[int]) -> Iterable[list[str | int]]:
    listed: list[str | int] = list(dict.fromkeys(values))
    return (listed[at : at + FEW] for at in range(0, len(listed), FEW))
