"""How alike two names are that are written in any alphabet, spelling and order: what `identify` scores people and bodies by.

Words are compared as they may sound. What sounds alike must also have the vowels in their places: Marion is not Marine, Viktor not Viktoria,
while Volodymyr is Vladimir. Of surnames, what differs must be explained (`Gap`): in one language by inflection alone, so that Шевчук is not
Шевчик; a Slavic surname goes from alphabet to alphabet letter by letter; others as languages hear vowels (Bannon, Бенън). Wrong for names that
are translated rather than transcribed (William, Bill) and for namesakes, of course.
"""

from __future__ import annotations

import functools
import re
from typing import Literal

from rapidfuzz.fuzz import ratio

from onrecord.knowledge.romanise import consonants, name_words, readings

INITIAL = 0.8  # what an initial with the same surname is worth
LEAST_SPELT = (72.0, 62.0, 55.0)  # of 100: mean likeness in spelling where 3 or 4, 5 or 6, more consonants are shared
HALF_LEAST = 80.0  # of 100: likeness in spelling of a surname alone and the full name that it means
LEAST_EACH = 40.0  # of 100: likeness in spelling of given name and of surname
BODY_LIKE = 88.0  # of 100: spelling of the words of two bodies
TURNED_LEAST = 0.94  # likeness of two names of which one puts the family first, below which they are two people
PARTICLE_WORDS = "von van der den de la le da di del al el bin ben ibn fon dela du dos the af av of zu"
PARTICLES = frozenset(PARTICLE_WORDS.split())
GENERATION_WORDS = "jr junior sr senior molodshyy starshyy mladshiy starshiy mlodszy starszy mladshi starshi fils pere hijo ii iii"
GENERATIONS = frozenset(GENERATION_WORDS.split())  # what tells father from son
APART = re.compile(r"[\s.]+")
VOWELS = re.compile("[^aeiou]+")
# how native surnames end
SLAVIC = re.compile("(?:enk[oa]|[csz]h?uk|[iy]uk|sk[iy]*|sk[ao]y?a?|[tc]k[iy]+|[oe][vw]a?|off|eff|[vw][iy](?:ch|cz?|tsch|tch)|ych|yn|in|ko)$")
SLOT = re.compile("([aeiou]*)([^aeiou])")
SOFT = re.compile("i(?=[aeou])|(?<=[aou])e")  # what a soft consonant or a letter like я, ю, є leaves of an i, and an umlaut of an e
Words = tuple[str, ...]
Slots = tuple[tuple[str, str], ...]
Gap = Literal["language", "alphabet", "none"]
"""What may explain that two surnames differ: nothing but inflection in one language; another language in the same alphabet; another alphabet."""


@functools.lru_cache(maxsize=8_192)
def proper(name: str) -> Words:
    """The words of a name, romanised, without particles."""
    found = name_words(name)
    return tuple(word for word in found if word not in PARTICLES) or found


@functools.lru_cache(maxsize=8_192)
def parts(name: str) -> int:
    """How many words of a name stand apart, but for particles: a hyphen does not part them."""
    return sum(any(word not in PARTICLES for word in name_words(part)) for part in APART.split(name))


