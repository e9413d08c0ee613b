"""Whose words: the mention that is the subject of a cue, by position, agreement, and who has been speaking."""

from __future__ import annotations

import bisect
import itertools
from typing import NamedTuple

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import Gender, Mention, Quotation, Span
from onrecord.stages.attribute.chain import Chain
from onrecord.stages.attribute.chains import bearer
from onrecord.stages.attribute.names import is_oblique
from onrecord.tokens import Words

LONGEST_MENTION = 200  # characters
REACH_ASIDE = 16  # tokens of what stands between commas
REACH_VERB = 5  # words between a relative pronoun that is a subject and its verb
REACH_ANTECEDENT = 40  # characters between whom a relative pronoun stands for and its comma
REACH_RELATIVE = 14  # tokens between a relative pronoun and its verb
OPENING_MARKS = frozenset('«„“"')
FEWEST_SCORE = 0.0  # a candidate below it is no subject
BASE = 3.0  # of a mention of which nothing is known
NO_SUBJECT = -9.0  # a pronoun in a form that is no subject
OTHER_GENDER = -6.0
ONE_OF_MANY = -1.5  # one person or place, of which nothing shows that it speaks with others, beside a verb in the plural
OFFICE_OF_WOMAN = -1.5  # an office in the masculine beside a verb in the feminine, its bearer unknown
OTHER_NUMBER = -3.0
SPEAKING = 2.0  # of the tagger's word on a mention, against what position and agreement say; swept 0-4
MODIFIER = -4.0  # a name that only modifies the noun behind it
INVERTED = 2.5  # right behind a verb that stands second
BRACKETED = -3.5  # in round brackets, or between dashes
REACH_BRACKET = 80  # characters to the bracket's ends
HEADED = -2.5  # a body or place that belongs to the noun before it, which no list knows: "зампред Совбеза"
ADDRESSED = -4.0  # behind a noun in the case of whom one speaks to: "mówi portalowi Nowiny"
RELATIVE = -1.5  # behind a relative pronoun
RELATIVE_CLOSED = -4.5  # and a comma closes the clause before the cue
SUBORDINATE = -6.0  # in a clause that a comma closes before the cue
OWNER = -3.0  # whose the subject is: "la consultora, cuya directora considera"
GOVERNED = -3.0  # behind a preposition, or in an oblique case


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
        value = _score(mention, k, mentions, quotation, cue, chains, of, words, lex, source=source)
        if speaking:
            value += SPEAKING * (speaking[k] - 0.5)
        if value > best:
            best, index = value, k
    chosen = mentions[index] if index >= 0 else None
    if chosen is not None and not source and (noun := _noun_before(chosen, cue, words, lex)) is not None:
        return Found(None, noun)
    if source and chosen is not None and _behind_noun(chosen, cue, words, lex) and (bare := _bare_words(quotation, words, lex, source=True)):
        return Found(None, bare)
    part = chosen is not None and chosen.type != "person" and (chosen.rule == "tagger" or _unexplained(chosen, cue, words, lex) > 0)
    part = part or (chosen is not None and source and _modifies(chosen, (quotation.speaker[1], 0), words, lex))
    if chosen is not None and source and part and (chosen.form == "name" or chosen.rule == "tagger"):
        bare = _bare_words(quotation, words, lex, source=True)
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
    bare = _bare_words(quotation, words, lex, source=source)
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
        if subject and not _governed(mention, words, lex) and not _object_by_article(words, words.at(mention.start), lex):
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
    if any(m.form != "pronoun" and m.rule != "role/obl" and not _governed(m, words, lex) for m in between):
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
        if (shown is not None and shown != wanted) or (mention.rule == "tagger" and lex.cased and _governed(mention, words, lex)):
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
    first, end = _noun_phrase(words, first, last, lex)
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


