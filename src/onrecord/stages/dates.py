"""Dates in text: days, months, years, weekdays, "yesterday", as ISO values with the precision that the words give.

An own grammar over the Calendar section of a language folder. Pure: what "Tuesday" means depends on the day of publication that is
handed in, and is not found without it.
"""

from __future__ import annotations

import datetime
import functools
import re
from typing import Literal

import msgspec

from onrecord.knowledge import schema
from onrecord.records import Span

DateForm = Literal["day", "month", "year", "weekday", "relative"]

DAY = r"(?P<{0}d>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|-го|-те|-ти|-ви|-ри|-ми|-ого|-е|-ма)?\.?"
YEAR = r"(?P<{0}y>(?:19|20)\d\d)"
CLOCK = re.compile(
    r"(?<!\d)(?P<h>[01]?\d|2[0-4])(?:[:.h]| ?uhr ?| h ?)(?P<m>[0-5]\d)?(?::[0-5]\d)?(?!\d)(?:\s*(?P<half>[ap])\.?m\b)?"
    r"|(?<!\d)(?P<h2>1[0-2]|0?\d)\s*(?P<half2>[ap])\.?m\b"
)
HALF_YEAR_DAYS = 183
FULL_MONTH = 4  # letters: shorter forms are abbreviations, and words of their own
CENTURY_TURN = 70  # two-digit years up to this are of this century


class Date(msgspec.Struct, frozen=True):
    """A date in the text: `value` is "2025-11-06", "2025-11" or "2025"; `limit` where the words make it the end of a year."""

    span: Span
    value: str
    form: DateForm
    stated: bool = True  # the year stands in the words themselves


class Grammar(msgspec.Struct, frozen=True):
    """What of the Calendar section the expressions need, by form."""

    expression: re.Pattern[str]
    months: dict[str, int]
    weekdays: dict[str, int]
    days: dict[str, int]
    month_first: bool


def dates(text: str, start: int, end: int, language: schema.Language, published: str | None) -> tuple[Date, ...]:
    """The dates in text[start:end], in order.

    A day without a year takes the year of the date before it, else of publication (the year before where that day would lie more than
    half a year ahead). A weekday is the last such day before or on publication. Without publication, what depends on it is not found.
    """
    return find(text, start, end, language.code, published)


def find(text: str, start: int, end: int, code: str, published: str | None) -> tuple[Date, ...]:
    """`dates` by language code."""
    grammar = grammar_of(code)
    low = folded(text[start:end])
    anchor = day_of(published)
    found: list[Date] = []
    year: int | None = None
    for match in grammar.expression.finditer(low):
        value, form, stated = _value(match, grammar, year, anchor)
        if value is None:
            continue
        if form in ("day", "month") and stated:
            year = int(value[:4])
        low_at, low_end = match.span(_shown(match))
        found.append(Date((start + low_at, start + low_end), value, form, stated))
    return tuple(found)


