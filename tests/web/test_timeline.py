"""Statements over time: bars stand inside the picture and count what they were given."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.timeline import BASE, MAX_BARS, WIDTH, draw

days = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31)).map(datetime.date.isoformat)
near = st.dates(datetime.date(2030, 1, 1), datetime.date(2031, 12, 31)).map(datetime.date.isoformat)


@given(st.dictionaries(days, st.integers(1, 500), min_size=1, max_size=20) | st.dictionaries(near, st.integers(1, 9), min_size=1))
def test_bars_stand_inside_the_picture(counts: dict[str, int]) -> None:
    """Every bar is inside the view box, in order, and is seen."""
    drawn = draw(sorted(counts.items()))
    assert drawn is not None and 0 < len(drawn.bars) <= MAX_BARS
    for bar in drawn.bars:
        assert bar.x >= 0 and bar.x + bar.width <= WIDTH + 0.5
        assert bar.y >= 0 and abs(bar.y + bar.height - BASE) < 0.2 and bar.height >= 6
    assert [bar.x for bar in drawn.bars] == sorted(bar.x for bar in drawn.bars)


@given(st.dictionaries(near, st.integers(1, 9), min_size=1))
def test_nothing_is_lost_within_two_years(counts: dict[str, int]) -> None:
    """The bars of a span of two years hold all statements."""
    drawn = draw(sorted(counts.items()))
    assert drawn is not None and sum(bar.count for bar in drawn.bars) == sum(counts.values())


def test_step_follows_the_span() -> None:
    """A few weeks are drawn by day, a year by month, a century by year."""
    spans = {"day": "2031-02-20", "month": "2032-01-01", "year": "2110-01-01"}
    assert {draw([("2031-01-01", 1), (last, 2)]).step: last for last in spans.values()} == spans  # type: ignore[union-attr]


def test_nothing_to_draw() -> None:
    """No days, or none that are days, give no picture."""
    assert draw([]) is None and draw([("2031-04", 3), ("2031-02-30", 1), ("2031-04-02", 0)]) is None
