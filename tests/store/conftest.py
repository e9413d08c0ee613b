"""An empty store for each test."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from onrecord.store.open import Store, open_store


@pytest.fixture
def store(tmp_path: pathlib.Path) -> Iterator[Store]:
    """An empty store of its own."""
    with open_store(tmp_path / "record.sqlite") as opened:
        yield opened
