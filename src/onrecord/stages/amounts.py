"""Numbers with their units: money, percent, distances, durations; what smaller units add to them, and the upper end of a range."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.knowledge.units import TIMES, units
from onrecord.stages.number_tables import Tables, Word, in_digits, past_stop, touches
from onrecord.stages.numbers import Quantity, quantity

DASHES = frozenset("-–—−")
CLOSE = 2.0  # "two or three": the second is at most this many times the first


class Amount(NamedTuple):
    """A number with its unit, None where none is known; tokens first to last (not included)."""

    first: int
    last: int
    number: Quantity
    value: float
    unit: str | None


def amount_at(words: list[Word], at: int, tables: Tables) -> Amount | None:
    """A number with the sign before it or the unit behind it."""
    if at >= len(words):
        return None
    sign = tables.signs.at(words, at) or _code(words, at)
    number_at = sign[1] if sign else at
    if sign and number_at < len(words) and words[number_at].text == "." and touches(words, number_at):
        number_at += 1  # "Rs. 20"
    if sign and (number_at >= len(words) or not in_digits(words[number_at])):
        return None
    number = quantity(words, number_at, tables)
    if number is None:
        return None
    first, value = _signed(words, at, number.value, tables)
    unit = unit_at(words, number.last, tables)
    if sign is not None and (unit is None or unit[0] not in units().currencies):
        return Amount(first, number.last, number, value, sign[0])
    return Amount(first, unit[1] if unit else number.last, number, value, unit[0] if unit else None)


def _code(words: list[Word], at: int) -> tuple[str, int] | None:
    """A currency code before a number: "USD 3.14"; it is in capitals, or else a word ("try")."""
    raw = words[at].raw
    return (raw, at + 1) if raw in units().currencies else None


def _signed(words: list[Word], at: int, value: float, tables: Tables) -> tuple[int, float]:
    """The first token and the value, below zero where a minus stands before: "-5", "мінус п'ять"; a dash between words is none."""
    bound = tables.bounds.before(words, at)
    if (minus := tables.negative.before(words, at)) is not None and (bound is None or bound[1] >= minus[1]):
        return minus[1], -value
    if at and words[at - 1].text in "-−" and touches(words, at) and (at == 1 or not touches(words, at - 1) or words[at - 2].text == "("):
        return at - 1, -value
    return at, value


def unit_at(words: list[Word], at: int, tables: Tables) -> tuple[str, int] | None:
    """The unit at a token, or behind "of" ("3 milliards d'euros"): one that is known, or "times"."""
    if at >= len(words):
        return None
    hyphen = words[at].text in DASHES and touches(words, at)
    if at + 1 < len(words) and ((hyphen and touches(words, at + 1) and words[at + 1].text[0].isalpha()) or words[at].text in tables.between):
        at += 1
    if (times := tables.times.at(words, at)) is not None:
        last = times[1]
        return TIMES, last + (last < len(words) and words[last].text in tables.comparing)
    found = tables.units.at(words, at)
    if found is None and (of := tables.of_words.at(words, at)) is not None:
        found = tables.units.at(words, of[1])
    if found is None:
        return None
    unit, last = found
    if unit in units().currencies and words[last - 1].text == unit.lower() and words[last - 1].raw != unit:
        return None  # "try" is no Turkish lira
    if last + 1 < len(words) and words[last].text == "-" and touches(words, last) and touches(words, last + 1) and words[last + 1].text[0].isalpha():
        return None if words[last - 1].text[0].isalpha() else found  # "20-year-old"; but "2 %-ва"
    if len(words[at].raw) == 1 and words[at].raw.isupper():
        return None  # "5G" are no grams
    if (other := tables.weighed.at(words, at)) is not None and other[1] == last and tables.of_words.at(words, last) is not None:
        unit = other[0]  # "two pounds of meat"
    return unit, past_stop(words, last, tables)


def compound(words: list[Word], amount: Amount, tables: Tables) -> Amount:
    """A number with what smaller units add to it: "2 роки і 3 місяці", "15 лв. и 50 ст.", "час и половина"."""
    while amount.unit is not None:
        at = amount.last
        if (half := tables.added.at(words, at)) is not None and amount.unit in units().measures:
            return amount._replace(last=half[1], value=amount.value + half[0])
        while at < len(words) and at - amount.last < 2 and (words[at].text == "," or words[at].text in tables.joining):
            at += 1
        more = amount_at(words, at, tables)
        if more is None:
            return amount
        if more.unit is None:
            return _parts_without_unit(words, amount, more)
        large, small = units().measures.get(amount.unit), units().measures.get(more.unit)
        if small is None:
            return amount
        if small.dimension == "coin" and amount.unit in units().currencies and more.value < 100 and small.worth < 1:
            return amount._replace(last=more.last, value=amount.value + more.value * small.worth)
        if large is None or large.dimension != small.dimension or small.worth >= large.worth:
            return amount
        amount = amount._replace(last=more.last, value=amount.value * large.worth / small.worth + more.value, unit=more.unit)
    return amount


def _parts_without_unit(words: list[Word], amount: Amount, more: Amount) -> Amount:
    """ "20 dollars 43", "one hour thirty": cents and minutes that are not named, at the end of a phrase."""
    ends = more.last >= len(words) or not words[more.last].text[0].isalnum()
    if not ends or more.value != int(more.value) or more.number.scale > 1 or not 1 < more.value < 100 or amount.value != int(amount.value):
        return amount
    if amount.unit in units().currencies:
        return amount._replace(last=more.last, value=amount.value + more.value / 100)
    if amount.unit == "hour" and more.value < 60:
        return amount._replace(last=more.last, value=amount.value * 60 + more.value, unit="minute")
    return amount


def upper_end(words: list[Word], low: Amount, tables: Tables) -> Amount | None:
    """The upper end of "5-10", "from 5 to 10", "between 5 and 10 million", "two or three"."""
    at = low.last
    if at + 1 >= len(words):
        return None
    joint = words[at].text
    opened = low.first > 0 and words[low.first - 1].text in tables.range_openers
    dash = joint in DASHES
    spoken = joint in tables.range_words
    if not dash and not spoken:
        return None
    after = at + 1
    while after < len(words) and after - at < 4 and (hedge := tables.approx.at(words, after)) is not None:
        after = hedge[1]
    upper = amount_at(words, after, tables)
    if upper is None or upper.number.value <= low.value or (low.unit and upper.unit and low.unit != upper.unit):
        return None
    if dash and in_digits(words[low.number.first]) != in_digits(words[upper.number.first]):
        return None
    to = bool(tables.range_words) and joint == tables.range_words[0] and in_digits(words[upper.number.first])
    either = joint not in tables.joining and upper.number.value <= CLOSE * low.value
    return upper._replace(value=upper.number.value) if dash or opened or to or either else None
