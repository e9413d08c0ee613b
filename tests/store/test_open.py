"""A store that can be used is opened; one that cannot says why and what to do."""

from __future__ import annotations

import os
import pathlib
import sqlite3
import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from onrecord.errors import StoreError
from onrecord.store import query, tables, write
from onrecord.store.open import APPLICATION_ID, HEAD, open_store

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def test_migrations_make_the_tables_that_the_program_knows(store) -> None:
    """The tables that migrations make are those of tables.py, but for full-text search, which SQLAlchemy does not know."""
    with store.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": False}), tables.metadata)
    strange = [d for d in found if not (d[0] in ("remove_table", "remove_index") and ("search" in str(d[1]) or "article_terms" in str(d[1])))]
    assert strange == []


def test_a_store_of_an_earlier_version_is_brought_up_to_date(tmp_path: pathlib.Path) -> None:
    """A store of the first version keeps what it holds: actors stand as the scores' own, and offices are taken out of statements."""
    path = tmp_path / "old.sqlite"
    config = Config()
    config.set_main_option("script_location", str(pathlib.Path(tables.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql("INSERT INTO actors VALUES ('a', 'Ігор Галан', 'person', '{}')")
        connection.exec_driver_sql("INSERT INTO bearers VALUES (1, 'b', 'a', '{}')")
        connection.exec_driver_sql("INSERT INTO articles VALUES (1, 'x', 's', 'd', 't', 'uk', 'l', NULL, NULL, NULL, NULL, '[]', '[]', 2, NULL, NULL)")
        for row, bearer, payload in ((1, "1", '{"speaker": {"name": "Ігор Галан", "role": "мер"}}'), (2, "NULL", '{"speaker": null}')):
            connection.exec_driver_sql(f"INSERT INTO statements VALUES ({row}, 's{row}', 1, {row}, 'direct', NULL, 'w', {bearer}, 'a', NULL, ?)", (payload,))
    engine.dispose()
    with open_store(path) as store, store.reading() as connection:
        assert connection.exec_driver_sql("SELECT role, found, wrong FROM statements").all() == [("мер", None, 0), (None, "a", 0)]
        assert connection.exec_driver_sql("SELECT found FROM bearers").all() == [("a",)]


def test_paths_and_addresses_mean_the_same(tmp_path: pathlib.Path) -> None:
    """A path and a sqlite:/// address open the same file, and a second opening finds what is there."""
    path = tmp_path / "my store.sqlite"
    open_store(path).close()
    with open_store(f"sqlite:///{path}", create=False) as store:
        assert store.path == path


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("postgresql://host/db", "SQLite"),
        ("nonsense://", "sqlite:///path"),
        ("", "folder"),
        ("nowhere/at/all.sqlite", "there is no folder"),
    ],
)
def test_addresses_that_cannot_be_opened(where: str, message: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no path or address of SQLite is refused with what to write instead."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=message):
        open_store(where)


def test_a_store_that_is_not_there(tmp_path: pathlib.Path) -> None:
    """Reading from a store that does not exist says how to make one, and makes none."""
    with pytest.raises(StoreError, match="onrecord add"):
        open_store(tmp_path / "no.sqlite", create=False)
    assert not (tmp_path / "no.sqlite").exists()


def test_a_file_that_is_no_database(tmp_path: pathlib.Path) -> None:
    """A text file is not taken for a store, and stays as it is."""
    path = tmp_path / "notes.txt"
    path.write_text("these are my notes " * 100)
    with pytest.raises(StoreError, match="not a database of onrecord"):
        open_store(path)
    assert path.read_text() == "these are my notes " * 100


def test_a_database_of_another_program(tmp_path: pathlib.Path) -> None:
    """A database that holds other tables is not touched."""
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(path)


def test_a_database_of_a_later_version(tmp_path: pathlib.Path) -> None:
    """A store that a later version wrote is refused by name of both versions, and stays as it is."""
    path = tmp_path / "later.sqlite"
    open_store(path).close()
    with sqlite3.connect(path) as later:
        later.execute("UPDATE alembic_version SET version_num = '9999'")
    later.close()
    with pytest.raises(StoreError, match=f"9999.*{HEAD}"):
        open_store(path)


def test_a_damaged_database(tmp_path: pathlib.Path) -> None:
    """A file that opens like a store and is cut off is reported as damaged or foreign, without a traceback of the driver."""
    path = tmp_path / "cut.sqlite"
    open_store(path).close()
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreError):
        open_store(path)


@pytest.mark.skipif(AS_ROOT, reason="root may write everything")
def test_a_read_only_database_answers_and_takes_nothing(tmp_path: pathlib.Path, by_hand) -> None:
    """A store without permission to write can be asked, and says what to do when something is to be added."""
    path = tmp_path / "record.sqlite"
    with open_store(path) as store, store.writing() as connection:
        write.add(connection, by_hand.values())
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        check_read_only(path, len(by_hand))
    finally:
        tmp_path.chmod(0o755)


def test_a_read_only_file_system(tmp_path: pathlib.Path, by_hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where the system says that nothing may be written."""
    path = tmp_path / "record.sqlite"
    with open_store(path) as store, store.writing() as connection:
        write.add(connection, by_hand.values())
    monkeypatch.setattr("onrecord.store.open.os.access", lambda *_: False)
    check_read_only(path, len(by_hand))
    with pytest.raises(StoreError, match="cannot be made"):
        open_store(tmp_path / "new.sqlite")


def check_read_only(path: pathlib.Path, articles: int) -> None:
    with open_store(path) as store:
        with store.reading() as connection:
            assert query.counts(connection).articles == articles
        with pytest.raises(StoreError, match="read-only"), store.writing():
            pass


def test_readers_see_the_last_state_while_one_writes(store, by_hand) -> None:
    """Whoever reads while a batch is written sees what was there before it, and the batch as a whole afterwards."""
    with store.writing() as writer:
        write.add(writer, by_hand.values())
        with store.reading() as reader:
            assert query.counts(reader).articles == 0
    with store.reading() as reader:
        assert query.counts(reader).articles == len(by_hand)


KILLED = """
import os, signal, sys
from onrecord.records import Article, Reading, digest
from onrecord.store import write
from onrecord.store.open import open_store
store = open_store(sys.argv[1])
for number in range(1000):
    with store.writing() as connection:
        text = f"page {number}"
        write.add(connection, [Reading(Article(digest(text), text, text, "en", ()), (), (), ())])
        if number == 25:
            os.kill(os.getpid(), signal.SIGKILL)
    print(number, flush=True)
"""


def test_a_kill_loses_nothing_that_was_committed(tmp_path: pathlib.Path) -> None:
    """After kill -9 in the middle of a transaction the store holds every page whose transaction was over, and opens as ever."""
    path = tmp_path / "record.sqlite"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], capture_output=True, text=True, env=environment)
    assert killed.returncode == -9, killed.stderr
    with open_store(path) as store, store.reading() as connection:
        assert query.counts(connection).articles == len(killed.stdout.split()) == 25
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
