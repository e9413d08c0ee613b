"""Groups out of pairs."""

from __future__ import annotations

import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from onrecord.stages.group import average_link, connected, named, pairs

SCORES = st.dictionaries(st.tuples(st.integers(0, 9), st.integers(10, 19)), st.floats(0, 1), max_size=30)


@given(SCORES, st.floats(0.1, 1))
def test_groups_part_the_items(scores: dict[tuple[int, int], float], threshold: float) -> None:
    """Every item is in one group, whatever order the scores come in."""
    groups = average_link(range(20), scores, threshold)
    assert sorted(item for group in groups for item in group) == list(range(20))
    assert groups == average_link(reversed(range(20)), dict(reversed(scores.items())), threshold)


def test_a_chain_does_not_make_a_group() -> None:
    """A is like B and B like C: without likeness of A and C they are not one group."""
    assert average_link([1, 2, 3], {(1, 2): 0.9, (2, 3): 0.8}, 0.6) == [[1, 2], [3]]
    assert average_link([1, 2, 3], {(1, 2): 0.9, (2, 3): 0.8, (1, 3): 0.7}, 0.6) == [[1, 2, 3]]


@given(SCORES, st.floats(0.1, 1))
def test_what_must_not_be_together_is_not(scores: dict[tuple[int, int], float], threshold: float) -> None:
    """Where a pair without a score is forbidden, the groups are those of scores that say so of each such pair."""
    every = {(one, other): scores.get((one, other), -math.inf) for one in range(20) for other in range(one + 1, 20)}
    sparse = average_link(range(20), scores, threshold, absent=-math.inf)
    assert sparse == average_link(range(20), every, threshold)
    assert all((one, other) in scores for group in sparse for one, other in itertools.combinations(group, 2))


@given(SCORES, st.floats(0.1, 1))
def test_parts_are_grouped_apart(scores: dict[tuple[int, int], float], threshold: float) -> None:
    """Items that no likely pair joins, straight or by others, may be grouped apart: the groups are those of grouping all at once."""
    parts = connected(range(20), (pair for pair, score in scores.items() if score >= threshold))
    assert sorted(item for part in parts for item in part) == list(range(20))
    inside = [{pair: score for pair, score in scores.items() if set(pair) <= set(part)} for part in parts]
    assert average_link(range(20), scores, threshold) == sorted(
        group for part, known in zip(parts, inside, strict=True) for group in average_link(part, known, threshold)
    )


def test_pairs_share_a_key() -> None:
    """Items are paired where they share a key that is not everybody's."""
    assert pairs({1: ["a"], 2: ["a", "b"], 3: ["b"], 4: []}) == {(1, 2), (2, 3)}
    assert pairs({1: ["a"], 2: ["a"], 3: ["a"]}, largest=2) == set()


def test_groups_keep_their_ids() -> None:
    """A group keeps the id that most of its members had; a part that leaves, and a new group, get new ones."""
    seed, taken = str, lambda ids: set()
    first = named([[1, 2, 3], [4]], {}, seed, taken)
    (whole,) = (name for name, members in first.items() if members == [1, 2, 3])
    old = {item: name for name, members in first.items() for item in members}
    second = named([[1], [2, 3, 5], [4]], old, seed, taken)
    assert second[whole] == [2, 3, 5] and len(second) == 3
    held: set[str] = set()
    for _ in range(3):  # groups that the same item has left behind, one after the other
        (name,) = named([[1]], {}, seed, held.intersection)
        assert name not in held
        held.add(name)
