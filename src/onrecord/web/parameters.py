"""What an address may ask: every parameter is bounded, and what is out of bounds is a 400 that says why."""

from __future__ import annotations

import re

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

ROWS = 30  # on one page
MAX_ROWS = 200
MAX_OFFSET = 1_000_000
MAX_WORDS_CHARS = 200  # longer than any name or phrase that people search for
ID = re.compile(r"[0-9a-f]{16}")
DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
LANGUAGE = re.compile(r"[a-z]{2,3}")
UNWRITTEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Window(msgspec.Struct, frozen=True):
    """Which rows of a list are shown."""

    limit: int
    offset: int


class Narrowing(msgspec.Struct, frozen=True):
    """What narrows statements down."""

    about: str | None
    since: str | None
    until: str | None
    language: str | None


def words(request: Request, name: str) -> str | None:
    """Words that somebody typed, trimmed; None where there are none."""
    value = UNWRITTEN.sub(" ", request.query_params.get(name, "")).strip()
    if len(value) > MAX_WORDS_CHARS:
        raise HTTPException(400, f"“{name}” is longer than {MAX_WORDS_CHARS} characters.")
    return value or None


def day(request: Request, name: str) -> str | None:
    """A day, month or year."""
    value = words(request, name)
    if value is not None and not DAY.fullmatch(value):
        raise HTTPException(400, f"“{name}” must be a day such as 2025-11-06, a month (2025-11) or a year (2025).")
    return value


def language(request: Request) -> str | None:
    """The code of a language."""
    value = words(request, "lang")
    if value is not None and not LANGUAGE.fullmatch(value):
        raise HTTPException(400, "“lang” must be the code of a language, such as uk, bg or en.")
    return value


def narrowing(request: Request) -> Narrowing:
    """What the address narrows statements down to."""
    return Narrowing(words(request, "about"), day(request, "since"), day(request, "until"), language(request))


def window(request: Request) -> Window:
    """Which rows the address asks for."""
    return Window(_number(request, "limit", ROWS, 1, MAX_ROWS), _number(request, "offset", 0, 0, MAX_OFFSET))


def identifier(request: Request) -> str:
    """The id in the path; what cannot be one is not found."""
    value = str(request.path_params["id"])
    if not ID.fullmatch(value):
        raise HTTPException(404)
    return value


def _number(request: Request, name: str, default: int, low: int, high: int) -> int:
    value = request.query_params.get(name)
    if value is None:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
        raise HTTPException(400, f"“{name}” must be a number from {low} to {high}.")
    return int(value)
