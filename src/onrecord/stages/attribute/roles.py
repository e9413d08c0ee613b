"""Which chain a role stands for.

By the office itself ("генсек ООН" with "генеральний секретар ООН Ніно Белтрадзе"), or, for words that fit anybody ("посадовець"), by
who was spoken of last.
"""

from __future__ import annotations

import functools
import re

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import Mention
from onrecord.stages.attribute.chain import CANDIDATES, Chain, Known
from onrecord.stages.attribute.names import forms_match, name_tokens

BY_INITIALS = 3.0  # of a role that holds the initials of what the chain is called: "DGSA"
JOIN_ROLE = 1.5  # score from which a role is taken for a known person
FEWEST_HEAD = 6  # letters of a noun that another ends in: "компанія" is "авіакомпанія"
BREAK = re.compile(r"[\s'’]")
QUOTED_NAME = re.compile('[«„“"]([^«»„“”"]+)[»“”"]$')


def place_role(
    i: int,
    mentions: tuple[Mention, ...],
    known: Known,
    of: list[int],
    recent: list[int],
    last_of_type: dict[str, int],
    seen: dict[int, int],
    lex: Lexicon,
) -> None:
    """Join the role to the chain that it fits best, of two the one seen last; else open one for it."""
    mention, chains = mentions[i], known.chains
    lemma, stems = role_key(mention.name, lex)
    lemma = lemma or mention.role or ("" if " " in mention.name else mention.name.lower())
    closing = _closing_name(mention, lemma, lex)
    own = _called(closing, known, lex)
    if own is not None:
        chains[own].call(mention.name)
        chains[own].mentions.append(i)
        chains[own].roles.append((lemma, frozenset()))
        known.learn_role(own, lemma)
        of[i] = own
        return
    best, index = 0.0, -1
    several = mention.number == "pl"
    initials = [word for word in mention.name.split() if word.isupper() and len(word) > 1]
    for c in () if i in known.fresh else known.like_role(lemma, recent):
        if chains[c].plural != several:
            continue
        value = _role_score(mention, lemma, stems, chains[c], i, last_of_type, lex)
        if value >= 0 and any(word in map(_capitals, chains[c].surfaces) for word in initials):
            value = max(value, BY_INITIALS)
        if (value, seen.get(c, -1)) > (best, seen.get(index, -1)):
            best, index = value, c
    if best < JOIN_ROLE:
        index = len(chains)
        name = nominative_role(mention.name, lex) if mention.rule == "role/obl" else mention.name
        chains.append(Chain(mention.type, [], [], mention.gender, mention.number == "pl", name, (), [(lemma, stems)], None))
        known.learn_role(index, lemma)
        if closing:
            compound = lex.speech.nouns_capital and mention.name.split()[0].lower() != lemma.lower()  # "Handelsverband Nord" is a name of its own
            whole = lex.speech.noun_first and mention.name[0].isupper()  # "el Partido Verde", but "la empresa Galtur"
            chains[index].name = mention.name if compound or whole else closing
            chains[index].call(closing)
    chain = chains[index]
    first = mentions[chain.mentions[0]] if chain.mentions and not chain.full else None
    if first is not None and mention.rule == "role/nom" and first.rule == "role/obl" and len(mention.name.split()) >= len(first.name.split()):
        chain.name = mention.name
    chain.call(mention.name)
    if mention.type == "organization" and (quoted := QUOTED_NAME.search(mention.name)):
        chain.call(quoted[1])
    chain.mentions.append(i)
    if chain.full and chain.type == "person" and not (lex.speech.nouns_capital and mention.rule == "role/obl"):
        chain.role_text = chain.role_text or nominative_role(mention.name, lex)
    of[i] = index


