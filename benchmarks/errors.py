"""A page of errors: `python benchmarks/errors.py GOLD [--texts FOLDER] [--reader fast|thorough] [--out errors.html]`.

Each article with gold and read statements side by side: right, missed, spurious, too long, too short, of the wrong kind, or given to the
wrong speaker, and a table of these causes by rule on top.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
from typing import NamedTuple, get_args

import jinja2

from onrecord import Page, Settings
from onrecord.evaluation import EXACT_OVERLAP, GoldArticle, match, read_gold, same_speaker, spurious, tokens
from onrecord.records import Reading, Statement, words_of
from onrecord.runners.local import read_pages
from onrecord.settings import Reader

HERE = pathlib.Path(__file__).parent
CAUSES = ("missed", "spurious", "speaker", "long", "short", "kind", "right")


class Row(NamedTuple):
    """One statement of the gold, of the reading, or of both."""

    at: int
    cause: str
    gold: str
    read: str
    gold_speaker: str
    read_speaker: str
    rule: str


def rows_of(gold: GoldArticle, statements: tuple[Statement, ...]) -> list[Row]:
    """Gold and read statements of an article side by side; optional gold statements that were not read are left out."""
    matches = match(gold, statements)
    people = {p.id: p for p in gold.people}
    rows = []
    for index, want in enumerate(gold.statements):
        said = words_of(gold.text, want.content)
        if index not in matches:
            if want.required:
                rows.append(Row(want.content[0][0], "missed", said, "", want.speaker.id, "", ""))
            continue
        taken, overlap = matches[index]
        got = statements[taken]
        right = same_speaker(got.speaker, people[want.speaker.id], want.speaker.mention, gold.text)
        longer = len(tokens(gold.text, got.content)) > len(tokens(gold.text, want.content))
        borders = "long" if longer else "short"
        cause = "speaker" if not right else borders if overlap < EXACT_OVERLAP else "kind" if got.kind != want.kind else "right"
        speaker = got.speaker.name if got.speaker else f"unknown: {got.unknown}"
        read = words_of(gold.text, got.content) if overlap < EXACT_OVERLAP else "="
        rows.append(Row(want.content[0][0], cause, said, read, want.speaker.id, speaker, got.rule))
    for got in spurious(gold.text, statements, {taken for taken, _ in matches.values()}):
        name = got.speaker.name if got.speaker else "unknown"
        rows.append(Row(got.content[0][0], "spurious", "", words_of(gold.text, got.content), "", name, got.rule))
    return sorted(rows)


def causes_of(rows: list[Row]) -> list[tuple[str, list[tuple[str, int]]]]:
    """For each cause the rules behind it, most frequent first."""
    count = {cause: collections.Counter(r.rule or "no rule" for r in rows if r.cause == cause) for cause in CAUSES}
    return [(cause, count[cause].most_common()) for cause in CAUSES if count[cause]]


def main() -> None:
    """Read the pages of a gold folder and write the page of errors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("--texts", type=pathlib.Path)
    parser.add_argument("--reader", choices=get_args(Reader), default="fast")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("errors.html"))
    args = parser.parse_args()
    gold = read_gold(args.gold, args.texts)
    outcomes = read_pages([Page(g.document, g.text) for g in gold], Settings(reader=args.reader))
    pages, all_rows = [], []
    for article, outcome in zip(gold, outcomes, strict=True):
        rows = rows_of(article, outcome.statements if isinstance(outcome, Reading) else ())
        all_rows += rows
        pages.append({"document": article.document, "language": article.language, "text": article.text, "rows": rows})
    template = jinja2.Environment(autoescape=True).from_string((HERE / "errors.html.j2").read_text(encoding="utf-8"))
    total = sum(s.required for g in gold for s in g.statements)
    page = template.render(name=args.gold.name, total=total, causes=causes_of(all_rows), pages=pages)
    args.out.write_text(page, encoding="utf-8")
    for cause, rules in causes_of(all_rows):
        print(f"{cause:9} {sum(n for _, n in rules):4}  " + ", ".join(f"{rule} {n}" for rule, n in rules[:6]))
    print(f"written: {args.out}")


if __name__ == "__main__":
    main()
