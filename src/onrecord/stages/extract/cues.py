"""Where something may be said: cues in a sentence, and whether they are real, denied, or of one who only passes on."""

from __future__ import annotations

import msgspec

from onrecord.knowledge.lexicon import CueForm, Lexicon
from onrecord.knowledge.schema import Cue, Form
from onrecord.stages.extract.inquits import closes_speech, inquit
from onrecord.tokens import Words

REACH_COPULA = 9  # words of whose the noun is: "страхът на живеещите край реката е, че"
REACH_OWNER = 12  # tokens of whose the noun is: "предупреждението на бившия министър от правителството Галан, че"
PARTICIPLE = 7  # letters at the head of a participle within which its mark stands: "zurückgewiesen"
REACH_OWN = 4  # words behind a cue in which who writes is its subject
REACH_CASE = 14  # words on either side that show whether a text writes verbs small
SHORTEST_LONG = 5  # letters of words that a headline in capitals writes with one
REACH_NEGATION = 3  # words before a cue in which a negation or a modal makes it unreal


class Hit(msgspec.Struct, frozen=True):
    """A cue: tokens from `first` up to, not including, `last`."""

    first: int
    last: int
    cue: Cue
    form: Form


def find_cues(words: Words, first: int, last: int, hidden: list[tuple[int, int]], lex: Lexicon) -> list[Hit]:
    """Cues in the tokens first to last that stand outside the `hidden` token ranges and are said in earnest."""
    hits: list[Hit] = []
    folds, openers, and_, inquits = words.folds, lex.cue_openers, lex.and_, lex.speech.open_inquits
    i = first
    hide = iter(hidden)
    current = next(hide, None)
    while i < last:
        while current is not None and i >= current[1]:
            current = next(hide, None)
        if current is not None and i >= current[0]:
            i = current[1]
            continue
        if inquits and (said := inquit(words, i, first, last, hidden, lex)) is not None:
            hits.append(Hit(i, *said))
            i = said[0]
            continue
        if folds[i] not in openers and not (hits and folds[i - 1] in and_):
            i += 1
            continue
        found = lex.cues.at(folds, i, last)
        joined = bool(hits) and folds[i - 1] in and_
        if joined or (found is None and (hits or folds[i] in lex.auxiliaries)):
            found = _parted(words, i, last, hits, lex) or found
        if folds[i] in lex.cues.longer and (found is None or found[0] == i + 1):
            found = _around_adverbs(words, i, last, lex) or found
        if found is not None:
            after, (cue, form) = found
            if (agent := _agent_behind(words, i, after, first, last, cue, form, lex)) > after:
                hits.append(Hit(i, agent, cue, form))
                i = agent
                continue
            reader = "that:np" in cue.takes and folds[after] in lex.speech.own_subjects and folds[after] not in lex.relative  # "it tells you how …"
            if reader or _no_cue(words, i, first, cue, form, lex) or (cue.frame == "noun" and cue.takes and not _holds(words, after, last, cue, hits, lex)):
                i = after
                continue
            if lex.speech.verb_second and not _is_whole(words, i, after, first, last, cue, form, hidden, lex):
                i = after
                continue
            if lex.speech.impersonals and cue.frame == "verb" and form.number == "sg" and _is_impersonal(words, i, after, first, last, cue, lex):
                if cue.strength == "act":
                    i = after  # nobody accuses: "se le acusa de robar"
                    continue
                form = msgspec.structs.replace(form, gender="n", number=None)
            denied = lex.speech.verb_second and (_denied_behind(words, after, last, lex) or _is_infinitive(words, i, after, first, last, form, lex))
            doubted = cue.strength == "think"  # not to believe is to hold a view: "не вірить, що"
            own = cue.frame == "state" and any(words.folds[j] in lex.first_person for j in (i - 1, after) if first <= j < last)
            if own:
                i = after  # "сигурен съм, че": who speaks there is no third person
                continue
            if cue.frame in ("source", "back") or not (denied or _unreal(words, i, first, lex, denied=not doubted)):
                hits.append(Hit(i, after, cue, form))
            i = after
            continue
        i += 1
    return hits


