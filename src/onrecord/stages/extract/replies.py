"""Blocks that are said as a whole: replies of an interview, lines under a speaker's name, points of a list of theses.

They are told by the layout of the page: questions and replies take turns, lines open with a dash or a name and a colon, points follow a line that
ends with a colon and names who speaks.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import ARTICLE_ROLES, Article, Block, Span
from onrecord.stages.extract.cues import find_cues
from onrecord.tokens import Words

FEWEST_QUESTIONS = 2  # with a reply each, that make an article an interview
FEWEST_REPLY_WORDS = 3
FEWEST_OWN = 4  # one reply in so many in which somebody speaks of himself
HEADED = 0.6  # of the subheads that are questions, from which they are those of an interview
LONGEST_TOPIC = 4  # words of a subhead that is no question: "Sources"
SHORTEST_OPENER = 5  # tokens of a line, colon included, in which who writes opens what he wants
FEWEST_TURNS = 4  # labelled lines of a dialogue
TURN = re.compile(r"[^\W\d_]{1,2}[.:]\s")  # "R. Yes."
BOLD = "**"  # around a question in plain text
STOPS = (".", "!", "?", "…")
QUOTES = tuple('«„“"')
WORD = re.compile(r"\w+")
OPENER = re.compile(r"(?:[-–—•*·▪●◾✅❗️👉☑✔]|\(?\d{1,2}[.)])\s*")
LABEL = re.compile(r"(?:\*\*)?([^\W\d_][\w.'’ -]{0,40}?)(?:\*\*)?:(?:\*\*)?\s+")


class Reply(NamedTuple):
    """A block of speech: all of it, what of it is content, who its label names, and whether it only asks."""

    span: Span
    content: Span
    rule: str
    speaker: Span | None = None
    question: bool = False


def find_replies(
    article: Article, words: Words, lex: Lexicon, quotes: Sequence[tuple[int, int]] = (), named: Collection[int] = ()
) -> list[Reply]:
    """Blocks that are speech as a whole, in order; `quotes` are the token ranges in quotation marks, `named` the tokens with which mentions begin."""
    blocks = [b for b in article.blocks if b.role in ARTICLE_ROLES and b.role != "headline"]
    interview = _interview(article.text, blocks, lex)
    own = [r.speaker is not None or _own(r, words, lex, quotes) for r in interview if not r.question] if lex.first_person else []
    if sum(own) * FEWEST_OWN < len(own) and not _asks_you([article.text[slice(*r.span)] for r in interview if r.question], lex):
        interview = []  # the outlet answers its own questions, or tells riddles: nobody there speaks of himself
    return _dialogue(article.text, blocks) or interview or _theses(article.text, blocks, words, lex, named)


def _own(reply: Reply, words: Words, lex: Lexicon, quotes: Sequence[tuple[int, int]]) -> bool:
    """Whether somebody speaks of himself in a reply, outside of quotation marks."""
    low, high = words.range(*reply.content)
    own = (k for k in range(low, high) if words.folds[k] in lex.first_person or words.folds[k].endswith(lex.first_person_endings or ("\n",)))
    return any(quotes[at - 1][1] <= k if (at := bisect.bisect(quotes, (k, len(words.folds)))) else True for k in own)


def _text(text: str, block: Block) -> str:
    return text[block.start : block.end]


def _interview(text: str, blocks: list[Block], lex: Lexicon) -> list[Reply]:
    """Questions are blocks that end with a question mark, or the subheads where most of them ask "you"; the blocks up to the next reply to them."""
    asks = [_asks(text, b) and _text(text, b).lstrip()[:1] not in '«„“"' for b in blocks]
    replies: list[Reply] = []
    bold = sum(a and _text(text, b).startswith(BOLD) for a, b in zip(asks, blocks, strict=True)) >= FEWEST_QUESTIONS
    asks = [a or (bold and _text(text, b).startswith(BOLD) and _text(text, b).rstrip().endswith(BOLD)) for a, b in zip(asks, blocks, strict=True)]
    headed = _headed(text, blocks, asks, lex)
    if headed:  # one that only states leads to a reply too
        asks = [b.role == "subhead" and (a or len(_text(text, b).split()) > LONGEST_TOPIC) for a, b in zip(asks, blocks, strict=True)]
    turns = sum(asks[k] and not asks[k + 1] for k in range(len(blocks) - 1))
    if turns < FEWEST_QUESTIONS:
        return []
    first = asks.index(True)
    labelled = sum(bool(LABEL.match(_text(text, b))) for b in blocks[first:])
    body = blocks[first:]
    if not headed and turns * 2 < len(body) * 0.5:
        return []
    for block, asked in zip(body, asks[first:], strict=True):
        if headed and not asked and block.role in ("subhead", "list"):
            continue
        inner = _text(text, block)
        opener = OPENER.match(inner)
        label = LABEL.match(inner)
        called = label is not None and label.group(1).split()[-1][:1].isupper()  # "Tell him one thing:" is no label
        label = label if called else None
        start = block.start + (opener.end() if opener else label.end() if label and labelled > 2 else 0)
        named = label is not None and label.end(1) - label.start(1) > 2  # "R:" names nobody
        speaker = (block.start + label.start(1), block.start + label.end(1)) if label and named and labelled > 2 and not opener else None
        last = replies[-1] if replies else None
        plain = not (asked or speaker or opener or TURN.match(inner))
        if plain and last is not None and not last.question and not text[last.span[1] : block.start].strip():
            replies[-1] = last._replace(span=(last.span[0], block.end), content=(last.content[0], block.end))  # a reply of several paragraphs
        elif len(text[start : block.end].split()) >= (1 if asked else FEWEST_REPLY_WORDS) or asked:
            replies.append(Reply((block.start, block.end), (start, block.end), "interview-reply", speaker, asked))
    return replies


def _headed(text: str, blocks: list[Block], asks: list[bool], lex: Lexicon) -> bool:
    """Whether most subheads ask, and some of them somebody who is there: "Pourquoi partez-vous ?"; a list of answers asks nobody."""
    heads = [_text(text, b) for b, a in zip(blocks, asks, strict=True) if b.role == "subhead" and a]
    return _asks_you(heads, lex) and len(heads) > HEADED * sum(b.role == "subhead" for b in blocks)


def _asks_you(questions: list[str], lex: Lexicon) -> bool:
    """Whether some questions are put to somebody: "Pourquoi partez-vous ?"."""
    return sum(any(word in lex.speech.second_person for word in WORD.findall(question.lower())) for question in questions) >= FEWEST_QUESTIONS


def _dialogue(text: str, blocks: list[Block]) -> list[Reply]:
    """Lines of two or more labels that return, "GV: …", "SPL: …": who asks most only asks, where anybody does; a line without a label goes on."""
    labels = [LABEL.match(_text(text, b)) for b in blocks]
    lines = Counter(_called(m) for m in labels if m)
    turns = [k for k, m in enumerate(labels) if m and lines[_called(m)] > 1]
    speaking = {_called(m) for m in labels if m and lines[_called(m)] > 1}
    if len(speaking) < 2 or len(turns) < FEWEST_TURNS or len(turns) < 0.5 * (turns[-1] - turns[0] + 1):
        return []
    lines_said = [_content(text, blocks[k], labels[k]) for k in turns]
    if any(said[:1] in QUOTES for said in lines_said):
        return []  # marks show what is said
    if sum(said.rstrip(' *)»”"').endswith(STOPS) for said in lines_said) * 2 < len(lines_said):
        return []  # a table: "Final: Court 1, 3 p.m."
    asks = Counter(_called(m) for k, m in enumerate(labels) if m and k in turns and _asks(text, blocks[k]))
    asking = max(asks, key=lambda label: asks[label]) if asks else ""
    replies: list[Reply] = []
    first = next(k for k, m in enumerate(labels) if m and (k == turns[0] or _short(m, speaking) in speaking))
    called, speaker = "", None
    for k in range(first, turns[-1] + 1):
        label = labels[k]
        opens = label if label and _short(label, speaking) in speaking else None
        if opens:
            called = _short(opens, speaking)
            speaker = (blocks[k].start + opens.start(1), blocks[k].start + opens.end(1))
        start = blocks[k].end - len(_content(text, blocks[k], opens))
        replies.append(Reply((blocks[k].start, blocks[k].end), (start, blocks[k].end), "interview-reply", speaker, called == asking))
    return replies


def _called(label: re.Match[str]) -> str:
    return label.group(1).strip().upper()


def _short(label: re.Match[str], speaking: set[str]) -> str:
    """The label that returns for a fuller one: "GV" or "VANDELOO" for "Greta Vandeloo"."""
    called = _called(label)
    parts = called.split()
    return next((s for s in (called, parts[-1], "".join(p[0] for p in re.findall(r"\w+", called)), parts[0]) if s in speaking), called)


def _content(text: str, block: Block, label: re.Match[str] | None) -> str:
    return _text(text, block)[label.end() if label else 0 :]


def _asks(text: str, block: Block) -> bool:
    return _text(text, block).rstrip(' *»”"').endswith("?")


def _theses(text: str, blocks: list[Block], words: Words, lex: Lexicon, named: Collection[int]) -> list[Reply]:
    """Points behind a line that ends with a colon in which somebody speaks or that names whose theses they are."""
    replies: list[Reply] = []
    opened: Span | None = None
    for block in blocks:
        inner = _text(text, block)
        opener = OPENER.match(inner)
        if opened and (opener or block.role == "list"):
            start = block.start + (opener.end() if opener else 0)
            end = block.start + len(inner.rstrip(" ;.,"))
            if end > start:
                replies.append(Reply((block.start, block.end), (start, end), "thesis", opened))
            continue
        opened = (block.start, block.end) if inner.rstrip().endswith(":") and _speaks(words, block, lex, named) else None
    return replies if len(replies) > 1 else []


def _speaks(words: Words, block: Block, lex: Lexicon, named: Collection[int]) -> bool:
    """Whether a line names somebody, and has a verb of saying or a noun of theses; or is little more than what we say: "Wir fordern:"."""
    first, last = words.range(block.start, block.end)
    first = next((k + 1 for k in range(last - 2, first, -1) if words.folds[k] in ".!?" and words.capital(k + 1)), first)  # its last sentence
    stems = lex.speech.theses
    if last - first <= SHORTEST_OPENER and any(words.folds[k] in lex.first_person for k in range(first, last)):
        return any(lex.cues.opens(words.folds, k, last) for k in range(first, last))
    if not any(k in named for k in range(first, last)):
        return False
    verbs = (h.cue for h in find_cues(words, first, last, [], lex) if h.cue.frame == "verb" and h.cue.strength != "think")
    return any({"that", "np"} & set(cue.takes) for cue in verbs) or any(bool(stems) and words.folds[k].startswith(stems) for k in range(first, last))
