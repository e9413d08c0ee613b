"""Subjects that no mention covers: the bare noun phrase beside a cue."""

from __future__ import annotations

import itertools

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import Quotation, Span
from onrecord.tokens import Words

LONGEST_BARE = 8  # tokens

def _opens_noun_phrase(words: Words, first: int, last: int, lex: Lexicon) -> bool:
    """Whether something other than adverbs, conjunctions and a phrase with a preposition fills the place before a verb that stands second."""
    k = first
    while k < last and not words.is_word(k):
        k += 1
    while k < last and (words.folds[k] in lex.adverbs or words.folds[k] in lex.and_ or words.folds[k] in lex.speech.but):
        k += 1
    if k + 1 == last and words.folds[k].endswith(lex.speech.adverb_endings or ("\n",)):
        return False  # "Inhaltlich lobte …"
    return k < last and words.folds[k] not in lex.prepositions and words.folds[k] not in lex.speech.accusative_articles


def finite(fold: str, lex: Lexicon) -> bool:
    """Whether the word's ending shows a finite verb, and no adjective; never where adjectives have no endings to tell them by."""
    endings = lex.speech.adjective_endings
    return bool(endings) and any(len(e) > 1 and fold.endswith(e) for e in lex.speech.verb_endings) and not fold.endswith(endings)


def noun_phrase(words: Words, first: int, last: int, lex: Lexicon) -> tuple[int, int]:
    """The subject that opens the words between an auxiliary and its participle: "hatten [die Ketten] zuvor beklagt"; nothing where none does."""
    if first >= last or words.folds[first] not in lex.speech.subject_articles:
        return first, first
    k = first + 1
    while k < last and words.is_word(k) and not words.capital(k) and words.folds[k].endswith(lex.speech.adjective_endings):
        k += 1
    end = k
    while end < last and words.is_word(end) and words.capital(end):
        end += 1
    return (first, end) if end > k else (first, first)


def _before_aside(first: int, last: int, words: Words, lex: Lexicon) -> int:
    """The comma before a relative clause that another comma closes before the cue: "The warder, who has no lawyer, denied …", "Местният бизнес, който
    …, се опасява"; else `last`."""
    end, relatives = last, lex.speech.relative_subjects
    while end > first and (words.folds[end - 1] in lex.auxiliaries or words.folds[end - 1] in lex.adverbs):
        end -= 1
    if end - first < 2 or words.folds[end - 1] != ",":
        return last
    opened = (k for k in range(first + 1, end - 1) if words.folds[k] == "," and (words.folds[k + 1] in lex.relative or words.folds[k + 1] in relatives))
    return next(opened, last)


def bare_words(quotation: Quotation, words: Words, lex: Lexicon, *, source: bool) -> Span | None:
    """A noun phrase that no mention covers: the words between the clause's start and the cue, less adverbs and phrases before it."""
    if quotation.cue is None or quotation.speaker is None:
        return None
    cue_first = words.range(*quotation.cue)[0]
    first, last = _trimmed(*_region(quotation, words, lex, source=source), words, lex)
    if (verb := _past_with_object(words, first, last, lex)) is not None:
        first, last = (first, verb) if any(words.folds[k] in lex.and_ for k in range(verb, cue_first)) else (verb + 1, last)
    if first < last and all(words.folds[k].isdigit() or words.folds[k] in lex.dating for k in range(first, last)):
        return None  # a day
    if lex.cased and first < last and words.folds[first] in lex.questions:
        return None  # the clause of a question: "Pytany, czy radni odejdą odparł, że …"
    end = _cut(first, last, words, lex)
    if end is None or (end - first > 2 and any(words.folds[k] in lex.and_ for k in range(first, end))):
        return None
    if _no_subject(first, end, quotation, words, lex, source=source):
        return None
    if end - first == 1 and words.folds[first] in lex.speech.own_subjects:
        return _house(words, words.at(quotation.speaker[0]), first, lex)
    marked = end - first > 1 and words.folds[first] in lex.speech.place_prepositions and words.capital(end - 1)
    if marked and any(words.folds[k] in '«„“"' for k in range(first + 1, end)):
        return words.span(first + 1, end)  # У столичному "Обрії" назвали …
    if end <= first or end - first > LONGEST_BARE or words.folds[first] in lex.prepositions:
        return None
    if end - first == 1 and any(words.folds[first] in table for table in (lex.speech.articles, lex.speech.subject_articles, lex.speech.deictic)):
        return None
    if lex.speech.nouns_capital:
        end = _capital_phrase_end(words, first, end, lex)
    return words.span(first, end) if end > first else None


