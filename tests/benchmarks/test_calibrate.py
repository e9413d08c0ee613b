"""How sure each rule is: what is counted, and the file that comes of it."""

from __future__ import annotations

import pathlib
import sys
import tomllib
from types import ModuleType

import pytest

from onrecord.evaluation import read_gold
from onrecord.knowledge import confidence

RIGHT = """\
language: en
per pell f: Ada Pell
per kass m: Bruno Kass
---
@headline Bridge opens in spring
{pell|Ada Pell} <1|said> that [1 pell|the bridge would open in spring].
"[2 kass|We have waited eleven years for this bridge]," <2|said> {kass|Bruno Kass}.
"""
QUOTED = '"We have waited eleven years for this bridge," said '
WRONG = RIGHT.replace("[1 pell|", "[1 kass|").replace('"[2 kass|We have waited eleven years for this bridge]," <2|said> ', QUOTED)


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    """An article that is read right, one whose gold differs, and one that the tagger is trained on."""
    made = tmp_path / "gold"
    made.mkdir()
    for name, text in (("0010-right.txt", RIGHT), ("0020-wrong.txt", WRONG), ("0021-training.txt", WRONG)):
        (made / name).write_text(text, encoding="utf-8")
    return made


def test_what_is_judged(calibrate: ModuleType, folder: pathlib.Path) -> None:
    """Every statement that is read counts with its rule: right where gold has it with this speaker, wrong where it has not."""
    right, wrong = (list(calibrate.judged(article, "fast")) for article in read_gold(folder))
    assert sorted((rule, was) for rule, _, was in right) == [("cue-clause", True), ("quotation-cue-speaker", True)]
    assert sorted((rule, was) for rule, _, was in wrong) == [("cue-clause", False), ("quotation-cue-speaker", False)]
    assert all(0 <= sure <= 1 for _, sure, _ in right + wrong)


def test_a_page_that_is_skipped_is_not_judged(calibrate: ModuleType, folder: pathlib.Path) -> None:
    """A page that yields no reading counts nothing."""
    article = read_gold(folder)[0]
    assert list(calibrate.judged(type(article)("empty.txt", "en", None, (), (), (), " "), "fast")) == []


def test_what_is_written_is_what_is_read(
    calibrate: ModuleType, folder: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file holds a share for each rule and reader, drawn towards the mean, and the package reads it; without --write none is made."""
    written = tmp_path / "confidence.toml"
    monkeypatch.setattr(confidence, "FILE", written)
    monkeypatch.setattr(sys, "argv", ["calibrate.py", str(folder)])
    calibrate.main()
    assert not written.exists()
    monkeypatch.setattr(sys, "argv", ["calibrate.py", str(folder), "--write"])
    calibrate.main()
    assert "fast: 4 statements, 0.500 right" in capsys.readouterr().out
    shares = tomllib.loads(written.read_text(encoding="utf-8"))
    assert shares.keys() == {"fast", "thorough"}
    assert shares["fast"] == {"cue-clause": 0.5, "quotation-cue-speaker": 0.5}
    confidence.shares.cache_clear()
    try:
        assert confidence.confidence("fast", "uk/cue-clause") == 0.5
    finally:
        confidence.shares.cache_clear()
