"""Names, roles and pronouns: the words that stand for somebody or something.

Names are runs of capitalised words; at the head of a sentence, where every word is capitalised, only with evidence: the word
stands capitalised inside another sentence, is a given name or an acronym, or more of the name follows. A role ("генеральний секретар НАТО") is
a role word with the adjectives before it and the complement after it; followed by a person's name, it is that person's role.
"""

from __future__ import annotations

from onrecord.knowledge.lexicon import Lexicon, lexicon
from onrecord.knowledge.schema import Language
from onrecord.records import Article, Mention, Sentence
from onrecord.stages.recognise.bodies import capital_body, named_body
from onrecord.stages.recognise.learned import after_given_names, capitalised_inside, nouns_before_names
from onrecord.stages.recognise.names import name_end, name_of, split_run
from onrecord.stages.recognise.phrases import ADJECTIVES_BEFORE_ROLE, may_modify
from onrecord.stages.recognise.roles import complement_end, role_at
from onrecord.tokens import Words


def recognise(article: Article, sentences: tuple[Sentence, ...], words: Words, language: Language) -> tuple[Mention, ...]:
    """All mentions in the article proper, in order; not yet resolved into chains."""
    lex = lexicon(language.code)
    ranges = [words.range(s.start, s.end) for s in sentences]
    inner = after_given_names(words, ranges, lex) if lex.speech.nouns_capital else capitalised_inside(words, ranges)
    found: list[Mention] = []
    learned = nouns_before_names(words, ranges, lex)
    for first, last in ranges:
        found += _in_sentence(words, first, last, inner, learned, lex)
    return tuple(found)


def _in_sentence(words: Words, first: int, last: int, inner: frozenset[str], learned: frozenset[str], lex: Lexicon) -> list[Mention]:
    """The mentions of one sentence; `inner` are stems of names, `learned` nouns that are roles on this page."""
    folds = words.folds
    found: list[Mention] = []
    i = first
    while i < last:
        fold = folds[i]
        pronoun = lex.pronouns.get(fold)
        if pronoun is not None:
            start, end = words.span(i, i + 1)
            found.append(Mention(start, end, "pronoun", "person", fold, pronoun.gender, pronoun.number, rule="pronoun"))
            i += 1
            continue
        named = capital_body(words, i, last, lex) if lex.speech.body_words and words.capital(i) else 0
        if named:
            start, stop = words.span(i, named)
            found.append(Mention(start, stop, "name", "organization", words.text[start:stop], None, None, rule="body"))
            i = named
            continue
        role = lex.roles.at(folds, i, last)
        if role is not None and (not lex.speech.nouns_capital or (words.capital(i) and not (i > first and folds[i - 1] in lex.given))):
            mention, i = role_at(words, i, role[0], first, last, lex)
            found.append(mention)
            continue
        if fold in learned:
            begin = i
            while not lex.speech.article_endings and begin > first and i - begin < ADJECTIVES_BEFORE_ROLE and may_modify(words, begin - 1, lex):
                begin -= 1
            end = complement_end(words, i + 1, last, lex)
            start, stop = words.span(begin, end)
            found.append(Mention(start, stop, "role", "person", words.text[start:stop], None, "sg", role=fold, rule="role/learned"))
            i = end
            continue
        if words.capital(i):
            body = named_body(words, i, first, last, lex)
            if body:
                start, stop = words.span(i, body)
                found.append(Mention(start, stop, "name", "organization", words.text[start:stop], None, None, rule="body"))
                i = body
                continue
            end = name_end(words, i, first, last, inner, lex)
            if end > i:
                for a, b in split_run(words, i, end, lex):
                    found.append(name_of(words, a, b, found[-1] if found else None, lex))
                i = end
                continue
        i += 1
    return found
