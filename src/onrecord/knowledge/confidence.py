"""How often statements of a rule were right on marked articles: confidence.toml, written by `benchmarks/calibrate.py`."""

from __future__ import annotations

import functools
import pathlib
import tomllib

from onrecord.errors import KnowledgeError

FILE = pathlib.Path(__file__).parent / "confidence.toml"
UNKNOWN = 0.5  # of a rule that the file does not know


@functools.cache
def shares() -> dict[str, dict[str, float]]:
    """For each reader, rule -> share of its statements that were found and given to the right speaker."""
    try:
        return {reader: {rule: float(share) for rule, share in rules.items()} for reader, rules in tomllib.loads(FILE.read_text("utf-8")).items()}
    except (OSError, tomllib.TOMLDecodeError, AttributeError, ValueError) as error:
        raise KnowledgeError(f"{FILE}: {error}: write it anew with benchmarks/calibrate.py") from error


def confidence(reader: str, rule: str) -> float:
    """The share for a rule as statements carry it ("uk/cue-clause+tagger"); the language is not looked at, there is too little of each."""
    return shares().get(reader, {}).get(rule.partition("/")[2], UNKNOWN)
