"""The same person or body across articles, alphabets and spellings: what a name is met by (keys) and how alike two names are (score).

Precision comes first: two people taken for one are worse than one person in two rows. A full name is compared wherever it stands. Half a
name ("Галан") and an office alone ("мер Залуччя") are no names to compare: `settle` gives them to the one full name of their article or
story that they can mean, or leaves them alone. Two people of one full name are
two where their offices say so (`offices`), else one.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from onrecord.knowledge.words import stem, words
from onrecord.records import EntityType, Gender, Speaker
from onrecord.stages import alike
from onrecord.stages.alike import INITIAL, proper
from onrecord.stages.group import average_link, pairs
from onrecord.stages.offices import fields_contradict

KEYED = 2  # of the rules by which `keys` is made: raise it when they change, and stores key their names again
THRESHOLD = 0.75  # mean score inside an actor
REMEMBERED = 2_048  # names and pairs of names: what is met in one batch is asked three times
ONE_OFFICE = 2  # words of offices shared ("міністр оборони"), from which names in one language need not be spelt the same


class Bearer(msgspec.Struct, frozen=True):
    """A full name as speakers bear it, with the offices named beside it.

    `gender` is "n" where pages disagree. `of` tells one of several people who bear the name. `fields` are those of the offices, each with
    the first and the last day (`stages.offices`). `languages` are those of the pages, in order; none where nobody knows.
    """

    name: str
    type: EntityType
    roles: tuple[str, ...] = ()
    gender: Gender | None = None
    of: str | None = None
    fields: tuple[tuple[str, str, str], ...] = ()
    languages: tuple[str, ...] = ()


def is_full(speaker: Speaker) -> bool:
    """Whether a speaker's name stands for one person or body wherever it is read: any name of a body; of a person a given name in full
    and another word. A hyphen makes one word ("Рис-Моґ" is half a name), and an initial is no name."""
    if speaker.type == "group":
        return False
    return speaker.type != "person" or (not is_office(speaker) and alike.parts(speaker.name) > 1 and not alike.is_initial(proper(speaker.name)[0]))


def is_office(speaker: Speaker) -> bool:
    """Whether a person is named by office alone ("генсек НАТО"): the name is the role, or opens with a small letter."""
    return speaker.type == "person" and (speaker.name == speaker.role or speaker.name[:1].islower())


def bearer(speaker: Speaker, *languages: str) -> Bearer:
    """The speaker as the bearer of a full name."""
    return Bearer(speaker.name, speaker.type, (speaker.role,) if speaker.role else (), speaker.gender, languages=languages)


def joined(one: Bearer | None, other: Bearer) -> Bearer:
    """One name with the offices of two bearers of it."""
    if one is None:
        return other
    gender = one.gender or other.gender if None in (one.gender, other.gender) or one.gender == other.gender else "n"
    languages = tuple(sorted({*one.languages, *other.languages}))
    return Bearer(one.name, one.type, tuple(dict.fromkeys((*one.roles, *other.roles))), gender, one.of, languages=languages)


@functools.lru_cache(maxsize=REMEMBERED)
def keys(item: Bearer) -> frozenset[str]:
    """How given name and surname may sound together, in either order (some put the family first); of a body, its first and last words.

    Both must sound alike for two names to be one, so nothing is lost, and few names share a key: however many people are called Ivanov,
    those that an Ivan Ivanov meets are Ivan Ivanovs.
    """
    parts = proper(item.name)
    if not parts:
        return frozenset({f"{item.type} {item.name}"})
    if item.type != "person":
        return frozenset(f"body {len(parts)} {one} {other}" for one in alike.sounds(parts[0]) for other in alike.sounds(parts[-1]))
    parts = alike.without_generation(parts)
    ends = {(parts[0], parts[-1]), (parts[min(1, len(parts) - 1)], parts[0])}
    heard = ((given, family) for one, other in ends for given in alike.sounds(one) for form in alike.forms(other) for family in alike.sounds(form))
    return frozenset(" ".join(("person", *sorted(pair))) for pair in heard)


@functools.lru_cache(maxsize=REMEMBERED)
def score(one: Bearer, other: Bearer) -> float:
    """0 to 1: how surely two full names are of one person or body; 0 where given names differ, or genders, or what they do.

    Where several people bear one of the names, it is the other's only if an office says so: the same field, and of a nation the same one.
    """
    if (one.type == "person") != (other.type == "person"):
        return 0.0
    mine, theirs = proper(one.name), proper(other.name)
    if one.type != "person":
        return 1.0 if mine == theirs else alike.bodies(mine, theirs)
    if {one.gender, other.gender} == {"m", "f"} or _two(one, other):
        return 0.0
    if mine == theirs:
        return 1.0
    men, gap = one.gender == other.gender == "m", _gap(one, other)
    return max(alike.persons(mine, theirs, inflected=men, gap=gap), alike.turned(mine, theirs, gap=gap))


def _gap(one: Bearer, other: Bearer) -> alike.Gap:
    """What lies between two names and may explain that they are spelt differently. Who holds one office is one person sooner; Bulgarian ъ
    stands for many a foreign vowel, in Bulgarian too."""
    if _alphabet(one.name) != _alphabet(other.name) or "ъ" in (one.name + other.name).lower():
        return "alphabet"
    apart = set(one.languages).isdisjoint(other.languages)
    return "language" if apart or shared_words(one.roles, other.roles) >= ONE_OFFICE else "none"


def _two(one: Bearer, other: Bearer) -> bool:
    """Whether two names alike are two people's by their offices."""
    if fields_contradict(one.fields, other.fields):
        return True
    if one.of is None and other.of is None:
        return False
    shared = {field for field, *_ in one.fields} & {field for field, *_ in other.fields}
    return not (shared - {"nation"} or (shared and _countries(one) & _countries(other)))


