"""Names out of tags: which stretches of words are names of persons, bodies and places, and what becomes of the names of the rules.

The rules know a name by its capitals, lists and neighbours; the tagger by its sentence. Where they differ about what is a name, how far it reaches
and what it stands for, the tagger is right far more often; what the rules know of a name besides (gender, office) stays.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from onrecord.knowledge.lexicon import Lexicon
from onrecord.knowledge.words import fold, stem
from onrecord.records import EntityType, Mention
from onrecord.stages.tag import NAME, NameTags

TYPES: dict[str, EntityType] = {"per": "person", "org": "organization", "loc": "place"}
LEAST_NAME = 0.5  # mean probability of a name's words
SURELY_NONE = 0.8  # mean probability that the words of a name of the rules are none, from which it is dropped
NEVER = -1e9
MOST_TIMES = 50  # that a surname with its particle is looked at on a page
SHORTEST = 3  # letters of a word that may have an ending
TITLE = re.compile(r"(\w+(?:-\w+)*)\.?\s*")
ELIDED = re.compile(r"(?:d|l|qu|jusqu|lorsqu|puisqu)['’](?=[A-ZÀ-Þ])")  # a small word glued to the name behind it: "d'Amina"
INITIAL = re.compile(r"\w{1,2}\.?")
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
AFTER = re.compile(r" (?=[^\W\d_a-zа-яіїєґ])[\w'’ʼ-]+")
OPENERS = ("", *'\n.!?…:"«„“•–—')
OPENING, CLOSING = frozenset('"«„“'), frozenset('"»“”')
ENDS = "аеиоуяюєіїьэыйёaeiouyąęó"  # letters that a form may change for an ending
BEFORE = re.compile(r"(?<!\w)(\w+|\w\.) ?\Z")


class Name(NamedTuple):
    """A name as the tagger sees it."""

    start: int
    end: int
    type: EntityType
    sure: float = 1.0  # mean probability of its words


def read_names(text: str, tags: NameTags) -> tuple[Name, ...]:
    """The names in the order of the text: the likeliest sequence of labels in which no name is continued that was not begun."""
    if not len(tags.starts):
        return ()
    labels = _likeliest(np.log(np.maximum(tags.name, 1e-9)))
    found, n = [], 0
    while n < len(labels):
        if labels[n] % 2 == 0:
            n += 1
            continue
        first, begin = n, labels[n]
        n += 1
        while n < len(labels) and labels[n] == begin + 1:
            n += 1
        start, end = int(tags.starts[first]), int(tags.ends[n - 1])
        start += len(elided[0]) if (elided := ELIDED.match(text, start, end)) else 0
        sure = float(tags.name[first:n, [begin, begin + 1]].sum(axis=1).mean())
        cut = text[end : end + 2] == "- "  # the first half of "Haupt- und Nebenrolle"
        if sure >= LEAST_NAME and not cut and any(c.isupper() for c in text[start:end]) and "\n" not in text[start:end]:
            found.append(Name(start, end, TYPES[NAME[begin].removeprefix("begin-")], sure))
    return tuple(found)


def _likeliest(chances: np.ndarray) -> list[int]:
    """The labels of the likeliest path (Viterbi): "in" follows only "begin" or "in" of its kind."""
    first, *rest = chances.tolist()  # plain numbers: seven at a time are too few for an array
    best = [chance if label % 2 or not label else NEVER for label, chance in enumerate(first)]
    back: list[tuple[int, ...]] = []
    for out, person, in_person, body, in_body, place, in_place in rest:
        top = max(best)
        before = best.index(top)
        _, p, q, b, c, w, x = best
        back.append((before, before, 1 if p >= q else 2, before, 3 if b >= c else 4, before, 5 if w >= x else 6))
        best = [
            top + out, top + person, (p if p >= q else q) + in_person, top + body, (b if b >= c else c) + in_body, top + place, (w if w >= x else x) + in_place,
        ]  # fmt: skip
    path = [best.index(max(best))]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


class Shown(NamedTuple):
    """What a page shows of its names: stems of the surnames and given names of the people that it names in full, and the words that it
    writes small, sorted."""

    text: str
    lex: Lexicon
    surnames: frozenset[str]
    given: frozenset[str]
    small: tuple[str, ...]

    def is_surname(self, words: str) -> bool:
        """Whether the last of the words is a surname of the page."""
        return not self.surnames.isdisjoint(_stems(words))

    def is_noun(self, start: int, word: str) -> bool:
        """Whether the word at `start` has its capital for opening a sentence alone: the page writes it small elsewhere, in any form."""
        bare = _stem(word)
        if self.text[:start].rstrip(" \u00a0\t")[-1:] not in OPENERS or len(bare) <= SHORTEST:
            return False
        forms = itertools.takewhile(lambda w: w.startswith(bare), self.small[bisect.bisect_left(self.small, bare) :])
        return any(len(form) - len(bare) <= SHORTEST for form in forms)


def settle_names(
    mentions: Iterable[Mention], names: Sequence[Name], tags: Sequence[NameTags], text: str, lex: Lexicon
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """The mentions with their names as the tagger sees them, in order; and the names inside roles: "президента України"."""
    known = sorted(mentions, key=lambda m: (m.start, -m.end))
    kept = [m for m in known if m.form != "name"]
    given = [m for m in known if m.form == "name"]
    names = list(_whole([n for whole in sorted(names) for n in _untitled(whole, text, lex)], given, text, lex))
    shown = _shown(names, given, text, lex)
    inside: list[Mention] = []
    used: set[int] = set()
    for name in _agreed(_again(names, tags, shown), [m for m in kept if m.type == "organization"], text):
        over = [n for n, m in enumerate(given) if m.start < name.end and name.start < m.end]
        used.update(over)
        made = _named(name, [given[n] for n in over], shown)
        around = any(m.start < name.end and name.start < m.end and m.form != "pronoun" for m in kept)
        (inside if around else kept).append(made)
        if around:  # it runs out of a role into the next name: "Глава делегації Аддис-Абеби Мелаку …"; what the rules know of that one stays
            kept += [given[n] for n in over if given[n].role and not any(m.start < given[n].end and given[n].start < m.end for m in kept)]
    rest = [m for n, m in enumerate(given) if n not in used and not _surely_none(m, tags)]
    kept += [m for m in rest if m.type != "person" or not _common(Name(m.start, m.end, "person"), shown)]
    return tuple(sorted(kept, key=lambda m: (m.start, -m.end))), tuple(inside)


def _shown(names: Sequence[Name], rules: Sequence[Mention], text: str, lex: Lexicon) -> Shown:
    """What the page shows by the persons that the tagger sees, but for those in quotation marks, and by those of the rules that have a gender."""
    spans = [(n.start, n.end) for n in names if n.type == "person" and not _marked(n, text)]
    spans += [(m.start, m.end) for m in rules if m.type == "person" and m.gender]
    full = [words for start, end in spans if " " in (words := text[start:end])]
    small = {fold(word) for word in WORD.findall(text) if word[0].islower()}
    return Shown(text, lex, frozenset(s for words in full for s in _stems(words)), frozenset(_stem(w.partition(" ")[0]) for w in full), tuple(sorted(small)))


def _again(names: Iterable[Name], tags: Iterable[NameTags], shown: Shown) -> list[Name]:
    """The names less common nouns, and further words with a capital that are surnames of the page, with the given name before them: who is
    named once is known wherever he is named again."""
    kept = [name for name in names if not _common(name, shown)]
    taken = sorted((n.start, n.end) for n in kept)
    found = []
    for table in tags:
        for start, end in zip(table.starts.tolist(), table.ends.tolist(), strict=True):
            word = shown.text[start:end]
            if not word[0].isupper() or not shown.is_surname(word) or shown.is_noun(start, word):
                continue
            at = bisect.bisect(taken, (start, end))
            if not any(a < end and start < b for a, b in taken[max(0, at - 1) : at + 1]):
                before = BEFORE.search(shown.text, max(0, start - 20), start)
                first = before is not None and before[1][0].isupper() and _stem(before[1]) in shown.given
                found.append(Name(before.start() if before and first else start, end, "person"))
    return [n for n in kept if not any(m.start < n.end and n.start < m.end for m in found)] + found


def _common(name: Name, shown: Shown) -> bool:
    """Whether a lone word that looks like a person is a common noun: a role, a noun with its article ("Справката"), a word that opens a
    sentence and that the page also writes small."""
    word = shown.text[name.start : name.end]
    low, lex = word.lower(), shown.lex
    if name.type != "person" or not word.isalpha():
        return False
    if len(word) == 1 or low in lex.given or shown.is_surname(word):
        return len(word) == 1  # "Y", "В": a small word
    return low in lex.roles or low.endswith(tuple(e for e in lex.speech.article_endings if e[-1] not in ENDS)) or shown.is_noun(name.start, word)


def _agreed(names: Sequence[Name], bodies: Sequence[Mention], text: str) -> Iterator[Name]:
    """The names in order, lone words of one stem all of the type that they are most surely of on the page; `bodies` are nouns for bodies
    with what they are called: "компанія Галітекс" shows that Галітекс is no person."""
    ends = {m.end for m in bodies}
    votes: dict[str, dict[EntityType, float]] = {}
    called = set()
    for name in names:
        if " " not in (word := text[name.start : name.end]):
            own = votes.setdefault(_stem(word), {})
            own[name.type] = own.get(name.type, 0.0) + name.sure
            if name.end in ends:
                called.add(_stem(word))
    types = {word: max(own, key=lambda kind: own[kind]) for word, own in votes.items()}
    types |= {word: "organization" for word in called if types[word] == "person"}
    for name in sorted(names):
        alone = " " not in text[name.start : name.end]
        yield name._replace(type=types[_stem(text[name.start : name.end])]) if alone else name


def _whole(names: Sequence[Name], rules: list[Mention], text: str, lex: Lexicon) -> Iterator[Name]:
    """The names without what cuts them in two: an initial's full stop, a particle, a bracket, a second beginning inside one name of the rules."""
    waiting: Name | None = None
    for name in (part for whole in names for part in _unbracketed(whole, text)):
        name = _with_surname(_with_particles(name, text, lex), rules, text, lex)
        if waiting is not None and _continues(waiting, name, rules, text):
            waiting = waiting._replace(end=max(waiting.end, name.end))
            continue
        if waiting is not None:
            yield waiting
        waiting = name
    if waiting is not None:
        yield waiting


