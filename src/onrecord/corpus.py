"""The second pass: which articles tell one story, who the speakers are, which statements report the same words.

Run after pages were added, in the same transaction, for the articles that are new or changed: only what shares a key with them is
looked at again. Stories come first, because half a name is understood inside its story; then actors; then utterances.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import cast

from sqlalchemy import Connection

from onrecord import actors
from onrecord.errors import SettingsError
from onrecord.records import Named, Speaker, digest
from onrecord.settings import Settings
from onrecord.stages import cluster, identify, link
from onrecord.stages.group import average_link, named, pairs
from onrecord.store import groups
from onrecord.store.groups import Held
from onrecord.store.payload import pack, unpack
from onrecord.store.people import kind_of
from onrecord.store.rows import reading

MOST_CANDIDATES = 25  # articles that one article is compared with: those that share most keys with it
LIKE_ENOUGH = cluster.THRESHOLD / 2  # likeness from which the story of another article is looked at again
MOST_TOLD = 200  # articles of one story that are looked at again
MOST_SAID = 600  # statements of one story that are compared: pairs grow with the square


def update(connection: Connection, articles: Iterable[int], settings: Settings = Settings()) -> None:
    """Bring stories, actors and utterances up to date after these articles (row numbers) were stored. The caller owns the transaction."""
    rows = list(articles)
    if not rows:
        return
    likeness = load_likeness(settings.likeness)
    touched = _cluster(connection, rows)
    told = [row for members in groups.articles_of(connection, touched, MOST_TOLD).values() for row in members]
    affected = list(dict.fromkeys((*rows, *told)))
    found = _identify(connection, groups.statements_of(connection, affected))
    actors.settle(connection, found | actors.judge_statements(connection, affected))
    for story in sorted(touched):
        _link(connection, story, set(rows), likeness)
    groups.drop_empty(connection)


def load_likeness(path: str) -> link.Likeness:
    """The function that an import path `module:function` names; SettingsError where there is none."""
    module, _, name = path.partition(":")
    try:
        found = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise SettingsError(f"likeness = {path!r} names no function: write module:function, such as onrecord.stages.link:likeness") from error
    return cast(link.Likeness, found)


# Stories


def _cluster(connection: Connection, rows: Sequence[int]) -> set[str]:
    """Put new articles into stories, with those that they are likest and the stories of these; the stories that changed."""
    new = {row: cluster.told(reading(connection, row)) for row in rows}
    groups.put_told(connection, {row: pack(item) for row, item in new.items()})
    groups.put_article_keys(connection, {row: cluster.keys(item) for row, item in new.items()})
    met = [(row, other) for row in rows for other in groups.meet(connection, row, MOST_CANDIDATES)]
    near = _told(connection, {other for _, other in met} - new.keys()) | new
    counts = groups.counts_of_stems(connection, {stem for item in near.values() for stem in item.stems})
    weigh = cluster.weigher(*counts)
    items = {row: cluster.weighed(item, weigh) for row, item in near.items()}
    like = {other for row, other in met if cluster.score(items[row], items[other]) >= LIKE_ENOUGH}
    before = groups.stories_of(connection, {*like, *rows})
    stories = sorted({story for story in before.values() if story})
    members = {row for found in groups.articles_of(connection, stories, MOST_TOLD).values() for row in found} | before.keys()
    items |= {row: cluster.weighed(item, weigh) for row, item in _told(connection, members - items.keys()).items()}
    pairs_met = pairs(groups.article_keys(connection, members))
    scores = {(one, other): cluster.score(items[one], items[other]) for one, other in pairs_met}
    before = groups.stories_of(connection, members)
    grouped = average_link(sorted(members), scores, cluster.THRESHOLD)
    found = named(grouped, before, lambda row: f"story {items[row].told.id}", lambda ids: groups.taken(connection, "stories", ids))
    groups.put_stories(connection, found)
    return {story for story, told in found.items() if any(row in new or before[row] != story for row in told)}


def _told(connection: Connection, rows: Iterable[int]) -> dict[int, cluster.Told]:
    """What articles tell, as it was kept."""
    return {row: unpack(kept, cluster.Told) for row, kept in groups.told(connection, rows).items()}


# Actors


def _identify(connection: Connection, held: Sequence[Held]) -> set[str]:
    """Say who the speakers of statements are: full names by likeness, the rest by the full names of their article and story.

    What comes back are the groups that the scores find; `actors.settle` makes actors of them.
    """
    full: dict[int, list[Speaker]] = defaultdict(list)
    of_story: dict[str | None, list[Speaker]] = defaultdict(list)
    for item in held:
        speaker = item.statement.speaker
        if speaker is not None and identify.is_full(speaker):
            full[item.article].append(speaker)
            of_story[item.story].append(speaker)
    bearers: dict[str, identify.Bearer] = {}
    whose: dict[int, tuple[str, str | None]] = {}
    alone: dict[int, str] = {}
    settled: dict[tuple[int, str, str | None], tuple[Speaker, str | None] | None] = {}
    for item in held:
        speaker = item.statement.speaker
        if speaker is None:
            continue
        at = (item.article, speaker.name, speaker.role)
        if at not in settled:
            settled[at] = _settle(speaker, full[item.article], of_story[item.story] if item.story else [])
        bearer = settled[at]
        if bearer is None:
            scope = item.story or item.article_id
            alone[item.row] = digest("actor", scope, speaker.type, speaker.name.casefold())
        else:
            name = Named(bearer[0].name, kind_of(bearer[0].type)).key
            bearers[name] = identify.joined(bearers.get(name), identify.bearer(bearer[0]))
            whose[item.row] = (name, bearer[1])
    groups.put_speakers(connection, {row: (None, actor, None) for row, actor in alone.items()})
    return set(alone.values()) | _put_bearers(connection, bearers, whose)


def _settle(speaker: Speaker, article: Sequence[Speaker], story: Sequence[Speaker]) -> tuple[Speaker, str | None] | None:
    """The full name that explains a speaker, and why, where it is not the speaker's own."""
    if identify.is_full(speaker):
        return speaker, None
    for candidates, where in ((article, "article"), (story, "story")):
        if found := identify.settle(speaker, candidates):
            what = "the office" if identify.is_office(speaker) else "part of a name"
            return found, f"“{speaker.name}”: {what}; the one full name of its {where} that it fits is {found.name}"
    return None


