"""Questions to the store, as functions of a connection; answers are the records of `store.records`.

    store = open_store("onrecord.sqlite")          # a path or sqlite:/// address; made if it does not exist
    with store.reading() as connection:
        for line in query.said(connection, "Halan", about="bridge", since="2031-04"):
            ...

Names and words are found in any script, case and form. Dates are ISO 8601 of any precision ("2025", "2025-11", "2025-11-06"); both
ends are included. Every list is bounded by `limit`, at most MAX_LIMIT, and starts after `offset` rows.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import ColumnElement, Connection, Integer, Text, and_, case, func, literal_column, select, table

from onrecord.errors import StoreError
from onrecord.records import Actor, Skipped
from onrecord.store import tables
from onrecord.store.payload import unpack
from onrecord.store.records import (
    ActorLine,
    ArticleHit,
    ArticleLine,
    ArticleView,
    Counts,
    OutletLine,
    StatementLine,
    StoryLine,
    UtteranceView,
)
from onrecord.store.rows import (
    LINE,
    Query,
    article_line,
    article_lines,
    newest_first,
    reading,
    statement_lines,
    statement_query,
    story_record,
    utterance_record,
)
from onrecord.store.search import alike, excerpt, highlights, match_query, name_words, word_sounds
from onrecord.store.storyboard import stories, story, story_line
from onrecord.store.who import holders, refused, who
from onrecord.store.write import outlet_of

__all__ = [
    "MAX_LIMIT", "actor", "actors", "article", "articles", "counts", "find_articles", "find_statement", "find_stories",
    "find_utterances", "holders", "outlets", "refused",
    "said", "search_articles", "search_statements", "skipped", "statement", "stories", "story", "timeline", "utterance", "who",
]  # fmt: skip

MAX_LIMIT = 1000  # rows; a page of a thousand is more than anybody reads
MAX_OFFSET = 10_000_000  # rows; keeps what is asked inside what the database can count
MOST_ACTORS = 200  # actors of one name that `said` looks at
FULL_DAY = 10  # characters of "2025-11-06"


def counts(connection: Connection) -> Counts:
    """How much the store holds."""
    held = {
        name: connection.scalar(select(func.count()).select_from(tables.metadata.tables[name])) or 0
        for name in ("articles", "statements", "actors", "stories", "utterances", "skipped")
    }
    language = tables.articles.c.language
    rows = connection.execute(select(language, func.count()).group_by(language).order_by(func.count().desc(), language))
    return Counts(**held, languages={code: number for code, number in rows})


def unlinked(connection: Connection) -> int:
    """How many articles wait for `link`: they belong to no story, and who speaks in them is found by words but not by name."""
    return connection.scalar(select(func.count()).where(tables.articles.c.told.is_(None))) or 0


# People and bodies


def actors(connection: Connection, name: str = "", *, limit: int = 50, offset: int = 0) -> tuple[ActorLine, ...]:
    """Actors whose name is like `name` (any script, case, form; a surname is enough), best first; without a name those who say most."""
    if not name.strip():
        return _actor_lines(connection, _page(_actor_query(), limit, offset))
    ids = _actors_called(connection, name)[_bounded(offset, MAX_OFFSET) :][: _bounded(limit, MAX_LIMIT)]
    found = {line.actor.id: line for line in _actor_lines(connection, _actor_query().where(tables.actors.c.id.in_(ids)))}
    return tuple(found[actor_id] for actor_id in ids if actor_id in found)


def actor(connection: Connection, actor_id: str) -> ActorLine | None:
    """One actor by id, None where there is none."""
    return next(iter(_actor_lines(connection, _actor_query().where(tables.actors.c.id == actor_id))), None)


def timeline(connection: Connection, actor_id: str) -> tuple[tuple[str, int], ...]:
    """How many statements of an actor fall on each day ("2025-11-06"), in order of time; statements without a full day are left out."""
    said = tables.statements.c
    day = func.substr(said.day, 1, FULL_DAY)
    query = select(day, func.count()).where(said.actor == actor_id, func.length(said.day) >= FULL_DAY).group_by(day).order_by(day)
    return tuple((when, number) for when, number in connection.execute(query))


def _actor_query() -> Query:
    said = tables.statements.c
    return (
        select(tables.actors.c.payload, func.count(), func.count(said.article.distinct()), func.min(said.day), func.max(said.day))
        .join(tables.statements, said.actor == tables.actors.c.id)
        .group_by(tables.actors.c.id)
        .order_by(func.count().desc(), tables.actors.c.name)
    )


def _actor_lines(connection: Connection, query: Query) -> tuple[ActorLine, ...]:
    return tuple(ActorLine(unpack(row[0], Actor), *tuple(row)[1:]) for row in connection.execute(query))


def _actors_called(connection: Connection, name: str) -> list[str]:
    """Ids of the actors that a name may mean, best first: every word must sound like, and be spelt like, one of theirs."""
    asked = [word_sounds(word) for word in name_words(name)]
    if not asked or not all(asked):
        return []
    words = tables.actor_words.c
    query = select(tables.actors.c.id, tables.actors.c.payload).where(
        and_(*(tables.actors.c.id.in_(select(words.actor).where(words.sound.in_(sounds))) for sounds in asked))
    )
    scored = []
    for actor_id, payload in connection.execute(query):
        found = unpack(payload, Actor)
        if score := max(alike(name, known) for known in (found.name, *found.names)):
            scored.append((-score, actor_id))
    return [actor_id for _, actor_id in sorted(scored)[:MOST_ACTORS]]


# Statements


def said(
    connection: Connection,
    name: str | None = None,
    *,
    actor_id: str | None = None,
    about: str | None = None,
    since: str | None = None,
    until: str | None = None,
    language: str | None = None,
    wrong: bool = False,
    limit: int = 100,
    offset: int = 0,
) -> tuple[StatementLine, ...]:
    """Statements, newest first: of everybody called `name` (or of one actor), with all words of `about` in their content.

    "words in quotation marks" in `about` are found as they stand, side by side. Statements without any date come last, and are left
    out where `since` or `until` is given. A day of less precision counts where it may lie inside ("2025-11" is since "2025-11-05").
    Statements that are judged to be none are left out, unless `wrong` asks for them too.
    """
    held, query = tables.statements.c, statement_query()
    if not wrong:
        query = query.where(~held.wrong)
    if name is not None:
        query = query.where(held.actor.in_(_actors_called(connection, name)))
    if actor_id is not None:
        query = query.where(held.actor == actor_id)
    if about is not None:
        query = query.where(held.row.in_(_matching("statement_search", about)))
    if since:
        query = query.where(held.day >= since[:4], held.day >= func.substr(since, 1, func.length(held.day)))
    if until:
        query = query.where(func.substr(held.day, 1, len(until)) <= until)
    if language is not None:
        query = query.where(tables.articles.c.language == language)
    return statement_lines(connection, _page(query.order_by(*newest_first()), limit, offset), about or "")


def statement(connection: Connection, statement_id: str) -> StatementLine | None:
    """One statement by id."""
    return next(iter(statement_lines(connection, statement_query().where(tables.statements.c.id == statement_id).limit(1))), None)


def find_statement(connection: Connection, beginning: str) -> StatementLine:
    """The one statement whose id begins so; StoreError where there is none, or more than one."""
    wanted = beginning.strip().lower()
    query = statement_query().where(tables.statements.c.id.startswith(wanted, autoescape=True)).limit(2)
    found = statement_lines(connection, query) if len(wanted) >= 4 else ()
    if len({line.statement.id for line in found}) != 1:
        problem = "fits more than one statement" if found else "is no statement"
        raise StoreError(f"{beginning!r} {problem}: `onrecord said` and `onrecord show` print the ids of statements")
    return found[0]


# Articles


def articles(connection: Connection, *, outlet: str | None = None, limit: int = 50, offset: int = 0) -> tuple[ArticleLine, ...]:
    """Articles, newest first; of one outlet (its label) where one is given."""
    query = _newest_articles()
    return article_lines(connection, _page(query if outlet is None else query.where(tables.articles.c.label == outlet), limit, offset))


def find_articles(connection: Connection, what: str, *, limit: int = 20) -> tuple[ArticleLine, ...]:
    """Articles that `what` may mean: their id or its beginning, their source, the end of its path, or a part of their title.

    The surest kind of match that finds anything is answered alone: an exact id or source gives one article. A part of a title may be
    in any case and form.
    """
    held, wanted = tables.articles.c, what.strip()
    if not wanted:
        return ()
    ways: list[ColumnElement[bool]] = [held.id == wanted, held.source == wanted, held.source.endswith("/" + wanted, autoescape=True)]
    if len(wanted) >= 4 and all(c in "0123456789abcdef" for c in wanted):
        ways.insert(1, held.id.startswith(wanted))
    ways.append(held.source.contains(wanted, autoescape=True))
    for way in ways:
        if found := article_lines(connection, _page(_newest_articles().where(way), limit, 0)):
            return found
    titled = _newest_articles().where(held.row.in_(_matching("article_search", wanted)), held.title.is_not(None))
    candidates = article_lines(connection, titled.limit(MAX_LIMIT))
    words = len(highlights(wanted, wanted))
    return tuple(line for line in candidates if len(highlights(line.title or "", wanted)) >= words)[: _bounded(limit, MAX_LIMIT)]


def article(connection: Connection, article_id: str) -> ArticleView | None:
    """One article with its blocks, sentences, mentions and statements, by its whole id."""
    held = tables.articles.c
    row = connection.execute(select(held.row, held.story, *LINE).where(held.id == article_id)).first()
    if row is None:
        return None
    number, story_id, *line = tuple(row)
    known = statement_lines(connection, statement_query().where(tables.statements.c.article == number))
    return ArticleView(
        reading=reading(connection, number),
        line=article_line(line),
        actors={found.statement.id: found.actor for found in known if found.actor is not None},
        utterances={found.statement.id: found.utterance for found in known if found.utterance is not None},
        story=story_record(connection, story_id),
        wrong=frozenset(found.statement.id for found in known if found.wrong),
        corrected=frozenset(found.statement.id for found in known if found.corrected),
    )


def outlets(connection: Connection, *, limit: int = 200, offset: int = 0) -> tuple[OutletLine, ...]:
    """Outlets by how many pages of theirs were read; those that name none stand together under the empty label.

    A skipped page counts for the outlet of its address, or of the folder that is called after one.
    """
    held = tables.articles.c
    label = case((held.label == held.source, ""), else_=held.label)
    day = func.substr(held.published, 1, FULL_DAY)
    query = select(label, func.count(), func.sum(held.statements), func.min(day), func.max(day)).group_by(label)
    lines = {row[0]: OutletLine(*tuple(row)) for row in connection.execute(query)}
    left_out: dict[str, dict[str, int]] = {}
    for source, reason in connection.execute(select(tables.skipped.c.source, tables.skipped.c.reason).order_by(tables.skipped.c.reason)):
        reasons = left_out.setdefault(outlet_of(source), {})
        reasons[reason] = reasons.get(reason, 0) + 1
    for name, reasons in left_out.items():
        lines[name] = msgspec.structs.replace(lines.get(name, OutletLine(name, 0, 0)), skipped=reasons)
    ordered = sorted(lines.values(), key=lambda line: (not line.label, -line.articles, line.label))
    first = _bounded(offset, MAX_OFFSET)
    return tuple(ordered[first : first + _bounded(limit, MAX_LIMIT)])


def _newest_articles() -> Query:
    held = tables.articles.c
    return select(*LINE).order_by(held.published.is_(None), held.published.desc(), held.source)


# Search


def search_statements(connection: Connection, words: str, *, language: str | None = None, limit: int = 50, offset: int = 0) -> tuple[StatementLine, ...]:
    """Statements with all `words` in their content, best first; each word in any case and form."""
    query = statement_query().join(table("statement_search"), literal_column("statement_search.rowid") == tables.statements.c.row)
    return statement_lines(connection, _best(query, "statement_search", words, language, limit, offset), words)


def search_articles(connection: Connection, words: str, *, language: str | None = None, limit: int = 50, offset: int = 0) -> tuple[ArticleHit, ...]:
    """Articles with all `words` in their text, best first, each with an excerpt."""
    query = select(tables.articles.c.text, *LINE).join(table("article_search"), literal_column("article_search.rowid") == tables.articles.c.row)
    hits = []
    for row in connection.execute(_best(query, "article_search", words, language, limit, offset)):
        whole, *line = tuple(row)
        start, end = excerpt(whole, words)
        hits.append(ArticleHit(article_line(line), whole[start:end], highlights(whole[start:end], words), start))
    return tuple(hits)


def _best(query: Query, index: str, typed: str, language: str | None, limit: int, offset: int) -> Query:
    """The rows that match what was typed, by FTS5's rank (BM25)."""
    if language is not None:
        query = query.where(tables.articles.c.language == language)
    return _page(query.where(_matches(index, typed)).order_by(literal_column(f"{index}.rank"), literal_column(f"{index}.rowid")), limit, offset)


