"""Who speaks, told inside the quotation marks: « A, explique le maire. B. » is two quoted pieces around an aside.

French closes the marks only behind the last word; the aside stands between commas, or a comma and the stop of a sentence.
"""

from __future__ import annotations

from onrecord.knowledge.lexicon import Lexicon
from onrecord.stages.extract.inquits import past_inverted
from onrecord.stages.extract.scene import DASHES
from onrecord.tokens import Words

Range = tuple[int, int]
LONGEST_ASIDE = 24  # tokens
STOPS = frozenset(",.!?;")


def open_asides(words: Words, quotes: tuple[Range, ...], lex: Lexicon) -> tuple[Range, ...]:
    """The quotations with those parted in which an aside stands; the comma or stop beside the aside takes the place of the mark."""
    if not lex.speech.dashed_speech:
        return quotes
    parted: list[Range] = []
    for first, last in quotes:
        begin = first
        k = first + 2
        while k < last - 2:
            end = _aside_end(words, k, last, lex) if words.folds[k] in ",!?…" else 0
            if end:
                parted.append((begin, k + 1))
                begin = end
                k = end
            k += 1
        if begin < last - 1:
            parted.append((begin, last))
    return tuple(parted)


def _aside_end(words: Words, comma: int, last: int, lex: Lexicon) -> int:
    """The comma, stop or closing mark behind an aside that opens at the comma; 0 where none does."""
    k = comma + 1
    while k < last and words.folds[k] in DASHES:
        k += 1
    found = lex.cues.at(words.folds, k, last)
    while found is None and k < last - 1 and (words.folds[k] in lex.auxiliaries or words.folds[k] in lex.adverbs):
        k += 1
        found = lex.cues.at(words.folds, k, last)
    if found is None:
        return _stop(words, after, last, lex) if (after := past_inverted(words, k, lex)) else 0
    after, (cue, form) = found
    if cue.frame != "verb" or "quote" not in cue.takes or form.converb:
        return 0
    inverted = any(w.endswith(lex.speech.inverted_pronouns) for w in words.folds[comma + 1 : after])
    dropped = lex.speech.null_subject and form.number is not None and words.folds[after] in STOPS
    if not inverted and not dropped and not _subject_opens(words, after, last, lex):
        return 0
    return _stop(words, after, last, lex)


def _stop(words: Words, after: int, last: int, lex: Lexicon) -> int:
    """The comma, stop or closing mark at which an aside ends whose verb ends before `after`; 0 where none is near."""
    for k in range(after, min(last, after + LONGEST_ASIDE)):
        fold = words.folds[k]
        if k == last - 1 or (fold in STOPS and not _apposition(words, k, last, lex)):
            return k
    return 0


def _subject_opens(words: Words, k: int, last: int, lex: Lexicon) -> bool:
    while k < last and words.folds[k] in lex.adverbs:
        k += 1
    return k < last and (words.capital(k) or words.folds[k] in lex.speech.articles or words.folds[k] in lex.pronouns or lex.roles.opens(words.folds, k, last))


def _apposition(words: Words, k: int, last: int, lex: Lexicon) -> bool:
    """Whether the aside goes on behind its comma, with what the speaker is; or the stop belongs to a title, "M. Dupont"."""
    if words.folds[k] == ".":
        return words.folds[k - 1] in lex.titles
    n = k + 2 if k + 1 < last and words.folds[k + 1] in lex.speech.articles else k + 1
    return words.folds[k] == "," and n < last and (lex.roles.opens(words.folds, n, last) or words.folds[n].isdigit())
