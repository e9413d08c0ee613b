"""Judging from the outside: whom it may mean, what is refused, and out and in again as JSON lines."""

from __future__ import annotations

import pathlib

import pytest

from onrecord import corpus, judging
from onrecord.errors import StoreError
from onrecord.store import judgements, query, write
from onrecord.store.open import Store, open_store


def test_judgements_go_out_and_come_in(record: Store, tmp_path: pathlib.Path) -> None:
    """JSON lines of one store do in another what they did in the first; once they are there, they change nothing."""
    with record.writing() as connection:
        judging.judge(connection, "same", author="Anna", who="Ліс", other="Галина Мур")
        renamed = judging.judge(connection, "rename", author="Anna", who="Ігор Галан", name="Мер Галан")
        judging.undo(connection, renamed.id, author="Bohdan")
        lines = judgements.to_lines(judgements.judgements(connection))
        readings = [view.reading for line in query.articles(connection) if (view := query.article(connection, line.id))]
        expected = {line.actor.names for line in query.actors(connection)}
    with open_store(tmp_path / "second.sqlite") as second, second.writing() as connection:
        corpus.update(connection, write.add(connection, sorted(readings, key=lambda r: r.article.published or "")).articles)
        assert judging.import_judgements(connection, lines) == (2, ())
        assert {line.actor.names for line in query.actors(connection)} == expected
        assert judging.import_judgements(connection, lines) == (0, ())
        assert judgements.to_lines(judgements.judgements(connection)) == lines


def test_lines_that_hold_no_judgement(record: Store) -> None:
    """A line that is broken, or lacks what its verdict needs, is named by number, and the rest is taken in."""
    with record.writing() as connection:
        good = judging.judge(connection, "not-a-person", author="Anna", who="Ліс")
        line = judgements.to_lines([good])
        data = b'{"id":\n\n' + line + b'{"id":"1","verdict":"same","author":"A","at":"2031"}\n{"id":"1","verdict":"odd","author":"A","at":"2031"}\n'
        new, faults = judging.import_judgements(connection, data + b"\xff\n")
        assert new == 0 and [fault.split(":")[0] for fault in faults] == ["line 1", "line 4", "line 5", "line 6"]
        assert "same needs who and other" in faults[1]


@pytest.mark.parametrize(
    ("verdict", "values", "message"),
    [
        ("same", {"who": "Ніхто", "other": "Ліс"}, "nobody called"),
        ("same", {"who": "Ліс", "other": "Ліс"}, "cannot be compared with itself"),
        ("same", {"who": "", "other": "Ліс"}, "nobody called"),
        ("rename", {"who": "Ліс", "name": " \n"}, "the new name"),
        ("rename", {"who": "Ліс", "name": "a" * 301}, "300 characters"),
        ("statement-wrong", {"statement": "ffffffffffff"}, "no statement"),
        ("statement-wrong", {"statement": ""}, "no statement"),
        ("speaker-wrong", {"statement": "STATEMENT", "other": "0123456789abcdef"}, "nobody with the id"),
        ("speaker-wrong", {"statement": "STATEMENT", "other": ""}, "the right speaker"),
        ("not-a-person", {"who": "Г"}, "nobody called|fits"),
    ],
)
def test_what_cannot_be_judged(record: Store, verdict: str, values: dict[str, str], message: str) -> None:
    """Whom or what a judgement names must be on record and clear; else nothing is stored and the message says what to do."""
    with record.writing() as connection:
        ids = {"STATEMENT": query.said(connection)[0].statement.id}
        with pytest.raises(StoreError, match=message):
            judging.judge(connection, verdict, author="Anna", **{k: ids.get(v, v) for k, v in values.items()})  # type: ignore[arg-type]
        with pytest.raises(StoreError, match="author"):
            judging.judge(connection, "not-a-person", author=" ", who="Ліс")
        assert judgements.judgements(connection) == ()


def test_a_judgement_is_undone_once(record: Store) -> None:
    """Undoing says by whom and when, cannot be done twice, and needs an id that fits one judgement."""
    with record.writing() as connection:
        made = judging.judge(connection, "rename", author="Anna", who="Ліс", name="Іван\x1b Ліс")
        assert made.name == "Іван Ліс"
        undone = judging.undo(connection, made.id[:8], author="Bohdan", at="2031-06-01T00:00:00")
        assert (undone.undone_by, undone.undone_at, undone.author) == ("Bohdan", "2031-06-01T00:00:00", "Anna")
        for wrong, message in ((made.id, "was undone"), ("zzzz", "is no judgement"), ("", "is no judgement")):
            with pytest.raises(StoreError, match=message):
                judging.undo(connection, wrong, author="Bohdan")
