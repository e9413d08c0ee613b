"""Entities of authorities in the store: by id, and by the keys of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, insert, select, update

from onrecord.records import Entity
from onrecord.store import tables
from onrecord.store.driver import ask, written
from onrecord.store.payload import pack, unpack

FEW = 900  # values in one IN (…)


def put(connection: Connection, file: str, entities: Mapping[str, tuple[Entity, frozenset[str]]], keyed: int) -> None:
    """Store entities by id with the keys of their names; one that is held already is replaced."""
    table, keys, ids = tables.authorities, tables.authority_keys, list(entities)
    for at in range(0, len(ids), FEW):
        connection.execute(delete(table).where(table.c.id.in_(ids[at : at + FEW])))
    if ids:
        connection.execute(insert(table), [{"id": i, "file": file, "payload": pack(entity), "keyed": keyed} for i, (entity, _) in entities.items()])
    if rows := [{"key": key, "authority": i} for i, (_, found) in entities.items() for key in sorted(found)]:
        connection.execute(insert(keys), rows)


def keyed_before(connection: Connection, keyed: int, *, limit: int) -> list[Entity]:
    """Some of the entities whose keys were made by older rules."""
    found = ask(connection, "SELECT payload FROM authorities WHERE keyed < ? LIMIT ?", keyed, limit)
    return [unpack(payload, Entity) for (payload,) in found]


def put_keys(connection: Connection, keys: Mapping[str, frozenset[str]], keyed: int) -> None:
    """Replace the keys of entities."""
    table, ids = tables.authority_keys, list(keys)
    for at in range(0, len(ids), FEW):
        connection.execute(delete(table).where(table.c.authority.in_(ids[at : at + FEW])))
        connection.execute(update(tables.authorities).where(tables.authorities.c.id.in_(ids[at : at + FEW])).values(keyed=keyed))
    if rows := [{"key": key, "authority": i} for i, found in keys.items() for key in sorted(found)]:
        connection.execute(insert(table), rows)


def count(connection: Connection) -> dict[str, int]:
    """How many entities come from each file."""
    return {written(file): number for file, number in ask(connection, "SELECT file, count(*) FROM authorities GROUP BY file ORDER BY file")}


def get(connection: Connection, ids: Iterable[str]) -> dict[str, Entity]:
    """Entities by id."""
    table, listed = tables.authorities.c, sorted(set(ids))
    found: dict[str, Entity] = {}
    for at in range(0, len(listed), FEW):
        rows = connection.execute(select(table.id, table.payload).where(table.id.in_(listed[at : at + FEW])))
        found |= {i: unpack(payload, Entity) for i, payload in rows}
    return found


def by_keys(connection: Connection, keys: Iterable[str]) -> dict[str, set[str]]:
    """The ids of the entities that have each key."""
    table, listed = tables.authority_keys.c, sorted(set(keys))
    found: dict[str, set[str]] = {}
    for at in range(0, len(listed), FEW):
        for key, entity in connection.execute(select(table.key, table.authority).where(table.key.in_(listed[at : at + FEW]))):
            found.setdefault(key, set()).add(entity)
    return found