def claimed(words: Words, start: int, last: int, lex: Lexicon) -> tuple[int, int] | None:
    """The copula and the conjunction behind a noun that names what somebody holds: "Аргументът на кмета е, че"; None where they do not follow."""
    copula = next((k for k in range(start, min(last, start + REACH_COPULA)) if words.folds[k] in lex.copulas or words.folds[k] in ",;:"), None)
    if copula is None or words.folds[copula] not in lex.copulas:
        return None
    that = next((k for k in range(copula + 1, min(last, copula + 5)) if words.folds[k] in lex.that), None)
    return (copula, that) if that is not None else None


def owned(words: Words, start: int, last: int, cue: Cue, lex: Lexicon) -> tuple[int, int] | None:
    """Where whose it is ends, and where what is said begins, behind a noun of speech: "предупреждението на кмета, че", "заклик мера прийти"."""
    folds = words.folds
    if start >= last or not words.is_word(start):
        return None
    if lex.speech.linked_complements and folds[start] not in lex.speech.agents and not lex.complements.opens(folds, start, last):
        return None
    for k in range(start, min(last - 1, start + REACH_OWNER)):
        if folds[k] == "," and folds[k + 1] in lex.that and "that" in cue.takes:
            about = folds[k - 1] in lex.speech.correlatives and f"np:{folds[k - 2]}" in cue.takes
            end = k - 2 if about else k
            return (end, k + 2) if end > start and (about or folds[k - 1] not in lex.speech.correlatives) else None
        noun = words.capital(k) or lex.roles.opens(folds, k, last)  # "Палати", "депутати"
        if "inf" in cue.takes and k > start and lex.is_infinitive(folds[k]) and not noun:
            return k, k
        if folds[k] in ",;:" or folds[k] in lex.that or folds[k] in lex.relative or lex.cues.opens(folds, k, last):
            return None
    return None


def _holds(words: Words, after: int, last: int, cue: Cue, hits: list[Hit], lex: Lexicon) -> bool:
    """Whether what a noun names follows it, and no verb before it takes the clause for its own: "каза в изявление на двореца, че"."""
    if claimed(words, after, last, lex) is not None:
        return True
    found = owned(words, after, last, cue, lex)
    taken = hits and hits[-1].cue.frame == "verb" and hits[-1].cue.strength != "act" and "," not in words.folds[hits[-1].last : after]
    return found is not None and not (taken and found[0] < found[1])


def _is_impersonal(words: Words, i: int, after: int, first: int, last: int, cue: Cue, lex: Lexicon) -> bool:
    """Whether a cue has no subject, "se informó de que", "se le acusa"; a verb that is reflexive by itself is listed with its pronoun, or has no
    clause behind it: "se declaró «satisfecho»"."""
    if cue.strength != "act" and not any(words.folds[k] in lex.that for k in range(after, min(last, after + REACH_OWNER))):
        return False
    before = [k for k in range(i - 1, max(first, i - 2) - 1, -1) if words.is_word(k)]
    found = next((k for k in before if words.folds[k] in lex.speech.impersonals), None)
    return found is not None and all(words.folds[k] in lex.auxiliaries for k in range(found + 1, i))


def _denied_behind(words: Words, after: int, last: int, lex: Lexicon) -> bool:
    """Whether a negation follows the cue: "sagte nicht", but not "sagte nicht nur"."""
    denied = after < last and words.folds[after] in lex.not_
    return denied and not (after + 1 < last and words.folds[after + 1] in lex.speech.not_only)


