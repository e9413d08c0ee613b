"""The page of errors: every statement with its cause, and the causes by rule."""

from __future__ import annotations

import pathlib
import sys
from types import ModuleType

import pytest

from onrecord.evaluation import GoldArticle, GoldPerson, GoldSpeaker, GoldStatement
from onrecord.records import Kind, Speaker, Statement

TEXT = "One two three four, said Ada Pell. Five six seven eight nine ten, said Bo. Eleven twelve <b>thirteen</b>."
FIRST, SECOND = "One two three four", "Five six seven eight nine ten"
PELL, BO = Speaker("Ada Pell", (), (25, 33)), Speaker("Bo", (), (71, 73))

MARKED = """\
language: en
published: 2031-04-02
title: Bridge opens
per pell f: Ada Pell
per kass m: Bruno Kass
---
@headline Bridge opens in spring
@date April 2, 2031
{pell|Ada Pell} <1|said> that [1 pell|the bridge would open in spring].
Nobody laughed \\<loudly\\> at that. [2 kass|Lamps are next], {kass|Bruno Kass} <2|hinted>.
"""


def gold(*, required: bool = True) -> GoldArticle:
    """Two gold statements of TEXT, the second by somebody else."""
    one, two = (TEXT.index(words) for words in (FIRST, SECOND))
    statements = (
        GoldStatement("1", "indirect", ((one, one + len(FIRST)),), GoldSpeaker("pell", PELL.mention)),
        GoldStatement("2", "indirect", ((two, two + len(SECOND)),), GoldSpeaker("bo", BO.mention), (), required),
    )
    return GoldArticle("page.txt", "en", None, (), (GoldPerson("pell", ("Ada Pell",)), GoldPerson("bo", ("Bo",))), statements, TEXT)


def read(words: str, speaker: Speaker | None = PELL, kind: Kind = "indirect") -> Statement:
    """A statement that was read."""
    start = TEXT.index(words)
    return Statement(words, kind, "body", ((start, start + len(words)),), (), None, speaker, "en/rule", 0.5, unknown=None if speaker else "no subject")


@pytest.mark.parametrize(
    ("statement", "cause"),
    [
        (read(FIRST), "right"),
        (read("One two three"), "short"),
        (read(FIRST + ", said"), "long"),
        (read(FIRST, BO), "speaker"),
        (read(FIRST, None), "speaker"),
        (read("One two three", BO), "speaker"),
        (read(FIRST, kind="direct"), "kind"),
    ],
)
def test_causes(errors: ModuleType, statement: Statement, cause: str) -> None:
    """A statement is right, or wrong in its speaker, else its borders, else its kind; the one that was not read is missed."""
    rows = errors.rows_of(gold(), (statement,))
    assert [row.cause for row in rows] == [cause, "missed"]
    assert rows[0].rule == "en/rule"
    assert rows[0].gold == FIRST and rows[1].gold == SECOND
    assert cause not in errors.CAUSES or {row.cause for row in rows} <= set(errors.CAUSES)


def test_spurious_and_optional(errors: ModuleType) -> None:
    """What no gold statement is like is spurious; an optional gold statement that was not read is no row; rows are in order."""
    rows = errors.rows_of(gold(required=False), (read("Eleven twelve <b>thirteen"), read(FIRST)))
    assert [(row.cause, row.gold != "", row.read != "") for row in rows] == [("right", True, True), ("spurious", False, True)]


def test_causes_by_rule(errors: ModuleType) -> None:
    """Causes come in their order, each with its rules, most frequent first; a missed statement has no rule."""
    rows = errors.rows_of(gold(), (read(FIRST, BO),)) + errors.rows_of(gold(), (read(FIRST, BO), read("Eleven twelve")))
    assert errors.causes_of(rows) == [("missed", [("no rule", 2)]), ("spurious", [("en/rule", 1)]), ("speaker", [("en/rule", 2)])]


def test_the_page(errors: ModuleType, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder of marked articles becomes a page of HTML with every row, and what it prints is the table of causes."""
    folder, out = tmp_path / "set", tmp_path / "errors.html"
    folder.mkdir()
    (folder / "0010-bridge.txt").write_text(MARKED, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["errors.py", str(folder), "--out", str(out)])
    errors.main()
    page = out.read_text(encoding="utf-8")
    assert "<h1>set: what is wrong" in page
    assert "2 gold statements, 1 articles" in page
    assert "the bridge would open in spring" in page
    assert "&lt;loudly&gt;" in page and "<loudly>" not in page
    printed = capsys.readouterr().out
    assert "right" in printed and f"written: {out}" in printed
