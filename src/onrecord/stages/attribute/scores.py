"""How well a mention suits a cue as its subject: by form, agreement and place."""

from __future__ import annotations

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import Mention, Quotation, Span
from onrecord.stages.attribute.chain import Chain
from onrecord.stages.attribute.names import is_oblique
from onrecord.tokens import Words

REACH_ASIDE = 16  # tokens of what stands between commas
OPENING_MARKS = frozenset('«„“"')
BASE = 3.0  # of a mention of which nothing is known
NO_SUBJECT = -9.0  # a pronoun in a form that is no subject
OTHER_GENDER = -6.0
ONE_OF_MANY = -1.5  # one person or place, of which nothing shows that it speaks with others, beside a verb in the plural
OFFICE_OF_WOMAN = -1.5  # an office in the masculine beside a verb in the feminine, its bearer unknown
OTHER_NUMBER = -3.0
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


def score(
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
        value += GOVERNED * is_governed(office, words, lex)  # "sagte nach dem Treffen mit dem Leiter, Jan Roth, …"
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
    if not lex.speech.owner_endings or mention.form != "name" or not mention.name.endswith(lex.speech.owner_endings):
        return False
    if chain is None or chain.name.lower().split()[-1:] == mention.name.lower().split()[-1:]:
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
        governed = i > behind + owned and is_governed(mention, words, lex)
        value = GOVERNED if governed else 0.0
    else:
        impersonal = mention.type == "document" and quotation.gender == "n"  # "z raportu wynika"
        value = 0.0
        owner = i - (i > 1 and words.folds[i - 1] in lex.speech.articles)
        owned = words.folds[owner - 1] in lex.prepositions and words.starts[owner - 1] < cue[1] <= mention.start  # "цитира думите на Галан"
        shown = mention.form == "role" and mention.name.split()[0].endswith(lex.speech.subject_endings or ("\n",))  # "кметът" is no object
        opened = _opens_time_clause(mention, cue, i, words, lex)
        opened = opened or _relates(mention, cue, words, lex)
        if mention.form != "pronoun" and not impersonal and not owned and not shown and not opened and is_governed(mention, words, lex):
            value += GOVERNED
        if mention.form == "role" and mention.rule == "role/obl" and not impersonal:
            value += GOVERNED
        if i and (words.folds[i - 1] in lex.speech.addressees or _spoken_to(words, i, lex)):
            value += ADDRESSED
        if mention.form == "name" and mention.type in ("organization", "place") and _headed(words, i, lex):
            value += HEADED
        if mention.form != "pronoun" and object_by_article(words, i, lex):
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
        value -= 0.5 * min(3, unexplained(mention, cue, words, lex))
    if not after and not source and _apposed(mention, k, mentions, of, cue, words, lex):
        value -= 2.0
    if not after and not source:
        value += (RELATIVE_CLOSED if "," in between else RELATIVE) * _in_relative(quotation, mention, words, lex)
        value += GOVERNED * (lex.speech.subject_first and "," in between and _told_of(mention, words, lex))
        value += OWNER * _owner(words.at(mention.end), words.at(cue[0]), words, lex)
        value += BRACKETED * (quotation.speaker is not None and _between_dashes(mention, cue, quotation.speaker[0], words))
        value += SUBORDINATE * in_question(quotation, mention, cue, words, lex)
        reaches = quotation.speaker is None or quotation.speaker[1] > mention.end  # else an object stands between
        value += MODIFIER * (reaches and modifies(mention, cue, words, lex))
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


def modifies(mention: Mention, cue: Span, words: Words, lex: Lexicon) -> bool:
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


def unexplained(mention: Mention, cue: Span, words: Words, lex: Lexicon) -> int:
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


def is_governed(mention: Mention, words: Words, lex: Lexicon) -> bool:
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


def object_by_article(words: Words, i: int, lex: Lexicon) -> bool:
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
