"""Fit what each piece of evidence counts that two statements report the same words (`onrecord.stages.link`, FULL and CHEAP).

    python benchmarks/fit_links.py tests/stories/first.txt tests/stories/third.txt [--thorough]

Reads the articles as `stories.py` does and prints the weights of one tier: logistic regression over all pairs that are not plain, with a
small penalty (ridge), in which a wrong pair costs more than a missed one: putting words beside others that are not the same misleads,
leaving them apart does not. Files that are not named stay for measuring.
"""

from __future__ import annotations

import argparse
import pathlib
import tempfile
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from onrecord import utterances
from onrecord.settings import Settings
from onrecord.stages import link
from onrecord.stages.link import Evidence, Said
from onrecord.store import query
from onrecord.store.open import Store, open_store
from stories import Written, add, label, read, read_written

COSTS = {"full": 2.0, "cheap": 3.0}  # of a wrong pair against a missed one; the cheap vectors are wrong more often
RIDGE = 0.1  # penalty on each weight, of standardised evidence
ROUNDS = 50  # of Newton's method; some ten suffice

Floats = npt.NDArray[np.float64]
Compared = tuple[Sequence[Said], link.Floats]


def compared(path: pathlib.Path, settings: Settings) -> list[tuple[Evidence, bool]]:
    """The evidence on each pair of statements of a file of which one at least is marked, and whether they are the same words."""
    written = read_written(path)
    seen: dict[str | None, Compared] = {}
    scores = link.scores

    def watched(items: Sequence[Said], vectors: link.Floats, weights: Evidence) -> dict[tuple[int, int], float]:
        seen[items[0].story if items else None] = items, vectors
        return scores(items, vectors, weights)

    with tempfile.TemporaryDirectory() as folder, open_store(pathlib.Path(folder) / "stories.sqlite") as store:
        utterances.link.scores = watched  # the second pass says what it compares
        try:
            add(store, read(written, settings), settings)
        finally:
            utterances.link.scores = scores
        labels = _labels(store, written)
    return [pair for items, vectors in seen.values() for pair in _pairs(items, vectors, labels.get)]


def _labels(store: Store, written: Sequence[Written]) -> dict[str, str | None]:
    marked = {item.page.source: item for item in written}
    with store.reading() as connection:
        lines = query.said(connection, limit=10_000)
    return {line.statement.id: label(line.statement.content, marked[line.article.source]) for line in lines}


def _pairs(items: Sequence[Said], vectors: link.Floats, label_of: Callable[[str], str | None]) -> list[tuple[Evidence, bool]]:
    _, places, evidence = link.evidence(items, vectors)
    found = []
    for (n, m), pieces in zip(places.T.tolist(), evidence.tolist(), strict=True):
        mine, theirs = label_of(items[n].id), label_of(items[m].id)
        if (mine or theirs) and items[n].article != items[m].article:
            found.append((Evidence(*pieces), mine == theirs))
    return found


def fit(pairs: Sequence[tuple[Evidence, bool]], cost: float) -> Evidence:
    """The weights under which the answers are likeliest."""
    x, y = np.array([evidence for evidence, _ in pairs], float), np.array([same for _, same in pairs], float)
    scale = x.std(axis=0)
    scale[-1] = 1.0  # the bias, which is always 1
    x, counts = x / np.maximum(scale, 1e-9), np.where(y > 0, 1.0, cost)
    penalty = np.diag([RIDGE * x.shape[1]] * (x.shape[1] - 1) + [1e-6])
    weights: Floats = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        sure = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ ((sure - y) * counts) + penalty @ weights
        curve = (x * (counts * sure * (1 - sure))[:, None]).T @ x + penalty
        weights = weights - np.linalg.solve(curve, slope)
    return Evidence(*(round(float(weight), 1) for weight in weights / np.maximum(scale, 1e-9)))


def main() -> None:
    """Print the weights of a tier."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--thorough", action="store_true", help="the full tier, over the encoder; else the cheap one")
    chosen = parser.parse_args()
    settings = Settings(reader="thorough", encoder="onrecord.stages.encode:open_encoder") if chosen.thorough else Settings()
    pairs = [pair for path in chosen.files for pair in compared(path, settings)]
    tier = "full" if chosen.thorough else "cheap"
    print(f"{len(pairs)} pairs, {sum(same for _, same in pairs)} of the same words")
    print(f"{tier.upper()} = {fit(pairs, COSTS[tier])}")


if __name__ == "__main__":
    main()
