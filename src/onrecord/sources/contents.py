"""The pages in a file, whatever it is: a page, a letter, a crawl, a table, an archive or a list of addresses; compressed or not.

Only what a file holds is looked at here. An address that it holds comes out as a `Link`; `sources.feeds` fetches it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from onrecord.records import Page, Skipped
from onrecord.settings import Intake
from onrecord.sources.columns import columns
from onrecord.sources.kinds import HEAD_BYTES, kind
from onrecord.sources.lists import Link
from onrecord.sources.streams import Fault, packing_of, unpacked, whole

Item = Page | Link | Skipped
DEEPEST = 4  # archives inside archives, compressed files among them


def contents(name: str, stream: BinaryIO, intake: Intake = Intake(), *, base: str | None = None, declared: str | None = None, depth: int = 0) -> Iterator[Item]:
    """What a buffered stream holds, one page in memory at a time; `name` tells what it is where its bytes do not.

    `base`: the address that the stream came from, `declared`: what the server called it, if any. What ends early, is broken or too large is
    said after what could be read of it.
    """
    try:
        yield from _contents(name, stream, intake, base, declared, depth)
    except Fault as fault:
        yield fault.skipped(name)


def _contents(name: str, stream: BinaryIO, intake: Intake, base: str | None, declared: str | None, depth: int) -> Iterator[Item]:
    from onrecord.sources import archives, rows

    head = bytes(stream.peek(HEAD_BYTES)[:HEAD_BYTES])  # type: ignore[attr-defined]
    what, most = kind(name, head), intake.page_bytes
    if depth > DEEPEST:
        yield Skipped(name, "sources", "unsafe", f"more than {DEEPEST} archives inside each other")
    elif what == "packed":
        packing = packing_of(head)
        assert packing is not None
        yield from contents(name, unpacked(stream, packing), intake, base=base, depth=depth + 1)
    elif what == "zip":
        with archives.anywhere(stream) as file:
            yield from _members(archives.zip_members(name, file), intake, depth)
    elif what == "tar":
        yield from _members(archives.tar_members(name, stream, most), intake, depth)
    elif what == "crawl":
        from onrecord.sources.crawls import crawl

        yield from crawl(name, stream, most)
    elif what == "parquet":
        with archives.anywhere(stream) as file:
            yield from rows.parquet_rows(name, file, columns(intake.map))
    elif what in ("rows", "table"):
        read = rows.json_rows if what == "rows" else rows.csv_rows
        yield from read(name, stream, columns(intake.map), most)
    else:
        yield from _whole(name, what, whole(stream, most), base, declared)


def _members(members: Iterator[tuple[str, BinaryIO] | Skipped], intake: Intake, depth: int) -> Iterator[Item]:
    for member in members:
        if isinstance(member, Skipped):
            yield member
        else:
            yield from contents(*member, intake, depth=depth + 1)


def _whole(name: str, what: str, data: bytes, base: str | None, declared: str | None) -> Iterator[Item]:
    if what == "letter":
        from onrecord.sources.letters import letter

        yield letter(name, data)
    elif what in ("feed", "sitemap", "opml"):
        from onrecord.sources.lists import links

        yield from links(what, name, data, base=base)
    elif what == "xml":
        yield Skipped(name, "sources", "unreadable", "XML that is no feed, sitemap or OPML list")
    else:
        from onrecord.sources.pages import page

        yield page(name, data, name=name, declared=declared)
