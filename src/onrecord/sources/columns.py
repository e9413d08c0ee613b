"""Which column or key of a table holds what of a page: as a person says, as a known program exports, or by the usual names."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import msgspec

from onrecord.errors import SettingsError
from onrecord.records import Media, Page, Skipped
from onrecord.sources.lists import Link
from onrecord.sources.times import when

FIELDS = ("text", "html", "url", "title", "published", "outlet", "language", "id")
Columns = dict[str, tuple[str, ...]]  # for each field of FIELDS the columns that may hold it, the first that does is taken

PRESETS: dict[str, Columns] = {
    "news-please": {
        "text": ("maintext",), "url": ("url",), "title": ("title",), "published": ("date_publish",), "language": ("language",),
    },
    "fundus": {
        "text": ("plain_text", "body"), "html": ("html.content",), "url": ("html.responded_url", "html.requested_url", "url"), "title": ("title",),
        "published": ("publishing_date",), "outlet": ("html.source_info.publisher", "publisher"), "language": ("lang", "language"),
    },
    "trafilatura": {
        "text": ("text", "raw_text"), "url": ("source", "url"), "title": ("title",), "published": ("date",), "outlet": ("sitename",), "language": ("language",),
    },
    "media-cloud": {
        "text": ("text", "story_text"), "url": ("url",), "title": ("title",), "published": ("publish_date",), "outlet": ("media_name",),
        "language": ("language",), "id": ("id", "stories_id"),
    },
    "usual": {
        "text": ("text", "body", "content", "article", "maintext", "plain_text", "plaintext", "full_text", "fulltext"),
        "html": ("html", "raw_html", "content_html", "body_html"), "url": ("url", "link", "canonical_url", "uri"), "title": ("title", "headline"),
        "published": ("published", "date", "publish_date", "published_at", "date_published", "pubdate", "publishing_date", "timestamp", "datetime"),
        "outlet": ("outlet", "site_name", "sitename", "publisher", "media_name", "hostname"), "language": ("language", "lang"), "id": ("id", "guid"),
    },
}  # fmt: skip
SIGNS = {
    "news-please": frozenset({"maintext", "date_publish"}),
    "fundus": frozenset({"publishing_date"}),
    "trafilatura": frozenset({"source-hostname"}),
    "media-cloud": frozenset({"media_name", "publish_date"}),
}  # keys by which an export is known
SEPARATORS = re.compile(r"[ _-]")


def columns(spec: str | None) -> Columns | None:
    """The mapping that `--map` names: a preset, or pairs such as "text=body,url=link"; None: found out from each table."""
    if spec is None:
        return None
    if spec in PRESETS:
        return PRESETS[spec]
    found: dict[str, tuple[str, ...]] = {}
    for pair in spec.split(","):
        field, equals, column = (part.strip() for part in pair.partition("="))
        if not equals or field not in FIELDS or not column:
            raise SettingsError(f"--map {spec!r}: write FIELD=COLUMN,… with FIELD of {' '.join(FIELDS)}, or the name of an export: {' '.join(PRESETS)}")
        found[field] = (*found.get(field, ()), column)
    if not {"text", "html", "url"} & found.keys():
        raise SettingsError(f"--map {spec!r}: say at least where the text, the html or the url is: text=COLUMN")
    return found


def guessed(keys: frozenset[str]) -> Columns:
    """The mapping for a table with these columns: that of the export that it looks like, else the usual names."""
    return PRESETS[next((name for name, signs in SIGNS.items() if signs <= keys), "usual")]


def page_of_row(source: str, row: Mapping[str, object], mapping: Columns | None) -> Page | Link | Skipped:
    """A row as a page; as a link where it has an address and no text; why it is neither.

    The source of a page is its address where it has one, so that the same page out of another table or crawl is the same page.
    """
    mapping = mapping if mapping is not None else guessed(frozenset(row))
    values = {field: _text(_first(row, names)) for field, names in mapping.items()}
    html, text, url = values.get("html"), values.get("text"), values.get("url")
    published = when(_first(row, mapping.get("published", ())))
    if url and not re.match(r"https?://", url, re.I):
        url = None
    language = (values.get("language") or "")[:2].lower()
    known = Link(url or "", values.get("title"), published, values.get("outlet"), language if re.fullmatch("[a-z]{2}", language) else None)
    if html or text:
        name = url or (f"{source.rpartition('#')[0]}#{values['id']}" if values.get("id") else source)
        media: Media = "html" if html else "text"
        return Page(name, _lines(html or text or ""), url, media, known.title, known.published, known.outlet, known.language)
    if url:
        return known
    if not any(_first(row, names) is not None for field, names in mapping.items() if field in ("text", "html", "url")):
        wanted = ", ".join(name for field in ("text", "html") for name in mapping.get(field, ()))
        return Skipped(source, "sources", "unreadable", f"no column of text ({wanted}) among {', '.join(row)[:200]}: say --map text=COLUMN")
    return Skipped(source, "sources", "empty")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _first(row: Mapping[str, object], names: tuple[str, ...]) -> object:
    """The first value under these names that is not empty; None where there is none, "" where there are only empty ones."""
    found: object = None
    for name in names:
        value = _at(row, name)
        if value is not None and value != "":
            return value
        found = value if found is None else found
    return found


def _at(row: Mapping[str, object], name: str) -> object:
    """The value under a key as it is written, with blanks for strokes or in another case, or under a path of keys ("html.content")."""
    if name in row:
        return row[name]
    wanted = SEPARATORS.sub("", name).casefold()
    for key in row:
        if SEPARATORS.sub("", str(key)).casefold() == wanted:
            return row[key]
    head, dot, rest = name.partition(".")
    inner = row.get(head) if dot else None
    return _at(inner, rest) if isinstance(inner, Mapping) else None


def _text(value: object) -> str | None:
    """A value as text: paragraphs and sections of an article body one below the other."""
    if value is None or isinstance(value, str):
        return value if value and value.strip() else None
    if isinstance(value, Mapping):
        return "\n\n".join(filter(None, map(_text, value.values()))) or None
    if isinstance(value, list | tuple):
        return "\n\n".join(filter(None, map(_text, value))) or None
    return str(value)


def values(data: bytes) -> Mapping[str, object] | list[object] | None:
    """The JSON of a line or file; None where it is none. Depth and numbers without end are refused by the parser."""
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        try:
            found = json.loads(data)  # NaN, a mark of UTF-8, UTF-16: what Python writes and msgspec refuses
        except (ValueError, RecursionError):
            return None
    return found if isinstance(found, dict | list) else None
