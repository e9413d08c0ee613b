"""benchmarks/figures.py: what counts as read exactly."""

from __future__ import annotations

from types import ModuleType

import pytest

from onrecord.records import Figure


@pytest.mark.parametrize(
    ("dim", "value", "figures", "right"),
    [
        ("Numeral", "NumeralValue (-1200)", [Figure((0, 1), -1200, "")], True),
        ("AmountOfMoney", "simple Dollar 1e4", [Figure((0, 1), 10_000, "USD")], True),
        ("AmountOfMoney", "simple Dollar 1e4", [Figure((0, 1), 10_000, "EUR")], False),
        ("AmountOfMoney", "under EUR 7", [Figure((0, 1), 7, "EUR", bound="max")], True),
        ("AmountOfMoney", "under EUR 7", [Figure((0, 1), 7, "EUR")], False),
        ("Distance", "between Kilometre (3, 5)", [Figure((0, 1), 3, "km", high=5)], True),
        ("Distance", "between Kilometre (3, 5)", [Figure((0, 1), 3, "km"), Figure((0, 1), 5, "km")], False),
        ("Quantity", "simple Gram 2 Nothing", [Figure((0, 1), 2000, "mg")], True),
        ("Duration", "DurationData 27 Month", [Figure((0, 1), 2.25, "year")], True),
        ("Duration", "DurationData 105 Day", [Figure((0, 1), 3.5, "month")], True),
    ],
)
def test_exact(figures_benchmark: ModuleType, dim: str, value: str, figures: list[Figure], right: bool) -> None:
    """One figure with the value, the unit, both ends and the bound of the corpus, whatever unit of the dimension it is in."""
    wanted = figures_benchmark.meant(dim, value)
    assert figures_benchmark.exact(wanted, tuple(figures)) is right


def test_no_value_is_left_out(figures_benchmark: ModuleType) -> None:
    """A phrase for which the corpus gives no value is not counted."""
    assert figures_benchmark.meant("Duration", "=") is None