def _score(
    mention: Mention,
    k: int,
    mentions: tuple[Mention, ...],
    quotation: Quotation,
    cue: Span,
    chains: list[Chain],
    of: list[int],
    words: Words,
    lex: Lexicon,
    *,
    source: bool,
) -> float:
    """How well a mention fits as the subject of a cue: agreement, what governs it, and how far it stands; below 0 not at all."""
    if mention.form == "pronoun" and not lex.pronouns[mention.name].subject and (not source or _owns_next(mention, quotation, cue, words, lex)):
        return NO_SUBJECT
    chain = chains[of[k]] if of[k] >= 0 else None
    agency = mention.name.casefold() in lex.agencies
    behind = cue[1] <= mention.start and (quotation.gender is not None or mention.start < quotation.content[0][0])
    told = lex.cased and agency and not source and "/as-cue" not in quotation.rule and behind
    if told and words.text[slice(*cue)].lower() not in lex.reporting:
        return NO_SUBJECT  # "powiedziała PAP, że": no verb by which agencies pass news on
    coordinated = quotation.number == "pl" and _coordinated(mention, words, lex)
    value = BASE + _agreement(mention, chain, quotation, source=source, coordinated=coordinated, agency=agency)
    value += _government(mention, quotation, cue, words, lex, source=source)
    office = mentions[k - 1] if k and mention.form == "name" and not source and not lex.cased else mention
    if office.form == "role" and words.text[office.end : mention.start] == ", ":
        value += GOVERNED * _governed(office, words, lex)  # "sagte nach dem Treffen mit dem Leiter, Jan Roth, …"
    if lex.speech.possessive_endings and words.text[mention.end - 1 : mention.end + 2] in ("s' ", "s’ ") and words.text[mention.start - 1] not in "'‘":
        value += GOVERNED  # "the nurses' union"
    if _owns(mention, chain, cue, words, lex):
        value += MODIFIER
    if not source and (_oblique(mention, chain, lex) or _of_oblique(k, mentions, chain, of, lex)):
        value += GOVERNED
    value += _kind(mention, words, lex, source=source, told="/as-cue" in quotation.rule)
    value += _standing(mention, chain)
    value += ADDRESSED * (not source and mention.start >= cue[1] and _before_person(k, mentions, words, lex))
    return value + _nearness(mention, k, mentions, of, quotation, cue, words, lex, source=source)


def _owns(mention: Mention, chain: Chain | None, cue: Span, words: Words, lex: Lexicon) -> bool:
    """Whether a name in the genitive stands before a noun that it owns: "Roths Anwalt Jan Kohl", of a person whom the page calls Roth."""
    known = chain is not None and chain.name.lower().split()[-1:] != mention.name.lower().split()[-1:]
    if not (lex.speech.owner_endings and known and mention.form == "name" and mention.name.endswith(lex.speech.owner_endings)):
        return False
    k = words.at(mention.end)
    return words.text[mention.end : mention.end + 1] == " " and words.capital(k) and words.is_word(k) and not cue[0] <= mention.start < cue[1]


def _owns_next(mention: Mention, quotation: Quotation, cue: Span, words: Words, lex: Lexicon) -> bool:
    """Whether a possessive behind a source phrase only tells whose the source is: "selon sa mère", "según sus propios datos"."""
    inside = quotation.speaker is not None and mention.end < quotation.speaker[1]
    return mention.name in lex.speech.possessives and mention.start >= cue[1] and inside


def _before_person(k: int, mentions: tuple[Mention, ...], words: Words, lex: Lexicon) -> bool:
    """Whether a body stands right before a person in the nominative behind the cue, so that it is whom he tells it: "рассказал «Вестнику» мэр"."""
    if mentions[k].type != "organization" or mentions[k].form != "name" or not lex.speech.addressees:
        return False
    m = k + 1
    while m < len(mentions) and mentions[m].form == "name" and mentions[m].type == "organization" and _touches(mentions[m - 1], mentions[m], words):
        m += 1
    if m >= len(mentions) or not _touches(mentions[m - 1], mentions[m], words) or mentions[m].type != "person":
        return False
    person = mentions[m]
    if person.form == "name":
        return " " in person.name and not is_oblique(person.name, person.name, lex)
    return person.form == "role" and person.rule != "role/obl"


def _touches(one: Mention, other: Mention, words: Words) -> bool:
    """Whether nothing but quotation marks stands between two mentions."""
    return words.text[one.end : other.start].strip(' «„“"»”') == ""


def _agreement(mention: Mention, chain: Chain | None, quotation: Quotation, *, source: bool, coordinated: bool, agency: bool) -> float:
    """What gender and number of the cue say; a source has neither."""
    if source:
        return 0.0
    office = mention.form == "role" and mention.gender == "m"  # may be a woman's: "експерт повідомила"
    gender = (chain.gender if chain and office else None) or mention.gender or (chain.gender if chain else None)
    number = mention.number or ("pl" if chain and chain.plural else "sg")
    value = 0.5 if mention.form == "pronoun" else 0.0
    if quotation.gender and gender and gender != quotation.gender and mention.type == "person":
        value += OFFICE_OF_WOMAN if office and chain is not None and chain.gender is None else OTHER_GENDER
    if quotation.number and number != quotation.number and mention.form != "name":
        value += OTHER_NUMBER
    if quotation.number == "pl" and mention.form == "name" and (mention.type in ("person", "place") or agency) and not coordinated:
        value += ONE_OF_MANY
    return value


