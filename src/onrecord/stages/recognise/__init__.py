"""Names, roles and pronouns: the words that stand for somebody or something.

Names are runs of capitalised words; at the head of a sentence, where every word is capitalised, only with evidence: the word
stands capitalised inside another sentence, is a given name or an acronym, or more of the name follows. A role ("генеральний секретар НАТО") is
a role word with the adjectives before it and the complement after it; followed by a person's name, it is that person's role.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.knowledge.lexicon import Lexicon, RoleForm, lexicon
from onrecord.knowledge.schema import Language
from onrecord.records import Article, Mention, Sentence
from onrecord.stages.recognise.bodies import capital_body, named_body
from onrecord.stages.recognise.kinds import settle
from onrecord.stages.recognise.learned import after_given_names, capitalised_inside, nouns_before_names, stems_of
from onrecord.stages.recognise.names import alone_named, name_end, name_of, split_run
from onrecord.stages.recognise.phrases import ADJECTIVES_BEFORE_ROLE, OPENERS, may_modify
from onrecord.stages.recognise.roles import complement_end, named_after, role_at
from onrecord.tokens import Words

REACH_SOURCE = 3  # words before a noun at which a source phrase that it closes can begin


def recognise(article: Article, sentences: tuple[Sentence, ...], words: Words, language: Language) -> tuple[Mention, ...]:
    """All mentions in the article proper, in order; not yet resolved into chains."""
    lex = lexicon(language.code)
    ranges = [words.range(s.start, s.end) for s in sentences]
    inner = after_given_names(words, ranges, lex) if lex.speech.nouns_capital else capitalised_inside(words, ranges)
    found: list[Mention] = []
    learned = nouns_before_names(words, ranges, lex)
    for first, last in ranges:
        found += _in_sentence(words, first, last, inner, learned, lex)
    return tuple(sorted(settle(found, words, lex), key=lambda m: (m.start, m.end)))


def names_inside(mentions: tuple[Mention, ...], words: Words, language: Language) -> tuple[Mention, ...]:
    """The names inside roles: "президента України", "речниця компанії Галітекс"."""
    lex = lexicon(language.code)
    found: list[Mention] = []
    for mention in mentions:
        if mention.form in ("role", "group"):
            first, last = words.range(mention.start, mention.end)
            named = _named_body(mention, words, first, last, lex)
            found += [_body(words, first, named)] if named > first else []
            found += _capitals(words, max(named, first + 1), last, lex)
    return tuple(settle((*mentions, *found), words, lex)[len(mentions) :])


def _named_body(mention: Mention, words: Words, first: int, last: int, lex: Lexicon) -> int:
    """The index after the name of a body that a role opens with, with a capital inside a sentence: "Верховний суд", "Европейската комисия"."""
    if mention.type != "organization" or not words.capital(first) or first == 0 or words.text[words.starts[first - 1]] in OPENERS | set(".!?"):
        return first
    if "\n" in words.text[words.ends[first - 1] : words.starts[first]]:
        return first
    if lex.speech.article_endings:
        return last  # "Върховния съд на Пакистан" is one name
    k = first
    while k < last:
        found = lex.roles.at(words.folds, k, last)
        if found is not None:
            return named_after(words, found[0], last, lex)
        k += 1
    return first


def _capitals(words: Words, first: int, last: int, lex: Lexicon) -> list[Mention]:
    """The runs of capitals among the words as names, with the noun of an adjective: "Національного банку"."""
    found: list[Mention] = []
    i = first
    while i < last:
        end = i
        while end < last and words.is_word(end) and words.capital(end):
            end += 1
        if end == i + 1 < last and words.is_word(end) and words.folds[i].endswith(lex.speech.oblique_adjective_endings or ("\n",)):
            found.append(_body(words, i, end + 1))
        elif end > i and words.folds[i] not in lex.not_names:
            found += [name_of(words, a, b, [], lex) for a, b in split_run(words, i, end, lex)]
        i = max(i + 1, end)
    return found


def _in_sentence(words: Words, first: int, last: int, inner: frozenset[str], learned: frozenset[str], lex: Lexicon) -> list[Mention]:
    """The mentions of one sentence; `inner` are stems of names, `learned` nouns that are roles on this page."""
    text, starts, folds = words.text, words.starts, words.folds
    roles, pronouns = lex.roles.firsts, lex.pronouns
    found: list[Mention] = []
    i = first
    while i < last:
        fold, capital = folds[i], text[starts[i]].isupper()
        if not (capital or fold in roles or fold in pronouns or fold in learned):
            i += 1
            continue
        pronoun = lex.pronouns.get(fold)
        if pronoun is not None:
            start, end = words.span(i, i + 1)
            found.append(Mention(start, end, "pronoun", "person", fold, pronoun.gender, pronoun.number, rule="pronoun"))
            i += 1
            continue
        if capital and lex.speech.body_words and (end := capital_body(words, i, last, lex)):
            found.append(_body(words, i, end))
            i = end
            continue
        role = lex.roles.at(folds, i, last) if fold in roles or lex.speech.nouns_capital else None
        within = role is not None and lex.adverbs.before(folds, role[0], first) < i  # "от своя страна"
        within = within or (role is not None and i > first and lex.speech.noun_first and fold.endswith(lex.speech.past_endings) and _told(folds, i, lex))
        surname = role is not None and capital and _shared_form(role, words, i, first, inner, lex)
        verb = lex.speech.plain_verbs and i > first and folds[i - 1] in lex.hypothetical and folds[i - 1] not in lex.prepositions  # "will star in"
        if role is not None and (verb or within or (lex.cased and role[1].role.type == "document" and _in_source(words, i, role[0], first, last, lex))):
            i = role[0]
            continue
        if role is not None and not surname and (not lex.speech.nouns_capital or (capital and not _surname(words, i, first, last, inner, lex))):
            mention, i = role_at(words, i, role[0], first, last, lex)
            if found and found[-1].start == mention.start and found[-1].name.lower().endswith(lex.speech.article_adjectives or ("\n",)):
                found.pop()  # the adjective of the office is no name: "Европейският комисар"
            found.append(mention)
            continue
        if fold in learned:
            mention, i = _learned_role(words, i, first, last, lex)
            found.append(mention)
            continue
        if capital:
            if end := named_body(words, i, first, last, lex):
                found.append(_body(words, i, end))
                i = end
                continue
            end = name_end(words, i, first, last, inner, lex)
            if end > i:
                parts = split_run(words, i, end, lex)
                if len(parts) > 1 and parts[0][1] - i == 1 and not alone_named(words, i, first, last, inner, lex):
                    i, parts = parts[0][1], parts[1:]  # a word that opens a sentence before a name: "Прийшов Остап"
                for a, b in parts:
                    found.append(name_of(words, a, b, found[-2:], lex))
                i = end
                continue
        i += 1
    return found


def _surname(words: Words, i: int, first: int, last: int, inner: frozenset[str], lex: Lexicon) -> bool:
    """Where nouns have capitals: whether a noun of an office is a surname: behind a given name, or alone and bare where the page has it behind one."""
    if i > first and words.folds[i - 1] in lex.given:
        return True
    if inner.isdisjoint(stems_of(words.folds[i])) or (i + 1 < last and words.capital(i + 1)):
        return False
    before = words.folds[i - 1] if i > first else ""
    opens = i == first or not words.is_word(i - 1)
    return (opens and lex.cues.opens(words.folds, i + 1, last)) or before in lex.cues or before in lex.roles or lex.person_noun(before) is not None


def _shared_form(found: tuple[int, RoleForm], words: Words, i: int, first: int, inner: frozenset[str], lex: Lexicon) -> bool:
    """Whether a noun of people in an oblique case of the plural is a surname, by its capital: "Вчера Рыбаков заявил"; `inner` are stems of names."""
    role, form = found[1]
    plural = lex.cased and role.type in ("person", "group") and (form.case, form.number) == ("obl", "pl") and found[0] == i + 1
    return plural and not words.text[words.starts[i] : words.ends[i]].isupper() and (i > first or not inner.isdisjoint(stems_of(words.folds[i])))


def _told(folds: Sequence[str], i: int, lex: Lexicon) -> bool:
    """Whether a participle that could be somebody is one of a verb: "a été accusé", "arrêté et accusé"."""
    before, past = folds[i - 1], lex.speech.past_endings
    return before in lex.auxiliaries or before.endswith(past) or (before in lex.and_ and folds[i - 2].endswith(past))


def _in_source(words: Words, i: int, after: int, first: int, last: int, lex: Lexicon) -> bool:
    """Whether the noun at words i to after closes a source phrase behind which stands whose words they are: "по данным министерства"."""
    if after >= last or not (words.is_word(after) or words.folds[after] in '«„“"') or words.folds[after] in lex.prepositions:
        return False
    for k in range(max(first, i - REACH_SOURCE), i):
        found = lex.cues.at(words.folds, k, last) if words.folds[k] in lex.cues.firsts else None
        if found is not None and found[0] == after and found[1].cue.frame == "source":
            return True
    return False


def _body(words: Words, first: int, last: int) -> Mention:
    start, end = words.span(first, last)
    return Mention(start, end, "name", "organization", words.text[start:end], None, None, rule="body")


def _learned_role(words: Words, i: int, first: int, last: int, lex: Lexicon) -> tuple[Mention, int]:
    """The role mention of a noun that the page itself showed to be a role, and the index at which to go on."""
    begin = i
    while not lex.speech.article_endings and begin > first and i - begin < ADJECTIVES_BEFORE_ROLE and may_modify(words, begin - 1, lex):
        begin -= 1
    end = complement_end(words, i + 1, last, lex)
    start, stop = words.span(begin, end)
    return Mention(start, stop, "role", "person", words.text[start:stop], None, "sg", role=words.folds[i], rule="role/learned"), end
