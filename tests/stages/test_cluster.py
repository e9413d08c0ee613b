"""Articles that tell one event meet and are alike; others of the same people are not."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.records import Article, Block, Mention, Reading, digest
from onrecord.stages.cluster import CHEAP, NEAR, THRESHOLD, Told, compared, kept, keys, told

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


def weigh(word: str) -> float:
    """Longer words say more."""
    return min(1.0, len(word) / 10)


def told_of(text: str, language: str, published: str | None) -> Told:
    return told(reading(text, language, published), weigh)


def score(one: Told, other: Told, meaning: float) -> float:
    """How surely two articles tell one event, whichever comes first."""
    found, back = (compared(kept(mine), [kept(theirs)], np.array([meaning]), CHEAP)[0][0] for mine, theirs in ((one, other), (other, one)))
    assert found == back
    return float(found)


def copied(one: Told, other: Told) -> float:
    return float(compared(kept(one), [kept(other)], np.array([0.0]), CHEAP)[1][0])


TELL = {
    "uk": told_of(FIRE_UK, "uk", "2031-05-04"),
    "uk, later": told_of(FIRE_UK, "uk", "2031-05-14"),
    "uk, again": told_of(FIRE_UK_TWO, "uk", "2031-05-05T08:00"),
    "uk, undated": told_of(FIRE_UK_TWO, "uk", None),
    "bg": told_of(FIRE_BG, "bg", "2031-05-06"),
    "budget": told_of(BUDGET_UK, "uk", "2031-05-04"),
}
ALIKE, UNLIKE = 0.7, 0.2  # cosines of openings: of one event, of another one of the same man


@pytest.mark.parametrize(("one", "other"), [("uk", "uk, again"), ("uk", "bg"), ("uk, again", "bg")])
def test_one_event(one: str, other: str) -> None:
    """Two outlets on one event, in one language or two, share keys and are alike."""
    assert keys(TELL[one]) & keys(TELL[other])
    assert score(TELL[one], TELL[other], ALIKE) >= THRESHOLD


@pytest.mark.parametrize("other", ["uk", "uk, again", "bg"])
def test_other_events_of_the_same_man(other: str) -> None:
    """The same mayor in the same town on the same day is not the same event."""
    assert score(TELL["budget"], TELL[other], UNLIKE) < score(TELL["uk"], TELL["bg"], ALIKE)


def test_days_apart() -> None:
    """The same names ten days later are another event; the same words are printed again, but not a year later."""
    later = told_of(FIRE_UK_TWO, "uk", "2031-05-14")
    assert score(TELL["uk"], later, ALIKE) == 0.0
    assert score(TELL["uk"], TELL["uk, later"], ALIKE) == 1.0 and keys(TELL["uk"]) & keys(TELL["uk, later"])
    anniversary = told_of(FIRE_UK, "uk", "2033-05-04")
    assert score(TELL["uk"], anniversary, ALIKE) < NEAR and copied(TELL["uk"], anniversary) == 1.0


def test_a_page_without_a_day_is_doubted() -> None:
    """Without a day on one of two pages a likeness is worth less."""
    undated = told_of(FIRE_UK_TWO, "uk", None)
    same_day = told_of(FIRE_UK_TWO, "uk", "2031-05-04")
    assert score(TELL["uk"], undated, ALIKE) < score(TELL["uk"], same_day, ALIKE)


def test_a_credit_does_not_hide_a_copy() -> None:
    """The same text with a credit line is a copy; another report is none."""
    credited = told_of(FIRE_UK + " Про це пише «Обрій».", "uk", "2031-05-04")
    assert copied(TELL["uk"], credited) > 0.7 > copied(TELL["uk"], TELL["uk, again"])


def test_a_day_in_the_future_is_a_day_like_any_other() -> None:
    """A page that says it is of a day to come tells the event of that day."""
    ahead = told_of(FIRE_UK_TWO, "uk", "2999-01-01")
    assert score(TELL["uk"], ahead, ALIKE) == 0.0 and ahead.day is not None


def test_nothing_is_told() -> None:
    """An article without text has no keys, and is like nothing."""
    empty = told(Reading(Article("x", "x", "", "uk", ()), (), (), ()), weigh)
    assert keys(empty) == frozenset() and score(empty, empty, 0.0) == 0.0 and copied(empty, empty) == 0.0


def test_many_are_compared_as_one_by_one() -> None:
    """An article is compared with all others at once, and each comes out to the last digit as if it had been alone."""
    others = [kept(item) for item in TELL.values()]
    meaning = np.linspace(-1, 1, len(others))
    at_once = compared(kept(TELL["uk"]), others, meaning, CHEAP)
    alone = [compared(kept(TELL["uk"]), [other], meaning[n : n + 1], CHEAP) for n, other in enumerate(others)]
    assert [found.tolist() for found in at_once] == [[float(one[part][0]) for one in alone] for part in (0, 1)]
    assert len(set(at_once[0].tolist())) > 3
