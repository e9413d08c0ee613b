"""A live blog split into its entries, each a page of its own.

An entry is an element that says so in microdata (`liveBlogUpdate`), or one of several side by side that are called a live blog's entries and
each give a time. A blog whose entries stand only in its scripts is read as one article.
"""

from __future__ import annotations

import re

import msgspec

from onrecord.records import Page
from onrecord.stages.markup import names
from onrecord.stages.markup.said import head
from onrecord.stages.markup.times import value_of
from onrecord.stages.markup.tree import Element, Tree, parse

SIGN = re.compile(r"live-?_?(?:blog|ticker|text|feed|update|stream|event|center|report)|ticker-?_?(?:entry|event|item|post)", re.I)
OPENINGS = ("live", "Live", "LIVE", "ticker", "Ticker", "TICKER")  # of a sign: looked for first, because nearly all pages have none
NAMED = re.compile(r"(?:class|id|itemprop)\s*=\s*(?:\"[^\"]*|'[^']*|[^\s\"'>]*)$", re.I)
NAME_CHARS = 500  # of a tag in which the name of its part stands
LIVE = frozenset({"live", "liveblog", "ticker", "liveticker", "livetext", "livefeed", "liveblogposting"})
ENTRY = frozenset({"entry", "post", "update", "item", "event", "message", "card", "block", "article", "entries"})
FEWEST = 3  # entries of a live blog
CLOCK = re.compile(r"\b[0-2]?\d[:.][0-5]\d\b|datetime=|<time\b", re.I)
HEAD_CHARS = 1_500  # of an entry in which its time stands


def entries(page: Page) -> tuple[Page, ...]:
    """The entries of a live blog as pages, in the order of the page; the page itself, alone, where it is none.

    The source of an entry is that of the page with "#" and the id of its element, or its number; its text is its part of the page.
    """
    if page.media != "html" or not _may_be_live(page.text):
        return (page,)
    tree = parse(page.text)
    found = _marked(tree) or _called(tree, page.text)
    if len(found) < FEWEST:
        return (page,)
    about = head(tree)
    language = page.language or about.language[:2].lower() or None
    outlet = page.outlet or about.meta.get("og:site_name")
    address = page.url or about.links.get("canonical") or about.meta.get("og:url")
    parts: dict[str, Page] = {}
    for number, element in enumerate(found, 1):
        name = element.get("id") or str(number)
        name = name if f"{page.source}#{name}" not in parts else f"{name}-{number}"
        parts[f"{page.source}#{name}"] = msgspec.structs.replace(
            page,
            source=f"{page.source}#{name}",
            text=page.text[element.start : element.end],
            url=f"{address}#{name}" if address else None,
            title=None,
            published=_time(tree, element) or page.published,
            outlet=outlet,
            language=language,
        )
    return tuple(parts.values())


def _may_be_live(source: str) -> bool:
    """Whether some part of the page is called as those of live blogs are, so that its tree is worth looking at."""
    for word in OPENINGS:
        at = source.find(word)
        while at >= 0:
            if SIGN.match(source, at) and NAMED.search(source[max(source.rfind("<", 0, at), at - NAME_CHARS, 0) : at]):
                return True
            at = source.find(word, at + 1)
    return False


def _marked(tree: Tree) -> list[Element]:
    """The elements that microdata calls updates of a live blog."""
    return _outermost([element for element in tree.elements if "liveBlogUpdate" in element.get("itemprop")])


def _called(tree: Tree, source: str) -> list[Element]:
    """Elements side by side that are called entries, in or under what is called a live blog, each with a time."""
    beside: dict[Element, list[Element]] = {}
    for element in tree.elements:
        if element.rest and element.parent is not None:
            beside.setdefault(element.parent, []).append(element)
    for parent, children in sorted(beside.items(), key=lambda item: item[0].opened):
        if len(children) < FEWEST:
            continue
        live = _says(parent, LIVE) or any(_says(above, LIVE) for above, _ in zip(parent.ancestors(), range(3), strict=False))
        found = [child for child in children if _says(child, ENTRY) and (live or _says(child, LIVE)) and _is_timed(child, source)]
        if len(found) >= FEWEST:
            return found
    return []


def _outermost(found: list[Element]) -> list[Element]:
    """The elements without those that stand inside another one."""
    kept: list[Element] = []
    for element in found:
        if not kept or element.start >= kept[-1].end:
            kept.append(element)
    return kept


def _says(element: Element, wanted: frozenset[str]) -> bool:
    """Whether a word of the wanted ones stands in the element's names."""
    return any(not wanted.isdisjoint(names.words(name)) for name in names.names(element))


def _is_timed(element: Element, source: str) -> bool:
    return CLOCK.search(source, element.start, min(element.end, element.start + HEAD_CHARS)) is not None


def _time(tree: Tree, element: Element) -> str | None:
    """When an entry was written, where a time element or its microdata says so."""
    dated = (inner for inner in tree.inside(element) if inner.tag == "time" or inner.get("itemprop") == "datePublished")
    return next((found for inner in dated if (found := value_of(inner.get("datetime") or inner.get("content")))), None)
