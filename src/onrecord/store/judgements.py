"""What people have decided: stored with author and time, never overwritten, undone by a mark, in and out as JSON lines.

Of two judgements on the same thing the later one holds; when it is undone, the earlier one holds again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, insert, select, update

from onrecord.errors import StoreError
from onrecord.knowledge.words import words
from onrecord.records import Judgement, Named, Verdict, digest
from onrecord.store import tables
from onrecord.store.driver import ask
from onrecord.store.payload import pack, storable, unpack

PEOPLE: frozenset[str] = frozenset({"same", "different", "rename", "not-a-person"})


def judgement(
    verdict: Verdict,
    author: str,
    at: str,
    *,
    who: Named | None = None,
    other: Named | None = None,
    name: str | None = None,
    source: str | None = None,
    words: str | None = None,
) -> Judgement:
    """A judgement with the id that its content gives it, so that it is the same one wherever it is imported."""
    keys = (who.key if who else "", other.key if other else "", name or "", source or "", words or "")
    return Judgement(digest("judgement", verdict, author, at, *keys), verdict, author, at, who, other, name, source, words)


def put(connection: Connection, judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Store judgements and give back those that are new, or newly undone; what is held already stays as it is."""
    changed = []
    for one in judgements:
        held = get(connection, one.id)
        if held is None:
            values = {"id": one.id, "at": one.at, "source": one.source, "undone": one.undone_at is not None, "payload": pack(one)}
            connection.execute(insert(tables.judgements), values)
        elif held.undone_at is None and one.undone_at is not None:
            table = tables.judgements
            connection.execute(update(table).where(table.c.id == one.id).values(undone=True, payload=pack(one)))
        else:
            continue
        changed.append(one)
    return tuple(changed)


def get(connection: Connection, judgement_id: str) -> Judgement | None:
    """One judgement by its whole id."""
    table = tables.judgements.c
    payload = connection.scalar(select(table.payload).where(table.id == judgement_id))
    return None if payload is None else unpack(payload, Judgement)


def find(connection: Connection, beginning: str) -> Judgement:
    """The one judgement whose id begins so; StoreError where there is none, or more than one."""
    table = tables.judgements.c
    found = list(connection.scalars(select(table.payload).where(table.id.startswith(beginning, autoescape=True)).limit(2)))
    if not beginning or len(found) != 1:
        problem = "fits more than one judgement" if len(found) > 1 else "is no judgement"
        raise StoreError(f"{beginning!r} {problem}: `onrecord judge list` prints their ids")
    return unpack(found[0], Judgement)


def judgements(connection: Connection, *, limit: int | None = None, offset: int = 0) -> tuple[Judgement, ...]:
    """All judgements, the newest first, those that were undone among them."""
    table = tables.judgements.c
    query = select(table.payload).order_by(table.at.desc(), table.id).limit(-1 if limit is None else limit).offset(offset)
    return tuple(unpack(payload, Judgement) for payload in connection.scalars(query))


def about_people(connection: Connection) -> tuple[Judgement, ...]:
    """The judgements on people and bodies that hold, in order of time."""
    return _holding(payload for (payload,) in ask(connection, "SELECT payload FROM judgements WHERE NOT undone AND source IS NULL"))


def about_statements(connection: Connection, sources: Iterable[str]) -> tuple[Judgement, ...]:
    """The judgements on statements of pages that hold, in order of time."""
    if not ask(connection, "SELECT 1 FROM judgements LIMIT 1"):
        return ()
    listed = [storable(source) for source in set(sources)]
    found = (ask(connection, "SELECT payload FROM judgements WHERE source = ? AND NOT undone", source) for source in listed)
    return _holding(payload for rows in found for (payload,) in rows)


def _holding(payloads: Iterable[bytes]) -> tuple[Judgement, ...]:
    """The latest on each subject."""
    last: dict[str, Judgement] = {}
    for one in sorted((unpack(payload, Judgement) for payload in payloads), key=lambda j: (j.at, j.id)):
        last.pop(subject(one), None)
        last[subject(one)] = one
    return tuple(last.values())


def subject(one: Judgement) -> str:
    """What a judgement decides: whether two are one, what one is called, whether it is a person, one statement."""
    if one.source is not None:
        return digest(one.verdict, one.source, words_key(one.words or ""))
    pair = sorted(named.key for named in (one.who, one.other) if named)
    return digest("pair" if one.verdict in ("same", "different") else one.verdict, *pair)


def words_key(content: str) -> str:
    """The words of a statement without case, marks and blanks: what a judgement knows it by in its page."""
    return " ".join(words(content))


def to_lines(judgements: Sequence[Judgement]) -> bytes:
    """Judgements as JSON lines, the oldest first."""
    return b"".join(pack(one) + b"\n" for one in sorted(judgements, key=lambda j: (j.at, j.id)))


def from_lines(data: bytes) -> tuple[tuple[Judgement, ...], tuple[str, ...]]:
    """Judgements out of JSON lines, and a message for each line that holds none."""
    found, faults = [], []
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        try:
            one = unpack(line, Judgement)
        except (msgspec.DecodeError, ValueError) as error:
            faults.append(f"line {number}: {error}")
            continue
        if problem := _problem(one):
            faults.append(f"line {number}: {problem}")
        else:
            made = judgement(one.verdict, one.author, one.at, who=one.who, other=one.other, name=one.name, source=one.source, words=one.words)
            found.append(msgspec.structs.replace(made, undone_by=one.undone_by, undone_at=one.undone_at))
    return tuple(found), tuple(faults)


def _problem(one: Judgement) -> str:
    """What a judgement lacks that its verdict needs."""
    needed = {
        "same": ("who", "other"), "different": ("who", "other"), "rename": ("who", "name"), "not-a-person": ("who",),
        "statement-wrong": ("source", "words"), "speaker-wrong": ("source", "words", "other"),
    }[one.verdict]  # fmt: skip
    missing = [field for field in needed if not getattr(one, field)]
    if not missing and one.verdict in PEOPLE and one.source is not None:
        return f"{one.verdict} is about names, not about a page: leave out source"
    return f"{one.verdict} needs {' and '.join(missing)}" if missing else ""
