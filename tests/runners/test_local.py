"""The runner maps the first pass over pages, in order, whatever a page does to it."""

from __future__ import annotations

import functools
import gc
import os
import pathlib
import signal
from collections.abc import Iterator

import pytest

from onrecord.records import Article, Page, Reading, Skipped, digest
from onrecord.runners.local import CHUNK_PAGES, CHUNKS_AHEAD, add_pages, link_pages, read_pages
from onrecord.settings import Settings
from onrecord.sources import inputs
from onrecord.store import query
from onrecord.store.export import stories_json
from onrecord.store.open import Store, open_store

EXAMPLES = pathlib.Path(__file__).parents[2] / "examples"


def read(page: Page, settings: Settings) -> Reading | Skipped:
    """A stand-in for the first pass that does what the page says."""
    if page.text == "fail":
        raise ValueError("no such luck")
    if page.text == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if page.text == "skip":
        return Skipped(page.source, "clean", "no-article")
    return Reading(Article(digest(page.source, page.text), page.source, page.text, settings.language or "en", ()), (), (), ())


def some(*texts: str) -> list[Page | Skipped]:
    return [Page(f"page {number}", text) for number, text in enumerate(texts)]


def reasons(outcomes: Iterator[Reading | Skipped]) -> list[str]:
    return [outcome.reason if isinstance(outcome, Skipped) else outcome.article.text for outcome in outcomes]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_pages(jobs: int) -> None:
    """Results stand in the order of the pages, failures and pages that a source skipped in their places, with one process or two."""
    pages = [*some("a", "fail", "skip", *map(str, range(40))), Skipped("photo", "files", "binary")]
    assert reasons(read_pages(pages, jobs=jobs, read=read)) == ["a", "failed", "no-article", *map(str, range(40)), "binary"]


def test_a_failure_keeps_its_traceback() -> None:
    """An exception becomes a skipped page that says where it came from."""
    (failed,) = read_pages(some("fail"), read=read)
    assert isinstance(failed, Skipped) and failed.stage == "read" and "no such luck" in failed.detail and "Traceback" in failed.detail


def test_a_page_that_kills_its_process_takes_no_other_with_it() -> None:
    """When a process dies over a page, that page is counted as failed, and every other one is read."""
    found = reasons(read_pages(some("a", "b", "die", "c", *map(str, range(20))), jobs=2, read=read))
    assert found == ["a", "b", "failed", "c", *map(str, range(20))]


@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_are_taken_only_as_results_are(jobs: int) -> None:
    """A source of endless pages is read no further than the results that were asked for, and a bounded number ahead."""
    taken = 0

    def endless() -> Iterator[Page]:
        nonlocal taken
        while True:
            taken += 1
            yield Page(f"page {taken}", "text")

    results = read_pages(endless(), jobs=jobs, read=read)
    for _ in range(3):
        next(results)
    assert taken <= 3 + jobs * CHUNKS_AHEAD * CHUNK_PAGES
    results.close()  # type: ignore[attr-defined]


def test_settings_reach_the_workers() -> None:
    """What was chosen for the run holds in the processes of the pool."""
    (reading,) = read_pages(some("a"), Settings(language="uk"), jobs=2, read=read)
    assert isinstance(reading, Reading) and reading.article.language == "uk"


def test_adding_pages_stores_them_once(tmp_path) -> None:
    """Pages are read, stored and reported; a second run changes nothing."""
    pages = some("a", "fail", "skip", "b")
    seen: list[Reading | Skipped] = []
    with open_store(tmp_path / "record.sqlite") as store:
        first = add_pages(store, pages, read=read, progress=seen.append)
        assert (first.added, first.skipped, len(seen)) == (2, {"failed": 1, "no-article": 1}, 4)
        second = add_pages(store, pages, read=read)
        assert (second.added, second.changed, second.unchanged) == (0, 0, 2)
        with store.reading() as connection:
            assert query.counts(connection).articles == 2 and query.counts(connection).skipped == 2


