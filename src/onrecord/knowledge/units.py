"""Units of figures in every language: units.toml, and what follows from it."""

from __future__ import annotations

import functools
import pathlib
import tomllib
from typing import Literal

import msgspec

from onrecord.errors import KnowledgeError
from onrecord.records import Figure

FILE = pathlib.Path(__file__).parent / "units.toml"
FigureKind = Literal["number", "percent", "money", "quantity", "multiple", "share"]
PERCENT, POINT, TIMES, SHARE, NUMBER = "percent", "percentage point", "times", "share", ""
SAME = 1e-6  # two values this near, as a part of the larger, are one: they were rounded on the way


class Measure(msgspec.Struct, frozen=True):
    """What a unit measures, and how many of the smallest unit of its dimension it is worth."""

    dimension: str
    worth: float


class Units(msgspec.Struct, frozen=True):
    """units.toml as read."""

    measures: dict[str, Measure]
    signs: dict[str, str]
    currencies: frozenset[str]


@functools.cache
def units() -> Units:
    """The file, read once. Raises KnowledgeError where it is broken."""
    try:
        known = tomllib.loads(FILE.read_text(encoding="utf-8"))
        signs, currencies = dict(known.pop("signs")), frozenset(known.pop("currencies")["codes"])
        measures = {unit: Measure(dimension, float(worth)) for dimension, row in known.items() for unit, worth in row.items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError, ValueError) as error:
        raise KnowledgeError(f"{FILE}: {error}: the file of the release is a model") from error
    return Units(measures, signs, currencies)


def kind_of(unit: str) -> FigureKind:
    """What sort of figure a unit makes; a noun that is counted makes a number."""
    if unit in (PERCENT, POINT):
        return "percent"
    if unit == TIMES:
        return "multiple"
    if unit == SHARE:
        return "share"
    measure = units().measures.get(unit)
    if unit in units().currencies or (measure is not None and measure.dimension == "coin"):
        return "money"
    return "quantity" if measure is not None or unit in units().signs.values() else "number"


def comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures can say the same or not: of one unit, or of units that change into one another; percent and shares do."""
    return _measured(one.unit)[0] == _measured(other.unit)[0]


def amount(figure: Figure) -> float:
    """The value in the smallest unit of its dimension."""
    return figure.value * _measured(figure.unit)[1]


def same(one: float, other: float) -> bool:
    """Whether two amounts are one."""
    return abs(one - other) <= SAME * max(abs(one), abs(other))


def _measured(unit: str) -> tuple[str, float]:
    measure = units().measures.get(unit)
    if measure is not None:
        return measure.dimension, measure.worth
    return (PERCENT, 100.0) if unit == SHARE else (unit, 1.0)
