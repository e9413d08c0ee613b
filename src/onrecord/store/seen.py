"""What is remembered of pages and lists, so that they are neither read nor fetched again for nothing."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from onrecord.records import Seen
from onrecord.store.open import Store
from onrecord.store.tables import seen, skipped

KEPT_OUT = ("robots", "status", "truncated", "unreachable", "unsafe")  # reasons for which something was not fetched
FIELDS = ("stamp", "fetched", "etag", "modified")


def recall(store: Store, source: str) -> Seen | None:
    """What is remembered of a source; None where nothing is."""
    with store.reading() as connection:
        row = connection.execute(select(seen).where(seen.c.source == source)).first()
    return None if row is None else Seen(row.source, row.stamp, row.fetched, row.etag, row.modified)


def remember(connection: Connection, one: Seen) -> None:
    """Remember what is known of a source beside what was remembered before.

    A page that failed is forgotten: it is to be read again. What kept a page or list from being fetched is over once it was fetched.
    """
    if one.fetched and not one.stamp:
        connection.execute(delete(skipped).where(skipped.c.source == one.source, skipped.c.reason.in_(KEPT_OUT)))
    failed = select(skipped.c.source).where(skipped.c.source == one.source, skipped.c.reason == "failed")
    if connection.execute(failed).first() is not None:
        return
    known = {field: value for field in FIELDS if (value := getattr(one, field))}
    query = insert(seen).values({"source": one.source, "stamp": ""} | known)
    connection.execute(query.on_conflict_do_update(index_elements=[seen.c.source], set_=known) if known else query.on_conflict_do_nothing())
