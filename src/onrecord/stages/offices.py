"""Who held an office on a day, and which namesakes cannot be one person: what titles beside names tell.

A title is what a page of a day calls somebody ("міністр оборони України"). An office is a title of which one person at a time holds one of
one body or place; its key is the lemma of its noun with the stems of what it is of. Wrong for a body with two names ("РФ", "Росія"), which
are two offices, and where a page calls somebody by an office of years ago as if it were held still.
"""

from __future__ import annotations

import datetime
import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from onrecord.knowledge.lexicon import lexicon
from onrecord.knowledge.offices import OfficeKind, words_of
from onrecord.knowledge.words import fold, stem
from onrecord.records import Title
from onrecord.tokens import split_words

REACH_DAYS = 60  # before the first and after the last page that names somebody beside an office, within which it is held to be theirs
FIELD_GAP_DAYS = 365  # nobody changes from one of these fields to another in less
NATION_GAP_DAYS = 90  # nobody changes from an office of one country to one of another in less
BEFORE_AND_AFTER = "pages of before and after name them so"  # and no days, which the next page would change
SHORTLY = f"pages of at most {REACH_DAYS} days before or after name them so"
FIELDS: tuple[OfficeKind, ...] = ("nation", "sport", "stage", "faith")
SHORTEST_PLACE = 5  # letters; shorter words in capitals are acronyms, of which a country may have several


Trait = tuple[str, frozenset[str]]  # a field, and the names of the country, each with its language


class Office(msgspec.Struct, frozen=True):
    """What a title says: its lemma, the stems of what it is of, those of them that are names, and whether it is past or to come."""

    lemma: str
    of: frozenset[str]
    names: frozenset[str]
    held: bool

    @property
    def key(self) -> str | None:
        """What the office is known by; None where more than one person may hold it, or the title does not say of what it is."""
        if not self.held or not self.names or self.lemma not in words_of("one"):
            return None
        return " ".join((self.lemma, *sorted(self.of)))


class Held(msgspec.Struct, frozen=True):
    """Who held an office on a day, and what says so."""

    holder: str
    evidence: str


@functools.lru_cache(maxsize=8_192)
def office(title: str, language: str) -> Office | None:
    """What a title says; None where no word of it is an office in the language."""
    lex = lexicon(language)
    words = split_words(title)
    folds = words.folds
    for at in range(len(words.starts)):
        if found := lex.roles.at(folds, at, len(words.starts)):
            after, role = found
            break
    else:
        return None
    told = [k for k in range(len(words.starts)) if words.is_word(k) and not at <= k < after and folds[k] not in lex.prepositions]
    told = [k for k in told if folds[k] not in lex.speech.articles and not lex.complements.at(folds, k, k + 1)]
    kept = [k for k in told if k >= after or not folds[k].endswith(lex.speech.adjective_endings)]
    stems = {k: stem(fold(folds[k])) for k in kept}
    names = frozenset(stems[k] for k in kept if words.capital(k))
    times = (*words_of("past"), *words_of("next"))
    held = not any(word.startswith(times) for word in folds)
    return Office(role.role.lemma, frozenset(stems.values()), names, held)


def holder(seen: Iterable[Title], day: str) -> Held | None:
    """Who held an office on a day, where exactly one is known: an authority before pages; of pages first those from before to after it."""
    listed = list(seen)
    told = [one for one in listed if one.authority and _covers(one.since, one.until, day)]
    if told:
        holders = {one.holder for one in told}
        if len(holders) > 1:
            return None
        one = told[0]
        return Held(one.holder, f"the authority has {one.authority} as “{one.title}” from {one.since or '?'} to {one.until or 'now'}")
    days: dict[str, list[str]] = defaultdict(list)
    for one in listed:
        if one.article is not None and one.since:
            days[one.holder].append(one.since[:10])
    known = {name: (min(found), max(found)) for name, found in days.items()}
    sure = [name for name, (first, last) in known.items() if first <= day[:10] <= last]
    if near := sure or [name for name in known if _reaches(name, known, day[:10])]:
        return Held(near[0], BEFORE_AND_AFTER if sure else SHORTLY) if len(near) == 1 else None
    return None


def around(first: str, last: str) -> tuple[str, str]:
    """The days of which pages from one day to another can say who held an office."""
    return _shifted(first, -REACH_DAYS), _shifted(last, REACH_DAYS + 1)


def _reaches(name: str, known: Mapping[str, tuple[str, str]], day: str) -> bool:
    """Whether an office may be held to be somebody's a while after the last page that says so, or before the first if nobody came before."""
    first, last = known[name]
    after = last < day <= _shifted(last, REACH_DAYS)
    return after or (_shifted(first, -REACH_DAYS) <= day < first and all(first <= since for since, _ in known.values()))


class Namesake(msgspec.Struct, frozen=True):
    """One of those who bear one name: what tells them from the others, and the articles that name them with a title."""

    of: str
    articles: frozenset[int]


