"""What a person names, as pages: paths, folders, addresses, standard input.

What cannot be read is a counted `Skipped` and the rest goes on: a missing path or one without permission is "unreadable", a file that is
no text "binary", one in which no encoding makes sense "encoding"; what archives and the web add stands in the reference.
"""

from __future__ import annotations

import io
import os
import pathlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator

from onrecord.records import Page, Skipped
from onrecord.settings import Intake
from onrecord.sources import files
from onrecord.sources.columns import columns
from onrecord.sources.contents import Item, contents
from onrecord.sources.kinds import PAGES, suffix
from onrecord.sources.lists import Link
from onrecord.sources.streams import PIECE_BYTES, Read

Input = str | os.PathLike[str]
STDIN = "-"
WEB = re.compile(r"https?://", re.I)
BYTES_A_PAGE = 10_000  # of a file that holds many, compressed or not: enough to guess how long it will take
LINKS_A_LIST = 30  # the same of a list that is fetched


def pages(inputs: Iterable[Input], intake: Intake = Intake(), *, told: Callable[[int], None] = lambda taken: None) -> Iterator[Page | Skipped]:
    """The pages that the inputs hold or point to, in their order, one in memory at a time; `told` is told how many bytes of files were read.

    The source of a page is its address where it has one, else its path, inside an archive with that of the archive before it.
    """
    from onrecord.sources.feeds import follow

    for item in follow(items(inputs, intake, told=told), intake, lambda source: None):
        if isinstance(item, Page | Skipped):
            yield item


def items(inputs: Iterable[Input], intake: Intake, *, told: Callable[[int], None] = lambda taken: None) -> Iterator[Item]:
    """The pages that the inputs hold, and links to those that stand elsewhere. Nothing is fetched."""
    columns(intake.map)  # what is wrong with it is said before anything is read
    for one in expanded(inputs):
        if isinstance(one, str):
            yield from _standard_input(intake, told) if one == STDIN else (Link(one, more=True),)
        else:
            yield from _file(one, intake, told)


def expanded(inputs: Iterable[Input]) -> tuple[str | pathlib.Path, ...]:
    """The inputs with folders as their files, each once: paths, addresses, and "-" for standard input."""
    found: dict[str | pathlib.Path, None] = {}
    for one in inputs:
        if isinstance(one, str) and (one == STDIN or WEB.match(one)):
            found.setdefault(one, None)
        else:
            found.update(dict.fromkeys(files.files([one])))
    return tuple(found)


def size(one: str | pathlib.Path) -> int:
    """Bytes of a file, 0 for what is none."""
    try:
        return one.stat().st_size if isinstance(one, pathlib.Path) else 0
    except (OSError, ValueError):
        return 0


def likely_pages(inputs: Iterable[str | pathlib.Path]) -> int:
    """About how many pages these hold, for choosing how to read them."""
    return sum(LINKS_A_LIST if isinstance(one, str) else 1 if suffix(one.name) in PAGES else max(1, size(one) // BYTES_A_PAGE) for one in inputs)


def _file(path: pathlib.Path, intake: Intake, told: Callable[[int], None]) -> Iterator[Item]:
    source = files.source_of(path)
    try:
        if not path.is_file():
            yield Skipped(source, "sources", "unreadable", "no such file" if not path.exists() else "neither a file nor a folder")
            return
        file = path.open("rb", buffering=0)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield Skipped(source, "sources", "unreadable", str(error))
        return
    with io.BufferedReader(Read(file, told), PIECE_BYTES) as stream:
        try:
            yield from contents(source, stream, intake)
        except OSError as error:
            yield Skipped(source, "sources", "unreadable", str(error))


def _standard_input(intake: Intake, told: Callable[[int], None]) -> Iterator[Item]:
    with io.BufferedReader(Read(sys.stdin.buffer, told), PIECE_BYTES) as stream:
        yield from contents("stdin", stream, intake)
