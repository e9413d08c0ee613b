"""Dates in text as ISO values."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge import schema
from onrecord.stages.dates import find

PUBLISHED = "2031-11-07T10:00"  # a Friday


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("uk", "9 жовтня 2030 року, а потім 21 жовтня", ["2030-10-09", "2030-10-21"]),
        ("uk", "у вівторок і вчора", ["2031-11-04", "2031-11-06"]),
        ("uk", "до кінця року, 2035 р., у 2014 році", ["2031-12-31", "2035", "2014"]),
        ("uk", "05.11.2030 та 2030-11-05", ["2030-11-05", "2030-11-05"]),
        ("bg", "на 9 април, до 2041 г., до края на годината", ["2031-04-09", "2041", "2031-12-31"]),
        ("bg", "през 2009 г. в сряда", ["2009", "2031-11-05"]),
        ("en", "on Tuesday, Jan. 5, 2030, by the end of 2032", ["2031-11-04", "2030-01-05", "2032-12-31"]),
        ("en", "11/09/2030 and 29/08/2030 and May 2031", ["2030-11-09", "2030-08-29", "2031-05"]),
        ("en", "next Monday and in March", ["2031-11-10", "2031-03"]),
        ("ru", "17 июня 2028 года, к 2040 году", ["2028-06-17", "2040"]),
        ("pl", "3 maja 2030 r., do końca roku", ["2030-05-03", "2031-12-31"]),
        ("de", "Am 3. Oktober 2030, bis 2035, gestern", ["2030-10-03", "2035", "2031-11-06"]),
        ("fr", "le 5 mars 2030, d'ici 2035, hier", ["2030-03-05", "2035", "2031-11-06"]),
        ("es", "el 3 de mayo de 2030, ayer, por la mañana", ["2030-05-03", "2031-11-06"]),
        ("uk", "31 грудня", ["2031-12-31"]),
        ("en", "he may come and it sat there", []),
        ("uk", "2,5 млн, 35 травня, 12:38, № 2025", []),
    ],
)
def test_dates(language: str, text: str, values: list[str]) -> None:
    """Days, months, years, weekdays and words of time come out with the precision of the words."""
    assert [date.value for date in find(text, 0, len(text), language, PUBLISHED)] == values


def test_day_without_a_year_long_before_the_turn_of_the_year() -> None:
    """In January a day of December is one of the year before."""
    text = "25 грудня"
    assert [date.value for date in find(text, 0, len(text), "uk", "2031-01-03")] == ["2030-12-25"]


def test_what_depends_on_publication_is_not_found_without_it() -> None:
    """Weekdays, "yesterday" and days without a year say nothing where the day of publication is unknown."""
    text = "у вівторок, вчора, 5 травня, 5 травня 2030 року"
    assert [date.value for date in find(text, 0, len(text), "uk", None)] == ["2030-05-05"]


FORMS = {
    "uk": "{d} {m} {y} року", "bg": "{d} {m} {y} г.", "en": "{m} {d}, {y}", "ru": "{d} {m} {y} года", "pl": "{d} {m} {y} r.",
    "de": "{d}. {m} {y}", "fr": "{d} {m} {y}", "es": "{d} de {m} de {y}",
}  # fmt: skip


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(sorted(FORMS)), st.data())
def test_date_built_from_its_value(day: datetime.date, language: str, data: st.DataObject) -> None:
    """Every form of every month gives the day that it was written from, and the span is the words."""
    month = data.draw(st.sampled_from(schema.writing(language).calendar.months[day.month - 1]))
    words = FORMS[language].format(d=day.day, m=month, y=day.year)
    text = f"— {words}!"
    (found,) = find(text, 0, len(text), language, None)
    assert found.value == day.isoformat()
    assert text[slice(*found.span)] == words


@given(st.text(max_size=120), st.sampled_from(schema.languages()))
def test_spans_lie_inside_any_text(text: str, language: str) -> None:
    """Spans of any text lie inside it and do not overlap."""
    at = 0
    for date in find(text, 0, len(text), language, PUBLISHED):
        assert at <= date.span[0] < date.span[1] <= len(text)
        at = date.span[1]
