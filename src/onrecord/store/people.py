"""What actors are made of: names as the scores group them, and the writing of what judgements and authorities make of these groups.

The caller owns the transaction. `statements.found` and `bearers.found` hold what the scores say and are never touched here; `actor` is
written from them each time, so that taking a judgement back gives what was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, text, update

from onrecord.records import Named, NameKind, Statement
from onrecord.store import tables
from onrecord.store.payload import unpack

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
    b, s = tables.bearers.c, tables.statements.c
    count = select(func.count()).where(s.bearer == b.row).correlate(tables.bearers).scalar_subquery()
    query = select(b.row, b.id, b.found, b.payload, b.authority, b.actor, count)
    rows = (row for few in _few(found) for row in connection.execute(query.where(b.found.in_(few))))
    return sorted((Bearing(*row) for row in rows), key=lambda item: item.row)


def alone(connection: Connection, found: Iterable[str]) -> dict[str, list[Statement]]:
    """The statements of each group that no full name explains, in order."""
    s = tables.statements.c
    groups: dict[str, list[Statement]] = {}
    for few in _few(found):
        for group, payload in connection.execute(select(s.found, s.payload).where(s.found.in_(few)).order_by(s.row)):
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
    b = tables.bearers.c
    known: set[str] = set()
    for few in _few(found):
        known.update(connection.scalars(select(b.authority).where(b.found.in_(few), b.authority.is_not(None)).distinct()))
    return {group for few in _few(sorted(known)) for group in connection.scalars(select(b.found).where(b.authority.in_(few)))}


def assign(connection: Connection, bearers: Mapping[Bearing, str | None], alone_: Mapping[str, str | None]) -> set[int]:
    """Give full names, and groups without one, to actors, with their statements but for those whose speaker is judged to be another one;
    the statements that this changes. Only what changes is written: most of what a batch of pages meets stays as it is."""
    b, s = tables.bearers.c, tables.statements.c
    if moved := [{"at": bearer.row, "whom": actor} for bearer, actor in bearers.items() if bearer.actor != actor]:
        connection.execute(update(tables.bearers).where(b.row == bindparam("at")).values(actor=bindparam("whom")), moved)
    given: list[tuple[int, str | None]] = []
    uncorrected = select(s.row, b.actor).join(tables.bearers, s.bearer == b.row).where(s.corrected.is_(None))
    for few in _few(bearer.row for bearer in bearers):
        changed = connection.execute(uncorrected.where(b.row.in_(few), s.actor.is_distinct_from(b.actor)))
        given += [(row, actor) for row, actor in changed]
    by_key = {**alone_, **{bearer.key: actor for bearer, actor in bearers.items()}}
    for column, keys in ((s.found, list(alone_)), (s.corrected, list(by_key))):
        which = s.corrected.is_(None) if column is s.found else s.corrected.is_not(None)
        for few in _few(keys):
            for row, actor, key in connection.execute(select(s.row, s.actor, column).where(column.in_(few), which)):
                if actor != by_key[key]:
                    given.append((row, by_key[key]))
    if given:
        query = update(tables.statements).where(s.row == bindparam("at")).values(actor=bindparam("whom"))
        connection.execute(query, [{"at": row, "whom": actor} for row, actor in given])
    return {row for row, _ in given}


def utterances_of(connection: Connection, statements: Iterable[int]) -> set[str]:
    """The utterances of statements."""
    s = tables.statements.c
    query = select(s.utterance).where(s.utterance.is_not(None)).distinct()
    return {utterance for few in _few(statements) for utterance in connection.scalars(query.where(s.row.in_(few)))}


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
    query = text(
        "UPDATE utterances SET actor = (SELECT s.actor FROM statements s WHERE s.utterance = utterances.id AND s.actor IS NOT NULL"
        ' ORDER BY s."row" LIMIT 1) WHERE id = :id'
    )
    if rows := [{"id": utterance} for utterance in sorted(utterances)]:
        connection.execute(query, rows)


def put_merges(connection: Connection, actors: Iterable[str], merges: Sequence[Merge]) -> None:
    """Replace what is held of why names are these actors'."""
    table = tables.merges
    for few in _few(actors):
        connection.execute(delete(table).where(or_(table.c.actor.in_(few), table.c.other_actor.in_(few))))
    if merges:
        connection.execute(insert(table), [msgspec.structs.asdict(merge) for merge in merges])


def judged_articles(connection: Connection, rows: Iterable[int], sources: Iterable[str]) -> dict[int, str]:
    """Of these articles those whose statements are judged (their sources are given), or were: row and source."""
    a, s = tables.articles.c, tables.statements.c
    found: dict[int, str] = {}
    wanted = set(sources)
    for few in _few(rows):
        for row, source in connection.execute(select(a.row, a.source).where(a.row.in_(few))):
            if source in wanted:
                found[row] = source
        query = select(a.row, a.source).join(tables.statements, s.article == a.row).where(a.row.in_(few))
        found |= {row: source for row, source in connection.execute(query.where(s.wrong | s.corrected.is_not(None)).distinct())}
    return found


def sources_of(connection: Connection, rows: Iterable[int]) -> dict[int, str]:
    """The page of each article."""
    a = tables.articles.c
    return {row: source for few in _few(rows) for row, source in connection.execute(select(a.row, a.source).where(a.row.in_(few)))}


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