def _coordinated(mention: Mention, words: Words, lex: Lexicon) -> bool:
    """Whether a conjunction or comma joins the mention to another: "Bruksela i Dublin"."""
    first, last = words.range(mention.start, mention.end)
    joins = (*(words.folds[first - 1 : first] if first else ()), *words.folds[last : last + 1])
    return any(fold in lex.and_ for fold in joins)


def _government(mention: Mention, quotation: Quotation, cue: Span, words: Words, lex: Lexicon, *, source: bool) -> float:
    """What prepositions and cases around the mention say."""
    i = words.at(mention.start)
    if source:
        behind = words.at(cue[1])
        behind += behind < i and words.folds[behind] in lex.speech.articles  # "according to a seismologist"
        owned = behind < i and (words.folds[behind] in lex.prepositions or words.folds[behind] in lex.speech.possessives)  # "аргументът на кмета"
        governed = i > behind + owned and _governed(mention, words, lex)
        value = GOVERNED if governed else 0.0
    else:
        impersonal = mention.type == "document" and quotation.gender == "n"  # "z raportu wynika"
        value = 0.0
        owner = i - (i > 1 and words.folds[i - 1] in lex.speech.articles)
        owned = words.folds[owner - 1] in lex.prepositions and words.starts[owner - 1] < cue[1] <= mention.start  # "цитира думите на Галан"
        shown = mention.form == "role" and mention.name.split()[0].endswith(lex.speech.subject_endings or ("\n",))  # "кметът" is no object
        opened = _opens_time_clause(mention, cue, i, words, lex)
        opened = opened or _relates(mention, cue, words, lex)
        if mention.form != "pronoun" and not impersonal and not owned and not shown and not opened and _governed(mention, words, lex):
            value += GOVERNED
        if mention.form == "role" and mention.rule == "role/obl" and not impersonal:
            value += GOVERNED
        if i and (words.folds[i - 1] in lex.speech.addressees or _spoken_to(words, i, lex)):
            value += ADDRESSED
        if mention.form == "name" and mention.type in ("organization", "place") and _headed(words, i, lex):
            value += HEADED
        if mention.form != "pronoun" and _object_by_article(words, i, lex):
            value += GOVERNED
    agent = mention.form == "name" and mention.type == "organization" and quotation.number == "pl" and words.folds[i - 1] in lex.speech.agents
    return value - GOVERNED if agent else value


def _kind(mention: Mention, words: Words, lex: Lexicon, *, source: bool, told: bool) -> float:
    """What the mention itself says: a place or a document speaks more rarely than a person with an office; `told`: "as X reported"."""
    value = 0.0
    before, behind = words.text[mention.start - 1 : mention.start], words.text[mention.end : mention.end + 1]
    if mention.form == "name" and (before in ("«", "„", "“", '"')) != (behind in ("»", "“", "”", '"')):
        value -= 2.0  # a quotation opens or closes beside it
    if _bracketed(mention, words):
        value += BRACKETED
    if mention.type == "place" or (mention.type == "organization" and mention.form == "name"):
        value -= 0.8
    if mention.type == "document":
        value -= 1.0
    if mention.name.casefold() in lex.agencies and not source and not told:
        value -= 1.5  # most often whom somebody spoke to, or who passes on
    if mention.form == "name" and mention.role:
        value += 0.4
    return value


def _standing(mention: Mention, chain: Chain | None) -> float:
    """What the page tells of who is meant: a full name is a person, a single word that stands once and nowhere beside a role may be anything."""
    if mention.form != "name" or chain is None or mention.type != "person":
        return 0.0
    if len(chain.full) > 1 or chain.roles or chain.gender:
        return 0.3
    return -0.7 if len(chain.mentions) == 1 else 0.0


def _nearness(
    mention: Mention,
    k: int,
    mentions: tuple[Mention, ...],
    of: list[int],
    quotation: Quotation,
    cue: Span,
    words: Words,
    lex: Lexicon,
    *,
    source: bool,
) -> float:
    """What the stretch between mention and cue says: its length, its commas, words that no rule explains."""
    after = mention.start >= cue[1]
    gap = max(mention.start - cue[1], cue[0] - mention.end, 0)
    between = words.text[min(mention.end, cue[1]) : max(mention.start, cue[0])]
    value = -0.012 * gap - 0.35 * between.count(",")
    if quotation.speaker is not None and (after or source):
        value -= 0.5 * min(3, _unexplained(mention, cue, words, lex))
    if not after and not source and _apposed(mention, k, mentions, of, cue, words, lex):
        value -= 2.0
    if not after and not source:
        value += (RELATIVE_CLOSED if "," in between else RELATIVE) * _in_relative(quotation, mention, words, lex)
        value += GOVERNED * (lex.speech.subject_first and "," in between and _told_of(mention, words, lex))
        value += OWNER * _owner(words.at(mention.end), words.at(cue[0]), words, lex)
        value += BRACKETED * (quotation.speaker is not None and _between_dashes(mention, cue, quotation.speaker[0], words))
        value += SUBORDINATE * in_question(quotation, mention, cue, words, lex)
        reaches = quotation.speaker is None or quotation.speaker[1] > mention.end  # else an object stands between
        value += MODIFIER * (reaches and _modifies(mention, cue, words, lex))
    content_first = bool(quotation.content) and quotation.content[0][0] < cue[0]
    if lex.speech.verb_second and (_follows(mention, cue, words, lex) if quotation.number and after else _behind_auxiliary(mention, quotation, words, lex)):
        value += INVERTED
    return value + 0.6 * (after == content_first)


