"""Values as the database keeps them: any text at all, and records as JSON, each coming back exactly as it went in.

Text with a lone half of a surrogate pair (broken pages have them) has no UTF-8 form, which SQLite's text needs: it is kept as bytes.
"""

from __future__ import annotations

import json
import zlib
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Dialect, Text, TypeDecorator

from onrecord.records import About, Article

T = TypeVar("T")


class AnyText(TypeDecorator[str]):
    """A text column that holds every str there is."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def about(article: Article) -> bytes | None:
    """The article's part that is kept as one value, None where all of it is empty."""
    found = About(**{name: getattr(article, name) for name in About.__struct_fields__})
    return None if found == About() else zlib.compress(pack(found))


def told_of(data: bytes | None) -> About:
    """What was kept of an article as one value."""
    return About() if data is None else unpack(zlib.decompress(data), About)


def storable(text: str) -> str:
    """The text itself, or its bytes (typed as text, since SQLite takes either) where it has no UTF-8 form."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")  # type: ignore[return-value]
    return text


def pack(record: object) -> bytes:
    """A record as JSON; lone surrogates are written as escapes."""
    try:
        return msgspec.json.encode(record)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(record)).encode("ascii")


def unpack(data: bytes, into: type[T]) -> T:
    """The record that was packed."""
    try:
        return msgspec.json.decode(data, type=into)
    except msgspec.DecodeError as error:
        if isinstance(error, msgspec.ValidationError):
            raise
        return msgspec.convert(json.loads(data), into)
