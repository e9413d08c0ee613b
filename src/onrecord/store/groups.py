"""What the second pass reads and writes: keys, candidates, and which actor, story and utterance everything belongs to.

The caller owns the transaction. Ids of groups stay while most of their members do (`corpus` chooses them); a group that has lost its
last member goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from onrecord.records import ARTICLE_ROLES, Actor, Speaker, Statement
from onrecord.store import tables
from onrecord.store.driver import THESE, ask, tell, written
from onrecord.store.payload import pack, storable, unpack
from onrecord.store.search import name_words, word_sounds

FIRST = 200  # statements with one key that are looked at
TITLE_CHARS = 120  # of a title made from the first words
FEW = 900  # values in one IN (…): older SQLite allows 999
Kind = Literal["stories", "actors", "utterances"]


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
    bearer: int | None  # the full name that the speaker is
    found: str | None  # else the group of those whom none explains
    why: str | None
    part: bool = False


def stories_of(connection: Connection, articles: Iterable[int]) -> dict[int, str | None]:
    """The story of each article."""
    return dict(ask(connection, f'SELECT "row", story FROM articles WHERE "row" IN {THESE}', set(articles)))


def articles_of(connection: Connection, stories: Iterable[str], limit: int) -> dict[str, list[int]]:
    """The articles of each story, the newest ones first, at most `limit` of each."""
    query = 'SELECT "row" FROM articles WHERE story = ? ORDER BY published DESC, "row" LIMIT ?'
    return {story: [row for (row,) in ask(connection, query, story, limit)] for story in stories}


def meet(connection: Connection, article: int, day: int | None, reach: int, fewest: int, limit: int) -> list[int]:
    """Other articles of the days around this one that share at least `fewest` keys with it, or a copy key on any day; the likest first.

    Articles without a day are met on any, and meet any.
    """
    theirs = "SELECT t.article, CASE WHEN t.key LIKE 'copy %' THEN :fewest ELSE 1 END AS worth FROM article_keys m CROSS JOIN article_keys t"
    mine = "ON t.key = m.key WHERE m.article = :article AND t.article <> :article"
    near = "t.day > 0" if day is None else "t.day BETWEEN :first AND :last"
    both = f"{theirs} {mine} AND t.day = 0 UNION ALL {theirs} {mine} AND {near}"
    query = f"SELECT article FROM ({both}) GROUP BY article HAVING sum(worth) >= :fewest ORDER BY sum(worth) DESC, article LIMIT :limit"
    values = {"article": article, "fewest": fewest, "first": (day or 0) - reach, "last": (day or 0) + reach, "limit": limit}
    return [row for (row,) in ask(connection, query, **values)]


def with_texts(connection: Connection, texts: Iterable[tuple[str, int | None]]) -> set[int]:
    """The articles that have one of these texts (their digests) on its day."""
    query = "SELECT article FROM article_keys WHERE key = ? AND day = ?"
    return {row for text, day in set(texts) for (row,) in ask(connection, query, f"text {text}", day or 0)}


def put_article_keys(connection: Connection, keys: Mapping[int, tuple[int, frozenset[str]]]) -> None:
    """Replace the keys of articles, with their day (0: none); those that find copies hold on any day."""
    ask(connection, f"DELETE FROM article_keys WHERE article IN {THESE}", keys)
    rows = sorted((key, 0 if key.startswith("copy ") else day, article) for article, (day, found) in keys.items() for key in found)
    tell(connection, "INSERT INTO article_keys(key, day, article) VALUES (?, ?, ?)", rows)


def untold(connection: Connection, most: int = -1) -> list[int]:
    """Articles that the second pass has not read, no more than `most`: it was put off, or a run did not come to its end."""
    return [row for (row,) in ask(connection, 'SELECT "row" FROM articles WHERE told IS NULL ORDER BY "row" LIMIT ?', most)]


def forget(connection: Connection) -> None:
    """Forget all vectors and what was kept of articles, so that the next run reads everything again."""
    connection.execute(delete(tables.vectors))
    connection.execute(update(tables.articles).values(told=None))


class Classed(msgspec.Struct, frozen=True):
    """An article as far as it is told from copies: its id, the digest of its text, its day."""

    id: str
    text: str
    day: int | None


def classed(connection: Connection, articles: Iterable[int]) -> dict[int, Classed]:
    """Articles as copies are told by; without a text, or not read yet by the second pass, an article stands alone."""
    query = (
        'SELECT a."row", a.id, k.key, k.day FROM articles a LEFT JOIN article_keys k'
        f""" ON k.article = a."row" AND k.key >= 'text ' AND k.key < 'text!' WHERE a."row" IN {THESE}"""
    )
    return {row: Classed(id_, (key or "")[5:], day or None) for row, id_, key, day in ask(connection, query, set(articles))}


def drop_pairs(connection: Connection, articles: Iterable[int]) -> None:
    """Forget how alike these articles are to others."""
    rows = [(row,) for row in articles]
    tell(connection, "DELETE FROM article_pairs WHERE one = ?", rows)
    tell(connection, "DELETE FROM article_pairs WHERE other = ?", rows)


def put_pairs(connection: Connection, pairs: Mapping[tuple[int, int], tuple[float, float]]) -> None:
    """Keep how alike articles are: score, and share of words that stand in both."""
    rows = [(one, other, score, copied) for (one, other), (score, copied) in pairs.items()]
    tell(connection, "INSERT INTO article_pairs(one, other, score, copied) VALUES (?, ?, ?, ?)", rows)


def paired(connection: Connection, articles: Iterable[int], least: float) -> dict[int, float]:
    """Articles that have at least this score with one of these, each with its best."""
    query = (
        f"SELECT near, max(score) FROM (SELECT other AS near, score FROM article_pairs WHERE one IN {THESE} AND score >= ?"
        f" UNION ALL SELECT one, score FROM article_pairs WHERE other IN {THESE} AND score >= ?) GROUP BY near"
    )
    rows = set(articles)
    return dict(ask(connection, query, rows, least, rows, least))


Pairing = tuple[int, int, str | None, float]  # an article, another one with which it has a score, the story of that one, the score


def pairs_of(connection: Connection, articles: Iterable[int]) -> list[Pairing]:
    """All pairs of these articles; those among them twice, each way round."""
    rows = set(articles)
    found: list[Any] = []
    for here, there in (("one", "other"), ("other", "one")):
        query = (
            f'SELECT p.{here}, p.{there}, a.story, p.score FROM article_pairs p CROSS JOIN articles a ON a."row" = p.{there}'
            f" WHERE p.{here} IN {THESE} AND p.score > 0"
        )
        found += ask(connection, query, rows)
    return found


def pairs_inside(connection: Connection, stories: Iterable[str]) -> list[Pairing]:
    """The pairs of which both articles are in one of these stories, once each."""
    query = (
        'SELECT p.one, p.other, a.story, p.score FROM articles a CROSS JOIN article_pairs p ON p.one = a."row" CROSS JOIN articles b ON b."row" = p.other'
        f" WHERE a.story IN {THESE} AND b.story = a.story"
    )
    found: list[Any] = ask(connection, query, set(stories))
    return found


def bonds_of(connection: Connection, stories: Iterable[str]) -> dict[str, tuple[int, float]]:
    """How many different articles stories have, and the mean score at the last joining of each (infinite: never joined; 0: not known)."""
    found = ask(connection, f"SELECT id, different, bond FROM stories WHERE id IN {THESE}", set(stories))
    return {story: (different, bond) for story, different, bond in found}


def put_bonds(connection: Connection, bonds: Mapping[str, tuple[int, float]]) -> None:
    """Keep how many different articles stories have, and by what they are held together."""
    tell(connection, "UPDATE stories SET different = ?, bond = ? WHERE id = ?", [(different, bond, story) for story, (different, bond) in bonds.items()])


class Copy(msgspec.Struct, frozen=True):
    """An article as one of several with the same text: its outlet, and when it was published."""

    row: int
    id: str
    outlet: str
    published: str | None


def copies_of(connection: Connection, articles: Iterable[int], share: float) -> dict[int, list[Copy]]:
    """Each article with those that have its text, or nearly, itself included; those that are nobody's copy are left out."""
    rows = set(articles)
    texts: dict[int, str] = dict(ask(connection, f"SELECT article, key FROM article_keys WHERE article IN {THESE} AND key >= 'text ' AND key < 'text!'", rows))
    same: dict[str, list[int]] = {}
    for key, row in ask(connection, f"SELECT key, article FROM article_keys WHERE key IN {THESE}", set(texts.values())):
        same.setdefault(key, []).append(row)
    every = {row for found in same.values() for row in found}
    query = f"SELECT one, other FROM article_pairs WHERE one IN {THESE} AND copied >= ?"
    near: dict[int, set[int]] = {}
    for sql in (query, query.replace("one, other", "other, one").replace("WHERE one", "WHERE other")):
        for one, other in ask(connection, sql, every, share):
            near.setdefault(one, set()).add(other)
    alike = {key: {*found, *(other for row in found for other in near.get(row, ()))} for key, found in same.items()}
    known = _copies(connection, {row for found in alike.values() if len(found) > 1 for row in found})
    copies = {key: sorted((known[row] for row in found), key=lambda copy: copy.row) for key, found in alike.items() if len(found) > 1}
    return {row: copies[key] for row, key in texts.items() if key in copies}


