"""What is remembered of pages and lists, so that they are neither read nor fetched again for nothing."""

from __future__ import annotations

from sqlalchemy import Connection

from onrecord.records import Seen
from onrecord.store.driver import THESE, ask, tell, written
from onrecord.store.open import Store
from onrecord.store.payload import storable

KEPT_OUT = ("robots", "status", "truncated", "unreachable", "unsafe")  # reasons for which something was not fetched
FIELDS = ("stamp", "fetched", "etag", "modified")


def recall(store: Store, source: str) -> Seen | None:
    """What is remembered of a source; None where nothing is."""
    with store.reading() as connection:
        rows = ask(connection, "SELECT stamp, fetched, etag, modified FROM seen WHERE source = ?", storable(source))
    if not rows:
        return None
    stamp, *known = rows[0]
    return Seen(source, written(stamp), *(None if value is None else written(value) for value in known))


def remember(connection: Connection, one: Seen) -> None:
    """Remember what is known of a source beside what was remembered before.

    A page that failed is forgotten: it is to be read again. What kept a page or list from being fetched is over once it was fetched.
    """
    source = storable(one.source)
    if one.fetched and not one.stamp:
        ask(connection, f"DELETE FROM skipped WHERE source = ? AND reason IN {THESE}", source, KEPT_OUT)
    if ask(connection, "SELECT 1 FROM skipped WHERE source = ? AND reason = 'failed'", source):
        return
    known = {field: storable(value) for field in FIELDS if (value := getattr(one, field))}
    tell(connection, "INSERT OR IGNORE INTO seen(source, stamp) VALUES (?, '')", [(source,)])
    if known:
        tell(connection, f"UPDATE seen SET {', '.join(f'{field} = ?' for field in known)} WHERE source = ?", [(*known.values(), source)])
