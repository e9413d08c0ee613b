"""The phrases of junk.csv, made ready to look up: what role a line, or a place in a line, has by its words."""

from __future__ import annotations

import functools
import re
from typing import get_args

import msgspec

from onrecord.knowledge import schema
from onrecord.records import BlockRole
from onrecord.stages.dates import folded

FIRST_WORD = re.compile(r"[^\W\d_]+")
SHORT_LINE_CHARS = 260  # a longer line holds article text: a phrase somewhere in it says nothing about all of it
TEASER_LINE_CHARS = 330
WHOLE_LINE_CHARS = 90
QUOTATION = "«„“”\"'‘"
BYLINE_CHARS = 110
SPEAKS_TO_READERS: frozenset[str] = frozenset({"subscribe", "comment", "navigation"})  # their phrases may open a sentence in a line


class Phrases(msgspec.Struct, frozen=True):
    """Phrases of a language by where they must stand; `start` by first word, longest first."""

    start: dict[str, tuple[tuple[str, BlockRole], ...]]
    whole: dict[str, BlockRole]
    listed: dict[str, BlockRole]
    rest: dict[str, BlockRole]
    end: tuple[tuple[str, BlockRole], ...]
    anywhere: tuple[tuple[str, BlockRole], ...]
    inline: tuple[tuple[str, BlockRole], ...]
    sentence: tuple[tuple[str, BlockRole], ...]


@functools.cache
def phrases_of(code: str) -> Phrases:
    """The phrases of a language, read once."""
    by: dict[str, dict[str, BlockRole]] = {place: {} for place in get_args(schema.PhrasePlace)}
    for phrase in schema.junk(code):
        by[phrase.at][folded(phrase.phrase)] = phrase.role  # type: ignore[assignment]
    start: dict[str, list[tuple[str, BlockRole]]] = {}
    for words, role in by["start"].items():
        bare = words.lstrip("([¿¡-«\"'—– ")
        first = FIRST_WORD.match(bare)
        start.setdefault(first.group() if first else bare[:1], []).append((bare, role))
    return Phrases(
        start={word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in start.items()},
        whole={_bare(words): role for words, role in by["whole"].items()},
        listed={_bare(words): role for words, role in by["list"].items()},
        rest={_bare(words): role for words, role in by["rest"].items()},
        end=tuple(by["end"].items()),
        anywhere=tuple(by["anywhere"].items()),
        inline=tuple(by["inline"].items()),
        sentence=tuple(by["sentence"].items()),
    )


EDGES = " \t.:;,!?…|/\\-–—→←›»«‹>()[]{}\"'“”„•·*#+▶►▼▲✔✅👉👇🔔📌📢❗⚡➡️\u200b\u200e\u200f\ufeff0123456789"


def _bare(words: str) -> str:
    return words.strip(EDGES)


def opening(text: str, low: str, at: int, end: int, phrases: Phrases) -> tuple[str, BlockRole] | None:
    """The phrase that stands at the first word of low[at:end], and its role; decorations before it are passed over.

    Numbers are passed over too where they count something ("47 comments"). A phrase may be glued to a capital ("advertisementBridge").
    """
    first = FIRST_WORD.search(low, at, min(end, at + 24))
    if first is None:
        return None
    counted = reply = False
    if passed := set(low[at : first.start()]):
        if not passed.isdisjoint(QUOTATION):
            return None  # somebody says it
        counted = any(map(str.isdigit, passed))
        reply = not passed.isdisjoint("–—-")
    for words, role in phrases.start.get(first.group(), ()) or _glued(text, low, first, phrases):
        if (counted and role not in SPEAKS_TO_READERS) or (reply and role in ("subscribe", "ad")):
            continue
        if low.startswith(words, first.start()):
            after = first.start() + len(words)
            bounded = not words[-1].isalnum() or not low[after : after + 1].isalnum()
            if bounded or " " in words.strip() or text[after : after + 1].isupper():
                return words, role
    return None


def _glued(text: str, low: str, first: re.Match[str], phrases: Phrases) -> tuple[tuple[str, BlockRole], ...]:
    """Phrases of the small-letter head of a word that goes on with a capital."""
    for at in range(first.start() + 3, first.end()):
        if text[at].isupper() and text[at - 1].islower():
            return phrases.start.get(low[first.start() : at], ()) or tuple(
                (word, role) for word, role in phrases.whole.items() if word == low[first.start() : at]
            )
    return ()


def whole_line(line: str, phrases: Phrases) -> tuple[BlockRole, str] | None:
    """The role of a line that is one phrase and nothing else but marks and numbers, and how far the junk goes: "rest", "list" or ""."""
    if len(line) > WHOLE_LINE_CHARS:
        return None
    bare = _bare(line)
    for spreads, table in (("rest", phrases.rest), ("list", phrases.listed), ("", phrases.whole)):
        if (role := table.get(bare)) is not None:
            return role, spreads
    return None
