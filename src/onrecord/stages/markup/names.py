"""What the names that a page gives its parts (`class`, `id`, `role`, `itemprop`) say of them: words that web pages of many outlets share."""

from __future__ import annotations

import functools
import itertools
import re

import msgspec

from onrecord.knowledge import markup
from onrecord.stages.markup.tree import KEPT_CHARS, Element, attributes_of

WORDS = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+|\d+")
LANDMARKS = frozenset({"navigation", "complementary", "contentinfo", "search", "dialog", "alertdialog", "toolbar", "menu", "menubar"})
REMEMBERED = 8192  # names, and tags with names: an outlet's pages share theirs


class Signs(msgspec.Struct, frozen=True, gc=False):
    """What a part is called after: `junk` says what of ("comments" for those of readers), empty where nothing is."""

    junk: str = ""
    body: bool = False  # what the text of an article is called
    caption: bool = False  # of a picture, or its credit
    byline: bool = False
    time: bool = False


NOTHING = Signs()


@functools.lru_cache(maxsize=REMEMBERED)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, lower case: "PostMeta--top2" gives post, meta, top, 2."""
    return tuple(word.lower() for word in WORDS.findall(name))


@functools.lru_cache(maxsize=REMEMBERED)
def _signs_of(name: str) -> Signs:
    """What one name shows."""
    parts, known = words(name), markup.load().names
    pairs = tuple(map(" ".join, itertools.pairwise(parts)))
    if known.comments.intersection(parts) and not known.not_comments.intersection(parts):
        junk = "comments"
    elif len(parts) == 1 and parts[0] in known.alone:
        junk = parts[0]
    else:
        junk = next((part for part in parts if part in known.anywhere), "") or next((pair for pair in pairs if pair in known.pairs), "")
    return Signs(
        junk,
        not known.body_words.isdisjoint(parts) or not known.bodies.isdisjoint(pairs),
        not known.captions.isdisjoint(parts),
        not known.bylines.isdisjoint(parts),
        not known.times.isdisjoint(parts),
    )


def _signs(rest: str) -> Signs:
    """What the names in a tag show, by what stands in it behind its own name."""
    given = attributes_of(rest)
    landmark = given.get("role", "").lower()
    found = [_signs_of(name) for name in (*given.get("class", "").split(), *given.get("id", "").split())]
    body = "articleBody" in given.get("itemprop", "")
    if not found and landmark not in LANDMARKS and not body:
        return NOTHING
    return Signs(
        landmark if landmark in LANDMARKS else next((one.junk for one in found if one.junk), ""),
        body or any(one.body for one in found),
        any(one.caption for one in found),
        any(one.byline for one in found),
        any(one.time for one in found),
    )


_kept_signs = functools.lru_cache(maxsize=REMEMBERED)(_signs)


def signs(element: Element) -> Signs:
    """What an element is called after."""
    rest = element.rest
    if not rest:
        return NOTHING
    return _kept_signs(rest) if len(rest) <= KEPT_CHARS else _signs(rest)


def names(element: Element) -> list[str]:
    """The classes of an element and its id."""
    return element.get("class").split() + element.get("id").split() if element.rest else []
