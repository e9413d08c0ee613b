"""A run that is killed and started again ends like one that was not disturbed."""

from __future__ import annotations

import os
import pathlib
import random
import signal
import subprocess
import sys
import threading

import pytest
from tests.sources.test_crawls import record

from onrecord.records import Article, Page, Reading, Skipped, digest
from onrecord.runners import local
from onrecord.settings import Settings
from onrecord.sources.inputs import pages
from onrecord.store.open import open_store

PAGES = 120
KILLS = 4


def read(page: Page, settings: Settings) -> Reading | Skipped:
    """A stand-in for the first pass, quick and different for each page."""
    if "5." in page.text:
        return Skipped(page.source, "clean", "no-article")
    return Reading(Article(digest(page.source, page.text), page.source, page.text, "en", ()), (), (), ())


def add(crawl: str, database: str, after_pages: int = PAGES, after_s: float = 600.0) -> None:
    """Add the crawl in small batches; this process dies over a certain page, or after a while, perhaps half-way through writing."""

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def reading(page: Page, settings: Settings) -> Reading | Skipped:
        nonlocal after_pages
        after_pages -= 1
        if after_pages < 0:
            die()
        return read(page, settings)

    reading.__module__, reading.__qualname__ = read.__module__, read.__qualname__
    clock = threading.Timer(after_s, die)
    clock.daemon = True
    clock.start()
    local.BATCH_PAGES = 8
    with open_store(database) as store:
        local.add_pages(store, pages([crawl]), read=reading)
    clock.cancel()


def held(database: pathlib.Path) -> list[object]:
    """Everything that a store holds of pages."""
    from sqlalchemy import text

    with open_store(database) as store, store.reading() as connection:
        queries = ("SELECT source, id, text, digest FROM articles", "SELECT * FROM skipped", "SELECT * FROM seen")
        return [sorted(map(tuple, connection.execute(text(query)))) for query in queries]


@pytest.mark.slow
def test_kills_lose_nothing_and_double_nothing(tmp_path: pathlib.Path) -> None:
    """A process that adds a crawl is killed at any moment, several times; what is on record in the end is what an undisturbed run puts there."""
    crawl, whole, cut = (tmp_path / name for name in ("a.warc.gz", "whole.sqlite", "cut.sqlite"))
    crawl.write_bytes(b"".join(record(number, f"<p>Page {number}.".encode()) for number in range(PAGES)))
    add(str(crawl), str(whole))
    chance, codes = random.Random(7), []
    for kill in range(KILLS + 1):
        after = "" if kill == KILLS else f", after_pages={chance.randint(9, 30)}" if kill % 2 else f", after_s={chance.uniform(0.02, 0.6):.3f}"
        code = f"from tests.runners.test_resume import add; add({str(crawl)!r}, {str(cut)!r}{after})"
        codes.append(subprocess.run([sys.executable, "-c", code], cwd=pathlib.Path(__file__).parents[2]).returncode)
    assert codes[1:KILLS:2] == [-signal.SIGKILL] * (KILLS // 2) and codes[-1] == 0
    assert held(cut) == held(whole) and len(held(cut)[2]) == PAGES