NOTHING = 'words : "\x01"'  # a query that matches no row: what was typed holds no word


def _matching(index: str, typed: str) -> Query:
    """Row numbers that match, as a subquery: the full-text index is asked once, by itself: joined to a person it is 500 times slower."""
    return select(literal_column(f"{index}.rowid", Integer)).select_from(table(index)).where(_matches(index, typed))


def _matches(index: str, typed: str) -> ColumnElement[bool]:
    return literal_column(index, Text).op("MATCH", is_comparison=True)(match_query(typed) or NOTHING)


# Utterances, and what was left out


def utterance(connection: Connection, utterance_id: str) -> UtteranceView | None:
    """One utterance with its reports side by side, in the order of publication."""
    held = tables.articles.c
    query = statement_query().where(tables.statements.c.utterance == utterance_id)
    reports = statement_lines(connection, query.order_by(held.published.is_(None), held.published, held.source, tables.statements.c.position))
    found = utterance_record(connection, utterance_id)
    if found is None or not reports:
        return None
    return UtteranceView(found, reports[0].actor, reports, story_record(connection, reports[0].story))


def find_utterances(connection: Connection, beginning: str) -> tuple[str, ...]:
    """Ids of utterances that begin so, else of those with a statement whose id does; at least four characters of either."""
    wanted = beginning.strip().lower()
    held, said = tables.utterances.c, tables.statements.c
    ways = (
        select(held.id).where(held.id.startswith(wanted, autoescape=True)),
        select(said.utterance).where(said.id.startswith(wanted, autoescape=True), said.utterance.is_not(None)).distinct(),
    )
    for query in ways if len(wanted) >= 4 else ():
        if found := tuple(connection.scalars(query.limit(2))):
            return found
    return ()


