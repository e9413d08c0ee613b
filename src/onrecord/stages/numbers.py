"""Numbers in words and digits with their scales: "1 200", "сто двадцять п'ять", "3 млн 200 тис.", "two point five", "½"."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.stages.number_tables import VULGAR, Tables, Word, glued_value, in_digits, past_stop, touches

DENOMINATORS = frozenset({2, 3, 4, 5, 6, 8, 10, 100, 1000})  # of fractions in digits; "24/7" and "9/11" are none


class Quantity(NamedTuple):
    """A number as read: tokens first to last (not included), its value, whether it was written in words, and the product of its scales."""

    first: int
    last: int
    value: float
    spelled: bool
    scale: float = 1.0


def quantity(words: list[Word], at: int, tables: Tables) -> Quantity | None:
    """Digits or number words with their scales, from a token on: "1 200", "сто двадцять п'ять", "3 мільйони 200 тисяч", "two point five"."""
    part = _part(words, at, tables)
    if part is None:
        found = tables.lone.at(words, at)
        return Quantity(at, found[1], found[0], False, found[0]) if found else None
    value, last, spelled = part
    factor, last = scales(words, last, tables)
    value, limit = value * factor, factor
    while limit > 1:
        joined = last < len(words) and words[last].text in tables.joining
        more = _part(words, last + joined, tables)
        if more is None or (joined and not (spelled and more[2])):
            break
        scale, after = scales(words, more[1], tables)
        if more[0] * scale >= limit or (scale == 1 and not more[2] and (spelled or more[0] < limit / 10)):
            break
        value, last, limit = value + more[0] * scale, after, scale
    return Quantity(at, _in_brackets(words, last, value, tables), value, spelled and factor < 1000, factor)


def _in_brackets(words: list[Word], at: int, value: float, tables: Tables) -> int:
    """Behind the same number again, if it follows in brackets: "forty-five (45)"."""
    if at + 2 < len(words) and words[at].text == "(":
        again = _part(words, at + 1, tables)
        if again is not None and again[0] == value and again[1] < len(words) and words[again[1]].text == ")":
            return again[1] + 1
    return at


def _part(words: list[Word], at: int, tables: Tables) -> tuple[float, int, bool] | None:
    """A number below its scale, with its decimals and halves: value, the token behind it, whether it is in words."""
    if at >= len(words):
        return None
    if words[at].text in VULGAR:
        return VULGAR[words[at].text], at + 1, False
    if spelled := not in_digits(words[at]):
        found = _run(words, at, tables)
        if found is None:
            return None
        value, last = found
    else:
        read = digits(words[at].text, tables.decimal)
        if read is None:
            return None
        value, last = read, at + 1
        if last + 1 < len(words) and words[last].text == "/" and touches(words, last) and touches(words, last + 1) and words[last + 1].text.isdecimal():
            return _over(value, int(words[last + 1].text), last + 2)
    return *_decimals(words, last, value, tables), spelled


def _over(numerator: float, denominator: int, last: int) -> tuple[float, int, bool] | None:
    """A fraction in digits."""
    return (numerator / denominator, last, False) if denominator in DENOMINATORS and 0 < numerator < denominator else None


def _decimals(words: list[Word], at: int, value: float, tables: Tables) -> tuple[float, int]:
    """What is added to a whole number: "point five", "and a half", "½"."""
    if at < len(words) and words[at].text in VULGAR:
        return value + VULGAR[words[at].text], at + 1
    if (half := tables.added.at(words, at)) is not None:
        return value + half[0], half[1]
    if (point := tables.points.at(words, at)) is not None and value == int(value) and point[1] < len(words):
        after = point[1]
        if words[after].text.isdecimal():
            return float(f"{int(value)}.{words[after].text}"), after + 1
        tail = _run(words, after, tables)
        if tail is not None and tail[0] == int(tail[0]):
            return float(f"{int(value)}.{int(tail[0])}"), tail[1]
    return value, at


def scales(words: list[Word], at: int, tables: Tables) -> tuple[float, int]:
    """The product of the scale words at a token and the token behind them; 1 where there is none; those of one letter are glued to their number ("5m")."""
    factor = 1.0
    while (found := tables.scales.at(words, at)) is not None:
        value, last = found
        if last == at + 1 and len(words[at].text) == 1 and not (touches(words, at) and (words[at].raw.isascii() or words[at].raw.isupper() or value < 1e6)):
            break
        factor, at = factor * value, past_stop(words, last, tables)
    return factor, at


def _run(words: list[Word], at: int, tables: Tables) -> tuple[float, int] | None:
    """Number words that go on from one another, each smaller than the one before: "сто двадцять п'ять", "two hundred and five"."""
    opening = _cardinal(words, at, tables)
    if opening is None:
        return None
    total, last = opening
    before = total
    while True:
        joined = last < len(words) and (words[last].text in tables.joining or (words[last].text == "-" and touches(words, last)))
        hundred = None if joined else _hundred(words, last, tables)
        if hundred is not None and 1 <= before < 10 and total == before:
            total, last, before = total * 100, hundred, 100
            continue
        found = _cardinal(words, last + joined, tables)
        if found is None or not _goes_on(before, found[0], bool(joined), tables):
            return total, last
        total, last, before = total + found[0], found[1], found[0]


def _goes_on(before: float, value: float, joined: bool, tables: Tables) -> bool:
    if before >= 1000:
        return value < 1000
    if before in tables.teens_after and 10 <= value < 20:
        return True
    return (before >= 100 and 0 < value < 100) or (20 <= before < 100 and 1 <= value < 10 and before % 10 == 0)


def _hundred(words: list[Word], at: int, tables: Tables) -> int | None:
    found = tables.scales.at(words, at)
    return found[1] if found is not None and found[0] == 100 else None


def _cardinal(words: list[Word], at: int, tables: Tables) -> tuple[float, int] | None:
    found = tables.cardinals.at(words, at)
    if found is None and tables.glued and at < len(words) and words[at].text[0].isalpha():
        value = glued_value(words[at].text, tables)
        return None if value is None else (value, at + 1)
    return found


def digits(token: str, decimal: str) -> float | None:
    """The value of a number in digits by the marks of its language; None where the marks make no sense ("1.2.3", "044 123")."""
    compact = token.replace(" ", "").replace("'", "")
    if len(compact) != len(token) and token[0] == "0":
        return None
    group = "." if decimal == "," else ","
    if re.fullmatch(rf"[1-9]\d{{0,2}}(?:\{group}\d{{3}})+(?:\{decimal}\d+)?", compact):
        compact = compact.replace(group, "").replace(decimal, ".")
    elif re.fullmatch(rf"[1-9]\d{{0,2}}(?:\{decimal}000|(?:\{decimal}\d{{3}}){{2,}})", compact):
        compact = compact.replace(decimal, "")  # the marks of another language: "$10,000"
    else:
        compact = compact.replace(",", ".")
    try:
        return float(compact)
    except ValueError:
        return None