def _untitled(name: Name, text: str, lex: Lexicon) -> list[Name]:
    """A person's name without the titles before it, or the month: "in November Ann Holt"; a title alone is none: "Проф.", "Д-р Галя Ташкова"."""
    start = name.start
    dated = (match := TITLE.match(text, start, name.end)) and match[1].lower() in lex.dating and match[1].lower() not in lex.given
    if name.type == "person" and dated and match and (before := BEFORE.search(text, max(0, start - 20), start)) and before[1].lower() in lex.prepositions:
        start = match.end()
    while name.type == "person" and (match := TITLE.match(text, start, name.end)) and match[1].lower() in lex.titles:
        start = match.end()
    return [name._replace(start=start)] if text[start : name.end].strip(" .") else []


def _unbracketed(name: Name, text: str) -> list[Name]:
    """A name and the same in another alphabet behind it are two: "Єнс Шпан (Jens Spahn"."""
    words = text[name.start : name.end]
    before, _, after = words.partition("(")
    if ")" in words or not before.strip() or not after.strip():
        return [name]
    return [name._replace(end=name.start + len(before.rstrip())), name._replace(start=name.end - len(after))]


def _with_particles(name: Name, text: str, lex: Lexicon) -> Name:
    """A person's name with the particles and the initial that stand before it, and what a particle at its end opens: "фон дер Ляєн", "С. Барклі"."""
    start, particles = name.start, lex.speech.name_particles
    while name.type == "person" and (match := BEFORE.search(text, max(0, start - 12), start)):
        word = match[1]
        initial = word.endswith(".") and word[0].isupper() and word[:-1].lower() not in lex.titles
        if not initial and (word.lower() not in particles or not match[0].endswith(" ")):
            break
        start = match.start(1)
        if initial:
            break
    if text[start : name.start].partition(" ")[0] in lex.not_names and not _borne(text[start : name.end], text, lex):
        start = name.start  # a word of its own: "el mitin de Galán", "el martes y Galán", but "Nora de la Galán"
    end = name.end
    if name.type == "person" and text[start:end].rpartition(" ")[2] in particles and (match := AFTER.match(text, end)):
        end = match.end()
    return name._replace(start=start, end=end)


