"""Mentions as chains inside one article: which names, roles and pronouns stand for the same person or body.

Names first: full names open chains, in any order of the page; a surname or given name alone joins the one chain that has it. Then
roles, see `roles`. Pronouns wait for `memory`, which knows who has been speaking.
"""

from __future__ import annotations

import re

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import EntityType, Gender, Mention
from onrecord.stages.attribute.chain import CANDIDATES, Chain, Known
from onrecord.stages.attribute.names import forms_match, is_oblique, name_tokens, nominative_surname, plain_surface, without_capitals
from onrecord.stages.attribute.roles import generic_name, indefinite, is_proper, nominative_role, place_role, role_key

AGE = re.compile(r"^, \(?\d{1,3}(?: \w{2,6})?\)?(?=,)")  # behind a name: ", 88 años,", ", 61,"
BRACKETS = re.compile(r" ?\([^()]{1,40}\)")
WOMANLY = ("а", "я")  # endings of a given name that may be a woman's
LONGEST_SOURCE = 4  # words of a source phrase: "по думите на"
MARKS = re.compile("[«»„“”]")
REACH_MARK = 400  # characters before a name in which a quotation that holds it can open
REACH_OPENER = 8  # characters before a role in which a small word can stand


def build_chains(mentions: tuple[Mention, ...], text: str, lex: Lexicon, links: dict[int, int] | None = None) -> tuple[list[Chain], list[int]]:
    """Chains of the article, and for each mention the index of its chain (-1: pronouns, and words that stand for nobody)."""
    known = Known([], fresh=indefinite(mentions, text, lex))
    chains = known.chains
    of: list[int] = [-1] * len(mentions)
    names = [i for i, m in enumerate(mentions) if m.form == "name"]
    for i in sorted(names, key=lambda i: (len(name_tokens(mentions[i].name)) < 2, i)):  # full names first
        _place_name(i, mentions[i], known, of, text, lex)
    for chain in chains:
        chain.mentions.sort()
        if chain.type == "person" and chain.gender is None and lex.speech.title_genders:
            chain.gender = next((gender for i in chain.mentions if (gender := _by_title(mentions[i], text, lex)) is not None), None)
        chain.name = canonical_name(chain, mentions, lex)
    for i in range(len(mentions) - 1, -1, -1):
        if (following := bearer(i, mentions)) is not None and not _owns(following, mentions, chains[of[following]], lex):
            of[i] = of[following]
    for _ in range(2):
        _apposed(mentions, of, chains, text, lex)
    if lex.speech.linking_verbs:
        _predicated(mentions, of, chains, text, lex)
    for i, mention in enumerate(mentions):
        if mention.form == "role" and of[i] >= 0:
            chain = chains[of[i]]
            chain.mentions.append(i)
            chain.call(mention.name)
            lemma, stems = role_key(mention.name, lex)
            chain.roles.append((lemma or mention.role or "", stems))
            known.learn_role(of[i], lemma or mention.role or "")
            chain.role_text = chain.role_text or nominative_role(mention.name, lex)
            masculine = lex.cased and mention.rule == "role/nom" and mention.gender == "m" and any(t.endswith(WOMANLY) for t in chain.full[:1])
            chain.gender = chain.gender or (None if masculine else mention.gender)  # "прем'єр Оливія Рудик": a woman's office may be masculine
    recent: list[int] = [c for c, chain in enumerate(chains) if chain.type != "place"][: CANDIDATES // 2]
    last_of_type: dict[str, int] = {}
    seen: dict[int, int] = {}  # chains by their last mention so far
    for i, mention in enumerate(mentions):
        latter = mention.role is not None and mention.role in lex.speech.latter_roles
        last = next((c for c in reversed(recent) if chains[c].type == mention.type), None) if latter else None
        if last is not None and _may_be(mention, chains[last]):
            of[i] = last
            chains[last].mentions.append(i)
        elif mention.form in ("role", "group") and of[i] < 0 and not _predicate(mention, text, lex):
            if links and i in links and of[links[i]] >= 0 and _may_be(mention, chains[of[links[i]]]) and _may_describe(i, mention, of[links[i]], known, lex):
                of[i] = of[links[i]]
                chains[of[i]].call(mention.name)
                chains[of[i]].mentions.append(i)
                continue
            place_role(i, mentions, known, of, [*recent[: CANDIDATES // 2], *recent[-CANDIDATES:]], last_of_type, seen, lex)
            if is_proper(chains[of[i]], lex):
                recent.append(of[i])
                last_of_type[mention.type] = i
        elif mention.form == "name" and of[i] >= 0:
            recent.append(of[i])
            if mention.type not in last_of_type or not _aside(mention, text, lex):
                last_of_type[mention.type] = i
        if of[i] >= 0:
            seen[of[i]] = i
    for chain in chains:
        chain.mentions.sort()
    return chains, of


def _by_title(mention: Mention, text: str, lex: Lexicon) -> Gender | None:
    """The gender that the title before a name shows: "Mme Roth"."""
    before = text[max(0, mention.start - REACH_OPENER) : mention.start].replace(".", " ").split()[-1:]
    return lex.speech.title_genders.get(before[0].lower()) if before and text[mention.start - 1].isspace() else None


def bearer(i: int, mentions: tuple[Mention, ...]) -> int | None:
    """The name behind a role, of whoever bears it; another may stand between them in brackets."""
    if mentions[i].form != "role":
        return None
    return next((k for k in (i + 1, i + 2) if k < len(mentions) and mentions[k].form == "name" and mentions[k].role == mentions[i].name), None)


def _predicate(mention: Mention, text: str, lex: Lexicon) -> bool:
    """Whether a role only tells what somebody else is or was: "als junger Mann"."""
    before = text[max(0, mention.start - REACH_OPENER) : mention.start].lower().split()[-1:]
    return mention.form == "role" and any(word in lex.speech.predicate_openers for word in before)


def _aside(mention: Mention, text: str, lex: Lexicon) -> bool:
    """Whether a person is only named in passing, so that a noun that fits anybody stands for another one: in what is quoted, or, where a noun stands
    before its adjectives, behind a preposition that names no source."""
    if mention.type != "person":
        return False
    line = text[max(0, mention.start - REACH_MARK) : mention.start].rpartition("\n")[2]
    beside, last = ["", "", *MARKS.findall(line)][-2:]
    if last in ("«", "„") or (last == "“" and beside != "„"):
        return True
    before = line.lower().split()[-LONGEST_SOURCE:]
    if not lex.speech.noun_first or not before or before[-1] not in lex.prepositions:
        return False
    sources = (lex.cues.at(before, k, len(before)) for k in range(len(before)))
    return not any(found is not None and found[0] == len(before) and found[1].cue.frame == "source" for found in sources)


def _may_be(mention: Mention, chain: Chain) -> bool:
    """Whether gender and number allow a mention to stand for what the chain stands for."""
    initials = any(len(w) > 1 and w.isupper() and w.isalpha() for w in mention.name.split())
    if initials and chain.type == "person":
        return False  # "la DGSA" is a body
    if mention.type == "organization" and chain.type == "person" and (len(chain.full) > 1 or not generic_name(chain)):
        return False
    if mention.type == "person" and chain.type == "place":
        return False
    return not (mention.gender and chain.gender and mention.gender != chain.gender and mention.type == "person") and (
        mention.number is None or (mention.number == "pl") == chain.plural
    )


def _may_describe(i: int, mention: Mention, index: int, known: Known, lex: Lexicon) -> bool:
    """Whether a role may describe whom the chain has: an unnamed source nobody, "the lawyer of the woman" no one who is not known as a lawyer, "the expert"
    nobody but who is known as one before."""
    lemma, stems = role_key(mention.name, lex)
    chain = known.chains[index]
    if all(own != lemma for own, _ in chain.roles) and any(known.chains[c].full and known.chains[c].mentions[0] < i for c in known.like_role(lemma, [])):
        return False
    if not chain.full or chain.type != "person":
        return True
    if chain.roles and lemma not in lex.speech.generic_roles and all(own != lemma for own, _ in chain.roles):
        return False
    return lemma not in lex.speech.unnamed_roles and not (lemma in lex.speech.relations and stems and all(own != lemma for own, _ in chain.roles))


def _owns(i: int, mentions: tuple[Mention, ...], chain: Chain, lex: Lexicon) -> bool:
    """Whether the name `i` is a complement of the role before it: it stands in an oblique case, or owns who is somebody's ("адвокат Биби")."""
    role, name = mentions[i - 1], mentions[i]
    if role.rule != "role/nom" or name.type != "person":
        return False
    if lex.speech.women_keep_offices and chain.gender == "f" and role.role not in lex.speech.relations:
        return False
    if is_oblique(name.name, chain.name, lex):
        return True
    known = len(chain.full) > 1 and " " not in name.name and chain.mentions[0] < i
    return known and role_key(role.name, lex)[0] in lex.speech.relations


def _apposed(mentions: tuple[Mention, ...], of: list[int], chains: list[Chain], text: str, lex: Lexicon) -> None:
    """Roles beside a name: "геолог, професор Остап Ярема", "Остап Ярема, геолог,"."""
    for i, mention in enumerate(mentions):
        if mention.form != "role" or mention.type != "person" or of[i] >= 0:
            continue
        named = _named_behind(i, mentions, text) if lex.speech.nouns_capital else None
        if named is not None and of[named] >= 0 and chains[of[named]].type == "person":
            of[i] = of[named]
            continue
        after = mentions[i + 1] if i + 1 < len(mentions) else None
        before = mentions[i - 1] if i else None
        if (
            after is not None
            and of[i + 1] >= 0
            and chains[of[i + 1]].type == "person"
            and not _owned(i, mentions, of, chains, text, lex)
            and text[mention.end : after.start].strip() in ("", ",", "–", "-", *lex.speech.title_joins)
        ):
            if after.form == "role" or text[mention.end : after.start].strip() == "":
                of[i] = of[i + 1]
        elif (
            before is not None
            and before.form == "name"
            and chains[of[i - 1]].type == "person"
            and _beside(text[before.end : mention.start], lex)
            and (_closed(text, mention.end) or _goes_with(before, mention, after, text) or _in_case(before, mention, text, lex))
        ) or (before is not None and before.form == "name" and chains[of[i - 1]].type == "person" and _right_behind(before, mention, text, lex)):
            of[i] = of[i - 1]


def _closed(text: str, end: int) -> bool:
    """Whether a mark closes an apposition that ends here; initials may stand between in brackets: "presidente de la Unión de Carga (UC), "."""
    initials = BRACKETS.match(text, end)
    end = initials.end() if initials else end
    return text[end : end + 1] in (",", ".", ":")


def _named_behind(i: int, mentions: tuple[Mention, ...], text: str) -> int | None:
    """The name behind a role and its comma that a mark closes: "der Sprecher des Verbands (VdN), Jan Roth."; brackets may stand between."""
    k = i + 1 + (i + 2 < len(mentions) and text[mentions[i].end : mentions[i + 1].start].strip() == "(")
    if k >= len(mentions) or mentions[k].form != "name" or BRACKETS.sub("", text[mentions[i].end : mentions[k].start]) != ", ":
        return None
    return k if text[mentions[k].end : mentions[k].end + 1] in (",", ".") else None


def _beside(between: str, lex: Lexicon) -> bool:
    """Whether a comma, and perhaps an age or the article of an apposition, is all between a name and a role: ", ", ", 88 años, "."""
    words = AGE.sub("", between).lower().split()
    return words in ([","], *([",", a] for a in lex.speech.apposition_articles))


def _predicated(mentions: tuple[Mention, ...], of: list[int], chains: list[Chain], text: str, lex: Lexicon) -> None:
    """Roles that a verb of being gives to the person named before it: "Ann Holt, who became foreign minister", "Ann Holt was the midwife"."""
    for i, mention in enumerate(mentions):
        before = mentions[i - 1] if i else None
        if before is None or mention.form != "role" or mention.type != "person" or mention.number == "pl" or of[i] >= 0 or before.form != "name":
            continue
        between = text[before.end : mention.start].lower().replace(",", " ").split()
        linked = any(w in lex.speech.linking_verbs for w in between)
        if not linked or of[i - 1] < 0 or chains[of[i - 1]].type != "person" or not _may_be(mention, chains[of[i - 1]]):
            continue
        small = (w in lex.speech.linking_verbs or w in lex.auxiliaries or w in lex.relative or w in lex.speech.articles for w in between)
        if all(small):
            of[i] = of[i - 1]


def _owned(i: int, mentions: tuple[Mention, ...], of: list[int], chains: list[Chain], text: str, lex: Lexicon) -> bool:
    """Whether the person named behind the role, alone or behind an office, is its complement: "rzecznik premier Teresy Nowak"."""
    after = i + 1
    if mentions[after].form == "role" and after + 1 < len(mentions) and of[after] == of[after + 1] and text[mentions[i].end : mentions[after].start] == " ":
        if mentions[i].rule != "role/nom":
            return False
        return mentions[after].rule == "role/obl" or (mentions[after + 1].form == "name" and is_oblique(mentions[after + 1].name, chains[of[after]].name, lex))
    return mentions[after].form == "name" and text[mentions[i].end : mentions[after].start] == " " and _owns(after, mentions, chains[of[after]], lex)


def _goes_with(before: Mention, role: Mention, after: Mention | None, text: str) -> bool:
    """Whether a role behind a full name and its comma is that person's, with where they have it: "Jan Kowal, dyrektor Nowy Brzeg – …"."""
    if " " not in before.name or (before.gender and role.gender and before.gender != role.gender and role.gender == "f"):
        return False
    return after is not None and after.form == "name" and after.type in ("organization", "place") and text[role.end : after.start].strip() == ""


def _right_behind(before: Mention, role: Mention, text: str, lex: Lexicon) -> bool:
    """Whether an office with its complement stands right behind a full name, both in the nominative: "Jan Kot prezes spółki Beton powiedział"."""
    full = " " in before.name and " " in role.name and text[before.end : role.start] == " "
    return lex.cased and full and role.rule == "role/nom" and not is_oblique(before.name, before.name, lex)


def _in_case(before: Mention, role: Mention, text: str, lex: Lexicon) -> bool:
    """Whether an office in an oblique case stands behind a full name in one, with a preposition behind it: "słów Jana Kota, posła z Brzegu"."""
    both = lex.cased and role.rule == "role/obl" and " " in before.name and is_oblique(before.name, before.name, lex)
    return both and (text[role.end : role.end + REACH_OPENER].split() or [""])[0] in lex.prepositions


def _place_name(i: int, mention: Mention, known: Known, of: list[int], text: str, lex: Lexicon) -> None:
    tokens, chains = name_tokens(mention.name), known.chains
    while len(tokens) > 1 and tokens[0] in lex.speech.name_particles:
        tokens = tokens[1:]  # "von Roth" is Ada von Roth
    if not tokens:
        return
    alike = known.like_name(tokens)
    match = [c for c in alike if _same_name(tokens, chains[c], lex)]
    if not match and len(tokens) == 1 and mention.type == "person":
        match = [c for c in alike if chains[c].type == "person" and chains[c].full[0] == tokens[0]]  # "Cho Yung Kass … Cho"
        match = match if len(match) == 1 else []
    if len(match) > 1 and len(tokens) == 1:
        match = _as_written(tokens[0], text[max(0, mention.start - REACH_OPENER * 2) : mention.start], match, chains, lex)
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
    if mention.role:
        lemma, stems = role_key(mention.role, lex)
        chain.roles.append((lemma, stems))
        known.learn_role(index, lemma)
        if mention.type == "person":
            chain.role_text = chain.role_text or nominative_role(mention.role, lex)
            chain.type = "person"
    of[i] = index


def _as_written(token: str, before: str, match: list[int], chains: list[Chain], lex: Lexicon) -> list[int]:
    """Of two who share a surname the one who has it in this form, behind a source phrase, which takes a genitive, the other: Идрисов is he, "Идрисова
    заявила" she, "по словам Идрисова" he."""
    exact = [c for c in match if chains[c].full[-1] == token]
    if not lex.cased or not exact or len(exact) == len(match):
        return match
    sourced = not lex.source_nouns.isdisjoint(before.lower().split()[-1:])
    return [c for c in match if c not in exact] if sourced else exact


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
    called = lex.speech.patronymic_endings and len(tokens) == 2 and len(full) == 2
    if called and tokens[1].endswith(lex.speech.patronymic_endings) != full[1].endswith(lex.speech.patronymic_endings):
        return _given(tokens[0], lex) == _given(full[0], lex) or forms_match(tokens[0], full[0], lex.speech.name_endings)  # Диляра Хакимова
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
    full = [plain_surface(s) for s in chain.surfaces if len(name_tokens(s)) == longest]
    full = [without_capitals(s) for s in full] if chain.type == "person" and longest > 1 else full
    full = [s for s in full if len(name_tokens(s)[0]) > 1] or full  # "J. Holt" is a shorter "Jan Holt"
    for surface in full:
        given_name = surface.split()[0].lower()
        if longest > 1 and given_name in lex.nominative_given and not (given_name in lex.either_given and chain.gender == "m"):
            found = next((s for s in full if surface == s + "s"), surface)  # "Anna Roths" beside "Anna Roth"
            return _with_known_surname(found, chain, lex)
    best = min(full, key=lambda s: (len(s), full.index(s)))
    first, *rest = best.split()
    if not rest or chain.type != "person" or not lex.cased:
        return best
    given = lex.given.get(first.lower())
    if given is None:
        unknown = _nominative_of_unknown(first, rest, chain.gender, lex) if _oblique(chain, mentions) else best
        return _with_known_surname(_name_behind_role(chain, mentions, longest) or unknown, chain, lex)
    singles = sorted((plain_surface(s) for s in chain.surfaces if len(name_tokens(s)) == 1), key=len)
    surname = next((s for s in singles if forms_match(s.lower(), rest[-1].lower(), lex.speech.name_endings) and len(s) < len(rest[-1])), None)
    middle = (lex.given[r.lower()][0] if r.lower() in lex.given else r for r in rest[:-1])
    return " ".join((given[0], *middle, surname or nominative_surname(rest[-1], given[1], lex)))


def _with_known_surname(name: str, chain: Chain, lex: Lexicon) -> str:
    """A full name whose given name does not inflect, with the surname as it stands alone where that is shorter: "Hugo Kruza" and "Kruz"."""
    *given, surname = name.split()
    if not lex.cased or chain.gender == "f" or not given or chain.type != "person":
        return name
    alone = (s for s in map(plain_surface, chain.surfaces) if " " not in s and surname.startswith(s) and surname[len(s) :] in lex.speech.name_endings)
    return " ".join((*given, min(alone, key=len, default=surname)))


def _name_behind_role(chain: Chain, mentions: tuple[Mention, ...], longest: int) -> str | None:
    """The full name as it stands behind a role in the nominative."""
    for i in chain.mentions:
        if mentions[i].role and i > 0 and mentions[i - 1].rule == "role/nom" and len(name_tokens(mentions[i].name)) == longest:
            return plain_surface(mentions[i].name)
    return None


def _oblique(chain: Chain, mentions: tuple[Mention, ...]) -> bool:
    offices = (mentions[k].rule for i in chain.mentions if mentions[i].role for k in range(max(0, i - 2), i) if mentions[k].name == mentions[i].role)
    return any(mentions[i].rule == "name/obl" for i in chain.mentions) or "role/obl" in offices


def _nominative_of_unknown(first: str, rest: list[str], gender: Gender | None, lex: Lexicon) -> str:
    """A name whose given name is in no list, behind a role in an oblique case: the surname's ending shows case and gender of both."""
    surname = nominative_surname(rest[-1], gender, lex)
    if surname == rest[-1]:
        return " ".join((first, *rest))
    endings = lex.speech.given_endings_f if surname.endswith(("а", "a")) else lex.speech.given_endings_m
    ending = max((e for e in endings if first.lower().endswith(e) and len(first) - len(e) > 1), key=len, default=None)
    given = first if ending is None else first[: len(first) - len(ending)] + endings[ending]
    return " ".join((given, *rest[:-1], surname))
