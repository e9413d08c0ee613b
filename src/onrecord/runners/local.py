"""The first pass over many pages on one machine: in this process, or in a pool of processes.

This is the one place where an unexpected exception is caught: it becomes a `Skipped` row "failed" that keeps the traceback, and the
rest of the run goes on.
"""

from __future__ import annotations

import collections
import itertools
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from onrecord import corpus
from onrecord.pipeline import read_page
from onrecord.records import Page, Reading, Skipped
from onrecord.settings import Settings
from onrecord.store import write
from onrecord.store.open import Store
from onrecord.store.records import Summary

Outcome = Reading | Skipped
ReadPage = Callable[[Page, Settings], Outcome]

CHUNK_PAGES = 8  # pages sent to a worker at once: few enough to keep memory bounded, enough to hide the cost of sending
CHUNKS_AHEAD = 4  # chunks a worker that may wait, read or unread
BATCH_PAGES = 64  # pages written in one transaction: a kill loses at most these, and they are read again in the next run


def read_pages(pages: Iterable[Page | Skipped], settings: Settings = Settings(), *, jobs: int = 1, read: ReadPage = read_page) -> Iterator[Outcome]:
    """What each page says, in the order of the pages; `Skipped` in, `Skipped` out. Pages are taken only as results are."""
    if jobs <= 1:
        return (_read_one(page, settings, read) for page in pages)
    return _read_in_pool(pages, settings, jobs, read)


def add_pages(
    store: Store,
    pages: Iterable[Page | Skipped],
    settings: Settings = Settings(),
    *,
    jobs: int = 1,
    read: ReadPage = read_page,
    progress: Callable[[Outcome], None] | None = None,
) -> Summary:
    """Read the pages, store what they say, and bring actors, stories and utterances up to date; `progress` is told of every page.

    Each batch of pages is one transaction with its second pass, so that whoever reads meanwhile, or after a kill, sees whole states.
    """
    summary = Summary()
    outcomes = read_pages(pages, settings, jobs=jobs, read=read)
    while batch := list(itertools.islice(outcomes, BATCH_PAGES)):
        with store.writing() as connection:
            added = write.add(connection, batch)
            corpus.update(connection, added.articles, settings)
        summary += added.summary
        for outcome in batch if progress else ():
            progress(outcome)  # type: ignore[misc]
    return summary


def _read_one(page: Page | Skipped, settings: Settings, read: ReadPage) -> Outcome:
    if isinstance(page, Skipped):
        return page
    try:
        return read(page, settings)
    except Exception:
        return Skipped(page.source, "read", "failed", traceback.format_exc())


def _read_chunk(pages: tuple[Page | Skipped, ...], settings: Settings, read: ReadPage) -> list[Outcome]:
    return [_read_one(page, settings, read) for page in pages]


def _read_in_pool(pages: Iterable[Page | Skipped], settings: Settings, jobs: int, read: ReadPage) -> Iterator[Outcome]:
    """Chunks of pages through a pool, results in order; a worker that dies takes only its own page with it."""
    waiting: collections.deque[tuple[tuple[Page | Skipped, ...], Future[list[Outcome]]]] = collections.deque()
    chunks = _chunks(pages)
    pool = ProcessPoolExecutor(jobs)
    try:
        while True:
            for chunk in itertools.islice(chunks, jobs * CHUNKS_AHEAD - len(waiting)):
                waiting.append((chunk, _submit(pool, chunk, settings, read)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                yield from _read_apart(chunk, settings, read)
                pool.shutdown(cancel_futures=True)
                pool = ProcessPoolExecutor(jobs)
                waiting = collections.deque((c, _submit(pool, c, settings, read)) for c, _ in waiting)
    finally:
        pool.shutdown(cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, chunk: tuple[Page | Skipped, ...], settings: Settings, read: ReadPage) -> Future[list[Outcome]]:
    """The chunk as work for the pool; a pool that is already broken says so when the result is asked for, like one that breaks later."""
    try:
        return pool.submit(_read_chunk, chunk, settings, read)
    except BrokenProcessPool as error:
        future: Future[list[Outcome]] = Future()
        future.set_exception(error)
        return future


def _read_apart(chunk: tuple[Page | Skipped, ...], settings: Settings, read: ReadPage) -> Iterator[Outcome]:
    """Each page of a chunk in a process of its own, so that the page that kills its reader is known."""
    for page in chunk:
        with ProcessPoolExecutor(1) as pool:
            try:
                yield pool.submit(_read_one, page, settings, read).result()
            except BrokenProcessPool:
                yield Skipped(page.source, "read", "failed", "the process that read this page died (out of memory?)")


def _chunks(pages: Iterable[Page | Skipped]) -> Iterator[tuple[Page | Skipped, ...]]:
    iterator = iter(pages)
    while chunk := tuple(itertools.islice(iterator, CHUNK_PAGES)):
        yield chunk
