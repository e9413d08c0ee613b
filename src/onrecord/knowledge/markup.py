"""What is known of web pages whatever their language: names of their parts, of their meta tags, words of their notices (`pages.toml`)."""

from __future__ import annotations

import functools
import pathlib

import msgspec


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of classes and ids by what the part so called is."""

    alone: frozenset[str]
    anywhere: frozenset[str]
    pairs: frozenset[str]
    comments: frozenset[str]
    not_comments: frozenset[str]
    captions: frozenset[str]
    bylines: frozenset[str]
    times: frozenset[str]
    bodies: frozenset[str]
    body_words: frozenset[str]


class Meta(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of meta tags that hold a time, the surest first."""

    published: tuple[str, ...]
    updated: tuple[str, ...]


class Notices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by what a page that holds them and little else is."""

    error: tuple[str, ...]
    consent: tuple[str, ...]
    paywall: tuple[str, ...]


class Markup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it is."""

    names: Names
    meta: Meta
    notices: Notices


@functools.cache
def load() -> Markup:
    """What is known; read once a process."""
    return msgspec.toml.decode((pathlib.Path(__file__).parent / "pages.toml").read_bytes(), type=Markup)
