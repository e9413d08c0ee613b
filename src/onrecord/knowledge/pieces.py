"""Cutting text into the pieces of the encoder's vocabulary, with the characters that each piece stands for.

The unigram model of SentencePiece (Kudo 2018, arXiv 1804.10959): of all ways to cut a word, the one whose pieces are likeliest together.
Written here because a vocabulary of 250,000 pieces takes 30 MB as a dictionary and 270 MB in the package `tokenizers`, which brings a
client for a model hub besides. Words are cut one by one, which is the same: no piece holds a blank but in front.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.knowledge.weights import Weights

WORD = re.compile(r"[^ ]+")
FRONT = "▁"  # stands for the blank in front of a word
LONG_WORD = 40  # characters; longer ones are not remembered
SURROGATES = range(0xD800, 0xE000)  # halves of characters, which are no text
UNKNOWN_PENALTY = 10.0  # below the unlikeliest piece, as SentencePiece has it

Integers = npt.NDArray[np.int64]


class Tokens(NamedTuple):
    """Pieces of a text: their numbers in the vocabulary, and the characters that each stands for, [start, end) with no blank in front."""

    ids: Integers
    starts: Integers
    ends: Integers


class Vocabulary:
    """The pieces and how likely each is. `only` leaves those pieces alone, numbered as they stand in it, and -1 for what is in none."""

    def __init__(self, weights: Weights, *, only: Integers | None = None) -> None:
        if only is None:
            self._numbers = {piece: n for n, piece in enumerate(weights.pieces) if n > weights.unknown}
            self._scores = weights.scores.tolist()
        else:
            self._numbers = {weights.pieces[piece]: n for n, piece in enumerate(only.tolist())}
            self._scores = weights.scores[only].tolist()
        self._longest: dict[str, int] = {}  # of the pieces that open with these two characters
        for piece in self._numbers:
            self._longest[piece[:2]] = max(len(piece), self._longest.get(piece[:2], 0))
        self._unknown = weights.unknown if only is None else -1
        self._unlikely = min(self._scores) - UNKNOWN_PENALTY
        self._rewrites = {code: text for code, text in weights.rewrites.items() if text != chr(code)}
        self._rewritten = frozenset(map(chr, (*self._rewrites, *SURROGATES)))
        self._remembered = functools.lru_cache(maxsize=10_000)(self._cut)

    def tokens(self, text: str) -> Tokens:
        """Pieces of the text; compatibility forms ("ﬁ", "½") are read as what they stand for."""
        plain, where = self._plain(text)
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        for match in WORD.finditer(plain):
            word, at = match[0], match.start() - 1
            for number, a, b in self._remembered(word) if len(word) <= LONG_WORD else self._cut(word):
                ids.append(number)
                starts.append(at + max(a, 1))
                ends.append(at + b)
        first, last = np.array(starts, np.int64), np.array(ends, np.int64)
        if where is not None and ids:
            first, last = where[first], np.where(last > first, where[last - 1] + 1, where[first])
        return Tokens(np.array(ids, np.int64), first, last)

    def pieces(self, word: str) -> list[int]:
        """The numbers of the pieces of a word, as `tokens` gives them, without what is in none: words that are met once are met thus."""
        plain, _ = self._plain(word)
        return [number for each in WORD.findall(plain) for number, _, _ in self._cut(each) if number >= 0]

    def _cut(self, word: str) -> tuple[tuple[int, int, int], ...]:
        """(piece, start, end) of the word with FRONT before it; characters in no piece are unknown, neighbours as one."""
        text = FRONT + word
        size = len(text)
        best = [0.0] + [-np.inf] * size
        came, by = [0] * (size + 1), [0] * (size + 1)
        number_of, scores, longest, unlikely, unknown = self._numbers.get, self._scores, self._longest.get, self._unlikely, self._unknown
        for start in range(size):
            score = best[start]
            if score + unlikely > best[start + 1]:
                best[start + 1], came[start + 1], by[start + 1] = score + unlikely, start, unknown
            for end in range(start + 1, min(size, start + longest(text[start : start + 2], 1)) + 1):
                if (number := number_of(text[start:end])) is not None and (total := score + scores[number]) > best[end]:
                    best[end], came[end], by[end] = total, start, number
        pieces: list[tuple[int, int, int]] = []
        end = size
        while end:
            start, number = came[end], by[end]
            if pieces and number == self._unknown == pieces[-1][0]:
                pieces[-1] = (number, start, pieces[-1][2])
            else:
                pieces.append((number, start, end))
            end = start
        return tuple(reversed(pieces))

    def _plain(self, text: str) -> tuple[str, Integers | None]:
        """The text as the vocabulary was made for it, and where each character comes from (None: from its own place)."""
        if self._rewritten.isdisjoint(text):
            return text, None
        parts = [self._rewrites.get(ord(c), c) if ord(c) not in SURROGATES else "?" for c in text]
        return "".join(parts), np.repeat(np.arange(len(text), dtype=np.int64), [len(p) for p in parts])
