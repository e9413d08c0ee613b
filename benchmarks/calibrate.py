"""Measure how often each rule is right and write it down: `python benchmarks/calibrate.py GOLD… [--write]`.

GOLD are folders of gold readings (JSON, as `onrecord eval` reads them) or of marked articles (as in corpus/; of these only the ones
held apart from training, whose number ends in 0, are read). A statement is right where it matches a gold one and has its speaker. Shares are drawn
towards the reader's mean as if PRIOR more statements had been seen. Prints a table of confidence against the share that is right.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
from collections.abc import Iterator

from onrecord import Settings
from onrecord.evaluation import GoldArticle, match, read_gold, same_speaker, spurious
from onrecord.knowledge import confidence
from onrecord.pipeline import read_page
from onrecord.records import Page, Reading
from onrecord.settings import Reader

PRIOR = 4.0  # statements at the mean that are added to what was seen of a rule
READERS: tuple[Reader, ...] = ("fast", "thorough")


def judged(article: GoldArticle, reader: Reader) -> Iterator[tuple[str, float, bool]]:
    """For each statement that is read: its rule without the language, its confidence, and whether it is right."""
    outcome = read_page(Page(article.document, article.text), Settings(reader=reader))
    if not isinstance(outcome, Reading):
        return
    matches = match(article, outcome.statements)
    people = {p.id: p for p in article.people}
    for index, (taken, _) in matches.items():
        want, got = article.statements[index], outcome.statements[taken]
        right = same_speaker(got.speaker, people[want.speaker.id], want.speaker.mention, article.text)
        yield got.rule.partition("/")[2], got.confidence, right
    for got in spurious(article.text, outcome.statements, {taken for taken, _ in matches.values()}):
        yield got.rule.partition("/")[2], got.confidence, False


def main() -> None:
    """Print how sure each rule is, and with --write make that the confidence of its statements."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", type=pathlib.Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    articles = [article for folder in args.gold for article in read_gold(folder)]
    lines = ["# Share of statements that were found and given to the right speaker, by reader and rule: benchmarks/calibrate.py --write"]
    for reader in READERS:
        rows = [row for article in articles for row in judged(article, reader)]
        seen: dict[str, list[bool]] = collections.defaultdict(list)
        bins: dict[int, list[tuple[float, bool]]] = collections.defaultdict(list)
        for rule, sure, right in rows:
            seen[rule].append(right)
            bins[min(9, int(sure * 10))].append((sure, right))
        mean = sum(right for _, _, right in rows) / max(1, len(rows))
        lines += ["", f"[{reader}]  # {len(rows)} statements, {mean:.3f} right"]
        for rule, rights in sorted(seen.items(), key=lambda r: -len(r[1])):
            lines.append(f'"{rule}" = {(sum(rights) + PRIOR * mean) / (len(rights) + PRIOR):.2f}  # {sum(rights)} of {len(rights)}')
        print(f"{reader}: {len(rows)} statements, {mean:.3f} right")
        for low, pairs in sorted(bins.items()):
            said, was = sum(s for s, _ in pairs) / len(pairs), sum(r for _, r in pairs) / len(pairs)
            print(f"  confidence {low / 10:.1f}-{low / 10 + 0.1:.1f}: {len(pairs):4} statements, said {said:.2f}, right {was:.2f}")
    print("\n".join(lines))
    if args.write:
        confidence.FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
