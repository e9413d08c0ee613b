"""Vectors out of the store or the model."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

import numpy as np
import pytest

from onrecord.errors import SettingsError, StoreError
from onrecord.stages.static import open_static
from onrecord.store.open import open_store
from onrecord.vectors import cheap, open_model, vectors

TEXTS = [("uk", "міст відкриють до зими"), ("en", "the bridge will open before winter"), ("en", "")]


class Counting:
    """A model that counts what it is asked."""

    def __init__(self, name: str = "counting/1") -> None:
        self.name = name
        self.asked: list[str] = []

    def vectors(self, texts: Sequence[str], languages: Sequence[str]) -> np.ndarray:
        """A vector of each text's length."""
        self.asked += texts
        return np.array([[len(text), 1.0] for text in texts], np.float32).reshape(-1, 2)


def test_no_text_is_read_twice(tmp_path: pathlib.Path) -> None:
    """What the store holds is not asked of the model again; what comes back is the same."""
    model = Counting()
    with open_store(tmp_path / "record.sqlite") as store:
        with store.writing() as connection:
            first = vectors(connection, TEXTS[:2], model)
        with store.writing() as connection:
            second = vectors(connection, TEXTS, model)
    assert model.asked == [text for _, text in TEXTS]
    assert np.array_equal(first, second[:2])


def test_vectors_of_another_model_are_refused(tmp_path: pathlib.Path) -> None:
    """A store whose vectors are of another model says so, and by which command they are computed anew; the cheap tier is apart."""
    with open_store(tmp_path / "record.sqlite") as store, store.writing() as connection:
        vectors(connection, TEXTS[:1], Counting())
        assert len(vectors(connection, TEXTS, open_static())) == len(TEXTS)
        with pytest.raises(StoreError, match=r"counting/1, not from counting/2.*onrecord encode"):
            vectors(connection, TEXTS, Counting("counting/2"))


def test_a_model_is_an_import_path() -> None:
    """The settings name a function that opens the model; a path that leads nowhere is a clear error."""
    assert cheap(open_model("onrecord.stages.static:open_static"))
    assert not cheap(open_model(f"{__name__}:Counting"))
    for path in ("onrecord.stages.static:nothing", "no.such.module:f", "nothing", ""):
        with pytest.raises(SettingsError, match="module:function"):
            open_model(path)
