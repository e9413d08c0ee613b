"""Junk behind the last sentence of a line, where pages glue it on: calls to the reader, notices of rights, signatures, sources, stamps."""

from __future__ import annotations

import functools
import re

import msgspec

from onrecord.knowledge import schema
from onrecord.records import BlockRole
from onrecord.stages.phrases import SHORT_LINE_CHARS, SPEAKS_TO_READERS, Phrases, opening
from onrecord.stages.stamps import stamp

ARTICLE_BEFORE_CHARS = 40  # of a line before a call to the reader: its words are then article text
CLOSING_CHARS = 420  # of a line's end that a call to the reader may take
SIGNATURE_CHARS = 100  # of a line's end that its author and sources may take
TEASER_CHARS = 160  # of the one headline behind "Read also:"
STAMP_CHARS = 45  # of a date with its agency
STAMP_STRANGERS = 2  # words of the agency
AFTER_STOP = re.compile(r"[.!?…][\"»”“’')\]]*\s*(?=[^\W\d_]|[«„“\"👉📢©])")
ENDS = re.compile(r"[.:!…]+")
AFTER_SENTENCE = re.compile(r"[.!?…][\"»”“’')\]]*\s+(?=[^\W_]|/)|(?<=[.!?…])\s*(?=/)")
LAST_WORD = re.compile(r"[^\W\d_]*$")
LONGEST_SHORT = 20  # letters: a longer word before a stop is no abbreviation
LOWER_NEXT = re.compile(r"\s*[^\w\s]?\s*[^\W\d_]")
NAMES = re.compile(r"(?:[A-ZÀ-ÞĄ-ŻА-ЯІЇЄҐ][\w'’.-]*\s){1,4}(?:[A-ZÀ-ÞĄ-ŻА-ЯІЇЄҐ][\w'’-]*|\([^\W\d_]{2,10}\))")
ACRONYM_END = re.compile(r"(?<![^\W\d_])[A-ZÀ-ÞĄ-ŻА-ЯІЇЄҐ]{1,4}$")  # of words cut off, not of a name
SOURCES = re.compile(
    r"(?:[^\W\d_]{2,4}\s?)?/?\s?(?:[A-ZÀ-ÞĄ-ŻА-ЯІЇЄҐ][\w'’.-]*|[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,8})(?:\s?[A-ZÀ-ÞĄ-ŻА-ЯІЇЄҐ][\w'’.-]*){0,3}"
    r"(?:\s?/\s?[\w.-]+(?:\s[A-ZÀ-ÞĄ-ŻА-ЯІЇЄҐ][\w'’.-]*){0,3})*\s?/?\.?"
)


class Tail(msgspec.Struct, frozen=True):
    """Where the junk stands, what it is, and by which rule; article text may follow it."""

    start: int
    end: int
    role: BlockRole
    rule: str


def tail(text: str, low: str, start: int, end: int, phrases: Phrases, code: str) -> Tail | None:
    """The first junk that follows article text on its line; None where there is none."""
    inline = [(at, words, role) for words, role in phrases.inline if (at := low.find(words, start, end)) >= 0]
    if inline:
        at, words, role = min(inline)
        return Tail(at, end, role, f"inline:{words}")
    for words, role in phrases.sentence:
        if (alone := _sentence(low, start, end, words)) is not None:
            stop = ENDS.match(low, alone + len(words), end)
            return Tail(alone, stop.end() if stop else alone + len(words), role, f"sentence:{words}")
    for words, role in phrases.anywhere:
        if role in (*SPEAKS_TO_READERS, "footer") and (call := call_start(low, start, end, words)) is not None:
            return Tail(call, end, role, f"closing:{words}")
    for match in AFTER_STOP.finditer(low, start, end):
        if (closing := _closing(text, low, match.end(), end, phrases)) is not None:
            return closing
    return _signed(text, low, start, end, code)


