"""Statements over time as bars, drawn on the server: geometry only, the template writes the SVG."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from typing import Literal

import msgspec

WIDTH, HEIGHT = 720, 96  # of the view box, in its own units
BASE = 74  # where the bars stand
MAX_BARS = 62  # two months of days; more bars than this are hard to aim at
MIN_BAR = 6  # height of the bar of a single statement: still seen, still hit
WIDEST_BAR = 22.0
Step = Literal["day", "month", "year"]
CHARS: dict[Step, int] = {"day": 10, "month": 7, "year": 4}  # of an ISO day that name the step


class Bar(msgspec.Struct, frozen=True):
    """So many statements in a day, month or year; `since` and `until` are what a link to them narrows down to."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


class Timeline(msgspec.Struct, frozen=True):
    """The bars, and the labels under the first and the last."""

    step: Step
    bars: tuple[Bar, ...]
    first: str
    last: str
    most: int


def draw(days: Sequence[tuple[str, int]]) -> Timeline | None:
    """Bars over the days that are given, by day, month or year, whichever are few enough; None where there is nothing to draw."""
    counted = [(day, count) for day, count in days if count > 0 and _is_day(day)]
    if not counted:
        return None
    first, last = min(d for d, _ in counted), max(d for d, _ in counted)
    step: Step = next((s for s in CHARS if len(_labels(first, last, s)) <= MAX_BARS), "year")
    labels = _labels(first, last, step)[-MAX_BARS:]
    totals = dict.fromkeys(labels, 0)
    for day, count in counted:
        if day[: CHARS[step]] in totals:
            totals[day[: CHARS[step]]] += count
    most = max(totals.values())
    width = min(WIDTH / len(labels) * 0.8, WIDEST_BAR)
    apart = (WIDTH - width) / max(1, len(labels) - 1)
    bars = []
    for index, (label, count) in enumerate(totals.items()):
        if count:
            height = round(MIN_BAR + (BASE - 10 - MIN_BAR) * (count - 1) / max(1, most - 1), 1)
            bars.append(Bar(label, count, round(index * apart, 1), round(BASE - height, 1), round(width, 1), height))
    return Timeline(step, tuple(bars), labels[0], labels[-1], most)


def _labels(first: str, last: str, step: Step) -> list[str]:
    """Every day, month or year from the first to the last; cut off where they are far too many."""
    start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    labels: list[str] = []
    while start <= end and (step == "year" or len(labels) <= MAX_BARS):
        labels.append(start.isoformat()[: CHARS[step]])
        if start.year == datetime.MAXYEAR:
            break
        start = _next(start, step)
    return labels


def _next(day: datetime.date, step: Step) -> datetime.date:
    if step == "day":
        return day + datetime.timedelta(days=1)
    if step == "month":
        return day.replace(day=1) + datetime.timedelta(days=calendar.monthrange(day.year, day.month)[1])
    return datetime.date(day.year + 1, 1, 1)


def _is_day(day: str) -> bool:
    try:
        return len(day) == 10 and bool(datetime.date.fromisoformat(day))
    except ValueError:
        return False
