"""Mentions as chains inside one article: which names, roles and pronouns stand for the same person or body.

Names first: full names open chains, in any order of the page; a surname or given name alone joins the one chain that has it. Then
roles: by the office itself ("генсек ООН" with "генеральний секретар ООН Ніно Белтрадзе"), or, for words that fit anybody ("посадовець"), by who
was spoken of last. Pronouns wait for `attribute`, which knows who has been speaking.
"""

from __future__ import annotations

import re
import unicodedata

import msgspec

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import EntityType, Gender, Mention

JOIN_ROLE = 1.5  # score from which a role is taken for a known person
LONGEST_ENDING = 3  # letters of an ending


class Chain(msgspec.Struct):
    """What several mentions stand for, while an article is read; the mention indices are in order."""

    type: EntityType
    surfaces: list[str]
    mentions: list[int]
    gender: Gender | None = None
    plural: bool = False
    name: str = ""
    full: tuple[str, ...] = ()  # folded tokens of the fullest name
    roles: list[tuple[str, frozenset[str]]] = msgspec.field(default_factory=list)  # lemma, stems of the complement
    role_text: str | None = None

    def call(self, surface: str) -> None:
        """Remember one more wording, if it is new; a chain of very many wordings is no one."""
        if surface not in self.surfaces and len(self.surfaces) < MOST_SURFACES:
            self.surfaces.append(surface)


QUOTED_NAME = re.compile('[«„“"]([^«»„“”"]+)[»“”"]$')
MOST_SURFACES = 60
CANDIDATES = 40  # chains that a mention is compared with at the most, so that time stays linear


class Known(msgspec.Struct):
    """The chains of an article by what leads to them: beginnings of the words of a name, lemmas of a role, and by recency."""

    chains: list[Chain]
    by_word: dict[str, list[int]] = msgspec.field(default_factory=dict)
    by_lemma: dict[str, list[int]] = msgspec.field(default_factory=dict)
    named: list[int] = msgspec.field(default_factory=list)
    fresh: frozenset[int] = frozenset()  # mentions that bring somebody new: "a spokesman", "another user"

    def learn_name(self, index: int, tokens: tuple[str, ...]) -> None:
        """Remember that the chain has a name of these words."""
        for token in {tokens[0][:3], tokens[-1][:3]}:
            found = self.by_word.setdefault(token, [])
            if index not in found[-CANDIDATES:]:
                found.append(index)

    def learn_role(self, index: int, lemma: str) -> None:
        """Remember that the chain has a role of this lemma."""
        found = self.by_lemma.setdefault(lemma, [])
        if index not in found[-CANDIDATES:]:
            found.append(index)

    def like_name(self, tokens: tuple[str, ...]) -> list[int]:
        """Chains whose names share the beginning of a word."""
        first, last = self.by_word.get(tokens[0][:3], []), self.by_word.get(tokens[-1][:3], [])
        return sorted({*first[-CANDIDATES:], *last[-CANDIDATES:]})

    def like_role(self, lemma: str, recent: list[int]) -> list[int]:
        """Chains with a role of this lemma, and those named lately."""
        return sorted({*self.by_lemma.get(lemma, [])[-CANDIDATES:], *recent})


def stem(word: str) -> str:
    """What the forms of a word share, roughly."""
    return word[:4] if len(word) > 4 else word[:3]


def forms_match(one: str, other: str, endings: tuple[str, ...] = ()) -> bool:
    """Whether two words can be forms of one name: equal but for a short ending."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or len(long) - len(short) > LONGEST_ENDING or not (short[-1].isalpha() and long[-1].isalpha()):
        return False
    shared = 0
    for a, b in zip(short, long, strict=False):
        if a != b:
            break
        shared += 1
    cyrillic = "\u0400" <= long[-1] <= "\u04ff"
    if endings and shared >= max(3, len(short) - 2) and short[shared:] in ("", *endings) and long[shared:] in ("", *endings):
        return True
    return shared >= max(3, len(short) - (2 if cyrillic else 0)) and (cyrillic or long[shared:] in ("", "s", "'s", "a", "em", "om", "ie", "u", "owi", "iem"))


def name_tokens(surface: str) -> tuple[str, ...]:
    """Folded tokens of a name without initials' dots and possessive endings."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", surface) if not unicodedata.combining(c)) if surface[:1] < "\u0250" else surface
    tokens = plain.lower().replace("’", "'").replace("ʼ", "'").replace(".", " ").split()
    return tuple(t.removesuffix("'s") for t in tokens if t.strip("'"))


