"""A likeness by meaning for `link`, across languages: `Settings.likeness = "onrecord.stages.meaning:likeness"`.

Sentence vectors of the multilingual encoder, compared by margin: how much nearer two statements are to each other than to what else is said in
other articles of the story (Artetxe and Schwenk 2019, arXiv 1811.01136). The cosine alone cannot tell: statements of one man on one matter
are all alike. Figures that disagree count against, and what `link.likeness` sees in shared roots is kept where it is more.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from onrecord.stages import link
from onrecord.stages.encode import open_encoder

NEIGHBOURS = 5  # next-best statements of other articles that a likeness is measured against
EVEN_MARGIN = 0.08  # of two statements that are as likely as not the same words; swept 0.02-0.08: lower finds more and errs more
SLOPE = 3.2  # of likeness by margin
MOST = 0.75  # of meaning alone: below `link.SAME_WORDS`, so that nothing is joined across stories without shared words
USUAL_COSINE = 0.8  # to other statements of a story, where there are too few to tell

Floats = npt.NDArray[np.float32]


def likeness(items: Sequence[link.Said]) -> link.Score:
    """How much nearer two statements are to each other than to the rest of what is said in the story, 0 to 1."""
    by_roots = link.likeness(items)
    place = {item.id: n for n, item in enumerate(items)}
    cosines = _cosines(items)
    usual = [_usual(cosines[n], [other.article != item.article for other in items]) for n, item in enumerate(items)]

    def alike(one: link.Said, other: link.Said) -> float:
        roots = by_roots(one, other)
        a, b = place[one.id], place[other.id]
        margin = 2 * float(cosines[a, b]) - usual[a] - usual[b]
        meant = max(0.0, min(MOST, link.THRESHOLD + SLOPE * (margin - EVEN_MARGIN)))
        if one.figures and other.figures and not one.figures & other.figures:
            meant *= link.OTHER_FIGURES
        return max(roots, meant)

    return alike


def _cosines(items: Sequence[link.Said]) -> Floats:
    vectors = np.stack([_vector(item.words) for item in items]) if items else np.zeros((0, 1), np.float32)
    product: Floats = vectors @ vectors.T
    return product


@functools.lru_cache(maxsize=4096)
def _vector(words: str) -> Floats:
    vector: Floats = open_encoder().vectors([words])[0]
    return vector


def _usual(row: Floats, elsewhere: list[bool]) -> float:
    """Mean cosine to the nearest statements of other articles but the very nearest, which may be the same words."""
    near = np.sort(row[np.array(elsewhere, bool)])[::-1][1 : 1 + NEIGHBOURS]
    return float(near.mean()) if len(near) >= NEIGHBOURS - 2 else USUAL_COSINE
