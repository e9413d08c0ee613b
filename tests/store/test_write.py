"""What goes into the store comes out of it."""

from __future__ import annotations

import pathlib
import tempfile

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from onrecord import corpus
from onrecord.alignment import Alignment
from onrecord.knowledge.outlets import label
from onrecord.records import Article, Block, Figure, Mention, Reading, Sentence, Skipped, Speaker, Statement, digest
from onrecord.store import query, rows, tables, write
from onrecord.store.open import open_store
from onrecord.store.records import Summary

TEXT = st.text(st.characters(exclude_categories=()), max_size=40)  # lone surrogates, NUL and all
NUMBER = st.integers(0, 2**31)
SPAN = st.tuples(NUMBER, NUMBER)
SPANS = st.lists(SPAN, max_size=3).map(tuple)
ROLES = st.sampled_from(["headline", "lead", "body", "teaser", "date"])
TYPES = st.sampled_from(["person", "organization", "place", "group", "document"])
GENDERS = st.sampled_from(["m", "f", "n", None])
VALUE = st.floats(allow_nan=False, allow_infinity=False)


def maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


BLOCK = st.builds(Block, NUMBER, NUMBER, ROLES, TEXT)
SENTENCE = st.builds(Sentence, NUMBER, NUMBER, ROLES)
MENTION = st.builds(
    Mention, NUMBER, NUMBER, st.sampled_from(["name", "role", "pronoun", "group"]), TYPES, TEXT, GENDERS,
    st.sampled_from(["sg", "pl", None]), maybe(TEXT), st.integers(-1, 99), TEXT,
)  # fmt: skip
FIGURE = st.builds(Figure, SPAN, VALUE, TEXT, maybe(TEXT), maybe(TEXT), st.booleans(), maybe(VALUE))
SPEAKER = st.builds(Speaker, TEXT, st.lists(TEXT, max_size=2).map(tuple), maybe(SPAN), maybe(TEXT), TYPES, GENDERS)
STATEMENT = st.builds(
    Statement, TEXT, st.sampled_from(["direct", "indirect", "mixed"]), st.sampled_from(["headline", "body"]), SPANS, SPANS, maybe(SPAN),
    maybe(SPEAKER), TEXT, st.floats(0, 1), maybe(TEXT), maybe(SPAN), maybe(SPAN), maybe(SPAN), st.lists(FIGURE, max_size=2).map(tuple),
    maybe(TEXT), st.lists(TEXT, max_size=2).map(tuple), maybe(TEXT),
)  # fmt: skip
ALIGNMENT = st.builds(Alignment, st.lists(st.tuples(NUMBER, NUMBER, NUMBER, NUMBER), max_size=3).map(tuple))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    source, text = draw(TEXT), draw(TEXT)
    article = Article(
        digest(source, text), source, text, draw(st.sampled_from(["uk", "bg", "en"])), tuple(draw(st.lists(BLOCK, max_size=3))),
        draw(maybe(TEXT)), draw(maybe(TEXT)), draw(maybe(TEXT)), draw(maybe(TEXT)), tuple(draw(st.lists(TEXT, max_size=2))),
        updated=draw(maybe(TEXT)), authors=tuple(draw(st.lists(TEXT, max_size=2))), section=draw(maybe(TEXT)),
        reasons=draw(st.dictionaries(TEXT, TEXT, max_size=2)), alignment=draw(maybe(ALIGNMENT)),
        origin=tuple(draw(st.lists(st.tuples(NUMBER, TEXT), max_size=2))),
    )  # fmt: skip
    parts = (tuple(draw(st.lists(part, max_size=3))) for part in (SENTENCE, MENTION, STATEMENT))
    return Reading(article, *parts)


SKIPPED = st.builds(Skipped, TEXT, TEXT, st.sampled_from(["empty", "binary", "failed"]), TEXT)


def number(connection, source: str) -> int:
    return connection.scalar(select(tables.articles.c.row).where(tables.articles.c.source == source))


