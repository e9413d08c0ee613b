"""The first pass over many pages on one machine: in this process, or in a pool of processes.

This is the one place where an unexpected exception is caught: it becomes a `Skipped` row "failed" that keeps the traceback, and the
rest of the run goes on.
"""

from __future__ import annotations

import collections
import gc
import itertools
import pathlib
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import msgspec

from onrecord import corpus
from onrecord.pipeline import read_page
from onrecord.records import Known, Page, Reading, Seen, Skipped, digest
from onrecord.settings import Settings
from onrecord.stages.markup.entries import entries
from onrecord.store import groups, lines, seen, write
from onrecord.store.open import Store
from onrecord.store.records import Summary

Outcome = Reading | Skipped
Passed = Skipped | Known | Seen  # what goes by unread
ReadPage = Callable[[Page, Settings], Outcome]

CHUNK_PAGES = 8  # pages sent to a worker at once: few enough to keep memory bounded, enough to hide the cost of sending
CHUNKS_AHEAD = 4  # chunks a worker that may wait, read or unread
BATCH_PAGES = 128  # pages, and what to remember of them, written in one transaction: a kill loses at most these, and they are read again
LINKED_PAGES = 512  # that `link_pages` writes in one transaction: an eighth cheaper each than by 128
BATCH_S = 10.0  # after which a transaction is written with fewer: pages that are fetched come slowly
PACKAGE = pathlib.Path(__file__).parents[1]
READER_FILES = ("pipeline.py", "plain.py", "records.py", "tokens.py", "stages", "knowledge")  # of the package: what a reading depends on


def read_pages(pages: Iterable[Page | Skipped], settings: Settings = Settings(), *, jobs: int = 1, read: ReadPage = read_page) -> Iterator[Outcome]:
    """What each page says, in the order of the pages; `Skipped` in, `Skipped` out. Pages are taken only as results are.

    The entries of a live blog are read one by one, each with an outcome of its own.
    """
    for outcome in _read(pages, settings, jobs, read):
        if isinstance(outcome, Reading | Skipped):
            yield outcome


def _read(pages: Iterable[Page | Passed], settings: Settings, jobs: int, read: ReadPage) -> Iterator[Reading | Passed]:
    parts = (part for page in pages for part in (entries(page) if isinstance(page, Page) else (page,)))
    if jobs <= 1:
        return (_read_one(page, settings, read) for page in parts)
    return _read_in_pool(parts, settings, jobs, read)


def add_pages(
    store: Store,
    pages: Iterable[Page | Passed],
    settings: Settings = Settings(),
    *,
    jobs: int = 1,
    read: ReadPage = read_page,
    progress: Callable[[Outcome | Known], None] | None = None,
    again: bool = False,
    later: bool = False,
) -> Summary:
    """Read the pages, store what they say, and bring actors, stories and utterances up to date; `progress` is told of every page.

    `later`: these are left for `link_pages`. What was left before is linked first, unless it is to wait as well.

    A page that was read before, by this version with these settings, is not read again unless `again` says so. What whole outlets repeat on
    the pages that are on record already is read as junk; the pages of this run are counted for the next one, and what is learned
    is no reason to read what was read. Each batch of pages is one transaction with its second pass, so that whoever reads meanwhile, or
    after a kill, sees whole states.
    """
    summary, reader = Summary(), _reader(settings, read)
    with store.reading() as connection:
        learned = lines.repeated(connection).union(settings.repeated)
    settings = msgspec.structs.replace(settings, repeated=tuple(sorted(learned)))
    if not later:
        link_pages(store, settings)
    recent: dict[str, Seen] = {}
    outcomes = _read(_unread(pages, store, reader, recent, again=again), settings, jobs, read)
    while batch := _batch(outcomes):
        with store.writing() as connection:
            added = write.add(connection, batch)
            if not later:
                corpus.update(connection, added.articles, settings, read=added.readings)
            lines.learn(connection, added.articles)
        summary += added.summary
        for outcome in batch:
            if isinstance(outcome, Seen):
                if recent.get(outcome.source) == outcome:
                    del recent[outcome.source]
            elif progress:
                progress(outcome)
    return summary


def link_pages(store: Store, settings: Settings = Settings(), *, progress: Callable[[int], None] | None = None) -> int:
    """Bring actors, stories and utterances up to date with the articles that the second pass has not read; how many these were.

    Each batch is a transaction, so that a kill loses at most one; `progress` is told of each batch how many articles it had.
    """
    done = 0
    while True:
        with store.reading() as connection:
            rows = groups.untold(connection, LINKED_PAGES)
        if not rows:
            return done
        with store.writing() as connection:
            corpus.update(connection, rows, settings)
        done += len(rows)
        if progress:
            progress(len(rows))


