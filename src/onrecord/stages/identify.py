"""The same person or body across articles, alphabets and spellings: what a name is met by (keys) and how alike two names are (score).

Precision comes first: two people taken for one are worse than one person in two rows. A full name is compared wherever it stands. Half a
name ("Галан") and an office alone ("мер Залуччя") are no names to compare: `settle` gives them to the one full name of their article or
story that they can mean, or leaves them alone. Wrong for namesakes: two people of one full name are one actor.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

import msgspec
from rapidfuzz.fuzz import ratio

from onrecord.knowledge.romanise import name_words, sounds
from onrecord.knowledge.words import stem, words
from onrecord.records import EntityType, Gender, Speaker

THRESHOLD = 0.75  # mean score inside an actor
LEAST_SPELT = (72.0, 62.0, 55.0)  # of 100: mean likeness in spelling where 3 or 4, 5 or 6, more consonants are shared
LEAST_EACH = 40.0  # of 100: likeness in spelling of given name and of surname
INITIAL = 0.8  # what an initial with the same surname is worth
NAME_LIKE = 88.0  # of 100: spelling of the names of two bodies
PARTICLE_WORDS = "von van der den de la le da di del al el bin ibn fon dela du dos the af av of zu"
PARTICLES = frozenset(PARTICLE_WORDS.split())
TURNED_LEAST = 0.94  # likeness of two names of which one puts the family first, below which they are two people
DOUBLED = re.compile(r"(.)\1+")


class Bearer(msgspec.Struct, frozen=True):
    """A full name as speakers bear it, with the offices named beside it."""

    name: str
    type: EntityType
    roles: tuple[str, ...] = ()
    gender: Gender | None = None


def is_full(speaker: Speaker) -> bool:
    """Whether a speaker's name stands for one person or body wherever it is read: two words of a person, or any name of a body."""
    if speaker.type == "group":
        return False
    return not is_office(speaker) and (speaker.type != "person" or len(_proper(speaker.name)) >= 2)


def is_office(speaker: Speaker) -> bool:
    """Whether a person is named by office alone ("генсек НАТО"): the name is the role, or opens with a small letter."""
    return speaker.type == "person" and (speaker.name == speaker.role or speaker.name[:1].islower())


def bearer(speaker: Speaker) -> Bearer:
    """The speaker as the bearer of a full name."""
    return Bearer(speaker.name, speaker.type, (speaker.role,) if speaker.role else (), speaker.gender)


def joined(one: Bearer | None, other: Bearer) -> Bearer:
    """One name with the offices of two bearers of it."""
    if one is None:
        return other
    return Bearer(one.name, one.type, tuple(dict.fromkeys((*one.roles, *other.roles))), one.gender or other.gender)


def keys(item: Bearer) -> frozenset[str]:
    """How the last word of a person's name may sound, and the first (some put the family first); of a body, all its words."""
    parts = _proper(item.name)
    if not parts:
        return frozenset({f"{item.type} {item.name}"})
    if item.type == "person":
        return frozenset(f"person {sound}" for part in {parts[0], parts[-1]} for sound in sounds(part))
    return frozenset(f"body {sound}" for part in parts for sound in sounds(part))


def score(one: Bearer, other: Bearer) -> float:
    """0 to 1: how surely two full names are of one person or body; 0 where given names differ, or genders."""
    if (one.type == "person") != (other.type == "person"):
        return 0.0
    mine, theirs = _proper(one.name), _proper(other.name)
    if mine == theirs:
        return 1.0
    if one.type != "person":
        return _bodies_alike(mine, theirs)
    if one.gender and other.gender and one.gender != other.gender:
        return 0.0
    return max(_persons_alike(mine, theirs), _turned_alike(mine, theirs))


def reason(one: Bearer, other: Bearer) -> str:
    """Why two full names are taken for one, in words for the person who checks it; empty where they are not."""
    found = score(one, other)
    if found < THRESHOLD:
        return ""
    mine, theirs = _proper(one.name), _proper(other.name)
    alphabets = " across alphabets" if _alphabet(one.name) != _alphabet(other.name) else ""
    if mine == theirs:
        how = "the same name"
    elif one.type != "person":
        how = "names of a body that sound and are spelt alike"
    elif found == INITIAL and 1 in (len(mine[0]), len(theirs[0])):
        how = "the same surname, and the initial of the given name"
    elif found > _persons_alike(mine, theirs):
        how = "the same name with the family first"
    else:
        how = "given name and surname sound and are spelt alike"
    return how + alphabets + (", an office named with both" if _share_office(one, other) else "")


def same_name(one: str, other: str) -> bool:
    """Whether two full names are the same words when written in Latin letters without particles."""
    return bool(_proper(one)) and _proper(one) == _proper(other)


def shared_words(one: Iterable[str], other: Iterable[str]) -> int:
    """How many words two lists of offices share, in any form."""
    mine, theirs = ({stem(word) for role in roles for word in words(role)} for roles in (one, other))
    return len(mine & theirs)


def _share_office(one: Bearer, other: Bearer) -> bool:
    return shared_words(one.roles, other.roles) > 0


