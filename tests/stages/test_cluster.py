"""Articles that tell one event meet and are alike; others of the same people are not."""

from __future__ import annotations

import pytest

from onrecord.records import Article, Block, Mention, Reading, digest
from onrecord.stages.cluster import THRESHOLD, Told, keys, told, weighed, weigher
from onrecord.stages.cluster import score as score_weighed

FIRE_UK = (
    "У Залуччі загорівся склад фабрики «Вектор». Мер Ігор Галан повідомив, що пожежа охопила 1400 квадратних метрів, "
    "а працівників евакуювали. "
    "Рятувальники гасили склад до ранку, за словами мера Галана, причиною стало коротке замикання на підстанції."
)
FIRE_UK_TWO = (
    "Пожежа на складі фабрики «Вектор» у Залуччі: площа 1400 квадратних метрів. Ігор Галан сказав, "
    "що працівників фабрики евакуювали вчасно. "
    "Мер назвав причиною замикання на підстанції; рятувальники працювали на складі всю ніч."
)
FIRE_BG = (
    "Голям пожар избухна в склад на фабриката „Вектор“ в Залучия. Кметът Игор Галан съобщи, че огънят е обхванал 1400 квадратни метра, а "
    "работниците са евакуирани. Причината е късо съединение в подстанция, каза Галан."
)
BUDGET_UK = (
    "Депутати Залуччя ухвалили бюджет на наступний рік. Мер Ігор Галан заявив, що видатки на школи зростуть, а тариф на воду не зміниться. "
    "Опозиція критикувала мера Галана за борги комунального транспорту."
)
NAMES = {
    "uk": (("Ігор Галан", "Галан"), ("Вектор", "Вектор"), ("Залуччя", "Залуччі")),
    "bg": (("Игор Галан", "Галан"), ("Вектор", "Вектор"), ("Залучия", "Залучия")),
}


def reading(text: str, language: str, published: str | None) -> Reading:
    names = [Mention(text.find(form), text.find(form) + len(form), "name", "person", name) for name, form in NAMES[language] if form in text]
    return Reading(Article(digest(text), digest(text), text, language, (Block(0, len(text), "body"),), published=published), (), tuple(names), ())


TELL = {
    "uk": told(reading(FIRE_UK, "uk", "2031-05-04")),
    "uk, later": told(reading(FIRE_UK, "uk", "2031-05-14")),
    "uk, again": told(reading(FIRE_UK_TWO, "uk", "2031-05-05T08:00")),
    "uk, undated": told(reading(FIRE_UK_TWO, "uk", None)),
    "bg": told(reading(FIRE_BG, "bg", "2031-05-06")),
    "budget": told(reading(BUDGET_UK, "uk", "2031-05-04")),
}
WEIGH = weigher(4, {stem: sum(stem in item.stems for item in TELL.values()) // 2 for item in TELL.values() for stem in item.stems})


def score(one: Told, other: Told) -> float:
    return score_weighed(weighed(one, WEIGH), weighed(other, WEIGH))


@pytest.mark.parametrize(("one", "other"), [("uk", "uk, again"), ("uk", "bg"), ("uk, again", "bg")])
def test_one_event(one: str, other: str) -> None:
    """Two outlets on one event, in one language or two, share keys and are alike."""
    assert keys(TELL[one]) & keys(TELL[other])
    assert score(TELL[one], TELL[other]) >= THRESHOLD


@pytest.mark.parametrize("other", ["uk", "uk, again", "bg"])
def test_other_events_of_the_same_man(other: str) -> None:
    """The same mayor in the same town on the same day is not the same event."""
    assert score(TELL["budget"], TELL[other]) < THRESHOLD


def test_days_apart() -> None:
    """The same names ten days later are another event, unless the words are the same."""
    later = told(reading(FIRE_UK_TWO, "uk", "2031-05-14"))
    assert score(TELL["uk"], later) == 0.0 and not keys(TELL["uk"]) & keys(later)
    assert score(TELL["uk"], TELL["uk, later"]) == 1.0 and keys(TELL["uk"]) & keys(TELL["uk, later"])


def test_a_page_without_a_day_is_doubted() -> None:
    """Without a day on one of two pages a likeness is worth less."""
    assert score(TELL["uk"], TELL["uk, undated"]) < score(TELL["uk"], TELL["uk, again"])


def test_nothing_is_told() -> None:
    """An article without text has no keys but its days, and is like nothing."""
    empty = told(Reading(Article("x", "x", "", "uk", ()), (), (), ()))
    assert keys(empty) == frozenset() and score(empty, empty) == 0.0
