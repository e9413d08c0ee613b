"""Figures in a statement as values: 5 percent of the budget by 2035, 2 million shells, six times as many.

An own grammar over the Numbers section of a language folder. Dates, times of day, ordinals and numbers inside names are no figures;
nor are "dozens" and "millions" alone, which give no value, and "one", which is an article more often than a number.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import msgspec

from onrecord.knowledge import schema
from onrecord.records import Figure
from onrecord.stages.dates import CLOCK, Date, day_of, find, folded

TOKEN = re.compile(r"\d[\d.,'\u202f \xa0]*\d(?=\D|$)|\d|[^\W\d_]+(?:['.\-/][^\W\d_]+)*|[^\w\s]{1,2}|_")
WORDS = 4  # words in the longest form of the tables
DEADLINE_CHARS = 70  # from a figure to the date that limits it
TIMES = "times"
SHARE = "share"
RANGE_DASHES = frozenset("-–—")
ORDINAL = re.compile(r"-?(?:st|nd|rd|th|го|му|й|я|ї|е|та|те|ва|ша|ти|ма|ят|на|ото|у|ю|х|er|ère|e|ème|º|ª)\b|\.?-?й\b")


class Tables(msgspec.Struct, frozen=True):
    """Forms of the Numbers section, folded; those of several words by the same string with single blanks."""

    cardinals: dict[str, float]
    scales: dict[str, float]
    lone_scales: frozenset[str]
    units: dict[str, str]
    multiples: dict[str, float]
    fractions: dict[str, float]
    times: frozenset[str]
    hedges: frozenset[str]
    deadlines: tuple[str, ...]
    range_words: tuple[str, ...]
    range_openers: frozenset[str]
    of_words: frozenset[str]
    comparing: frozenset[str]
    decimal: str
    quick: re.Pattern[str]


class Word(msgspec.Struct, frozen=True):
    """A token of the folded span."""

    text: str
    start: int
    end: int


class Quantity(msgspec.Struct, frozen=True):
    """A number as read: tokens first to last (not included), its value, and whether it was written in words."""

    first: int
    last: int
    value: float
    spelled: bool
    scale: float = 1.0


def figures(text: str, start: int, end: int, language: schema.Language, published: str | None) -> tuple[Figure, ...]:
    """The figures in text[start:end], in order; spans count code points of the text."""
    return read(text, start, end, language.code, published)


def read(text: str, start: int, end: int, code: str, published: str | None) -> tuple[Figure, ...]:
    """`figures` by language code."""
    tables = tables_of(code)
    low = folded(text[start:end])
    if tables.quick.search(low) is None:
        return ()
    found_dates = find(text, start, end, code, published)
    taken = [date.span for date in found_dates if date.form not in ("weekday", "relative")]
    taken += [(start + match.start(), start + match.end()) for match in CLOCK.finditer(low) if match["m"]]
    words = [Word(match.group(), start + match.start(), start + match.end()) for match in TOKEN.finditer(low)]
    words = [part for word in words if not any(word.start < b and a < word.end for a, b in taken) for part in _parts(word, tables)]
    found: list[Figure] = []
    at = 0
    while at < len(words):
        figure, at = _figure(text, words, at, tables)
        if figure is not None:
            found.append(figure)
    for date in found_dates:
        index = max((i for i, figure in enumerate(found) if figure.span[1] <= date.span[0]), default=None)
        if index is not None:
            found[index] = _limited(text, found[index], date, tables, published)
    return tuple(found)


def _parts(word: Word, tables: Tables) -> tuple[Word, ...]:
    """ "twenty-five" as its parts; other words with hyphens whole."""
    if "-" not in word.text or word.text in tables.cardinals or word.text in tables.units or not word.text[0].isalpha():
        return (word,)
    head, _, tail = word.text.partition("-")
    if head not in tables.cardinals:
        return (word,)
    return (Word(head, word.start, word.start + len(head)), *_parts(Word(tail, word.end - len(tail), word.end), tables))


@functools.cache
def tables_of(code: str) -> Tables:
    """The tables of a language, read once."""
    numbers = schema.writing(code).numbers
    scales = {folded(form): value for form, value in numbers.scales.items()}
    units = {folded(form): unit for unit, forms in numbers.units.items() for form in forms}
    hedges = {folded(form).rstrip(".") for form in (*numbers.approx, *numbers.comparatives)}
    every = (*numbers.cardinals, *numbers.scales, *numbers.multiples, *numbers.fractions)
    longest_first = sorted({folded(form) for form in every}, key=len, reverse=True)
    lone: dict[float, str] = {}
    for form, value in scales.items():
        if len(form) > 4 and value not in lone:
            lone[value] = form
    return Tables(
        cardinals={folded(form): value for form, value in numbers.cardinals.items()},
        scales=scales,
        lone_scales=frozenset(lone.values()),
        units=units,
        multiples={folded(form): value for form, value in numbers.multiples.items()},
        fractions={folded(form): value for form, value in numbers.fractions.items()},
        times=frozenset(folded(form) for form in numbers.times),
        hedges=frozenset(hedges),
        deadlines=tuple(sorted((folded(form) for form in numbers.deadlines), key=len, reverse=True)),
        range_words=tuple(folded(form) for form in numbers.range_words),
        range_openers=frozenset(folded(form) for form in numbers.range_openers),
        of_words=frozenset(folded(form) for form in numbers.of_words),
        comparing=frozenset(folded(form).split(" ")[0] for form in numbers.comparatives),
        decimal=numbers.decimal,
        quick=re.compile(r"\d|(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"),
    )


def _figure(text: str, words: list[Word], at: int, tables: Tables) -> tuple[Figure | None, int]:
    """The figure that opens at a token, and the token to go on from."""
    sign = _phrase(words, at, tables.units)
    if sign is not None and not (tables.units[sign[0]].isupper() and sign[1] < len(words) and words[sign[1]].text[0].isdigit()):
        sign = None
    number_at = sign[1] if sign else at
    fraction = _phrase(words, at, tables.fractions) or _phrase(words, at, tables.multiples)
    if fraction is not None:
        return _lone(text, words, at, *fraction, tables), fraction[1]
    quantity = _quantity(words, number_at, tables)
    if quantity is None or not _stands_free(text, words, quantity):
        return None, max(at + 1, quantity.last if quantity else 0)
    upper = _range_end(words, quantity, tables)
    last = upper.last if upper is not None else quantity.last
    unit, last = (tables.units[sign[0]], last) if number_at > at and sign else _unit(text, words, last, tables)
    if not unit or (quantity.spelled and quantity.value == 1 and unit not in ("percent",) and not unit.isupper()):
        return None, quantity.last
    of, last = _whole(text, words, last, tables) if unit in ("percent", SHARE) else (None, last)
    first = words[at].start
    hedged = _hedged(words, at, tables)
    value = quantity.value
    if upper is not None and quantity.scale == 1 and value * upper.scale < upper.value:
        value *= upper.scale  # "5 to 10 million"
    high = _tidy(upper.value) if upper is not None else None
    return Figure((first, words[last - 1].end), _tidy(value), unit, of=of, approx=hedged, high=high), last


def _tidy(value: float) -> float:
    return round(value, 6)


def _phrase(words: list[Word], at: int, table: Iterable[str]) -> tuple[str, int] | None:
    """The longest form of a table that stands at a token, and the token behind it."""
    best: tuple[str, int] | None = None
    joined = ""
    for index in range(at, min(len(words), at + WORDS)):
        joined += (" " if joined and words[index].start > words[index - 1].end else "") + words[index].text
        if joined in table:
            best = joined, index + 1
    return best


def _lone(text: str, words: list[Word], at: int, form: str, last: int, tables: Tables) -> Figure | None:
    """A multiple ("вдвічі") or a fraction ("a third of the …") written as a word."""
    if form in tables.multiples and form not in tables.fractions:
        last = last + 1 if last < len(words) and words[last].text in tables.comparing else last
        return Figure((words[at].start, words[last - 1].end), tables.multiples[form], TIMES, approx=_hedged(words, at, tables))
    of, last = _whole(text, words, last, tables, noun=True)
    if of is None:
        return None
    return Figure((words[at].start, words[last - 1].end), _tidy(tables.fractions[form]), SHARE, of=of, approx=_hedged(words, at, tables))


def _quantity(words: list[Word], at: int, tables: Tables) -> Quantity | None:
    """Digits or number words with their scales, from a token on."""
    if at >= len(words):
        return None
    if words[at].text[0].isdigit():
        value = _digits(words[at].text, tables.decimal)
        if value is None:
            return None
        last = at + 1
        spelled = False
    else:
        if (found := _phrase(words, at, tables.cardinals)) is not None:
            value, last = _spelled(words, at, tables)
            spelled = True
        elif words[at].text in tables.lone_scales:
            return Quantity(at, at + 1, tables.scales[words[at].text], False)
        else:
            return None
        if not found:
            return None
    factor = 1.0
    while (scale := _scale(words, last, tables)) is not None:
        value, last, factor = value * scale[0], scale[1], factor * scale[0]
    if spelled and value >= 100:
        more = last + 1 if last < len(words) and words[last].text in JOINING else last
        rest = _quantity(words, more, tables) if more < len(words) and words[more].text[0].isalpha() else None
        if rest is not None and rest.spelled and rest.value < (factor if factor > 1 else 100):
            value, last = value + rest.value, rest.last
    return Quantity(at, last, value, spelled and factor < 1000, factor)


def _scale(words: list[Word], at: int, tables: Tables) -> tuple[float, int] | None:
    """A scale word at a token; those of one letter only where they are glued to their number ("5m")."""
    found = _phrase(words, at, tables.scales)
    if found is None:
        return None
    form, last = found
    if len(form) == 1 and words[at].start > words[at - 1].end:
        return None
    if last < len(words) and words[last].text == "." and words[last].start == words[last - 1].end and len(form) <= 4:
        last += 1
    return tables.scales[form], last


def _spelled(words: list[Word], at: int, tables: Tables) -> tuple[float, int]:
    """Number words that go on from one another: each smaller than the one before ("сто двадцять п'ять", "twenty-five")."""
    total, before, last = 0.0, float("inf"), at
    while (found := _phrase(words, last, tables.cardinals)) is not None:
        value = tables.cardinals[found[0]]
        if value >= before or before < 20 or (last > at and value >= 10 and before < 100):
            break
        total, before, last = total + value, value, found[1]
        if last < len(words) and words[last].text in JOINING and _phrase(words, last + 1, tables.cardinals):
            following = tables.cardinals[_phrase(words, last + 1, tables.cardinals)[0]]  # type: ignore[index]
            if following < 10 <= before and before < 1000:
                last += 1
    return total, last


def _digits(token: str, decimal: str) -> float | None:
    """The value of a number in digits by the marks of its language; None where the marks make no sense ("1.2.3")."""
    compact = re.sub(r"[ \xa0\u202f'](?=\d{3}(?:\D|$))", "", token)
    if " " in compact:
        compact = compact.split(" ")[0]
    group = "." if decimal == "," else ","
    if re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{decimal}\d+)?", compact):
        compact = compact.replace(group, "")
    compact = compact.replace(decimal, ".") if compact.count(decimal) == 1 else compact
    try:
        return float(compact)
    except ValueError:
        return None


def _stands_free(text: str, words: list[Word], quantity: Quantity) -> bool:
    """Whether the number is no part of a name ("COVID-19", "Су-34"), no number of a thing ("№ 5"), no ordinal ("31-й")."""
    word = words[quantity.first]
    if not word.text[0].isdigit():
        return True
    before = text[max(0, word.start - 2) : word.start]
    if before[-1:].isalpha() or (before[-1:] in "-–/" and before[:1].isalnum()) or before.strip()[-1:] in ("№", "#", "§"):
        return False
    return ORDINAL.match(text, word.end) is None or text[word.end : word.end + 1] == " "


def _range_end(words: list[Word], quantity: Quantity, tables: Tables) -> Quantity | None:
    """The upper end of "5-10", "from 5 to 10", "between 5 and 10 million"."""
    at = quantity.last
    if at + 1 >= len(words):
        return None
    joint = words[at].text
    opened = quantity.first > 0 and words[quantity.first - 1].text in tables.range_openers
    dash = joint in RANGE_DASHES and words[at + 1].text[0].isdigit()
    spoken = joint in tables.range_words and (opened or (joint == tables.range_words[0] and words[at + 1].text[0].isdigit()))
    upper = _quantity(words, at + 1, tables) if dash or spoken else None
    return upper if upper is not None and upper.value > quantity.value else None


def _unit(text: str, words: list[Word], at: int, tables: Tables) -> tuple[str | None, int]:
    """The unit at a token: a known one, "times", else the noun as it stands; None where no noun follows."""
    if at >= len(words):
        return None, at
    if words[at].text == "-" and at + 1 < len(words) and words[at].start == words[at - 1].end:
        at += 1
    if words[at].text in tables.times:
        last = at + 1
        if last < len(words) and words[last].text in tables.comparing:
            last += 1
        return TIMES, last
    for skip in (0, 1):
        if skip and (at + 1 >= len(words) or words[at].text not in tables.of_words):
            break
        found = _phrase(words, at + skip, tables.units)
        if found is not None:
            form, last = found
            if (
                len(form) <= 5
                and last < len(words)
                and words[last].text == "."
                and words[last].start == words[last - 1].end
                and last + 1 < len(words)
            ):
                last += 1
            return tables.units[form], last
    word = words[at]
    if (
        word.text.isalpha()
        and len(word.text) >= 4
        and text[word.start].islower()
        and text[word.start - 1 : word.start].isspace()
        and word.text not in tables.range_words
    ):
        return text[word.start : word.end], at + 1
    return None, at


def _whole(text: str, words: list[Word], at: int, tables: Tables, *, noun: bool = False) -> tuple[str | None, int]:
    """What a share is of: the noun after "of", or an acronym or noun right after it in languages with a genitive."""
    if at >= len(words):
        return None, at
    named = at
    while named < len(words) and named - at < 3 and words[named].text in tables.of_words | ARTICLES:
        named += 1
    if named >= len(words) or not words[named].text[0].isalpha():
        return None, at
    word = words[named]
    acronym = text[word.start : word.end].isupper() and len(word.text) >= 2
    if named > at or acronym or (noun and len(word.text) >= 5 and text[word.start - 1 : word.start].isspace()):
        return text[word.start : word.end], named + 1
    return None, at


JOINING = frozenset(("-", "и", "und", "y", "et", "and", "i", "та"))
ARTICLES = frozenset(
    (
        "the",
        "a",
        "all",
        "der",
        "des",
        "dem",
        "den",
        "die",
        "das",
        "la",
        "le",
        "les",
        "los",
        "las",
        "el",
        "l'",
        "its",
        "their",
        "ihres",
        "son",
        "sa",
        "su",
    )
)


def _hedged(words: list[Word], at: int, tables: Tables) -> bool:
    """Whether a word before the figure hedges it: "близько", "more than", "ca."."""
    for size in (1, 2, 3, 4):
        if at >= size:
            phrase = " ".join(word.text for word in words[at - size : at]).rstrip(" .")
            if phrase in tables.hedges:
                return True
    return False


def _limited(text: str, figure: Figure, date: Date, tables: Tables, published: str | None) -> Figure:
    """The figure with the date by which it is to be, where a word such as "до", "by" stands right before the date."""
    if date.span[0] - figure.span[1] > DEADLINE_CHARS:
        return figure
    between = folded(text[figure.span[1] : date.span[0]]).rstrip()
    if any(between == word or between.endswith(" " + word) for word in tables.deadlines):
        return msgspec.structs.replace(figure, by=_ahead(date, published))
    return figure


def _ahead(date: Date, published: str | None) -> str:
    """A limit lies ahead: a month without a year is the next one, not the last."""
    anchor = day_of(published)
    if date.stated or anchor is None or date.form != "month" or date.value >= anchor.isoformat()[:7]:
        return date.value
    return f"{anchor.year + 1 if int(date.value[5:7]) < anchor.month else anchor.year}{date.value[4:]}"
