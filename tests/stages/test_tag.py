"""The tagger's words, features and tags, and what is decoded from them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.stages import tag
from onrecord.stages.decode import decode

PAGE = """Council to reopen the old tram line

The tram line to Harrow Wells will run again from June, mayor Edda Quill said on Tuesday.

"We have waited eleven years, and that is long enough," Quill told reporters. She added that the fare would stay at two crowns.
"""


def lines(text: str) -> list[tuple[int, int]]:
    """The lines of a text that hold something."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found


@pytest.fixture(scope="module")
def tags() -> tag.Tags:
    """What the tagger says of PAGE."""
    return tag.tag(PAGE, lines(PAGE), tag.open_tagger())


def test_words_hold_apostrophes_and_hyphens() -> None:
    """Apostrophes and hyphens inside a word belong to it; other marks are words of their own."""
    words = tag.find_words("Д’Артаньян, прем'єр-міністр: «Ні»", [(0, 33)])
    text = "Д’Артаньян, прем'єр-міністр: «Ні»"
    assert [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == ["Д’Артаньян", ",", "прем'єр-міністр", ":", "«", "Ні", "»"]


def test_rows_are_probabilities(tags: tag.Tags) -> None:
    """Every head gives each word a row that sums to one."""
    for head, names in tag.LABELS.items():
        table = getattr(tags, head)
        assert table.shape == (len(tags.starts), len(names))
        assert bool(np.allclose(table.sum(axis=1), 1, atol=1e-5))


def test_pointers_are_probabilities(tags: tag.Tags) -> None:
    """A pointer's chances over the words of its chunk and none sum to one."""
    for name in tag.POINTERS:
        first, chances = tags.points(name, 7)
        assert first == 0
        assert len(chances) == len(tags.starts) + 1
        assert float(chances.sum()) == pytest.approx(1, abs=1e-4)


def test_a_plain_page_is_read(tags: tag.Tags) -> None:
    """A quotation with its cue and a clause after a cue are found whole, with who says them."""
    found = {PAGE[slice(*f.content[0])]: f for f in decode(PAGE, tags)}
    quotation = found["We have waited eleven years, and that is long enough"]
    clause = found["the fare would stay at two crowns"]
    assert quotation.kind == "direct"
    assert clause.kind == "indirect"
    assert quotation.mention is not None and PAGE[slice(*quotation.mention)] == "Quill"
    assert clause.cue is not None and PAGE[slice(*clause.cue)] == "added"


def test_the_same_page_has_the_same_tags(tags: tag.Tags) -> None:
    """Reading a page again changes no probability."""
    again = tag.tag(PAGE, lines(PAGE), tag.open_tagger())
    assert all(bool(np.array_equal(getattr(tags, head), getattr(again, head))) for head in tag.LABELS)


def test_nothing_to_read_has_no_tags() -> None:
    """Of no stretches there are no words, and nothing is said in them."""
    tags = tag.tag("abc", [], tag.open_tagger())
    assert len(tags.starts) == 0
    assert decode("abc", tags) == ()


def test_a_long_page_is_read_in_chunks() -> None:
    """A page longer than the heads see at once has a tag for each of its words."""
    text = "\n".join(["The mayor said that it was late, and went home with a friend."] * 120)
    tags = tag.tag(text, lines(text), tag.open_tagger())
    assert len(tags.starts) == 120 * 15
    assert len(tags.chunks) > 1


@given(st.text(alphabet="ab Яж.,:;«»„“”\"'-–—\n(!)\u200b\ud800½", max_size=400), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_any_text_yields_spans_inside_it(text: str, cut: int) -> None:
    """Whatever the text, statements lie inside the stretches that were read."""
    spans = lines(text)[cut:]
    for found in decode(text, tag.tag(text, spans, tag.open_tagger())):
        for a, b in [*found.content, *(s for s in (found.cue, found.mention) if s)]:
            assert 0 <= a < b <= len(text)
            assert text[a:b].strip()
