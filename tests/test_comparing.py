"""Utterances on record, compared: which report was first, by way of whom, and where differences lie in the words."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from onrecord import comparing
from onrecord.errors import StoreError
from onrecord.records import Mention, Reading, Speaker, Statement
from onrecord.stages.compare import Report
from onrecord.store import query
from onrecord.store.open import open_store


@pytest.fixture
def connection(database: pathlib.Path) -> Iterator[Connection]:
    """The record made by hand."""
    with open_store(database, create=False) as store, store.reading() as reading:
        yield reading


def bridge(connection: Connection) -> comparing.Compared:
    """The utterance that all three outlets of the bridge report."""
    story = next(line for line in query.stories(connection) if line.articles == 3)
    view = query.story(connection, story.story.id)
    assert view is not None
    row = next(row for row in view.rows if len(row.utterance.statements) == 3)
    found = comparing.compared(connection, row.utterance.id)
    assert found is not None
    return found


def test_reports_are_compared_with_the_fullest(connection: Connection) -> None:
    """Every other report is compared with one of them, each by way of its outlet."""
    found = bridge(connection)
    assert {comparison.one for comparison in found.comparisons} == {found.base}
    assert len(found.comparisons) == 2 and found.base not in {comparison.other for comparison in found.comparisons}
    assert {chain[0] for chain in found.chains.values()} == {"Вісник Залуччя", "The Lantern Review", "Дневен глас"}


def test_across_languages_nothing_is_left_out(connection: Connection) -> None:
    """One clause in three languages finds its partners by meaning."""
    assert not [d for comparison in bridge(connection).comparisons for d in comparison.differences if d.kind in ("left out", "added")]


def test_first_is_told_only_where_the_days_tell(connection: Connection) -> None:
    """ "2 April 10:15" may be before or after "2 April": nobody is called the first."""
    assert bridge(connection).first is None


def test_found_by_its_id_or_that_of_a_statement(connection: Connection) -> None:
    """The beginning of the utterance's id or of a statement's is enough; what is neither is refused with what to do."""
    found = bridge(connection)
    assert comparing.find(connection, found.view.utterance.id[:8]) == found
    assert comparing.find(connection, found.base[:10]) == found
    with pytest.raises(StoreError, match="onrecord said"):
        comparing.find(connection, "nothing")
    assert comparing.compared(connection, "0123456789abcdef") is None


@pytest.mark.parametrize(
    ("span", "places"),
    [((10, 14), ((0, 4),)), ((12, 32), ((2, 6), (9, 11))), ((16, 20), ()), ((30, 40), ((9, 15),))],
)
def test_spans_of_the_article_in_the_words(span: tuple[int, int], places: tuple[tuple[int, int], ...]) -> None:
    """A span of the article lies in the words of a statement piece by piece, and nowhere outside them."""
    assert comparing.in_words(((10, 16), (30, 36)), span) == tuple((a, b) for a, b in places)


@pytest.mark.parametrize(
    ("forms", "role", "naming"),
    [(("name",), None, "name"), (("pronoun", "name"), None, "name"), (("role",), None, "office"), (("pronoun",), None, "unnamed")],
)
def test_naming(forms: tuple[str, ...], role: str | None, naming: str) -> None:
    """Named anywhere in the article counts as named; else the office; else nobody in particular."""
    mentions = tuple(Mention(at * 10, at * 10 + 5, form, "person", "Ada Pell", chain=3) for at, form in enumerate(forms))  # type: ignore[arg-type]
    speaker = Speaker("Ada Pell", (), (0, 5), role)
    statement = Statement("s", "direct", "body", ((50, 60),), ((50, 60),), None, speaker, "test", 1.0)
    assert comparing.naming(statement, mentions) == naming


def test_languages_tell_how_clauses_are_paired() -> None:
    """Inside a language roots are enough, so that the encoder is never opened."""
    one = Report("1", "uk", "direct", "міст", ((0, 4),))
    from onrecord.stages.compare import by_roots

    assert comparing.alike(one, one) is by_roots


def test_first_report_by_the_hour(tmp_path: pathlib.Path, spoken_page) -> None:
    """The report with the earliest time is the first; a page read twice is one article."""
    from onrecord import corpus
    from onrecord.store import groups, write

    words = ("Ігор Галан", "міст через Лутинку відкриють до першого снігу", None)
    pages: list[Reading] = [spoken_page("late.txt", "uk", "2031-02-03T12:00", words), spoken_page("early.txt", "uk", "2031-02-03T09:30", words)]
    with open_store(tmp_path / "first.sqlite") as store:
        with store.writing() as connection:
            rows = write.add(connection, pages).articles
            corpus.update(connection, rows)
            held = groups.statements_of(connection, rows)
            rows = [item.row for item in held]
            groups.put_utterances(connection, {"0123456789abcdef": rows}, {"0123456789abcdef": held[0].actor}, dict.fromkeys(rows))
        with store.reading() as connection:
            found = comparing.compared(connection, "0123456789abcdef")
            assert found is not None and found.first == pages[1].statements[0].id
            assert all(comparison.differences == () for comparison in found.comparisons)
