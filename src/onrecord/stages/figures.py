"""Figures in a statement as values: 3 percent of the budget by 2041, 4 million seedlings, seven times as many, from 5 to 7 days.

An own grammar over the Numbers section of a language folder and knowledge/units.toml. Dates, times of day, ordinals, scores, telephone
numbers and numbers inside names ("стаття 5", "Су-34") are no figures; nor are "dozens" and "millions" alone, which give no value, and
"one" that counts a noun, which is an article more often than a number.
"""

from __future__ import annotations

import bisect
import re

import msgspec

from onrecord.knowledge import schema
from onrecord.knowledge.units import NUMBER, PERCENT, POINT, SHARE, TIMES, units
from onrecord.records import Figure
from onrecord.stages.amounts import Amount, amount_at, compound, unit_at, upper_end
from onrecord.stages.dates import CLOCK, Date, day_of, find, folded
from onrecord.stages.number_tables import DATE, VULGAR, Tables, Word, in_digits, is_glued, tables_of, telling, tokens, touches
from onrecord.stages.numbers import Quantity, scales
from onrecord.stages.suspects import HOURS, is_year, says_number, stands_free

DEADLINE_CHARS = 70  # between a figure and the date that limits it
DIGIT = re.compile(r"\d")
NOUN_CHARS = 3  # shorter words after a number are hardly what it counts


def figures(text: str, start: int, end: int, language: schema.Language, published: str | None) -> tuple[Figure, ...]:
    """The figures in text[start:end], in order; spans count code points of the text."""
    return read(text, start, end, language.code, published)


def read(text: str, start: int, end: int, code: str, published: str | None) -> tuple[Figure, ...]:
    """`figures` by language code. A figure does not run over the end of a line."""
    tables = tables_of(code)
    low = folded(text[start:end])
    found: list[Figure] = []
    at = 0
    while at < len(low):
        line_end = low.find("\n", at) + 1 or len(low)
        if telling(low[at:line_end], tables):
            found += _in_line(text, low[at:line_end], start + at, code, published, tables)
        at = line_end
    return tuple(found)


def _in_line(text: str, low: str, start: int, code: str, published: str | None, tables: Tables) -> list[Figure]:
    """The figures of a line that stands at `start` of its text; `low` is the line folded."""
    dated = DIGIT.search(low) is not None or any(head in low for head in tables.date_heads)
    dates = find(text, start, start + len(low), code, published) if dated else ()
    words = _without(tokens(text, low, start), dates, low, start)
    currencies, openers, glued = units().currencies, tables.openers, tables.glued
    found: list[Figure] = []
    behind = 0
    for at, token in enumerate(words):
        word = token.text
        opens = word in openers or word[-1].isdecimal() or token.raw in currencies or word in VULGAR or (glued and is_glued(word, tables))
        if opens and at >= behind:
            figure, behind = _figure(words, at, tables)
            if figure is not None:
                found.append(figure)
    return _limited(low, start, found, dates, tables, published)


def _without(words: list[Word], dates: tuple[Date, ...], low: str, start: int) -> list[Word]:
    """The tokens with one sign for every date and time of day, which are no figures."""
    taken = [date.span for date in dates if date.form not in ("weekday", "relative")]
    if ":" in low or "m" in low:
        taken += [(start + m.start(), start + m.end()) for m in CLOCK.finditer(low) if (m["m"] and "." not in m[0]) or m["half"] or m["half2"]]
    for a, b in sorted(taken, reverse=True):
        first = bisect.bisect_right(words, a, key=_end_of)
        last = bisect.bisect_left(words, b, key=_start_of)
        words[first:last] = [Word(DATE, a, b, "")]
    return words


def _start_of(word: Word) -> int:
    return word.start


def _end_of(word: Word) -> int:
    return word.end


def _figure(words: list[Word], at: int, tables: Tables) -> tuple[Figure | None, int]:
    """The figure that opens at a token, and the token to go on from."""
    if (half := tables.halves.at(words, at)) is not None:
        return _made(words, at, half[1], 0.5, half[0], tables), half[1]
    if (fraction := tables.fractions.at(words, at)) is not None and tables.cardinals.at(words, at) is None:
        return _fraction(words, at, *fraction, tables)
    if (multiple := tables.multiples.at(words, at)) is not None:
        last = multiple[1]
        last += last < len(words) and words[last].text in tables.comparing
        return _made(words, at, last, multiple[0], TIMES, tables), last
    amount = amount_at(words, at, tables)
    if amount is None:
        return _one_and_more(words, at, tables)
    if (fraction := tables.fractions.at(words, at)) is not None and fraction[1] > amount.number.last:
        return _fraction(words, at, *fraction, tables)  # "two thirds", "одна пета"
    if not stands_free(words, amount, tables):
        return None, max(at + 1, amount.number.last)
    amount = compound(words, amount, tables)
    upper = upper_end(words, amount, tables)
    last = (upper or amount).last
    if upper is not None and is_year(words[at]) and is_year(words[upper.number.first]):
        return None, upper.last  # "2014-2015"
    unit = amount.unit or (upper.unit if upper else None)
    if unit is None:
        unit, last = _counted(words, last, tables)
    if unit == NUMBER and not says_number(words, amount, upper, last, tables):
        return None, amount.number.last
    if amount.number.spelled and amount.value == 1 and unit not in units().measures and unit not in units().currencies and unit != PERCENT:
        return None, amount.number.last
    if unit == "hour" and upper is None and amount.value <= HOURS and tables.clocks.before(words, at) is not None:
        return None, last
    value, high = amount.value, upper.value if upper else None
    unscaled = amount.number.scale == 1 and amount.last == amount.number.last
    if upper is not None and unscaled and upper.number.scale > 1 and value < upper.value / upper.number.scale:
        value *= upper.number.scale  # "5 to 10 million"
    return _made(words, amount.first, last, value, unit, tables, high), last


