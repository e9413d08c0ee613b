"""What the second pass reads and writes: keys, candidates, and which actor, story and utterance everything belongs to.

The caller owns the transaction. Ids of groups stay while most of their members do (`corpus` chooses them); a group that has lost its
last member goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, case, delete, func, insert, or_, select, true, update

from onrecord.records import ARTICLE_ROLES, Actor, Statement
from onrecord.store import tables
from onrecord.store.payload import pack, unpack
from onrecord.store.search import name_words, word_sounds

TITLE_CHARS = 120  # of a title made from the first words
FEW = 900  # values in one IN (…): older SQLite allows 999


class Held(msgspec.Struct, frozen=True):
    """A statement in the store with what the second pass needs of its article."""

    row: int
    article: int
    article_id: str
    language: str
    published: str | None
    length: int  # of the article's text
    words: str
    statement: Statement
    story: str | None
    actor: str | None
    utterance: str | None


def stories_of(connection: Connection, articles: Iterable[int]) -> dict[int, str | None]:
    """The story of each article."""
    held = tables.articles.c
    return {row: story for few in _few(articles) for row, story in connection.execute(select(held.row, held.story).where(held.row.in_(few)))}


def articles_of(connection: Connection, stories: Iterable[str], limit: int) -> dict[str, list[int]]:
    """The articles of each story, the newest ones first, at most `limit` of each."""
    held = tables.articles.c
    return {
        story: list(connection.scalars(select(held.row).where(held.story == story).order_by(held.published.desc(), held.row).limit(limit))) for story in stories
    }


def meet(connection: Connection, article: int, day: int | None, reach: int, fewest: int, limit: int) -> list[int]:
    """Other articles of the days around this one that share at least `fewest` keys with it, or a copy key on any day; the likest first.

    Articles without a day are met on any, and meet any.
    """
    mine, theirs = tables.article_keys.alias("mine"), tables.article_keys.alias("theirs")
    near = true() if day is None else or_(theirs.c.day.between(day - reach, day + reach), theirs.c.day == 0)
    copy = case((mine.c.key.like("copy %"), fewest), else_=1)
    query = (
        select(theirs.c.article)
        .join(mine, mine.c.key == theirs.c.key)
        .where(mine.c.article == article, theirs.c.article != article, near)
        .group_by(theirs.c.article)
        .having(func.sum(copy) >= fewest)
        .order_by(func.sum(copy).desc(), theirs.c.article)
        .limit(limit)
    )
    return list(connection.scalars(query))


def with_texts(connection: Connection, texts: Iterable[tuple[str, int | None]]) -> set[int]:
    """The articles that have one of these texts (their digests) on its day."""
    wanted, held = {(f"text {text}", day or 0) for text, day in texts}, tables.article_keys.c
    keys = sorted({key for key, _ in wanted})
    found = (connection.execute(select(held.key, held.day, held.article).where(held.key.in_(few))) for few in _few(keys))
    return {article for rows in found for key, day, article in rows if (key, day) in wanted}


def put_article_keys(connection: Connection, keys: Mapping[int, tuple[int, frozenset[str]]]) -> None:
    """Replace the keys of articles, with their day (0: none); those that find copies hold on any day."""
    held = tables.article_keys
    for few in _few(keys):
        connection.execute(delete(held).where(held.c.article.in_(few)))
    rows = [
        {"key": key, "day": 0 if key.startswith("copy ") else day, "article": article}
        for article, (day, found) in keys.items()
        for key in sorted(found)
    ]
    _insert(connection, held, rows)


def untold(connection: Connection) -> list[int]:
    """Articles that the second pass has not read: new ones, and those of a run that did not come to its end."""
    held = tables.articles.c
    return list(connection.scalars(select(held.row).where(held.told.is_(None)).order_by(held.row)))


def forget(connection: Connection) -> None:
    """Forget all vectors and what was kept of articles, so that the next run reads everything again."""
    connection.execute(delete(tables.vectors))
    connection.execute(update(tables.articles).values(told=None))


def drop_pairs(connection: Connection, articles: Iterable[int]) -> None:
    """Forget how alike these articles are to others."""
    held = tables.article_pairs
    for few in _few(articles):
        connection.execute(delete(held).where(or_(held.c.one.in_(few), held.c.other.in_(few))))


def put_pairs(connection: Connection, pairs: Mapping[tuple[int, int], tuple[float, float]]) -> None:
    """Keep how alike articles are: score, and share of words that stand in both."""
    rows = [{"one": one, "other": other, "score": score, "copied": copied} for (one, other), (score, copied) in pairs.items()]
    _insert(connection, tables.article_pairs, rows)


def paired(connection: Connection, articles: Iterable[int], least: float) -> set[int]:
    """Articles that have at least this score with one of these."""
    held = tables.article_pairs.c
    found: set[int] = set()
    for few in _few(articles):
        found |= {*connection.scalars(select(held.other).where(held.one.in_(few), held.score >= least))}
        found |= {*connection.scalars(select(held.one).where(held.other.in_(few), held.score >= least))}
    return found


def pairs_among(connection: Connection, articles: Iterable[int]) -> dict[tuple[int, int], float]:
    """The scores of pairs among these articles."""
    held, known = tables.article_pairs.c, set(articles)
    found = (connection.execute(select(held.one, held.other, held.score).where(held.one.in_(few))) for few in _few(sorted(known)))
    return {(one, other): score for rows in found for one, other, score in rows if other in known}


class Copy(msgspec.Struct, frozen=True):
    """An article as one of several with the same text: its outlet, and the words in which it may credit another."""

    row: int
    id: str
    outlet: str
    published: str | None
    credits: str


def copies_of(connection: Connection, articles: Iterable[int], share: float) -> dict[int, list[Copy]]:
    """Each article with those that have its text, or nearly, itself included; those that are nobody's copy are left out."""
    rows, held, pairs = list(articles), tables.article_keys.c, tables.article_pairs.c
    text_of = {
        row: key
        for few in _few(rows)
        for row, key in connection.execute(select(held.article, held.key).where(held.article.in_(few), held.key.like("text %")))
    }
    same: dict[str, list[int]] = {}
    for few in _few(text_of.values()):
        for key, row in connection.execute(select(held.key, held.article).where(held.key.in_(few)).order_by(held.article)):
            same.setdefault(key, []).append(row)
    near: dict[int, set[int]] = {}
    for few in _few(row for found in same.values() for row in found):
        for here, there in ((pairs.one, pairs.other), (pairs.other, pairs.one)):
            for one, other in connection.execute(select(here, there).where(here.in_(few), pairs.copied >= share)):
                near.setdefault(one, set()).add(other)
    alike = {key: sorted({*found, *(other for row in found for other in near.get(row, ()))}) for key, found in same.items()}
    known = {copy.row: copy for copy in _copies(connection, {row for found in alike.values() if len(found) > 1 for row in found})}
    copies = {key: [known[row] for row in found] for key, found in alike.items() if len(found) > 1}
    return {row: copies[key] for row, key in text_of.items() if key in copies}


