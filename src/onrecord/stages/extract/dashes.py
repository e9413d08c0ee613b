"""Speech opened by a dash and without quotation marks: "– Это начало, – сказал Галан. – Дальше будет труднее. Ждём."

A sentence that opens with a dash opens a run of speech. A cue behind a second dash makes all of the run up to it that statement's content,
however many sentences it has; a run that opens behind the cue's sentence, in the same paragraph, goes on with the same statement.
"""

from __future__ import annotations

import bisect

import msgspec

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import Article, Quotation, Sentence, Span
from onrecord.stages.extract.scene import DASHES
from onrecord.tokens import Words

FRAMED = ("/clause-cue-speaker", "/clause-cue-clause", "/clause-cue-speaker/thought", "/clause-cue-clause/thought")


def join_dashed(article: Article, sentences: tuple[Sentence, ...], told: list[Quotation], words: Words, lex: Lexicon) -> list[Quotation]:
    """The quotations, those of dashed speech with all their sentences and marked as direct."""
    made = list(told)
    firsts = [q.content[0][0] for q in told]
    starts = [b.start for b in article.blocks]
    block, current, opened, reached = -1, -1, -1, -1
    for sentence in sentences:
        here = bisect.bisect_right(starts, sentence.start) - 1
        first, last = words.range(sentence.start, sentence.end)
        if last <= first:
            continue
        dashed = words.folds[first] in DASHES and last - first > 1
        if here != block or dashed:
            _close(made, current, opened, reached, words)
            opened = -1
        if here != block:
            block, current = here, -1
        if dashed:
            opened = first
        index = _framed(told, firsts, sentence, words, first)
        if index is not None and opened >= 0 and not _quoted(words, opened):
            quotation = made[index]
            content = ((words.starts[opened + 1], quotation.content[0][1]), *quotation.content[1:])
            made[index] = msgspec.structs.replace(quotation, content=content, kind="direct", quoted=content)
            resumed = "/clause-cue-clause" in quotation.rule and words.folds[words.at(quotation.content[-1][0]) - 1] in DASHES
            current, opened = index, last - 1 if resumed else -1  # "– Тяжело, – сказал Галан, – но идём. Ждём."
        elif current >= 0 and opened >= 0 and not dashed and _tells(told, firsts, sentence):
            _close(made, current, opened, reached, words)
            opened = -1
        elif dashed and index is None and _has_own_cue(words, first, last, lex):
            current, opened = -1, -1  # too short to be told by itself, and nobody else's: "– Tak – odparł Galan."
        reached = last
    _close(made, current, opened, reached, words)
    return made


def _tells(told: list[Quotation], firsts: list[int], sentence: Sentence) -> bool:
    """Whether a cue in the sentence tells something: the reporter speaks again."""
    within = range(bisect.bisect_left(firsts, sentence.start), bisect.bisect_left(firsts, sentence.end))
    return any(told[k].cue is not None for k in within)


def _has_own_cue(words: Words, first: int, last: int, lex: Lexicon) -> bool:
    return any(words.folds[k] in DASHES and lex.cues.opens(words.folds, k + 1, last) for k in range(first + 1, last - 1))


def _framed(told: list[Quotation], firsts: list[int], sentence: Sentence, words: Words, first: int) -> int | None:
    """The quotation whose content opens the sentence and is followed by a dash and its cue."""
    for index in range(bisect.bisect_left(firsts, sentence.start), bisect.bisect_left(firsts, sentence.end)):
        quotation = told[index]
        if quotation.cue is None or not quotation.rule.endswith(FRAMED):
            continue
        begin = words.at(quotation.content[0][0])
        mark = words.at(quotation.content[0][1])
        between = range(mark, words.at(quotation.cue[0]))
        if begin - first <= 2 and any(words.folds[k] in DASHES for k in between):
            return index
    return None


def _quoted(words: Words, opened: int) -> bool:
    return words.folds[opened + 1] in '«„“"'


def _close(made: list[Quotation], current: int, opened: int, reached: int, words: Words) -> None:
    """A run that no cue of its own closed goes on with the statement before it."""
    if current < 0 or opened < 0 or _quoted(words, opened):
        return
    first, last = opened + 1, reached
    while last > first and not words.is_word(last - 1) and words.folds[last - 1] not in ')]»“”"%':
        last -= 1
    if last > first:
        quotation = made[current]
        span: Span = words.span(first, last)
        told = quotation.content
        apart = any(words.is_word(k) for k in range(*words.range(told[-1][1], span[0])))
        content = (*told, span) if apart else (*told[:-1], (told[-1][0], span[1]))
        made[current] = msgspec.structs.replace(quotation, content=content, kind="direct", quoted=content)