def _region(quotation: Quotation, words: Words, lex: Lexicon, *, source: bool) -> tuple[int, int]:
    """The words in which the subject must stand: behind the cue where the frame knows so, else from the last mark before it."""
    assert quotation.cue is not None and quotation.speaker is not None
    low, high = quotation.speaker
    cue_first, cue_last = words.range(*quotation.cue)
    behind = low >= quotation.cue[1]  # the frame knows that the subject stands there
    if source or behind or (quotation.content and quotation.content[0][0] < quotation.cue[0] and high > quotation.cue[1]):
        first, last = cue_last, words.at(high)
    else:
        first, last = words.at(low), min(cue_first, words.at(high)) if high > low else cue_first
        last = _before_aside(first, last, words, lex)
        first = next((k + 1 for k in range(last - 1, first - 1, -1) if words.folds[k] in (",", ";", ":", "–", "—", "-")), first)
    if lex.speech.verb_second and not behind and first < last <= cue_first and not _opens_noun_phrase(words, first, last, lex):
        parted = next((k for k in range(first, cue_first) if words.folds[k] in lex.speech.perfect_auxiliaries), None)
        if quotation.number is None and parted is not None:
            return noun_phrase(words, parted + 1, cue_first, lex)
        return cue_last, next((k for k in range(cue_last, words.at(high)) if not words.is_word(k)), words.at(high))
    return first, last


def _trimmed(first: int, last: int, words: Words, lex: Lexicon) -> tuple[int, int]:
    """The words without the adverbs, auxiliaries and other small words at their ends."""
    while first < last and (phrase := lex.adverbs.at(words.folds, first, last)) is not None:
        first = phrase[0]
    opening = (lex.as_, lex.approx, lex.adverbs, lex.and_, lex.auxiliaries, lex.that)
    while first < last and (not words.is_word(first) or any(words.folds[first] in table for table in opening)):
        first += 1
    closing = (lex.adverbs, lex.auxiliaries, lex.not_)
    while last > first and (
        (not words.is_word(last - 1) and words.folds[last - 1] != "%")
        or any(words.folds[last - 1] in table for table in closing)
        or words.folds[last - 1].endswith(lex.speech.not_endings or ("\n",))
    ):
        last -= 1
    return first, last


def _cut(first: int, last: int, words: Words, lex: Lexicon) -> int | None:
    """Where the noun phrase ends: before brackets, a preposition, an auxiliary or a finite verb; None where another clause opens in it."""
    part = next((k for k in range(first, last) if not only_counts(words.folds[k], lex)), last)
    part += first < part < last and words.folds[part] in lex.prepositions  # "58 % des habitants", "l'un de ses voisins"
    for k in range(first, last):
        fold, inside = words.folds[k], k > first
        if inside and (fold == "(" or (k >= part and fold in lex.prepositions and not lex.speech.linked_complements)):
            return k
        agent = lex.speech.subject_first and words.folds[k + 1] in lex.speech.agents  # "a notice issued by the council warned"
        if inside and (fold in lex.auxiliaries or fold in lex.not_ or agent):
            return k  # "experts have long called"
        if fold in lex.relative or fold in lex.subordinate:
            return None
        if inside and finite(fold, lex) and not words.capital(k) and fold not in lex.roles:
            return k - (k > first + 1 and not words.is_word(k - 1))
    return last


def _no_subject(first: int, last: int, quotation: Quotation, words: Words, lex: Lexicon, *, source: bool) -> bool:
    """Whether the phrase opens with what is no subject: an office in an oblique case, a negation, a finite verb."""
    office = lex.roles.at(words.folds, first, last) if lex.cased and not source and first < last else None
    oblique = office is not None and office[1].role.type in ("person", "group") and office[1].form.case == "obl"
    if oblique and office is not None and any(f.case == "nom" and f.number == quotation.number for f in office[1].role.forms):  # not "судьи"
        return True  # "Президенту грозят отставкой"
    if first < last and words.folds[first] in lex.not_:
        return True  # "Не зря говорят, что"
    opened = next((k for k in range(first, last) if words.folds[k] not in lex.speech.articles), last)
    verb = opened < last and finite(words.folds[opened], lex) and not words.capital(opened) and words.folds[opened] not in lex.roles
    return verb  # a clause that has its subject elsewhere: "se la guardó y pidió"