def _is_whole(words: Words, i: int, after: int, first: int, last: int, cue: Cue, form: Form, hidden: list[tuple[int, int]], lex: Lexicon) -> bool:
    """Whether a cue's verb is whole, and nobody who writes its subject: the finite part of a separable verb has its other part at the end of its clause,
    "gab … an", but not "gab ihm Wasser", or closes speech; a participle has an auxiliary."""
    if cue.frame not in ("verb", "state"):
        return True
    if _is_own_clause(words, i, after, first, last, lex):
        return False
    mark, lone = lex.speech.participle_mark, " " not in form.form
    if lone and not form.number and mark and mark in form.form[:PARTICIPLE] and not any(words.folds[k] in lex.auxiliaries for k in range(first, last)):
        return False
    parts = tuple(t[5:] for t in cue.takes if t.startswith("verb+"))
    if not parts or not form.number or not lone or form.form.startswith(parts):
        return True
    ends = (k for k in range(after, last) if words.folds[k] in parts)
    whole = any(k + 1 >= last or not words.is_word(k + 1) or words.folds[k + 1] in lex.and_ for k in ends)
    return whole or closes_speech(words, i, after, first, last, hidden, lex)


def _is_own_clause(words: Words, i: int, after: int, first: int, last: int, lex: Lexicon) -> bool:
    """Whether who writes is the subject of the cue's clause, wherever it stands there: "Damals habe ich festgestellt, dass …"."""
    begin = next((k + 1 for k in range(i - 1, first - 1, -1) if not words.is_word(k) or (words.folds[k] in lex.and_ and k < i - 1)), first)
    end = next((k for k in range(after, min(last, after + REACH_OWN)) if not words.is_word(k)), min(last, after + REACH_OWN))
    addressed = after < end and words.folds[after] in lex.speech.polite_subjects and words.capital(after)  # "Erinnern Sie sich, dass …"
    impersonal = begin == first and words.folds[first] in lex.speech.own_subjects  # "Man geht davon aus, dass …"
    return addressed or impersonal or any(words.folds[k] in lex.own_first for k in (*range(begin, i), *range(after, end)))


def _is_infinitive(words: Words, i: int, after: int, first: int, last: int, form: Form, lex: Lexicon) -> bool:
    """Whether a verb that closes its clause is the infinitive of a modal that stands second in it: "Das Amt müsse nun sagen, wie …"."""
    if form.number != "pl" or i <= first:
        return False
    if after < last and words.is_word(after):
        return words.folds[after] in lex.infinitive_particles or words.folds[after] in lex.speech.modals  # "einstufen zu müssen"
    k = i - 1
    while k >= first and words.is_word(k):
        if words.folds[k] in lex.subordinate or words.folds[k] in lex.that or words.folds[k] in lex.relative or words.folds[k] in lex.as_:
            return False
        if words.folds[k] in lex.speech.modals and k > first:
            return True
        k -= 1
    return False


def _is_supposed(words: Words, i: int, first: int, lex: Lexicon) -> bool:
    """Whether "if" or "unless" opens the cue's clause a few words before it: "If the mayor says …"."""
    for k in range(i - 1, max(first - 1, i - 7), -1):
        if words.folds[k] in lex.speech.suppositions:
            return k == first or words.folds[k - 1] == ","
        if not words.is_word(k) or words.folds[k] in lex.that:
            return False
    return False


def _no_cue(words: Words, i: int, first: int, cue: Cue, form: Form, lex: Lexicon) -> bool:
    """Whether what looks like a cue is a noun, an attribute, a passive or a supposition, where verbs do not show it by their form."""
    if lex.speech.nouns_capital and cue.frame == "source" and " " not in form.form:
        return _is_noun_by_capital(words, i, first)  # "am ersten Laut des Motors"
    if lex.speech.nouns_capital and cue.frame in ("verb", "state"):
        return _is_noun_by_capital(words, i, first) or _is_attribute(words, i, first, form, lex)
    if lex.speech.noun_first and cue.frame == "verb":
        other = i > first + 1 and words.folds[i - 1] in lex.speech.reflexives and words.is_word(i - 2)  # "il s'exprime", "la hausse s'explique"
        return other or _is_noun_by_capital(words, i, first) or (i > first and words.capital(i) and words.folds[i - 1] in "–—-")
    if not lex.speech.plain_verbs:
        return False
    if _is_own(words, i, first, lex) or _is_noun(words, i, first, form, lex) or _in_name(words, i, first, lex):
        return True
    return _is_passive(words, i, first, form, lex) or _is_supposed(words, i, first, lex) or _is_imperative(words, i, first, form, lex)