def _batch(outcomes: Iterator[Reading | Passed]) -> list[Reading | Passed]:
    """Outcomes for one transaction."""
    end = time.monotonic() + BATCH_S
    batch: list[Reading | Passed] = []
    for outcome in outcomes:
        batch.append(outcome)
        if len(batch) >= BATCH_PAGES or time.monotonic() > end:
            break
    return batch


def _unread(pages: Iterable[Page | Passed], store: Store, reader: str, recent: dict[str, Seen], *, again: bool) -> Iterator[Page | Passed]:
    """The pages, those that were read before or are older than what was read as `Known`; each other one followed by what to remember of it.

    `recent` is filled with what is to be remembered; who has stored it takes it out. `again`: only what is not stored yet is passed over.
    """
    for page in pages:
        if not isinstance(page, Page):
            yield page
            continue
        stamp = digest(reader, *map(str, msgspec.structs.astuple(msgspec.structs.replace(page, fetched=None))))
        here = recent.get(page.source)
        held = here or seen.recall(store, page.source)
        if held and ((held.stamp == stamp and (here or not again)) or (page.fetched and held.stamp and held.fetched and page.fetched < held.fetched)):
            yield Known(page.source)
            continue
        recent[page.source] = Seen(page.source, stamp, page.fetched)
        yield page
        yield recent[page.source]


def _reader(settings: Settings, read: ReadPage) -> str:
    """What a reading depends on beside its page: the settings, and the reader by the files of the package that it is made of."""
    files = [file for name in READER_FILES for file in sorted((PACKAGE / name).rglob("*") if (PACKAGE / name).is_dir() else [PACKAGE / name])]
    stats = [(file, file.stat()) for file in files if file.is_file() and file.suffix != ".pyc"]
    made = [f"{file.relative_to(PACKAGE)} {stat.st_size} {stat.st_mtime_ns}" for file, stat in stats]
    return digest(str(settings), f"{read.__module__}.{read.__qualname__}", *made)


def _read_one(page: Page | Passed, settings: Settings, read: ReadPage) -> Reading | Passed:
    if not isinstance(page, Page):
        return page
    try:
        return read(page, settings)
    except Exception:
        return Skipped(page.source, "read", "failed", traceback.format_exc())


def _read_chunk(pages: tuple[Page | Passed, ...], settings: Settings, read: ReadPage) -> list[Reading | Passed]:
    return [_read_one(page, settings, read) for page in pages]


def _read_in_pool(pages: Iterable[Page | Passed], settings: Settings, jobs: int, read: ReadPage) -> Iterator[Reading | Passed]:
    """Chunks of pages through a pool, results in order; a worker that dies takes only its own page with it."""
    waiting: collections.deque[tuple[tuple[Page | Passed, ...], Future[list[Reading | Passed]]]] = collections.deque()
    chunks = _chunks(pages)
    pool = _pool(jobs)
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
                pool = _pool(jobs)
                waiting = collections.deque((c, _submit(pool, c, settings, read)) for c, _ in waiting)
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that look for garbage as seldom as this one."""
    return ProcessPoolExecutor(jobs, initializer=gc.set_threshold, initargs=gc.get_threshold())


def _submit(pool: ProcessPoolExecutor, chunk: tuple[Page | Passed, ...], settings: Settings, read: ReadPage) -> Future[list[Reading | Passed]]:
    """The chunk as work for the pool; a pool that is already broken says so when the result is asked for, like one that breaks later."""
    try:
        return pool.submit(_read_chunk, chunk, settings, read)
    except BrokenProcessPool as error:
        future: Future[list[Reading | Passed]] = Future()
        future.set_exception(error)
        return future


def _read_apart(chunk: tuple[Page | Passed, ...], settings: Settings, read: ReadPage) -> Iterator[Reading | Passed]:
    """Each page of a chunk in a process of its own, so that the page that kills its reader is known."""
    for page in chunk:
        with ProcessPoolExecutor(1) as pool:
            try:
                yield pool.submit(_read_one, page, settings, read).result()
            except BrokenProcessPool:
                yield Skipped(page.source, "read", "failed", "the process that read this page died (out of memory?)")


def _chunks(pages: Iterable[Page | Passed]) -> Iterator[tuple[Page | Passed, ...]]:
    iterator = iter(pages)
    while chunk := tuple(itertools.islice(iterator, CHUNK_PAGES)):
        yield chunk
