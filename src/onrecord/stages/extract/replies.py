"""Blocks that are said as a whole: replies of an interview, lines under a speaker's name, points of a list of theses.

They are told by the layout of the page: questions and replies take turns, lines open with a dash or a name and a colon, points follow a line that
ends with a colon and names who speaks.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import ARTICLE_ROLES, Article, Block, Span
from onrecord.tokens import Words

FEWEST_QUESTIONS = 2  # with a reply each, that make an article an interview
FEWEST_REPLY_WORDS = 3
OPENER = re.compile(r"(?:[-–—•*·▪●◾✅❗️👉☑✔]|\(?\d{1,2}[.)])\s*")
LABEL = re.compile(r"(?:\*\*)?([^\W\d_][\w.'’ -]{0,40}?)(?:\*\*)?:(?:\*\*)?\s+")


class Reply(NamedTuple):
    """A block of speech: all of it, what of it is content, who its label names, and whether it only asks."""

    span: Span
    content: Span
    rule: str
    speaker: Span | None = None
    question: bool = False


def find_replies(article: Article, words: Words, lex: Lexicon) -> list[Reply]:
    """Blocks that are speech as a whole, in order."""
    blocks = [b for b in article.blocks if b.role in ARTICLE_ROLES and b.role != "headline"]
    return _interview(article.text, blocks) or _theses(article.text, blocks, words, lex)


def _text(text: str, block: Block) -> str:
    return text[block.start : block.end]


def _interview(text: str, blocks: list[Block]) -> list[Reply]:
    """Questions are blocks that end with a question mark; the blocks up to the next question reply to them."""
    asks = [_text(text, b).rstrip(' *»”"').endswith("?") and _text(text, b).lstrip()[:1] not in '«„“"' for b in blocks]
    replies: list[Reply] = []
    turns = sum(asks[k] and not asks[k + 1] for k in range(len(blocks) - 1))
    if turns < FEWEST_QUESTIONS:
        return []
    first = asks.index(True)
    dashed = sum(bool(OPENER.match(_text(text, b))) for b in blocks[first:])
    labelled = sum(bool(LABEL.match(_text(text, b))) for b in blocks[first:])
    body = blocks[first:]
    if turns * 2 < len(body) * 0.5:
        return []
    for block, asked in zip(body, asks[first:], strict=True):
        inner = _text(text, block)
        opener = OPENER.match(inner)
        label = LABEL.match(inner)
        start = block.start + (opener.end() if opener else label.end() if label and labelled > 2 else 0)
        named = label is not None and label.end(1) - label.start(1) > 2  # "R:" names nobody
        speaker = (block.start + label.start(1), block.start + label.end(1)) if label and named and labelled > 2 and not opener else None
        if len(text[start : block.end].split()) >= (1 if asked else FEWEST_REPLY_WORDS) or asked:
            replies.append(Reply((block.start, block.end), (start, block.end), "interview-reply", speaker, asked))
    return replies if dashed or labelled or turns >= FEWEST_QUESTIONS else []


def _theses(text: str, blocks: list[Block], words: Words, lex: Lexicon) -> list[Reply]:
    """Points behind a line that ends with a colon in which somebody speaks or that names theses."""
    replies: list[Reply] = []
    opened = False
    for block in blocks:
        inner = _text(text, block)
        opener = OPENER.match(inner)
        if opened and (opener or block.role == "list"):
            start = block.start + (opener.end() if opener else 0)
            end = block.start + len(inner.rstrip(" ;.,"))
            if end > start:
                replies.append(Reply((block.start, block.end), (start, end), "thesis"))
            continue
        opened = inner.rstrip().endswith(":") and _speaks(words, block, lex)
    return replies if len(replies) > 1 else []


def _speaks(words: Words, block: Block, lex: Lexicon) -> bool:
    first, last = words.range(block.start, block.end)
    stems = lex.speech.theses
    return any(lex.cues.opens(words.folds, k, last) or (stems and words.folds[k].startswith(stems)) for k in range(first, last))
