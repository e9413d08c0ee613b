"""Cheap vectors: looked up word by word."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.stages.static import Static, open_static

UKRAINIAN = ("Землетрус зруйнував сотні будинків на півдні країни", "Центральний банк підвищив облікову ставку")
ENGLISH = ("An earthquake destroyed hundreds of houses in the south of the country", "The central bank raised its interest rate")


@pytest.fixture(scope="module")
def static() -> Static:
    """The table of this process."""
    return open_static()


def test_a_translation_is_nearer_than_another_sentence(static: Static) -> None:
    """Each sentence is nearer to its translation than to the other one's."""
    uk, en = static.vectors(UKRAINIAN, ["uk", "uk"]), static.vectors(ENGLISH, ["en", "en"])
    assert (uk @ en.T).argmax(axis=1).tolist() == [0, 1]
    assert bool(np.allclose(np.linalg.norm(uk, axis=1), 1, atol=1e-5))


def test_a_vector_does_not_depend_on_its_neighbours(static: Static) -> None:
    """A text has the same vector alone and among others."""
    alone = static.vectors([UKRAINIAN[0]], ["uk"])[0]
    among = static.vectors([ENGLISH[0], UKRAINIAN[0], ""], ["en", "uk", "uk"])[1]
    assert float(np.abs(alone - among).max()) < 1e-3


def test_rare_words_say_more(static: Static) -> None:
    """A name that nobody knows says all, an article next to nothing; case changes little."""
    assert static.weigh("Hushchak") == 1.0 > static.weigh("bridge") > static.weigh("the") == 0.0


def test_no_texts_have_no_vectors(static: Static) -> None:
    """Of no texts there are no vectors; a language that nobody knows has some."""
    assert static.vectors([], []).shape == (0, static.hidden)
    assert static.vectors(["kuća"], ["xx"]).shape == (1, static.hidden)


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_has_a_vector(text: str) -> None:
    """Any text at all has a vector of finite numbers."""
    assert bool(np.isfinite(open_static().vectors([text], ["uk"])).all())