def put_originals(connection: Connection, originals: Mapping[int, int | None]) -> None:
    """Say which article each copies."""
    query = update(tables.articles).where(tables.articles.c.row == bindparam("at")).values(original=bindparam("whose"))
    if originals:
        connection.execute(query, [{"at": row, "whose": original} for row, original in originals.items()])


class Near(msgspec.Struct, frozen=True):
    """A story with how alike its articles are to those of others, in sum: how many they are, and the day it opened."""

    articles: int
    first: str | None
    scores: dict[str, float]


def stories_near(connection: Connection, stories: Iterable[str]) -> dict[str, Near]:
    """These stories and those that have articles like theirs."""
    scores = _scores_between(connection, stories)
    scores |= _scores_between(connection, {other for found in scores.values() for other in found} - scores.keys())
    outside = {other for found in scores.values() for other in found} - scores.keys()
    held = tables.articles.c
    query = select(held.story, func.count(), func.min(held.published)).group_by(held.story)
    return {
        story: Near(count, first, scores.get(story, {}))
        for few in _few(sorted({*scores, *outside}))
        for story, count, first in connection.execute(query.where(held.story.in_(few)))
    }


def _scores_between(connection: Connection, stories: Iterable[str]) -> dict[str, dict[str, float]]:
    """For each story the sum of the scores between its articles and those of every other."""
    found: dict[str, dict[str, float]] = {story: {} for story in stories}
    mine, theirs, pairs = tables.articles.alias("mine"), tables.articles.alias("theirs"), tables.article_pairs
    for here, there in ((pairs.c.one, pairs.c.other), (pairs.c.other, pairs.c.one)):
        joined = mine.join(pairs, here == mine.c.row).join(theirs, there == theirs.c.row)
        query = select(mine.c.story, theirs.c.story, func.sum(pairs.c.score)).select_from(joined).group_by(mine.c.story, theirs.c.story)
        for few in _few(sorted(found)):
            for story, other, total in connection.execute(query.where(mine.c.story.in_(few), theirs.c.story != mine.c.story)):
                found[story][other] = found[story].get(other, 0.0) + total
    return found


