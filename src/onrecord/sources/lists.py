"""Lists of pages that stand elsewhere: RSS, Atom and JSON Feed, sitemaps and news sitemaps, OPML. Nothing is fetched here.

A feed tells when a page was published, a news sitemap also which outlet it is of. Titles are left to the page, where they are whole, and
languages too, because feeds name that of the software.
"""

from __future__ import annotations

import calendar
import datetime
import io
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError, iterparse

import msgspec

from onrecord.records import Skipped
from onrecord.sources.encoding import decode
from onrecord.sources.times import utc, when

MOST_LINKS = 50_000  # of one list: the most that a sitemap may hold
ENTITIES = re.compile(r"<!DOCTYPE[^>\[]*\[|<!ENTITY", re.I)
LOOSE = re.compile(r"&(?!(?:#\d+|#[xX][\da-fA-F]+|amp|lt|gt|quot|apos);)")  # what people write for &amp;
DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


class Link(msgspec.Struct, frozen=True):
    """A page that stands elsewhere, or another list of such (`more`), and what the list tells of it.

    `updated`: when the list says that it was changed last, ISO 8601 in UTC.
    """

    url: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    updated: str | None = None
    more: bool = False


def links(kind: str, source: str, data: bytes, *, base: str | None = None) -> Iterator[Link | Skipped]:
    """What a feed, a sitemap or an OPML list points to, in its order, each address once; relative ones are taken from `base`.

    A document that declares entities is "unsafe": no list needs them, and some blow up memory or read files. One that is no list is "broken".
    """
    text = decode(data)
    if not isinstance(text, str):
        yield Skipped(source, "sources", text.reason, text.detail)
        return
    if not text.lstrip().startswith("{") and ENTITIES.search(text):
        yield Skipped(source, "sources", "unsafe", "the document declares entities")
        return
    read = {"feed": _feed, "sitemap": _sitemap, "opml": _opml}[kind]
    met: set[str] = set()
    broken = False
    for link in read(source, text):
        if isinstance(link, Skipped):
            yield link
            broken = True
            continue
        url = urljoin(base or "", link.url.strip())
        if not url.lower().startswith(("http://", "https://")) or url in met:
            continue
        if len(met) == MOST_LINKS:
            yield Skipped(source, "sources", "too-large", f"more than {MOST_LINKS} links; the first are read")
            return
        met.add(url)
        yield msgspec.structs.replace(link, url=url)
    if not met and not broken:
        yield Skipped(source, "sources", "empty", f"no links in the {kind}")


def _feed(source: str, text: str) -> Iterator[Link | Skipped]:
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        yield from _json_feed(source, text)
        return
    import feedparser

    found = feedparser.parse(io.BytesIO(_utf8(text)), sanitize_html=False, resolve_relative_uris=False)
    if found.get("bozo") and not found.entries and not found.get("version"):
        yield Skipped(source, "sources", "broken", f"no feed: {found.get('bozo_exception')}")
        return
    home = found.feed.get("link")
    for entry in found.entries:
        url = entry.get("link") or next((one.get("href") for one in entry.get("links", ()) if one.get("href")), None)
        if not isinstance(url, str):
            continue
        yield Link(
            urljoin(home, url) if isinstance(home, str) else url,
            published=_day(entry.get("published_parsed") or dict.get(entry, "updated_parsed")),
            updated=_moment(dict.get(entry, "updated_parsed")),  # asked as a dict it does not pass off the other date for this one
        )


def _json_feed(source: str, text: str) -> Iterator[Link | Skipped]:
    from onrecord.sources.columns import values

    found = values(text.lstrip("\ufeff").encode("utf-8", "replace"))
    items = found.get("items") if isinstance(found, Mapping) else None
    if not isinstance(items, list):
        yield Skipped(source, "sources", "broken", "no JSON Feed: it has no items")
        return
    for item in items:
        url = (item.get("url") or item.get("external_url") or item.get("id")) if isinstance(item, Mapping) else None
        if isinstance(url, str):
            yield Link(url, published=when(item.get("date_published")), updated=utc(item.get("date_modified")))


def _sitemap(source: str, text: str) -> Iterator[Link | Skipped]:
    for entry in _elements(source, text, ("url", "sitemap")):
        if isinstance(entry, Skipped):
            yield entry
            continue
        parts = {_name(part): (part.text or "").strip() for part in entry.iter()}
        url = next(((part.text or "").strip() for part in entry if _name(part) == "loc"), "")
        if url:
            yield Link(
                url,
                published=when(parts.get("publication_date")),
                outlet=parts.get("name") or None if "publication" in parts else None,
                updated=utc(parts.get("lastmod")),
                more=_name(entry) == "sitemap",
            )


def _opml(source: str, text: str) -> Iterator[Link | Skipped]:
    for entry in _elements(source, text, ("outline",)):
        if isinstance(entry, Skipped):
            yield entry
            continue
        url = next((value for key, value in entry.attrib.items() if str(key).lower() == "xmlurl"), "")
        if url:
            yield Link(str(url), more=True)


def _elements(source: str, text: str, names: tuple[str, ...]) -> Iterator[Element | Skipped]:
    """The elements of these names as they end, whatever their namespace; what was read is let go. Then what is broken in the document."""
    try:
        for _, element in iterparse(io.BytesIO(_utf8(LOOSE.sub("&amp;", text)))):
            if _name(element) in names:
                yield element
                element.clear()
    except ParseError as error:
        yield Skipped(source, "sources", "broken", f"the XML cannot be read on: {error}")


def _utf8(text: str) -> bytes:
    """The document in UTF-8, without a declaration that says otherwise and without characters that XML forbids."""
    return ILLEGAL.sub("", DECLARATION.sub("", text.lstrip("\ufeff"), count=1).lstrip()).encode("utf-8")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower()


def _day(parsed: object) -> str | None:
    """The day of a time that the parser turned into UTC: near midnight it may be another one where the page stands, and is left out."""
    moment = _of(parsed)
    return when(moment) if moment else None


def _moment(parsed: object) -> str | None:
    moment = _of(parsed)
    return moment.isoformat(timespec="seconds") if moment else None


def _of(parsed: object) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromtimestamp(calendar.timegm(parsed), datetime.UTC) if parsed else None  # type: ignore[arg-type]
    except (ValueError, OverflowError, TypeError, OSError):
        return None
