"""How sure a rule is, as measured and written down."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from onrecord.errors import KnowledgeError
from onrecord.knowledge import confidence


@pytest.fixture
def file(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pathlib.Path]:
    """A file of shares to write in place of the one that ships."""
    path = tmp_path / "confidence.toml"
    monkeypatch.setattr(confidence, "FILE", path)
    confidence.shares.cache_clear()
    yield path
    confidence.shares.cache_clear()


def test_a_rule_has_its_share(file: pathlib.Path) -> None:
    """A rule is as sure as its reader's table says, whatever the language; one that the table does not know is at the middle."""
    file.write_text('[fast]\n"cue-clause" = 0.9\n"cue-clause/thought" = 0.4\n[thorough]\n"cue-clause+tagger" = 1\n', encoding="utf-8")
    assert confidence.confidence("fast", "uk/cue-clause") == confidence.confidence("fast", "en/cue-clause") == 0.9
    assert confidence.confidence("fast", "uk/cue-clause/thought") == 0.4
    assert confidence.confidence("thorough", "de/cue-clause+tagger") == 1.0
    assert confidence.confidence("thorough", "de/cue-clause") == confidence.UNKNOWN
    assert confidence.confidence("slow", "de/cue-clause") == confidence.UNKNOWN


@pytest.mark.parametrize("content", [None, "[fast", "fast = 1\n", '[fast]\n"cue-clause" = "much"\n'])
def test_a_file_that_is_wrong_is_named(file: pathlib.Path, content: str | None) -> None:
    """A file that is missing, does not parse, or holds no shares is an error with its path and how to write it anew."""
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"confidence\.toml: .*benchmarks/calibrate\.py"):
        confidence.confidence("fast", "uk/cue-clause")


@pytest.mark.skipif(not confidence.FILE.exists(), reason="benchmarks/calibrate.py has not been run yet")
def test_the_file_that_ships() -> None:
    """The shares that ship are shares, for both readers."""
    shares = confidence.shares()
    assert shares.keys() == {"fast", "thorough"}
    assert all(0 <= share <= 1 for rules in shares.values() for share in rules.values())
