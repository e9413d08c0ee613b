"""Vectors of texts: those that the store holds, and the rest from the model, which the store then holds.

Two tiers. The cheap one (`stages.static`) is always at hand; the full one is what `Settings.encoder` names, and is asked only for what the
cheap one lets through. Where the settings name the cheap one, there is no other.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import cast

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from onrecord.errors import SettingsError, StoreError
from onrecord.records import digest
from onrecord.stages.encode import Model, OpenModel
from onrecord.stages.static import open_static
from onrecord.store import groups

Floats = npt.NDArray[np.float32]
Text = tuple[str, str]  # language, text


def open_model(path: str) -> Model:
    """The model that an import path `module:function` opens; SettingsError where there is none."""
    module, _, name = path.partition(":")
    try:
        found = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise SettingsError(f"encoder = {path!r} names no function: write module:function, such as onrecord.stages.encode:open_encoder") from error
    return cast(OpenModel, found)()


def cheap(model: Model) -> bool:
    """Whether a model is the cheap tier itself."""
    return model.name == open_static().name


def vectors(connection: Connection, texts: Sequence[Text], model: Model) -> Floats:
    """The vectors of texts in their order, [text, hidden], read by the model only where the store has none.

    StoreError where the store has one of another model: vectors of two models say nothing about each other.
    """
    tier = "cheap" if cheap(model) else "full"
    keys = {text: digest(tier, *text) for text in dict.fromkeys(texts)}
    held = groups.vectors(connection, keys.values())
    if other := next((name for name, _ in held.values() if name != model.name), None):
        raise StoreError(
            f"the vectors of this database come from {other}, not from {model.name}: name that model, or compute them anew with `onrecord encode --db FILE`"
        )
    missing = [text for text, key in keys.items() if key not in held]
    made = model.vectors([text for _, text in missing], [language for language, _ in missing])
    fresh = {keys[text]: np.asarray(vector).astype(np.float16).tobytes() for text, vector in zip(missing, made, strict=True)}
    groups.put_vectors(connection, fresh, model.name)
    known = {key: vector for key, (_, vector) in held.items()} | fresh
    found = np.frombuffer(b"".join(known[keys[text]] for text in texts), np.float16)
    return found.reshape(len(texts), -1).astype(np.float32) if texts else np.zeros((0, 0), np.float32)