def _is_noun_by_capital(words: Words, i: int, first: int) -> bool:
    """Whether a capital inside a sentence shows a noun: "die Macht", "ein Schreiben"; a sentence may open anew behind a mark or a number."""
    return i > first and words.capital(i) and (words.is_word(i - 1) or words.folds[i - 1] == ",")


def _is_attribute(words: Words, i: int, first: int, form: Form, lex: Lexicon) -> bool:
    """Whether a participle stands between an article or preposition and its noun: "der bekannten Kritikerin"; of verbs whose participle has no "ge-"."""
    if i == first or i + 1 >= len(words.starts) or " " in form.form:
        return False
    if words.folds[i] in lex.not_names and words.capital(i + 1) and form.form.endswith(lex.speech.adjective_endings):
        return True  # a possessive: "bei meinen Kunden"
    if words.folds[i - 1] in lex.speech.accusative_articles and form.number is None:
        return True  # "einen betont sachlichen Text"
    opened = words.folds[i - 1] in lex.speech.articles or words.folds[i - 1] in lex.prepositions
    inflects = form.form.startswith(lex.speech.bare_participles) or form.form.endswith(lex.speech.bare_participle_endings)
    return opened and inflects and words.capital(i + 1) and form.form.endswith(lex.speech.adjective_endings)


def _is_imperative(words: Words, i: int, first: int, form: Form, lex: Lexicon) -> bool:
    """Whether a form that is an infinitive too opens a sentence, or the clause behind a condition: "Add the milk", "If you like, tell us"."""
    if form.number != "pl":
        return False
    k = i
    while k > first and (words.folds[k - 1] in lex.adverbs or words.folds[k - 1] in lex.speech.requests):
        k -= 1
    return k == first or words.folds[k - 1] in "(;:" or (words.folds[k - 1] == "," and words.folds[first] in lex.speech.suppositions)


def _is_own(words: Words, i: int, first: int, lex: Lexicon) -> bool:
    """Whether who writes, or who reads, is the subject: "We welcome letters", "everything you think"."""
    own = words.folds[first] in lex.speech.own_subjects and words.folds[first] not in lex.relative
    ours = words.folds[first] in lex.speech.own_possessives  # "Our forecast indicates that", but "My aunt told me that"
    ours = ours and not any(words.capital(k) or lex.roles.opens(words.folds, k, i) for k in range(first + 1, i))
    if (own or ours) and all(map(words.is_word, range(first, i))):
        return True
    pointed = i > first and words.folds[i - 1] in lex.speech.deictic and words.folds[i - 1] not in lex.pronouns and words.folds[i - 1] not in lex.relative
    if pointed and (i - 1 == first or not words.is_word(i - 2)):
        return True  # "This suggests that …": nobody speaks
    k = i - 1
    while k > first and (words.folds[k] in lex.auxiliaries or words.folds[k] in lex.adverbs):
        k -= 1
    return k >= first and words.folds[k] in lex.speech.own_subjects and words.folds[k] not in lex.relative


def _in_name(words: Words, i: int, first: int, lex: Lexicon) -> bool:
    """Whether a word with a capital belongs to a name, in a text that writes verbs small: "Chief Press Secretary Ann Holt", "Delta State"."""
    if i == first or not words.capital(i) or not words.is_word(i - 1):
        return False
    line = words.text.find("\n", words.starts[i])
    last = words.at(line) if line >= 0 else len(words.starts)
    around = [k for k in range(max(first, i - REACH_CASE), min(last, i + REACH_CASE)) if words.is_word(k) and len(words.folds[k]) >= SHORTEST_LONG]
    return sum(not words.capital(k) for k in around) * 3 >= len(around)  # not a headline in which every longer word has a capital


