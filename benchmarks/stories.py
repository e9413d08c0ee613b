"""How well articles are put into stories and statements into utterances, on articles that are written with their answer.

    python benchmarks/stories.py tests/stories [--thorough]

A file holds stories. `# id what it is about` opens one, `## language day outlet` an article of it (`-`: without a day), whose first line
is the headline. `{3|words}` marks words that somebody says: the same number in one story is the same utterance. The pages are read like
any others; B-cubed counts articles (Bagga and Baldwin 1998), pairs of statements are counted where a marked statement was found at all.
"""

from __future__ import annotations

import argparse
import itertools
import pathlib
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from onrecord import corpus
from onrecord.pipeline import read_page
from onrecord.records import Page, Reading, Span
from onrecord.settings import Settings
from onrecord.store import query, write
from onrecord.store.open import Store, open_store

MARK = re.compile(r"\{(\w+)\|([^{}]*)\}")
OVERLAP = 0.5  # of the words of a found and of a marked statement together, as in gold readings


class Written(NamedTuple):
    """An article with its answer: the story it tells, and the words in it that belong to utterances of that story."""

    story: str
    page: Page
    outlet: str
    said: tuple[tuple[str, Span], ...]


class Figures(NamedTuple):
    """Precision and recall."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}"


def read_written(path: pathlib.Path) -> list[Written]:
    """The articles of a file, in order."""
    found: list[Written] = []
    story = ""
    for part in re.split(r"^(?=#)", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
        head, _, text = part.partition("\n")
        if head.startswith("## "):
            language, day, outlet = head[3:].split(" ", 2)
            found.append(_written(story, f"{story}-{len(found):03d}.{language}.txt", day, outlet, text.strip()))
        elif head.startswith("# "):
            story = head.split()[1]
    return found


def _written(story: str, source: str, day: str, outlet: str, marked: str) -> Written:
    headline, _, body = marked.partition("\n")
    marked = f"{headline}\n\n{day}\n\n{body}" if day != "-" else f"{headline}\n\n{body}"
    text, said, at = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        said.append((f"{story}/{match[1]}", (len(text), len(text) + len(match[2]))))
        text += match[2]
        at = match.end()
    return Written(story, Page(source, text + marked[at:]), outlet, tuple(said))


def read(written: Sequence[Written], settings: Settings) -> list[Reading]:
    """What the first pass reads of the articles."""
    found = []
    for item in written:
        reading = read_page(item.page, settings)
        assert isinstance(reading, Reading), reading
        found.append(msgspec.structs.replace(reading, article=msgspec.structs.replace(reading.article, outlet=item.outlet)))
    return found


def add(store: Store, readings: Iterable[Reading], settings: Settings) -> None:
    """Store readings, with the second pass over them."""
    with store.writing() as connection:
        corpus.update(connection, write.add(connection, readings).articles, settings)


def stories_of(store: Store) -> dict[str, str]:
    """The story of each page."""
    with store.reading() as connection:
        sources = {line.id: line.source for line in query.articles(connection, limit=1000)}
        return {sources[article]: line.story.id for line in query.stories(connection, limit=1000) for article in line.story.articles}


def bcubed(found: Mapping[str, str], wanted: Mapping[str, str]) -> Figures:
    """For each item, how much of its group belongs there, and how much of what belongs there is in its group; the mean over items."""
    groups, answers = defaultdict(set), defaultdict(set)
    for item, answer in wanted.items():
        groups[found[item]].add(item)
        answers[answer].add(item)
    shared = [(len(groups[found[i]] & answers[a]), len(groups[found[i]]), len(answers[a])) for i, a in wanted.items()]
    return Figures(sum(s / g for s, g, _ in shared) / len(shared), sum(s / a for s, _, a in shared) / len(shared))


def utterances_of(store: Store, written: Sequence[Written]) -> dict[tuple[str, int], tuple[str, str | None]]:
    """The statements that were found: (page, where it starts) -> (utterance, the label of the words marked there)."""
    marked = {item.page.source: item for item in written}
    with store.reading() as connection:
        lines = query.said(connection, limit=1000)
    return {
        (line.article.source, line.statement.content[0][0]): (
            line.utterance or line.statement.id,
            label(line.statement.content, marked[line.article.source]),
        )
        for line in lines
    }


def label(content: Sequence[Span], item: Written) -> str | None:
    """The label of the words that a statement has most in common with, if that is half of both."""
    mine = _words(item.page.text, content)
    shares = {label: len(mine & theirs) / max(1, len(mine | theirs)) for label, span in item.said if (theirs := _words(item.page.text, [span]))}
    best = max(shares, key=lambda label: shares[label], default=None)
    return best if best is not None and shares[best] >= OVERLAP else None


def _words(text: str, spans: Iterable[Span]) -> set[int]:
    """Where the words under spans start."""
    return {a + match.start() for a, b in spans for match in re.finditer(r"\w+", text[a:b])}


def pairs(found: Mapping[tuple[str, int], tuple[str, str | None]]) -> tuple[Figures, list[str], list[str]]:
    """Pairs of statements in one utterance against pairs marked alike; the missed and the wrong ones by page and number."""
    got, want = set(), set()
    for one, other in itertools.combinations(sorted(found), 2):
        (mine, label), (theirs, other_label) = found[one], found[other]
        if one[0] == other[0]:
            continue
        if label is None and other_label is None:
            continue  # words that nobody has judged
        if mine == theirs:
            got.add((one, other))
        if label is not None and label == other_label:
            want.add((one, other))
    figures = Figures(len(got & want) / len(got) if got else 1.0, len(got & want) / len(want) if want else 1.0)
    return figures, [f"{a} {b}" for a, b in sorted(want - got)], [f"{a} {b}" for a, b in sorted(got - want)]


def main() -> None:
    """Print the figures for each file of a folder, with what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--thorough", action="store_true")
    parser.add_argument("--errors", action="store_true", help="print what is wrong, too")
    chosen = parser.parse_args()
    for path in sorted(chosen.folder.glob("*.txt")):
        measure(path, thorough=chosen.thorough, errors=chosen.errors)


def measure(path: pathlib.Path, *, thorough: bool, errors: bool) -> None:
    """Print the figures for one file."""
    settings = Settings(reader="thorough", encoder="onrecord.stages.encode:open_encoder") if thorough else Settings()
    written = read_written(path)
    with tempfile.TemporaryDirectory() as folder, open_store(pathlib.Path(folder) / "stories.sqlite") as store:
        add(store, read(written, settings), settings)
        found, wanted = stories_of(store), {item.page.source: item.story for item in written}
        figures, missed, wrong = pairs(utterances_of(store, written))
        print(f"{path.name}: {len(wanted)} articles, {len(set(wanted.values()))} stories")
        print(f"  stories    B-cubed {bcubed(found, wanted)}")
        print(f"  utterances pairs   {figures}")
        if errors:
            _print_errors(found, wanted, missed, wrong)


def _print_errors(found: Mapping[str, str], wanted: Mapping[str, str], missed: list[str], wrong: list[str]) -> None:
    groups = defaultdict(list)
    for source, story in sorted(found.items()):
        groups[story].append(source)
    answers = {frozenset(s for s in wanted if wanted[s] == a) for a in wanted.values()}
    for members in groups.values():
        if frozenset(members) not in answers:
            print("   story  ", *members)
    for line in missed:
        print("   missed ", line)
    for line in wrong:
        print("   wrong  ", line)


if __name__ == "__main__":
    main()
