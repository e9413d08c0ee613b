"""Names of bodies that a role word gives away: "World Health Organization", "Световната здравна организация"."""

from __future__ import annotations

from onrecord.knowledge.lexicon import Lexicon
from onrecord.stages.recognise.phrases import OPENERS
from onrecord.stages.recognise.roles import complement_end
from onrecord.tokens import Words


def named_body(words: Words, i: int, first: int, last: int, lex: Lexicon) -> int:
    """The index after a body's name that opens with a capital and ends in a common noun: "Световната здравна организация"; else 0."""
    if (
        i == first
        or words.text[words.starts[i - 1]] in OPENERS
        or not lex.speech.adjective_endings
        or not words.folds[i].endswith(lex.speech.adjective_endings)
    ):
        return 0
    for k in range(i + 1, min(last, i + 4)):
        found = lex.roles.at(words.folds, k, last)
        if found is not None:
            return complement_end(words, found[0], last, lex) if found[1].role.type == "organization" else 0
        if not words.folds[k].endswith(lex.speech.adjective_endings):
            return 0
    return 0


def capital_body(words: Words, i: int, last: int, lex: Lexicon) -> int:
    """The index after a body's name in capitals: "House of Delegates", "Skippers' Federation", "World Health Organization"; else 0."""
    folds = words.folds
    if (folds[i] in lex.not_names and folds[i] not in lex.speech.body_openers) or folds[i] in lex.titles or folds[i] in lex.given:
        return 0
    end, k, body = i, i, False
    while k < last:
        if words.is_word(k) and words.capital(k) and folds[k] not in lex.given:
            role = lex.roles.at(folds, k, last)
            body = body or (role is not None and role[1].role.type == "organization") or folds[k] in lex.speech.body_words
            k += 1
            end = k
        elif (folds[k] in lex.speech.body_links or folds[k] in lex.speech.body_weak_links) and end > i:
            if not body and (office := lex.roles.at(folds, i, k)) is not None and office[1].role.type == "person":
                return 0  # "Professor Ann Holt of the University of Halford"
            after = k + 1
            while after < last and folds[after] in lex.speech.body_inner_links:
                after += 1
            if after >= last or not words.capital(after) or folds[after] in lex.given:
                break
            if folds[k] in lex.speech.body_weak_links and (not body or folds[after] in lex.dating):  # "the Health Ministry on Monday"
                break
            k = after
        else:
            break
    shouted = all(words.text[words.starts[m] : words.ends[m]].isupper() for m in range(i, end) if words.is_word(m))
    return end if body and end - i > 1 and not shouted else 0
