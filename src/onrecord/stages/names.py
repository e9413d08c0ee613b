"""Names out of tags: which stretches of words are names of persons, bodies and places, and what becomes of the names of the rules.

The rules know a name by its capitals, lists and neighbours; the tagger by its sentence. Where they differ about what is a name, how far it reaches
and what it stands for, the tagger is right far more often; what the rules know of a name besides (gender, office) stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from onrecord.knowledge.words import fold, stem
from onrecord.records import EntityType, Mention
from onrecord.stages.tag import NAME, NameTags

TYPES: dict[str, EntityType] = {"per": "person", "org": "organization", "loc": "place"}
LEAST_NAME = 0.5  # mean probability of a name's words
SURELY_NONE = 0.8  # mean probability that the words of a name of the rules are none, from which it is dropped
NEVER = -1e9
SHORTEST = 3  # letters of a word that may have an ending
TITLE = re.compile(r"(\w+(?:-\w+)*)\.?\s*")
INITIAL = re.compile(r"\w{1,2}\.?")
BEFORE = re.compile(r"(?<!\w)(\w+|\w\.) ?\Z")


class Name(NamedTuple):
    """A name as the tagger sees it."""

    start: int
    end: int
    type: EntityType


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
        sure = float(tags.name[first:n, [begin, begin + 1]].sum(axis=1).mean())
        if sure >= LEAST_NAME and any(c.isupper() for c in text[start:end]) and "\n" not in text[start:end]:
            found.append(Name(start, end, TYPES[NAME[begin].removeprefix("begin-")]))
    return tuple(found)


def _likeliest(chances: np.ndarray) -> list[int]:
    """The labels of the likeliest path (Viterbi): "in" follows only "begin" or "in" of its kind."""
    labels = range(chances.shape[1])
    first, *rest = chances.tolist()  # plain numbers: seven at a time are too few for an array
    best = [chance if label % 2 or not label else NEVER for label, chance in enumerate(first)]
    back: list[list[int]] = []
    for row in rest:
        before = max(labels, key=best.__getitem__)
        came = [before if label % 2 or not label else label - (best[label - 1] >= best[label]) for label in labels]
        best = [best[k] + chance for k, chance in zip(came, row, strict=True)]
        back.append(came)
    path = [max(labels, key=best.__getitem__)]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


def settle_names(
    mentions: Iterable[Mention], names: Sequence[Name], tags: Sequence[NameTags], text: str, particles: Collection[str], titles: Collection[str] = ()
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """The mentions with their names as the tagger sees them, in order; and the names inside roles: "президента України"."""
    known = sorted(mentions, key=lambda m: (m.start, -m.end))
    kept = [m for m in known if m.form != "name"]
    given = [m for m in known if m.form == "name"]
    names = list(_whole([n for whole in sorted(names) for n in _untitled(whole, text, titles)], given, text, particles))
    surnames = frozenset(s for n in names if n.type == "person" and " " in text[n.start : n.end] for s in _stems(text[n.start : n.end]))
    inside: list[Mention] = []
    used: set[int] = set()
    for name in names:
        over = [n for n, m in enumerate(given) if m.start < name.end and name.start < m.end]
        used.update(over)
        made = _named(name, [given[n] for n in over], text, surnames)
        around = any(m.start < name.end and name.start < m.end and m.form != "pronoun" for m in kept)
        (inside if around else kept).append(made)
        if around:  # it runs out of a role into the next name: "Глава делегації Аддис-Абеби Мелаку …"; what the rules know of that one stays
            kept += [given[n] for n in over if given[n].role and not any(m.start < given[n].end and given[n].start < m.end for m in kept)]
    kept += [m for n, m in enumerate(given) if n not in used and not _surely_none(m, tags)]
    return tuple(sorted(kept, key=lambda m: (m.start, -m.end))), tuple(inside)


def _whole(names: Sequence[Name], rules: list[Mention], text: str, particles: Collection[str]) -> Iterator[Name]:
    """The names without what cuts them in two: an initial's full stop, a particle, a bracket, a second beginning inside one name of the rules."""
    waiting: Name | None = None
    for name in (part for whole in names for part in _unbracketed(whole, text)):
        name = _with_particles(name, text, particles)
        if waiting is not None and _continues(waiting, name, rules, text, particles):
            waiting = Name(waiting.start, max(waiting.end, name.end), name.type)
            continue
        if waiting is not None:
            yield waiting
        waiting = name
    if waiting is not None:
        yield waiting