def build_chains(mentions: tuple[Mention, ...], text: str, lex: Lexicon, links: dict[int, int] | None = None) -> tuple[list[Chain], list[int]]:
    """Chains of the article, and for each mention the index of its chain (-1: pronouns, and words that stand for nobody)."""
    known = Known([], fresh=_indefinite(mentions, text, lex))
    chains = known.chains
    of: list[int] = [-1] * len(mentions)
    names = [i for i, m in enumerate(mentions) if m.form == "name"]
    for i in sorted(names, key=lambda i: (len(name_tokens(mentions[i].name)) < 2, i)):  # full names first
        _place_name(i, mentions[i], known, of, lex)
    for chain in chains:
        chain.mentions.sort()
        chain.name = canonical_name(chain, mentions, lex)
    for i in range(len(mentions) - 1, -1, -1):
        following = mentions[i + 1] if i + 1 < len(mentions) else None
        if following is not None and mentions[i].form == "role" and following.form == "name" and following.role == mentions[i].name:
            of[i] = of[i + 1]
    for _ in range(2):
        _apposed(mentions, of, chains, text)
    for i, mention in enumerate(mentions):
        if mention.form == "role" and of[i] >= 0:
            chain = chains[of[i]]
            chain.mentions.append(i)
            chain.call(mention.name)
            lemma, stems = role_key(mention.name, lex)
            chain.roles.append((lemma or mention.role or "", stems))
            known.learn_role(of[i], lemma or mention.role or "")
            chain.role_text = chain.role_text or mention.name
            chain.gender = chain.gender or mention.gender
    recent: list[int] = [c for c, chain in enumerate(chains) if chain.type != "place"][: CANDIDATES // 2]
    last_of_type: dict[str, int] = {}
    for i, mention in enumerate(mentions):
        if mention.form in ("role", "group") and of[i] < 0:
            if links and i in links and of[links[i]] >= 0 and _may_be(mention, chains[of[links[i]]]):
                of[i] = of[links[i]]
                chains[of[i]].call(mention.name)
                chains[of[i]].mentions.append(i)
                continue
            _place_role(i, mentions, known, of, [*recent[: CANDIDATES // 2], *recent[-CANDIDATES:]], last_of_type, lex)
        elif mention.form == "name" and of[i] >= 0:
            recent.append(of[i])
            last_of_type[mention.type] = i
    for chain in chains:
        chain.mentions.sort()
    return chains, of


def _may_be(mention: Mention, chain: Chain) -> bool:
    """Whether gender and number allow a mention to stand for what the chain stands for."""
    return not (mention.gender and chain.gender and mention.gender != chain.gender and mention.type == "person") and (
        mention.number is None or (mention.number == "pl") == chain.plural
    )


def _indefinite(mentions: tuple[Mention, ...], text: str, lex: Lexicon) -> frozenset[int]:
    if not lex.speech.bare_clause:
        return frozenset()
    first = ("a", "an", "one", "another")
    return frozenset(
        i
        for i, m in enumerate(mentions)
        if (m.form == "role" and (text[max(0, m.start - 9) : m.start].lower().split() or [""])[-1] in first) or m.name.lower().split()[0] in first
    )


def _apposed(mentions: tuple[Mention, ...], of: list[int], chains: list[Chain], text: str) -> None:
    """Roles beside a name: "геолог, професор Остап Ярема", "Остап Ярема, геолог,"."""
    for i, mention in enumerate(mentions):
        if mention.form != "role" or mention.type != "person" or of[i] >= 0:
            continue
        after = mentions[i + 1] if i + 1 < len(mentions) else None
        before = mentions[i - 1] if i else None
        if (
            after is not None
            and of[i + 1] >= 0
            and chains[of[i + 1]].type == "person"
            and text[mention.end : after.start].strip() in ("", ",", "–", "-", "і", "и", "та")
        ):
            if after.form == "role" or text[mention.end : after.start].strip() == "":
                of[i] = of[i + 1]
        elif (
            before is not None
            and before.form == "name"
            and chains[of[i - 1]].type == "person"
            and text[before.end : mention.start].lower().split() in ([","], [",", "the"], [",", "a"], [",", "an"])
            and text[mention.end : mention.end + 1] in (",", ".")
        ):
            of[i] = of[i - 1]


def _place_name(i: int, mention: Mention, known: Known, of: list[int], lex: Lexicon) -> None:
    tokens, chains = name_tokens(mention.name), known.chains
    if not tokens:
        return
    match = [c for c in known.like_name(tokens) if _same_name(tokens, chains[c], lex)]
    if len(match) == 1 or (match and len(tokens) > 1):
        index = match[0]
    elif match:
        index = max(match, key=lambda c: len(chains[c].mentions))
    else:
        index = len(chains)
        kind: EntityType = mention.type
        chains.append(Chain(kind, [], [], full=tokens))
    chain = chains[index]
    chain.call(mention.name)
    chain.mentions.append(i)
    chain.gender = chain.gender or mention.gender
    if len(tokens) > len(chain.full):
        chain.full = tokens
    known.learn_name(index, tokens)
    if lex.speech.bare_clause and mention.type == "organization" and len(tokens) > 1:
        lemma, stems = role_key(mention.name, lex)
        if lemma:
            chain.roles.append((lemma, stems))
            known.learn_role(index, lemma)
    if mention.role:
        lemma, stems = role_key(mention.role, lex)
        chain.roles.append((lemma, stems))
        known.learn_role(index, lemma)
        chain.role_text = chain.role_text or mention.role
        chain.type = "person"
    of[i] = index


def _same_name(tokens: tuple[str, ...], chain: Chain, lex: Lexicon) -> bool:
    full = chain.full
    if len(tokens) == 1:
        if len(full) == 1:
            return forms_match(tokens[0], full[0], lex.speech.name_endings)
        if chain.type != "person":
            return False
        return forms_match(tokens[0], full[-1], lex.speech.name_endings) or (
            tokens[0] in lex.given and forms_match(tokens[0], full[0], lex.speech.name_endings)
        )
    if len(full) == 1:
        return chain.type == "person" and forms_match(tokens[-1], full[0], lex.speech.name_endings)
    if not forms_match(tokens[-1], full[-1], lex.speech.name_endings):
        return False
    one, other = tokens[0], full[0]
    return (
        forms_match(one, other, lex.speech.name_endings)
        or _given(one, lex) == _given(other, lex)
        or ((len(one) == 1 or len(other) == 1) and one[0] == other[0])
    )


def _given(token: str, lex: Lexicon) -> str:
    found = lex.given.get(token)
    return found[0] if found else token


def canonical_name(chain: Chain, mentions: tuple[Mention, ...], lex: Lexicon) -> str:
    """The nominative: of the fullest forms the one whose given name is in the nominative, else the shortest; else by endings."""
    longest = max(len(name_tokens(s)) for s in chain.surfaces)
    full = [_clean(s) for s in chain.surfaces if len(name_tokens(s)) == longest]
    for surface in full:
        if longest > 1 and surface.split()[0].lower() in lex.nominative_given:
            return surface
    best = min(full, key=lambda s: (len(s), full.index(s)))
    if longest == 1 or chain.type != "person" or not lex.speech.surname_endings:
        return best
    first, *rest = best.split()
    given = lex.given.get(first.lower())
    if given is None:
        return _nominative_of_unknown(first, rest, lex) if mentions[chain.mentions[0]].role else best
    singles = sorted((_clean(s) for s in chain.surfaces if len(name_tokens(s)) == 1), key=len)
    surname = next((s for s in singles if forms_match(s.lower(), rest[-1].lower(), lex.speech.name_endings) and len(s) < len(rest[-1])), None)
    return " ".join((given[0], *rest[:-1], surname or nominative_surname(rest[-1], given[1], lex)))


def _nominative_of_unknown(first: str, rest: list[str], lex: Lexicon) -> str:
    """A name whose given name is in no list, behind a role in an oblique case: the surname's ending shows case and gender of both."""
    surname = nominative_surname(rest[-1], None, lex)
    if surname == rest[-1]:
        return " ".join((first, *rest))
    endings = lex.speech.given_endings_f if surname.endswith(("а", "a")) else lex.speech.given_endings_m
    ending = max((e for e in endings if first.lower().endswith(e) and len(first) - len(e) > 1), key=len, default=None)
    given = first if ending is None else first[: len(first) - len(ending)] + endings[ending]
    return " ".join((given, *rest[:-1], surname))


def _clean(surface: str) -> str:
    surface = " ".join(surface.split())
    for mark in ("'s", "’s"):
        surface = surface.removesuffix(mark)
    return surface if any(c.isupper() for c in surface) else surface.title()


def nominative_surname(surname: str, gender: Gender | None, lex: Lexicon) -> str:
    """A surname in an oblique case brought to the nominative by its ending; untouched where no ending is known."""
    for ending, nominative in sorted(lex.speech.surname_endings.items(), key=lambda e: -len(e[0])):
        if surname.lower().endswith(ending) and len(surname) - len(ending) >= 2:
            if gender == "f" and not nominative.endswith(("а", "a")):
                continue
            if gender == "m" and nominative.endswith(("ська", "цька")):
                continue
            return surname[: len(surname) - len(ending)] + nominative
    return surname


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
    return lemma, frozenset(stems)


def _place_role(i: int, mentions: tuple[Mention, ...], known: Known, of: list[int], recent: list[int], last_of_type: dict[str, int], lex: Lexicon) -> None:
    mention, chains = mentions[i], known.chains
    lemma, stems = role_key(mention.name, lex)
    lemma = lemma or mention.role or ""
    best, index = 0.0, -1
    for c in () if i in known.fresh else known.like_role(lemma, recent):
        value = _role_score(mention, lemma, stems, chains[c], i, last_of_type, lex)
        if value > best:
            best, index = value, c
    if best < JOIN_ROLE:
        index = len(chains)
        chains.append(
            Chain(mention.type, [], [], mention.gender, mention.number == "pl", mention.name, (), [(lemma, stems)], None)
        )  # fmt: skip
        known.learn_role(index, lemma)
    chain = chains[index]
    chain.call(mention.name)
    if mention.type == "organization" and (quoted := QUOTED_NAME.search(mention.name)):
        chain.call(quoted[1])
    chain.mentions.append(i)
    if chain.full and chain.type == "person":
        chain.role_text = chain.role_text or mention.name
    of[i] = index


def _role_score(mention: Mention, lemma: str, stems: frozenset[str], chain: Chain, i: int, last_of_type: dict[str, int], lex: Lexicon) -> float:
    if mention.gender and chain.gender and mention.gender != chain.gender and mention.type == "person":
        return -9.0
    if (mention.number == "pl") != chain.plural:
        return -9.0
    named = bool(chain.full)
    if mention.type != chain.type and not (
        mention.type == "organization" and named and len(chain.full) == 1 and chain.type == "person" and generic_name(chain)
    ):
        return -9.0
    generic = lemma in lex.speech.generic_roles
    value = 0.01 * len(chain.mentions) if named else 0.0
    for own_lemma, around in chain.roles[-CANDIDATES:]:
        shared = len(stems & around)
        if own_lemma == lemma:
            own, other = stems - around, around - stems
            value = max(value, 2.5 + shared if not (own and other) else 0.4 + shared)
        elif shared and (generic or own_lemma in lex.speech.generic_roles):
            value = max(value, 1.0 + shared)
    if generic and not stems:
        before = chain.mentions and chain.mentions[0] < i
        if before and named and lex.speech.bare_clause and chain.type == "person" and generic_name(chain):
            value += 0.8
        elif before and named:
            value += 1.6 if last_of_type.get(chain.type, -1) in chain.mentions[-CANDIDATES:] else 0.8
    elif generic and named and chain.roles and value < 1:
        value += 1.6 if last_of_type.get("person", -1) in chain.mentions[-CANDIDATES:] else 0.0
    return value


def generic_name(chain: Chain) -> bool:
    """Whether a chain of one-word names may be a body: nothing shows that it is a person."""
    return chain.gender is None and not chain.roles
