"""Names against gold: `python benchmarks/names.py FOLDER [--language uk bg …] [--reader fast|thorough] [--sample N]`.

FOLDER is laid out as SlavicNER is: `raw/<topic>/<language>/<page>.txt` and, of the same stem, `ner/<topic>/<language>/<page>.tsv` with rows of
start, end (half-open), form, lemma, type, id. Every row is one mention in the text. What counts:

- *strict*: the same span and type; *partial*: spans of one type that share a character, one to one. Everything that the gold holds counts,
  also what stands in parts of the page that the reader takes for junk, and every page, also those that it skips.
- Persons are single people: rows that the gold gives to a people or a party by their id ("британците", GPE-…) count neither way.
- Of what is read: mentions that are names, those inside roles too. Names of products and events that are taken for persons, bodies or places are errors.
- *nominative*: of the persons found strictly, how many have the gold's lemma as their name.

`--as cs=pl` reads a language that has no folder with that of another.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import pathlib
from collections.abc import Iterator
from typing import NamedTuple

from onrecord import Page, Settings
from onrecord.records import Mention, Skipped
from onrecord.runners.local import read_pages

TYPES = {"PER": "person", "ORG": "organization", "LOC": "place"}
SHIFT = 8  # characters by which a row may be out of place


class Gold(NamedTuple):
    """A row: its span, type, nominative, and whether it counts."""

    start: int
    end: int
    type: str
    lemma: str
    counts: bool


class Count(NamedTuple):
    """Right ones, those in the gold, those found; strictly and partly."""

    gold: int = 0
    found: int = 0
    strict: int = 0
    partial: int = 0
    nominative: int = 0

    def plus(self, other: Count) -> Count:
        """Both together."""
        return Count(*(a + b for a, b in zip(self, other, strict=True)))

    def f1(self, right: int) -> float:
        """F1 in percent."""
        return 200 * right / max(1, self.gold + self.found)


def rows(path: pathlib.Path, text: str) -> Iterator[Gold]:
    """The rows of a page, those out of place by a few characters put right."""
    for line in path.read_text(encoding="utf-8").splitlines():
        start, _, form, lemma, kind, ident = line.split("\t")
        at = text.find(form, max(0, int(start) - SHIFT), int(start) + SHIFT + len(form))
        at = int(start) if text.startswith(form, int(start)) else at
        if at >= 0:
            counts = kind in TYPES and not (kind == "PER" and not ident.startswith("PER-"))
            yield Gold(at, at + len(form), TYPES.get(kind, kind), lemma, counts)


def compare(gold: list[Gold], found: list[Mention]) -> dict[str, Count]:
    """Counts by type for one page."""
    counts = {}
    for kind in TYPES.values():
        own = [g for g in gold if g.type == kind and g.counts]
        mine = {(m.start, m.end): m for m in found if m.type == kind}
        for row in gold:
            if row.type == kind and not row.counts:
                mine = {span: m for span, m in mine.items() if span[1] <= row.start or row.end <= span[0]}
        strict = [(g, mine[g.start, g.end]) for g in own if (g.start, g.end) in mine]
        nominative = sum(g.lemma.casefold() == m.name.casefold() for g, m in strict)
        rest = [g for g in own if (g.start, g.end) not in mine], sorted(mine.keys() - {(g.start, g.end) for g in own})
        counts[kind] = Count(len(own), len(mine), len(strict), len(strict) + _overlapping(*rest), nominative)
    return counts


def _overlapping(gold: list[Gold], found: list[tuple[int, int]]) -> int:
    """Pairs of spans that share a character, one to one."""
    waiting, pairs = list(found), 0
    for row in sorted(gold):
        other = next((span for span in waiting if span[0] < row.end and row.start < span[1]), None)
        if other is not None:
            waiting.remove(other)
            pairs += 1
    return pairs


def sample(folder: pathlib.Path, language: str, size: int) -> list[pathlib.Path]:
    """Pages of a language, the same ones in every run."""
    files = sorted(folder.glob(f"raw/*/{language}/*.txt"), key=lambda p: hashlib.blake2b(p.name.encode()).digest())
    return files[:size] if size else files


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--language", nargs="+", default=["uk", "bg"])
    parser.add_argument("--reader", choices=("fast", "thorough"), default="fast")
    parser.add_argument("--sample", type=int, default=150, help="pages of a language (default 150; 0: all)")
    parser.add_argument("--as", dest="alias", nargs="+", default=[], metavar="CODE=CODE")
    arguments = parser.parse_args()
    alias = dict(a.split("=") for a in arguments.alias)
    print("| reader | language | pages | skipped | type | gold | strict F1 | partial F1 | nominative |\n|---|---|--:|--:|---|--:|--:|--:|--:|")
    for language in arguments.language:
        files = sample(arguments.folder, language, arguments.sample)
        texts = [path.read_text(encoding="utf-8") for path in files]
        settings = Settings(reader=arguments.reader, language=alias.get(language))
        total: collections.Counter[str] = collections.Counter()
        sums = {kind: Count() for kind in TYPES.values()}
        outcomes = read_pages([Page(path.stem, text) for path, text in zip(files, texts, strict=True)], settings)
        for path, text, outcome in zip(files, texts, outcomes, strict=True):
            skipped = isinstance(outcome, Skipped)
            total["skipped"] += skipped
            gold = list(rows(arguments.folder / "ner" / path.relative_to(arguments.folder / "raw").with_suffix(".tsv"), text))
            found = [] if isinstance(outcome, Skipped) else [m for m in outcome.mentions if m.form == "name" and m.type in TYPES.values()]
            for kind, count in compare(gold, found).items():
                sums[kind] = sums[kind].plus(count)
        for kind, count in sums.items():
            right = f"{100 * count.nominative / max(1, count.strict):.0f}" if kind == "person" else ""
            print(
                f"| {arguments.reader} | {language} | {len(files)} | {total['skipped']} | {kind} | {count.gold} "
                f"| {count.f1(count.strict):.1f} | {count.f1(count.partial):.1f} | {right} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
