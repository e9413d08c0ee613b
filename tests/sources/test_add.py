"""Sources as a person adds them on the command line."""

from __future__ import annotations

import gzip
import json
import pathlib

import pytest
from tests.sources.conftest import Reply, Site
from tests.sources.test_crawls import record
from typer.testing import CliRunner, Result

from onrecord import cli
from onrecord.errors import OnRecordError


def run(*arguments: str | pathlib.Path, db: pathlib.Path) -> Result:
    """Run a command in this process; an OnRecordError stays what it is."""
    return CliRunner().invoke(cli.app, [*map(str, arguments), "--db", str(db)], env={"COLUMNS": "200", "NO_COLOR": "1"})


def test_add_takes_a_crawl(tmp_path: pathlib.Path) -> None:
    """A crawl is added with its addresses; what is skipped is counted by reason, and a second run reads nothing again."""
    text = b"<!DOCTYPE html><title>Bridge</title><p>The bridge will open in May, Anna Lind said on Monday. They met on Tuesday.</p>"
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(record(1, text) + b"stray\r\n\r\n" + record(2, status="404 Not Found") + record(3, text)))
    for expected in ("2 added, 0 changed, 0 unchanged", "0 added, 0 changed, 2 unchanged"):
        result = run("add", tmp_path / "a.warc.gz", "--fast", db=tmp_path / "a.sqlite")
        assert result.exit_code == 0 and expected in result.output and "2 skipped: broken 1, status 1" in result.output


def test_add_of_a_file_that_is_cut(tmp_path: pathlib.Path) -> None:
    """What can be read of a file that was named and is cut is added, and exit code 1 says that there is something to mend."""
    rows = "\n".join(json.dumps({"text": f"The bridge will open in May {year}, Anna Lind said on Monday.", "id": year}) for year in range(2031, 2060))
    data = gzip.compress(rows.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(data[: len(data) // 2])
    result = run("add", tmp_path / "a.jsonl.gz", "--fast", db=tmp_path / "a.sqlite")
    assert result.exit_code == 1 and "truncated 1" in result.output and "0 added" not in result.output


def test_how_far_it_is_is_said_where_no_terminal_shows_it(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Now and then a line says how many pages were read, and what share of the bytes."""
    monkeypatch.setattr(cli, "TOLD_S", 0.0)
    (tmp_path / "a.jsonl").write_text('{"text": "The bridge will open in May, Anna Lind said on Monday."}\n' * 2)
    assert "2 pages, 100 %" in run("add", tmp_path / "a.jsonl", "--fast", db=tmp_path / "a.sqlite").stderr


def test_a_wrong_map_is_wrong_before_anything_is_read(tmp_path: pathlib.Path) -> None:
    """A map that names no field is refused with those that there are."""
    (tmp_path / "a.csv").write_text("words\nText.\n")
    result = run("add", tmp_path / "a.csv", "--map", "texts=words", db=tmp_path / "a.sqlite")
    assert isinstance(result.exception, OnRecordError) and "text html url" in str(result.exception)


def test_watch_adds_what_is_new(site: Site, tmp_path: pathlib.Path) -> None:
    """A look at a feed adds its pages, the next one nothing but what is new; hosts of this machine have to be allowed."""
    page = b"<!DOCTYPE html><title>Bridge</title><p>The bridge will open in May, Anna Lind said on Monday. They met on Tuesday."
    items = "".join(f"<item><link>{site.url}/{number}</link></item>" for number in range(2))
    site.replies |= {"/feed": Reply(f"<rss version='2.0'><channel>{items}</channel></rss>".encode()), "/0": Reply(page), "/1": Reply(page)}
    look = ("watch", "--once", "--fast", "--delay", "0", f"{site.url}/feed")
    assert run(*look, db=tmp_path / "a.sqlite").exit_code == 1 and not site.asked
    allowed = (*look, "--allow-host", "127.0.0.1")
    assert "2 added" in run(*allowed, db=tmp_path / "a.sqlite").output
    assert "0 added, 0 changed, 2 unchanged" in run(*allowed, db=tmp_path / "a.sqlite").output and site.paths().count("/0") == 1
