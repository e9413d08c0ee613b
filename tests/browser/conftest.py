"""A real browser and a real server, on this machine only."""

from __future__ import annotations

import contextlib
import os
import pathlib
import socket
import threading
from collections.abc import Callable, Iterator

import msgspec
import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from onrecord.knowledge.schema import languages
from onrecord.records import Reading
from onrecord.stages import figures
from onrecord.store.open import open_store
from onrecord.web.app import create

CHROMIUM = os.environ.get("ONRECORD_CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
EXAMPLES = pathlib.Path(__file__).parent.parent.parent / "examples"


@contextlib.contextmanager
def served(database: pathlib.Path) -> Iterator[str]:
    """The address of a server over the database, for as long as the block lasts."""
    with open_store(database, create=False) as store, socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create(store), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()  # the socket listens already: a request waits until the server answers
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)


@pytest.fixture(scope="session")
def site(database: pathlib.Path) -> Iterator[str]:
    """The pages over the readings made by hand."""
    with served(database) as address:
        yield address


@pytest.fixture(scope="session")
def examples_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages over the project's examples, read as `make demo` reads them."""
    from onrecord.runners.local import add_pages
    from onrecord.sources.inputs import pages

    if not any(EXAMPLES.glob("*.txt")):
        pytest.skip("no examples yet")
    path = tmp_path_factory.mktemp("examples") / "demo.sqlite"
    with open_store(path) as store:
        add_pages(store, pages([EXAMPLES]))
    with served(path) as address:
        yield address


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages over nothing."""
    path = tmp_path_factory.mktemp("empty") / "empty.sqlite"
    open_store(path).close()
    with served(path) as address:
        yield address


def with_figures(reading: Reading) -> Reading:
    """The reading with the figures of its statements."""
    article = reading.article
    read = [
        msgspec.structs.replace(s, figures=figures.read(article.text, *s.content[0], article.language, article.published))
        for s in reading.statements
        if article.language in languages()
    ]
    return msgspec.structs.replace(reading, statements=tuple(read) or reading.statements)


@pytest.fixture(scope="session")
def crowded_site(tmp_path_factory: pytest.TempPathFactory, spoken_page: Callable[..., Reading]) -> Iterator[str]:
    """The pages over one utterance in ten languages, some without a folder, with words of two hundred letters, and another that differs."""
    from onrecord import corpus
    from onrecord.store import groups, write

    path = tmp_path_factory.mktemp("crowded") / "crowded.sqlite"
    codes = ("uk", "bg", "en", "ru", "pl", "de", "fr", "es", "it", "zh")
    words = "Donaudampfschifffahrts" * 9
    pages = [
        spoken_page(f"{code}{words}.txt", code, f"2031-02-{n + 1:02d}", (f"Ada {words}", f"{n + 3} % {words}, {words} vielleicht {n}", None))
        for n, code in enumerate(codes)
    ]
    told = ("витрати на греблю зросли в 6 разів, і поромники можуть лишитися без роботи", "витрати на греблю зросли вп'ятеро")
    pages += [spoken_page(f"weir{n}.txt", "uk", f"2031-03-0{n}", ("Ада Пелл", words, None)) for n, words in enumerate(told, 1)]
    with open_store(path) as store, store.writing() as connection:
        rows = write.add(connection, map(with_figures, pages)).articles
        corpus.update(connection, rows)
        held = groups.statements_of(connection, rows)
        groups.put_stories(connection, {"00000000000000aa": rows[: len(codes)], "00000000000000ab": rows[len(codes) :]})
        said = {"00000000000000bb": held[: len(codes)], "00000000000000cc": held[len(codes) :]}
        actors = {key: items[0].actor for key, items in said.items()}
        before = {item.row: None for items in said.values() for item in items}
        groups.put_utterances(connection, {key: [item.row for item in items] for key, items in said.items()}, actors, before)
        groups.drop_empty(connection)
    with served(path) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; `make test` installs it where it is missing."""
    if not pathlib.Path(CHROMIUM).exists():
        pytest.fail(f"no browser {CHROMIUM}: run tools/system-packages.sh browser, or name one with ONRECORD_CHROMIUM")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page in a browser with JavaScript off."""
    with browser.new_context(java_script_enabled=False, viewport={"width": 1200, "height": 800}) as context:
        context.set_default_timeout(10_000)
        yield context.new_page()
