"""Whether one person is one in every alphabet: `python benchmarks/identity.py [FOLDER] [--errors]`.

Without FOLDER: pairs of names (tests/stages/name_pairs.tsv: two sets, half of the pairs traps), each pair with nothing but the names.

With FOLDER: SlavicNER. It holds ner/TOPIC/LANGUAGE/*.tsv: start, end, form, lemma, type, cross-lingual id. Input are the gold rows of persons (this measures
`identify`, not the finding of names): each name by its lemma, with the article it stands in. A full name is compared by itself with every
other. A name of one word is given to the one full name of its article that it can mean, else to the one of its topic, which stands in for
the story; else it is left alone, and is an actor of its article. Nothing else is used but the
language of the article: no dates, offices or text.

Printed: precision, recall and F1 over all pairs of rows of one person, and B-cubed; once with the topic and once without, and for full
names alone. A row is one name in one article.
"""

from __future__ import annotations

import argparse
import csv
import pathlib
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence

from onrecord.records import Speaker
from onrecord.stages import identify
from onrecord.stages.identify import Bearer

PAIRS = pathlib.Path(__file__).parents[1] / "tests" / "stages" / "name_pairs.tsv"
Row = tuple[str, str, str, str]  # topic, article, name, id


def rows(folder: pathlib.Path) -> Iterator[Row]:
    """The gold persons of each article, one row a name."""
    for path in sorted((folder / "ner").rglob("*.tsv")):
        topic, language = path.parts[-3:-1]
        seen = set()
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) < 6 or cells[4] != "PER" or not cells[5].startswith("PER-") or cells[3] in seen:
                continue
            seen.add(cells[3])
            yield topic, f"{language}/{path.name}", cells[3], cells[5]


def judged(path: pathlib.Path, title: str) -> tuple[int, int, int]:
    """Of the pairs of a set: how many are rightly taken for one, how many wrongly, and how many are missed."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for row in csv.DictReader(path.open(encoding="utf-8"), delimiter="\t"):
        if row["set"] == title:
            one, other = (Bearer(row[side], "person") for side in ("one", "other"))
            counts[(row["same"] == "yes", identify.score(one, other) >= identify.THRESHOLD)] += 1
    return counts[(True, True)], counts[(False, True)], counts[(True, False)]


def identities(found: Sequence[Row], *, topics: bool) -> list[Hashable]:
    """Who each row is taken for."""
    full: dict[str, list[Speaker]] = defaultdict(list)
    for topic, article, name, _ in found:
        if identify.is_full(speaker := Speaker(name)):
            full[f"article {topic} {article}"].append(speaker)
            full[f"topic {topic}"].append(speaker)
    names: list[str | None] = []
    known: dict[tuple[str, str], str | None] = {}
    for topic, article, name, _ in found:
        scopes = (f"article {topic} {article}", *([f"topic {topic}"] if topics else []))
        for scope in scopes:
            if (scope, name) not in known:
                speaker = Speaker(name)
                whole = speaker if identify.is_full(speaker) else identify.settle(speaker, dict.fromkeys(full[scope]))
                known[(scope, name)] = whole.name if whole else None
        names.append(next((whole for scope in scopes if (whole := known[(scope, name)])), None))
    listed = sorted({name for name in names if name})
    languages: dict[str, set[str]] = defaultdict(set)
    for _, article, name, _ in found:
        languages[name].add(article.partition("/")[0])
    groups = identify.groups({n: Bearer(name, "person", languages=tuple(sorted(languages[name]))) for n, name in enumerate(listed)})
    actor = {listed[number]: group for group, members in enumerate(groups) for number in members}
    return [actor[name] if name else (topic, article, row_name) for name, (topic, article, row_name, _) in zip(names, found, strict=True)]


def pairwise(found: Sequence[Hashable], gold: Sequence[Hashable]) -> tuple[float, float]:
    """Precision and recall over pairs of rows."""

    def pairs(counts: Counter[Hashable]) -> int:
        return sum(count * (count - 1) // 2 for count in counts.values())

    right = pairs(Counter(zip(found, gold, strict=True)))
    return right / max(1, pairs(Counter(found))), right / max(1, pairs(Counter(gold)))


def b_cubed(found: Sequence[Hashable], gold: Sequence[Hashable]) -> tuple[float, float]:
    """Precision and recall of the mean row's group (Bagga and Baldwin 1998)."""
    both, ours, theirs = Counter(zip(found, gold, strict=True)), Counter(found), Counter(gold)
    precision = sum(count * count / ours[one] for (one, _), count in both.items()) / len(found)
    return precision, sum(count * count / theirs[other] for (_, other), count in both.items()) / len(found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=pathlib.Path, nargs="?")
    parser.add_argument("--errors", action="store_true", help="print the names that are wrongly one, and those wrongly two, by how often")
    arguments = parser.parse_args()
    if arguments.folder is None:
        for title in ("1", "2"):
            right, wrong, missed = judged(PAIRS, title)
            print(f"pairs, set {title}: precision {right / max(1, right + wrong):.3f}  recall {right / max(1, right + missed):.3f}")
        return
    found = list(rows(arguments.folder))
    if not found:
        sys.exit(f"{arguments.folder} holds no ner/TOPIC/LANGUAGE/*.tsv with persons")
    whole = [row for row in found if identify.is_full(Speaker(row[2]))]
    print(f"{len(found)} rows, {len({row[3] for row in found})} persons; {len(whole)} rows with a full name")
    for title, chosen, topics in (("article and topic", found, True), ("article alone", found, False), ("full names alone", whole, False)):
        gold = [row[3] for row in chosen]
        ours = identities(chosen, topics=topics)
        for measure, (precision, recall) in (("pairwise", pairwise(ours, gold)), ("B-cubed", b_cubed(ours, gold))):
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            print(f"{title:18}  {measure:9} precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}")
        if arguments.errors and topics:
            _print_errors(chosen, ours)


def _print_errors(found: Sequence[Row], ours: Sequence[Hashable], most: int = 60) -> None:
    for title, mine, theirs in (("wrongly one", ours, [row[3] for row in found]), ("wrongly two", [row[3] for row in found], ours)):
        members: dict[Hashable, Counter[tuple[Hashable, str]]] = defaultdict(Counter)
        for group, other, row in zip(mine, theirs, found, strict=True):
            members[group][(other, row[2])] += 1
        wrong: Counter[str] = Counter()
        for inside in members.values():
            (main, _), _ = inside.most_common(1)[0]
            for (other, name), count in inside.items():
                if other != main:
                    wrong[f"{inside.most_common(1)[0][0][1]} ({main}) | {name} ({other})"] += count
        print(f"\n{title}: {sum(wrong.values())} rows")
        for text, count in wrong.most_common(most):
            print(f"{count:5} {text}")


if __name__ == "__main__":
    main()
