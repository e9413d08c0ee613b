"""The Numbers section of a language folder as tables, and the tokens of a text that are looked up in them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Generic, TypeVar

import msgspec

from onrecord.knowledge import schema
from onrecord.knowledge.units import units
from onrecord.stages.dates import folded

V = TypeVar("V")
# Digits with their groups ("1 200,5", "1.200.000"), or with decimals and no digit before the mark (".77"); words with apostrophes inside; signs.
TOKEN = re.compile(r"\d{1,3}(?:([ '.,])\d{3}(?:\1\d{3})*)(?!\d)(?:(?!\1)[.,]\d+)?|\d+(?:[.,]\d+)*|(?<![\w.,])[.,]\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]|_")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
VULGAR = {"½": 0.5, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 0.25, "¾": 0.75, "⅕": 0.2, "⅛": 0.125}
TELLING = re.compile(f"[0-9{''.join(VULGAR)}]")
DATE = "\x00"  # stands for a date among the tokens
HEAD = 3  # letters of a word by which it is looked for
LONGEST_TEXT = 8  # tokens of the longest form of the tables


class Word(msgspec.Struct, frozen=True):
    """A token: its folded text, where it stands, and its text as written."""

    text: str
    start: int
    end: int
    raw: str


class Forms(Generic[V]):
    """Forms of a table, of one token or more, and what each means."""

    def __init__(self, entries: Iterable[tuple[str, V]]) -> None:
        self.values: dict[str, V] = {}
        self.lengths: dict[str, int] = {}  # first token -> tokens of the longest form that opens with it
        self.ends: set[str] = set()  # last tokens, full stops left out
        for form, value in entries:
            low = folded(form)
            parts = [match[0] for match in TOKEN.finditer(low)]
            self.values.setdefault(low, value)
            self.lengths[parts[0]] = max(self.lengths.get(parts[0], 0), len(parts))
            self.ends.add(parts[-2] if parts[-1] == "." and len(parts) > 1 else parts[-1])

    def at(self, words: list[Word], at: int) -> tuple[V, int] | None:
        """What the longest form at a token means, and the token behind it."""
        if at >= len(words) or words[at].text not in self.lengths:
            return None
        best: tuple[V, int] | None = None
        joined = ""
        for index in range(at, min(len(words), at + self.lengths[words[at].text])):
            joined += (" " if joined and not touches(words, index) else "") + words[index].text
            if joined in self.values:
                best = self.values[joined], index + 1
        return best

    def before(self, words: list[Word], at: int) -> tuple[V, int] | None:
        """The same for the longest form that ends right before a token, and the token it opens at; its own last full stop may be missing."""
        joined = ""
        best: tuple[V, int] | None = None
        last = at - 1 - (at > 1 and words[at - 1].text == ".")
        if last < 0 or words[last].text not in self.ends:
            return None
        for index in range(at - 1, max(-1, at - 1 - LONGEST_TEXT), -1):
            word = words[index].text
            joined = word if not joined else word + ("" if touches(words, index + 1) else " ") + joined
            if (meant := self.values.get(joined, self.values.get(joined.rstrip(".")))) is not None:
                best = meant, index
        return best


class Tables(msgspec.Struct, frozen=True):
    """The Numbers section, each table by its forms."""

    cardinals: Forms[float]
    scales: Forms[float]
    lone: Forms[float]
    points: Forms[bool]
    added: Forms[float]
    negative: Forms[bool]
    units: Forms[str]
    weighed: Forms[str]
    signs: Forms[str]
    halves: Forms[str]
    multiples: Forms[float]
    fractions: Forms[float]
    times: Forms[bool]
    approx: Forms[bool]
    bounds: Forms[str]
    labels: Forms[bool]
    ordinals: Forms[bool]
    clocks: Forms[bool]
    clock_words: frozenset[str]
    of_words: Forms[bool]
    articles: frozenset[str]
    between: frozenset[str]
    comparing: frozenset[str]
    joining: frozenset[str]
    range_words: tuple[str, ...]
    range_openers: frozenset[str]
    deadlines: tuple[str, ...]
    no_nouns: frozenset[str]
    months: frozenset[str]
    date_heads: tuple[str, ...]  # of the words of which a date without figures has one
    abbreviations: frozenset[str]
    may_end: frozenset[str]
    openers: frozenset[str]
    ordinal: re.Pattern[str]
    decimal: str
    glued: bool
    nouns_capital: bool
    ordinal_stop: bool
    teens_after: frozenset[float]


@functools.cache
def tables_of(code: str) -> Tables:
    """The tables of a language, read once."""
    language = schema.load(code)
    numbers, speech = language.file.numbers, language.words.speech
    known = [(form, unit) for unit, forms in numbers.units.items() for form in forms]
    multiples, fractions = Forms(numbers.multiples.items()), Forms(numbers.fractions.items())
    cardinals, lone = Forms(numbers.cardinals.items()), Forms((form, numbers.scales[form]) for form in numbers.lone)
    halves, negative = Forms(numbers.half_units.items()), Forms(_all(numbers.negative))
    signs = Forms([*((sign, unit) for sign, unit in units().signs.items() if _money(unit)), *((form, unit) for form, unit in known if _short(form, unit))])
    measured = Forms((form, unit) for form, unit in known if unit in units().measures or _money(unit))
    openers = [table.lengths for table in (multiples, fractions, cardinals, lone, halves, signs, measured)]
    first_units = dict(reversed(known))
    weighed = [(form, unit) for form, unit in known if first_units[form] != unit]
    small = (*speech.prepositions, *speech.adverbs, *speech.and_, *speech.that, *speech.not_, *speech.auxiliaries, *speech.relative, *speech.subordinate)
    return Tables(
        cardinals=cardinals, scales=Forms(numbers.scales.items()), lone=lone, points=Forms(_all(numbers.points)), added=Forms(numbers.added.items()),
        negative=negative, units=Forms([*known, *units().signs.items(), *((code.lower(), code) for code in units().currencies)]), signs=signs,
        weighed=Forms(weighed), halves=halves, multiples=multiples, fractions=fractions, times=Forms(_all(numbers.times)),
        approx=Forms(_all((*numbers.approx, "~", "≈"))),
        bounds=Forms(numbers.comparatives.items()), labels=Forms(_all((*numbers.labels, "№", "#", "§"))), clocks=Forms(_all(numbers.clock_openers)),
        ordinals=Forms(_all(numbers.halves)), clock_words=frozenset(map(folded, numbers.clock_words)), of_words=Forms(_all(numbers.of_words)),
        articles=frozenset(map(folded, numbers.articles)), between=frozenset(map(folded, numbers.between)),
        comparing=frozenset(folded(form).split(" ")[0] for form in numbers.comparatives),
        joining=frozenset(map(folded, numbers.joining)), range_words=tuple(map(folded, numbers.range_words)),
        range_openers=frozenset(map(folded, numbers.range_openers)),
        deadlines=tuple(sorted(map(folded, numbers.deadlines), key=len, reverse=True)),
        no_nouns=frozenset(word for form in small for word in folded(form).split(" ")[:1]), openers=frozenset().union(*openers),
        months=frozenset(folded(form) for row in language.file.calendar.months for form in row),
        date_heads=tuple({folded(form)[:HEAD] for row in (*language.file.calendar.months, language.file.calendar.year_ends) for form in row}),
        abbreviations=frozenset(map(folded, language.file.orthography.abbreviations)),
        may_end=frozenset(map(folded, language.file.orthography.abbreviations_may_end)),
        ordinal=re.compile(rf"-?(?:{'|'.join(map(re.escape, numbers.ordinal_endings)) or '(?!)'})(?!\w)", re.I),
        decimal=numbers.decimal, glued=numbers.glued, nouns_capital=speech.nouns_capital,
        ordinal_stop=language.file.orthography.ordinal_stop, teens_after=frozenset(numbers.teens_after),
    )  # fmt: skip


def _all(forms: Iterable[str]) -> Iterable[tuple[str, bool]]:
    return ((form, True) for form in forms)


def _money(unit: str) -> bool:
    return unit in units().currencies


def _short(form: str, unit: str) -> bool:
    """Whether a word for a currency is as short as a sign, so that it may stand before its number: "грн 5"."""
    return _money(unit) and len(form) <= 3


def telling(low: str, tables: Tables) -> bool:
    """Whether there may be a number at all in the folded text: a cheap test."""
    if TELLING.search(low) is not None:
        return True
    words = WORD.findall(low)
    return not tables.openers.isdisjoint(words) or (tables.glued and any(is_glued(word, tables) for word in words))


def tokens(text: str, low: str, start: int) -> list[Word]:
    """The tokens of a span that stands at `start` of its text; `low` is the span folded."""
    spans = [(match[0], *match.span()) for match in TOKEN.finditer(low)]
    return [Word(word, start + a, start + b, text[start + a : start + b]) for word, a, b in spans]


def touches(words: list[Word], at: int) -> bool:
    """Whether no blank stands between a token and the one before it."""
    return words[at].start == words[at - 1].end


def past_stop(words: list[Word], at: int, tables: Tables) -> int:
    """Behind the full stop of an abbreviation that ends before a token."""
    if at >= len(words) or words[at].text != "." or not touches(words, at):
        return at
    word, opens = words[at - 1].text, at + 1 < len(words) and words[at + 1].raw[:1].isupper()
    return at + (word in tables.abbreviations or (word in tables.may_end and not opens))


def in_digits(word: Word) -> bool:
    """Whether the token is a number in digits."""
    return word.text[-1].isdecimal()


def is_glued(word: str, tables: Tables) -> bool:
    """Whether the word is a number of several parts written as one."""
    return tables.glued and ("und" in word or "hundert" in word or "tausend" in word) and glued_value(word, tables) is not None


def glued_value(word: str, tables: Tables) -> float | None:
    """A number written as one word: "zweihundertsechsundfünfzig"."""
    known = tables.cardinals.values
    for size, value in (("tausend", 1000.0), ("hundert", 100.0)):
        head, found, tail = word.partition(size)
        if found:
            front = 1.0 if not head else glued_value(head, tables)
            rest = 0.0 if not tail else glued_value(tail.removeprefix("und"), tables)
            return None if front is None or rest is None or rest >= value else front * value + rest
    if word in known:
        return known[word]
    one, joined, ten = word.partition("und")
    if joined and 0 < known.get(one, 0) < 10 and known.get(ten, 0) >= 20:
        return known[one] + known[ten]
    return None