def namesakes(seen: Iterable[Title]) -> list[Namesake]:
    """Those who bear one name, the earliest first; articles whose titles tell nothing are with none.

    Titles of one article are one person's, and so are titles of one field (of one country) over time; those that no one person can hold
    so near to each other in time part them.
    """
    days: dict[Trait, list[tuple[str, int]]] = defaultdict(list)
    of_article: dict[int, set[Trait]] = defaultdict(set)
    for one in seen:
        told = office(one.title, one.language)
        for trait in _traits(told, one.language) if told and one.article is not None and one.since else ():
            of_article[one.article or 0].add(trait)
            if told and told.held:
                days[trait].append((str(one.since)[:10], one.article or 0))
    apart: list[set[Trait]] = []
    for person in sorted(_linked(of_article.values()), key=lambda person: _earliest(person, days)):
        known = {trait for trait in person if trait in days}
        if fits := next((other for other in apart if not _contradict(known, other, days)), None):
            fits |= known
        elif known:
            apart.append(known)
    return [Namesake(_earliest(person, days)[1], frozenset(article for trait in person for _, article in days[trait])) for person in apart]


def fields(seen: Iterable[Title]) -> tuple[tuple[str, str, str], ...]:
    """The fields of the offices that somebody is called by, each with the first and the last day."""
    days: dict[str, list[str]] = defaultdict(list)
    for one in seen:
        told = office(one.title, one.language)
        for field, _ in _traits(told, one.language) if told and told.held and one.since else ():
            days[field].append(str(one.since)[:10])
    return tuple((field, min(found), max(found)) for field, found in sorted(days.items()))


def fields_contradict(one: Sequence[tuple[str, str, str]], other: Sequence[tuple[str, str, str]]) -> bool:
    """Whether no one person can be in the fields of both, with their days."""
    if {field for field, *_ in one} & {field for field, *_ in other}:
        return False
    return any(_near((first, last), (since, until), FIELD_GAP_DAYS) for _, first, last in one for _, since, until in other)


def _traits(told: Office, language: str) -> list[Trait]:
    """The fields of an office; of one of a nation with the names in it that are no acronyms, without which it tells nothing."""
    names = frozenset(f"{language} {name}" for name in told.names if len(name) >= SHORTEST_PLACE)
    found: list[Trait] = [(field, frozenset()) for field in FIELDS if field != "nation" and told.lemma in words_of(field)]
    return found + ([("nation", names)] if names and told.lemma in words_of("nation") else [])


def _linked(together: Iterable[set[Trait]]) -> list[set[Trait]]:
    """Traits joined where an article names both, or both are of one country."""
    listed = [set(traits) for traits in together]
    every = {trait for traits in listed for trait in traits}
    listed += [{one, other} for one in every for other in every if one[0] == other[0] and one[1] & other[1]]
    people: list[set[Trait]] = []
    for linked in listed:
        joined = linked.union(*(person for person in people if person & linked))
        people = [person for person in people if not person & linked] + [joined]
    return people


def _earliest(person: Iterable[Trait], days: Mapping[Trait, Sequence[tuple[str, int]]]) -> tuple[str, str]:
    """The first day on which one of the traits is seen, and which it is."""
    return min(((min(days[trait])[0], " ".join((trait[0], *sorted(trait[1])))) for trait in person if trait in days), default=("", ""))


def _contradict(one: set[Trait], other: set[Trait], days: Mapping[Trait, Sequence[tuple[str, int]]]) -> bool:
    """Whether no one person can have the traits of both: two fields, or one field in two countries as one language names them."""

    def span(person: set[Trait], field: str) -> tuple[str, str] | None:
        found = [day for trait in person if trait[0] == field for day, _ in days[trait]]
        return (min(found), max(found)) if found else None

    shared = {field for field, _ in one} & {field for field, _ in other}
    for field, places in one:
        for second, others in other:
            mine, theirs = span(one, field), span(other, second)
            if field != second and not shared and mine and theirs and _near(mine, theirs, FIELD_GAP_DAYS):
                return True
            same_language = {name[:2] for name in places} & {name[:2] for name in others}
            if field == second == "nation" and same_language and mine and theirs and _near(mine, theirs, NATION_GAP_DAYS):
                return True
    return False


def _near(one: tuple[str, str], other: tuple[str, str], gap_days: int) -> bool:
    return one[0] <= _shifted(other[1], gap_days) and other[0] <= _shifted(one[1], gap_days)


def _covers(since: str | None, until: str | None, day: str) -> bool:
    """Whether days of any precision (2025, 2025-11) hold a day."""
    return (not since or since <= day) and (not until or day[: len(until)] <= until)


def _shifted(day: str, days: int) -> str:
    try:
        return (datetime.date.fromisoformat(day[:10]) + datetime.timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):  # a month or a year alone
        return day
