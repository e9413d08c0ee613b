"""From the bytes of one page to a `Page`, whatever they came out of; and what an address of a page is."""

from __future__ import annotations

import pathlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from onrecord.records import Media, Page, Skipped
from onrecord.sources.encoding import decode

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
HTML_HEAD = re.compile(r"\ufeff?\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
HEAD_CHARS = 2_000  # of a page in which its opening tag stands
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid|mc_[ce]id", re.I)  # parameters that tell who led here, and change nothing on the page
PORTS = {"http": 80, "https": 443}


def page(
    source: str,
    data: bytes,
    *,
    name: str = "",
    media: Media | None = None,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    language: str | None = None,
    fetched: str | None = None,
    declared: str | None = None,
) -> Page | Skipped:
    """The bytes as a page, or why they are none: "empty", "binary", or in no "encoding" that makes sense.

    The encoding is found in the bytes; what the server said of them (`declared`, its Content-Type) is one sign among others. Line ends
    come out as a line feed whatever the bytes hold, so offsets count code points of the text as Python reads a text file. `media`: None where it is found out.
    """
    if not data.strip():
        return Skipped(source, "sources", "empty")
    text = decode(data, label=charset(declared))
    if not isinstance(text, str):
        return Skipped(source, "sources", text.reason, text.detail)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return Skipped(source, "sources", "empty")
    return Page(source, text, url, media or media_of(name, text), title, published, outlet, language, fetched)


def charset(declared: str | None) -> str | None:
    """The encoding that a Content-Type names: that of "text/html; charset=utf-8"."""
    found = CHARSET.search(declared or "")
    return found[1] if found else None


def media_of(name: str, text: str) -> Media:
    """Whether a page is HTML: by the suffix of its name, else by how it opens."""
    return "html" if pathlib.PurePath(name).suffix.lower() in HTML_SUFFIXES or HTML_HEAD.match(text[:HEAD_CHARS]) else "text"


def address(url: str) -> str:
    """An address as that of a page: host in lower case, without a fragment and without parameters that only tell who led here.

    One that cannot be parsed stays as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return url
    if ":" in host:
        host = f"[{host}]"
    if port and port != PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    query = parts.query
    if TRACKING.search(query):
        query = urlencode([(key, value) for key, value in parse_qsl(query, keep_blank_values=True) if not TRACKING.fullmatch(key)])
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))