@functools.lru_cache(maxsize=10_000)
def nominative_role(text: str, lex: Lexicon) -> str:
    """The words of a role; of one in an oblique case its noun in the nominative, with the adjectives before it and what stands behind: "w nocie resortu",
    "за даними російської компанії". Where an adjective's ending is in no table, the words as they stand."""
    said = text.split()
    folds = [word.lower().replace("’", "'") for word in said]
    at = next((k for k in range(len(folds)) if lex.roles.opens(folds, k, len(folds))), len(folds))
    found = lex.roles.at(folds, at, len(folds))
    document = found is not None and found[1].role.type == "document"
    if found is None or found[1].form.case != "obl" or (document and found[1].form.number == "pl"):
        return text
    noun = lex.nominative_noun(found[1])
    adjectives = [lex.nominative_adjective(word, found[1]) for word in said[:at]] if not document else []
    if not noun or None in adjectives:
        return text
    tail = said[found[0] :]
    if lex.speech.trailing_adjective_endings and tail and tail[0].lower().endswith(lex.speech.oblique_adjective_endings):
        own = lex.nominative_adjective(tail[0], found[1]) if len(tail) == 1 else None  # "sądu okręgowego"; else it may be of the next noun
        if own is None:
            return text
        tail = [own]
    noun = noun[:1].upper() + noun[1:] if said[at][0].isupper() else noun
    return " ".join((*filter(None, adjectives), noun, *tail))


def _closing_name(mention: Mention, lemma: str, lex: Lexicon) -> str:
    """The body's name that closes its role: Флайон in "компанії Флайон"; only behind nouns that stand before names, not in "посольство Канади"."""
    if mention.type != "organization" or lemma not in lex.speech.generic_roles:
        return ""
    words = mention.name.split()
    capital = next((k for k in range(1, len(words)) if words[k].strip('«„“"')[:1].isupper()), len(words))
    if capital > 1 and words[capital - 1].lower() not in lex.roles:
        return ""  # "міністерства освіти Польщі"
    return " ".join(words[capital:]).strip('«»„“”"')


def _called(name: str, known: Known, lex: Lexicon) -> int | None:
    """The chain that has this name in another form."""
    tokens, endings = name_tokens(name), lex.speech.name_endings
    if not tokens:
        return None
    named = (c for c in known.like_name(tokens) if len(known.chains[c].full) == len(tokens) and known.chains[c].type != "place")
    return next((c for c in named if all(forms_match(a, b, endings) for a, b in zip(tokens, known.chains[c].full, strict=True))), None)


def _role_score(mention: Mention, lemma: str, stems: frozenset[str], chain: Chain, i: int, last_of_type: dict[str, int], lex: Lexicon) -> float:
    """How well a role fits a chain of its number: the same office, shared words of its complement, or who was spoken of last."""
    # who may bear an office in the masculine, unless each has its feminine: "асоційований експерт Вікторія Галушко"
    woman = mention.gender == "m" and bool(chain.full) and not lex.speech.person_endings and not lex.speech.noun_first
    if mention.gender and chain.gender and mention.gender != chain.gender and mention.type == "person" and not woman:
        return -9.0
    named = bool(chain.full)
    if mention.type != chain.type and not (
        mention.type == "organization" and named and len(chain.full) == 1 and chain.type == "person" and generic_name(chain)
    ):
        return -9.0
    generic = lemma in lex.speech.generic_roles
    if generic and mention.type == "organization" and chain.name.casefold() in lex.agencies and lemma not in lex.outlet_kinds:
        return -9.0  # an agency is no airline
    value = 0.01 * len(chain.mentions) if named else 0.0
    for own_lemma, around in chain.roles[-CANDIDATES:]:
        shared = len(stems & around)
        same = own_lemma == lemma and bool(lemma or shared)  # two nouns that no list has are not one
        if same or (generic and len(lemma) >= FEWEST_HEAD and len(own_lemma) >= FEWEST_HEAD and own_lemma.endswith(lemma)):
            own, other = stems - around, around - stems
            value = max(value, 2.5 + shared if not (own and other) else 0.4 + shared)
        elif shared and (generic or (own_lemma in lex.speech.generic_roles and lemma not in lex.speech.relations)):
            value = max(value, 1.0 + shared)
    if generic and not stems:
        if (named or is_proper(chain, lex)) and chain.mentions and chain.mentions[0] < i:
            value += 1.6 if last_of_type.get(chain.type, -1) in chain.mentions[-CANDIDATES:] else 0.8
    elif generic and named and chain.roles and value < 1:
        value += 1.6 if last_of_type.get("person", -1) in chain.mentions[-CANDIDATES:] else 0.0
    return value


