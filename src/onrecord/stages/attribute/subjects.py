"""Whose words: the mention that is the subject of a cue, by position, agreement, and who has been speaking."""

from __future__ import annotations

import bisect
from typing import NamedTuple

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import Gender, Mention, Quotation, Span
from onrecord.stages.attribute.bare import bare_words, noun_phrase
from onrecord.stages.attribute.chain import Chain
from onrecord.stages.attribute.chains import bearer
from onrecord.stages.attribute.scores import is_governed, modifies, object_by_article, score, unexplained
from onrecord.tokens import Words

LONGEST_MENTION = 200  # characters
REACH_VERB = 5  # words between a relative pronoun that is a subject and its verb
REACH_ANTECEDENT = 40  # characters between whom a relative pronoun stands for and its comma
REACH_RELATIVE = 14  # tokens between a relative pronoun and its verb
FEWEST_SCORE = 0.0  # a candidate below it is no subject
SPEAKING = 2.0  # of the tagger's word on a mention, against what position and agreement say; swept 0-4


class Found(NamedTuple):
    """A subject: a mention by its index, or bare words where no mention fits."""

    mention: int | None
    words: Span | None
    stands_in: Span | None = None  # the relative pronoun that stands for the mention in the cue's clause


def find_subject(
    quotation: Quotation,
    mentions: tuple[Mention, ...],
    starts: list[int],
    chains: list[Chain],
    of: list[int],
    words: Words,
    lex: Lexicon,
    speaking: tuple[float, ...] = (),
) -> Found | None:
    """The subject that stands in the region of the frame; None where it is dropped."""
    if quotation.speaker is None:
        return None
    low, high = quotation.speaker
    cue = quotation.cue or (low, low)
    source = "/source-phrase" in quotation.rule
    inverted = lex.speech.inverted_pronouns
    if inverted and any(f.endswith(inverted) and f.rpartition("-")[2] in lex.pronouns for f in words.folds[slice(*words.range(*cue))]):
        return None  # "a-t-il déclaré à Paul Roth": the pronoun is in the cue
    if source and any(words.folds[k] in lex.speech.own_words for k in range(*words.range(*cue))):
        return _subject_of_content(quotation, mentions, starts, words, lex)
    if not source and lex.speech.relative_subjects and (relative := _relative_subject(quotation, mentions, starts, words, lex)) is not None:
        return relative
    if not source and lex.speech.relative_nominatives and (relative := _antecedent(quotation, mentions, starts, chains, of, words, lex)) is not None:
        return relative
    beside = _within_body(quotation, mentions, starts, cue, words, lex) if not source and quotation.number == "pl" else None
    if beside is not None and cue[0] - mentions[beside].end in (1, 2) and _opens_clause(mentions[beside], low, words, lex):
        return Found(beside, None)  # "У суді заявили"
    best, index = FEWEST_SCORE, -1
    for k in range(bisect.bisect_left(starts, low - LONGEST_MENTION), bisect.bisect_left(starts, high)):
        mention = mentions[k]
        if mention.end <= low or mention.start >= high or _inside(mention, quotation.content):
            continue
        if mention.start >= cue[0] and mention.end <= cue[1] and not source:
            continue
        value = score(mention, k, mentions, quotation, cue, chains, of, words, lex, source=source)
        if speaking:
            value += SPEAKING * (speaking[k] - 0.5)
        if value > best:
            best, index = value, k
    chosen = mentions[index] if index >= 0 else None
    if chosen is not None and not source and (noun := _noun_before(chosen, cue, words, lex)) is not None:
        return Found(None, noun)
    if source and chosen is not None and _behind_noun(chosen, cue, words, lex) and (bare := bare_words(quotation, words, lex, source=True)):
        return Found(None, bare)
    part = chosen is not None and chosen.type != "person" and (chosen.rule == "tagger" or unexplained(chosen, cue, words, lex) > 0)
    part = part or (chosen is not None and source and modifies(chosen, (quotation.speaker[1], 0), words, lex))
    if chosen is not None and source and part and (chosen.form == "name" or chosen.rule == "tagger"):
        bare = bare_words(quotation, words, lex, source=True)
        if bare:
            return Found(None, bare)
    told = chosen is not None and lex.cased and quotation.number == "pl" and chosen.form == "name" and chosen.start >= cue[1] and not source
    if told and chosen is not None and chosen.type == "organization":
        house = _within_body(quotation, mentions, starts, cue, words, lex)
        index = index if house is None else house  # "сообщили «Вестнику» в мэрии"
    if index >= 0:
        return Found(_head(index, mentions, of), None)
    shown = ("m", "f", None) if lex.cased else ("m", "f")
    dropped = lex.speech.null_subject and quotation.number == "sg" and quotation.gender in shown  # "W raporcie napisał, że": who spoke before
    within = None if source or dropped else _within_body(quotation, mentions, starts, cue, words, lex)
    bare = bare_words(quotation, words, lex, source=source)
    if within is not None and not (bare and lex.speech.article_endings):  # "Резултатите от опит във Франция показват"
        return Found(within, None)
    agency = bare is not None and not source and lex.cased and bare[0] >= cue[1] and words.text[slice(*bare)].casefold() in lex.agencies
    told = agency and words.text[slice(*cue)].lower() not in lex.reporting  # "- powiedziała PAP"
    return Found(None, bare) if bare and not told else None