def credits_of(connection: Connection, articles: Iterable[int]) -> dict[int, str]:
    """The words of articles, in which they may credit others."""
    found = ask(connection, f'SELECT "row", text, via FROM articles WHERE "row" IN {THESE}', set(articles))
    return {row: f"{written(text)}\n{via.decode()}" for row, text, via in found}


def put_originals(connection: Connection, originals: Mapping[int, int | None]) -> None:
    """Say which article each copies."""
    query = 'UPDATE articles SET original = ?1 WHERE "row" = ?2 AND original IS NOT ?1'
    tell(connection, query, [(original, row) for row, original in originals.items()])


def near_stories(connection: Connection, stories: Iterable[str]) -> dict[str, dict[str, float]]:
    """The others that have articles like those of these stories: the sum of the scores."""
    scores: dict[str, dict[str, float]] = {story: {} for story in stories}
    for here, there in (("one", "other"), ("other", "one")) if scores else ():
        query = (
            f'SELECT m.story, t.story, sum(p.score) FROM articles m CROSS JOIN article_pairs p ON p.{here} = m."row" CROSS JOIN articles t'
            f' ON t."row" = p.{there} WHERE m.story IN {THESE} AND t.story <> m.story GROUP BY m.story, t.story'
        )
        for story, other, total in ask(connection, query, scores):
            scores[story][other] = scores[story].get(other, 0.0) + total
    return scores


