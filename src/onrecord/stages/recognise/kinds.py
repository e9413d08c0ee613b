"""What names stand for, by the evidence of the whole page: a person, a body, a place.

A word that stands alone with a capital may be anything. It is a person where the page names one in full with that surname, where a role or title
stands before it, or where it speaks; it is a place behind a preposition of place, a body behind a noun for bodies or in another alphabet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import EntityType, Mention
from onrecord.stages.recognise.learned import stems_of
from onrecord.stages.recognise.places import is_place
from onrecord.tokens import Words

OPENING, CLOSING = frozenset('"«„“'), frozenset('"»“”')
SPEAKING_FRAMES = ("verb", "source")


def settle(found: Iterable[Mention], words: Words, lex: Lexicon) -> list[Mention]:
    """The mentions, the names among them typed by what the page shows."""
    mentions = list(found)
    ranges = [words.range(m.start, m.end) if m.form == "name" else (0, 0) for m in mentions]  # of names alone
    for n in () if lex.speech.comma_after_source else _run_on(ranges, words, lex):
        first, last = ranges[n] = ranges[n][0], ranges[n][1] - 1
        mentions[n] = msgspec.structs.replace(mentions[n], end=words.ends[last - 1], name=words.text[words.starts[first] : words.ends[last - 1]])
    names = [n for n, m in enumerate(mentions) if m.form == "name" and m.type == "person"]
    speaking = {stem for n in names if _speaks(*ranges[n], words, lex) for stem in stems_of(words.folds[ranges[n][1] - 1])}
    known = {n for n in names if _full_person(mentions[n], *ranges[n], speaking, words, lex) and not _marked(mentions[n], words)}
    surnames = speaking.union(*(stems_of(words.folds[ranges[n][1] - 1]) for n in known))
    for n in _again(mentions, ranges, surnames, words, lex):
        mentions[n] = msgspec.structs.replace(mentions[n], type="person")
    for n in names:
        if n not in known and ranges[n][1] - ranges[n][0] == 1:
            mentions[n] = msgspec.structs.replace(mentions[n], type=_kind_alone(mentions[n], ranges[n][0], surnames, words, lex))
        elif n not in known and not (_marked(mentions[n], words) and not surnames.isdisjoint(stems_of(words.folds[ranges[n][1] - 1]))):
            mentions[n] = msgspec.structs.replace(mentions[n], type="organization")
    return mentions


def _run_on(ranges: list[tuple[int, int]], words: Words, lex: Lexicon) -> list[int]:
    """Names right behind a source phrase that are a person of the page and what the clause is about: "Според Колев Русе …"."""
    behind = dict.fromkeys(n for n, (a, b) in enumerate(ranges) if b - a > 1 and "source" in _frames(a, b, words, lex))
    full = [r for n, r in enumerate(ranges) if r[1] - r[0] > 1 and n not in behind and words.folds[r[0]] in lex.given] if behind else []
    surnames = {stem for _, b in full for stem in stems_of(words.folds[b - 1])}
    last = {n: ranges[n][1] - 1 for n in behind}
    opened = (n for n in behind if last[n] - ranges[n][0] == 1 or words.folds[ranges[n][0]] in lex.given)
    times = Counter(words.folds) if behind else Counter()
    opened = (n for n in opened if is_place(words.folds[last[n]], lex.code) or times[words.folds[last[n]]] > 1)
    return [n for n in opened if not surnames.isdisjoint(stems_of(words.folds[last[n] - 1])) and surnames.isdisjoint(stems_of(words.folds[last[n]]))]


def _again(mentions: list[Mention], ranges: list[tuple[int, int]], surnames: set[str], words: Words, lex: Lexicon) -> Iterator[int]:
    """The places of one word that are surnames of the page, but behind a preposition of place that opens no complement."""
    for n, mention in enumerate(mentions):
        if mention.form != "name" or mention.type != "place":
            continue
        first, last = ranges[n]
        if last - first == 1 and not surnames.isdisjoint(stems_of(words.folds[first])):
            before = words.folds[first - 1] if first else ""
            if before not in lex.speech.place_prepositions or before in lex.complements:
                yield n


def _full_person(mention: Mention, first: int, last: int, speaking: set[str], words: Words, lex: Lexicon) -> bool:
    """Whether a name of several words is a person's: by given name, initial, role or speaking, or because nothing speaks against it."""
    if last - first < 2:
        return False
    if words.folds[first] in lex.given or words.folds[first + 1] == ".":
        return True
    if _body(first, last, words, lex) or _foreign(first, last, words, lex):
        return False
    return mention.role is not None or not speaking.isdisjoint(stems_of(words.folds[last - 1])) or _foreign_person(first, last, words, lex)


def _marked(mention: Mention, words: Words) -> bool:
    """Whether the name, and nothing else, stands in quotation marks."""
    return words.text[max(0, mention.start - 1) : mention.start] in OPENING and words.text[mention.end : mention.end + 1] in CLOSING


def _body(first: int, last: int, words: Words, lex: Lexicon) -> bool:
    """Whether a name of several words opens as bodies and places do, with their noun or an adjective, or goes on with a number: "Nord 2"."""
    fold = words.folds[first]
    role = lex.roles.at(words.folds, first, last)
    opened = role is not None and role[1].role.type == "organization"
    endings = lex.speech.oblique_adjective_endings
    womans = (
        last - first == 2 and fold.endswith(tuple(lex.speech.given_endings_f)) and words.folds[last - 1].endswith(lex.speech.oblique_name_endings or ("\n",))
    )
    adjective = bool(endings) and (fold.endswith(endings) or words.folds[last - 1].endswith(endings)) and not womans
    article = fold.endswith(lex.speech.article_endings)
    return opened or adjective or article or fold in lex.speech.articles or (last < len(words.starts) and words.folds[last].isdigit())


def _kind_alone(mention: Mention, first: int, surnames: set[str], words: Words, lex: Lexicon) -> EntityType:
    """What a word that stands alone is."""
    fold = words.folds[first]
    if mention.role is not None or not surnames.isdisjoint(stems_of(fold)) or (first and words.folds[first - 1] in lex.titles):
        return "person"
    if fold in lex.given:
        return "place" if is_place(fold, lex.code) else "person"
    return "organization"


def _foreign_person(first: int, last: int, words: Words, lex: Lexicon) -> bool:
    """Whether capitalised words that no list knows look like a person: none of them a place or a role."""
    return not any(is_place(words.folds[k], lex.code) or lex.roles.opens(words.folds, k, last) for k in range(first, last))


def _foreign(first: int, last: int, words: Words, lex: Lexicon) -> bool:
    """Whether a word of the name is in another alphabet: "Nord Air" among Cyrillic."""
    return lex.script == "cyrillic" and any(words.text[words.starts[k] : words.ends[k]].isascii() and words.is_word(k) for k in range(first, last))


def _speaks(first: int, last: int, words: Words, lex: Lexicon) -> bool:
    """Whether a name stands beside a verb of saying or in a source phrase."""
    return any(c in SPEAKING_FRAMES for c in _frames(first, last, words, lex))


def _frames(first: int, last: int, words: Words, lex: Lexicon) -> Iterator[str]:
    folds, openers = words.folds, lex.cues.firsts
    end = min(len(words.starts), last + 3)
    after = lex.cues.at(folds, last, end) if last < end else None
    if after is not None:
        yield after[1].cue.frame
    for begin in range(max(0, first - 3), first):
        before = lex.cues.at(folds, begin, first) if folds[begin] in openers else None
        if before is not None and before[0] == first:
            yield before[1].cue.frame
