"""Who held an office when, and which namesakes cannot be one person."""

from __future__ import annotations

import pytest

from onrecord.records import Title
from onrecord.stages.offices import holder, namesakes, office


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("uk", ("Генеральний секретар Союзу", "генсек Союзу", "генсеком Союзу")),
        ("uk", ("міністр оборони Кастелії", "міністром оборони Кастелії", "Міністерка оборони Кастелії")),
        ("bg", ("Кметът на Залучия", "кмет на Залучия")),
        ("en", ("the mayor of Zaluchia", "Zaluchia mayor")),
        ("ru", ("президент Кастелии", "президента Кастелии")),
        ("pl", ("prezydent Kastelii", "prezydentem Kastelii")),
        ("de", ("der neue Bürgermeister von Adorf", "Bürgermeister von Adorf")),
        ("fr", ("le maire de Valombre", "maire de Valombre")),
        ("es", ("el alcalde de Valdeluz", "alcalde de Valdeluz")),
    ],
)
def test_an_office_is_known_by_what_it_is_and_of_what(language: str, titles: tuple[str, ...]) -> None:
    """Forms and synonyms of one office have one key."""
    keys = {found.key for title in titles if (found := office(title, language))}
    assert len(keys) == 1 and None not in keys


@pytest.mark.parametrize("title", ["міністр", "депутат Сейму", "колишній мер Залуччя", "експрезидент Кастелії", "обраний мер Залуччя", "Галан", ""])
def test_what_is_no_office_of_one_person(title: str) -> None:
    """An office without its body, one that many hold, one that is over or to come, and what is no office have no key."""
    found = office(title, "uk")
    assert found is None or found.key is None


def test_offices_of_two_bodies_are_two() -> None:
    """What an office is of tells it from others of the same word."""
    titles = ("міністр оборони Кастелії", "міністр освіти Кастелії", "міністр оборони Ардонії", "голова комітету Сейму", "голова Сейму")
    keys = [office(title, "uk") for title in titles]
    assert len({found.key for found in keys if found}) == len(keys)


def seen(name: str, day: str, title: str = "мер Залуччя", article: int = 0, language: str = "uk") -> Title:
    return Title(name, name, title, language, None, day, day, article)


TWO = (seen("Галан", "2031-01-10"), seen("Галан", "2031-03-20"), seen("Дуб", "2031-06-02"), seen("Дуб", "2032-01-02"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2031-02-01", "Галан"), ("2031-01-01", "Галан"), ("2031-04-01", "Галан"), ("2031-05-25", None), ("2031-07-01T10:00", "Дуб"),
        ("2029-01-01", None), ("2035-01-01", None),
    ],
)  # fmt: skip
def test_who_held_an_office_on_a_day(day: str, expected: str | None) -> None:
    """Whom pages of before and after the day call by it, or of shortly before; nobody between two holders, long before and long after."""
    found = holder(TWO, day)
    assert (found.holder if found else None) == expected


def test_two_at_once_are_none() -> None:
    """Where pages call two people by one office at one time, nobody is known to hold it."""
    assert holder((*TWO, seen("Мур", "2031-02-01"), seen("Мур", "2031-02-03")), "2031-02-02") is None


def test_an_authority_comes_before_pages() -> None:
    """The days of an authority, of any precision, decide; two of its entities at once are none."""
    known = Title("Мур", "Мур", "мер Залуччя", "uk", None, "2031-02", "2031", None, "Q1")
    assert (found := holder((*TWO, known), "2031-07-01")) and found.holder == "Мур" and "Q1" in found.evidence
    assert holder((*TWO, known, Title("Ліс", "Ліс", "мер Залуччя", "uk", None, "2030", None, None, "Q2")), "2031-07-01") is None
    assert (found := holder((*TWO, known), "2032-01-01")) and found.holder == "Дуб"


@pytest.mark.parametrize(
    ("titles", "people"),
    [
        (("міністр оборони Кастелії", "нападник «Зорі»"), [{1}, {2}]),
        (("міністр оборони Кастелії", "міністр оборони Ардонії"), [{1}, {2}]),
        (("міністр оборони Кастелії", "прем'єр Кастелії", "посол"), [{1, 2}]),
        (("президент РФ", "президент Кастелії"), [{2}]),
        (("співак", "нападник «Зорі»", "воротар збірної"), [{1}, {2, 3}]),
        (("аналітик", "депутат"), []),
    ],
)  # fmt: skip
def test_namesakes(titles: tuple[str, ...], people: list[set[int]]) -> None:
    """Two fields, or offices of two countries, at one time are two people; changing offices, acronyms and what anybody may be are not."""
    found = namesakes([seen("X", f"2031-02-0{n}", title, n) for n, title in enumerate(titles, 1)])
    assert [set(part.articles) for part in found] == people


def test_one_person_over_time() -> None:
    """A career that changes in years is one person's, and so are two fields that one article names."""
    assert len(namesakes([seen("X", "2025-02-01", "боксер", 1), seen("X", "2031-02-01", "президент Кастелії", 2)])) == 1
    both = [seen("X", "2031-02-01", "боксер", 1), seen("X", "2031-02-02", "президент Кастелії", 2)]
    assert len(namesakes([*both, seen("X", "2031-02-03", "колишній боксер", 3), seen("X", "2031-02-03", "президент Кастелії", 3)])) == 1
