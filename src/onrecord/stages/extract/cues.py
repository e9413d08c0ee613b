"""Where something may be said: cues in a sentence, and whether they are real, denied, or of one who only passes on."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.knowledge.lexicon import Lexicon
from onrecord.knowledge.schema import Cue, Form
from onrecord.tokens import Words

REACH_NEGATION = 3  # words before a cue in which a negation or a modal makes it unreal


class Hit(NamedTuple):
    """A cue: tokens from `first` up to, not including, `last`."""

    first: int
    last: int
    cue: Cue
    form: Form


def find_cues(words: Words, first: int, last: int, hidden: list[tuple[int, int]], lex: Lexicon) -> list[Hit]:
    """Cues in the tokens first to last that stand outside the `hidden` token ranges and are said in earnest."""
    hits: list[Hit] = []
    i = first
    hide = iter(hidden)
    current = next(hide, None)
    while i < last:
        while current is not None and i >= current[1]:
            current = next(hide, None)
        if current is not None and i >= current[0]:
            i = current[1]
            continue
        found = lex.cues.at(words.folds, i, last)
        if found is not None:
            after, (cue, form) = found
            denied = lex.speech.nouns_capital and after < last and words.folds[after] in lex.not_ and not (after + 1 < last and words.folds[after + 1] == "nur")
            if cue.frame in ("source", "back") or not (denied or _unreal(words, i, first, lex)):
                hits.append(Hit(i, after, cue, form))
            i = after
            continue
        i += 1
    return hits


def _unreal(words: Words, i: int, first: int, lex: Lexicon) -> bool:
    """Whether the cue is denied or only thinkable: a negation or a modal stands right before it."""
    k = i - 1
    steps = 0
    while k >= first and steps < REACH_NEGATION:
        fold = words.folds[k]
        if not words.is_word(k):
            return False
        if fold in lex.not_ or fold in lex.hypothetical or fold.endswith("n't"):
            return True
        if not (fold in lex.auxiliaries or fold in lex.adverbs):
            return False
        k -= 1
        steps += 1
    return _in_condition(words, i, first, lex)


def _in_condition(words: Words, i: int, first: int, lex: Lexicon) -> bool:
    """Whether the cue's clause opens with a word that makes it a condition: "Якби мер сказав, що …"."""
    k = i - 1
    while k >= first and words.folds[k] not in (",", ";", ":", "–", "—"):
        k -= 1
    return k + 1 < i and words.folds[k + 1] in lex.hypothetical and words.folds[k + 1] in lex.subordinate