def folded(text: str) -> str:
    """Lower case of the same length, one kind of apostrophe and of blank, so that offsets hold."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    for odd, plain in UNIFIED:
        low = low.replace(odd, plain)
    return low


def _shown(match: re.Match[str]) -> str:
    """The group that is the date itself, without the preposition that showed it."""
    return "gy" if match["gy"] else "hm" if match["hm"] else "all"


UNIFIED = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("`", "'"), ("\xa0", " "), ("\u202f", " "), ("\u2009", " "))  # str.replace: translate is slower


def day_of(published: str | None) -> datetime.date | None:
    """The day of an ISO value, None where it is not that precise."""
    if not published or len(published) < 10:
        return None
    try:
        return datetime.date.fromisoformat(published[:10])
    except ValueError:
        return None


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


@functools.cache
def grammar_of(code: str) -> Grammar:
    """The compiled grammar of a language."""
    calendar = schema.writing(code).calendar
    months = {folded(form): number for number, row in enumerate(calendar.months, 1) for form in row}
    weekdays = {folded(form): number for number, row in enumerate(calendar.weekdays) for form in row}
    days = {folded(form): shift for form, shift in calendar.days.items()}
    full = [form for form in months if len(form) >= FULL_MONTH or form.startswith(("ма", "ma"))]
    month = rf"(?P<{{0}}m>{_alternatives(list(months))})\.?"
    marks = _alternatives([folded(mark) for mark in calendar.year_marks]) or r"(?!)"
    joint = r"(?:,?\s+|-)(?:de\s+|del\s+)?"
    year_mark = rf"(?:\s?(?:{marks})(?!\w))?"
    openers = _alternatives([folded(word) for word in calendar.year_openers])
    ends = _alternatives([folded(word) for word in calendar.year_ends]) or r"(?!)"
    this = _alternatives([folded(word) for word in calendar.this_year]) or r"(?!)"
    articles = r"(?:the\s+|des\s+jahres\s+|l'année\s+|del?\s+(?:año\s+)?|of\s+|roku\s+)?"
    year_a, year_b = YEAR.format("a"), YEAR.format("b")
    next_words = _alternatives([folded(word) for word in calendar.next_words]) or "(?!)"
    month_first = r"\s+(?P<bd>\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+" + year_b + r"(?!\d))?"
    forms = [
        r"(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)(?!\d)",
        r"(?P<n1>\d{1,2})(?P<ns>[./\-])\s?(?P<n2>\d{1,2})(?P=ns)\s?(?P<ny>(?:19|20)\d\d|\d\d)(?![\d%]|[.,]\d)" + year_mark,
        DAY.format("a") + r"[\s-]?(?:de\s+|of\s+)?" + month.format("a") + rf"(?!\w)(?:{joint}{year_a}(?!\d){year_mark})?",
        month.format("b") + month_first if calendar.order == "mdy" else r"(?!)",
        month.format("c") + joint + YEAR.format("c") + r"(?!\d)" + year_mark,
        rf"(?:{ends})\s+{articles}(?:{YEAR.format('e')}(?!\d){year_mark}|(?P<this>{this})(?!\w))",
        YEAR.format("f") + rf"\s?(?:{marks})(?!\w)",
        rf"(?<!\w)(?:{openers})\s+{YEAR.format('g')}(?![\d%.,/:\-–]\d|\d|\s?%)",
        rf"(?:(?P<next>{next_words})\s+)?(?P<weekday>{_alternatives(list(weekdays))})",
        rf"(?<!\w)(?:{openers})\s+(?P<hm>{_alternatives(full)})(?!\.?\s?\d)",
        rf"(?:{_alternatives([folded(w) for w in calendar.not_days]) or '(?!)'})",
        rf"(?P<rel>{_alternatives(list(days))})",
    ]
    body = "|".join(form if form != r"(?!)" else r"(?!)x" for form in forms)
    return Grammar(re.compile(rf"(?<!\w)(?=\w)(?P<all>{body})(?!\w)"), months, weekdays, days, calendar.order == "mdy")


def _value(match: re.Match[str], grammar: Grammar, year: int | None, anchor: datetime.date | None) -> tuple[str | None, DateForm, bool]:
    """The ISO value under the match; None where it is no date ("35 May") or the day of publication is needed and unknown."""
    group = match.groupdict()
    if group["iy"]:
        return _day(int(group["iy"]), int(group["im"]), int(group["id"])), "day", True
    if group["n1"]:
        return _numeric(group, grammar.month_first), "day", True
    for key in ("a", "b"):
        if group.get(f"{key}m"):
            month, day = grammar.months[group[f"{key}m"]], int(group[f"{key}d"])
            if group[f"{key}y"]:
                return _day(int(group[f"{key}y"]), month, day), "day", True
            return _day_near(month, day, year, anchor), "day", False
    if group["cm"]:
        return f"{group['cy']}-{grammar.months[group['cm']]:02d}", "month", True
    if group["ey"]:
        return f"{group['ey']}-12-31", "day", True
    if group["this"]:
        return (f"{anchor.year}-12-31" if anchor else None), "day", False
    if group["fy"] or group["gy"]:
        return group["fy"] or group["gy"], "year", True
    if anchor is None:
        return None, "relative", False
    if group["hm"]:
        month = grammar.months[group["hm"]]
        return f"{anchor.year - (month > anchor.month)}-{month:02d}", "month", False
    if not group["weekday"] and not group["rel"]:
        return None, "relative", False
    if group["weekday"]:
        return _weekday(anchor, grammar.weekdays[group["weekday"]], ahead=bool(group["next"])), "weekday", False
    return (anchor + datetime.timedelta(days=grammar.days[group["rel"]])).isoformat(), "relative", False


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _numeric(group: dict[str, str], month_first: bool) -> str | None:
    """05/04/2024 by the habit of the language; dots are day first everywhere, and a number above 12 is no month."""
    one, two = int(group["n1"]), int(group["n2"])
    year = int(group["ny"])
    if year < 100:
        if group["ns"] == "-":
            return None
        year += 2000 if year <= CENTURY_TURN else 1900
    first_is_month = (month_first and group["ns"] != "." and one <= 12) or two > 12
    return _day(year, one, two) if first_is_month else _day(year, two, one)


def _day_near(month: int, day: int, year: int | None, anchor: datetime.date | None) -> str | None:
    if year is not None:
        return _day(year, month, day)
    if anchor is None:
        return None
    value = _day(anchor.year, month, day)
    if value and (datetime.date.fromisoformat(value) - anchor).days > HALF_YEAR_DAYS:
        return _day(anchor.year - 1, month, day)
    return value


def _weekday(anchor: datetime.date, weekday: int, *, ahead: bool) -> str:
    if ahead:
        return (anchor + datetime.timedelta(days=(weekday - anchor.weekday() - 1) % 7 + 1)).isoformat()
    return (anchor - datetime.timedelta(days=(anchor.weekday() - weekday) % 7)).isoformat()


def clock(low: str, at: int, end: int) -> tuple[str, Span] | None:
    """The first time of day in low[at:end] (folded text) as "HH:MM", and where it stands."""
    for match in CLOCK.finditer(low, at, end):
        hour = int(match["h"] or match["h2"])
        minute = int(match["m"] or 0)
        half = match["half"] or match["half2"]
        if match["m"] is None and not half and "uhr" not in match.group():
            continue
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24:
            return f"{hour:02d}:{minute:02d}", match.span()
    return None
