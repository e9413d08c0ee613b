"""A real browser and a real server, on this machine only."""

from __future__ import annotations

import contextlib
import os
import pathlib
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

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
    from onrecord.sources.files import pages

    if not any(EXAMPLES.glob("*.txt")):
        pytest.skip("no examples yet")
    path = tmp_path_factory.mktemp("examples") / "demo.sqlite"
    with open_store(path) as store:
        add_pages(store, pages([EXAMPLES]))
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