def numbers(connection) -> dict[str, int]:
    return {name: connection.scalar(select(func.count()).select_from(table)) for name, table in tables.metadata.tables.items()}


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(readings() | SKIPPED, max_size=4))
def test_every_reading_comes_back_exactly(outcomes: list[Reading | Skipped]) -> None:
    """A reading of any text and any values comes back from the store as it went in, and adding it again changes nothing."""
    with tempfile.TemporaryDirectory() as folder, open_store(pathlib.Path(folder, "a.sqlite")) as store:
        with store.writing() as connection:
            added = write.add(connection, outcomes)
            corpus.update(connection, added.articles)
        assert added.summary.pages == len(outcomes)
        with store.reading() as connection:
            last = {o.article.source: o for o in outcomes if isinstance(o, Reading)}
            for source, reading in last.items():
                assert rows.reading(connection, number(connection, source)) == reading
            first = numbers(connection)
        with store.writing() as connection:
            again = write.add(connection, [*last.values()])
        assert again.articles == () and again.summary.unchanged == len(last)
        with store.reading() as connection:
            after = numbers(connection)
            sources = set(last)
            forgotten = {o.source for o in outcomes if isinstance(o, Skipped)} & sources
            assert {k: v for k, v in after.items() if k != "skipped"} == {k: v for k, v in first.items() if k != "skipped"}
            assert after["skipped"] >= first["skipped"] - len(forgotten)


def test_a_changed_page_replaces_its_reading(store, by_hand) -> None:
    """A page with other text takes the place of its old reading, and nothing of the old one is left anywhere."""
    old, new = list(by_hand.values())[:2]
    with store.writing() as connection:
        write.add(connection, [old])
        other = Reading(
            article=msgspec.structs.replace(new.article, source=old.article.source),
            sentences=(), mentions=new.mentions, statements=new.statements,
        )  # fmt: skip
        added = write.add(connection, [other])
        assert added.summary == Summary(changed=1, statements=len(new.statements))
        held = numbers(connection)
        assert (held["articles"], held["mentions"], held["statements"]) == (1, len(new.mentions), len(new.statements))
        assert rows.reading(connection, number(connection, old.article.source)) == other
        assert query.search_articles(connection, "мостом") == () and query.search_articles(connection, "bridge")


def test_a_page_that_is_skipped_later_keeps_its_reading(store, by_hand) -> None:
    """A page that cannot be read any more is counted, and what was read of it stays; once it is read again it is no longer counted."""
    reading = next(iter(by_hand.values()))
    with store.writing() as connection:
        write.add(connection, [reading])
        skipped = Skipped(reading.article.source, "files", "unreadable", "gone")
        assert write.add(connection, [skipped]).summary == Summary(skipped={"unreadable": 1})
        assert query.skipped(connection) == (skipped,)
        assert query.counts(connection).articles == 1
        write.add(connection, [reading])
        assert query.skipped(connection) == ()


def test_what_fails_leaves_nothing(store, by_hand) -> None:
    """An exception in the caller's transaction undoes all of it."""

    class Mishap(Exception):
        pass

    with pytest.raises(Mishap), store.writing() as connection:
        write.add(connection, by_hand.values())
        raise Mishap
    with store.reading() as connection:
        assert query.counts(connection).articles == 0


def test_summaries_add_up() -> None:
    """Two summaries are added field by field, reasons and all."""
    one, other = Summary(1, 2, 3, 4, {"empty": 1}), Summary(1, 0, 0, 1, {"empty": 2, "binary": 1})
    assert one + other == Summary(2, 2, 3, 5, {"binary": 1, "empty": 3})
    assert (one + other).pages == 11


@pytest.mark.parametrize(
    ("outlet", "url", "expected"),
    [
        ("The Lantern", "https://lantern.example/a", "The Lantern"),
        (None, "https://www.lantern.example/a", "lantern.example"),
        (None, "http://[x", "a.txt"),
        (None, None, "a.txt"),
    ],
)
def test_label(outlet: str | None, url: str | None, expected: str) -> None:
    """An outlet is called by its name, else by the host of the address, else by the source."""
    assert label(outlet, url, "a.txt") == expected
