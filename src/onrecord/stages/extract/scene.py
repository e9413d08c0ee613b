"""A sentence as the frames of reported speech see it, and the small walks over its words that they share.

All positions are token indices, half-open.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from onrecord.knowledge.lexicon import Lexicon
from onrecord.stages.extract.cues import Hit
from onrecord.tokens import Words

Range = tuple[int, int]
DASHES = frozenset("–—-−")
GAP_WORDS = 8  # words of a subject between a quotation and its cue: "…", the minister of foreign affairs of X said
FEWEST_CONTENT_WORDS = 3  # of a clause before its cue: shorter ones are remnants


class Scene(msgspec.Struct, frozen=True):
    """A sentence as frames see it; `quotes` are the outermost quotations that touch it, `hits` its cues; `mention_ends` has all mentions."""

    words: Words
    lex: Lexicon
    first: int
    last: int
    quotes: tuple[Range, ...]
    hits: tuple[Hit, ...]
    mention_ends: dict[int, int]
    conjunctions: dict[int, int | None] = {}  # of the cues for which it was looked for, by their first token: every frame asks


class Draft(NamedTuple):
    """What a frame found: content ranges, the region in which its speaker is to be sought, and whether it has the last cue's subject."""

    content: tuple[Range, ...]
    region: Range
    rule: str
    confidence: float
    shares_subject: bool = False
    looks_back: bool = False


def count_words(scene: Scene, first: int, last: int) -> int:
    """How many of the tokens are words."""
    return sum(map(scene.words.is_word, range(first, last)))


def says_something(scene: Scene, first: int, last: int) -> bool:
    """Whether a stretch says anything: more than adverbs and conjunctions."""
    k = first
    while k < last:
        found = scene.lex.adverbs.at(scene.words.folds, k, last) or scene.lex.and_.at(scene.words.folds, k, last)
        if found:
            k = found[0]
        elif scene.words.is_word(k):
            return True
        else:
            k += 1
    return False


def before_small_words(scene: Scene, p: int, floor: int) -> int:
    """Go left over adverbs and auxiliaries that belong to a cue."""
    while p - 1 > floor:
        fold = scene.words.folds[p - 1]
        if fold in scene.lex.auxiliaries or (fold in scene.lex.adverbs and fold not in scene.lex.and_):
            p -= 1
            continue
        begin = scene.lex.adverbs.before(scene.words.folds, p, floor)
        if begin < p and scene.words.folds[p - 1] not in scene.lex.and_:
            p = begin
            continue
        return p
    return p


def after_circumstances(scene: Scene, k: int, stop: int) -> int:
    """The index after adverbs, and phrases of a preposition, that stand between a cue and what is said."""
    words, lex = scene.words, scene.lex
    while k < stop:
        phrase = lex.adverbs.at(words.folds, k, stop)
        if phrase:
            k = phrase[0]
        elif (words.folds[k] in lex.speech.circumstance_prepositions and (end := mentions_end(scene, k + 1, stop)) > k + 1) or (
            words.folds[k] in lex.speech.setting_prepositions and (end := _plain_phrase(scene, k, stop)) > k
        ):
            k = end
        else:
            return k
    return k


def _plain_phrase(scene: Scene, k: int, stop: int) -> int:
    """The index after "on a call", "in a filing", where a clause follows; `k` where none does."""
    words, lex = scene.words, scene.lex
    if k + 2 >= stop or words.folds[k + 1] not in lex.speech.articles:
        return k
    for end in (k + 3, k + 4):
        if end < stop and all(words.is_word(j) for j in range(k, end)):
            fold = words.folds[end]
            subject = fold in lex.pronouns and lex.pronouns[fold].subject
            if fold in lex.speech.articles or fold in lex.that or subject or words.capital(end):
                return end
    return k


def mentions_end(scene: Scene, k: int, stop: int) -> int:
    """The index after the mentions that begin at `k`, past an article and at most three words before them; `k` where there are none."""
    words, lex = scene.words, scene.lex
    start = k
    while start < stop and start - k < 3 and start not in scene.mention_ends:
        titled = words.folds[start] == "." and words.folds[start - 1] in lex.titles  # "Dr. Ann Holt"
        if not (words.is_word(start) or titled) or words.folds[start] in lex.prepositions or words.folds[start] in lex.auxiliaries:
            return k
        start += 1
    if start >= stop or start not in scene.mention_ends:
        return k
    end = scene.mention_ends[start]
    while end < stop and end in scene.mention_ends and words.folds[end] not in lex.pronouns:
        end = scene.mention_ends[end]
    return min(end, stop)


def apposition_end(scene: Scene, k: int) -> int:
    """The index after an office that, with its article, stands alone up to a mark or the end: "(…,) le secrétaire du conseil,"; `k` where none does."""
    words = scene.words
    at = k + (k < scene.last and words.folds[k] in scene.lex.speech.articles)
    end = scene.mention_ends.get(at, k)
    return end if at < end and not words.capital(at) and (end >= scene.last or not words.is_word(end)) else k


def subject_end(scene: Scene, start: int) -> int:
    """Where the stretch that may hold a subject after the cue ends: at a comma, dash, colon, or the next cue."""
    stop = min([scene.last, *(h.first for h in scene.hits if h.first >= start and (h.cue.frame != "back" or h.first > start))])
    dated = start
    for k in range(start, stop):
        fold = scene.words.folds[k]
        anew = scene.lex.cased and fold in scene.lex.pronouns and scene.words.capital(k) and scene.lex.pronouns[fold].subject
        if k > start and anew:
            return k  # a sentence of its own, behind one that has lost its end: "…, сообщает Он отметил, что"
        if fold in (",", ":", ";", "–", "—") and k > start and k >= dated:
            dated = past_date(scene, k, stop)
            if dated == k:
                return k
    return stop


def past_date(scene: Scene, comma: int, stop: int) -> int:
    """The index behind a date between two commas: "заявил во вторник[, 29 января,] судья"; `comma` where none stands there."""
    words, lex = scene.words, scene.lex
    dated = comma + 2 < stop and words.folds[comma + 1].isdigit() and words.folds[comma + 2] in lex.dating
    closing = next((k for k in range(comma + 3, min(stop, comma + 6)) if words.folds[k] == ","), None)
    return closing + 1 if dated and words.folds[comma] == "," and closing is not None else comma
