"""Files that paths mean, and their names as sources."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterable, Iterator

from onrecord.sources.kinds import FOUND_IN_FOLDERS, suffix


def files(paths: Iterable[str | os.PathLike[str]]) -> tuple[pathlib.Path, ...]:
    """The files that the paths mean, each once, in their order: folders stand for the pages, letters and crawls under them, sorted by path.

    A path that does not exist stays in the list; `inputs.pages` says what is wrong with it. Hidden files and folders are left out.
    """
    found: dict[pathlib.Path, None] = {}
    for path in map(pathlib.Path, paths):
        for file in _under(path) if path.is_dir() else (path,):
            found.setdefault(file, None)
    return tuple(found)


def _under(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    """Files under a folder, sorted; links to folders are not followed, so there are no circles."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and suffix(name) in FOUND_IN_FOLDERS:
                yield pathlib.Path(parent, name)


def source_of(path: pathlib.Path) -> str:
    """The path as text that can be stored and printed: bytes that are no UTF-8 are shown as escapes."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
