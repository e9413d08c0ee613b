"""Cheap sentence vectors: each word or piece of a word has one vector, a text has their weighted mean.

Distilled from the encoder (`encode`), which read every piece of the vocabulary and every word of `corpus/` once, alone
(`corpus/distil.py` writes the table): what is learned there holds across languages, and looking up costs a hundredth of reading. Weighted
by how rare a word is (Arora et al. 2017, A simple but tough-to-beat baseline), and centred by language: the mean of a language
says which language it is, and nothing else. The table is kept as product-quantised codes (Jégou et al. 2011), a byte for four numbers.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from onrecord.knowledge.pieces import Vocabulary
from onrecord.knowledge.weights import STATIC, arrays, open_weights
from onrecord.knowledge.words import WORD

COMMON = 10.0  # negative log-likelihood at which a piece counts half; swept 8-12 on sentences in two languages: 10 is best
RAREST, COMMONEST = 22.0, 8.0  # negative log-likelihood of a word that says all, and of one that says nothing
MOST_WORDS = 32_768  # remembered

Floats = npt.NDArray[np.float32]
Rows = tuple[tuple[int, ...], tuple[float, ...], float]  # of the table, what each weighs, and how much the word says


class Static:
    """The table as one process holds it; `open_static` gives the one of this process."""

    def __init__(self) -> None:
        table = arrays(STATIC)
        self._codes, self._book, pieces = table["codes"], table["book"].astype(np.float32), table["pieces"].astype(np.int64)
        self._centres = dict(zip(table["languages"].tolist(), table["centres"].astype(np.float32), strict=True))
        words = table["words"].tobytes().decode().split("\n")
        self.name = f"static/{int(table['version'])}"
        weights = open_weights()
        self._vocabulary = Vocabulary(weights, only=pieces)
        self._words = {word: len(pieces) + n for n, word in enumerate(words)}
        self._unlikely = (-weights.scores[pieces]).tolist()
        self._usual: Floats = np.mean(list(self._centres.values()), axis=0)
        self._places = np.arange(self._book.shape[0]) * self._book.shape[1]
        self._cells = self._book.reshape(-1, self._book.shape[2])
        self.hidden = self._book.shape[0] * self._book.shape[2]
        self._remembered = functools.lru_cache(maxsize=MOST_WORDS)(self._rows)

    def vectors(self, texts: Sequence[str], languages: Sequence[str]) -> Floats:
        """One unit vector for each text, [text, hidden]; zeros for a text without words."""
        if not texts:
            return np.zeros((0, self.hidden), np.float32)
        centred = self.means(texts) - np.stack([self._centres.get(language, self._usual) for language in languages])
        unit: Floats = centred / np.maximum(1e-9, np.linalg.norm(centred, axis=1, keepdims=True))
        return unit

    def means(self, texts: Sequence[str]) -> Floats:
        """The weighted mean of the words of each text, as it stands in the table."""
        return np.stack([self._mean(text) for text in texts])

    def weigh(self, word: str) -> float:
        """How much a word says, 0 to 1: the rarer, the more."""
        return self._remembered(word)[2]

    def _mean(self, text: str) -> Floats:
        rows: list[int] = []
        weights: list[float] = []
        for match in WORD.finditer(text):
            found, each, _ = self._remembered(match[0])
            rows += found
            weights += each
        if not rows:
            return np.zeros(self.hidden, np.float32)
        values = self._cells.take(self._codes[rows] + self._places, axis=0).reshape(len(rows), -1)
        mean: Floats = np.array(weights, np.float32) @ values / sum(weights)
        return mean

    def _rows(self, word: str) -> Rows:
        pieces = self._vocabulary.pieces(word)
        unlikely = sum(self._unlikely[piece] for piece in pieces)
        says = min(1.0, max(0.0, (unlikely - COMMONEST) / (RAREST - COMMONEST)))
        known = self._words.get(word, self._words.get(word.lower()))
        if known is not None:
            return (known,), (_weight(unlikely),), says
        return tuple(pieces), tuple(_weight(self._unlikely[piece]) for piece in pieces), says


def _weight(unlikely: float) -> float:
    return 1 / (1 + math.exp(COMMON - unlikely))


@functools.cache
def open_static() -> Static:
    """The static vectors of this process, opened once (half a second)."""
    return Static()
