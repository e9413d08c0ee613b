"""What a file is, by what it holds and else by its name."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from onrecord.sources.streams import packing_of

Kind = Literal["page", "letter", "crawl", "zip", "tar", "rows", "table", "parquet", "feed", "sitemap", "opml", "xml", "packed"]
HEAD_BYTES = 1 << 12  # of a file, by which it is known
PAGES = frozenset({".txt", ".text", ".html", ".htm", ".xhtml", ".shtml"})
CRAWLS = frozenset({".warc", ".arc", ".wacz"})
ROWS = frozenset({".jsonl", ".ndjson", ".json"})
TABLES = frozenset({".csv", ".tsv"})
LISTS = frozenset({".rss", ".atom", ".opml"})
PACKED = frozenset({".gz", ".bz2", ".xz", ".zst"})
TARS = frozenset({".tar", ".tgz", ".tbz2", ".txz"})
FOUND_IN_FOLDERS = PAGES | CRAWLS | {".eml"}  # the rest must be named: folders of pages hold tables and lists about them
FOUND_IN_ARCHIVES = FOUND_IN_FOLDERS | ROWS | TABLES | LISTS | TARS | {".parquet", ".zip"}
ROOT = re.compile(r"(?:\s|<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]?\s*)?>?)*<(?:[\w-]+:)?([\w-]+)", re.S | re.I)
ROOTS: dict[str, Kind] = {"rss": "feed", "rdf": "feed", "feed": "feed", "urlset": "sitemap", "sitemapindex": "sitemap", "opml": "opml", "html": "page"}
JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')
LETTER = re.compile(
    r"(?:(?:From|To|Received|Return-Path|Delivered-To|Message-ID|Subject|MIME-Version|Date|Reply-To|X-[\w-]+): .*\r?\n([ \t]+.*\r?\n)*){3}", re.I
)
ARC = re.compile(rb"filedesc://\S+ \S+ \d{14} ")


def suffix(name: str) -> str:
    """The suffix that tells what a file is, in lower case: of "crawl.warc.gz" it is ".warc"."""
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix or path.suffix if path.suffix in PACKED else path.suffix


def kind(name: str, head: bytes) -> Kind:
    """What a file is. `head`: its first bytes. A name without a suffix that tells is nothing against what the bytes say."""
    ending = PurePath(name.lower()).suffix
    if packing_of(head):
        return "packed"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/") or ARC.match(head):
        return "crawl"
    if head[257:262] == b"ustar" or (ending == ".tar" and head):
        return "tar"
    text = _opening(head)
    if ending in PAGES:
        return "page"
    if ending == ".eml" or LETTER.match(text):
        return "letter"
    if ending in TABLES:
        return "table"
    if text.startswith("{") and JSON_FEED.search(text):
        return "feed"
    if ending in ROWS or re.match(r'\{\s*"', text) or re.match(r'\[\s*\{\s*"', text):
        return "rows"
    root = ROOT.match(text)
    if root and (root[1].lower() in ROOTS):
        return ROOTS[root[1].lower()]
    return "xml" if ending in LISTS | {".xml"} or text.startswith("<?xml") else "page"


def _opening(head: bytes) -> str:
    """The first characters, as far as they matter here: ASCII in whatever encoding, without a mark of it."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[1:2] == b"\x00" or head[:1] == b"\x00":
        head = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1").lstrip()
