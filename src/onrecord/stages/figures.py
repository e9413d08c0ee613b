"""Figures in a statement as values: 3 percent of the budget by 2041, 4 million seedlings, seven times as many.

An own grammar over the Numbers section of a language folder. Dates, times of day, ordinals and numbers inside names are no figures;
nor are "dozens" and "millions" alone, which give no value, and "one", which is an article more often than a number.
"""

from __future__ import annotations

import msgspec

from onrecord.knowledge import schema
from onrecord.records import Figure
from onrecord.stages.dates import CLOCK, Date, day_of, find, folded
from onrecord.stages.numbers import Quantity, Tables, Word, phrase, quantity, range_end, tables_of, tokens, touches

DEADLINE_CHARS = 70  # from a figure to the date that limits it
ABBREVIATION_CHARS = 5  # a unit this short may have a full stop of its own: "proc."
NOUN_CHARS = 4  # shorter words after a number are hardly what it counts
TIMES = "times"
SHARE = "share"


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
    words = [word for word in tokens(low, start, tables) if not any(word.start < b and a < word.end for a, b in taken)]
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


def _figure(text: str, words: list[Word], at: int, tables: Tables) -> tuple[Figure | None, int]:
    """The figure that opens at a token, and the token to go on from."""
    sign = phrase(words, at, tables.units)
    if sign is not None and not (tables.units[sign[0]].isupper() and sign[1] < len(words) and words[sign[1]].text[0].isdigit()):
        sign = None
    number_at = sign[1] if sign else at
    fraction = phrase(words, at, tables.fractions) or phrase(words, at, tables.multiples)
    if fraction is not None:
        return _lone(text, words, at, *fraction, tables), fraction[1]
    found = quantity(words, number_at, tables)
    if found is None or not _stands_free(text, words, found, tables):
        return None, max(at + 1, found.last if found else 0)
    upper = range_end(words, found, tables)
    last = upper.last if upper is not None else found.last
    unit, last = (tables.units[sign[0]], last) if number_at > at and sign else _unit(text, words, last, tables)
    if not unit or (found.spelled and found.value == 1 and unit not in ("percent",) and not unit.isupper()):
        return None, found.last
    of, last = _whole(text, words, last, tables) if unit in ("percent", SHARE) else (None, last)
    first = words[at].start
    hedged = _hedged(words, at, tables)
    value = found.value
    if upper is not None and found.scale == 1 and value * upper.scale < upper.value:
        value *= upper.scale  # "5 to 10 million"
    high = _tidy(upper.value) if upper is not None else None
    return Figure((first, words[last - 1].end), _tidy(value), unit, of=of, approx=hedged, high=high), last


def _tidy(value: float) -> float:
    return round(value, 6)


def _lone(text: str, words: list[Word], at: int, form: str, last: int, tables: Tables) -> Figure | None:
    """A multiple ("вдвічі") or a fraction ("a third of the …") written as a word."""
    if form in tables.multiples and form not in tables.fractions:
        last = last + 1 if last < len(words) and words[last].text in tables.comparing else last
        return Figure((words[at].start, words[last - 1].end), tables.multiples[form], TIMES, approx=_hedged(words, at, tables))
    of, last = _whole(text, words, last, tables, noun=True)
    if of is None:
        return None
    return Figure((words[at].start, words[last - 1].end), _tidy(tables.fractions[form]), SHARE, of=of, approx=_hedged(words, at, tables))


def _stands_free(text: str, words: list[Word], found: Quantity, tables: Tables) -> bool:
    """Whether the number is no part of a name ("COVID-19", "Су-34"), no number of a thing ("№ 5"), no ordinal ("31-й")."""
    word = words[found.first]
    if not word.text[0].isdigit():
        return True
    before = text[max(0, word.start - 2) : word.start]
    if before[-1:].isalpha() or (before[-1:] in "-–/" and before[:1].isalnum()) or before.strip()[-1:] in ("№", "#", "§"):
        return False
    return tables.ordinal.match(text, word.end) is None


def _unit(text: str, words: list[Word], at: int, tables: Tables) -> tuple[str | None, int]:
    """The unit at a token: a known one, "times", else the noun as it stands; None where no noun follows."""
    if at >= len(words):
        return None, at
    if words[at].text == "-" and at + 1 < len(words) and touches(words, at):
        at += 1
    if words[at].text in tables.times:
        last = at + 1
        if last < len(words) and words[last].text in tables.comparing:
            last += 1
        return TIMES, last
    for skip in (0, 1):
        if skip and (at + 1 >= len(words) or words[at].text not in tables.of_words):
            break
        found = phrase(words, at + skip, tables.units)
        if found is not None:
            form, last = found
            if len(form) <= ABBREVIATION_CHARS and last + 1 < len(words) and words[last].text == "." and touches(words, last):
                last += 1
            return tables.units[form], last
    word = words[at]
    noun = word.text.isalpha() and len(word.text) >= NOUN_CHARS and text[word.start].islower()
    if noun and text[word.start - 1 : word.start].isspace() and word.text not in tables.range_words:
        return text[word.start : word.end], at + 1
    return None, at


def _whole(text: str, words: list[Word], at: int, tables: Tables, *, noun: bool = False) -> tuple[str | None, int]:
    """What a share is of: the noun after "of", or an acronym or noun right after it in languages with a genitive."""
    if at >= len(words):
        return None, at
    named = at
    while named < len(words) and named - at < 3 and words[named].text in tables.articles:
        named += 1
    if named >= len(words) or not words[named].text[0].isalpha():
        return None, at
    word = words[named]
    acronym = text[word.start : word.end].isupper() and len(word.text) >= 2
    if named > at or acronym or (noun and len(word.text) >= 5 and text[word.start - 1 : word.start].isspace()):
        return text[word.start : word.end], named + 1
    return None, at


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
