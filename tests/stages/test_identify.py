"""One person in several spellings is one, two people are two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Speaker
from onrecord.stages.identify import THRESHOLD, Bearer, is_full, is_office, keys, score, settle

SAME = [
    ("Ґерард Вільтон", "Gerard Wilton"), ("Герард Вилтън", "Gerard Wilton"), ("Ігор Галан", "Игор Галан"), ("Ihor Halan", "Игорь Галан"),
    ("Клаус Шольтен", "Klaus Scholten"), ("Емма Гарпер", "Emma Harper"), ("Ема Харпър", "Емма Гарпер"), ("Mark Jonson", "Марк Джонсон"),
    ("Szymon Czarnecki", "Шимон Чарнецький"), ("Zoë Kravec", "Зоя Кравець"), ("Jean-Pierre Duval", "Жан-П'єр Дюваль"),
    ("Wilton Gerard", "Gerard Wilton"), ("G. Wilton", "Gerard Wilton"), ("Carlos de la Vega", "Карлос де ла Вега"),
]  # fmt: skip
OTHER = [
    ("Марк Вільтон", "Gerard Wilton"), ("Ігор Галан", "Олег Галан"), ("Anna Wilton", "Gerard Wilton"), ("Ігор Галан", "Ігор Голуб"),
    ("Emma Harper", "Emma Hooper"), ("M. Wilton", "Gerard Wilton"), ("Petr Novak", "Pavel Novak"), ("John Paul Reed", "John Adam Reed"),
]  # fmt: skip


def person(name: str) -> Bearer:
    return Bearer(name, "person")


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_person(one: str, other: str) -> None:
    """A full name in another alphabet, transcription or order meets its other forms and is taken for the same."""
    assert keys(person(one)) & keys(person(other))
    assert score(person(one), person(other)) >= THRESHOLD


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_people(one: str, other: str) -> None:
    """Two given names, or two surnames, are two people."""
    assert score(person(one), person(other)) < THRESHOLD


def test_gender_and_kind_part() -> None:
    """A man and a woman, a person and a body, are never one."""
    assert score(Bearer("Саша Галан", "person", gender="m"), Bearer("Sasha Halan", "person", gender="f")) == 0
    assert score(Bearer("Галан Фонд", "person"), Bearer("Галан Фонд", "organization")) == 0


def test_bodies_are_one_only_where_they_are_spelt_alike() -> None:
    """A body in two alphabets is one; two bodies that share a word are two."""
    assert score(Bearer("Вектор", "organization"), Bearer("Vektor", "organization")) >= THRESHOLD
    assert score(Bearer("Банк Залуччя", "organization"), Bearer("Театр Залуччя", "organization")) == 0


FULL = (Speaker("Ігор Галан", role="мер Залуччя", gender="m"), Speaker("Олена Дуб", role="речниця поліції", gender="f"))


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        (Speaker("Галан"), "Ігор Галан"), (Speaker("Halan"), "Ігор Галан"), (Speaker("Дуб"), "Олена Дуб"), (Speaker("Берест"), None),
        (Speaker("мер", role="мер"), "Ігор Галан"), (Speaker("мер Залуччя", role="мер Залуччя"), "Ігор Галан"),
        (Speaker("мера Залуччя", role="мера Залуччя"), "Ігор Галан"), (Speaker("міністр", role="міністр"), None),
    ],
)  # fmt: skip
def test_half_names_and_offices_are_settled(speaker: Speaker, expected: str | None) -> None:
    """Half a name goes to the one full name that ends in it, an office to the one who is said to hold it."""
    found = settle(speaker, FULL)
    assert (found.name if found else None) == expected


def test_what_two_could_mean_is_left_alone() -> None:
    """Half a name that two people bear is neither's; two spellings of one person are one."""
    assert settle(Speaker("Галан"), (*FULL, Speaker("Петро Галан"))) is None
    assert settle(Speaker("Галан"), (*FULL, Speaker("Ihor Halan"))) is not None


def test_kinds_of_names() -> None:
    """A full name, half a name, an office and a group are told apart."""
    assert is_full(Speaker("Ігор Галан")) and is_full(Speaker("Вектор", type="organization"))
    assert not is_full(Speaker("Галан")) and not is_full(Speaker("експерти", type="group"))
    assert is_office(Speaker("генсек")) and is_office(Speaker("Міністр", role="Міністр")) and not is_office(Speaker("Галан"))


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    """Any two texts can be compared, in either order with the same result, and a name is like itself."""
    assert score(person(one), person(other)) == pytest.approx(score(person(other), person(one)))
    assert score(person(one), person(one)) == 1.0 and keys(person(one))
