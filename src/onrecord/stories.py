"""Which articles tell one story, which copy which, and which story goes on from which.

How alike two articles are is read off the two alone and kept (`article_pairs`); stories are a function of what is kept, so that the same
set of articles makes the same stories in whatever order and batches it came. A new article is compared with those it shares keys with, and
only what hangs together with it is grouped anew.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from onrecord.stages import cluster
from onrecord.stages.cluster import Told
from onrecord.stages.encode import Model
from onrecord.stages.group import average_link, named
from onrecord.stages.static import open_static
from onrecord.store import groups
from onrecord.store.payload import pack, unpack
from onrecord.store.rows import reading
from onrecord.vectors import cheap, vectors

MOST_MET = 400  # articles that one is compared with: those that share most keys with it; beyond them the order of arrival may show
MOST_TOGETHER = 2000  # articles that hang together and are grouped anew at once
LIKELY = 0.02  # by the cheap vectors: below it the full encoder is not asked
FOLLOWS = 0.15  # mean score of two stories of which the later goes on from the earlier


def settle(connection: Connection, rows: Sequence[int], model: Model) -> set[str]:
    """Put new or changed articles (row numbers) into stories; the stories that changed."""
    kept = groups.stories_of(connection, rows)
    beside = groups.articles_of(connection, sorted({story for story in kept.values() if story}), MOST_TOGETHER)
    again = sorted({*rows, *(row for members in beside.values() for row in members)})
    weigh = open_static().weigh
    new = {row: cluster.told(reading(connection, row), weigh) for row in rows}
    groups.put_told(connection, {row: pack(item) for row, item in new.items()})
    groups.put_article_keys(connection, {row: (item.day or 0, cluster.keys(item)) for row, item in new.items()})
    told = _told(connection, again)
    _compare(connection, told, model)
    touched: set[str] = set()
    left = set(again)
    while left:
        together = _together(connection, min(left))
        touched |= _group(connection, together, set(rows))
        left -= together.keys()
    _copies(connection, touched)
    _follow(connection, touched)
    return touched


def _told(connection: Connection, rows: Iterable[int]) -> dict[int, Told]:
    """What articles tell, as it was kept."""
    return {row: unpack(kept, Told) for row, kept in groups.told(connection, rows).items()}


def _compare(connection: Connection, told: Mapping[int, Told], model: Model) -> None:
    """Keep how alike these articles are to those that they meet; of articles with one text on one day, only one is compared."""
    groups.drop_pairs(connection, told)
    met: set[tuple[int, int]] = set()
    for rows in _classes(told).values():
        item = told[rows[0]]
        twins = set(_twins(connection, [item]))
        if twins <= told.keys():
            others = groups.meet(connection, rows[0], item.day, cluster.REACH_DAYS, cluster.FEWEST_KEYS, MOST_MET)
            met |= {(min(rows[0], other), max(rows[0], other)) for other in others if other not in twins}
    items = _told(connection, {row for pair in met for row in pair} - told.keys()) | dict(told)
    _keep(connection, _scores(connection, items, sorted(met), model))


def _classes(told: Mapping[int, Told]) -> dict[tuple[str, int | None], list[int]]:
    """Articles by their text and day, in the order of their ids."""
    classes: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for row, item in sorted(told.items(), key=lambda entry: (entry[1].id, entry[0])):
        classes[item.text or item.id, item.day].append(row)
    return classes


def _twins(connection: Connection, items: Iterable[Told]) -> set[int]:
    """Every article that has the text of one of these, on its day."""
    return groups.with_texts(connection, {(item.text, item.day) for item in items if item.text})


class Pair(msgspec.Struct, frozen=True):
    """How surely two articles tell one event, and the share of their words that stands in both."""

    score: float
    copied: float


def _scores(connection: Connection, items: Mapping[int, Told], met: Sequence[tuple[int, int]], model: Model) -> dict[tuple[int, int], Pair]:
    """How alike articles are: all by the cheap vectors, those that may tell one event by the full ones."""
    scores = _scored(connection, items, met, open_static(), cluster.CHEAP)
    if cheap(model):
        return scores
    likely = [pair for pair, found in scores.items() if LIKELY <= found.score < 1]
    return {pair: found for pair, found in scores.items() if found.score == 1} | _scored(connection, items, likely, model, cluster.FULL)


def _scored(
    connection: Connection, items: Mapping[int, Told], met: Sequence[tuple[int, int]], model: Model, weights: cluster.Weights
) -> dict[tuple[int, int], Pair]:
    gists = {row: (items[row].language, items[row].gist) for pair in met for row in pair}
    meant = vectors(connection, list(dict.fromkeys(gists.values())), model)
    return {
        (one, other): Pair(
            cluster.score(items[one], items[other], float(meant[gists[one]] @ meant[gists[other]]), weights), cluster.copied(items[one], items[other])
        )
        for one, other in met
    }


def _keep(connection: Connection, scores: Mapping[tuple[int, int], Pair]) -> None:
    kept = {pair: found for pair, found in scores.items() if found.score >= cluster.NEAR or found.copied >= cluster.COPY_SHARE}
    groups.put_pairs(connection, {pair: (found.score, found.copied) for pair, found in kept.items()})


def _together(connection: Connection, row: int) -> dict[int, Told]:
    """Everything that hangs together with an article by likely pairs, and copies of one text on one day with it."""
    found: dict[int, Told] = {}
    reached = {row}
    while reached and len(found) < MOST_TOGETHER:
        items = _told(connection, reached)
        found |= items
        reached = (groups.paired(connection, reached, cluster.THRESHOLD) | _twins(connection, items.values())) - found.keys()
    return found


def _group(connection: Connection, together: Mapping[int, Told], new: set[int]) -> set[str]:
    """Group what hangs together; copies of one text on one day count as one. The stories that changed."""
    members = list(_classes(together).values())
    place = {row: n for n, rows in enumerate(members) for row in rows}
    scores: dict[tuple[int, int], float] = {}
    for (one, other), score in groups.pairs_among(connection, together).items():
        first, second = sorted((place[one], place[other]))
        if first != second:
            scores[first, second] = max(score, scores.get((first, second), 0.0))
    scores |= dict.fromkeys(_far_apart([together[rows[0]].day for rows in members]), -math.inf)
    found = [[row for n in group for row in members[n]] for group in average_link(range(len(members)), scores, cluster.THRESHOLD)]
    before = groups.stories_of(connection, together)
    stories = named(found, before, lambda row: f"story {together[row].id}", lambda ids: groups.taken(connection, "stories", ids))
    had = Counter(before.values())
    changed = {story for story, rows in stories.items() if len(rows) != had[story] or any(row in new or before[row] != story for row in rows)}
    groups.put_stories(connection, {story: _middle_first(stories[story], place, scores) for story in sorted(changed)})
    return changed


def _far_apart(days: Sequence[int | None]) -> list[tuple[int, int]]:
    """Pairs of days, by their places, between which no story reaches, not even by an article without a day that is like both."""
    dated = sorted((day, n) for n, day in enumerate(days) if day is not None)
    if not dated or dated[-1][0] - dated[0][0] <= cluster.COPY_REACH_DAYS:
        return []
    return [(min(n, m), max(n, m)) for day, n in dated for later, m in dated if later - day > cluster.COPY_REACH_DAYS]


def _middle_first(rows: Sequence[int], place: Mapping[int, int], scores: Mapping[tuple[int, int], float]) -> list[int]:
    """The articles of a story, those that are most like all others first."""
    inside = sorted({place[row] for row in rows})
    likeness = {n: sum(max(0.0, scores.get((min(n, m), max(n, m)), 0.0)) for m in inside if m != n) for n in inside}
    return sorted(rows, key=lambda row: (-likeness[place[row]], place[row]))


def _copies(connection: Connection, stories: Iterable[str]) -> None:
    """Say of the articles of stories which one they copy: the earliest with the same text, or the one that they credit."""
    rows = [row for members in groups.articles_of(connection, sorted(stories), MOST_TOGETHER).values() for row in members]
    groups.put_originals(connection, {row: _original(row, alike) for row, alike in groups.copies_of(connection, rows, cluster.COPY_SHARE).items()})


def _original(row: int, alike: Sequence[groups.Copy]) -> int | None:
    """The article that another one copies, out of those with its text (itself included); None where it is the first.

    An outlet that a copy credits is the source, whatever the pages say of the time; else the earliest is. Articles of the same time, or
    without one, that credit nobody are nobody's copies.
    """
    me = next(copy for copy in alike if copy.row == row)
    credited = [copy for copy in alike if copy.row != row and copy.outlet and copy.outlet in me.credits]
    if credited:
        return min(credited, key=lambda copy: (copy.published or "~", copy.id)).row
    dated = [copy for copy in alike if copy.published and me.published and copy.published < me.published[: len(copy.published)]]
    earlier = [copy for copy in dated if not (me.outlet and me.outlet in copy.credits)]
    return min(earlier, key=lambda copy: (copy.published or "", copy.id)).row if earlier else None


def _follow(connection: Connection, stories: Iterable[str]) -> None:
    """Say of stories, and of those near them, which earlier story they go on from: the likest one that opened on an earlier day."""
    near = groups.stories_near(connection, stories)
    groups.put_follows(connection, {story: _before(story, near) for story in near})


def _before(story: str, near: Mapping[str, groups.Near]) -> str | None:
    mine = near[story]
    earlier = {
        other: total / (mine.articles * near[other].articles)
        for other, total in mine.scores.items()
        if other in near and mine.first and (first := near[other].first) and first[:10] < mine.first[:10]
    }
    likely = {other: score for other, score in earlier.items() if score >= FOLLOWS}
    return max(sorted(likely), key=lambda other: likely[other], default=None)