def _subject_of_content(quotation: Quotation, mentions: tuple[Mention, ...], starts: list[int], words: Words, lex: Lexicon) -> Found | None:
    """Who is the subject of what is said, and its source: "Anna Roth war nach eigenen Angaben nie dort"."""
    for k in range(bisect.bisect_left(starts, quotation.content[0][0]), bisect.bisect_left(starts, quotation.content[-1][1])):
        mention = mentions[k]
        subject = mention.form != "pronoun" or lex.pronouns[mention.name].subject
        if subject and not is_governed(mention, words, lex) and not object_by_article(words, words.at(mention.start), lex):
            return Found(k, None)
    return None


def _relative_subject(quotation: Quotation, mentions: tuple[Mention, ...], starts: list[int], words: Words, lex: Lexicon) -> Found | None:
    """The antecedent of a relative clause whose verb, the cue, stands last: "Anna Roth, die am Montag betonte, …"."""
    if quotation.cue is None:
        return None
    first, last = words.range(*quotation.cue)
    if last < len(words.starts) and words.is_word(last):
        return None
    comma = next((k for k in range(first - 1, max(0, first - REACH_RELATIVE), -1) if not words.is_word(k)), 0)
    if words.folds[comma] != "," or words.folds[comma + 1] not in lex.speech.relative_subjects or comma + 1 >= first:
        return None
    behind = words.folds[comma + 2]
    if comma + 2 < first and not (behind in lex.prepositions or behind in lex.adverbs or behind in lex.speech.but):
        return None
    before = bisect.bisect_left(starts, words.starts[comma]) - 1
    if before < 0 or words.starts[comma] - mentions[before].end > 1 or mentions[before].form == "pronoun" or _inside(mentions[before], quotation.content):
        return None
    return Found(before, None, words.span(comma + 1, comma + 2))


def _antecedent(
    quotation: Quotation, mentions: tuple[Mention, ...], starts: list[int], chains: list[Chain], of: list[int], words: Words, lex: Lexicon
) -> Found | None:
    """Whom a relative pronoun in the nominative right before the cue stands for: the mention or the bare words before its comma that agree with it."""
    if quotation.cue is None or (quotation.content and quotation.content[0][0] < quotation.cue[0]):
        return None
    k = words.at(quotation.cue[0]) - 1
    for _ in range(REACH_VERB):
        if k > 0 and words.is_word(k) and words.folds[k] not in lex.speech.relative_nominatives:
            k -= 1
    wanted = lex.speech.relative_nominatives.get(words.folds[k])
    if wanted is None or words.folds[k - 1] != ",":
        return None
    comma, pronoun = words.starts[k - 1], words.span(k, k + 1)
    between = mentions[bisect.bisect_left(starts, pronoun[1]) : bisect.bisect_left(starts, quotation.cue[0])]
    if any(m.form != "pronoun" and m.rule != "role/obl" and not is_governed(m, words, lex) for m in between):
        return None  # the verb has a subject of its own: "план, который министр назвал ошибкой"
    for m in range(bisect.bisect_left(starts, comma) - 1, -1, -1):
        mention = mentions[m]
        gap = comma - mention.end
        joined = next((j for j in range(k - 2, words.at(mention.end) - 1, -1) if words.folds[j] in lex.and_), None)
        if joined is not None and joined + 1 < k - 1:
            return Found(None, words.span(joined + 1, k - 1), pronoun)  # "между властите и радикални ислямисти, които настояват"
        if gap > REACH_ANTECEDENT or "." in words.text[mention.end : comma] or mention.form == "pronoun":
            break
        chain = chains[of[m]] if of[m] >= 0 else None
        number = mention.number or ("pl" if chain is not None and chain.plural else "sg")
        gender = mention.gender or (chain.gender if chain is not None else None)
        shown = _shown_gender(mention, lex)
        if (shown is not None and shown != wanted) or (mention.rule == "tagger" and lex.cased and is_governed(mention, words, lex)):
            continue  # it is whose or where somebody is
        agrees = (number == "pl") == (wanted == "pl") and not (wanted in ("m", "f", "n") and gender and gender != wanted and mention.type == "person")
        if agrees and mention.type not in ("place", "document"):
            return Found(_head(m, mentions, of), None, pronoun)
        if gap <= 1 and not agrees:
            return None
    return None


