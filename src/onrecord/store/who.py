"""Everything that is known of one actor: names, offices with dates, mentions, and why the names are taken for one."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Connection, func, or_, select, tuple_

from onrecord.knowledge.words import stem, words
from onrecord.records import Actor, Statement
from onrecord.store import judgements, tables
from onrecord.store.driver import ask, written
from onrecord.store.payload import unpack
from onrecord.store.people import Merge
from onrecord.store.records import ActorLine, Holding, NameUse, OfficeSeen, Settled, WhoView

MOST_NAMES = 500  # of one actor that are looked up among the mentions
MOST_HOLDERS = 50


def who(connection: Connection, line: ActorLine) -> WhoView:
    """What is known of an actor."""
    actor = line.actor
    merges = _merges(connection, actor.id)
    return WhoView(
        line=line,
        names=_names(connection, actor),
        offices=_offices(connection, actor),
        mentions=_mentions(connection, actor),
        merges=tuple(merge for merge in merges if not merge.refused),
        refused=tuple(merge for merge in merges if merge.refused),
        settled=_settled(connection, actor.id),
        judgements=tuple(one for one in judgements.judgements(connection) if _about(one.who, actor) or _about(one.other, actor)),
    )


def refused(connection: Connection) -> tuple[Merge, ...]:
    """Every merge that was refused because it would join two entities of an authority, or what a person has judged to be two."""
    table = tables.merges.c
    return _read(connection, table.refused)


def holders(connection: Connection, office: str, keys: Collection[str] = ()) -> tuple[Holding, ...]:
    """Who is called by an office, in any form of its words, with the first and last day on which a page does so; the latest first.

    `keys` are those of the office (`stages.offices`), by which it is found under its other words too: "генсек НАТО".
    """
    wanted = set(map(stem, words(office)))
    s, t, b = tables.statements.c, tables.titles.c, tables.bearers.c
    every = connection.scalars(select(s.role).where(s.role.is_not(None)).distinct()) if wanted else ()
    roles = [role for role in every if wanted <= set(map(stem, words(role)))]
    said = select(tables.actors.c.payload, s.role, func.min(s.day), func.max(s.day), func.count()).join(tables.actors, s.actor == tables.actors.c.id)
    said = said.where(s.role.in_(roles[:MOST_NAMES]), ~s.wrong, s.corrected.is_(None)).group_by(s.actor, s.role)
    told = select(tables.actors.c.payload, t.title, func.min(t.since), func.max(t.until), func.count()).select_from(tables.titles)
    told = told.join(tables.bearers, b.holder == t.holder).join(tables.actors, b.actor == tables.actors.c.id)
    told = told.where(t.office.in_(list(keys)[:MOST_NAMES]), t.article.is_not(None)).group_by(b.actor, t.title)
    found: dict[tuple[str, str], Holding] = {}
    for payload, *rest in (*connection.execute(said), *(connection.execute(told) if keys else ())):
        holding = Holding(unpack(payload, Actor), *rest)
        found.setdefault((holding.actor.id, " ".join(map(stem, words(holding.title)))), holding)
    return tuple(sorted(found.values(), key=lambda one: (one.last or "", one.times), reverse=True)[:MOST_HOLDERS])


def _about(name: object, actor: Actor) -> bool:
    called = getattr(name, "name", None)
    return isinstance(called, str) and called.casefold() in {known.casefold() for known in (actor.name, *actor.names)}


def _names(connection: Connection, actor: Actor) -> tuple[NameUse, ...]:
    """Each name as speakers bear it, by language of the article; then the labels of the authority."""
    s, a = tables.statements.c, tables.articles.c
    counts: dict[tuple[str, str], int] = {}
    query = select(s.payload, a.language).join(tables.articles, s.article == a.row)
    for payload, language in connection.execute(query.where(s.actor == actor.id, s.corrected.is_(None))):
        speaker = unpack(payload, Statement).speaker
        if speaker:
            counts[(speaker.name, language)] = counts.get((speaker.name, language), 0) + 1
    used = [NameUse(name, language, number) for (name, language), number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    return (*used, *(NameUse(label, language, 0, "authority") for language, label in sorted(actor.labels.items())))


def _offices(connection: Connection, actor: Actor) -> tuple[OfficeSeen, ...]:
    """Offices that pages name beside the actor, with the first and last day; then those of the authority, with its dates."""
    s, m, a = tables.statements.c, tables.mentions.c, tables.articles.c
    seen: dict[str, list[tuple[str, str | None, str | None, int]]] = {}
    said = select(s.role, func.min(s.day), func.max(s.day), func.count()).where(s.actor == actor.id, s.role.is_not(None), s.corrected.is_(None))
    named = (
        select(m.role, func.min(a.published), func.max(a.published), func.count())
        .join(tables.articles, m.article == a.row)
        .where(m.name.in_(_called(actor)), m.form == "name", m.role.is_not(None), *_where_alone(connection, actor, m.article))
    )
    for row in (*connection.execute(said.group_by(s.role)), *connection.execute(named.group_by(m.role))):
        seen.setdefault(" ".join(words(row[0])), []).append(tuple(row))
    found = []
    for rows in seen.values():
        days = [day[:10] for _, first, last, _ in rows for day in (first, last) if day]
        title = max(rows, key=lambda row: row[3])[0]
        found.append(OfficeSeen(title, min(days, default=None), max(days, default=None), sum(row[3] for row in rows)))
    found.sort(key=lambda office: (office.last or "", office.times), reverse=True)
    return (*found, *(OfficeSeen(office.title, office.since, office.until, 0, "authority") for office in actor.offices))


def _mentions(connection: Connection, actor: Actor) -> int:
    """How many mentions stand for the actor: those of its names, and whatever else stands for the same in these articles."""
    m = tables.mentions.c
    own = (m.name.in_(_called(actor)), *_where_alone(connection, actor, m.article))
    chains = select(m.article, m.chain).where(*own, m.chain >= 0).distinct()
    loose = select(func.count()).select_from(tables.mentions).where(*own, m.chain < 0)
    tied = select(func.count()).select_from(tables.mentions).where(tuple_(m.article, m.chain).in_(chains))
    return (connection.scalar(loose) or 0) + (connection.scalar(tied) or 0)


def _where_alone(connection: Connection, actor: Actor, article: ColumnElement[int]) -> tuple[ColumnElement[bool], ...]:
    """Where somebody else bears one of the names too, or only pages know the actor: the articles in which it speaks; else nothing."""
    mine, theirs = tables.bearers.alias("mine"), tables.bearers.alias("theirs")
    full = connection.scalar(select(mine.c.row).where(mine.c.actor == actor.id).limit(1))
    shared = select(mine.c.row).join(theirs, mine.c.holder == theirs.c.holder).where(mine.c.actor == actor.id, theirs.c.actor != actor.id)
    if full is not None and connection.scalar(shared.limit(1)) is None:
        return ()
    s = tables.statements.c
    return (article.in_(select(s.article).where(s.actor == actor.id)),)


def _called(actor: Actor) -> list[str]:
    return list(dict.fromkeys((actor.name, *actor.names)))[:MOST_NAMES]


def _merges(connection: Connection, actor_id: str) -> tuple[Merge, ...]:
    table = tables.merges.c
    return _read(connection, or_(table.actor == actor_id, table.other_actor == actor_id))


def _read(connection: Connection, where: object) -> tuple[Merge, ...]:
    table = tables.merges.c
    columns = (table.actor, table.one, table.other, table.reason, table.score, table.other_actor, table.refused)
    rows: Iterable[object] = connection.execute(select(*columns).where(where).order_by(table.row))  # type: ignore[arg-type]
    return tuple(Merge(*row) for row in rows)  # type: ignore[misc]


def _settled(connection: Connection, actor_id: str) -> tuple[Settled, ...]:
    """Why statements are given to an actor; of an office, with the pages that name them so now."""
    query = (
        'SELECT s.why, s.office, b.holder, count(*) FROM statements s LEFT JOIN bearers b ON b."row" = s.bearer'
        " WHERE s.actor = ? AND s.why IS NOT NULL AND s.corrected IS NULL GROUP BY s.why, s.office, b.holder ORDER BY count(*) DESC, s.why"
    )
    return tuple(Settled(written(why) + _pages(connection, office, holder), number) for why, office, holder, number in ask(connection, query, actor_id))


def _pages(connection: Connection, office: str | None, holder: str | None) -> str:
    """The pages that give an office to a name, in words; nothing where there are none."""
    query = "SELECT count(*), min(since), max(since) FROM titles WHERE office = ? AND holder = ? AND article IS NOT NULL"
    ((number, first, last),) = ask(connection, query, office, holder)
    return f" ({number} {'page' if number == 1 else 'pages'}, {first} to {last})" if number else ""