def _alphabet(name: str) -> str:
    letter = next((c for c in name if c.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0]


def constrained(
    groups: Sequence[Sequence[int]],
    same: Sequence[tuple[int, int]],
    apart: Iterable[tuple[int, int]],
    alike: Callable[[int, int], float],
) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """The groups with some members joined and some kept apart, and the pairs of `same` that could not be joined without breaking `apart`.

    Who is kept apart starts a part of a group; the other members go where they are likest on average. Pairs have the smaller number first.
    """
    parted, joined_ = frozenset(apart), frozenset(same)

    def close(one: int, other: int) -> float:
        pair = (min(one, other), max(one, other))
        return 2.0 if pair in joined_ else alike(*pair)

    def clash(one: Iterable[int], other: Sequence[int]) -> bool:
        return bool(parted) and any((min(a, b), max(a, b)) in parted for a in one for b in other)

    parts: list[list[int]] = []
    first = {member for pair in parted for member in pair}
    for group in groups:
        own: list[list[int]] = []
        for member in sorted(group, key=lambda m: (m not in first, m)) if first.intersection(group) else ():
            fits = [part for part in own if not clash((member,), part)]
            if fits:
                max(fits, key=lambda part: (sum(close(member, m) for m in part) / len(part), -part[0])).append(member)
            else:
                own.append([member])
        parts += own or [list(group)]
    where = {member: part for part in parts for member in part}
    refused = []
    for one, other in same:
        if where[one] is where[other]:
            continue
        if clash(where[one], where[other]):
            refused.append((one, other))
            continue
        where[one] += where[other]
        where.update(dict.fromkeys(where[other], where[one]))
    return sorted({id(part): sorted(part) for part in where.values()}.values()), refused


def settle(speaker: Speaker, candidates: Iterable[Speaker]) -> Speaker | None:
    """The one full name among the candidates that half a name or an office can mean; None where there is none, or more than one."""
    fits = _office_fits if is_office(speaker) else _half_fits
    found: dict[tuple[str, ...], Speaker] = {}
    for candidate in candidates:
        if candidate.type == speaker.type and is_full(candidate) and fits(speaker, candidate):
            found.setdefault(_proper(candidate.name), candidate)
    if len(found) > 1 and len(_apart(list(found.values()))) > 1:
        return None
    return next(iter(found.values()), None)


def _apart(speakers: list[Speaker]) -> list[Speaker]:
    """Speakers of whom no two bear one name in two spellings."""
    apart: list[Speaker] = []
    for speaker in speakers:
        if all(score(bearer(speaker), bearer(other)) < THRESHOLD for other in apart):
            apart.append(speaker)
    return apart


def _half_fits(speaker: Speaker, full: Speaker) -> bool:
    mine, theirs = _proper(speaker.name), _proper(full.name)
    heard = _heard(mine[-1], theirs[-1]) if mine else None
    return heard is not None and heard[1] >= LEAST_SPELT[0]


def _office_fits(speaker: Speaker, full: Speaker) -> bool:
    """Whether the office named alone is part of the one named beside the full name, by stems."""
    if full.role is None or (speaker.gender and full.gender and speaker.gender != full.gender):
        return False
    mine, theirs = ({stem(word) for word in words(role)} for role in (speaker.role or speaker.name, full.role))
    return bool(mine) and mine <= theirs


@functools.lru_cache(maxsize=65_536)
def _proper(name: str) -> tuple[str, ...]:
    """The words of a name, romanised, without particles."""
    found = name_words(name)
    return tuple(word for word in found if word not in PARTICLES) or found


def _persons_alike(mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """0, or 0.7 to 1: surnames and given names that sound alike (or an initial), and are spelt the more alike the fewer consonants
    they share: Кох and Кук say little, Роувъни and Roveney much. Middle names count only where both have one."""
    if len(mine) < 2 or len(theirs) < 2:
        return 0.0
    surname = _heard(mine[-1], theirs[-1])
    given = _heard(mine[0], theirs[0])
    if len(mine[0]) == 1 or len(theirs[0]) == 1:
        return INITIAL if mine[0][0] == theirs[0][0] and surname and surname[1] >= LEAST_SPELT[0] else 0.0
    if surname is None or given is None:
        return 0.0
    if len(mine) > 2 and len(theirs) > 2 and not any(_heard(one, other) for one in mine[1:-1] for other in theirs[1:-1]):
        return 0.0
    consonants, spelt = surname[0] + given[0], (surname[1] + given[1]) / 2
    least = LEAST_SPELT[min(2, max(0, (consonants - 3) // 2))]
    return 0.7 + 0.3 * spelt / 100 if spelt >= least and min(surname[1], given[1]) >= LEAST_EACH else 0.0


def _turned_alike(mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """As `_persons_alike` where one of the names puts the family first: only if both are spelt nearly the same."""
    found = _persons_alike(mine, theirs[1:] + theirs[:1])
    return found if found >= TURNED_LEAST else 0.0


def _heard(one: str, other: str) -> tuple[int, float] | None:
    """How many consonants two romanised words share and how alike (of 100) they are spelt; None where they do not sound alike."""
    shared = sounds(one) & sounds(other)
    if not shared:
        return None
    return max(map(len, shared)), max(ratio(one, other), ratio(_plain(one), _plain(other)))


def _plain(word: str) -> str:
    """A romanised word as it would be spelt in one way: without doubled letters, y for i, v for w and f."""
    same = word.translate(str.maketrans("ywfjzc", "ivviss")).replace("sch", "sh").replace("ts", "s").replace("kh", "h").replace("sh", "s")
    return DOUBLED.sub(r"\1", same)


def _bodies_alike(mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    if len(mine) != len(theirs) or not mine:
        return 0.0
    spelt = [ratio(_plain(one), _plain(other)) if sounds(one) & sounds(other) else 0.0 for one, other in zip(mine, theirs, strict=True)]
    return min(spelt) / 100 if min(spelt) >= NAME_LIKE else 0.0
