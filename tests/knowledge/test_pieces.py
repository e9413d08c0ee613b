"""Words cut into the pieces of the encoder's vocabulary."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge.pieces import Vocabulary
from onrecord.knowledge.weights import open_weights


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """All pieces of the encoder."""
    return Vocabulary(open_weights())


@given(word=st.text(max_size=30))
@settings(max_examples=80, deadline=None)
def test_a_word_has_the_pieces_that_it_has_in_a_text(vocabulary: Vocabulary, word: str) -> None:
    """Any text cut once has the pieces that it has where they are remembered with their places."""
    assert vocabulary.pieces(word) == vocabulary.tokens(word).ids.tolist()


def test_the_likeliest_pieces_win(vocabulary: Vocabulary) -> None:
    """A common word is one piece, an invented name several, and what stands in no piece is unknown once for neighbours."""
    assert len(vocabulary.pieces("water")) == 1 < len(vocabulary.pieces("Hushchakovenko"))
    assert len(vocabulary.pieces("\U000e0001\U000e0002")) == len(vocabulary.pieces("\U000e0001"))