def put_follows(connection: Connection, follows: Mapping[str, str | None]) -> None:
    """Say which earlier story each goes on from."""
    query = update(tables.stories).where(tables.stories.c.id == bindparam("at")).values(follows=bindparam("earlier"))
    if follows:
        connection.execute(query, [{"at": story, "earlier": earlier} for story, earlier in follows.items()])


def vectors(connection: Connection, keys: Iterable[str]) -> dict[str, tuple[str, bytes]]:
    """The vectors held under keys, each with the model it is from."""
    held = tables.vectors.c
    found = (connection.execute(select(held.key, held.model, held.vector).where(held.key.in_(few))) for few in _few(keys))
    return {key: (model, vector) for rows in found for key, model, vector in rows}


def has_vectors(connection: Connection, model: str) -> bool:
    """Whether the store holds vectors of a model."""
    return connection.scalar(select(tables.vectors.c.key).where(tables.vectors.c.model == model).limit(1)) is not None


def put_vectors(connection: Connection, made: Mapping[str, bytes], model: str) -> None:
    """Keep vectors that a model has made."""
    _insert(connection, tables.vectors, [{"key": key, "model": model, "vector": vector} for key, vector in made.items()])


def told(connection: Connection, articles: Iterable[int]) -> dict[int, bytes]:
    """What the second pass has kept of articles, as JSON, where it has kept anything."""
    held = tables.articles.c
    found = (connection.execute(select(held.row, held.told).where(held.row.in_(few), held.told.is_not(None))) for few in _few(articles))
    return {row: kept for rows in found for row, kept in rows}


def put_told(connection: Connection, kept: Mapping[int, bytes]) -> None:
    """Keep what the second pass compares of articles."""
    query = update(tables.articles).where(tables.articles.c.row == bindparam("at")).values(told=bindparam("kept"))
    if kept:
        connection.execute(query, [{"at": row, "kept": value} for row, value in kept.items()])


def put_stories(connection: Connection, groups: Mapping[str, Sequence[int]]) -> None:
    """Put articles into stories, made where they are new; a story is called after the first of them, as they are given, that has a title."""
    held, stories = tables.articles.c, tables.stories
    known = taken(connection, "stories", groups)
    _insert(connection, stories, [{"id": story, "title": "", "day": None} for story in groups if story not in known])
    for story, articles in groups.items():
        for few in _few(articles):
            connection.execute(update(tables.articles).where(held.row.in_(few)).values(story=story))
    for story in groups:
        told = {row.row: row for row in connection.execute(select(held.row, held.title, held.published).where(held.story == story))}
        ordered = [told[row] for row in groups[story] if row in told]
        title = next((row.title for row in ordered if row.title), None) or (_opening(connection, ordered[0].row) if ordered else "")
        day = max((row.published for row in told.values() if row.published), default=None)
        connection.execute(update(stories).where(stories.c.id == story).values(title=title, day=day))


def statements_of(connection: Connection, articles: Iterable[int]) -> list[Held]:
    """The statements of articles, in order."""
    return _held(connection, tables.statements.c.article, articles)


def statements_in(connection: Connection, utterances: Iterable[str]) -> list[Held]:
    """The statements of utterances, in order."""
    return _held(connection, tables.statements.c.utterance, utterances)


def statements_by_key(connection: Connection, keys: Iterable[str], limit: int) -> list[int]:
    """Rows of statements that have one of the keys, the newest first."""
    held = tables.statement_keys.c
    found = {row for few in _few(keys) for row in connection.scalars(select(held.statement).where(held.key.in_(few)).limit(limit))}
    return sorted(found, reverse=True)[:limit]


def statements_at(connection: Connection, rows: Iterable[int]) -> list[Held]:
    """The statements in rows, in order."""
    return _held(connection, tables.statements.c.row, rows)


def put_statement_keys(connection: Connection, keys: Mapping[int, frozenset[str]]) -> None:
    """Replace the keys of statements."""
    _put_keys(connection, tables.statement_keys, "statement", keys)