def follows_of(connection: Connection, stories: Iterable[str], earlier: Iterable[str]) -> dict[str, str | None]:
    """Which earlier story each of these goes on from, and whatever goes on from one of the others."""
    query = "SELECT id, follows FROM stories WHERE {} IN " + THESE
    return dict((*ask(connection, query.format("id"), set(stories)), *ask(connection, query.format("follows"), set(earlier))))


def opened_on(connection: Connection, stories: Iterable[str]) -> dict[str, tuple[int, str | None]]:
    """How many articles stories have, and when the first was published."""
    found = ask(connection, f"SELECT story, count(*), min(published) FROM articles WHERE story IN {THESE} GROUP BY story", set(stories))
    return {story: (count, first) for story, count, first in found}


def put_follows(connection: Connection, follows: Mapping[str, str | None]) -> None:
    """Say which earlier story each goes on from."""
    rows = [(earlier, story) for story, earlier in follows.items()]
    tell(connection, "UPDATE stories SET follows = ?1 WHERE id = ?2 AND follows IS NOT ?1", rows)


def vectors(connection: Connection, keys: Iterable[str]) -> dict[str, tuple[str, bytes]]:
    """The vectors held under keys, each with the model it is from."""
    found = ask(connection, f"SELECT key, model, vector FROM vectors WHERE key IN {THESE}", set(keys))
    return {key: (model, vector) for key, model, vector in found}


