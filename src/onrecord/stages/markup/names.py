"""What the names that a page gives its parts (`class`, `id`, `role`, `itemprop`) say of them: words that web pages of many outlets share."""

from __future__ import annotations

import functools
import itertools
import re

from onrecord.knowledge import markup
from onrecord.stages.markup.tree import Element

WORDS = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+|\d+")

LANDMARKS = frozenset({"navigation", "complementary", "contentinfo", "search", "dialog", "alertdialog", "toolbar", "menu", "menubar"})


@functools.lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, lower case: "PostMeta--top2" gives post, meta, top, 2."""
    return tuple(word.lower() for word in WORDS.findall(name))


@functools.lru_cache(maxsize=4096)
def _junk(name: str) -> str:
    """What makes a name one of junk; "comments" for those of readers' comments."""
    parts, known = words(name), markup.load().names
    if known.comments.intersection(parts) and not known.not_comments.intersection(parts):
        return "comments"
    if len(parts) == 1 and parts[0] in known.alone:
        return parts[0]
    found = next((part for part in parts if part in known.anywhere), "")
    return found or next((pair for pair in map(" ".join, itertools.pairwise(parts)) if pair in known.pairs), "")


@functools.lru_cache(maxsize=4096)
def _is_body(name: str) -> bool:
    parts, known = words(name), markup.load().names
    return not known.body_words.isdisjoint(parts) or any(pair in known.bodies for pair in map(" ".join, itertools.pairwise(parts)))


def names(element: Element) -> list[str]:
    """The classes of an element and its id."""
    return element.get("class").split() + element.get("id").split() if element.rest else []


def junk(element: Element) -> str:
    """What in an element's names shows junk, empty where nothing does."""
    if (landmark := element.get("role").lower()) in LANDMARKS:
        return landmark
    return next((found for name in names(element) if (found := _junk(name))), "")


def is_body(element: Element) -> bool:
    """Whether an element is called what the text of an article is called."""
    return "articleBody" in element.get("itemprop") or any(_is_body(name) for name in names(element))


def is_caption(element: Element) -> bool:
    """Whether an element is called a picture's caption or credit."""
    return _called(element, markup.load().names.captions)


def is_byline(element: Element) -> bool:
    """Whether an element is called after who wrote the page."""
    return _called(element, markup.load().names.bylines)


def is_time(element: Element) -> bool:
    """Whether an element is called after a time."""
    return _called(element, markup.load().names.times)


def _called(element: Element, wanted: frozenset[str]) -> bool:
    return any(not wanted.isdisjoint(words(name)) for name in names(element))