def linked(store: Store) -> tuple[bytes, int]:
    """Stories and utterances as they are exported, and how many statements are found."""
    with store.reading() as connection:
        return stories_json(connection), len(query.said(connection, None))


def test_linking_may_wait(tmp_path: pathlib.Path) -> None:
    """Pages that are added first and linked later, of their own accord or by the next run, come to the same record as pages added at once."""
    pages = list(inputs.pages(inputs.expanded([str(EXAMPLES)])))
    with open_store(tmp_path / "once.sqlite") as store:
        count = add_pages(store, pages).added
        once = linked(store)
    with open_store(tmp_path / "later.sqlite") as store:
        add_pages(store, pages, later=True)
        waiting = linked(store)
        assert waiting[0] != once[0] and waiting[1] == once[1] > 0
        told: list[int] = []
        assert link_pages(store, progress=told.append) == sum(told) == count > 9 and link_pages(store) == 0
        assert linked(store) == once
    with open_store(tmp_path / "next.sqlite") as store:
        add_pages(store, pages[:9], later=True)
        add_pages(store, pages[9:])
        assert linked(store) == once


def counted(store: Store, pages: list[Page | Skipped], settings: Settings = Settings()) -> tuple[tuple[int, int, int, int], list[str]]:
    """Added, changed, unchanged and skipped, and the texts that were read for it."""
    texts: list[str] = []

    def noting(page: Page, settings: Settings) -> Reading | Skipped:
        texts.append(page.text)
        return read(page, settings)

    done = add_pages(store, pages, settings, read=noting)
    return (done.added, done.changed, done.unchanged, sum(done.skipped.values())), texts


def test_what_was_read_before_is_not_read_again(tmp_path: pathlib.Path) -> None:
    """A page is read again only where it, the settings or the last reading of it failed; it is counted all the same."""
    with open_store(tmp_path / "record.sqlite") as store:
        assert counted(store, some("a", "skip", "fail", "b")) == ((2, 0, 0, 2), ["a", "skip", "fail", "b"])
        assert counted(store, some("a", "skip", "fail", "c")) == ((0, 1, 1, 2), ["fail", "c"])
        assert counted(store, some("a", "skip"), Settings(language="uk")) == ((0, 1, 0, 1), ["a", "skip"])


def test_the_latest_capture_counts(tmp_path: pathlib.Path) -> None:
    """Of several captures of one address the latest is on record, in whatever order they come, and a second run changes nothing."""
    captures: list[Page | Skipped] = [Page("https://a.example/", f"text of {day}", fetched=day) for day in ("2031-02", "2031-03", "2031-01")]
    with open_store(tmp_path / "record.sqlite") as store:
        assert counted(store, captures) == ((1, 1, 1, 0), ["text of 2031-02", "text of 2031-03"])
        assert counted(store, captures) == ((0, 0, 3, 0), [])
        with store.reading() as connection:
            (line,) = query.articles(connection)
            view = query.article(connection, line.id)
            assert view is not None and view.reading.article.text == "text of 2031-03"


def test_what_is_remembered_without_a_bound_does_not_grow_with_pages(tmp_path: pathlib.Path) -> None:
    """Caches without a bound hold what there is of languages and settings; other pages of the same kind leave them as they are."""
    names = ("Ада Пелл", "Борис Коваль", "Віра Стець", "Гліб Ярема", "Дана Лобода", "Євген Мороз")
    told = "<!DOCTYPE html><title>Міст {0}</title><article><h1>Міст {0} закриють</h1><p>{1} сказав 3 квітня, що {0} мостів закриють до зими.</p>"
    pages = [Page(f"https://visti.example/{n}", told.format(n, name), url=f"https://visti.example/{n}", media="html") for n, name in enumerate(names)]

    def held() -> dict[str, int]:
        caches = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]
        return {repr(one): one.cache_info().currsize for one in caches if one.cache_info().maxsize is None}

    with open_store(tmp_path / "record.sqlite") as store:
        assert add_pages(store, pages[:3]).added == 3
        before = held()
        assert add_pages(store, pages[3:]).added == 3
    assert before and {name: size for name, size in held().items() if size != before.get(name)} == {}
