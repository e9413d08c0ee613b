"""Where the characters of a cleaned text stand in the source that it was cleaned from.

Built while cleaning, run by run: a run is a stretch of text that comes from a stretch of the source, character by character where both are
equally long, as a whole where they are not (an entity). What no run covers is white space that cleaning has set.
"""

from __future__ import annotations

import bisect

import msgspec

Run = tuple[int, int, int, int]  # start in the text, start in the source, length in the text, length in the source
Span = tuple[int, int]
Stretch = tuple[int, str]  # of a source: where it starts, and its characters there
AROUND_CHARS = 160  # of the source that are kept on each side of what a text comes from: the tags that it stands in


class Alignment(msgspec.Struct, frozen=True, array_like=True):
    """The runs in the order of the text; they do not overlap in it."""

    runs: tuple[Run, ...] = ()

    def source(self, start: int, end: int) -> tuple[Span, ...]:
        """The stretches of the source that text[start:end] comes from, in the order of the text; adjoining ones are one."""
        found: list[Span] = []
        at = bisect.bisect_right(self.runs, start, key=lambda run: run[0]) - 1
        for text_at, source_at, size, source_size in self.runs[max(at, 0) :]:
            if text_at >= end:
                break
            first, last = max(start, text_at), min(end, text_at + size)
            if first >= last:
                continue
            exact = size == source_size
            one = (source_at + first - text_at, source_at + last - text_at) if exact else (source_at, source_at + source_size)
            if found and found[-1][1] == one[0]:
                one = (found.pop()[0], one[1])
            found.append(one)
        return tuple(found)

    def stretches(self, source: str) -> tuple[Stretch, ...]:
        """The source as far as the text comes from it, with a little around, in the order of the source; they do not overlap."""
        found: list[Span] = []
        for _, at, _, size in sorted(self.runs, key=lambda run: run[1]):
            first, last = max(0, at - AROUND_CHARS), min(len(source), at + size + AROUND_CHARS)
            if found and first <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], last))
            else:
                found.append((first, last))
        return tuple((first, source[first:last]) for first, last in found)

    def text(self, start: int, end: int) -> Span | None:
        """The span of the text that comes from source[start:end], from its first character to its last; None where nothing does."""
        first: int | None = None
        last = 0
        for text_at, source_at, size, source_size in self.runs:
            low, high = max(start, source_at), min(end, source_at + source_size)
            if low >= high:
                continue
            exact = size == source_size
            one = (text_at + low - source_at, text_at + high - source_at) if exact else (text_at, text_at + size)
            first, last = one[0] if first is None else min(first, one[0]), max(last, one[1])
        return None if first is None else (first, last)
