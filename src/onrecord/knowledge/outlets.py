"""Publishers: one file an outlet, called after its domain, for what a page does not tell and nobody can guess.

An outlet without a file is known by what its pages say. Files are checked when they are read: an unknown key, a zone that is none, a name or a
domain that two files claim is a KnowledgeError that names file and line.
"""

from __future__ import annotations

import datetime
import functools
import pathlib
import re
import tomllib
import zoneinfo
from urllib.parse import urlsplit

import msgspec

from onrecord.errors import KnowledgeError
from onrecord.records import digest

FOLDER = pathlib.Path(__file__).parent / "publishers"
MINUTE_CHARS = len("2031-04-02T09:30")  # of a time without its zone
LEAST_LINE_CHARS = 6
MOST_LINE_CHARS = 400  # a longer line is a paragraph of an article
WORD = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(r"https?://.*", re.S)  # an archive may stand before it
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,8}")


class Publisher(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An outlet: what it is called, in other scripts too; its domains, with everything under them; its language and time zone."""

    name: str
    domains: tuple[str, ...]
    language: str  # ISO 639-1: what most of its pages are in
    zone: str  # of the times on its pages, where they name none: "Europe/Kyiv"
    names: tuple[str, ...] = ()


class Publishers(msgspec.Struct, frozen=True):
    """Every outlet that has a file, by domain and by name."""

    by_domain: dict[str, Publisher]
    by_name: dict[str, Publisher]  # in lower case

    def at(self, where: str | None) -> Publisher | None:
        """The publisher of an address, a host, or a path with a folder called after one; None where there is none."""
        if not where:
            return None
        for host in _hosts(where):
            labels = host.split(".")
            for first in range(len(labels) - 1):
                if (found := self.by_domain.get(".".join(labels[first:]))) is not None:
                    return found
        return None

    def called(self, name: str) -> Publisher | None:
        """The publisher of a name in any script, or of a domain."""
        return self.by_name.get(name.strip().lower()) or (self.at(name) if HOST.fullmatch(name.strip().lower()) else None)


def publishers() -> Publishers:
    """The publishers that come with the program; read once a process."""
    return read_publishers(FOLDER)


@functools.cache
def read_publishers(folder: pathlib.Path) -> Publishers:
    """The publishers of a folder; KnowledgeError where a file is wrong."""
    by_domain: dict[str, Publisher] = {}
    by_name: dict[str, Publisher] = {}
    for path in sorted(folder.glob("*.toml")):
        publisher = _read(path)
        for key, table, value in (
            *(("domains", by_domain, domain) for domain in publisher.domains),
            *(("names", by_name, name.lower()) for name in (publisher.name, *publisher.names)),
        ):
            if value in table:
                raise KnowledgeError(f"{path}:{_line(path, key, value)}: {value!r} is claimed by {table[value].name} too")
            table[value] = publisher
    return Publishers(by_domain, by_name)


def label(outlet: str | None, url: str | None, source: str) -> str:
    """What to call an outlet: its name, else the host of the address, else the source of the page."""
    return outlet or host_of(url or "") or source


def host_of(address: str) -> str:
    """The host of an address without "www.", empty where there is none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # an address that is none, such as "http://[x"
        host = ""
    return host.removeprefix("www.")


def line_key(outlet: str, line: str) -> str | None:
    """What a line is known by in its outlet, whatever its figures and marks; None for one that is too short or long to be told."""
    words = " ".join(WORD.findall(line.lower()))
    return digest(outlet, words) if len(words) >= LEAST_LINE_CHARS and len(line) <= MOST_LINE_CHARS else None


def zoned(published: str | None, publisher: Publisher | None) -> str | None:
    """A local time to the minute with its distance from UTC by the publisher's zone; any other value as it is."""
    if published is None or publisher is None or len(published) != MINUTE_CHARS:
        return published
    try:
        local = datetime.datetime.fromisoformat(published).replace(tzinfo=zoneinfo.ZoneInfo(publisher.zone))
    except ValueError:
        return published
    return local.isoformat(timespec="minutes")


def _hosts(where: str) -> tuple[str, ...]:
    """The host of an address, else the parts of a path that may be one, the last of them first."""
    low = where.lower()
    if (address := ADDRESS.search(low)) is not None:
        try:
            return ((urlsplit(address[0]).hostname or ""),)
        except ValueError:  # an address that is none, such as "http://[x"
            return ()
    return tuple(part for part in reversed(re.split(r"[/\\]", low)) if HOST.fullmatch(part))


def _read(path: pathlib.Path) -> Publisher:
    text = path.read_text(encoding="utf-8")
    try:
        publisher = msgspec.convert(tomllib.loads(text), Publisher)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{path}: {error}") from error
    except msgspec.ValidationError as error:
        key = re.search(r"`\$\.([\w-]+)|field `([\w-]+)`", str(error))
        raise KnowledgeError(f"{path}:{_line(path, (key[1] or key[2]) if key else '', '')}: {error}") from error
    if path.stem not in publisher.domains:
        raise KnowledgeError(f"{path}:{_line(path, 'domains', '')}: a file is called after one of its domains")
    try:
        zoneinfo.ZoneInfo(publisher.zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
        raise KnowledgeError(f"{path}:{_line(path, 'zone', '')}: there is no time zone {publisher.zone!r}") from error
    return publisher


def _line(path: pathlib.Path, key: str, value: str) -> int:
    """The line of a file on which a key, and where there is one a value, stands; 1 where it stands nowhere."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith(key) and value in line.lower():
            return number
    return 1