def has_vectors(connection: Connection, model: str) -> bool:
    """Whether the store holds vectors of a model."""
    return connection.scalar(select(tables.vectors.c.key).where(tables.vectors.c.model == model).limit(1)) is not None


def put_vectors(connection: Connection, made: Mapping[str, bytes], model: str) -> None:
    """Keep vectors that a model has made."""
    tell(connection, "INSERT INTO vectors(key, model, vector) VALUES (?, ?, ?)", [(key, model, vector) for key, vector in made.items()])


def told(connection: Connection, articles: Iterable[int]) -> dict[int, bytes]:
    """What the second pass has kept of articles, as JSON, where it has kept anything."""
    return dict(ask(connection, f'SELECT "row", told FROM articles WHERE "row" IN {THESE} AND told IS NOT NULL', set(articles)))


def put_told(connection: Connection, kept: Mapping[int, bytes]) -> None:
    """Keep what the second pass compares of articles."""
    tell(connection, 'UPDATE articles SET told = ? WHERE "row" = ?', [(value, row) for row, value in kept.items()])


def put_stories(connection: Connection, groups: Mapping[str, Sequence[int]]) -> None:
    """Put articles into stories, made where they are new; a story is called after the first of them, as they are given, that has a title."""
    tell(connection, "INSERT OR IGNORE INTO stories(id, title) VALUES (?, '')", [(story,) for story in groups])
    moved = [(story, row) for story, articles in groups.items() for row in articles]
    tell(connection, 'UPDATE articles SET story = ?1 WHERE "row" = ?2 AND story IS NOT ?1', moved)
    for story, articles in groups.items():
        told = {row: (title, day) for row, title, day in ask(connection, 'SELECT "row", title, published FROM articles WHERE story = ?', story)}
        ordered = [row for row in articles if row in told]
        titles = (written(told[row][0]) for row in ordered if told[row][0])
        title = next(titles, None) or (_opening(connection, ordered[0]) if ordered else "")
        day = max((day for _, day in told.values() if day), default=None)
        tell(connection, "UPDATE stories SET title = ?, day = ? WHERE id = ?", [(storable(title), day, story)])


def statements_of(connection: Connection, articles: Iterable[int]) -> list[Held]:
    """The statements of articles, in order."""
    return _held(connection, "article", articles)


def statements_at(connection: Connection, rows: Iterable[int]) -> list[Held]:
    """The statements of these row numbers, in order."""
    return _held(connection, "row", rows)


class Report(msgspec.Struct, frozen=True):
    """A statement as far as it takes to see whether it may repeat another."""

    row: int
    utterance: str
    actor: str | None
    words: str
    payload: bytes  # a `Statement`

    @property
    def speaker(self) -> Speaker | None:
        """Who speaks, as the page calls them."""
        return unpack(self.payload, Spoken).speaker


class Spoken(msgspec.Struct, frozen=True):
    """What is read of a statement where nothing else is asked for."""

    speaker: Speaker | None


def reports_of(connection: Connection, utterances: Iterable[str], most: int) -> list[Report]:
    """The statements of utterances, of each at most so many: those whose ids come first."""
    first = 'SELECT "row" FROM statements WHERE utterance = u.value ORDER BY id LIMIT ?'
    query = f'SELECT s."row", s.utterance, s.actor, s.words, s.payload FROM json_each(?) u CROSS JOIN statements s WHERE s."row" IN ({first})'
    found = ask(connection, query, set(utterances), most)
    return [Report(row, utterance, actor, written(words), payload) for row, utterance, actor, words, payload in found]


