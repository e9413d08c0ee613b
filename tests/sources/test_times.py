"""Times of publication as exports and feeds write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sources.times import utc, when


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2031-04-02", "2031-04-02"),
        ("2031-04", "2031-04"),
        ("2031", "2031"),
        ("2031-04-02 10:15:59", "2031-04-02T10:15"),
        ("2031-04-02T10:15:00+03:00", "2031-04-02T10:15"),
        ("2031-04-02T00:00:00", "2031-04-02"),
        ("2031-04-02T00:00:00Z", "2031-04-02"),
        ("2031-04-02T10:15:00Z", "2031-04-02"),
        ("2031-04-02T22:30:00Z", None),
        ("Wed, 02 Apr 2031 10:15:00 +0300", "2031-04-02T10:15"),
        ("Wed, 02 Apr 2031 10:15:00 GMT", "2031-04-02"),
        (1932891300, "2031-04-02"),
        ("1932891300000", "2031-04-02"),
        ("2031-13-02", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (10.0**30, None),
    ],
)
def test_times(value: object, expected: str | None) -> None:
    """The outlet's clock is kept, a time in UTC gives its day, midnight to the second is a day, what is no time is nothing."""
    assert when(value) == expected


@given(st.one_of(st.text(), st.integers(), st.floats(), st.datetimes(timezones=st.timezones()), st.dates()))
def test_any_value_is_a_time_or_none(value: object) -> None:
    """Whatever stands in a column of dates, there is no failure."""
    found = when(value)
    assert found is None or (4 <= len(found) <= 16 and found[:4].isdigit())


def test_moments_are_compared_in_utc() -> None:
    """Moments of lists come out in UTC, a day as its beginning."""
    assert utc("2031-04-02T10:15:00+03:00") == "2031-04-02T07:15:00+00:00" and utc("2031-04-02") == "2031-04-02T00:00:00+00:00"
    assert utc("soon") is None and utc(None) is None
