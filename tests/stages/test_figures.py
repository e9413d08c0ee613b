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


def test_limit_at_the_end_of_the_year() -> None:
    """ "By the end of the year" is the last day of the year of publication."""
    assert one("bg", "засажда 4 милиона фиданки до края на годината").by == "2031-12-31"


def test_range_and_hedge() -> None:
    """A range has an upper end, and a hedge marks the figure as approximate."""
    figure = one("uk", "від 5 до 10 мільйонів доларів")
    assert (figure.value, figure.high, figure.approx) == (5e6, 1e7, False)
    assert one("en", "about 40 percent").approx
    assert (one("en", "20-30%").value, one("en", "20-30%").high) == (20, 30)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "15 листопада 2030 року о 12:38"),
        ("uk", "COVID-19 і Су-34, № 5, 3-го рангу"),
        ("uk", "десятки людей і мільйони гривень"),
        ("en", "one of them came on the 6th"),
        ("de", "ein Sprecher der 2. Brigade"),
    ],
)
def test_what_is_no_figure(language: str, text: str) -> None:
    """Dates, times, names with numbers, ordinals, "dozens" and "one of" are none."""
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
