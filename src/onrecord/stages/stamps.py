"""Publication times: lines that hold a date and little else, and dates that stand before the first words of a page."""

from __future__ import annotations

import re

import msgspec

from onrecord.knowledge import schema
from onrecord.records import Span
from onrecord.stages.dates import CLOCK, clock, find

STAMP_LINE_CHARS = 130
DIGIT = re.compile(r"\d")
CLOCK_WORDS = frozenset(("gmt", "utc", "cet", "am", "pm", "h"))
STRANGE_WORDS = 3  # words of a date line that are neither date nor label: a place, a section
LEADING = re.compile(
    r"(?P<marks>\W{0,3})(?:date[:\s]+)?(?:"
    r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?:[t ]+(?P<isotime>[0-2]?\d:[0-5]\d)(?::\d\d)?(?:z|[+-]\d\d:?\d\d)?)?"
    r"|(?P<dot>\d{1,2}(?P<mark>[.-])\d{1,2}(?P=mark)(?:19|20)\d\d)(?P<year>\s?(?:г|р|r)\.)?,?(?:\s+(?P<dottime>[0-2]?\d[.:][0-5]\d))?"
    r"|(?P<time>[0-2]?\d:[0-5]\d)"
    r")(?=\s|\Z)(?:\s*[:|–—-](?=\s))?"
)
# What a headline may end in: counters, a date of digits, a time of day, or both.
TRAILING = re.compile(
    r"(?:\s\d+\s\|\s\d+)?[\s,(|]*(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d\)?(?:,?\s+[0-2]?\d:[0-5]\d)?"
    r"|(?:\d{1,2}\.\d{1,2},?\s+|[^\W\d_]{4,9},\s)[0-2]?\d:[0-5]\d)$"
)
TIME_BEHIND = re.compile(r"(?:,?\s[^\W\d_]{3,12})?,?\s+[0-2]?\d:[0-5]\d(?=\s)")  # a weekday may stand between
LEAST_TEXT_CHARS = 20  # of what follows a stamp on its line: less belongs to it
DATELINE_CHARS = 70  # of a paragraph in which its dateline may stand
BEFORE_DATELINE = re.compile(r"(?:[^\W\d_][^\d,.]{1,30}(?:,[^\d,.]{1,20})?[,.]\s(?:[^\W\d_]{2,3}\s)?)?")
AFTER_DATELINE = re.compile(r"(?:,\s[^\W\d_]+)?(?:\s?[(/][^()/\n]{2,30}[)/])?\.?(?:(?<=[.)])\s|\s?[-–—―]\s)(?=[«„“\"]?[A-ZÀ-ÞĄ-ŻА-ЯІЇЄҐ])")


class Stamp(msgspec.Struct, frozen=True):
    """What a date line says: `value` ISO or None where it gives no year, `time` of day, `strange` words that are neither."""

    value: str | None
    time: str | None
    strange: int


def stamp(text: str, low: str, start: int, end: int, code: str) -> Stamp | None:
    """The first date of a short line, and how many of its words are something else; None where there is no date in it.

    A time of day after the date, or alone before it, belongs to it. A day without a year gives no value.
    """
    if end - start > STAMP_LINE_CHARS or DIGIT.search(low, start, end) is None:
        return None
    found = [date for date in find(text, start, end, code, "2000-01-01") if date.form in ("day", "month")]
    time = clock(low, found[0].span[1] if found else start, end)
    if time is None and found:
        time = clock(low, start, found[0].span[0])
    if not found and time is None:
        return None
    spans = [date.span for date in found] + ([time[1]] if time else [])
    strange = _strange(low, start, end, spans, code)
    dated = next((date for date in found if date.stated), None)
    value = dated.value if dated else None
    if value and len(value) == 10 and time and dated is not None and _belongs(low, dated.span, time[1]):
        value = f"{value}T{time[0]}"
    return Stamp(value, time[0] if time else None, strange)


def leading(text: str, low: str, start: int, end: int, code: str, *, first: bool) -> int | None:
    """Where the stamp ends that stands before the first words of a line; None where there is none.

    A day alone in figures, or in words, is one only where a time follows it, or no mark of the year: "4.5.2031 The council …".
    """
    match = LEADING.match(low, start, end)
    if match is None:
        return _leading_words(text, low, start, end, code)
    follows = text[match.end() : end].lstrip()[:1]
    timed = match["iso"] or match["dottime"] or (match["time"] and match["marks"].strip()) or first
    bare = match["dot"] and not match["year"] and not follows.isdigit()
    return match.end() if (timed or bare) and follows and not follows.islower() else None


def _leading_words(text: str, low: str, start: int, end: int, code: str) -> int | None:
    """The end of a day in words with its time of day: "4 May 2031, Monday, 10:15 The council …"."""
    if not any(char.isdigit() for char in low[start : start + 4]):
        return None
    date = next((found for found in find(text, start, min(end, start + DATELINE_CHARS), code, None) if found.form == "day"), None)
    if date is None or not date.stated or date.span[0] > start + 2:
        return None
    time = TIME_BEHIND.match(low, date.span[1], end)
    follows = text[time.end() : end].lstrip() if time else ""
    return time.end() if time and len(follows) >= LEAST_TEXT_CHARS and not follows[0].islower() else None


def dateline(text: str, start: int, end: int, code: str) -> str | None:
    """The day in the dateline of a paragraph: "LEEDS, 25 July 2030 - …", "Lyon, le 9 mars 2032. La …"; None where it has none."""
    head = text[start : min(end, start + DATELINE_CHARS)]
    for date in find(text, start, start + len(head), code, None):
        if date.form != "day" or BEFORE_DATELINE.fullmatch(text, start, date.span[0]) is None:
            continue
        if AFTER_DATELINE.match(text, date.span[1], end):
            return date.value
    return None


def _belongs(low: str, date: Span, time: Span) -> bool:
    gap = low[min(date[1], time[1]) : max(date[0], time[0])]
    return len(gap) <= 24


def _strange(low: str, start: int, end: int, spans: list[Span], code: str) -> int:
    """Words outside the dates and times that no date line needs."""
    rest = list(low[start:end])
    for a, b in spans:
        rest[a - start : b - start] = " " * (b - a)
    left = CLOCK.sub(" ", "".join(rest))
    calendar = schema.writing(code).calendar
    known = set(calendar.stamp_words) | CLOCK_WORDS | {form for row in calendar.weekdays for form in row}
    words = re.findall(r"[^\W\d_]+", left)
    return sum(1 for word in words if word not in known and not _is_weekday_short(word, calendar))


def _is_weekday_short(word: str, calendar: schema.Calendar) -> bool:
    return len(word) <= 4 and any(form.startswith(word) for row in calendar.weekdays for form in row)