def _one_and_more(words: list[Word], at: int, tables: Tables) -> tuple[Figure | None, int]:
    """ "An hour and a half", "a dollar and 42 cents": a unit without a number is one where more of it follows."""
    unit = tables.units.at(words, at)
    if unit is None or (at and in_digits(words[at - 1])):
        return None, at + 1
    one = Amount(at, unit[1], Quantity(at, unit[1], 1, True), 1, unit[0])
    more = compound(words, one, tables)
    return (None, at + 1) if more is one else (_made(words, at, more.last, more.value, more.unit or "", tables), more.last)


def _made(words: list[Word], first: int, last: int, value: float, unit: str, tables: Tables, high: float | None = None) -> Figure:
    """The figure over the tokens, with what it is of and with the words before it that hedge or bound it."""
    of = None
    if unit in (PERCENT, SHARE, POINT) or (unit in units().measures and units().measures[unit].dimension in ("mass", "volume")):
        of, last = _whole(words, last, tables, noun=unit == SHARE)
    front = first - 1 if high is not None and first and words[first - 1].text in tables.range_openers else first
    hedged = tables.approx.before(words, front)
    bound = tables.bounds.before(words, hedged[1] if hedged else front)
    if hedged is None and bound is not None:
        hedged = tables.approx.before(words, bound[1])
    return Figure(
        (words[first].start, words[last - 1].end), round(value, 6), unit, of=of, approx=hedged is not None,
        high=None if high is None else round(high, 6), bound=None if bound is None or high is not None else bound[0],  # type: ignore[arg-type]
    )  # fmt: skip


def _fraction(words: list[Word], at: int, value: float, last: int, tables: Tables) -> tuple[Figure | None, int]:
    """ "Half an hour", "a third of the members"; alone only with a word that hedges or bounds it: "less than half"."""
    if tables.ordinals.before(words, at) is not None:
        return None, last  # "the second half of the year"
    measured = last
    while measured < len(words) and measured - last < 2 and (words[measured].text in tables.articles or tables.of_words.at(words, measured)):
        measured += 1
    factor, behind = scales(words, measured, tables)
    if factor > 1:  # "half a million people"
        known = unit_at(words, behind, tables) or _counted(words, behind, tables)
        return _made(words, at, known[1], value * factor, known[0], tables), known[1]
    unit = tables.units.at(words, measured)
    if unit is not None and unit[0] in units().measures:
        return _made(words, at, unit[1], value, unit[0], tables), unit[1]
    figure = _made(words, at, last, value, SHARE, tables)
    return (figure if figure.of or figure.approx or figure.bound else None), last


def _counted(words: list[Word], at: int, tables: Tables) -> tuple[str, int]:
    """The noun that is counted, as it stands; "" where none follows."""
    if at + 1 < len(words) and words[at].text in tables.between:
        at += 1
    if at < len(words) and not touches(words, at):
        word = words[at]
        cased = word.raw[:1].isupper() if tables.nouns_capital else word.raw[:1].islower()
        if cased and word.text[0].isalpha() and len(word.text) >= NOUN_CHARS and _counts(word.text, tables):
            return word.raw, at + 1
    return NUMBER, at


def _counts(word: str, tables: Tables) -> bool:
    return word not in tables.no_nouns and word not in tables.range_words and word not in tables.cardinals.lengths


def _whole(words: list[Word], at: int, tables: Tables, *, noun: bool = False) -> tuple[str | None, int]:
    """What a share is of: the noun after "of", or an acronym or noun right after it in languages with a genitive."""
    named = at
    if (of := tables.of_words.at(words, named)) is not None:
        named = of[1]
    while named < len(words) and named - at < 4 and words[named].text in tables.articles:
        named += 1
    if named >= len(words) or not words[named].text[0].isalpha() or (named > at and touches(words, at)):
        return None, at
    word = words[named]
    acronym = word.raw.isupper() and len(word.raw) >= 2
    if named > at or acronym or (noun and len(word.text) >= 5 and not touches(words, named) and word.text not in tables.no_nouns):
        return word.raw, named + 1
    return None, at


def _limited(low: str, start: int, found: list[Figure], dates: tuple[Date, ...], tables: Tables, published: str | None) -> list[Figure]:
    """The figures with the date by which each is to be: one with a word such as "до", "by" before it, near behind or before the figure."""
    for date in dates:
        before = " " + low[: date.span[0] - start].rstrip()
        if date.form in ("weekday", "relative") or not any(before.endswith(" " + word) for word in tables.deadlines):
            continue
        behind = [i for i, figure in enumerate(found) if _near(low, figure.span[1] - start, date.span[0] - start)]
        ahead = [i for i, figure in enumerate(found) if not figure.by and _near(low, date.span[1] - start, figure.span[0] - start)]
        if index := (behind[-1:] or ahead[:1]):
            found[index[0]] = msgspec.structs.replace(found[index[0]], by=_ahead(date, published))
    return found


def _near(low: str, one: int, other: int) -> bool:
    """Whether `other` comes behind `one`, near and in the same sentence."""
    return 0 <= other - one <= DEADLINE_CHARS and not any(mark in low[one:other] for mark in ".;!?")


def _ahead(date: Date, published: str | None) -> str:
    """A limit lies ahead: a month without a year is the next one, not the last."""
    anchor = day_of(published)
    if date.stated or anchor is None or date.form != "month" or date.value >= anchor.isoformat()[:7]:
        return date.value
    return f"{anchor.year + 1 if int(date.value[5:7]) < anchor.month else anchor.year}{date.value[4:]}"
