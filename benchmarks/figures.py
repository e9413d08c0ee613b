"""Figures read exactly, of phrases whose value is known: `python benchmarks/figures.py FILE [--language uk …] [--wrong] [--speed TEXT…]`.

FILE holds one JSON object a line with `lang`, `dim`, `value` and `text`, as Duckling's test corpus (BSD) gives them when it is written
down. A phrase counts where exactly one figure is read in it and the figure's value, unit, both ends of a range and the bound ("under",
"above") are all those of the corpus, units of one dimension being changed into one another (2,000 mg are 2 g). Phrases that the corpus
lists as ambiguous ("=") are left out. `--wrong` prints what was read instead; `--speed` reads text files and prints characters a second
beside those of a regular expression for numbers in digits.
"""

from __future__ import annotations

import argparse
import collections
import json
import math
import pathlib
import re
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.knowledge import schema
from onrecord.knowledge.units import units
from onrecord.records import Figure
from onrecord.stages.detect import detect
from onrecord.stages.figures import read

KINDS = {"Numeral": "number", "AmountOfMoney": "money", "Distance": "quantity", "Quantity": "quantity", "Duration": "duration"}
PUBLISHED = "2031-05-14"
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
NUMBER = r"\(?-?[\d._]+(?:e\d+)?\)?"
RANGE = re.compile(rf"(between) (\w+) \(({NUMBER}), ?({NUMBER})\)")
SIMPLE = re.compile(rf"(simple|under|above) (\w+) ({NUMBER})")
UNNAMED = "*"  # the corpus names no currency ("42 bucks")
UNITS = {
    "Dollar": "USD", "Pound": "GBP", "Cent": "cent", "Kilometre": "km", "Metre": "m", "M": "m", "Centimetre": "cm", "Millimetre": "mm", "Mile": "mile",
    "Inch": "inch", "Foot": "foot", "Yard": "yard", "Gram": "g", "Ounce": "ounce", "Cup": "cup", "Second": "second", "Minute": "minute", "Hour": "hour",
    "Day": "day", "Week": "week", "Month": "month", "Quarter": "quarter", "Year": "year", "Unnamed": UNNAMED, "PTS": "ESP",
}  # fmt: skip
COINS = frozenset(unit for unit, measure in units().measures.items() if measure.dimension == "coin")


class Meant(NamedTuple):
    """What the corpus says a phrase means."""

    value: float
    unit: str
    high: float | None = None
    bound: str | None = None


def meant(dim: str, value: str) -> Meant | None:
    """The corpus's value; None where it gives none."""
    if dim == "Numeral":
        return Meant(_number(value.split(" ", 1)[1]), "")
    if dim == "Duration":
        found = re.search(r"DurationData (\d+) (\w+)", value)
        return Meant(float(found[1]), UNITS[found[2]]) if found else None
    weighed = "pound" if dim == "Quantity" else "GBP"
    if spread := RANGE.search(value):
        return Meant(_number(spread[3]), weighed if spread[2] == "Pound" else UNITS.get(spread[2], spread[2]), _number(spread[4]))
    if plain := SIMPLE.search(value):
        bound = {"under": "max", "above": "min"}.get(plain[1])
        return Meant(_number(plain[3]), weighed if plain[2] == "Pound" else UNITS.get(plain[2], plain[2]), None, bound)
    return None


def _number(text: str) -> float:
    return float(text.strip("()").replace("_", ""))


def exact(wanted: Meant, figures: tuple[Figure, ...]) -> bool:
    """Whether the phrase was read as one figure that means the same."""
    if len(figures) != 1:
        return False
    (got,) = figures
    if (got.high is None) != (wanted.high is None) or got.bound != wanted.bound:
        return False
    days = wanted.unit in ("second", "day")
    if any(not math.isclose(_base(a, got.unit, days), _base(b, wanted.unit, days), rel_tol=1e-6) for a, b in zip(_ends(got), _ends(wanted), strict=True)):
        return False
    return wanted.unit == UNNAMED or _dimension(got.unit) == _dimension(wanted.unit)


def _ends(figure: Figure | Meant) -> tuple[float, ...]:
    return (figure.value,) if figure.high is None else (figure.value, figure.high)


def _dimension(unit: str) -> str:
    measure = units().measures.get(unit)
    return measure.dimension if measure else unit.lower().rstrip("s")


def _base(value: float, unit: str, days: bool) -> float:
    if unit == "month" and days:
        return value * 30 * units().measures["day"].worth  # as the corpus has it
    measure = units().measures.get(unit)
    return value * measure.worth if measure else value


def rows(path: pathlib.Path) -> Iterator[tuple[str, str, str, Meant]]:
    """Language, kind, phrase and meaning of every phrase that has one."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["dim"] in KINDS and row["lang"] in schema.languages() and (wanted := meant(row["dim"], row["value"])) is not None:
            yield row["lang"], KINDS[row["dim"]], row["text"], wanted


def measure_speed(files: list[pathlib.Path]) -> None:
    """Characters a second over whole texts, and the ratio to one regular expression."""
    texts = [(path.read_text(encoding="utf-8")) for path in files]
    known = [(text, code) for text in texts if (code := detect(text)) in schema.languages()]
    for _, code in known:
        read("3 km", 0, 4, code, PUBLISHED)
    start = time.process_time()
    count = sum(len(read(text, 0, len(text), code, PUBLISHED)) for text, code in known)
    middle = time.process_time()
    for text, _ in known:
        DIGITS.findall(text)
    end = time.process_time()
    chars = sum(len(text) for text, _ in known)
    print(f"{len(known)} texts, {chars:,} characters, {count:,} figures: {chars / (middle - start):,.0f} characters a second, "
          f"1 / {(middle - start) / (end - middle):.0f} of a regular expression for digits")  # fmt: skip


def main() -> None:
    """Read every phrase, print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", nargs="?", type=pathlib.Path, help="phrases and their values, JSON lines")
    parser.add_argument("--language", nargs="*", default=["uk", "bg", "ru", "en"], help="languages (default uk bg ru en)")
    parser.add_argument("--wrong", action="store_true", help="print what is not read exactly")
    parser.add_argument("--speed", nargs="*", type=pathlib.Path, default=[], help="text files to measure the speed on")
    arguments = parser.parse_args()
    if arguments.speed:
        measure_speed(arguments.speed)
    if arguments.file is None:
        sys.exit(0 if arguments.speed else parser.format_usage())
    total: collections.Counter[tuple[str, str]] = collections.Counter()
    right: collections.Counter[tuple[str, str]] = collections.Counter()
    for language, kind, text, wanted in rows(arguments.file):
        if language not in arguments.language:
            continue
        found = read(text, 0, len(text), language, PUBLISHED)
        ok = exact(wanted, found)
        for key in ((language, kind), (language, "all"), ("all", kind), ("all", "all")):
            total[key] += 1
            right[key] += ok
        if not ok and arguments.wrong:
            got = [(f.value, f.high, f.unit, f.bound) for f in found]
            print(f"{language} {kind:8} {text!r}: {wanted.value:g} {wanted.high or ''} {wanted.unit} {wanted.bound or ''} <> {got}")
    kinds = [*dict.fromkeys(KINDS.values()), "all"]
    print("| language | " + " | ".join(kinds) + " |")
    print("|---|" + "--:|" * len(kinds))
    for language in [*arguments.language, "all"]:
        cells = [f"{right[language, kind] / total[language, kind]:.3f} of {total[language, kind]}" if total[language, kind] else "" for kind in kinds]
        print(f"| {language} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
