"""onrecord: who said what, when, where, in which words, and who reports it how, read out of news pages.

    import onrecord

    with onrecord.open_store("onrecord.sqlite") as store:
        onrecord.add_pages(store, onrecord.pages(["examples"]))
        with store.reading() as connection:
            for line in onrecord.said(connection):
                print(line.day, line.actor and line.actor.name, line.words)

The public names are those of `__all__`; each is imported when it is first used, so that `import onrecord` costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.errors import KnowledgeError, OnRecordError, SettingsError, SourceError, StoreError
    from onrecord.evaluation import Evaluation, evaluate, read_gold
    from onrecord.examples import check_language
    from onrecord.judging import add_authority, judge, undo
    from onrecord.pipeline import read_page
    from onrecord.records import (
        Actor,
        Article,
        Entity,
        Judgement,
        Named,
        Office,
        Page,
        Reading,
        Skipped,
        Speaker,
        Statement,
        Story,
        Utterance,
        words_of,
    )
    from onrecord.runners.local import add_pages, link_pages, read_pages
    from onrecord.settings import Intake, Manners, Settings
    from onrecord.sources.authorities import authority
    from onrecord.sources.inputs import pages
    from onrecord.store import query
    from onrecord.store.export import page_json, stories_json
    from onrecord.store.open import open_store
    from onrecord.store.query import outlets, said

__version__ = "0.1.0"

_HOMES = {
    "onrecord.errors": ("KnowledgeError", "OnRecordError", "SettingsError", "SourceError", "StoreError"),
    "onrecord.evaluation": ("Evaluation", "evaluate", "read_gold"),
    "onrecord.examples": ("check_language",),
    "onrecord.judging": ("add_authority", "judge", "undo"),
    "onrecord.pipeline": ("read_page",),
    "onrecord.records": (
        *("Actor", "Article", "Entity", "Judgement", "Named", "Office", "Page", "Reading", "Skipped"),
        *("Speaker", "Statement", "Story", "Utterance", "words_of"),
    ),
    "onrecord.runners.local": ("add_pages", "link_pages", "read_pages"),
    "onrecord.settings": ("Intake", "Manners", "Settings"),
    "onrecord.sources.authorities": ("authority",),
    "onrecord.sources.inputs": ("pages",),
    "onrecord.store.export": ("page_json", "stories_json"),
    "onrecord.store.open": ("open_store",),
    "onrecord.store.query": ("outlets", "said"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Actor",
    "Article",
    "Entity",
    "Evaluation",
    "Intake",
    "Judgement",
    "KnowledgeError",
    "Manners",
    "Named",
    "Office",
    "OnRecordError",
    "Page",
    "Reading",
    "Settings",
    "SettingsError",
    "Skipped",
    "SourceError",
    "Speaker",
    "Statement",
    "StoreError",
    "Story",
    "Utterance",
    "add_authority",
    "add_pages",
    "authority",
    "check_language",
    "evaluate",
    "judge",
    "link_pages",
    "open_store",
    "outlets",
    "page_json",
    "pages",
    "query",
    "read_gold",
    "read_page",
    "read_pages",
    "said",
    "stories_json",
    "undo",
    "words_of",
]


def __getattr__(name: str) -> object:
    if name == "query":
        return importlib.import_module("onrecord.store.query")
    if name not in _HOME:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    value: object = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
