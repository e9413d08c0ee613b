"""The encoder and the vocabulary below it."""

from __future__ import annotations

import pathlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge import weights
from onrecord.stages.encode import Encoder, joining, open_encoder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """The encoder of this process."""
    return open_encoder()


def test_tokens_stand_for_their_characters(encoder: Encoder) -> None:
    """Pieces name the characters that they stand for, across double blanks, no-break blanks and compatibility forms."""
    text = "Він  підкреслив, що\n«ﬁнал»\xa0— ½"
    tokens = encoder.tokens(text)
    found = [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    assert "".join(found).replace(" ", "") == "".join(text.split())
    assert found[0] == "Він"


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_is_cut_into_pieces_inside_it(text: str) -> None:
    """Any text at all is cut into pieces whose characters lie inside it, in order."""
    tokens = open_encoder().tokens(text)
    assert all(0 <= a <= b <= len(text) for a, b in zip(tokens.starts, tokens.ends, strict=True))
    assert bool(np.all(np.diff(tokens.starts) >= 0))


def test_a_lone_surrogate_is_read(encoder: Encoder) -> None:
    """A lone surrogate, which no encoding can carry, is read as an unknown character."""
    assert len(encoder.tokens("a\ud800b").ids)


def test_states_are_the_same_every_time(encoder: Encoder) -> None:
    """The same window has the same states, whatever was read between."""
    tokens, others = encoder.tokens("The council said the bridge would open in May."), encoder.tokens("Something else " * 40)
    each, others_each = np.arange(len(tokens.ids)), np.arange(len(others.ids))
    before = encoder.states(tokens, each, each + 1)
    encoder.states(others, others_each, others_each + 1)
    assert bool(np.array_equal(before, encoder.states(tokens, each, each + 1)))


def test_a_word_is_the_mean_of_its_pieces(encoder: Encoder) -> None:
    """Each row of `joining` is a mean over pieces; begin and end stay as they are, and a word of no piece is nothing."""
    join, weigh = joining(np.array([0, 2, 3]), np.array([2, 2, 4]), 4)
    assert join.tolist() == [[1, 0, 0, 0, 0, 0], [0, 0.5, 0.5, 0, 0, 0], [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 1]]
    assert weigh[4].tolist() == pytest.approx([0, np.log(2), 0, 0, 0])
    states = encoder.states(encoder.tokens("Мостът ще бъде отворен"), np.array([0, 2, 2]), np.array([2, 2, 3]))
    assert states.shape == (3, len(weights.WORD_STATES) * encoder.hidden)
    assert not states[1].any()
    assert states[0].any() and states[2].any()


def test_a_vector_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    """A sentence has the same vector alone and among others."""
    one = "Мостът ще бъде отворен през май."
    others = ["Short.", one, "A much longer sentence about something else altogether, with numbers such as 1,250." * 3]
    assert float(np.abs(encoder.vectors([one], ["bg"])[0] - encoder.vectors(others, ["en", "bg", "en"])[1]).max()) < 1e-3


def test_the_same_said_in_two_languages_is_nearest(encoder: Encoder) -> None:
    """A sentence is nearer to its translation than to another sentence of the translation's language."""
    uk = encoder.vectors(["Міст відкриють до зими.", "Лікарня купила два нові томографи."], ["uk", "uk"])
    bg = encoder.vectors(["Мостът ще бъде отворен преди зимата.", "Болницата купи два нови скенера."], ["bg", "bg"])
    assert (uk @ bg.T).argmax(axis=1).tolist() == [0, 1]
    assert bool(np.allclose(np.linalg.norm(uk, axis=1), 1, atol=1e-5))


def test_no_sentences_have_no_vectors(encoder: Encoder) -> None:
    """Of no sentences there are no vectors."""
    assert encoder.vectors([], []).shape == (0, encoder.hidden)


def test_the_file_is_built_once_by_many_at_once(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Builders that start together leave one whole file and nothing else in the cache."""
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path))
    opened = weights.open_weights()
    with ThreadPoolExecutor(4) as pool:
        paths = set(pool.map(lambda _: weights.tagger_graph(opened), range(4)))
    assert [*tmp_path.iterdir()] == [*paths]
    assert paths.pop().read_bytes() == weights.graph_bytes(opened, weights.WORD_STATES, join=weights.TOKEN_LAYERS)
