"""Which articles tell one story, which copy which, and which story goes on from which.

How alike two articles are is read off the two alone and kept (`article_pairs`); stories are a function of what is kept, so that the same
set of articles makes the same stories in whatever order and batches it came. A new article is compared with those it shares keys with, and
only what changes with it is grouped anew.
"""

from __future__ import annotations

import itertools
import math
import types
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from onrecord.records import Reading
from onrecord.stages import cluster
from onrecord.stages.cluster import Kept, Told
from onrecord.stages.encode import Model
from onrecord.stages.group import average_link, connected, named
from onrecord.stages.static import open_static
from onrecord.store import groups
from onrecord.store.groups import Classed, Pairing
from onrecord.store.payload import pack, unpack
from onrecord.store.rows import reading
from onrecord.vectors import cheap, vectors

MOST_MET = 400  # articles that one is compared with: those that share most keys with it; beyond them the order of arrival may show
LARGEST = 10_000  # articles of a story that are looked at, the newest first
MOST_TOGETHER = 400  # articles around new ones that are grouped with them; where so many would change, the order of arrival may show
MANY_COPIES = 20  # of one text: beyond them, only the earliest so many are what others copy
NOTHING: Mapping[int, Reading] = types.MappingProxyType({})
LIKELY = 0.02  # by the cheap vectors: below it the full encoder is not asked
FOLLOWS = 0.15  # mean score of two stories of which the later goes on from the earlier


def settle(connection: Connection, rows: Sequence[int], model: Model, read: Mapping[int, Reading] = NOTHING) -> set[str]:
    """Put new or changed articles (row numbers) into stories; the stories that changed. `read`: readings that are at hand."""
    kept = groups.stories_of(connection, rows)
    changed = {row for row, story in kept.items() if story}
    beside = groups.articles_of(connection, sorted({story for story in kept.values() if story}), LARGEST)
    again = sorted({*rows, *(row for members in beside.values() for row in members)})
    lost = groups.paired(connection, changed, cluster.THRESHOLD) if changed else {}
    weigh = open_static().weigh
    new = {row: cluster.told(read[row] if row in read else reading(connection, row), weigh) for row in rows}
    groups.put_article_keys(connection, {row: (item.day or 0, cluster.keys(item)) for row, item in new.items()})
    fresh = {row: cluster.kept(item) for row, item in new.items()}
    groups.put_told(connection, {row: pack(item) for row, item in fresh.items()})
    _compare(connection, _told(connection, set(again) - new.keys()) | fresh, model)
    near, gone = _group(connection, {*again, *lost}, set(rows))
    touched = set(near)
    _copies(connection, [row for members in groups.articles_of(connection, touched, LARGEST).values() for row in members] if changed else rows)
    _follow(connection, near, gone)
    return touched


def _told(connection: Connection, rows: Iterable[int]) -> dict[int, Kept]:
    """What articles tell, as it was kept; what a version before 0020 has kept, which were the words themselves, is kept anew."""
    found: dict[int, Kept] = {}
    old: dict[int, Kept] = {}
    for row, kept in groups.told(connection, rows).items():
        try:
            found[row] = unpack(kept, Kept)
        except msgspec.ValidationError:
            old[row] = cluster.kept(unpack(kept, Told))
    groups.put_told(connection, {row: pack(item) for row, item in old.items()})
    return found | old


def _compare(connection: Connection, told: Mapping[int, Kept], model: Model) -> None:
    """Keep how alike these articles are to those that they meet; of articles with one text on one day, only one is compared."""
    groups.drop_pairs(connection, told)
    met: dict[int, list[int]] = {}
    for rows in _alike(told):
        item = told[rows[0]]
        twins = set(_twins(connection, [item]))
        if twins <= told.keys():
            others = groups.meet(connection, rows[0], item.day, cluster.REACH_DAYS, cluster.FEWEST_KEYS, MOST_MET)
            met[rows[0]] = [other for other in others if other not in twins and rows[0] not in met.get(other, ())]
    items = _told(connection, {row for others in met.values() for row in others} - told.keys()) | dict(told)
    _keep(connection, _scores(connection, items, met, model))


def _twins(connection: Connection, items: Iterable[Kept]) -> set[int]:
    """Every article that has the text of one of these, on its day."""
    return groups.with_texts(connection, {(item.text, item.day) for item in items if item.text})


class Pair(msgspec.Struct, frozen=True):
    """How surely two articles tell one event, and the share of their words that stands in both."""

    score: float
    copied: float


