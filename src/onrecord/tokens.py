"""Words and punctuation of a text, with their offsets: what every rule walks over."""

from __future__ import annotations

import bisect
import re
from typing import NamedTuple

from onrecord.records import Span

# A French word that has lost its vowel is a word of its own: "l'|élu", "qu'|il", "Lorsqu'|on", but "N'Golo", "aujourd'hui".
ELIDED = r"(?:[dlcsnjmt]|[DLCSJ]|(?:[Ll]ors|[Pp]uis|[Jj]us|[Qq]uoi)?[Qq]u)['’](?=[\w«“„\"])"
# A word may hold apostrophes and hyphens inside; every other visible character is a token of its own.
TOKEN = re.compile(rf"{ELIDED}|\w+(?:['’ʼ‐‑-]\w+)*|[^\w\s]")
WORDS = re.compile(rf"{ELIDED}|\S+")  # of a phrase in a language folder
APOSTROPHES = (("’", "'"), ("ʼ", "'"), ("‐", "-"), ("‑", "-"))  # str.replace: translate is slower


class Words(NamedTuple):
    """Tokens of one text in order: where each starts and ends, and its folded form (lower case, plain apostrophes)."""

    text: str
    starts: list[int]
    ends: list[int]
    folds: list[str]

    def at(self, offset: int) -> int:
        """The index of the first token that starts at `offset` or later."""
        return bisect.bisect_left(self.starts, offset)

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of tokens that start inside the span."""
        return bisect.bisect_left(self.starts, start), bisect.bisect_left(self.starts, end)

    def span(self, first: int, last: int) -> Span:
        """The offsets of the tokens from `first` up to, not including, `last`."""
        return self.starts[first], self.ends[last - 1]

    def capital(self, index: int) -> bool:
        """Whether the token opens with a capital letter."""
        return self.text[self.starts[index]].isupper()

    def is_word(self, index: int) -> bool:
        """Whether the token is a word and no punctuation."""
        char = self.text[self.starts[index]]
        return char.isalnum() or char == "_"


def phrase_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as a text has them."""
    return tuple(WORDS.findall(phrase))


def split_words(text: str) -> Words:
    """All tokens of the text; linear time."""
    spans = [match.span() for match in TOKEN.finditer(text)]
    joined = "\n".join([text[start:end] for start, end in spans]).lower()
    for odd, plain in APOSTROPHES:
        joined = joined.replace(odd, plain)
    # Lowering can change the number of characters but never adds a line break, so that the lists stay in step.
    return Words(text, [start for start, _ in spans], [end for _, end in spans], joined.split("\n") if spans else [])
