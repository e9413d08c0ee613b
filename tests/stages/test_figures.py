"""Figures as values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge import schema
from onrecord.records import Figure
from onrecord.stages.figures import read

PUBLISHED = "2031-11-07"


def one(language: str, text: str) -> Figure:
    """The only figure of the text."""
    (figure,) = read(text, 0, len(text), language, PUBLISHED)
    return figure


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("uk", "виділили 3,7 млрд грн", 3.7e9, "UAH"),
        ("uk", "п'ятдесят три відсотки", 53, "percent"),
        ("uk", "вдвічі більше", 2, "times"),
        ("uk", "загинуло 1 200 осіб", 1200, "person"),
        ("bg", "седем пъти повече", 7, "times"),
        ("bg", "4 милиона фиданки", 4e6, "фиданки"),
        ("en", "it cost $2.1 bn", 2.1e9, "USD"),
        ("en", "twenty-five ships", 25, "ships"),
        ("en", "two hundred and five tonnes", 205, "t"),
        ("ru", "в три раза больше", 3, "times"),
        ("ru", "двадцать пять мостов", 25, "мостов"),
        ("de", "1.200 Menschen", 1200, "person"),
        ("de", "2,5 Mrd. Euro", 2.5e9, "EUR"),
        ("fr", "3 milliards d'euros", 3e9, "EUR"),
        ("es", "2 millones de personas", 2e6, "person"),
        ("pl", "2,5 mld zł", 2.5e9, "PLN"),
        ("uk", "3 млн 200 тис. грн", 3.2e6, "UAH"),
        ("uk", "дві з половиною тонни", 2.5, "t"),
        ("uk", "вшестеро більше", 6, "times"),
        ("uk", "у шість разів", 6, "times"),
        ("uk", "півгодини", 0.5, "hour"),
        ("uk", "шістдесятьма двома відсотками", 62, "percent"),
        ("uk", "з мільйоном доларів", 1e6, "USD"),
        ("uk", "20 років і 3 місяці", 243, "month"),
        ("uk", "мінус вісім градусів", -8, "celsius"),
        ("bg", "петстотин двадесет и пет лева", 525, "BGN"),
        ("bg", "15 лв. и 50 ст.", 15.5, "BGN"),
        ("bg", "три цяло и пет тона", 3.5, "t"),
        ("ru", "полтора миллиона человек", 1.5e6, "person"),
        ("ru", "четверть века", 0.25, "century"),
        ("ru", "двумястами пятьюдесятью рублями", 250, "RUB"),
        ("en", "two dozen barges", 24, "barges"),
        ("en", "half a million people", 5e5, "person"),
        ("en", "thirty-one thousand and four", 31_004, ""),
        ("en", "an hour and a half", 1.5, "hour"),
        ("en", "UAH 3.04", 3.04, "UAH"),
        ("en", "3½ miles", 3.5, "mile"),
        ("en", "forty-five (45) days", 45, "day"),
        ("en", "they doubled", 2, "times"),
        ("en", "two pounds of butter", 2, "pound"),
        ("en", "two pounds", 2, "GBP"),
        ("de", "zweihundertsechsundfünfzig Kähne", 256, "Kähne"),
        ("fr", "soixante-treize péniches", 73, "péniches"),
        ("es", "treinta y cinco barcazas", 35, "barcazas"),
        ("pl", "pół miliona osób", 5e5, "person"),
        ("pl", "z trzema tysiącami ton", 3000, "t"),
    ],
)
def test_value_and_unit(language: str, text: str, value: float, unit: str) -> None:
    """Numbers in digits and words, with scales, money, multiples and what is counted."""
    figure = one(language, text)
    assert (figure.value, figure.unit) == (value, unit)


def test_share_with_its_whole_and_its_limit() -> None:
    """A share names what it is of, and the date by which it is to be."""
    figure = one("bg", "да свият дефицита до 3% от БВП до 2041 г.")
    assert (figure.value, figure.unit, figure.of, figure.by) == (3, "percent", "БВП", "2041")


@pytest.mark.parametrize(
    ("language", "text", "by"),
    [
        ("uk", "До 2041 року громади витратять 3% бюджету", "2041"),
        ("en", "By 2041, 3 percent of the budget goes to dams", "2041"),
        ("en", "It cost 3 percent in 2040. By 2041 the dam will stand", None),
    ],
)
def test_limit_before_the_figure(language: str, text: str, by: str | None) -> None:
    """A date before a figure limits it in the same sentence."""
    assert one(language, text).by == by


def test_limit_at_the_end_of_the_year() -> None:
    """ "By the end of the year" is the last day of the year of publication."""
    assert one("bg", "засажда 4 милиона фиданки до края на годината").by == "2031-12-31"


@pytest.mark.parametrize(
    ("language", "text", "ends", "unit"),
    [
        ("uk", "від 5 до 10 мільйонів доларів", (5e6, 1e7), "USD"),
        ("uk", "п'ять-шість тижнів", (5, 6), "week"),
        ("bg", "между три и четири години", (3, 4), "year"),
        ("ru", "в два-три раза больше", (2, 3), "times"),
        ("en", "20-30%", (20, 30), "percent"),
        ("en", "$1.5-2 billion", (1.5e9, 2e9), "USD"),
        ("en", "about 3 km to about 5 km", (3, 5), "km"),
        ("en", "two or three boats", (2, 3), "boats"),
    ],
)
def test_range(language: str, text: str, ends: tuple[float, float], unit: str) -> None:
    """Both ends of a range, with the unit and the scale that are said once."""
    figure = one(language, text)
    assert ((figure.value, figure.high), figure.unit) == (ends, unit)


@pytest.mark.parametrize(
    ("language", "text", "value", "approx", "bound"),
    [
        ("uk", "близько 2 млн снарядів", 2e6, True, None),
        ("uk", "щонайменше двоє людей", 2, False, "min"),
        ("bg", "по-малко от половината", 0.5, False, "max"),
        ("ru", "не более 30 тыс. рублей", 30_000, False, "max"),
        ("en", "up to 300 people", 300, False, "max"),
        ("en", "about 40 percent", 40, True, None),
        ("fr", "au moins 10 euros", 10, False, "min"),
    ],
)
def test_hedge_and_bound(language: str, text: str, value: float, approx: bool, bound: str | None) -> None:
    """A word before the figure makes it approximate, or the least or the most that is meant."""
    figure = one(language, text)
    assert (figure.value, figure.approx, figure.bound) == (value, approx, bound)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "15 листопада 2030 року о 12:38"),
        ("uk", "COVID-19 і Су-34, № 5, 3-го рангу"),
        ("uk", "десятки людей і мільйони гривень"),
        ("en", "one of them came on the 6th"),
        ("de", "ein Sprecher der 2. Brigade"),
        ("uk", "рахунок 3:1, матч закінчився 2-0, далі 1-2"),
        ("uk", "тел. +38 (044) 123-45-67"),
        ("uk", "стаття 5, ст. 228 і пункт 3"),
        ("uk", "10-річний хлопець з 5-поверхового будинку"),
        ("uk", "у 2014-2015 роках, з 8 по 24 січня"),
        ("uk", "у 2035, як і в 1998"),
        ("bg", "СТО и ЕС се срещат в 10 часа"),
        ("bg", "1) язовирът 2) мостът"),
        ("ru", "«Южный мост – 2» и план 2040-2041 годов"),
        ("en", "a 20-year-old with a 5G phone, flight 12"),
        ("en", "the second half of the year"),
        ("de", "um 10 Uhr"),
        ("pl", "20. rocznica o godz. 10"),
    ],
)
def test_what_is_no_figure(language: str, text: str) -> None:
    """Dates, times, scores, telephone numbers, names with numbers, ordinals, ages as adjectives, "dozens" and "one of" are none."""
    assert read(text, 0, len(text), language, PUBLISHED) == ()


@given(st.integers(2, 999_999), st.sampled_from(schema.languages()), st.booleans())
def test_number_built_from_its_value(number: int, language: str, spaced: bool) -> None:
    """A number grouped by spaces, or by the mark that is not its language's decimal one, gives the value that it was written from."""
    separator = " " if spaced else "." if schema.writing(language).numbers.decimal == "," else ","
    text = f"{number:,}".replace(",", separator) + " km"
    if language in ("uk", "bg", "ru"):
        text = text.replace("km", "км")
    figure = one(language, text)
    assert (figure.value, figure.unit) == (number, "km")


@given(st.text(max_size=120) | st.text(alphabet="0123456789.,-%$ абтис", max_size=60), st.sampled_from(schema.languages()))
def test_spans_lie_inside_any_text(text: str, language: str) -> None:
    """Figures of any text lie inside it, in order."""
    at = 0
    for figure in read(text, 0, len(text), language, PUBLISHED):
        assert at <= figure.span[0] < figure.span[1] <= len(text)
        at = figure.span[0]
