"""Groups out of pairs: what the second pass does alike for names, articles and statements.

The result depends on the items and their scores, not on the order in which they come.
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from onrecord.records import digest

LARGEST_BLOCK = 400  # items under one key; beyond it the key says too little, and pairs would grow with the square


def pairs(keys: Mapping[int, Iterable[str]], *, largest: int = LARGEST_BLOCK) -> set[tuple[int, int]]:
    """Pairs of items that share a key, the smaller number first; keys that more than `largest` items have are left out."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for item, found in keys.items():
        for key in found:
            blocks[key].append(item)
    return {pair for block in blocks.values() if len(block) <= largest for pair in itertools.combinations(sorted(block), 2)}


def connected(items: Iterable[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The parts into which items fall that no pair joins, straight or by others; parts and members come in ascending order."""
    above = {item: item for item in items}

    def top(item: int) -> int:
        while above[item] != item:
            above[item] = item = above[above[item]]
        return item

    for one, other in pairs:
        first, second = top(one), top(other)
        above[max(first, second)] = min(first, second)
    parts: dict[int, list[int]] = defaultdict(list)
    for item in sorted(above):
        parts[top(item)].append(item)
    return list(parts.values())


def average_link(
    items: Iterable[int], scores: Mapping[tuple[int, int], float], threshold: float, *, absent: float = 0.0, bonds: dict[int, float] | None = None
) -> list[list[int]]:
    """Groups in which the mean score of all pairs is at least the threshold, joined from the likeliest pair on.

    A pair without a score counts as `absent`: 0, so that a chain of likenesses does not swallow a corpus, or -inf, which is never in one group.
    `bonds` is given, by an item of each group, the mean score at its last joining. Groups and members come in ascending order.
    (Agglomerative clustering with average linkage, Sokal and Michener 1958.)
    """
    groups = {item: [item] for item in items}
    links: dict[int, dict[int, float]] = {item: {} for item in groups}  # sum of scores between two groups
    sizes = dict.fromkeys(groups, 1)
    heap: list[tuple[float, int, int]] = []
    for (one, other), score in scores.items():
        if score != absent:
            links[one][other] = links[other][one] = score
            if score >= threshold:
                heap.append((-score, one, other))
    heapq.heapify(heap)
    while heap:
        mean, one, other = heapq.heappop(heap)
        if one not in groups or other not in groups or -mean != links[one].get(other, 0.0) / (sizes[one] * sizes[other]):
            continue
        groups[one] += groups.pop(other)
        if bonds is not None:
            bonds[one] = -mean
        sizes[one] += sizes.pop(other)
        mine, theirs, size = links[one], links.pop(other), sizes[one]
        del mine[other], theirs[one]
        if absent:
            for third in mine.keys() - theirs.keys():
                del mine[third], links[third][one]
        for third, total in theirs.items():
            around = links[third]
            del around[other]
            if third in mine or not absent:
                around[one] = mine[third] = mine.get(third, 0.0) + total
        for third, total in mine.items():
            if (now := total / (size * sizes[third])) >= threshold:
                heapq.heappush(heap, (-now, one, third) if one < third else (-now, third, one))
    return sorted(sorted(group) for group in groups.values())


def named(
    groups: Sequence[Sequence[int]], old: Mapping[int, str | None], seed: Callable[[int], str], taken: Callable[[set[str]], set[str]]
) -> dict[str, list[int]]:
    """Each group by its id: the old id that most of its members had, if no larger part of another group had it; else a new one.

    A new id is the digest of `seed` of its first member; `taken` says which ids are in use elsewhere already.
    """
    claims = sorted(
        ((-count, group, known) for group, members in enumerate(groups) for known, count in Counter(old.get(m) for m in members).items() if known),
        key=lambda claim: (claim[0], claim[1], claim[2]),
    )
    chosen: dict[int, str] = {}
    used: set[str] = set()
    for _, group, known in claims:
        if group not in chosen and known not in used:
            chosen[group] = known
            used.add(known)
    fresh = {group: digest(seed(members[0])) for group, members in enumerate(groups) if group not in chosen}
    used |= taken(set(fresh.values()))
    for group, wanted in fresh.items():
        while wanted in used:
            wanted = digest(wanted, "again")
            used |= taken({wanted})
        chosen[group] = wanted
        used.add(wanted)
    return {chosen[group]: list(members) for group, members in enumerate(groups)}