def _scores(connection: Connection, items: Mapping[int, Kept], met: Mapping[int, Sequence[int]], model: Model) -> dict[tuple[int, int], Pair]:
    """How alike articles are to those that they meet: all by the cheap vectors, those that may tell one event by the full ones."""
    scores = _scored(connection, items, met, open_static(), cluster.CHEAP)
    if cheap(model):
        return scores
    likely = {row: [other for other in others if LIKELY <= scores[_pair(row, other)].score < 1] for row, others in met.items()}
    return {pair: found for pair, found in scores.items() if found.score == 1} | _scored(connection, items, likely, model, cluster.FULL)


def _scored(
    connection: Connection, items: Mapping[int, Kept], met: Mapping[int, Sequence[int]], model: Model, weights: cluster.Weights
) -> dict[tuple[int, int], Pair]:
    rows = list(dict.fromkeys(row for one, others in met.items() if others for row in (one, *others)))
    at, meant = {row: n for n, row in enumerate(rows)}, vectors(connection, [(items[row].language, items[row].gist) for row in rows], model)
    found: dict[tuple[int, int], Pair] = {}
    for one, others in met.items():
        if others:  # products of half-precision numbers are added exactly in double precision, in whatever order
            meaning = meant[[at[other] for other in others]].astype(float) @ meant[at[one]].astype(float)
            pairs = cluster.compared(items[one], [items[other] for other in others], meaning, weights)
            found |= {_pair(one, other): Pair(*pair) for other, *pair in zip(others, *(each.tolist() for each in pairs), strict=True)}
    return found


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _keep(connection: Connection, scores: Mapping[tuple[int, int], Pair]) -> None:
    kept = {pair: found for pair, found in scores.items() if found.score >= cluster.NEAR or found.copied >= cluster.COPY_SHARE}
    groups.put_pairs(connection, {pair: (found.score, found.copied) for pair, found in kept.items()})


Near = dict[str, dict[str, float]]  # the sum of the scores that the articles of a story have with those of others


def _group(connection: Connection, seeds: set[int], new: set[int]) -> tuple[Near, set[str]]:
    """Group these articles, and as much around them as changes with them. The stories that changed, with those near them, and those that are gone.

    A story beyond them is taken in where it comes out otherwise beside them; it is not even tried where no pair is likelier than the last joining
    inside either, and the two are not likely as wholes. Beyond, every joining holds as it did, for joining others never brings two
    groups nearer. So the outcome is that of grouping everything at once.
    """
    core = _whole(connection, seeds)
    most = len(core) + MOST_TOGETHER
    together: dict[int, Classed] = {}
    inside: list[Pairing] = []
    beyond: list[Pairing] = []
    while core:
        together |= groups.classed(connection, core)
        found = [*beyond, *groups.pairs_of(connection, core)]
        inside += [pair for pair in found if pair[1] in together]
        beyond = [pair for pair in found if pair[1] not in together]
        grouped = _average(together, inside)
        core = _taken_in(connection, grouped, together, inside, beyond, most - len(together))
    return _put(connection, grouped, together, new, [*inside, *beyond])


def _whole(connection: Connection, rows: set[int]) -> set[int]:
    """Articles with the stories that they are in, and those of the copies of their texts on their days."""
    known = groups.classed(connection, rows)
    copies = groups.with_texts(connection, {(item.text, item.day) for item in known.values() if item.text})
    stories = {story for story in groups.stories_of(connection, rows | copies).values() if story}
    return rows.union(copies, *groups.articles_of(connection, stories, LARGEST).values())


class Grouped(msgspec.Struct, frozen=True):
    """Articles by stories: `place` of each article among the different ones, `scores` between these, `bonds`: by what the last joining of a story held."""

    stories: list[list[int]]
    place: dict[int, int]
    scores: dict[tuple[int, int], float]
    bonds: list[float]

    def different(self, story: Sequence[int]) -> int:
        """How many different articles a story has."""
        return len({self.place[row] for row in story})


