"""Speech inside speech: "My coach told me that we would win," she said; and what the question of an interview reports of others.

Only cues with a clause, and later (see `attribute`) only those whose subject is named there: "I think" tells nothing new.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import msgspec

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import Quotation, Sentence, Span
from onrecord.stages.extract.clauses import bare_clause, subjunctive_clause, that_clause
from onrecord.stages.extract.cues import find_cues
from onrecord.stages.extract.nouns import infinitive_clause, noun_or_infinitive
from onrecord.stages.extract.quotation import quotation_of
from onrecord.stages.extract.quoted import quotation_after, quotation_before
from onrecord.stages.extract.scene import Range, Scene
from onrecord.tokens import Words

FRAMES = (quotation_before, quotation_after, that_clause, subjunctive_clause, infinitive_clause, noun_or_infinitive, bare_clause)
MOST_CUES = 12  # in one sentence


def with_inner(
    told: Sequence[Quotation], replies: Sequence[Span], sentences: tuple[Sentence, ...], quotes: list[Range], ends: dict[int, int], words: Words, lex: Lexicon
) -> list[Quotation]:
    """The quotations, and behind each the statements that lie inside what it says in direct speech, or inside a question or reply."""
    starts = [s.start for s in sentences]
    known = {q.content for q in told}
    inner: list[Quotation] = []
    spans = {*(s for q in told if q.kind == "direct" for s in q.content), *replies}
    for span in sorted(spans):
        for sentence in sentences[max(0, bisect.bisect_right(starts, span[0]) - 1) : bisect.bisect_left(starts, span[1])]:
            first, last = words.range(max(sentence.start, span[0]), min(sentence.end, span[1]))
            for low, high in _stops(words, first, last):
                mine = tuple(q for q in quotes[bisect.bisect_left(quotes, (low, 0)) : bisect.bisect_left(quotes, (high, 0))] if q[1] <= high)
                inner += [q for q in _in_sentence(words, low, high, sentence, mine, ends, lex) if q.content not in known]
    return _in_order(told, inner)


def _stops(words: Words, first: int, last: int) -> list[Range]:
    """The sentences inside marks, which the article's sentences keep together."""
    ends = [k + 1 for k in range(first, last - 1) if words.folds[k] in ".!?…" and words.capital(k + 1)]
    return list(zip([first, *ends], [*ends, last], strict=True))


def _in_sentence(words: Words, first: int, last: int, sentence: Sentence, quotes: tuple[Range, ...], ends: dict[int, int], lex: Lexicon) -> list[Quotation]:
    hits = tuple(h for h in find_cues(words, first, last, list(quotes), lex) if h.cue.frame == "verb" and not h.form.converb)[:MOST_CUES]
    scene = Scene(words, lex, first, last, quotes, hits, ends)
    made: list[Quotation] = []
    for index, hit in enumerate(hits):
        draft = next((d for d in (frame(scene, index) for frame in FRAMES) if d is not None), None)
        if draft is None or draft.shares_subject or draft.rule in ("cue-noun", "cue-preposition-noun", "cue-thanks"):
            continue
        quotation = quotation_of(scene, sentence, hit, draft, None, lex)
        if quotation is not None:
            made.append(msgspec.structs.replace(quotation, rule=quotation.rule + "/inside"))
    return made


def _in_order(told: Sequence[Quotation], inner: list[Quotation]) -> list[Quotation]:
    """Both in the order of the text, an inner one behind the one around it, with `after` brought along."""
    every = [*told, *inner]
    starts = [q.content[0][0] for q in told]
    place = [(n, 0, 0) for n in range(len(told))] + [(max(0, bisect.bisect_right(starts, q.content[0][0]) - 1), 1, n) for n, q in enumerate(inner)]
    order = sorted(range(len(every)), key=lambda n: place[n])
    new = {old: k for k, old in enumerate(order)}
    return [q if q.after is None else msgspec.structs.replace(q, after=new[q.after]) for q in (every[old] for old in order)]
