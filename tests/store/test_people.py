"""What groups of names are asked of the store."""

from __future__ import annotations

import pytest

from onrecord.store.driver import ask
from onrecord.store.open import open_store
from onrecord.store.people import FOUND, JUDGED


@pytest.mark.parametrize(("sql", "column"), [(FOUND, "found"), (JUDGED, "corrected")])
def test_statements_of_groups_are_found_by_their_group(database, sql: str, column: str) -> None:
    """However many statements are on record, only those of the groups asked for are looked at: by an index of that column."""
    with open_store(database) as store, store.reading() as connection:
        plan = " / ".join(str(row[-1]) for row in ask(connection, "EXPLAIN QUERY PLAN " + sql, ["a", "b"]))
    assert f"({column}=?)" in plan, plan