def _taken_in(connection: Connection, grouped: Grouped, core: Mapping[int, Classed], inside: Sequence[Pairing], out: Sequence[Pairing], most: int) -> set[int]:
    """The articles of stories beyond that may change with what was grouped, the likeliest first, no more different ones than `most`."""
    here = {row: n for n, rows in enumerate(grouped.stories) for row in rows}
    best: dict[tuple[int, str], float] = {}
    total: dict[tuple[int, str], float] = defaultdict(float)
    for row, _, story, score in out:
        if story is not None:
            pair = here[row], story
            best[pair] = max(best.get(pair, 0.0), score)
            total[pair] += score
    likely = {pair: score for pair, score in best.items() if score >= cluster.THRESHOLD}
    beyond = groups.bonds_of(connection, {story for _, story in likely}) if likely else {}
    wanted: dict[str, float] = {}
    for (n, story), score in likely.items():
        different, bond = beyond[story]
        mean = total[n, story] / (grouped.different(grouped.stories[n]) * max(1, different))
        if score >= min(grouped.bonds[n], bond) or mean >= cluster.THRESHOLD:
            wanted[story] = max(wanted.get(story, 0.0), score)
    asked: dict[str, list[int]] = {}
    for story in sorted(wanted, key=lambda story: (-wanted[story], story)):
        most -= max(1, beyond[story][0])
        if most < 0:
            break
        asked |= groups.articles_of(connection, [story], LARGEST)
    if not asked:
        return set()
    tried = {row for rows in asked.values() for row in rows}
    held = (*inside, *(pair for pair in out if pair[1] in tried), *groups.pairs_inside(connection, asked))  # not between stories beyond
    joined = _average({**core, **groups.classed(connection, tried)}, held)
    whole = {frozenset(rows) for rows in joined.stories}
    return {row for rows in asked.values() if frozenset(rows) not in whole for row in rows}


def _average(together: Mapping[int, Classed], pairs: Iterable[Pairing]) -> Grouped:
    """Average-link groups of articles, copies of one text on one day counted as one."""
    members = _alike(together)
    place = {row: n for n, rows in enumerate(members) for row in rows}
    scores: dict[tuple[int, int], float] = {}
    for one, other, _, score in pairs:
        if one in place and other in place and (first := place[one]) != (second := place[other]):
            pair = (first, second) if first < second else (second, first)
            scores[pair] = max(score, scores.get(pair, 0.0))
    parts = connected(range(len(members)), (pair for pair, score in scores.items() if score >= cluster.THRESHOLD))  # nothing is joined across parts
    part = {n: number for number, inside in enumerate(parts) for n in inside}
    of_part: dict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    for pair, score in scores.items():
        if part[pair[0]] == part[pair[1]]:
            of_part[part[pair[0]]][pair] = score
    bonds = dict.fromkeys(range(len(members)), math.inf)
    found = []
    for number, inside in enumerate(parts):
        apart = dict.fromkeys(_far_apart({n: together[members[n][0]].day for n in inside}), -math.inf)
        found += average_link(inside, of_part[number] | apart, cluster.THRESHOLD, bonds=bonds) if len(inside) > 1 else [inside]
    found.sort()
    return Grouped([[row for n in group for row in members[n]] for group in found], place, scores, [min(bonds[n] for n in group) for group in found])


def _alike(items: Mapping[int, Classed | Kept]) -> list[list[int]]:
    """Articles by their text and day, in the order of their ids."""
    classes: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for row, item in sorted(items.items(), key=lambda entry: (entry[1].id, entry[0])):
        classes[item.text or item.id, item.day].append(row)
    return list(classes.values())


def _put(connection: Connection, grouped: Grouped, together: Mapping[int, Classed], new: set[int], pairs: Iterable[Pairing]) -> tuple[Near, set[str]]:
    """Say which articles are a story; the stories that changed, with those near them, and those that are gone."""
    before = groups.stories_of(connection, together)
    stories = named(grouped.stories, before, lambda row: f"story {together[row].id}", lambda ids: groups.taken(connection, "stories", ids))
    had = Counter(before.values())
    changed = {story for story, rows in stories.items() if len(rows) != had[story] or any(row in new or before[row] != story for row in rows)}
    groups.put_stories(connection, {story: _middle_first(stories[story], grouped.place, grouped.scores) for story in sorted(changed)})
    number = {rows[0]: n for n, rows in enumerate(grouped.stories)}
    tied = {story: (grouped.different(rows), grouped.bonds[number[rows[0]]]) for story, rows in stories.items()}
    groups.put_bonds(connection, tied)
    now = {row: story for story, rows in stories.items() for row in rows}
    near: Near = {story: defaultdict(float) for story in changed}
    for one, other, story, score in pairs:
        theirs = now.get(other, story)
        if now[one] in near and theirs is not None and theirs != now[one]:
            near[now[one]][theirs] += score
    return near, {story for story in had if story is not None and story not in stories}


def _far_apart(days: Mapping[int, int | None]) -> list[tuple[int, int]]:
    """Pairs of days, by their numbers, between which no story reaches, not even by an article without a day that is like both."""
    dated = sorted((day, n) for n, day in days.items() if day is not None)
    if not dated or dated[-1][0] - dated[0][0] <= cluster.COPY_REACH_DAYS:
        return []
    return [(min(n, m), max(n, m)) for day, n in dated for later, m in dated if later - day > cluster.COPY_REACH_DAYS]