def _shown_gender(mention: Mention, lex: Lexicon) -> Gender | None:
    """The gender that an ending shows of a body named in an oblique case; None where none does."""
    genders, words = lex.speech.oblique_genders, mention.name.lower().split() if mention.type in ("organization", "place") else []
    return next((gender for word in words for ending, gender in genders.items() if word.endswith(ending)), None)


def _noun_before(mention: Mention, cue: Span, words: Words, lex: Lexicon) -> Span | None:
    """The noun phrase right behind a cue, where the mention belongs to a phrase behind it: "sagte die Gastgeberin vor Journalisten"."""
    first, last = words.range(cue[1], mention.start)
    first, end = noun_phrase(words, first, last, lex)
    return words.span(first, end) if first < end < last and words.folds[end] in lex.prepositions else None


def _behind_noun(mention: Mention, cue: Span, words: Words, lex: Lexicon) -> bool:
    """Whether a source is a common noun, and the name only belongs to it: "selon une étude publiée dans la revue Arc"."""
    first, last = words.range(cue[1], mention.start)
    while first < last and words.folds[first] in lex.speech.articles:
        first += 1
    if mention.form != "name" or mention.role or first >= last or words.capital(first) or words.folds[first] in lex.prepositions:
        return False
    return any(words.folds[k] in lex.prepositions for k in range(first + 2, last))


def _within_body(quotation: Quotation, mentions: tuple[Mention, ...], starts: list[int], cue: Span, words: Words, lex: Lexicon) -> int | None:
    """A body or document behind a preposition of place, where the cue has no subject: "У міськраді визнають", "в указе говорится"."""
    assert quotation.speaker is not None
    low, high = quotation.speaker
    best, choice = 1_000, None
    for k in range(bisect.bisect_left(starts, low), bisect.bisect_left(starts, high)):
        mention = mentions[k]
        body = mention.type in ("organization", "document") or (mention.type == "place" and quotation.number == "pl")
        if not body or _inside(mention, quotation.content):
            continue
        i = words.at(mention.start)
        endings = lex.speech.adjective_endings or ("\n",)
        while i > 0 and words.folds[i - 1] not in lex.prepositions and (words.folds[i - 1] in '«„“"' or words.folds[i - 1].endswith(endings)):
            i -= 1
        gap = max(mention.start - cue[1], cue[0] - mention.end, 0)
        if i > 0 and words.folds[i - 1] in lex.speech.place_prepositions and gap < best:
            best, choice = gap, k
    return choice


def _opens_clause(mention: Mention, low: int, words: Words, lex: Lexicon) -> bool:
    """Whether nothing that could be a subject stands before a body and its preposition: "У суді заявили"."""
    k = words.at(mention.start)
    while k > 0 and words.starts[k - 1] >= low and (words.folds[k - 1] in '«„“"' or words.folds[k - 1] in lex.speech.place_prepositions):
        k -= 1
    return k == 0 or words.starts[k - 1] < low or not words.is_word(k - 1) or words.folds[k - 1] in lex.and_ or words.folds[k - 1] in lex.adverbs


def _inside(mention: Mention, content: tuple[Span, ...]) -> bool:
    return any(a <= mention.start and mention.end <= b for a, b in content)


def _head(index: int, mentions: tuple[Mention, ...], of: list[int]) -> int:
    """A role with its name behind it: the name."""
    named = bearer(index, mentions)
    return named if named is not None and of[named] == of[index] else index