def _capitals(words: str) -> str:
    """The initials of the words with a capital: "UTC" of "presidente de la Unión de Transporte de Carga"."""
    return "".join(word[0] for word in words.split() if word[0].isupper())


def is_proper(chain: Chain, lex: Lexicon) -> bool:
    """Whether a body is called by a noun that names one and no other, with a capital: "МВД", "Минтранс", "Сенат"."""
    specific = chain.type == "organization" and bool(chain.roles) and chain.roles[0][0] not in lex.speech.generic_roles
    return specific and not chain.full and chain.name[:1].isupper() and not lex.speech.nouns_capital


def generic_name(chain: Chain) -> bool:
    """Whether a chain of one-word names may be a body: nothing shows that it is a person."""
    return chain.gender is None and not chain.roles


@functools.lru_cache(maxsize=10_000)
def role_key(text: str, lex: Lexicon) -> tuple[str, frozenset[str]]:
    """The lemma of the role word in a role's text, and the stems of the words around it."""
    folds = text.lower().replace("’", "'").split()
    lemma = ""
    stems = set()
    k = 0
    while k < len(folds):
        found = lex.roles.at(folds, k, len(folds))
        if found and not lemma:
            lemma = found[1].role.lemma
            k = found[0]
            continue
        if len(folds[k]) > 2 and folds[k] not in lex.prepositions and folds[k] not in lex.speech.vague:
            stems.add(stem(folds[k].strip(',.«»"“”„')))
        k += 1
    return lemma, frozenset(stems) if lemma or len(folds) > 1 else frozenset()  # a noun that no list has is no complement of itself


def stem(word: str) -> str:
    """What the forms of a word share, roughly."""
    return word[:4] if len(word) > 4 else word[:3]


def indefinite(mentions: tuple[Mention, ...], text: str, lex: Lexicon) -> frozenset[int]:
    """Roles and groups that bring somebody new, by the word before them: "a spokesman", "another user"."""
    first = lex.speech.indefinite
    if lex.speech.article_endings:
        return frozenset(i for i, m in enumerate(mentions) if m.form == "role" and m.type == "person" and m.number != "pl" and _without_article(m, lex))
    if not first:
        return frozenset()
    found = set()
    for i, m in enumerate(mentions):
        before = (BREAK.split(text[max(0, m.start - 9) : m.start].lower().rstrip(" '’")) or [""])[-1] if m.form == "role" else ""
        kin = before in lex.speech.possessives and m.role in lex.speech.relations  # "avec sa femme": not who was named last
        if before in first or kin or m.name.lower().split()[0] in first:
            found.add(i)
    return frozenset(found)


def _without_article(mention: Mention, lex: Lexicon) -> bool:
    """Where nouns have their article on them: whether a noun that fits anybody has none, nor its adjective: "дипломат от делегацията"."""
    folds = mention.name.lower().split()
    for k in range(len(folds)):
        found = lex.roles.at(folds, k, len(folds))
        if found is not None:
            definite = any(fold.endswith((*lex.speech.article_adjectives, *lex.speech.article_endings)) for fold in folds[k : found[0]])
            return found[1].role.lemma in lex.speech.generic_roles and found[1].form.case != "obl" and not definite
        if folds[k].endswith((*lex.speech.article_adjectives, *lex.speech.article_endings)):
            return False
    return False
