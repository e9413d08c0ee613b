"""What a user chooses, as one frozen value: the only thing shipped to workers."""

from __future__ import annotations

from typing import Literal

import msgspec

Reader = Literal["fast", "thorough"]


class Manners(msgspec.Struct, frozen=True):
    """How pages are fetched. `allowed`: hosts, by name, that may be asked although they stand in a private network."""

    agent: str = "onrecord (+https://pypi.org/project/onrecord/)"
    delay_s: float = 1.0  # between two requests to one host, more where its robots.txt asks for more
    answer_s: float = 20.0  # for a server to connect, and then between two pieces of its answer
    whole_s: float = 60.0  # for a whole answer
    wait_s: float = 120.0  # the longest that a server may ask us to wait; beyond it the page is left for another run
    redirects: int = 5
    allowed: frozenset[str] = frozenset()


class Intake(msgspec.Struct, frozen=True):
    """What is taken in, and how. `map`: which columns of tables hold what, as `sources.columns.columns` reads it; None: found out."""

    map: str | None = None
    page_bytes: int = 20_000_000  # a larger page is no news page, and reading it only to skip it would take the memory of the machine
    manners: Manners = Manners()


class Settings(msgspec.Struct, frozen=True):
    """Options of a run. `language` reads every page as that language instead of detecting it."""

    reader: Reader = "fast"
    language: str | None = None
    max_chars: int = 5_000_000  # longer pages are skipped as too large: no news article has a hundredth of it
    encoder: str = "onrecord.stages.static:open_static"  # module:function that opens a `stages.encode.Model`: what compares meanings
    repeated: tuple[str, ...] = ()  # keys of lines that a whole outlet repeats (`knowledge.outlets.line_key`): they are junk