def _apposed(mention: Mention, k: int, mentions: tuple[Mention, ...], of: list[int], cue: Span, words: Words, lex: Lexicon) -> bool:
    """Whether the mention only tells what the one before it is: "Ann Holt, head of Delta Mills, says"; not "the head, Ann Holt, says"."""
    first = words.at(cue[0])
    closing = next((c for c in range(first - 1, max(0, first - REACH_ASIDE), -1) if words.folds[c] == ","), -1)
    between = (words.folds[c] for c in range(closing + 1, first))
    if closing < 0 or words.starts[closing] < mention.end or any(fold not in lex.auxiliaries and fold not in lex.adverbs for fold in between):
        return False
    begin = words.at(mention.start)
    opening = next((c for c in range(begin - 1, max(0, begin - REACH_ASIDE), -1) if not words.is_word(c) and words.folds[c] not in "'’-.&"), -1)
    if opening >= 0 and words.folds[opening] == ")":  # "Ann Holt, head of Delta Mills (DM) and member of the board, says"
        opening = next((c for c in range(opening - 1, max(0, opening - REACH_ASIDE), -1) if words.folds[c] == ","), -1)
    if opening < 0 or words.folds[opening] != ",":
        return False
    if opening > 2 and words.folds[opening - 1].isdigit() and words.folds[opening - 2] == ",":
        opening -= 2  # "Ann Holt, 61, a miller who …, says"
    before = next((m for m in range(k - 1, max(-1, k - 6), -1) if words.starts[opening] - mentions[m].end in (0, 1)), -1)
    body = mention.form == "role" and before >= 0 and mentions[before].type == mention.type == "organization"
    if body and words.folds[begin - 1] in lex.speech.indefinite:
        return mentions[before].form == "name"  # "Open Rivers, a lobby group, says"
    while mention.form == "role" and before > 0 and mentions[before].type in ("place", "organization"):
        if not all(map(words.is_word, range(*words.range(mentions[before - 1].end, mentions[before].start)))):
            break
        before -= 1  # "Ада Рот из отделения в Риге, один из авторов, советует"
    if before < 0 or mentions[before].type != "person" or mentions[before].form == "pronoun":
        return False
    titled = mention.form == "name" and mention.type == "person"
    if titled and _in_title(before, mentions, words):
        return False  # "der Direktor des Großhandels Nord, Paul Roth, erklärte"
    return mentions[before].form == "name" or not titled


def _in_title(k: int, mentions: tuple[Mention, ...], words: Words) -> bool:
    """Whether a name only closes the office of a person that opens before it in the same stretch."""
    for m in range(k - 1, max(-1, k - 4), -1):
        first, last = words.range(mentions[m].end, mentions[k].start)
        if any(not words.is_word(j) for j in range(first, last)):
            return False
        if mentions[m].form == "role" and mentions[m].type == "person":
            return last - first > 0
    return False


def _follows(mention: Mention, cue: Span, words: Words, lex: Lexicon) -> bool:
    """Whether a person's name, a pronoun or a man's office in the nominative stands right behind a verb that stands second: "Der Zeitung sagte Anna Roth"."""
    between = range(*words.range(cue[1], mention.start))
    if mention.form == "role":  # an article that is no object's, and none of a woman's in another case
        return mention.gender == "m" and len(between) == 1 and words.folds[between[0]] in lex.speech.subject_articles
    person = mention.form == "pronoun" or (mention.form == "name" and mention.type == "person")
    if person and mention.role and words.text[cue[1] : mention.start].strip() == mention.role:
        return True  # "Den Bauern riet Verbandschefin Roth"
    return person and all(words.folds[k] in lex.titles or words.folds[k] == "." for k in between)


def _behind_auxiliary(mention: Mention, quotation: Quotation, words: Words, lex: Lexicon) -> bool:
    """Whether a person stands right behind the auxiliary that opens the clause of a participle: "…, hatte Anna Roth in Bonn gesagt"."""
    i = words.at(mention.start)
    opened = i > 1 and words.folds[i - 1] in lex.speech.perfect_auxiliaries and words.folds[i - 2] == ","
    return opened and quotation.number is None and mention.type == "person" and mention.form != "role"