def _untitled(name: Name, text: str, titles: Collection[str]) -> list[Name]:
    """A person's name without the titles before it; a title alone is none: "Проф.", "Д-р Галя Ташкова"."""
    start = name.start
    while name.type == "person" and (match := TITLE.match(text, start, name.end)) and match[1].lower() in titles:
        start = match.end()
    return [name._replace(start=start)] if text[start : name.end].strip(" .") else []


def _unbracketed(name: Name, text: str) -> list[Name]:
    """A name and the same in another alphabet behind it are two: "Єнс Шпан (Jens Spahn"."""
    words = text[name.start : name.end]
    before, _, after = words.partition("(")
    if ")" in words or not before.strip() or not after.strip():
        return [name]
    return [Name(name.start, name.start + len(before.rstrip()), name.type), Name(name.end - len(after), name.end, name.type)]


def _with_particles(name: Name, text: str, particles: Collection[str]) -> Name:
    """A person's name with the particles and the initial that stand before it: "фон дер Ляєн", "С. Барклі"."""
    start = name.start
    while name.type == "person" and (match := BEFORE.search(text, max(0, start - 12), start)):
        word = match[1]
        initial = word.endswith(".") and word[0].isupper()
        if not initial and (word.lower() not in particles or not match[0].endswith(" ")):
            break
        start = match.start(1)
        if initial:
            break
    return name._replace(start=start)


def _continues(one: Name, two: Name, rules: list[Mention], text: str, particles: Collection[str]) -> bool:
    """Whether two names side by side are one."""
    if two.start <= one.end:
        return True
    gap = text[one.end : two.start]
    if one.type != two.type or not set(gap) <= set(". \u00a0\u200e") or len(gap) > 2:
        return False
    if one.type == "person" and (INITIAL.fullmatch(text, one.start, one.end) or text[one.end - 1] == "."):
        return True
    return gap.strip(" \u00a0\u200e") == "" and any(m.start <= one.start and two.end <= m.end for m in rules)


def _stems(words: str) -> frozenset[str]:
    """What the forms of a name's last word share."""
    last = words.split()[-1].lower() if words.strip() else words
    return frozenset((stem(fold(last)), last[:-1])) if len(last) > SHORTEST else frozenset((last,))


def _named(name: Name, rules: list[Mention], text: str, surnames: frozenset[str]) -> Mention:
    """The name as a mention, with what the rules know of it."""
    words = text[name.start : name.end]
    made = Mention(name.start, name.end, "name", name.type, words, None, "sg", rule="tagger")
    alone = " " not in words
    kind = "person" if alone and not surnames.isdisjoint(_stems(words)) else name.type
    if rules:
        best = max(rules, key=lambda m: min(m.end, name.end) - max(m.start, name.start))
        if (best.start, best.end) == (name.start, name.end) and best.type != kind and (best.type == "place" or (best.gender and not alone)):
            kind = best.type
        role = next((m.role for m in rules if m.role and m.type == kind), None)
        rule = best.rule if (best.start, best.end, best.type) == (name.start, name.end, kind) else best.rule + "+tagger"
        made = msgspec.structs.replace(made, gender=best.gender if kind == "person" else None, role=role, rule=rule)
    return msgspec.structs.replace(made, type=kind)


def _surely_none(mention: Mention, tags: Sequence[NameTags]) -> bool:
    """Whether the tagger sees no name in the words, and the rules have no more than a capital to go by."""
    if mention.role is not None or mention.gender is not None or mention.type == "place":
        return False
    for table in tags:
        low, high = np.searchsorted(table.starts, [mention.start, mention.end])
        if high > low and table.starts[low] == mention.start:
            return float(table.name[low:high, 0].mean()) >= SURELY_NONE
    return False
