"""Spans of a cleaned text are found in its source, and back."""

from __future__ import annotations

import pytest

from onrecord.alignment import Alignment

# "Ruth & Sons agreed" out of "<b>Ruth</b> &amp; Sons   agreed": the blanks of cleaning are covered by no run
SOURCE = "<b>Ruth</b> &amp; Sons   agreed"
ALIGNMENT = Alignment(((0, 3, 4, 4), (5, 12, 1, 5), (7, 18, 4, 4), (12, 25, 6, 6)))


@pytest.mark.parametrize(
    ("span", "expected"),
    [((0, 4), ["Ruth"]), ((2, 6), ["th", "&amp;"]), ((5, 6), ["&amp;"]), ((4, 5), []), ((8, 14), ["ons", "ag"]), ((0, 0), []), ((90, 99), [])],
)
def test_spans_in_the_source(span: tuple[int, int], expected: list[str]) -> None:
    """A span of the text is what stands for it in the source, an entity as a whole, white space of cleaning nowhere."""
    assert [SOURCE[a:b] for a, b in ALIGNMENT.source(*span)] == expected


@pytest.mark.parametrize(("span", "expected"), [((0, 3), None), ((3, 7), (0, 4)), ((5, 14), (2, 6)), ((20, 27), (9, 14))])
def test_spans_of_the_text(span: tuple[int, int], expected: tuple[int, int] | None) -> None:
    """A span of the source is the stretch of the text that comes from it, None where nothing does."""
    assert ALIGNMENT.text(*span) == expected


def test_what_adjoins_is_one() -> None:
    """Runs that adjoin in the source are one span there."""
    assert Alignment(((0, 10, 2, 2), (2, 12, 3, 3))).source(1, 4) == ((11, 14),)


def test_stretches_hold_every_run() -> None:
    """The source is kept as far as the text comes from it, with a little around, in its own order, far-off runs apart."""
    source = "<p>One</p>" + "x" * 1_000 + "<p>Two</p>"
    two = source.index("Two")
    kept = Alignment(((0, two, 3, 3), (5, 3, 3, 3))).stretches(source)
    assert [source[start : start + len(text)] for start, text in kept] == [text for _, text in kept]
    assert len(kept) == 2 and kept[0][0] == 0 and "One" in kept[0][1] and kept[1][1].endswith("Two</p>") and len(kept[1][1]) < 300
    assert Alignment().stretches(source) == ()