def _countries(bearer: Bearer) -> frozenset[str]:
    """How names inside the offices sound."""
    found = (word for role in bearer.roles for word in role.split()[1:] if word[:1].isupper())
    return frozenset(sound for word in found for name in proper(stem(word.lower())) for sound in alike.sounds(name) if len(sound) > 1)


def groups(bearers: Mapping[int, Bearer]) -> list[list[int]]:
    """The full names that are one person or body each, by number."""
    met = pairs({number: keys(item) for number, item in bearers.items()})
    scores = {(one, other): score(bearers[one], bearers[other]) for one, other in met}
    return average_link(bearers, scores, THRESHOLD)


def reason(one: Bearer, other: Bearer) -> str:
    """Why two full names are taken for one, in words for the person who checks it; empty where they are not."""
    found = score(one, other)
    if found < THRESHOLD:
        return ""
    mine, theirs = proper(one.name), proper(other.name)
    alphabets = " across alphabets" if _alphabet(one.name) != _alphabet(other.name) else ""
    if mine == theirs:
        how = "the same name"
    elif one.type != "person":
        how = "names of a body that sound and are spelt alike"
    elif found == INITIAL and 1 in (len(mine[0]), len(theirs[0])):
        how = "the same surname, and the initial of the given name"
    elif found > alike.persons(mine, theirs):
        how = "the same name with the family first"
    else:
        how = "given name and surname sound and are spelt alike"
    return how + alphabets + (", an office named with both" if _share_office(one, other) else "")


def same_name(one: str, other: str) -> bool:
    """Whether two full names are the same words when written in Latin letters without particles."""
    return bool(proper(one)) and proper(one) == proper(other)


def shared_words(one: Iterable[str], other: Iterable[str]) -> int:
    """How many words two lists of offices share, in any form."""
    mine, theirs = ({stem(word) for role in roles for word in words(role)} for roles in (one, other))
    return len(mine & theirs)


def _share_office(one: Bearer, other: Bearer) -> bool:
    return shared_words(one.roles, other.roles) > 0


def _alphabet(name: str) -> str:
    letter = next((c for c in name if c.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


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
            found.setdefault(proper(candidate.name), candidate)
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
    return alike.half(proper(speaker.name), proper(full.name))


def _office_fits(speaker: Speaker, full: Speaker) -> bool:
    """Whether the office named alone is part of the one named beside the full name, by stems."""
    if full.role is None or (speaker.gender and full.gender and speaker.gender != full.gender):
        return False
    mine, theirs = ({stem(word) for word in words(role)} for role in (speaker.role or speaker.name, full.role))
    return bool(mine) and mine <= theirs