def call_start(low: str, start: int, end: int, words: str) -> int | None:
    """Where the last sentences of a line begin that hold a call to the reader, if article text stands before them."""
    at = low.find(words, max(start, end - CLOSING_CHARS), end)
    if at < 0:
        return None
    stops = [match.end() for match in AFTER_STOP.finditer(low, max(start, at - SHORT_LINE_CHARS), at + 1)]
    return stops[-1] if stops and stops[-1] - start >= ARTICLE_BEFORE_CHARS else None


def _sentence(low: str, start: int, end: int, words: str) -> int | None:
    """Where a phrase stands that is a sentence of its own."""
    at = low.find(words, start, end)
    while at >= 0:
        before = low[start:at].rstrip()[-1:]
        if (not before or not before.isalnum()) and not low[at + len(words) : at + len(words) + 1].isalnum() and before not in tuple(",;:"):
            return at
        at = low.find(words, at + 1, end)
    return None


def _closing(text: str, low: str, at: int, end: int, phrases: Phrases) -> Tail | None:
    """The junk that the sentence at `at` opens by its words."""
    if end - at <= CLOSING_CHARS and _is_button_bar(low, at, end, phrases):
        return Tail(at, end, "navigation", "button-bar")
    opened = opening(text, low, at, end, phrases)
    if opened is None:
        return None
    words, role = opened
    after = low.find(words, at) + len(words)
    named = words.endswith(":") or low[after : after + 2].lstrip().startswith(":")
    strong = " " in words if role == "navigation" else " " in words or words.endswith(":")
    if role in SPEAKS_TO_READERS and strong and end - at <= CLOSING_CHARS:
        return Tail(at, end, role, f"closing:{words}")
    if role == "credit" and " " in words and end - at <= STAMP_CHARS:
        return Tail(at, end, role, f"closing:{words}")
    if role in ("credit", "teaser", "caption", "byline") and named and end - at <= (TEASER_CHARS if role == "teaser" else SHORT_LINE_CHARS):
        return Tail(at, end, role, f"closing:{words}")
    return None


def _is_button_bar(low: str, at: int, end: int, phrases: Phrases) -> bool:
    """Whether words of buttons stand side by side: "Share Email Tweet", among them at least two that are lines of their own elsewhere."""
    words = low[at : min(end, at + 60)].split()[:3]
    return bool(words) and phrases.whole.get(words[0]) == "navigation" and any(phrases.whole.get(word) == "navigation" for word in words[1:])


def _signed(text: str, low: str, start: int, end: int, code: str) -> Tail | None:
    """Who wrote a paragraph, from where and after whom, or when, behind its last sentence: "… in May. Ann Pell", "… in May. jk/ABC".

    A line that the next one goes on from in small letters is a sentence cut in two, and its last words are no signature.
    """
    following = LOWER_NEXT.match(text, end)
    if following is not None and following.group()[-1].islower():
        return None
    after = max(start + ARTICLE_BEFORE_CHARS, end - SIGNATURE_CHARS)
    for match in AFTER_SENTENCE.finditer(text, after, end):
        word = LAST_WORD.search(text[max(after, match.start() - LONGEST_SHORT) : match.start()])[0].lower()  # type: ignore[index]
        at = after = match.end()
        if len(word) == 1 or word in _abbreviations(code):
            continue
        rest = text[at:end]
        seen = stamp(text, low, at, end, code) if len(rest) <= STAMP_CHARS and rest[-1:] not in ".!?…" else None
        if seen is not None and seen.value is not None and seen.strange <= STAMP_STRANGERS:
            return Tail(at, end, "date", "closing-stamp")
        if "/" in rest and SOURCES.fullmatch(rest):
            return Tail(at, end, "credit", "closing-sources")
        if NAMES.fullmatch(rest) and not ACRONYM_END.search(rest):
            return Tail(at, end, "byline", "closing-names")
    return None


@functools.cache
def _abbreviations(code: str) -> frozenset[str]:
    """Words before a stop that ends no sentence: their last part, where they have more."""
    orthography = schema.writing(code).orthography
    return frozenset(word.lower().rpartition(".")[2] for word in orthography.abbreviations if word not in orthography.abbreviations_may_end)
