"""Who the speakers of statements are does not depend on the order or the batches in which pages come."""

from __future__ import annotations

import itertools
import pathlib
from collections.abc import Callable

from sqlalchemy import text

from onrecord import corpus
from onrecord.records import Reading
from onrecord.store import query, write
from onrecord.store.open import Store, open_store

SPELLINGS = (
    "Клаус Шольтен", "Klaus Scholten", "Клаус Шолтен", "Claus Scholtens", "Klaas Schulten", "Клас Шультен", "Klaus Schalten",
    "Emma Harper", "Емма Гарпер", "Ема Харпър", "Emma Hooper",
)  # fmt: skip


def actors(store: Store) -> set[frozenset[str]]:
    """The names of each actor."""
    with store.reading() as connection:
        return {frozenset(line.actor.names) for line in query.actors(connection, limit=100)}


def test_pages_one_by_one_give_what_a_batch_gives(tmp_path: pathlib.Path, spoken_page: Callable[..., Reading]) -> None:
    """However pages are parted and ordered, the same names are one actor."""
    pages = [spoken_page(f"{n}.txt", "en", f"2031-0{n % 9 + 1}-01", (name, f"number {n} is enough", None)) for n, name in enumerate(SPELLINGS)]
    found = []
    for number, batches in enumerate(([pages], [[page] for page in pages], [[page] for page in pages[::-1]], [pages[5:], pages[:5]])):
        with open_store(tmp_path / f"{number}.sqlite") as store:
            for batch in batches:
                with store.writing() as connection:
                    corpus.update(connection, write.add(connection, batch).articles)
            found.append(actors(store))
    assert all(one == other for one, other in itertools.pairwise(found)) and len(found[0]) < len(SPELLINGS)


def test_names_keyed_by_older_rules_are_met(record: Store, spoken_page: Callable[..., Reading]) -> None:
    """A store whose names were keyed by older rules keys them again when the next page comes, and the new name finds them."""
    with record.writing() as connection:
        connection.execute(text("DELETE FROM bearer_keys"))
        connection.execute(text("UPDATE bearers SET keyed = 0"))
    with record.writing() as connection:
        page = spoken_page("de.txt", "de", "2031-05-05", ("Igor Halan", "die Brücke öffnet", None))
        corpus.update(connection, write.add(connection, [page]).articles)
        (line,) = query.actors(connection, "Igor Halan")
    assert {"Ігор Галан", "Igor Halan"} <= set(line.actor.names)
