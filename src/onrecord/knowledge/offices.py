"""What an office tells of who holds it: whether one person at a time does, and what its holder cannot be besides."""

from __future__ import annotations

import csv
import functools
import pathlib
from typing import Literal

from onrecord.errors import KnowledgeError

OfficeKind = Literal["one", "nation", "sport", "stage", "faith", "past", "next"]
KINDS: tuple[OfficeKind, ...] = ("one", "nation", "sport", "stage", "faith", "past", "next")
FILE = pathlib.Path(__file__).with_name("offices.csv")


@functools.cache
def words_of(kind: OfficeKind) -> frozenset[str]:
    """The lemmas of the offices of a kind, in all languages; of "past" and "next" how words begin."""
    return _read().get(kind, frozenset())


@functools.cache
def _read() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    with FILE.open(encoding="utf-8", newline="") as lines:
        for number, line in enumerate(lines, 1):
            cells = next(csv.reader([line]), [])
            if not cells or line.startswith("#") or cells == ["kind", "words"]:
                continue
            if len(cells) != 2 or cells[0] not in KINDS:
                raise KnowledgeError(f"{FILE}, line {number}: write one of {', '.join(KINDS)}, a comma, and words parted by blanks")
            found.setdefault(cells[0], set()).update(word.replace("_", " ") for word in cells[1].split())
    return {kind: frozenset(words) for kind, words in found.items()}