def _borne(surname: str, text: str, lex: Lexicon) -> bool:
    """Whether a given name or a title stands before a surname with its particle anywhere on the page: "von Roth", where Anna von Roth is named."""
    at = -1
    for _ in range(MOST_TIMES):
        at = text.find(surname, at + 1)
        if at < 0 or _is_given(text, at, lex):
            return at >= 0
    return False


def _is_given(text: str, end: int, lex: Lexicon) -> bool:
    """Whether a given name or a title stands right before `end`."""
    before = BEFORE.search(text, max(0, end - 20), end)
    return before is not None and before[1][0].isupper() and (before[1].lower() in lex.given or before[1].lower().strip(".") in lex.titles)


def _with_surname(name: Name, rules: list[Mention], text: str, lex: Lexicon) -> Name:
    """A given name with what the rules have as its surname."""
    if name.type != "person" or text[name.start : name.end].lower() not in lex.given:
        return name
    return name._replace(end=max((m.end for m in rules if m.start == name.start and m.type == "person"), default=name.end))


def _continues(one: Name, two: Name, rules: list[Mention], text: str) -> bool:
    """Whether two names side by side are one."""
    if two.start <= one.end:
        return True
    gap = text[one.end : two.start]
    if one.type != two.type or not set(gap) <= set(". \u00a0\u200e") or len(gap) > 2:
        return False
    if one.type == "person" and (INITIAL.fullmatch(text, one.start, one.end) or text[one.end - 1] == "."):
        return True
    if " " in text[one.start : one.end] and " " in text[two.start : two.end]:
        return False
    return gap.strip(" \u00a0\u200e") == "" and any(m.start <= one.start and two.end <= m.end for m in rules)


