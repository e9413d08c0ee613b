"""Words and punctuation of a text, with their offsets: what every rule walks over."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

import msgspec

from onrecord.records import Span

# A French word that has lost its vowel is a word of its own: "l'|élu", "qu'|il", "Lorsqu'|on", but "N'Golo", "aujourd'hui".
ELIDED = r"(?:[dlcsnjmt]|[DLCSJ]|(?:[Ll]ors|[Pp]uis|[Jj]us|[Qq]uoi)?[Qq]u)['’](?=[\w«“„\"])"
# A word may hold apostrophes and hyphens inside, a number commas between its thousands; every other visible character is a token of its own.
# One group around it, so that `split` gives the tokens and what stands between them; a letter is looked at before eleven patterns are tried.
TOKEN = re.compile(rf"((?=[dlcsnjmtDLCSJpPqQ]){ELIDED}|\d{{1,3}}(?:,\d{{3}})+(?!\w)|\w+(?:['’ʼ‐‑-]\w+)*|[^\w\s])")
WORDS = re.compile(rf"{ELIDED}|\S+")  # of a phrase in a language folder
AHEAD = 4  # how far past the last token a rule may look
APOSTROPHES = (("’", "'"), ("ʼ", "'"), ("‐", "-"), ("‑", "-"))  # str.replace: translate is slower


class Words(msgspec.Struct, frozen=True):
    """Tokens of one text in order: where each starts and ends, and its folded form (lower case, plain apostrophes).

    `folds` goes on with AHEAD line ends, which no token is, so that a rule may look at what follows the last token, or stands before the first.
    """

    text: str
    starts: list[int]
    ends: list[int]
    folds: list[str]

    def at(self, offset: int) -> int:
        """The index of the first token that starts at `offset` or later."""
        return bisect_left(self.starts, offset)

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of tokens that start inside the span."""
        first = bisect_left(self.starts, start)
        return first, bisect_left(self.starts, end, first if end >= start else 0)

    def span(self, first: int, last: int) -> Span:
        """The offsets of the tokens from `first` up to, not including, `last`."""
        return self.starts[first], self.ends[last - 1]

    def capital(self, index: int) -> bool:
        """Whether the token opens with a capital letter; False behind the last one."""
        return index < len(self.starts) and self.text[self.starts[index]].isupper()

    def is_word(self, index: int) -> bool:
        """Whether the token is a word and no punctuation; False behind the last one."""
        char = self.folds[index][0]
        return char.isalnum() or char == "_"


def phrase_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as a text has them."""
    return tuple(WORDS.findall(phrase))


def split_words(text: str) -> Words:
    """All tokens of the text; linear time."""
    pieces = TOKEN.split(text)  # blanks and tokens in turn
    bounds = list(accumulate(map(len, pieces)))
    joined = "\n".join(pieces[1::2]).lower()
    for odd, plain in APOSTROPHES:
        joined = joined.replace(odd, plain)
    # Lowering can change the number of characters but never adds a line break, so that the lists stay in step.
    return Words(text, bounds[:-1:2], bounds[1::2], [*(joined.split("\n") if len(pieces) > 1 else ()), *["\n"] * AHEAD])