def _bracketed(mention: Mention, words: Words) -> bool:
    """Whether the mention stands in round brackets: "Sabiha Holt (Lab, Millgate)"."""
    opened = words.text.rfind("(", max(0, mention.start - REACH_BRACKET), mention.start)
    return opened >= 0 and ")" not in words.text[opened : mention.start] and ")" in words.text[mention.end : mention.end + REACH_BRACKET]


def _between_dashes(mention: Mention, cue: Span, low: int, words: Words) -> bool:
    """Whether a dash closes, before the cue, the aside in which the mention stands: "Противники - в том числе Дания - утверждают"."""
    closing, opening = words.text.rfind(" - ", mention.end, cue[0] + 1), words.text.rfind(" - ", low, mention.start + 1)
    if closing < 0:
        closing, opening = words.text.rfind(" – ", mention.end, cue[0] + 1), words.text.rfind(" – ", low, mention.start + 1)
    return closing >= 0 and opening >= 0 and len(words.text[closing + 3 : cue[0]].split()) < 3


def _modifies(mention: Mention, cue: Span, words: Words, lex: Lexicon) -> bool:
    """Whether the noun phrase goes on behind the mention up to the cue: in "the Ghanaian embassy said" the name is no subject."""
    lone = lex.speech.subject_first and mention.form == "name" and " " not in mention.name and mention.role is None  # "a Welsh baker said"
    if mention.form == "pronoun" or (mention.type == "person" and not lone) or (lex.cased and mention.rule == "role/nom"):
        return False  # what stands behind a noun in the nominative is its complement: "kancelaria premier Anny Lis"
    first, last = words.range(mention.end, cue[0])
    for k in range(first, last):
        fold = words.folds[k]
        if not words.is_word(k) or fold in lex.prepositions or fold in lex.relative or fold in lex.and_ or fold in lex.that:
            return False
        if fold in lex.auxiliaries or fold in lex.pronouns:
            return False
        if (
            fold not in lex.adverbs
            and fold not in lex.dating
            and not (fold.isdigit() and words.folds[k + 1] in lex.dating)  # "Міноборони 5 травня повідомило"
            and fold not in lex.auxiliaries
            and not fold.endswith(lex.speech.adverb_endings)
            and not lex.adverbs.opens(words.folds, k, last)
        ):
            return True
    return False


def _unexplained(mention: Mention, cue: Span, words: Words, lex: Lexicon) -> int:
    """Words between a cue and a mention behind it that are no adverbs, and no phrase with a preposition: the head may be among them."""
    first, last = words.range(cue[1], mention.start)
    count, k = 0, first
    while k < last:
        adverb = lex.adverbs.at(words.folds, k, last)
        if adverb:
            k = adverb[0]
        elif words.folds[k] in lex.prepositions:
            return 0
        else:
            count += words.is_word(k) and words.folds[k] not in lex.auxiliaries and words.folds[k] not in lex.titles
            k += 1
    return count


def _in_relative(quotation: Quotation, mention: Mention, words: Words, lex: Lexicon) -> bool:
    """Whether a relative pronoun opens between the region's start and the mention, so that the mention belongs to an aside."""
    assert quotation.speaker is not None
    if lex.speech.relative_subjects:
        return _in_aside(quotation, mention, words, lex)
    first, last = words.range(max(quotation.speaker[0], mention.start - 120), mention.start)
    if quotation.cue is not None and _owner(first, words.at(quotation.cue[0]), words, lex):
        return False
    opened = (k for k in range(max(first, 1), last) if words.folds[k] in lex.relative)
    return any(words.folds[k - 1] == "," or (words.folds[k - 1] in lex.prepositions and words.folds[k] not in lex.that) for k in opened)  # "después de que"


def _told_of(mention: Mention, words: Words, lex: Lexicon) -> bool:
    """Whether a relative clause of somebody else is still open where the mention stands: "Ann Holt, a rival who has endorsed Pell, said"."""
    k = words.at(mention.start) - 1
    while k > 0 and words.is_word(k) and words.folds[k] not in lex.relative:
        k -= 1
    return words.folds[k] in lex.relative and words.folds[k] not in lex.that and words.is_word(k - 1)


def _owner(first: int, last: int, words: Words, lex: Lexicon) -> bool:
    """Whether a relative pronoun that has its subject behind it opens the cue's clause between the two words, and no comma closes it before the cue."""
    owners = lex.speech.relative_owners
    opened = next((k for k in range(last - 1, first, -1) if words.folds[k] in owners and words.folds[k - 1] == ","), None)
    return opened is not None and sum(words.folds[k] == "," for k in range(opened, last)) % 2 == 0  # two hold an apposition


