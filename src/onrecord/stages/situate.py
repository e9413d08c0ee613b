"""When, where, on what occasion and to whom it was said, and the figures in it.

Looked for beside the content, in the sentence of the cue: "заявив у вівторок у Токіо під час зустрічі з …". Where no day is named, a
statement is of the day of publication, unless a word puts it earlier ("раніше").
"""

from __future__ import annotations

import bisect

import msgspec

from onrecord.knowledge.lexicon import Lexicon, lexicon
from onrecord.knowledge.schema import Language
from onrecord.records import Article, Mention, Sentence, Span, Statement
from onrecord.stages.dates import dates
from onrecord.stages.figures import figures
from onrecord.tokens import Words

OCCASION_WORDS = 8  # of an occasion: its noun and what belongs to it
CLOSES_OCCASION = frozenset(',.;:–—()"«»„“”')


def situate(
    article: Article,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    statements: tuple[Statement, ...],
    words: Words,
    language: Language,
) -> tuple[Statement, ...]:
    """The statements with `said`, `place`, `occasion`, `to`, `figures` and `via` where the text tells them."""
    lex = lexicon(language.code)
    starts = [s.start for s in sentences]
    begins = [m.start for m in mentions]
    past = frozenset(language.file.calendar.past)
    made = []
    for statement in statements:
        sentence = sentences[max(0, bisect.bisect_right(starts, (statement.cue or statement.content[0])[0]) - 1)]
        beside = _beside(sentence, statement)
        found = [d for a, b in beside if _holds(words, (a, b), lex.dating) for d in dates(article.text, a, b, language, article.published)]
        today = (article.published or "9999")[:10]
        said = next((d.value for d in found if len(d.value) >= 7 and d.value <= today), None)
        if said is None and article.published and not _earlier(words, beside, past):
            said = article.published[:10]
        near = mentions[bisect.bisect_left(begins, sentence.start) : bisect.bisect_left(begins, sentence.end)]
        near = tuple(m for m in near if any(a <= m.start and m.end <= b for a, b in beside))
        occasion = _occasion(words, beside, lex)
        made.append(
            msgspec.structs.replace(
                statement,
                said=said,
                place=_place(words, near, lex),
                occasion=occasion,
                to=_addressee(near, statement, occasion),
                figures=tuple(f for a, b in statement.content for f in figures(article.text, a, b, language, article.published)),
                via=article.via,
            )
        )
    return tuple(made)


def _holds(words: Words, span: Span, telling: frozenset[str]) -> bool:
    """Whether a digit or one of the words stands there: a cheap test before a grammar reads it."""
    return any(map(str.isdigit, words.text[slice(*span)])) or not telling.isdisjoint(words.folds[slice(*words.range(*span))])


def _beside(sentence: Sentence, statement: Statement) -> list[Span]:
    """The stretch of the sentence that holds the cue and no content of the statement; the stretches around a content without a cue."""
    left = sentence.start
    stretches: list[Span] = []
    for a, b in statement.content:
        if sentence.start <= a < sentence.end:
            if a > left:
                stretches.append((left, a))
            left = max(left, b)
    if left < sentence.end:
        stretches.append((left, sentence.end))
    cue = statement.cue
    return [s for s in stretches if cue is None or s[0] <= cue[0] < s[1]]


def _earlier(words: Words, beside: list[Span], past: frozenset[str]) -> bool:
    return any(words.folds[k] in past for a, b in beside for k in range(*words.range(a, b)))


def _occasion(words: Words, beside: list[Span], lex: Lexicon) -> Span | None:
    """A noun that names an occasion behind a preposition, with the words that belong to it: "під час саміту в Гаазі"."""
    openers, occasions, folds = lex.openers, lex.speech.occasions, words.folds
    for a, b in beside if occasions else ():
        first, last = words.range(a, b)
        for k in range(first + 1, last):
            if not folds[k].startswith(occasions):
                continue
            begin = k
            while begin > first and words.is_word(begin - 1) and words.folds[begin - 1] not in openers and k - begin < 4:
                begin -= 1
            if begin == first or words.folds[begin - 1] not in openers:
                continue
            end = k + 1
            while end < last and end - k < OCCASION_WORDS and words.folds[end] not in CLOSES_OCCASION and not lex.cues.opens(words.folds, end, last):
                if (
                    words.folds[end] in lex.that
                    or words.folds[end] in lex.and_
                    or (lex.roles.opens(words.folds, end, last) and words.folds[end - 1] not in lex.prepositions)
                ):
                    break
                end += 1
            return words.span(begin, end)
    return None


def _place(words: Words, mentions: tuple[Mention, ...], lex: Lexicon) -> Span | None:
    """A place's name behind a preposition of place."""
    for mention in mentions:
        if mention.type == "place":
            k = words.at(mention.start)
            if k and words.folds[k - 1] in lex.speech.place_prepositions:
                return mention.start, mention.end
    return None


def _addressee(mentions: tuple[Mention, ...], statement: Statement, occasion: Span | None) -> Span | None:
    """The person met on the occasion: "під час зустрічі з міністром … Нілом Арно"."""
    if occasion is None:
        return None
    own = statement.speaker.mention if statement.speaker else None
    for mention in mentions:
        if mention.form == "name" and mention.type == "person" and occasion[0] < mention.start < occasion[1] and (mention.start, mention.end) != own:
            return mention.start, mention.end
    return None
