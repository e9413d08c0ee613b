"""Quality against gold readings, held to the floors: `python benchmarks/quality.py GOLD… [--texts FOLDER] [--pin] [--write-readme]`.

A floor holds for exactly the corpus whose digest stands beside it in floors.toml; another corpus of the same name is an error, not a
pass. Exit 1 where a figure is under its floor. `--pin` writes today's figures as the floors, `--write-readme` as the README's table.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import pathlib
import sys
import tomllib

from onrecord import Page, Settings
from onrecord.evaluation import Evaluation, Score, evaluate, read_gold, text_folder
from onrecord.runners.local import read_pages
from onrecord.settings import Reader

READERS: tuple[Reader, ...] = ("fast", "thorough")
HERE = pathlib.Path(__file__).parent
FLOORS = HERE / "floors.toml"
README = HERE.parent / "README.md"
MARKERS = ("<!-- figures -->", "<!-- /figures -->")
SLACK = 0.0005  # what rounding the floor to three places may take


def digest(folder: pathlib.Path, texts: pathlib.Path) -> str:
    """A digest of the gold readings and of their pages."""
    total = hashlib.blake2b(digest_size=8)
    for gold in sorted(folder.glob("*.json")) or sorted(folder.glob("*.txt")):
        page = texts / f"{gold.stem}.txt"
        for path in (gold, page):
            total.update(path.name.encode() + b"\0" + (path.read_bytes() if path.exists() else b"") + b"\0")
    return total.hexdigest()


def figures(score: Score) -> dict[str, float]:
    """The figures that are pinned, rounded to three places."""
    values = {
        "attributed": score.attributed.f1,
        "found": score.found.f1,
        "exact": score.exact.f1,
        "kind": score.kind,
        "junk": score.junk.f1,
        "published": score.published,
    }
    return {name: round(value, 3) for name, value in values.items()}


def under(floors: dict[str, dict[str, float]], measured: Evaluation) -> list[str]:
    """Every figure that is under its floor."""
    wrong = []
    for group, wanted in floors.items():
        if group not in measured.scores:
            wrong.append(f"{group}: nothing was measured")
            continue
        got = figures(measured.scores[group])
        wrong += [f"{group} {name}: {got[name]:.3f}, floor {floor:.3f}" for name, floor in wanted.items() if got[name] < floor - SLACK]
    return wrong


def table(results: dict[str, Evaluation]) -> str:
    """The figures as a table in Markdown, in percent."""
    rows = ["| set | language | pages | statements | attributed F1 | found F1 | exact F1 | kind |", "|---|---|--:|--:|--:|--:|--:|--:|"]
    for name, result in results.items():
        for group, score in result.scores.items():
            if group == "all" and len(result.scores) == 2:
                continue  # one language: its row says it
            cells = (score.attributed.f1, score.found.f1, score.exact.f1, score.kind)
            shown = " | ".join(f"{100 * cell:.1f}" for cell in cells)
            rows.append(f"| {name} | {group} | {score.documents} | {score.statements} | {shown} |")
    return "\n".join(rows)


def write_readme(results: dict[str, Evaluation]) -> None:
    """Put the table between the README's markers."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(MARKERS[0])
    _, _, after = rest.partition(MARKERS[1])
    README.write_text(f"{before}{MARKERS[0]}\n{table(results)}\n{MARKERS[1]}{after}", encoding="utf-8")


def pinned(floors: dict[str, dict[str, object]]) -> str:
    """floors.toml anew."""
    lines = ["# Quality floors, each for exactly the corpus of that digest. Written by `python benchmarks/quality.py GOLD… --pin`."]
    for name, section in sorted(floors.items()):
        lines += ["", f"[{name}]", f'digest = "{section["digest"]}"']
        for group, wanted in sorted((g, w) for g, w in section.items() if isinstance(w, dict)):
            lines.append(f"{group} = {{ " + ", ".join(f"{key} = {value:.3f}" for key, value in wanted.items()) + " }")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("gold", nargs="+", type=pathlib.Path, help="folders of gold readings")
    parser.add_argument("--texts", type=pathlib.Path, help="folder of the pages (default: ../../NAME of the gold folder)")
    parser.add_argument("--reader", choices=("fast", "thorough", "both"), default="both")
    parser.add_argument("--pin", action="store_true", help="write the figures of this run as the floors")
    parser.add_argument("--write-readme", action="store_true", help="write the figures of this run into README.md")
    arguments = parser.parse_args()
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    results: dict[str, Evaluation] = {}
    wrong = []
    readers: tuple[Reader, ...] = READERS if arguments.reader == "both" else (arguments.reader,)
    for folder, reader in itertools.product(arguments.gold, readers):
        texts = text_folder(folder, arguments.texts)
        gold = read_gold(folder, texts)
        name = f"{'corpus-' if folder.resolve().parent.name == 'corpus' else ''}{folder.resolve().name}-{reader}"
        result = evaluate(gold, read_pages([Page(article.document, article.text) for article in gold], Settings(reader=reader), jobs=2))
        results[name] = result
        corpus = digest(folder, texts)
        if arguments.pin:
            floors[name] = {"digest": corpus} | {group: figures(score) for group, score in result.scores.items()}
        elif name not in floors:
            print(f"{name}: no floor in {FLOORS.name}")
        elif floors[name]["digest"] != corpus:
            wrong.append(f"{name}: the corpus has digest {corpus}, the floors are for {floors[name]['digest']}: pin them anew (--pin)")
        else:
            groups = {group: wanted for group, wanted in floors[name].items() if group != "digest"}
            wrong += [f"{name} {line}" for line in under(groups, result)]
    print(table(results))
    if arguments.pin:
        FLOORS.write_text(pinned(floors), encoding="utf-8")
    if arguments.write_readme:
        write_readme(results)
    for line in wrong:
        print(f"UNDER THE FLOOR: {line}", file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