def in_question(quotation: Quotation, mention: Mention, cue: Span, words: Words, lex: Lexicon) -> bool:
    """Whether the mention stands in a clause of somebody's question that a comma closes before the cue: "Pytany, czy Nowak odejdzie, odparł, że …"."""
    assert quotation.speaker is not None
    low, first = words.range(quotation.speaker[0], mention.start)
    opened = any(words.folds[k - 1] == "," and (words.folds[k] in lex.questions or words.folds[k] in lex.that) for k in range(low + 1, first))
    asked = lex.cased and words.folds[low] in lex.speech.opening_participles  # "Pytany, czy odejdzie z UE odparł, że …": its comma is left out
    return opened and (asked or any(words.folds[k] == "," for k in range(*words.range(mention.end, cue[0]))))


def _in_aside(quotation: Quotation, mention: Mention, words: Words, lex: Lexicon) -> bool:
    """Whether an article or a relative pronoun behind a comma opens a clause that the mention stands in and a comma closes before the cue."""
    assert quotation.speaker is not None and quotation.cue is not None
    low, first = words.range(quotation.speaker[0], mention.start)
    behind = range(*words.range(mention.end, quotation.cue[0]))
    opened = next((k for k in range(first - 1, low, -1) if words.folds[k - 1] == ","), None)
    aside = opened is not None and (words.folds[opened] in lex.speech.articles or words.folds[opened] in lex.relative)
    return aside and any(words.folds[k] == "," for k in behind)


def _governed(mention: Mention, words: Words, lex: Lexicon) -> bool:
    i = words.at(mention.start)
    while i > 0 and words.folds[i - 1] in OPENING_MARKS:
        i -= 1
    if mention.type == "place" and (begin := _list_begin(words, i, lex)) < i:
        i = begin
        if i > 1 and words.folds[i - 1] in lex.and_ and words.is_word(i - 2) and not words.capital(i - 2):
            return True  # "градове като Русе, Варна и Бургас"
    if i == 0:
        return False
    for back in range(i - 1, max(-1, i - 4), -1):
        fold = words.folds[back]
        if "\n" in words.text[words.ends[back] : words.starts[back + 1]]:
            return False
        shortened = fold == "." and back and mention.type != "person" and words.folds[back - 1] in lex.prepositions
        if fold in lex.prepositions or shortened:
            return mention.type != "person" or fold not in lex.adverbs  # "Напередодні Галан заявив"
        if fold in lex.dating and fold not in lex.speech.articles:
            return False  # "в събота Галан каза"
        if lex.speech.article_endings and mention.form == "name" and not mention.role and fold.endswith(lex.speech.article_endings):
            return False  # "след почивката Галан каза"
        addressed = fold in lex.speech.possessives and back and words.folds[back - 1] in lex.speech.addressing  # "à sa voisine"
        if addressed or fold in lex.speech.articles or (lex.speech.subject_first and fold in lex.speech.possessives):
            continue
        if lex.speech.articles and words.capital(back) and fold not in lex.dating:
            continue
        if lex.speech.noun_first and back == i - 1 and not words.capital(back) and _named_thing(mention, words.folds[back], lex):
            continue  # "a la red Ondas": the noun before a name says what it is
        if not words.is_word(back) or not lex.speech.adjective_endings or not fold.endswith(lex.speech.adjective_endings):
            return False
    return False


