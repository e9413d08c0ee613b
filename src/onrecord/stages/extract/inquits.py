"""Verbs that no list has and that say something by where they stand: „Kommt her“, winkte der Schaffner / Er habe Zeit, wehrte sie ab /
« Le pont tient », a philosophé le maire / Le pont tiendra, calcule-t-elle."""

from __future__ import annotations

from onrecord.knowledge.lexicon import Lexicon
from onrecord.knowledge.schema import Cue, Form
from onrecord.tokens import Words

FEWEST_QUOTED = 3  # words of a quotation before such a verb
FEWEST_CLAUSE = 4  # words of a reported clause before it
SHORTEST_VERB = 3  # letters
LONGEST_AFTER = 12  # words between such a verb and the end of its clause


def inquit(words: Words, i: int, first: int, last: int, quotes: list[tuple[int, int]], lex: Lexicon) -> tuple[int, Cue, Form] | None:
    """The verb at `i` as a cue and the index behind it, if a comma parts it from a quotation or a reported clause that opens the sentence, and its
    subject follows it."""
    if lex.speech.inverted_pronouns and words.folds[i].endswith(lex.speech.inverted_pronouns):
        return _with_pronoun(words, i, first, last, quotes, lex)
    if words.folds[i - 1] != ",":
        return None
    fold, after = words.folds[i], i + 1
    known = lex.cues.at(words.folds, i, last)
    if known is not None and ("quote" in known[1].cue.takes or known[1].cue.frame != "verb"):
        return None
    if i - first < FEWEST_QUOTED or words.capital(i):
        return None
    if lex.speech.inverted_pronouns and fold in lex.auxiliaries and _is_participle(words, i + 1, lex):
        after = i + 2  # "a philosophé le maire"
    elif not may_be_finite(words, i, lex):
        return None
    if not closes_speech(words, i, after, first, last, quotes, lex):
        return None
    form = Form(fold, fold, number="pl" if fold.endswith(lex.speech.plural_endings or ("\n",)) else "sg")
    return after, Cue(fold, "verb", ("quote",), (form,)), form


def closes_speech(words: Words, i: int, after: int, first: int, last: int, quotes: list[tuple[int, int]], lex: Lexicon) -> bool:
    """Whether a quotation or a reported clause opens the sentence and ends at the comma before the verb at `i`, whose subject follows at `after`."""
    if words.folds[i - 1] != "," or not subject_follows(words, after, last, lex):
        return False
    quoted = next((q for q in quotes if q[1] == i - 1), None)
    opens = quoted is not None and (quoted[0] == first or words.folds[quoted[0] - 1] == ":") and quoted[1] - quoted[0] > FEWEST_QUOTED
    return opens or _reported(words, i - 1, first, last, lex)


def _with_pronoun(words: Words, i: int, first: int, last: int, quotes: list[tuple[int, int]], lex: Lexicon) -> tuple[int, Cue, Form] | None:
    """A verb with its pronoun behind it that a comma or a closing mark parts from what it closes: ", calcule-t-elle", "», s'étrangle-t-il"."""
    after, k = past_inverted(words, i, lex), i - 1
    if not after or lex.cues.opens(words.folds, i, last):
        return None
    while k > first and words.folds[k] in lex.auxiliaries:
        k -= 1
    parted = words.folds[k] == "," or any(q[1] == k + 1 for q in quotes)
    if not parted or k - first < FEWEST_QUOTED or words.folds[last - 1] == "?":
        return None  # a question has that order too
    fold = words.folds[i]
    pronoun = lex.pronouns.get(fold.rpartition("-")[2])
    form = Form(fold, fold, gender=pronoun.gender if pronoun else None, number=pronoun.number if pronoun else "sg")
    return after, Cue(fold, "verb", ("quote",), (form,)), form


def past_inverted(words: Words, i: int, lex: Lexicon) -> int:
    """The index behind a verb that has its pronoun behind it, "calcule-t-elle", "a-t-il opposé"; 0 where none stands, or one that says nothing: "est-il"."""
    fold = words.folds[i]
    verb, hyphen, _ = fold.partition("-")
    if not hyphen or not fold.endswith(lex.speech.inverted_pronouns or ("\n",)) or fold in lex.adverbs or verb in lex.hypothetical:
        return 0
    if verb not in lex.auxiliaries:
        return i + 1
    return i + 2 if _is_participle(words, i + 1, lex) else 0


def _is_participle(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether a word in small letters can be a participle."""
    return words.is_word(i) and not words.capital(i) and words.folds[i].endswith(lex.speech.past_endings)


def may_be_finite(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether a word in small letters can be a finite verb: no small word of another kind, no form of the subjunctive."""
    fold = words.folds[i]
    small = fold in lex.not_names or fold in lex.adverbs or fold in lex.and_ or fold in lex.relative or fold in lex.speech.articles or fold in lex.pronouns
    small = small or fold in lex.auxiliaries or fold in lex.speech.modals or fold in lex.as_ or fold in lex.subordinate or fold in lex.subjunctive
    past = fold.endswith(lex.speech.past_endings)
    if lex.speech.null_subject:
        return not small and fold.endswith(lex.speech.verb_endings) and fold.isalpha()
    if lex.speech.inverted_pronouns:
        return not (small or past or fold in lex.prepositions or fold in lex.roles or fold in lex.titles) and len(fold) > SHORTEST_VERB and fold.isalpha()
    return not small and fold.isalpha() and len(fold) >= SHORTEST_VERB and (past or not fold.endswith(("e", "er", "es", "em", "end")))


def subject_follows(words: Words, k: int, last: int, lex: Lexicon) -> bool:
    """Whether a subject stands here, adverbs aside: a pronoun, a noun with its article, a name; or none is needed."""
    if lex.speech.null_subject:
        return True
    while lex.speech.verb_second and k < last and (adverb := lex.adverbs.at(words.folds, k, last)) is not None:
        k = adverb[0]
    if k >= last or not words.is_word(k):
        return False
    pronoun = lex.pronouns.get(words.folds[k])
    if pronoun is not None and pronoun.subject:
        return True
    if pronoun is not None or words.folds[k] in lex.relative:
        k += 1  # "ihn", "deren", "seine"
    if words.folds[k] in lex.titles:
        return True
    if words.folds[k] in lex.speech.subject_articles:
        k += 1
        if not lex.speech.nouns_capital:
            return k < last and words.is_word(k)
        while k < last and words.is_word(k) and not words.capital(k) and words.folds[k].endswith(lex.speech.adjective_endings):
            k += 1
    return k < last and words.is_word(k) and words.capital(k)


def _reported(words: Words, comma: int, first: int, last: int, lex: Lexicon) -> bool:
    """Whether a main clause in the subjunctive ends at the comma, and what follows the verb behind it is short."""
    if comma - first < FEWEST_CLAUSE or words.folds[first] in lex.hypothetical:
        return False
    end = next((k for k in range(comma + 1, last) if not words.is_word(k)), last)
    opening = next((k for k in range(first, comma) if words.folds[k] == ","), comma)
    main = any(words.folds[k] in lex.reported and not words.capital(k) for k in range(first + 1, opening))
    behind = any(words.folds[k] == "," and words.folds[k + 1] in lex.reported for k in range(opening, comma - 1))
    return (main or behind) and end - comma <= LONGEST_AFTER
