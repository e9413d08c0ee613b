"""SQL straight to the driver, for what runs for every article: building and compiling a statement anew takes five to twenty times as long.

A list is handed over as one value, as JSON, for `json_each`, so that there is one statement whatever its length. Errors are SQLAlchemy's, as
everywhere else. Text that may hold a lone surrogate goes through `payload.storable` and `written`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, OperationalError

THESE = "(SELECT value FROM json_each(?))"  # in a statement: the values of a list
Row = tuple[Any, ...]


def ask(connection: Connection, sql: str, *values: object, **named: object) -> list[Row]:
    """The rows that a statement finds; each `?` (or `:name`) stands for a value, a list or set among them for its JSON."""
    try:
        return _driver(connection).execute(sql, named or [_handed(value) for value in values]).fetchall()
    except sqlite3.DatabaseError as error:
        raise _explained(sql, error) from error


def tell(connection: Connection, sql: str, rows: Sequence[Sequence[object]]) -> None:
    """Run a statement that changes something for each of these rows of values."""
    if not rows:
        return
    try:
        _driver(connection).executemany(sql, rows)
    except sqlite3.DatabaseError as error:
        raise _explained(sql, error) from error


def written(value: str | bytes) -> str:
    """Text as it was before `payload.storable`."""
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def _driver(connection: Connection) -> sqlite3.Connection:
    found: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    return found


def _handed(value: object) -> object:
    if isinstance(value, Collection) and not isinstance(value, str | bytes):
        return msgspec.json.encode(list(value)).decode()
    return value


def _explained(sql: str, error: sqlite3.DatabaseError) -> DatabaseError:
    kind = OperationalError if isinstance(error, sqlite3.OperationalError) else DatabaseError
    return kind(sql, None, error)