def _middle_first(rows: Sequence[int], place: Mapping[int, int], scores: Mapping[tuple[int, int], float]) -> list[int]:
    """The articles of a story, those that are most like all others first."""
    inside = sorted({place[row] for row in rows})
    likeness = dict.fromkeys(inside, 0.0)
    for pair in itertools.combinations(inside, 2):
        if (score := scores.get(pair, 0.0)) > 0:
            likeness[pair[0]] += score
            likeness[pair[1]] += score
    return sorted(rows, key=lambda row: (-likeness[place[row]], place[row]))


def _copies(connection: Connection, rows: Iterable[int]) -> None:
    """Say of articles, and of those whose copies they are, which one each copies: the earliest with the same text, or the one that it credits.

    Of many copies only the earliest can be what others copy, so that one more of a thousand is compared with a few.
    """
    found = groups.copies_of(connection, rows, cluster.COPY_SHARE)
    few = [alike for row, alike in found.items() if len(alike) <= MANY_COPIES or row in {copy.row for copy in _earliest(alike)}]
    found |= groups.copies_of(connection, {copy.row for alike in few for copy in alike} - found.keys(), cluster.COPY_SHARE)
    first = {row: _earliest(alike) for row, alike in found.items()}
    credited = groups.credits_of(connection, {*first, *(copy.row for copies in first.values() for copy in copies)})
    me = {row: next(copy for copy in alike if copy.row == row) for row, alike in found.items()}
    groups.put_originals(connection, {row: _original(me[row], copies, credited) for row, copies in first.items()})


def _earliest(copies: Iterable[groups.Copy]) -> list[groups.Copy]:
    """The copies that others may be copied from."""
    return sorted(copies, key=lambda copy: (copy.published or "~", copy.id))[:MANY_COPIES]


def _original(me: groups.Copy, alike: Sequence[groups.Copy], credited: Mapping[int, str]) -> int | None:
    """The article that another one copies, out of the earliest with its text; None where it is the first.

    An outlet that a copy credits is the source, whatever the pages say of the time; else the earliest is. Articles of the same time, or
    without one, that credit nobody are nobody's copies.
    """
    others = [copy for copy in alike if copy.row != me.row]
    if sources := [copy for copy in others if copy.outlet and copy.outlet in credited[me.row]]:
        return sources[0].row
    dated = [copy for copy in others if copy.published and me.published and copy.published < me.published[: len(copy.published)]]
    earlier = [copy for copy in dated if not (me.outlet and me.outlet in credited[copy.row])]
    return earlier[0].row if earlier else None


def _follow(connection: Connection, near: Near, gone: set[str]) -> None:
    """Say of stories that changed, and of later ones near them, which earlier story they go on from: the likest one that opened on an earlier day.

    A later story is looked at only where it goes on, or might, from one that changed.
    """
    around = {other for scores in near.values() for other in scores} - near.keys()
    follows = groups.follows_of(connection, around, {*near, *gone})
    opened = groups.opened_on(connection, {*near, *around})
    later = {
        other for story, scores in near.items() for other, total in scores.items()
        if other not in near and follows.get(other) != story and _likeness(opened, other, story, total) >= FOLLOWS
    }  # fmt: skip
    again = groups.near_stories(connection, (later | {story for story, earlier in follows.items() if earlier in near or earlier in gone}) - near.keys())
    opened |= groups.opened_on(connection, ({other for scores in again.values() for other in scores} | again.keys()) - opened.keys())
    groups.put_follows(connection, {story: _before(story, scores, opened) for story, scores in (near | again).items()})


Opened = Mapping[str, tuple[int, str | None]]  # of stories: how many articles, and when the first was published


def _before(story: str, scores: Mapping[str, float], opened: Opened) -> str | None:
    """The story that one goes on from, by the sum of the scores with others."""
    likely = {other: _likeness(opened, story, other, scores[other]) for other in sorted(scores)}
    best = max(likely, key=lambda other: likely[other], default=None)
    return best if best is not None and likely[best] >= FOLLOWS else None


def _likeness(opened: Opened, story: str, earlier: str, total: float) -> float:
    """The mean score of a story and one that opened on an earlier day; 0 where it did not."""
    (articles, first), (others, before) = opened[story], opened[earlier]
    return total / (articles * others) if first and before and before[:10] < first[:10] else 0.0
