"""Pages out of files of plain text and HTML: paths and folders in, pages out.

What cannot be read is a counted `Skipped` row and the rest goes on: a missing path or one without permission is "unreadable", a file that
is no text "binary", one in which no encoding makes sense "encoding". Line ends come out as a line feed whatever the file holds, so
offsets count code points of the text as Python reads a text file.
"""

from __future__ import annotations

import os
import pathlib
import re
from collections.abc import Iterable, Iterator

from onrecord.records import Media, Page, Skipped
from onrecord.sources.encoding import decode

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
SUFFIXES = frozenset({".txt", ".text"}) | HTML_SUFFIXES  # what is taken out of a folder; a file that is named is read whatever it is called
MAX_BYTES = 64_000_000  # a larger file is no news page, and reading it only to skip it would take the memory of the machine

HTML_HEAD = re.compile(r"\ufeff?\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
HEAD_CHARS = 2_000  # of a page in which its opening tag stands


def files(paths: Iterable[str | os.PathLike[str]]) -> tuple[pathlib.Path, ...]:
    """The files that the paths mean, each once, in their order: folders stand for the text files under them, sorted by path.

    A path that does not exist stays in the list; `pages` says what is wrong with it. Hidden files and folders are left out.
    """
    found: dict[pathlib.Path, None] = {}
    for path in map(pathlib.Path, paths):
        for file in _under(path) if path.is_dir() else (path,):
            found.setdefault(file, None)
    return tuple(found)


def pages(paths: Iterable[str | os.PathLike[str]], *, max_bytes: int = MAX_BYTES) -> Iterator[Page | Skipped]:
    """Each file as a page whose source is its path, in the order of `files`; one file is in memory at a time."""
    for path in files(paths):
        yield page(path, max_bytes=max_bytes)


def page(path: pathlib.Path, *, max_bytes: int = MAX_BYTES) -> Page | Skipped:
    """One file as a page, or why it is none."""
    source = _name(path)
    try:
        if not path.is_file():
            return Skipped(source, "files", "unreadable", "no such file" if not path.exists() else "neither a file nor a folder")
        size = path.stat().st_size
        if size > max_bytes:
            return Skipped(source, "files", "too-large", f"{size} bytes; the limit is {max_bytes}")
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        return Skipped(source, "files", "unreadable", str(error))
    if not data.strip():
        return Skipped(source, "files", "empty")
    text = decode(data)
    if not isinstance(text, str):
        return Skipped(source, "files", text.reason, text.detail)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Page(source, text, media=media(path.name, text)) if text.strip() else Skipped(source, "files", "empty")


def media(name: str, text: str) -> Media:
    """Whether a page is HTML: by the suffix of its name, else by how it opens."""
    return "html" if pathlib.PurePath(name).suffix.lower() in HTML_SUFFIXES or HTML_HEAD.match(text[:HEAD_CHARS]) else "text"


def _under(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    """Text files under a folder, sorted; links to folders are not followed, so there are no circles."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and pathlib.PurePath(name).suffix.lower() in SUFFIXES:
                yield pathlib.Path(parent, name)


def _name(path: pathlib.Path) -> str:
    """The path as text that can be stored and printed: bytes that are no UTF-8 are shown as escapes."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
