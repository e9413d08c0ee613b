"""What the head of a page and its markup say about it: JSON-LD, Open Graph, other meta tags, microdata."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.stages.markup.tree import Tree

ARTICLES = frozenset({
    "Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
    "BackgroundNewsArticle", "ReviewNewsArticle", "AdvertiserContentArticle", "SatiricalArticle", "ScholarlyArticle",
    "TechArticle", "SocialMediaPosting", "LiveBlogPosting", "Report", "Review",
})  # fmt: skip
TELLING = frozenset({"meta", "link", "title", "html", "script"})
MOST_OBJECTS = 5_000  # of JSON-LD that are looked at, and how deep
DEEPEST = 12
LOOSE = re.compile(r"\"(headline|datePublished|dateModified|dateCreated|articleSection|inLanguage)\"\s*:\s*\"((?:[^\"\\\n]|\\.){1,400})\"")
COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*$")


class Linked(msgspec.Struct, frozen=True):
    """What JSON-LD says of the article: text by property name, as it stands there; `kinds` of all objects of the page."""

    article: dict[str, Any] = {}
    kinds: tuple[str, ...] = ()


class Head(msgspec.Struct, frozen=True):
    """All that is said about the page: JSON-LD, meta tags by lower-case name (the first of each), links by `rel`, its title and language."""

    linked: Linked
    meta: dict[str, str]
    links: dict[str, str]
    title: str
    language: str
    items: dict[str, str]  # microdata by property: the first value of each


def head(tree: Tree) -> Head:
    """What is said about the page, by where it stands."""
    meta: dict[str, str] = {}
    links: dict[str, str] = {}
    items: dict[str, str] = {}
    scripts: list[str] = []
    title = language = ""
    for element in tree.elements:
        tag = element.tag
        if tag not in TELLING and "itemprop" not in element.rest:
            continue
        if tag == "meta":
            name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
            if name and (value := element.get("content").strip()):
                meta.setdefault(name.lower(), value)
        elif tag == "link" and (rel := element.get("rel").lower()):
            links.setdefault(rel, element.get("href").strip())
        elif tag == "title" and not title:
            title = " ".join(html.unescape(tree.text(element)).split())
        elif tag == "html":
            language = language or element.get("lang") or element.get("xml:lang")
        elif tag == "script" and "ld+json" in element.get("type"):
            scripts.append(tree.text(element))
        if "itemprop" in element.rest:
            for name in element.get("itemprop").split():
                value = element.get("content") or element.get("datetime")
                if value:
                    items.setdefault(name, value.strip())
    return Head(linked_data(scripts), meta, links, title, language, items)


def linked_data(scripts: list[str]) -> Linked:
    """The article among the objects of JSON-LD: the first that is one; broken JSON is read for its dates and its headline."""
    kinds: list[str] = []
    article: dict[str, Any] = {}
    for script in scripts:
        bare = COMMENT.sub("", script.strip())
        try:
            data = json.loads(bare, strict=False)
        except (ValueError, RecursionError):
            for name, value in LOOSE.findall(bare):
                article.setdefault(name, value)
            continue
        for found in _objects(data):
            own = _kinds(found)
            kinds += own
            if any(kind in ARTICLES for kind in own) and (not article or _is_fuller(found, article)):
                article = found
    return Linked(article, tuple(dict.fromkeys(kinds)))


def _is_fuller(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return "datePublished" in one and "datePublished" not in other


def _kinds(found: dict[str, Any]) -> list[str]:
    kind = found.get("@type")
    return [str(part).rpartition("/")[2] for part in (kind if isinstance(kind, list) else [kind]) if isinstance(part, str)]


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Every object in the data, the outer before the inner."""
    waiting: list[tuple[Any, int]] = [(data, 0)]
    for _ in range(MOST_OBJECTS):
        if not waiting:
            return
        value, depth = waiting.pop(0)
        if isinstance(value, dict):
            yield value
        if depth < DEEPEST and isinstance(value, dict | list):
            inner = value.values() if isinstance(value, dict) else value
            waiting.extend((part, depth + 1) for part in inner if isinstance(part, dict | list))


def texts(value: Any) -> tuple[str, ...]:
    """What a property says as text: itself, the names of the objects in it, or both in a list."""
    if isinstance(value, str):
        text = " ".join(html.unescape(value).split())
        return (text,) if text else ()
    if isinstance(value, dict):
        return texts(value.get("name"))
    if isinstance(value, list):
        return tuple(dict.fromkeys(part for item in value[:20] if not isinstance(item, list) for part in texts(item)))
    return ()