def _is_participle(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether a past form modifies the noun behind it: "an estimated value", "with alleged links"; an article or preposition stands before."""
    if i + 1 >= len(words.starts) or not words.is_word(i + 1):
        return False
    fold, behind = words.folds[i - 1], words.folds[i + 1]
    noun = behind not in lex.speech.articles and behind not in lex.that and behind not in lex.pronouns and behind not in lex.prepositions
    return noun and (fold in lex.speech.articles or fold in lex.speech.determiners or fold in lex.prepositions)


def _is_singular(words: Words, i: int, first: int, lex: Lexicon) -> bool:
    """Whether a noun phrase in the singular leads up to a form that only a plural subject has: "the warm welcome", "a police report"."""
    before = words.folds[i - 1]
    plural = before.endswith("s") and not before.endswith(("ss", "us"))
    if plural or before in lex.speech.quantifiers or before in lex.roles or not words.is_word(i - 1):
        return False
    named = words.capital(i - 1)  # "a Herald report", but "the Rovers report"
    for k in range(i - 2, max(first - 1, i - 5), -1):
        if words.folds[k] in lex.speech.indefinite or (words.folds[k] in lex.speech.articles and not named):
            return True
        if not words.is_word(k) or words.folds[k] in lex.prepositions or words.folds[k] in lex.relative or words.folds[k] in lex.and_:
            return False
    return False


def _is_noun(words: Words, i: int, first: int, form: Form, lex: Lexicon) -> bool:
    """Whether a form that may be a noun is one: "the report", "his claims", "a levy on fears"; an article or preposition stands before."""
    if i == first:
        return False
    if form.converb:
        fold = words.folds[i - 1]  # "the ruling", "his thinking"
        if i + 1 < len(words.starts) and words.folds[i + 1] not in lex.that and _is_singular(words, i, first, lex):
            return True  # "a tsunami warning siren"
        return fold in lex.speech.articles or fold in lex.speech.possessives or fold.endswith(lex.speech.possessive_endings)
    if not form.number:
        return " " not in form.form and _is_participle(words, i, lex)
    if form.number == "pl" and " " not in form.form and _is_singular(words, i, first, lex):
        return True
    fold = words.folds[i - 1]
    counted = fold.isdigit() or fold in lex.cardinals or fold in lex.speech.quantifiers or fold in lex.auxiliaries
    if form.number == "sg" and " " not in form.form and counted:
        return True  # "64 reports", "all claims", "had hopes"
    plural = bool(lex.speech.possessive_endings) and fold in "'’" and i - 1 > first and words.folds[i - 2].endswith("s")  # "the experts' report"
    possessive = plural or fold.endswith(lex.speech.possessive_endings) or (fold in lex.pronouns and not lex.pronouns[fold].subject)
    possessive = possessive or fold in lex.speech.possessives
    return possessive or fold in lex.speech.articles or fold in lex.speech.determiners or fold in lex.prepositions


def _is_passive(words: Words, i: int, first: int, form: Form, lex: Lexicon) -> bool:
    """Whether a participle stands behind a form of "be", so that its subject is not who speaks: "was condemned", "is being asked"."""
    if i == first and form.form in lex.speech.opening_participles:
        return True
    if form.converb or form.number or " " in form.form:
        return False
    k = i - 1
    while k >= first and (words.folds[k] in lex.adverbs or words.folds[k] in lex.not_):
        k -= 1
    return k >= first and words.folds[k] in lex.speech.passive_auxiliaries


def _agent_behind(words: Words, i: int, after: int, first: int, last: int, cue: Cue, form: Form, lex: Lexicon) -> int:
    """The index after the preposition of who speaks behind a passive and before a clause: "was told by the council that"; else `after`."""
    if after >= last or words.folds[after] not in lex.speech.agents or "that" not in cue.takes or not lex.speech.passive_auxiliaries:
        return after
    passive = form.number is None and not form.converb
    stop = next((k for k in range(after, min(last, after + REACH_OWNER)) if words.folds[k] in lex.that or not words.is_word(k)), last)
    return after + 1 if passive and stop < last and words.folds[stop] in lex.that and stop > after + 1 else after


def _parted(words: Words, i: int, last: int, hits: list[Hit], lex: Lexicon) -> tuple[int, CueForm] | None:
    """A compound tense that adverbs part, "a également annoncé", or whose auxiliary the cue before has: "a salué … et annoncé …"."""
    auxiliary = words.folds[i]
    if auxiliary not in lex.auxiliaries:
        shared = hits and i > 0 and words.folds[i - 1] in lex.and_ and words.folds[hits[-1].first] in lex.auxiliaries
        if not shared:
            return None
        auxiliary, k = words.folds[hits[-1].first], i
    else:
        k = i + 1
    begin = k
    while k < last and (adverb := lex.adverbs.at(words.folds, k, last)) is not None:
        k = adverb[0]
    if k == begin and k > i:
        return None
    phrase = [auxiliary, *words.folds[k : min(last, k + 4)]]
    found = lex.cues.at(phrase, 0, len(phrase))
    return (k + found[0] - 1, found[1]) if found is not None and found[0] > 1 else None


def _around_adverbs(words: Words, i: int, last: int, lex: Lexicon) -> tuple[int, CueForm] | None:
    """A cue of more words whose first stands before an adverb: "zwrócił też uwagę", "выразил при этом надежду"."""
    k = i + 1
    if k >= last or words.folds[k] not in lex.adverbs.firsts or words.folds[k] in lex.speech.reflexives:  # nearly always
        return None
    while k < last and (adverb := lex.adverbs.at(words.folds, k, last)) is not None:
        k = adverb[0]
    if k == i + 1 or k >= last:
        return None
    phrase = [words.folds[i], *words.folds[k : min(last, k + 3)]]
    found = lex.cues.at(phrase, 0, len(phrase))
    return (k + found[0] - 1, found[1]) if found is not None and found[0] > 1 and found[1].cue.frame == "verb" else None


def _unreal(words: Words, i: int, first: int, lex: Lexicon, *, denied: bool = True) -> bool:
    """Whether the cue is denied (unless that is no matter) or only thinkable: a negation or a modal stands right before it."""
    if words.folds[first] in lex.hypothetical and lex.subordinate.opens(words.folds, first, i) and "," not in words.folds[first:i]:
        return True
    k = i - 1
    steps = 0
    while k >= first and steps < REACH_NEGATION:
        fold = words.folds[k]
        if not words.is_word(k):
            return False
        negated = fold in lex.not_ or fold.endswith(lex.speech.not_endings)
        if fold in lex.hypothetical and fold in lex.speech.own_subjects and _somewhere(words, k, first, lex):
            return False
        if (denied and negated) or fold in lex.hypothetical:
            return True
        if negated:
            k, steps = k - 1, steps + 1
            continue
        if fold in lex.relative and k > first and words.folds[k - 1] in lex.speech.summing:
            return True
        if not (fold in lex.auxiliaries or fold in lex.adverbs):
            return False
        k -= 1
        steps += 1
    return _in_condition(words, i, first, lex)


def _somewhere(words: Words, k: int, first: int, lex: Lexicon) -> bool:
    """Whether the sentence opens with a place or a house, behind whose comma "one" speaks for it: "Au ministère, on assure que"."""
    placed = words.folds[first] in lex.speech.place_prepositions and not lex.adverbs.opens(words.folds, first, k) and words.folds[first + 1] not in lex.dating
    return placed and words.folds[k - 1] == "," and k - first <= REACH_OWNER


def _in_condition(words: Words, i: int, first: int, lex: Lexicon) -> bool:
    """Whether the cue's clause opens with a word that makes it a condition: "Якби мер сказав, що …"."""
    k = i - 1
    while k >= first and words.folds[k] not in (",", ";", ":", "–", "—"):
        k -= 1
    return k + 1 < i and words.folds[k + 1] in lex.hypothetical and words.folds[k + 1] in lex.subordinate