def _put_bearers(connection: Connection, bearers: dict[str, identify.Bearer], whose: dict[int, tuple[str, str | None]]) -> set[str]:
    """Full names with those that share a key, grouped by their scores; the groups."""
    keys = {name: identify.keys(bearer) for name, bearer in bearers.items()}
    known = groups.bearers(connection, groups.bearer_rows(connection, bearers).values())
    ids = {row: name for name, row in groups.bearer_rows(connection, bearers).items()}
    for row, (payload, _) in known.items():
        bearers[ids[row]] = identify.joined(unpack(payload, identify.Bearer), bearers[ids[row]])
    rows = groups.put_bearers(connection, {name: pack(bearer) for name, bearer in bearers.items()}, keys)
    groups.put_speakers(connection, {statement: (rows[name], None, why) for statement, (name, why) in whose.items()})
    near = groups.bearers_by_key(connection, {key for found in keys.values() for key in found})
    beside = {found for _, found in groups.bearers(connection, near).values() if found}
    held = groups.bearers(connection, dict.fromkeys((*near, *groups.bearers_found(connection, sorted(beside)))))
    items = {row: unpack(payload, identify.Bearer) for row, (payload, _) in sorted(held.items())}
    met = pairs({row: identify.keys(item) for row, item in items.items()})
    scores = {(one, other): identify.score(items[one], items[other]) for one, other in met}
    found = named(
        average_link(items, scores, identify.THRESHOLD),
        {row: group for row, (_, group) in held.items()},
        lambda row: f"actor {items[row].type} {items[row].name}",
        lambda taken: groups.found_taken(connection, taken),
    )
    groups.put_found(connection, {row: group for group, members in found.items() for row in members})
    actors.know(connection, rows.values())
    return set(found)


# Utterances


def _link(connection: Connection, story: str, changed: set[int], likeness: link.Likeness) -> None:
    """Group the statements of a story, and those of other stories that repeat the words of its new articles, into utterances."""
    members = groups.articles_of(connection, [story], MOST_TOLD)[story]
    inside = sorted(groups.statements_of(connection, members), key=lambda held: (held.article not in changed, held.row))[:MOST_SAID]
    said = {held.row: _said(held) for held in inside}
    new = {row: link.keys(said[row]) for held in inside if (row := held.row) and held.article in changed}
    groups.put_statement_keys(connection, new)
    copies = {key for found in new.values() for key in found if key.startswith("copy ")}
    outside = groups.statements_at(connection, set(groups.statements_by_key(connection, copies, MOST_SAID)) - said.keys())
    outside += groups.statements_in(connection, {h.utterance for h in (*inside, *outside) if h.utterance})
    everything = {held.row: held for held in (*inside, *outside)}
    said |= {row: _said(held) for row, held in everything.items() if row not in said}
    score = likeness(list(said.values()))
    met = pairs({row: link.keys(item) for row, item in said.items()}, largest=MOST_SAID)
    scores = {(one, other): link.score(said[one], said[other], score) for one, other in met}
    found = named(
        average_link(said, scores, link.THRESHOLD),
        {row: held.utterance for row, held in everything.items()},
        lambda row: f"utterance {said[row].id}",
        lambda ids: groups.taken(connection, "utterances", ids),
    )
    whose = {u: next((said[row].actor for row in rows if said[row].actor), None) for u, rows in found.items()}
    groups.put_utterances(connection, found, whose)


def _said(held: Held) -> link.Said:
    return link.said(
        held.statement, held.words, article=held.article_id, length=held.length, language=held.language,
        published=held.published, actor=held.actor, story=held.story,
    )  # fmt: skip
