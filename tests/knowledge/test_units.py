"""Units of figures: what kind they are of, and how they change into one another."""

from __future__ import annotations

import pytest

from onrecord.knowledge import schema
from onrecord.knowledge.units import amount, comparable, kind_of, same, units
from onrecord.records import Figure


@pytest.mark.parametrize(
    ("unit", "kind"),
    [("percent", "percent"), ("UAH", "money"), ("cent", "money"), ("km", "quantity"), ("day", "quantity"), ("boats", "number"), ("", "number"),
     ("times", "multiple"), ("share", "share")],
)  # fmt: skip
def test_kind(unit: str, kind: str) -> None:
    """Money, percent, quantities, multiples and shares are told apart; all else is a number of something."""
    assert kind_of(unit) == kind


def test_units_of_a_dimension_change_into_one_another() -> None:
    """Two kilometres are two thousand metres, and no hour."""
    far, near, hour = Figure((0, 1), 2, "km"), Figure((0, 1), 2000, "m"), Figure((0, 1), 2, "hour")
    assert comparable(far, near) and same(amount(far), amount(near))
    assert not comparable(far, hour)


def test_half_is_fifty_percent() -> None:
    """A share and a percentage can be compared."""
    half, percent = Figure((0, 1), 0.5, "share"), Figure((0, 1), 50, "percent")
    assert comparable(half, percent) and same(amount(half), amount(percent))


@pytest.mark.parametrize("code", schema.languages())
def test_currencies_of_folders_are_known(code: str) -> None:
    """A unit in capitals is a currency code of the list, or a measure of it: no code is misspelt."""
    capitals = {unit for unit in schema.writing(code).numbers.units if unit.isupper() and len(unit) == 3}
    assert capitals <= units().currencies | units().measures.keys() | {"DEM", "FRF"}