def _spoken_to(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether a preposition of whom one speaks to, and perhaps an article, stands before the word at `i`: "A la alcaldesa le pidió"."""
    while i > 0 and words.folds[i - 1] in lex.speech.articles:
        i -= 1
    return i > 0 and words.folds[i - 1] in lex.speech.addressing and words.folds[i - 1] not in lex.speech.agents


def _opens_time_clause(mention: Mention, cue: Span, i: int, words: Words, lex: Lexicon) -> bool:
    """Whether what stands before the mention is a conjunction and no preposition, as the cue is its verb: "after the cabinet promised"; or the
    preposition of a participle that has a subject of its own: ", with a judge describing"."""
    while i > 1 and words.folds[i - 1] in lex.speech.articles:
        i -= 1
    own = i > 1 and words.folds[i - 2] == "," and cue[0] - mention.end == 1 and words.text[slice(*cue)].endswith(lex.speech.gerund_endings or ("\n",))
    return own or (i > 0 and words.folds[i - 1] in lex.subordinate and mention.end <= cue[0] and "," not in words.text[mention.end : cue[0]])


def _relates(mention: Mention, cue: Span, words: Words, lex: Lexicon) -> bool:
    """Whether a relative pronoun behind the mention's comma is the subject of the cue right behind it: "according to the head, who added"."""
    k = words.at(mention.end)
    return lex.speech.subject_first and words.folds[k] == "," and words.folds[k + 1] in lex.relative and words.starts[k + 2] == cue[0]


def _object_by_article(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether the article of the noun phrase that the word at `i` stands in shows an object: "den neuen Minister"; or "als" opens it: "als Minister"."""
    k, endings = i, lex.speech.adjective_endings or ("\n",)
    while k > 0 and not words.capital(k - 1) and words.folds[k - 1] not in lex.speech.articles and words.folds[k - 1].endswith(endings):
        k -= 1
    return k > 0 and (words.folds[k - 1] in lex.speech.accusative_articles or words.folds[k - 1] in lex.speech.predicate_openers)


def _headed(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether a noun in lower case that no list knows, and no preposition governs, stands right before the name at `i`: the name is its complement."""
    fold = words.folds[i - 1] if i else ""
    if not fold or not words.is_word(i - 1) or words.capital(i - 1):
        return False
    tables = (lex.prepositions, lex.speech.articles, lex.adverbs, lex.and_, lex.relative, lex.auxiliaries, lex.pronouns, lex.titles, lex.that, lex.not_)
    small = any(fold in table for table in tables)
    finite = fold.endswith(lex.speech.verb_endings) or fold in lex.cues or fold in lex.speech.but or fold in lex.as_ or fold in lex.subordinate
    listed = any(lex.roles.opens(words.folds, k, i) or words.folds[k] in lex.prepositions for k in range(max(0, i - 4), i)) or fold in lex.dating
    return not (small or finite or listed or fold.endswith(lex.speech.adjective_endings) or lex.is_infinitive(fold) or fold.isdigit())


def _list_begin(words: Words, i: int, lex: Lexicon) -> int:
    """Where a list of names begins that the name at `i` goes on with: "в Испании, Португалии и Италии", "w miastach Łęg i Zator"; else `i`."""
    begin = i
    while begin > 2 and (words.folds[begin - 1] == "," or words.folds[begin - 1] in lex.and_) and words.capital(begin - 2):
        begin -= 2
        while begin > 0 and words.is_word(begin - 1) and words.capital(begin - 1):
            begin -= 1
    kind = begin > 1 and words.is_word(begin - 1) and words.folds[begin - 2] in lex.speech.place_prepositions and not words.capital(begin - 1)
    return begin - 1 if kind else begin


def _oblique(mention: Mention, chain: Chain | None, lex: Lexicon) -> bool:
    """Whether a name stands in a case that no subject has."""
    person = chain is not None and chain.type == "person"
    if mention.rule.startswith("name/obl"):
        return True
    return mention.form == "name" and is_oblique(mention.name, chain.name if chain is not None and person else mention.name, lex)


def _of_oblique(k: int, mentions: tuple[Mention, ...], chain: Chain | None, of: list[int], lex: Lexicon) -> bool:
    """Whether an office stands before its bearer's name in an oblique case, "premier Teresy Nowak", or a name behind its office that stands in one:
    "с еврокомиссаром Ада Рот"."""
    office = mentions[k - 1] if k and mentions[k].form == "name" else None
    if lex.cased and office is not None and office.form == "role" and mentions[k].role == office.name and mentions[k].start - office.end == 1:
        return office.rule == "role/obl"
    if mentions[k].form != "role" or k + 1 >= len(mentions) or of[k + 1] != of[k] or mentions[k + 1].start - mentions[k].end > 1:
        return False
    return _oblique(mentions[k + 1], chain, lex)


def _named_thing(mention: Mention, fold: str, lex: Lexicon) -> bool:
    """Whether a noun before a name may say what bears it: of one word, and no person's office."""
    small = fold in lex.roles or fold in lex.and_ or fold in lex.adverbs
    return mention.form == "name" and " " not in mention.name and not mention.role and not small


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


def _noun_phrase(words: Words, first: int, last: int, lex: Lexicon) -> tuple[int, int]:
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


def _bare_words(quotation: Quotation, words: Words, lex: Lexicon, *, source: bool) -> Span | None:
    """A noun phrase that no mention covers: the words between the clause's start and the cue, less adverbs and phrases before it."""
    if quotation.cue is None or quotation.speaker is None:
        return None
    low, high = quotation.speaker
    cue_first, cue_last = words.range(*quotation.cue)
    behind = low >= quotation.cue[1]  # the frame knows that the subject stands there
    if source or behind or (quotation.content and quotation.content[0][0] < quotation.cue[0] and high > quotation.cue[1]):
        first, last = cue_last, words.at(high)
    else:
        first, last = words.at(low), min(cue_first, words.at(high)) if high > low else cue_first
        last = _before_aside(first, last, words, lex)
        for k in range(last - 1, first - 1, -1):
            if words.folds[k] in (",", ";", ":", "–", "—", "-"):
                first = k + 1
                break
    if lex.speech.verb_second and not behind and first < last <= cue_first and not _opens_noun_phrase(words, first, last, lex):
        parted = next((k for k in range(first, cue_first) if words.folds[k] in lex.speech.perfect_auxiliaries), None)
        if quotation.number is None and parted is not None:
            first, last = _noun_phrase(words, parted + 1, cue_first, lex)
        else:
            first, last = cue_last, next((k for k in range(cue_last, words.at(high)) if not words.is_word(k)), words.at(high))
    while first < last and (phrase := lex.adverbs.at(words.folds, first, last)) is not None:
        first = phrase[0]
    while first < last and (
        not words.is_word(first)
        or words.folds[first] in lex.as_
        or words.folds[first] in lex.approx
        or words.folds[first] in lex.adverbs
        or words.folds[first] in lex.and_
        or words.folds[first] in lex.auxiliaries
        or words.folds[first] in lex.that
    ):
        first += 1
    while last > first and (
        (not words.is_word(last - 1) and words.folds[last - 1] != "%")
        or words.folds[last - 1] in lex.adverbs
        or words.folds[last - 1] in lex.auxiliaries
        or words.folds[last - 1] in lex.not_
        or words.folds[last - 1].endswith(lex.speech.not_endings or ("\n",))
    ):
        last -= 1
    if (verb := _past_with_object(words, first, last, lex)) is not None:
        first, last = (first, verb) if any(words.folds[k] in lex.and_ for k in range(verb, cue_first)) else (verb + 1, last)
    part = next((k for k in range(first, last) if not only_counts(words.folds[k], lex)), last)
    part += first < part < last and words.folds[part] in lex.prepositions  # "58 % des habitants", "l'un de ses voisins"
    if first < last and all(words.folds[k].isdigit() or words.folds[k] in lex.dating for k in range(first, last)):
        return None  # a day
    if lex.cased and first < last and words.folds[first] in lex.questions:
        return None  # the clause of a question: "Pytany, czy radni odejdą odparł, że …"
    for k in range(first, last):
        if k > first and (words.folds[k] == "(" or (k >= part and words.folds[k] in lex.prepositions and not lex.speech.linked_complements)):
            last = k
            break
        agent = lex.speech.subject_first and words.folds[k + 1] in lex.speech.agents  # "a notice issued by the council warned"
        if k > first and (words.folds[k] in lex.auxiliaries or words.folds[k] in lex.not_ or agent):
            last = k  # "experts have long called"
            break
        if words.folds[k] in lex.relative or words.folds[k] in lex.subordinate:
            return None
        if k > first and finite(words.folds[k], lex) and not words.capital(k) and words.folds[k] not in lex.roles:
            last = k - (k > first + 1 and not words.is_word(k - 1))
            break
    if last - first > 2 and any(words.folds[k] in lex.and_ for k in range(first, last)):
        return None
    office = lex.roles.at(words.folds, first, last) if lex.cased and not source and first < last else None
    oblique = office is not None and office[1].role.type in ("person", "group") and office[1].form.case == "obl"
    oblique = oblique and office is not None and any(f.case == "nom" and f.number == quotation.number for f in office[1].role.forms)  # not "судьи"
    if oblique or (first < last and words.folds[first] in lex.not_):
        return None  # "Президенту грозят отставкой", "Не зря говорят, что"
    opened = next((k for k in range(first, last) if words.folds[k] not in lex.speech.articles), last)
    if opened < last and finite(words.folds[opened], lex) and not words.capital(opened) and words.folds[opened] not in lex.roles:
        return None  # a clause that has its subject elsewhere: "se la guardó y pidió"
    if last - first == 1 and words.folds[first] in lex.speech.own_subjects:
        return _house(words, words.at(low), first, lex)
    marked = last - first > 1 and words.folds[first] in lex.speech.place_prepositions and words.capital(last - 1)
    if marked and any(words.folds[k] in '«„“"' for k in range(first + 1, last)):
        return words.span(first + 1, last)  # У столичному "Обрії" назвали …
    if last <= first or last - first > 8 or words.folds[first] in lex.prepositions:
        return None
    if last - first == 1 and any(words.folds[first] in table for table in (lex.speech.articles, lex.speech.subject_articles, lex.speech.deictic)):
        return None
    if lex.speech.nouns_capital:
        last = _capital_phrase_end(words, first, last, lex)
    return words.span(first, last) if last > first else None


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
