"""Numbers in words and digits, by the Numbers section of a language folder: what figures are made of."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import msgspec

from onrecord.knowledge import schema
from onrecord.stages.dates import folded

TOKEN = re.compile(r"\d[\d.,'\u202f \xa0]*\d(?=\D|$)|\d|[^\W\d_]+(?:['.\-/][^\W\d_]+)*|[^\w\s]|_")
WORDS = 4  # words in the longest form of the tables
RANGE_DASHES = frozenset("-–—")


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
    articles: frozenset[str]
    joining: frozenset[str]
    ordinal: re.Pattern[str]
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
        articles=frozenset(folded(form) for form in (*numbers.of_words, *numbers.articles)),
        joining=frozenset(("-", *map(folded, numbers.joining))),
        ordinal=re.compile(rf"-?(?:{'|'.join(map(re.escape, numbers.ordinal_endings)) or '(?!)'})(?!\w)", re.I),
        decimal=numbers.decimal,
        quick=re.compile(r"\d|(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"),
    )


def tokens(low: str, start: int, tables: Tables) -> list[Word]:
    """The tokens of a folded span that stands at `start` of its text."""
    words = (Word(match.group(), start + match.start(), start + match.end()) for match in TOKEN.finditer(low))
    return [part for word in words for part in _parts(word, tables)]


def _parts(word: Word, tables: Tables) -> tuple[Word, ...]:
    """ "twenty-five" as its parts; other words with hyphens whole."""
    if "-" not in word.text or word.text in tables.cardinals or word.text in tables.units or not word.text[0].isalpha():
        return (word,)
    head, _, tail = word.text.partition("-")
    if head not in tables.cardinals:
        return (word,)
    return (Word(head, word.start, word.start + len(head)), *_parts(Word(tail, word.end - len(tail), word.end), tables))


def touches(words: list[Word], at: int) -> bool:
    """Whether no blank stands between a token and the one before it."""
    return words[at].start == words[at - 1].end


def phrase(words: list[Word], at: int, table: Iterable[str]) -> tuple[str, int] | None:
    """The longest form of a table that stands at a token, and the token behind it."""
    best: tuple[str, int] | None = None
    joined = ""
    for index in range(at, min(len(words), at + WORDS)):
        joined += (" " if joined and words[index].start > words[index - 1].end else "") + words[index].text
        if joined in table:
            best = joined, index + 1
    return best


def quantity(words: list[Word], at: int, tables: Tables) -> Quantity | None:
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
        if (found := phrase(words, at, tables.cardinals)) is not None:
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
        more = last + 1 if last < len(words) and words[last].text in tables.joining else last
        rest = quantity(words, more, tables) if more < len(words) and words[more].text[0].isalpha() else None
        if rest is not None and rest.spelled and rest.value < (factor if factor > 1 else 100):
            value, last = value + rest.value, rest.last
    return Quantity(at, last, value, spelled and factor < 1000, factor)


def _scale(words: list[Word], at: int, tables: Tables) -> tuple[float, int] | None:
    """A scale word at a token; those of one letter only where they are glued to their number ("5m")."""
    found = phrase(words, at, tables.scales)
    if found is None:
        return None
    form, last = found
    if len(form) == 1 and not touches(words, at):
        return None
    if last < len(words) and words[last].text == "." and touches(words, last) and len(form) <= 4:
        last += 1
    return tables.scales[form], last


def _spelled(words: list[Word], at: int, tables: Tables) -> tuple[float, int]:
    """Number words that go on from one another: each smaller than the one before ("сто двадцять п'ять", "twenty-five")."""
    total, before, last = 0.0, float("inf"), at
    while (found := phrase(words, last, tables.cardinals)) is not None:
        value = tables.cardinals[found[0]]
        if value >= before or before < 20 or (last > at and value >= 10 and before < 100):
            break
        total, before, last = total + value, value, found[1]
        if last < len(words) and words[last].text in tables.joining and phrase(words, last + 1, tables.cardinals):
            following = tables.cardinals[phrase(words, last + 1, tables.cardinals)[0]]  # type: ignore[index]
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


def range_end(words: list[Word], low: Quantity, tables: Tables) -> Quantity | None:
    """The upper end of "5-10", "from 5 to 10", "between 5 and 10 million"."""
    at = low.last
    if at + 1 >= len(words):
        return None
    joint = words[at].text
    opened = low.first > 0 and words[low.first - 1].text in tables.range_openers
    dash = joint in RANGE_DASHES and words[at + 1].text[0].isdigit()
    spoken = joint in tables.range_words and (opened or (joint == tables.range_words[0] and words[at + 1].text[0].isdigit()))
    upper = quantity(words, at + 1, tables) if dash or spoken else None
    return upper if upper is not None and upper.value > low.value else None
