"""What a user chooses, as one frozen value: the only thing shipped to workers."""

from __future__ import annotations

from typing import Literal

import msgspec

Reader = Literal["fast", "thorough"]


class Settings(msgspec.Struct, frozen=True):
    """Options of a run. `language` reads every page as that language instead of detecting it."""

    reader: Reader = "fast"
    language: str | None = None
    max_chars: int = 5_000_000  # longer pages are skipped as too large: no news article has a hundredth of it
    likeness: str = "onrecord.stages.link:likeness"  # module:function that compares statements, a `stages.link.Likeness`