def utterances_by_key(connection: Connection, keys: Iterable[str], most: int) -> set[str]:
    """The utterances that have statements with one of the keys, for each key at most so many."""
    first = f"SELECT statement FROM statement_keys WHERE key = k.value LIMIT {FIRST}"
    each = f'SELECT DISTINCT utterance FROM ({first}) CROSS JOIN statements ON "row" = statement WHERE utterance IS NOT NULL LIMIT ?'
    query = f"SELECT (SELECT json_group_array(utterance) FROM ({each})) FROM json_each(?) k"
    return {utterance for (found,) in ask(connection, query, most, set(keys)) for utterance in msgspec.json.decode(found)}


def put_statement_keys(connection: Connection, keys: Mapping[int, frozenset[str]]) -> None:
    """Replace the keys of statements."""
    _put_keys(connection, "statement_keys", "statement", keys)


def bearers_by_key(connection: Connection, keys: Iterable[str]) -> list[int]:
    """Rows of the full names that have one of the keys."""
    return [row for (row,) in ask(connection, f"SELECT DISTINCT bearer FROM bearer_keys WHERE key IN {THESE} ORDER BY bearer", set(keys))]


def bearers_found(connection: Connection, found: Iterable[str]) -> list[int]:
    """Rows of the full names in groups that the scores find."""
    return [row for (row,) in ask(connection, f'SELECT "row" FROM bearers WHERE found IN {THESE} ORDER BY "row"', set(found))]


def found_of(connection: Connection, rows: Iterable[int | None]) -> set[str]:
    """The groups in which the scores find these full names."""
    return {found for (found,) in ask(connection, f'SELECT found FROM bearers WHERE "row" IN {THESE} AND found IS NOT NULL', set(rows) - {None})}


def bearers(connection: Connection, rows: Iterable[int]) -> dict[int, tuple[bytes, str | None]]:
    """What is held of full names, as JSON, and the group that the scores find for each."""
    found = ask(connection, f'SELECT "row", payload, found FROM bearers WHERE "row" IN {THESE}', set(rows))
    return {row: (payload, group) for row, payload, group in found}


