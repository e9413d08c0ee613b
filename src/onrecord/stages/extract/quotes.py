"""Pairs of quotation marks: which opening mark is closed by which closing one, whatever kinds a page mixes.

Marks are paired inside a block; a mark that is never closed is dropped, unless the next paragraph opens with a mark again, which is how
quotations over several paragraphs are printed, or the one before was left open and this one opens with a mark. Only outermost pairs are kept.
A single mark opens behind a blank and closes behind a word or its punctuation; behind an s, unless another one closes later, for that is an
owner: 'the players' bus is late'.
"""

from __future__ import annotations

import re

from onrecord.records import ARTICLE_ROLES, Block, Span

MARK = re.compile("[«»„“”\"‹›]|''")
GUILLEMET = re.compile("[«»]")
WALL, WALL_CHARS = 0.4, 200  # share of a block's characters that are marks, and its length, from which it is a wall of them and nothing is quoted
# the mark itself first: it is rare
SINGLE = re.compile(r"['‘‚](?<![\w.,!?…%)'’].)(?=[\w\"“‘£$€…¿¡])(?!\d0s\b)|['’‘](?<=[\w.,!?…%)\"”].)(?!\w)", re.DOTALL)
WORD = re.compile(r"\w+")
OWNER = re.compile(r"s['’] [a-z]")
ALWAYS_OPEN = frozenset("«„‹")
ALWAYS_CLOSE = frozenset("»”›")
OPENERS = frozenset((*ALWAYS_OPEN, "“", '"'))  # of a paragraph
CLOSERS = frozenset((*ALWAYS_CLOSE, "“", '"'))
SINGLE_OPENERS = frozenset("'‘‚")
PARAGRAPHS = ARTICLE_ROLES - {"headline", "subhead"}


def pair_quotes(text: str, blocks: tuple[Block, ...], clipped: frozenset[str] = frozenset()) -> list[Span]:
    """Outermost quotations as spans from the opening mark to after the closing one, in order; no single mark opens before a `clipped` word: "'til"."""
    pairs: list[Span] = []
    firsts = [text[b.start : b.start + 1] if b.role in PARAGRAPHS else "" for b in blocks]  # how each paragraph begins
    after = [""] * len(blocks)  # how the one behind begins
    for index in range(len(blocks) - 1, 0, -1):
        after[index - 1] = firsts[index] or after[index]
    opened = False  # whether the one before was left open
    for block, first, following in zip(blocks, firsts, after, strict=True):
        double = _in_block(text, block.start, block.end, runs_on=following in OPENERS or (opened and first in OPENERS))
        single = _singles(text, block.start, block.end, clipped, runs_on=following in SINGLE_OPENERS)
        pairs += _outermost(sorted([*double, *(s for s in single if not any(s[0] < a < s[1] < b or a < s[0] < b < s[1] for a, b in double))]))
        if first:
            opened = bool(double) and double[-1][1] == block.end and text[block.end - 1] not in CLOSERS
    return pairs


def _in_block(text: str, start: int, end: int, *, runs_on: bool) -> list[Span]:
    pairs: list[Span] = []
    if MARK.search(text, start, end) is None:
        return pairs
    if end - start > WALL_CHARS and sum(text.count(mark, start, end) for mark in "«»„“”\"‹›‘’'") > WALL * (end - start):
        return pairs
    stack: list[tuple[str, int]] = []
    inverted = _inverted(text, start, end)
    for match in MARK.finditer(text, start, end):
        mark, at = match[0], match.start()
        if _opens(text, mark, at, match.end(), start, end, stack, inverted):
            stack.append((mark, at))
        elif stack:
            _, opened = stack.pop()
            pairs.append((opened, match.end()))
    if stack and pairs:
        closing = next((b for a, b in sorted(pairs) if a > stack[0][1] and (b >= end or text[b] in ",.!?")), None)
        if closing is not None:
            return _outermost(sorted([*pairs, (stack[0][1], closing)]))
    if stack and runs_on:
        pairs.append((stack[0][1], end))
    return _outermost(sorted(pairs))


def _singles(text: str, start: int, end: int, clipped: frozenset[str], *, runs_on: bool) -> list[Span]:
    """The outermost quotations between single marks."""
    pairs: list[Span] = []
    marks = [m.start() for m in SINGLE.finditer(text, start, end)]
    if not marks:
        return pairs
    opens = [at == start or not (text[at - 1].isalnum() or text[at - 1] in '.,!?…%)"”') for at in marks]
    if clipped:
        marks, opens = _less_clipped(text, marks, opens, clipped)
    opened: list[int] = []
    for k, at in enumerate(marks):
        if opens[k]:
            opened.append(at)
        elif opened and not (OWNER.match(text, at - 1) and k + 1 < len(marks) and not opens[k + 1]):
            pairs.append((opened.pop(), at + 1))
    return [*pairs, (opened[0], end)] if opened and runs_on else pairs


def _less_clipped(text: str, marks: list[int], opens: list[bool], clipped: frozenset[str]) -> tuple[list[int], list[bool]]:
    """The marks without those that stand for the letters before a clipped word: "'til", "'em"."""
    kept = [k for k, at in enumerate(marks) if not (opens[k] and (word := WORD.match(text, at + 1)) and word[0].lower() in clipped)]
    return [marks[k] for k in kept], [opens[k] for k in kept]


def _inverted(text: str, start: int, end: int) -> bool:
    """Whether the block writes »so« with guillemets that point inwards."""
    first = GUILLEMET.search(text, start, end)
    return first is not None and first[0] == "»"


def _opens(text: str, mark: str, at: int, after: int, start: int, end: int, stack: list[tuple[str, int]], inverted: bool) -> bool:
    if mark in "«»":
        return (mark == "»") == inverted if inverted else mark == "«"
    if mark in ALWAYS_OPEN:
        return True
    if mark in ALWAYS_CLOSE:
        return mark == "”" and not stack and after < end and text[after].isalnum() and (at == start or text[at - 1].isspace())
    before_blank = at == start or text[at - 1].isspace() or text[at - 1] in "([–—-:"
    after_word = after < end and not text[after].isspace() and (text[after].isalnum() or text[after] in '«„“"…[(‘¿¡')
    if mark == "“" and stack and stack[-1][0] == "«":
        return before_blank and after_word
    if mark == "“":
        return not (stack and stack[-1][0] == "„") and after_word and not (stack and not before_blank) if stack else after_word or before_blank
    if before_blank and after_word:
        return not (stack and stack[-1][0] == mark and at > start and text[at - 1] in "–—-:")
    if stack:
        return False
    return after_word  # glued to the word before: "…Ройтерс."Очаквам"


def _outermost(pairs: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for pair in pairs:
        if not kept or pair[0] >= kept[-1][1]:
            kept.append(pair)
    return kept
