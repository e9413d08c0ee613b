"""Opening a store: one SQLite file, checked before it is used.

A store that cannot be used as it is (of a later version, read-only, not ours, no database at all) is a StoreError that says what
to do. Readers see the last committed state while one writer writes (WAL); a writer takes its lock at once (BEGIN IMMEDIATE), so that
it waits for another writer instead of failing half-way.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import sqlite3
from collections.abc import Iterator

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from onrecord.errors import StoreError

HEAD = "0012"  # revision of the tables that this version reads and writes: the last one in migrations/versions
APPLICATION_ID = 0x6F6E7263  # "onrc", in the header of the file: tells our files from other SQLite databases
CACHE_KB = 32_000  # of pages: the indexes that one page touches lie all over a large store
LOCK_TIMEOUT_S = 60.0  # how long a writer waits for another one
CHECKPOINT_PAGES = 8_000  # of the log, about 32 MB, that a commit copies into the file: what pages one by one change again and again is copied once
WAL_PAGES = 16_000  # about 64 MB of write-ahead log; beyond it a writer that is done truncates it


class Store:
    """An open store. Every connection stands in a transaction that its `with` block owns: committed at its end, undone by an exception."""

    def __init__(self, engine: Engine, path: pathlib.Path, *, read_only: bool) -> None:
        self._engine = engine
        self.path = path
        self.read_only = read_only

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the store, whatever is written meanwhile."""
        with self._engine.connect() as connection:
            connection.execute(text("BEGIN"))
            try:
                yield connection
            finally:
                connection.rollback()

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that alone may write; other writers wait, readers do not."""
        if self.read_only:
            raise StoreError(f"{self.path} is read-only: change its permissions (and its folder's), or name another file with --db")
        with self._engine.connect() as connection:
            try:
                connection.execute(text("BEGIN IMMEDIATE"))
            except OperationalError as error:
                raise _explained(error, self.path) from error
            try:
                yield connection
                connection.commit()
            except OperationalError as error:
                connection.rollback()
                raise _explained(error, self.path) from error
            except BaseException:
                connection.rollback()
                raise
        self._keep_log_short()

    def _keep_log_short(self) -> None:
        """Truncate the write-ahead log when it has grown: constant readers otherwise let it grow without end."""
        log = self.path.with_name(self.path.name + "-wal")
        with contextlib.suppress(FileNotFoundError):
            if log.stat().st_size > WAL_PAGES * 4096:
                with self._engine.connect() as connection:
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(where: str | os.PathLike[str], *, create: bool = True) -> Store:
    """The store in a file (a path, or `sqlite:///path`), made where there is none unless `create` is False.

    StoreError where that cannot be, with what to do.
    """
    path = _path_of(where)
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file in it, such as {path / 'onrecord.sqlite'}")
    new = not path.exists() or path.stat().st_size == 0
    if new and not create:
        raise StoreError(f"there is no database {path}: make one with `onrecord add PATH… --db {path}`, or name another with --db")
    if new and not path.parent.is_dir():
        raise StoreError(f"there is no folder {path.parent}: make it first, or name another file with --db")
    read_only = not _writable(path)
    if new and read_only:
        raise StoreError(f"{path} cannot be made: its folder is read-only; name another file with --db")
    store = Store(_engine(path, read_only=read_only), path, read_only=read_only)
    try:
        _check(store, new=new)
    except BaseException:
        store.close()
        raise
    return store


def _path_of(where: str | os.PathLike[str]) -> pathlib.Path:
    name = os.fspath(where)
    if "://" not in name:
        return pathlib.Path(name)
    try:
        url = make_url(name)
    except ArgumentError as error:
        raise StoreError(f"{name!r} is no address of a database: write a path, or sqlite:///path") from error
    if url.get_backend_name() != "sqlite" or not url.database:
        raise StoreError(f"{url.render_as_string()!r}: this version keeps its store in SQLite; write a path, or sqlite:///path")
    return pathlib.Path(url.database)


def _writable(path: pathlib.Path) -> bool:
    """Whether file and folder may be written (SQLite needs the folder for its log)."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _engine(path: pathlib.Path, *, read_only: bool) -> Engine:
    if read_only:  # without a log that could be written, the file is read as it lies there
        query = {"mode": "ro", "uri": "true"} | ({} if os.access(path.parent, os.W_OK) else {"immutable": "1"})
        url = URL.create("sqlite", database=f"file:{path.resolve().as_posix().replace('?', '%3f').replace('#', '%23')}", query=query)
    else:
        url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, connect_args={"timeout": LOCK_TIMEOUT_S, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves: the driver would begin them late and deferred
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=NORMAL")  # in WAL nothing committed is lost to kill -9; measured 28 % faster than FULL
        connection.execute(f"PRAGMA cache_size=-{CACHE_KB}")
        if not read_only:
            connection.execute("PRAGMA journal_size_limit=67108864")
            connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")

    return engine


def _check(store: Store, *, new: bool) -> None:
    """Make the tables of a new file, bring an older file up to date, refuse what is not ours or of a later version."""
    try:
        revision = None if new else _revision(store)
        if revision is not None and revision > HEAD:
            raise StoreError(
                f"{store.path} was written by a later version of onrecord (tables {revision}, this version knows {HEAD}): "
                "install that version, or name another file with --db"
            )
        if revision != HEAD:
            if store.read_only:
                raise StoreError(f"{store.path} is of an earlier version and read-only: make it writable once, so that it can be brought up to date")
            _upgrade(store)
    except DatabaseError as error:
        raise _explained(error, store.path) from error


def _revision(store: Store) -> str:
    with store._engine.connect() as connection:
        names = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
        if not names:  # another process is making it at this moment, or has left it empty
            return "0000"
        ours = connection.scalar(text("PRAGMA application_id")) == APPLICATION_ID
        if not ours or "alembic_version" not in names:
            raise StoreError(f"{store.path} is a database of another program (it holds no onrecord tables): name another file with --db")
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "0000")


def _upgrade(store: Store) -> None:
    from alembic import command  # only where tables are made or changed: it takes a fifth of a second to import
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(pathlib.Path(__file__).parent / "migrations"))
    with store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")  # kept in the file
        connection.execute(text("BEGIN IMMEDIATE"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.commit()


def _explained(error: DatabaseError, path: pathlib.Path) -> StoreError:
    """What SQLite says, with what a person can do about it."""
    said = str(error.orig)
    advice = {
        "not a database": "is not a database of onrecord: name another file with --db",
        "malformed": "is damaged: restore it from a copy, or name another file with --db and add the pages again",
        "locked": f"is being written by another process for more than {LOCK_TIMEOUT_S:.0f} s: try again when it is done",
        "readonly": "is read-only: change its permissions (and its folder's), or name another file with --db",
        "unable to open": "cannot be opened: check that the path is right and its folder may be written",
        "full": "cannot be written: the disk is full; nothing that was stored is lost",
    }
    return StoreError(f"{path} " + next((words for key, words in advice.items() if key in said), f"cannot be used: {said}"))
