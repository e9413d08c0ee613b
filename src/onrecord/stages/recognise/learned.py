"""What a page itself teaches before it is read: which words stand capitalised as names, which nouns stand before names."""

from __future__ import annotations

import functools

from onrecord.knowledge import words as endings
from onrecord.knowledge.lexicon import Lexicon
from onrecord.stages.recognise.phrases import OPENERS, looks_finite, runs_on
from onrecord.stages.recognise.places import is_place
from onrecord.tokens import Words

LAST = "аеиоуяюєіїьэыйёaeiouyąęó"  # letters that a form may change for an ending
SHORTEST = 3  # letters


def nouns_before_names(words: Words, ranges: list[tuple[int, int]], lex: Lexicon) -> frozenset[str]:
    """Nouns that no list of roles has, learned from the page: "геодезистът Огнян Ралев" makes "геодезистът" a role here."""
    nouns = set()
    folds, given, titles = words.folds, lex.given, lex.titles
    for first, last in ranges:
        for i in range(first, last - 2):
            if folds[i + 1] not in given and folds[i + 1] not in titles:  # nearly always
                continue
            fold = folds[i]
            k = i + 1
            while k < last - 2 and (words.folds[k] in lex.titles or (words.folds[k] == "." and k > i + 1)):
                k += 1
            if lex.cased and (fold.endswith(lex.speech.oblique_name_endings) or fold in lex.speech.not_sources or lex.is_infinitive(fold)):
                continue  # "złożył dymisję Jana Kota", "według projektu Jana Kota"
            if lex.cased and words.folds[k] in lex.nominative_given and _governed(words, i, first, lex):
                continue  # "po wyjściu na wolność Anna Kot …"
            if words.folds[k] in lex.given and words.capital(k) and words.capital(k + 1) and words.is_word(i):
                noun = lex.speech.nouns_capital and words.capital(i) and fold not in lex.roles and fold not in lex.not_names and not is_place(fold, lex.code)
                plain = not words.capital(i) or i == first or noun
                if plain and len(fold) > 4 and _may_be_noun(words, i, lex) and fold.endswith(lex.speech.article_endings or ("",)):
                    nouns.add(fold)
    return frozenset(nouns)


def _governed(words: Words, i: int, first: int, lex: Lexicon) -> bool:
    """Whether a preposition, and perhaps an adjective, stands before the noun, whose case is then not that of the name behind it."""
    return any(words.folds[k] in lex.prepositions for k in range(max(first, i - 2), i))


def _may_be_noun(words: Words, i: int, lex: Lexicon) -> bool:
    fold = words.folds[i]
    owner = lex.cased and words.folds[i + 1] in lex.given and words.folds[i + 1] not in lex.nominative_given  # "отставке Ивана Дуба"
    if owner or (lex.cased and words.folds[i].endswith(lex.speech.no_complement_endings or ("\n",))):
        return False
    if lex.speech.noun_first and words.folds[i - 1] not in lex.speech.articles and words.folds[i - 1] not in lex.speech.possessives:
        return False  # an adjective or a verb: "la fleuriste andalouse Ana Gil", "a opiné Paul Roth"
    small = fold in lex.prepositions or fold in lex.adverbs or fold in lex.and_ or fold in lex.that or fold in lex.not_names or fold in lex.auxiliaries
    return not (
        small
        or lex.cues.opens(words.folds, i, i + 2)
        or (i and lex.cues.opens(words.folds, i - 1, i + 1))
        or looks_finite(words, i, lex, opening=not lex.speech.nouns_capital)
        or fold in lex.titles
        or fold in lex.source_nouns
        or fold in lex.given
        or fold in lex.pronouns
        or fold.isdigit()
    )


def capitalised_inside(words: Words, ranges: list[tuple[int, int]]) -> frozenset[str]:
    """Stems of the words that stand capitalised where nothing but being a name makes them so."""
    stems: set[str] = set()
    text, starts, folds = words.text, words.starts, words.folds
    for first, last in ranges:
        for i in range(first + 1, last):
            if text[starts[i]].isupper() and text[starts[i - 1]] not in OPENERS and folds[i - 1] not in ".!?":
                stems |= stems_of(folds[i])
    return frozenset(stems)


def after_given_names(words: Words, ranges: list[tuple[int, int]], lex: Lexicon) -> frozenset[str]:
    """Stems of the surnames that stand behind given names: the evidence for a surname alone where every noun has a capital."""
    return frozenset(
        stem
        for first, last in ranges
        for i in range(first, last - 1)
        if words.capital(i)
        and words.capital(i + 1)
        and words.folds[i] not in lex.not_names
        and words.folds[i + 1] not in lex.not_names
        and (
            words.folds[i] in lex.given
            or (i > first and runs_on(words, i, first, lex))
            or (lex.roles.opens(words.folds, i, last) and not lex.roles.opens(words.folds, i + 1, last))
        )
        for stem in stems_of(words.folds[i + 1])
    )


@functools.lru_cache(maxsize=8_192)
def stems_of(word: str) -> frozenset[str]:
    """What the forms of one name share, by two readings of its end: less one last vowel, and less any known ending. Two words can be forms of one
    name where they share a stem; now and then two names do (Іван, Іванов)."""
    word = endings.without_apostrophe(word)
    bare = word[:-1] if len(word) > SHORTEST and word[-1] in LAST else word
    return frozenset((bare, endings.stem(endings.fold(word))))
