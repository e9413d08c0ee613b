"""Verbs that no list has and that say something by where they stand: „Kommt her“, winkte der Schaffner / Er habe Zeit, wehrte sie ab."""

from __future__ import annotations

from onrecord.knowledge.lexicon import Lexicon
from onrecord.knowledge.schema import Cue, Form
from onrecord.tokens import Words

FEWEST_QUOTED = 3  # words of a quotation before such a verb
FEWEST_CLAUSE = 4  # words of a reported clause before it
SHORTEST_VERB = 3  # letters
LONGEST_AFTER = 12  # words between such a verb and the end of its clause


def inquit(words: Words, i: int, first: int, last: int, quotes: list[tuple[int, int]], lex: Lexicon) -> tuple[Cue, Form] | None:
    """The verb at `i` as a cue, if a comma parts it from a quotation or a reported clause that opens the sentence, and its subject follows it."""
    fold = words.folds[i]
    known = lex.cues.at(words.folds, i, last)
    if known is not None and ("quote" in known[1].cue.takes or known[1].cue.frame != "verb"):
        return None
    if i - first < FEWEST_QUOTED or words.folds[i - 1] != "," or words.capital(i):
        return None
    if not _may_be_finite(words, i, lex) or not _subject_follows(words, i + 1, last, lex):
        return None
    quoted = next((q for q in quotes if q[1] == i - 1), None)
    opens = quoted is not None and (quoted[0] == first or words.folds[quoted[0] - 1] == ":") and quoted[1] - quoted[0] > FEWEST_QUOTED
    if not opens and not _reported(words, i - 1, first, last, lex):
        return None
    form = Form(fold, fold, number="pl" if fold.endswith(lex.speech.plural_endings) else "sg")
    return Cue(fold, "verb", ("quote",), (form,)), form


def _may_be_finite(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether a word in small letters can be a finite verb: no small word of another kind, no form of the subjunctive."""
    fold = words.folds[i]
    small = fold in lex.not_names or fold in lex.adverbs or fold in lex.and_ or fold in lex.relative or fold in lex.speech.articles or fold in lex.pronouns
    small = small or fold in lex.auxiliaries or fold in lex.speech.modals or fold in lex.as_ or fold in lex.subordinate or fold in lex.subjunctive
    past = fold.endswith(lex.speech.past_endings)
    return not small and fold.isalpha() and len(fold) >= SHORTEST_VERB and (past or not fold.endswith(("e", "er", "es", "em", "end")))


def _subject_follows(words: Words, k: int, last: int, lex: Lexicon) -> bool:
    """Whether a subject stands here: a pronoun, a noun with its article, a name."""
    if k >= last or not words.is_word(k):
        return False
    pronoun = lex.pronouns.get(words.folds[k])
    if pronoun is not None and pronoun.subject:
        return True
    if pronoun is not None or words.folds[k] in lex.relative:
        k += 1  # "ihn", "deren", "seine"
    if words.folds[k] in lex.speech.subject_articles:
        k += 1
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
