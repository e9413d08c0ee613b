"""What is remembered of pages and lists."""

from __future__ import annotations

import pathlib

from onrecord.records import Known, Seen, Skipped
from onrecord.store import write
from onrecord.store.open import open_store
from onrecord.store.seen import recall, remember


def test_what_is_remembered_is_recalled(tmp_path: pathlib.Path) -> None:
    """What is learned later stands beside what was known before."""
    with open_store(tmp_path / "a.sqlite") as store:
        assert recall(store, "a") is None
        with store.writing() as connection:
            remember(connection, Seen("a", "stamp", "2031-04-02T07:15:00+00:00"))
            remember(connection, Seen("a", etag='"one"'))
            remember(connection, Seen("a"))
        assert recall(store, "a") == Seen("a", "stamp", "2031-04-02T07:15:00+00:00", '"one"')


def test_what_kept_a_list_out_is_over_once_it_was_fetched(tmp_path: pathlib.Path) -> None:
    """A list that could not be fetched is counted as such until it is fetched, and then as nothing, for it is no page."""
    with open_store(tmp_path / "a.sqlite") as store, store.writing() as connection:
        assert write.add(connection, [Skipped("a", "sources", "unreachable"), Known("a")]).summary.skipped == {"unreachable": 2}
        assert write.add(connection, [Seen("a", fetched="2031-04-02T07:15:00+00:00"), Known("a")]).summary.pages == 0


def test_a_page_that_failed_is_not_remembered(tmp_path: pathlib.Path) -> None:
    """A page over which we failed is to be read again; one that is skipped for another reason is not."""
    with open_store(tmp_path / "a.sqlite") as store:
        with store.writing() as connection:
            write.add(connection, [Skipped("a", "read", "failed"), Seen("a", "stamp"), Skipped("b", "clean", "no-article"), Seen("b", "stamp")])
        assert recall(store, "a") is None and recall(store, "b") == Seen("b", "stamp")