def find_stories(connection: Connection, what: str, *, limit: int = 20) -> tuple[StoryLine, ...]:
    """Stories that `what` may mean: by the beginning of their id, else by words in an article of theirs (any case and form), newest first."""
    wanted = what.strip()
    held = tables.articles.c
    ids = list(connection.scalars(select(tables.stories.c.id).where(tables.stories.c.id.startswith(wanted.lower(), autoescape=True)).limit(limit)))
    if len(wanted) < 4 or not ids:
        query = select(held.story).where(held.story.is_not(None), held.row.in_(_matching("article_search", wanted))).distinct()
        ids = list(connection.scalars(query.limit(_bounded(limit, MAX_LIMIT)))) if wanted else []
    lines = [line for story_id in ids if (line := story_line(connection, story_id)) is not None]
    return tuple(sorted(lines, key=lambda line: line.last or "", reverse=True))


def skipped(connection: Connection, *, reason: str | None = None, limit: int = 100, offset: int = 0) -> tuple[Skipped, ...]:
    """Pages that yielded no reading and why, by source."""
    held = tables.skipped.c
    query = select(held.source, held.stage, held.reason, held.detail).order_by(held.source)
    rows = connection.execute(_page(query if reason is None else query.where(held.reason == reason), limit, offset))
    return tuple(Skipped(*tuple(row)) for row in rows)


def _page(query: Query, limit: int, offset: int) -> Query:
    return query.limit(_bounded(limit, MAX_LIMIT)).offset(_bounded(offset, MAX_OFFSET))


def _bounded(number: int, most: int) -> int:
    return max(0, min(number, most))
