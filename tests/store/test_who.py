"""What is known of one actor."""

from __future__ import annotations

from onrecord import judging
from onrecord.records import Entity, Office
from onrecord.store import query
from onrecord.store.open import Store


def test_names_offices_and_mentions(record: Store) -> None:
    """An actor has its names by language, the offices that pages name with first and last day, those of an authority, and mentions."""
    offices = (Office("mayor", "2029-01", None),)
    with record.writing() as connection:
        judging.add_authority(connection, "a.csv", [Entity("Q1", "Ihor Halan", "person", ("Ihor Halan",), {"de": "Ihor Halan"}, offices)])
        (line,) = query.actors(connection, "Ігор Галан")
        view = query.who(connection, line)
    assert {(use.name, use.language, use.statements) for use in view.names} == {
        ("Ігор Галан", "uk", 1), ("Галан", "uk", 1), ("Ihor Halan", "en", 1), ("Игор Галан", "bg", 1), ("Ihor Halan", "de", 0),
    }  # fmt: skip
    assert {(each.title, each.first, each.last, each.source) for each in view.offices} == {
        ("мер Залуччя", "2031-02-03", "2031-02-03", "corpus"),
        ("mayor of Zaluchia", "2031-03-04", "2031-03-04", "corpus"),
        ("кмет на Залучия", "2031-04-05", "2031-04-05", "corpus"),
        ("mayor", "2029-01", None, "authority"),
    }
    assert view.mentions == 3


def test_an_office_leads_to_its_holders(record: Store) -> None:
    """Who is called by an office is found by its words in any form, with the days."""
    with record.reading() as connection:
        (one,) = query.holders(connection, "мера Залуччя")
        assert ("Ігор Галан" in one.actor.names, one.first, one.times) == (True, "2031-02-03", 1)
        assert query.holders(connection, "") == query.holders(connection, "король") == ()