def _stem(word: str) -> str:
    return stem(fold(word))


def _stems(words: str) -> frozenset[str]:
    """What the forms of a name's last word share."""
    last = words.split()[-1].lower() if words.strip() else words
    bare = last[:-1] if last[-1:] in ENDS else last
    return frozenset((_stem(last), bare)) if len(last) > SHORTEST else frozenset((last,))


def _named(name: Name, rules: list[Mention], shown: Shown) -> Mention:
    """The name as a mention, with what the rules know of it."""
    words = shown.text[name.start : name.end]
    made = Mention(name.start, name.end, "name", name.type, words, None, "sg", rule="tagger")
    kind = _kind(name, shown)
    if rules:
        best = max(rules, key=lambda m: min(m.end, name.end) - max(m.start, name.start))
        if (best.start, best.end) == (name.start, name.end) and best.type != kind:
            if best.type == "place" and (name.type == "place" or not shown.is_surname(words)):
                kind = "place"
            elif best.type == "person" and best.gender and " " in words and not _marked(name, shown.text):
                kind = "person"
        role = next((m.role for m in rules if m.role and m.type == kind), None)
        rule = best.rule if (best.start, best.end, best.type) == (name.start, name.end, kind) else best.rule + "+tagger"
        made = msgspec.structs.replace(made, gender=best.gender if kind == "person" else None, role=role, rule=rule)
    return msgspec.structs.replace(made, type=kind)


def _kind(name: Name, shown: Shown) -> EntityType:
    """What a name stands for: a lone surname of the page is a person; a name in quotation marks that is none of the page's persons is none, nor
    is a lone Latin word in Cyrillic, or a lone word in capitals."""
    words = shown.text[name.start : name.end]
    alone = " " not in words
    if shown.is_surname(words):
        return "person" if alone else name.type
    foreign = alone and ((shown.lex.script == "cyrillic" and words.isascii()) or (words.isupper() and len(words) > 1))
    return "organization" if name.type == "person" and (foreign or _marked(name, shown.text)) else name.type


def _marked(name: Name, text: str) -> bool:
    """Whether the name, and nothing else, stands in quotation marks."""
    return text[max(0, name.start - 1) : name.start] in OPENING and text[name.end : name.end + 1] in CLOSING


def _surely_none(mention: Mention, tags: Sequence[NameTags]) -> bool:
    """Whether the tagger sees no name in the words, and the rules have no more than a capital to go by."""
    if mention.role is not None or mention.gender is not None or mention.type == "place":
        return False
    for table in tags:
        low, high = np.searchsorted(table.starts, [mention.start, mention.end])
        if high > low and table.starts[low] == mention.start:
            return float(table.name[low:high, 0].mean()) >= SURELY_NONE
    return False