def bearers_by_key(connection: Connection, keys: Iterable[str]) -> list[int]:
    """Rows of the full names that have one of the keys."""
    held = tables.bearer_keys.c
    return sorted({row for few in _few(keys) for row in connection.scalars(select(held.bearer).where(held.key.in_(few)))})


def bearers_found(connection: Connection, found: Iterable[str]) -> list[int]:
    """Rows of the full names in groups that the scores find."""
    held = tables.bearers.c
    return sorted(row for few in _few(found) for row in connection.scalars(select(held.row).where(held.found.in_(few))))


def bearers(connection: Connection, rows: Iterable[int]) -> dict[int, tuple[bytes, str | None]]:
    """What is held of full names, as JSON, and the group that the scores find for each."""
    held = tables.bearers.c
    return {
        r: (payload, found)
        for few in _few(rows)
        for r, payload, found in connection.execute(select(held.row, held.payload, held.found).where(held.row.in_(few)))
    }


def bearer_rows(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """The row of each full name by its id, where it is held."""
    held = tables.bearers.c
    return {i: row for few in _few(ids) for i, row in connection.execute(select(held.id, held.row).where(held.id.in_(few)))}


def put_bearers(connection: Connection, payloads: Mapping[str, bytes], keys: Mapping[str, frozenset[str]], keyed: int) -> dict[str, int]:
    """Store full names by id, new or again, with their keys, made by which rules; the row of each."""
    known = bearer_rows(connection, payloads)
    held = tables.bearers
    for bearer, row in known.items():
        connection.execute(update(held).where(held.c.row == row).values(payload=payloads[bearer]))
    _insert(connection, held, [{"id": bearer, "payload": payload, "keyed": keyed} for bearer, payload in payloads.items() if bearer not in known])
    rows = bearer_rows(connection, payloads)
    _insert(connection, tables.bearer_keys, [{"bearer": rows[b], "key": key} for b in payloads if b not in known for key in sorted(keys[b])])
    return rows


def keyed_before(connection: Connection, keyed: int, *, limit: int) -> dict[int, bytes]:
    """Some of the full names whose keys were made by older rules, as JSON, by row."""
    held = tables.bearers.c
    return {row: payload for row, payload in connection.execute(select(held.row, held.payload).where(held.keyed < keyed).limit(limit))}


def put_bearer_keys(connection: Connection, keys: Mapping[int, frozenset[str]], keyed: int) -> None:
    """Replace the keys of full names."""
    _put_keys(connection, tables.bearer_keys, "bearer", keys)
    for few in _few(keys):
        connection.execute(update(tables.bearers).where(tables.bearers.c.row.in_(few)).values(keyed=keyed))


def put_actors(connection: Connection, actors: Iterable[Actor]) -> None:
    """Store actors, new or again, with the words that they are found by; those that are as they were are left alone."""
    held, listed = tables.actors, list(actors)
    ids = _few(actor.id for actor in listed)
    known = {i: payload for few in ids for i, payload in connection.execute(select(held.c.id, held.c.payload).where(held.c.id.in_(few)))}
    for actor in listed:
        values = {"name": actor.name, "type": actor.type, "payload": pack(actor)}
        if known.get(actor.id) == values["payload"]:
            continue
        if actor.id not in known:
            connection.execute(insert(held), {"id": actor.id} | values)
        else:
            connection.execute(update(held).where(held.c.id == actor.id).values(values))
        connection.execute(delete(tables.actor_words).where(tables.actor_words.c.actor == actor.id))
        sounds = {sound for name in (actor.name, *actor.names) for word in name_words(name) for sound in word_sounds(word)}
        _insert(connection, tables.actor_words, [{"sound": sound, "actor": actor.id} for sound in sorted(sounds)])


def put_found(connection: Connection, found: Mapping[int, str]) -> None:
    """Say which group the scores find for each full name."""
    query = update(tables.bearers).where(tables.bearers.c.row == bindparam("at")).values(found=bindparam("group"))
    if found:
        connection.execute(query, [{"at": row, "group": group} for row, group in found.items()])


def found_taken(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Which of the ids groups of full names already have."""
    held = tables.bearers.c.found
    return {found for few in _few(ids) for found in connection.scalars(select(held).where(held.in_(few)))}


def put_speakers(connection: Connection, speakers: Mapping[int, tuple[int | None, str | None, str | None]]) -> None:
    """Say of statements which full name their speaker is, or the group of those whom no full name explains; and why."""
    query = (
        update(tables.statements)
        .where(tables.statements.c.row == bindparam("at"))
        .values(bearer=bindparam("who"), found=bindparam("group"), why=bindparam("because"))
    )
    if speakers:
        rows = [{"at": row, "who": who, "group": group, "because": why} for row, (who, group, why) in speakers.items()]
        connection.execute(query, rows)


def put_offices(connection: Connection, offices: Mapping[int, str | None]) -> None:
    """Say of statements by which office alone the page calls their speaker, where nothing near tells who that is."""
    held = tables.statements.c
    known = {row: office for few in _few(offices) for row, office in connection.execute(select(held.row, held.office).where(held.row.in_(few)))}
    if changed := [{"at": row, "called": office} for row, office in offices.items() if known.get(row) != office]:
        connection.execute(update(tables.statements).where(held.row == bindparam("at")).values(office=bindparam("called")), changed)


def put_holders(connection: Connection, holders: Mapping[int, str]) -> None:
    """Say of full names what all who bear the same have in common."""
    held = tables.bearers.c
    if holders:
        query = update(tables.bearers).where(held.row == bindparam("at"), held.holder.is_(None)).values(holder=bindparam("key"))
        connection.execute(query, [{"at": row, "key": key} for row, key in holders.items()])


def bearers_of(connection: Connection, holders: Iterable[str]) -> list[int]:
    """Rows of the full names that these keys stand for."""
    held = tables.bearers.c
    return sorted(row for few in _few(holders) for row in connection.scalars(select(held.row).where(held.holder.in_(few))))


def put_utterances(connection: Connection, groups: Mapping[str, Sequence[int]], actors: Mapping[str, str | None]) -> None:
    """Put statements into utterances, made where they are new."""
    held = tables.utterances
    known = {i for few in _few(groups) for i in connection.scalars(select(held.c.id).where(held.c.id.in_(few)))}
    _insert(connection, held, [{"id": group, "actor": actors[group]} for group in groups if group not in known])
    if old := [{"at": group, "whom": actors[group]} for group in groups if group in known]:
        connection.execute(update(held).where(held.c.id == bindparam("at")).values(actor=bindparam("whom")), old)
    if moved := [{"at": row, "to": group} for group, rows in groups.items() for row in rows]:
        connection.execute(update(tables.statements).where(tables.statements.c.row == bindparam("at")).values(utterance=bindparam("to")), moved)


def keep_unjudged(connection: Connection, story: str) -> None:
    """Keep which utterances the statements of a story, and those linked with them, belong to before judgements link them anew."""
    held = tables.statements.c
    linked = held.row.in_(_in_story(story)) | held.utterance.in_(select(held.utterance).where(held.row.in_(_in_story(story))))
    connection.execute(update(tables.statements).where(linked, held.unjudged.is_(None)).values(unjudged=held.utterance))


def restore_unjudged(connection: Connection, story: str) -> bool:
    """Put the statements of a story, and those linked with them, back into the utterances of before; whether any were kept."""
    held = tables.statements.c
    kept = list(connection.scalars(select(held.unjudged).where(held.row.in_(_in_story(story)), held.unjudged.is_not(None)).distinct()))
    known = taken(connection, "utterances", kept)
    _insert(connection, tables.utterances, [{"id": utterance, "actor": None} for utterance in kept if utterance not in known])
    for few in _few(kept):
        connection.execute(update(tables.statements).where(held.unjudged.in_(few)).values(utterance=held.unjudged, unjudged=None))
        for utterance in few:
            first = select(held.actor).where(held.utterance == utterance, held.actor.is_not(None)).order_by(held.row).limit(1)
            connection.execute(update(tables.utterances).where(tables.utterances.c.id == utterance).values(actor=connection.scalar(first)))
    return bool(kept)


def forget_unjudged(connection: Connection, stories: Iterable[str]) -> None:
    """Take what is linked now for what was before judgements: new pages have changed it."""
    held = tables.statements.c
    for story in stories:
        connection.execute(update(tables.statements).where(held.row.in_(_in_story(story)), held.unjudged.is_not(None)).values(unjudged=None))


def is_judged(connection: Connection, story: str) -> bool:
    """Whether judgements or authorities, not scores alone, say who speaks in a story."""
    held, full = tables.statements.c, tables.bearers.c
    query = select(held.row).join(tables.bearers, held.bearer == full.row, isouter=True)
    other = held.corrected.is_not(None) | held.actor.is_distinct_from(func.coalesce(full.found, held.found))
    return connection.scalar(query.where(held.row.in_(_in_story(story)), other).limit(1)) is not None


def _in_story(story: str) -> Any:
    held, told_ = tables.statements.c, tables.articles.c
    return select(held.row).join(tables.articles, held.article == told_.row).where(told_.story == story)


def put_parts(connection: Connection, parts: Mapping[bool, Sequence[int]]) -> None:
    """Say of statements whether they render only a part of what their utterance says."""
    held = tables.statements
    for whether, rows in parts.items():
        for few in _few(rows):
            connection.execute(update(held).where(held.c.row.in_(few), held.c.part.is_not(whether)).values(part=whether))


def taken(connection: Connection, kind: str, ids: Iterable[str]) -> set[str]:
    """Which of the ids stories, actors or utterances already have."""
    held = tables.metadata.tables[kind].c.id
    return {found for few in _few(ids) for found in connection.scalars(select(held).where(held.in_(few)))}


def drop_unspoken(connection: Connection) -> set[str]:
    """Forget the full names that no speaker bears any more; the groups in which they stood."""
    held = tables.bearers.c
    lost = ~select(tables.statements.c.bearer).where(tables.statements.c.bearer == held.row).exists()
    found = set(connection.scalars(select(held.found).where(lost, held.found.is_not(None)).distinct()))
    connection.execute(delete(tables.bearers).where(lost))
    return found


def drop_empty(connection: Connection) -> None:
    """Forget utterances, actors and stories that nothing belongs to any more."""
    said, told = tables.statements.c, tables.articles.c
    for group, member in ((tables.utterances, said.utterance), (tables.actors, said.actor), (tables.stories, told.story)):
        connection.execute(delete(group).where(~select(member).where(member == group.c.id).exists()))
    earlier = tables.stories.alias("earlier")
    gone = tables.stories.c.follows.is_not(None) & ~select(earlier.c.id).where(earlier.c.id == tables.stories.c.follows).exists()
    connection.execute(update(tables.stories).where(gone).values(follows=None))


def _copies(connection: Connection, rows: Iterable[int]) -> list[Copy]:
    held = tables.articles.c
    query = select(held.row, held.id, held.outlet, held.label, held.published, held.via, held.text)
    return [
        Copy(row.row, row.id, row.outlet or row.label, row.published, f"{row.text}\n{row.via.decode()}")
        for few in _few(sorted(rows))
        for row in connection.execute(query.where(held.row.in_(few)))
    ]


def _held(connection: Connection, column: Any, values: Iterable[Any]) -> list[Held]:
    s, a = tables.statements.c, tables.articles.c
    columns = (
        s.row, s.article, a.id.label("article_id"), a.language, a.published, func.length(a.text).label("length"), s.words,
        s.payload.label("statement"), a.story, s.actor, s.utterance,
    )  # fmt: skip
    found = []
    for few in _few(values):
        query = select(*columns).select_from(tables.statements.join(tables.articles, s.article == a.row)).where(column.in_(few))
        for row in connection.execute(query):
            values = row._asdict()
            found.append(Held(**values | {"statement": unpack(values["statement"], Statement)}))
    return sorted(found, key=lambda held: held.row)


def _put_keys(connection: Connection, table_: Any, member: str, keys: Mapping[int, frozenset[str]]) -> None:
    for few in _few(keys):
        connection.execute(delete(table_).where(table_.c[member].in_(few)))
    _insert(connection, table_, [{member: row, "key": key} for row, found in keys.items() for key in sorted(found)])


def _insert(connection: Connection, table_: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table_), rows)


def _few(values: Iterable[Any]) -> Iterable[list[Any]]:
    listed = list(dict.fromkeys(values))
    return (listed[at : at + FEW] for at in range(0, len(listed), FEW))


def _opening(connection: Connection, article: int) -> str:
    """The first words of an article proper, to call a story by that has no title."""
    blocks, held = tables.blocks.c, tables.articles.c
    query = select(blocks.start, blocks.end).where(blocks.article == article, blocks.role.in_(sorted(ARTICLE_ROLES))).order_by(blocks.position).limit(1)
    block = connection.execute(query).first()
    if block is None:
        return ""
    text = connection.scalar(select(held.text).where(held.row == article)) or ""
    line = " ".join(text[block.start : block.end].split())
    return line if len(line) <= TITLE_CHARS else line[:TITLE_CHARS].rsplit(" ", 1)[0] + "…"
