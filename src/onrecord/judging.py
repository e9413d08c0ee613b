"""Judging from the outside: whom and what a judgement is about, and what follows from it at once.

The caller owns the transaction. Whom: the id of an actor, a full name exactly as it is on record, or any words that only one actor fits.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection

from onrecord import actors, corpus, speakers
from onrecord.errors import StoreError
from onrecord.records import Entity, Judgement, Named, NameKind, Verdict
from onrecord.stages import identify
from onrecord.store import authorities, groups, judgements, people, query
from onrecord.store.records import ActorLine

MOST_CHARS = 300  # of a name or an author
ID = re.compile(r"[0-9a-f]{16}")
KINDS: tuple[NameKind, ...] = ("person", "body")
BATCH = 500  # entities stored at once


def judge(
    connection: Connection,
    verdict: Verdict,
    *,
    author: str,
    who: str | None = None,
    other: str | None = None,
    name: str | None = None,
    statement: str | None = None,
    at: str | None = None,
) -> Judgement:
    """Store a judgement and make it hold. `statement` is the id of one or its beginning; `other` of "speaker-wrong" is who said it.

    StoreError where something is missing, not on record or not clear, and where two would become one whom an authority knows as two.
    """
    author = _checked(author, "the author")
    if verdict in ("statement-wrong", "speaker-wrong"):
        line = query.find_statement(connection, statement or "")
        right = speaker(connection, other or "") if verdict == "speaker-wrong" else None
        made = judgements.judgement(verdict, author, at or now(), other=right, source=line.article.source, words=line.words)
    else:
        mine = named(connection, who or "")
        theirs = named(connection, other or "") if verdict in ("same", "different") else None
        if theirs and theirs.key == mine.key:
            raise StoreError(f"{who!r} and {other!r} are both {mine.name!r} already: a name cannot be compared with itself")
        if verdict == "same" and theirs:
            _refuse_two_entities(connection, mine, theirs)
        called = _checked(name or "", "the new name") if verdict == "rename" else None
        made = judgements.judgement(verdict, author, at or now(), who=mine, other=theirs, name=called)
    judgements.put(connection, [made])
    apply(connection, [made])
    return made


def undo(connection: Connection, judgement_id: str, *, author: str, at: str | None = None) -> Judgement:
    """Take a judgement back (its id, or the beginning of it): what was without it is again. It stays on record as undone."""
    held = judgements.find(connection, judgement_id)
    if held.undone_at is not None:
        raise StoreError(f"{held.id} was undone by {held.undone_by} on {held.undone_at[:10]} already")
    undone = msgspec.structs.replace(held, undone_by=_checked(author, "the author"), undone_at=at or now())
    judgements.put(connection, [undone])
    apply(connection, [undone])
    return undone


def import_judgements(connection: Connection, data: bytes) -> tuple[int, tuple[str, ...]]:
    """Take in judgements from JSON lines, as `judge export` prints them: how many are new, and what is wrong with which line."""
    found, faults = judgements.from_lines(data)
    new = judgements.put(connection, found)
    apply(connection, new)
    return len(new), faults


def apply(connection: Connection, judged: Iterable[Judgement]) -> None:
    """Bring actors and statements up to date with judgements that are new or newly undone."""
    judged = list(judged)
    places = people.places(connection, (name for one in judged for name in (one.who, one.other) if name))
    found = {group for _, group in places.values()}
    articles = people.articles_from(connection, {one.source for one in judged if one.source})
    found |= actors.judge_statements(connection, articles)
    changed = actors.settle(connection, found)
    stories = {story for story in groups.stories_of(connection, articles).values() if story}
    corpus.relink(connection, people.stories_of(connection, changed) | stories)
    groups.drop_empty(connection)


def add_authority(connection: Connection, file: str, entities: Iterable[Entity]) -> int:
    """Store the entities of an authority and give their ids, labels and offices to the actors who bear their names; how many there are."""
    speakers.key_again(connection)
    count = 0
    keys: set[str] = set()
    ids: set[str] = set()
    offices: dict[str, tuple[str, str]] = {}
    batch: dict[str, tuple[Entity, frozenset[str]]] = {}
    for entity in entities:
        batch[entity.id] = (entity, actors.authority_keys(entity))
        keys |= batch[entity.id][1]
        ids.add(entity.id)
        count += 1
        if len(batch) >= BATCH:
            offices |= _put_entities(connection, file, batch)
            batch = {}
    offices |= _put_entities(connection, file, batch)
    near = {*groups.bearers_by_key(connection, keys), *people.bearers_of(connection, ids)}  # whom they name now, and whom they named before
    changed = actors.know(connection, near)
    again = {found for _, found in groups.bearers(connection, near).values() if found}  # labels may have changed where the id has not
    articles = speakers.waiting(connection, set(), offices)
    again |= speakers.identify(connection, groups.statements_of(connection, articles)) | speakers.forget(connection)
    said = actors.settle(connection, changed | again)
    corpus.relink(connection, people.stories_of(connection, said))
    groups.drop_empty(connection)
    return count


def _put_entities(connection: Connection, file: str, batch: dict[str, tuple[Entity, frozenset[str]]]) -> speakers.Days:
    """Store entities with the offices that they tell of; the keys of the offices."""
    authorities.put(connection, file, batch, identify.KEYED)
    _, offices = speakers.learn_offices(connection, [entity for entity, _ in batch.values()])
    return offices


def named(connection: Connection, who: str) -> Named:
    """The name that `who` means; StoreError where it means nobody on record, or several."""
    found = _on_record(connection, who)
    if found is None:
        raise StoreError(f"nobody called {who!r} is on record: give an id that `onrecord who` prints, or a name as it is written there")
    return found


def speaker(connection: Connection, who: str) -> Named:
    """The same for the right speaker of a statement, who need not be on record yet."""
    found = _on_record(connection, who)
    if found is None and ID.fullmatch(who.strip()):
        raise StoreError(f"nobody with the id {who.strip()} is on record")
    return found or Named(_checked(who, "the right speaker"))


def _on_record(connection: Connection, who: str) -> Named | None:
    wanted = who.strip()
    if ID.fullmatch(wanted) and (known := people.named(connection, wanted)):
        return known
    full = [Named(wanted, kind) for kind in KINDS]
    places = people.places(connection, full) if wanted else {}
    if held := [name for name in full if name.key in places]:
        return held[0]
    lines = query.actors(connection, wanted, limit=20) if wanted else ()
    exact = [line for line in lines if wanted.casefold() in {line.actor.name.casefold(), *map(str.casefold, line.actor.names)}]
    lines = tuple(exact) or lines
    if len(lines) > 1:
        raise StoreError(f"{who!r} fits {len(lines)} people or bodies, give an id: " + "; ".join(map(_line, lines[:8])))
    if not lines:
        return None
    actor_id = lines[0].actor.id
    return people.half_named(connection, actor_id, wanted) or people.named(connection, actor_id)


def _line(line: ActorLine) -> str:
    role = f", {line.actor.roles[0]}" if line.actor.roles else ""
    return f"{line.actor.id} {line.actor.name}{role}"


def _refuse_two_entities(connection: Connection, mine: Named, theirs: Named) -> None:
    places = people.places(connection, (mine, theirs))
    known = {b.key: b.authority for b in people.bearings(connection, (group for _, group in places.values())) if b.authority}
    ids = [known.get(places[name.key][0]) if name.key in places else None for name in (mine, theirs)]
    if ids[0] and ids[1] and ids[0] != ids[1]:
        raise StoreError(f"{mine.name} and {theirs.name} are two entities of an authority, {ids[0]} and {ids[1]}: not made one")


def _checked(value: str, what: str) -> str:
    """One line of text that can be stored and shown."""
    line = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    if not line or len(line) > MOST_CHARS:
        raise StoreError(f"{what} must be 1 to {MOST_CHARS} characters")
    return line


def now() -> str:
    """This moment, as judgements store it."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