def bearer_rows(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """The row of each full name by its id, where it is held."""
    return dict(ask(connection, f'SELECT id, "row" FROM bearers WHERE id IN {THESE}', set(ids)))


def put_bearers(connection: Connection, payloads: Mapping[str, bytes], keys: Mapping[str, frozenset[str]], keyed: int) -> dict[str, int]:
    """Store full names by id, new or again, with their keys, made by which rules; the row of each."""
    known = bearer_rows(connection, payloads)
    new = [bearer for bearer in payloads if bearer not in known]
    tell(connection, 'UPDATE bearers SET payload = ? WHERE "row" = ?', [(payloads[bearer], row) for bearer, row in known.items()])
    tell(connection, "INSERT INTO bearers(id, payload, keyed) VALUES (?, ?, ?)", [(bearer, payloads[bearer], keyed) for bearer in new])
    rows = known | bearer_rows(connection, new)
    tell(connection, "INSERT INTO bearer_keys(key, bearer) VALUES (?, ?)", [(key, rows[bearer]) for bearer in new for key in sorted(keys[bearer])])
    return rows


def keyed_before(connection: Connection, keyed: int, *, limit: int) -> dict[int, bytes]:
    """Some of the full names whose keys were made by older rules, as JSON, by row."""
    return dict(ask(connection, 'SELECT "row", payload FROM bearers WHERE keyed < ? LIMIT ?', keyed, limit))


def put_bearer_keys(connection: Connection, keys: Mapping[int, frozenset[str]], keyed: int) -> None:
    """Replace the keys of full names."""
    _put_keys(connection, "bearer_keys", "bearer", keys)
    for few in _few(keys):
        connection.execute(update(tables.bearers).where(tables.bearers.c.row.in_(few)).values(keyed=keyed))


def put_actors(connection: Connection, actors: Iterable[Actor]) -> None:
    """Store actors, new or again, with the words that they are found by; those that are as they were are left alone."""
    packed = {actor.id: (actor, pack(actor)) for actor in actors}
    known: dict[str, bytes] = dict(ask(connection, f"SELECT id, payload FROM actors WHERE id IN {THESE}", packed))
    changed = [(actor, payload) for actor, payload in packed.values() if known.get(actor.id) != payload]
    put = "INSERT INTO actors(id, name, type, payload) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, type = excluded.type,"
    tell(connection, f"{put} payload = excluded.payload", [(actor.id, storable(actor.name), actor.type, payload) for actor, payload in changed])
    tell(connection, "DELETE FROM actor_words WHERE actor = ?", [(actor.id,) for actor, _ in changed if actor.id in known])
    words = {(sound, a.id) for a, _ in changed for name in (a.name, *a.names) for word in name_words(name) for sound in word_sounds(word)}
    tell(connection, "INSERT INTO actor_words(sound, actor) VALUES (?, ?)", sorted(words))


def put_found(connection: Connection, found: Mapping[int, str]) -> None:
    """Say which group the scores find for each full name."""
    tell(connection, 'UPDATE bearers SET found = ?1 WHERE "row" = ?2 AND found IS NOT ?1', [(group, row) for row, group in found.items()])


def found_taken(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Which of the ids groups of full names already have."""
    return {found for (found,) in ask(connection, f"SELECT found FROM bearers WHERE found IN {THESE}", set(ids))}


def put_speakers(connection: Connection, speakers: Mapping[int, tuple[int | None, str | None, str | None]]) -> None:
    """Say of statements which full name their speaker is, or the group of those whom no full name explains; and why."""
    rows = [(who, group, why, row) for row, (who, group, why) in speakers.items()]
    tell(connection, 'UPDATE statements SET bearer = ?, found = ?, why = ? WHERE "row" = ?', rows)


def put_offices(connection: Connection, offices: Mapping[int, str | None]) -> None:
    """Say of statements by which office alone the page calls their speaker, where nothing near tells who that is."""
    tell(connection, 'UPDATE statements SET office = ?1 WHERE "row" = ?2 AND office IS NOT ?1', [(office, row) for row, office in offices.items()])


def put_holders(connection: Connection, holders: Mapping[int, str]) -> None:
    """Say of full names what all who bear the same have in common."""
    tell(connection, 'UPDATE bearers SET holder = ? WHERE "row" = ? AND holder IS NULL', [(key, row) for row, key in holders.items()])


def bearers_of(connection: Connection, holders: Iterable[str]) -> list[int]:
    """Rows of the full names that these keys stand for."""
    return [row for (row,) in ask(connection, f'SELECT "row" FROM bearers WHERE holder IN {THESE} ORDER BY "row"', set(holders))]


def put_utterances(connection: Connection, groups: Mapping[str, Sequence[int]], actors: Mapping[str, str | None], before: Mapping[int, str | None]) -> None:
    """Put statements into utterances, made where they are new; `before`: the utterance that each was in."""
    known = set(before.values())
    tell(connection, "INSERT INTO utterances(id, actor) VALUES (?, ?)", [(group, actors[group]) for group in groups if group not in known])
    whose: dict[str, str | None] = dict(ask(connection, f"SELECT id, actor FROM utterances WHERE id IN {THESE}", groups.keys() & known))
    tell(connection, "UPDATE utterances SET actor = ? WHERE id = ?", [(actors[group], group) for group, actor in whose.items() if actors[group] != actor])
    moved = [(group, row) for group, rows in groups.items() for row in rows if before[row] != group]
    tell(connection, 'UPDATE statements SET utterance = ? WHERE "row" = ?', moved)


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
    inside = f'SELECT s."row" FROM articles a JOIN statements s ON s.article = a."row" WHERE a.story IN {THESE} AND s.unjudged IS NOT NULL'
    ask(connection, f'UPDATE statements SET unjudged = NULL WHERE "row" IN ({inside})', set(stories))


def is_judged(connection: Connection, story: str) -> bool:
    """Whether judgements or authorities, not scores alone, say who speaks in a story."""
    held, full = tables.statements.c, tables.bearers.c
    query = select(held.row).join(tables.bearers, held.bearer == full.row, isouter=True)
    other = held.corrected.is_not(None) | held.actor.is_distinct_from(func.coalesce(full.found, held.found))
    return connection.scalar(query.where(held.row.in_(_in_story(story)), other).limit(1)) is not None


def _in_story(story: str) -> Any:
    held, told_ = tables.statements.c, tables.articles.c
    return select(held.row).join(tables.articles, held.article == told_.row).where(told_.story == story)


def put_parts(connection: Connection, parts: Mapping[int, bool]) -> None:
    """Say of statements whether they render only a part of what their utterance says."""
    tell(connection, 'UPDATE statements SET part = ? WHERE "row" = ?', [(part, row) for row, part in parts.items()])


def taken(connection: Connection, kind: Kind, ids: Iterable[str]) -> set[str]:
    """Which of the ids stories, actors or utterances already have."""
    return {found for (found,) in ask(connection, f"SELECT id FROM {kind} WHERE id IN {THESE}", set(ids))}


def drop_unspoken(connection: Connection) -> set[str]:
    """Forget the full names that no speaker bears any more; the groups in which they stood."""
    doubtful = "(SELECT CAST(id AS INTEGER) FROM loosened WHERE kind = 'bearers')"
    spoken = 'SELECT 1 FROM statements s WHERE s.bearer = b."row"'
    gone = ask(connection, f'SELECT b."row", b.found FROM bearers b WHERE b."row" IN {doubtful} AND NOT EXISTS ({spoken})')
    tell(connection, 'DELETE FROM bearers WHERE "row" = ?', [(row,) for row, _ in gone])
    ask(connection, "DELETE FROM loosened WHERE kind = 'bearers'")
    return {found for _, found in gone if found}


def drop_empty(connection: Connection) -> None:
    """Forget utterances, actors and stories that nothing belongs to any more: only what has lost a member or was just made is looked at."""
    members = {"utterances": "statements s WHERE s.utterance", "actors": "statements s WHERE s.actor", "stories": "articles a WHERE a.story"}
    for kind, member in members.items():
        doubtful = f"id IN (SELECT id FROM loosened WHERE kind = '{kind}')"
        gone = ask(connection, f"SELECT id FROM {kind} g WHERE {doubtful} AND NOT EXISTS (SELECT 1 FROM {member} = g.id)")
        if kind == "stories":
            tell(connection, "UPDATE stories SET follows = NULL WHERE follows = ?", gone)
        tell(connection, f"DELETE FROM {kind} WHERE id = ?", gone)
    ask(connection, "DELETE FROM loosened")


def _copies(connection: Connection, rows: Iterable[int]) -> dict[int, Copy]:
    found = ask(connection, f'SELECT "row", id, outlet, label, published FROM articles WHERE "row" IN {THESE}', set(rows))
    return {row: Copy(row, id_, written(outlet or label), published) for row, id_, outlet, label, published in found}


def _held(connection: Connection, column: str, values: Iterable[object]) -> list[Held]:
    """Statements with what is asked of their articles, each of which is looked up once: reading past its text takes longer than all else."""
    columns = '"row", article, words, payload, actor, utterance, bearer, found, why, part'
    found = ask(connection, f'SELECT {columns} FROM statements WHERE "{column}" IN {THESE} ORDER BY "row"', set(values))
    about = 'SELECT "row", id, language, published, length(text), story FROM articles WHERE "row" IN ' + THESE
    of = {row: rest for row, *rest in ask(connection, about, {article for _, article, *_ in found})}
    held = []
    for row, article, words, payload, *groups in found:
        id_, language, published, length, story = of[article]
        held.append(Held(row, article, id_, language, published, length, written(words), unpack(payload, Statement), story, *groups))
    return held


def _put_keys(connection: Connection, table: str, member: str, keys: Mapping[int, frozenset[str]]) -> None:
    ask(connection, f"DELETE FROM {table} WHERE {member} IN {THESE}", keys)
    tell(connection, f"INSERT INTO {table}(key, {member}) VALUES (?, ?)", [(key, row) for row, found in keys.items() for key in sorted(found)])


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