def persons(mine: Words, theirs: Words, *, inflected: bool = False, gap: Gap = "alphabet") -> float:
    """0, or 0.7 to 1: surnames and given names that sound alike (or an initial), and are spelt the more alike the fewer consonants
    they share: Кох and Кук say little, Роувъни and Roveney much. Middle names count only where both have one."""
    mine, theirs, generations = without_generation(mine), without_generation(theirs), (_generation(mine), _generation(theirs))
    if len(mine) < 2 or len(theirs) < 2 or generations[0] != generations[1]:
        return 0.0
    surname = family(mine[-1], theirs[-1], gap)
    if is_initial(mine[0]) or is_initial(theirs[0]):
        return INITIAL if _begin_alike(mine[0], theirs[0]) and surname and surname[1] >= LEAST_SPELT[0] else 0.0
    given = heard(mine[0], theirs[0])
    if surname is None or given is None or not _vowels_agree(mine[0], theirs[0], inflected=inflected):
        return 0.0
    if len(mine) > 2 and len(theirs) > 2 and not any(heard(one, other) for one in mine[1:-1] for other in theirs[1:-1]):
        return 0.0
    shared, spelt = surname[0] + given[0], (surname[1] + given[1]) / 2
    least = LEAST_SPELT[min(2, max(0, (shared - 3) // 2))]
    return 0.7 + 0.3 * spelt / 100 if spelt >= least and min(surname[1], given[1]) >= LEAST_EACH else 0.0


def turned(mine: Words, theirs: Words, *, gap: Gap = "alphabet") -> float:
    """As `persons` where one of the names puts the family first: only if both are spelt nearly the same."""
    found = persons(mine, theirs[1:] + theirs[:1], gap=gap)
    return found if found >= TURNED_LEAST else 0.0


def bodies(mine: Words, theirs: Words) -> float:
    """0, or 0.88 to 1: the same number of words, each of which sounds and is spelt alike."""
    if len(mine) != len(theirs) or not mine:
        return 0.0
    spelt = [found[1] if (found := heard(one, other)) else 0.0 for one, other in zip(mine, theirs, strict=True)]
    return min(spelt) / 100 if min(spelt) >= BODY_LIKE else 0.0


def half(part: Words, whole: Words) -> bool:
    """Whether part of a name (a surname, with or without initials) can mean a full name."""
    if not part or not whole:
        return False
    surname = family(part[-1], whole[-1])
    if surname is None or surname[1] < HALF_LEAST:
        return False
    return len(part) < 2 or not is_initial(part[0]) or _begin_alike(part[0], whole[0])


def is_initial(word: str) -> bool:
    """Whether a romanised word stands for a name by its first letter (or letters: Дж)."""
    return len(word) == 1 or (len(word) < 4 and not set(word) & set("aeiouy"))


def _begin_alike(one: str, other: str) -> bool:
    """Whether two names, of which one at least is an initial, can be one."""
    mine, theirs = sorted((one, other), key=len)
    return one[0] == other[0] or any(whole.startswith(first) for first in readings(mine) if first for whole in readings(theirs))


def sounds(word: str) -> frozenset[str]:
    """The consonants of a word of a name in each way to read it; its first letters where it has none."""
    return frozenset(consonants(reading) or word[:2] for reading in readings(word))


def family(one: str, other: str, gap: Gap = "alphabet") -> tuple[int, float] | None:
    """The same for two surnames, of which one may bear the ending that Czech and Slovak give to women; None also where no gap explains their vowels."""
    found = [heard(a, b) for a in forms(one) for b in forms(other) if explained(a, b, gap)]
    return max((each for each in found if each), key=lambda each: (each[1], each[0]), default=None)


@functools.lru_cache(maxsize=16_384)
def explained(one: str, other: str, gap: Gap) -> bool:
    """Whether the vowels of two surnames that sound alike differ by no more than what lies between them explains."""
    if one == other:
        return True
    letters = gap == "none" or (SLAVIC.search(one) is not None and SLAVIC.search(other) is not None)
    pairs = ((_slots(a), _slots(b)) for a in readings(one) for b in readings(other) if consonants(a) == consonants(b))
    return any(_by_letters(mine, theirs, gap) if letters else _by_ear(mine, theirs, gap) for mine, theirs in pairs)


def _slots(reading: str) -> tuple[tuple[str, str], ...]:
    """The consonants of a reading, each with the vowels before it, and the vowels behind the last."""
    found = SLOT.findall(reading)
    return (*((SOFT.sub("", vowels), consonant) for vowels, consonant in found), (reading[len(reading.rstrip("aeiou")) :], ""))


def _by_letters(mine: Slots, theirs: Slots, gap: Gap) -> bool:
    """Whether all vowels but those of the ending are the same: -ov and -ev are one after some consonants, ei and ai between vowels' neighbours, a vowel
    before the last consonant goes where an ending comes (Кравець, Кравця), and Polish and Czech write u as o (Góral)."""
    if len(mine) != len(theirs):
        return False
    last = len(mine) - 2
    for n, ((one, consonant), (other, _)) in enumerate(zip(mine[:-1], theirs[:-1], strict=True)):
        if one == other or {one, other} == {"ei", "ai"} or (gap == "alphabet" and {one, other} == {"o", "u"}):
            continue
        suffix = n == last and {one, other} == {"o", "e"} and consonant == "v"
        fleeting = n == last and n > 0 and {one, other} in ({"", "o"}, {"", "e"}) and bool((theirs if one else mine)[-1][0])
        if not suffix and not fleeting:
            return False
    return True


def _by_ear(mine: Slots, theirs: Slots, gap: Gap) -> bool:
    """Whether the vowels are such as languages may hear for one: never i for a, o, u (but before r, or as part of a diphthong), and in one
    alphabet not u for a or e either."""
    if len(mine) != len(theirs):
        return True
    for (one, consonant), (other, _) in zip(mine[:-1], theirs[:-1], strict=True):
        if one == other or not one or not other:
            continue
        pair = {one, other}
        if "i" in pair and pair & {"a", "o", "u"} and not (gap == "alphabet" and consonant == "r"):
            return False
        if gap == "language" and pair in ({"u", "a"}, {"u", "e"}):
            return False
    return True


def forms(surname: str) -> tuple[str, ...]:
    """A surname, and without -ova where something is left."""
    return (surname, surname[:-3]) if surname.endswith("ova") and len(surname) > 5 else (surname,)


@functools.lru_cache(maxsize=16_384)
def heard(one: str, other: str) -> tuple[int, float] | None:
    """How many consonants two romanised words share and how alike (of 100) they are spelt; None where they do not sound alike."""
    if one == other:
        return len(max(map(consonants, readings(one)), key=len, default="")), 100.0
    pairs = [(a, b) for a in readings(one) for b in readings(other) if consonants(a) == consonants(b) and (consonants(a) or one[:2] == other[:2])]
    if not pairs:
        return None
    return max(len(consonants(a)) for a, _ in pairs), max(ratio(one, other), *(ratio(a, b) for a, b in pairs))


def _vowels_agree(one: str, other: str, *, inflected: bool) -> bool:
    """Whether two given names can be one by their vowels: a last "a" on one alone tells woman from man (unless both are known to be men,
    where it is an ending), and an i that stands for another vowel tells two names apart, where the names have as many syllables."""
    if not inflected and one[-1:] != other[-1:] and "a" in (one[-1:], other[-1:]) and not {one[-1:], other[-1:]} & set("eiouy"):
        return False
    return any(_slots_agree(VOWELS.split(a), VOWELS.split(b)) for a in readings(one) for b in readings(other) if consonants(a) == consonants(b))


def _slots_agree(mine: list[str], theirs: list[str]) -> bool:
    """Whether no plain i stands where the other name has a, o or u, unless as the first part of a diphthong (Michael, Майкл)."""
    if len(mine) != len(theirs):
        return True
    slots = zip(mine[:-1], theirs[:-1], strict=True)
    return not any("i" in slot and any(set(vowels) & set("aou") and not vowels.endswith("i") for vowels in slot) for slot in slots)


def _generation(name: Words) -> str:
    return "".join(word[:1] for word in name if word in GENERATIONS)


def without_generation(name: Words) -> Words:
    """A name without what tells father from son."""
    return tuple(word for word in name if word not in GENERATIONS) or name