def is_clause(span: Span, words: Words, lex: Lexicon) -> bool:
    """Whether bare words are no noun phrase but a piece of a clause: "we received", "a world record may", "more about", "according to news"."""
    first, last = words.range(*span)
    folds = words.folds[first:last]
    if len(folds) < 2:
        return False
    cue = lex.cues.at(words.folds, first, last)
    if folds[-1] in lex.prepositions or folds[-1] in lex.speech.articles or folds[-1] in lex.and_ or (cue is not None and cue[1].cue.frame == "source"):
        return True
    pronouns = (lex.pronouns.get(fold.partition("'")[0]) for fold in folds)
    subject = any(p is not None and p.subject for p in pronouns) or any(fold in lex.speech.own_subjects for fold in folds)
    unreal = any(fold in lex.hypothetical and fold not in lex.prepositions for fold in folds[1:])
    return subject or unreal or _article_inside(folds, lex) or all(_tells_how(fold, lex) for fold in folds)


def _article_inside(folds: list[str], lex: Lexicon) -> bool:
    """Whether an article stands behind a word that no noun phrase has there, where articles show no genitive: "run the most"."""
    pairs = ((a, b) for a, b in itertools.pairwise(folds) if b in lex.speech.articles and b not in lex.speech.genitive_links)
    before = (lex.prepositions, lex.and_, lex.titles, lex.speech.quantifiers, lex.speech.articles)
    return any(not any(a in table for table in before) for a, _ in pairs)


def _tells_how(fold: str, lex: Lexicon) -> bool:
    small = fold in lex.adverbs or fold in lex.speech.quantifiers or fold in lex.speech.articles
    return small or fold.endswith(lex.speech.adverb_endings or ("\n",))


def _capital_phrase_end(words: Words, first: int, last: int, lex: Lexicon) -> int:
    """Where nouns have capitals: the end of the noun phrase that opens here, with its genitives; `first` where none does."""
    end = k = first
    while k < last:
        small = not words.capital(k) or words.folds[k] in lex.not_names
        while k < last and small and words.is_word(k) and (words.folds[k].endswith(lex.speech.adjective_endings) or words.folds[k] in lex.speech.articles):
            k += 1
            small = k < last and (not words.capital(k) or words.folds[k] in lex.not_names)
        begin = k
        while k < last and ((words.capital(k) and words.folds[k] not in lex.not_names) or not words.is_word(k)):
            k += 1
        if k == begin:
            return end
        end = k
        if k >= last or words.folds[k] not in lex.speech.genitive_links:
            return end
        k += words.folds[k] not in lex.speech.articles
    return end


def _past_with_object(words: Words, first: int, last: int, lex: Lexicon) -> int | None:
    """A verb in the past before its object, where verbs show little by their form: of another clause, "Officers searched the yard and said"."""
    openers = (*lex.speech.articles, *lex.speech.possessives, *lex.speech.determiners)
    found = (k for k in range(first, last - 1) if words.folds[k].endswith(lex.speech.verb_endings) and words.folds[k + 1] in openers)
    return next(found, None) if lex.speech.plain_verbs else None


def only_counts(fold: str, lex: Lexicon) -> bool:
    """Whether a word only tells how many of those behind it are meant: "58 %", "l'un", "certains"."""
    return fold.isdigit() or fold == "%" or fold in lex.speech.quantifiers or fold in lex.speech.indefinite or fold in lex.speech.articles


def _house(words: Words, first: int, last: int, lex: Lexicon) -> Span | None:
    """The house or place that opens a sentence in which "one" speaks for it: "À la mairie, pourtant, on assure que"; None where none does."""
    comma = next((k for k in range(first, last) if words.folds[k] == ","), first)
    return words.span(first + 1, comma) if words.folds[first] in lex.speech.place_prepositions and comma > first + 1 else None
