"""How surely a sentence is found by its meaning among all in another language, and how fast vectors come.

    python benchmarks/encode.py FOLDER [--cache FILE]

FOLDER holds one file for each language (`ukr.txt`, `bul.txt`, …), line by line the same sentences, such as NTREX-128. Accuracy at 1 is the share
of lines whose nearest line in the other language is the same line: by the cosine, and by the margin over the five nearest on both sides
(Artetxe and Schwenk 2019), which is what linking compares. The shortlist is what the cheap tier puts first by its own margin, with the encoder choosing.
"""

from __future__ import annotations

import argparse
import pathlib
import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from onrecord.stages.encode import Model, open_encoder
from onrecord.stages.static import open_static

LANGUAGES = {"ukr": "uk", "bul": "bg", "eng": "en", "rus": "ru", "deu": "de"}
PAIRS = (("ukr", "bul"), ("ukr", "eng"), ("bul", "eng"), ("ukr", "rus"), ("deu", "ukr"))
NEAREST = 5  # that the margin looks at
SHORTLIST = (50, 100, 300, 400)
TIMED = 200  # sentences that speed is taken of

Floats = npt.NDArray[np.float32]


def accuracy(scores: Floats) -> float:
    """The share of lines whose best is the same line."""
    return float((scores.argmax(axis=1) == np.arange(len(scores))).mean())


def margins(scores: Floats) -> Floats:
    """How much nearer two lines are than both usually are to their nearest."""
    mine = np.sort(scores, axis=1)[:, -NEAREST:].mean(axis=1)
    theirs = np.sort(scores, axis=0)[-NEAREST:].mean(axis=0)
    found: Floats = 2 * scores - mine[:, None] - theirs[None]
    return found


def shortlisted(cheap: Floats, full: Floats, size: int) -> float:
    """Accuracy where the full scores choose among what the cheap ones put first."""
    first = np.argsort(-cheap, axis=1)[:, :size]
    best = np.take_along_axis(full, first, axis=1).argmax(axis=1)
    return float((first[np.arange(len(first)), best] == np.arange(len(first))).mean())


def vectors(model: Model, folder: pathlib.Path, cache: dict[str, Floats]) -> dict[str, Floats]:
    """The vectors of every language's lines."""
    for code, language in LANGUAGES.items():
        if code not in cache:
            lines = (folder / f"{code}.txt").read_text(encoding="utf-8").splitlines()
            cache[code] = model.vectors(lines, [language] * len(lines))
    return cache


def sentences_a_second(run: Callable[[], object], count: int) -> float:
    """How many of `count` sentences go into a second of this process's time: what others do on the machine is left out."""
    started = time.process_time()
    run()
    return count / (time.process_time() - started)


def main() -> None:
    """Print accuracy for each pair of languages, then speed and how much the neighbours in a call matter."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--cache", type=pathlib.Path, help="an .npz file that keeps the encoder's vectors")
    chosen = parser.parse_args()
    encoder, static = open_encoder(), open_static()
    known = dict(np.load(chosen.cache)) if chosen.cache and chosen.cache.exists() else {}
    full, cheap = vectors(encoder, chosen.folder, known), vectors(static, chosen.folder, {})
    if chosen.cache:
        np.savez(chosen.cache, **full)  # type: ignore[arg-type]
    print("pair      full: cosine margin   cheap: cosine margin   shortlist " + " ".join(map(str, SHORTLIST)))
    for one, other in PAIRS:
        f, c = full[one] @ full[other].T, cheap[one] @ cheap[other].T
        fm, cm = margins(f), margins(c)
        behind = " ".join(f"{shortlisted(cm, fm, size):.3f}" for size in SHORTLIST)
        print(f"{one}-{other}       {accuracy(f):.4f} {accuracy(fm):.4f}          {accuracy(c):.3f}  {accuracy(cm):.3f}             {behind}")
    lines = (chosen.folder / "ukr.txt").read_text(encoding="utf-8").splitlines()
    some, languages = lines[:TIMED], ["uk"] * TIMED
    print(f"encoder {sentences_a_second(lambda: encoder.vectors(some, languages), TIMED):.0f} sentences a second of one core")
    static.vectors(lines, ["uk"] * len(lines))  # words are remembered, as they are in a running process
    print(f"cheap   {sentences_a_second(lambda: static.vectors(lines, ['uk'] * len(lines)), len(lines)):.0f}")
    alone = np.concatenate([encoder.vectors([line], ["uk"]) for line in some[:20]])
    print(f"largest difference alone and among others: {np.abs(alone - encoder.vectors(some, languages)[:20]).max():.1e}")


if __name__ == "__main__":
    main()
