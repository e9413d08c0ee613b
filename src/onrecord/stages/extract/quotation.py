"""From what a frame found to a quotation: its spans without marks at their edges, and which of its words are quoted."""

from __future__ import annotations

import re

import msgspec

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import Kind, Quotation, Sentence, Span
from onrecord.stages.extract.cues import Hit
from onrecord.stages.extract.scene import DASHES, Draft, Range, Scene, count_words
from onrecord.tokens import Words

SMALL_BEFORE_QUOTE = 2  # words of the reporter before what he quotes: "als einen „Akt …“"
SITE = re.compile(r"(?:\w[\w-]*\.)+[^\W\d_]{2,}")  # "radio-lembach.example"
TITLE_WORDS = 4  # a quoted piece of at most so many words that opens with a capital is a name or a title


def quotation_of(scene: Scene, sentence: Sentence, hit: Hit | None, draft: Draft, before: Sentence | None, lex: Lexicon) -> Quotation | None:
    """The quotation of a draft, about the sentence `before` where the frame looks back; None where nothing is left to be said."""
    words = scene.words
    told_of = before if draft.looks_back and before is not None else sentence
    if draft.looks_back:
        if before is None or sentence.role == "headline" != before.role:
            return None
        ranges: tuple[Range, ...] = (words.range(before.start, before.end),)
    else:
        ranges = draft.content
    content = tuple(s for s in (trim(words, _past_article(words, a, b, lex), b) for a, b in ranges) if s is not None)
    if not content:
        return None
    kind, quoted = kind_of(scene, content) if not draft.looks_back else ("indirect", ())
    if draft.looks_back and words.folds[ranges[0][0]] in '«„“"' and _wraps(words, *ranges[0]):
        kind, quoted = "direct", content
    thought = "/thought" if hit is not None and hit.cue.strength == "think" else ""
    region = words.span(*draft.region) if draft.region[1] > draft.region[0] else None
    return Quotation(
        content=content, kind=kind, where="headline" if told_of.role == "headline" else "body", rule=f"{lex.code}/{draft.rule}{thought}",
        cue=words.span(hit.first, hit.last) if hit else None, quoted=quoted, speaker=region,
        gender=hit.form.gender if hit else None, number=hit.form.number if hit else None, confidence=draft.confidence,
    )  # fmt: skip


def going_on_from(quotation: Quotation, after: int) -> Quotation:
    """The quotation with the number of the one whose speaker it shares."""
    return msgspec.structs.replace(quotation, after=after)


def _past_article(words: Words, first: int, last: int, lex: Lexicon) -> int:
    """The index after an article that stands before a quotation and nothing else, which is the reporter's: "nannte es einen „Dammbruch“", "als einen"."""
    while last > first and not words.is_word(last - 1) and words.folds[last - 1] not in '»“”"':
        last -= 1
    at = first
    while at < min(last, first + SMALL_BEFORE_QUOTE) and (words.folds[at] in lex.speech.articles or words.folds[at] in lex.subordinate):
        at += 1
    return at if last - at > 1 and words.folds[at] in '«„“"' and _wraps(words, at, last) else first


def trim(words: Words, first: int, last: int) -> Span | None:
    """The span of the tokens without punctuation and marks at its edges; a mark stays where its partner stands inside."""
    while first < last and not words.is_word(first):
        fold = words.folds[first]
        if fold in '«„“"' and any(words.folds[k] in '»“”"' for k in range(first + 1, last - 1)) and not _wraps(words, first, last):
            break
        if (fold in "([$€£#@+−-" and fold not in DASHES and first + 1 < last and fold != "(") or (fold == "(" and ")" in words.folds[first:last]):
            break
        first += 1
    while last > first and not words.is_word(last - 1):
        fold = words.folds[last - 1]
        if fold in '»“”"' and any(words.folds[k] in '«„“"' for k in range(first, last - 1)):
            break
        if fold in ")]%°" and (fold != ")" or "(" in words.folds[first:last]):
            break
        last -= 1
    return words.span(first, last) if last > first else None


def _wraps(words: Words, first: int, last: int) -> bool:
    """Whether the mark at `first` is closed by the last token of the stretch."""
    inner = [k for k in range(first + 1, last) if words.folds[k] in '»“”"']
    return bool(inner) and not any(words.is_word(k) for k in range(inner[0] + 1, last))


def kind_of(scene: Scene, content: tuple[Span, ...]) -> tuple[Kind, tuple[Span, ...]]:
    """Direct where all words stand in quotation marks, mixed where some do that are no title, and the quoted spans."""
    words = scene.words
    if not scene.quotes:
        return "indirect", ()
    inside = every = 0
    quoted: list[Span] = []
    for start, end in content:
        first, last = words.range(start, end)
        for a, b in scene.quotes:
            low, high = max(a, first), min(b, last)
            if low < high:
                span = trim(words, low + (low == a), high - (high == b))
                if span is not None and not _is_title(words, span, whole=(a <= first and last <= b)):
                    quoted.append(span)
                inside += count_words(scene, max(a + 1, first), high)
        every += count_words(scene, first, last)
    if inside and inside == every:
        return "direct", tuple(quoted) or content
    return ("mixed", tuple(quoted)) if quoted else ("indirect", ())


def _is_title(words: Words, span: Span, *, whole: bool) -> bool:
    """Whether a quoted piece is a name: a short one with a capital, one all of whose words have capitals, or the address of a site."""
    first, last = words.range(*span)
    if whole or not words.capital(first):
        return not whole and SITE.fullmatch(words.text, *span) is not None
    return last - first <= TITLE_WORDS or all(map(words.capital, range(first, last)))
